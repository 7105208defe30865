"""Tests of the dates typed at the front desk; the phrases themselves are in when_corpus.toml."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import product
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from microcare.load.typed_date.phrase import Desk
from microcare.load.typed_date.reading import LONGEST_PHRASE, parse_last, parse_when
from microcare.load.typed_date.when import (
    When,
    WhenError,
    find_local,
    format_when,
    read_canonical,
)
from microcare.load.typed_date.words import mask_words

CORPUS: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("when_corpus.toml").read_text(encoding="utf-8")
)
NOW: datetime = CORPUS["now"]
ACCEPTED = [(zone, *row) for zone, rows in CORPUS["accepted"].items() for row in rows.items()]
REFUSED = [(zone, *row) for zone, rows in CORPUS["refused"].items() for row in rows.items()]
NEW_YORK = ZoneInfo("America/New_York")
LATER = datetime(2026, 11, 29, 10, tzinfo=NEW_YORK)
# Half-hour shifts, a skipped day, missing midnights, two hemispheres, and none of it.
ZONES = [
    ZoneInfo(name)
    for name in (
        "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo", "Asia/Beirut", "Africa/Cairo",
        "America/New_York", "Europe/Berlin", "UTC",
    )
]  # fmt: skip
DIGITS = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
# Words that meet in real phrases, to be put together in every wrong way.
WORDS = """
    10 31 29 02 2 1430 26 2026 2100 Dec Feb Dez Mai Thu Fri thrusday today tomorrow tonight next
    2026-12-10 03/04/2026 13/12/26 10/12 2026-02-30 10-12 10.12 20261210 14:30 2:30 24:00 01:30
    9am 14pm 12am noon midnight 14h o'clock am p.m. Z UTC EST -05:00 +01:00 -15:30 T14:30
    at on the of to from or - , . @ asap [red] 10th 2nd America/New_York
"""

zones = st.sampled_from(ZONES)
phrases = st.lists(st.sampled_from(WORDS.split()), max_size=7).map(" ".join)
# The same without spaces, as on a keyboard in a hurry.
runs = st.lists(st.sampled_from([*WORDS.split(), "p", "a", " "]), max_size=7).map("".join)


@st.composite
def instants(draw: st.DrawFn, zone: ZoneInfo) -> datetime:
    """Draw whole seconds of 1900 to 2199 in `zone`, half of them within a day of a clock change."""
    first = datetime(1900, 1, 2, tzinfo=UTC)
    seconds = draw(
        st.integers(0, int((datetime(2199, 12, 30, tzinfo=UTC) - first).total_seconds()))
    )
    start = first + timedelta(seconds=seconds)
    if draw(st.booleans()):
        start = start.replace(year=draw(st.integers(1990, 2036)), day=min(start.day, 28))
        for _ in range(370):
            later = start + timedelta(days=1)
            if later.astimezone(zone).utcoffset() != start.astimezone(zone).utcoffset():
                break
            start = later
    return start.astimezone(zone)


def read(text: str, zone: ZoneInfo = NEW_YORK, now: datetime = NOW) -> When:
    """Parse seen from the corpus' moment."""
    return parse_when(text, now=now, zone=zone)


def refuse(text: str, zone: ZoneInfo = NEW_YORK, now: datetime = NOW) -> WhenError:
    """Return the refusal, after checking what holds of every refusal."""
    with pytest.raises(WhenError) as caught:
        read(text, zone, now)
    error = caught.value
    assert str(error) == error.message
    assert error.message.isprintable()
    assert error.message[-1] in ".?"
    assert len(error.message) < 400
    assert len(set(error.readings)) == len(error.readings)
    for reading in error.readings:
        assert format_when(read(reading, zone, now)) == reading
    return error


def offset_of(when: When) -> timedelta | None:
    """Return the offset, which equality of aware datetimes in one zone does not compare."""
    return None if when.start is None else when.start.utcoffset()


@pytest.mark.parametrize(("zone", "text", "expected"), ACCEPTED)
def test_accepted_phrase(zone: str, text: str, expected: str) -> None:
    """A phrase with one meaning is taken, and its canonical text means the same."""
    when = read(text, ZoneInfo(zone))
    assert (when.start or when.date).isoformat() == expected
    assert when.start is None or when.start.date() == when.date
    assert when.start is None or when.start.tzinfo is ZoneInfo(zone)
    again = read(format_when(when), ZoneInfo(zone))
    assert (again, offset_of(again)) == (when, offset_of(when))


@pytest.mark.parametrize(("zone", "text", "expected"), REFUSED)
def test_refused_phrase(zone: str, text: str, expected: list[str]) -> None:
    """A phrase without exactly one meaning says what is wrong and offers every reading."""
    error = refuse(text, ZoneInfo(zone))
    assert expected[0] in error.message
    assert list(error.readings) == expected[1:]


