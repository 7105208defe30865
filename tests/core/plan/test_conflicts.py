"""Contradictions inside one protocol are reported, and the strictest rule governs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcare.core.plan.plan import Plan, build_plan
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.protocol import Protocol
from microcare.core.sheet.verbs import Verb
from tests.oracle import Visit
from tests.oracle.exclusion import exclude_each_other
from tests.samples import plan
from tests.strategies import answers, appointment, protocols, visits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

NOW = datetime(2026, 12, 10, tzinfo=UTC)
SPEAKING = [each for each in Verb if each.traits.restricts or each.traits.opposes_bans]


def conflicts(instructions: str, answered: Mapping[str, bool] | None = None) -> list[str]:
    """Return each conflict in short: `sun: short, long; long governs`."""
    return _in_short(plan(instructions, answers=answered))


def test_a_ban_contradicts_what_should_be_used() -> None:
    """Not at the same time: the ban governs."""
    found = conflicts(
        """
        - {id: ban, avoid: sunscreen, until: 24 hours after}
        - {id: use, use: sunscreen, from: 4 hours after}
        """
    )
    assert found == ["sunscreen: ban, use; ban governs"]


@pytest.mark.parametrize(
    "other",
    [
        "{id: other, use: sunscreen, from: 24 hours after}",
        "{id: other, use: sunscreen, from: 1 day before}",
        "{id: other, expect: sunscreen, from: 4 hours after}",
        "{id: other, use: washing, from: 4 hours after}",
        "{id: other, use: sunscreen, at: 25 hours after}",
        "{id: other, use: sunscreen, at: 2 days after}",
        "{id: other, avoid: sunscreen, until: 24 hours after}",
        "{id: other, avoid: sunscreen, from: 24 hours before}",
    ],
)
def test_no_contradiction(other: str) -> None:
    """Afterwards, before, another topic, a later moment, the same again, the other side."""
    ban = "- {id: ban, avoid: sunscreen, until: 24 hours after}\n"
    assert conflicts(f"{ban}- {other}") == []


def test_bans_of_different_length_contradict_each_other() -> None:
    """Retinoids 48 hours and 3 days before: the 3 days open earlier and govern."""
    found = conflicts(
        """
        - {id: hours, avoid: retinoids, from: 48 hours before}
        - {id: days, avoid: retinoids, from: 3 days before}
        """
    )
    assert found == ["retinoids: hours, days; days governs"]


def test_a_ban_without_an_end_reaches_furthest() -> None:
    """No date is made up for it, and no date of another rule ends it."""
    found = conflicts(
        """
        - {id: endless, avoid: ibuprofen}
        - {id: short, avoid: ibuprofen, until: 3 days after}
        """
    )
    assert found == ["ibuprofen: endless, short; endless governs"]


def test_a_longer_ban_on_a_part_adds_to_the_ban_on_the_group() -> None:
    """No products for a day and no retinoids for three is no contradiction."""
    assert (
        conflicts(
            """
            - {id: all, avoid: skin-products, until: 1 day after}
            - {id: some, avoid: retinoids, until: 3 days after}
            """
        )
        == []
    )


def test_a_release_of_the_group_contradicts_a_longer_ban_on_a_part() -> None:
    """Products from the next day, retinoids not before 72 hours: both are said of retinoids."""
    found = conflicts(
        """
        - {id: products, may-resume: skin-products, from: next day}
        - {id: retinoids, avoid: retinoids, until: 72 hours after}
        """
    )
    assert found == ["retinoids: products, retinoids; retinoids governs"]


def test_a_shorter_ban_on_a_part_contradicts_the_ban_on_the_group() -> None:
    """Sun for 10 days and sunbathing for 3: the 10 govern sunbathing too."""
    found = conflicts(
        """
        - {id: sun, avoid: sun, until: 10 days after}
        - {id: sunbathing, avoid: sunbathing, until: 3 days after}
        """
    )
    assert found == ["sunbathing: sun, sunbathing; sun governs"]


def test_a_group_that_may_be_used_holds_a_part_that_may_not() -> None:
    """A permission speaks of all that its group holds."""
    found = conflicts(
        """
        - {id: usual, may: skin-care-routine, from: next day}
        - {id: retinoids, avoid: retinoids, until: 72 hours after}
        """
    )
    assert found == ["skin-care-routine: usual, retinoids; retinoids governs"]


def test_a_group_that_should_be_used_leaves_its_parts_open() -> None:
    """“Use a cleanser” asks for some cleanser, not for the one that is forbidden."""
    assert (
        conflicts(
            """
            - {id: cleanser, use: skin-care-routine, from: next day}
            - {id: retinoids, avoid: retinoids, until: 72 hours after}
            """
        )
        == []
    )


@pytest.mark.parametrize("exception", ["sunscreen", "[makeup, sunscreen]", "sun-protection"])
def test_an_exception_is_no_contradiction(exception: str) -> None:
    """No products but sunscreen, and use sunscreen."""
    ban = f"- {{id: ban, avoid: skin-products, except: {exception}, until: 3 days after}}\n"
    assert conflicts(f"{ban}- {{id: use, use: sunscreen, from: end}}") == []


def test_branches_are_reported_apart() -> None:
    """Clinic-b's retinoids: 3 days, with a peel 4, without one 24 hours."""
    rules = """
        - {id: three, avoid: retinoids, from: 3 days before}
        - {id: peel, avoid: retinoids, from: 4 days before, if: peel}
        - {id: none, avoid: retinoids, from: 24 hours before, if: not peel}
        """
    without = "retinoids: three, none; three governs"
    assert conflicts(rules) == ["retinoids: three, peel; three, peel governs", without]
    assert conflicts(rules, {"peel": True}) == ["retinoids: three, peel; peel governs"]
    assert conflicts(rules, {"peel": False}) == [without]


