"""Medicines that a sentence names and its topics don't: nothing else would know of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from itertools import pairwise

from microcare.core.sheet.anchoring import list_point_anchors
from microcare.core.sheet.conditions import list_condition_factors
from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.problems import Code
from microcare.core.sheet.protocol import Protocol
from microcare.core.sheet.vocabulary import Topic
from microcare.load.check.doubts import Doubt, Entry, find_child, list_lineage
from microcare.load.vocabulary import list_medicines, load_built_in_topics

_BESIDE = re.compile(
    r"\b(?:with|without|after|before|until|while|when|since|if|unless|except|than|instead of"
    r"|in place of|apart from)\s+(?:(?:you|your|the|an?|any|other|last|first|next|dose|tablet|of"
    r"|take|took|taking|taken|have|had|use|used|using|are|on)\s+){0,4}$|\bnot\s+$"
)
"""What stands before a medicine that is no subject of its sentence."""
_CLAUSE = re.compile(r"[.;:!?()]|\bbut\b|\bwhile\b")
_ANY = re.compile(r"\b(?:prescribed|usual)\b")
"""In the label of a topic that may be any medicine: “the medicines prescribed for you”."""
_WORD = re.compile(r"[\w’'-]+")


def check_medicines(entries: tuple[Entry, ...], protocol: Protocol) -> Iterator[Doubt]:
    """Yield the sentences with a medicine that their topics neither are, hold nor belong to.

    Only names of single medicines and brands count, no kinds of them. One that another instruction
    is about may stand in a clause of its own, beside a name of what the rule is about.
    """
    handled = {topic for each in protocol.instructions for topic in each.topics}
    known = {**_built_in_names(), **_own_names(protocol)}
    for entry in entries:
        instruction, said = entry.instruction, find_child(entry.node, "say")
        traits = instruction.verb.traits
        # Others may speak of any medicine: what to tell, to bring, to call about.
        if said is None or not (traits.restricts or traits.opposes_bans):
            continue
        for found in _WORD.finditer(instruction.text):
            topic = known.get(re.sub("['’]s$", "", found[0].lower()))
            if topic is not None and _is_foreign(found, topic, instruction, protocol, handled):
                message = f"The sentence names “{found[0]}”, but the rule's topics don't."
                hint = f"add “{topic}” to them, give it an instruction of its own, or leave it out"
                yield Doubt(said.mark, Code.OTHER_MEDICINE, message, hint)
                break


def _is_foreign(
    found: re.Match[str],
    topic: str,
    instruction: Instruction,
    protocol: Protocol,
    handled: Collection[str],
) -> bool:
    """Return whether a medicine that a sentence names is none of its rule's."""
    own = _list_own(instruction, protocol)
    groups = {group for each in own for group in list_lineage(each, protocol)}
    lineage = list_lineage(topic, protocol)
    if topic in groups or lineage & own or _BESIDE.search(found.string, 0, found.start()):
        return False
    if any(_ANY.search(protocol.topics[each].label) for each in own):
        return False
    condition = instruction.condition
    factors = list_condition_factors(condition) if condition is not None else ()
    if any(found[0].lower() in protocol.factors[each].yes.lower() for each in factors):
        return False
    names = (name for each in groups for name in _names(protocol.topics[each]))
    return lineage.isdisjoint(handled) or not _stands_apart(found, tuple(names))


def _list_own(instruction: Instruction, protocol: Protocol) -> frozenset[str]:
    """Return what an instruction is about, and what its times count from."""
    anchors = (protocol.by_id.get(name) for name in list_point_anchors(instruction))
    instructions = (instruction, *(each for each in anchors if each is not None))
    return frozenset(
        topic
        for each in instructions
        for topic in (*each.topics, *each.exceptions)
        if topic in protocol.topics
    )


def _own_names(protocol: Protocol) -> Mapping[str, str]:
    """Return the medicines that the file itself describes, by their names in small letters."""
    return {
        name.lower(): topic.id
        for topic in protocol.topics.values()
        if topic.rank is None and topic.medicine
        for name in _single_names(topic)
    }


@cache
def _built_in_names() -> Mapping[str, str]:
    """Return the topics of single medicines by their names in small letters."""
    topics = load_built_in_topics()
    groups = {group for each in topics.values() for group in each.part_of}
    return {
        name.lower(): topic
        for topic in list_medicines()
        for name in _single_names(topics[topic], is_group=topic in groups)
    }


def _single_names(topic: Topic, *, is_group: bool = False) -> Iterator[str]:
    """Yield the names that can only mean one medicine: of one word, and without a plural.

    A group is one where it holds the forms of a medicine, as aspirin does, and not several kinds.
    """
    names = {each.lower() for each in _names(topic)}
    if is_group and (topic.label.endswith("s") or " " in topic.label):
        return
    for name in _names(topic):
        small = name.lower()
        kind = {f"{small}s", small.removesuffix("s")} & (names - {small})
        if _WORD.fullmatch(name) and not kind and (name != small or not small.endswith("s")):
            yield name


def _names(topic: Topic) -> tuple[str, ...]:
    return (topic.brandless or topic.label, *topic.synonyms)


def _stands_apart(found: re.Match[str], names: Collection[str]) -> bool:
    """Return whether a sentence names what its rule is about, in another clause than a medicine."""
    text = found.string.lower()
    ends = [0, *(each.end() for each in _CLAUSE.finditer(text)), len(text)]
    clauses = [(opens, closes) for opens, closes in pairwise(ends)]
    named = [
        any(re.search(rf"\b{re.escape(name.lower())}\b", text[opens:closes]) for name in names)
        for opens, closes in clauses
    ]
    here = next(n for n, (_, closes) in enumerate(clauses) if found.start() < closes)
    return any(named) and not named[here]
