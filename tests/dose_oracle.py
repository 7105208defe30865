"""Doses worked out a second time: in seconds, from what a zone's clock shows minute by minute.

Nothing of the core is used but the values that describe a course.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from microcare.core.sheet.points import (
    Clock,
    Edge,
    Length,
    NumberedDay,
    Offset,
    RelativeDay,
    Side,
    Unit,
)
from tests.oracle import DAY, HOUR, MINUTE, Visit, first_second, local, shift_months, spells_of_date
from tests.oracle.clock import utc_midnight
from tests.oracle.readings import is_past_midnight

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from microcare.core.sheet.instruction import Instruction, Repetition
    from microcare.core.sheet.points import DayTime, Point

_ELAPSED = {Unit.MINUTE: MINUTE, Unit.HOUR: HOUR}
_YEARS = 30 * 366 * DAY
_QUARTER = 15 * MINUTE
_LATE = {"evening", "night", "bedtime"}
_MIDNIGHTS = {0, 24 * 60}


class Expected(NamedTuple):
    """A dose: its second, what is taken, whether the time is a suggestion."""

    second: int
    topics: tuple[str, ...]
    suggested: bool


def expect_end(instruction: Instruction, start: int, visit: Visit, waking: DayTime) -> int | None:
    """Return when a course is over that only its steps or its count end."""
    if instruction.steps:
        *_, last_part = _phases(instruction, start, None, visit)
        return last_part.until
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
    """Return the doses in `[start, until)`; `until` is None where the course ends itself.

    A bedtime after midnight counts with the evening that it ends: of a course that begins with a
    whole day the first such bedtime is not that of the evening before, and the last one lies after
    its last date. No total is exceeded.
    """
    if not _has_ground(instruction, visit):
        return []
    found: list[Expected] = []
    after = visit.end if _follows(instruction, until, visit) else None
    whole_day = visit.all_day and instruction.window.start == Edge(Side.AFTER)
    opens = visit.end if whole_day else start
    for span in _phases(instruction, start, until, visit):
        if span.rhythm.as_needed:
            continue
        for second, suggested in _due(span, start + _YEARS, visit.zone, waking, after):
            if second < opens or second in {each.second for each in found}:
                continue
            names = instruction.topics
            if span.rhythm.in_turn:
                names = (names[len(found) % len(names)],)
            found.append(Expected(second, names, suggested))
            if len(found) == span.rhythm.count_max:
                return found
    return found


def _follows(instruction: Instruction, until: int | None, visit: Visit) -> bool:
    """Rule 18: whether a course comes after the treatment.

    It counts from the end, or it begins later, or it goes on from D or its evening to other days.
    """
    start = instruction.window.start
    day = start.day if isinstance(start, Clock) else start
    match day:
        case Edge(side) | Offset(side=side):
            return side is Side.AFTER
        case NumberedDay():
            return True
        case RelativeDay(0):
            goes_on = until is None or until > first_second(_later(visit.day, 1), visit.zone)
            return goes_on and not (isinstance(start, Clock) and start.time.name not in _LATE)
        case RelativeDay(days):
            return days > 0
        case _:
            return False


def _is_day(point: Point | None) -> bool:
    """Rule 17: whether a bound is the edge of a day by its form."""
    match point:
        case Clock(time=time):
            return time.least == time.most and time.least in _MIDNIGHTS
        case Offset(quantity) | Length(quantity):
            return quantity.unit not in _ELAPSED
        case Edge() | None:
            return False
        case _:
            return True


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


class Span(NamedTuple):
    """A part of a course: its bounds, whether each is the edge of a day, and its rhythm.

    `whole_day` says that hours have nothing to count from but that day: not even its midnight was
    written.
    """

    start: int
    until: int | None
    rhythm: Repetition
    from_day: bool
    to_day: bool
    whole_day: bool


def _phases(
    instruction: Instruction, start: int, until: int | None, visit: Visit
) -> Iterator[Span]:
    """Yield the parts of a course, each with its rhythm."""
    window = instruction.window
    from_day, to_day = _is_day(window.start), _is_day(window.until)
    whole_day = from_day and not isinstance(window.start, Clock)
    if not instruction.steps:
        assert instruction.repetition is not None
        yield Span(start, until, instruction.repetition, from_day, to_day, whole_day)
        return
    zone = visit.zone
    first = visit.day if _is_treated(window.start, start, visit) else local(start, zone).date()
    days = 0 if from_day else 1
    begins = start
    for step in instruction.steps:
        ends, ends_day = until, to_day
        if step.length is not None:
            days += step.length.most * (7 if step.length.unit is Unit.WEEK else 1)
            ends = first_second(_later(first, days), zone)
            ends_day = True
            if until is not None and until < ends:
                ends, ends_day = until, to_day
        yield Span(begins, ends, step.repetition, from_day, ends_day, whole_day)
        assert ends is not None
        begins, from_day, whole_day = ends, ends_day, ends_day


def _is_treated(point: Point | None, start: int, visit: Visit) -> bool:
    """Rule 6: whether a whole day is D, which begins with the end of the treatment."""
    return isinstance(point, NumberedDay) and start == visit.end


def _due(
    span: Span, limit: int, zone: ZoneInfo, waking: DayTime, after: int | None
) -> Iterator[tuple[int, bool]]:
    """Yield what is due in a part; `after` is the end of the treatment that it has to follow."""
    stop = limit if span.until is None else span.until
    first = local(span.start, zone).date()
    for second, suggested, owner in _rhythmical(span, stop, zone, waking, after):
        if owner is None:
            begun, over = second >= span.start, second >= stop
        else:
            # At midnight or a bedtime after it what counts is the day that it ends.
            last = local(stop, zone).date()
            begun = owner >= first if span.from_day else second >= span.start
            over = owner >= last if span.to_day else second >= stop
        # Rule 18: what is only suggested lies after the treatment.
        soon = suggested and after is not None and second <= after
        if begun and not over and not soon:
            yield second, suggested


def _soonest(start: int, after: int | None) -> int:
    """Rule 18: what is due at once is not suggested for the very minute of the treatment."""
    return start if after is None or start > after else after + _QUARTER


def _rhythmical(
    span: Span, stop: int, zone: ZoneInfo, waking: DayTime, after: int | None
) -> Iterator[tuple[int, bool, date | None]]:
    interval, start = span.rhythm.interval, span.start
    if interval is not None and interval.unit in _ELAPSED and not span.rhythm.waking:
        begins = start
        if span.whole_day:
            begins = _soonest(start, after)
            wakes = _shown(local(begins, zone).date(), waking.least, zone)
            begins = max(begins, wakes or begins)
        step = interval.most * _ELAPSED[interval.unit]
        yield from ((second, span.whole_day, None) for second in range(begins, stop, step))
        return
    yield from _by_dates(span.rhythm, start, stop, zone, waking, after)


def _by_dates(
    rhythm: Repetition,
    start: int,
    stop: int,
    zone: ZoneInfo,
    waking: DayTime,
    after: int | None,
) -> Iterator[tuple[int, bool, date | None]]:
    interval = rhythm.interval
    first, soonest = local(start, zone).date(), _soonest(start, after)
    # From the day before: its bedtime may be after midnight.
    for days in range(-1 if interval is None else 0, _YEARS // DAY):
        day = _later(first, days)
        # No zone is a day ahead of UTC; what is due after all is left out by its second.
        if utc_midnight(day) - DAY >= stop:
            return
        if interval is None:
            yield from _on_date(rhythm, day, start, zone, waking, after)
        elif interval.unit in _ELAPSED:
            begins, last = (_shown(day, minute, zone) for minute in (waking.least, waking.most))
            if begins is not None and last is not None:
                step = interval.most * _ELAPSED[interval.unit]
                seconds = range(max(begins, soonest), last + 1, step)
                yield from ((second, True, None) for second in seconds)
        elif _falls_on(day, first, interval.most, interval.unit):
            begins = _shown(day, waking.least, zone)
            if begins is not None and local(max(begins, soonest), zone).date() == day:
                yield max(begins, soonest), True, None


def _on_date(
    rhythm: Repetition,
    day: date,
    start: int,
    zone: ZoneInfo,
    waking: DayTime,
    after: int | None,
) -> list[tuple[int, bool, date | None]]:
    """Return what is due on a date, in order, with the date, whose midnight may be over."""
    if rhythm.daily is not None:
        number = rhythm.daily[1]
        shown = [_shown(day, minute, zone) for minute in _spread(number, waking)]
        due = sorted(second for second in shown if second is not None)
        soonest = _soonest(start, after)
        begins_within = {local(each, zone).date() for each in (start, soonest)} == {day}
        if begins_within and not any(
            each >= start and (after is None or each > after) for each in due
        ):
            due = [soonest]
        return [(second, True, day) for second in due]
    found: list[tuple[int, bool, date | None]] = []
    for part in rhythm.times:
        late = is_past_midnight(part)
        second = _shown(_later(day, 1) if late else day, _sensible(part, waking), zone)
        if second is not None:
            found.append((second, part.name is not None, day))
    return sorted(found, key=lambda each: each[:2])


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
    if part.name is None or is_past_midnight(part):
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
