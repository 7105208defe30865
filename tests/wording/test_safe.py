"""Text made safe for a terminal: nothing deleted, nothing obeyed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcare.wording.safe import visible

REORDERING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
"""The bidirectional classes of characters that turn text around (UAX #9)."""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m", r"\x1b[31m"),
        ("\x9b31m", r"\x9b31m"),
        ("\a\b\0\x7f", r"\x07\x08\x00\x7f"),
        ("\u202eabc\u202c", r"\u202eabc\u202c"),
        ("\u2066\u2069\u200e\u200f\u061c", r"\u2066\u2069\u200e\u200f\u061c"),
        ("a\r\nb\u2028c\u2029d\x85", "a\\x0d\nb\\u2028c\\u2029d\\x85"),
        ("a\tb", "a b"),
        ("caf\udce9", r"caf\udce9"),  # of a command line that is not valid text
        ("[red] 38 °C → 日本 😀", "[red] 38 °C → 日本 😀"),
    ],
)
def test_control_is_spelt_out(text: str, shown: str) -> None:
    """What a terminal would obey is shown as programmers write it; the rest stays."""
    assert visible(text) == shown


@given(st.text())
def test_no_control_and_no_reordering_is_left(text: str) -> None:
    """Only the line break remains of all that moves the cursor or turns text around."""
    for each in visible(text):
        assert each == "\n" or unicodedata.category(each) not in {"Cc", "Zl", "Zp"}
        assert unicodedata.bidirectional(each) not in REORDERING


@given(st.text())
def test_nothing_is_deleted(text: str) -> None:
    """Every character that is shown is still there, in its place, and none is lost."""
    shown = visible(text)
    assert len(shown) >= len(text)
    remaining = iter(shown)
    assert all(each in remaining for each in text if each.isprintable())


@given(st.text(st.characters(categories=["L", "N", "P", "S", "M"])))
def test_printable_text_is_unchanged(text: str) -> None:
    """Safety costs an ordinary text nothing."""
    assert visible(text) == text


@given(st.text())
def test_safe_text_stays_as_it_is(text: str) -> None:
    """Making it safe twice is making it safe once."""
    assert visible(visible(text)) == visible(text)
