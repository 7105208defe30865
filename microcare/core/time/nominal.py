"""Places around a nominal appointment, in whole numbers: its days have 24 hours."""

from __future__ import annotations

from datetime import date
from functools import cache
from operator import itemgetter

from microcare.core.sheet.points import DAY_MINUTES, Edge, Side
from microcare.core.time.places import Extreme, Opaque, Place, Way

_DAY_SECONDS = DAY_MINUTES * 60

Visit = tuple[int, int, int]
"""An appointment on a day of 24 hours: the ordinal of D, the seconds of its start and end in D."""


def follow_place(place: Place, visit: Visit) -> tuple[int, bool]:
    """Return where a place lies, and whether that is within its date or at the edge of a day.

    It lies so many seconds from the beginning of D. The moves lead where a calendar's do, if its
    clock never changes.
    """
    at, day, within = _begin(place.origin, visit)
    for move in place.moves:
        way, count = move.way, move.count
        if way is Way.ELAPSE:
            at, day, within = at + count * 60, None, True
            continue
        if day is None or way in _LASTING:
            # What ends with a day ends on that day.
            ends = way is Way.LAST_DATE and not within
            day = (at - ends) // _DAY_SECONDS
        if way in _TO_DATE:
            continue
        if way in _BY_DAYS:
            day += count
        elif way in BY_MONTHS:
            day = shift_months(visit[0] + day, count) - visit[0]
        elif way is Way.CLOCK:
            at, day, within = (day * DAY_MINUTES + count) * 60, None, count % DAY_MINUTES != 0
        else:
            at, day, within = (day + (way is Way.END)) * _DAY_SECONDS, None, False
        if way in _LASTING and day is not None:
            # Begun at an instant it holds through the last day that is counted.
            at, day, within = (day + within) * _DAY_SECONDS, None, False
    return at, within


_TO_DATE = (Way.TO_DATE, Way.LAST_DATE)
_BY_DAYS = (Way.DAYS, Way.LAST_DAYS)
BY_MONTHS = (Way.MONTHS, Way.LAST_MONTHS)
_LASTING = (Way.LAST_DAYS, Way.LAST_MONTHS)


def _begin(origin: Edge | Extreme | Opaque, visit: Visit) -> tuple[int, int | None, bool]:
    """Return where moves begin, as `follow_place` does, and the day that goes with it."""
    match origin:
        case Edge(side=side):
            return visit[1] if side is Side.BEFORE else visit[2], 0, True
        case Extreme(places=places, latest=latest):
            # Of equal ones the first counts.
            choose = max if latest else min
            at, within = choose((follow_place(each, visit) for each in places), key=itemgetter(0))
            return at, None, within
        case Opaque():
            raise ValueError("what only its words tell has no date")


def shift_months(day: int, count: int) -> int:
    """Return the ordinal of the date some months from another one, as `shift_date` rounds it."""
    begins = date.fromordinal(day)
    months = begins.year * 12 + begins.month - 1 + count
    first, following = (find_month(each) for each in (months, months + 1))
    return min(first + begins.day - 1, following - (count < 0))


@cache
def find_month(months: int) -> int:
    """Return the ordinal of the first of a month, told by how many there were before it."""
    year, month = divmod(months, 12)
    return date(year, month + 1, 1).toordinal()
