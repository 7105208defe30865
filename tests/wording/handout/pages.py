"""A handout in texts: the whole of it, its days, and every text that stands on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.core.sheet.protocol import Clinic
from microcare.wording.handout.outline import outline_handout
from microcare.wording.handout.parts import Handout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microcare.core.plan.plan import Plan
    from microcare.wording.handout.parts import Box, PageLine
    from microcare.wording.plan.phases import Phase


def page(made: Plan, part: Phase | None = None, clinic: Clinic | None = None) -> Handout:
    """Return a plan's handout, with a clinic that is not known unless one is given."""
    return outline_handout(made, clinic or Clinic(), part=part)


def day_lines(made: Handout, day: str) -> list[str]:
    """Return a day's lines as "time mark lead: text (details)", the day as in "Sat 12 Dec"."""
    (found,) = (each for part in made.sections for each in part.days if each.label == day)
    return [f"{group.time} {write(item)}".strip() for group in found.groups for item in group.lines]


def write(item: PageLine) -> str:
    """Return a line as "mark lead: text (details)"."""
    lead = f"{item.lead}: " if item.lead else ""
    details = f" ({item.details})" if item.details else ""
    return f"{item.sign.value} {lead}{item.text}{details}"


def boxes(made: Handout) -> dict[str, list[str]]:
    """Return the lines of each box beside the days, by its title."""
    shown: list[Box | None] = [*made.first, made.expected, made.call, *made.last]
    return {
        box.title: [write(item) for part in box.lists for item in part.lines]
        for box in shown
        if box is not None
    }


def list_lines(made: Handout) -> Iterator[PageLine]:
    """Yield every line of a handout, in the order of the page."""
    yield from _list_boxed(*made.first)
    for section in made.sections:
        for day in section.days:
            for group in day.groups:
                yield from group.lines
    yield from _list_boxed(made.expected, made.call, *made.last)


def _list_boxed(*shown: Box | None) -> Iterator[PageLine]:
    for box in filter(None, shown):
        for part in box.lists:
            yield from part.lines
