"""Doses worked out a second time: in seconds, from what a zone's clock shows minute by minute.

Nothing of the core is used but the values that describe a course.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from microcare.core.sheet.points import Edge, Offset, Unit
from tests.oracle import DAY, HOUR, MINUTE, Visit, first_second, local, shift_months, spells_of_date
from tests.oracle.clock import utc_midnight

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from zoneinfo import ZoneInfo

    from microcare.core.sheet.instruction import Instruction, Repetition
    from microcare.core.sheet.points import DayTime

_ELAPSED = {Unit.MINUTE: MINUTE, Unit.HOUR: HOUR}
_YEARS = 30 * 366 * DAY


class Expected(NamedTuple):
    """A dose: its second, what is taken, whether the time is a suggestion."""

    second: int
    topics: tuple[str, ...]
    suggested: bool


def expect_end(instruction: Instruction, start: int, visit: Visit, waking: DayTime) -> int | None:
    """Return when a course is over that only its steps or its count end."""
    if instruction.steps:
        *_, (_, ends, _) = _phases(instruction, start, None, visit)
        return ends
    doses = expect_doses(instruction, start, None, visit, waking)
    if not doses:
        return None
    rhythm = instruction.repetition
    assert rhythm is not None
    if _is_timed(rhythm) and not doses[-1].suggested and len(doses) > 1:
        return doses[-1].second
    last = local(doses[-1].second, visit.zone).date()
    return first_second(_later(last, 1), visit.zone)


def _is_timed(rhythm: Repetition) -> bool:
    return rhythm.interval is not None and rhythm.interval.unit in _ELAPSED


def expect_doses(
    instruction: Instruction, start: int, until: int | None, visit: Visit, waking: DayTime
) -> list[Expected]:
    """Return the doses in `[start, until)`; `until` is None where the course ends itself."""
    if not _has_ground(instruction, visit):
        return []
    found: list[Expected] = []
    for begins, ends, rhythm in _phases(instruction, start, until, visit):
        if rhythm.as_needed:
            continue
        stop = ends if ends is not None else start + _YEARS
        for second, suggested in _due(rhythm, begins, stop, visit.zone, waking):
            taken = {each.second for each in found}
            if not begins <= second < stop or second in taken:
                continue
            names = instruction.topics
            if rhythm.in_turn:
                names = (names[len(found) % len(names)],)
            found.append(Expected(second, names, suggested))
            if len(found) == rhythm.count_max:
                return found
    return found


def _has_ground(instruction: Instruction, visit: Visit) -> bool:
    """A whole-day appointment gives hours nothing to count from."""
    point = instruction.window.start
    if not visit.all_day:
        return True
    if isinstance(point, Offset):
        return point.quantity.unit not in _ELAPSED
    first = instruction.steps[0].repetition if instruction.steps else instruction.repetition
    assert first is not None
    hourly = first.interval is not None and first.interval.unit in _ELAPSED and not first.waking
    return not (isinstance(point, Edge) and hourly)


def _phases(
    instruction: Instruction, start: int, until: int | None, visit: Visit
) -> Iterator[tuple[int, int | None, Repetition]]:
    """Yield the parts of a course, each with its rhythm."""
    if not instruction.steps:
        assert instruction.repetition is not None
        yield start, until, instruction.repetition
        return
    zone = visit.zone
    first = local(start, zone).date()
    partial = start > first_second(first, zone)
    days = 1 if partial else 0
    begins = start
    for step in instruction.steps:
        ends = until
        if step.length is not None:
            days += step.length.most * (7 if step.length.unit is Unit.WEEK else 1)
            ends = first_second(_later(first, days), zone)
            if until is not None and until < ends:
                ends = until
        yield begins, ends, step.repetition
        assert ends is not None
        begins = ends


def _due(
    rhythm: Repetition, start: int, stop: int, zone: ZoneInfo, waking: DayTime
) -> Iterable[tuple[int, bool]]:
    interval = rhythm.interval
    first = local(start, zone).date()
    whole_day = start == first_second(first, zone)
    if interval is not None and interval.unit in _ELAPSED and not rhythm.waking:
        begins = (_shown(first, waking.least, zone) or start) if whole_day else start
        step = interval.most * _ELAPSED[interval.unit]
        return ((second, whole_day) for second in range(begins, stop, step))
    return _by_dates(rhythm, start, stop, zone, waking)


def _by_dates(
    rhythm: Repetition, start: int, stop: int, zone: ZoneInfo, waking: DayTime
) -> Iterator[tuple[int, bool]]:
    interval = rhythm.interval
    first = local(start, zone).date()
    for days in range(_YEARS // DAY):
        day = _later(first, days)
        # No zone is a day ahead of UTC; what is due after all is left out by its second.
        if utc_midnight(day) - DAY >= stop:
            return
        if interval is None:
            yield from _on_date(rhythm, day, start, zone, waking)
        elif interval.unit in _ELAPSED:
            begins, last = (_shown(day, minute, zone) for minute in (waking.least, waking.most))
            if begins is not None and last is not None:
                step = interval.most * _ELAPSED[interval.unit]
                seconds = range(max(begins, start), last + 1, step)
                yield from ((second, True) for second in seconds)
        elif _falls_on(day, first, interval.most, interval.unit):
            begins = _shown(day, waking.least, zone)
            if begins is not None:
                yield max(begins, start), True


def _on_date(
    rhythm: Repetition, day: date, start: int, zone: ZoneInfo, waking: DayTime
) -> list[tuple[int, bool]]:
    """Return what is due on a date, in order."""
    if rhythm.daily is None:
        found = [
            (_shown(day, _sensible(part, waking), zone), part.name is not None)
            for part in rhythm.times
        ]
    else:
        number = rhythm.daily[1]
        found = [(_shown(day, minute, zone), True) for minute in _spread(number, waking)]
    due = sorted((second, named) for second, named in found if second is not None)
    begins_within = local(start, zone).date() == day
    if rhythm.daily is not None and begins_within and not any(each >= start for each, _ in due):
        return [(start, True)]
    return due


def _spread(number: int, waking: DayTime) -> list[int]:
    """Return times of day at the least distance from the even ones; a tie goes up."""
    if number == 1:
        return [waking.least]
    found = [waking.least]
    for place in range(1, number - 1):
        exact = waking.least + (waking.most - waking.least) * place / (number - 1)
        quarters = range(0, 24 * 60 + 1, 15)
        found.append(min(quarters, key=lambda each: (abs(each - exact), -each)))
    return [*found, waking.most]


def _sensible(part: DayTime, waking: DayTime) -> int:
    """A morning that begins before people wake is when they wake."""
    if part.name is None:
        return part.least
    return next(
        (minute for minute in range(part.least, part.most + 1) if minute >= waking.least),
        part.least,
    )


def _falls_on(day: date, first: date, count: int, unit: Unit) -> bool:
    days = day.toordinal() - first.toordinal()
    if unit in {Unit.DAY, Unit.WEEK}:
        return days % (count * (7 if unit is Unit.WEEK else 1)) == 0
    months = count * (12 if unit is Unit.YEAR else 1)
    return any(
        day == (shift_months(first, months * place) if place else first)
        for place in range(days // (28 * months) + 2)
    )


def _shown(day: date, minute: int, zone: ZoneInfo) -> int | None:
    """Return when the clock first shows a minute of a date, None where the date never is."""
    if not spells_of_date(day, zone):
        return None
    if minute == 24 * 60:
        return first_second(_later(day, 1), zone)
    return _clock(day, zone)[minute]


@lru_cache(maxsize=5_000)
def _clock(day: date, zone: ZoneInfo) -> dict[int, int]:
    """Return the second of every minute of a date: the first where the clock shows it twice.

    A minute that it skips lies as far before the skip as the clock skips beyond it, but within
    the date.
    """
    found: dict[int, int] = {}
    begins = first_second(day, zone)
    for opens, closes in spells_of_date(day, zone):
        for second in range(opens, closes, MINUTE):
            shown = local(second, zone)
            minute = shown.hour * 60 + shown.minute
            if minute not in found:
                found[minute] = second
    shown_minutes = sorted(found)
    for minute in range(24 * 60):
        if minute not in found:
            after = next((each for each in shown_minutes if each > minute), None)
            if after is None:
                # The clock skips from this date to the next one.
                midnight = first_second(_later(day, 1), zone)
                beyond = local(midnight, zone)
                after_minute = 24 * 60 + beyond.hour * 60 + beyond.minute
                found[minute] = max(begins, midnight - (after_minute - minute) * MINUTE)
            else:
                found[minute] = max(begins, found[after] - (after - minute) * MINUTE)
    return found


def _later(day: date, days: int) -> date:
    return date.fromordinal(day.toordinal() + days)
