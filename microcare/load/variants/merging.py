"""A variant's map laid over that of its base: as if the base's file had been changed by hand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from collections.abc import Mapping as Lookup

from microcare.core.sheet.problems import Code, Subject
from microcare.load.keys import CHANGE_KEYS, VARIANT_REQUIRED
from microcare.load.source.fields import Fields
from microcare.load.source.nodes import Mapping, Mark, Node, Scalar, Sequence
from microcare.load.source.refusals import find_nearest, quote, suggest
from microcare.load.vocabulary import fold_name

Entries = dict[str, tuple[Scalar, Node]]
Merge = Callable[[str, Node, Node], Node]
"""Merges what the base and what the variant has under one key."""

_OWN = frozenset({*VARIANT_REQUIRED, *CHANGE_KEYS, "revised", "reviewed"})
"""The keys that say nothing of a variant where they stand in its base."""
_MERGED = ("topics", "factors", "anchors", "times-of-day")
"""The keys whose maps are merged, the variant's own entries winning."""
_LISTS = ("synonyms", "part-of", "members")
"""The keys of a topic that add to what the base says of it."""


def merge_variant(fields: Fields, base: Mapping) -> tuple[Mapping, dict[Subject, Mark]]:
    """Return a variant's map laid over its base's, and where it changes what.

    What can't be merged is reported and read all the same.
    """
    own = fields.node.entries
    kept = {key: entry for key, entry in base.entries.items() if key not in _OWN}
    entries = _merge_entries(kept, own, _merge)
    changed: dict[Subject, Mark] = {}
    for key, (_, node) in own.items():
        below = kept[key][1] if key in kept else None
        changed.update(_list_changes(key, node, entries[key][1], below))
    # What is said of all instructions together is told at the last key that lists some.
    name = next(own[key][0] for key in ("add", "replace", "extends") if key in own)
    instructions, instructions_changed = _merge_instructions(fields, base)
    for ident, mark in instructions_changed.items():
        changed[Subject("instructions", ident)] = mark
    mark = name.mark if instructions else base.entries["instructions"][1].mark
    entries["instructions"] = (name, Sequence(mark, list(instructions)))
    return Mapping(fields.mark, entries), changed


def find_change(subjects: Iterable[Subject], changed: Lookup[Subject, Mark]) -> Mark:
    """Return where a variant changes the first of a problem's subjects that it changes.

    That is at `extends` where it changes none of them.
    """
    return next(changed[each] for each in (*subjects, Subject("extends")) if each in changed)


def _list_changes(
    key: str, own: Node, merged: Node, below: Node | None
) -> Iterator[tuple[Subject, Mark]]:
    """Yield what a key of a variant changes; an entry that says the same as the base does not."""
    if key not in _MERGED or not isinstance(own, Mapping) or not isinstance(merged, Mapping):
        if below is None or _plain(own) != _plain(below):
            yield Subject(key), own.mark
        return
    known = below.entries if isinstance(below, Mapping) else {}
    for entry, (name, _) in own.entries.items():
        if entry not in known or _plain(merged.entries[entry][1]) != _plain(known[entry][1]):
            ident = fold_name(name.text)
            # As events are kept.
            yield Subject(key, ident.removeprefix("the-") if key == "anchors" else ident), name.mark


def _plain(node: Node) -> object:
    """Return what a node says, without where it stands."""
    match node:
        case Mapping(entries=entries):
            return {key: _plain(each) for key, (_, each) in entries.items()}
        case Sequence(items=items):
            return [_plain(each) for each in items]
        case Scalar(text=text):
            return text


def _merge_entries(below: Entries, own: Entries, merge: Merge) -> Entries:
    entries = dict(below)
    for key, (name, node) in own.items():
        entries[key] = (name, merge(key, below[key][1], node) if key in below else node)
    return entries


def _merge(key: str, below: Node, own: Node) -> Node:
    if key in _MERGED and isinstance(below, Mapping) and isinstance(own, Mapping):
        if key == "topics":
            return Mapping(own.mark, _merge_entries(below.entries, own.entries, _merge_topic))
        return Mapping(own.mark, below.entries | own.entries)
    return _join(below, own) if key == "notes" else own


