"""When the events of a calendar ring: the evening before, or shortly before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from microcare.export.ics.events import DAY, Draft


def find_alarms(
    drafts: Iterable[Draft], evening: time | None, zone: ZoneInfo
) -> tuple[timedelta | None, ...]:
    """Return how long before its start each event rings, None where it doesn't.

    `evening` is the time of the evening before at which most ring, None for no alarm at all.
    """
    return tuple(_find_alarm(each, evening, zone) for each in drafts)


def _find_alarm(draft: Draft, evening: time | None, zone: ZoneInfo) -> timedelta | None:
    if draft.ring is None or evening is None:
        return None
    return draft.ring.ahead or _evening_before(draft.start, evening, zone)


def _evening_before(start: date | datetime, ring: time, zone: ZoneInfo) -> timedelta:
    """Return how long before a start its evening before's `ring` is, always more than 0."""
    if not isinstance(start, datetime):
        # Clients count from the day's midnight on their own wall clock.
        return DAY - timedelta(hours=ring.hour, minutes=ring.minute)
    day = start.astimezone(zone).date()
    evening = datetime.combine(day - DAY, ring, tzinfo=zone).astimezone(UTC)
    if evening.astimezone(zone).date() >= day:
        # The zone's clock never showed that evening (Apia had no 30 December 2011).
        evening -= DAY
    return start - evening
