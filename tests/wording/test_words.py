"""Dates, times and windows in the words that a receptionist reads aloud."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from microcare.core.sheet.protocol import Clinic
from microcare.wording.words import (
    PlanWords,
    ask_clinic,
    clinic_words,
    clock_time,
    distance_words,
    quantities,
    signed_days,
    utc_offset,
)
from tests.samples import at, entry, plan, visit

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        ("00:00", "12:00 am"),
        ("00:05", "12:05 am"),
        ("09:07", "9:07 am"),
        ("12:00", "12:00 pm"),
        ("14:30", "2:30 pm"),
        ("23:59", "11:59 pm"),
        ("14:30:05", "2:30:05 pm"),
    ],
)
def test_clock_time_is_that_of_a_desk(hour: str, words: str) -> None:
    """Noon is pm and midnight am; seconds stand there only where there are some."""
    local = datetime.fromisoformat(f"2026-12-10T{hour}").replace(tzinfo=NEW_YORK)
    assert clock_time(local) == words


@pytest.mark.parametrize(
    ("fold", "words"), [(0, "1:30 am (UTC−04:00)"), (1, "1:30 am (UTC−05:00)")]
)
def test_clock_time_that_comes_twice_has_its_offset(fold: int, words: str) -> None:
    """On the night of the change 1:30 alone would be ambiguous."""
    assert clock_time(datetime(2026, 11, 1, 1, 30, fold=fold, tzinfo=NEW_YORK)) == words


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("America/New_York", "UTC−05:00"),
        ("Asia/Kolkata", "UTC+05:30"),
        ("UTC", "UTC+00:00"),
        ("America/St_Johns", "UTC−03:30"),
        ("Pacific/Chatham", "UTC+13:45"),
    ],
)
def test_offset_is_written_with_its_sign(zone: str, words: str) -> None:
    """Half and quarter hours included, the minus sign a real one."""
    assert utc_offset(datetime(2026, 12, 10, tzinfo=ZoneInfo(zone))) == words


@pytest.mark.parametrize(
    ("days", "words", "signed"),
    [
        (-2, "2 days ago", "−2"),
        (-1, "yesterday", "−1"),
        (0, "today", "0"),
        (1, "tomorrow", "+1"),
        (19, "in 19 days", "+19"),
    ],
)
def test_distances_are_worded_and_signed(days: int, words: str, signed: str) -> None:
    """Days from today in words, days from the treatment with their sign."""
    assert distance_words(days) == words
    assert signed_days(days) == signed


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ("avoid: sauna\nfrom: 2 days before", "until your treatment"),
        ("avoid: sauna\nuntil: 10 days after", "through Sun 20 Dec"),
        ("avoid: sauna\nuntil: 48 hours after", "until Sat 12 Dec, 2:30 pm"),
        (
            "avoid: sauna\nuntil: 3 to 4 days after",
            "at least through Sun 13 Dec, better through Mon 14 Dec",
        ),
        (
            "avoid: sauna\nuntil: 3 days after, if possible 10",
            "at least through Sun 13 Dec, if possible through Sun 20 Dec",
        ),
        (
            "expect: redness\nuntil: 3 to 4 days after",
            "at least through Sun 13 Dec, at most through Mon 14 Dec",
        ),
        ("avoid: sauna\nfrom: 1 hour after", "no end stated"),
        ("avoid: sauna\nfrom: end\nuntil-state: you feel well", "until you feel well"),
        (
            "avoid: sauna\nuntil: 48 hours after\nuntil-state: you feel well",
            "until you feel well, and at least until Sat 12 Dec, 2:30 pm",
        ),
        (
            "avoid: sauna\nuntil: 48 hours after\nuntil-state: you feel well\nwhichever: earlier",
            "until Sat 12 Dec, 2:30 pm, or until you feel well if that is sooner",
        ),
        (
            "expect: redness\nfrom: end\nuntil-words: a few days",
            "for a few days (no date stated)",
        ),
        ("arrive: early-arrival\nat: 20 to 30 minutes before", None),
    ],
)
def test_end_keeps_every_reading(fields: str, words: str | None) -> None:
    """Ranges keep both ends, states their words, and no end is made up."""
    made = plan(entry(fields))
    (each,) = made.instructions
    assert PlanWords(made).end(each) == words


def test_moment_leaves_out_the_start_of_a_day() -> None:
    """A window that begins with its day needs no “12:00 am”."""
    made = plan(entry("avoid: sauna\nuntil: 1 day after"))
    words = PlanWords(made)
    assert words.moment(at("2026-12-12 00:00")) == "Sat 12 Dec"
    assert words.moment(at("2026-12-12 14:30")) == "Sat 12 Dec, 2:30 pm"


def test_start_of_a_day_without_midnight_is_none_either() -> None:
    """Where the clock springs from 0:00 to 1:00, the day begins at 1:00."""
    around = visit("2018-11-03 14:30", "America/Sao_Paulo")
    made = plan(entry("avoid: sauna\nuntil: 2 days after"), around)
    words = PlanWords(made)
    start = around.day_start(date(2018, 11, 4))
    assert words.moment(start) == "Sun 4 Nov"
    assert words.until(start) == "through Sat 3 Nov"


def test_condition_is_said_only_while_it_is_open() -> None:
    """“if …” stands where nobody has asked yet."""
    text = entry("take: antiviral\nfrom: 2 days before\nif: cold-sores")
    asked, answered = plan(text), plan(text, answers={"cold-sores": True})
    (each,) = asked.instructions
    assert PlanWords(asked).condition(each) == "if you are prone to cold sores"
    (each,) = answered.instructions
    assert PlanWords(answered).condition(each) is None


def test_latest_start_is_told_for_ranges() -> None:
    """“5 to 7 days before” has a day from which it is late."""
    made = plan(entry("avoid: waxing\nfrom: 5 to 7 days before"))
    (each,) = made.instructions
    assert PlanWords(made).start_range(each) == "at the latest from Sat 5 Dec"


def test_latest_moment_begins_nothing() -> None:
    """An arrival has a latest time, not one from which it goes on."""
    made = plan(entry("arrive: early-arrival\nat: 20 to 30 minutes before"))
    (each,) = made.instructions
    assert PlanWords(made).start_range(each) == "no later than Thu 10 Dec, 2:10 pm"


def test_labels_say_what_is_left_out() -> None:
    """An exception stays beside its group."""
    made = plan(entry("avoid: skin-products\nexcept: [sunscreen]\nuntil: 1 day after"))
    (each,) = made.instructions
    assert PlanWords(made).labels(each.instruction) == "skin products (except sunscreen)"


def test_quantities_are_all_told() -> None:
    """Strength, area, sun protection, dose, rhythm and number."""
    fields = """\
        use: sunscreen
        strength: should
        area: face
        amounts: {spf-min: 30, dose: two fingers}
        every: 2 hours
        count: 3 to 5
    """
    (each,) = plan(entry(fields)).instructions
    assert quantities(each.instruction, {}) == (
        "recommended",
        "face",
        "SPF 30 or higher",
        "two fingers",
        "every 2 hours",
        "3 to 5 times in all",
    )
    (once,) = plan(entry("use: sunscreen\ncount: 3")).instructions
    assert quantities(once.instruction, {}) == ("3 times in all",)


def test_clinic_is_named_as_far_as_it_is_known() -> None:
    """Nothing known is “the clinic”, and no comma stands alone."""
    assert ask_clinic(Clinic()) == "ask the clinic"
    assert ask_clinic(Clinic(phone="555 0100")) == "ask the clinic, 555 0100"
    assert ask_clinic(Clinic("Skin", "555 0100", "1 Elm St")) == "ask Skin, 555 0100"
    assert clinic_words(Clinic()) == ""
    assert clinic_words(Clinic("Skin", None, "1 Elm St")) == "Skin, 1 Elm St"


def test_long_distances_are_counted_in_days() -> None:
    """No weeks or months are made of days."""
    assert distance_words(timedelta(weeks=52).days) == "in 364 days"
