"""How hard sentences are to read."""

from __future__ import annotations

import pytest

from microcare.load.check.readability import count_syllables, read_level


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("sun", 1), ("stop", 1), ("take", 1), ("use", 1), ("washed", 1), ("treated", 2),
        ("little", 2), ("sauna", 2), ("exercise", 3), ("retinoid", 3), ("treatment", 2), ("the", 1),
        ("30", 1), ("mm", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted(word: str, syllables: int) -> None:
    """By groups of vowels, but for a silent e at the end."""
    assert count_syllables(word) == syllables


def test_longest_sentence_is_counted_in_words() -> None:
    """Numbers are words, and so is what a hyphen joins; a decimal point ends no sentence."""
    found = read_level("Use SPF 30. Wait 1.5 hours after a micro-needling visit! Rest.")
    assert found.longest == 7


def test_easy_words_have_a_low_grade() -> None:
    """And long ones a high one."""
    easy = read_level("Stay out of the sun for ten days. Do not wax your skin.")
    hard = read_level(
        "Postponement necessitates physiological recuperation irrespective of any considerations."
    )
    assert easy.grade is not None
    assert hard.grade is not None
    assert easy.grade < 4
    assert hard.grade > 20


def test_names_of_products_count_as_easy() -> None:
    """Nobody can write hydroquinone more simply."""
    text = "Stop hydroquinone, tretinoin, acetaminophen and benzoyl peroxide for two days now."
    names = {"hydroquinone", "tretinoin", "acetaminophen", "benzoyl", "peroxide"}
    with_names, without = read_level(text).grade, read_level(text, names).grade
    assert with_names is not None
    assert without is not None
    assert without < 6 < with_names


@pytest.mark.parametrize("text", ["", "...", "Rest.", "日本語。", "Stay out of the sauna."])
def test_few_words_say_nothing(text: str) -> None:
    """A grade of one short sentence is chance."""
    assert read_level(text).grade is None