@pytest.mark.parametrize(("zone", "text", "expected"), ACCEPTED)
def test_case_and_spaces_mean_nothing(zone: str, text: str, expected: str) -> None:
    """Capitals and further spaces change no meaning."""
    for variant in (text.upper(), text.lower(), text.replace(" ", "   "), f"\t{text}\n"):
        when = read(variant, ZoneInfo(zone))
        assert (when.start or when.date).isoformat() == expected


@pytest.mark.parametrize(
    "stray", ["xyzzy", "(", "10", "3 days before", "2027", "Mon", "Dec", "+03:00"]
)
def test_no_word_is_passed_over(stray: str) -> None:
    """A further word is refused or changes the meaning; it is never ignored."""
    for text in (text for zone, text, _ in ACCEPTED if zone == NEW_YORK.key):
        words = text.split(" ")
        for place in range(len(words) + 1):
            more = " ".join([*words[:place], stray, *words[place:]])
            try:
                when = read(more)
            except WhenError:
                continue
            assert (when, offset_of(when)) != (read(text), offset_of(read(text))), more


def test_every_order_of_day_time_and_offset_is_one_moment() -> None:
    """However a day, a time and an offset are put together, the moment is computed apart."""
    days = (
        "2026-12-10", "10 Dec", "Dec 10th", "10th December 2026", "Dec 10 '26", "2026 Dec 10",
        "10-Dec-2026", "Thu 10 Dec", "Dec 10, 2026, Thursday",
    )  # fmt: skip
    times = {"14:30": 870, "2:30pm": 870, "14.30": 870, "14h30": 870, "14:30h": 870, "9 am": 540}
    offsets = {"": -300, " UTC": 0, " UTC-5": -300, " GMT+01:00": 60, " UTC+530": 330}
    orders = ("{0} {1}", "{1} {0}", "{0}, {1}", "{0} at {1}", "{1} on {0}", "{0} - {1}")
    midnight = datetime(2026, 12, 10, tzinfo=UTC)
    for day, time_, offset, order in product(days, times, offsets, orders):
        expected = midnight + timedelta(minutes=times[time_] - offsets[offset])
        assert read(order.format(day, time_ + offset)).start == expected


@pytest.mark.parametrize("dash", ["-", " - ", "\u2013", " \u2014 ", " to ", " until ", " til "])
def test_a_second_time_is_refused_and_the_first_suggested(dash: str) -> None:
    """An end, on either clock, before or after the day, is never an offset or passed over."""
    starts = {
        "12:30": "12:30",
        "1230": "12:30",
        "10:00": "10:00",
        "2pm": "14:00",
        "9.15am": "09:15",
    }
    ends = ("01:30", "1:30", "0130", "02:00", "2pm", "2.30 pm", "15:00h", "noon", "05.00")
    for start, end, order in product(starts, ends, ("{} Dec 10", "Dec 10 {}", "2026-12-10 {}")):
        error = refuse(order.format(f"{start}{dash}{end}"))
        assert "has a start and an end" in error.message
        assert error.readings == (f"2026-12-10 {starts[start]}",)


@pytest.mark.parametrize(("zone", "text"), [row[:2] for row in REFUSED])
def test_a_refusal_loses_no_number(zone: str, text: str) -> None:
    """Each number that was typed stands in the sentence."""
    message = refuse(text, ZoneInfo(zone)).message
    assert set(re.findall(r"\d+", text)) <= set(re.findall(r"\d+", message))


@pytest.mark.parametrize(
    ("now", "text", "readings"),
    [
        ("2026-12-31T23:30-05:00", "31 Dec", None),
        ("2026-12-31T23:30-05:00", "1 Jan", ("2026-01-01", "2027-01-01")),
        ("2027-12-01T09:00-05:00", "29 Feb", ("2028-02-29",)),
        ("2028-01-10T09:00-05:00", "29 Feb", None),
        ("2028-03-01T09:00-05:00", "29 Feb", ("2028-02-29", "2032-02-29")),
        ("2096-03-01T09:00-05:00", "29 Feb", ("2096-02-29", "2104-02-29")),
        ("2027-01-10T09:00-05:00", "29 Feb", ("2027-02-28", "2027-03-01", "2028-02-29")),
        ("2026-11-26T09:00-05:00", "next thu", ("2026-12-03", "2026-12-10")),
        ("2026-11-26T09:00-05:00", "thu", ("2026-11-26", "2026-12-03")),
        ("2199-12-31T09:00-05:00", "tomorrow", ()),
        ("2199-12-31T09:00-05:00", "30 Dec", ("2199-12-30",)),
        ("2199-12-31T09:00-05:00", "31 Dec midnight", ("2199-12-31 00:00",)),
        ("1900-01-01T09:00-05:00", "last mon", ()),
        ("9999-06-01T00:00+00:00", "today", ()),
    ],
)
def test_what_depends_on_today(now: str, text: str, readings: tuple[str, ...] | None) -> None:
    """The end of the year, leap years, weekdays and both ends of the calendar."""
    moment = datetime.fromisoformat(now)
    if readings is None:
        assert read(text, now=moment).date >= moment.date()
    else:
        assert refuse(text, now=moment).readings == readings


