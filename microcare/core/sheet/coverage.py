"""Which bans of a protocol cover a topic, all of it or in part, whatever the date."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.protocol import Protocol
from microcare.core.sheet.vocabulary import find_groups, find_members


class Coverage:
    """The bans of a protocol by what they cover; `Protocol.recall` keeps it.

    A ban covers what it names and all that this holds, without its exceptions and what they hold.
    """

    def __init__(self, protocol: Protocol) -> None:
        self._topics = protocol.topics
        self._bans: dict[str, list[Instruction]] = {}
        for each in protocol.instructions:
            if each.verb.traits.restricts:
                for topic in self.list_named(each):
                    self._bans.setdefault(topic, []).append(each)
        named = list(self._bans)
        members = chain.from_iterable(find_members(each, self._topics) for each in named)
        self._covered = {*named, *members}
        self._whole: dict[str, tuple[str, ...]] = {}
        self._parts: dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]] = {}

    def list_named(self, instruction: Instruction) -> tuple[str, ...]:
        """Return the topics that an instruction names and doesn't leave out at once."""
        named, exceptions = instruction.topics, instruction.exceptions
        if not exceptions:
            return named
        return tuple(each for each in named if self._lineage(each).isdisjoint(exceptions))

    def list_bans(self, topic: str) -> tuple[str, ...]:
        """Return the ids of the bans that cover the whole of a topic."""
        found = self._whole.get(topic)
        if found is None:
            lineage = self._lineage(topic)
            bans = chain.from_iterable(self._bans[each] for each in lineage & self._bans.keys())
            ids = {each.id for each in bans if lineage.isdisjoint(each.exceptions)}
            found = self._whole[topic] = tuple(sorted(ids))
        return found

    def list_parts(self, topic: str) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
        """Return the ids of bans that cover parts of a topic, not all of it, with these parts.

        Parts that the same bans cover stand together.
        """
        found = self._parts.get(topic)
        if found is None:
            whole = set(self.list_bans(topic))
            together: dict[tuple[str, ...], list[str]] = {}
            for part in sorted(find_members(topic, self._topics) & self._covered):
                bans = tuple(each for each in self.list_bans(part) if each not in whole)
                if bans:
                    together.setdefault(bans, []).append(part)
            found = tuple((bans, tuple(parts)) for bans, parts in together.items())
            self._parts[topic] = found
        return found

    def is_excepted(self, topic: str, exceptions: Iterable[str]) -> bool:
        """Return whether a topic is one of some exceptions, or held by one."""
        return not self._lineage(topic).isdisjoint(exceptions)

    def _lineage(self, topic: str) -> frozenset[str]:
        return find_groups(topic, self._topics) | {topic}
