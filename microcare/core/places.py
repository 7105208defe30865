"""Places on the time axis around any appointment, and their order whatever the appointment."""

from __future__ import annotations

from datetime import date
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

from microcare.core.model import DayOne
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
from microcare.core.values import value

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    """What a place counts: minutes from the appointment's start or end, days or months of D."""

    START = "start"
    END = "end"
    DAYS = "days"
    MONTHS = "months"


@value
class Place:
    """An instant relative to an appointment on the date D.

    START and END count elapsed minutes; DAYS is the first instant of D + `count` days; MONTHS
    is that of D + `count` months and then `shift` days. Negative counts lie before.
    """

    basis: Basis
    count: int
    shift: int = 0

    @property
    def extremes(self) -> tuple[int, int]:
        """The earliest and latest it can be, in minutes from the beginning of D, inclusive.

        The appointment may begin and end at any time of D; a day is taken for 24 hours.
        """
        match self.basis:
            case Basis.START | Basis.END:
                return self.count, self.count + _DAY
            case Basis.DAYS:
                return self.count * _DAY, self.count * _DAY
            case Basis.MONTHS:
                shortest, longest = days_in_months(abs(self.count))
                ends = (shortest, longest) if self.count > 0 else (-longest, -shortest)
                return (ends[0] + self.shift) * _DAY, (ends[1] + self.shift) * _DAY


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
    if left.basis is right.basis:
        ours, theirs = (left.count, left.shift), (right.count, right.shift)
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


def place_point(
    point: Point, day_one: DayOne, *, closing: bool, skip_counted: bool = False
) -> tuple[Place, Place]:
    """Return the earliest and the latest reading of a point that opens or closes a window.

    A day opens with its first instant and closes with its last; `skip_counted` leaves a counted
    day ("3 days after") out, as minimum intervals and permissions do.
    """
    skips = skip_counted and isinstance(point, Offset) and not point.named
    readings = list(_readings(point, day_one, int(closing != skips)))
    if isinstance(point, Offset) and point.qualifier is Qualifier.WITHIN:
        readings.append(AT_START if point.side is Side.BEFORE else AT_END)
    first = last = readings[0]
    for each in readings[1:]:
        first = each if order_places(each, first) is Order.LESS else first
        last = each if order_places(each, last) is Order.GREATER else last
    return first, last


def _readings(point: Point, day_one: DayOne, rounding: int) -> Iterable[Place]:
    match point:
        case Edge(side=side):
            yield AT_START if side is Side.BEFORE else AT_END
        case RelativeDay(days=days):
            yield Place(Basis.DAYS, days + rounding)
        case NumberedDay(number=number):
            if day_one is not DayOne.NEXT_DAY:
                yield Place(Basis.DAYS, number - 1 + rounding)
            if day_one is not DayOne.TREATMENT_DAY:
                yield Place(Basis.DAYS, number + rounding)
        case Offset(quantity=quantity, side=side):
            sign = -1 if side is Side.BEFORE else 1
            for count in (quantity.least, quantity.most):
                yield _offset_place(sign * count, quantity.unit, side, rounding)


def _offset_place(count: int, unit: Unit, side: Side, rounding: int) -> Place:
    if unit in _MINUTES:
        basis = Basis.START if side is Side.BEFORE else Basis.END
        return Place(basis, count * _MINUTES[unit])
    if unit in _DAYS:
        return Place(Basis.DAYS, count * _DAYS[unit] + rounding)
    return Place(Basis.MONTHS, count * _MONTHS[unit], rounding)
