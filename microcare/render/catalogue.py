"""The list of protocols for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from microcare.render.safe import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

    from microcare.core.catalogue import Entry


def catalogue_text(entries: Iterable[Entry]) -> Iterable[RenderableType]:
    """Return the list's parts, one protocol below the other."""
    for entry in entries:
        yield Text(visible(f"{entry.id}{'  (default)' if entry.is_default else ''}"), style="bold")
        if entry.protocol is None:
            problems = "1 problem" if entry.problems == 1 else f"{entry.problems} problems"
            about = f"can't be used: {problems}; plan with it to read them"
        else:
            protocol = entry.protocol
            count = len(protocol.instructions)
            about = f"{protocol.title}, version {protocol.version}, {count} instructions"
        yield Padding(Text(visible(about)), (0, 0, 0, 2))
        origin = "built in" if entry.built_in else "your own"
        yield Padding(Text(visible(f"{entry.file} ({origin})"), style="dim"), (0, 0, 0, 2))
