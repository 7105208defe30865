"""A comparison as Markdown: a table whose cells are text and nothing else."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from microcare.core.compare.comparison import Verdict
from microcare.export.markdown.comparison import brief_markdown, comparison_markdown
from microcare.wording.compare.brief import Brief, BriefLine, BriefSection
from microcare.wording.compare.outline import Cell, ComparisonEntry, ComparisonOutline, Section
from microcare.wording.compare.verdicts import ProtocolNames
from microcare.wording.safe import visible
from tests.commands.running import squeeze


def outline(text: str) -> ComparisonOutline:
    """Return a comparison that holds a text in each of its parts."""
    entry = ComparisonEntry(
        text, None, Cell(text, None, ()), Cell(None, None, ()), Verdict.ONLY_LEFT, text, (text,)
    )
    names = ProtocolNames(text, text)
    section = Section("Before", (entry,))
    return ComparisonOutline(names, text, (text, text), text, text, (section,))


def brief(text: str) -> Brief:
    """Return a comparison in short that holds a text in each of its parts."""
    row = BriefLine("a", Verdict.LEFT_STRICTER, text, (text, text), ())
    listed = BriefLine("a", Verdict.ONLY_LEFT, text, (), ())
    section = BriefSection("BEFORE", (row, listed))
    return Brief(ProtocolNames(text, text), ("a", "b"), text, text, (section,), text)


def cells(text: str) -> list[str]:
    """Return what a reader of the rendered tables sees, cell by cell."""
    tokens = MarkdownIt().enable("table").parse(text)
    inside = [
        each for before, each in itertools.pairwise(tokens) if before.type in {"td_open", "th_open"}
    ]
    return ["".join(part.content for part in each.children or ()) for each in inside]


def test_row_has_both_sides_and_the_verdict() -> None:
    """A silent side is a dash."""
    assert cells(comparison_markdown(outline("x"))) == [
        *("", "x", "x", "stricter", "remarks"),
        *("x", "x", "–", "x", "x"),
    ]


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=40))
def test_any_text_is_text(text: str) -> None:
    """No character of a protocol breaks the table or is read as a mark."""
    expected = squeeze(visible(text))
    if expected:
        found = cells(comparison_markdown(outline(text)))
        assert found == [
            *("", expected, expected, "stricter", "remarks"),
            *(expected, expected, "–", expected, expected),
        ]


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=40))
def test_any_text_is_text_in_short_too(text: str) -> None:
    """A table of what both say, then a list of what only one does."""
    expected = squeeze(visible(text))
    if expected:
        found = brief_markdown(brief(text))
        assert cells(found) == ["", "", expected, expected, "a", *[expected] * 3]
        assert found.count("\n- **a** ") == 1
