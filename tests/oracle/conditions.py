"""Whether a condition is met, and what it depends on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.core.sheet.conditions import All, Any, Condition, Is, Not

if TYPE_CHECKING:
    from collections.abc import Mapping


def is_so(condition: Condition | None, answers: Mapping[str, bool]) -> bool:
    """Return whether a condition is met; every factor in it must be answered."""
    match condition:
        case None:
            return True
        case Is(factor):
            return answers[factor]
        case Not(inner):
            return not is_so(inner, answers)
        case All(conditions):
            return all(is_so(each, answers) for each in conditions)
        case Any(conditions):
            return any(is_so(each, answers) for each in conditions)


def factors_of(condition: Condition | None) -> set[str]:
    """Return the factors on which a condition depends."""
    match condition:
        case None:
            return set()
        case Is(factor):
            return {factor}
        case Not(inner):
            return factors_of(inner)
        case All(conditions) | Any(conditions):
            return {factor for each in conditions for factor in factors_of(each)}
