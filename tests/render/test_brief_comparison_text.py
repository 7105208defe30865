"""A comparison in short for the terminal: columns, one paragraph, or below each other."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from rich.console import Console, Group

from microcare.core.compare.protocols import compare_protocols
from microcare.load.library.protocols import load_protocol
from microcare.render.brief_comparison_text import brief_comparison_text
from microcare.wording.compare.brief import outline_brief
from tests.core.compare.comparing import compare
from tests.example_sheets import NAMES, sheet
from tests.render.printing import lines

if TYPE_CHECKING:
    from microcare.core.compare.comparison import Comparison

RULE = "avoid: [hot-showers, hot-baths, sauna, strenuous-exercise, yoga, sweating], until:"
LONG = f"{RULE} 2 days after"
LONGER = f"{RULE} 3 days after"


def text(left: str, right: str, width: int = 80) -> list[str]:
    """Return the lines of two protocols of a few instructions compared."""
    return show(compare(left, right), width)


def show(comparison: Comparison, width: int) -> list[str]:
    """Return the lines of a comparison."""
    console = Console(file=io.StringIO(), width=width)
    return lines(Group(*brief_comparison_text(outline_brief(comparison), console)), width)


def test_row_has_the_sign_first_and_a_column_a_protocol() -> None:
    """Under their names."""
    found = text("avoid: sauna, until: 48 hours after", "avoid: sauna, until: 24 hours after")
    place = next(place for place, line in enumerate(found) if line.startswith("MOST WEIGHT"))
    head, row = found[place : place + 2]
    assert row.split() == ["A", "after:", "sauna", "48", "h", "24", "h"]
    assert head.index("sample (A)") == row.index("48 h")
    assert head.index("sample (B)") == row.index("24 h")


def test_row_that_takes_less_so_is_a_paragraph() -> None:
    """The names, then both cells in the order of the protocols."""
    found = " ".join(" ".join(text(LONG, LONGER)).split())
    assert "strenuous exercise, yoga, sweating: 2 d | 3 d" in found


def test_narrow_row_is_stacked_where_it_is_long() -> None:
    """Each protocol behind its letter; a short one stays on a line."""
    assert "B after: sauna: 2 d | 3 d" in text(
        "avoid: sauna, until: 2 days after", "avoid: sauna, until: 3 days after", 40
    )
    found = text(LONG, LONGER, 40)
    assert found[found.index("    A: 2 d") + 1] == "    B: 3 d"


@cache
def whole_comparisons() -> tuple[Comparison, ...]:
    """Return the comparisons of the clinics and of two long sheets."""
    clinics = compare_protocols(load_protocol("clinic-a"), load_protocol("clinic-b"))
    return clinics, compare_protocols(sheet(NAMES[0]), sheet(NAMES[1]))


@pytest.mark.parametrize("width", [20, 40, 71, 72, 80, 120])
def test_no_line_is_wider_than_the_console(width: int) -> None:
    """And no word is cut, of the clinics and of a long sheet."""
    for comparison in whole_comparisons():
        found = show(comparison, width)
        assert [line for line in found if cell_len(line) > max(width, 20) or "…" in line] == []
        squeezed = "".join("".join(found).split())
        for section in outline_brief(comparison).sections:
            for line in section.lines:
                if not line.cells:
                    assert "".join(line.label.split()) in squeezed
