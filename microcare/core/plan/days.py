"""The days that a plan fills: what changes, what is taken and what is in force on each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from microcare.core.plan.ledger import (
    ALWAYS,
    NEVER,
    Instants,
    Ledger,
    Release,
    Says,
    find_faces,
)
from microcare.core.plan.planned import End, Kind, PlannedInstruction
from microcare.core.sheet.implied import closes_at_start
from microcare.core.sheet.points import Clock, NumberedDay
from microcare.core.sheet.protocol import DayOne, Protocol
from microcare.core.time.appointment import Appointment
from microcare.core.values import value

if TYPE_CHECKING:
    from microcare.core.plan.dose_days import DoseRun
    from microcare.core.time.courses import Dose

_DAY = timedelta(days=1)


class Change(Enum):
    """What happens on a day, in the order in which a day is told.

    OVERRULED is what would begin or happen, were it not forbidden; it GOVERNS once the ban is over.
    """

    LAST_FINE_DAY = "last fine day"
    HAPPENS = "happens"
    BEGINS = "begins"
    GOVERNS = "governs"
    OVERRULED = "overruled"
    BEGINS_AT_LATEST = "begins at the latest"
    DOSES = "doses"
    AT_LEAST_OVER = "at least this long"
    ENDS_WITH_TREATMENT = "ends with the treatment"
    ENDS = "ends"


_ORDER = {each: rank for rank, each in enumerate(Change)}
_BEGINNINGS = (Change.BEGINS, Change.HAPPENS, Change.OVERRULED)


@value
class Transition:
    """One change to one instruction; `instant` is in UTC, None for a whole day.

    `topics` are those of the instruction that change. `releases` says for each of them what is
    free, where a restriction ends or something that it might forbid begins. `run` are the doses
    from this date on, where these change. What is so from a whole day on, or through one, is told
    `with_day`, without a time.
    """

    change: Change
    planned: PlannedInstruction
    instant: datetime | None
    topics: tuple[str, ...]
    releases: tuple[Release, ...] = ()
    run: DoseRun | None = None
    with_day: bool = False


@value
class Day:
    """A local date on which something changes or is taken, or the treatment day itself.

    `distance` counts calendar days from the treatment day. `in_force` are the rules that hold at
    any instant of the date, overruled ones too, `doses` what is taken on it, in the order of the
    times. `still` are what goes on unchanged of what is to be heeded, each with its topics.
    """

    date: date
    distance: int
    transitions: tuple[Transition, ...]
    in_force: tuple[PlannedInstruction, ...]
    doses: tuple[tuple[PlannedInstruction, Dose], ...]
    still: tuple[tuple[PlannedInstruction, tuple[str, ...]], ...]

    @property
    def begins(self) -> tuple[PlannedInstruction, ...]:
        """What begins or happens on this date."""
        return self._planned(*_BEGINNINGS)

    @property
    def ends(self) -> tuple[PlannedInstruction, ...]:
        """What has ended by an instant of this date: the date of the exclusive end."""
        return self._planned(Change.ENDS)

    @property
    def has_news(self) -> bool:
        """Whether something begins, happens, is allowed for the last time or may be over."""
        return any(each.change is not Change.BEGINS_AT_LATEST for each in self.transitions)

    def _planned(self, *changes: Change) -> tuple[PlannedInstruction, ...]:
        return tuple(
            transition.planned for transition in self.transitions if transition.change in changes
        )


def build_days(
    planned: tuple[PlannedInstruction, ...], ledger: Ledger, protocol: Protocol, visit: Appointment
) -> tuple[Day, ...]:
    """Return the days on which something changes or is taken, and the treatment day, in order.

    `planned` are the instructions that apply or may apply.
    """
    return _DayBuilder(planned, ledger, protocol, visit).build()


class _DayBuilder:
    """Builds the days of one plan."""

    def __init__(
        self,
        planned: tuple[PlannedInstruction, ...],
        ledger: Ledger,
        protocol: Protocol,
        visit: Appointment,
    ) -> None:
        self._planned = planned
        self._ledger = ledger
        self._protocol = protocol
        self._visit = visit
        self._extents = [(each, *self._find_extent(each)) for each in planned]
        self._by_date: dict[date, list[Transition]] = {visit.day: []}
        self._doses: dict[date, list[tuple[PlannedInstruction, Dose]]] = {}
        self._aftercare_ends = max(
            (each for rule in planned for each in _list_ends(rule)), default=visit.end
        )

    def build(self) -> tuple[Day, ...]:
        for each in self._planned:
            self._add_last_fine_day(each)
            for transition in self._find_transitions(each):
                if transition.instant is not None:
                    self._add(self._visit.local_date(transition.instant), transition)
            self._add_doses(each)
        days = sorted(self._by_date.items())
        return tuple(self._build_day(day, transitions) for day, transitions in days)

    def _add(self, day: date, transition: Transition) -> None:
        self._by_date.setdefault(day, []).append(transition)

    def _add_last_fine_day(self, each: PlannedInstruction) -> None:
        """Add the last day on which topics are fine: those that no other rule forbids on it."""
        day = each.dated.last_ok
        if day is None:
            return
        opens, closes = self._visit.day_start(day), self._visit.day_start(day + _DAY)
        condition = each.instruction.condition
        fine = tuple(
            topic
            for topic in each.instruction.topics
            if not any(
                claim.says is Says.FORBIDS
                and claim.meets(opens, closes)
                and self._ledger.implies(condition, claim.rule.instruction.condition)
                for claim in self._ledger.list_covering(topic)
            )
        )
        if fine:
            self._add(day, Transition(Change.LAST_FINE_DAY, each, None, fine))

    def _find_transitions(self, each: PlannedInstruction) -> Iterator[Transition]:
        dated, topics = each.dated, each.instruction.topics
        if dated.start is not None:
            yield from self._find_beginnings(each, dated.start)
        if each.kind is not Kind.WINDOW:
            return
        yield from self._find_governing(each)
        if dated.start_at_latest is not None:
            latest = dated.start_at_latest
            yield Transition(
                Change.BEGINS_AT_LATEST, each, latest, topics, with_day=dated.starts_with_day
            )
        if dated.ends_with_treatment and each.restricts:
            # Nobody knows when, so that it is told with the treatment and not by the clock.
            visit = self._visit
            over = visit.start if visit.all_day else visit.end
            yield self._release(Change.ENDS_WITH_TREATMENT, each, over)
        least, until = each.shortest_end, dated.until
        if least is not None:
            yield self._release(Change.AT_LEAST_OVER, each, least)
        # Where hours and days left it no room, nothing was ever forbidden that could be free again.
        has_room = dated.start != until
        if until is not None and has_room and not closes_at_start(each.instruction):
            # A bedtime after midnight still belongs to the day with which a course ends.
            last = max((dose.instant for dose in each.doses), default=until)
            yield self._release(Change.ENDS, each, max(until, last))

    def _find_beginnings(self, each: PlannedInstruction, start: datetime) -> Iterator[Transition]:
        """Yield what begins, if no ban forbids it."""
        topics = each.instruction.topics
        begins = Change.HAPPENS if each.kind is Kind.MOMENT else Change.BEGINS
        if not each.instruction.verb.traits.opposes_bans:
            with_day = each.dated.starts_with_day
            yield Transition(begins, each, start, topics, with_day=with_day)
            return
        if each.is_overruled(start):
            begins = Change.OVERRULED
        yield self._release(begins, each, start)

    def _find_governing(self, each: PlannedInstruction) -> Iterator[Transition]:
        """Yield when what bans had forbidden governs after all, since they are over."""
        until = each.dated.until
        for instant in sorted({lost.until for lost in each.overruled if lost.until is not None}):
            freed = tuple(lost.topic for lost in each.overruled if lost.until == instant)
            if until is None or instant < until:
                yield self._release(Change.GOVERNS, each, instant, freed)

    def _release(
        self,
        change: Change,
        each: PlannedInstruction,
        instant: datetime,
        topics: tuple[str, ...] | None = None,
    ) -> Transition:
        topics = each.instruction.topics if topics is None else topics
        releases: tuple[Release, ...] = ()
        if each.restricts or change not in (Change.AT_LEAST_OVER, Change.ENDS):
            instants = self._find_instants(change, each, instant)
            releases = tuple(self._ledger.find_release(name, instants, each) for name in topics)
        return Transition(
            change, each, instant, topics, releases, with_day=_is_with_day(change, each, instant)
        )

    def _find_instants(
        self, change: Change, each: PlannedInstruction, instant: datetime
    ) -> Instants:
        """Return an instant in each face of the appointment."""
        visit = self._visit
        if not visit.all_day:
            return (instant,)
        if change is Change.ENDS_WITH_TREATMENT:
            return visit.start, visit.end
        early, late = find_faces(each.dated, instant)
        return early or instant, late or instant

    def _add_doses(self, each: PlannedInstruction) -> None:
        """Add the doses of a course to their dates, and the dates on which they change."""
        if not each.doses:
            return
        from microcare.core.plan.dose_days import find_runs, list_dose_days

        days = list_dose_days(each.doses, self._visit)
        for day in days:
            self._doses.setdefault(day.date, []).extend((each, dose) for dose in day.doses)
            self._by_date.setdefault(day.date, [])
        for run in find_runs(days, self._visit):
            taken = {name for dose in run.first.doses for name in dose.topics}
            topics = tuple(name for name in each.instruction.topics if name in taken)
            instant = run.first.doses[0].instant
            self._add(run.first.date, Transition(Change.DOSES, each, instant, topics, run=run))

    def _build_day(self, day: date, transitions: Iterable[Transition]) -> Day:
        opens, closes = self._visit.day_start(day), self._visit.day_start(day + _DAY)
        told = tuple(sorted(transitions, key=lambda each: _rank(each, opens)))
        changed = {each.planned.instruction.id for each in told}
        held = {free.topic for each in told for free in each.releases if free.held_by}
        in_force = tuple(
            [each for each, start, until in self._extents if start < closes and until > opens]
        )
        still = (
            (each, self._list_heeded(each, opens, closes, held))
            for each in in_force
            if each.instruction.id not in changed and each.instruction.verb.traits.binds
        )
        doses = sorted(self._doses.get(day, ()), key=lambda pair: pair[1].instant)
        return Day(
            date=day,
            distance=(day - self._visit.day).days,
            transitions=told,
            in_force=in_force,
            doses=tuple(doses),
            still=tuple((each, topics) for each, topics in still if topics),
        )

    def _find_extent(self, each: PlannedInstruction) -> tuple[datetime, datetime]:
        """Return when a rule is in force, `[start, until)`; what has no window is never."""
        if each.kind is Kind.WINDOW:
            return each.dated.start or ALWAYS, each.dated.until or NEVER
        if each.comes_without and each.dated.start is not None:
            visit = self._visit
            return visit.day_start(visit.day), visit.end if visit.all_day else each.dated.start
        return NEVER, ALWAYS

    def _list_heeded(
        self, each: PlannedInstruction, opens: datetime, closes: datetime, held: set[str]
    ) -> tuple[str, ...]:
        """Return the topics of a rule that are still to be heeded on a day.

        Not what a ban forbids all day, nor bans that a row tells as still holding. What nobody ends
        is told no further than the last date of the aftercare: a follow-up a month later would else
        repeat all of it.
        """
        if each.dated.until is None and opens > self._aftercare_ends:
            return ()
        lost = {
            each.topic
            for each in each.overruled
            if (each.start is None or each.start <= opens)
            and (each.until is None or each.until >= closes)
        }
        lost |= held if each.restricts else set()
        return tuple(name for name in each.instruction.topics if name not in lost)


def _rank(each: Transition, opens: datetime) -> tuple[datetime, int, bool]:
    return each.instant or opens, _ORDER[each.change], not each.planned.restricts


def _is_with_day(change: Change, each: PlannedInstruction, instant: datetime) -> bool:
    """Return whether a change is told with its day: by the form of its time, not by its value."""
    match change:
        case Change.GOVERNS:
            bans = (ban for lost in each.overruled if lost.until == instant for ban in lost.by)
            return all(ban.dated.ends_with_day for ban in bans)
        case Change.AT_LEAST_OVER | Change.ENDS:
            return each.dated.ends_with_day
        case Change.ENDS_WITH_TREATMENT:
            return True
        case _:
            return each.dated.starts_with_day


def _list_ends(rule: PlannedInstruction) -> Iterator[datetime]:
    """Yield the ends of what is to be heeded that its sheet states."""
    if rule.instruction.verb.traits.binds:
        for each in (rule.dated.until, rule.dated.until_at_least):
            if each is not None:
                yield each


def ends_with_news(each: PlannedInstruction, protocol: Protocol) -> bool:
    """Return whether the date on which something ends is told.

    That is the last day of a course, and a date that the sheet itself gives for what is to be
    expected: not one that depends on which day its Day 1 is. No permission is withdrawn by the end
    of its days, and what is done for so long needs no word when it is over.
    """
    traits = each.instruction.verb.traits
    if traits.restricts:
        return each.end not in (End.AT_LEAST, End.TREATMENT_OVER, End.WORDS_AFTER_DATE)
    if traits.doses:
        return bool(each.doses)
    until = each.instruction.window.until
    day = until.day if isinstance(until, Clock) else until
    doubtful = isinstance(day, NumberedDay) and protocol.day_one is DayOne.UNSTATED
    return traits.runs_out and not doubtful
