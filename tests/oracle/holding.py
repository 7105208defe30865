"""What holds for a topic at one instant, read slowly: each rule is asked by itself, each time.

The answers are the words of the design's ledger. Nothing is kept between two questions but the
windows' bounds, which are those of the second computation.
"""

from __future__ import annotations

from enum import Enum
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from microcare.core.sheet.instruction import Instruction, StateRule
from microcare.core.sheet.points import Edge, Length, Offset, Qualifier, Side
from microcare.core.sheet.verbs import Verb
from tests.dose_oracle import expect_end
from tests.oracle.clock import MINUTE, Visit, first_second, local, next_day
from tests.oracle.conditions import factors_of, is_so
from tests.oracle.readings import is_whole_day
from tests.oracle.windows import Sheet, Times

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from microcare.core.sheet.points import Point
    from microcare.core.sheet.protocol import Protocol

_BANS = {Verb.AVOID, Verb.WAIT_SINCE}
_DUTIES = {Verb.TAKE, Verb.USE, Verb.DO}


class Says(Enum):
    """What one rule says at one instant of the topics that it covers."""

    FORBIDS = "forbids"
    PERHAPS = "perhaps"
    SHORTEST_OVER = "the shortest time is over"
    ASKS = "asks"
    ALLOWS = "allows"
    NOTHING = "nothing"


class Word(Enum):
    """What holds for a topic, in the design's words; the first that is true."""

    FORBIDDEN = "forbidden"
    IN_PART = "forbidden in part"
    PERHAPS = "perhaps over"
    DUE = "due"
    ALLOWED = "allowed"
    CLOSED = "closed"
    FREE = "free"
    SILENT = "silent"


_FINE = {Word.ALLOWED, Word.FREE, Word.DUE}
_HELD_BACK = {Word.FORBIDDEN, Word.IN_PART, Word.PERHAPS, Word.CLOSED}


class Holds(NamedTuple):
    """What holds for a topic at an instant, with the ids of the rules that say so.

    `whole` is the word but for what is forbidden in part, `parts` are the members that are. A
    permission or duty is `overruled` where it holds, but loses to a ban of the topic.
    """

    word: Word
    whole: Word
    forbidden_by: frozenset[str]
    parts: Mapping[str, frozenset[str]]
    perhaps_by: frozenset[str]
    due_by: frozenset[str]
    allowed_by: frozenset[str]
    overruled: frozenset[str]
    closed: bool


class Extremes(NamedTuple):
    """What holds under every way of answering what was not asked, and under at least one."""

    sure_by: frozenset[str]
    possible_by: frozenset[str]
    words: frozenset[Word]


class Release(NamedTuple):
    """Whether bans that end at an instant may be told as "fine again", and without which members.

    `ended` is empty where no ban of the whole topic ends, but for one that the treatment closes.
    """

    ended: frozenset[str]
    fine: bool
    but: frozenset[str]


