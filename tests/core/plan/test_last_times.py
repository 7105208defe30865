"""What the patient last did against the bans of a plan."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from microcare.core.plan.asking import list_late, list_next, list_unasked
from microcare.core.plan.last_times import LastTime, list_last_names
from microcare.core.plan.plan import build_plan
from tests.samples import at, protocol, visit

if TYPE_CHECKING:
    from microcare.core.plan.plan import Plan

NOW = "2026-12-09 10:00"
INTERVAL = "- {id: it, wait-since: laser, at-least: 5 days before}"


def plan(rules: str, *lasts: LastTime, start: str = "2026-12-10 14:30", now: str = NOW) -> Plan:
    """Return the plan of a few rules for a patient who said when."""
    return build_plan(protocol(rules), visit(start), now=at(now), lasts=lasts)


def judged(rules: str, *lasts: LastTime) -> dict[str, str]:
    """Return how each topic was kept."""
    return {each.topic: each.keeping.value for each in plan(rules, *lasts).judged}


@pytest.mark.parametrize(
    ("day", "keeping"),
    [("2026-12-05", "kept"), ("2026-12-06", "broken"), ("2026-12-09", "broken")],
)
def test_interval_is_kept_through_its_last_fine_day(day: str, keeping: str) -> None:
    """5 days before 10 December is the 5th, that day included."""
    assert judged(INTERVAL, LastTime("laser", date.fromisoformat(day))) == {"laser": keeping}


def test_never_is_kept_and_silence_is_not_asked() -> None:
    """Three answers, as for any question."""
    assert judged(INTERVAL, LastTime("laser")) == {"laser": "kept"}
    assert judged(INTERVAL) == {"laser": "unasked"}


def test_range_is_broken_at_its_near_end_only() -> None:
    """Between the two ends of a range it is short."""
    rule = "- {id: it, avoid: retinoids, from: 5 to 7 days before}"
    found = [
        judged(rule, LastTime("retinoids", date(2026, 12, day)))["retinoids"] for day in (2, 4, 5)
    ]
    assert found == ["kept", "short", "broken"]


def test_each_topic_of_a_ban_is_asked() -> None:
    """One answer settles no other topic, a group all of its members, a member not its group."""
    rule = "- {id: it, avoid: [waxing, depilatories], from: 3 days before}"
    assert judged(rule, LastTime("waxing")) == {"waxing": "kept", "depilatories": "unasked"}
    rule = "- {id: it, wait-since: [botulinum-toxin, dermal-filler], at-least: 2 weeks before}"
    assert set(judged(rule, LastTime("injections")).values()) == {"kept"}
    rule = "- {id: it, avoid: anti-inflammatories, from: 3 days before}"
    assert judged(rule, LastTime("ibuprofen")) == {"anti-inflammatories": "unasked"}
    member = LastTime("ibuprofen", date(2026, 12, 8))
    assert judged(rule, member) == {"anti-inflammatories": "broken"}


def test_what_begins_later_is_told_only_where_it_will_be_broken() -> None:
    """A ban of tomorrow is not kept yet; a planned event may break it today."""
    rule = "- {id: it, avoid: sauna, from: 4 hours before}"
    assert judged(rule, LastTime("sauna", date(2026, 12, 8))) == {}
    planned = LastTime("sauna", date(2026, 12, 10), at("2026-12-10 12:00"), planned=True)
    assert judged(rule, planned) == {"sauna": "broken"}


def test_planned_event_meets_the_ban_of_afterwards() -> None:
    """48 hours after the treatment is fine, a minute before that is not."""
    rule = "- {id: it, avoid: sauna, until: 48 hours after}"
    for clock, found in (("14:29", {"sauna": "broken"}), ("14:30", {})):
        instant = at(f"2026-12-12 {clock}")
        assert judged(rule, LastTime("sauna", date(2026, 12, 12), instant, planned=True)) == found


def test_broken_plan_is_barred_and_has_a_next_date() -> None:
    """The next date breaks nothing."""
    found = plan(INTERVAL, LastTime("laser", date(2026, 12, 8)))
    assert found.is_barred
    after = list_next(found)[0][1].earliest
    assert after is not None
    assert after.day == date(2026, 12, 13)


def test_past_appointment_asks_nothing() -> None:
    """What is over is no question any more."""
    assert plan(INTERVAL, now="2026-12-12 10:00").judged == ()


def test_names_are_those_of_bans_before_the_treatment() -> None:
    """What is only to be avoided after it, or merely come without, is none."""
    rules = (
        "- {id: a, avoid: laser, from: 3 days before}\n- {id: b, avoid: sauna, from: end}\n"
        "- {id: c, avoid: makeup, at: start}\n- {id: d, avoid: smoking, until: start}"
    )
    assert list_last_names(protocol(rules)) == ("laser",)
    assert list_unasked(plan(rules)) == ("laser",)


def test_late_is_what_should_have_begun() -> None:
    """Deadlines and courses of before, and not when to call."""
    rules = (
        "- {id: a, tell: medicines-taken, at: no later than 7 days before}\n"
        "- {id: b, take: antiviral, from: 2 days before}\n"
        "- {id: c, take: antiviral, from: 2 hours before}\n"
        "- {id: d, call-if: fever, from: 3 days before}\n"
        "- {id: e, avoid: laser, from: 3 days before}"
    )
    assert [each.instruction.id for each in list_late(plan(rules))] == ["a", "b"]
