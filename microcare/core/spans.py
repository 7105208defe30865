"""Points resolved to instants: every reading of a point around one appointment."""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from microcare.core.model import DayOne
from microcare.core.points import (
    TIMES_OF_DAY,
    DayTime,
    Edge,
    NumberedDay,
    Offset,
    Point,
    Qualifier,
    RelativeDay,
    Side,
)
from microcare.core.times import elapse, shift_date
from microcare.core.values import value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from microcare.core.appointment import Appointment

_NOTHING = timedelta()
_DAY = timedelta(days=1)


@value
class Span:
    """The readings of one point in UTC: `early` and `late` are equal where there is but one."""

    early: datetime
    late: datetime

    @property
    def other_than_early(self) -> datetime | None:
        """The later reading, None where there is one reading."""
        return self.late if self.late != self.early else None

    @property
    def other_than_late(self) -> datetime | None:
        """The earlier reading, None where there is one reading."""
        return self.early if self.late != self.early else None


@value
class Clockwork:
    """Resolves points around the appointment `visit` of a protocol whose Day 1 is `day_one`.

    `times_of_day` are the protocol's parts of the day.
    """

    visit: Appointment
    day_one: DayOne
    times_of_day: Mapping[str, DayTime] = field(default_factory=lambda: TIMES_OF_DAY)

    def opening(self, point: Point, *, after_counted: bool = False) -> Span:
        """Return when a window that starts with `point` opens.

        A day opens with its first instant. `after_counted` leaves a counted day ("3 days
        after") out, so that the window opens when it is over; named days are always in.
        """
        skip = after_counted and _is_counted(point)
        return self._span(point, _DAY if skip else _NOTHING)

    def closing(self, point: Point, *, before_counted: bool = False) -> Span:
        """Return when a window that ends with `point` closes, exclusive.

        A day closes with its last instant. `before_counted` leaves a counted day out, so that
        the window closes as it begins; named days are always in.
        """
        skip = before_counted and _is_counted(point)
        return self._span(point, _NOTHING if skip else _DAY)

    def counted_days(self, point: Offset) -> tuple[date, ...]:
        """Return the local dates that an offset's numbers fall on."""
        edge = self._edge(point.side)
        sign = -1 if point.side is Side.BEFORE else 1
        unit = point.quantity.unit
        if unit.elapses:
            instants = (elapse(edge, sign * count, unit) for count in _counts(point))
            return tuple(self.visit.local_date(instant) for instant in instants)
        return tuple(shift_date(self.visit.day, sign * count, unit) for count in _counts(point))

    def _span(self, point: Point, rounding: timedelta) -> Span:
        match point:
            case Edge(side=side):
                instants = [self._edge(side)]
            case Offset(side=side, quantity=quantity) if quantity.unit.elapses:
                sign = -1 if side is Side.BEFORE else 1
                instants = [
                    elapse(self._edge(side), sign * count, quantity.unit)
                    for count in _counts(point)
                ]
            case Offset():
                days = self.counted_days(point)
                instants = [self.visit.day_start(day + rounding) for day in days]
            case RelativeDay(days=distance):
                day = self.visit.day + timedelta(days=distance)
                instants = [self.visit.day_start(day + rounding)]
            case NumberedDay(number=number):
                instants = [
                    self.visit.day_start(self.visit.day + timedelta(days=shift) + rounding)
                    for shift in self._numbered(number)
                ]
        if isinstance(point, Offset) and point.qualifier is Qualifier.WITHIN:
            instants.append(self._edge(point.side))
        return Span(min(instants), max(instants))

    def _edge(self, side: Side) -> datetime:
        return self.visit.start if side is Side.BEFORE else self.visit.end

    def _numbered(self, number: int) -> tuple[int, ...]:
        match self.day_one:
            case DayOne.TREATMENT_DAY:
                return (number - 1,)
            case DayOne.NEXT_DAY:
                return (number,)
            case DayOne.UNSTATED:
                return (number - 1, number)


def _is_counted(point: Point) -> bool:
    return isinstance(point, Offset) and not point.named


def _counts(point: Offset) -> tuple[int, ...]:
    return tuple({point.quantity.least, point.quantity.most})
