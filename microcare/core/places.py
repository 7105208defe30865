"""Places on the time axis around any appointment, and their order whatever the appointment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

from microcare.core.model import DayOne
from microcare.core.points import (
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
from microcare.core.values import value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_DAY = 24 * 60
_MINUTES = {Unit.MINUTE: 1, Unit.HOUR: 60}
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}
_MONTHS = {Unit.MONTH: 1, Unit.YEAR: 12}


class Order(Enum):
    """How two things stand to each other; UNCLEAR where it depends, or can't be known."""

    LESS = "less"
    EQUAL = "equal"
    GREATER = "greater"
    UNCLEAR = "unclear"

    @property
    def mirrored(self) -> Order:
        """The order seen from the other side."""
        return {Order.LESS: Order.GREATER, Order.GREATER: Order.LESS}.get(self, self)

    @property
    def reaches(self) -> bool:
        """Whether it is greater or equal."""
        return self in {Order.GREATER, Order.EQUAL}


class Basis(Enum):
    """What a place counts: minutes from the appointment's start or end, days or months of D.

    OTHER is a place that the appointment alone does not tell: two days after what begins at a
    clock time that may be on either of two dates.
    """

    START = "start"
    END = "end"
    DAYS = "days"
    MONTHS = "months"
    OTHER = "other"


@value
class Place:
    """An instant relative to an appointment on the date D.

    START and END count elapsed minutes; DAYS is the first instant of D + `count` days; MONTHS
    is that of D + `count` months and then `shift` days. `minutes` are added to days and months.
    Negative counts lie before. Of OTHER only the `words` are known.
    """

    basis: Basis
    count: int
    shift: int = 0
    minutes: int = 0
    words: str = ""

    @property
    def extremes(self) -> tuple[int, int]:
        """The earliest and latest it can be, in minutes from the beginning of D, inclusive.

        The appointment may begin and end at any time of D; a day is taken for 24 hours. Raises
        ValueError for OTHER.
        """
        match self.basis:
            case Basis.START | Basis.END:
                return self.count, self.count + _DAY
            case Basis.DAYS:
                instant = self.count * _DAY + self.minutes
                return instant, instant
            case Basis.MONTHS:
                shortest, longest = days_in_months(abs(self.count))
                ends = (shortest, longest) if self.count > 0 else (-longest, -shortest)
                first, last = ((end + self.shift) * _DAY + self.minutes for end in ends)
                return first, last
            case Basis.OTHER:
                raise ValueError("nothing is known of it but its words")

    @property
    def order_key(self) -> tuple[int, int]:
        """What orders places of one basis."""
        if self.basis is Basis.MONTHS:
            return self.count, self.shift * _DAY + self.minutes
        scale = _DAY if self.basis is Basis.DAYS else 1
        return self.count * scale + self.minutes, 0

    @property
    def name(self) -> str:
        """What tells it from any other place, no longer than what it is made of."""
        if self.basis is Basis.OTHER:
            return self.words
        return f"{self.basis.value} {self.count} {self.shift} {self.minutes}"


AT_START = Place(Basis.START, 0)
AT_END = Place(Basis.END, 0)
DAY_BEGINS = Place(Basis.DAYS, 0)
DAY_ENDS = Place(Basis.DAYS, 1)


