"""The ledger: which rules hold for a topic, its groups and its parts at each moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain, pairwise

from microcare.core.plan.answers import OpenAnswers
from microcare.core.plan.claims import (
    ALWAYS,
    NEVER,
    Claim,
    Instants,
    Says,
    Stretch,
    join_claims,
    list_claims,
)
from microcare.core.plan.planned import End, Kind, Overruled, PlannedInstruction
from microcare.core.plan.treatments import Treatment
from microcare.core.sheet.conditions import Answer, Any, Condition
from microcare.core.sheet.coverage import Coverage
from microcare.core.sheet.points import Side
from microcare.core.sheet.protocol import Protocol
from microcare.core.sheet.vocabulary import find_groups, find_members
from microcare.core.values import replace, value


@value
class Release:
    """What is free of a rule that ends, or of a permission that begins, for one of its topics.

    `held_by` are what still covers the whole topic: where there is one, nothing is released.
    `except_for` pairs a part of the topic with what still covers it. `closed` are parts that were
    stopped before the treatment and of which no rule speaks afterwards. `silent` are the treatments
    before which another sheet stopped the topic without a word on afterwards: nothing is released.
    Of several rules that end one after another only the last to end is named.
    """

    topic: str
    held_by: tuple[Claim, ...] = ()
    except_for: tuple[tuple[str, tuple[Claim, ...]], ...] = ()
    closed: tuple[str, ...] = ()
    silent: tuple[Treatment, ...] = ()

    @property
    def awaited(self) -> str | None:
        """The state that alone is awaited, where that is one and no more."""
        states = {each.rule.instruction.window.until_state for each in self.held_by}
        awaits = all(each.awaits_state for each in self.held_by)
        return states.pop() if awaits and len(states) == 1 else None

    @property
    def is_whole(self) -> bool:
        """Whether nothing covers the topic or any part of it."""
        return not (self.held_by or self.except_for or self.closed or self.silent)


Case = tuple[Condition | None, str | None, int | None]
"""For whom, for which part of the body and after which treatment alone a rule speaks.

