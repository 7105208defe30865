"""Topics and factors by the words of their names: what somebody means who knows no id."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from microcare.core.sheet.conditions import Factor
from microcare.core.sheet.vocabulary import Topic, Vocabulary
from microcare.core.values import value

_FILLERS = frozenset(
    (
        *("a", "an", "and", "any", "are", "at", "for", "have", "in", "is", "it", "my", "of", "on"),
        *("or", "other", "that", "the", "this", "to", "with", "you", "your"),
    )
)
_LEAST_BEGINNING = 3


@value
class Found:
    """The id of what was found, by which of its names."""

    id: str
    name: str


@value
class GlossaryPage:
    """What is found under a word, the closest first, in a vocabulary of all topics.

    `hint` is what to try instead where nothing is found and something is near, else None.
    """

    word: str
    topics: tuple[Topic, ...]
    factors: tuple[Factor, ...]
    vocabulary: Vocabulary
    hint: str | None = None

    def list_members(self, topic: Topic) -> tuple[str, ...]:
        """Return the ids of the topics that a group holds directly."""
        return tuple(self.vocabulary.children.get(topic.id, ()))


def list_names(thing: Topic | Factor) -> tuple[str, ...]:
    """Return the names of a topic or a factor, the id first."""
    if isinstance(thing, Factor):
        return thing.id, thing.short, thing.yes
    return thing.id, thing.label, thing.short, *thing.synonyms


def find_by_words(
    text: str, things: Mapping[str, Topic] | Mapping[str, Factor]
) -> tuple[Found, ...]:
    """Return what has a name with all the words of a text, the closest first.

    A name that is no more than these words comes before a longer one. Capitals, plurals and little
    words mean nothing; “ice” is found in “ice pack”, and never in “rice”.
    """
    return _search(text, things, lambda wanted, words: wanted <= words)


def find_within(text: str, things: Mapping[str, Topic] | Mapping[str, Factor]) -> tuple[Found, ...]:
    """Return what has a name all of whose words a text has, the longest first."""
    return _search(text, things, lambda wanted, words: words <= wanted)


def find_by_beginnings(
    text: str, things: Mapping[str, Topic] | Mapping[str, Factor]
) -> tuple[Found, ...]:
    """Return what has a name in which each word of a text begins one, the closest first."""

    def begins(wanted: frozenset[str], words: frozenset[str]) -> bool:
        long = all(len(each) >= _LEAST_BEGINNING for each in wanted)
        return long and all(any(word.startswith(each) for word in words) for each in wanted)

    return _search(text, things, begins)


def _search(
    text: str,
    things: Mapping[str, Topic] | Mapping[str, Factor],
    fits: Callable[[frozenset[str], frozenset[str]], bool],
) -> tuple[Found, ...]:
    wanted = split_words(text)
    if not wanted:
        return ()
    found = []
    listed: Iterable[Topic | Factor] = things.values()
    for order, thing in enumerate(listed):
        ranked = (
            (len(words ^ wanted), number, name)
            for number, name in enumerate(list_names(thing))
            if fits(wanted, words := split_words(name))
        )
        best = min(ranked, default=None)
        if best is not None:
            found.append((best[0], order, Found(thing.id, best[2])))
    return tuple(each for *_, each in sorted(found, key=lambda each: each[:2]))


@lru_cache(maxsize=8192)
def split_words(name: str) -> frozenset[str]:
    """Return the words of a name in small letters, each as one of its kind, without little ones."""
    plain = name.lower() if name.isascii() else drop_accents(name.lower())
    words = frozenset(map(_singular, re.findall(r"[^\W_]+(?:['’][^\W_]+)*", plain)))
    return words - _FILLERS or words


def drop_accents(text: str) -> str:
    """Return a text without the accents of its letters, which people leave out when they type."""
    from unicodedata import combining, normalize  # rare: start-up counts

    return "".join(each for each in normalize("NFD", text) if not combining(each))


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] not in "su" else word
