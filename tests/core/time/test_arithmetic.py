"""Calendar arithmetic on the real clocks of the world."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.points import Offset, Quantity, Side, Unit
from microcare.core.sheet.protocol import DayOne
from microcare.core.sheet.verbs import Verb
from microcare.core.time.arithmetic import elapse, find_gap_end, find_start_of_day, shift_date
from microcare.core.time.calendars import Calendar
from microcare.core.time.places import PlaceReader
from microcare.core.time.windows import date_window
from tests.oracle import HOUR, Visit, clock_changes, local, timed_visit
from tests.samples import at, visit, window
from tests.strategies import (
    ALL_ZONES,
    appointment,
    days_one,
    instructions,
    offsets,
    shift_visit,
    visits,
)

DAYS = st.dates(date(1996, 1, 1), date(2040, 12, 31))


@given(st.sampled_from(ALL_ZONES), st.integers(1975, 2035), st.integers(1, 96), st.integers(0, 95))
def test_hours_are_exact_across_every_clock_change(
    name: str, year: int, hours: int, later: int
) -> None:
    """Whatever the clocks did in between, so many hours lie between a bound and the treatment."""
    zone = ZoneInfo(name)
    for change in clock_changes(zone, year):
        after, before = (
            Calendar(appointment(timed_visit(second, 0, zone)))
            for second in (change + later * HOUR, change - later * HOUR)
        )
        length, reader = Quantity(hours, hours, Unit.HOUR), PlaceReader(DayOne.NEXT_DAY)
        opening = after.read(reader.opening(Offset(length, Side.BEFORE)))
        closing = before.read(reader.closing(Offset(length, Side.AFTER)))
        assert opening is not None
        assert closing is not None
        opens, closes = opening.early, closing.late
        assert round(opens.timestamp()) == change + (later - hours) * HOUR
        assert round(closes.timestamp()) == change + (hours - later) * HOUR


@given(visits(), st.integers(-300, 300), st.sampled_from([Unit.MINUTE, Unit.HOUR]))
def test_the_wall_clock_moves_by_as_much_as_the_offset_changed(
    around: Visit, count: int, unit: Unit
) -> None:
    """The shown time differs from so many hours by exactly the change of the offset from UTC."""
    start = local(around.start, around.zone)
    moved = elapse(start, count, unit).astimezone(around.zone)
    walls = moved.replace(tzinfo=None) - start.replace(tzinfo=None)
    offsets_differ = _offset(moved) - _offset(start)
    assert walls - offsets_differ == count * timedelta(minutes=1 if unit is Unit.MINUTE else 60)


@given(
    instructions([Verb.AVOID, Verb.USE, Verb.MAY, Verb.WAIT_SINCE]),
    offsets(units=[Unit.DAY, Unit.WEEK], sides=[Side.BEFORE], qualifiers=[None]),
    offsets(units=[Unit.DAY, Unit.WEEK], sides=[Side.AFTER], qualifiers=[None]),
    visits(first_year=2013),
    st.integers(-500, 500),
    days_one,
)
def test_moving_the_appointment_moves_whole_days_as_far(
    instruction: Instruction,
    start: Offset,
    until: Offset,
    around: Visit,
    days: int,
    day_one: DayOne,
) -> None:
    """Move the appointment n days and every window counted in days or weeks moves n days."""
    times = replace(instruction.window, start=start, until=until, at=None)
    moved = shift_visit(around, days)
    assume((moved.day - around.day).days == days)  # the wall-clock time may lie in a gap
    counted = replace(instruction, window=times)
    here, there = (
        [
            None if each is None or each in {where.start, where.end} else where.local_date(each)
            for each in (dated.start, dated.until, dated.start_at_latest, dated.until_at_least)
        ]
        + [dated.last_ok]
        for where in (appointment(around), appointment(moved))
        for dated in [date_window(counted, Calendar(where), PlaceReader(day_one))]
    )
    assert there == [None if day is None else day + timedelta(days=days) for day in here]


@given(DAYS, st.integers(1, 48))
def test_months_back_keep_the_month_and_what_it_has_of_the_day(day: date, months: int) -> None:
    """Counting back lands in the right month, on the day or on the month's last."""
    back = shift_date(day, -months, Unit.MONTH)
    assert back.year * 12 + back.month == day.year * 12 + day.month - months
    assert back.day == min(day.day, calendar.monthrange(back.year, back.month)[1])


