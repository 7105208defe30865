"""Calendar arithmetic: elapsed time in UTC, whole days in a zone, month ends, clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from microcare.core.sheet.points import DAY_MINUTES, Unit

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_SECOND = timedelta(seconds=1)


def read_instant(moment: datetime) -> datetime:
    """Return an aware moment in UTC; raises ValueError of one that has no zone, nor its offset."""
    if moment.utcoffset() is None:
        raise ValueError(f"{moment.isoformat()} has no time zone: nobody knows when that is")
    return moment.astimezone(UTC)


def elapse(instant: datetime, count: int, unit: Unit) -> datetime:
    """Return the UTC instant `count` minutes or hours on (back where negative).

    Elapsed time is counted in UTC, so a clock change in between moves the wall clock.
    """
    if unit is Unit.MINUTE:
        return instant.astimezone(UTC) + timedelta(minutes=count)
    if unit is Unit.HOUR:
        return instant.astimezone(UTC) + timedelta(hours=count)
    raise ValueError(f"{unit} is counted in calendar days")


def shift_date(day: date, count: int, unit: Unit) -> date:
    """Return the date `count` days, weeks, months or years on (back where negative).

    Where the month lacks the day, counting back gives its last day and counting on the 1st of
    the next month: both are the careful side.
    """
    match unit:
        case Unit.DAY:
            return day + timedelta(days=count)
        case Unit.WEEK:
            return day + timedelta(weeks=count)
        case Unit.MONTH:
            shifted = day + relativedelta(months=count)
        case Unit.YEAR:
            shifted = day + relativedelta(years=count)
        case Unit.MINUTE | Unit.HOUR:
            raise ValueError(f"{unit} is elapsed time, not calendar days")
    if count > 0 and shifted.day < day.day:
        return shifted + timedelta(days=1)
    return shifted


@lru_cache(maxsize=4096)
def find_start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the first instant, in UTC, at which the zone's date is `day` or later.

    Where midnight does not exist this is the first instant after it; where it occurs twice, the
    first; where the whole date is missing (Apia, 30 December 2011), the start of the next one.
    """
    midnight = datetime.combine(day, time(), tzinfo=zone)
    before = midnight.astimezone(UTC)
    if before.astimezone(zone).replace(tzinfo=None) == midnight.replace(tzinfo=None):
        return before
    return find_gap_end(midnight)


def find_clock_instants(day: date, minutes: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the earlier and the later instant, in UTC, of a time of day: minutes from midnight.

    They differ where the clock shows the time twice, or never: then they are as far before and
    after the change as the time lies within what is left out, but not before the day begins. 0 is
    the day's first instant, 24 * 60 the next day's, and what is beyond lies on that.
    """
    days, minutes = divmod(minutes, DAY_MINUTES)
    day += timedelta(days=days)
    if not minutes:
        midnight = find_start_of_day(day, zone)
        return midnight, midnight
    begins = find_start_of_day(day, zone)
    wall = datetime.combine(day, time(minutes // 60, minutes % 60), tzinfo=zone)
    instants = [wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]
    return max(begins, min(instants)), max(begins, *instants)


def find_gap_end(missing: datetime) -> datetime:
    """Return the first instant, in UTC, after the gap in which an aware time lies."""
    # PEP 495: in a gap, fold=1 maps to an instant before the change and fold=0 to one after it.
    wall = missing.replace(tzinfo=None)
    early = missing.replace(fold=1).astimezone(UTC)
    late = missing.replace(fold=0).astimezone(UTC)
    while late - early > _SECOND:
        middle = early + timedelta(seconds=(late - early) // _SECOND // 2)
        if middle.astimezone(missing.tzinfo).replace(tzinfo=None) < wall:
            early = middle
        else:
            late = middle
    return late
