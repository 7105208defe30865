"""What is doubtful in a protocol that can be used: few things, each true and each located."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Lookup

from microcare.core.plan.plan import Plan
from microcare.core.sheet.anchoring import list_point_anchors
from microcare.core.sheet.conditions import list_condition_factors
from microcare.core.sheet.problems import Code, Problem, Subject
from microcare.core.sheet.protocol import Protocol
from microcare.load.check.contradictions import check_conflicts, check_told, plan_samples
from microcare.load.check.daily_limits import find_excess
from microcare.load.check.doubts import (
    Doubt,
    Entry,
    find_child,
    list_declared,
    list_entries,
    list_lineage,
    list_some,
)
from microcare.load.check.medicines import check_medicines
from microcare.load.check.readability import check_reading
from microcare.load.check.sentences import check_figures
from microcare.load.check.windows import check_lengths, check_sides, check_states
from microcare.load.protocol.topics import TopicNames
from microcare.load.source.fields import Reporter
from microcare.load.source.nodes import Mapping, Mark, Scalar, Sequence
from microcare.load.source.refusals import quote
from microcare.load.variants.merging import find_change
from microcare.load.variants.parsing import Parsed
from microcare.load.vocabulary import fold_name, load_built_in_topics
from microcare.wording.conditions import condition_text
from microcare.wording.courses import measure_words

_MOST_APART = 3


def find_warnings(parsed: Parsed, file: str, *, reading_level: bool = False) -> tuple[Problem, ...]:
    """Return the warnings about a protocol and the nodes it was read from, by their positions.

    What no plan would tell is an error.
    Of a variant only what its own file says is judged, and what it sets at odds in its base.
    `reading_level` adds how hard its sentences are to read.
    """
    root, protocol = parsed.root, parsed.protocol
    every = list_entries(root, protocol)
    entries = tuple(entry for entry in every if entry.is_own)
    plans = plan_samples(protocol)
    found = [
        *check_told(entries, plans),
        *check_conflicts(every, protocol, plans),
        *_check_exceptions(entries, protocol),
        *_check_daily_limits(entries, plans[0]),
        *check_figures(entries, protocol, plans),
        *check_medicines(entries, protocol),
        *check_sides(entries, every, protocol),
        *check_states(entries, protocol),
        *check_lengths(entries),
        *_check_sentences(entries, root),
        *_check_sources(entries, root, protocol),
        *_check_factors(root, protocol),
        *_check_anchors(root, protocol),
        *_check_topics(root, protocol),
        *_check_topic_names(root, protocol),
        *_check_conditional_anchors(entries, protocol),
    ]
    if protocol.translations:
        # Few files are translated: start-up counts.
        from microcare.load.check.translations import check_translations

        found.extend(check_translations(entries, root, protocol))
    if reading_level:
        found.extend(check_reading(entries, protocol))
    problems = (_locate(each, file, parsed.changed) for each in found)
    return tuple(sorted(problems, key=lambda each: (each.line, each.column)))


def _locate(doubt: Doubt, file: str, changed: Lookup[Subject, Mark]) -> Problem:
    """Return a doubt as a problem of a file; one about its base's text where it is caused."""
    mark = doubt.mark if doubt.mark.file is None else find_change(doubt.subjects, changed)
    return Problem(file, mark.line, mark.column, doubt.code, doubt.message, doubt.hint)


# Exceptions


def _check_exceptions(entries: tuple[Entry, ...], protocol: Protocol) -> Iterable[Doubt]:
    names = TopicNames(protocol.topics, Reporter(""))
    for entry in entries:
        node, instruction = find_child(entry.node, "except"), entry.instruction
        if node is None or instruction.verb.traits.screens:
            continue
        exceptions = set(instruction.exceptions)
        if all(exceptions & list_lineage(topic, protocol) for topic in instruction.topics):
            message = "This instruction affects no topic: “except” leaves out all that it names."
            yield Doubt(node.mark, Code.NO_EFFECT, message, "take a topic out of “except”")
            continue
        for item in node.items if isinstance(node, Sequence) else [node]:
            if not isinstance(item, Scalar):
                continue
            for topic in names.resolve(((item.text.strip(), item.mark),)):
                if not list_lineage(topic, protocol) & set(instruction.topics):
                    message = f"{quote(item.text)} is in no group that the instruction names."
                    hint = "leave it out, or name its group"
                    yield Doubt(item.mark, Code.IDLE_EXCEPTION, message, hint)


# Doses


def _check_daily_limits(entries: tuple[Entry, ...], plan: Plan) -> Iterable[Doubt]:
    """Yield the courses whose doses on some day are more than their own daily maximum."""
    doses = {each.instruction.id: each.doses for each in plan.instructions}
    for entry in entries:
        if not entry.instruction.verb.traits.doses:
            continue
        for excess in find_excess(entry.instruction, doses[entry.instruction.id], plan.visit):
            label = plan.protocol.topics[excess.topic].label
            taken = measure_words(*excess.taken)
            message = f"A day's doses of {label} come to {taken}, more than {excess.most}."
            hint = "make them smaller or fewer, or correct “daily-max”"
            yield Doubt(entry.node.entries["amounts"][0].mark, Code.OVER_DAILY_MAX, message, hint)


