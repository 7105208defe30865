"""Courses: what is taken or used again and again, worked out dose by dose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import islice

from microcare.core.sheet.instruction import Amounts, Instruction, Repetition, find_amounts
from microcare.core.sheet.points import (
    Clock,
    DayTime,
    Edge,
    Length,
    NumberedDay,
    Offset,
    Side,
    find_side,
)
from microcare.core.time.appointment import Appointment
from microcare.core.time.arithmetic import shift_date
from microcare.core.time.calendars import Form
from microcare.core.time.dated import Dated
from microcare.core.time.rhythms import Beginning, list_times
from microcare.core.values import replace, value

MAX_DOSES = 1000
"""The loader refuses a course with more doses than this around its sample appointments."""

_HARD_LIMIT = 2 * MAX_DOSES
_DAY = timedelta(days=1)
_LONGEST = timedelta(days=366 * 25)
"""No dose lies further from its course's beginning; every length in the language is shorter."""


@value
class Dose:
    """One dose of a course at an `instant` in UTC; `topics` are what is taken or used.

    `suggested` is a time of day that the sheet leaves open ("3 times a day"). `amounts` are those
    of this dose: of its step and, where it is of one topic, of that topic. `by_clock` is one at a
    time of day ("8 am", "bedtime"), not so many hours after the appointment or another dose.
    """

    instant: datetime
    topics: tuple[str, ...]
    amounts: Amounts | None = None
    suggested: bool = False
    by_clock: bool = False


def find_doses(
    instruction: Instruction,
    dated: Dated,
    visit: Appointment,
    times_of_day: Mapping[str, DayTime],
) -> tuple[Dose, ...]:
    """Return the doses of a course in `[dated.start, dated.until)`, in the order of their times.

    A bedtime after midnight belongs to the day before, and a total that the sheet gives governs a
    length: their doses may lie behind the end. What is suggested on the treatment day lies after
    the treatment, where the course follows it. There are none where the beginning or the end is not
    known, where the patient decides (“as needed”), and where hours count from an appointment
    without a time of day. Whether a condition holds is not looked at.
    """
    return tuple(islice(_list_doses(instruction, dated, visit, times_of_day), _HARD_LIMIT))


def end_course(
    instruction: Instruction,
    dated: Dated,
    visit: Appointment,
    times_of_day: Mapping[str, DayTime],
) -> Dated:
    """Return the dates of a course that ends by its own steps or count, with that end.

    That is 00:00 after the last step's last day or after the date of the last dose, and the last
    dose itself where stated hours or minutes lie between them. There is none without a known
    beginning.
    """
    until, form = None, Form.EDGE
    if dated.start is None:
        pass
    elif instruction.steps:
        until = list(_list_spells(instruction, dated, None, visit))[-1].until
    # Without its count, a course without an end would have no doses.
    elif doses := find_doses(instruction, dated, visit, times_of_day):
        last = doses[-1]
        until = visit.day_start(visit.local_date(last.instant) + _DAY)
        if _elapses(instruction.repetition) and not last.suggested and last.instant > dated.start:
            until, form = last.instant, Form.INSTANT
    return replace(dated, until=until, until_form=form)


def _elapses(repetition: Repetition | None) -> bool:
    interval = repetition.interval if repetition is not None else None
    return interval is not None and interval.unit.elapses


@value
class _Spell:
    """A part of a course with one rhythm, `[start, until)` in UTC; without `until` it is open.

    Its days are counted from the date `first`. `with_day` is one that starts with a whole day; one
    that ends with a whole day holds through `last`, with the bedtime after midnight that belongs to
    it.
    """

    start: datetime
    first: date
    until: datetime | None
    last: date | None
    with_day: bool
    repetition: Repetition
    amounts: Amounts | None = None


