"""The dates of a series: as soon after one another as may be, tried against every single date."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microcare.core.plan.series import find_series, list_procedures, list_sessions
from microcare.core.sheet.desk import OpeningHours, OpenSpan
from microcare.core.sheet.points import Quantity, Unit
from microcare.core.time.appointment import (
    Appointment,
    make_timed_appointment,
    make_whole_day_appointment,
)
from tests.samples import at, protocol, visit
from tests.strategies import zones

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY = timedelta(days=1)
WEEK = 7
NONE = OpeningHours()
FEW = settings(max_examples=settings().max_examples // 2)


class Drawn(NamedTuple):
    """A first appointment, how many sessions, their spacing, booked ones, the opening hours."""

    first: Appointment
    sessions: int
    spacing: Quantity
    booked: Mapping[int, Appointment]
    hours: OpeningHours


# A second computation, from the rules: each date is tried for itself.


def expect_dates(drawn: Drawn) -> list[date]:
    """Return the date of each session."""
    dates = [drawn.first.day]
    for number in range(2, drawn.sessions + 1):
        if number in drawn.booked:
            dates.append(drawn.booked[number].day)
            continue
        last = dates[-1]
        dates.append(next(day for day in _list_dates(last) if _is_fit(day, last, drawn)))
    return dates


def _list_dates(last: date) -> list[date]:
    return [last + timedelta(days=days) for days in range(1, 3000)]


def _is_fit(day: date, last: date, drawn: Drawn) -> bool:
    """Return whether a session may be on a date: late enough, and the clinic works then."""
    unit, least = drawn.spacing.unit, drawn.spacing.least
    if unit in {Unit.DAY, Unit.WEEK}:
        late_enough = (day - last).days >= least * (WEEK if unit is Unit.WEEK else 1)
    else:
        late_enough = _months_between(last, day) >= least * (12 if unit is Unit.YEAR else 1)
        # The weekday is kept, unless the clinic doesn't work on the date that keeps it.
        if late_enough and day.weekday() != last.weekday():
            kept = [day - timedelta(days=back) for back in range(1, 3000)]
            before = next(each for each in kept if each.weekday() == last.weekday())
            late_enough = _months_between(last, before) >= least * (12 if unit is Unit.YEAR else 1)
    return late_enough and _works(day, drawn)


def _months_between(last: date, day: date) -> int:
    """Return how many whole months have passed: a short one has no 31st, but the next has a 1st."""
    months = (day.year - last.year) * 12 + day.month - last.month
    return months if day.day >= last.day else months - 1


def _works(day: date, drawn: Drawn) -> bool:
    if day in drawn.hours.closed:
        return False
    spans = drawn.hours.spans
    if not spans or not _is_within(drawn.first.day.weekday(), drawn):
        return True  # Nobody knows the hours, or the first one is outside of them too.
    return _is_within(day.weekday(), drawn)


def _is_within(weekday: int, drawn: Drawn) -> bool:
    local = drawn.first.start.astimezone(drawn.first.zone)
    clock = timedelta(hours=local.hour, minutes=local.minute)
    return any(
        each.weekday == weekday and (drawn.first.all_day or (each.opens <= clock < each.closes))
        for each in drawn.hours.spans
    )


@st.composite
def series(draw: st.DrawFn) -> Drawn:
    """Draw a series anywhere, half of them with hours, some of it booked or closed."""
    zone = draw(zones)
    day = date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 800)))
    first = make_whole_day_appointment(day, zone, "flag")
    if draw(st.integers(0, 3)):
        hour, minute = draw(st.integers(5, 22)), draw(st.sampled_from([0, 15, 30]))
        start = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
        first = make_timed_appointment(start.astimezone(UTC), zone, "flag", None)
    unit = draw(st.sampled_from([Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR]))
    least = draw(st.integers(1, {Unit.DAY: 60, Unit.WEEK: 9, Unit.MONTH: 7, Unit.YEAR: 2}[unit]))
    spacing = Quantity(least, least + draw(st.integers(0, 2)), unit)
    total = draw(st.integers(1, 5))
    booked = {}
    if total > 2 and draw(st.booleans()):
        later = day + timedelta(days=draw(st.integers(1, 200)))
        booked = {2: make_whole_day_appointment(later, zone, "flag")}
    closed = draw(st.lists(st.integers(0, 500).map(lambda each: day + each * DAY), max_size=30))
    weekdays = draw(st.lists(st.integers(0, 6), unique=True, max_size=4))
    opens, closes = timedelta(hours=9), timedelta(hours=17)
    spans = tuple(OpenSpan(each, opens, closes) for each in sorted(weekdays))
    return Drawn(first, total, spacing, booked, OpeningHours(spans, tuple(sorted(set(closed)))))


@FEW
@given(series())
def test_each_session_is_on_the_first_date_that_fits(drawn: Drawn) -> None:
    """At the first one's wall clock, or on a whole day as that is."""
    found = list(list_sessions(*drawn))
    assert [each.day for each in found] == expect_dates(drawn)
    for number, each in enumerate(found, 1):
        if number in drawn.booked:
            assert each is drawn.booked[number]
            continue
        assert each.all_day is drawn.first.all_day
        wall, own = (one.start.astimezone(one.zone) for one in (drawn.first, each))
        assert own.time() == wall.time() or _changes_clocks(each)


