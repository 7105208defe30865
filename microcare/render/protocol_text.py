"""A protocol in words for the terminal, before any date is known, and the list of protocols."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from rich.text import Text

from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.points import TIMES_OF_DAY, Side
from microcare.core.sheet.protocol import Extension, Protocol, Translation
from microcare.render.layout.hanging import paragraph
from microcare.wording.conditions import condition_text
from microcare.wording.courses import quantities
from microcare.wording.dates import part_words
from microcare.wording.labels import name_words
from microcare.wording.persons import clinic_words, person_words
from microcare.wording.rules import rule_text
from microcare.wording.safe import visible

if TYPE_CHECKING:
    from rich.console import RenderableType

    from microcare.core.sheet.catalogue import CatalogueEntry

_TITLES = {
    Side.BEFORE: "BEFORE",
    Side.DAY_OF: "TREATMENT DAY",
    Side.AFTER: "AFTER",
    Side.ANY: "WITHOUT A TIME",
}

_FACTS = {
    "reviewed": "translations",
    "time-zone": "time zone",
    "times-of-day": "times of day",
    "day-1": "Day 1",
}
"""Keys of the head that a reader knows by another name."""


def catalogue_text(entries: Iterable[CatalogueEntry]) -> Iterable[RenderableType]:
    """Return the list's parts, one protocol below the other."""
    for entry in entries:
        name = f"{entry.id}{'  (default)' if entry.is_default else ''}"
        yield paragraph(Text(visible(name), "bold"))
        if entry.protocol is None:
            problems = "1 problem" if entry.problems == 1 else f"{entry.problems} problems"
            about = f"can't be used: {problems}; plan with it to read them"
        else:
            protocol = entry.protocol
            count = len(protocol.instructions)
            instructions = "1 instruction" if count == 1 else f"{count} instructions"
            about = f"{protocol.title}, version {protocol.version}, {instructions}"
            if protocol.extends is not None:
                about += f", extends {protocol.extends.base.id}"
        yield paragraph(Text(visible(about)), 2)
        origin = "built in" if entry.built_in else "your own"
        yield paragraph(Text(visible(f"{entry.file} ({origin})"), "dim"), 2)


def protocol_text(protocol: Protocol) -> Iterable[RenderableType]:
    """Return a protocol's parts from top to bottom, what it inherits among them."""
    yield from _head(protocol)
    for note in protocol.notes:
        yield paragraph(Text(visible(f"note: {note}"), "dim"))
    for side, title in _TITLES.items():
        chosen = [each for each in protocol.instructions if each.sides[0] is side]
        if chosen:
            yield Text()
            yield Text(title, style="bold")
            for each in chosen:
                yield from _instruction(each, protocol, _origin(each, protocol))


def variant_text(protocol: Protocol, extends: Extension) -> Iterable[RenderableType]:
    """Return the parts of what a variant's own file says, from top to bottom."""
    yield from _head(protocol, extends.written)
    for note in protocol.notes[len(extends.base.notes) :]:
        yield paragraph(Text(visible(f"note: {note}"), "dim"))
    for name, own in _own_vocabulary(protocol, extends.base).items():
        if own:
            yield paragraph(Text(visible(f"{name}: {', '.join(own)}")))
    if extends.removed:
        yield from _section("REMOVED", extends.removed, extends.base)
    if extends.replaced:
        yield Text()
        yield Text("REPLACED", style="bold")
        for old, new in extends.replaced:
            yield from _instruction(new, protocol)
            yield paragraph(Text(visible(f"was: {_old_words(old, extends.base)}"), "dim"), 6)
    if extends.added:
        yield from _section("ADDED", extends.added, protocol)
    if not (extends.removed or extends.replaced or extends.added):
        yield Text()
        yield paragraph(Text("It changes no instruction."))


