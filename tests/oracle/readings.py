"""Every meaning of a point around one appointment, as a sheet's reader may take it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from microcare.core.sheet.points import (
    Clock,
    DayTime,
    Edge,
    Length,
    NumberedDay,
    Offset,
    Point,
    Qualifier,
    RelativeDay,
    Side,
    Unit,
)
from microcare.core.sheet.protocol import DayOne
from tests.oracle.clock import (
    HOUR,
    MINUTE,
    Visit,
    clock_seconds,
    first_second,
    next_day,
    shift_months,
)

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = {Unit.MINUTE: MINUTE, Unit.HOUR: HOUR}
_SIX = 6 * 60
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}
_MONTHS = {Unit.MONTH: 1, Unit.YEAR: 12}


class Reading(NamedTuple):
    """One meaning of a point: an instant, or a date, which may have been counted to.

    An instant is two where a clock that changes shows its time twice, or never. `midnight` is one
    that the sheet writes: the edge of a day (rule 17). `treated` is a numbered day that is D, and
    `on_day` the treatment where only its date is known, which is on D at either edge of it.
    """

    early: int = 0
    late: int = 0
    day: date | None = None
    counted: bool = False
    midnight: bool = False
    treated: bool = False
    on_day: bool = False


class Held(NamedTuple):
    """When another instruction starts and ends: each meaning, with the local date of each.

    `hazy` are its edges of which only the date is known, `day_edges` the instants of its edges that
    are edges of days in their form (rule 17), `on_day` those that are a treatment of unknown hour.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    first: tuple[date, ...]
    last: tuple[date, ...]
    hazy: frozenset[Side] = frozenset()
    day_edges: frozenset[int] = frozenset()
    on_day: frozenset[int] = frozenset()

    def edge(self, side: Side) -> tuple[int, ...]:
        """Return the instants of one edge."""
        return self.starts if side is Side.BEFORE else self.ends


class Scene(NamedTuple):
    """What points are read around; `held` looks up another instruction by its id.

    It returns None for one without a date, and raises KeyError for what is no instruction.
    """

    visit: Visit
    day_one: DayOne
    held: Callable[[str], Held | None]

    def anchor(self, name: str) -> Held | None:
        """Return what is counted from: another instruction, or else the appointment."""
        try:
            return self.held(name)
        except KeyError:
            visit = self.visit
            on_day = frozenset({visit.start, visit.end} if visit.all_day else ())
            return Held((visit.start,), (visit.end,), (visit.day,), (visit.day,), on_day=on_day)


def readings(point: Point, scene: Scene) -> list[Reading]:
    """Return every meaning of a point; none where it counts from what has no date."""
    match point:
        case Clock():
            minutes = {point.time.least, point.time.most}
            zone = scene.visit.zone
            late = 1 if is_past_midnight(point.time) else 0
            days = [
                count(each.day, late, Unit.DAY)
                for each in readings(point.day, scene)
                if each.day is not None
            ]
            return [
                Reading(*clock_seconds(day, each, zone), midnight=each in {0, 24 * 60})
                for day in days
                for each in minutes
            ]
        case NumberedDay(number):
            shifts = {
                DayOne.TREATMENT_DAY: {number - 1},
                DayOne.NEXT_DAY: {number},
                DayOne.UNSTATED: {number - 1, number},
            }[scene.day_one]
            return [
                Reading(
                    day=count(scene.visit.day, each, Unit.DAY),
                    treated=each == 0,
                    on_day=each == 0 and scene.visit.all_day,
                )
                for each in shifts
            ]
        case Length():
            raise AssertionError("a length has no meaning of its own")
        case Edge() | RelativeDay() | Offset():
            return _anchored_readings(point, scene)


def _anchored_readings(point: Edge | RelativeDay | Offset, scene: Scene) -> list[Reading]:
    held = scene.anchor(point.anchor)
    if held is None:
        return []
    match point:
        case Edge(side):
            return [
                Reading(each, each, midnight=each in held.day_edges, on_day=each in held.on_day)
                for each in held.edge(side)
            ]
        case RelativeDay(distance):
            dates = held.last if distance > 0 else held.first
            return [Reading(day=count(each, distance, Unit.DAY)) for each in dates]
        case Offset():
            return _offset_readings(point, held)


def _offset_readings(point: Offset, held: Held) -> list[Reading]:
    sign = -1 if point.side is Side.BEFORE else 1
    side, unit = counted_edge(point), point.quantity.unit
    numbers = {point.quantity.least, point.quantity.most}
    if unit in SECONDS:
        found = [
            Reading(edge + sign * number * SECONDS[unit], edge + sign * number * SECONDS[unit])
            for edge in held.edge(side)
            for number in numbers
        ]
    else:
        found = [
            Reading(day=count(day, sign * number, unit), counted=not point.named)
            for day in (held.first if side is Side.BEFORE else held.last)
            for number in numbers
        ]
    if point.qualifier is Qualifier.WITHIN:
        found += [
            Reading(each, each, midnight=each in held.day_edges, on_day=each in held.on_day)
            for each in held.edge(side)
        ]
    return found


def is_past_midnight(time: DayTime) -> bool:
    """Rule 18: an evening, night or bedtime that begins before 6:00 ends the evening before it."""
    return time.name in {"evening", "night", "bedtime"} and time.least < _SIX


def counted_edge(point: Offset) -> Side:
    """Return the edge that an offset counts from, said or implied."""
    return point.side if point.counted_from is None else point.counted_from


def is_hazy(point: Point | None, scene: Scene) -> bool:
    """Return whether a point counts hours from something of which only the date is known."""
    match point:
        case Edge(side, anchor):
            held = scene.anchor(anchor)
            return held is not None and side in held.hazy
        case Offset(quantity) if quantity.unit in SECONDS:
            held = scene.anchor(point.anchor)
            return held is not None and counted_edge(point) in held.hazy
        case _:
            return False


def is_whole_day(point: Point) -> bool:
    """Rule 17: whether a point is a whole day by its form."""
    match point:
        case RelativeDay() | NumberedDay():
            return True
        case Offset(quantity):
            return quantity.unit not in SECONDS
        case _:
            return False


def count(day: date, number: int, unit: Unit) -> date:
    """Return the date so many days, weeks, months or years on, or back."""
    if unit in _DAYS:
        return date.fromordinal(day.toordinal() + number * _DAYS[unit])
    return shift_months(day, number * _MONTHS[unit])


def begin(reading: Reading, visit: Visit, *, late: bool = False) -> int:
    """Return when a meaning begins: a date with its first instant.

    A numbered day that is D begins with the end of the treatment (rule 6).
    """
    if reading.treated:
        return visit.end
    if reading.day is not None:
        return first_second(reading.day, visit.zone)
    return reading.late if late else reading.early


def end(reading: Reading, visit: Visit, *, late: bool = False) -> int:
    """Return when a meaning is over: a date with the first instant of the next."""
    if reading.day is not None:
        return first_second(next_day(reading.day), visit.zone)
    return reading.late if late else reading.early