# Sentences and sources


def _check_sentences(entries: tuple[Entry, ...], root: Mapping) -> Iterable[Doubt]:
    hint = "add “say: …”; without it the plan makes one of the verb and the topics"
    without = [entry for entry in entries if "say" not in entry.node.entries]
    if len(without) == len(entries) > 1:
        message = "No instruction has a sentence for the patient."
        yield Doubt(root.entries["instructions"][0].mark, Code.NO_SENTENCE, message, hint)
        return
    for entry, others in _folded(without):
        message = f"“{entry.instruction.id}” doesn't have a sentence for the patient{others}."
        yield Doubt(entry.node.mark, Code.NO_SENTENCE, message, hint)


def _check_sources(
    entries: tuple[Entry, ...], root: Mapping, protocol: Protocol
) -> Iterable[Doubt]:
    without = [entry for entry in entries if entry.instruction.source is None]
    if len(without) == len(entries):
        document = root.entries["document"][0].mark if protocol.document is not None else None
        # A variant's own additions need no place in the document of its base.
        if entries and document is not None and document.file is None:
            message = "The protocol names its document, but no instruction its place there."
            hint = "add “source: …” to the instructions"
            yield Doubt(document, Code.NO_SOURCE, message, hint)
        return
    for entry, others in _folded(without):
        message = f"“{entry.instruction.id}” doesn't say where in the document it stands{others}."
        hint = "add “source: …”, as others have"
        yield Doubt(entry.node.mark, Code.NO_SOURCE, message, hint)


def _folded(without: list[Entry]) -> Iterable[tuple[Entry, str]]:
    """Yield the instructions that lack something; of many only the first, and where the others are.

    A manager who drowns in warnings reads none.
    """
    if len(without) <= _MOST_APART:
        yield from ((entry, "") for entry in without)
        return
    lines = [f"{entry.node.mark.line}" for entry in without[1:]]
    yield without[0], f", nor do {len(lines)} others (lines {list_some(lines)})"


# What is described and never used


def _check_factors(root: Mapping, protocol: Protocol) -> Iterable[Doubt]:
    used = {
        name
        for each in protocol.instructions
        if each.condition is not None
        for name in list_condition_factors(each.condition)
    }
    for key in list_declared(root, "factors"):
        if fold_name(key.text) not in used:
            message = f"No instruction depends on the factor {quote(key.text)}."
            yield Doubt(key.mark, Code.UNUSED_FACTOR, message, "use it in an “if”, or remove it")


def _check_anchors(root: Mapping, protocol: Protocol) -> Iterable[Doubt]:
    used = {point.anchor for each in protocol.instructions for point in each.window.points}
    for key in list_declared(root, "anchors"):
        if fold_name(key.text).removeprefix("the-") not in used:
            message = f"No time is counted from {quote(key.text)}."
            hint = "count from it, like “3 days before the …”, or remove it"
            yield Doubt(key.mark, Code.UNUSED_ANCHOR, message, hint)


def _check_topics(root: Mapping, protocol: Protocol) -> Iterable[Doubt]:
    """Yield the topics that no instruction names, nor a group or a member of them."""
    used = {
        topic
        for each in protocol.instructions
        if not each.verb.traits.screens
        for topic in (*each.topics, *each.exceptions)
    }
    covered = {topic for name in used for topic in list_lineage(name, protocol)}
    for key in list_declared(root, "topics"):
        topic = fold_name(key.text)
        if topic not in covered and not list_lineage(topic, protocol) & used:
            message = f"No instruction names the topic {quote(key.text)}, nor a group or member."
            yield Doubt(key.mark, Code.UNUSED_TOPIC, message, "name it, or remove it")


def _check_topic_names(root: Mapping, protocol: Protocol) -> Iterable[Doubt]:
    """Yield the own topics that take a name from a known one."""
    known = {
        fold_name(name): topic.id
        for topic in load_built_in_topics().values()
        for name in (topic.label, *topic.synonyms)
    }
    for key in list_declared(root, "topics"):
        topic = protocol.topics[fold_name(key.text)]
        names = (topic.id, fold_name(topic.label), *map(fold_name, topic.synonyms))
        others = (known[name] for name in names if known.get(name, topic.id) != topic.id)
        other = next(others, None)
        if other is not None and topic.rank is None:
            message = f"What {quote(key.text)} is, other protocols call “{other}”."
            hint = f"use “{other}”, so that protocols can be compared, or another name"
            yield Doubt(key.mark, Code.KNOWN_TOPIC, message, hint)


def _check_conditional_anchors(entries: tuple[Entry, ...], protocol: Protocol) -> Iterable[Doubt]:
    """Yield what counts from an instruction under a condition that it does not share."""
    conditions = {each.id: each.condition for each in protocol.instructions}
    for entry in entries:
        for name in list_point_anchors(entry.instruction):
            condition = conditions.get(name)
            if condition is not None and condition != entry.instruction.condition:
                words = condition_text(condition, protocol.factors)
                message = f"“{entry.instruction.id}” counts from “{name}”, which holds if {words}."
                hint = "give it the same “if”, or a note on what holds otherwise"
                if entry.instruction.note is None:
                    yield Doubt(entry.verb_mark, Code.CONDITIONAL_ANCHOR, message, hint)
