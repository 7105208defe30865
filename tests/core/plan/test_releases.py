"""“Fine again” is said of what no rule covers any more, and of nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from microcare.core.plan.days import Change
from microcare.core.plan.plan import Plan, build_plan
from microcare.core.plan.planned import Kind, PlannedInstruction
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.protocol import Protocol
from microcare.core.sheet.verbs import Verb
from microcare.core.sheet.vocabulary import Topic
from tests.oracle import Visit
from tests.samples import plan
from tests.strategies import TOPICS, answers, appointment, protocols, visits

if TYPE_CHECKING:
    from collections.abc import Mapping

NOW = datetime(2026, 12, 10, tzinfo=UTC)


def releases(instructions: str, answered: Mapping[str, bool] | None = None) -> dict[str, str]:
    """Return what each ending rule frees: `sauna; makeup except mineral-makeup`."""
    found = plan(instructions, answers=answered)
    return {
        transition.planned.instruction.id: "; ".join(
            f"{each.topic} held by {each.held_by[0].instruction.id}"
            if each.held_by
            else " except ".join([each.topic, *(part for part, _ in each.except_for)])
            for each in transition.releases
        )
        for day in found.days
        for transition in day.transitions
        if transition.change is Change.ENDS
    }


def test_what_nothing_else_covers_is_fine_again() -> None:
    """Each topic of the rule by itself."""
    assert releases("- {id: heat, avoid: [sauna, hot-showers], until: 48 hours after}") == {
        "heat": "sauna; hot-showers"
    }


def test_a_longer_rule_about_the_same_holds() -> None:
    """The shorter rule frees nobody."""
    found = releases(
        """
        - {id: short, avoid: sun, until: 3 days after}
        - {id: long, avoid: sun, until: 10 days after}
        """
    )
    assert found == {"short": "sun held by long", "long": "sun"}


def test_a_longer_rule_about_a_group_holds() -> None:
    """Intense cardio is exercise."""
    found = releases(
        """
        - {id: cardio, avoid: intense-cardio, until: 48 hours after}
        - {id: exercise, avoid: exercise, until: 7 days after}
        """
    )
    assert found["cardio"] == "intense-cardio held by exercise"


def test_a_longer_rule_about_a_part_is_an_exception() -> None:
    """Exercise is fine again except intense cardio, which is a part of a part."""
    found = releases(
        """
        - {id: exercise, avoid: exercise, until: 24 hours after}
        - {id: cardio, avoid: intense-cardio, until: 48 hours after}
        """
    )
    assert found == {"exercise": "exercise except intense-cardio", "cardio": "intense-cardio"}


def test_a_rule_about_a_group_that_shares_a_part_is_an_exception() -> None:
    """Aspirin is an anti-inflammatory and a blood thinner: one ban ends, the other still holds."""
    found = releases(
        """
        - {id: nsaids, avoid: anti-inflammatories, until: 3 days after}
        - {id: thinners, avoid: blood-thinners, until: 7 days after}
        """
    )
    assert found["nsaids"] == "anti-inflammatories except aspirin"


def test_what_a_rule_left_out_is_not_freed_by_it() -> None:
    """Skin products but retinoids end; retinoids have a ban of their own, and it still holds."""
    found = releases(
        """
        - {id: products, avoid: skin-products, except: retinoids, until: 3 days after}
        - {id: retinoids, avoid: retinoids, until: 7 days after}
        """
    )
    assert found["products"] == "skin-products except retinoids"


def test_what_another_rule_leaves_out_is_free() -> None:
    """A ban on all skin products but sunscreen doesn't hold sunscreen."""
    found = releases(
        """
        - {id: sunscreen, avoid: sunscreen, until: 4 hours after}
        - {id: others, avoid: skin-products, except: sunscreen, until: 3 days after}
        """
    )
    assert found["sunscreen"] == "sunscreen"


@pytest.mark.parametrize(
    "other",
    [
        "{id: other, avoid: sun}",
        "{id: other, avoid: sun, from: end}",
        "{id: other, avoid: sun, until-words: a few days}",
        "{id: other, avoid: sun, until: 1 day after, until-state: your skin has healed}",
        "{id: other, may-resume: sun, once: your skin has healed}",
        "{id: other, avoid: sun, until: 10 days after, if: peel}",
        "{id: other, avoid: sun, from: 3 days after, until: 10 days after}",
        "{id: other, avoid: sun, from: 49 hours after, until: 10 days after}",
        "{id: other, wait-since: sun, at-least: 2 weeks after}",
    ],
)
def test_rules_that_hold(other: str) -> None:
    """Without an end, until a state, not asked, or the next rule at the very instant."""
    found = releases(f"- {{id: sun, avoid: sun, until: 49 hours after}}\n- {other}")
    holds = "from: 3 days" not in other
    assert found["sun"] == ("sun held by other" if holds else "sun")


