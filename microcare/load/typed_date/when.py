"""Local time in a zone: what was typed as `When`, its canonical text, and clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from microcare.core.values import value
from microcare.load.source.refusals import Refusal

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

FIRST_YEAR = 1900
LAST_YEAR = 2199
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


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
    first, second = _offsets(when.start)
    return _format_start(when.start if first != second else when.start.replace(tzinfo=None))


def resolve_local(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return the one instant at which the clocks of `zone` show `clock` on `day`, aware.

    Raises `WhenError` if they never do (readings: the last minute before the change and the
    first moment after it) or do so twice (readings: the time with either offset).
    """
    start = datetime.combine(day, clock.replace(fold=0), tzinfo=zone)
    first, second = _offsets(start)
    if first == second:
        return start
    shown = f"{start:%H:%M} on {describe_date(day)}"
    if first < second:
        message = (
            f"There is no {shown} in {zone}, because the clocks go forward then; "
            "choose a time before or after the change."
        )
        edges = (edge for edge in _gap_edges(start) if FIRST_YEAR <= edge.year <= LAST_YEAR)
        raise WhenError(message, tuple(_format_start(edge) for edge in edges))
    message = (
        f"{shown} comes twice in {zone}, because the clocks go back then; "
        f"add the offset, {_offset_text(first)} for the first or {_offset_text(second)} "
        "for the second."
    )
    raise WhenError(message, (_format_start(start), _format_start(start.replace(fold=1))))


def check_day(day: date, zone: ZoneInfo) -> None:
    """Raise `WhenError` if `day` is outside 1900 to 2199 or was skipped whole in `zone`.

    A day that merely lacks its midnight is a day like any other. Samoa had no 30 December 2011.
    """
    check_year(day)
    midnight = datetime.combine(day, time(), tzinfo=zone)
    if midnight.astimezone(UTC).astimezone(zone).date() == day:
        return
    before, after = (edge.date().isoformat() for edge in _gap_edges(midnight))
    message = (
        f"There is no {describe_date(day)} in {zone}, where the calendar skipped that day; "
        "choose the day before or after."
    )
    raise WhenError(message, (before, after))


def check_year(day: date) -> None:
    """Raise `WhenError` if `day` is outside 1900 to 2199."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise WhenError(year_problem(day.year))


def own_offsets(day: date, clock: time, zone: ZoneInfo) -> frozenset[timedelta]:
    """Return the offsets `zone` itself uses around that local time: two at a clock change."""
    return frozenset(_offsets(datetime.combine(day, clock, tzinfo=zone)))


def year_problem(year: int) -> str:
    """Return the sentence that refuses a year outside the supported ones."""
    return f"The year {year} is not between {FIRST_YEAR} and {LAST_YEAR}; check the year."


def describe_date(day: date) -> str:
    """Return `Thu 10 Dec 2026`, in English whatever the machine's locale."""
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def _offsets(start: datetime) -> tuple[timedelta, timedelta]:
    """Return the offsets at both folds (PEP 495): rising in a gap, falling in a fold."""
    first = start.replace(fold=0).utcoffset()
    second = start.replace(fold=1).utcoffset()
    if first is None or second is None:
        message = "a start must be aware"
        raise ValueError(message)
    return first, second


def _gap_edges(start: datetime) -> tuple[datetime, datetime]:
    """Return the last whole minute before the gap around `start` and the first moment after.

    Both are naive local times. `start` is aware and inside the gap.
    """
    before, after = _offsets(start)
    wall = start.replace(tzinfo=None, microsecond=0, fold=0)
    # In UTC the change lies after `wall - after` and not after `wall - before`.
    low, high = 0, int((after - before).total_seconds())
    origin = (wall - after).replace(tzinfo=UTC)
    while high - low > 1:
        middle = (low + high) // 2
        instant = (origin + timedelta(seconds=middle)).astimezone(start.tzinfo)
        low, high = (low, middle) if instant.utcoffset() == after else (middle, high)
    change = (origin + timedelta(seconds=high)).replace(tzinfo=None)
    last = change + before - timedelta(seconds=1)
    return last.replace(second=0), change + after


def _format_start(start: datetime) -> str:
    """Return `2026-12-10 14:30`, with the offset if `start` is aware."""
    return start.isoformat(sep=" ", timespec="seconds" if start.second else "minutes")


def _offset_text(offset: timedelta) -> str:
    """Return `-05:00`."""
    sign = "-" if offset < timedelta() else "+"
    minutes, seconds = divmod(int(abs(offset).total_seconds()), 60)
    text = f"{sign}{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{seconds:02}" if seconds else text
