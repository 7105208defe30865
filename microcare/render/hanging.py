"""A paragraph beside its lead: the first line starts with it, the others hang below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console, ConsoleOptions

_LEAST_BODY = 20


@dataclass(frozen=True, slots=True)
class Hanging:
    """`body` wrapped to the console's width, indented by `indent` columns behind `lead`.

    No line ends in spaces and nothing is cut: a word longer than a line is folded.
    """

    lead: Text
    body: Text
    indent: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterable[Text]:
        """Yield the lines, for Rich."""
        width = max(options.max_width - self.indent, _LEAST_BODY)
        margin = Text(" " * self.indent)
        lead = self.lead.copy()
        lead.pad_right(self.indent - lead.cell_len)
        for number, line in enumerate(self.body.wrap(console, width)):
            whole = (lead if number == 0 else margin.copy()).append_text(line)
            whole.rstrip()
            yield whole


def bullet(text: Text, mark: str = "-") -> Hanging:
    """Return a paragraph behind a mark."""
    return Hanging(Text(f"  {mark}"), text, len(mark) + 3)
