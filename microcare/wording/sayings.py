"""What a protocol says of a topic, in the few words of a table's cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.core.conditions import condition_text
from microcare.core.model import Verb
from microcare.core.points import Edge, Offset, Side
from microcare.core.statements import Family
from microcare.core.vocabulary import find_members, topic_labels
from microcare.wording.persons import person_words
from microcare.wording.words import quantities

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microcare.core.comparison import Row, Said
    from microcare.core.model import Instruction, Protocol
    from microcare.core.statements import Statement

ON_ITS_OWN = "yes"
"""What stands for a rule that needs no time and counts nothing."""

_ENDLESS = {Family.RESTRICTION, Family.TAKE}
"""Where an end that nobody stated is worth telling."""


def said_words(said: Said, row: Row, protocol: Protocol) -> str | None:
    """Return what governs in a protocol, None where it says nothing."""
    words = (statement_words(each, row, protocol) for each in said.governing)
    return "; ".join(dict.fromkeys(words)) or None


def statement_words(each: Statement, row: Row, protocol: Protocol) -> str:
    """Return one rule in words: its time, what else it counts, how wide it is."""
    instruction = each.instruction
    quantified = quantities(instruction, protocol.topics, each.topic)
    parts = [time_words(each), *quantified, *person_words(instruction)]
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


def relevant_exceptions(each: Statement, row: Row, protocol: Protocol) -> tuple[str, ...]:
    """Return what a rule leaves out of a row's topic; the rest of a group is not at stake."""
    if not each.instruction.exceptions:
        return ()
    members = find_members(row.topic, protocol.topics)
    return tuple(name for name in each.instruction.exceptions if name in members)


def time_words(each: Statement) -> str:
    """Return when a rule holds: in the file's own words, and what is not stated."""
    instruction = each.instruction
    rule = instruction.window.rule
    if rule is None:
        return _unstated(instruction, each)
    if instruction.stated_as is not None:
        return f"may resume {rule}"
    if instruction.verb is Verb.WAIT_SINCE:
        return f"last one at least {rule.removeprefix('at least ')}"
    begins = instruction.window.start
    endless = each.closes.is_open and each.side is not Side.ANY
    if endless and isinstance(begins, Offset) and begins.side is Side.AFTER:
        rule = f"from {rule} on"
    return f"{rule}, no end stated" if endless and each.family in _ENDLESS else rule


def _unstated(instruction: Instruction, each: Statement) -> str:
    window = instruction.window
    if isinstance(window.at, Edge):
        return "at the start" if window.at.side is Side.BEFORE else "at the end"
    if isinstance(window.start, Edge) or isinstance(window.until, Edge):
        after = isinstance(window.start, Edge) and window.start.side is Side.AFTER
        if after and each.closes.is_open:
            stated = ", no end stated" if each.family in _ENDLESS else ""
            return f"from the treatment on{stated}"
        return "until the treatment" if not after else "during the treatment"
    return ON_ITS_OWN if each.family in _TIMELESS else "no time stated"


_TIMELESS = {Family.SCREEN, Family.CALL_IF, Family.TELL, Family.ARRANGE}
"""What is said without a time."""


def statement_label(each: Statement, protocol: Protocol) -> str:
    """Return what a statement is about in a patient's words."""
    if each.family is Family.SCREEN:
        return protocol.factors[each.topic].yes
    return protocol.topics[each.topic].label


def row_label(row: Row, topics: Iterable[str]) -> str:
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