def test_today_is_the_zones() -> None:
    """Late in the evening in New York it is tomorrow in Berlin."""
    now = datetime(2026, 11, 21, 22, 0, tzinfo=NEW_YORK)
    assert read("today", NEW_YORK, now).date == date(2026, 11, 21)
    assert read("today", ZoneInfo("Europe/Berlin"), now).date == date(2026, 11, 22)


def test_naive_now_is_a_mistake_in_the_program() -> None:
    """A naive `now` is no fault of the person who types."""
    with pytest.raises(ValueError, match="aware") as caught:
        read("today", now=NOW.replace(tzinfo=None))
    assert not isinstance(caught.value, WhenError)


def test_naive_start_has_no_text() -> None:
    """A start without a zone is refused: its text would mean another time elsewhere."""
    with pytest.raises(ValueError, match="aware"):
        format_when(When(NOW.date(), NOW.replace(tzinfo=None)))


def test_fold_is_kept() -> None:
    """Both half past ones of the night the clocks go back are told apart."""
    first, second = (read(f"2026-11-01T01:30-0{hours}:00").start for hours in (4, 5))
    assert first is not None
    assert second is not None
    assert (first.fold, second.fold) == (0, 1)
    assert second.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=1)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 100_000,
        " " * 100_000,
        "a" * LONGEST_PHRASE,
        "1:" * (LONGEST_PHRASE // 2),
        "1-" * (LONGEST_PHRASE // 2),
        "Dec-1-" * 33,
        "Dez " * 50,
        "10 " * 66,
        "10 Dec to " * 4 + "10 Dec",
        "." * LONGEST_PHRASE,
        "\x1b[2J" * 50,
        "\udcff",
        "10 Dec\x07",
        "\N{RIGHT-TO-LEFT OVERRIDE}" * LONGEST_PHRASE,
        "\N{FULLWIDTH DIGIT ONE}" * LONGEST_PHRASE,
    ],
)
def test_hostile_text_is_refused_at_once(text: str) -> None:
    """Long, repetitive and invisible text is refused, with no part of it that a terminal obeys."""
    refuse(text)


@settings(deadline=None)
@given(st.data(), zones)
def test_format_then_parse_is_the_same_start(data: st.DataObject, zone: ZoneInfo) -> None:
    """parse(format(x)) == x for any instant, offset and fold included."""
    start = data.draw(instants(zone))
    when = When(start.date(), start)
    again = read(format_when(when), zone)
    assert again == when
    assert again.start is not None
    assert (again.start.fold, again.start.utcoffset()) == (start.fold, start.utcoffset())


@settings(deadline=None)
@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), zones)
@example(date(2018, 11, 4), ZoneInfo("America/Sao_Paulo"))
def test_format_then_parse_is_the_same_day(day: date, zone: ZoneInfo) -> None:
    """parse(format(x)) == x for whole days, with or without a midnight."""
    assume((zone.key, day) != ("Pacific/Apia", date(2011, 12, 30)))
    assert read(format_when(When(day, None)), zone) == When(day, None)


@settings(deadline=None)
@given(
    st.dates(date(1850, 1, 1), date(2250, 12, 31)).map(str) | st.from_regex(DIGITS, fullmatch=True),
    st.sampled_from(["", " {}", "T{}"]),
    st.times().map("{:%H:%M}".format) | st.from_regex("[0-9]{2}:[0-9]{2}", fullmatch=True),
    zones,
)
@example("2026-03-08", " {}", "02:30", NEW_YORK)
@example("2026-11-01", " {}", "01:30", NEW_YORK)
@example("2011-12-30", "", "", ZoneInfo("Pacific/Apia"))
@example("2026-02-29", " {}", "14:30", NEW_YORK)
@example("2026-12-10", " {}", "24:00", NEW_YORK)
def test_what_programs_write_has_the_reading_of_its_words(
    day: str, joint: str, clock: str, zone: ZoneInfo
) -> None:
    """The short way to a whole date leaves it to the long one, or finds the same."""
    text = day + joint.format(clock)
    found = read_canonical(text, zone)
    assert found in (None, Desk(NOW.astimezone(zone).date(), zone).read(mask_words(text)))


