"""A plan in texts: the whole of it, one of its days, and that day's rows in short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.core.sheet.protocol import Clinic
from microcare.wording.plan.outline import Outline, outline_plan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microcare.core.plan.plan import Plan
    from microcare.wording.plan.days import DayOutline
    from microcare.wording.plan.footnotes import Told


def outline(made: Plan) -> Outline:
    """Return a plan's outline, with a clinic that is not known."""
    return outline_plan(made, Clinic())


def day_outline(made: Plan, day: str) -> DayOutline:
    """Return one day of a plan, given as in "Sat 12 Dec"."""
    (found,) = (
        each
        for part in outline(made).sections
        for each in part.days
        if " ".join(each.label.split()) == day
    )
    return found


def words(told: Iterable[Told]) -> tuple[str, ...]:
    """Return texts without the marks of what is unclear."""
    return tuple(f"{each.text}{each.tail}" for each in told)


def labels(made: Plan) -> list[str]:
    """Return the days that a plan tells, as in "Sat 12 Dec"."""
    return [" ".join(day.label.split()) for part in outline(made).sections for day in part.days]


def rows(made: Plan, day: str) -> list[str]:
    """Return a day's rows as "time verb: text", the day given as in "Sat 12 Dec"."""
    found = day_outline(made, day)
    return [f"{row.time} {row.verb}: {row.text}".strip(" :") for row in found.rows]
