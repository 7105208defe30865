"""A protocol in words for the terminal, before any date is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from microcare.core.conditions import condition_text
from microcare.core.model import Verb
from microcare.core.points import Side
from microcare.core.vocabulary import topic_labels
from microcare.core.windows import window_sides
from microcare.render.hanging import paragraph
from microcare.wording.safe import visible
from microcare.wording.words import clinic_words, quantities

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

    from microcare.core.model import Instruction, Protocol

_TITLES = {
    Side.BEFORE: "BEFORE",
    Side.DAY_OF: "TREATMENT DAY",
    Side.AFTER: "AFTER",
    Side.ANY: "WITHOUT A TIME",
}


def protocol_text(protocol: Protocol) -> Iterable[RenderableType]:
    """Return a protocol's parts from top to bottom."""
    title = f"{protocol.title} · {protocol.id}, version {protocol.version}"
    yield paragraph(Text(visible(title), "bold"))
    facts = {
        "procedure": protocol.procedure,
        "document": protocol.document,
        "revised": protocol.revised.isoformat() if protocol.revised else None,
        "language": protocol.language,
        "time zone": protocol.time_zone,
        "clinic": clinic_words(protocol.clinic),
        "Day 1": protocol.day_one.value,
    }
    for name, value in facts.items():
        if value:
            yield paragraph(Text(visible(f"{name}: {value}")))
    for note in protocol.notes:
        yield paragraph(Text(visible(f"note: {note}"), "dim"))
    for side, title in _TITLES.items():
        chosen = [each for each in protocol.instructions if window_sides(each)[0] is side]
        if chosen:
            yield Text()
            yield Text(title, style="bold")
            for each in chosen:
                yield from _instruction(each, protocol)


def _instruction(each: Instruction, protocol: Protocol) -> Iterable[RenderableType]:
    verb = (each.stated_as or each.verb.value).replace("-", " ")
    if each.verb is Verb.SCREEN:
        about = ", ".join(protocol.factors[name].yes for name in each.topics)
    else:
        about = topic_labels(each.topics, protocol.topics)
    if each.exceptions:
        about += f", except {topic_labels(each.exceptions, protocol.topics)}"
    yield paragraph(Text(visible(f"{each.id}: {verb} {about}")), 2)
    facts = [each.window.rule, *quantities(each, protocol.topics)]
    if each.condition is not None and each.verb is not Verb.SCREEN:
        facts.append(f"if {condition_text(each.condition, protocol.factors)}")
    place = f"{each.position.file}:{each.position.line}"
    lines = [
        each.text,
        " · ".join(fact for fact in facts if fact),
        f"{each.source} ({place})" if each.source else place,
        f"note: {each.note}" if each.note else "",
    ]
    for number, line in enumerate(lines):
        if line:
            yield paragraph(Text(visible(line), "" if number == 0 else "dim"), 6)