def test_excluding_conditions_never_meet() -> None:
    """With a peel and without one are two patients."""
    assert (
        conflicts(
            """
            - {id: peel, avoid: retinoids, from: 4 days before, if: {all: [peel, cold-sores]}}
            - {id: none, use: retinoids, from: 1 day before, if: not peel}
            """
        )
        == []
    )


@pytest.mark.parametrize(
    ("rules", "governs"),
    [
        (
            """
            - {id: state, avoid: makeup, until-state: your skin has healed}
            - {id: long, avoid: makeup, until: 6 weeks after}
            """,
            ["makeup: state, long; state, long governs"],
        ),
        (
            """
            - {id: words, avoid: sauna, until-words: a few days}
            - {id: long, avoid: sauna, until: 6 weeks after}
            """,
            ["sauna: words, long; words, long governs"],
        ),
        (
            """
            - {id: both, avoid: sauna, until: 2 days after, until-state: it has healed}
            - {id: state, avoid: sauna, until-state: it has healed}
            """,
            ["sauna: both, state; both governs"],
        ),
        (
            """
            - {id: least, avoid: sun, until: at least 10 days after}
            - {id: long, avoid: sun, until: 3 weeks after}
            """,
            ["sun: least, long; least, long governs"],
        ),
    ],
)
def test_ends_that_nobody_can_compare_govern_together(rules: str, governs: list[str]) -> None:
    """A state, words and "at least" may come later than a date; a state's own time is compared."""
    assert conflicts(rules) == governs


def test_what_ends_with_the_treatment_reaches_no_hour_after_it() -> None:
    """Whenever it is over, two hours after it is later."""
    rules = """
        - {id: end, avoid: food, until: end, from: 1 hour before}
        - {id: hours, avoid: food, until: 2 hours after, from: 1 hour before}
        """
    assert conflicts(rules) == ["food: end, hours; hours governs"]


def test_a_rule_that_nobody_asked_about_governs_where_it_holds() -> None:
    """Makeup after a peel's blisters: the sure rule governs everybody else."""
    rules = """
        - {id: sure, avoid: makeup, until: 1 day after}
        - {id: asked, avoid: makeup, until: 3 days after, if: peel}
        """
    assert conflicts(rules) == ["makeup: sure, asked; sure, asked governs"]
    assert conflicts(rules, {"peel": True}) == ["makeup: sure, asked; asked governs"]
    assert conflicts(rules, {"peel": False}) == []


def test_a_longer_sure_rule_governs_under_every_condition() -> None:
    """What some patients might do sooner nobody may do."""
    rules = """
        - {id: sure, avoid: makeup, until: 3 days after}
        - {id: asked, avoid: makeup, until: 1 day after, if: peel}
        """
    assert conflicts(rules) == ["makeup: sure, asked; sure governs"]


@pytest.mark.parametrize(
    ("ban", "other", "found"),
    [
        ("until: 3 days after", "take: ibuprofen, at: 2 days after", True),
        ("until: 3 days after", "take: ibuprofen, at: 4 days after", False),
        ("until: 3 days after", "may: ibuprofen, at: 4 hours after", True),
        ("on: next day", "take: ibuprofen, at: morning next day", True),
        ("at: start", "take: ibuprofen, at: morning treatment day", True),
        ("at: start", "take: ibuprofen, at: evening treatment day", False),
    ],
)
def test_a_moment_is_a_rule_too(ban: str, other: str, *, found: bool) -> None:
    """What is asked for or allowed inside a ban contradicts it."""
    rules = f"- {{id: ban, avoid: ibuprofen, {ban}}}\n- {{id: other, {other}}}"
    assert conflicts(rules) == (["ibuprofen: ban, other; ban governs"] if found else [])


