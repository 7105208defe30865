"""A plan by thing for the terminal and for pipes: two tables with a line a thing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.text import Text

from microcare.language.messages import say, say_as
from microcare.render.layout.hanging import Hanging, paragraph
from microcare.render.plan_text import NARROW_PLAN, section
from microcare.wording.plan.things import Thing, Things
from microcare.wording.safe import visible

if TYPE_CHECKING:
    from rich.console import RenderableType


def things_text(things: Things, *, width: int) -> Iterable[RenderableType]:
    """Return the tables from top to bottom."""
    yield from _table(say_as("section", "LAST FINE"), things.fine, "red", width=width)
    yield from _table(say_as("section", "FINE AGAIN"), things.again, "green", width=width)
    for number, line in enumerate(things.asked):
        yield from () if number else section(say("ASK THE CLINIC"))
        yield Hanging(Text("  "), Text(visible(line.text)), 4)
    if things.footnotes:
        notes = " ".join(f"{mark} {text}" for mark, text in things.footnotes)
        yield Text()
        yield paragraph(Text(visible(say("Unclear, ask the clinic: {notes}", notes=notes))))


def _table(
    title: str, things: tuple[Thing, ...], style: str, *, width: int
) -> Iterable[RenderableType]:
    if not things:
        return
    yield from section(title)
    times = max(len(each.time) for each in things)
    days = max(len(each.date) for each in things)
    for each in things:
        if width < NARROW_PLAN:
            lead = Text(visible(" ".join(filter(None, [each.date, each.time]))) + " ", style)
            yield Hanging(None, lead.append(visible(each.text), "not bold default"), 2)
        else:
            lead = Text(visible(f"  {each.date:<{days}} {each.time:>{times}}  "), style)
            yield Hanging(lead, Text(visible(each.text)), lead.cell_len)
