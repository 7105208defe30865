"""What a warning is made of: the instructions with their positions, and a doubt about them."""

from __future__ import annotations

from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.problems import Code, Subject
from microcare.core.sheet.protocol import Protocol
from microcare.core.sheet.vocabulary import find_groups
from microcare.core.values import value
from microcare.load.keys import VERBS
from microcare.load.source.nodes import Mapping, Mark, Node, Scalar, Sequence

_NAMES_SHOWN = 3


@value
class Doubt:
    """A warning before its file is known; `subjects` are what it depends on in inherited text."""

    mark: Mark
    code: Code
    message: str
    hint: str | None = None
    subjects: tuple[Subject, ...] = ()


@value
class Entry:
    """An instruction and the map that it was read from."""

    instruction: Instruction
    node: Mapping

    @property
    def is_own(self) -> bool:
        """Whether it stands in the file itself, not in one that this extends."""
        return self.node.mark.file is None

    @property
    def verb_mark(self) -> Mark:
        """Where its verb stands."""
        return next(key.mark for name, (key, _) in self.node.entries.items() if name in VERBS)


def list_entries(root: Mapping, protocol: Protocol) -> tuple[Entry, ...]:
    """Return all the instructions, those that a variant inherits among them."""
    nodes = find_child(root, "instructions")
    maps = nodes.items if isinstance(nodes, Sequence) else []
    pairs = zip(protocol.instructions, maps, strict=True)
    return tuple(Entry(each, node) for each, node in pairs if isinstance(node, Mapping))


def find_child(node: Mapping, key: str) -> Node | None:
    """Return the value of a key, None where the map has no such key."""
    entry = node.entries.get(key)
    return entry[1] if entry else None


def list_declared(root: Mapping, key: str) -> list[Scalar]:
    """Return the names that the file itself describes under a key of its head."""
    node = find_child(root, key)
    names = [name for name, _ in node.entries.values()] if isinstance(node, Mapping) else []
    return [name for name in names if name.mark.file is None]


def list_lineage(topic: str, protocol: Protocol) -> frozenset[str]:
    """Return a topic and the groups that hold it, directly or not."""
    return find_groups(topic, protocol.topics) | {topic}


def list_some(names: list[str]) -> str:
    """Return the first few names, and how many more there are."""
    shown = ", ".join(names[:_NAMES_SHOWN])
    more = len(names) - _NAMES_SHOWN
    return shown if more <= 0 else f"{shown} and {more} more"
