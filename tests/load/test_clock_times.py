"""Clock times as people write them: the one time, or all it may be and why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from microcare.load.clock_times import Choice, ClockFlaw, parse_clock, read_clock


def reading(*hours: float, flaw: str = "") -> Choice[timedelta]:
    """Return a reading of hours from midnight."""
    return Choice(tuple(timedelta(hours=each) for each in hours), flaw)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("08:30", reading(8.5)),
        ("00:00", reading(0)),
        ("9 pm", reading(21)),
        ("12:30 a.m.", reading(0.5)),
        ("12pm", reading(12)),
        ("9", reading(9, 21, flaw=ClockFlaw.BARE_HOUR)),
        ("09", reading(9, flaw=ClockFlaw.BARE_HOUR)),
        ("14", reading(14, flaw=ClockFlaw.BARE_HOUR)),
        ("24", reading(flaw=ClockFlaw.BARE_HOUR)),
        ("9:30", reading(9.5, 21.5, flaw=ClockFlaw.MORNING_OR_AFTERNOON)),
        ("0:30", reading(0.5, flaw=ClockFlaw.LACKS_DIGIT)),
        ("24:00", reading(0, 24, flaw=ClockFlaw.PAST_LAST_HOUR)),
        ("24:30", reading(0.5, 24.5, flaw=ClockFlaw.PAST_LAST_HOUR)),
        ("25:00", reading(flaw=ClockFlaw.NO_SUCH_TIME)),
        ("08:60", reading(flaw=ClockFlaw.NO_SUCH_TIME)),
        ("13 pm", reading(13, flaw=ClockFlaw.NO_HALF_HAS_IT)),
        ("0:30 am", reading(0.5, flaw=ClockFlaw.NO_HALF_HAS_IT)),
        ("12 am", reading(0, 24, 12, flaw=ClockFlaw.MIDNIGHT)),
        ("midnight", reading(0, 24, flaw=ClockFlaw.MIDNIGHT)),
        ("evening", None),
        ("8.30 am", None),
        ("08:30:00", None),
    ],
)
def test_a_text_is_one_time_or_says_why_not(words: str, expected: Choice[timedelta] | None) -> None:
    """Every time that it may mean stands in the reading."""
    assert parse_clock(words) == expected


def test_seconds_belong_to_the_time() -> None:
    """Half a minute past midnight is no midnight, and sixty seconds are none."""
    assert read_clock("12", "00", "a", second=30) == reading(1 / 120)
    assert read_clock("12", "00", second=60) == reading(flaw=ClockFlaw.NO_SUCH_TIME)