def _changes_clocks(visit: Appointment) -> bool:
    """Return whether the clocks change on the date of an appointment."""
    ends = (visit.day_start(day).astimezone(visit.zone) for day in (visit.day, visit.day + DAY))
    return len({each.utcoffset() for each in ends}) > 1


# By hand


def dates_of(
    first: str,
    total: int,
    spacing: Quantity,
    *closed: str,
    booked: Mapping[int, Appointment] | None = None,
    spans: tuple[OpenSpan, ...] = (),
) -> list[str]:
    """Return the wall-clock times of sessions in New York."""
    hours = OpeningHours(spans, tuple(map(date.fromisoformat, closed)))
    found = list_sessions(visit(first), total, spacing, booked or {}, hours)
    return [f"{each.local(each.start):%a %Y-%m-%d %H:%M}" for each in found]


def test_clock_time_stays_when_the_clocks_change() -> None:
    """14 March 2027: it is half past two before and after."""
    assert dates_of("2027-03-04 14:30", 2, Quantity(4, 4, Unit.WEEK)) == [
        "Thu 2027-03-04 14:30",
        "Thu 2027-04-01 14:30",
    ]


@pytest.mark.parametrize(
    ("first", "next_one"),
    [("2027-03-07 02:30", "Sun 2027-03-14 03:30"), ("2026-10-25 01:30", "Sun 2026-11-01 01:30")],
)
def test_time_that_a_clock_change_skips_or_repeats_is_the_later(first: str, next_one: str) -> None:
    """2:30 doesn't exist on 14 March; of two 1:30s on 1 November it is the second."""
    (_, second) = list_sessions(visit(first), 2, Quantity(1, 1, Unit.WEEK), {}, NONE)
    assert f"{second.local(second.start):%a %Y-%m-%d %H:%M}" == next_one
    if next_one.endswith("01:30"):
        assert second.start == at("2026-11-01 01:30") + timedelta(hours=1)


def test_months_keep_the_weekday_and_a_short_month_moves_on() -> None:
    """Sun 31 Jan and a month is 1 March; the Sunday from there on is 7 March."""
    assert dates_of("2027-01-31 14:30", 2, Quantity(1, 1, Unit.MONTH))[1] == "Sun 2027-03-07 14:30"


def test_closed_date_moves_later_and_takes_the_others_with_it() -> None:
    """Christmas Eve falls away: the next day, and four weeks from that."""
    spacing = Quantity(2, 3, Unit.WEEK)
    assert dates_of("2026-12-10 14:30", 3, spacing, "2026-12-24", "2026-12-25") == [
        "Thu 2026-12-10 14:30",
        "Sat 2026-12-26 14:30",
        "Sat 2027-01-09 14:30",
    ]


def test_booked_session_is_what_the_next_ones_are_counted_from() -> None:
    """A whole day in the middle: the others are at the first one's hour all the same."""
    booked = {2: visit("2027-01-15")}
    assert dates_of("2026-12-10 14:30", 3, Quantity(4, 4, Unit.WEEK), booked=booked) == [
        "Thu 2026-12-10 14:30",
        "Fri 2027-01-15 00:00",
        "Fri 2027-02-12 14:30",
    ]


def test_first_session_on_a_closed_date_leaves_the_hours_as_they_are() -> None:
    """Who works on a holiday for once does not work on Sundays from now on."""
    spans = tuple(OpenSpan(day, timedelta(hours=9), timedelta(hours=17)) for day in range(5))
    found = dates_of("2026-12-10 14:30", 2, Quantity(10, 10, Unit.DAY), "2026-12-10", spans=spans)
    assert found[1] == "Mon 2026-12-21 14:30"


def test_clinic_that_never_works_gives_no_further_session() -> None:
    """Nothing is offered, rather than a date on which nobody is there."""
    days = [date(2026, 12, 11) + number * DAY for number in range(1000)]
    hours = OpeningHours((), tuple(days))
    found = list_sessions(visit(), 3, Quantity(4, 4, Unit.WEEK), {}, hours)
    assert [each.day for each in found] == [date(2026, 12, 10)]


def test_series_is_what_the_sheet_repeats_first() -> None:
    """With its spacing and its number; a follow-up without a rhythm is none."""
    sheet = protocol(
        """
        - {id: check, repeat: follow-up, at: 1 week after}
        - {id: again, repeat: microneedling, at: 4 weeks after, every: 4 weeks, count: 3 to 5}
        """
    )
    found = find_series(sheet)
    assert found is not None
    assert (found.instruction.id, found.spacing) == ("again", Quantity(4, 4, Unit.WEEK))
    assert (found.count_least, found.count_most) == (3, 5)
    assert list_procedures(sheet) == ("microneedling",)


def test_months_of_the_second_computation() -> None:
    """31 January and a month is reached on 1 March, not on 28 February."""
    first = next(
        day
        for number in count(1)
        if _months_between(date(2027, 1, 31), day := date(2027, 1, 31) + number * DAY) >= 1
    )
    assert (first, monthrange(2027, 2)[1]) == (date(2027, 3, 1), 28)