@pytest.mark.parametrize(
    "rules",
    [
        """
        - {id: midnight, avoid: food, from: midnight before, until: start}
        - {id: last, avoid: [food, drinks], from: 3 hours before, until: start}
        """,
        """
        - {id: clear, may: clear-liquids, from: the day before}
        - {id: nothing, avoid: [food, drinks], from: 2 hours before, until: start}
        """,
        """
        - {id: stop, avoid: warfarin, from: 5 days before, until: 18:00 treatment day}
        - {id: resume, take: warfarin, from: 18:00 treatment day, until: 2 weeks after}
        """,
        """
        - {id: first, avoid: ibuprofen, until: 1 day after}
        - {id: later, avoid: ibuprofen, on: 3 days after}
        """,
        """
        - {id: treatment, avoid: drinks, from: 2 hours before, until: end}
        - {id: again, may: drinks, from: end}
        """,
        """
        - {id: first, avoid: ibuprofen, until: 24 hours after}
        - {id: next, avoid: ibuprofen, from: 24 hours after, until: 48 hours after}
        """,
    ],
)
def test_stages_are_no_contradiction(rules: str) -> None:
    """A wider later rule, a permission that a ban ends, a ban that is over before the next."""
    assert conflicts(rules) == []


@pytest.mark.parametrize(
    ("after", "found"),
    [("until: 2 hours after", []), ("from: 1 hour before, until: 2 hours after", ["food"])],
)
def test_what_begins_when_the_treatment_is_over_follows_it(after: str, found: list[str]) -> None:
    """A fast until the end, whenever that is, and the hours after it are two stages."""
    rules = f"""
        - {{id: fast, avoid: food, from: 8 hours before, until: end}}
        - {{id: numb, avoid: food, {after}}}
        """
    assert sorted({each.topic for each in plan(rules).conflicts}) == found


def test_what_may_be_resumed_before_the_next_ban_contradicts_it() -> None:
    """It says that from then on it is fine."""
    rules = """
        - {id: resume, may-resume: ibuprofen, from: next day}
        - {id: later, avoid: ibuprofen, on: 3 days after}
        """
    assert conflicts(rules) == ["ibuprofen: resume, later; later governs"]


@pytest.mark.parametrize(("days", "found"), [("days 3 to 5", 0), ("days 2 to 5", 1)])
def test_numbered_days_follow_one_another_whichever_day_1_is(days: str, found: int) -> None:
    """Days 1 to 2 and days 3 to 5 may share a date in the plan, but in nobody's aftercare."""
    made = plan(
        f"- {{id: ban, avoid: makeup, on: days 1 to 2}}\n- {{id: do, do: makeup, on: {days}}}",
        header="day-1: unstated\n",
    )
    assert len(made.conflicts) == found


@given(protocols(SPEAKING, most=5), visits(), answers, st.randoms(use_true_random=False))
def test_the_files_order_makes_no_difference(
    protocol: Protocol, around: Visit, said: dict[str, bool], order: Random
) -> None:
    """The same rules in another order contradict each other alike."""
    shuffled = list(protocol.instructions)
    order.shuffle(shuffled)
    other = replace(protocol, instructions=tuple(shuffled))
    here, there = (
        build_plan(each, appointment(around), now=NOW, answers=said) for each in (protocol, other)
    )
    assert _as_sets(here) == _as_sets(there)


@given(protocols(SPEAKING, most=5), visits(), answers)
def test_no_conflict_between_excluding_conditions(
    protocol: Protocol, around: Visit, said: dict[str, bool]
) -> None:
    """Whoever stands in one conflict may hold for one patient."""
    found = build_plan(protocol, appointment(around), now=NOW, answers=said)
    for conflict in found.conflicts:
        conditions = {each.instruction.condition for each in conflict.instructions}
        possible = [each for each in conditions if not exclude_each_other(each, each)]
        for left, right in combinations(possible, 2):
            assert not exclude_each_other(left, right)


@given(protocols(SPEAKING, most=5), visits(), answers)
def test_a_restriction_governs(protocol: Protocol, around: Visit, said: dict[str, bool]) -> None:
    """A ban governs, and beside one that surely applies nothing but bans does."""
    found = build_plan(protocol, appointment(around), now=NOW, answers=said)
    for conflict in found.conflicts:
        bans = [each for each in conflict.instructions if each.restricts]
        assert any(each.restricts for each in conflict.governs)
        assert all(each in conflict.instructions for each in conflict.governs)
        assert len(conflict.instructions) > 1
        if any(each.applies is Answer.YES for each in bans):
            assert all(each.restricts for each in conflict.governs)


def _in_short(found: Plan) -> list[str]:
    return [
        f"{conflict.topic}: {', '.join(each.instruction.id for each in conflict.instructions)}; "
        f"{', '.join(each.instruction.id for each in conflict.governs)} governs"
        for conflict in found.conflicts
    ]


def _as_sets(found: Plan) -> list[tuple[str, list[str], list[str]]]:
    return sorted(
        (
            conflict.topic,
            sorted(each.instruction.id for each in conflict.instructions),
            sorted(each.instruction.id for each in conflict.governs),
        )
        for conflict in found.conflicts
    )
