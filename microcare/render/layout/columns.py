"""Cells beside each other, each wrapped to its column: a row of a table without frames."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.text import Text

from microcare.core.values import value

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions
    from rich.segment import Segment

GAP = 2
"""Blank columns between two cells."""


_KEPT = re.compile(r"(?<=\d) (?=(?:min|h|d)\b)|(?<=\bday) (?=\d)|(?<=\bdays) (?=\d)")
"""Blanks at which no line is broken: between a number and its unit."""

_HELD = "\ue000"
"""Stands for such a blank while a cell is wrapped: Rich breaks a line at any kind of blank."""


@value
class Columns:
    """`cells` wrapped to `widths`, in columns, behind an indent; nothing is cut.

    `mark` stands in the indent of the first line. With `units` a number and its unit stay on one
    line.
    """

    cells: tuple[Text, ...]
    widths: tuple[int, ...]
    indent: int = GAP
    mark: Text | None = None
    units: bool = False

    def height(self, console: Console) -> int:
        """Return how many lines it takes."""
        return max(map(len, self._wrap(console)))

    def __rich_console__(self, console: Console, _: ConsoleOptions) -> Iterable[Segment]:
        """Yield the segments of the lines, for Rich."""
        wrapped = self._wrap(console)
        for number in range(max(map(len, wrapped))):
            line = Text() if self.mark is None or number else self.mark.copy()
            line.pad_right(self.indent - line.cell_len)
            for lines, width in zip(wrapped, self.widths, strict=True):
                part = lines[number].copy() if number < len(lines) else Text()
                part.rstrip()
                part.pad_right(width + GAP - part.cell_len)
                line.append_text(part)
            line.rstrip()
            yield from line.render(console, end="\n")

    def _wrap(self, console: Console) -> list[list[Text]]:
        wrapped = []
        for cell, width in zip(self.cells, self.widths, strict=True):
            held = cell.copy()
            if self.units:
                held.plain = _KEPT.sub(_HELD, held.plain)
            wrapped.append(list(held.wrap(console, width)))
            for line in wrapped[-1]:
                line.plain = line.plain.replace(_HELD, " ")
        return wrapped
