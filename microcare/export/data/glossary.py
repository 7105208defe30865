"""What is found under a word as JSON: `microcare.topics/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.export.data.json_text import json_text

if TYPE_CHECKING:
    from microcare.core.sheet.word_search import GlossaryPage


def glossary_json(page: GlossaryPage) -> str:
    """Return a page as JSON text, pure ASCII, ending in a line break."""
    listed = [
        {
            "id": each.id,
            "label": each.label,
            "short": each.short,
            "synonyms": list(each.synonyms),
            "part_of": list(each.part_of),
            "members": list(page.list_members(each)),
            "medicine": each.medicine,
            "private": each.private or None,
        }
        for each in page.topics
    ]
    asked = [
        {
            "id": each.id,
            "kind": each.kind.value,
            "yes": each.yes,
            "no": each.no,
            "short": each.short,
            "ask": each.ask,
        }
        for each in page.factors
    ]
    data = {"format": "microcare.topics/1", "word": page.word, "topics": listed, "factors": asked}
    return json_text(data)
