"""The order of two places, whatever the appointment: for comparing, never for a dated plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import Enum
from functools import cache

from microcare.core.sheet.points import DAY_MINUTES, Edge, Side
from microcare.core.time.nominal import BY_MONTHS, Visit, find_month, follow_place, shift_months
from microcare.core.time.places import TO_DATE, Extreme, Opaque, Place, Way

_DEEPEST = 3


class Order(Enum):
    """How two things stand to each other; UNCLEAR where it depends, or can't be known."""

    LESS = "less"
    EQUAL = "equal"
    GREATER = "greater"
    UNCLEAR = "unclear"

    # What is compared is looked up by it, and Enum's own is written in Python.
    __hash__ = object.__hash__

    @property
    def mirrored(self) -> Order:
        """The order seen from the other side."""
        if self is Order.LESS:
            return Order.GREATER
        return Order.LESS if self is Order.GREATER else self

    @property
    def reaches(self) -> bool:
        """Whether it is greater or equal."""
        return self is Order.GREATER or self is Order.EQUAL


def order_places(left: Place, right: Place) -> Order:
    """Return which instant comes later, for every appointment that there can be.

    Days are taken for 24 hours, and the treatment for one that ends on D. Places that meet only
    for some appointments ("72 hours" and "3 days" before an appointment at midnight) are not equal:
    one of them is never earlier.
    """
    if left == right:
        return Order.EQUAL
    one, other = _find_known_range(left), _find_known_range(right)
    if one is None or other is None:
        return Order.UNCLEAR
    (first, last), (other_first, other_last) = one, other
    if first == last == other_first == other_last:
        return Order.EQUAL
    if first >= other_last:
        return Order.GREATER
    if last <= other_first:
        return Order.LESS
    return _order_overlapping(left, right)


@cache
def _order_overlapping(left: Place, right: Place) -> Order:
    found: set[Order] = set()
    for visit in _list_critical_visits(left, right):
        one, other = follow_place(left, visit)[0], follow_place(right, visit)[0]
        if one != other:
            found.add(Order.GREATER if one > other else Order.LESS)
        if len(found) > 1:
            return Order.UNCLEAR
    return found.pop() if found else Order.EQUAL


def find_range(place: Place) -> tuple[int, int]:
    """Return the earliest and latest a place can be, in minutes from the beginning of D, inclusive.

    It must be known; of what is not, it raises ValueError.
    """
    found = _find_known_range(place)
    if found is None:
        raise ValueError("it can't be said where such a place lies")
    return found


@cache
def _find_known_range(place: Place) -> tuple[int, int] | None:
    if not is_known(place):
        return None
    seconds = {follow_place(place, visit)[0] for visit in _list_critical_visits(place)}
    return min(seconds) // 60, -(-max(seconds) // 60)


def is_known(place: Place) -> bool:
    """Return whether it can be said of a place where it lies around an appointment.

    Not what its words alone tell, nor months from what is itself months, or hours, from one.
    """
    shifts = (shift for shift, _ in _list_months(place))
    return not _is_opaque(place) and None not in shifts


def _is_opaque(place: Place) -> bool:
    match place.origin:
        case Opaque():
            return True
        case Extreme(places=places):
            return any(map(_is_opaque, places))
        case _:
            return False


def find_extremes(places: Iterable[Place]) -> tuple[Place, Place]:
    """Return the earliest and the latest of some places: one of them, where that is known."""
    found = tuple(places)
    if len(found) == 1:  # as mostly
        return found[0], found[0]
    found = tuple(dict.fromkeys(found))
    return _find_extreme(found, latest=False), _find_extreme(found, latest=True)


def _find_extreme(places: tuple[Place, ...], *, latest: bool) -> Place:
    beyond = Order.GREATER if latest else Order.LESS
    for each in places:
        if all(order_places(each, other) in (beyond, Order.EQUAL) for other in places):
            return each
    if any(_depth(each) >= _DEEPEST for each in places):
        # Of a chain of such places each would else hold the one before twice.
        return make_opaque_place(f"{beyond.value} of {places}")
    return Place(Extreme(places, latest))


def _depth(place: Place) -> int:
    origin = place.origin
    return 1 + max(map(_depth, origin.places)) if isinstance(origin, Extreme) else 0


def make_opaque_place(words: str) -> Place:
    """Return the place that only its words tell; equal for equal words.

    Long ones stand for themselves by a digest: of a chain of such places each would else quote
    the one before, and with it all that went before that.
    """
    if len(words) > _LONGEST:
        from hashlib import sha256  # hardly ever needed: start-up counts

        words = sha256(words.encode()).hexdigest()
    return Place(Opaque(words))


_LONGEST = 2000


# The appointments that decide: between them no two places change their order


