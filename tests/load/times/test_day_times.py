"""Times of day: read as they are said, refused where they can be misread."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcare.core.sheet.points import TIMES_OF_DAY, DayTime
from microcare.load.keys import DAY_PART_KEYS
from microcare.load.source.refusals import PhraseError, ProtocolError
from microcare.load.times.day_times import parse_day_time, parse_part
from microcare.load.variants.parsing import parse_protocol
from tests.samples import HEADER

CLOCKS = {
    "08:00": 480, "00:00": 0, "24:00": 1440, "14:30": 870, "23:59": 1439, "00:05": 5,
    "9 pm": 1260, "9pm": 1260, "9 p.m.": 1260, "8:30 am": 510, "08:30 AM": 510,
    "12 pm": 720, "12:30 am": 30, "12:30 pm": 750, "1 am": 60,
}  # fmt: skip

NO_TIMES = {
    "": "not a time", "9": "not enough", "21": "not enough", "9:00": "morning or afternoon",
    "0:30": "lacks a digit", "25:00": "not a time", "24:01": "not a time",
    "08:60": "not a time", "13 pm": "without am or pm", "00:30 am": "without am or pm",
    "midnight": "beginning or the end", "12 am": "beginning or the end",
    "12:00 am": "beginning or the end", "2100": "not a time", "evning": "not a time",
    "08:00:00": "not a time", "8.30 am": "not a time", "-08:00": "not a time",
}  # fmt: skip


@pytest.mark.parametrize(("text", "minutes"), CLOCKS.items())
def test_clock_times(text: str, minutes: int) -> None:
    """Two digits, or am or pm; 24:00 is the end of the day."""
    assert parse_day_time(text, TIMES_OF_DAY) == DayTime(minutes, minutes)
    assert parse_day_time(f"  {text.upper()} ", TIMES_OF_DAY) == DayTime(minutes, minutes)


@given(st.integers(0, 1439))
def test_every_minute_is_read_back(minutes: int) -> None:
    """A time written with two digits, and one with am or pm, are the minute they were made of."""
    hour, minute = divmod(minutes, 60)
    assert parse_day_time(f"{hour:02}:{minute:02}", {}) == DayTime(minutes, minutes)
    if minutes:
        spelt = f"{hour % 12 or 12}:{minute:02} {'pm' if hour >= 12 else 'am'}"
        assert parse_day_time(spelt, {}) == DayTime(minutes, minutes)


@pytest.mark.parametrize("name", TIMES_OF_DAY)
def test_parts_of_the_day(name: str) -> None:
    """By their names, in any case, with or without an article."""
    for text in (name, name.upper(), f"the {name}"):
        assert parse_day_time(text, TIMES_OF_DAY) == TIMES_OF_DAY[name]


@pytest.mark.parametrize(("text", "why"), NO_TIMES.items())
def test_what_can_be_misread_is_refused(text: str, why: str) -> None:
    """With what is wrong and what to write instead."""
    with pytest.raises(PhraseError, match=why) as refused:
        parse_day_time(text, TIMES_OF_DAY)
    assert refused.value.hint


def test_nine_o_clock_is_refused_with_both_readings() -> None:
    """Nobody knows which half of the day a lone 9:00 is in."""
    with pytest.raises(PhraseError) as refused:
        parse_day_time("9:00", TIMES_OF_DAY)
    assert refused.value.hint == "write “09:00” or “9:00 pm”"


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [("22:30", 1350, 1350), ("19:00 to 21:00", 1140, 1260), ("7 pm – 9 pm", 1140, 1260)],
)
def test_a_file_sets_a_part(text: str, least: int, most: int) -> None:
    """To one time, or to a range."""
    assert parse_part(text, "evening") == DayTime(least, most, "evening")


@pytest.mark.parametrize("text", ["21:00 to 19:00", "19:00 to 19:00", "19:00 to", "noon", "9:00"])
def test_a_part_that_makes_no_sense_is_refused(text: str) -> None:
    """It counts on, within one day, in clock times."""
    with pytest.raises(PhraseError):
        parse_part(text, "evening")


def test_waking_is_a_range() -> None:
    """The hours awake have a beginning and an end."""
    assert parse_part("07:00 to 24:00", "waking") == DayTime(420, 1440, "waking")
    with pytest.raises(PhraseError, match="no range"):
        parse_part("07:00", "waking")


def head(lines: str) -> str:
    """Return a small protocol with a head of its own."""
    return f"{HEADER}{lines}\ninstructions: [{{id: a, avoid: sauna}}]\n"


def test_a_protocol_keeps_the_usual_parts_beside_its_own() -> None:
    """What a file does not set stays as it was."""
    text = head("times-of-day: {evening: 19:00 to 21:00, bedtime: 22:30}")
    found = parse_protocol(text, "a.yaml").times_of_day
    own = {"evening": DayTime(1140, 1260, "evening"), "bedtime": DayTime(1350, 1350, "bedtime")}
    assert found == {**TIMES_OF_DAY, **own}
    assert parse_protocol(head(""), "a.yaml").times_of_day == TIMES_OF_DAY


def test_an_unknown_part_is_refused_with_the_nearest() -> None:
    """A slip is told, at its place."""
    with pytest.raises(ProtocolError) as refused:
        parse_protocol(head("times-of-day: {evning: 19:00 to 21:00}"), "a.yaml")
    (problem,) = refused.value.problems
    assert (problem.code.value, problem.hint) == ("unknown-key", "did you mean “evening”?")
    assert (problem.line, problem.column) == (6, 16)


def test_every_part_is_described() -> None:
    """The table of keys has the parts that there are."""
    assert list(DAY_PART_KEYS) == list(TIMES_OF_DAY)
