"""The words of a typed date: what each is, and what a misspelt one may stand for."""

from __future__ import annotations

import pytest

from microcare.load.typed_date.tokens import guess_word, quote_typed, read_tokens, spell_shape

# The letters are those of TokenKind.
SHAPES = {
    "2026-12-10 14:30": "NT",
    "2026-12-10T14:30-05:00": "NiTO",
    "Thu 10 Dec 2pm": "WDMDP",
    "the 10th of December": "tEoM",
    "Dec/10/2026": "MDY",
    "14.30 10/12": "GX",
    "1430 14h 2 o'clock": "CHH",
    "next week noon": "QUL",
    "10 Dec -12 Dec": "DM-DM",
    "14:30-05": "TO",
    "10 Dec, at 9am.": "DMaDP",
    "tomorrow 9am EST": "RDPZ",
}


@pytest.mark.parametrize(("text", "shape"), SHAPES.items())
def test_words_are_told_apart(text: str, shape: str) -> None:
    """Only white space and punctuation between them is left out."""
    assert spell_shape(read_tokens(text)) == shape


def test_digits_stay_as_they_were_typed() -> None:
    """`02` is an hour of the night, `2` may be one of the afternoon."""
    assert [token.numbers for token in read_tokens("02:30 2:30")] == [("02", "30"), ("2", "30")]


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
    (token,) = read_tokens(typed)
    guesses = guess_word(token)
    assert {guess.values for guess in guesses} == meanings
    assert all("did you mean" in guess.doubt for guess in guesses)


def test_an_ordinal_with_a_wrong_ending_is_in_doubt() -> None:
    """`11st` may be the 1st or the 11th."""
    assert [bool(token.doubt) for token in read_tokens("11th 11st 22nd 22th")] == [
        *(False, True, False, True)
    ]


def test_a_quoted_text_obeys_nothing() -> None:
    """It is shortened, and an escape sequence is spelt out."""
    assert quote_typed("\x1b[2J") == r"'\x1b[2J'"
    assert quote_typed("a" * 50) == f"'{'a' * 37}...'"
