"""The time rules computed a second time: from the design, and by other means than the core's.

An instant is a number of seconds since 1970. The first instant of a date is searched minute by
minute on the zone's clock, a month's length is looked up in the calendar, and every bound is the
least or greatest of all the readings that the words allow.
"""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from microcare.core.model import DayOne, Instruction, StateRule, Verb
from microcare.core.points import (
    Edge,
    NumberedDay,
    Offset,
    Point,
    Qualifier,
    RelativeDay,
    Side,
    Unit,
)

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

MINUTE, HOUR, DAY = 60, 3600, 86400
_SECONDS = {Unit.MINUTE: MINUTE, Unit.HOUR: HOUR}
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}
_MONTHS = {Unit.MONTH: 1, Unit.YEAR: 12}
_LONG = 7


class Visit(NamedTuple):
    """An appointment in seconds; `day` is its local date."""

    day: date
    start: int
    end: int
    zone: ZoneInfo
    all_day: bool = False


class Times(NamedTuple):
    """What the rules make of one window; `last_ok` is a date, the rest are seconds."""

    start: int | None = None
    until: int | None = None
    start_at_latest: int | None = None
    until_at_least: int | None = None
    last_ok: date | None = None


class _Reading(NamedTuple):
    """One meaning of a point: an instant, or a date, which may have been counted to."""

    second: int | None = None
    day: date | None = None
    counted: bool = False


def timed_visit(start: int, minutes: int, zone: ZoneInfo) -> Visit:
    """Return the appointment at an instant; of no length where `minutes` is 0."""
    return Visit(local(start, zone).date(), start, start + minutes * MINUTE, zone)


def whole_day_visit(day: date, zone: ZoneInfo) -> Visit:
    """Return the appointment from the first instant of a date to that of the next."""
    return Visit(day, first_second(day, zone), first_second(_next(day), zone), zone, all_day=True)


def local(second: int, zone: ZoneInfo) -> datetime:
    """Return what a zone's clock shows at an instant."""
    return datetime.fromtimestamp(second, zone)


@lru_cache(maxsize=100_000)
def first_second(day: date, zone: ZoneInfo) -> int:
    """Search the first instant at which a zone's date is `day`, or later where it never is."""
    second = _utc_midnight(day) - 16 * HOUR
    while local(second, zone).date() < day:
        second += MINUTE
    while local(second - 1, zone).date() >= day:
        second -= 1
    return second


@lru_cache(maxsize=10_000)
def spells_of_date(day: date, zone: ZoneInfo) -> tuple[tuple[int, int], ...]:
    """Search when a zone's date is `day`: one spell, none where it never is, rarely two."""
    begins = _utc_midnight(day) - 16 * HOUR
    spells: list[tuple[int, int]] = []
    for second in range(begins, begins + 60 * HOUR, MINUTE):
        if local(second, zone).date() != day:
            continue
        if spells and spells[-1][1] == second:
            spells[-1] = (spells[-1][0], second + MINUTE)
        else:
            spells.append((second, second + MINUTE))
    return tuple(spells)


@lru_cache(maxsize=10_000)
def clock_changes(zone: ZoneInfo, year: int) -> tuple[int, ...]:
    """Search the instants of a year at which a zone's offset from UTC changes, to the minute."""
    begins, ends = (_utc_midnight(date(each, 1, 1)) for each in (year, year + 1))
    found = []
    for second in range(begins, ends, DAY):
        if local(second, zone).utcoffset() != local(second + DAY, zone).utcoffset():
            minutes = range(second, second + DAY, MINUTE)
            found += [
                each + MINUTE
                for each in minutes
                if local(each, zone).utcoffset() != local(each + MINUTE, zone).utcoffset()
            ]
    return tuple(found)


