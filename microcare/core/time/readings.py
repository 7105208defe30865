"""Points resolved to instants: every reading of a point around one appointment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime, timedelta

from microcare.core.sheet.points import (
    TIMES_OF_DAY,
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
from microcare.core.time.appointment import Appointment
from microcare.core.time.arithmetic import clock_instants, elapse, shift_date
from microcare.core.values import value

_NOTHING = timedelta()
_DAY = timedelta(days=1)


@value
class Readings:
    """The readings of one point in UTC.

    A time that a clock shows twice or never is two instants in one reading: `earlies` has the
    first of them, `lates` the last.
    """

    earlies: tuple[datetime, ...]
    lates: tuple[datetime, ...]

    @property
    def early(self) -> datetime:
        """The first instant of all."""
        return min(self.earlies)

    @property
    def late(self) -> datetime:
        """The last instant of all."""
        return max(self.lates)

    @property
    def other_than_early(self) -> datetime | None:
        """The latest reading, None where there is one reading."""
        latest = max(self.earlies)
        return latest if latest != self.early else None

    @property
    def other_than_late(self) -> datetime | None:
        """The earliest reading, None where there is one reading."""
        earliest = min(self.lates)
        return earliest if earliest != self.late else None


@value
class DatedAnchor:
    """What times count from: when it starts and when it ends, every reading of both in UTC.

    `first` and `last` are the local dates that go with these readings. `vague` are the edges of
    which only the date is known.
    """

    starts: tuple[datetime, ...]
    ends: tuple[datetime, ...]
    first: tuple[date, ...]
    last: tuple[date, ...]
    vague: tuple[Side, ...] = ()


@value
class Clockwork:
    """Resolves points around the appointment `visit` of a protocol whose Day 1 is `day_one`.

    `times_of_day` are the protocol's parts of the day. `dated_anchors` are the other instructions
    that times may count from, by id; None is one that has no date. Whatever anchor is not among
    them is at the appointment.
    """

    visit: Appointment
    day_one: DayOne
    times_of_day: Mapping[str, DayTime] = field(default_factory=lambda: TIMES_OF_DAY)
    dated_anchors: Mapping[str, DatedAnchor | None] = field(default_factory=dict)

    def opening(self, point: Point, *, after_counted: bool = False) -> Readings | None:
        """Return when a window that starts with `point` opens; None where its anchor has no date.

        A day opens with its first instant. `after_counted` leaves a counted day ("3 days
        after") out, so that the window opens when it is over; named days are always in.
        """
        skip = after_counted and _is_counted(point)
        return self._read(point, _DAY if skip else _NOTHING)

    def closing(self, point: Point, *, before_counted: bool = False) -> Readings | None:
        """Return when a window that ends with `point` closes, exclusive; None as in `opening`.

        A day closes with its last instant. `before_counted` leaves a counted day out, so that
        the window closes as it begins; named days are always in.
        """
        skip = before_counted and _is_counted(point)
        return self._read(point, _NOTHING if skip else _DAY)

    def closing_after(self, length: Length, start: Point, opened: Readings) -> Readings:
        """Return when a window closes that opened with `start` and lasts for `length`, exclusive.

        Begun with a day it lasts that many, the first included; begun within a day it
        holds through the last day that is counted.
        """
        at_visit = isinstance(start, Edge) and start.anchor not in self.dated_anchors
        counts = _counts(length.quantity.least, length.quantity.most)
        earlies, lates = (
            tuple(
                self._close_after(each, count, length.quantity.unit, at_visit=at_visit)
                for each in opens
                for count in counts
            )
            for opens in (opened.earlies, opened.lates)
        )
        return Readings(earlies, lates)

    def _close_after(self, opens: datetime, count: int, unit: Unit, *, at_visit: bool) -> datetime:
        if unit.elapses:
            return elapse(opens, count, unit)
        first = self.visit.day if at_visit else self.visit.local_date(opens)
        begins_day = not at_visit and opens == self.visit.day_start(first)
        return self.visit.day_start(
            shift_date(first, count, unit) + (_NOTHING if begins_day else _DAY)
        )

    def counted_days(self, point: Offset) -> tuple[date, ...]:
        """Return the local dates that an offset's numbers fall on; none without an anchor."""
        unit = point.quantity.unit
        if unit.elapses:
            return tuple(self.visit.local_date(instant) for instant in self._elapsed(point))
        sign = _sign(point.side)
        return tuple(
            shift_date(day, sign * count, unit)
            for day in self._dates(point)
            for count in _counts(point.quantity.least, point.quantity.most)
        )

    def is_placeless(self, point: Point) -> bool:
        """Return whether a point counts hours from something of which only the date is known."""
        elapses = isinstance(point, Offset) and point.quantity.unit.elapses
        return elapses and self.is_vague(point)

    def is_vague(self, point: Point) -> bool:
        """Return whether a point is an edge of which only the date is known, or hours from one."""
        match point:
            case Edge(side=side):
                edge = side
            case Offset(quantity=quantity) if quantity.unit.elapses:
                edge = point.counted_from or point.side
            case _:
                return False
        dated_anchor = self._find_anchor(point.anchor)
        return dated_anchor is not None and edge in dated_anchor.vague

    def _read(self, point: Point, rounding: timedelta) -> Readings | None:
        match point:
            case Clock():
                return self._read_clock(point)
            case Edge(side=side):
                instants = self._edges(point.anchor, side)
            case Offset(quantity=quantity) if quantity.unit.elapses:
                instants = self._elapsed(point)
            case Length():
                raise TypeError("a length is counted from the beginning of its window")
            case _:
                instants = tuple(self.visit.day_start(day + rounding) for day in self._days(point))
        if isinstance(point, Offset) and point.qualifier is Qualifier.WITHIN:
            instants += self._edges(point.anchor, point.counted_from or point.side)
        return Readings(instants, instants) if instants else None

    def _read_clock(self, point: Clock) -> Readings | None:
        bounds = {point.time.least, point.time.most}
        days = self._days(point.day)
        readings = [
            clock_instants(day, minutes, self.visit.zone) for day in days for minutes in bounds
        ]
        if not readings:
            return None
        return Readings(tuple(early for early, _ in readings), tuple(late for _, late in readings))

    def _days(self, point: Offset | RelativeDay | NumberedDay) -> tuple[date, ...]:
        """Return the dates of a day, every reading of it."""
        match point:
            case Offset():
                return self.counted_days(point)
            case RelativeDay(days=distance):
                dated_anchor = self._find_anchor(point.anchor)
                if dated_anchor is None:
                    return ()
                known = dated_anchor.last if distance > 0 else dated_anchor.first
                return tuple(shift_date(day, distance, Unit.DAY) for day in known)
            case NumberedDay(number=number):
                shifts = self._numbered(number)
                return tuple(shift_date(self.visit.day, shift, Unit.DAY) for shift in shifts)

    def _elapsed(self, point: Offset) -> tuple[datetime, ...]:
        sign, quantity = _sign(point.side), point.quantity
        return tuple(
            elapse(edge, sign * count, quantity.unit)
            for edge in self._edges(point.anchor, point.counted_from or point.side)
            for count in _counts(quantity.least, quantity.most)
        )

    def _edges(self, anchor: str, side: Side) -> tuple[datetime, ...]:
        dated_anchor = self._find_anchor(anchor)
        if dated_anchor is None:
            return ()
        return dated_anchor.starts if side is Side.BEFORE else dated_anchor.ends

    def _dates(self, point: Offset) -> tuple[date, ...]:
        dated_anchor = self._find_anchor(point.anchor)
        if dated_anchor is None:
            return ()
        edge = point.counted_from or point.side
        return dated_anchor.first if edge is Side.BEFORE else dated_anchor.last

    def _find_anchor(self, anchor: str) -> DatedAnchor | None:
        if anchor in self.dated_anchors:
            return self.dated_anchors[anchor]
        visit = self.visit
        vague = (Side.BEFORE, Side.AFTER) if visit.all_day else ()
        return DatedAnchor((visit.start,), (visit.end,), (visit.day,), (visit.day,), vague)

    def _numbered(self, number: int) -> tuple[int, ...]:
        match self.day_one:
            case DayOne.TREATMENT_DAY:
                return (number - 1,)
            case DayOne.NEXT_DAY:
                return (number,)
            case DayOne.UNSTATED:
                return (number - 1, number)


def _sign(side: Side) -> int:
    return -1 if side is Side.BEFORE else 1


def _is_counted(point: Point) -> bool:
    return isinstance(point, Offset) and not point.named


def _counts(least: int, most: int) -> tuple[int, ...]:
    return (least,) if least == most else (least, most)
