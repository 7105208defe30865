"""What stands in another language than its page says so."""

from __future__ import annotations

import pytest

from microcare.export.handout.page import split_tongues


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Avoid alcohol.", [("", "Avoid alcohol.")]),
        (
            "No beba. [EN: Drink no alcohol (beer).]⁴",
            [("", "No beba. "), ("en", "[EN: Drink no alcohol (beer).]"), ("", "⁴")],
        ),
        ("[EN] Avoid alcohol.", [("en", "[EN] Avoid alcohol.")]),
        (
            "[EN] beer, wine; cerveza",
            [("en", "[EN] beer, wine"), ("", "; cerveza")],
        ),
        ("Evite [UV: los rayos].", [("", "Evite [UV: los rayos].")]),
    ],
)
def test_an_original_is_in_its_own_language(text: str, parts: list[tuple[str, str]]) -> None:
    """A mark of a language that a sheet is in parts the text, other brackets don't."""
    assert split_tongues(text, ("en",)) == parts


def test_a_page_of_one_language_has_one_part() -> None:
    """Where nothing is translated no bracket is a mark."""
    assert split_tongues("No beer [EN: x].", ()) == [("", "No beer [EN: x].")]
