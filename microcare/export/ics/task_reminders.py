"""Reminders of what is to be done once, at a clock time or in a part of a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import Kind, PlannedInstruction
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.instruction import Strength
from microcare.core.sheet.points import Clock, Edge, Offset
from microcare.export.ics.event_titles import moment_title
from microcare.export.ics.events import Draft, Ring, tell_row
from microcare.export.ics.title_names import TitleNames
from microcare.wording.plan.rows import RowWriter
from microcare.wording.plan.words import PlanWords

BEFORE_TASK = timedelta(minutes=10)
"""How long before a task at a clock time its alarm rings."""


def list_tasks(plan: Plan, words: PlanWords, writer: RowWriter) -> Iterable[Draft]:
    """Yield what has a clock time of its own and is not over at the plan's `now`.

    A part of a day lasts from its beginning to its end, and so does what is to be done once
    between two times of one day.
    """
    names = TitleNames(plan.protocol)
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
        title = moment_title(each, plan, words, names, perhaps=perhaps)
        lines = [tell_row(writer.told_row(each))]
        ring = Ring(None if _needs_warning(each, plan) else BEFORE_TASK)
        yield Draft(f"moment {each.instruction.id}", title, lines, start, end, ring)


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


def _needs_warning(each: PlannedInstruction, plan: Plan) -> bool:
    """Return whether an alarm shortly before would come too late: to travel, arrange, rise."""
    start = each.dated.start
    if each.instruction.verb.traits.needs_notice or start is None:
        return True
    local = plan.visit.local(start)
    return local.hour * 60 + local.minute < plan.protocol.times_of_day["morning"].least
