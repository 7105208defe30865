"""What a protocol says of a topic, in the few words of a table's cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.core.compare.statements import Family, verb_family
from microcare.core.sheet.conditions import condition_text
from microcare.core.sheet.implied import (
    closes_at_start,
    ends_itself,
    implied_start,
    implied_until,
)
from microcare.core.sheet.instruction import Strength
from microcare.core.sheet.points import Edge, Offset, Side, point_side
from microcare.core.sheet.verbs import Verb
from microcare.core.sheet.vocabulary import find_members, topic_labels
from microcare.wording.persons import person_words
from microcare.wording.words import quantities

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microcare.core.compare.comparison import ComparedTopic, Said
    from microcare.core.compare.statements import Statement
    from microcare.core.sheet.instruction import Instruction
    from microcare.core.sheet.points import Point
    from microcare.core.sheet.protocol import Protocol

ON_ITS_OWN = "yes"
"""What stands for a rule that needs no time and counts nothing."""

_ENDLESS = {Family.RESTRICTION, Family.TAKE}
"""Where an end that nobody stated is worth telling."""


def said_words(said: Said, row: ComparedTopic, protocol: Protocol) -> str | None:
    """Return what governs in a protocol, None where it says nothing."""
    words = (statement_words(each, row, protocol) for each in said.governing)
    return "; ".join(dict.fromkeys(words)) or None


def statement_words(each: Statement, row: ComparedTopic, protocol: Protocol) -> str:
    """Return one rule in words: its time, what else it counts, how wide it is."""
    instruction = each.instruction
    quantified = quantities(instruction, protocol.topics, each.topic)
    parts = [time_words(instruction), *quantified, *person_words(instruction)]
    if instruction.strength is Strength.MAY and not instruction.verb.permits:
        parts.insert(1, "optional")
    exceptions = relevant_exceptions(each, row, protocol)
    if exceptions:
        parts.append(f"except {topic_labels(exceptions, protocol.topics)}")
    words = ", ".join(parts)
    if each.topic != row.topic:
        words += f" (said of {protocol.topics[each.topic].label})"
    if row.key and not each.key:
        words += " (in any case)"
    elif each.key != row.key and each.condition is not None:
        words += f" (if {condition_text(each.condition, protocol.factors)})"
    return words


def relevant_exceptions(each: Statement, row: ComparedTopic, protocol: Protocol) -> tuple[str, ...]:
    """Return what a rule leaves out of a row's topic; the rest of a group is not at stake."""
    if not each.instruction.exceptions:
        return ()
    members = find_members(row.topic, protocol.topics)
    return tuple(name for name in each.instruction.exceptions if name in members)


def time_words(instruction: Instruction) -> str:
    """Return when a rule holds: in the file's own words, and what is not stated."""
    rule = instruction.window.rule
    endless, told = _is_endless(instruction), _tells_no_end(instruction)
    if rule is None:
        return _unstated(instruction, endless=endless, told=told)
    if instruction.stated_as is not None:
        return f"may resume {rule}"
    if instruction.verb is Verb.WAIT_SINCE:
        return f"last one at least {rule.removeprefix('at least ')}"
    for doubled in ("by ", "no later than "):
        rule = rule.replace(f" until {doubled}", f", {doubled}")
        rule = rule.removeprefix("until ") if rule.startswith(f"until {doubled}") else rule
    begins = instruction.window.start
    if endless and isinstance(begins, Offset) and point_side(begins) is Side.AFTER:
        rule = rule if rule.startswith("from ") else f"from {rule}"
        rule = f"{rule} on"
    if closes_at_start(instruction) and not _counts_to_start(begins):
        rule = f"{rule} until the treatment"
    return f"{rule}, no end stated" if told else rule


def _counts_to_start(begins: Point | None) -> bool:
    """Return whether a beginning says by itself that it is counted back from the treatment."""
    return isinstance(begins, Offset) and begins.lies is None


def _is_endless(instruction: Instruction) -> bool:
    """Return whether a window's end is not stated, though it lies on a side."""
    window = instruction.window
    ends = (window.at, implied_until(instruction), window.until_state, window.until_words)
    open_end = all(each is None for each in ends) and not ends_itself(instruction)
    return open_end and implied_start(instruction) is not None


def _tells_no_end(instruction: Instruction) -> bool:
    return _is_endless(instruction) and verb_family(instruction.verb) in _ENDLESS


def _unstated(instruction: Instruction, *, endless: bool, told: bool) -> str:
    window = instruction.window
    if isinstance(window.at, Edge):
        return "at the start" if window.at.side is Side.BEFORE else "at the end"
    if isinstance(window.start, Edge) or isinstance(window.until, Edge):
        after = isinstance(window.start, Edge) and window.start.side is Side.AFTER
        if after and endless:
            return f"from the treatment on{', no end stated' if told else ''}"
        return "until the treatment" if not after else "during the treatment"
    return ON_ITS_OWN if verb_family(instruction.verb) in _TIMELESS else "no time stated"


_TIMELESS = {Family.SCREEN, Family.CALL_IF, Family.TELL, Family.ARRANGE}
"""What is said without a time."""


def statement_label(each: Statement, protocol: Protocol) -> str:
    """Return what a statement is about in a patient's words."""
    if each.family is Family.SCREEN:
        return protocol.factors[each.topic].yes
    return protocol.topics[each.topic].label


def label_words(instruction: Instruction, protocol: Protocol) -> str:
    """Return all that an instruction is about, in a patient's words."""
    if instruction.verb is Verb.SCREEN:
        return ", ".join(protocol.factors[name].yes for name in instruction.topics)
    return topic_labels(instruction.topics, protocol.topics)


def row_label(row: ComparedTopic, topics: Iterable[str]) -> str:
    """Return what rows are about: the verb and the topics, in words."""
    names = ", ".join(topics)
    verb = {"screen": "do not treat if", "call-if": "call if"}.get(row.verb, row.verb)
    return f"{verb}: {names}"


def place_words(said: Said) -> str | None:
    """Return where the governing rule stands: `file:line`."""
    if not said.governing:
        return None
    position = said.governing[0].instruction.position
    return f"{position.file}:{position.line}"