class SlowReading:
    """The instructions of one sheet around one appointment."""

    def __init__(
        self, protocol: Protocol, groups: Mapping[str, Sequence[str]], visit: Visit
    ) -> None:
        self._protocol, self._visit = protocol, visit
        self._rules = {each.id: each for each in protocol.instructions}
        self._sheet = Sheet(protocol.instructions, protocol.day_one)
        self._times = {name: self._sheet.times(name, visit) for name in self._rules}
        self._above = {name: _find_groups(name, groups) for name in groups}
        self._cut = visit.end if visit.all_day else visit.start

    def holds(self, topic: str, second: int, answers: Mapping[str, bool]) -> Holds:
        """Return what holds at an instant, given an answer to every question."""
        said = {
            name: self.says(rule, second)
            for name, rule in self._rules.items()
            if is_so(rule.condition, answers)
        }

        def those(says: Says, about: str) -> frozenset[str]:
            return frozenset(
                name
                for name, what in said.items()
                if what is says and self.covers(self._rules[name], about)
            )

        bans = those(Says.FORBIDS, topic)
        parts = {}
        for member in sorted(self.members(topic)):
            if only := those(Says.FORBIDS, member) - bans:
                parts[member] = only
        due = frozenset(
            each for each in those(Says.ASKS, topic) if topic in self._rules[each].topics
        )
        allowed = those(Says.ALLOWS, topic)
        closed = self._is_closed(topic, second, answers)
        granted = due or (allowed and not closed)
        perhaps = those(Says.PERHAPS, topic)
        if not granted:
            perhaps |= those(Says.SHORTEST_OVER, topic)
        truths = (
            (Word.FORBIDDEN, bans),
            (Word.IN_PART, parts),
            (Word.PERHAPS, perhaps),
            (Word.DUE, due),
            (Word.ALLOWED, granted),
            (Word.CLOSED, closed),
            (Word.FREE, self._is_free(topic, second, answers)),
            (Word.SILENT, True),
        )
        word = next(each for each, is_true in truths if is_true)
        whole = next(each for each, is_true in truths if is_true and each is not Word.IN_PART)
        overruled = (due | allowed) if bans else frozenset()
        closed = closed and not granted
        return Holds(word, whole, bans, parts, perhaps, due, allowed, overruled, closed)

    def extremes(self, topic: str, second: int, answers: Mapping[str, bool]) -> Extremes:
        """Return what is sure and what is possible where some questions were not asked."""
        found = [self.holds(topic, second, each) for each in self.completions(answers, topic)]
        bans = [each.forbidden_by for each in found]
        return Extremes(
            frozenset.intersection(*bans),
            frozenset.union(*bans),
            frozenset(each.word for each in found),
        )

    def released(self, topic: str, second: int, answers: Mapping[str, bool]) -> Release:
        """Return whether a topic is fine again from an instant on, or all of it but some members.

        It is where a rule forbade it until then and, whatever is answered so that the rule
        applies, nothing holds back the topic or a member afterwards.
        """
        ended: set[str] = set()
        fine, but = True, set[str]()
        for each in self.completions(answers, topic):
            over = {rule.id for rule in self._applicable(each) if self._ends(rule, topic, second)}
            if not over:
                continue
            ended |= over
            fine = fine and self.holds(topic, second, each).whole in _FINE
            but |= {
                member
                for member in self.members(topic)
                if self.holds(member, second, each).word in _HELD_BACK
            }
        return Release(frozenset(ended), bool(ended) and fine, frozenset(but))

    def _ends(self, rule: Instruction, topic: str, second: int) -> bool:
        """Return whether a ban of a topic ends at an instant, and not because of the treatment."""
        if not self.covers(rule, topic) or self._closes(rule):
            return False
        held = self.says(rule, second - 1) in {Says.FORBIDS, Says.PERHAPS}
        return held and self.says(rule, second) in {Says.NOTHING, Says.SHORTEST_OVER}

    def completions(self, answers: Mapping[str, bool], topic: str) -> Iterator[dict[str, bool]]:
        """Yield every way to answer what the rules of a topic and its members depend on.

        What is asked of the appointment's time of day has the answers of one time; a booking with
        a time answers it itself.
        """
        family = {topic, *self.members(topic)}
        asked = {
            factor
            for rule in self._rules.values()
            if any(self.covers(rule, each) for each in family)
            for factor in factors_of(rule.condition)
        }
        limits = {name: factor.before for name, factor in self._protocol.factors.items()}
        timely = {name: limit for name, limit in limits.items() if limit is not None}
        plain = sorted(asked - set(timely) - set(answers))
        others = dict.fromkeys(limits, False)  # what makes no difference here
        for minute in self._times_of_day(timely.values()):
            timed = {name: minute < limit for name, limit in timely.items()}
            if self._visit.all_day and any(
                answers.get(name, value) is not value for name, value in timed.items()
            ):
                continue
            for values in product((True, False), repeat=len(plain)):
                yield {**others, **answers, **timed, **dict(zip(plain, values, strict=True))}

    def _times_of_day(self, limits: Iterable[int]) -> list[int]:
        if not self._visit.all_day:
            begins = local(self._visit.start, self._visit.zone)
            return [begins.hour * 60 + begins.minute]
        return sorted({0, *limits})

    # One rule

    def says(self, rule: Instruction, second: int) -> Says:
        """Return what a rule that applies says at an instant."""
        times = self._span(rule)
        if times is None or (times.start is not None and second < times.start):
            return Says.NOTHING
        if rule.verb in _DUTIES or rule.verb is Verb.MAY:
            over = times.until is not None and second >= times.until
            holds = Says.ALLOWS if rule.verb is Verb.MAY else Says.ASKS
            return Says.NOTHING if over else holds
        if rule.verb not in _BANS:
            return Says.NOTHING
        return self._ban_says(rule, times, second)

    def _ban_says(self, rule: Instruction, times: Times, second: int) -> Says:
        until, least = times.until, times.until_at_least
        if until is None:
            # A state: with a time it is perhaps there after it; alone the clock never says so.
            awaited = least is not None and second >= least
            return Says.PERHAPS if awaited else Says.FORBIDS
        if _is_at_least(rule):
            return Says.FORBIDS if second < until else Says.SHORTEST_OVER
        if second >= until:
            return Says.NOTHING
        return Says.PERHAPS if least is not None and second >= least else Says.FORBIDS

    def _span(self, rule: Instruction) -> Times | None:
        """Return when a rule holds; None where it has no time at which it does."""
        window, times = rule.window, self._times[rule.id]
        if window.at is not None:
            return self._moment(rule, times)
        stated = (window.start, window.until, window.until_state, window.until_words)
        if times.start is None and times.until is None and any(each is not None for each in stated):
            # It had a time and has none here: a ban still blocks, the rest is words.
            open_end = times.until_at_least is not None
            return times if rule.verb in _BANS or open_end else None
        if rule.verb in _DUTIES and times.start is not None and times.until is None:
            return times._replace(until=self._ends_itself(rule, times.start))
        return times

    def _moment(self, rule: Instruction, times: Times) -> Times | None:
        """Return the minute of a task, or its range or date; a ban at the start: "come without"."""
        visit = self._visit
        if rule.verb in _BANS:
            return (
                Times(first_second(visit.day, visit.zone), self._cut) if self._comes(rule) else None
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

    def _closes(self, rule: Instruction) -> bool:
        """Rule 7: whether it is the treatment that ends a ban, said or implied."""
        if rule.verb is Verb.WAIT_SINCE:
            start, until = rule.window.start, rule.window.until
            counted = start if until is None else until
            before = isinstance(counted, Offset) and counted.side is Side.BEFORE
            return before and counted.anchor not in self._rules
        if rule.verb is not Verb.AVOID or rule.window.at is not None:
            return self._comes(rule)
        return self._is_start(self._sheet.bounds(rule)[1])

    def _is_start(self, point: Point | None) -> bool:
        is_edge = isinstance(point, Edge) and point.side is Side.BEFORE
        return is_edge and point.anchor not in self._rules

    # One side of the treatment

    def _is_closed(self, topic: str, second: int, answers: Mapping[str, bool]) -> bool:
        """Return whether a ban closed at the appointment, and nobody spoke of it since.

        What answers it names what it named, or a narrower group or the topic itself: a word on a
        wider group is none.
        """
        if second < self._cut:
            return False
        for rule in self._applicable(answers):
            if not self._closes(rule) or not self.covers(rule, topic):
                continue
            for named in self.named_over(rule, topic):
                below = {named, *self.members(named)}
                if not any(
                    each in below
                    for other in self._applicable(answers)
                    if self._speaks_after(other, second) and self.covers(other, topic)
                    for each in self.named_over(other, topic)
                ):
                    return True
        return False

    def _speaks_after(self, rule: Instruction, second: int) -> bool:
        """Return whether a rule speaks of the time after: a ban in all of it, others while on."""
        if rule.verb in _BANS:
            return self._is_on_side(rule, after=True)
        return self.says(rule, second) in {Says.ALLOWS, Says.ASKS}

    def _is_free(self, topic: str, second: int, answers: Mapping[str, bool]) -> bool:
        """Return whether a ban of this side begins later, or ended at a time that it states."""
        after = second >= self._cut
        for rule in self._applicable(answers):
            if rule.verb not in _BANS or not self.covers(rule, topic):
                continue
            times = self._span(rule)
            if times is None or not self._is_on_side(rule, after=after):
                continue
            if (times.start is not None and second < times.start) or (
                times.until is not None and second >= times.until and not _is_at_least(rule)
            ):
                return True
        return False

    def _is_on_side(self, rule: Instruction, *, after: bool) -> bool:
        times = self._span(rule)
        if times is None:
            return False
        if after:
            return not self._closes(rule) and (times.until is None or times.until > self._cut)
        return times.start is None or times.start < self._cut

    def _applicable(self, answers: Mapping[str, bool]) -> Iterator[Instruction]:
        return (each for each in self._rules.values() if is_so(each.condition, answers))

    # Groups

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


def read_slowly(protocol: Protocol, visit: Visit) -> SlowReading:
    """Return the slow reading of a protocol, written or drawn, around an appointment."""
    groups = {name: topic.part_of for name, topic in protocol.topics.items()}
    return SlowReading(protocol, groups, visit)


def _find_groups(topic: str, groups: Mapping[str, Sequence[str]]) -> set[str]:
    return {
        each for group in groups.get(topic, ()) for each in (group, *_find_groups(group, groups))
    }


def _is_at_least(rule: Instruction) -> bool:
    until = rule.window.until
    stated = isinstance(until, Offset | Length) and until.qualifier is Qualifier.AT_LEAST
    return rule.verb is Verb.AVOID and stated and rule.window.until_rule is not StateRule.EARLIER
