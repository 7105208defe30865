"""What changes in a plan, instruction by instruction: the borders of what rules say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from microcare.core.plan.claims import Instants, Says, find_faces
from microcare.core.plan.ledger import Ledger, Release
from microcare.core.plan.planned import End, Kind, Overruled, PlannedInstruction
from microcare.core.sheet.points import is_numbered
from microcare.core.sheet.protocol import DayOne
from microcare.core.values import value

if TYPE_CHECKING:
    from microcare.core.plan.dose_days import DoseRun

_DAY = timedelta(days=1)


class Change(Enum):
    """What happens on a day, in the order in which a day is told.

    OVERRULED is what would begin or happen, were it not forbidden; it GOVERNS once the ban is over.
    """

    LAST_FINE_DAY = "last fine day"
    HAPPENS = "happens"
    BEGINS = "begins"
    OVERRULED = "overruled"
    BEGINS_AT_LATEST = "begins at the latest"
    DOSES = "doses"
    AT_LEAST_OVER = "at least this long"
    ENDS_WITH_TREATMENT = "ends with the treatment"
    ENDS = "ends"
    GOVERNS = "governs"


_ORDER = {each: rank for rank, each in enumerate(Change)}


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


class TransitionFinder:
    """Finds what changes for the instructions of one plan."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def find_last_fine_day(self, each: PlannedInstruction) -> Transition | None:
        """Return the last day on which topics are fine: those that no other rule forbids on it."""
        day = each.dated.last_ok
        if day is None:
            return None
        opens, closes = each.visit.day_start(day), each.visit.day_start(day + _DAY)
        condition = each.instruction.condition
        fine = tuple(
            topic
            for topic in each.instruction.topics
            if not any(
                claim.says is Says.FORBIDS
                and claim.meets(opens, closes)
                and self._ledger.open_answers.implies(condition, claim.rule.instruction.condition)
                for claim in self._ledger.list_covering(topic)
            )
        )
        return Transition(Change.LAST_FINE_DAY, each, None, fine) if fine else None

    def find(self, each: PlannedInstruction) -> Iterator[Transition]:
        """Yield what changes at an instant, but for doses."""
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
        if each.end is End.TREATMENT_OVER and each.restricts:
            # Nobody knows when, so that it is told with the treatment and not by the clock.
            over = each.visit.start if each.visit.all_day else each.visit.end
            yield self._release(Change.ENDS_WITH_TREATMENT, each, over)
        least, until = each.shortest_end, dated.until
        if least is not None:
            yield self._release(Change.AT_LEAST_OVER, each, least)
        # Where hours and days left it no room, nothing was ever forbidden that could be free again.
        has_room = dated.start != until
        if until is not None and has_room and not each.instruction.closes_at_start:
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
        own = [lost for lost in each.overruled if not _restates(lost, each)]
        for instant in sorted({lost.until for lost in own if lost.until is not None}):
            freed = tuple(lost.topic for lost in own if lost.until == instant)
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
        """Return when in each face of the appointment what changes then is told.

        That is when it changes there, but no earlier than the one instant at which it is told.
        """
        if not each.treatment.has_faces:
            return (instant,)
        if change is Change.ENDS_WITH_TREATMENT:
            return instant, each.visit.end
        early, late = find_faces(each.dated, instant)
        return max(early or instant, instant), max(late or instant, instant)


def rank_transition(each: Transition, opens: datetime) -> tuple[datetime, int, bool]:
    """Return the place of a transition among those of a day, which begins at `opens`."""
    return each.instant or opens, _ORDER[each.change], not each.planned.restricts


def _restates(lost: Overruled, each: PlannedInstruction) -> bool:
    """Return whether the bans are of a later session, whose sheet says again what holds then."""
    return any(
        ban.treatment.number > each.treatment.number
        and ban.treatment.protocol.id == each.treatment.protocol.id
        for ban in lost.by
    )


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


def is_news(transition: Transition) -> bool:
    """Return whether a change says something to the patient.

    An end does that is the last day of a course, or the date that the sheet itself gives for what
    is to be expected: not one that depends on which day its Day 1 is. No permission is withdrawn by
    the end of its days, and what is done for so long needs no word when it is over. What lasts at
    least so long may go on. What is expected by now needs nothing.
    """
    each, traits = transition.planned, transition.planned.instruction.verb.traits
    match transition.change:
        case Change.BEGINS_AT_LATEST:
            return traits.restricts or traits.asks
        case Change.AT_LEAST_OVER:
            return not traits.doses or each.end is not End.AT_LEAST
        case Change.ENDS:
            return each.end is not End.AT_LEAST and _ends_with_news(each)
        case _:
            return True


def _ends_with_news(each: PlannedInstruction) -> bool:
    traits = each.instruction.verb.traits
    if traits.restricts:
        return each.end not in (End.TREATMENT_OVER, End.WORDS_AFTER_DATE)
    if traits.doses:
        return bool(each.doses)
    numbered = is_numbered(each.instruction.window.until)
    doubtful = numbered and each.treatment.protocol.day_one is DayOne.UNSTATED
    return traits.runs_out and not doubtful
