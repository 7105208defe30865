"""The days of a plan: what changes on each, what is in force, and which days there are."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings

from microcare.core.plan.plan import Plan, build_plan
from microcare.core.plan.planned import Kind
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.protocol import Protocol
from tests.oracle import Visit, closes_at_start
from tests.samples import entry, plan, visit
from tests.strategies import (
    answers,
    appointment,
    protocols,
    visits,
)

MANY = settings(max_examples=5 * settings().max_examples)
NOW = datetime(2026, 12, 10, tzinfo=UTC)


@given(protocols(), visits(), answers)
def test_every_dated_instruction_is_told_of(
    protocol: Protocol, around: Visit, said: dict[str, bool]
) -> None:
    """What applies or may apply is on the days on which it begins and ends, once each."""
    found = build_plan(protocol, appointment(around), now=NOW, answers=said)
    begins = [each for day in found.days for each in day.begins]
    for each in found.instructions:
        told = each.applies is not Answer.NO and each.dated.start is not None
        assert sum(other is each for other in begins) == told


@given(protocols(), visits(), answers)
def test_what_is_settled_as_no_is_on_no_day(
    protocol: Protocol, around: Visit, said: dict[str, bool]
) -> None:
    """It neither begins nor ends, is not in force, contradicts nothing and blocks nothing."""
    found = build_plan(protocol, appointment(around), now=NOW, answers=said)
    told = [transition.planned for day in found.days for transition in day.transitions]
    told += [each for day in found.days for each in day.in_force]
    told += [each for conflict in found.conflicts for each in conflict.instructions]
    assert Answer.NO not in {each.applies for each in (*told, *found.blocked_by)}


@MANY
@given(protocols(), visits(), answers)
def test_everything_ends_but_what_the_treatment_closes(
    protocol: Protocol, around: Visit, said: dict[str, bool]
) -> None:
    """What the treatment closes, or what had no room, is in no `ends`; all else is, on its date."""
    found = build_plan(protocol, appointment(around), now=NOW, answers=said)
    ends = [(each.instruction.id, day.date) for day in found.days for each in day.ends]
    expected = [
        (each.instruction.id, found.visit.local_date(each.dated.until))
        for each in found.instructions
        if each.kind is Kind.WINDOW and each.applies is not Answer.NO
        if each.dated.until is not None and not closes_at_start(each.instruction)
        if each.dated.start != each.dated.until
    ]
    assert sorted(ends) == sorted(expected)


def test_ends_stand_on_the_date_of_the_exclusive_end() -> None:
    """Sun is avoided through Sun 20 Dec: it ends on Mon 21 Dec."""
    found = plan(entry("avoid: sun\nuntil: 10 days after"))
    assert [day.date.isoformat() for day in found.days if day.ends] == ["2026-12-21"]


def test_days_are_those_on_which_something_changes() -> None:
    """Between them nothing does; the treatment day is always there."""
    found = plan(
        """
        - {id: waxing, avoid: waxing, from: 4 to 5 days before}
        - {id: toxin, wait-since: botulinum-toxin, at-least: 10 days before}
        - {id: sun, avoid: sun, until: "3 days after, if possible 10"}
        - {id: ibuprofen, avoid: ibuprofen}
        """
    )
    told = [
        (day.date.isoformat(), day.distance, _told(found, place))
        for place, day in enumerate(found.days)
    ]
    assert told == [
        ("2026-11-30", -10, ["last fine day: toxin"]),
        ("2026-12-01", -9, ["begins: toxin"]),
        ("2026-12-05", -5, ["begins: waxing"]),
        ("2026-12-06", -4, ["begins at the latest: waxing"]),
        ("2026-12-10", 0, ["begins: sun"]),
        ("2026-12-14", 4, ["at least this long: sun"]),
        ("2026-12-21", 11, ["ends: sun"]),
    ]


def test_a_day_is_told_by_the_clock() -> None:
    """What happens at 14:00 comes before what begins at 14:30, whatever the file's order."""
    found = plan(
        """
        - {id: heat, avoid: heat, until: 48 hours after}
        - {id: early, arrive: early-arrival, at: 30 minutes before}
        - {id: shaving, avoid: shaving, on: treatment day}
        """
    )
    assert _told(found, 0) == ["begins: shaving", "happens: early", "begins: heat"]


def test_in_force_is_any_instant_of_the_date() -> None:
    """A ban from 14:30 is in force that day and on the day on which it ends at 14:30."""
    found = plan(
        """
        - {id: heat, avoid: heat, until: 48 hours after}
        - {id: shaving, avoid: shaving, on: treatment day}
        - {id: next, avoid: makeup, on: next day}
        - {id: marker, repeat: follow-up, at: 2 days after}
        """
    )
    in_force = {
        day.date.isoformat(): [each.instruction.id for each in day.in_force] for day in found.days
    }
    assert in_force == {
        "2026-12-10": ["heat", "shaving"],
        "2026-12-11": ["heat", "next"],
        "2026-12-12": ["heat"],
    }


def test_a_protocol_without_dates_has_the_treatment_day() -> None:
    """D is there with nothing on it, and what is undated is not in force on a date."""
    found = plan(entry("avoid: ibuprofen"))
    assert [(day.distance, day.transitions, day.in_force) for day in found.days] == [(0, (), ())]


def test_what_the_patient_comes_without_is_not_still_used() -> None:
    """Of a whole-day appointment too, though its start may be at any hour of the day."""
    rules = """
        - {id: without, avoid: skin-products, at: start}
        - {id: use, use: lotions, from: 1 week before, until: start}
        """
    for start in ("2026-12-10", "2026-12-10 14:30"):
        day = next(each for each in plan(rules, visit(start)).days if each.distance == 0)
        assert day.still == ()
        assert [each.instruction.id for each in day.in_force] == ["without", "use"]


def _told(found: Plan, place: int) -> list[str]:
    """Return what a day tells, in its order."""
    return [
        f"{transition.change.value}: {transition.planned.instruction.id}"
        for transition in found.days[place].transitions
    ]
