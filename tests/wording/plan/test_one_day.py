"""One day in sentences: what changes, what holds, what is taken, what may be noticed."""

from __future__ import annotations

from datetime import date

from microcare.core.plan.plan import Plan
from microcare.wording.plan.one_day import OneDay, tell_day
from tests.samples import entry, plan, visit


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
    assert tell(found, "31").holds == ()


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
