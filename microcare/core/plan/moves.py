"""A booking that moves: what its new date changes at one moment, as two plans of it say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from microcare.core.plan.days import Day
from microcare.core.plan.last_times import lies_before
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import Kind, PlannedInstruction, Standing
from microcare.core.plan.transitions import Change, Transition, is_news
from microcare.core.plan.treatments import Treatment
from microcare.core.sheet.points import Side
from microcare.core.time.appointment import Appointment
from microcare.core.values import derived, replace, value


@value
class Shift:
    """A change of the new plan on its `day`, which was on another one with the old date."""

    transition: Transition
    was: date
    day: date


@value
class Move:
    """The plans of one booking `before` and `after` it was moved: of one protocol, at one `now`.

    The later plan may have more treatments; what it lost are the `given_up` appointments, of which
    `before` knows nothing.
    """

    before: Plan
    after: Plan
    given_up: tuple[Appointment, ...] = ()

    @derived
    def days(self) -> Mapping[int, int]:
        """By how many calendar days each treatment moves that both plans have, by its number.

        Below zero is to an earlier date.
        """
        pairs = zip(self.before.treatments, self.after.treatments, strict=False)
        return {new.number: (new.visit.day - old.visit.day).days for old, new in pairs}

    @property
    def moved(self) -> tuple[tuple[Treatment, Treatment], ...]:
        """The treatments whose appointments move, as they were and as they are."""
        pairs = zip(self.before.treatments, self.after.treatments, strict=False)
        return tuple((old, new) for old, new in pairs if old.visit != new.visit)

    @property
    def added(self) -> tuple[Treatment, ...]:
        """The treatments that only the new plan has."""
        return self.after.treatments[len(self.before.treatments) :]

    @property
    def today(self) -> date:
        """The clinic's date at `now`."""
        return self.after.visit.local_date(self.after.now)

    @derived
    def begun(self) -> tuple[PlannedInstruction, ...]:
        """What has begun by now, or was due, and was not with the old date.

        All that has, where the old date is past: nothing was kept for it any more.
        """
        known = _list_ids(list_begun(self.before))
        return tuple(each for each in list_begun(self.after) if each.instruction.id not in known)

    @derived
    def further(self) -> tuple[PlannedInstruction, ...]:
        """The bans that had begun with the old date too and now reach further back.

        What was had long enough before the old date need not lie long enough before the new one.
        """
        old = {each.instruction.id: each.dated.start for each in list_begun(self.before)}
        return tuple(
            each
            for each in list_begun(self.after)
            if each.restricts
            and each.dated.start is not None
            and (start := old.get(each.instruction.id)) is not None
            and each.dated.start < start
        )

    @derived
    def put_off(self) -> tuple[PlannedInstruction, ...]:
        """What had begun, or was due, with the old date and is yet to begin, with its new dates."""
        known, old = _list_ids(list_begun(self.after)), _list_ids(list_begun(self.before))
        return tuple(
            each
            for each in self.after.applicable
            if each.instruction.id in old - known and not self.after.is_past
        )

    @derived
    def day(self) -> Day:
        """Today in the new plan, with what changes or is taken on it and was not with the old date.

        What has `begun` by now is not among it, nor is a dose that was due before now. Of an old
        date that is past nothing is left out.
        """
        day, old = (plan.find_day(self.today) for plan in (self.after, self.before))
        old = replace(old, transitions=(), doses=()) if self.before.is_past else old
        known = {_identify(each) for each in old.transitions}
        begun, now = _list_ids(self.begun), self.after.now
        changes = tuple(
            each
            for each in day.transitions
            if _identify(each) not in known
            and not (_is_begun(each, begun) and each.instant is not None and each.instant < now)
        )
        taken = {(each.instruction.id, dose.instant) for each, dose in old.doses}
        doses = tuple(
            (each, dose)
            for each, dose in day.doses
            if dose.instant >= now and (each.instruction.id, dose.instant) not in taken
        )
        return replace(day, transitions=changes, doses=doses)

    @derived
    def holding(self) -> tuple[tuple[PlannedInstruction, tuple[str, ...]], ...]:
        """What holds today besides, each rule with those of its topics for which it did not."""
        old = {
            (each.instruction.id, topic)
            for each, topics in self.before.list_holding(self.today)
            for topic in topics
            if not self.before.is_past
        }
        told = _list_ids(self.begun) | {
            each.planned.instruction.id for each in self.day.transitions if each.change in _BEGINS
        }
        found = (
            (each, tuple(name for name in topics if (each.instruction.id, name) not in old))
            for each, topics in self.after.list_holding(self.today)
            if each.instruction.id not in told
        )
        return tuple((each, topics) for each, topics in found if topics)

    @property
    def dropped(self) -> tuple[Transition, ...]:
        """What was to begin or to be done later today, before the old date, and is not today."""
        before, now = self.before, self.after.now
        changes = self.after.find_day(self.today).transitions
        kept = {each.planned.instruction.id for each in changes if each.change in _BEGINS}
        kept |= _list_ids(list_begun(self.after))
        return tuple(
            each
            for each in before.find_day(self.today).transitions
            if each.change in (Change.BEGINS, Change.HAPPENS)
            and _is_kept_to(each.planned)
            and each.instant is not None
            and now <= each.instant < each.planned.visit.start
            and each.planned.instruction.id not in kept
        )

    @property
    def joining(self) -> tuple[PlannedInstruction, ...]:
        """What applies at the new time of day and did not at the old one."""
        return _list_missing(self.after, self.before)

    @property
    def leaving(self) -> tuple[PlannedInstruction, ...]:
        """What applied at the old time of day and does no longer, with its old dates."""
        return _list_missing(self.before, self.after)

    @derived
    def shifts(self) -> tuple[Shift, ...]:
        """The changes ahead that move by another number of days than the appointment does."""
        old = {key: day for key, day, _ in _list_changes(self.before)}
        return tuple(
            Shift(each, old[key], day)
            for key, day, each in _list_changes(self.after)
            if key in old
            and (day - old[key]).days != self.days[each.planned.treatment.number]
            and day >= self.today
        )


