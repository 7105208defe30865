"""What is doubtful in a protocol that can be used: few things, each true and each with a place."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from microcare.core.appointment import timed_appointment, whole_day_appointment
from microcare.core.conditions import condition_factors
from microcare.core.conflicts import rule_words
from microcare.core.daily_limits import find_excess
from microcare.core.model import Verb
from microcare.core.problems import Code, Problem, Severity
from microcare.core.readability import MOST_GRADE, MOST_WORDS, read_level
from microcare.core.timeline import build_timeline
from microcare.core.values import value
from microcare.core.vocabulary import find_groups
from microcare.load.fields import Reporter
from microcare.load.keys import VERBS
from microcare.load.nodes import Mapping, Node, Scalar, Sequence
from microcare.load.problems import quote
from microcare.load.topics import TopicNames, fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microcare.core.conflicts import Conflict
    from microcare.core.model import Instruction, Protocol
    from microcare.core.planned import PlannedInstruction
    from microcare.load.nodes import Mark

_UTC = ZoneInfo("UTC")
# Hours and days meet differently early and late on a day, months in short and long ones.
_SAMPLE_VISITS = (
    timed_appointment(datetime(2026, 12, 10, 14, 30, tzinfo=UTC), _UTC, ""),
    timed_appointment(datetime(2027, 3, 1, 0, 1, tzinfo=UTC), _UTC, ""),
    timed_appointment(datetime(2027, 3, 31, 23, 59, tzinfo=UTC), _UTC, ""),
    whole_day_appointment(datetime(2026, 12, 10, tzinfo=UTC).date(), _UTC, ""),
)
_NAMES_SHOWN = 3
_MOST_APART = 3


def find_warnings(
    root: Mapping, protocol: Protocol, file: str, *, reading_level: bool = False
) -> tuple[Problem, ...]:
    """Return the warnings about a protocol and the nodes it was read from, by their places.

    `reading_level` adds how hard its sentences are to read.
    """
    entries = _list_entries(root, protocol)
    found = [
        *_check_conflicts(entries, protocol),
        *_check_exceptions(entries, protocol),
        *_check_daily_limits(entries, protocol),
        *_check_sentences(entries, root),
        *_check_sources(entries, root, protocol),
        *_check_factors(root, protocol),
        *_check_anchors(root, protocol),
        *_check_topics(root, protocol),
    ]
    if reading_level:
        found.extend(_check_reading(entries, protocol))
    problems = (
        Problem(
            file=file,
            line=each.mark.line,
            column=each.mark.column,
            code=each.code,
            message=each.message,
            hint=each.hint,
            severity=Severity.WARNING,
        )
        for each in found
    )
    return tuple(sorted(problems, key=lambda each: (each.line, each.column)))


@value
class _Doubt:
    mark: Mark
    code: Code
    message: str
    hint: str | None = None


@value
class _Entry:
    """An instruction and the map that it was read from."""

    instruction: Instruction
    node: Mapping

    @property
    def verb_mark(self) -> Mark:
        return next(key.mark for name, (key, _) in self.node.entries.items() if name in VERBS)


def _list_entries(root: Mapping, protocol: Protocol) -> tuple[_Entry, ...]:
    nodes = _child(root, "instructions")
    maps = nodes.items if isinstance(nodes, Sequence) else []
    pairs = zip(protocol.instructions, maps, strict=True)
    return tuple(_Entry(each, node) for each, node in pairs if isinstance(node, Mapping))


def _child(node: Mapping, key: str) -> Node | None:
    entry = node.entries.get(key)
    return entry[1] if entry else None


# Contradictions


def _check_conflicts(entries: tuple[_Entry, ...], protocol: Protocol) -> Iterable[_Doubt]:
    """Yield one warning for each set of instructions that contradict each other, on any topics."""
    places = {entry.instruction.id: entry for entry in entries}
    sets: dict[tuple[str, ...], list[Conflict]] = {}
    for visit in _SAMPLE_VISITS:
        for conflict in build_timeline(protocol, visit, now=visit.start).conflicts:
            ids = tuple(each.instruction.id for each in conflict.instructions)
            sets.setdefault(ids, []).append(conflict)
    for ids, conflicts in sets.items():
        members = conflicts[0].instructions
        governs = conflicts[0].governs
        labels = list(dict.fromkeys(conflict.label for conflict in conflicts))
        said = "; ".join(
            f"{rule_words(each, protocol)} in line {places[name].verb_mark.line} ({name})"
            for name, each in zip(ids, members, strict=True)
        )
        hint = f"the plan follows {', '.join(f'“{each.instruction.id}”' for each in governs)}"
        if not any(each.instruction.note for each in members):
            hint += "; where your document says both, keep both and add a “note”"
        yield _Doubt(
            places[ids[-1]].verb_mark,
            _conflict_code(members),
            f"The protocol contradicts itself about {_some(labels)}: {said}.",
            hint,
        )


def _conflict_code(members: tuple[PlannedInstruction, ...]) -> Code:
    permits = any(each.instruction.verb is Verb.MAY for each in members)
    return Code.CONTRADICTED_MAY if permits else Code.CONFLICT


def _some(names: list[str]) -> str:
    shown = ", ".join(names[:_NAMES_SHOWN])
    more = len(names) - _NAMES_SHOWN
    return shown if more <= 0 else f"{shown} and {more} more"


# Exceptions


def _check_exceptions(entries: tuple[_Entry, ...], protocol: Protocol) -> Iterable[_Doubt]:
    names = TopicNames(protocol.topics, Reporter(""))
    for entry in entries:
        node, instruction = _child(entry.node, "except"), entry.instruction
        if node is None or instruction.verb is Verb.SCREEN:
            continue
        exceptions = set(instruction.exceptions)
        if all(exceptions & _lineage(topic, protocol) for topic in instruction.topics):
            message = "This instruction affects no topic: “except” leaves out all that it names."
            yield _Doubt(node.mark, Code.NO_EFFECT, message, "take a topic out of “except”")
            continue
        for item in node.items if isinstance(node, Sequence) else [node]:
            if not isinstance(item, Scalar):
                continue
            for topic in names.resolve(((item.text.strip(), item.mark),)):
                if not _lineage(topic, protocol) & set(instruction.topics):
                    message = f"{quote(item.text)} is in no group that the instruction names."
                    hint = "leave it out, or name its group"
                    yield _Doubt(item.mark, Code.IDLE_EXCEPTION, message, hint)


def _lineage(topic: str, protocol: Protocol) -> frozenset[str]:
    return find_groups(topic, protocol.topics) | {topic}


# Doses


def _check_daily_limits(entries: tuple[_Entry, ...], protocol: Protocol) -> Iterable[_Doubt]:
    """Yield the courses whose doses on some day are more than their own daily maximum."""
    visit = _SAMPLE_VISITS[0]
    plan = build_timeline(protocol, visit, now=visit.start)
    for entry, planned in zip(entries, plan.instructions, strict=True):
        if not entry.instruction.verb.doses:
            continue
        for excess in find_excess(entry.instruction, planned.doses, visit):
            label = protocol.topics[excess.topic].label
            message = f"A day's doses of {label} come to {excess.taken}, more than {excess.most}."
            hint = "make them smaller or fewer, or correct “daily-max”"
            yield _Doubt(entry.node.entries["amounts"][0].mark, Code.OVER_DAILY_MAX, message, hint)


# Sentences and sources


def _check_sentences(entries: tuple[_Entry, ...], root: Mapping) -> Iterable[_Doubt]:
    hint = "add “say: …”; without it the plan makes one of the verb and the topics"
    without = [entry for entry in entries if "say" not in entry.node.entries]
    if len(without) == len(entries) > 1:
        message = "No instruction has a sentence for the patient."
        yield _Doubt(root.entries["instructions"][0].mark, Code.NO_SENTENCE, message, hint)
        return
    for entry, others in _folded(without):
        message = f"“{entry.instruction.id}” doesn't have a sentence for the patient{others}."
        yield _Doubt(entry.node.mark, Code.NO_SENTENCE, message, hint)


def _check_sources(
    entries: tuple[_Entry, ...], root: Mapping, protocol: Protocol
) -> Iterable[_Doubt]:
    without = [entry for entry in entries if entry.instruction.source is None]
    if len(without) == len(entries):
        if protocol.document is not None:
            message = "The protocol names its document, but no instruction its place there."
            hint = "add “source: …” to the instructions"
            yield _Doubt(root.entries["document"][0].mark, Code.NO_SOURCE, message, hint)
        return
    for entry, others in _folded(without):
        message = f"“{entry.instruction.id}” doesn't say where in the document it stands{others}."
        hint = "add “source: …”, as others have"
        yield _Doubt(entry.node.mark, Code.NO_SOURCE, message, hint)


def _folded(without: list[_Entry]) -> Iterable[tuple[_Entry, str]]:
    """Yield the instructions that lack something; of many only the first, and where the others are.

    A manager who drowns in warnings reads none.
    """
    if len(without) <= _MOST_APART:
        yield from ((entry, "") for entry in without)
        return
    lines = [f"{entry.node.mark.line}" for entry in without[1:]]
    yield without[0], f", nor do {len(lines)} others (lines {_some(lines)})"


# What is described and never used


def _check_factors(root: Mapping, protocol: Protocol) -> Iterable[_Doubt]:
    used = {
        name
        for each in protocol.instructions
        if each.condition is not None
        for name in condition_factors(each.condition)
    }
    for key in _declared(root, "factors"):
        if fold_name(key.text) not in used:
            message = f"No instruction depends on the factor {quote(key.text)}."
            yield _Doubt(key.mark, Code.UNUSED_FACTOR, message, "use it in an “if”, or remove it")


def _check_anchors(root: Mapping, protocol: Protocol) -> Iterable[_Doubt]:
    windows = [each.window for each in protocol.instructions]
    points = [point for each in windows for point in (each.start, each.until, each.at)]
    used = {point.anchor for point in points if point is not None}
    for key in _declared(root, "anchors"):
        if fold_name(key.text).removeprefix("the-") not in used:
            message = f"No time is counted from {quote(key.text)}."
            hint = "count from it, like “3 days before the …”, or remove it"
            yield _Doubt(key.mark, Code.UNUSED_ANCHOR, message, hint)


def _check_topics(root: Mapping, protocol: Protocol) -> Iterable[_Doubt]:
    """Yield the topics that no instruction names, nor a group or a member of them."""
    used = {
        topic
        for each in protocol.instructions
        if each.verb is not Verb.SCREEN
        for topic in (*each.topics, *each.exceptions)
    }
    covered = {topic for name in used for topic in _lineage(name, protocol)}
    for key in _declared(root, "topics"):
        topic = fold_name(key.text)
        if topic not in covered and not _lineage(topic, protocol) & used:
            message = f"No instruction names the topic {quote(key.text)}, nor a group or member."
            yield _Doubt(key.mark, Code.UNUSED_TOPIC, message, "name it, or remove it")


def _declared(root: Mapping, key: str) -> list[Scalar]:
    node = _child(root, key)
    return [name for name, _ in node.entries.values()] if isinstance(node, Mapping) else []


# How hard it is to read


def _check_reading(entries: tuple[_Entry, ...], protocol: Protocol) -> Iterable[_Doubt]:
    plain = {
        word
        for topic in protocol.topics.values()
        for name in (topic.label, *topic.synonyms)
        for word in re.findall(r"[\w'’-]+", name.lower())
    }
    english = protocol.language.lower().startswith("en")
    for entry in entries:
        said = _child(entry.node, "say")
        if said is None:
            continue
        reading = read_level(entry.instruction.text, plain)
        if reading.longest > MOST_WORDS:
            message = f"A sentence of {reading.longest} words is hard to follow."
            hint = f"make two of it; {MOST_WORDS} words are a good limit"
            yield _Doubt(said.mark, Code.LONG_SENTENCE, message, hint)
        if english and reading.grade is not None and reading.grade > MOST_GRADE:
            message = f"These words are hard to read: grade {reading.grade:.0f} (Flesch-Kincaid)."
            hint = "use shorter words and sentences; names of products are not counted"
            yield _Doubt(said.mark, Code.HARD_WORDS, message, hint)
