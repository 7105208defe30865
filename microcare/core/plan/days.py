"""The days that a plan fills: what changes, what is taken and what is in force on each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from microcare.core.plan.planned import Kind, PlannedInstruction
from microcare.core.plan.releases import Release, find_releases
from microcare.core.sheet.implied import closes_at_start
from microcare.core.sheet.protocol import Protocol
from microcare.core.time.appointment import Appointment
from microcare.core.values import value

if TYPE_CHECKING:
    from microcare.core.plan.dose_days import DoseRun
    from microcare.core.time.courses import Dose

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
class Transition:
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
    transitions: tuple[Transition, ...]
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
        return tuple(
            transition.planned for transition in self.transitions if transition.change in changes
        )


def build_days(
    planned: tuple[PlannedInstruction, ...], protocol: Protocol, visit: Appointment
) -> tuple[Day, ...]:
    """Return the days on which something changes or is taken, and the treatment day, in order.

    `planned` are the instructions that apply or may apply.
    """
    by_date: dict[date, list[Transition]] = {visit.day: []}
    for each in planned:
        if each.dated.last_ok is not None:
            last_fine_day = Transition(Change.LAST_FINE_DAY, each)
            by_date.setdefault(each.dated.last_ok, []).append(last_fine_day)
        for instant, transition in _find_transitions(each, planned, protocol):
            by_date.setdefault(visit.local_date(instant), []).append(transition)
    doses = _doses_by_date(planned, by_date, visit)
    return tuple(
        _build_day(day, transitions, doses.get(day, []), planned, visit)
        for day, transitions in sorted(by_date.items())
    )


def _doses_by_date(
    planned: tuple[PlannedInstruction, ...],
    by_date: dict[date, list[Transition]],
    visit: Appointment,
) -> dict[date, list[tuple[PlannedInstruction, Dose]]]:
    """Return the doses of all courses by their dates, and add these, with what changes on them."""
    found: dict[date, list[tuple[PlannedInstruction, Dose]]] = {}
    for each in planned:
        if not each.doses:
            continue
        from microcare.core.plan.dose_days import find_runs, list_dose_days

        days = list_dose_days(each.doses, visit)
        for day in days:
            found.setdefault(day.date, []).extend((each, dose) for dose in day.doses)
            by_date.setdefault(day.date, [])
        for run in find_runs(days, visit):
            transition = Transition(Change.DOSES, each, run.first.doses[0].instant, run=run)
            by_date[run.first.date].append(transition)
    return found


def _build_day(
    day: date,
    transitions: Iterable[Transition],
    doses: Iterable[tuple[PlannedInstruction, Dose]],
    planned: tuple[PlannedInstruction, ...],
    visit: Appointment,
) -> Day:
    opens, closes = visit.day_start(day), visit.day_start(day + _DAY)
    order = list(Change)
    return Day(
        date=day,
        distance=(day - visit.day).days,
        transitions=tuple(
            sorted(
                transitions,
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


def _find_transitions(
    each: PlannedInstruction, planned: tuple[PlannedInstruction, ...], protocol: Protocol
) -> Iterable[tuple[datetime, Transition]]:
    dated = each.dated
    if dated.start is not None:
        change = Change.HAPPENS if each.kind is Kind.MOMENT else Change.BEGINS
        permits = each.instruction.verb.traits.permits
        freed = find_releases(each, dated.start, planned, protocol) if permits else ()
        yield dated.start, Transition(change, each, dated.start, freed)
    if each.kind is not Kind.WINDOW:
        return
    if dated.start_at_latest is not None:
        latest = dated.start_at_latest
        yield latest, Transition(Change.BEGINS_AT_LATEST, each, latest)
    if dated.until_at_least is not None:
        least = dated.until_at_least
        yield least, Transition(Change.AT_LEAST_OVER, each, least)
    # Where hours and days left it no room, nothing was ever forbidden that could be free again.
    has_room = dated.start != dated.until
    if dated.until is not None and has_room and not closes_at_start(each.instruction):
        freed = find_releases(each, dated.until, planned, protocol) if each.restricts else ()
        yield dated.until, Transition(Change.ENDS, each, dated.until, freed)
