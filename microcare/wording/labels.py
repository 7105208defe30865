"""What an instruction is about, in words: its verb, its topics, what it leaves out of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from microcare.core.sheet.conditions import Factor
from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.protocol import Protocol
from microcare.core.sheet.vocabulary import Renamed, Topic
from microcare.core.values import replace
from microcare.language.locales import list_words
from microcare.language.messages import say
from microcare.wording.verbs import written_verb


def shorten_names(protocol: Protocol) -> Protocol:
    """Return a protocol whose topics and factors go by their short names."""
    factors = Renamed(protocol.factors, _shorten_factor)
    return replace(protocol, topics=Renamed(protocol.topics, shorten_topic), factors=factors)


def shorten_topic(topic: Topic) -> Topic:
    """Return a topic that goes by its short name."""
    return replace(topic, label=topic.short) if topic.stated_short else topic


def _shorten_factor(factor: Factor) -> Factor:
    return replace(factor, yes=factor.short) if factor.stated_short else factor


def topic_labels(ids: Iterable[str], topics: Mapping[str, Topic]) -> str:
    """Return topics as a list in a patient's words."""
    return ", ".join(topics[name].label for name in ids)


def except_words(ids: Iterable[str], topics: Mapping[str, Topic]) -> str:
    """Return in brackets what is left out of a label, which it follows; nothing of nothing."""
    left_out = topic_labels(ids, topics)
    return f" ({say('except {topics}', topics=left_out)})" if left_out else ""


def label_topic(topic: str, instruction: Instruction, protocol: Protocol) -> str:
    """Return one topic of an instruction in a patient's words; a screening's is a factor."""
    if instruction.verb.traits.screens:
        return protocol.factors[topic].yes
    return protocol.topics[topic].label


def about_words(instruction: Instruction, protocol: Protocol) -> str:
    """Return all that an instruction is about, without what it leaves out."""
    return ", ".join(label_topic(name, instruction, protocol) for name in instruction.topics)


def label_anchor(name: str, protocol: Protocol) -> str:
    """Return what a time counts from: an event's label, or what an instruction is about."""
    if name in protocol.anchors:
        return protocol.anchors[name]
    anchor = protocol.by_id[name]
    label = list_words(label_topic(topic, anchor, protocol) for topic in anchor.topics)
    return f"{label} ({anchor.area})" if anchor.area else label


def list_labels(instruction: Instruction, protocol: Protocol) -> tuple[str, ...]:
    """Return what an instruction is about, a label a topic; exceptions go with the last."""
    names = [label_topic(name, instruction, protocol) for name in instruction.topics]
    if instruction.exceptions and names:
        names[-1] += except_words(instruction.exceptions, protocol.topics)
    return tuple(names)


def name_words(instruction: Instruction, protocol: Protocol) -> str:
    """Return what an instruction says before its time: verb, topics, what it leaves out."""
    words = f"{written_verb(instruction)} {about_words(instruction, protocol)}"
    if instruction.exceptions:
        left_out = topic_labels(instruction.exceptions, protocol.topics)
        words += say(", except {topics}", topics=left_out)
    return words
