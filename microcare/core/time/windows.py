"""A window around one appointment: its instants, rounded to the careful side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from microcare.core.sheet.instruction import Instruction, StateRule
from microcare.core.sheet.points import (
    TIMES_OF_DAY,
    DayTime,
    Length,
    NumberedDay,
    Offset,
    Point,
    Qualifier,
    Side,
    find_hedge,
    is_part_of_day,
)
from microcare.core.time.calendars import Calendar, Form, Readings
from microcare.core.time.dated import Dated
from microcare.core.time.places import AT_END, BEGIN, TREATMENT_DAY, PlaceReader
from microcare.core.values import replace

LONG_WAIT = timedelta(days=7)
"""An avoid-window at least this long before the treatment also shows its last fine day."""

_DAY = timedelta(days=1)


def date_window(
    instruction: Instruction,
    calendar: Calendar,
    reader: PlaceReader,
    times_of_day: Mapping[str, DayTime] = TIMES_OF_DAY,
) -> Dated:
    """Return the instants of an instruction's window around the calendar's appointment.

    A bound counted from something without a date is unstated.
    """
    at = instruction.window.at
    if at is not None and calendar.is_placeless(at):
        return Dated()
    if calendar.faces:
        # Few appointments are whole days: start-up counts.
        from microcare.core.time.whole_days import join_readings

        early, late = (_date_bounds(instruction, each, reader) for each in calendar.faces)
        dated = join_readings(instruction, early, late)
    else:
        dated = _date_bounds(instruction, calendar, reader)
    if at is not None:
        return dated
    dated = _make_room(_drop_idle_least(dated))
    # The total governs a length: the last dose may lie behind it.
    totals = isinstance(instruction.window.until, Length) and instruction.has_last_dose
    if instruction.ends_itself or (totals and dated.until):
        from microcare.core.time.courses import end_course  # few have courses: start-up counts

        ended = end_course(instruction, dated, calendar.visit, times_of_day)
        is_later = ended.until and dated.until and ended.until > dated.until
        return ended if instruction.ends_itself or is_later else dated
    return dated


def _date_bounds(instruction: Instruction, calendar: Calendar, reader: PlaceReader) -> Dated:
    """Return a window's instants as they are counted, which may leave it no room."""
    at, traits = instruction.window.at, instruction.verb.traits
    placed = reader.window(instruction)
    opens = placed.opens
    if isinstance(at, NumberedDay) and calendar.form is Form.TREATMENT:
        # At no known hour of D it is the whole of it.
        opens = tuple(TREATMENT_DAY.then(BEGIN) if each == AT_END else each for each in opens)
    opening = calendar.read_bound(opens)
    if at is not None:
        return _date_moment(at, opening)
    opening, closing = _keep_stated(instruction, opening, calendar.read_bound(placed.closes))
    ends_with_treatment = (
        not traits.permits
        and calendar.is_unknown_end(instruction.window.until)
        and placed.opens != placed.closes
    )
    if ends_with_treatment:
        day_ends = (calendar.visit.day_start(calendar.visit.day + _DAY),)
        closing = Readings(day_ends, day_ends, (Form.EDGE,))
    date_bounds = _date_permission if traits.permits else _date_duty
    dated = date_bounds(instruction, opening, closing)
    last_ok = _last_fine_day(instruction, calendar, reader)
    if last_ok is not None or ends_with_treatment:
        dated = replace(dated, last_ok=last_ok, ends_with_treatment=ends_with_treatment)
    return dated


def _keep_stated(
    instruction: Instruction, opening: Readings | None, closing: Readings | None
) -> tuple[Readings | None, Readings | None]:
    """Return both bounds; what has no date itself implies no other one."""
    starts, ends = instruction.window.start is not None, instruction.window.until is not None
    if starts != ends and (opening if starts else closing) is None:
        return None, None
    return opening, closing


def _drop_idle_least(dated: Dated) -> Dated:
    """Return a window without the nearer end of a range that lies before it even begins."""
    start, at_least = dated.start, dated.until_at_least
    idle = start is not None and at_least is not None and at_least <= start
    return replace(dated, until_at_least=None) if idle else dated


