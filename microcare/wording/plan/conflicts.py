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
from microcare.wording.conditions import condition_text
from microcare.wording.labels import topic_labels
from microcare.wording.rules import rule_text
from microcare.wording.verbs import WORDS, written_verb


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
    rule = rule_text(instruction, protocol) or "with no time stated"
    verb = WORDS[Verb.MAY].verb if instruction.verb is Verb.MAY else written_verb(instruction)
    words = f"{verb} {rule}"
    if instruction.comes_without:
        words = "come without"
    if instruction.ask_first is not None:
        words += f", after asking {instruction.ask_first}"
    if instruction.condition is not None:
        pause = "," if instruction.ask_first is not None else ""
        words += f"{pause} if {condition_text(instruction.condition, protocol.factors)}"
    return f"“{words}”"


def _sentence(alike: list[Conflict], plan: Plan) -> str:
    labels = topic_labels((each.topic for each in alike), plan.protocol.topics)
    said = "; ".join(_quote_named(each, plan) for each in alike[0].instructions)
    governs = alike[0].governs
    # Where its condition holds one rule governs, else the other; under one the later end holds.
    first = [each for each in governs if each.restricts and each.applies is Answer.ASK]
    rule = ", and otherwise ".join(
        " and ".join(_quote_named(each, plan) for each in chosen)
        for chosen in (first, [each for each in governs if each not in first])
        if chosen
    )
    if len(governs) == len(alike[0].instructions) and not first:
        rule = "all of them, and what ends last holds"
    says = "protocols say" if plan.has_sheets else "protocol says"
    return f"{labels}: the {says} {said}. The plan follows {rule}."


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
