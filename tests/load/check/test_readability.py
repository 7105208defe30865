"""How hard sentences are to read."""

from __future__ import annotations

import pytest

from microcare.load.check.readability import count_syllables, fold_names, read_level


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("sun", 1), ("stop", 1), ("take", 1), ("use", 1), ("washed", 1), ("treated", 2),
        ("little", 2), ("sauna", 2), ("exercise", 3), ("retinoid", 3), ("treatment", 2), ("the", 1),
        ("30", 1), ("mm", 1), ("radiant", 3), ("serious", 3), ("lotion", 2), ("antibiotic", 5),
        ("severely", 3), ("treatments", 2), ("careful", 2), ("every", 2), ("area", 3),
    ],
)  # fmt: skip
def test_syllables_are_counted(word: str, syllables: int) -> None:
    """By groups of vowels, but for a silent e, also within a word, and for vowels kept apart."""
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


def test_names_are_found_in_every_form() -> None:
    """A plural is its singular, and what a hyphen joins has the names of its parts."""
    text = "Put no retinoid, no depilatory and no oil-free moisturizer on your skin for now."
    found = read_level(text, fold_names(["retinoids", "Depilatories", "oil-free moisturizers"]))
    assert found.hard == ()
    assert found.grade is not None
    assert found.grade < 2


def test_capital_within_a_sentence_is_a_name() -> None:
    """A brand that no vocabulary has; the first word of a sentence, or of shouting, may be any."""
    found = read_level(
        "Immediately call us if you took Hydroxyquinol or Benzocainide at home today."
    )
    assert found.hard == ("immediately",)
    assert read_level("DISCONTINUE IT IMMEDIATELY").hard == ("immediately", "discontinue")


def test_items_of_a_list_make_no_sentence_long() -> None:
    """Nor what is named in brackets; clauses between commas do."""
    items = read_level(
        "Come without makeup, powder, sun lotion, oil or perfume (of any kind) today."
    )
    clauses = read_level(
        "Rest for a day, do not lift what is heavy to carry, sleep on two pillows, and call."
    )
    assert items.longest == 6
    assert clauses.longest == 18


def test_hardest_words_come_first() -> None:
    """Words of three syllables and more, each once, without what only an ending makes long."""
    text = "Discontinue it immediately, carefully avoiding heated showers. Discontinue medicines."
    assert read_level(text).hard == ("immediately", "discontinue", "carefully")


@pytest.mark.parametrize("text", ["", "...", "Rest.", "日本語。", "Stay out of the sauna."])
def test_few_words_say_nothing(text: str) -> None:
    """A grade of one short sentence is chance."""
    assert read_level(text).grade is None
