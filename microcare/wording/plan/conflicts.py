"""Contradictions in words: what a protocol says about one topic, and what the plan follows."""

from __future__ import annotations

from collections.abc import Iterable

from microcare.core.plan.conflicts import Conflict
from microcare.core.plan.planned import PlannedInstruction
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.protocol import Protocol
from microcare.core.sheet.verbs import Verb
from microcare.wording.conditions import condition_text
from microcare.wording.labels import topic_labels
from microcare.wording.rules import rule_text
from microcare.wording.verbs import WORDS, written_verb


def conflict_sentences(conflicts: Iterable[Conflict], protocol: Protocol) -> tuple[str, ...]:
    """Return contradictions in words; those between the same instructions are one sentence."""
    alike: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Conflict]] = {}
    for each in conflicts:
        alike.setdefault((_ids(each.instructions), _ids(each.governs)), []).append(each)
    return tuple(_sentence(same, protocol) for same in alike.values())


def conflict_sentence(conflict: Conflict, protocol: Protocol) -> str:
    """Return one contradiction in words."""
    return _sentence([conflict], protocol)


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


def _sentence(alike: list[Conflict], protocol: Protocol) -> str:
    labels = topic_labels((each.topic for each in alike), protocol.topics)
    said = "; ".join(_quote_named(each, protocol) for each in alike[0].instructions)
    governs = alike[0].governs
    # Where its condition holds one rule governs, else the other; under one the later end holds.
    first = [each for each in governs if each.restricts and each.applies is Answer.ASK]
    rule = ", and otherwise ".join(
        " and ".join(_quote_named(each, protocol) for each in chosen)
        for chosen in (first, [each for each in governs if each not in first])
        if chosen
    )
    if len(governs) == len(alike[0].instructions) and not first:
        rule = "all of them, and what ends last holds"
    return f"{labels}: the protocol says {said}. The plan follows {rule}."


def _quote_named(each: PlannedInstruction, protocol: Protocol) -> str:
    return f"{quote_rule(each.instruction, protocol)} ({each.instruction.id})"


def _ids(planned: Iterable[PlannedInstruction]) -> tuple[str, ...]:
    return tuple(each.instruction.id for each in planned)
