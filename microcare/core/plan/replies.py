"""Replies: whether somebody may have or do something at a moment, and until when that is so."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from microcare.core.plan.holdings import Holding, TopicHoldings, Turn
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import End, PlannedInstruction
from microcare.core.plan.spells import Cause, Ruling, find_aftercare
from microcare.core.sheet.vocabulary import find_groups, find_members
from microcare.core.values import value

_DAY = timedelta(days=1)
_RANKS = {Ruling.YES: 0, Ruling.ASK: 1, Ruling.NO: 2}


@value
class Part:
    """A member of a group for which something else holds, and until when."""

    topic: str
    holding: Holding
    turn: Turn | None


@value
class Reply:
    """The answer to whether a topic is allowed.

    `own` is what holds for the topic as a whole, `parts` are its members for which something else
    does; the strictest of them is the `ruling`. It turns at `turn`, into `then`; both are None
    where nobody knows when, or where it is to be asked. `rules` are all by which it stands until
    then, those that govern last first. `changes` are the rulings of a whole day with the instants
    at which they begin, where there is more than one: the reply is to the strictest.
    """

    topic: str
    ruling: Ruling
    own: Holding
    parts: tuple[Part, ...]
    turn: Turn | None
    then: Ruling | None
    rules: tuple[PlannedInstruction, ...]
    changes: tuple[tuple[datetime, Ruling], ...] = ()


def find_reply(plan: Plan, topic: str, instant: datetime) -> Reply:
    """Return what holds for a topic of the plan's protocol just after an instant in UTC."""
    return _Family(plan, topic).reply(instant)


def find_day_reply(plan: Plan, topic: str, day: date) -> Reply:
    """Return what holds for a topic on a whole date: it is allowed if it is all day long."""
    return _Family(plan, topic).reply_for(day)


