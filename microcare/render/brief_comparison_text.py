"""A comparison in short for the terminal: columns where there is room, stacked where not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.text import Text

from microcare.render.comparison_text import NARROW_TABLE, VERDICT_STYLES
from microcare.render.layout.columns import GAP, Columns
from microcare.render.layout.hanging import paragraph
from microcare.wording.safe import visible

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from microcare.wording.compare.brief import Brief, BriefLine

_FEW = 2
"""So many lines are still read at a glance, though the two protocols stand beside each other."""

_LABEL, _CELL = 28, 23
"""How the topics and one protocol divide the room."""


def brief_comparison_text(brief: Brief, console: Console) -> Iterable[RenderableType]:
    """Return a comparison's parts from top to bottom, for the width of a console."""
    names = (brief.names.left, brief.names.right)
    layout = _Layout(brief, console)
    yield paragraph(Text(visible(brief.title), "bold"))
    yield paragraph(Text(visible(brief.tally)))
    for section in brief.sections:
        if section.title:
            yield layout.head(section.title, names)
        for each in section.lines:
            yield from layout.line(each)
    yield paragraph(Text(visible(brief.footnote)))


class _Layout:
    def __init__(self, brief: Brief, console: Console) -> None:
        self._signs = brief.signs
        self._console = console
        self._room = console.width - GAP
        room = self._room - 2 * GAP
        cell = room * _CELL // (_LABEL + 2 * _CELL)
        self._cells = (room - 2 * cell, cell, cell) if console.width >= NARROW_TABLE else ()

    def head(self, title: str, names: tuple[str, ...]) -> RenderableType:
        """Return the title of a section, with the names of the columns."""
        heads = [Text(visible(each), "bold") for each in (title, *names)]
        if not self._cells:
            return heads[0]
        label, *cells = self._cells
        return Columns(tuple(heads), (label + GAP, *cells), 0)

    def line(self, line: BriefLine) -> Iterable[RenderableType]:
        """Return one line: in columns, or below each other where that takes less."""
        label, cells = Text(visible(line.label)), [Text(visible(each)) for each in line.cells]
        if not cells:
            yield self._row(line, label)
            return
        told = [f"{sign}: {cell}" for sign, cell in zip(self._signs, line.cells, strict=True)]
        joined = self._row(line, Text(visible(f"{line.label}: {' | '.join(line.cells)}")))
        if self._cells:
            sign = Text(line.sign, VERDICT_STYLES[line.verdict])
            columns = Columns((label, *cells), self._cells, mark=sign, units=True)
            shorter = joined.height(self._console) < columns.height(self._console)
            yield joined if shorter else columns
        elif joined.height(self._console) <= _FEW:
            yield joined
        else:
            yield self._row(line, label)
            for each in told:
                yield Columns((Text(visible(each)),), (self._room - GAP,), 2 * GAP)

    def _row(self, line: BriefLine, text: Text) -> Columns:
        return Columns((text,), (self._room,), mark=Text(line.sign, VERDICT_STYLES[line.verdict]))
