"""A protocol's topics: the built-in vocabulary with the file's own additions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from microcare.core.sheet.conditions import Factor
from microcare.core.sheet.problems import Code, Subject
from microcare.core.sheet.vocabulary import Topic, Vocabulary, find_groups
from microcare.core.values import replace
from microcare.load.keys import TOPIC_KEYS
from microcare.load.protocol.names import find_exact, name_owners, suggest_names
from microcare.load.source.fields import Fields, Reporter
from microcare.load.source.nodes import Mark, Scalar
from microcare.load.source.refusals import quote
from microcare.load.vocabulary import drop_brand, fold_name, load_built_in_topics

_MEDICINE = "medicine"
"""What titles call one of which a file says nothing else."""


def read_topics(fields: Fields) -> Vocabulary:
    """Return every topic that a file may name, by id."""
    topics = dict(load_built_in_topics())
    own = fields.mappings("topics", TOPIC_KEYS)
    # A known topic gives up its synonyms to the file's own, but not its id.
    taken = {ident: ident for ident in (*topics, *(fold_name(name.text) for name, _ in own))}
    for name, entry in own:
        ident = fold_name(name.text)
        known = topics.get(ident, Topic(ident, ident.replace("-", " ")))
        own_label, own_short = entry.said("label"), entry.said("short")
        label = own_label or known.label
        # Of another label the known short is none.
        short = own_short or ("" if own_label else known.stated_short)
        synonyms = entry.texts("synonyms")
        names_given = [*synonyms, (label, entry.mark_of("label"))]
        if own_short:
            names_given.append((own_short, entry.mark_of("short")))
            _take_label(own_short, topics, taken)
        _take_names(ident, names_given, taken, fields.reporter)
        kind = entry.choice("kind", ("medicine", "thing"))
        all_names = (*known.synonyms, *(text for text, _ in synonyms))
        topics[ident] = replace(
            known,
            label=label,
            synonyms=all_names,
            medicine=kind == "medicine" if kind else known.medicine,
            two_sided=known.two_sided or kind == "medicine",
            brandless=drop_brand(label, all_names),
            stated_short=short,
            private=_read_private(entry, known, is_medicine=kind == "medicine"),
        )
    if own:
        _give_up_shorts(topics, taken)
    names = TopicNames(topics, fields.reporter)
    for name, entry in own:
        ident = fold_name(name.text)
        groups = names.resolve(entry.texts("part-of"))
        marked = topics[ident].two_sided or any(topics[each].two_sided for each in groups)
        topics[ident] = replace(_join_groups(topics[ident], groups), two_sided=marked)
        for member in names.resolve(entry.texts("members")):
            topics[member] = _join_groups(topics[member], (ident,))
    for name, entry in own:
        ident = fold_name(name.text)
        _cut_circle(name, topics, fields.reporter)
        if ident not in load_built_in_topics() and entry.node_of("private") is None:
            topics[ident] = _hide_with_groups(topics[ident], topics)
    return Vocabulary(topics)


def _read_private(entry: Fields, known: Topic, *, is_medicine: bool) -> str:
    """Return the word that stands for a topic in titles; a medicine of the file's own has one."""
    said = entry.said("private")
    if said is None:
        return known.private or (_MEDICINE if is_medicine and not known.medicine else "")
    if said.lower() in ("yes", "true"):
        hint = "write what titles call it, like “eye drops”, or `no`"
        entry.report("private", Code.BAD_VALUE, f"{quote(said)} says nothing in a title.", hint)
    return "" if said.lower() in ("no", "false") else said


def _hide_with_groups(topic: Topic, topics: Mapping[str, Topic]) -> Topic:
    """Return a topic with the word of a private group that holds it, if it has none itself."""
    words = (topics[group].private for group in sorted(find_groups(topic.id, topics)))
    return replace(topic, private=topic.private or next(filter(None, words), ""))


def _take_names(
    ident: str, names: Iterable[tuple[str, Mark]], taken: dict[str, str], reporter: Reporter
) -> None:
    """Enter a topic's names; one that another topic has is reported."""
    for text, mark in names:
        owner = taken.setdefault(fold_name(text), ident)
        if owner != ident:
            message = f"{quote(text)} is a name of the topic “{owner}” already."
            hint = f"use “{owner}”, or another name"
            about = (Subject("topics", owner), Subject("topics", ident))
            reporter.report(mark, Code.BAD_VALUE, message, hint, subjects=about)


def _take_label(short: str, topics: Mapping[str, Topic], taken: dict[str, str]) -> None:
    """Enter whose label a short is, if it is one: where `short` stands, the label stands too."""
    for topic in topics.values():
        if not topic.stated_short and fold_name(topic.label) == fold_name(short):
            taken.setdefault(fold_name(short), topic.id)


def _give_up_shorts(topics: dict[str, Topic], taken: Mapping[str, str]) -> None:
    """Leave each topic its label where another has its short for a name of its own."""
    for topic in tuple(topics.values()):
        if topic.stated_short and taken.get(fold_name(topic.stated_short), topic.id) != topic.id:
            topics[topic.id] = replace(topic, stated_short="")


def _cut_circle(name: Scalar, topics: dict[str, Topic], reporter: Reporter) -> None:
    """Report a topic that is a part of itself, and take it out of its groups."""
    ident = fold_name(name.text)
    groups = sorted(find_groups(ident, topics))
    through = [each for each in groups if ident in find_groups(each, topics)]
    if through or ident in topics[ident].part_of:
        message = f"The topic {quote(name.text)} is a part of itself."
        hint = "take it out of its own members"
        circle = tuple(Subject("topics", each) for each in (ident, *through))
        reporter.report(name.mark, Code.CYCLE, message, hint, subjects=circle)
        topics[ident] = replace(topics[ident], part_of=())


def _join_groups(topic: Topic, groups: tuple[str, ...]) -> Topic:
    return replace(topic, part_of=tuple(dict.fromkeys((*topic.part_of, *groups))))


class TopicNames:
    """Finds topics by id, label, synonym or brand name, whatever the case."""

    def __init__(
        self,
        topics: Mapping[str, Topic],
        reporter: Reporter,
        factors: Mapping[str, Factor] | None = None,
    ) -> None:
        """`factors` are those of the file, for whoever names one in place of a topic."""
        self._reporter = reporter
        self._topics = topics
        self._factors = factors or {}

    @cached_property
    def _ids(self) -> dict[str, str]:
        # Thousands of names; most files are written with the ids alone.
        return name_owners(self._topics.values())

    def resolve(self, names: tuple[tuple[str, Mark], ...]) -> tuple[str, ...]:
        """Return the ids of the named topics, each once; unknown names are reported."""
        found = []
        for name, mark in names:
            topic = name if name in self._topics else self._ids.get(fold_name(name))
            if topic is None:
                self._reporter.report(mark, Code.UNKNOWN_TOPIC, *self._tell_unknown(name))
            else:
                found.append(topic)
        return tuple(dict.fromkeys(found))

    def _tell_unknown(self, name: str) -> tuple[str, str]:
        """Return what to say of an unknown topic: by its meaning, and only then by its spelling."""
        factor = find_exact(name, self._factors)
        if factor is not None and find_exact(name, self._topics) is None:
            message = f"{quote(name)} is a factor, “{factor}”, and no topic."
            hint = "name it under “if” or “screen”; what to tell is a topic, like “medical-history”"
            return message, hint
        hint = suggest_names(name, self._topics, self._ids) or "describe it under “topics”"
        return f"The topic {quote(name)} is not known.", hint
