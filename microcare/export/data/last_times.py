"""Last times and openings as the JSON formats show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from microcare.core.plan.last_times import LastTime
    from microcare.core.plan.openings import Opening


def opening_data(opening: Opening | None, zone: ZoneInfo) -> str | None:
    """Return an opening as a date, or as its first moment with the offset from UTC."""
    if opening is None:
        return None
    if opening.start is None:
        return opening.day.isoformat()
    return opening.start.astimezone(zone).isoformat()


def last_data(last: LastTime, zone: ZoneInfo) -> str:
    """Return a last time as a date, as a moment with the offset from UTC, or as "never"."""
    if last.day is None:
        return "never"
    if last.instant is None:
        return last.day.isoformat()
    return last.instant.astimezone(zone).isoformat()
