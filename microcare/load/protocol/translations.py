"""The translations of a file: those beside its texts, who has checked them, and a base's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from microcare.core.sheet.protocol import Protocol, Review, Translation, find_base_code
from microcare.load.source.fields import Fields
from microcare.load.source.languages import Translations
from microcare.load.source.refusals import PhraseError, quote

_REVIEW = re.compile(r"(.*\S)\s+([0-9]{4}-[0-9]{2}-[0-9]{2})", re.DOTALL)


def read_translations(fields: Fields) -> dict[str, Translation]:
    """Return the translations of a file by language tag, once all of its texts have been read."""
    kept = fields.reporter.translations or Translations()
    reviews = fields.by_language("reviewed", _parse_review)
    tags = dict.fromkeys((*kept.inherited, *kept.own, *reviews))
    return {tag: Translation(kept.texts(tag), reviews.get(tag)) for tag in tags}


def inherit_translations(
    protocol: Protocol, base: Protocol, own: Mapping[str, Mapping[str, str]]
) -> dict[str, Translation]:
    """Return the translations of a variant with those of its base; its `own` win.

    Whoever checked the base's has seen no word that the variant adds or changes: their review holds
    only where it does neither in that language. In another language than its base's a variant has
    of the base's what stands beside the texts that it takes over.
    """
    if find_base_code(protocol.language) != find_base_code(base.language):
        return dict(protocol.translations)
    found = {}
    for tag in dict.fromkeys((*base.translations, *protocol.translations)):
        here = protocol.translations.get(tag, Translation())
        below = base.translations.get(tag, Translation())
        added = own.get(tag, {})
        holds = added.items() <= below.texts.items()
        review = here.reviewed or (below.reviewed if holds else None)
        found[tag] = Translation({**here.texts, **below.texts, **added}, review)
    return found


def _parse_review(text: str) -> Review:
    parts = _REVIEW.fullmatch(text)
    try:
        if parts is not None:
            return Review(
                " ".join(parts[1].removesuffix(",").split()), date.fromisoformat(parts[2])
            )
    except ValueError:
        pass
    message = f"{quote(text)} doesn't say who checked the translation, and when."
    raise PhraseError(message, "write a name and a date, like “A. Name 2026-11-20”")
