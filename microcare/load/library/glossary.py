"""A word to the built-in topics and factors that it may mean."""

from __future__ import annotations

from microcare.core.sheet.vocabulary import Vocabulary
from microcare.core.sheet.word_search import (
    GlossaryPage,
    find_by_beginnings,
    find_by_words,
    list_names,
)
from microcare.load.protocol.names import suggest_names
from microcare.load.vocabulary import fold_name, load_built_in_factors, load_built_in_topics


def look_up(word: str) -> GlossaryPage:
    """Return what has the word in its id, its label, a synonym or a brand; all for an empty one.

    Where no name has it whole, its beginning is enough.
    """
    topics, factors = Vocabulary(load_built_in_topics()), load_built_in_factors()
    if not word.strip():
        return GlossaryPage(word, tuple(topics.values()), tuple(factors.values()), topics)
    for search in (find_by_words, find_by_beginnings):
        found = tuple(topics[each.id] for each in search(word, topics))
        asked = tuple(factors[each.id] for each in search(word, factors))
        if found or asked:
            return GlossaryPage(word, found, asked, topics)
    spelt = (fold_name(name) for each in topics.values() for name in list_names(each))
    hint = suggest_names(word, topics, spelt) or suggest_names(word, factors, factors)
    return GlossaryPage(word, (), (), topics, hint)
