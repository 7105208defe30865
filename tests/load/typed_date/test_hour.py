"""The times and the offsets that a typed phrase may mean."""

from __future__ import annotations

from datetime import timedelta

import pytest

from microcare.load.typed_date.hour import CLOCK_SHAPE, read_hour, read_offset
from microcare.load.typed_date.words import compile_spaced, mask_words

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
    "9 in the evening": ([1260], ""),
    "9 at night": ([1260], ""),
    "12:30 in the evening": ([], "is not an hour of that part of the day"),
    "2030-14:30": ([], "has a start and an end"),
}


@pytest.mark.parametrize(("text", "expected"), TIMES.items())
def test_a_time_is_one_or_has_its_readings(text: str, expected: tuple[list[float], str]) -> None:
    """In minutes from the beginning of the day."""
    minutes, problem = expected
    phrase = mask_words(text)
    choice = read_hour(phrase, compile_spaced(CLOCK_SHAPE).fullmatch(phrase.mask))
    times = [each / timedelta(minutes=1) for each in choice.values if each is not None]
    assert times == minutes
    assert problem in choice.problem
    assert bool(problem) is bool(choice.problem)


def test_a_dotted_time_may_be_a_date_where_no_date_is_given() -> None:
    """`thu 10.12` may be a Thursday in December; nobody takes 14.30 or 10.12 pm for a date."""
    for text, doubt in {"10.12": True, "10.30": False, "10.12 pm": False, "10:12": False}.items():
        phrase = mask_words(text)
        choice = read_hour(phrase, compile_spaced(CLOCK_SHAPE).fullmatch(phrase.mask), depends=True)
        assert ("may be a date or a time" in choice.problem) is doubt


def test_no_time_is_the_whole_day() -> None:
    """None stands for all of it."""
    assert read_hour(mask_words(""), None).values == (None,)


@pytest.mark.parametrize(
    ("text", "hours", "problem"),
    [
        ("14:30", [None], ""),
        ("14:30Z", [0], ""),
        ("14:30:00+01:00", [1], ""),
        ("14:30:00-0500", [-5], ""),
        ("14:30 UTC-5", [-5], ""),
        ("14:30 GMT+01:00", [1], ""),
        ("14:30+01:00", [1, None], "may be an offset from UTC or a length"),
        ("14:30-05:00", [None], ""),
        ("14:30:00+15:00", [None], "is not an offset from UTC"),
        ("14:30 UTC+01:75", [None], "is not an offset from UTC"),
    ],
)
def test_an_offset_stands_behind_utc_or_seconds(
    text: str, hours: list[int | None], problem: str
) -> None:
    """After a dash alone there is an end, which is not one."""
    phrase = mask_words(text)
    choice = read_offset(phrase, compile_spaced(CLOCK_SHAPE).fullmatch(phrase.mask), depends=False)
    offsets = [None if each is None else each / timedelta(hours=1) for each in choice.values]
    assert offsets == hours
    assert problem in choice.problem


@pytest.mark.parametrize(
    "text",
    [
        *(
            "12:30-01:30",
            "12:30 - 01:30",
            "1230-0130",
            "10:00-02:00",
            "10:00-2pm",
            "10-2",
            "9am-noon",
        ),
        *(
            "10:00:00-11:00:00",
            "9.30 til 10",
            "9 to 10:30",
            "2pm till 4pm",
            "14:30Z-15:30Z",
            "10:00 until midday",
            "14.30-15.30",
        ),
    ],
)
def test_a_second_time_is_an_end(text: str) -> None:
    """After a dash or a word like it, on either clock, with or without a colon."""
    phrase = mask_words(text)
    choice = read_hour(phrase, compile_spaced(CLOCK_SHAPE).fullmatch(phrase.mask))
    assert choice.values
    assert choice.problem.startswith(f"'{text}' has a start and an end; give the start alone")
