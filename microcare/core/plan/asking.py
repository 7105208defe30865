"""What is still to be asked before an appointment, and what comes too late for it."""

from __future__ import annotations

from microcare.core.plan.earliest import Earliest, find_earliest
from microcare.core.plan.last_times import Keeping, list_last_names, list_treated
from microcare.core.plan.openings import Inquiry
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import PlannedInstruction
from microcare.core.plan.treatments import Treatment
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.points import Side
from microcare.core.sheet.verbs import Verb


def list_late(plan: Plan) -> tuple[PlannedInstruction, ...]:
    """Return what should have been done or begun before the treatment, and by now."""
    found = []
    for each in plan.applicable:
        if each.instruction.verb is Verb.CALL_IF:
            continue
        traits, due = each.instruction.verb.traits, each.dated.start_at_latest or each.dated.start
        if each.side is Side.BEFORE and traits.asks and due is not None and due < plan.now:
            found.append(each)
    return tuple(found)


def list_unasked(plan: Plan) -> tuple[str, ...]:
    """Return the topics whose last time is unknown and matters, all where none is known."""
    names = list_last_names(plan.protocol)
    if not plan.lasts:
        return names
    unasked = {each.topic for each in plan.judged if each.keeping is Keeping.UNASKED}
    return tuple(each for each in names if each in unasked)


def list_screened(plan: Plan) -> tuple[str, ...]:
    """Return the factors with which the treatment is not done, and that were not asked."""
    found = dict.fromkeys(
        name
        for each in plan.instructions
        if each.instruction.verb.traits.screens and each.applies is Answer.ASK
        for name in each.instruction.topics
        if name not in plan.answers
    )
    return tuple(found)


def list_next(plan: Plan) -> tuple[tuple[Treatment, Earliest], ...]:
    """Return the treatments that can't be on their dates, each with its earliest appointments.

    These lie behind what the patient last did and behind the plan's other treatments, but for later
    ones. Of two that are too near each other it is the later that must wait.
    """
    waiting = dict.fromkeys(
        each.planned.treatment.number
        for each in plan.broken
        if each.last is not None
        and each.last.day is not None
        and (each.last in plan.lasts or each.last.day <= each.planned.visit.day)
    )
    return tuple(
        (each, _find_next(plan, each)) for each in plan.treatments if each.number in waiting
    )


def _find_next(plan: Plan, treatment: Treatment) -> Earliest:
    factors, visit = plan.protocol.factors, treatment.visit
    # What the appointment's own time of day answers holds for no other one.
    answers = {name: each for name, each in plan.answers.items() if factors[name].before is None}
    passed = tuple(each for each in plan.treatments if each.visit.day <= visit.day)
    bans = [each for each in treatment.protocol.instructions if each.verb.traits.restricts]
    lasts = (*plan.lasts, *list_treated(treatment, passed, bans))
    zone, source = visit.zone, visit.zone_source
    return find_earliest(Inquiry(treatment.protocol, lasts, answers, plan.now, zone, source))
