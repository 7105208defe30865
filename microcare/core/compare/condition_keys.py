"""Conditions by their meaning: equal for any two that hold under the same answers."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

from microcare.core.sheet.conditions import (
    APPOINTMENT_BEFORE,
    MAX_FACTORS,
    Answer,
    Condition,
    evaluate,
    is_appointment_factor,
    is_possible,
    list_condition_factors,
    list_possible_answers,
)

ConditionKey = tuple[object, ...]
"""What a condition means: its factors and the answers under which it holds; () is always.

One with too many factors to be tried is its own and only meaning.
"""


def make_condition_key(condition: Condition | None) -> ConditionKey:
    """Return what a condition means, equal for any two that hold under the same answers."""
    if condition is None:
        return ()
    names = tuple(sorted(list_condition_factors(condition)))
    if len(names) > MAX_FACTORS:
        return (condition,)
    matter = tuple(name for name in names if _matters(name, condition, names))
    table = tuple(
        evaluate(condition, _complete(answers, names)) is Answer.YES
        for answers in list_possible_answers(matter)
    )
    return () if all(table) else (matter, table)


def _matters(name: str, condition: Condition, names: tuple[str, ...]) -> bool:
    """Return whether another answer to a factor alone ever changes whether a condition holds."""
    for answers in list_possible_answers(names):
        other = {**answers, name: not answers[name]}
        if is_possible(other) and evaluate(condition, answers) != evaluate(condition, other):
            return True
    return False


def _complete(answers: Mapping[str, bool], names: tuple[str, ...]) -> dict[str, bool]:
    """Return answers with some to the factors that don't matter, such that all agree."""
    earlier = [name for name, yes in answers.items() if yes and is_appointment_factor(name)]
    agreeing = {
        name: is_appointment_factor(name) and any(each < name for each in earlier) for name in names
    }
    return {**agreeing, **answers}


def list_factors(key: ConditionKey) -> Iterable[Hashable]:
    """Return what a condition has in common with each other that it implies.

    That is at least one factor, all times of day being one; what has none is alone.
    """
    match key:
        case (tuple(names), tuple()) if names:
            return {APPOINTMENT_BEFORE if is_appointment_factor(each) else each for each in names}
        case _:
            return (key,)


def implies(key: ConditionKey, other: ConditionKey) -> bool:
    """Return whether a condition holding means that the other one holds.

    Who starts before 10:30 starts before noon.
    """
    match key, other:
        case (tuple(ours), tuple(table)), (tuple(theirs), tuple(others)):
            names = tuple(sorted({*ours, *theirs}))
        case _:
            return False
    if len(names) > MAX_FACTORS:
        return False
    holds, follows = _read_table(ours, table), _read_table(theirs, others)
    return all(
        follows[tuple(answers[name] for name in theirs)]
        for answers in list_possible_answers(names)
        if holds[tuple(answers[name] for name in ours)]
    )


def _read_table(names: tuple[str, ...], table: tuple[bool, ...]) -> Mapping[tuple[bool, ...], bool]:
    """Return whether a condition of `names` holds, by the answers to them."""
    rows = zip(list_possible_answers(names), table, strict=True)
    return {tuple(answers[name] for name in names): holds for answers, holds in rows}
