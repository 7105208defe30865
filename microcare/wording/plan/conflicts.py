"""Contradictions in words: what a protocol says about one topic, and what the plan follows."""

from __future__ import annotations

from collections.abc import Iterable

from microcare.core.plan.conflicts import Conflict
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import PlannedInstruction
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.protocol import Protocol
from microcare.core.sheet.verbs import Verb
from microcare.language.locales import join_all
from microcare.language.messages import say
from microcare.wording.conditions import condition_text
from microcare.wording.labels import topic_labels
from microcare.wording.rules import rule_text
from microcare.wording.verbs import verb_words, written_verb


def conflict_sentences(plan: Plan) -> tuple[str, ...]:
    """Return a plan's contradictions; those between the same instructions are one sentence."""
    alike: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Conflict]] = {}
    for each in plan.conflicts:
        alike.setdefault((_ids(each.instructions), _ids(each.governs)), []).append(each)
    return tuple(_sentence(same, plan) for same in alike.values())


def conflict_sentence(conflict: Conflict, plan: Plan) -> str:
    """Return one contradiction in words."""
    return _sentence([conflict], plan)


def quote_rule(instruction: Instruction, protocol: Protocol) -> str:
    """Return what an instruction says in a few words: verb, time, person, condition, in quotes."""
    rule = rule_text(instruction, protocol) or say("with no time stated")
    verb = verb_words(Verb.MAY) if instruction.verb is Verb.MAY else written_verb(instruction)
    words = say("{verb} {time}", verb=verb, time=rule)
    if instruction.comes_without:
        words = say("come without")
    person = instruction.ask_first
    if person is not None:
        words = say("{rule}, after asking {person}", rule=words, person=person)
    if instruction.condition is not None:
        condition = condition_text(instruction.condition, protocol.factors)
        if person is None:
            words = say("{rule} if {condition}", rule=words, condition=condition)
        else:
            words += ", " + say("if {condition}", condition=condition)
    return f"“{words}”"


def _sentence(alike: list[Conflict], plan: Plan) -> str:
    labels = topic_labels((each.topic for each in alike), plan.protocol.topics)
    said = "; ".join(_quote_named(each, plan) for each in alike[0].instructions)
    governs = alike[0].governs
    # Where its condition holds one rule governs, else the other; under one the later end holds.
    first = [each for each in governs if each.restricts and each.applies is Answer.ASK]
    rule, otherwise = (
        join_all(_quote_named(each, plan) for each in chosen)
        for chosen in (first, [each for each in governs if each not in first])
    )
    if len(governs) == len(alike[0].instructions) and not first:
        rule = say("all of them, and what ends last holds")
    elif rule and otherwise:
        rule = say("{rule}, and otherwise {other}", rule=rule, other=otherwise)
    told = {"topics": labels, "said": said, "rule": rule or otherwise}
    if plan.has_sheets:
        return say("{topics}: the protocols say {said}. The plan follows {rule}.", **told)
    return say("{topics}: the protocol says {said}. The plan follows {rule}.", **told)


def _quote_named(each: PlannedInstruction, plan: Plan) -> str:
    return f"{quote_rule(each.instruction, plan.protocol)} ({name_rule(each, plan)})"


def name_rule(each: PlannedInstruction, plan: Plan) -> str:
    """Return the id of an instruction, of several sheets with that of its own."""
    own = each.instruction.id
    if not plan.has_sheets:
        return own
    return f"{each.treatment.protocol.id}: {own.removesuffix(f'@{each.treatment.number}')}"


def _ids(planned: Iterable[PlannedInstruction]) -> tuple[str, ...]:
    return tuple(each.instruction.id for each in planned)
