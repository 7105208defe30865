"""One day of a plan for the terminal and for pipes: sentences under their heads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.text import Text

from microcare.language.messages import say, say_as
from microcare.render.layout.hanging import Hanging, paragraph
from microcare.wording.plan.one_day import OneDay
from microcare.wording.safe import visible

if TYPE_CHECKING:
    from rich.console import RenderableType


def day_text(day: OneDay) -> Iterable[RenderableType]:
    """Return the parts of a day from top to bottom."""
    yield paragraph(Text(visible(day.title), "bold"))
    parts = (
        ("", day.changes),
        (say_as("section", "ALL DAY"), day.holds),
        (say_as("section", "DOSES"), day.taken),
        ("", (day.expected,) if day.expected else ()),
    )
    for title, sentences in parts:
        yield from (Text(),) if sentences else ()
        yield from (Text(title, "bold"),) if sentences and title else ()
        for sentence in sentences:
            yield Hanging(None, Text(visible(sentence)), 2)
    if not any(sentences for _, sentences in parts):
        yield paragraph(Text(say("Nothing with a date holds on this day.")))
