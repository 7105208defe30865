"""The line of a file with a caret under the place: whole where it fits, else a window of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from microcare.render.layout.excerpt import LEAST_CELLS, excerpt, split_lines


@pytest.mark.parametrize(
    ("line", "column", "shown", "before"),
    [
        ("from: 48 hors before", 7, "from: 48 hors before", 6),
        ("from:", 6, "from:", 5),
        ("from:", 99, "from:", 5),
        ("", 1, "", 0),
        ("\tavoid: sauna", 2, "\\tavoid: sauna", 2),
        ("say: 日本 x", 9, "say: 日本 x", 10),
        ("say: e\u0301x", 8, "say: e\u0301x", 6),
        ("say: \x1b[31m\u202ex", 12, "say: \\x1b[31m\\u202ex", 19),
    ],
)
def test_caret_stands_under_the_character(line: str, column: int, shown: str, before: int) -> None:
    """Tabs, wide, joined and hidden characters before it are counted as they are shown."""
    found = excerpt(line, column, 40)
    assert (found.shown, found.before) == (shown, before)


@pytest.mark.parametrize(
    ("column", "shown", "before"),
    [
        (1, "abcdefghijklmnopqr…", 0),
        (13, "…defghijklmnopqrstu…", 10),
        (26, "…ijklmnopqrstuvwxyz", 18),
        (27, "…jklmnopqrstuvwxyz", 18),
    ],
)
def test_long_line_is_shown_around_the_caret(column: int, shown: str, before: int) -> None:
    """What is cut off is marked, on either side."""
    found = excerpt("abcdefghijklmnopqrstuvwxyz", column, 20)
    assert (found.shown, found.before) == (shown, before)


@given(
    st.text(st.characters(codec="utf-8"), max_size=80),
    st.integers(1, 90),
    st.integers(LEAST_CELLS, 60),
)
def test_excerpt_fits_and_holds_the_caret(line: str, column: int, width: int) -> None:
    """Whatever a line holds: no control leaves it, and the caret lies within the width."""
    found = excerpt(line, column, width)
    assert sum(cell_len(each) for each in found.shown) <= max(width, LEAST_CELLS)
    assert found.before <= width
    assert not any(each < " " for each in found.shown)


@pytest.mark.parametrize(
    ("line", "column", "shown", "before"),
    [
        ("say: “é” x", 10, "say: \\u201c\\xe9\\u201d x", 22),
        ("abcdefghijklmnopqrstuvwxyz" * 2, 30, "...pqrstuvwxyzabcdefghijklmnopq...", 17),
    ],
)
def test_caret_stands_right_in_ascii(line: str, column: int, shown: str, before: int) -> None:
    """What the encoding lacks is spelt out before anything is measured."""
    found = excerpt(line, column, 34, "ascii")
    assert (found.shown, found.before) == (shown, before)


def test_a_line_of_a_million_characters_costs_no_time() -> None:
    """Only what can be seen is looked at."""
    found = excerpt("x" * 1_000_000, 500_000, 40)
    assert (len(found.shown), found.before) == (40, 20)


def test_lines_are_those_of_yaml() -> None:
    """It also ends a line where Windows, old Macs and Unicode do."""
    assert split_lines("a\r\nb\rc\u2028d\ne") == ["a", "b", "c", "d", "e"]
