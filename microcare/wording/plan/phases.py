"""The parts into which the days of a plan fall."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from microcare.core.values import value
from microcare.language.locales import join_all
from microcare.language.messages import mark_as, say, say_as

if TYPE_CHECKING:
    from microcare.core.plan.days import Day
    from microcare.core.plan.plan import Plan


class Phase(StrEnum):
    """A part of the days, in their order."""

    BEFORE = "before"
    DAY = "day"
    AFTER = "after"


class _HasDay(Protocol):
    @property
    def day(self) -> Day: ...


D = TypeVar("D", bound=_HasDay)


def find_phase(day: Day, plan: Plan) -> Phase:
    """Return the part in which a day lies: before the first treatment, on the day of one, after."""
    if day.treatments:
        return Phase.DAY
    first = min(each.visit.day for each in plan.treatments)
    return Phase.BEFORE if day.date < first else Phase.AFTER


@value
class Section(Generic[D]):
    """Days of one phase in a row, with a title."""

    phase: Phase
    title: str
    days: tuple[D, ...]


def split_phases(
    days: Iterable[D], plan: Plan, part: Phase | None = None
) -> tuple[Section[D], ...]:
    """Return days by the phase in which they lie, without a phase that has none.

    With `part` only those of one phase. Between two treatments it is after the first of them, and
    before the first there is nothing after another.
    """
    dates = sorted({each.visit.day for each in plan.treatments})
    found: dict[tuple[Phase, int], list[D]] = {}
    for each in days:
        phase, passed = find_phase(each.day, plan), bisect_right(dates, each.day.date)
        if part in (None, phase):
            found.setdefault((phase, passed), []).append(each)
    return tuple(
        Section(phase, _name_phase(phase, passed, dates, plan), tuple(chosen))
        for (phase, passed), chosen in found.items()
    )


def _name_phase(phase: Phase, passed: int, dates: list[date], plan: Plan) -> str:
    if len(dates) == 1:
        return say_as("section", _TITLES[phase])
    # A plan of several treatments is rare, and commands name the phases in their help.
    from microcare.wording.plan.words import refer_treatment

    last, coming = (
        join_all(refer_treatment(each, plan) for each in plan.treatments if each.visit.day == day)
        for day in (dates[passed - 1], dates[passed % len(dates)])
    )
    match phase:
        case Phase.DAY:
            return say("Day of {treatment}", treatment=last)
        case Phase.AFTER if passed < len(dates):
            return say("After {treatment}, before {next}", treatment=last, next=coming)
        case Phase.AFTER:
            return say("After {treatment}", treatment=last)
        case _:
            return say("Before {treatment}", treatment=coming)


_TITLES = {
    Phase.BEFORE: mark_as("section", "Before"),
    Phase.DAY: mark_as("section", "Treatment day"),
    Phase.AFTER: mark_as("section", "After"),
}
