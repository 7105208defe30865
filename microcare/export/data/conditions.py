"""Conditions as the JSON formats show them."""

from __future__ import annotations

from microcare.core.sheet.conditions import All, Any, Condition, Is, Not


def condition_data(condition: Condition) -> dict[str, object]:
    """Return a condition as the JSON formats show it: {"factor": id}, {"not": …}, …."""
    match condition:
        case Is(factor):
            return {"factor": factor}
        case Not(inner):
            return {"not": condition_data(inner)}
        case All(parts):
            return {"all": [condition_data(part) for part in parts]}
        case Any(parts):
            return {"any": [condition_data(part) for part in parts]}
