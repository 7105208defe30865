"""A protocol's topics: the built-in vocabulary with the file's own additions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from microcare.core.sheet.conditions import Factor
from microcare.core.sheet.problems import Code, Subject
from microcare.core.sheet.vocabulary import Topic, Vocabulary, find_groups
from microcare.core.values import replace
from microcare.load.keys import TOPIC_KEYS
from microcare.load.source.fields import Fields, Reporter
from microcare.load.source.nodes import Mark, Scalar
from microcare.load.source.refusals import find_nearest, quote, suggest
from microcare.load.vocabulary import drop_brand, fold_name, load_built_in_topics

_MEDICINE = "medicine"
"""What titles call one of which a file says nothing else."""

_SHORT = 4
_MOST_SUGGESTED = 3
_SLIP = 0.88
"""As near is what is misspelt, and hardly another word."""


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


def _name_owners(topics: Iterable[Topic]) -> dict[str, str]:
    """Return for every name, folded, the id of the topic that it names.

    Ids come first, then the names that a file gives, then the built-in ones.
    """
    built_in = load_built_in_topics()
    listed = sorted(topics, key=lambda each: each is built_in.get(each.id))
    owners = {topic.id: topic.id for topic in listed}
    for topic in listed:
        for name in (topic.label, *topic.synonyms):
            owners.setdefault(fold_name(name), topic.id)
    return owners


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
        return _name_owners(self._topics.values())

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


def find_exact(name: str, things: Mapping[str, Topic] | Mapping[str, Factor]) -> str | None:
    """Return the id of what has a name of just these words, None where nothing has."""
    from microcare.core.sheet.word_search import find_by_words, split_words  # on errors only

    found = find_by_words(name, things)
    exact = bool(found) and split_words(found[0].name) == split_words(name)
    return found[0].id if exact else None


def find_topic(name: str, topics: Mapping[str, Topic]) -> str | None:
    """Return the id of the one topic that has a name of just these words, None where none has."""
    if name in topics:
        return name
    owner = _name_owners(topics.values()).get(fold_name(name))
    if owner is not None:
        return owner
    from microcare.core.sheet.word_search import find_by_words, split_words

    wanted = split_words(name)
    exact = [each.id for each in find_by_words(name, topics) if split_words(each.name) == wanted]
    return exact[0] if len(exact) == 1 else None


def suggest_topics(name: str, topics: Mapping[str, Topic]) -> tuple[str, ...]:
    """Return the topics that a name may mean which is none of theirs."""
    owners = _name_owners(topics.values())
    found = find_near(name, topics, owners)
    return tuple(dict.fromkeys(owners.get(each, each) for each in found))


def suggest_names(
    name: str, things: Mapping[str, Topic] | Mapping[str, Factor], spelt: Iterable[str]
) -> str | None:
    """Return a hint at what is near a name, None where nothing is."""
    return suggest(*find_near(name, things, spelt))


def find_near(
    name: str, things: Mapping[str, Topic] | Mapping[str, Factor], spelt: Iterable[str]
) -> tuple[str, ...]:
    """Return what is near a name, by its meaning, else by its spelling.

    First comes what has all of its words, then one of `spelt` with a slip or two, then what has
    some of its words, and last what is only spelt alike.
    """
    from microcare.core.sheet.word_search import (  # on errors only: start-up counts
        find_by_words,
        find_within,
        split_words,
    )

    folded = fold_name(name)
    # A word as short as “ice” has at least its first letter right: it is not “rice”.
    likely = [each for each in spelt if len(folded) > _SHORT or each[:1] == folded[:1]]
    found = find_by_words(name, things)
    exact = tuple(each for each in found if split_words(each.name) == split_words(name))
    slip = None if found else find_nearest(folded, likely, _SLIP)
    if slip is not None:
        return (slip,)
    found = exact or found or find_within(name, things)
    near = tuple(each.id for each in found[:_MOST_SUGGESTED])
    nearest = None if near else find_nearest(folded, likely)
    return near or ((nearest,) if nearest is not None else ())
