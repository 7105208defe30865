"""Why two times that count in different ways stand as they do."""

from __future__ import annotations

from collections.abc import Iterable

from microcare.core.sheet.points import Edge
from microcare.core.time.order import find_range, is_known
from microcare.core.time.places import AT_END, AT_START, BEGIN, TREATMENT_DAY, Move, Place, Way

_DAY = 24 * 60
_MONTHS = (Way.MONTHS, Way.LAST_MONTHS)


def boundary_remarks(one: Place, other: Place) -> Iterable[str]:
    """Yield why places that count in different ways stand as they do."""
    units = {_unit(each) for each in (one, other)}
    if len(units) == 1 or None in units or not {AT_START, AT_END}.isdisjoint({one, other}):
        return
    for each in (one, other):
        if _unit(each) is Way.MONTHS:
            count = next(abs(move.count) for move in each.moves if move.way in _MONTHS)
            month = TREATMENT_DAY.then(Move(Way.MONTHS, count), BEGIN)
            least, most = (minutes // _DAY for minutes in find_range(month))
            months = "1 month is" if count == 1 else f"{count} months are"
            unclear = "" if _apart(one, other) else ", so which is longer depends on the month"
            yield f"{months} {least} to {most} days{unclear}."
    if units == {Way.DAYS, Way.ELAPSE}:
        if not _apart(one, other):
            yield (
                "Hours count from the appointment's own time, whole days from midnight: which is "
                "longer depends on the time of day."
            )
        elif min(abs(a - b) for a in find_range(one) for b in find_range(other)) == 0:
            yield (
                "Hours count from the appointment's own time, whole days begin and end at "
                "midnight: that decides between lengths of one size."
            )


def _unit(place: Place) -> Way | None:
    """Return what a place counts from the appointment: minutes, days or months; None if neither."""
    ways = [move.way for move in place.moves]
    if not isinstance(place.origin, Edge) or not is_known(place):
        return None
    if all(way is Way.ELAPSE for way in ways):
        return Way.ELAPSE
    if ways[0] is Way.ELAPSE:
        return None
    return Way.DAYS if set(ways).isdisjoint(_MONTHS) else Way.MONTHS


def _apart(one: Place, other: Place) -> bool:
    (first, last), (other_first, other_last) = find_range(one), find_range(other)
    return first >= other_last or last <= other_first
