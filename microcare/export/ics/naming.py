"""What titles call an instruction: its verb and its topics, silent about medicines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.core.sheet.verbs import Verb
from microcare.wording.persons import told_verb

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microcare.core.sheet.instruction import Instruction
    from microcare.core.sheet.protocol import Protocol
    from microcare.core.sheet.vocabulary import Topic

BEGINS = {
    Verb.TAKE: "take",
    Verb.AVOID: "avoid",
    Verb.WAIT_SINCE: "avoid",
    Verb.USE: "use",
    Verb.DO: "do:",
    Verb.MAY: "allowed:",
    Verb.EXPECT: "expect",
    Verb.ARRIVE: "arrive:",
    Verb.TELL: "tell us:",
    Verb.ARRANGE: "arrange",
    Verb.CALL_IF: "call us about",
    Verb.REPEAT: "due:",
}
"""What a title says of what begins or happens; a screening has no title."""

_MATTER = "a personal matter"
_PRIVATE = {
    Verb.DO: "a personal task",
    Verb.TELL: _MATTER,
    Verb.CALL_IF: _MATTER,
    Verb.EXPECT: _MATTER,
    Verb.ARRIVE: _MATTER,
    Verb.REPEAT: _MATTER,
}


def lead_words(instruction: Instruction) -> str:
    """Return the verb that a title tells: it names persons to call, and says to ask first."""
    if instruction.verb is Verb.CALL_IF and instruction.call is not None:
        return f"{told_verb(instruction, '')} about"
    return told_verb(instruction, BEGINS[instruction.verb])


def private_words(verb: Verb) -> str:
    """Return what stands for a topic that a stranger must not read about."""
    return _PRIVATE.get(verb, "a medicine")


def title_labels(verb: Verb, topics: Iterable[str], protocol: Protocol) -> list[str]:
    """Return topics in words, each once, without brands; a medicine is called no more than that."""
    found = (protocol.topics[name] for name in topics)
    return list(
        dict.fromkeys(
            private_words(verb) if topic.medicine else _without_brand(topic) for topic in found
        )
    )


def _without_brand(topic: Topic) -> str:
    name, _, brand = topic.label.removesuffix(")").partition(" (")
    return name if brand in topic.synonyms else topic.label
