"""The days that a plan fills: what changes, what is taken and what is in force on each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from microcare.core.plan.claims import ALWAYS, NEVER
from microcare.core.plan.ledger import Ledger
from microcare.core.plan.planned import Kind, PlannedInstruction
from microcare.core.plan.transitions import (
    Change,
    Transition,
    TransitionFinder,
    rank_transition,
)
from microcare.core.plan.treatments import Treatment
from microcare.core.sheet.conditions import Answer
from microcare.core.values import value

if TYPE_CHECKING:
    from microcare.core.time.courses import Dose

_DAY = timedelta(days=1)


@value
class Day:
    """A local date on which something changes or is taken, or the treatment day itself.

    `distance` counts calendar days from the day of the treatment `counted_from`; on the day of one
    it is 0, and `treatments` are those of the date, in the order of their starts. `in_force` are
    the rules that hold at any instant of the date, overruled ones too, `doses` what is taken on it,
    in the order of the times. `still` are what goes on unchanged of what is to be heeded, each with
    its topics.
    """

    date: date
    counted_from: Treatment
    treatments: tuple[Treatment, ...]
    transitions: tuple[Transition, ...]
    in_force: tuple[PlannedInstruction, ...]
    doses: tuple[tuple[PlannedInstruction, Dose], ...]
    still: tuple[tuple[PlannedInstruction, tuple[str, ...]], ...]

    @property
    def distance(self) -> int:
        """Calendar days from the treatment day; negative before it."""
        return (self.date - self.counted_from.visit.day).days

    @property
    def begins(self) -> tuple[PlannedInstruction, ...]:
        """What begins or happens on this date."""
        return self._planned(Change.BEGINS, Change.HAPPENS, Change.OVERRULED)

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


class DayBuilder:
    """Builds the days of one plan, of the instructions that apply or may apply."""

    def __init__(
        self,
        planned: tuple[PlannedInstruction, ...],
        ledger: Ledger,
        treatments: tuple[Treatment, ...],
    ) -> None:
        self._planned = planned
        self._ledger = ledger
        self._transitions = TransitionFinder(ledger)
        self._treatments = sorted(treatments, key=lambda each: each.visit.start)
        self._visit = self._treatments[0].visit
        self._extents = [(each, *self._find_extent(each)) for each in planned]
        self._by_date: dict[date, list[Transition]] = {
            each.visit.day: [] for each in self._treatments
        }
        self._doses: dict[date, list[tuple[PlannedInstruction, Dose]]] = {}
        self._aftercare_ends = max(
            (each for rule in planned for each in _list_ends(rule)),
            default=self._treatments[-1].visit.end,
        )

    def build(self) -> tuple[Day, ...]:
        """Return the days on which something changes or is taken, and of treatments, in order.

        To be asked for once: what is found is kept by its date.
        """
        for each in self._planned:
            fine = self._transitions.find_last_fine_day(each)
            if fine is not None and each.dated.last_ok is not None:
                self._add(each.dated.last_ok, fine)
            for transition in self._transitions.find(each):
                if transition.instant is not None:
                    self._add(self._visit.local_date(transition.instant), transition)
            self._add_doses(each)
        days = sorted(self._by_date.items())
        return tuple(self.build_day(day, transitions) for day, transitions in days)

    def find_counted(self, day: date) -> Treatment:
        """Return the treatment that a date is counted from, once the days are built.

        Between two it is the earlier one, but where all that a date tells is of the later.
        """
        passed = [each for each in self._treatments if each.visit.day <= day]
        coming = [each for each in self._treatments if each.visit.day > day]
        if not passed or not coming or passed[-1].visit.day == day:
            return (passed or coming[:1])[-1]
        told = {each.planned.treatment.number for each in self._by_date.get(day, ())}
        last, following = (
            [each.number for each in self._treatments if each.visit.day == near.visit.day]
            for near in (passed[-1], coming[0])
        )
        after = told.isdisjoint(last) and not told.isdisjoint(following)
        return coming[0] if after else passed[-1]

    def _add(self, day: date, transition: Transition) -> None:
        self._by_date.setdefault(day, []).append(transition)

    def _add_doses(self, each: PlannedInstruction) -> None:
        """Add the doses of a course to their dates, and the dates on which they change."""
        if not each.doses:
            return
        from microcare.core.plan.dose_days import find_runs, list_dose_days

        days = list_dose_days(each.doses, self._visit)
        for day in days:
            self._doses.setdefault(day.date, []).extend((each, dose) for dose in day.doses)
            self._by_date.setdefault(day.date, [])
        resumed = {
            self._visit.local_date(lost.until) for lost in each.overruled if lost.until is not None
        }
        for run in find_runs(days, self._visit, resumed):
            taken = {name for dose in run.first.doses for name in dose.topics}
            topics = tuple(name for name in each.instruction.topics if name in taken)
            instant = run.first.doses[0].instant
            self._add(run.first.date, Transition(Change.DOSES, each, instant, topics, run=run))

    def build_day(self, day: date, transitions: Iterable[Transition] = ()) -> Day:
        """Return a day with its transitions; without any, one on which nothing is dosed either."""
        opens, closes = self._visit.day_start(day), self._visit.day_start(day + _DAY)
        told = tuple(sorted(transitions, key=lambda each: rank_transition(each, opens)))
        changed = {each.planned.instruction.id for each in told}
        held: dict[str, bool] = {}
        for free in (free for each in told for free in each.releases if free.held_by):
            sure = any(claim.rule.applies is Answer.YES for claim in free.held_by)
            held[free.topic] = held.get(free.topic, False) or sure
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
            counted_from=self.find_counted(day),
            treatments=tuple(each for each in self._treatments if each.visit.day == day),
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
            # A treatment at an hour that nobody knows may be at the end of its day.
            visit = each.visit
            return visit.day_start(visit.day), visit.end if visit.all_day else each.dated.start
        return NEVER, ALWAYS

    def _list_heeded(
        self, each: PlannedInstruction, opens: datetime, closes: datetime, held: Mapping[str, bool]
    ) -> tuple[str, ...]:
        """Return the topics of a rule that are still to be heeded on a day.

        Not what a ban forbids as long as it holds that day, nor what a row tells as `held`: a ban,
        or what is asked for where it is held for certain. What nobody ends is told no further than
        the last date of the aftercare: a follow-up a month later would else repeat all of it.
        """
        if each.dated.until is None and opens > self._aftercare_ends:
            return ()
        kept = self._list_kept(each, opens, closes)
        if held.keys().isdisjoint(kept):
            return kept
        told = {name for name, sure in held.items() if sure or each.restricts}
        return tuple(name for name in kept if name not in told)

    def list_holding(self, day: date) -> tuple[tuple[PlannedInstruction, tuple[str, ...]], ...]:
        """Return what holds at any time of a date, each rule with what no ban takes from it.

        Unlike what is `still` in force on a day, with what changes on it and what nobody ends.
        """
        opens, closes = self._visit.day_start(day), self._visit.day_start(day + _DAY)
        return tuple(
            (each, topics)
            for each, start, until in self._extents
            if start < closes and until > opens
            if (topics := self._list_kept(each, opens, closes))
        )

    def _list_kept(
        self, each: PlannedInstruction, opens: datetime, closes: datetime
    ) -> tuple[str, ...]:
        """Return the topics of a rule that no ban forbids as long as it holds on a day."""
        if not each.overruled and not each.treatment.has_faces:
            return each.instruction.topics
        begins = max(opens, each.dated.start or ALWAYS)
        ends = min(closes, each.dated.until or NEVER)
        lost = {
            ban.topic
            for ban in each.overruled
            if (ban.start or ALWAYS) <= begins and (ban.until or NEVER) >= ends
        }
        begins_whole = any(
            treatment.visit.all_day and treatment.visit.start == opens
            for treatment in self._treatments
        )
        if begins_whole and not each.restricts:
            lost.update(filter(partial(self._comes_without, each), each.instruction.topics))
        return tuple(name for name in each.instruction.topics if name not in lost)

    def _comes_without(self, rule: PlannedInstruction, topic: str) -> bool:
        """Return whether a patient for whom a rule holds comes to the treatment without a topic."""
        implies, condition = self._ledger.open_answers.implies, rule.instruction.condition
        return any(
            claim.rule.comes_without and implies(condition, claim.rule.instruction.condition)
            for claim in self._ledger.list_covering(topic)
        )


def _list_ends(rule: PlannedInstruction) -> Iterator[datetime]:
    """Yield the ends of what is to be heeded that its sheet states."""
    if rule.instruction.verb.traits.binds:
        for each in (rule.dated.until, rule.dated.until_at_least):
            if each is not None:
                yield each
