"""Reminders of what is to be done once, at a clock time or in a part of a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import Kind, PlannedInstruction
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.instruction import Instruction, Strength
from microcare.core.sheet.points import Clock, Edge, Length, Offset, Qualifier
from microcare.export.ics.descriptions import tell_row
from microcare.export.ics.event_titles import moment_title
from microcare.export.ics.events import Category, Draft, Ring
from microcare.wording.plan.rows import RowWriter
from microcare.wording.plan.words import PlanWords

BEFORE_TASK = timedelta(minutes=10)
"""How long before a task at a clock time its alarm rings."""


def list_tasks(plan: Plan, words: PlanWords, writer: RowWriter) -> Iterable[Draft]:
    """Yield what has a clock time of its own and is not over at the plan's `now`.

    A part of a day lasts from its beginning to its end, and so does what is to be done once
    between two times of one day.
    """
    for each in plan.instructions:
        start = each.dated.start
        if start is None or each.applies is Answer.NO or not each.instruction.verb.traits.asks:
            continue
        if each.is_overruled(start):
            continue
        if has_time(each, plan):
            end = each.dated.start_at_latest
        elif _is_short_task(each, plan):
            end = each.dated.until
        else:
            continue
        if (end or start) < plan.now:
            continue
        perhaps = each.applies is Answer.ASK or writer.may_be_forbidden(each)
        title = moment_title(each, plan, words, perhaps=perhaps)
        lines = [tell_row(writer.told_row(each))]
        ring = Ring(None if _needs_warning(each, plan) else BEFORE_TASK)
        yield Draft(
            f"moment {each.instruction.id}",
            title,
            lines,
            start,
            end,
            ring,
            category=Category.TASK,
            by_clock=_is_by_clock(each.instruction),
        )


def has_time(each: PlannedInstruction, plan: Plan) -> bool:
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
            own = {plan.visit.start, plan.visit.end}
            return start not in own and start != plan.visit.day_start(plan.visit.local_date(start))
        case _:
            return False


def _is_short_task(each: PlannedInstruction, plan: Plan) -> bool:
    """Return whether a window is one task, between two times of a day that its sheet names."""
    instruction, start, until = each.instruction, each.dated.start, each.dated.until
    if each.kind is not Kind.WINDOW or start is None or until is None or start >= until:
        return False
    repeats = instruction.repetition is not None or bool(instruction.steps)
    asked_for = instruction.verb.traits.is_task and instruction.strength is not Strength.MAY
    within = plan.visit.local_date(start) == plan.visit.local_date(until - timedelta.resolution)
    timed = isinstance(instruction.window.start, Clock)
    return asked_for and timed and within and not repeats


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


def _needs_warning(each: PlannedInstruction, plan: Plan) -> bool:
    """Return whether an alarm shortly before would come too late: to travel, arrange, rise."""
    start = each.dated.start
    if each.instruction.verb.traits.needs_notice or start is None:
        return True
    local = plan.visit.local(start)
    return local.hour * 60 + local.minute < plan.protocol.times_of_day["morning"].least
