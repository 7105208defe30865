"""What was typed as `When`, its canonical text, and moments in a zone with its clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

from microcare.core.values import value
from microcare.load.clock_times import Choice
from microcare.load.source.refusals import Refusal
from microcare.wording.dates import short_date

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

EXAMPLE = "write it like 2026-12-10 14:30 or 10 Dec 2026 2:30 pm"
Hour = timedelta | None  # from the beginning of the day; None is all of it


@value
class When:
    """When an appointment starts: its local date, and in whole seconds its time if it has one.

    `start` is aware, in the zone and with the right fold; None is the whole day. 1900 to 2199.
    """

    date: date
    start: datetime | None


class WhenError(Refusal):
    """A date or time that cannot be used, or that can be read in more than one way.

    `message` is safe to print on a terminal. `readings` are the canonical texts that may be meant,
    in order; `parse_when` accepts each.
    """

    def __init__(self, message: str, readings: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.readings = readings


def format_when(when: When) -> str:
    """Return the text that means the same in this zone: `2026-12-10`, `2026-12-10 14:30`.

    Where the local time occurs twice it has the offset: `2026-11-01T01:30-04:00`.
    """
    if when.start is None:
        return when.date.isoformat()
    offsets = {when.start.replace(fold=fold).utcoffset() for fold in (0, 1)}
    if None in offsets:
        raise ValueError("a start must be aware")
    start = when.start if len(offsets) > 1 else when.start.replace(tzinfo=None)
    return start.isoformat("T" if start.tzinfo else " ", "seconds" if start.second else "minutes")


def quote_typed(text: str) -> str:
    """Return the text in quotes, with nothing in it that a terminal would obey."""
    safe = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
    return f"'{safe if len(safe) < 120 else safe[:117] + '...'}'"


def read_canonical(text: str, zone: ZoneInfo) -> Choice[When] | None:
    """Return what a whole date means that is written as programs do, None for any other text.

    `2026-12-10` and `2026-12-10 14:30` have one reading, which needs no words to be looked up.
    """
    try:
        wall = datetime.fromisoformat(text)
    except ValueError:  # another date, or none: whoever knows every way to write one says which
        return None
    if text == wall.date().isoformat():
        return find_when(wall.date(), None, None, zone)
    if wall.tzinfo is not None or text.replace(" ", "T") != wall.isoformat(timespec="minutes"):
        return None
    return find_when(wall.date(), wall - datetime.combine(wall, time()), None, zone)


def find_when(day: date, hour: Hour, offset: timedelta | None, zone: ZoneInfo) -> Choice[When]:
    """Return `day`, or the moment so long after it begins, by the clocks of `zone` or at `offset`.

    What `zone` lacks or has twice, or lies outside 1900 to 2199, is a problem.
    """
    wall = datetime.combine(day, time()) + (hour or timedelta())
    if problem := find_year_problem(wall.year):
        return Choice((), problem)
    if hour is None:
        if wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).date() == day:
            return Choice((When(day, None),))
        around = tuple(When(day + timedelta(days=shift), None) for shift in (-1, 1))
        skipped = f"There is no {short_date(day)} in {zone}, where the calendar skipped that day"
        return Choice(around, f"{skipped}; choose the day before or after.")
    if offset is None:
        return find_local(wall, zone)
    start = wall.replace(tzinfo=timezone(offset)).astimezone(zone)
    problem = find_year_problem(start.year)
    return Choice(() if problem else (When(start.date(), start),), problem)


def find_local(wall: datetime, zone: ZoneInfo) -> Choice[When]:
    """Return the moment at which the clocks of `zone` show the naive `wall`.

    If they never do, it may be the last minute before the change or the first moment after it.
    """
    starts = [wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
    first, second = (start.astimezone(UTC) for start in starts)
    shown, problem = f"{wall:%H:%M} on {short_date(wall.date())}", ""
    if first == second:
        starts.pop()
    elif first < second:
        offsets = [start.isoformat(timespec="seconds")[19:] for start in starts]  # -05:00
        advice = "add the offset, UTC{} for the first or UTC{} for the second".format(*offsets)
        problem = f"{shown} comes twice in {zone}, because the clocks go back then; {advice}."
    else:  # in a gap what is said by the offset before it lies after it (PEP 495)
        from microcare.core.time.arithmetic import find_gap_end  # few dates lie in a gap

        change = find_gap_end(starts[0].replace(microsecond=0))
        last = (change - timedelta(seconds=1)).astimezone(zone)
        starts = [last.replace(second=0), change.astimezone(zone)]
        advice = "choose a time before or after the change"
        problem = f"There is no {shown} in {zone}, because the clocks go forward then; {advice}."
    near = (When(each.date(), each) for each in starts if not find_year_problem(each.year))
    return Choice(tuple(near), problem)


def find_year_problem(year: int) -> str:
    """Return the sentence that refuses a year, empty for 1900 to 2199."""
    is_near = 1900 <= year <= 2199
    return "" if is_near else f"The year {year} is not between 1900 and 2199; check the year."
