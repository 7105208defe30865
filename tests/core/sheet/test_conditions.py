"""Conditions have three values: yes, no, not asked."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from microcare.core.sheet.conditions import (
    All,
    Answer,
    Any,
    Condition,
    Is,
    Not,
    evaluate,
    list_condition_factors,
)
from tests.strategies import FACTORS, answers, conditions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

YES, NO, ASK = Answer.YES, Answer.NO, Answer.ASK
SAID = {YES: {"p": True}, NO: {"p": False}, ASK: {}}
P, Q, R = Is("p"), Is("q"), Is("r")


def said(left: Answer, right: Answer) -> dict[str, bool]:
    """Return the answers by which p and q have two values."""
    known = {"p": left, "q": right}
    return {name: value is YES for name, value in known.items() if value is not ASK}


@pytest.mark.parametrize(
    ("value", "opposite"), [(YES, NO), (NO, YES), (ASK, ASK)], ids=lambda each: each.value
)
def test_not(value: Answer, opposite: Answer) -> None:
    """What was not asked is not known the other way round either."""
    assert evaluate(P, SAID[value]) is value
    assert evaluate(Not(P), SAID[value]) is opposite


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (YES, YES, YES, YES),
        (YES, NO, NO, YES),
        (YES, ASK, ASK, YES),
        (NO, YES, NO, YES),
        (NO, NO, NO, NO),
        (NO, ASK, NO, ASK),
        (ASK, YES, ASK, YES),
        (ASK, NO, NO, ASK),
        (ASK, ASK, ASK, ASK),
    ],
    ids=lambda each: each.value,
)
def test_kleenes_tables(left: Answer, right: Answer, both: Answer, either: Answer) -> None:
    """All and any follow Kleene's tables: one no settles all, one yes settles any."""
    answers = said(left, right)
    assert evaluate(All((P, Q)), answers) is both
    assert evaluate(Any((P, Q)), answers) is either


@given(conditions, answers)
def test_the_least_and_the_greatest(condition: Condition, answers: dict[str, bool]) -> None:
    """However nested, all is the least of its parts, any the greatest, not the mirror image."""
    rank = {NO: 0, ASK: 1, YES: 2}
    assert rank[evaluate(condition, answers)] == _rank(condition, answers)


@given(conditions, answers)
def test_a_settled_condition_stays_settled(condition: Condition, answers: dict[str, bool]) -> None:
    """No further answer turns a yes or a no round."""
    settled = evaluate(condition, answers)
    if settled is not ASK:
        assert {evaluate(condition, each) for each in _completions(answers)} == {settled}


@given(conditions)
def test_all_answers_settle_everything(condition: Condition) -> None:
    """With every factor asked nothing is left to ask."""
    assert ASK not in {evaluate(condition, each) for each in _completions({})}


def test_factors_are_listed_once_and_in_order() -> None:
    """However often a condition names them."""
    assert list_condition_factors(All((Q, Any((P, Not(Q))), R))) == ("q", "p", "r")


def _rank(condition: Condition, answers: Mapping[str, bool]) -> int:
    match condition:
        case Is(factor):
            return 2 * answers[factor] if factor in answers else 1
        case Not(inner):
            return 2 - _rank(inner, answers)
        case All(parts):
            return min(_rank(part, answers) for part in parts)
        case Any(parts):
            return max(_rank(part, answers) for part in parts)


def _completions(answers: Mapping[str, bool]) -> Iterator[dict[str, bool]]:
    for values in product([False, True], repeat=len(FACTORS)):
        yield {**dict(zip(FACTORS, values, strict=True)), **answers}
