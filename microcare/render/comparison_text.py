"""A comparison for the terminal and for pipes: a table, or a list where columns are few."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.text import Text

from microcare.core.compare.comparison import Verdict
from microcare.render.layout.columns import GAP, Columns
from microcare.render.layout.hanging import Hanging, paragraph
from microcare.wording.safe import visible

if TYPE_CHECKING:
    from rich.console import RenderableType

    from microcare.wording.compare.outline import Cell, ComparisonEntry, ComparisonOutline, Section
    from microcare.wording.compare.verdicts import ProtocolNames

NARROW_TABLE = 72
"""Below this many columns the two protocols stand below each other."""

_SILENT = "–"
_HEAD = "stricter"
_SHARES = (9, 8, 8)
"""How the topic and the two protocols divide the room."""

VERDICT_STYLES = {
    Verdict.SAME: "green",
    Verdict.LEFT_STRICTER: "red",
    Verdict.RIGHT_STRICTER: "red",
    Verdict.ONLY_LEFT: "yellow",
    Verdict.ONLY_RIGHT: "yellow",
    Verdict.DIFFERS: "magenta",
}

_STRICTER = {Verdict.LEFT_STRICTER, Verdict.RIGHT_STRICTER}


def comparison_text(outline: ComparisonOutline, *, width: int) -> Iterable[RenderableType]:
    """Return a comparison's parts from top to bottom."""
    yield paragraph(Text(visible(outline.title), "bold"))
    for line in outline.protocols:
        yield paragraph(Text(visible(line)), 2)
    if outline.appointment is not None:
        yield paragraph(Text(visible(outline.appointment), "bold"))
    yield paragraph(Text(visible(outline.tally)))
    widths = _widths(outline, width)
    for section in outline.sections:
        yield from _section(section, outline.names, widths)


def _section(
    section: Section, names: ProtocolNames, widths: tuple[int, ...]
) -> Iterable[RenderableType]:
    yield Text()
    title = section.title.upper()
    yield Text(title, style="bold")
    if widths:
        heads = ("", names.left, names.right, _HEAD)
        yield Columns(tuple(Text(visible(head), "bold") for head in heads), widths)
    for entry in section.entries:
        yield from _row(entry, widths) if widths else _list_item(entry, names)


def _widths(outline: ComparisonOutline, width: int) -> tuple[int, ...]:
    """Return the columns' widths; there are none where the console is too narrow for a table."""
    if width < NARROW_TABLE:
        return ()
    room = width - GAP * (len(_SHARES) + 2)
    verdicts = [
        len(entry.verdict_words) for section in outline.sections for entry in section.entries
    ]
    last = min(max([len(_HEAD), *verdicts]), room // 4)
    return (*((room - last) * share // sum(_SHARES) for share in _SHARES), last)


def _row(entry: ComparisonEntry, widths: tuple[int, ...]) -> Iterable[RenderableType]:
    cells = (
        _label(entry),
        _cell(entry.left, "\n"),
        _cell(entry.right, "\n"),
        Text(visible(entry.verdict_words), VERDICT_STYLES[entry.verdict]),
    )
    yield Columns(cells, widths)
    for remark in _remarks(entry):
        yield Hanging(Text("    "), Text(visible(remark), "dim"), 6)


def _list_item(entry: ComparisonEntry, names: ProtocolNames) -> Iterable[RenderableType]:
    yield paragraph(_label(entry), GAP)
    stricter = " is stricter" if entry.verdict in _STRICTER else ""
    words = Text(visible(f"{entry.verdict_words}{stricter}"), VERDICT_STYLES[entry.verdict])
    yield Hanging(Text("   "), words, 6)
    for name, cell in ((names.left, entry.left), (names.right, entry.right)):
        yield Hanging(Text("   "), Text.assemble(visible(f"{name}: "), _cell(cell, " ")), 6)
    for remark in _remarks(entry):
        yield Hanging(Text("   "), Text(visible(remark), "dim"), 6)


def _label(entry: ComparisonEntry) -> Text:
    text = Text(visible(entry.label))
    if entry.condition is not None:
        text.append(visible(f", if {entry.condition}"))
    return text


def _cell(cell: Cell, gap: str) -> Text:
    text = Text(visible(cell.words or _SILENT))
    if cell.dates is not None:
        text.append(f"{gap}({visible(cell.dates)})", style="cyan")
    return text


def _remarks(entry: ComparisonEntry) -> Iterable[str]:
    yield from entry.remarks
    positions = [", ".join(cell.positions) for cell in (entry.left, entry.right)]
    yield " ↔ ".join(position or _SILENT for position in positions)
