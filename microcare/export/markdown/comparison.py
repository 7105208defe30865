"""A comparison as Markdown: for a message to a colleague."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from microcare.export.markdown.plan import escape_markdown

if TYPE_CHECKING:
    from microcare.wording.compare.outline import Cell, ComparisonEntry, ComparisonOutline, Section


def comparison_markdown(outline: ComparisonOutline) -> str:
    """Return a comparison as Markdown text, ending in a line break."""
    return "\n".join(_lines(outline)) + "\n"


def _lines(outline: ComparisonOutline) -> Iterable[str]:
    yield f"# {escape_markdown(outline.title)}"
    yield ""
    for protocol in outline.protocols:
        yield f"- {escape_markdown(protocol)}"
    if outline.appointment is not None:
        yield from ("", f"**{escape_markdown(outline.appointment)}**")
    yield from ("", escape_markdown(outline.tally))
    for section in outline.sections:
        yield from _section(section, outline)


def _section(section: Section, outline: ComparisonOutline) -> Iterable[str]:
    yield from ("", f"## {section.title}")
    if section.entries:
        names = (outline.names.left, outline.names.right)
        yield ""
        yield _table_row(["", *map(escape_markdown, names), "stricter", "remarks"])
        yield _table_row(["---"] * 5)
        for entry in section.entries:
            yield _entry(entry)
    if section.folded:
        yield from ("", f"The same in both: {escape_markdown(', '.join(section.folded))}.")


def _entry(entry: ComparisonEntry) -> str:
    label = f"{entry.label}, if {entry.condition}" if entry.condition else entry.label
    cells = [label, _cell(entry.left), _cell(entry.right), entry.verdict_words]
    return _table_row([escape_markdown(cell) for cell in (*cells, " ".join(entry.remarks))])


def _cell(cell: Cell) -> str:
    positions = f" [{', '.join(cell.positions)}]" if cell.positions else ""
    dates = f" ({cell.dates})" if cell.dates is not None else ""
    return f"{cell.words or '–'}{dates}{positions}"


def _table_row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
