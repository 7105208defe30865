"""A comparison for the terminal: a table where there is room, a list where there is none."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from rich.console import Group

from microcare.render.comparison_text import NARROW_TABLE, comparison_text
from microcare.wording.compare.outline import outline_comparison
from tests.core.compare.comparing import compare
from tests.render.printing import lines

SHORT = "avoid: sauna, until: 24 hours after"
LONG = "avoid: sauna, until: 48 hours after"


def text(left: str, right: str, width: int = 80) -> list[str]:
    """Return the lines of two protocols compared."""
    outline = outline_comparison(compare(left, right))
    return lines(Group(*comparison_text(outline, width=width)), width)


def test_table_has_a_column_a_protocol() -> None:
    """The topic, what each says, and which is stricter."""
    found = text(SHORT, LONG)
    head = next(place for place, line in enumerate(found) if line.endswith("stricter"))
    assert found[head - 1] == "AFTER"
    assert found[head].split() == ["sample", "(A)", "sample", "(B)", "stricter"]
    row = " ".join(found[head + 1 :])
    assert row.index("sauna") < row.index("24 hours") < row.index("48 hours")
    assert found[head + 1].endswith("sample (B)")


def test_list_says_the_same_below_each_other() -> None:
    """Each protocol by its name, the verdict as a sentence."""
    found = [line.strip() for line in text(SHORT, LONG, NARROW_TABLE - 1)]
    place = found.index("avoid: sauna")
    assert found[place + 1 : place + 4] == [
        "> sample (B) is stricter",
        "sample (A): until 24 hours after",
        "sample (B): until 48 hours after",
    ]


@pytest.mark.parametrize("width", [40, NARROW_TABLE - 1, NARROW_TABLE, 120])
def test_no_line_is_wider_than_the_console(width: int) -> None:
    """And both times are there at every width."""
    found = text(SHORT, LONG, width)
    assert [line for line in found if cell_len(line) > width] == []
    words = " ".join(" ".join(found).split())
    assert words.count("24") == words.count("48") == 1


def test_what_only_one_says_leaves_a_dash() -> None:
    """So that an empty cell is not taken for a mistake."""
    found = text(SHORT, "avoid: makeup, until: 2 days after")
    rows = {line.split()[1]: line for line in found if line.startswith("  avoid: ")}
    assert rows["makeup"].split()[2] == "–"
    assert rows["sauna"].split()[-4] == "–"


def test_what_is_the_same_has_its_row() -> None:
    """With both times, so that nothing is left to be looked up elsewhere."""
    (row,) = (line for line in text(SHORT, SHORT) if line.startswith("  avoid: sauna"))
    assert row.endswith("= same")
