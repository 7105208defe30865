"""Reminders of what is to be done once, and of what is to be stopped, at a clock time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import Kind, PlannedInstruction
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.instruction import Instruction, Strength
from microcare.core.sheet.points import Clock, Edge, Length, Offset, Qualifier, is_part_of_day
from microcare.core.sheet.vocabulary import find_groups
from microcare.export.ics.alarms import AT_ITS_HOUR
from microcare.export.ics.descriptions import tell_row
from microcare.export.ics.event_titles import (
    fit_title,
    is_person,
    moment_title,
    perhaps_words,
    stop_title,
)
from microcare.export.ics.events import Category, Draft, Ring
from microcare.export.ics.title_names import TitleNames
from microcare.language.messages import say
from microcare.wording.dates import short_weekday
from microcare.wording.plan.rows import RowWriter
from microcare.wording.plan.words import PlanWords

PERSON_EVENINGS = 3
"""So many evenings before the patient is told to find somebody, or to ask."""

_STOP = timedelta(minutes=15)
"""How long what tells of a stop stands in the calendar."""


def task_key(instruction: Instruction) -> str:
    """Return the key of the event of what is to be done at a time of its own."""
    return f"moment {instruction.id}"


def list_tasks(
    plan: Plan, words: PlanWords, writer: RowWriter, notice: timedelta
) -> Iterable[Draft]:
    """Yield what has a clock time of its own and is not over at the plan's `now`.

    A part of a day lasts from its beginning to its end, and so does what is to be done once
    between two times of one day. A person is to be found by a day, whatever its hour. `notice` is
    how long before its time a deadline rings.
    """
    names = plan.protocol.recall(TitleNames)
    for each in plan.instructions:
        instruction = each.instruction
        if each.applies is Answer.NO or not instruction.verb.traits.asks:
            continue
        if instruction.strength is Strength.MAY or each.is_overruled(each.dated.start):
            continue
        placed = _place_task(each, plan)
        if placed is None:
            continue
        start, end = placed
        perhaps = each.applies is Answer.ASK or writer.may_be_forbidden(each)
        title = moment_title(each, plan, words, names, perhaps=perhaps)
        lines = [tell_row(writer.told_row(each))]
        ring = _ring_of_task(each, start, end, plan, notice)
        yield Draft(
            key=task_key(instruction),
            title=title,
            lines=lines,
            start=start,
            end=end,
            ring=ring,
            category=Category.TASK,
            tentative=not each.treatment.booked,
            by_clock=_is_by_clock(instruction),
        )


def list_stops(
    plan: Plan, words: PlanWords, writer: RowWriter, notice: timedelta
) -> Iterable[Draft]:
    """Yield when food and drink are to be stopped at a clock time that lies ahead.

    That is where a ban on them begins, or where the sheet allows them no longer; not what is
    forbidden before it, nor at an hour that only the appointment's own can tell. `notice` is how
    long before they ring.
    """
    names = plan.protocol.recall(TitleNames)
    stops = [
        (each, stop, topics)
        for each in plan.instructions
        if each.applies is not Answer.NO
        and (stop := _find_stop(each, plan)) is not None
        and (topics := _list_stopped(each, stop, plan))
    ]
    begun = {(stop, name) for each, stop, topics in stops if each.restricts for name in topics}
    for each, stop, topics in stops:
        if not each.restricts and any(
            (stop, name) in begun
            for topic in topics
            for name in (topic, *find_groups(topic, plan.protocol.topics))
        ):
            continue
        day = plan.visit.local_date(stop)
        yield Draft(
            key=f"{'begin' if each.restricts else 'end'} {each.instruction.id}",
            title=stop_title(each, topics, f"{short_weekday(day)} {words.clock(stop)}", names),
            lines=[tell_row(writer.told_row(each))],
            start=stop,
            end=stop + _STOP,
            ring=Ring(notice, firm=True, at_its_hour=True),
            category=Category.TASK,
            tentative=not each.treatment.booked,
        )


def list_questions(plan: Plan, writer: RowWriter) -> Iterable[Draft]:
    """Yield of what somebody is to be asked first, on the day on which it begins."""
    names = plan.protocol.recall(TitleNames)
    for each in plan.instructions:
        instruction, start = each.instruction, each.dated.start
        if instruction.ask_first is None or each.applies is Answer.NO or start is None:
            continue
        if start <= plan.now or not instruction.verb.traits.binds:
            continue
        lead = say("ask first about")
        if each.applies is Answer.ASK:
            lead = perhaps_words(lead)
        yield Draft(
            key=f"ask {instruction.id}",
            title=fit_title(lead, names.list_labels(instruction.verb, instruction.topics)),
            lines=[tell_row(writer.told_row(each))],
            start=plan.visit.local_date(start),
            ring=Ring(evenings=PERSON_EVENINGS, firm=True),
            category=Category.TASK,
            tentative=not each.treatment.booked,
        )


def has_time(each: PlannedInstruction) -> bool:
    """Return whether a moment is at a clock time or in a part of a day, not a whole day."""
    start = each.dated.start
    if start is None:
        return False
    match each.instruction.window.at:
        case Clock():
            return True
        case Offset(quantity=quantity):
            return quantity.unit.elapses
        case Edge():
            # The visit has its own event; what starts with a day is dated by its first instant.
            own, day = {each.visit.start, each.visit.end}, each.visit.local_date(start)
            return start not in own and start != each.visit.day_start(day)
        case _:
            return False


def _place_task(
    each: PlannedInstruction, plan: Plan
) -> tuple[date | datetime, datetime | None] | None:
    """Return when a task begins and ends; None of what has no event of its own, or is over."""
    start, end = each.dated.start, None
    if start is not None and has_time(each):
        end = each.dated.start_at_latest
    elif start is not None and _is_short_task(each, plan):
        end = each.dated.until
    elif _finds_person(each, plan):
        day = each.visit.day if start is None else plan.visit.local_date(start)
        return (day, None) if day >= plan.visit.local_date(plan.now) else None
    else:
        return None
    return (start, end) if (end or start) >= plan.now else None


def _is_short_task(each: PlannedInstruction, plan: Plan) -> bool:
    """Return whether a window is one task, between two times of a day that its sheet names."""
    instruction, start, until = each.instruction, each.dated.start, each.dated.until
    if each.kind is not Kind.WINDOW or start is None or until is None or start >= until:
        return False
    repeats = instruction.repetition is not None or bool(instruction.steps)
    within = plan.visit.local_date(start) == plan.visit.local_date(until - timedelta.resolution)
    timed = isinstance(instruction.window.start, Clock)
    return instruction.verb.traits.is_task and timed and within and not repeats


def _is_by_clock(instruction: Instruction) -> bool:
    """Return whether the patient does it at a time of day, wherever that is.

    The clinic waits for who arrives or calls, and for what is to be done by an hour.
    """
    window = instruction.window
    points = (window.at,) if window.at is not None else (window.start, window.until)
    return instruction.verb.traits.doses and all(
        isinstance(each, Length)
        or (isinstance(each, Clock) and each.qualifier is not Qualifier.NO_LATER)
        for each in points
    )


def _finds_person(each: PlannedInstruction, plan: Plan) -> bool:
    """Return whether somebody is to be found who takes the patient home, or stays."""
    topics, traits = plan.protocol.topics, each.instruction.verb.traits
    return (
        traits.is_task
        and traits.needs_notice
        and any(is_person(name, topics) for name in each.instruction.topics)
    )


def _ring_of_task(
    each: PlannedInstruction,
    start: date | datetime,
    end: datetime | None,
    plan: Plan,
    notice: timedelta,
) -> Ring:
    instruction = each.instruction
    if _finds_person(each, plan):
        return Ring(evenings=PERSON_EVENINGS, firm=True)
    if instruction.verb.traits.is_journey and isinstance(start, datetime):
        return Ring(notice)
    if instruction.verb.traits.needs_notice or not isinstance(start, datetime):
        return Ring(firm=instruction.is_deadline)
    if instruction.is_deadline:
        return Ring(notice, firm=True, at_its_hour=True)
    window = instruction.window
    # Who has until the forenoon is not woken at 5 am.
    at_its_hour = end is None and not is_part_of_day(window.at or window.start)
    return Ring(AT_ITS_HOUR, dose=instruction.verb.traits.is_taken, at_its_hour=at_its_hour)


def _find_stop(each: PlannedInstruction, plan: Plan) -> datetime | None:
    """Return the clock time ahead at which a ban begins or a permission before the visit ends."""
    dated, visit = each.dated, each.visit
    stop, with_day, guessed = dated.start, dated.starts_with_day, dated.start_otherwise
    if each.instruction.verb.traits.permits:
        stop, with_day, guessed = dated.until, dated.ends_with_day, dated.until_otherwise
        if stop is not None and stop > visit.start:
            return None
    elif not each.restricts:
        return None
    if each.kind is not Kind.WINDOW or stop is None or with_day or guessed is not None:
        return None
    return stop if plan.now < stop and stop not in (visit.start, visit.end) else None


def _list_stopped(each: PlannedInstruction, stop: datetime, plan: Plan) -> tuple[str, ...]:
    """Return what of food and drink is stopped then, and was not before by another rule."""
    topics, before = plan.protocol.topics, stop - timedelta.resolution
    condition, implies = each.instruction.condition, plan.ledger.open_answers.implies
    named = (name for name in each.instruction.topics if topics[name].is_food)
    if each.instruction.verb.traits.permits:
        return tuple(name for name in named if not each.is_overruled_for(name, before))
    return tuple(
        name
        for name in named
        if not any(
            claim.rule is not each
            and claim.meets(before, stop)
            and implies(condition, claim.rule.instruction.condition)
            for claim in plan.ledger.list_covering(name)
        )
    )