def _own_vocabulary(protocol: Protocol, base: Protocol) -> dict[str, list[str]]:
    """Return the names of what a variant describes itself, or otherwise than its base."""
    pairs: dict[str, tuple[Mapping[str, object], Mapping[str, object]]] = {
        "topics": (protocol.topics, base.topics),
        "factors": (protocol.factors, base.factors),
        "anchors": (protocol.anchors, base.anchors),
        "times of day": (protocol.times_of_day, base.times_of_day),
    }
    return {
        name: [each for each, said in own.items() if below.get(each) != said]
        for name, (own, below) in pairs.items()
    }


def _old_words(old: Instruction, base: Protocol) -> str:
    rule = rule_text(old, base) or "without a time"
    return f"{name_words(old, base)} · {rule} · {old.text} ({_position(old)})"


def _section(
    title: str, chosen: Iterable[Instruction], protocol: Protocol
) -> Iterable[RenderableType]:
    yield Text()
    yield Text(title, style="bold")
    for each in chosen:
        yield from _instruction(each, protocol)


def _head(protocol: Protocol, written: frozenset[str] | None = None) -> Iterable[RenderableType]:
    """Return the facts of the head, or only those whose keys are `written` in the file."""
    title = f"{protocol.title} · {protocol.id}, version {protocol.version}"
    yield paragraph(Text(visible(title), "bold"))
    if protocol.extends is not None:
        base = protocol.extends.base
        said = f"extends: {base.id}, version {base.version} ({protocol.extends.file})"
        yield paragraph(Text(visible(said)))
    facts = {
        "procedure": protocol.procedure,
        "document": protocol.document,
        "revised": protocol.revised.isoformat() if protocol.revised else None,
        "language": protocol.language,
        "reviewed": ", ".join(
            f"{tag} ({_review_words(each)})" for tag, each in protocol.translations.items()
        ),
        "time-zone": protocol.time_zone,
        "duration": _minutes(protocol.duration) if protocol.duration else None,
        "times-of-day": ", ".join(
            f"{name} {part_words(part)}"
            for name, part in protocol.times_of_day.items()
            if part != TIMES_OF_DAY.get(name)
        ),
        "clinic": clinic_words(protocol.clinic),
        "day-1": protocol.day_one.value,
    }
    for key, value in facts.items():
        if value and (written is None or key in written):
            yield paragraph(Text(visible(f"{_FACTS.get(key, key)}: {value}")))


def _review_words(translation: Translation) -> str:
    review = translation.reviewed
    return f"checked by {review.name} on {review.date}" if review is not None else "not checked"


def _minutes(duration: timedelta) -> str:
    return f"{duration // timedelta(minutes=1)} minutes"


def _position(each: Instruction) -> str:
    return f"{each.position.file}:{each.position.line}"


def _origin(each: Instruction, protocol: Protocol) -> str:
    """Return whether a variant's instruction is its own, as words behind its position."""
    if protocol.extends is None:
        return ""
    if any(each.id == new.id for _, new in protocol.extends.replaced):
        return ", replaced"
    return ", added" if each in protocol.extends.added else ", inherited"


def _instruction(
    each: Instruction, protocol: Protocol, origin: str = ""
) -> Iterable[RenderableType]:
    yield paragraph(Text(visible(f"{each.id}: {name_words(each, protocol)}")), 2)
    facts = [*person_words(each), rule_text(each, protocol), *quantities(each, protocol.topics)]
    if each.condition is not None and not each.verb.traits.screens:
        facts.append(f"if {condition_text(each.condition, protocol.factors)}")
    position = f"{_position(each)}{origin}"
    lines = [
        each.text,
        " · ".join(fact for fact in facts if fact),
        f"{each.source} ({position})" if each.source else position,
        f"unclear: {each.unclear}" if each.unclear else "",
        f"note: {each.note}" if each.note else "",
    ]
    for number, line in enumerate(lines):
        if line:
            yield paragraph(Text(visible(line), "" if number == 0 else "dim"), 6)