def shift_months(day: date, months: int) -> date:
    """Count months on a calendar: what a month lacks is its last day back, the 1st after it on."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = calendar.monthrange(year, month + 1)[1]
    if day.day <= length:
        return date(year, month + 1, day.day)
    if months < 0:
        return date(year, month + 1, length)
    return shift_months(day.replace(day=1), months + 1)


def expect_times(instruction: Instruction, visit: Visit, day_one: DayOne) -> Times:
    """Return what the design says of an instruction's window."""
    window = instruction.window
    if window.at is not None:
        return _expect_moment(window.at, visit, day_one)
    if instruction.verb is Verb.WAIT_SINCE:
        return _expect_interval(window.start, visit, day_one)
    start, until = _stated_or_implied(instruction)
    opening = [] if start is None else _readings(start, visit, day_one)
    closing = [] if until is None else _readings(until, visit, day_one)
    if instruction.verb is Verb.MAY:
        opens = [_end(each, visit) if each.counted else _begin(each, visit) for each in opening]
        closes = [_begin(each, visit) if each.counted else _end(each, visit) for each in closing]
        # Rule 6: what an unstated Day 1 permits comes on the later day, as a whole.
        last = max if isinstance(until, NumberedDay) else min
        ends = last(closes, default=None)
        if window.until_rule is StateRule.LATER:
            return Times(max(opens, default=None), None, None, ends)
        return _with_room(Times(max(opens, default=None), ends))
    opens = [_begin(each, visit) for each in opening]
    closes = [_end(each, visit) for each in closing]
    begins, ends = min(opens, default=None), max(closes, default=None)
    latest = _other(opens, begins) if not isinstance(start, NumberedDay) else None
    least = _other(closes, ends) if not isinstance(until, NumberedDay) else None
    if least is not None and begins is not None and least <= begins:
        least = None
    if ends is not None and _open_by_state(instruction):
        ends, least = None, ends
    times = Times(begins, ends, latest, least, _last_fine_day(instruction, visit))
    by_date = visit.all_day and start == Edge(Side.AFTER) and not isinstance(until, Edge)
    return _with_room(times, visit.start if by_date else None)


def closes_at_start(instruction: Instruction) -> bool:
    """Rule 7: whether it is the treatment that ends a window, said or implied."""
    window = instruction.window
    if instruction.verb is Verb.WAIT_SINCE:
        return isinstance(window.start, Offset) and window.start.side is Side.BEFORE
    return _stated_or_implied(instruction)[1] == Edge(Side.BEFORE)


def _with_room(times: Times, whole_day: int | None = None) -> Times:
    """Where hours and days leave a window no room it is empty, and doesn't turn round.

    A duty from the treatment's end on, for the rest of a day of which only the date is known,
    holds from that day's beginning, `whole_day`; a permission is never widened.
    """
    if times.start is None or times.until is None or times.start < times.until:
        return times
    begins = whole_day if whole_day is not None and whole_day < times.until else times.until
    return Times(begins, times.until, None, None, times.last_ok)


def _stated_or_implied(instruction: Instruction) -> tuple[Point | None, Point | None]:
    """Rule 7: a window before closes at the start, a window after opens at the end."""
    window = instruction.window
    start, until = window.start, window.until
    vague = window.until_state is not None or window.until_words is not None
    if start is not None and until is None and not vague and _lies(start, Side.BEFORE):
        until = Edge(Side.BEFORE)
    elif start is None and (_lies(until, Side.AFTER) if until is not None else vague):
        start = Edge(Side.AFTER)
    return start, until


def _lies(point: Point, side: Side) -> bool:
    match point:
        case Offset() | Edge():
            return point.side is side
        case RelativeDay(days):
            return days < 0 if side is Side.BEFORE else days > 0
        case NumberedDay():
            return side is Side.AFTER


def _open_by_state(instruction: Instruction) -> bool:
    """Rule 8: nobody is released by the clock alone where the later of time and state counts."""
    match instruction.window.until_rule:
        case StateRule.LATER:
            return True
        case StateRule.UNSTATED:
            return instruction.verb is Verb.AVOID
        case _:
            return False


