"""What is said of a booking that moves, for the terminal and for pipes: a line a fact."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.text import Text

from microcare.render.layout.hanging import Hanging, paragraph
from microcare.wording.plan.moves import Passage
from microcare.wording.safe import visible

if TYPE_CHECKING:
    from rich.console import RenderableType

_INDENT = 2
_HEAD_WIDTH = 12


def move_text(sections: Iterable[Passage]) -> Iterable[RenderableType]:
    """Return the sections from top to bottom, their lines hanging behind what stands before."""
    for section in sections:
        yield paragraph(Text(section.title, "bold"))
        for head, text in section.lines:
            body = Text(visible(text))
            if head:
                indent = _INDENT + _HEAD_WIDTH
                yield Hanging(Text(f"{' ' * _INDENT}{head}"), body, indent)
            else:
                yield Hanging(Text(" " * _INDENT), body, _INDENT)
