"""Conditions in words, and why one does not hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from microcare.core.sheet.conditions import All, Any, Condition, Factor, Is, Not
from microcare.language.locales import join_all, join_any


def condition_text(condition: Condition, factors: Mapping[str, Factor]) -> str:
    """Return a condition in words, to be read after "if"."""
    match condition:
        case Is(factor):
            return factors[factor].yes
        case Not(inner):
            return _negated_text(inner, factors)
        case All(parts):
            return join_all(_nested_text(part, factors) for part in parts)
        case Any(parts):
            return join_any(_nested_text(part, factors) for part in parts)


def reason_text(reason: Iterable[tuple[str, bool]], factors: Mapping[str, Factor]) -> str:
    """Return in words why an instruction does not apply: the answers that settled it."""
    return "; ".join(factors[name].yes if answer else factors[name].no for name, answer in reason)


def _negated_text(condition: Condition, factors: Mapping[str, Factor]) -> str:
    """Return in words that a condition does not hold, of each of its factors what is not so."""
    match condition:
        case Is(factor):
            return factors[factor].no
        case Not(inner):
            return condition_text(inner, factors)
        case All(parts):
            return condition_text(Any(tuple(map(Not, parts))), factors)
        case Any(parts):
            return condition_text(All(tuple(map(Not, parts))), factors)


def _nested_text(condition: Condition, factors: Mapping[str, Factor]) -> str:
    text = condition_text(condition, factors)
    inner = condition.condition if isinstance(condition, Not) else condition
    return f"({text})" if isinstance(inner, All | Any) else text
