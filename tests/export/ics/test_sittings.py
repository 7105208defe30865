"""Sittings, of any courses around any appointment: each dose once, few events, stable keys."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from microcare.core.plan.plan import Plan, build_plan
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.instruction import Strength
from microcare.core.sheet.protocol import Clinic
from microcare.core.sheet.verbs import Verb
from microcare.export.ics.builder import build_events
from microcare.export.ics.course_doses import list_doses
from microcare.export.ics.events import CalendarEvent, CalendarOptions
from microcare.export.ics.sittings import MOST_EVENTS, list_sittings
from tests.example_sheets import NAMES, sheet
from tests.export.ics.told_doses import count_told, list_starts, tell
from tests.samples import at, entry, plan, visit
from tests.strategies import (
    FACTORS,
    appointment,
    conditions,
    courses,
    instructions,
    protocol_of,
    visits,
)

if TYPE_CHECKING:
    from microcare.core.sheet.instruction import Instruction

FEW = settings(max_examples=settings().max_examples // 3)
BOOKED = CalendarOptions("4711")
EVERY = CalendarOptions("4711", every_dose=True)
LONG = timedelta(days=9000)


@st.composite
def some_courses(draw: st.DrawFn) -> Instruction:
    """Draw a course that may be optional and may depend on an answer."""
    return replace(
        draw(courses()),
        strength=draw(st.sampled_from((*Strength, Strength.MUST))),
        condition=draw(st.none() | conditions),
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Draw some courses, a ban and a task or none, an appointment and the moment of planning."""
    drawn = draw(st.lists(some_courses(), min_size=1, max_size=4))
    drawn += draw(st.lists(instructions((Verb.AVOID, Verb.TELL)), max_size=2))
    around = appointment(draw(visits(first_year=1996)))
    answers = draw(st.dictionaries(st.sampled_from(sorted(FACTORS)), st.booleans()))
    now = around.start + draw(st.sampled_from((-LONG, timedelta(hours=-30), timedelta(days=5))))
    return build_plan(protocol_of(drawn), around, now=now, answers=answers)


def build(found: Plan, options: CalendarOptions = BOOKED) -> tuple[CalendarEvent, ...]:
    """Return a plan's events."""
    return build_events(found, Clinic(), options)


def list_ahead(found: Plan) -> list[datetime]:
    """Return the times of the doses that are to be told."""
    return [
        dose.instant
        for each in found.instructions
        if each.applies is not Answer.NO and each.instruction.strength is not Strength.MAY
        for dose in each.doses
        if dose.instant >= found.now
    ]


@FEW
@given(plans())
def test_every_dose_is_told_once(found: Plan) -> None:
    """With its time, in one event; the events have times of their own and identities."""
    made = build(found)
    assert count_told(made, found.visit) == tell(list_ahead(found), found.visit)
    starts = list_starts(made)
    assert len(set(starts)) == len(starts)
    assert len({each.uid for each in made}) == len(made)
    assert all(type(each.start) is type(each.end) and each.end > each.start for each in made)


@FEW
@given(plans())
def test_every_dose_can_have_its_own_event(found: Plan) -> None:
    """Each minute of them, and no other."""
    starts = list_starts(build(found, EVERY))
    assert starts == sorted(set(list_ahead(found)))


@FEW
@given(plans())
def test_an_ordinary_day_has_few_events(found: Plan) -> None:
    """Of which one at least is of doses, whatever else there is."""
    visit, counted, of_doses = found.visit, Counter[int](), Counter[int]()
    for each in build(found):
        day = visit.local_date(each.start) if isinstance(each.start, datetime) else each.start
        distance = (day - visit.day).days
        counted[distance] += 1
        of_doses[distance] += each.content.of_doses
    for distance, count in counted.items():
        if distance not in {-1, 0} and of_doses[distance] > 1:
            assert count <= MOST_EVENTS, distance


@FEW
@given(plans(), st.integers(-60, 900))
def test_a_later_file_has_no_other_keys(found: Plan, hours: int) -> None:
    """What lies ahead is put together in the same way, whenever and however it is asked for."""
    later = replace(found, now=found.visit.start + timedelta(hours=hours))
    first = replace(found, now=found.visit.start - LONG)
    of_first = {each.key for each in list_sittings(list_doses(first), first, lambda _: 1)}
    assert {each.key for each in list_sittings(list_doses(later), later, lambda _: 2)} <= of_first
    assert of_first <= {each.key for each in list_sittings(list_doses(first), first, None)}


def test_the_examples_have_few_events() -> None:
    """Each of the example sheets, as a patient lives with it."""
    most = {"chemical-peel": 100, "eye-surgery": 120}
    for name in NAMES:
        found = build_plan(sheet(name), visit(), now=at("2026-06-01 10:00"))
        assert len(build(found)) <= most.get(name, 70), name


def test_an_hour_that_comes_twice_has_two_keys() -> None:
    """Doses before and after a clock change, at one time of the clock."""
    rule = entry("take: antiviral\nfrom: 20:30 the day before\nevery: 1 hour\ncount: 8", "drug")
    found = plan(rule, visit("2026-11-01 14:30"))
    shown = Counter(found.visit.local(each.instant).strftime("%H:%M") for each in list_doses(found))
    assert max(shown.values()) == 2
    keys = [each.key for each in list_sittings(list_doses(found), found, None)]
    assert len(set(keys)) == len(keys) == 8