@pytest.mark.parametrize(
    "other",
    [
        "{id: other, avoid: sauna, until: 10 days after}",
        "{id: other, avoid: sun, until: 48 hours after}",
        "{id: other, avoid: sun, from: 5 days before}",
        "{id: other, use: sun, until: 10 days after}",
        "{id: other, avoid: sun, at: start}",
    ],
)
def test_rules_that_do_not_hold(other: str) -> None:
    """Another topic, no longer, not yet, no ban."""
    found = releases(f"- {{id: sun, avoid: sun, until: 48 hours after}}\n- {other}")
    assert found["sun"] == "sun"


def test_a_rule_answered_no_holds_nothing() -> None:
    """Not asked it holds, answered no it doesn't."""
    rules = """
        - {id: sun, avoid: sun, until: 3 days after}
        - {id: peel, avoid: sun, until: 10 days after, if: peel}
        """
    assert releases(rules)["sun"] == "sun held by peel"
    assert releases(rules, {"peel": True})["sun"] == "sun held by peel"
    assert releases(rules, {"peel": False}) == {"sun": "sun"}


def test_a_rule_for_other_patients_holds_nothing() -> None:
    """Who has filler does not wait for what those without it must wait for."""
    found = releases(
        """\
        - {id: with, avoid: makeup, until: 1 day after, if: peel}
        - {id: without, avoid: makeup, until: 3 days after, if: not peel}
        """
    )
    assert found == {"with": "makeup", "without": "makeup"}


def test_only_the_end_of_a_ban_frees_something() -> None:
    """The end of what is taken, permitted or expected says nothing of what is fine."""
    found = releases(
        """
        - {id: antiviral, take: antiviral, until: 2 days after}
        - {id: makeup, may: makeup, until: 2 days after}
        - {id: redness, expect: redness, until: 2 days after}
        """
    )
    assert found == {"antiviral": "", "makeup": "", "redness": ""}


def test_a_permission_that_begins_says_what_is_still_forbidden() -> None:
    """Products are allowed from the next day, retinoids are not."""
    found = plan(
        """
        - {id: products, may: skin-products, from: next day}
        - {id: retinoids, avoid: retinoids, until: 3 days after}
        """
    )
    freed = [
        transition.releases
        for day in found.days
        for transition in day.transitions
        if transition.releases
    ]
    (release,) = freed[0]
    assert [(part, each.instruction.id) for part, each in release.except_for] == [
        ("retinoids", "retinoids")
    ]


@given(protocols([Verb.AVOID, Verb.MAY], most=5), visits(), answers)
def test_nothing_is_released_while_a_rule_covers_a_part_of_it(
    protocol: Protocol, around: Visit, said: dict[str, bool]
) -> None:
    """A topic is free again only if no rule that applies or may apply covers any part of it."""
    found = build_plan(protocol, appointment(around), now=NOW, answers=said)
    for transition in (transition for day in found.days for transition in day.transitions):
        held = _still_covered(found, transition.planned, transition.instant)
        for each in transition.releases:
            still = _parts(each.topic) & held
            told = {part for name, _ in each.except_for for part in _parts(name)}
            assert each.held_by or still <= told


@given(protocols([Verb.AVOID, Verb.MAY], most=5), visits(), answers)
def test_nothing_is_withheld_that_no_rule_covers(
    protocol: Protocol, around: Visit, said: dict[str, bool]
) -> None:
    """Who is named as holding a topic covers some of it, and is open at that instant."""
    found = build_plan(protocol, appointment(around), now=NOW, answers=said)
    for transition in (transition for day in found.days for transition in day.transitions):
        for each in transition.releases:
            for other in each.held_by:
                assert _covers(other, transition.instant) & _parts(each.topic)
            for part, other in each.except_for:
                assert _holds(other, transition.instant)
                assert part in _parts(each.topic)


def _still_covered(found: Plan, ending: PlannedInstruction, instant: datetime | None) -> set[str]:
    """Return the topics that some other rule covers, found by listing all of them."""
    others = (
        each for each in found.instructions if each is not ending and each.applies is not Answer.NO
    )
    return {name for each in others for name in _covers(each, instant)}


def _covers(each: PlannedInstruction, instant: datetime | None) -> set[str]:
    if not _holds(each, instant):
        return set()
    named = {part for name in each.instruction.topics for part in _parts(name)}
    return named - {part for name in each.instruction.exceptions for part in _parts(name)}


def _holds(each: PlannedInstruction, instant: datetime | None) -> bool:
    if not each.restricts or each.kind is Kind.MOMENT or instant is None:
        return False
    opens = each.dated.start or datetime.min.replace(tzinfo=UTC)
    closes = each.dated.until or datetime.max.replace(tzinfo=UTC)
    return opens <= instant < closes


def _parts(topic: str) -> set[str]:
    return {name for name, each in TOPICS.items() if _is_part(each, topic)}


def _is_part(topic: Topic, group: str) -> bool:
    return topic.id == group or any(_is_part(TOPICS[each], group) for each in topic.part_of)