That is its number, None of a rule that speaks of before too. What comes after a treatment is not
forbidden by what ends with it, whenever that is.
"""


class Ledger:
    """What the rules of a plan that apply, or may apply, say of each topic and moment.

    `answers` are the factors that are known; a rule whose factor was not asked may apply. It is
    equal to another, and pickled, by what it was made from: what it has looked up so far is not.
    """

    def __init__(
        self,
        planned: Iterable[PlannedInstruction],
        protocol: Protocol,
        answers: Mapping[str, bool],
    ) -> None:
        self._made_from = (tuple(planned), protocol, answers)
        self._topics = protocol.topics
        self._coverage = protocol.recall(Coverage)
        self.open_answers = OpenAnswers(answers)
        self._claims: dict[str, tuple[Claim, ...]] = {}
        self._grants: dict[str, list[Claim]] = {}
        self._spoken_after: set[tuple[int, str]] = set()
        self._stopped: dict[tuple[int, str], datetime] = {}
        self._sheets: set[str] = set()
        for each in self._made_from[0]:
            self._enter(each)
        self._closed = self._find_closed()
        self._covering: dict[str, tuple[Claim, ...]] = {}
        self._parts: dict[str, tuple[tuple[tuple[Claim, ...], tuple[str, ...]], ...]] = {}
        self._releases: dict[tuple[object, ...], Release] = {}
        self._forbidden: dict[tuple[str, Case], tuple[Stretch, ...]] = {}
        self._doubtful: dict[tuple[str, Case], tuple[Stretch, ...]] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ledger) and self._made_from == other._made_from

    def __hash__(self) -> int:
        return hash(self._made_from[0])

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), self._made_from

    def _enter(self, rule: PlannedInstruction) -> None:
        instruction = rule.instruction
        traits = instruction.verb.traits
        if not (traits.restricts or traits.opposes_bans):
            return
        topics = self._coverage.list_named(instruction)
        number = rule.treatment.number
        self._sheets.add(rule.treatment.protocol.id)
        if rule.applies is Answer.YES and _speaks_of_afterwards(rule):
            self._spoken_after.update((number, name) for name in topics)
        if traits.restricts:
            self._claims[instruction.id] = list_claims(rule)
        else:
            for topic in topics:
                self._grants.setdefault(topic, []).extend(list_claims(rule))
        # A minimum interval says how far apart two treatments lie, not that one is stopped; and how
        # a patient comes is over with the treatment.
        if traits.restricts and instruction.closes_at_start and not traits.is_interval:
            self._stopped.update(((number, name), rule.visit.start) for name in topics)

    def _find_closed(self) -> dict[str, datetime]:
        """Return since when a topic is closed: each sheet speaks of its own treatment alone."""
        found: dict[str, datetime] = {}
        for key, since in self._stopped.items():
            if key not in self._spoken_after:
                found[key[1]] = min(since, found.get(key[1], since))
        return found

    def list_closed(self) -> tuple[str, ...]:
        """Return what was stopped before the treatment and is never spoken of afterwards.

        Of a group and its members the group; not what is forbidden without an end all the same.
        """
        lasting = (
            each
            for each in self._closed
            if any(claim.is_endless for claim in self.list_covering(each))
        )
        return self._leave_largest(frozenset(self._closed).difference(lasting))

    # What covers a topic

    def list_covering(self, topic: str) -> tuple[Claim, ...]:
        """Return the claims of bans that cover the whole of a topic, by its name or a group's."""
        found = self._covering.get(topic)
        if found is None:
            found = self._covering[topic] = self._list_claims(self._coverage.list_bans(topic))
        return found

    def list_parts(self, topic: str) -> tuple[tuple[tuple[Claim, ...], tuple[str, ...]], ...]:
        """Return the claims of bans that cover parts of a topic, not all of it, and these parts."""
        found = self._parts.get(topic)
        if found is None:
            parts = self._coverage.list_parts(topic)
            claimed = ((self._list_claims(bans), names) for bans, names in parts)
            found = self._parts[topic] = tuple([pair for pair in claimed if pair[0]])
        return found

    def _list_claims(self, bans: tuple[str, ...]) -> tuple[Claim, ...]:
        return tuple(chain.from_iterable([self._claims.get(each, ()) for each in bans]))

    # What is free

    def find_release(self, topic: str, instants: Instants, rule: PlannedInstruction) -> Release:
        """Return what of a topic is free of `rule` from an instant on.

        A rule whose patient factor was not asked counts as holding: nobody is released by a gap in
        what is known. One that holds only where `rule` does not is for other patients.
        """
        condition = rule.instruction.condition
        afterwards = _find_passed(rule)
        key = (topic, instants, condition, afterwards, rule.treatment.protocol.id)
        if key not in self._releases:
            free = self._find_release(topic, instants, condition, afterwards=afterwards)
            self._releases[key] = self._silence(free, instants, rule)
        found = self._releases[key]
        own = (found.held_by, *(claims for _, claims in found.except_for))
        if any(each.rule is rule for claims in own for each in claims):
            free = self._find_release(topic, instants, condition, rule, afterwards=afterwards)
            found = self._silence(free, instants, rule)
        exceptions = rule.instruction.exceptions
        return found if rule.restricts or not exceptions else self._leave_out(exceptions, found)

    def _leave_out(self, exceptions: tuple[str, ...], release: Release) -> Release:
        """Return a release without the parts that a permission or duty doesn't speak of."""
        excepted = self._coverage.is_excepted
        parts = tuple(each for each in release.except_for if not excepted(each[0], exceptions))
        closed = tuple(each for each in release.closed if not excepted(each, exceptions))
        return replace(release, except_for=parts, closed=closed)

    def _silence(self, release: Release, instants: Instants, rule: PlannedInstruction) -> Release:
        """Return a release without what another sheet stopped: no sheet speaks for another."""
        if len(self._sheets) == 1 or rule.instruction.verb.traits.asks:
            return release
        topic = release.topic
        silent = tuple(self._list_silent(topic, self.list_covering(topic), instants, rule))
        closed = set(release.closed)
        for claims, names in self.list_parts(topic):
            closed.update(
                each for each in names if any(self._list_silent(each, claims, instants, rule))
            )
        left = frozenset(closed.difference(part for part, _ in release.except_for))
        return replace(release, closed=self._leave_largest(left), silent=silent)

    def _list_silent(
        self, topic: str, claims: Iterable[Claim], instants: Instants, rule: PlannedInstruction
    ) -> Iterator[Treatment]:
        """Yield the treatments by other sheets that closed bans of a topic without a word since."""
        names, found = find_groups(topic, self._topics) | {topic}, dict[int, Treatment]()
        for each in claims:
            ban, treatment = each.rule.instruction, each.rule.treatment
            if treatment.protocol.id == rule.treatment.protocol.id or treatment.number in found:
                continue
            closes = ban.closes_at_start and not ban.verb.traits.is_interval
            if not closes or instants[-1] < treatment.visit.start:
                continue
            if not self.open_answers.can_meet(rule.instruction.condition, ban.condition):
                continue
            said = self._list_spoken(topic, each.rule, instants)
            if any(
                said.isdisjoint({name, *find_members(name, self._topics)})
                for name in names.intersection(ban.topics)
            ):
                found[treatment.number] = treatment
        return iter(found.values())

    def _list_spoken(self, topic: str, ban: PlannedInstruction, instants: Instants) -> set[str]:
        """Return by which names the sheet of a closed ban speaks of a topic afterwards.

        Another ban speaks of all the time after, a permission as long as it holds, and a duty of
        what it names alone.
        """
        names = find_groups(topic, self._topics) | {topic}
        said = set[str]()
        granted = [(name, each) for name in names for each in self._grants.get(name, ())]
        banned = [(name, each) for each in self.list_covering(topic) for name in names]
        for name, each in (*granted, *banned):
            rule, instruction = each.rule, each.rule.instruction
            if rule.treatment is not ban.treatment or name not in instruction.topics:
                continue
            speaks = _speaks_of_afterwards(rule) if rule.restricts else each.holds_at(instants)
            about = each.says is not Says.ASKS or name == topic
            excepted = not names.isdisjoint(instruction.exceptions)
            if not speaks or not about or excepted:
                continue
            if self.open_answers.implies(ban.instruction.condition, instruction.condition):
                said.add(name)
        return said

    def _find_release(
        self,
        topic: str,
        instants: Instants,
        condition: Condition | None,
        left_out: PlannedInstruction | None = None,
        *,
        afterwards: int | None,
    ) -> Release:
        def list_held(claims: Iterable[Claim]) -> list[Claim]:
            return [
                each
                for each in claims
                if each.holds_at(instants)
                and each.rule is not left_out
                and not _is_over(each, afterwards)
                and self.open_answers.can_meet(condition, each.rule.instruction.condition)
            ]

        def keep(name: str, held: list[Claim]) -> tuple[Claim, ...]:
            claims = self._find_last(held)
            return tuple(
                each
                for each in claims
                if not (each.is_shortest_over and self._is_lifted(each, name, instants, condition))
            )

        covering = list_held(self.list_covering(topic))
        held_by = keep(topic, covering) if covering else ()
        parts: dict[str, tuple[Claim, ...]] = {}
        for claims, names in self.list_parts(topic):
            if held := list_held(claims):
                parts.update((name, kept) for name in names if (kept := keep(name, held)))
        largest = self._find_largest(parts) if parts else ()
        left = frozenset(
            name
            for name in self._closed.keys() & find_members(topic, self._topics)
            if name not in parts and instants[-1] >= self._closed[name]
        )
        return Release(topic, held_by, largest, self._leave_largest(left) if left else ())

    def _is_lifted(
        self, ban: Claim, topic: str, instants: Instants, condition: Condition | None
    ) -> bool:
        """Return whether a ban's own sheet permits a topic by now, so that it is over.

        What was allowed after another treatment was allowed before this one.
        """
        names = find_groups(topic, self._topics) | {topic}
        return any(
            each.says is Says.ALLOWS
            and each.holds_at(instants)
            and each.rule.treatment is ban.rule.treatment
            and names.isdisjoint(each.rule.instruction.exceptions)
            and self.open_answers.implies(condition, each.rule.instruction.condition)
            for name in names & self._grants.keys()
            for each in self._grants[name]
        )

    def _find_largest(
        self, parts: Mapping[str, tuple[Claim, ...]]
    ) -> tuple[tuple[str, tuple[Claim, ...]], ...]:
        """Return the parts that are held, without those that go with a larger one."""
        return tuple(
            (part, claims)
            for part, claims in parts.items()
            if not any(claims == parts.get(group) for group in find_groups(part, self._topics))
        )

    def _leave_largest(self, parts: frozenset[str]) -> tuple[str, ...]:
        return tuple(
            sorted(part for part in parts if parts.isdisjoint(find_groups(part, self._topics)))
        )

    def _find_last(self, claims: Iterable[Claim]) -> tuple[Claim, ...]:
        """Return the claims that end last, of those that people would take for one.

        What ends with a state or with words is told beside any date. Where nobody stated an end at
        all, nothing else is left to tell.
        """
        found = list(claims)
        endless = [each for each in found if each.is_endless]
        last: dict[object, Claim] = {}
        for each in endless or found:
            instruction, window = each.rule.instruction, each.rule.instruction.window
            key = (
                each.says,
                instruction.condition,
                instruction.ask_first,
                window.until_state,
                window.until_words,
                each.until is None,
                each.rule.dated.until_at_least if each.until is None else None,
            )
            before = last.get(key)
            if before is None or (
                before.until is not None and each.until is not None and each.until > before.until
            ):
                last[key] = each
        return tuple(last.values())

    # What is forbidden for certain

    def list_forbidden(self, topic: str, case: Case) -> tuple[Stretch, ...]:
        """Return when a topic is forbidden wherever a rule of such a case applies.

        Of the claims of each stretch only those stand with which it ends.
        """
        key = (topic, case)
        if key not in self._forbidden:
            self._forbidden[key] = self._join_forbidding(self._list_forbidding(topic, case))
        return self._forbidden[key]

    def _list_forbidding(self, topic: str, case: Case) -> Iterator[Claim]:
        """Yield the bans that hold wherever a case does, by themselves or several together."""
        implies, condition = self.open_answers.implies, case[0]
        for each in self._list_concerning(topic, case):
            if implies(condition, each.rule.instruction.condition):
                yield each
        unsure = self._list_unsure(topic, case)
        if len(unsure) > 1:
            yield from self._combine(condition, unsure)

    def _list_unsure(self, topic: str, case: Case) -> dict[Condition | None, list[Claim]]:
        """Return the bans that hold in a case for some answers only, by their conditions."""
        condition, answers = case[0], self.open_answers
        unsure: dict[Condition | None, list[Claim]] = {}
        for each in self._list_concerning(topic, case):
            other = each.rule.instruction.condition
            if not answers.implies(condition, other) and answers.can_meet(condition, other):
                unsure.setdefault(other, []).append(each)
        return unsure

    def _list_concerning(self, topic: str, case: Case) -> Iterator[Claim]:
        """Yield the bans of a topic that speak of the same time and part of the body as a case."""
        _, area, afterwards = case
        for each in self.list_covering(topic):
            own = each.rule.instruction.area
            over = _is_over(each, afterwards)
            elsewhere = own != area and None not in (own, area)
            if each.says is Says.FORBIDS and not over and not elsewhere:
                yield each

    def _combine(
        self, condition: Condition | None, unsure: Mapping[Condition | None, list[Claim]]
    ) -> Iterator[Claim]:
        """Yield what bans forbid together: one for those who smoke, one for those who don't."""
        joined = {other: join_claims(claims) for other, claims in unsure.items()}
        stretches = [each for found in joined.values() for each in found]
        borders = {each.start or ALWAYS for each in stretches}
        borders |= {each.until or NEVER for each in stretches}
        for start, until in pairwise(sorted(borders)):
            holding = {
                other: each
                for other, found in joined.items()
                for each in found
                if (each.start or ALWAYS) <= start and (each.until or NEVER) >= until
            }
            either = tuple(other for other in holding if other is not None)
            if len(either) > 1 and self.open_answers.implies(condition, Any(either)):
                opens = None if start == ALWAYS else start
                closes = None if until == NEVER else until
                for each in holding.values():
                    for claim in each.claims:
                        faces = ((opens, closes),) * len(claim.faces)
                        yield Claim(claim.rule, claim.says, opens, closes, faces)

    def _join_forbidding(self, claims: Iterable[Claim]) -> tuple[Stretch, ...]:
        return tuple(
            Stretch(
                each.start,
                each.until,
                self._find_last(claim for claim in each.claims if claim.until == each.until),
                any(claim.starts_with_day for claim in each.claims if claim.start == each.start),
            )
            for each in join_claims(claims)
        )

    def find_overruled(self, rule: PlannedInstruction) -> Iterator[Overruled]:
        """Yield when bans forbid what a permission or a duty is about, topic by topic."""
        instruction = rule.instruction
        case = (instruction.condition, instruction.area, _find_passed(rule))
        for claim in list_claims(rule):
            if claim.says not in (Says.ASKS, Says.ALLOWS):
                continue
            for topic in self._coverage.list_named(instruction):
                for each in self._list_meeting(topic, case, claim):
                    start, until = each.find_overlap(claim)
                    if claim.is_moment and (start, until) != (claim.start, claim.until):
                        continue
                    if start is None or until is None or start < until:
                        by = tuple(ban.rule for ban in each.claims)
                        yield Overruled(topic, start, until, by, each.starts_with_day)

    def find_doubted(self, rule: PlannedInstruction) -> Iterator[Overruled]:
        """Yield when bans that depend on an answer forbid what began before, topic by topic."""
        instruction, start = rule.instruction, rule.dated.start
        opposes = instruction.verb.traits.opposes_bans
        if start is None or rule.kind is not Kind.WINDOW or not opposes:
            return
        case = (instruction.condition, instruction.area, _find_passed(rule))
        (own,) = list_claims(rule)
        for topic in self._coverage.list_named(instruction):
            for each in self._list_doubtful(topic, case):
                begins, until = each.find_overlap(own)
                later = begins is not None and begins > start
                if begins is not None and later and (until is None or begins < until):
                    by = tuple(ban.rule for ban in each.claims)
                    yield Overruled(topic, begins, until, by, each.starts_with_day)

    def _list_doubtful(self, topic: str, case: Case) -> tuple[Stretch, ...]:
        """Return when bans forbid a topic that need not hold wherever a case does."""
        key = (topic, case)
        if key not in self._doubtful:
            unsure = self._list_unsure(topic, case)
            joined = (self._join_forbidding(claims) for claims in unsure.values())
            self._doubtful[key] = tuple(chain.from_iterable(joined))
        return self._doubtful[key]

    def _list_meeting(self, topic: str, case: Case, claim: Claim) -> tuple[Stretch, ...]:
        """Return when a topic is forbidden by bans that meet a claim at whatever hour the visit is.

        Of a medicine one hour is enough: none is taken that may be forbidden.
        """
        if not claim.rule.treatment.has_faces:
            return self.list_forbidden(topic, case)
        enough = any if self._topics[topic].medicine else all
        bans = self._list_forbidding(topic, case)
        return self._join_forbidding(ban for ban in bans if enough(ban.list_meetings(claim)))


def _find_passed(rule: PlannedInstruction) -> int | None:
    """Return the number of the treatment after which alone a rule speaks, None before and after."""
    return rule.treatment.number if rule.side is Side.AFTER else None


def _is_over(ban: Claim, passed: int | None) -> bool:
    """Return whether a ban ended with the treatment that is passed, at whatever hour that was."""
    return ban.rule.end is End.TREATMENT_OVER and ban.rule.treatment.number == passed


def _speaks_of_afterwards(rule: PlannedInstruction) -> bool:
    until, visit = rule.dated.until, rule.visit
    if rule.kind is Kind.MOMENT:
        return rule.dated.start is not None and rule.dated.start > visit.start
    return not rule.instruction.closes_at_start and (until is None or until > visit.start)
