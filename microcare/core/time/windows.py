"""A window around one appointment: its instants, rounded to the careful side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from microcare.core.sheet.implied import (
    edge_of_part,
    ends_itself,
    implied_start,
    implied_until,
    interval_bounds,
)
from microcare.core.sheet.instruction import Instruction, StateRule
from microcare.core.sheet.points import (
    Clock,
    Edge,
    Length,
    NumberedDay,
    Offset,
    Point,
    Qualifier,
    Side,
    is_part_of_day,
)
from microcare.core.sheet.protocol import DayOne
from microcare.core.time.dated import Dated
from microcare.core.time.readings import Clockwork, Readings

LONG_WAIT = timedelta(days=7)
"""An avoid-window at least this long before the treatment also shows its last fine day."""

_DAY = timedelta(days=1)


def date_window(instruction: Instruction, clockwork: Clockwork) -> Dated:
    """Return the instants of an instruction's window around the clockwork's appointment.

    A bound counted from something without a date is unstated.
    """
    if instruction.window.at is not None:
        return _date_moment(instruction.window.at, clockwork)
    if instruction.verb.traits.is_interval:
        return _make_room(_date_interval(instruction, clockwork), instruction, clockwork)
    if instruction.verb.traits.permits:
        return _make_room(_date_permission(instruction, clockwork), instruction, clockwork)
    dated = _make_room(_date_duty(instruction, clockwork), instruction, clockwork)
    return _end_course(dated, instruction, clockwork) if ends_itself(instruction) else dated


def _end_course(dated: Dated, instruction: Instruction, clockwork: Clockwork) -> Dated:
    from microcare.core.time.courses import (
        end_course,  # few protocols have courses: start-up counts
    )

    until = end_course(instruction, dated, clockwork.visit, clockwork.times_of_day)
    return replace(dated, until=until)


def _make_room(dated: Dated, instruction: Instruction, clockwork: Clockwork) -> Dated:
    """Return a window that does not end before it begins, where hours and days meet.

    "For the rest of the day" is the whole day where no time of day is known, and "from 08:00
    until the treatment" lasts until that day is over; "from 4 hours after until the end of the
    day" leaves nothing after a late appointment.
    """
    if dated.start is None or dated.until is None or dated.start < dated.until:
        return dated
    visit = clockwork.visit
    start, until = dated.until, dated.until
    traits = instruction.verb.traits
    if visit.all_day and not (traits.permits or traits.is_interval):
        opens, closes = implied_start(instruction), implied_until(instruction)
        rest_of_day = isinstance(opens, Edge) and not isinstance(closes, Edge)
        if rest_of_day and visit.start < dated.until:
            start = visit.start
        elif closes == Edge(Side.BEFORE) and dated.start < visit.end:
            start, until = dated.start, visit.end
    return replace(dated, start=start, until=until, start_at_latest=None, until_at_least=None)


def _date_moment(point: Point, clockwork: Clockwork) -> Dated:
    opening = None if clockwork.is_placeless(point) else clockwork.opening(point)
    if opening is None:
        return Dated()
    match _hedge(point):
        case Qualifier.NOT_BEFORE if not is_part_of_day(point):
            return Dated(start=opening.late)
        case Qualifier.NO_LATER if not is_part_of_day(point):
            return Dated(start=opening.early)
        case _:
            return Dated(start=opening.early, start_at_latest=opening.other_than_early)


def _hedge(point: Point | None) -> Qualifier | None:
    return point.qualifier if isinstance(point, Offset | Clock | Length) else None


def _date_interval(instruction: Instruction, clockwork: Clockwork) -> Dated:
    before, after = interval_bounds(instruction)
    opening = clockwork.opening(before, after_counted=True)
    closing = clockwork.closing(after, before_counted=True)
    last_ok = None
    if isinstance(before, Offset) and opening is not None:
        counted = min(clockwork.counted_days(before))
        last_ok = counted - _DAY if before.quantity.unit.elapses else counted
    return Dated(
        start=opening.early if opening else None,
        start_at_latest=opening.other_than_early if opening else None,
        until=closing.late if closing else None,
        until_at_least=closing.other_than_late if closing else None,
        last_ok=last_ok,
    )


def _close(
    start: Point | None,
    until: Point | None,
    opening: Readings | None,
    clockwork: Clockwork,
    *,
    before_counted: bool = False,
) -> Readings | None:
    if until is None:
        return None
    if not isinstance(until, Length):
        return clockwork.closing(until, before_counted=before_counted)
    if start is None or opening is None:
        return None
    return clockwork.closing_after(until, start, opening)


def _bounds(instruction: Instruction, clockwork: Clockwork) -> tuple[Point | None, Point | None]:
    """Return where a window opens and closes; what has no date itself implies no other bound."""
    window = instruction.window
    stated = window.until if window.start is None else window.start
    if stated is None or isinstance(stated, Length) or clockwork.opening(stated) is not None:
        return implied_start(instruction), implied_until(instruction)
    return window.start, window.until


def _date_permission(instruction: Instruction, clockwork: Clockwork) -> Dated:
    if clockwork.day_one is DayOne.UNSTATED:
        # An unstated Day 1 moves a permission as a whole to the later day.
        clockwork = replace(clockwork, day_one=DayOne.NEXT_DAY)
    start, until = _bounds(instruction, clockwork)
    # A part of the day is named, and so in as a whole, as a named day is.
    start = start and edge_of_part(start, opens=True)
    until = until and edge_of_part(until, opens=False)
    opening = clockwork.opening(start, after_counted=True) if start is not None else None
    # How long it lasts is counted from the day named, not from the next one, which is the first in.
    counted = clockwork.opening(start) if start is not None else None
    closing = _close(start, until, counted, clockwork, before_counted=True)
    ends = closing.early if closing is not None else None
    keeps_time = (
        instruction.window.until_state is None
        or instruction.window.until_rule is not StateRule.LATER
    )
    return Dated(
        start=opening.late if opening is not None else None,
        until=ends if keeps_time else None,
        until_at_least=None if keeps_time else ends,
    )


def _date_duty(instruction: Instruction, clockwork: Clockwork) -> Dated:
    start, until = _bounds(instruction, clockwork)
    opening = clockwork.opening(start) if start is not None else None
    closing = _close(start, until, opening, clockwork)
    opening, closing = _keep_hedges(instruction, opening, closing)
    begins = opening.early if opening else None
    ends, at_least = _careful_end(closing, instruction)
    if at_least is not None and begins is not None and at_least <= begins:
        at_least = None
    return Dated(
        start=begins,
        start_at_latest=_range_end(start, opening.other_than_early) if opening else None,
        until=ends,
        until_at_least=at_least,
        last_ok=_last_fine_day(instruction, start, clockwork),
    )


def _keep_hedges(
    instruction: Instruction, opening: Readings | None, closing: Readings | None
) -> tuple[Readings | None, Readings | None]:
    """Return a task's bounds, narrowed where the sheet says "not before" or "no later than"."""
    if instruction.verb.traits.restricts:
        return opening, closing
    start, until = instruction.window.start, instruction.window.until
    if opening is not None and _hedge(start) is Qualifier.NOT_BEFORE:
        opening = opening if is_part_of_day(start) else replace(opening, earlies=(opening.late,))
    if closing is not None and _hedge(until) is Qualifier.NO_LATER:
        closing = closing if is_part_of_day(until) else replace(closing, lates=(closing.early,))
    return opening, closing


