"""The times and the offsets that a typed phrase may mean."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from microcare.load.typed_date.hour import read_hour, read_offset
from microcare.load.typed_date.tokens import read_tokens

NEW_YORK = ZoneInfo("America/New_York")
DAY = date(2026, 12, 10)
TIMES = {
    "14:30": ([870], ""),
    "2:30pm": ([870], ""),
    "12pm": ([720], ""),
    "noon": ([720], ""),
    "14:30:30": ([870.5], ""),
    "2:30": ([150, 870], "may be morning or afternoon"),
    "9": ([540, 1260], "is not enough for a time"),
    "0:30": ([30], "lacks a digit"),
    "24:00": ([0, 1440], "is past the last hour"),
    "midnight": ([0, 1440], "may be the start or the end of the day"),
    "14:30 am": ([870], "does not go with am or pm"),
    "1430": ([870], "is not clearly a time"),
    "25:00": ([], "is not a time of day"),
}


@pytest.mark.parametrize(("text", "expected"), TIMES.items())
def test_a_time_is_one_or_has_its_readings(text: str, expected: tuple[list[float], str]) -> None:
    """In minutes from the beginning of the day."""
    minutes, problem = expected
    choice = read_hour(read_tokens(text))
    times = [each / timedelta(minutes=1) for each in choice.values if each is not None]
    assert times == minutes
    assert problem in choice.problem
    assert bool(problem) is bool(choice.problem)


def test_no_time_is_the_whole_day() -> None:
    """None stands for all of it."""
    assert read_hour(()).values == (None,)


@pytest.mark.parametrize(
    ("text", "hours", "problem"),
    [
        ("14:30", [None], ""),
        ("14:30+01:00", [1], ""),
        ("14:30Z", [0], ""),
        ("14:30-05:00", [-5], ""),
        ("09:00-10:00", [None, -10], "may be an offset from UTC or an end time"),
        ("14:30+15:00", [None], "is not an offset from UTC"),
    ],
)
def test_an_offset_is_one_or_may_be_an_end(
    text: str, hours: list[int | None], problem: str
) -> None:
    """The zone's own offset can't be mistaken: the start is the same in either case."""
    clock = read_tokens(text)
    starts = [(DAY, each) for each in read_hour(clock).values]
    choice = read_offset(read_tokens("2026-12-10"), clock, starts, NEW_YORK)
    assert [each and each / timedelta(hours=1) for each in choice.values] == [
        each if each is None or each else timedelta() for each in hours
    ]
    assert problem in choice.problem
