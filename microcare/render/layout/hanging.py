"""A paragraph beside its lead: the first line starts with it, the others hang below."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.text import Text

from microcare.core.values import value

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions
    from rich.segment import Segment

_LEAST_BODY = 20


@value
class Hanging:
    """`body` wrapped to the console's width, indented by `indent` columns behind `lead`.

    Behind a longer lead it is indented by that. Where the lead is None, the first line begins
    further out than the others. No line ends in spaces and nothing is cut: a word longer than a
    line is folded.
    """

    lead: Text | None
    body: Text
    indent: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterable[Segment]:
        """Yield the segments of the lines, for Rich; as segments they are wrapped but once."""
        lead = Text() if self.lead is None else self.lead.copy()
        indent = max(self.indent, lead.cell_len)
        width = max(options.max_width - indent, _LEAST_BODY)
        margin = Text(" " * indent)
        if self.lead is not None:
            lead.pad_right(indent - lead.cell_len)
        for number, line in enumerate(self.body.wrap(console, width)):
            whole = (lead if number == 0 else margin.copy()).append_text(line)
            whole.rstrip()
            yield from whole.render(console, end="\n")


def paragraph(text: Text, indent: int = 0) -> Hanging:
    """Return a paragraph without a lead."""
    return Hanging(Text(), text, indent)


def bullet(text: Text, mark: str = "-") -> Hanging:
    """Return a paragraph behind a mark."""
    return Hanging(Text(f"  {mark}"), text, len(mark) + 3)
