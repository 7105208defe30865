"""Contradictions inside one protocol: found over topics and groups; the strictest governs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import combinations

from microcare.core.plan.claims import ALWAYS, NEVER, Claim, Says, list_claims
from microcare.core.plan.ledger import Ledger
from microcare.core.plan.planned import End, PlannedInstruction
from microcare.core.plan.reaches import Reach, are_apart, exceeds, find_reach, find_span
from microcare.core.sheet.conditions import Condition
from microcare.core.sheet.coverage import Coverage
from microcare.core.sheet.points import NumberedDay, Side
from microcare.core.sheet.protocol import DayOne, Protocol
from microcare.core.sheet.vocabulary import find_groups
from microcare.core.values import value


@value
class Conflict:
    """Instructions that contradict each other about `topic`, and those of them that govern it.

    Of several that govern, one under a condition that isn't settled governs where that holds;
    under one condition the later end holds, and nobody can tell beforehand which that is.
    """

    topic: str
    instructions: tuple[PlannedInstruction, ...]
    governs: tuple[PlannedInstruction, ...]


def find_conflicts(
    planned: Iterable[PlannedInstruction], ledger: Ledger, protocol: Protocol
) -> tuple[Conflict, ...]:
    """Return the contradictions between instructions that may all apply, in file order.

    Instructions under different conditions are reported apart, so that each branch reads by
    itself; conditions that exclude each other never conflict.
    """
    return _ConflictFinder(tuple(planned), ledger, protocol).find()


@value
class _Time:
    """When a claim holds in each face, and what says whether it follows another as a stage.

    `numbered` are the days by their numbers, where which date each is is not known. For a moment
    any instant at which it may be will do. What comes
    `afterwards` begins when what `ends_with_treatment` is over, at an hour that nobody knows.
    """

    faces: tuple[tuple[datetime, datetime], ...]
    ends_itself: bool
    is_moment: bool
    numbered: tuple[int | None, int | None]
    ends_with_treatment: bool
    afterwards: bool
    area: str | None


@value
class _Kind:
    """What is equal of bans on one topic that are compared alike on one side."""

    visit: datetime
    reach: Reach
    condition: Condition | None
    ends_with_treatment: bool
    afterwards: bool
    names_it: bool
    resumes: bool
    area: str | None
    topics: tuple[str, ...]


class _ConflictFinder:
    """Finds the conflicts of one plan.

    Rules that are alike in all that decides go together: a thousand bans on one topic have few
    ends between them.
    """

    def __init__(
        self,
        planned: tuple[PlannedInstruction, ...],
        ledger: Ledger,
        protocol: Protocol,
    ) -> None:
        self._planned = planned
        self._ledger = ledger
        self._open = ledger.open_answers
        self._protocol = protocol
        self._ranks = {each.instruction.id: rank for rank, each in enumerate(planned)}
        self._reaches: dict[str, dict[Side, Reach]] = {}
        self._found: dict[tuple[str, Side, frozenset[Condition]], set[int]] = {}

    def find(self) -> tuple[Conflict, ...]:
        bans: dict[str, list[PlannedInstruction]] = {}
        others: dict[str, list[PlannedInstruction]] = {}
        for each in self._planned:
            traits = each.instruction.verb.traits
            if traits.restricts or traits.opposes_bans:
                for topic in each.instruction.topics:
                    (bans if traits.restricts else others).setdefault(topic, []).append(each)
        for topic, rules in others.items():
            self._oppose(topic, rules)
        for topic in bans:
            self._compare(topic)
        found = sorted(self._found.items(), key=lambda item: (sorted(item[1]), item[0][:1]))
        return tuple(self._decide(topic, side, ranks) for (topic, side, _), ranks in found)

    def _add(self, topic: str, side: Side, *members: PlannedInstruction) -> None:
        if members[0].treatment.repeats and len({each.treatment.number for each in members}) == 1:
            return  # The first treatment by the same sheet tells it.
        conditions = (each.instruction.condition for each in members)
        key = (topic, side, frozenset(each for each in conditions if each is not None))
        ranks = (self._ranks[each.instruction.id] for each in members)
        self._found.setdefault(key, set()).update(ranks)

    # A ban, and what is permitted or asked for

    def _oppose(self, topic: str, rules: list[PlannedInstruction]) -> None:
        """Add where bans forbid what other rules say of a topic.

        A group that may be used says so of its members; one that should be used only says that
        some member should.
        """
        bans = [each for each in self._ledger.list_covering(topic) if each.says is Says.FORBIDS]
        if not bans and not self._ledger.list_parts(topic):
            return
        alike: dict[tuple[bool, tuple[str, ...]], list[PlannedInstruction]] = {}
        for each in rules:
            key = (each.instruction.verb.traits.permits, each.instruction.exceptions)
            alike.setdefault(key, []).append(each)
        for (permits, exceptions), chosen in alike.items():
            claims = [claim for each in chosen for claim in list_claims(each)]
            parts = self._list_parts(topic, exceptions) if permits else ()
            sorted_bans = self._sort_claims([*bans, *parts])
            for (condition, time), opposed in self._sort_claims(claims).items():
                for (other, ban), forbidding in sorted_bans.items():
                    if _contradicts(ban, time) and self._open.can_meet(condition, other):
                        self._add(topic, Side.ANY, *forbidding, *opposed)

    def _list_parts(self, topic: str, exceptions: tuple[str, ...]) -> Iterable[Claim]:
        """Yield what forbids a part of a topic that isn't left out."""
        excepted = self._protocol.recall(Coverage).is_excepted
        for claims, parts in self._ledger.list_parts(topic):
            if not all(excepted(part, exceptions) for part in parts):
                yield from (claim for claim in claims if claim.says is Says.FORBIDS)

    def _sort_claims(
        self, claims: Iterable[Claim]
    ) -> dict[tuple[Condition | None, _Time], list[PlannedInstruction]]:
        found: dict[tuple[Condition | None, _Time], list[PlannedInstruction]] = {}
        for each in claims:
            key = (each.rule.instruction.condition, self._find_time(each))
            found.setdefault(key, []).append(each.rule)
        return found

    def _find_time(self, claim: Claim) -> _Time:
        instruction, window = claim.rule.instruction, claim.rule.instruction.window
        numbered: tuple[int | None, int | None] = (None, None)
        if claim.rule.treatment.protocol.day_one is DayOne.UNSTATED:
            numbered = (_number(window.start), _number(window.until))
        return _Time(
            tuple((start or ALWAYS, until or NEVER) for start, until in claim.faces),
            window.at is None and (window.until is None or instruction.closes_at_start),
            claim.is_moment,
            numbered,
            claim.rule.end is End.TREATMENT_OVER,
            claim.rule.side is Side.AFTER,
            instruction.area,
        )

    # Bans of one topic

    def _compare(self, topic: str) -> None:
        """Add where bans on a topic, or on it and on a group of it, reach differently far."""
        rules = {each.rule.instruction.id: each.rule for each in self._ledger.list_covering(topic)}
        if len(rules) < 2:
            return
        for side in (Side.BEFORE, Side.DAY_OF, Side.AFTER):
            reaches = [(each, self._find_reaches(each).get(side)) for each in rules.values()]
            found = [(each, reach) for each, reach in reaches if reach is not None]
            if len({reach for _, reach in found}) < 2:
                continue
            alike: dict[_Kind, list[PlannedInstruction]] = {}
            for each, reach in found:
                alike.setdefault(_find_kind(each, topic, reach), []).append(each)
            spans = {kind: find_span(group) for kind, group in alike.items()}
            for one, other in combinations(alike, 2):
                if self._disagree(one, other) and not are_apart(spans[one], spans[other]):
                    self._add(topic, side, *alike[one], *alike[other])

    def _find_reaches(self, each: PlannedInstruction) -> dict[Side, Reach]:
        """Return how far a ban reaches on each side that it touches; without a time on all."""
        found = self._reaches.get(each.instruction.id)
        if found is None:
            sides = each.instruction.sides
            sides = tuple(Side) if sides == (Side.ANY,) else sides
            found = {side: find_reach(each, side) for side in sides}
            self._reaches[each.instruction.id] = found
        return found

    def _disagree(self, one: _Kind, other: _Kind) -> bool:
        if one.visit != other.visit or one.reach == other.reach:
            return False
        if not self._open.can_meet(one.condition, other.condition):
            return False
        if one.area != other.area and None not in (one.area, other.area):
            return False
        if (one.ends_with_treatment and other.afterwards) or (
            other.ends_with_treatment and one.afterwards
        ):
            return False
        if one.names_it and other.names_it:
            return not (self._is_stage(one, other) or self._is_stage(other, one))
        if not one.names_it and not other.names_it:
            return False
        general, special = (other, one) if one.names_it else (one, other)
        # "No products on day 1" and "no retinoids for 3 days" agree: the second adds to the
        # first. "Products from day 1" and "no retinoids for 3 days" do not.
        return general.resumes or exceeds(general.reach, special.reach)

    def _is_stage(self, longer: _Kind, shorter: _Kind) -> bool:
        """Return whether one ban only adds topics to another for a shorter time.

        "No food after midnight" and "nothing at all for the last 3 hours".
        """
        if shorter.resumes or longer.condition != shorter.condition:
            return False
        if not exceeds(longer.reach, shorter.reach):
            return False
        return self._covers(shorter, longer) and not self._covers(longer, shorter)

    def _covers(self, one: _Kind, other: _Kind) -> bool:
        topics = self._protocol.topics
        return all(
            not find_groups(name, topics).union((name,)).isdisjoint(one.topics)
            for name in other.topics
        )

    # Who governs

    def _decide(self, topic: str, side: Side, ranks: Iterable[int]) -> Conflict:
        members = tuple(self._planned[rank] for rank in sorted(ranks))
        bans = [each for each in members if each.restricts]
        governs: Callable[[PlannedInstruction], bool]
        if side is Side.ANY:
            conditions = {each.instruction.condition for each in bans}

            def governs(each: PlannedInstruction) -> bool:
                lost = self._holds_too(each, conditions) or self._is_lost(each, topic, bans)
                return each.restricts or not lost
        else:
            best = self._find_furthest(bans, side)

            def governs(each: PlannedInstruction) -> bool:
                reach = self._find_reaches(each)[side]
                return not any(
                    exceeds(other, reach)
                    and self._open.implies(each.instruction.condition, condition)
                    for condition, reaches in best.items()
                    for other in reaches
                )

        return Conflict(topic, members, tuple(filter(governs, members)))

    def _holds_too(self, each: PlannedInstruction, conditions: set[Condition | None]) -> bool:
        """Return whether one of several conditions holds wherever a rule does."""
        return any(self._open.implies(each.instruction.condition, other) for other in conditions)

    def _is_lost(
        self, each: PlannedInstruction, topic: str, bans: Iterable[PlannedInstruction]
    ) -> bool:
        """Return whether several bans together leave a rule nothing, whatever is answered."""
        lost = [other for other in each.overruled if other.topic == topic]
        (own,) = list_claims(each)
        for ban in bans:
            for claim in list_claims(ban):
                start = max(claim.start or ALWAYS, own.start or ALWAYS)
                until = min(claim.until or NEVER, own.until or NEVER)
                if claim.says is Says.FORBIDS and start < until:
                    held = any(
                        (each.start or ALWAYS) <= start and (each.until or NEVER) >= until
                        for each in lost
                    )
                    if not held:
                        return False
        return True

    def _find_furthest(
        self, bans: Iterable[PlannedInstruction], side: Side
    ) -> dict[Condition | None, set[Reach]]:
        """Return by their conditions the reaches of bans that no other under it exceeds."""
        found: dict[Condition | None, set[Reach]] = {}
        for each in bans:
            found.setdefault(each.instruction.condition, set()).add(self._find_reaches(each)[side])
        return {
            condition: {one for one in reaches if not any(exceeds(other, one) for other in reaches)}
            for condition, reaches in found.items()
        }