def _expect_moment(point: Point, visit: Visit, day_one: DayOne) -> Times:
    """Rule 14: what is counted in minutes or hours from a whole day has no time."""
    if visit.all_day and isinstance(point, Offset) and point.quantity.unit in _SECONDS:
        return Times()
    times = [_begin(each, visit) for each in _readings(point, visit, day_one)]
    return Times(start=min(times), start_at_latest=_other(times, min(times)))


def _expect_interval(point: Point | None, visit: Visit, day_one: DayOne) -> Times:
    """Rule 4: the counted date itself is fine, in hours the last date that is wholly safe."""
    assert isinstance(point, Offset)
    readings = _readings(point, visit, day_one)
    if point.side is Side.AFTER:
        fine = [_begin(each, visit) for each in readings]
        return _with_room(Times(visit.end, max(fine), None, _other(fine, max(fine))))
    banned = [_end(each, visit) for each in readings]
    last_ok = date.max
    for each in readings:
        if each.day is not None:
            last_ok = min(last_ok, each.day)
        elif each.second is not None:
            last_ok = min(last_ok, local(each.second, visit.zone).date() - timedelta(days=1))
    return Times(min(banned), visit.start, _other(banned, min(banned)), None, last_ok)


def _last_fine_day(instruction: Instruction, visit: Visit) -> date | None:
    """Rule 4: a long ban before the treatment also shows its last fine day."""
    point = instruction.window.start
    if instruction.verb is not Verb.AVOID or not isinstance(point, Offset):
        return None
    if point.side is Side.AFTER or point.quantity.unit in _SECONDS:
        return None
    first = min(_count(visit.day, -count, point.quantity.unit) for count in _counts(point))
    if visit.day.toordinal() - first.toordinal() < _LONG:
        return None
    return date.fromordinal(first.toordinal() - 1)


def _readings(point: Point, visit: Visit, day_one: DayOne) -> list[_Reading]:
    match point:
        case Edge(Side.BEFORE):
            return [_Reading(visit.start)]
        case Edge():
            return [_Reading(visit.end)]
        case RelativeDay(days):
            return [_Reading(day=_count(visit.day, days, Unit.DAY))]
        case NumberedDay(number):
            shifts = {
                DayOne.TREATMENT_DAY: {number - 1},
                DayOne.NEXT_DAY: {number},
                DayOne.UNSTATED: {number - 1, number},
            }[day_one]
            return [_Reading(day=_count(visit.day, shift, Unit.DAY)) for shift in shifts]
        case Offset():
            return _offset_readings(point, visit)


def _offset_readings(point: Offset, visit: Visit) -> list[_Reading]:
    before = point.side is Side.BEFORE
    edge, sign = (visit.start, -1) if before else (visit.end, 1)
    unit = point.quantity.unit
    if unit in _SECONDS:
        found = [_Reading(edge + sign * count * _SECONDS[unit]) for count in _counts(point)]
    else:
        days = (_count(visit.day, sign * count, unit) for count in _counts(point))
        found = [_Reading(day=day, counted=not point.named) for day in days]
    return [*found, _Reading(edge)] if point.qualifier is Qualifier.WITHIN else found


def _counts(point: Offset) -> set[int]:
    return {point.quantity.least, point.quantity.most}


def _count(day: date, count: int, unit: Unit) -> date:
    if unit in _DAYS:
        return date.fromordinal(day.toordinal() + count * _DAYS[unit])
    return shift_months(day, count * _MONTHS[unit])


def _begin(reading: _Reading, visit: Visit) -> int:
    if reading.day is not None:
        return first_second(reading.day, visit.zone)
    assert reading.second is not None
    return reading.second


def _end(reading: _Reading, visit: Visit) -> int:
    if reading.day is not None:
        return first_second(_next(reading.day), visit.zone)
    assert reading.second is not None
    return reading.second


def _other(readings: list[int], taken: int | None) -> int | None:
    return next((each for each in readings if each != taken), None)


def _next(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _utc_midnight(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
