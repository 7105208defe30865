"""A comparison as Markdown: for a message to a colleague, in short or in full."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from microcare.export.markdown.plan import escape_markdown

if TYPE_CHECKING:
    from microcare.wording.compare.brief import Brief
    from microcare.wording.compare.outline import Cell, ComparisonEntry, ComparisonOutline, Section


def brief_markdown(brief: Brief) -> str:
    """Return a comparison in short as Markdown text, ending in a line break."""
    return "\n".join(_brief_lines(brief)) + "\n"


def _brief_lines(brief: Brief) -> Iterable[str]:
    yield f"# {escape_markdown(brief.title)}"
    yield from ("", escape_markdown(brief.tally))
    names = [escape_markdown(name) for name in (brief.names.left, brief.names.right)]
    for section in brief.sections:
        if section.title:
            yield from ("", f"## {section.title.capitalize()}")
        beside = [line for line in section.lines if line.cells]
        if beside:
            yield from ("", _table_row(["", "", *names]), _table_row(["---"] * 4))
            for line in beside:
                cells = (line.sign, line.label, *line.cells)
                yield _table_row([escape_markdown(cell) for cell in cells])
        listed = [line for line in section.lines if not line.cells]
        if listed:
            yield ""
            yield from (f"- **{line.sign}** {escape_markdown(line.label)}" for line in listed)
    yield from ("", escape_markdown(brief.footnote))


def comparison_markdown(outline: ComparisonOutline) -> str:
    """Return a comparison in full as Markdown text, ending in a line break."""
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
    names = (outline.names.left, outline.names.right)
    yield ""
    yield _table_row(["", *map(escape_markdown, names), "stricter", "remarks"])
    yield _table_row(["---"] * 5)
    for entry in section.entries:
        yield _entry(entry)


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