@given(DAYS, st.integers(1, 48))
def test_months_on_keep_the_day_or_open_the_next_month(day: date, months: int) -> None:
    """Counting on lands on the day, or on the 1st after a month that lacks it."""
    on = shift_date(day, months, Unit.MONTH)
    passed = on.year * 12 + on.month - day.year * 12 - day.month
    assert (passed, on.day) in {(months, day.day), (months + 1, 1)}
    assert passed == months or calendar.monthrange(*_month_before(on))[1] < day.day


@given(DAYS, st.integers(0, 400), st.integers(-48, 48).filter(bool))
def test_counting_months_keeps_the_order_of_dates(day: date, later: int, months: int) -> None:
    """A later appointment never has an earlier bound."""
    other = day + timedelta(days=later)
    assert shift_date(day, months, Unit.MONTH) <= shift_date(other, months, Unit.MONTH)


@given(DAYS, st.integers(1, 8))
def test_a_year_is_twelve_months(day: date, years: int) -> None:
    """Both ways, on 29 February too."""
    for sign in (-1, 1):
        months = shift_date(day, sign * 12 * years, Unit.MONTH)
        assert shift_date(day, sign * years, Unit.YEAR) == months


def test_elapsed_time_and_calendar_days_are_kept_apart() -> None:
    """Neither function takes the other's units for its own."""
    with pytest.raises(ValueError, match="calendar days"):
        elapse(datetime(2026, 12, 10, tzinfo=UTC), 1, Unit.DAY)
    with pytest.raises(ValueError, match="elapsed time"):
        shift_date(date(2026, 12, 10), 1, Unit.HOUR)


def test_the_earlier_of_two_equal_clock_times_is_another_instant() -> None:
    """01:30 comes twice in New York on 1 Nov 2026; 24 hours after each differ by an hour."""
    first = at("2026-11-01 01:30")
    second = first + timedelta(hours=1)
    zone = ZoneInfo("America/New_York")
    ends = [elapse(each, 24, Unit.HOUR).astimezone(zone) for each in (first, second)]
    assert [each.strftime("%d %H:%M") for each in ends] == ["02 00:30", "02 01:30"]


def test_half_an_hour_of_summer_time() -> None:
    """Lord Howe moves its clocks by 30 minutes, on 4 Oct 2026 at 02:00."""
    around = visit("2026-10-05 09:00", "Australia/Lord_Howe")
    found = window("avoid: heat\nfrom: 48 hours before", around)
    assert found.start == "2026-10-03 08:30 +1030"


def test_a_gap_ends_where_the_clocks_have_gone_forward() -> None:
    """New York leaves out 02:00 to 03:00 on 14 March 2027: at 07:00 in UTC it is 3 am there."""
    missing = datetime(2027, 3, 14, 2, 30, tzinfo=ZoneInfo("America/New_York"))
    assert find_gap_end(missing) == datetime(2027, 3, 14, 7, tzinfo=UTC)


def test_the_date_that_samoa_skipped() -> None:
    """30 Dec 2011 begins where 31 Dec does: at the first instant after 29 Dec."""
    apia = ZoneInfo("Pacific/Apia")
    missing, next_day = (find_start_of_day(date(2011, 12, day), apia) for day in (30, 31))
    assert missing == next_day == datetime(2011, 12, 30, 10, tzinfo=UTC)


def test_midnight_that_comes_back_after_a_minute() -> None:
    """St. John's went from 00:01 back to 23:01 in 2006; the day begins at the first midnight."""
    found = find_start_of_day(date(2006, 10, 29), ZoneInfo("America/St_Johns"))
    assert found == datetime(2006, 10, 29, 2, 30, tzinfo=UTC)


def _offset(moment: datetime) -> timedelta:
    offset = moment.utcoffset()
    assert offset is not None
    return offset


def _month_before(day: date) -> tuple[int, int]:
    last = day.replace(day=1) - timedelta(days=1)
    return last.year, last.month