@cache
def days_in_months(months: int) -> tuple[int, int]:
    """Return the fewest and the most days that a number of months can have.

    Whatever the day of the month: where a month lacks it, rounding stays within these.
    """
    lengths = []
    for first in range(48):
        begins = date(2024 + first // 12, first % 12 + 1, 1)
        last = first + months
        lengths.append((date(2024 + last // 12, last % 12 + 1, 1) - begins).days)
    return min(lengths), max(lengths)


def order_places(left: Place, right: Place) -> Order:
    """Return which place comes later, for every appointment that there can be.

    Places that meet only for some appointments ("72 hours" and "3 days" before an appointment at
    midnight) are not equal: one of them is never earlier.
    """
    if Basis.OTHER in {left.basis, right.basis}:
        return Order.EQUAL if left == right else Order.UNCLEAR
    if left.basis is right.basis:
        ours, theirs = left.order_key, right.order_key
        return Order.EQUAL if ours == theirs else Order.LESS if ours < theirs else Order.GREATER
    if {left.basis, right.basis} == {Basis.START, Basis.END}:
        early, _ = (left, right) if left.basis is Basis.START else (right, left)
        apart = left.count - right.count if early is left else right.count - left.count
        if apart > 0:
            return Order.UNCLEAR
        return Order.LESS if early is left else Order.GREATER
    (ours_first, ours_last), (theirs_first, theirs_last) = left.extremes, right.extremes
    if ours_first >= theirs_last:
        return Order.GREATER
    return Order.LESS if ours_last <= theirs_first else Order.UNCLEAR


_FIRST_DAYS = {
    DayOne.TREATMENT_DAY: (-1,),
    DayOne.NEXT_DAY: (0,),
    DayOne.UNSTATED: (-1, 0),
}


@value
class Placer:
    """Places the points of a protocol whose Day 1 is `day_one`.

    `bases` are the places at which the instructions that others count from begin and end, by id;
    None is one that nothing states.
    """

    day_one: DayOne
    bases: Mapping[str, tuple[Place | None, Place | None]]

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
            readings.append(self._base(point.anchor, point.counted_from or point.side))
        return find_extremes(readings)

    def place_length(self, length: Length, opens: Iterable[Place]) -> tuple[Place, Place]:
        """Return the earliest and the latest end of a window that opens at one of these places."""
        unit, quantity = length.quantity.unit, length.quantity
        readings: list[Place] = []
        for place in opens:
            begins = place if unit.elapses else _next_day(place)
            readings.extend(
                move_place(begins, count, unit) for count in (quantity.least, quantity.most)
            )
        return find_extremes(readings)

    def _readings(self, point: Point, rounding: int) -> Iterable[Place]:
        match point:
            case Edge(side=side, anchor=anchor):
                yield self._base(anchor, side)
            case RelativeDay(days=days, anchor=anchor):
                edge = Side.AFTER if days > 0 else Side.BEFORE
                yield move_place(self._date(anchor, edge), days + rounding, Unit.DAY)
            case NumberedDay(number=number):
                shifts = _FIRST_DAYS[self.day_one]
                yield from (Place(Basis.DAYS, number + shift + rounding) for shift in shifts)
            case Clock(day=day, time=time):
                ends = (time.least, time.most)
                for place in self._readings(day, 0):
                    yield from (move_place(place, minutes, Unit.MINUTE) for minutes in ends)
            case Offset(quantity=quantity):
                counts = (quantity.least, quantity.most)
                yield from (self._offset(point, count, rounding) for count in counts)
            case Length():
                raise TypeError("a length is counted from the beginning of its window")

    def _offset(self, point: Offset, count: int, rounding: int) -> Place:
        sign = -1 if point.side is Side.BEFORE else 1
        edge, unit = point.counted_from or point.side, point.quantity.unit
        if unit.elapses:
            return move_place(self._base(point.anchor, edge), sign * count, unit)
        place = move_place(self._date(point.anchor, edge), sign * count, unit)
        return move_place(place, rounding, Unit.DAY)

    def _base(self, anchor: str, side: Side) -> Place:
        if anchor not in self.bases:
            return AT_START if side is Side.BEFORE else AT_END
        found = self.bases[anchor][0 if side is Side.BEFORE else 1]
        return found or Place(Basis.OTHER, 0, words=f"{side.value} of {anchor}")

    def _date(self, anchor: str, side: Side) -> Place:
        """Return the beginning of the date on which an anchor starts, or on which it ends."""
        if anchor not in self.bases:
            return DAY_BEGINS
        base = self._base(anchor, side)
        if base in {AT_START, AT_END}:
            return DAY_BEGINS
        if base.basis not in {Basis.DAYS, Basis.MONTHS}:
            return Place(Basis.OTHER, 0, words=f"the day of {base.name}")
        ended = side is Side.AFTER and base.minutes % _DAY == 0
        whole = replace(base, minutes=0)
        return move_place(whole, base.minutes // _DAY - int(ended), Unit.DAY)


def _next_day(place: Place) -> Place:
    """Return where the first whole day from a place on begins; the treatment's own is D + 1."""
    if place in {AT_START, AT_END}:
        return DAY_ENDS
    if place.basis not in {Basis.DAYS, Basis.MONTHS}:
        return place
    return move_place(replace(place, minutes=0), -(-place.minutes // _DAY), Unit.DAY)


def find_extremes(places: Iterable[Place]) -> tuple[Place, Place]:
    """Return the earliest and the latest of some places."""
    first, *others = places
    last = first
    for each in others:
        first = each if order_places(each, first) is Order.LESS else first
        last = each if order_places(each, last) is Order.GREATER else last
    return first, last


def move_place(place: Place, count: int, unit: Unit) -> Place:
    """Return the place so much later, or earlier where `count` is negative."""
    if count == 0:
        return place
    match place.basis, unit:
        case Basis.START | Basis.END, Unit.MINUTE | Unit.HOUR:
            return replace(place, count=place.count + count * _MINUTES[unit])
        case Basis.DAYS | Basis.MONTHS, Unit.MINUTE | Unit.HOUR:
            return replace(place, minutes=place.minutes + count * _MINUTES[unit])
        case Basis.DAYS, Unit.DAY | Unit.WEEK:
            return replace(place, count=place.count + count * _DAYS[unit])
        case Basis.MONTHS, Unit.DAY | Unit.WEEK:
            return replace(place, shift=place.shift + count * _DAYS[unit])
        case Basis.DAYS, Unit.MONTH | Unit.YEAR if place.count in {0, 1}:
            return Place(Basis.MONTHS, count * _MONTHS[unit], place.count, place.minutes)
        case _:
            return Place(Basis.OTHER, 0, words=f"{count} {unit.value} from {place.name}")