class _Family:
    """A topic with those of its members that rules name, or that bans of other groups cover."""

    def __init__(self, plan: Plan, topic: str) -> None:
        self._plan = plan
        aftercare = find_aftercare(plan)
        self._own = TopicHoldings(plan, topic, aftercare)
        named = {
            name
            for rule in plan.applicable
            if (traits := rule.instruction.verb.traits).restricts or traits.opposes_bans
            for name in (*rule.instruction.topics, *rule.instruction.exceptions)
        }
        # Hot yoga is exercise, and a ban of heat covers it that does not name it.
        covered = {name for _, names in plan.ledger.list_parts(topic) for name in names}
        self._unnamed = covered - named
        members = find_members(topic, plan.protocol.topics) & (named | covered)
        # The larger groups come first.
        self._members = {
            name: TopicHoldings(plan, name, aftercare)
            for name in sorted(
                members, key=lambda name: (len(find_groups(name, plan.protocol.topics)), name)
            )
        }
        every = (self._own, *self._members.values())
        self._borders = sorted({border for each in every for border in each.borders})

    def reply(self, instant: datetime) -> Reply:
        """Return what holds just after an instant."""
        own = self._own.find(instant)
        if self._plan.blocked_by:
            blocked = Holding(Cause.BLOCKED, self._plan.blocked_by)
            return Reply(
                self._own.topic, Ruling.ASK, blocked, (), None, None, self._plan.blocked_by
            )
        parts = self._list_parts(instant)
        ruling = _find_strictest(own, parts)
        turn = self._find_turn(instant, ruling)
        then = None if turn is None else self._rule(turn.instant)
        rules = self._list_rules(instant, own, parts, turn)
        if turn is not None and ruling is Ruling.NO and _nobody_knows(turn):
            turn = then = None
        return Reply(self._own.topic, ruling, own, parts, turn, then, rules)

    def reply_for(self, day: date) -> Reply:
        """Return what holds on a whole date; where it changes, for the strictest of its times."""
        visit = self._plan.visit
        opens, closes = visit.day_start(day), visit.day_start(day + _DAY)
        instants = [opens, *(each for each in self._borders if opens < each < closes)]
        changes: list[tuple[datetime, Ruling]] = []
        for each in instants:
            ruling = self._rule(each)
            if not changes or changes[-1][1] is not ruling:
                changes.append((each, ruling))
        at, _ = max(changes, key=lambda pair: _RANKS[pair[1]])
        found = self.reply(at)
        if len(changes) == 1 or found.own.cause is Cause.BLOCKED:
            return found
        return Reply(
            *(found.topic, found.ruling, found.own, found.parts, found.turn, found.then),
            found.rules,
            tuple(changes),
        )

    def _rule(self, instant: datetime) -> Ruling:
        return _find_strictest(self._own.find(instant), self._list_parts(instant, plainly=True))

    def _list_parts(self, instant: datetime, *, plainly: bool = False) -> tuple[Part, ...]:
        """Return the members for which something else holds than for the group that has them."""
        kept: dict[str, Part] = {}
        own, topics = self._own.find(instant).ruling, self._plan.protocol.topics
        for name, member in self._members.items():
            holding = member.find(instant)
            if self._says_nothing(name, holding):
                continue
            groups = kept.keys() & find_groups(name, topics)
            # Of groups in groups the innermost counts.
            nearest = [
                each
                for each in groups
                if not any(each in find_groups(other, topics) for other in groups)
            ]
            around = {kept[each].holding.ruling for each in nearest} or {own}
            turn = None if plainly else self._find_part_turn(member, instant)
            # A member may be forbidden for longer than its group.
            longer = turn is not None and any(
                (ends := kept[each].turn) is not None and ends.instant < turn.instant
                for each in nearest
            )
            if around != {holding.ruling} or (holding.ruling is Ruling.NO and longer):
                kept[name] = Part(name, holding, turn)
        return tuple(kept.values())

    def _find_part_turn(self, member: TopicHoldings, instant: datetime) -> Turn | None:
        turn = member.find_turn(instant)
        forbidden = member.find(instant).ruling is Ruling.NO
        return None if turn is not None and forbidden and _nobody_knows(turn) else turn

    def _find_turn(self, instant: datetime, ruling: Ruling) -> Turn | None:
        """Return when the whole answer turns; of what is forbidden in part, when any of it does."""
        own = self._own.find(instant).ruling
        if ruling is Ruling.ASK:
            return None
        if ruling is Ruling.NO and own is Ruling.NO:
            return self._own.find_turn(instant)
        if ruling is Ruling.NO:
            now = self._describe(instant)
            for border in self._borders[bisect_right(self._borders, instant) :]:
                if self._describe(border) != now:
                    return self._make_turn(border)
            return None
        for border in self._borders[bisect_right(self._borders, instant) :]:
            if self._rule(border) is not ruling:
                return self._make_turn(border)
        return None

    def _says_nothing(self, name: str, holding: Holding) -> bool:
        """Return whether no rule names a member, and none forbids it: then its group speaks."""
        return name in self._unnamed and holding.cause is Cause.SILENT

    def _describe(self, instant: datetime) -> tuple[Ruling, ...]:
        own = self._own.find(instant).ruling
        found = {name: member.find(instant) for name, member in self._members.items()}
        return (
            own,
            *(own if self._says_nothing(*pair) else pair[1].ruling for pair in found.items()),
        )

    def _make_turn(self, border: datetime) -> Turn:
        every = (self._own, *self._members.values())
        told = zip(
            self._describe(border - timedelta.resolution), self._describe(border), strict=True
        )
        turning = [each for each, (was, now) in zip(every, told, strict=True) if was is not now]
        turns = [each.make_turn(border) for each in turning]
        rules = {rule.instruction.id: rule for turn in turns for rule in turn.by}
        return Turn(
            border,
            all(each.with_day for each in turns),
            tuple(rules.values()),
            max((each.holding for each in turns), key=lambda each: _RANKS[each.ruling]),
        )

    def _list_rules(
        self, instant: datetime, own: Holding, parts: tuple[Part, ...], turn: Turn | None
    ) -> tuple[PlannedInstruction, ...]:
        until = None if turn is None else turn.instant
        told: list[PlannedInstruction] = []
        if own.ruling is Ruling.NO:
            told += self._own.list_rules(instant, until)
        for part in parts:
            if part.holding.ruling is not Ruling.YES or own.ruling is not Ruling.NO:
                told += part.holding.rules
        told += own.rules
        return tuple({each.instruction.id: each for each in told}.values())


def _find_strictest(own: Holding, parts: Iterable[Part]) -> Ruling:
    rulings = (own.ruling, *(each.holding.ruling for each in parts))
    return max(rulings, key=lambda each: _RANKS[each])


def _nobody_knows(turn: Turn) -> bool:
    """Return whether only the end of a treatment of unknown length is awaited."""
    return bool(turn.by) and all(each.end is End.TREATMENT_OVER for each in turn.by)
