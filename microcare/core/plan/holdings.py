"""Holdings: what holds for one topic, moment by moment, whatever is still to be answered."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from microcare.core.plan.claims import ALWAYS
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import End, PlannedInstruction
from microcare.core.plan.spells import Aftercare, Cause, Ruling, Spell, TopicSpells
from microcare.core.sheet.conditions import (
    MAX_FACTORS,
    Answer,
    FactorKind,
    awaits_symptom,
    evaluate,
    list_condition_factors,
    list_possible_answers,
)
from microcare.core.sheet.points import Side
from microcare.core.sheet.vocabulary import find_members
from microcare.core.values import value

_DAY = timedelta(days=1)


@value
class Holding:
    """What holds at a moment, why, and by which rules, in the protocol's order.

    `asks` are the factors whose answers would settle what DEPENDS. `unless` are bans that hold only
    with a symptom of which nobody was asked.
    """

    cause: Cause
    rules: tuple[PlannedInstruction, ...] = ()
    asks: tuple[str, ...] = ()
    unless: tuple[PlannedInstruction, ...] = ()

    @property
    def ruling(self) -> Ruling:
        """What somebody is told."""
        return self.cause.ruling


@value
class Turn:
    """The instant (UTC) at which an answer turns, and whether that is told as a date.

    `by` are the rules that end or begin then, `holding` is what holds from then on.
    """

    instant: datetime
    with_day: bool
    by: tuple[PlannedInstruction, ...]
    holding: Holding


Answers = tuple[tuple[str, bool], ...]
"""Factors with their answers."""


@value
class _Case:
    """The ids of the rules that apply under some answers, and of those that wait for a symptom."""

    applying: frozenset[str]
    felt: frozenset[str]


class TopicHoldings:
    """What holds for one topic, moment by moment."""

    def __init__(self, plan: Plan, topic: str, aftercare: Mapping[int, Aftercare]) -> None:
        self.topic = topic
        self.spells = TopicSpells(plan, topic, aftercare)
        self.borders = sorted(self.spells.list_borders())
        self._plan = plan
        self._found: dict[int, Holding] = {}
        self._asked = self._list_asked()
        self._cases = self._list_cases()

    def _list_asked(self) -> tuple[str, ...]:
        """Return the factors that may still be asked; nobody asks for symptoms at a booking."""
        factors = self._plan.protocol.factors
        conditions = (rule.instruction.condition for rule in self.spells.rules)
        names = (name for each in conditions if each for name in list_condition_factors(each))
        found = dict.fromkeys(names)
        return tuple(
            name
            for name in found
            if name not in self._plan.answers and factors[name].kind is not FactorKind.SYMPTOM
        )

    def _list_cases(self) -> dict[Answers, _Case]:
        """Return what applies under each set of answers to what was not asked.

        Of too many questions what may apply does alone, or all of it does: the careful reading.
        """
        if len(self._asked) <= MAX_FACTORS:
            every = list_possible_answers(self._asked)
            return {tuple(each.items()): self._make_case(each) for each in every}
        sure = self._make_case({})
        factors = self._plan.protocol.factors
        conditions = {each.instruction.id: each.instruction.condition for each in self.spells.rules}
        felt = {
            each
            for each in sure.felt
            if (condition := conditions[each]) and awaits_symptom(condition, factors)
        }
        open_ = sure.felt - felt
        bans = {each.rule.instruction.id for each in self.spells.bans}
        chosen = (set(), open_, open_ & bans, open_ - bans, *({each} for each in sorted(open_)))
        return {
            (("", False),) * number: _Case(sure.applying | each, frozenset(felt))
            for number, each in enumerate(chosen)
        }

    def _make_case(self, answers: Mapping[str, bool]) -> _Case:
        sure: set[str] = set()
        felt: set[str] = set()
        known = {**self._plan.answers, **answers}
        for rule in self.spells.rules:
            condition = rule.instruction.condition
            applies = Answer.YES if condition is None else evaluate(condition, known)
            if applies is not Answer.NO:
                (sure if applies is Answer.YES else felt).add(rule.instruction.id)
        return _Case(frozenset(sure), frozenset(felt))

    def find(self, instant: datetime) -> Holding:
        """Return what holds just after an instant."""
        index = bisect_right(self.borders, instant)
        if index not in self._found:
            # Between two borders nothing changes.
            at = self.borders[index - 1] if index else ALWAYS
            self._found[index] = self._find(at)
        return self._found[index]

    def _find(self, instant: datetime) -> Holding:
        judged = {case: self._judge(instant, case) for case in set(self._cases.values())}
        holdings = sorted(judged.values(), key=lambda each: _ORDER.index(each.cause))
        rules = self._sort(rule for each in holdings for rule in each.rules)
        unless = self._sort(rule for each in holdings for rule in each.unless)
        if len({each.ruling for each in holdings}) == 1:
            return Holding(holdings[0].cause, rules, (), unless)
        rulings = {key: judged[case].ruling for key, case in self._cases.items()}
        deciding = _find_deciding(rulings) if len(self._asked) <= MAX_FACTORS else ()
        return Holding(Cause.DEPENDS, rules, deciding or self._asked, unless)

    def _sort(self, rules: Iterable[PlannedInstruction]) -> tuple[PlannedInstruction, ...]:
        found = {each.instruction.id: each for each in rules}
        return tuple(found[each] for each in self._plan.protocol.by_id if each in found)

    def _judge(self, instant: datetime, case: _Case) -> Holding:
        """Return what holds under some answers."""
        banned = [
            each
            for each in self.spells.bans
            if each.rule.instruction.id in case.applying and self._holds(each, instant, case)
        ]
        unless = tuple(
            each.rule
            for each in self.spells.bans
            if each.rule.instruction.id in case.felt
            and each.cause.ruling is Ruling.NO
            and each.holds_at(instant)
        )
        granted = [
            each
            for each in self.spells.grants
            if each.rule.instruction.id in case.applying | case.felt and each.holds_at(instant)
        ]
        closing = list(self._list_closing(instant, case, granted))
        if closing:
            # A word on a wider group frees nothing that was stopped by a narrower name.
            granted = [each for each in granted if each.cause is Cause.DUE]
        said = [*banned, *granted]
        # What its own sheet asks for or allows ends a ban that may be over.
        spoken = {each.rule.treatment.number for each in granted}
        said = [
            each
            for each in said
            if each.cause is not Cause.AT_LEAST or each.rule.treatment.number not in spoken
        ]
        cause = min((each.cause for each in said), key=_ORDER.index, default=None)
        if cause is None or cause.ruling is Ruling.YES:
            bridge = self._find_bridge(instant, case) if cause is None else ()
            if bridge:
                return Holding(Cause.FORBIDDEN, bridge)
        if cause is not None:
            ruling = cause.ruling
            told = tuple(each.rule for each in said if each.cause.ruling is ruling)
            return Holding(cause, told, (), unless)
        if closing:
            return Holding(Cause.CLOSED, tuple(closing))
        free = tuple(self._list_free(instant, case))
        if free or unless:
            return Holding(Cause.FREE, free, (), unless)
        return Holding(Cause.SILENT)

    def _holds(self, spell: Spell, instant: datetime, case: _Case) -> bool:
        """Return whether a ban holds; what awaits a state does to the last date of the others."""
        if spell.awaits is None or not spell.start <= instant:
            return spell.holds_at(instant)
        return instant < self._find_last_date(case, spell)

    def _find_last_date(self, case: _Case, spell: Spell) -> datetime:
        """Return when bans of the treatment that end after it by a date are all over."""
        ends = [
            each.until
            for each in self.spells.bans
            if each.rule.instruction.id in case.applying
            and each.rule.treatment is spell.rule.treatment
            and each.cause in (Cause.FORBIDDEN, Cause.RANGE)
            and each.rule.end not in (End.TREATMENT, End.TREATMENT_OVER)
            and each.until > each.rule.visit.end
        ]
        return max(ends, default=spell.until)

    def _list_closing(
        self, instant: datetime, case: _Case, granted: Iterable[Spell]
    ) -> Iterator[PlannedInstruction]:
        """Yield the bans that the treatment closed and of which nobody has spoken since.

        What speaks of it is on the same sheet and names what the ban named, or a narrower group, or
        the topic itself.
        """
        topics = self._plan.protocol.topics
        spoken: dict[int, set[str]] = {}
        for rule in self._list_applying(case):
            if self._is_on_side(rule, after=True):
                names = spoken.setdefault(rule.treatment.number, set())
                names |= self.spells.list_names(rule)
        for each in granted:
            named = self.spells.list_names(each.rule)
            names = spoken.setdefault(each.rule.treatment.number, set())
            names |= {self.topic} if each.cause is Cause.DUE else named
        for rule in self._list_applying(case):
            instruction = rule.instruction
            if not instruction.closes_at_start or instruction.verb.traits.is_interval:
                continue
            told = spoken.get(rule.treatment.number, set())
            named = self.spells.lineage.intersection(instruction.topics)
            if instant >= _find_cut(rule) and any(
                told.isdisjoint({name, *find_members(name, topics)}) for name in named
            ):
                yield rule

    def _list_applying(self, case: _Case) -> Iterator[PlannedInstruction]:
        """Yield the bans of the topic that apply."""
        found = {each.rule.instruction.id: each.rule for each in self.spells.bans}
        return (rule for name, rule in found.items() if name in case.applying)

    def _list_free(self, instant: datetime, case: _Case) -> Iterator[PlannedInstruction]:
        """Yield the bans of this side of the treatment that begin later, or are over by a date."""
        felt = {
            each.rule.instruction.id: each.rule
            for each in self.spells.bans
            if each.rule.instruction.id in case.felt
        }
        for rule in (*self._list_applying(case), *felt.values()):
            if not self._is_on_side(rule, after=instant >= _find_cut(rule)):
                continue
            spells = [each for each in self.spells.bans if each.rule is rule]
            if all(instant < each.start for each in spells) or all(
                instant >= each.until for each in spells
            ):
                yield rule

    def _is_on_side(self, rule: PlannedInstruction, *, after: bool) -> bool:
        """Return whether a ban says anything of the time before the treatment, or after it."""
        if after:
            until = rule.dated.until
            closes = rule.instruction.closes_at_start or rule.comes_without
            return not closes and (until is None or until > _find_cut(rule))
        starts = (each.start for each in self.spells.bans if each.rule is rule)
        return rule.side is not Side.AFTER and min(starts) < _find_cut(rule)

    def _find_bridge(self, instant: datetime, case: _Case) -> tuple[PlannedInstruction, ...]:
        """Return the bans between which only the treatment lies, or the rest of its day.

        One closed as it began, the other begins when it is over or with the next date: nobody has
        been released between the two.
        """
        holding = [
            each
            for each in self.spells.bans
            if each.rule.instruction.id in case.applying and each.cause.ruling is Ruling.NO
        ]
        for visit in (each.visit for each in self._plan.treatments):
            next_day = visit.day_start(visit.day + _DAY)
            before = [
                each.rule
                for each in holding
                if each.until == visit.start and each.rule.instruction.closes_at_start
            ]
            after = [each.rule for each in holding if instant < each.start <= next_day]
            if visit.start <= instant < next_day and before and after:
                return (*before, *after)
        return ()

    def find_turn(self, instant: datetime) -> Turn | None:
        """Return when what holds at an instant turns; None where it doesn't, or nobody knows.

        What is to be asked has no turn.
        """
        ruling = self.find(instant).ruling
        if ruling is Ruling.ASK:
            return None
        for border in self.borders[bisect_right(self.borders, instant) :]:
            if self.find(border).ruling is not ruling:
                return self.make_turn(border)
        return None

    def make_turn(self, border: datetime) -> Turn:
        """Return the change at one of its borders."""
        holding = self.find(border)
        before = {each.instruction.id for each in self.find(border - timedelta.resolution).rules}
        after = {each.instruction.id for each in holding.rules}
        spells = (*self.spells.bans, *self.spells.grants)
        ended = [
            each for each in spells if each.until == border and each.rule.instruction.id in before
        ]
        begun = [
            each for each in spells if each.start == border and each.rule.instruction.id in after
        ]
        told = [
            *((each.rule, each.ends_with_day) for each in ended),
            *((each.rule, each.starts_with_day) for each in begun if not ended),
        ]
        with_day = bool(told) and all(is_day for _, is_day in told)
        return Turn(border, with_day, self._sort(rule for rule, _ in told), holding)

    def list_rules(self, instant: datetime, until: datetime | None) -> Iterator[PlannedInstruction]:
        """Yield the rules of the holdings from an instant on, the last first."""
        borders = [
            each for each in self.borders if instant < each and (until is None or each < until)
        ]
        for each in (*reversed(borders), instant):
            yield from self.find(each).rules


def _find_cut(rule: PlannedInstruction) -> datetime:
    """Return from when on it is after the treatment, for a rule of it."""
    return rule.visit.end if rule.visit.all_day else rule.visit.start


def _find_deciding(rulings: Mapping[Answers, Ruling]) -> tuple[str, ...]:
    """Return the factors of which one answer or the other makes a difference."""
    found: dict[str, None] = {}
    for key, ruling in rulings.items():
        for name, answer in key:
            other = tuple((each, not answer if each == name else said) for each, said in key)
            if rulings.get(other, ruling) is not ruling:
                found[name] = None
    return tuple(found)


_ORDER = (
    *(Cause.FORBIDDEN, Cause.RANGE, Cause.ENDLESS),
    *(Cause.UNSTATED, Cause.STATE, Cause.WORDS, Cause.AT_LEAST),
    *(Cause.WISH, Cause.DUE, Cause.ALLOWED, Cause.EXCEPTED),
    *(Cause.CLOSED, Cause.FREE, Cause.SILENT),
)
"""Of what several rules say, what comes first counts."""
