"""Conditions in words, read after “if”, and why one does not hold."""

from __future__ import annotations

import pytest

from microcare.core.sheet.conditions import All, Any, Condition, Is, Not
from microcare.wording.conditions import condition_text, reason_text
from tests.strategies import FACTORS

P, Q, R = (Is(name) for name in "pqr")


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (P, "p is so"),
        (Not(P), "p is not so"),
        (All((P, Not(Q))), "p is so and q is not so"),
        (Any((P, Q)), "p is so or q is so"),
        (All((P, Any((Q, R)))), "p is so and (q is so or r is so)"),
        (Not(All((P, Q))), "p is not so or q is not so"),
        (Not(Not(P)), "p is so"),
    ],
)
def test_conditions_in_words(condition: Condition, words: str) -> None:
    """Read after “if”, and nested so that it can't be misread."""
    assert condition_text(condition, FACTORS) == words


def test_reason_is_each_answer_as_it_was_given() -> None:
    """What is so and what is not, in their order."""
    assert reason_text((("p", False), ("q", True)), FACTORS) == "p is not so; q is so"
    assert reason_text((), FACTORS) == ""
