"""The doses that a calendar reminds of: which there are, and the slots that they are known by."""

from __future__ import annotations

from datetime import datetime

import pytest

from microcare.export.ics.events import CalendarOptions
from tests.export.ics.told_doses import events, reminders
from tests.samples import at, entry, plan, visit


@pytest.mark.parametrize("strength", ["may", "should"])
def test_what_is_optional_has_no_event(strength: str) -> None:
    """The days' entries tell it, with its times, which they leave to the events where there are."""
    rule = f"use: moisturizer\nfrom: next day\nfor: 2 days\ndaily: 2\nstrength: {strength}"
    made = events(plan(entry(rule)))
    assert any(each.content.of_doses for each in made) is (strength == "should")
    told = [each for each in made if "8:00 am, 10:00 pm" in each.description]
    assert bool(told) is (strength == "may")
    assert not any(each.content.of_doses for each in told)


def test_medicine_without_times_rings_on_each_of_its_days() -> None:
    """At a time that is suggested, until the last of them, for as long as no ban forbids it."""
    rule = entry("take: antiviral\nfrom: 2 days before\nuntil: 2 days after", "drug")
    found = reminders(plan(rule))
    assert [each.start for each in found] == [at(f"2026-12-{day:02} 08:00") for day in range(8, 13)]
    assert found[0].description.startswith("- 8:00 am: Antiviral medicine (suggested time)\n")
    ban = entry("avoid: antiviral\nfrom: 1 day after\nuntil: 5 days after", "ban")
    assert len(reminders(plan(rule + ban))) == 3
    long = entry("take: antiviral\nfrom: next day\nfor: 22 days", "drug")
    assert len(reminders(plan(long))) == 14 + 2
    assert len(reminders(plan(rule, now="2026-12-10 09:00"))) == 2


@pytest.mark.parametrize(
    "rule",
    [
        "use: sunscreen\nfrom: next day\nuntil: 2 days after",
        "take: clear-liquids\nfrom: next day\nuntil: 2 days after",
        "take: antiviral\nfrom: next day",
        "take: acetaminophen\nfrom: next day\nuntil: 2 days after\nif: discomfort",
        "take: acetaminophen\nfrom: next day\nuntil: 2 days after\nstrength: may",
        "take: acetaminophen\nfrom: next day\nuntil: 2 days after\nevery: 6 hours as needed",
        "take: acetaminophen\nfrom: 2 hours before\nuntil: 1 hour before",
    ],
)
def test_nothing_else_without_times_rings(rule: str) -> None:
    """No window of sunscreen, nothing whose end is not known, nothing that is as needed."""
    assert reminders(plan(entry(rule))) == []


def test_an_event_is_known_by_its_slot() -> None:
    """An answer that adds a medicine to a sitting, or takes one away, keeps its identity."""
    rules = entry("use: sunscreen\non: next day\ndaily: 2", "sun")
    rules += entry("take: antiviral\nif: cold-sores\non: next day\ndaily: 2", "drug")
    uids = [
        [each.uid for each in reminders(plan(rules, answers=answers))]
        for answers in ({}, {"cold-sores": True}, {"cold-sores": False})
    ]
    assert uids[0] == uids[1] == uids[2]
    every = CalendarOptions("4711", every_dose=True)
    assert uids[0] == [each.uid for each in reminders(plan(rules), every)]


def test_what_is_counted_in_hours_moves_with_the_treatment() -> None:
    """It is known by its distance from it, whatever the clock shows then."""
    rule = entry("take: antibiotics\nfrom: 2 hours after\nevery: 6 hours\ncount: 3", "drug")
    here, there = (
        {each.uid: each.start for each in reminders(plan(rule, visit(start)))}
        for start in ("2026-12-10 14:30", "2026-12-17 09:00")
    )
    assert here.keys() == there.keys()
    moved = at("2026-12-17 09:00") - at("2026-12-10 14:30")
    assert {there[uid] - start for uid, start in here.items() if isinstance(start, datetime)} == {
        moved
    }
