"""The parts into which the days of a plan fall."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from microcare.core.plan.days import Day


class Phase(StrEnum):
    """A part of the days, in their order."""

    BEFORE = "before"
    DAY = "day"
    AFTER = "after"


class _HasDay(Protocol):
    @property
    def day(self) -> Day: ...


D = TypeVar("D", bound=_HasDay)


def find_phase(day: Day) -> Phase:
    """Return the part in which a day lies."""
    if not day.distance:
        return Phase.DAY
    return Phase.BEFORE if day.distance < 0 else Phase.AFTER


def split_phases(
    days: Iterable[D], part: Phase | None = None
) -> tuple[tuple[Phase, tuple[D, ...]], ...]:
    """Return days by the phase in which they lie, without a phase that has none.

    With `part` only those of one phase.
    """
    found: dict[Phase, list[D]] = {}
    for each in days:
        phase = find_phase(each.day)
        if part in (None, phase):
            found.setdefault(phase, []).append(each)
    return tuple((phase, tuple(chosen)) for phase, chosen in found.items())
