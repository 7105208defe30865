"""Whether two conditions can ever hold together, answer by answer."""

from __future__ import annotations

from microcare.core.sheet.conditions import (
    All,
    Answer,
    Condition,
    evaluate,
    list_condition_factors,
    list_possible_answers,
)


def exclude_each_other(left: Condition | None, right: Condition | None) -> bool:
    """Return whether two conditions never hold together, whatever the answers; None always does."""
    if left is None or right is None:
        return False
    both = All((left, right))
    names = list_condition_factors(both)
    return all(evaluate(both, answers) is Answer.NO for answers in list_possible_answers(names))