def _merge_topic(_: str, below: Node, own: Node) -> Node:
    if not isinstance(below, Mapping) or not isinstance(own, Mapping):
        return own
    kept = dict(below.entries)
    if "label" in own.entries:
        kept.pop("short", None)  # which was short for the base's label
    return Mapping(own.mark, _merge_entries(kept, own.entries, _merge_names))


def _merge_names(key: str, below: Node, own: Node) -> Node:
    return _join(below, own) if key in _LISTS else own


def _join(below: Node, own: Node) -> Node:
    """Return one list of both; one that is wrong by itself stays as it is, to be reported."""
    if isinstance(own, Mapping) or (isinstance(own, Sequence) and not own.items):
        return own
    return Sequence(own.mark, [*_items(below), *_items(own)])


def _items(node: Node) -> list[Node]:
    return node.items if isinstance(node, Sequence) else [node]


# Instructions


def _merge_instructions(fields: Fields, base: Mapping) -> tuple[list[Mapping], dict[str, Mark]]:
    listed = _items(base.entries["instructions"][1])
    known = {_ident(node) or "": node for node in listed if isinstance(node, Mapping)}
    removed = _read_removed(fields, known)
    changed = dict(removed)
    new: dict[str, Mapping] = {}
    rest = []
    for node in fields.maps("replace"):
        ident = _ident(node)
        if ident is not None and ident in known and ident not in new:
            new[ident] = node
            changed.setdefault(ident, _mark_of(node))
            if ident in removed:
                message = f"“{ident}” is removed and replaced."
                hint = "take it out of “remove”"
                fields.reporter.report(_mark_of(node), Code.DUPLICATE_ID, message, hint)
        else:
            # One that is replaced twice is reported as any id that stands twice.
            rest.append(node)
            if ident is not None and ident not in known:
                hint = suggest(find_nearest(ident, known)) or "put a new one under “add”"
                _report_unknown(fields, _mark_of(node), ident, hint)
    added = _read_added(fields, known, new, removed)
    taken = {_ident(node) for node in added}
    kept = [
        new.get(ident, node)
        for ident, node in known.items()
        if ident in new or ident not in {*removed, *taken}
    ]
    instructions = [*kept, *rest, *added]
    if known and not instructions:
        message = "“remove” leaves no instruction of the protocol."
        hint = "keep one, or write a protocol that extends none"
        fields.report("remove", Code.BAD_VALUE, message, hint)
    return instructions or list(known.values()), changed


def _read_removed(fields: Fields, known: Collection[str]) -> dict[str, Mark]:
    removed: dict[str, Mark] = {}
    for ident, mark in fields.texts("remove"):
        if ident not in known:
            hint = suggest(find_nearest(ident, known)) or "look its id up with “microcare show”"
            _report_unknown(fields, mark, ident, hint)
        elif ident in removed:
            message = f"“{ident}” is removed twice."
            fields.reporter.report(mark, Code.DUPLICATE_ID, message, "keep one of the two")
        else:
            removed[ident] = mark
    return removed


def _read_added(
    fields: Fields, known: Collection[str], new: Collection[str], removed: Collection[str]
) -> list[Mapping]:
    """Return the variant's further instructions; what their ids can't be is reported."""
    added = list(fields.maps("add"))
    for node in added:
        ident = _ident(node)
        if ident in known and ident not in new:
            message = f"The protocol that this one extends has an instruction “{ident}” already."
            hint = "put this one under “replace”"
            if ident in removed:
                hint += ", and take its id out of “remove”"
            fields.reporter.report(_mark_of(node), Code.DUPLICATE_ID, message, hint)
    if "instructions" in fields:
        message = "A protocol that extends another has no “instructions” of its own."
        mark = fields.node.entries["instructions"][0].mark
        hint = "put new ones under “add” and changed ones under “replace”"
        fields.reporter.report(mark, Code.UNKNOWN_KEY, message, hint)
        added.extend(fields.maps("instructions"))
    return added


def _report_unknown(fields: Fields, mark: Mark, ident: str, hint: str) -> None:
    message = f"The protocol that this one extends has no instruction {quote(ident)}."
    fields.reporter.report(mark, Code.UNKNOWN_INSTRUCTION, message, hint)


def _ident(node: Node) -> str | None:
    found = node.entries.get("id") if isinstance(node, Mapping) else None
    return found[1].text.strip() if found and isinstance(found[1], Scalar) else None


def _mark_of(node: Mapping) -> Mark:
    return node.entries["id"][1].mark
