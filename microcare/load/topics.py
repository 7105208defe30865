"""A protocol's topics: the built-in vocabulary with the file's own additions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from microcare.core.topics import BUILT_IN_TOPICS
from microcare.core.vocabulary import Topic, find_groups
from microcare.load.keys import TOPIC_KEYS
from microcare.load.problems import Code, suggest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from microcare.load.fields import Fields, Reporter
    from microcare.load.nodes import Mark


def read_topics(fields: Fields, reporter: Reporter) -> dict[str, Topic]:
    """Return every topic that a file may name, by id."""
    topics = dict(BUILT_IN_TOPICS)
    own = fields.mappings("topics", TOPIC_KEYS)
    for name, entry in own:
        known = topics.get(name.text, Topic(name.text, name.text.replace("-", " ")))
        label = entry.text("label") or known.label
        synonyms = tuple(text for text, _ in entry.texts("synonyms"))
        kind = entry.choice("kind", ("medicine", "thing"))
        topics[name.text] = replace(
            known,
            label=label,
            synonyms=(*known.synonyms, *synonyms),
            medicine=kind == "medicine" if kind else known.medicine,
        )
    names = TopicNames(topics, reporter)
    for name, entry in own:
        groups = names.resolve(entry.texts("part-of"))
        topics[name.text] = _join_groups(topics[name.text], groups)
        for member in names.resolve(entry.texts("members")):
            topics[member] = _join_groups(topics[member], (name.text,))
    for name, _ in own:
        if _holds_itself(name.text, topics):
            message = f"The topic “{name.text}” is a part of itself."
            reporter.report(name.mark, Code.CYCLE, message, "take it out of its own members")
            topics[name.text] = replace(topics[name.text], part_of=())
    return topics


def _holds_itself(topic: str, topics: Mapping[str, Topic]) -> bool:
    parents = topics[topic].part_of
    return any(topic == group or topic in find_groups(group, topics) for group in parents)


def _join_groups(topic: Topic, groups: tuple[str, ...]) -> Topic:
    return replace(topic, part_of=tuple(dict.fromkeys((*topic.part_of, *groups))))


class TopicNames:
    """Finds topics by id, label, synonym or brand name, whatever the case."""

    def __init__(self, topics: Mapping[str, Topic], reporter: Reporter) -> None:
        self._reporter = reporter
        self._ids: dict[str, str] = {}
        for topic in topics.values():
            for name in (topic.label, *topic.synonyms):
                self._ids.setdefault(fold_name(name), topic.id)
        self._ids.update((name, name) for name in topics)

    def resolve(self, names: tuple[tuple[str, Mark], ...]) -> tuple[str, ...]:
        """Return the ids of the named topics, each once; unknown names are reported."""
        found = []
        for name, mark in names:
            topic = self._ids.get(fold_name(name))
            if topic is None:
                message = f"The topic “{name[:60]}” is not known."
                hint = suggest(fold_name(name), self._ids) or "describe it under “topics”"
                self._reporter.report(mark, Code.UNKNOWN_TOPIC, message, hint)
            else:
                found.append(topic)
        return tuple(dict.fromkeys(found))


def fold_name(name: str) -> str:
    """Return a name as topics are looked up by: small letters, hyphens between the words."""
    return "-".join(name.lower().replace("-", " ").split())
