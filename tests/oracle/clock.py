"""What a zone's clock and a calendar show, found by searching them."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

MINUTE, HOUR, DAY = 60, 3600, 86400


class Visit(NamedTuple):
    """An appointment in seconds; `day` is its local date."""

    day: date
    start: int
    end: int
    zone: ZoneInfo
    all_day: bool = False

    @property
    def end_unknown(self) -> bool:
        """Whether nothing is known of how long a timed appointment takes."""
        return not self.all_day and self.start == self.end


def timed_visit(start: int, minutes: int, zone: ZoneInfo) -> Visit:
    """Return the appointment at an instant; of no length where `minutes` is 0."""
    return Visit(local(start, zone).date(), start, start + minutes * MINUTE, zone)


def whole_day_visit(day: date, zone: ZoneInfo) -> Visit:
    """Return the appointment from the first instant of a date to that of the next."""
    return Visit(
        day, first_second(day, zone), first_second(next_day(day), zone), zone, all_day=True
    )


def possible_visits(visit: Visit) -> tuple[Visit, ...]:
    """Return what an appointment may turn out to be (rule 14).

    Of a whole-day one the start and the end are each at either edge of the day. Wherever else they
    are, every time that counts from them lies between those of these three.
    """
    if not visit.all_day:
        return (visit,)
    opens, closes = visit.start, visit.end
    pairs = ((opens, opens), (opens, closes), (closes, closes))
    return tuple(visit._replace(start=start, end=end) for start, end in pairs)


def local(second: int, zone: ZoneInfo) -> datetime:
    """Return what a zone's clock shows at an instant."""
    return datetime.fromtimestamp(second, zone)


@lru_cache(maxsize=100_000)
def first_second(day: date, zone: ZoneInfo) -> int:
    """Search the first instant at which a zone's date is `day`, or later where it never is."""
    second = utc_midnight(day) - 16 * HOUR
    while local(second, zone).date() < day:
        here, ahead = local(second, zone), local(second + HOUR, zone)
        # A date may begin for a minute and be put back: only a steady clock is trusted for an hour.
        steady = here.utcoffset() == ahead.utcoffset()
        second += HOUR if steady and ahead.date() < day else MINUTE
    while local(second - 1, zone).date() >= day:
        second -= 1
    return second


@lru_cache(maxsize=10_000)
def spells_of_date(day: date, zone: ZoneInfo) -> tuple[tuple[int, int], ...]:
    """Search when a zone's date is `day`: one spell, none where it never is, rarely two."""
    begins = utc_midnight(day) - 16 * HOUR
    spells: list[tuple[int, int]] = []
    for second in range(begins, begins + 60 * HOUR, MINUTE):
        if local(second, zone).date() != day:
            continue
        if spells and spells[-1][1] == second:
            spells[-1] = (spells[-1][0], second + MINUTE)
        else:
            spells.append((second, second + MINUTE))
    return tuple(spells)


@lru_cache(maxsize=10_000)
def clock_changes(zone: ZoneInfo, year: int) -> tuple[int, ...]:
    """Search the instants of a year at which a zone's offset from UTC changes, to the minute."""
    begins, ends = (utc_midnight(date(each, 1, 1)) for each in (year, year + 1))
    return tuple(
        minute + MINUTE
        for day in range(begins, ends, DAY)
        if _changes(day, DAY, zone)
        for hour in range(day, day + DAY, HOUR)
        if _changes(hour, HOUR, zone)
        for minute in range(hour, hour + HOUR, MINUTE)
        if _changes(minute, MINUTE, zone)
    )


def _changes(second: int, length: int, zone: ZoneInfo) -> bool:
    return local(second, zone).utcoffset() != local(second + length, zone).utcoffset()


@lru_cache(maxsize=100_000)
def clock_seconds(day: date, minutes: int, zone: ZoneInfo) -> tuple[int, int]:
    """Search the earlier and the later instant at which the clock shows a time of a date.

    A time that the clock leaves out lies as long after the change as it would without it, and as
    long before the change as the clock is then beyond it, but not before the date begins.
    Midnights are the first instants of dates.
    """
    if minutes in {0, 24 * 60}:
        begins = first_second(day if minutes == 0 else next_day(day), zone)
        return begins, begins
    wanted = datetime.combine(day, time(minutes // 60, minutes % 60))
    around = utc_midnight(day) + minutes * MINUTE
    shown = [
        second
        for second in range(around - 16 * HOUR, around + 16 * HOUR, MINUTE)
        if local(second, zone).replace(tzinfo=None, fold=0) == wanted
    ]
    if shown:
        return shown[0], shown[-1]
    # The minute at which the clock jumps over the time that is wanted.
    jump = around - 40 * HOUR
    while local(jump, zone).replace(tzinfo=None) < wanted:
        jump += MINUTE
    left_out = wanted - local(jump - MINUTE, zone).replace(tzinfo=None)
    beyond = local(jump, zone).replace(tzinfo=None) - wanted
    begins = first_second(day, zone)
    early = jump - int(beyond.total_seconds())
    late = jump - MINUTE + int(left_out.total_seconds())
    return max(begins, early), max(begins, late)


def shift_months(day: date, months: int) -> date:
    """Count months on a calendar: what a month lacks is its last day back, the 1st after it on."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = calendar.monthrange(year, month + 1)[1]
    if day.day <= length:
        return date(year, month + 1, day.day)
    if months < 0:
        return date(year, month + 1, length)
    return shift_months(day.replace(day=1), months + 1)


def next_day(day: date) -> date:
    """Return the date after a date."""
    return date.fromordinal(day.toordinal() + 1)


def utc_midnight(day: date) -> int:
    """Return the second at which a date begins in UTC."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
