"""When the one alarm of an event rings: on the evening before, always before the start."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

BEFORE_DOSE = timedelta(minutes=5)
"""How long before a dose its alarm rings."""

BEFORE_TASK = timedelta(minutes=10)
"""How long before a task at a clock time its alarm rings."""

_DAY = timedelta(days=1)


def evening_before(start: date | datetime, ring: time, zone: ZoneInfo) -> timedelta:
    """Return how long before a start its evening before's `ring` is, always more than 0."""
    if not isinstance(start, datetime):
        # Clients count from the day's midnight on their own wall clock.
        return _DAY - timedelta(hours=ring.hour, minutes=ring.minute)
    day = start.astimezone(zone).date()
    evening = datetime.combine(day - _DAY, ring, tzinfo=zone).astimezone(UTC)
    if evening.astimezone(zone).date() >= day:
        # The zone's clock never showed that evening (Apia had no 30 December 2011).
        evening -= _DAY
    return start - evening
