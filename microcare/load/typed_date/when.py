"""What was typed as `When`, its canonical text, and local time in a zone with its clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from microcare.core.values import value
from microcare.load.source.refusals import Refusal
from microcare.wording.dates import short_date

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

FIRST_YEAR = 1900
LAST_YEAR = 2199


@value
class When:
    """When an appointment starts: a day, and a time on it if one was given.

    `date` is the local date in the zone. `start` is aware, its tzinfo is that zone and its
    fold is the right one; None means the whole day. Whole seconds; years 1900 to 2199.
    """

    date: date
    start: datetime | None


class WhenError(Refusal):
    """A date or time that cannot be used, or that can be read in more than one way.

    `message` is a sentence for the person who typed it, safe to print on a terminal.
    `readings` are canonical texts they may have meant, in order; `parse_when` accepts each.
    """

    def __init__(self, message: str, readings: tuple[str, ...] = ()) -> None:
        """Keep the sentence and the readings."""
        super().__init__(message)
        self.readings = readings


def format_when(when: When) -> str:
    """Return the canonical text: `2026-12-10`, `2026-12-10 14:30`, seconds only if not zero.

    The numeric offset is added only where the local time occurs twice, so that parsing the
    text in the same zone always gives back the same `When`.
    """
    if when.start is None:
        return when.date.isoformat()
    first, second = both_offsets(when.start)
    return _format_start(when.start if first != second else when.start.replace(tzinfo=None))


def resolve_local(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return the one instant at which the clocks of `zone` show `clock` on `day`, aware.

    Raises `WhenError` if they never do (readings: the last minute before the change and the
    first moment after it) or do so twice (readings: the time with either offset).
    """
    start = datetime.combine(day, clock.replace(fold=0), tzinfo=zone)
    before, after = both_offsets(start)
    if before == after:
        return start
    shown = f"{start:%H:%M} on {short_date(day)}"
    if before < after:
        edges = [edge for edge in _gap_edges(start) if FIRST_YEAR <= edge.year <= LAST_YEAR]
        message = (
            f"There is no {shown} in {zone}, because the clocks go forward then; "
            "choose a time before or after the change."
        )
        raise WhenError(message, tuple(map(_format_start, edges)))
    both = (start, start.replace(fold=1))
    first, second = (each.isoformat(timespec="seconds")[19:] for each in both)  # -05:00
    message = (
        f"{shown} comes twice in {zone}, because the clocks go back then; "
        f"add the offset, {first} for the first or {second} for the second."
    )
    raise WhenError(message, tuple(map(_format_start, both)))


def check_day(day: date, zone: ZoneInfo) -> None:
    """Raise `WhenError` if `day` is outside 1900 to 2199 or was skipped whole in `zone`.

    A day that merely lacks its midnight is a day like any other. Samoa had no 30 December 2011.
    """
    check_year(day)
    midnight = datetime.combine(day, time(), tzinfo=zone)
    if midnight.astimezone(UTC).astimezone(zone).date() != day:
        message = (
            f"There is no {short_date(day)} in {zone}, where the calendar skipped that day; "
            "choose the day before or after."
        )
        raise WhenError(message, tuple(edge.date().isoformat() for edge in _gap_edges(midnight)))


def check_year(day: date) -> None:
    """Raise `WhenError` if `day` is outside 1900 to 2199."""
    if problem := year_problem(day.year):
        raise WhenError(problem)


def year_problem(year: int) -> str:
    """Return the sentence that refuses a year, empty for 1900 to 2199."""
    if FIRST_YEAR <= year <= LAST_YEAR:
        return ""
    return f"The year {year} is not between {FIRST_YEAR} and {LAST_YEAR}; check the year."


def both_offsets(start: datetime) -> tuple[timedelta, timedelta]:
    """Return an aware start's offsets at both folds (PEP 495): rising in a gap, falling in a fold.

    Raises `ValueError` for a naive one.
    """
    first, second = (start.replace(fold=fold).utcoffset() for fold in (0, 1))
    if first is None or second is None:
        raise ValueError("a start must be aware")
    return first, second


def _gap_edges(start: datetime) -> tuple[datetime, datetime]:
    """Return the last whole minute before the gap around `start` and the first moment after.

    Both are naive local times. `start` is aware and inside the gap.
    """
    from bisect import bisect_left  # few dates lie in a gap

    before, after = both_offsets(start)
    # In UTC the change lies after `wall - after` and not after `wall - before`.
    origin = (start.replace(tzinfo=None, microsecond=0, fold=0) - after).replace(tzinfo=UTC)

    def is_changed(seconds: int) -> bool:
        return (origin + timedelta(seconds=seconds)).astimezone(start.tzinfo).utcoffset() == after

    gap = range(int((after - before).total_seconds()))
    change = origin.replace(tzinfo=None) + timedelta(
        seconds=bisect_left(gap, x=True, key=is_changed)
    )
    last = change + before - timedelta(seconds=1)
    return last.replace(second=0), change + after


def _format_start(start: datetime) -> str:
    """Return `2026-12-10 14:30`, with the offset if `start` is aware."""
    return start.isoformat(sep=" ", timespec="seconds" if start.second else "minutes")
