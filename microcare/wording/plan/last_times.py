"""How what is forbidden before a treatment was kept, and why it can't be on this date, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from microcare.core.plan.last_times import Judged, Keeping
from microcare.core.sheet.conditions import Answer
from microcare.language.locales import end_sentence
from microcare.language.messages import mark, mark_as, say, say_as
from microcare.wording.conditions import condition_text
from microcare.wording.plan.words import name_own

if TYPE_CHECKING:
    from microcare.core.plan.plan import Plan
    from microcare.core.sheet.protocol import Protocol

KEEPING = {
    Keeping.KEPT: mark_as("interval", "kept"),
    Keeping.SHORT: mark_as("interval", "shorter than advised"),
    Keeping.BROKEN: mark_as("interval", "broken"),
}
"""What is said of each but of what nobody asked."""

_NOT_DUE = mark("not due yet")
_NO_INTERVAL = mark("no interval is stated, ask")


def list_barred(plan: Plan, named: Protocol) -> tuple[str, ...]:
    """Return why it can't be on this date, in the names of a protocol, and the earliest date."""
    if not plan.broken:
        return ()
    told = [end_sentence(_words(each, plan, named)) for each in plan.broken]
    return (*dict.fromkeys((*told, *list_earliest(plan))),)


def list_earliest(plan: Plan) -> tuple[str, ...]:
    """Return in a sentence each from when on treatments can be, nothing where no date was found."""
    # Few patients broke anything: start-up counts.
    from microcare.core.plan.asking import list_next
    from microcare.wording.earliest import opening_words

    return tuple(
        say(
            "The earliest date for {treatment} is {date}.",
            treatment=name_own(treatment, plan),
            date=opening_words(found.earliest, plan),
        )
        if plan.is_joint
        else say("The earliest date is {date}.", date=opening_words(found.earliest, plan))
        for treatment, found in list_next(plan)
        if found.earliest is not None
    )


def list_judged(plan: Plan, named: Protocol) -> tuple[str, ...]:
    """Return how what has begun by now was kept, where something is known of any of it."""
    if not plan.lasts:
        return ()
    told = (
        f"{say_as('interval', KEEPING[each.keeping])}: {_words(each, plan, named)}"
        for each in plan.judged
        if each.keeping is not Keeping.UNASKED
    )
    return (*dict.fromkeys([*told, *_list_idle(plan, named)]),)


def _list_idle(plan: Plan, named: Protocol) -> Iterable[str]:
    """Yield what was told and no ban has anything to do with so far."""
    from microcare.core.plan.last_times import list_concerned, looks_back

    judged = {each.last for each in plan.judged}
    for last in plan.lasts:
        if last not in judged:
            label = named.topics[last.topic].label
            bans = list_concerned(plan.protocol, last.topic)
            told = _NOT_DUE if any(map(looks_back, bans)) else _NO_INTERVAL
            yield f"{say(told)}: {label}"


def _words(each: Judged, plan: Plan, named: Protocol) -> str:
    from microcare.wording.earliest import ban_words  # few plans know of it: start-up counts

    if each.last is None:
        raise ValueError("its last time is not known")
    instruction = each.planned.instruction
    words = ban_words(instruction, each.last, plan, named)
    if plan.is_joint:
        words = f"{name_own(each.planned.treatment, plan)}: {words}"
    if instruction.condition is None or each.planned.applies is not Answer.ASK:
        return words
    condition = condition_text(instruction.condition, named.factors)
    return f"{words} (" + say("if {condition}", condition=condition) + ")"
