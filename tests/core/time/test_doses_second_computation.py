"""Doses against their second computation, and what holds for any course, in zones of the world."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from microcare.core.plan.plan import Plan, build_plan
from microcare.core.plan.planned import PlannedInstruction
from microcare.core.plan.transitions import Change
from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.points import TIMES_OF_DAY, DayTime, RelativeDay, Unit
from microcare.core.time.courses import MAX_DOSES
from tests.dose_oracle import Expected, expect_doses, expect_end
from tests.oracle import Visit, timed_visit
from tests.strategies import (
    appointment,
    courses,
    protocol_of,
    shift_visit,
    visits,
    waking_hours,
)

MANY = settings(max_examples=2 * settings().max_examples)
NOW = datetime(2026, 12, 10, tzinfo=UTC)
# Offsets with seconds are of the years before.
recent = visits(first_year=1996)


def planned(instruction: Instruction, visit: Visit, waking: DayTime) -> Plan:
    """Return the plan of one course."""
    protocol = replace(protocol_of([instruction]), times_of_day={**TIMES_OF_DAY, "waking": waking})
    return build_plan(protocol, appointment(visit), now=NOW)


def only(plan: Plan) -> PlannedInstruction:
    """Return a plan's one instruction."""
    (found,) = plan.instructions
    return found


@MANY
@given(courses(), recent, waking_hours)
def test_doses(instruction: Instruction, visit: Visit, waking: DayTime) -> None:
    """Every dose is at the same second, of the same topics, and so is the course's own end."""
    found = only(planned(instruction, visit, waking))
    start, until = found.dated.start, found.dated.until
    assert start is not None
    stated = None
    if instruction.window.until is not None:
        assert until is not None
        stated = round(until.timestamp())
    begins = round(start.timestamp())
    expected = expect_doses(instruction, begins, stated, visit, waking)
    assume(len(expected) <= MAX_DOSES)
    doses = [
        Expected(round(each.instant.timestamp()), each.topics, each.suggested)
        for each in found.doses
    ]
    assert doses == expected
    if stated is None:
        ends = expect_end(instruction, begins, visit, waking)
        assert (None if until is None else round(until.timestamp())) == ends


@given(courses(), recent, waking_hours)
def test_doses_lie_in_the_window_in_order(
    instruction: Instruction, visit: Visit, waking: DayTime
) -> None:
    """None before it begins, none at its end or later, no two at once, and not without limit.

    The last of a count by the hour is the end of its course.
    """
    found = only(planned(instruction, visit, waking))
    instants = [dose.instant for dose in found.doses]
    assert instants == sorted(set(instants))
    assert len(instants) <= 2 * MAX_DOSES
    if instants:
        assert found.dated.start is not None
        assert found.dated.start <= instants[0]
        assert found.dated.until is not None
        if not instruction.ends_itself or instruction.steps:
            assert instants[-1] < found.dated.until
        assert instants[-1] <= found.dated.until


@given(courses(), recent, waking_hours)
def test_days_tell_every_dose(instruction: Instruction, visit: Visit, waking: DayTime) -> None:
    """Each on its date; and the runs between them hold all of these dates, each once."""
    plan = planned(instruction, visit, waking)
    found = only(plan)
    told = [dose for day in plan.days for _, dose in day.doses]
    assert tuple(told) == found.doses
    dates = [day.date for day in plan.days if day.doses]
    runs = [
        transition.run
        for day in plan.days
        for transition in day.transitions
        if transition.change is Change.DOSES
    ]
    covered = []
    for run in runs:
        assert run is not None
        day = run.first.date.toordinal()
        covered += list(range(day, run.last.toordinal() + 1, run.step or 1))
    assert covered == [day.toordinal() for day in dates]


STEADY = tuple(map(ZoneInfo, ("UTC", "Asia/Kolkata", "Pacific/Honolulu")))
"""Zones whose clocks have not changed since 1996."""


@given(
    courses(),
    st.integers(-5, 10),
    st.datetimes(datetime(2000, 1, 1), datetime(2036, 1, 1)),  # noqa: DTZ001 - a wall clock's
    st.sampled_from(STEADY),
    st.integers(-400, 400),
)
def test_an_appointment_days_later_has_its_doses_days_later(
    instruction: Instruction, day: int, wall: datetime, zone: ZoneInfo, days: int
) -> None:
    """What counts from a whole day; months, which are of different lengths, stay where they are."""
    rhythms = [instruction.repetition, *(step.repetition for step in instruction.steps)]
    if any(each and each.interval and each.interval.unit is Unit.MONTH for each in rhythms):
        days = 0
    course = replace(instruction, window=replace(instruction.window, start=RelativeDay(day)))
    start = round(wall.replace(tzinfo=zone, second=0, microsecond=0).timestamp())
    around = timed_visit(start, 0, zone)
    waking = TIMES_OF_DAY["waking"]
    here = only(planned(course, around, waking))
    there = only(planned(course, shift_visit(around, days), waking))
    later = timedelta(days=days)
    assert [each.instant + later for each in here.doses] == [each.instant for each in there.doses]
