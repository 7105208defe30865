"""Why two times that count in different ways stand as they do."""

from __future__ import annotations

from collections.abc import Iterable

from microcare.core.time.places import AT_END, AT_START, Basis, Place, days_in_months

_ELAPSED = {Basis.START, Basis.END}


def boundary_remarks(one: Place, other: Place) -> Iterable[str]:
    """Yield why places that count in different ways stand as they do."""
    bases = {one.basis, other.basis}
    if len(bases) == 1 or not {AT_START, AT_END}.isdisjoint({one, other}) or Basis.OTHER in bases:
        return
    for each in (one, other):
        if each.basis is Basis.MONTHS:
            least, most = days_in_months(abs(each.count))
            months = "1 month is" if abs(each.count) == 1 else f"{abs(each.count)} months are"
            unclear = "" if _apart(one, other) else ", so which is longer depends on the month"
            yield f"{months} {least} to {most} days{unclear}."
    if Basis.DAYS in bases and bases & _ELAPSED:
        if not _apart(one, other):
            yield (
                "Hours count from the appointment's own time, whole days from midnight: which is "
                "longer depends on the time of day."
            )
        elif min(abs(a - b) for a in one.extremes for b in other.extremes) == 0:
            yield (
                "Hours count from the appointment's own time, whole days begin and end at "
                "midnight: that decides between lengths of one size."
            )


def _apart(one: Place, other: Place) -> bool:
    (first, last), (other_first, other_last) = one.extremes, other.extremes
    return first >= other_last or last <= other_first