@given(st.data(), zones, st.integers(-14 * 60, 14 * 60))
def test_offset_names_one_instant(data: st.DataObject, zone: ZoneInfo, minutes: int) -> None:
    """ISO text with any offset is that instant, shown in the zone."""
    start = data.draw(instants(zone))
    typed = start.astimezone(timezone(timedelta(minutes=minutes)))
    when = read(typed.isoformat(), zone)
    assert when.start is not None
    assert when.start.astimezone(UTC) == start.astimezone(UTC)
    assert when.date == start.date()


@settings(deadline=None)
@given(st.data(), zones, st.times())
def test_local_time_is_found_or_refused(data: st.DataObject, zone: ZoneInfo, clock: time) -> None:
    """A wall clock time exists once, or the readings are the times around it or both of it."""
    day = data.draw(instants(zone)).date()
    clock = data.draw(st.sampled_from([clock, time(0), time(1, 30), time(2, 15), time(2, 30)]))
    wall = datetime.combine(day, clock)
    found = find_local(wall, zone)
    if found.problem:
        first, second = (read(format_when(when), zone).start for when in found.values)
        assert first is not None
        assert second is not None
        if "comes twice" in found.problem:
            assert first.astimezone(UTC) < second.astimezone(UTC)
        else:
            assert (
                first.replace(tzinfo=None) < wall < second.replace(tzinfo=None) + timedelta(days=2)
            )
            gap = second.astimezone(UTC) - first.astimezone(UTC)
            assert gap <= timedelta(minutes=2)
    else:
        [start] = (when.start for when in found.values)
        assert start is not None
        assert start.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(max_size=LONGEST_PHRASE + 5), phrases, runs), zones)
@example("9a a", NEW_YORK)
@example("10 Dec 2p.m.pm", NEW_YORK)
@example("10 Dec midnight12midnight", NEW_YORK)
@example("in 3 days'in 4 days", NEW_YORK)
def test_any_text_has_one_meaning_or_is_refused(text: str, zone: ZoneInfo) -> None:
    """Whatever is typed: a `When` that formats and parses back, or a sound refusal."""
    try:
        when = read(text, zone)
    except WhenError:
        refuse(text, zone)
    else:
        again = read(format_when(when), zone)
        assert (again, offset_of(again)) == (when, offset_of(when))


@settings(deadline=None, max_examples=300)
@given(phrases, zones)
def test_no_phrase_has_two_clean_meanings(text: str, zone: ZoneInfo) -> None:
    """However a phrase is parted into day and time, at most one way has one meaning."""
    desk = Desk(NOW.date(), zone)
    choices = desk.read_splits(mask_words(text))
    whens = [choice.values for choice in choices if not choice.problem]
    assert len(whens) <= 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("20 Nov", "2026-11-20"),
        ("Fri 20 Nov", "2026-11-20"),
        ("10 Feb", "2026-02-10"),
        ("yesterday", "2026-11-28"),
        ("today", "2026-11-29"),
        ("tomorrow", "2026-11-30"),
        ("Monday, tomorrow", "2026-11-30"),
        ("in 3 days", "2026-12-02"),
        ("10 Dec 2026", "2026-12-10"),
        ("10 Dec '26", "2026-12-10"),
        ("10 Dec 2025", "2025-12-10"),
        ("2026-12-10 14:30", "2026-12-10 14:30"),
    ],
)
def test_what_was_done_has_one_reading(text: str, found: str) -> None:
    """Without a year it is the one that has passed; what says that it is to come may be."""
    assert format_when(parse_last(text, now=LATER, zone=NEW_YORK)) == found


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("10 Dec", ("2025-12-10", "2026-12-10")),
        ("10 Dec 2:30pm", ("2025-12-10 14:30", "2026-12-10 14:30")),
        ("fri", ("2026-11-27", "2026-12-04")),
        ("2pm fri", ("2026-11-27 14:00", "2026-12-04 14:00")),
        ("on fri at 14:30:15", ("2026-11-27 14:30:15", "2026-12-04 14:30:15")),
        ("20/11", ("2026-11-20", "2027-11-20")),
        ("20st Nov", ("2026-11-20", "2027-11-20")),
        ("last friday", ("2026-11-20", "2026-11-27")),
    ],
)
def test_what_was_done_or_is_planned_is_refused(text: str, readings: tuple[str, ...]) -> None:
    """What may lie behind or ahead is never guessed, and both readings are there to paste."""
    with pytest.raises(WhenError) as refused:
        parse_last(text, now=LATER, zone=NEW_YORK)
    assert refused.value.readings == readings


def test_import_is_light() -> None:
    """Typing a date loads no parser of dates or files: start-up counts, and nothing guesses."""
    modules = "microcare.load.typed_date.reading, microcare.load.typed_date.phrase"
    code = f"import sys, {modules}; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"dateutil", "yaml", "rich", "typer", "difflib", "unicodedata"} & set(
        run.stdout.split()
    )
