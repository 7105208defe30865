"""The earliest appointment for the terminal and for pipes: a line a fact."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.text import Text

from microcare.render.layout.hanging import Hanging
from microcare.render.plan_text import blocked
from microcare.wording.earliest import EarliestTold
from microcare.wording.safe import visible

if TYPE_CHECKING:
    from rich.console import RenderableType

_HEAD_WIDTH = 9


def earliest_text(told: EarliestTold, command: str) -> Iterable[RenderableType]:
    """Return the lines from top to bottom; the last is a `command` to paste, never folded."""
    yield from blocked(told.blocked)
    lines = (*told.binding, ("EARLIEST", told.date), *told.others)
    for head, text in lines:
        lead = Text(f"{head} ".ljust(_HEAD_WIDTH), "bold" if head == "EARLIEST" else "")
        body = Text(visible(text), "bold" if head == "EARLIEST" else "")
        yield Hanging(lead, body, _HEAD_WIDTH)
    yield Text(visible(command), "dim", no_wrap=True, overflow="ignore")
