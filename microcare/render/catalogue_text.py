"""The list of protocols for the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.text import Text

from microcare.render.layout.hanging import paragraph
from microcare.wording.safe import visible

if TYPE_CHECKING:
    from rich.console import RenderableType

    from microcare.core.sheet.catalogue import CatalogueEntry


def catalogue_text(entries: Iterable[CatalogueEntry]) -> Iterable[RenderableType]:
    """Return the list's parts, one protocol below the other."""
    for entry in entries:
        name = f"{entry.id}{'  (default)' if entry.is_default else ''}"
        yield paragraph(Text(visible(name), "bold"))
        if entry.protocol is None:
            problems = "1 problem" if entry.problems == 1 else f"{entry.problems} problems"
            about = f"can't be used: {problems}; plan with it to read them"
        else:
            protocol = entry.protocol
            count = len(protocol.instructions)
            instructions = "1 instruction" if count == 1 else f"{count} instructions"
            about = f"{protocol.title}, version {protocol.version}, {instructions}"
            if protocol.extends is not None:
                about += f", extends {protocol.extends.base.id}"
        yield paragraph(Text(visible(about)), 2)
        origin = "built in" if entry.built_in else "your own"
        yield paragraph(Text(visible(f"{entry.file} ({origin})"), "dim"), 2)
