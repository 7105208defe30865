"""What one rule of a sheet says at one instant, and of which topics."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from microcare.core.sheet.instruction import Instruction, StateRule
from microcare.core.sheet.points import Edge, Length, Offset, Qualifier, Side
from microcare.core.sheet.verbs import Verb
from tests.dose_oracle import expect_end
from tests.oracle.clock import MINUTE, Visit, first_second, local, next_day
from tests.oracle.conditions import is_so
from tests.oracle.readings import is_whole_day
from tests.oracle.windows import Sheet, Times

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from microcare.core.sheet.points import Point
    from microcare.core.sheet.protocol import Protocol

BANS = {Verb.AVOID, Verb.WAIT_SINCE}
_DUTIES = {Verb.TAKE, Verb.USE, Verb.DO}


class Says(Enum):
    """What one rule says at one instant of the topics that it covers."""

    FORBIDS = "forbids"
    PERHAPS = "perhaps"
    SHORTEST_OVER = "the shortest time is over"
    ASKS = "asks"
    ALLOWS = "allows"
    NOTHING = "nothing"


class Rules:
    """The rules of a sheet around one appointment, each asked by itself.

    `cut` parts before from after: the treatment's start, or the end of D where only D is known.
    """

    def __init__(
        self, protocol: Protocol, groups: Mapping[str, Sequence[str]], visit: Visit
    ) -> None:
        self._protocol, self._visit = protocol, visit
        self.by_id = {each.id: each for each in protocol.instructions}
        self._sheet = Sheet(protocol.instructions, protocol.day_one)
        self._times = {name: self._sheet.times(name, visit) for name in self.by_id}
        self._above = {name: _find_groups(name, groups) for name in groups}
        self.cut = visit.end if visit.all_day else visit.start

    def applicable(self, answers: Mapping[str, bool]) -> Iterator[Instruction]:
        """Yield the rules whose conditions are met."""
        return (each for each in self.by_id.values() if is_so(each.condition, answers))

    def says(self, rule: Instruction, second: int) -> Says:
        """Return what a rule that applies says at an instant."""
        times = self.span(rule)
        if times is None or (times.start is not None and second < times.start):
            return Says.NOTHING
        if rule.verb in _DUTIES or rule.verb is Verb.MAY:
            over = times.until is not None and second >= times.until
            holds = Says.ALLOWS if rule.verb is Verb.MAY else Says.ASKS
            return Says.NOTHING if over else holds
        if rule.verb not in BANS:
            return Says.NOTHING
        return self._ban_says(rule, times, second)

    def _ban_says(self, rule: Instruction, times: Times, second: int) -> Says:
        until, least = times.until, times.until_at_least
        if until is None:
            # A state: with a time it is perhaps there after it; alone the clock never says so.
            awaited = least is not None and second >= least
            return Says.PERHAPS if awaited else Says.FORBIDS
        if is_at_least(rule):
            return Says.FORBIDS if second < until else Says.SHORTEST_OVER
        if second >= until:
            return Says.PERHAPS if has_no_last_word(rule) else Says.NOTHING
        return Says.PERHAPS if least is not None and second >= least else Says.FORBIDS

    def span(self, rule: Instruction) -> Times | None:
        """Return when a rule holds; None where it has no time at which it does."""
        window, times = rule.window, self._times[rule.id]
        if window.at is not None:
            return self._moment(rule, times)
        stated = (window.start, window.until, window.until_state, window.until_words)
        if times.start is None and times.until is None and any(each is not None for each in stated):
            # It had a time and has none here: a ban still blocks, the rest is words.
            open_end = times.until_at_least is not None
            return times if rule.verb in BANS or open_end else None
        if rule.verb in _DUTIES and times.start is not None and times.until is None:
            return times._replace(until=self._ends_itself(rule, times.start))
        return times

    def _moment(self, rule: Instruction, times: Times) -> Times | None:
        """Return the minute of a task, or its range or date; a ban at the start: "come without"."""
        visit = self._visit
        if rule.verb in BANS:
            return (
                Times(first_second(visit.day, visit.zone), self.cut) if self._comes(rule) else None
            )
        if times.start is None:
            return None
        assert rule.window.at is not None
        last = times.start if times.start_at_latest is None else times.start_at_latest
        if is_whole_day(rule.window.at):
            ends = first_second(next_day(local(last, visit.zone).date()), visit.zone)
        else:
            ends = last + MINUTE
        return Times(times.start, ends)

    def _ends_itself(self, rule: Instruction, start: int) -> int | None:
        counted = rule.repetition is not None and rule.repetition.count_max is not None
        stepped = bool(rule.steps) and all(each.length is not None for each in rule.steps)
        if not counted and not stepped:
            return None
        return expect_end(rule, start, self._visit, self._protocol.times_of_day["waking"])

    def _comes(self, rule: Instruction) -> bool:
        """Return whether a ban is one of coming with something."""
        return rule.verb is Verb.AVOID and self._is_start(rule.window.at)

    def closes(self, rule: Instruction) -> bool:
        """Rule 7: whether it is the treatment that ends a ban, said or implied."""
        if rule.verb is Verb.WAIT_SINCE:
            start, until = rule.window.start, rule.window.until
            counted = start if until is None else until
            return (
                isinstance(counted, Offset)
                and counted.side is Side.BEFORE
                and counted.anchor not in self.by_id
            )
        if rule.verb is not Verb.AVOID or rule.window.at is not None:
            return self._comes(rule)
        return self._is_start(self._sheet.bounds(rule)[1])

    def _is_start(self, point: Point | None) -> bool:
        return (
            isinstance(point, Edge) and point.side is Side.BEFORE and point.anchor not in self.by_id
        )

    def is_on_side(self, rule: Instruction, *, after: bool) -> bool:
        """Return whether a ban says anything of the time before the treatment, or after it."""
        times = self.span(rule)
        if times is None:
            return False
        if after:
            return not self.closes(rule) and (times.until is None or times.until > self.cut)
        start = self._sheet.bounds(rule)[0]
        if start is not None and self._sheet.side(start) is Side.AFTER:
            return False
        return times.start is None or times.start < self.cut

    def covers(self, rule: Instruction, topic: str) -> bool:
        """Return whether a rule is about a topic, named or as a member, and doesn't except it."""
        above = {topic, *self._above[topic]}
        return bool(above & set(rule.topics)) and not above & set(rule.exceptions)

    def named_over(self, rule: Instruction, topic: str) -> list[str]:
        """Return what a rule names that is the topic or holds it."""
        above = {topic, *self._above[topic]}
        return [each for each in rule.topics if each in above]

    def members(self, topic: str) -> set[str]:
        """Return all topics below a group."""
        return {each for each, above in self._above.items() if topic in above}


def _find_groups(topic: str, groups: Mapping[str, Sequence[str]]) -> set[str]:
    return {
        each for group in groups.get(topic, ()) for each in (group, *_find_groups(group, groups))
    }


def has_no_last_word(rule: Instruction) -> bool:
    """Return whether a ban's stated time is only its shortest: beside words, a time is that too."""
    return is_at_least(rule) or (rule.verb is Verb.AVOID and rule.window.until_words is not None)


def is_at_least(rule: Instruction) -> bool:
    """Return whether a ban ends after "at least" some time."""
    until = rule.window.until
    stated = isinstance(until, Offset | Length) and until.qualifier is Qualifier.AT_LEAST
    return rule.verb is Verb.AVOID and stated and rule.window.until_rule is not StateRule.EARLIER
