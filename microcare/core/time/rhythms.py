"""Rhythms: when something falls due that is done every so often, or so many times a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count

from microcare.core.sheet.instruction import Repetition
from microcare.core.sheet.points import DayTime, Quantity
from microcare.core.time.appointment import Appointment
from microcare.core.time.arithmetic import elapse, find_clock_instants, shift_date
from microcare.core.values import value

_DAY = timedelta(days=1)
_QUARTER = 15
_PAUSE = timedelta(minutes=_QUARTER)

Due = tuple[datetime, bool, date | None, bool]
"""An instant in UTC, whether its time of day is only suggested, its date, and whether by the clock.

The date of a bedtime after midnight is the day before; what goes on by the hour has none. By the
clock is what falls on a time of day, and not so many hours after something.
"""


@value
class Beginning:
    """From when something falls due: from the instant `start` in UTC on.

    Days are counted from the date `first`. `with_day` is a start with a whole day, whose first hour
    is only suggested. What is suggested lies after `after`, the end of the treatment that it
    follows.
    """

    start: datetime
    first: date
    with_day: bool
    after: datetime | None

    @property
    def soonest(self) -> datetime:
        """The first time that may be suggested where no time of day gives a later one."""
        after = self.after
        return self.start if after is None or self.start > after else after + _PAUSE


def list_times(
    repetition: Repetition, begins: Beginning, visit: Appointment, waking: DayTime
) -> Iterator[Due]:
    """Yield, on and on, when something falls due, in order.

    The first may lie before the beginning, and two may be one instant where the clock changes;
    neither is meant. Nothing is due that is done as needed, or without saying how often.
    """
    if repetition.as_needed:
        return iter(())
    if repetition.times or repetition.daily is not None:
        return _on_each_date(repetition, begins, visit, waking)
    interval = repetition.interval
    if interval is None:
        return iter(())
    if not interval.unit.elapses:
        return _on_some_dates(interval, begins, visit, waking)
    if repetition.waking:
        return _while_awake(interval, begins, visit, waking)
    if not begins.with_day:
        return _around_the_clock(interval, begins.start, suggested=False)
    soonest = begins.soonest
    wakes = find_clock_instant(visit.local_date(soonest), waking.least, visit)
    return _around_the_clock(interval, max(wakes or soonest, soonest), suggested=True)


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
    begins; from 24 * 60 on it lies on the next date. None where the zone skipped the date.
    """
    if visit.local_date(visit.day_start(day)) != day:
        return None
    return find_clock_instants(day, minutes, visit.zone)[0]


def _on_each_date(
    repetition: Repetition, begins: Beginning, visit: Appointment, waking: DayTime
) -> Iterator[Due]:
    """Yield stated times of day, or a number of times a day spread over the waking hours.

    A date with a number of times has at least one, be it at the beginning of the course.
    """
    times = [(_within_waking(each, waking), each.name is not None) for each in repetition.times]
    if repetition.daily is not None:
        times = [(each, True) for each in spread_times(repetition.daily[1], waking)]
    first, soonest, after = visit.local_date(begins.start), begins.soonest, begins.after
    for day in _dates(first):
        placed = [(find_clock_instant(day, minutes, visit), named) for minutes, named in times]
        found = sorted((instant, named) for instant, named in placed if instant is not None)
        found = [each for each in found if after is None or not each[1] or each[0] > after]
        late = day == first and all(instant < begins.start for instant, _ in found)
        if late and repetition.daily is not None and visit.local_date(soonest) == day:
            yield soonest, True, day, False
        else:
            yield from ((instant, named, day, True) for instant, named in found)


def _on_some_dates(
    interval: Quantity, begins: Beginning, visit: Appointment, waking: DayTime
) -> Iterator[Due]:
    for number in count():
        day = shift_date(begins.first, number * interval.most, interval.unit)
        wakes = find_clock_instant(day, waking.least, visit)
        instant = max(wakes or begins.soonest, begins.soonest)
        if wakes is not None and visit.local_date(instant) == day:
            yield instant, True, day, instant == wakes


def _while_awake(
    interval: Quantity, begins: Beginning, visit: Appointment, waking: DayTime
) -> Iterator[Due]:
    for day in _dates(visit.local_date(begins.start)):
        wakes, last = (find_clock_instant(day, at, visit) for at in (waking.least, waking.most))
        if wakes is None or last is None:
            continue
        instant = max(wakes, begins.soonest)
        while instant <= last:
            yield instant, True, day, False
            instant = elapse(instant, interval.most, interval.unit)


def _around_the_clock(interval: Quantity, instant: datetime, *, suggested: bool) -> Iterator[Due]:
    while True:
        yield instant, suggested, None, False
        instant = elapse(instant, interval.most, interval.unit)


def _within_waking(part: DayTime, waking: DayTime) -> int:
    """Return the time of a part of the day: its beginning, or within it when people wake."""
    least, most = part.ends
    later = part.name is not None and least < waking.least <= most
    return waking.least if later else least


def _dates(first: date) -> Iterator[date]:
    return (first + number * _DAY for number in count())