def _list_doses(
    instruction: Instruction,
    dated: Dated,
    visit: Appointment,
    times_of_day: Mapping[str, DayTime],
) -> Iterator[Dose]:
    dated = _limit_doses(instruction, dated, visit)
    start, until = dated.start, dated.until or dated.until_at_least
    if start is None or not instruction.verb.traits.doses or _lacks_hours(instruction, visit):
        return
    if until is None and not instruction.has_last_dose:
        return
    placed = 0
    last: datetime | None = None
    treated = visit.end if _follows_treatment(instruction, dated, visit) else None
    for spell in _list_spells(instruction, dated, until, visit):
        ends = min(spell.until or start + _LONGEST, start + _LONGEST)
        begins = Beginning(spell.start, spell.first, spell.with_day, treated)
        times = list_times(spell.repetition, begins, visit, times_of_day["waking"])
        for instant, suggested, day, by_clock in times:
            if day > spell.last if day is not None and spell.last is not None else instant >= ends:
                break
            # Clock changes can put two times of day at one instant, or before the course.
            if instant < spell.start or (last is not None and instant <= last):
                continue
            topics = instruction.topics
            if spell.repetition.in_turn:
                topics = (topics[placed % len(topics)],)
            amounts = find_amounts(instruction, topics, spell.amounts)
            yield Dose(instant, topics, amounts, suggested, by_clock)
            placed, last = placed + 1, instant
            if placed == spell.repetition.count_max:
                return


def _limit_doses(instruction: Instruction, dated: Dated, visit: Appointment) -> Dated:
    """Return a course's dates as far as its doses go.

    Where only the day of the treatment is known, what begins with its end begins with the next day,
    and what ends with its start ends with the day before. Of a treatment of unknown length nothing
    but the start is known. A total governs a length.
    """
    if visit.all_day and instruction.closes_at_start:
        dated = replace(dated, until=dated.until_otherwise or dated.until)
    if visit.all_day and instruction.implied_start == Edge(Side.AFTER):
        dated = replace(dated, start=visit.end)
    is_length = isinstance(instruction.window.until, Length)
    if instruction.ends_itself or (is_length and instruction.has_last_dose):
        return replace(dated, until=None, until_at_least=None)
    if dated.ends_with_treatment:
        return replace(dated, until=visit.end, until_form=Form.INSTANT)
    return dated


def _follows_treatment(instruction: Instruction, dated: Dated, visit: Appointment) -> bool:
    """Return whether a course follows the treatment: from it on, or from its day or evening on."""
    start = instruction.implied_start
    if start is None or dated.start is None:
        return False
    side = find_side(start)
    if side is not Side.DAY_OF or (isinstance(start, Clock) and not start.time.is_late):
        return side is Side.AFTER
    until = dated.until or dated.until_at_least
    return until is None or until > visit.day_start(visit.day + _DAY)


def _lacks_hours(instruction: Instruction, visit: Appointment) -> bool:
    """Return whether hours are counted from an appointment of which only the date is known."""
    if not visit.all_day:
        return False
    point = instruction.implied_start
    if isinstance(point, Offset):
        return point.quantity.unit.elapses
    rhythms = [instruction.repetition, *(step.repetition for step in instruction.steps[:1])]
    return isinstance(point, Edge) and any(
        _elapses(each) for each in rhythms if each is None or not each.waking
    )


def _list_spells(
    instruction: Instruction, dated: Dated, until: datetime | None, visit: Appointment
) -> Iterator[_Spell]:
    """Yield the spells of a course: its steps one after another, or the whole of it."""
    start = dated.start
    if start is None:
        return
    # A numbered day is one of the days counted, though on D it begins with the treatment's end.
    is_day = isinstance(instruction.implied_start, NumberedDay)
    with_day = is_day or dated.starts_with_day
    last = visit.local_date(until - timedelta.resolution) if until and dated.ends_with_day else None
    # Of a whole-day appointment the treatment is a moment on D, though dated with its edges.
    treated = dated.start_form is Form.TREATMENT
    first = day = visit.day if treated else visit.local_date(start)
    if not instruction.steps:
        if instruction.repetition is not None:
            yield _Spell(start, first, until, last, with_day, instruction.repetition)
        return
    if dated.start_form.is_within_day and not is_day:
        # The part of a day in which it begins is not counted: the first step is longer by it.
        day += _DAY
    for step in instruction.steps:
        ends, through = until, last
        if step.length is not None:
            day = shift_date(day, step.length.most, step.length.unit)
            step_ends = visit.day_start(day)
            if until is None or step_ends < until:
                ends, through = step_ends, day - _DAY
        if ends is None or start < ends:
            yield _Spell(start, first, ends, through, with_day, step.repetition, step.amounts)
        if ends is None or ends == until:
            return
        start, first, with_day = ends, day, True
