"""What was typed as a value: its canonical text, and where a wall time falls in a zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from microcare.load.typed_date.when import When, find_local, find_when, format_when

NEW_YORK = ZoneInfo("America/New_York")
APIA = ZoneInfo("Pacific/Apia")


def texts(values: tuple[When, ...]) -> list[str]:
    """Return the canonical texts."""
    return [format_when(each) for each in values]


@pytest.mark.parametrize(
    ("start", "text"),
    [
        (datetime(2026, 12, 10, 14, 30, tzinfo=NEW_YORK), "2026-12-10 14:30"),
        (datetime(2026, 12, 10, 14, 30, 5, tzinfo=NEW_YORK), "2026-12-10 14:30:05"),
        (datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK), "2026-11-01T01:30-04:00"),
        (datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK, fold=1), "2026-11-01T01:30-05:00"),
    ],
)
def test_a_text_has_what_it_needs(start: datetime, text: str) -> None:
    """Seconds where there are some, an offset where the time comes twice."""
    assert format_when(When(start.date(), start)) == text


def test_a_time_that_is_left_out_has_its_neighbours() -> None:
    """The clocks of New York go from 2:00 to 3:00 on 14 March 2027."""
    found = find_local(datetime.fromisoformat("2027-03-14 02:30"), NEW_YORK)
    assert found.problem.startswith("There is no 02:30 on Sun 14 Mar 2027")
    assert texts(found.values) == ["2027-03-14 01:59", "2027-03-14 03:00"]


def test_a_time_that_comes_twice_is_each_of_them() -> None:
    """They are an hour apart."""
    found = find_local(datetime.fromisoformat("2026-11-01 01:30"), NEW_YORK)
    assert found.problem.startswith("01:30 on Sun 1 Nov 2026 comes twice")
    first, second = (each.start for each in found.values if each.start is not None)
    assert second.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=1)


def test_a_day_that_was_skipped_has_its_neighbours() -> None:
    """Samoa had no 30 December 2011."""
    found = find_when(date(2011, 12, 30), None, None, APIA)
    assert "skipped that day" in found.problem
    assert texts(found.values) == ["2011-12-29", "2011-12-31"]


def test_24_hours_are_the_next_day() -> None:
    """24:00 on the 10th is 00:00 on the 11th."""
    found = find_when(date(2026, 12, 10), timedelta(days=1), None, NEW_YORK)
    assert texts(found.values) == ["2026-12-11 00:00"]


def test_an_offset_names_the_instant() -> None:
    """Half past two in Berlin is half past eight in New York."""
    hour, offset = timedelta(hours=14, minutes=30), timedelta(hours=1)
    found = find_when(date(2026, 12, 10), hour, offset, NEW_YORK)
    assert texts(found.values) == ["2026-12-10 08:30"]


@pytest.mark.parametrize("year", [1899, 2200])
def test_a_year_far_away_is_a_slip(year: int) -> None:
    """1900 to 2199 are taken."""
    assert find_when(date(year, 6, 1), None, None, NEW_YORK).problem != ""
