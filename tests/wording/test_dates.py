"""Dates, clock times and distances in the words that a receptionist reads aloud."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from microcare.core.sheet.points import DayTime
from microcare.wording.dates import (
    clock_time,
    clock_words,
    distance_words,
    full_date,
    part_words,
    short_date,
    signed_days,
    spoken_time,
    utc_offset,
)

NEW_YORK = ZoneInfo("America/New_York")


def test_full_date_has_every_word() -> None:
    """Weekday, day, month and year, in English whatever the machine speaks."""
    assert full_date(date(2026, 12, 10)) == "Thursday 10 December 2026"


def test_short_date_has_its_year_only_where_it_differs() -> None:
    """Most of a plan lies in one year."""
    assert short_date(date(2026, 12, 10), 2026) == "Thu 10 Dec"
    assert short_date(date(2027, 1, 7), 2026) == "Thu 7 Jan 2027"
    assert short_date(date(2026, 12, 10)) == "Thu 10 Dec 2026"


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


def test_long_distances_are_counted_in_days() -> None:
    """No weeks or months are made of days."""
    assert distance_words(timedelta(weeks=52).days) == "in 364 days"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(1, "12:01 am"), (540, "9:00 am"), (720, "noon"), (721, "12:01 pm"), (1439, "11:59 pm")],
)
def test_times_of_day_in_words(minutes: int, words: str) -> None:
    """As a receptionist says them."""
    assert spoken_time(minutes) == words


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(0, "12:00 am"), (480, "8:00 am"), (720, "12:00 pm"), (1325, "10:05 pm"), (1440, "12:00 am")],
)
def test_clock_words(minutes: int, expected: str) -> None:
    """On a clock of twelve hours."""
    assert clock_words(minutes) == expected


def test_parts_of_a_day_have_two_ends() -> None:
    """One time is told once."""
    assert part_words(DayTime(1140, 1260, "evening")) == "7:00 pm to 9:00 pm"
    assert part_words(DayTime(1350, 1350, "bedtime")) == "10:30 pm"