_BEGINS = (Change.BEGINS, Change.HAPPENS, Change.OVERRULED, Change.GOVERNS)


def list_begun(plan: Plan) -> tuple[PlannedInstruction, ...]:
    """Return what is to be left or done before the treatment and has begun, or was due, by now.

    Nothing of what bans overrule, and nothing once the appointment is past.
    """
    if plan.is_past:
        return ()
    return tuple(
        each
        for each in plan.applicable
        if _has_begun(each, plan) and not each.is_overruled(each.dated.start)
    )


def _has_begun(each: PlannedInstruction, plan: Plan) -> bool:
    start = each.dated.start
    if not _is_kept_to(each):
        return False
    if each.kind is Kind.MOMENT or start is None:
        return each.standing is Standing.OVER
    return start < plan.now


def _is_kept_to(each: PlannedInstruction) -> bool:
    """Return whether something is to be left or done before the treatment."""
    traits = each.instruction.verb.traits
    asks = traits.asks and not traits.needs_cause and each.side is Side.BEFORE
    return asks or lies_before(each.instruction)


def _list_missing(plan: Plan, other: Plan) -> tuple[PlannedInstruction, ...]:
    """Return what may apply in one plan alone."""
    known = _list_ids(other.applicable)
    return tuple(each for each in plan.applicable if each.instruction.id not in known)


def _list_ids(rules: tuple[PlannedInstruction, ...]) -> set[str]:
    return {each.instruction.id for each in rules}


def _is_begun(each: Transition, begun: set[str]) -> bool:
    return each.planned.instruction.id in begun and each.change in _BEGINS


def _identify(each: Transition) -> tuple[object, ...]:
    return each.change, each.planned.instruction.id, each.topics, each.instant


def _list_changes(plan: Plan) -> Iterator[tuple[tuple[Change, str, int], date, Transition]]:
    """Yield what is news on its day, each change of a rule with how many like it came before."""
    seen: Counter[tuple[Change, str]] = Counter()
    for day in plan.days:
        for each in day.transitions:
            if is_news(each):
                key = each.change, each.planned.instruction.id
                yield (*key, seen[key]), day.date, each
                seen[key] += 1
