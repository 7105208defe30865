"""The dated plan: nothing lost, every day tells the truth, every state is right."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microcare.core.plan.plan import build_plan
from microcare.core.plan.planned import Kind, Standing
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.points import (
    Qualifier,
)
from microcare.core.sheet.protocol import Protocol
from microcare.wording.conditions import reason_text
from tests.oracle import Visit
from tests.samples import at, by_id, entry, plan, shown, visit
from tests.samples import instruction as make_instruction
from tests.strategies import (
    answers,
    appointment,
    protocol_of,
    protocols,
    visits,
)

MANY = settings(max_examples=5 * settings().max_examples)
NOW = datetime(2026, 12, 10, tzinfo=UTC)
HEDGES = (None, Qualifier.AT_LEAST, Qualifier.UP_TO, Qualifier.IF_POSSIBLE)

# Nothing is lost


@given(protocols(), visits(), answers, st.integers(-400, 400))
def test_no_instruction_is_lost(
    protocol: Protocol, around: Visit, said: dict[str, bool], days: int
) -> None:
    """Every instruction is in the plan once, in the file's order, whatever the answers and now."""
    now = datetime.fromtimestamp(around.start, UTC) + timedelta(days=days)
    found = build_plan(protocol, appointment(around), now=now, answers=said)
    assert tuple(each.instruction for each in found.instructions) == protocol.instructions


@given(protocols(), visits(), answers)
def test_what_does_not_apply_says_why(
    protocol: Protocol, around: Visit, said: dict[str, bool]
) -> None:
    """A reason stands exactly where an instruction is left out."""
    found = build_plan(protocol, appointment(around), now=NOW, answers=said)
    for each in found.instructions:
        assert bool(each.reason) is (each.applies is Answer.NO)


@pytest.mark.parametrize(
    ("condition", "said", "reason"),
    [
        ("peel", {"peel": False}, "no peel was recommended with the treatment"),
        ("not peel", {"peel": True}, "a peel was recommended with the treatment"),
        (
            "{all: [peel, pregnancy]}",
            {"peel": False, "pregnancy": True},
            "no peel was recommended with the treatment",
        ),
        (
            "{any: [peel, pregnancy]}",
            {"peel": False, "pregnancy": False},
            "no peel was recommended with the treatment; you are not pregnant",
        ),
    ],
)
def test_the_reason_is_what_settled_it(condition: str, said: dict[str, bool], reason: str) -> None:
    """Answers that speak for the instruction are no reason to leave it out."""
    found = plan(entry(f"avoid: sauna\nif: {condition}"), answers=said)
    assert reason_text(found.instructions[0].reason, found.protocol.factors) == reason


# Kinds and states


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ("avoid: waxing\nfrom: 3 days before", Kind.WINDOW),
        ("avoid: makeup\nuntil-state: your skin has healed", Kind.WINDOW),
        ("avoid: ibuprofen", Kind.UNDATED),
        ("screen: pregnancy", Kind.UNDATED),
        ("repeat: follow-up", Kind.UNDATED),
        ("repeat: follow-up\nat: 4 weeks after", Kind.MOMENT),
        ("arrive: early-arrival\nat: 20 to 30 minutes before", Kind.MOMENT),
    ],
)
def test_kinds(fields: str, kind: Kind) -> None:
    """A window, a moment, or neither."""
    assert plan(entry(fields)).instructions[0].kind is kind


