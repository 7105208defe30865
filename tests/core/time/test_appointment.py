"""One appointment: its date is the clinic's, its length elapses."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from microcare.core.time.appointment import make_timed_appointment
from tests.samples import visit

NEW_YORK = ZoneInfo("America/New_York")


def test_start_may_be_told_on_any_clock() -> None:
    """An evening in New York that is told in Berlin, where it is the next day."""
    start = datetime(2026, 12, 11, 2, tzinfo=ZoneInfo("Europe/Berlin"))
    around = make_timed_appointment(start, NEW_YORK, "flag")
    assert around.day == date(2026, 12, 10)
    assert around.local(around.start).isoformat() == "2026-12-10T20:00:00-05:00"


def test_duration_elapses_over_a_clock_change() -> None:
    """Two hours from 1:00 end at 4:00 on the morning without a 2:30."""
    around = visit("2027-03-14 01:00", minutes=120)
    assert around.local(around.end).isoformat() == "2027-03-14T04:00:00-04:00"


def test_no_time_at_all_is_a_known_duration() -> None:
    """It ends when it starts, and that is no gap in what is known."""
    around = visit(minutes=0)
    assert (around.end, around.duration_known) == (around.start, True)


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-12-10", 24), ("2027-03-14", 23), ("2026-11-01", 25)]
)
def test_whole_day_is_as_long_as_its_date(day: str, hours: int) -> None:
    """From its first instant to that of the next, whatever the clock does between them."""
    around = visit(day)
    assert around.start == around.day_start(date.fromisoformat(day))
    assert around.end - around.start == timedelta(hours=hours)
