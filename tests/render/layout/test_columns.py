"""Cells beside each other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from microcare.render.layout.columns import Columns
from tests.render.printing import lines


def test_each_cell_is_wrapped_in_its_column() -> None:
    """A short cell leaves room below it, and no line ends in a space."""
    found = lines(Columns((Text("hot showers"), Text("2 days"), Text("=")), (8, 6, 3)))
    assert found == ["  hot       2 days  =", "  showers"]


def test_break_in_a_cell_is_kept() -> None:
    """Dates stand on lines of their own below the rule."""
    found = lines(Columns((Text("a"), Text("b\n(c)")), (3, 3)))
    assert found == ["  a    b", "       (c)"]


def test_mark_stands_in_the_indent_of_the_first_line() -> None:
    """Below it the indent is blank, and the height counts both."""
    columns = Columns((Text("hot showers"), Text("2 d")), (8, 6), mark=Text("≠"))
    assert lines(columns) == ["≠ hot       2 d", "  showers"]
    assert columns.height(Console(width=80)) == 2


def test_number_and_unit_stay_on_one_line() -> None:
    """Where that is asked for; also the day and its number."""
    cells = (Text("mineral 24 h"), Text("from day 7 on"))
    assert lines(Columns(cells, (10, 8), units=True)) == [
        "  mineral     from",
        "  24 h        day 7 on",
    ]
    assert lines(Columns(cells, (10, 8)))[0] == "  mineral 24  from day"


CELL = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=60).map(Text)


@given(st.tuples(CELL, CELL, CELL), st.tuples(*[st.integers(4, 30)] * 3))
def test_any_text_fits_and_is_whole(cells: tuple[Text, ...], widths: tuple[int, ...]) -> None:
    """No line is wider than its columns, and every letter is there, wide ones too."""
    found = lines(Columns(cells, widths), 120)
    assert max(map(cell_len, found)) <= sum(widths) + 2 * len(widths)
    written = "".join("".join(found).split())
    assert sorted(written) == sorted("".join("".join(cell.plain for cell in cells).split()))
