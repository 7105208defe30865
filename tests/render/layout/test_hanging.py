"""Paragraphs with a hanging indent."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from microcare.render.layout.hanging import Hanging, bullet, paragraph
from tests.render.printing import lines


def test_bullet_hangs_behind_its_mark() -> None:
    """The second line begins where the first one's words do."""
    found = lines(bullet(Text("Wait at least two weeks.")), 24)
    assert found == ["  - Wait at least two", "    weeks."]


def test_lead_is_filled_up_to_the_indent() -> None:
    """Leads of several lengths leave their bodies in one column."""
    assert lines(Hanging(Text("Thu"), Text("body"), 6), 40) == ["Thu   body"]


def test_nothing_is_cut_behind_a_longer_lead() -> None:
    """A body behind a lead that is longer than the indent is whole."""
    assert lines(Hanging(Text("10:30 p.m. "), Text("take it"), 6), 31) == ["10:30 p.m. take it"]
    found = lines(Hanging(Text("10:30 p.m. "), Text("take the medicine on that day"), 6), 31)
    assert found == ["10:30 p.m. take the medicine on", "           that day"]


def test_long_word_is_folded_and_not_cut() -> None:
    """A word wider than the line goes on in the next."""
    assert lines(paragraph(Text("x" * 50)), 20) == ["x" * 20, "x" * 20, "x" * 10]


def test_brackets_are_text() -> None:
    """Markup has no power here."""
    assert lines(paragraph(Text("[red]a[/red] [/] :smile:")), 40) == ["[red]a[/red] [/] :smile:"]


@given(
    text=st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=200),
    indent=st.integers(0, 8),
    width=st.integers(28, 120),
)
def test_any_text_fits_and_is_whole(text: str, indent: int, width: int) -> None:
    """No line is too wide or ends in a space, and every letter is there, wide ones too."""
    found = lines(paragraph(Text(text), indent), width)
    assert max(map(cell_len, found)) <= width
    assert [line for line in found if line.endswith(" ")] == []
    assert "".join("".join(found).split()) == "".join(text.split())


def test_narrow_console_loses_nothing() -> None:
    """Where there is no room at all the lines are too long, but whole."""
    found = lines(paragraph(Text("Wait at least two weeks."), 30), 10)
    assert " ".join("".join(found).split()) == "Wait at least two weeks."
