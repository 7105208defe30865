"""The doses that a calendar reminds of, and the slot of time that each of them is known by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from microcare.core.plan.plan import Plan, keep_allowed
from microcare.core.plan.planned import Kind, PlannedInstruction
from microcare.core.sheet.conditions import awaits_symptom
from microcare.core.sheet.instruction import Instruction, Repetition, Strength
from microcare.core.sheet.points import Clock, Side
from microcare.core.sheet.protocol import Protocol
from microcare.core.time.appointment import Appointment
from microcare.core.time.courses import Dose, find_doses
from microcare.core.values import replace, value
from microcare.export.ics.identities import name_apart

_MINUTE = timedelta(minutes=1)
_RIGHT_AFTER = 15 * _MINUTE
"""What a plan suggests so soon after the treatment moves with it."""


@value
class CourseDose:
    """A dose, and the course that it is of.

    `date` is the clinic's, `number` counts the course's dates from 1, that of its first dose.
    `slot` says where in the course of things the dose stands, whatever it is of: the day's distance
    from the treatment and the clock time, or the minutes from the treatment of what is counted in
    hours from it.
    """

    planned: PlannedInstruction
    dose: Dose
    date: date
    number: int
    slot: str

    @property
    def instant(self) -> datetime:
        """When it is, in UTC."""
        return self.dose.instant

    def is_early(self, ahead: timedelta) -> bool:
        """Return whether the treatment that its course follows isn't over so long before it."""
        return self.planned.side is Side.AFTER and self.instant - ahead < self.planned.visit.end


def list_doses(plan: Plan) -> tuple[CourseDose, ...]:
    """Return the doses of a plan, past ones too, in the order of their times and of the sheet.

    What is optional has none: the days' entries tell it. Medicine that is taken on days for which
    the sheet says no time has one dose a day.
    """
    found = [
        each
        for planned in plan.applicable
        if planned.instruction.strength is not Strength.MAY
        for each in _place_doses(planned, planned.doses or _find_daily(planned, plan))
    ]
    return tuple(sorted(found, key=lambda each: each.instant))


def counts_hours(instruction: Instruction) -> bool:
    """Return whether a course goes by the hour, day and night."""
    own = (instruction.repetition,) if instruction.repetition is not None else ()
    return any(
        rhythm.interval is not None and rhythm.interval.unit.elapses and not rhythm.waking
        for rhythm in (*own, *(step.repetition for step in instruction.steps))
    )


def _place_doses(planned: PlannedInstruction, doses: tuple[Dose, ...]) -> Iterable[CourseDose]:
    visit = planned.visit
    for dose in doses:
        day, first = (visit.local_date(each.instant) for each in (dose, doses[0]))
        slot = name_apart(_name_slot(planned, dose, doses[0], visit), planned.treatment)
        yield CourseDose(planned, dose, day, (day - first).days + 1, slot)


def _name_slot(planned: PlannedInstruction, dose: Dose, first: Dose, visit: Appointment) -> str:
    by_clock = isinstance(planned.instruction.implied_start, Clock)
    by_hour = counts_hours(planned.instruction)
    begins = dose.instant == planned.dated.start and not planned.dated.starts_with_day
    follows = timedelta() <= dose.instant - visit.end <= _RIGHT_AFTER and not visit.all_day
    if follows or (not by_clock and (begins or (by_hour and not dose.suggested))):
        name, anchor = ("end", visit.end)
        if planned.side is Side.BEFORE:
            name, anchor = ("start", visit.start)
        return f"{name} {(dose.instant - anchor) // _MINUTE:+}"
    local = visit.local(dose.instant).replace(tzinfo=None)
    if by_hour:
        # As the clock would show it if it weren't changed in between.
        local = visit.local(first.instant).replace(tzinfo=None) + (dose.instant - first.instant)
    return f"day {(local.date() - visit.day).days:+} {local:%H:%M}"


def _find_daily(planned: PlannedInstruction, plan: Plan) -> tuple[Dose, ...]:
    """Return a dose a day of medicine that is taken from one date to another, at suggested times.

    Of what is done at any other time, or when the patient feels something, there is none.
    """
    instruction, visit = planned.instruction, planned.visit
    if not _is_daily_medicine(instruction, plan.protocol) or planned.kind is not Kind.WINDOW:
        return ()
    start, until = planned.dated.start, planned.dated.until or planned.dated.until_at_least
    if start is None or until is None:
        return ()
    whole = planned.dated.starts_with_day and planned.dated.ends_with_day
    last = visit.local_date(until - timedelta.resolution)
    if not whole and visit.local_date(start) >= last:
        return ()
    once = replace(instruction, repetition=Repetition(daily=(1, 1)))
    doses = find_doses(once, planned.dated, visit, planned.treatment.protocol.times_of_day)
    kept = (keep_allowed(each, planned.overruled) for each in doses)
    return tuple(each for each in kept if each.topics)


def list_daily(protocol: Protocol) -> frozenset[str]:
    """Return the ids of medicines that have a dose a day without one of the plan's."""
    rules = protocol.instructions
    return frozenset(each.id for each in rules if _is_daily_medicine(each, protocol))


def _is_daily_medicine(instruction: Instruction, protocol: Protocol) -> bool:
    condition, rhythms = instruction.condition, (instruction.repetition, *instruction.steps)
    return (
        instruction.verb.traits.is_taken
        and not any(rhythms)
        and any(protocol.topics[name].medicine for name in instruction.topics)
        and not (condition is not None and awaits_symptom(condition, protocol.factors))
    )
