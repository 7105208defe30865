"""How a desk is set up, for the terminal: a setting a line, and where the configuration lies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.text import Text

from microcare.render.layout.hanging import Hanging, paragraph
from microcare.wording.desk import setting_words
from microcare.wording.safe import visible

if TYPE_CHECKING:
    from rich.console import RenderableType

    from microcare.core.sheet.desk import Desk


def desk_text(desk: Desk) -> Iterable[RenderableType]:
    """Return the parts, one below the other."""
    indent = max(len(each.name) for each in desk.settings) + 2
    for each in desk.settings:
        body = Text(visible(setting_words(each)))
        if each.problem:
            body.append(visible(f": can't be used. {each.problem}"), "bold")
        yield Hanging(Text(each.name, "bold"), body, indent)
    none = "" if desk.exists else " (there is none)"
    yield Text()
    yield paragraph(Text(visible(f"configuration: {desk.file}{none}"), "dim"))