def _find_kind(rule: PlannedInstruction, topic: str, reach: Reach) -> _Kind:
    instruction = rule.instruction
    return _Kind(
        rule.visit.start,
        reach,
        instruction.condition,
        rule.end is End.TREATMENT_OVER,
        rule.side is Side.AFTER,
        topic in instruction.topics,
        instruction.stated_as is not None,
        instruction.area,
        instruction.topics,
    )


def _number(point: object) -> int | None:
    return point.number if isinstance(point, NumberedDay) else None


def _contradicts(ban: _Time, other: _Time) -> bool:
    """Return whether a ban forbids what another rule says at that time.

    Where it begins later the sheet tells two stages, unless it states an end of the first that lies
    beyond; and so it does where numbered days follow one another, whichever date Day 1 is.
    """
    if ban.area != other.area and None not in (ban.area, other.area):
        return False
    if ban.ends_with_treatment and other.afterwards:
        return False
    if other.is_moment and not all(
        begins <= start and ends <= until
        for (begins, until), (start, ends) in zip(ban.faces, other.faces, strict=True)
    ):
        return False
    if not all(
        begins < until and start < ends and (begins <= start or not other.ends_itself)
        for (begins, ends), (start, until) in zip(ban.faces, other.faces, strict=True)
    ):
        return False
    (ban_from, ban_to), (first, last) = ban.numbered, other.numbered
    follows = ban_to is not None and first is not None and first > ban_to
    precedes = ban_from is not None and last is not None and last < ban_from
    return not (follows or precedes)
