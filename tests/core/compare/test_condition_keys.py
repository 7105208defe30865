"""Conditions by their meaning, and which of them holds wherever another does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcare.core.compare.condition_keys import implies, make_condition_key
from microcare.core.sheet.conditions import (
    All,
    Answer,
    Any,
    Condition,
    Is,
    Not,
    evaluate,
)
from microcare.load.times.appointment_time import make_appointment_factor
from tests.core.compare.comparing import LEFT, SAME, compare, found, verdict
from tests.oracle.exclusion import exclude_each_other


def test_conditions_stay_apart() -> None:
    """With a peel and without one are two rows."""
    left = """
        avoid: retinoids, if: peel, from: 4 days before
        avoid: retinoids, if: not peel, from: 1 day before
    """
    right = """
        avoid: retinoids, if: {not: peel}, from: 2 days before
        avoid: retinoids, if: peel, from: 4 days before
    """
    comparison = compare(left, right)
    assert sorted(found(comparison)) == [
        "before avoid retinoids: right-stricter",
        "before avoid retinoids: same",
    ]


def test_rule_without_a_condition_holds_under_each() -> None:
    """With a peel, the other protocol's rule for everyone holds too."""
    rows = compare(
        "avoid: retinoids, if: peel, from: 4 days before", "avoid: retinoids, from: 2 days before"
    )
    assert {row.verdict.value for row in rows.compared} == {LEFT, "only-right"}


@pytest.mark.parametrize(
    "same",
    ["{any: [redness, swelling]}", "{not: {all: [not redness, not swelling]}}"],
)
def test_conditions_are_compared_by_meaning(same: str) -> None:
    """The order and the form of a condition make no difference."""
    left = "avoid: sauna, if: {any: [swelling, redness]}, until: 1 day after"
    assert verdict(left, f"avoid: sauna, if: {same}, until: 1 day after") == SAME


def test_rule_for_more_appointments_holds_for_fewer() -> None:
    """What is taken with an appointment before noon is taken with one before 10:30."""
    left = "take: water, at: 3 hours before, if: appointment before 10:30"
    right = "take: water, at: 3 hours before, if: appointment before 12:00"
    verdicts = sorted(row.verdict.value for row in compare(left, right).compared)
    assert verdicts == ["only-right", "same"]


NINE, TEN, NOON = (make_appointment_factor(60 * hour) for hour in (9, 10, 12))


FACTORS = {each.id: each for each in (NINE, TEN, NOON)}


times = st.sampled_from(sorted(FACTORS))


conditions: st.SearchStrategy[Condition] = st.recursive(
    st.one_of(times, st.just("p")).map(Is),
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=1, max_size=3).map(tuple).map(All),
        st.lists(inner, min_size=1, max_size=3).map(tuple).map(Any),
    ),
    max_leaves=6,
)


def truth(condition: Condition) -> list[bool]:
    """Return when a condition holds: for each time of day that matters, and each answer to p."""
    return [
        evaluate(condition, {**{name: minute < each.before for name, each in FACTORS.items()
                                if each.before is not None}, "p": p}) is Answer.YES
        for minute in (0, 9 * 60, 10 * 60, 12 * 60)
        for p in (False, True)
    ]  # fmt: skip


@given(conditions, conditions)
def test_conditions_are_compared_over_the_day(left: Condition, right: Condition) -> None:
    """Keys are equal, imply and exclude each other just as the hours of a day say."""
    ours, theirs = truth(left), truth(right)
    assert (make_condition_key(left) == make_condition_key(right)) is (ours == theirs)
    meet = any(a and b for a, b in zip(ours, theirs, strict=True))
    assert exclude_each_other(left, right) is not meet
    if implies(make_condition_key(left), make_condition_key(right)):
        assert all(b for a, b in zip(ours, theirs, strict=True) if a)


def test_earlier_time_implies_the_later() -> None:
    """A ban of the later time holds for those of the earlier."""
    ten, noon = make_condition_key(Is(TEN.id)), make_condition_key(Is(NOON.id))
    assert implies(ten, noon)
    assert not implies(noon, ten)
    assert not implies(ten, make_condition_key(Is("p")))
    assert not implies((), ten)
