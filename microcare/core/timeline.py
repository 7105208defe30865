"""The dated plan: every instruction around one appointment, and the days it fills."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from microcare.core.answers import settle_answers
from microcare.core.conditions import Answer, awaits_symptom, evaluate, settling_factors
from microcare.core.conflicts import Conflict, find_conflicts
from microcare.core.implied import closes_at_start, ends_itself, window_sides
from microcare.core.model import Instruction, Protocol, Verb
from microcare.core.occasions import date_instructions
from microcare.core.planned import Kind, PlannedInstruction, State
from microcare.core.points import Side
from microcare.core.releases import Release, find_releases
from microcare.core.values import value
from microcare.core.windows import Dated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from microcare.core.appointment import Appointment
    from microcare.core.courses import Dose
    from microcare.core.runs import DoseRun

_DAY = timedelta(days=1)


class Change(Enum):
    """What happens on a day, in the order in which a day is told."""

    LAST_FINE_DAY = "last fine day"
    HAPPENS = "happens"
    BEGINS = "begins"
    BEGINS_AT_LATEST = "begins at the latest"
    DOSES = "doses"
    AT_LEAST_OVER = "at least this long"
    ENDS = "ends"


@value
class Event:
    """One change to one instruction; `instant` is in UTC, None for a whole day.

    `releases` says for a restriction that ends, and for a permission that begins, what of its
    topics is free. `run` are the doses from this date on, where these change.
    """

    change: Change
    planned: PlannedInstruction
    instant: datetime | None = None
    releases: tuple[Release, ...] = ()
    run: DoseRun | None = None


@value
class Day:
    """A local date on which something changes or is taken, or the treatment day itself.

    `distance` counts calendar days from the treatment day. `in_force` are the windows open at
    any instant of the date, `doses` what is taken on it, in the order of the times.
    """

    date: date
    distance: int
    events: tuple[Event, ...]
    in_force: tuple[PlannedInstruction, ...]
    doses: tuple[tuple[PlannedInstruction, Dose], ...] = ()

    @property
    def begins(self) -> tuple[PlannedInstruction, ...]:
        """What begins or happens on this date."""
        return self._planned(Change.BEGINS, Change.HAPPENS)

    @property
    def ends(self) -> tuple[PlannedInstruction, ...]:
        """What has ended by an instant of this date: the date of the exclusive end."""
        return self._planned(Change.ENDS)

    def _planned(self, *changes: Change) -> tuple[PlannedInstruction, ...]:
        return tuple(event.planned for event in self.events if event.change in changes)


@value
class Plan:
    """A protocol dated for one appointment as seen at `now` (UTC) with the patient's `answers`.

    What the appointment's own time of day answers is among them.
    `instructions` are all of the protocol's, in its order. `blocked_by` are the screening
    instructions that say the treatment must not be done.
    """

    protocol: Protocol
    visit: Appointment
    now: datetime
    answers: Mapping[str, bool]
    instructions: tuple[PlannedInstruction, ...]
    days: tuple[Day, ...]
    conflicts: tuple[Conflict, ...]
    blocked_by: tuple[PlannedInstruction, ...]

    @property
    def is_past(self) -> bool:
        """Whether the appointment lies before `now`."""
        return self.visit.end < self.now if self.visit.all_day else self.visit.start < self.now


def build_timeline(
    protocol: Protocol,
    visit: Appointment,
    *,
    now: datetime,
    answers: Mapping[str, bool] | None = None,
) -> Plan:
    """Date every instruction of a protocol; nothing of it is left out.

    `answers` maps factor ids to yes or no; a factor that is missing was not asked, or is answered
    by the appointment's own time of day. `now` is aware and decides only each instruction's state.
    """
    known = settle_answers(protocol.factors, visit, answers or {})
    moment = now.astimezone(UTC)
    dates = date_instructions(protocol.instructions, visit, protocol.day_one, protocol.times_of_day)
    setting = _Setting(protocol, visit, moment, known)
    planned = tuple(
        _plan_instruction(each, dates[each.id], setting) for each in protocol.instructions
    )
    applicable = tuple(each for each in planned if each.applies is not Answer.NO)
    return Plan(
        protocol=protocol,
        visit=visit,
        now=moment,
        answers=known,
        instructions=planned,
        days=_build_days(applicable, protocol, visit),
        conflicts=find_conflicts(applicable, protocol),
        blocked_by=tuple(
            each
            for each in planned
            if each.instruction.verb is Verb.SCREEN and each.applies is Answer.YES
        ),
    )


@value
class _Setting:
    """What all the instructions of one plan share; `now` is in UTC."""

    protocol: Protocol
    visit: Appointment
    now: datetime
    answers: Mapping[str, bool]


def _plan_instruction(
    instruction: Instruction, dated: Dated, setting: _Setting
) -> PlannedInstruction:
    answers, condition = setting.answers, instruction.condition
    symptom = condition is not None and awaits_symptom(condition, setting.protocol.factors)
    if symptom and ends_itself(instruction):
        # Nobody knows when it will begin, so nobody knows when it is over.
        dated = replace(dated, until=None)
    kind = _find_kind(instruction, dated)
    sides = window_sides(instruction)
    applies = Answer.YES if condition is None else evaluate(condition, answers)
    reason = None
    if applies is Answer.NO and condition is not None:
        factors = setting.protocol.factors
        reason = "; ".join(
            factors[name].yes if answers[name] else factors[name].no
            for name in settling_factors(condition, answers)
        )
    return PlannedInstruction(
        instruction=instruction,
        kind=kind,
        sides=sides,
        dated=dated,
        applies=applies,
        reason=reason,
        state=_find_state(kind, dated, sides[0], setting.now, setting.visit),
        doses=() if symptom or applies is Answer.NO else _find_doses(instruction, dated, setting),
    )


def _find_doses(instruction: Instruction, dated: Dated, setting: _Setting) -> tuple[Dose, ...]:
    if instruction.repetition is None and not instruction.steps:
        return ()
    if dated.start is None or not (dated.until or dated.until_at_least or instruction.ends_itself):
        return ()
    from microcare.core.courses import find_doses  # few protocols have courses: start-up counts

    return find_doses(instruction, dated, setting.visit, setting.protocol.times_of_day)


def _find_kind(instruction: Instruction, dated: Dated) -> Kind:
    if instruction.window.at is not None:
        return Kind.MOMENT
    if dated.start is None and dated.until is None and dated.until_at_least is None:
        return Kind.UNDATED
    return Kind.WINDOW


def _find_state(kind: Kind, dated: Dated, side: Side, now: datetime, visit: Appointment) -> State:
    if dated.start is None and dated.until is None and dated.until_at_least is None:
        return State.UNDATED
    if dated.until is not None and dated.until <= now:
        return State.OVER
    if dated.start is None:
        return State.IN_FORCE
    if now < dated.start:
        return State.UPCOMING
    if kind is Kind.MOMENT:
        over = _moment_over(dated.start_at_latest or dated.start, visit)
        return State.OVER if over <= now else State.IN_FORCE
    if side is Side.BEFORE and dated.start < now < visit.start:
        return State.BEGUN_BEFORE_BOOKING
    return State.IN_FORCE


def _moment_over(moment: datetime, visit: Appointment) -> datetime:
    """Return when a moment is over: at once, or with its day where it is a whole day."""
    day = visit.local_date(moment)
    return visit.day_start(day + _DAY) if moment == visit.day_start(day) else moment


def _build_days(
    planned: tuple[PlannedInstruction, ...], protocol: Protocol, visit: Appointment
) -> tuple[Day, ...]:
    by_date: dict[date, list[Event]] = {visit.day: []}
    for each in planned:
        if each.dated.last_ok is not None:
            last_fine_day = Event(Change.LAST_FINE_DAY, each)
            by_date.setdefault(each.dated.last_ok, []).append(last_fine_day)
        for instant, event in _find_events(each, planned, protocol):
            by_date.setdefault(visit.local_date(instant), []).append(event)
    doses = _doses_by_date(planned, by_date, visit)
    return tuple(
        _build_day(day, events, doses.get(day, []), planned, visit)
        for day, events in sorted(by_date.items())
    )


def _doses_by_date(
    planned: tuple[PlannedInstruction, ...],
    by_date: dict[date, list[Event]],
    visit: Appointment,
) -> dict[date, list[tuple[PlannedInstruction, Dose]]]:
    """Return the doses of all courses by their dates, and add these, with what changes on them."""
    found: dict[date, list[tuple[PlannedInstruction, Dose]]] = {}
    for each in planned:
        if not each.doses:
            continue
        from microcare.core.runs import find_runs, list_dose_days

        days = list_dose_days(each.doses, visit)
        for day in days:
            found.setdefault(day.date, []).extend((each, dose) for dose in day.doses)
            by_date.setdefault(day.date, [])
        for run in find_runs(days, visit):
            event = Event(Change.DOSES, each, run.first.doses[0].instant, run=run)
            by_date[run.first.date].append(event)
    return found


def _build_day(
    day: date,
    events: Iterable[Event],
    doses: Iterable[tuple[PlannedInstruction, Dose]],
    planned: tuple[PlannedInstruction, ...],
    visit: Appointment,
) -> Day:
    opens, closes = visit.day_start(day), visit.day_start(day + _DAY)
    order = list(Change)
    return Day(
        date=day,
        distance=(day - visit.day).days,
        events=tuple(
            sorted(
                events,
                key=lambda each: (
                    each.instant or opens,
                    order.index(each.change),
                    not each.planned.restricts,
                ),
            )
        ),
        in_force=tuple(each for each in planned if each.holds_between(opens, closes)),
        doses=tuple(sorted(doses, key=lambda pair: pair[1].instant)),
    )


def _find_events(
    each: PlannedInstruction, planned: tuple[PlannedInstruction, ...], protocol: Protocol
) -> Iterable[tuple[datetime, Event]]:
    dated = each.dated
    if dated.start is not None:
        change = Change.HAPPENS if each.kind is Kind.MOMENT else Change.BEGINS
        permits = each.instruction.verb.permits
        freed = find_releases(each, dated.start, planned, protocol) if permits else ()
        yield dated.start, Event(change, each, dated.start, freed)
    if each.kind is not Kind.WINDOW:
        return
    if dated.start_at_latest is not None:
        latest = dated.start_at_latest
        yield latest, Event(Change.BEGINS_AT_LATEST, each, latest)
    if dated.until_at_least is not None:
        least = dated.until_at_least
        yield least, Event(Change.AT_LEAST_OVER, each, least)
    # Where hours and days left it no room, nothing was ever forbidden that could be free again.
    has_room = dated.start != dated.until
    if dated.until is not None and has_room and not closes_at_start(each.instruction):
        freed = find_releases(each, dated.until, planned, protocol) if each.restricts else ()
        yield dated.until, Event(Change.ENDS, each, dated.until, freed)
