"""The words of one plan: ends, moments, conditions and labels."""

from __future__ import annotations

from datetime import date

import pytest

from microcare.wording.plan.words import PlanWords
from tests.samples import at, entry, plan, visit


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
    """A window that begins with its day needs no “12:00 am”, an instant at midnight does."""
    made = plan(entry("avoid: sauna\nuntil: 1 day after"))
    words = PlanWords(made)
    midnight = at("2026-12-12 00:00")
    assert words.moment(midnight, with_day=True) == "Sat 12 Dec"
    assert words.moment(midnight, with_day=False) == "Sat 12 Dec, 12:00 am"
    assert words.moment(at("2026-12-12 14:30"), with_day=False) == "Sat 12 Dec, 2:30 pm"


def test_start_of_a_day_without_midnight_is_none_either() -> None:
    """Where the clock springs from 0:00 to 1:00, the day begins at 1:00."""
    around = visit("2018-11-03 14:30", "America/Sao_Paulo")
    made = plan(entry("avoid: sauna\nuntil: 2 days after"), around)
    words = PlanWords(made)
    start = around.day_start(date(2018, 11, 4))
    assert words.moment(start, with_day=True) == "Sun 4 Nov"
    assert words.until(start, with_day=True) == "through Sat 3 Nov"


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
    assert PlanWords(made).start_range(each) == "by Thu 10 Dec, 2:10 pm"


def test_labels_say_what_is_left_out() -> None:
    """An exception stays beside its group."""
    made = plan(entry("avoid: skin-products\nexcept: [sunscreen]\nuntil: 1 day after"))
    (each,) = made.instructions
    assert PlanWords(made).labels(each.instruction) == "skin products (except sunscreen)"


def test_both_readings_of_an_end_stand_in_their_order() -> None:
    """The nearer first, whichever is the careful one; “at least” has two as well."""
    day = visit("2026-12-10")
    for fields, said in (
        (
            "avoid: warfarin\nuntil: at least 12 hours after",
            "at least until Thu 10 Dec, 12:00 pm or until Fri 11 Dec, 12:00 pm: ask for the time",
        ),
        (
            "may: clear-liquids\nuntil: 2 hours before",
            "until Wed 9 Dec, 10:00 pm or until Thu 10 Dec, 10:00 pm: ask for the time",
        ),
    ):
        made = plan(entry(fields), day)
        assert PlanWords(made).end(made.instructions[0]) == said
