"""Rhythms: when something falls due that is done every so often, or so many times a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count

from microcare.core.sheet.instruction import Repetition
from microcare.core.sheet.points import DayTime, Quantity
from microcare.core.time.appointment import Appointment
from microcare.core.time.arithmetic import elapse, find_clock_instants, shift_date

_DAY = timedelta(days=1)
_QUARTER = 15

Due = tuple[datetime, bool]
"""An instant in UTC, and whether its time of day is only suggested."""


def list_times(
    repetition: Repetition,
    start: datetime,
    visit: Appointment,
    waking: DayTime,
    *,
    with_day: bool,
) -> Iterator[Due]:
    """Yield, on and on, when something falls due from `start` (UTC) on, in order.

    `with_day` is a start with a whole day, whose first hour is only suggested. The first may lie
    before `start`, and two may be one instant where the clock changes; neither is meant. Nothing is
    due that is done as needed, or without saying how often.
    """
    if repetition.as_needed:
        return iter(())
    if repetition.times or repetition.daily is not None:
        return _on_each_date(repetition, start, visit, waking)
    interval = repetition.interval
    if interval is None:
        return iter(())
    if not interval.unit.elapses:
        return _on_some_dates(interval, start, visit, waking)
    if repetition.waking:
        return _while_awake(interval, start, visit, waking)
    first = start
    if with_day:
        wakes = find_clock_instant(visit.local_date(start), waking.least, visit)
        first = max(wakes or start, start)
    return _around_the_clock(interval, first, suggested=with_day)


def spread_times(number: int, waking: DayTime) -> tuple[int, ...]:
    """Return so many times of day, in minutes from midnight, evenly over the waking hours.

    The first and the last are the ends of these, the others are rounded to the quarter of an hour
    (half up). One alone is at the beginning.
    """
    if number == 1:
        return (waking.least,)
    gaps, length = number - 1, waking.most - waking.least
    rounding = _QUARTER if length >= gaps * _QUARTER else 1
    inner = (
        (2 * (waking.least * gaps + length * step) + rounding * gaps) // (2 * rounding * gaps)
        for step in range(1, gaps)
    )
    return (waking.least, *(each * rounding for each in inner), waking.most)


def find_clock_instant(day: date, minutes: int, visit: Appointment) -> datetime | None:
    """Return when the clinic's clock shows so many minutes from a date's midnight, in UTC.

    Of a time that doesn't exist, or comes twice, the earlier instant, but none before the date
    begins; 24 * 60 is the next date's first instant. None where the zone skipped the date.
    """
    if visit.local_date(visit.day_start(day)) != day:
        return None
    return find_clock_instants(day, minutes, visit.zone)[0]


def _on_each_date(
    repetition: Repetition, start: datetime, visit: Appointment, waking: DayTime
) -> Iterator[Due]:
    """Yield stated times of day, or a number of times a day spread over the waking hours.

    A date with a number of times has at least one, be it at the beginning of the course.
    """
    times = [(_within_waking(each, waking), each.name is not None) for each in repetition.times]
    if repetition.daily is not None:
        times = [(each, True) for each in spread_times(repetition.daily[1], waking)]
    first = visit.local_date(start)
    for day in _dates(first):
        placed = [(find_clock_instant(day, minutes, visit), named) for minutes, named in times]
        found = sorted((instant, named) for instant, named in placed if instant is not None)
        late = day == first and all(instant < start for instant, _ in found)
        if late and repetition.daily is not None:
            yield start, True
        yield from found


def _on_some_dates(
    interval: Quantity, start: datetime, visit: Appointment, waking: DayTime
) -> Iterator[Due]:
    first = visit.local_date(start)
    for number in count():
        day = shift_date(first, number * interval.most, interval.unit)
        instant = find_clock_instant(day, waking.least, visit)
        if instant is not None:
            yield max(instant, start), True


def _while_awake(
    interval: Quantity, start: datetime, visit: Appointment, waking: DayTime
) -> Iterator[Due]:
    for day in _dates(visit.local_date(start)):
        begins, last = (find_clock_instant(day, at, visit) for at in (waking.least, waking.most))
        if begins is None or last is None:
            continue
        instant = max(begins, start)
        while instant <= last:
            yield instant, True
            instant = elapse(instant, interval.most, interval.unit)


def _around_the_clock(interval: Quantity, instant: datetime, *, suggested: bool) -> Iterator[Due]:
    while True:
        yield instant, suggested
        instant = elapse(instant, interval.most, interval.unit)


def _within_waking(part: DayTime, waking: DayTime) -> int:
    """Return the time of a part of the day: its beginning, or within it when people wake."""
    later = part.name is not None and part.least < waking.least <= part.most
    return waking.least if later else part.least


def _dates(first: date) -> Iterator[date]:
    return (first + number * _DAY for number in count())