def _list_critical_visits(*places: Place) -> Iterator[Visit]:
    """Yield the appointments that decide: any order that the places can have, they have at one.

    They are at, just before and just after each time of day at which what counts from
    the appointment passes a midnight, or a time that counts from elsewhere; and where months are
    counted, on a day for each number of days that they can have.
    """
    phases = {phase for each in places for phase in _find_phases(each)}
    times = tuple(_critical_times(phases))
    counted = {
        (shift, count)
        for each in places
        for shift, count in _list_months(each)
        if shift is not None
    }
    for day in _find_days(frozenset(counted)) if counted else _CYCLE[:1]:
        for start, end in times:
            yield day, start, end


Phase = tuple[Side | None, int]
"""What an instant is counted from, the start, the end or a date, and the minutes of the day."""


def _find_phases(place: Place) -> set[Phase]:
    """Return the phases of each instant of which a place's moves take the date, and of itself."""
    found: set[Phase] = set()
    at: set[Phase] = set()
    match place.origin:
        case Extreme(places=places):
            at = {phase for each in places for phase in _find_phases(each)}
        case Edge(side=side):
            at = {(None if place.moves[:1] == (TO_DATE,) else side, 0)}
        case Opaque():
            pass
    for move in place.moves:
        if move.way is Way.ELAPSE:
            at = {(edge, (minutes + move.count) % DAY_MINUTES) for edge, minutes in at}
        else:
            found |= at
            at = {(None, move.count % DAY_MINUTES if move.way is Way.CLOCK else 0)}
    return found | at


def _critical_times(phases: set[Phase]) -> Iterator[tuple[int, int]]:
    """Yield when the appointments that decide start and end, in seconds from midnight."""
    fixed = {minutes for edge, minutes in phases if edge is None} | {0}
    starts, ends = (
        {minutes for edge, minutes in phases if edge is side} for side in (Side.BEFORE, Side.AFTER)
    )
    if not starts and not ends:
        yield 1, 1
        return
    meets_end = {(at - minutes) % DAY_MINUTES for at in fixed for minutes in ends}
    meets_start = {(at - minutes) % DAY_MINUTES for at in fixed for minutes in starts}
    if not starts or not ends:
        yield from ((each, each) for each in _around(meets_start | meets_end))
        return
    apart = {(one - other) % DAY_MINUTES for one in starts for other in ends}
    meets_start |= {(at - lasts) % DAY_MINUTES for at in meets_end for lasts in apart}
    for start in _around(meets_start):
        lasting = {start + lasts * 60 + near for lasts in apart for near in (-1, 0, 1)}
        for end in {start, *_around(meets_end), *lasting}:
            if start <= end < DAY_MINUTES * 60:
                yield start, end


def _around(times: Iterable[int]) -> set[int]:
    """Return the seconds at, just before and just after some minutes of the day, and its ends."""
    found = {each * 60 + near for each in times for near in (-1, 0, 1)}
    return {1, DAY_MINUTES * 60 - 1} | {each for each in found if 0 < each < DAY_MINUTES * 60}


_CYCLE = range(date(2024, 1, 1).toordinal(), date(2028, 1, 1).toordinal())
"""Four years, in which months follow one another in every way that they can."""


@cache
def _find_days(counted: frozenset[tuple[int, int]]) -> tuple[int, ...]:
    """Return a day D for each way in which months can be so many days, all of them together.

    Each begins so many days from D and is so many months.
    """
    found: dict[tuple[int, ...], int] = {}
    for day in _list_change_days(frozenset(shift for shift, _ in counted)):
        lengths = tuple([shift_months(day + shift, count) - day for shift, count in counted])
        found.setdefault(lengths, day)
    return tuple(found.values())


@cache
def _list_change_days(shifts: frozenset[int]) -> tuple[int, ...]:
    """Return the days from which so many days lead to where the length of a month changes."""
    found: set[int] = set()
    for shift in shifts:
        first, last = (date.fromordinal(each + shift) for each in (_CYCLE[0], _CYCLE[-1]))
        for months in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
            begins, following = find_month(months), find_month(months + 1)
            changes = {begins, *range(begins + 28, following)}
            found |= {day - shift for day in changes if day - shift in _CYCLE}
    return tuple(sorted(found))


def _list_months(place: Place) -> Iterator[tuple[int | None, int]]:
    """Yield from how many days after D a place counts how many months; None where that depends."""
    days: int | None = 0
    if isinstance(place.origin, Edge) and not any(each.way in BY_MONTHS for each in place.moves):
        return  # as mostly
    if isinstance(place.origin, Extreme):
        days = None
        for each in place.origin.places:
            yield from _list_months(each)
    for move in place.moves:
        if move.way in BY_MONTHS:
            yield days, move.count
        match move.way:
            case Way.TO_DATE | Way.BEGIN:
                pass
            case Way.DAYS if days is not None:
                days += move.count
            case Way.END if days is not None:
                days += 1
            case Way.CLOCK if days is not None:
                days += move.count // DAY_MINUTES
            case _:
                days = None
