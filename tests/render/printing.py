"""What a console shows of a renderable."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from rich.console import RenderableType


def lines(part: RenderableType, width: int = 80) -> list[str]:
    """Return what a console of so many columns shows, nothing cut off."""
    console = Console(file=io.StringIO(), width=width, markup=False, emoji=False, highlight=False)
    with console.capture() as captured:
        console.print(part, crop=False)
    return captured.get().removesuffix("\n").split("\n")
