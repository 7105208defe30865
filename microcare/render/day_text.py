"""One day of a plan for the terminal and for pipes: sentences under their heads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.text import Text

from microcare.render.layout.hanging import paragraph
from microcare.render.plan_text import section
from microcare.wording.plan.one_day import OneDay
from microcare.wording.safe import visible

if TYPE_CHECKING:
    from rich.console import RenderableType


def day_text(day: OneDay) -> Iterable[RenderableType]:
    """Return the parts of a day from top to bottom."""
    yield paragraph(Text(visible(day.title), "bold"))
    yield paragraph(Text(visible(day.distance)))
    parts = (
        ("THIS DAY", day.changes),
        ("ALL DAY", day.holds),
        ("DOSES", day.taken),
        ("EXPECT", day.expected),
    )
    for title, sentences in parts:
        if sentences:
            yield from section(title, sentences)
    if not any(sentences for _, sentences in parts):
        yield paragraph(Text("Nothing is to be heeded on this day."))