@pytest.mark.parametrize(
    ("fields", "now", "standing"),
    [
        ("avoid: waxing\nfrom: 3 days before", "2026-12-06 23:59", Standing.UPCOMING),
        ("avoid: waxing\nfrom: 3 days before", "2026-12-07 00:00", Standing.IN_FORCE),
        ("avoid: waxing\nfrom: 3 days before", "2026-12-07 00:01", Standing.BEGUN_BEFORE_BOOKING),
        ("avoid: waxing\nfrom: 3 days before", "2026-12-10 14:29", Standing.BEGUN_BEFORE_BOOKING),
        ("avoid: waxing\nfrom: 3 days before", "2026-12-10 14:30", Standing.OVER),
        (
            "wait-since: laser\nat-least: 5 days before",
            "2026-12-08 09:00",
            Standing.BEGUN_BEFORE_BOOKING,
        ),
        ("avoid: shaving\non: treatment day", "2026-12-10 09:00", Standing.IN_FORCE),
        ("avoid: heat\nuntil: 48 hours after", "2026-12-10 14:29", Standing.UPCOMING),
        ("avoid: heat\nuntil: 48 hours after", "2026-12-10 14:30", Standing.IN_FORCE),
        ("avoid: heat\nuntil: 48 hours after", "2026-12-12 14:29", Standing.IN_FORCE),
        ("avoid: heat\nuntil: 48 hours after", "2026-12-12 14:30", Standing.OVER),
        ("avoid: sun\nfrom: end", "2026-12-10 14:29", Standing.UPCOMING),
        ("avoid: sun\nfrom: end", "2030-01-01 00:00", Standing.IN_FORCE),
        ("avoid: makeup\nuntil-state: your skin has healed", "2027-01-01 00:00", Standing.IN_FORCE),
        ("avoid: ibuprofen", "2027-01-01 00:00", Standing.UNDATED),
        ("repeat: follow-up\nat: 4 weeks after", "2027-01-06 12:00", Standing.UPCOMING),
        ("repeat: follow-up\nat: 4 weeks after", "2027-01-07 12:00", Standing.IN_FORCE),
        ("repeat: follow-up\nat: 4 weeks after", "2027-01-08 00:01", Standing.OVER),
        (
            "arrive: early-arrival\nat: 20 to 30 minutes before",
            "2026-12-10 14:05",
            Standing.IN_FORCE,
        ),
        ("arrive: early-arrival\nat: 20 to 30 minutes before", "2026-12-10 14:11", Standing.OVER),
    ],
)
def test_standings(fields: str, now: str, standing: Standing) -> None:
    """Where an instruction stands when the plan is made."""
    assert plan(entry(fields), now=now).instructions[0].standing is standing


@given(protocols(), visits(), st.integers(-100, 100))
def test_standings_follow_the_dates(protocol: Protocol, around: Visit, hours: int) -> None:
    """Over is what has ended, upcoming what has not begun; the rest is between."""
    now = datetime.fromtimestamp(around.start, UTC) + timedelta(hours=hours)
    found = build_plan(protocol, appointment(around), now=now)
    for each in found.instructions:
        start, until = each.dated.start, each.dated.until
        if each.kind is not Kind.WINDOW or (start and until and until <= start):
            continue
        began, over = start is None or start <= now, until is not None and until <= now
        expected = {Standing.OVER} if over else {Standing.UPCOMING}
        if began and not over:
            expected = {Standing.IN_FORCE, Standing.BEGUN_BEFORE_BOOKING}
        assert each.standing in expected
        if each.standing is Standing.BEGUN_BEFORE_BOOKING:
            assert start is not None
            assert start < now < found.visit.start


def test_now_may_be_told_on_any_clock() -> None:
    """The same instant in another zone gives the same plan."""
    protocol = protocol_of([make_instruction("avoid: sauna\nfrom: 3 days before")])
    here = build_plan(protocol, visit(), now=at("2026-12-08 14:30"))
    there = build_plan(protocol, visit(), now=at("2026-12-08 19:30", "UTC"))
    assert (here.now, here.instructions, here.days) == (there.now, there.instructions, there.days)


# Screening


def test_screening_takes_any_of_its_factors() -> None:
    """One yes among several blocks; the plan holds the others too."""
    found = plan(
        """
        - {id: sores, screen: [open-sores, warts]}
        - {id: pregnant, screen: pregnancy}
        - {id: sun, avoid: sun, if: pregnancy}
        """,
        answers={"open-sores": False, "warts": True},
    )
    assert [each.instruction.id for each in found.blocked_by] == ["sores"]
    applies = {name: each.applies.value for name, each in by_id(found).items()}
    assert applies == {"sores": "yes", "pregnant": "ask", "sun": "ask"}


def test_screening_under_a_condition_needs_both() -> None:
    """A factor that counts only with a peel blocks only with a peel."""
    instruction = entry("screen: sensitive-skin\nif: peel")
    with_peel = plan(instruction, answers={"sensitive-skin": True, "peel": True})
    without = plan(instruction, answers={"sensitive-skin": True, "peel": False})
    unasked = plan(instruction, answers={"sensitive-skin": True})
    blocked = [len(each.blocked_by) for each in (with_peel, without, unasked)]
    assert blocked == [1, 0, 0]


@given(protocols(), visits(), answers)
def test_only_screening_blocks(protocol: Protocol, around: Visit, said: dict[str, bool]) -> None:
    """No other verb ever stops a treatment."""
    found = build_plan(protocol, appointment(around), now=NOW, answers=said)
    assert found.blocked_by == ()


# Size


def test_a_long_protocol_is_planned() -> None:
    """A hundred rules about one topic are a plan, if an odd one."""
    rules = "".join(
        f"- {{id: rule-{days}, avoid: sun, until: {days} days after}}\n" for days in range(1, 101)
    )
    found = plan(rules)
    assert len(found.days) == 101
    assert shown(by_id(found)["rule-100"], visit()).until == "2027-03-21 00:00 -0400"
