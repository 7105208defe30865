"""The words of a typed date: what each is, and what a misspelt one may stand for."""

from __future__ import annotations

import pytest

from microcare.load.typed_date.when import quote_typed
from microcare.load.typed_date.words import mask_words, respell_words

# Digits and marks stand for themselves, `_` for what only parts words.
MASKS = {
    "2026-12-10 14:30": "2026-12-10_14:30",
    "2026-12-10T14:30-05:00": "2026-12-10T14:30-05:00",
    "Thu 10 Dec, 2pm": "WWW_10_MMM__2PP",
    "the 10th of December": "____10EE____MMMMMMMM",
    "14h 2 o'clock": "14H_2_HHHHHHH",
    "next week 12 noon": "QQQQ_????_LLLLLLL",
    "10 Dec -12 Dec.": "10_MMM_-12_MMM_",
    "tomorrow 9 a.m. EST": "RRRRRRRR_9_PPPP_ZZZ",
    "in 3 days at 2:30 in the evening": "RRRRRRRRR_AA_2:30_PPPPPPPPPPPPPP",
    "14:30 UTC+1": "14:30_UUU+1",
    "in two weeks' time 9 at night": "RRRRRRRRRRRRRRRRRR_9_PPPPPPPP",
    "3 days from now": "RRRRRRRRRRRRRRR",
    "1-3 days from now": "1-3_????_KKKK_???",
    "9a a": "9P_?",
    "2p.m.pm": "2PPP.PP",
    "112 noon": "112_LLLL",
}


@pytest.mark.parametrize(("text", "mask"), MASKS.items())
def test_words_are_told_apart(text: str, mask: str) -> None:
    """The mask is as long as the text, so that what was typed can be quoted as it was."""
    phrase = mask_words(text)
    assert phrase.mask == mask
    assert len(phrase.mask) == len(text)


@pytest.mark.parametrize(
    ("text", "days"),
    [("in 3 days", 3), ("in 2 weeks", 14), ("in a fortnight", 14), ("In Ten Days", 10)],
)
def test_days_ahead_are_counted(text: str, days: int) -> None:
    """In figures or in words, from today."""
    phrase = mask_words(text)
    assert [word.meanings for word in phrase.find("R", (0, len(text)))] == [(days,)]


@pytest.mark.parametrize(
    ("typed", "meanings"),
    [
        ("Dez", {(12,)}),
        ("tommorow", {(1,)}),
        ("Thrusday", {(3,)}),
        ("tmrw", {(1,)}),
        ("Juj", {(6, 7)}),
        ("party", set()),
    ],
)
def test_a_misspelt_word_may_be_what_is_near(typed: str, meanings: set[tuple[int, ...]]) -> None:
    """One slip in a short word, two in a long one; a word near several may be each of them."""
    guesses = list(respell_words(mask_words(typed)))
    span = (0, len(typed))
    assert {guess.find(guess.mask[0], span)[0].meanings for guess in guesses} == meanings
    assert all("did you mean" in guess.doubt for guess in guesses)


def test_a_quoted_text_obeys_nothing() -> None:
    """An escape sequence is spelt out, and many of them are shortened."""
    assert quote_typed("\x1b[2J") == r"'\x1b[2J'"
    assert len(quote_typed("\x1b" * 50)) == 122
