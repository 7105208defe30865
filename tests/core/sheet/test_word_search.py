"""Topics and factors found by the words of their names."""

from __future__ import annotations

import pytest

from microcare.core.sheet.conditions import Factor
from microcare.core.sheet.vocabulary import Topic
from microcare.core.sheet.word_search import (
    Found,
    drop_accents,
    find_by_beginnings,
    find_by_words,
    find_within,
    split_words,
)

_TOPICS = {
    each.id: each
    for each in (
        Topic("rice", "rice"),
        Topic("ice-cream", "ice cream"),
        Topic("cool-compress", "cool compress", ("ice pack", "cold packs")),
        Topic("ice", "crushed ice"),
        Topic("berries", "berries"),
    )
}
_FACTORS = {"pregnancy": Factor("pregnancy", "you are pregnant", "you are not", "Are you?")}


def test_words_are_whole_and_the_closest_comes_first() -> None:
    """A name of no other words comes before longer ones; “rice” holds no “ice”."""
    found = find_by_words("Ice", _TOPICS)
    assert found == (
        Found("ice", "ice"),
        Found("ice-cream", "ice-cream"),
        Found("cool-compress", "ice pack"),
    )


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("ice packs", ["cool-compress"]),
        ("the cold pack", ["cool-compress"]),
        ("berry", ["berries"]),
        ("iced", []),
        ("", []),
    ],
)
def test_plurals_capitals_and_little_words_mean_nothing(text: str, ids: list[str]) -> None:
    """Each word counts in either number."""
    assert [each.id for each in find_by_words(text, _TOPICS)] == ids


def test_factor_is_found_by_what_stands_after_if() -> None:
    """Without “you are”."""
    assert find_by_words("pregnant", _FACTORS) == (Found("pregnancy", "you are pregnant"),)


def test_beginnings_and_parts_of_words() -> None:
    """The first letters of a word find it, as does a longer text that holds a name."""
    assert [each.id for each in find_by_beginnings("compr", _TOPICS)] == ["cool-compress"]
    assert find_by_beginnings("ri", _TOPICS) == ()
    assert find_within("ice packs on the cheek", _TOPICS)[0].id == "cool-compress"


def test_word_of_little_words_is_kept() -> None:
    """Else nothing would be left of it."""
    assert split_words("on it") == {"on", "it"}


def test_accents_mean_nothing() -> None:
    """Who is on the phone leaves them out, and who writes a name may not."""
    assert split_words("Exposición al sol") == split_words("exposicion al SOL")
    assert drop_accents("piñas, cérvix") == "pinas, cervix"