def _make_room(dated: Dated) -> Dated:
    """Return a window that does not end before it begins, where hours and days meet.

    "From 4 hours after until the end of the day" leaves nothing after a late appointment.
    """
    if dated.start is None or dated.until is None or dated.start < dated.until:
        return dated
    return replace(
        dated,
        start=dated.until,
        start_at_latest=None,
        until_at_least=None,
        start_form=dated.until_form if dated.start > dated.until else dated.start_form,
    )


def _date_moment(point: Point, opening: Readings | None) -> Dated:
    if opening is None:
        return Dated()
    if isinstance(point, NumberedDay):
        # On D it begins with the end of the treatment, and is told as a date all the same.
        opening = replace(opening, forms=(Form.EDGE,) * len(opening.forms))
    opening = _narrow(opening, point, Qualifier.NOT_BEFORE, Qualifier.NO_LATER)
    latest = opening.other_than_early
    return Dated(
        start=opening.early,
        start_at_latest=latest,
        start_form=opening.form_of_early,
        latest_form=opening.form_of(latest),
    )


def _narrow(readings: Readings, point: Point | None, *hedges: Qualifier) -> Readings:
    """Return the reading of a bound that "not before" or "no later than" leaves, if it says so."""
    hedge = find_hedge(point)
    if hedge not in hedges or is_part_of_day(point):
        return readings
    if hedge is Qualifier.NOT_BEFORE:
        return Readings((readings.late,), (readings.late,), (readings.form_of_late,))
    return Readings((readings.early,), (readings.early,), (readings.form_of_early,))


def _date_permission(
    instruction: Instruction, opening: Readings | None, closing: Readings | None
) -> Dated:
    ends, window = closing.early if closing is not None else None, instruction.window
    keeps_time = window.until_state is None or window.until_rule is not StateRule.LATER
    return Dated(
        start=opening.late if opening is not None else None,
        until=ends if keeps_time else None,
        until_at_least=None if keeps_time else ends,
        start_form=opening.form_of_late if opening is not None else Form.INSTANT,
        until_form=closing.form_of_early if closing is not None else Form.INSTANT,
    )


def _date_duty(
    instruction: Instruction, opening: Readings | None, closing: Readings | None
) -> Dated:
    window, is_task = instruction.window, not instruction.verb.traits.restricts
    start = latest = ends = at_least = None
    start_form = latest_form = until_form = least_form = Form.INSTANT
    if opening is not None:
        if is_task:
            opening = _narrow(opening, window.start, Qualifier.NOT_BEFORE)
        start, latest = opening.early, opening.other_than_early
        start_form, latest_form = opening.form_of_early, opening.form_of(latest)
    if closing is not None:
        if is_task:
            closing = _narrow(closing, window.until, Qualifier.NO_LATER)
        ends, at_least = _careful_end(closing, instruction)
        until_form, least_form = closing.form_of_late, closing.form_of(at_least)
    return Dated(
        start, ends, latest, at_least, None, start_form, until_form, latest_form, least_form
    )


def _careful_end(
    closing: Readings, instruction: Instruction
) -> tuple[datetime | None, datetime | None]:
    window, traits, shortest = instruction.window, instruction.verb.traits, closing.other_than_late
    if find_hedge(window.until) is Qualifier.AT_LEAST and not traits.is_interval:
        # No longer one is stated, and none is made up.
        shortest = closing.late
    rule = window.until_rule
    waits = rule is StateRule.LATER or (rule is not StateRule.EARLIER and traits.restricts)
    if window.until_state is not None and waits:
        return None, closing.late
    return closing.late, shortest


def _last_fine_day(
    instruction: Instruction, calendar: Calendar, reader: PlaceReader
) -> date | None:
    """Return the last date on which what is stopped or waited for is still fine.

    Of an interval that is the day counted, in hours the last day that is wholly safe; a ban that is
    counted in days has one where it begins long before.
    """
    traits, start = instruction.verb.traits, instruction.window.start
    if traits.is_interval:
        start, _ = instruction.interval_bounds
    if not traits.restricts or not isinstance(start, Offset) or start.side is not Side.BEFORE:
        return None
    elapses = start.quantity.unit.elapses
    if elapses and not traits.is_interval:
        return None
    days = [day for place in reader.point(start) for day in calendar.days(place)]
    if not days:
        return None
    first = min(days)
    if traits.is_interval:
        return first - _DAY if elapses else first
    return first - _DAY if calendar.visit.day - first >= LONG_WAIT else None
