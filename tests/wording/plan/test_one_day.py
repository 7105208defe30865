"""One day in sentences: what changes, what holds, what is taken, what may be noticed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microcare.core.plan.plan import Plan, build_plan
from microcare.core.sheet.protocol import Protocol
from microcare.wording.plan.one_day import OneDay, tell_day
from tests import strategies
from tests.oracle import Visit
from tests.samples import entry, plan, visit

FEW = settings(max_examples=settings().max_examples // 2)


def tell(found: Plan, day: str) -> OneDay:
    """Return a day of December 2026."""
    return tell_day(found, date(2026, 12, int(day)))


def test_what_begins_and_ends_is_told_with_its_hour() -> None:
    """In the order of the day."""
    found = plan(entry("avoid: [heat, sauna]\nuntil: 48 hours after"))
    assert tell(found, "10").changes == (
        "2:30 pm: Microneedling.",
        "From 2:30 pm avoid heat, sauna.",
    )
    assert tell(found, "12").changes == ("Fine again from 2:30 pm: heat, sauna.",)
    assert tell(found, "12").holds == ()


def test_a_day_without_a_change_says_what_holds() -> None:
    """With the end if that is on this day, and what of it hangs on the body."""
    found = plan(
        entry("avoid: sauna\nuntil: 48 hours after", "a")
        + entry("avoid: makeup\nuntil: 48 hours after\nuntil-state: your skin has healed", "b")
        + entry("use: sunscreen\nfrom: end", "c")
    )
    assert tell(found, "11").changes == ()
    assert tell(found, "11").holds == (
        "Avoid sauna; makeup (until your skin has healed, and at least until Sat 12 Dec, 2:30 pm).",
        "Use sunscreen.",
    )
    # What nobody ends goes on, long after the last date.
    assert tell(found, "31").holds == (
        "Avoid makeup (until your skin has healed).",
        "Use sunscreen.",
    )


def test_a_condition_leads_its_sentence() -> None:
    """What holds for yes and for no alike needs none."""
    text = """
- {id: a, avoid: sauna, from: 4 days before, if: peel}
- {id: b, avoid: [sauna, swimming], from: 2 days before, if: {not: peel}}
"""
    assert tell(plan(text), "7").holds == ("If peel advised, avoid sauna.",)
    assert tell(plan(text), "9").holds == (
        "Avoid sauna.",
        "Unless peel advised, avoid swimming.",
    )


def test_what_is_sure_is_not_asked_again_but_for_more() -> None:
    """An amount of its own stays."""
    text = """
- {id: a, take: ibuprofen, from: end, until: 3 days after}
- {id: b, take: ibuprofen, from: end, until: 3 days after, if: soreness}
- {id: c, use: sunscreen, amounts: {spf-min: 30}, from: end, until: 3 days after}
- {id: d, use: sunscreen, amounts: {spf-min: 50}, from: end, until: 3 days after, if: outdoors}
"""
    assert tell(plan(text), "11").holds == (
        "Take ibuprofen.",
        "Use sunscreen (SPF 30+).",
        "If outdoors, use sunscreen (SPF 50+).",
    )


def test_doses_have_their_hours() -> None:
    """Each medicine in its own sentence, once."""
    text = """
- {id: a, take: antibiotics, from: end, until: 2 days after, daily: ["08:00", "20:00"]}
"""
    found = tell(plan(text, visit("2026-12-10 07:00")), "11")
    assert found.taken == ("Antibiotics at 8:00 am, 8:00 pm.",)
    assert not any("8:00" in each for each in found.changes)


def test_what_may_be_noticed_is_one_paragraph() -> None:
    """With what hangs on an answer behind it."""
    text = """
- {id: a, expect: redness, until: 3 days after}
- {id: b, expect: bruising, until: 3 days after, if: peel}
"""
    assert tell(plan(text), "11").expected == ("Expect redness. If peel advised, expect bruising.")


@pytest.mark.parametrize(
    ("entries", "day", "expected"),
    [
        ("- {id: a, avoid: heat, from: 1 week before}", "3", "Avoid heat."),
        ("- {id: a, avoid: heat, from: 5 to 7 days before}", "5", "Avoid heat."),
        (
            """
- {id: a, avoid: makeup, until: 1 day after}
- {id: b, avoid: makeup, until: 7 days after}""",
            "12",
            "Avoid makeup.",
        ),
        (
            "- {id: a, use: sunscreen, until: 5 to 7 days after}",
            "16",
            "Use sunscreen (at most through Thu 17 Dec).",
        ),
        (
            "- {id: a, use: sunscreen, until: 48 hours after}",
            "12",
            "Use sunscreen (until 2:30 pm).",
        ),
        (
            "- {id: a, call-if: fever, until: 10 days after, call: the emergency number}",
            "15",
            "Call the emergency number about: fever.",
        ),
        ("- {id: a, avoid: alcohol}", "12", "Avoid alcohol."),
        (
            """
- {id: a, avoid: sun, until: 24 hours after}
- {id: b, avoid: sun, from: 22 hours after}""",
            "11",
            "Avoid sun (until 2:30 pm).",
        ),
    ],
)
def test_what_holds_on_a_day_is_told_though_it_changes(
    entries: str, day: str, expected: str
) -> None:
    """Its first day, the day of one of its ends, beside another that ends, without any date."""
    assert expected in tell(plan(f"\n{entries}\n"), day).holds


def test_a_later_ban_for_all_hides_no_earlier_one_for_some() -> None:
    """The hours between are theirs."""
    text = """
- {id: a, avoid: alcohol, from: 6 hours before}
- {id: b, avoid: alcohol, from: 10 hours before, if: pregnancy}
"""
    changes = tell(plan(text), "10").changes
    assert "If pregnant, from 4:30 am avoid alcohol." in changes
    assert "From 8:30 am avoid alcohol." in changes


@FEW
@given(
    st.one_of(strategies.protocols(), strategies.sheets()),
    strategies.visits(first_year=1985),
    strategies.answers,
    st.integers(-20, 20),
)
def test_each_ban_in_force_is_told(
    drawn: Protocol, appointment: Visit, answers: dict[str, bool], distance: int
) -> None:
    """On any day, whatever else changes on it."""
    around = strategies.appointment(appointment)
    found = build_plan(drawn, around, now=around.start, answers=answers)
    day = around.day + timedelta(days=distance)
    told = tell_day(found, day)
    text = " ".join((*told.changes, *told.holds))
    for rule, topics in found.list_holding(day):
        if rule.restricts:
            assert [name for name in topics if drawn.topics[name].short not in text] == []
