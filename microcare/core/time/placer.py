"""The points of a protocol as places: what a sheet counts, whatever the appointment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from microcare.core.sheet.points import (
    Clock,
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
from microcare.core.time.places import (
    AT_END,
    AT_START,
    DAY_BEGINS,
    Basis,
    Place,
    begins_day,
    find_extremes,
    move_place,
    open_date,
    other_place,
)
from microcare.core.values import value

_FIRST_DAYS = {
    DayOne.TREATMENT_DAY: (-1,),
    DayOne.NEXT_DAY: (0,),
    DayOne.UNSTATED: (-1, 0),
}


@value
class PlacedAnchor:
    """What times count from, as `DatedAnchor` is for one appointment: where it starts and ends.

    `first` and `last` are the beginnings of the dates that go with these; each holds every
    reading.
    """

    starts: tuple[Place, ...]
    ends: tuple[Place, ...]
    first: tuple[Place, ...]
    last: tuple[Place, ...]


_VISIT = PlacedAnchor((AT_START,), (AT_END,), (DAY_BEGINS,), (DAY_BEGINS,))


@value
class Placer:
    """Places the points of a protocol whose Day 1 is `day_one`.

    `placed_anchors` are the instructions that others count from, by id; any other anchor is at the
    appointment.
    """

    day_one: DayOne
    placed_anchors: Mapping[str, PlacedAnchor]

    def place(
        self, point: Point, *, closing: bool, skip_counted: bool = False
    ) -> tuple[Place, Place]:
        """Return the earliest and the latest reading of a point that opens or closes a window.

        A day opens with its first instant and closes with its last; `skip_counted` leaves a
        counted day ("3 days after") out, as minimum intervals and permissions do.
        """
        skips = skip_counted and isinstance(point, Offset) and not point.named
        readings = list(self._readings(point, int(closing != skips)))
        if isinstance(point, Offset) and point.qualifier is Qualifier.WITHIN:
            readings.extend(self._edges(point.anchor, point.counted_from or point.side))
        return find_extremes(readings)

    def place_length(
        self, length: Length, start: Point, opens: Iterable[Place]
    ) -> tuple[Place, Place]:
        """Return the earliest and the latest end of a window that opens at one of these places.

        Begun with a day it lasts that many, the first included; begun within a day, or with the
        treatment, it holds through the last day that is counted.
        """
        at_visit = isinstance(start, Edge) and start.anchor not in self.placed_anchors
        counts = (length.quantity.least, length.quantity.most)
        return find_extremes(
            _close_after(each, count, length.quantity.unit, at_visit=at_visit)
            for each in opens
            for count in counts
        )

    def _readings(self, point: Point, rounding: int) -> Iterable[Place]:
        match point:
            case Edge(side=side, anchor=anchor):
                yield from self._edges(anchor, side)
            case RelativeDay(days=days, anchor=anchor):
                edge = Side.AFTER if days > 0 else Side.BEFORE
                for date in self._dates(anchor, edge):
                    yield move_place(date, days + rounding, Unit.DAY)
            case NumberedDay(number=number):
                shifts = _FIRST_DAYS[self.day_one]
                yield from (Place(Basis.DAYS, number + shift + rounding) for shift in shifts)
            case Clock(day=day, time=time):
                ends = (time.least, time.most)
                for place in self._readings(day, 0):
                    yield from (move_place(place, minutes, Unit.MINUTE) for minutes in ends)
            case Offset():
                yield from self._count(point, rounding)
            case Length():
                raise TypeError("a length is counted from the beginning of its window")

    def _count(self, point: Offset, rounding: int) -> Iterable[Place]:
        sign = -1 if point.side is Side.BEFORE else 1
        edge, unit = point.counted_from or point.side, point.quantity.unit
        counted = self._edges if unit.elapses else self._dates
        for place in counted(point.anchor, edge):
            for count in (point.quantity.least, point.quantity.most):
                moved = move_place(place, sign * count, unit)
                yield moved if unit.elapses else move_place(moved, rounding, Unit.DAY)

    def _edges(self, anchor: str, side: Side) -> tuple[Place, ...]:
        placed_anchor = self.placed_anchors.get(anchor, _VISIT)
        return placed_anchor.starts if side is Side.BEFORE else placed_anchor.ends

    def _dates(self, anchor: str, side: Side) -> tuple[Place, ...]:
        """Return the beginning of the date on which an anchor starts, or on which it ends."""
        placed_anchor = self.placed_anchors.get(anchor, _VISIT)
        return placed_anchor.first if side is Side.BEFORE else placed_anchor.last


def _close_after(opens: Place, count: int, unit: Unit, *, at_visit: bool) -> Place:
    if unit.elapses:
        return move_place(opens, count, unit)
    if opens.basis in {Basis.START, Basis.END} and opens not in {AT_START, AT_END}:
        # It may open with a day or within one, as the appointment's time has it.
        return other_place(f"{count} {unit.value} from {opens}")
    closes = move_place(open_date(opens), count, unit)
    whole = begins_day(opens) and not at_visit
    return closes if whole else move_place(closes, 1, Unit.DAY)
