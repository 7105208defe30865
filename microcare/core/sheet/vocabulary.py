"""Topics and factors: the controlled vocabulary on which comparing protocols stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeVar

from microcare.core.values import value

_T = TypeVar("_T")


@value
class Topic:
    """Something that instructions are about.

    `label` is what a patient reads, `synonyms` are other names and brands, `part_of` the groups
    that it belongs to. Of what is `two_sided` too long hurts as much as too short: food, drink,
    prescribed medicines. `rank` is a built-in topic's place among them, from 0; None for a file's
    own. `brandless` is the label without the brand that it ends with, None where it has none.
    `stated_short` is empty where the label is short enough. `private` is the harmless, true word
    that stands for it where a stranger might read, empty where anybody may read its name.
    """

    id: str
    label: str
    synonyms: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    medicine: bool = False
    two_sided: bool = False
    rank: int | None = None
    brandless: str | None = None
    stated_short: str = ""
    private: str = ""

    @property
    def short(self) -> str:
        """What a patient reads in little room; the label where none was stated."""
        return self.stated_short or self.label

    @property
    def is_food(self) -> bool:
        """Whether it is food or drink: what is two-sided and no medicine."""
        return self.two_sided and not self.medicine


def find_groups(topic: str, topics: Mapping[str, Topic]) -> frozenset[str]:
    """Return every group that holds `topic`, directly or through another group."""
    topics = topics.whole if isinstance(topics, Renamed) else topics
    known = topics.groups if isinstance(topics, Vocabulary) else {}
    if topic not in known:
        known[topic] = _reach(topic, lambda each: topics[each].part_of)
    return known[topic]


def find_members(topic: str, topics: Mapping[str, Topic]) -> frozenset[str]:
    """Return every topic that the group `topic` holds, directly or through another group."""
    topics = topics.whole if isinstance(topics, Renamed) else topics
    known = topics.members if isinstance(topics, Vocabulary) else {}
    if topic not in known:
        children = topics.children if isinstance(topics, Vocabulary) else _list_children(topics)
        known[topic] = _reach(topic, lambda each: children.get(each, ()))
    return known[topic]


class Vocabulary(dict[str, Topic]):
    """The topics of one protocol by their ids, which don't change any more.

    `groups` and `members` are those that have been looked up so far.
    """

    def __init__(self, topics: Mapping[str, Topic]) -> None:
        super().__init__(topics)
        self.groups: dict[str, frozenset[str]] = {}
        self.members: dict[str, frozenset[str]] = {}

    def __reduce__(self) -> tuple[type, tuple[dict[str, Topic]]]:
        return type(self), (dict(self),)

    @cached_property
    def children(self) -> Mapping[str, list[str]]:
        """The topics that each group holds directly."""
        return _list_children(self)


class Renamed(Mapping[str, _T]):
    """All topics or factors of a `whole` by other names: of many few are ever asked for."""

    def __init__(self, whole: Mapping[str, _T], rename: Callable[[_T], _T]) -> None:
        self.whole = whole
        self._rename = rename
        self._renamed: dict[str, _T] = {}

    def __getitem__(self, name: str) -> _T:
        if name not in self._renamed:
            self._renamed[name] = self._rename(self.whole[name])
        return self._renamed[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.whole)

    def __len__(self) -> int:
        return len(self.whole)


def _list_children(topics: Mapping[str, Topic]) -> Mapping[str, list[str]]:
    children: dict[str, list[str]] = {}
    for other in topics.values():
        for group in other.part_of:
            children.setdefault(group, []).append(other.id)
    return children


def _reach(topic: str, step: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """Return all that lies one or more steps from a topic, without itself."""
    found: set[str] = set()
    waiting = list(step(topic))
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting.extend(step(each))
    return frozenset(found - {topic})
