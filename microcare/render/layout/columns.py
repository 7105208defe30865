"""Cells beside each other, each wrapped to its column: a row of a table without frames."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.text import Text

from microcare.core.values import value

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions
    from rich.segment import Segment

GAP = 2
"""Blank columns between two cells."""


@value
class Columns:
    """`cells` wrapped to `widths`, in columns, behind an indent of two; nothing is cut."""

    cells: tuple[Text, ...]
    widths: tuple[int, ...]

    def __rich_console__(self, console: Console, _: ConsoleOptions) -> Iterable[Segment]:
        """Yield the segments of the lines, for Rich."""
        wrapped = [
            list(cell.wrap(console, width))
            for cell, width in zip(self.cells, self.widths, strict=True)
        ]
        for number in range(max(map(len, wrapped))):
            line = Text(" " * GAP)
            for lines, width in zip(wrapped, self.widths, strict=True):
                part = lines[number].copy() if number < len(lines) else Text()
                part.rstrip()
                part.pad_right(width + GAP - part.cell_len)
                line.append_text(part)
            line.rstrip()
            yield from line.render(console, end="\n")
