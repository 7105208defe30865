"""What is found under a word, for the terminal: topics, then factors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.text import Text

from microcare.render.layout.hanging import paragraph
from microcare.wording.safe import visible

if TYPE_CHECKING:
    from rich.console import RenderableType

    from microcare.core.sheet.word_search import GlossaryPage


def glossary_text(page: GlossaryPage) -> Iterable[RenderableType]:
    """Return the parts of a page, one entry below the other."""
    for topic in page.topics:
        also = dict.fromkeys(each for each in (topic.stated_short, *topic.synonyms) if each)
        facts = {
            "also": ", ".join(also),
            "part of": ", ".join(topic.part_of),
            "holds": ", ".join(page.list_members(topic)),
        }
        yield from _entry(f"{topic.id}: {topic.label}", facts)
    for factor in page.factors:
        facts = {"asks": factor.ask, "if it is not so": factor.no}
        yield from _entry(f"{factor.id}: if {factor.yes} (a factor)", facts)


def _entry(head: str, facts: dict[str, str]) -> Iterable[RenderableType]:
    yield paragraph(Text(visible(head), "bold"))
    for name, words in facts.items():
        if words:
            yield paragraph(Text(visible(f"{name}: {words}")), 2)
