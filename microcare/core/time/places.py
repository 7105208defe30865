"""Places on the time axis around any appointment, and their order whatever the appointment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import Enum
from functools import cache

from microcare.core.sheet.points import Unit
from microcare.core.values import value

_DAY = 24 * 60
_LONGEST = 2000
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
    is that of D + `origin` days, then `count` months and then `shift` days. `minutes` are added to
    days and months. Negative counts lie before. Of OTHER only the `words` are known.
    """

    basis: Basis
    count: int
    shift: int = 0
    minutes: int = 0
    words: str = ""
    origin: int = 0

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
                apart = self.origin + self.shift
                first, last = ((end + apart) * _DAY + self.minutes for end in ends)
                return first, last
            case Basis.OTHER:
                raise ValueError("nothing is known of it but its words")

    @property
    def moved(self) -> int:
        """How many minutes it lies beyond what its basis counts."""
        return self.shift * _DAY + self.minutes

    @property
    def is_day_like(self) -> bool:
        """Whether the date on which it lies is known."""
        return self.basis in {Basis.DAYS, Basis.MONTHS} or self in {AT_START, AT_END}


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
    if left.basis is right.basis and left.origin == right.origin:
        counts = _order_numbers(left.count, right.count)
        shifts = _order_numbers(left.moved, right.moved)
        if Order.EQUAL in {counts, shifts} or counts is shifts:
            return shifts if counts is Order.EQUAL else counts
        if left.basis is Basis.DAYS:
            return _order_numbers(left.extremes[0], right.extremes[0])
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


def _order_numbers(left: int, right: int) -> Order:
    if left == right:
        return Order.EQUAL
    return Order.GREATER if left > right else Order.LESS


def find_extremes(places: Iterable[Place]) -> tuple[Place, Place]:
    """Return the earliest and the latest of some places; OTHER where that depends."""
    found = tuple(places)
    return _find_extreme(found, Order.LESS), _find_extreme(found, Order.GREATER)


def _find_extreme(places: tuple[Place, ...], beyond: Order) -> Place:
    for each in places:
        if all(order_places(each, other) in {beyond, Order.EQUAL} for other in places):
            return each
    return other_place(f"{beyond.value} of {places}")


def other_place(words: str) -> Place:
    """Return the place that only its words tell; equal for equal words.

    Long ones stand for themselves by a digest: of a chain of such places each would else quote
    the one before, and with it all that went before that.
    """
    if len(words) > _LONGEST:
        from hashlib import sha256  # hardly ever needed: start-up counts

        words = sha256(words.encode()).hexdigest()
    return Place(Basis.OTHER, 0, words=words)


def open_date(place: Place) -> Place:
    """Return the first instant of the date on which a place lies."""
    if place in {AT_START, AT_END}:
        return DAY_BEGINS
    if not place.is_day_like:
        return other_place(f"the date of {place}")
    return move_place(replace(place, minutes=0), place.minutes // _DAY, Unit.DAY)


def begins_day(place: Place) -> bool:
    """Return whether a place is the first instant of a day, whatever the appointment."""
    return place.basis in {Basis.DAYS, Basis.MONTHS} and place.minutes % _DAY == 0


def move_place(place: Place, count: int, unit: Unit) -> Place:
    """Return the place so much later, or earlier where `count` is negative."""
    if count == 0:
        return place
    match place.basis, unit:
        case Basis.START | Basis.END, Unit.MINUTE | Unit.HOUR:
            return replace(place, count=place.count + count * _MINUTES[unit])
        case Basis.DAYS | Basis.MONTHS, Unit.MINUTE | Unit.HOUR:
            # Midnight at a day's end is the next day's beginning: one place has one form.
            whole, minutes = divmod(place.minutes + count * _MINUTES[unit], _DAY)
            return move_place(replace(place, minutes=minutes), whole, Unit.DAY)
        case Basis.DAYS, Unit.DAY | Unit.WEEK:
            return replace(place, count=place.count + count * _DAYS[unit])
        case Basis.MONTHS, Unit.DAY | Unit.WEEK:
            return replace(place, shift=place.shift + count * _DAYS[unit])
        case Basis.DAYS, Unit.MONTH | Unit.YEAR:
            months = count * _MONTHS[unit]
            return Place(Basis.MONTHS, months, minutes=place.minutes, origin=place.count)
        case _:
            return other_place(f"{count} {unit.value} from {place}")