def _careful_end(
    closing: Readings | None, instruction: Instruction
) -> tuple[datetime | None, datetime | None]:
    if closing is None:
        return None, None
    until = instruction.window.until
    counts_from_day = isinstance(until, Length) and until.quantity.least == until.quantity.most
    stated = instruction.window.start if counts_from_day else until
    shortest = _range_end(stated, closing.other_than_late)
    if instruction.window.until_state is not None:
        match instruction.window.until_rule:
            case StateRule.LATER:
                return None, closing.late
            case StateRule.EARLIER:
                return closing.late, shortest
            case _ if instruction.verb.traits.restricts:
                return None, closing.late
            case _:
                return closing.late, shortest
    return closing.late, shortest


def _range_end(point: Point | None, other: datetime | None) -> datetime | None:
    """Return the other end of a stated range; what a "Day 1" may mean is no range."""
    if isinstance(point, Clock) and point.time.least == point.time.most:
        point = point.day
    return None if isinstance(point, NumberedDay) else other


def _last_fine_day(
    instruction: Instruction, start: Point | None, clockwork: Clockwork
) -> date | None:
    if not instruction.verb.traits.restricts or not isinstance(start, Offset):
        return None
    if start.side is not Side.BEFORE or start.quantity.unit.elapses:
        return None
    days = clockwork.counted_days(start)
    if not days:
        return None
    first = min(days)
    return first - _DAY if clockwork.visit.day - first >= LONG_WAIT else None
