"""What holds for a topic at one instant, read slowly: each rule is asked by itself, each time.

The answers are the words of the design's ledger. Nothing is kept between two questions but the
windows' bounds, which are those of the second computation.
"""

from __future__ import annotations

from enum import Enum
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.verbs import Verb
from tests.oracle.clock import Visit, local
from tests.oracle.conditions import factors_of, is_so
from tests.oracle.saying import BANS, Rules, Says, has_no_last_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from microcare.core.sheet.protocol import Protocol


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
_HELD_BACK = {Word.FORBIDDEN, Word.PERHAPS, Word.CLOSED}


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


class Extent(NamedTuple):
    """The ids of rules that say so under every way of answering, and under at least one."""

    sure: frozenset[str]
    possible: frozenset[str]


class Extremes(NamedTuple):
    """What holds however what was not asked is answered, and every word that may be true."""

    forbidden_by: Extent
    perhaps_by: Extent
    due_by: Extent
    allowed_by: Extent
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
        self._factors, self._visit = protocol.factors, visit
        self.rules = Rules(protocol, groups, visit)

    def holds(self, topic: str, second: int, answers: Mapping[str, bool]) -> Holds:
        """Return what holds at an instant, given an answer to every question."""
        said = {
            name: self.rules.says(rule, second)
            for name, rule in self.rules.by_id.items()
            if is_so(rule.condition, answers)
        }

        def those(says: Says, about: str) -> frozenset[str]:
            return frozenset(
                name
                for name, what in said.items()
                if what is says and self.rules.covers(self.rules.by_id[name], about)
            )

        bans = those(Says.FORBIDS, topic)
        parts = {}
        for member in sorted(self.rules.members(topic)):
            if only := those(Says.FORBIDS, member) - bans:
                parts[member] = only
        due = frozenset(
            each for each in those(Says.ASKS, topic) if topic in self.rules.by_id[each].topics
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
        return Extremes(
            _find_extent(each.forbidden_by for each in found),
            _find_extent(each.perhaps_by for each in found),
            _find_extent(each.due_by for each in found),
            _find_extent(each.allowed_by for each in found),
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
            over = {
                rule.id for rule in self.rules.applicable(each) if self._ends(rule, topic, second)
            }
            if not over:
                continue
            ended |= over
            fine = fine and self.holds(topic, second, each).whole in _FINE
            but |= {
                member
                for member in self.rules.members(topic)
                if self.holds(member, second, each).whole in _HELD_BACK
            }
        return Release(frozenset(ended), bool(ended) and fine, frozenset(but))

    def _ends(self, rule: Instruction, topic: str, second: int) -> bool:
        """Return whether a ban of a topic ends at an instant, and not because of the treatment."""
        if not self.rules.covers(rule, topic) or self.rules.closes(rule):
            return False
        held = self.rules.says(rule, second - 1) in {Says.FORBIDS, Says.PERHAPS}
        return held and self.rules.says(rule, second) in {Says.NOTHING, Says.SHORTEST_OVER}

    def completions(self, answers: Mapping[str, bool], topic: str) -> Iterator[dict[str, bool]]:
        """Yield every way to answer what the rules of a topic and its members depend on.

        What is asked of the appointment's time of day has the answers of one time; a booking with
        a time answers it itself.
        """
        family = {topic, *self.rules.members(topic)}
        asked = {
            factor
            for rule in self.rules.by_id.values()
            if any(self.rules.covers(rule, each) for each in family)
            for factor in factors_of(rule.condition)
        }
        limits = {name: factor.before for name, factor in self._factors.items()}
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

    def _is_closed(self, topic: str, second: int, answers: Mapping[str, bool]) -> bool:
        """Return whether a ban closed at the appointment, and nobody spoke of it since.

        What answers it names what it named, or a narrower group or the topic itself: a word on a
        wider group is none.
        """
        if second < self.rules.cut:
            return False
        for rule in self.rules.applicable(answers):
            if not self.rules.closes(rule) or not self.rules.covers(rule, topic):
                continue
            # An interval says how far apart two treatments lie, "come without" how one comes.
            if rule.verb is Verb.WAIT_SINCE or rule.window.at is not None:
                continue
            for named in self.rules.named_over(rule, topic):
                below = {named, *self.rules.members(named)}
                if not any(
                    below & set(self._spoken_of(other, topic, second))
                    for other in self.rules.applicable(answers)
                ):
                    return True
        return False

    def _spoken_of(self, rule: Instruction, topic: str, second: int) -> list[str]:
        """Return by which names a rule speaks of a topic after the treatment.

        A ban speaks of all the time after, the rest while it holds, a duty of what it names only.
        """
        if not self.rules.covers(rule, topic):
            return []
        names = self.rules.named_over(rule, topic)
        if rule.verb in BANS:
            return names if self.rules.is_on_side(rule, after=True) else []
        match self.rules.says(rule, second):
            case Says.ALLOWS:
                return names
            case Says.ASKS:
                return [each for each in names if each == topic]
            case _:
                return []

    def _is_free(self, topic: str, second: int, answers: Mapping[str, bool]) -> bool:
        """Return whether a ban of this side begins later, or ended at a time that it states."""
        after = second >= self.rules.cut
        for rule in self.rules.applicable(answers):
            if rule.verb not in BANS or not self.rules.covers(rule, topic):
                continue
            times = self.rules.span(rule)
            if times is None or not self.rules.is_on_side(rule, after=after):
                continue
            if (times.start is not None and second < times.start) or (
                times.until is not None and second >= times.until and not has_no_last_word(rule)
            ):
                return True
        return False


def read_slowly(protocol: Protocol, visit: Visit) -> SlowReading:
    """Return the slow reading of a protocol, written or drawn, around an appointment."""
    groups = {name: topic.part_of for name, topic in protocol.topics.items()}
    return SlowReading(protocol, groups, visit)


def _find_extent(found: Iterable[frozenset[str]]) -> Extent:
    sets = list(found)
    return Extent(frozenset.intersection(*sets), frozenset.union(*sets))
