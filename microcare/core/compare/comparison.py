"""Two protocols compared, as values: the topics, their verdicts, the summary."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from microcare.core.compare.condition_keys import ConditionKey
from microcare.core.compare.statements import Statement
from microcare.core.compare.strictness import Facet
from microcare.core.sheet.conditions import Condition
from microcare.core.sheet.points import Side
from microcare.core.sheet.protocol import Protocol
from microcare.core.sheet.verbs import Verb
from microcare.core.sheet.vocabulary import Topic, find_groups, find_members
from microcare.core.values import replace, value


class Verdict(Enum):
    """How two protocols stand on one topic; stricter exists only for restrictions."""

    SAME = "same"
    LEFT_STRICTER = "left-stricter"
    RIGHT_STRICTER = "right-stricter"
    ONLY_LEFT = "only-left"
    ONLY_RIGHT = "only-right"
    DIFFERS = "differs"

    @property
    def decides(self) -> bool:
        """Whether both speak, and not the same."""
        return self in (Verdict.LEFT_STRICTER, Verdict.RIGHT_STRICTER, Verdict.DIFFERS)

    @property
    def mirrored(self) -> Verdict:
        """The verdict when the two protocols change places."""
        pairs = {
            Verdict.LEFT_STRICTER: Verdict.RIGHT_STRICTER,
            Verdict.ONLY_LEFT: Verdict.ONLY_RIGHT,
        }
        pairs |= {right: left for left, right in pairs.items()}
        return pairs.get(self, self)


@value
class Said:
    """What one protocol says: the statements that govern, the strictest, and the others.

    Statements may be of a group that holds the topic, or hold under wider conditions
    than the topic's. `bans` stand beside what is to be done or may be done. `nearby` is what is
    said of parts of the topic and goes beyond what governs; where nothing governs, also what is
    said under other conditions, or the opposite.
    """

    governing: tuple[Statement, ...] = ()
    others: tuple[Statement, ...] = ()
    bans: tuple[Statement, ...] = ()
    nearby: tuple[Statement, ...] = ()

    @property
    def all(self) -> tuple[Statement, ...]:
        """Every statement that holds, the governing ones first."""
        return self.governing + self.others + self.bans

    @property
    def is_silent(self) -> bool:
        """Whether the protocol has no rule of this."""
        return not self.governing


@value
class ComparedTopic:
    """One topic on one side of the treatment, under one condition, in two protocols.

    `facets` are what decides where a verdict is other than same: of a stricter one what it is
    stricter in, of one that differs what can't be compared or points both ways.
    """

    topic: str
    family: Verb
    side: Side
    key: ConditionKey
    left: Said
    right: Said
    verdict: Verdict
    facets: tuple[Facet, ...] = ()

    @property
    def condition(self) -> Condition | None:
        """The condition, in one of the ways in which the protocols put it."""
        if not self.key:
            return None
        stated = {
            repr(each.condition): each.condition
            for said in self.sides
            for each in said.all
            if each.key == self.key
        }
        return stated[min(stated)]

    @property
    def sides(self) -> tuple[Said, Said]:
        """What the left and the right protocol say."""
        return self.left, self.right

    @property
    def verb(self) -> Verb:
        """The verb that names what is compared: the family's, or one that all say."""
        first, *others = {
            each.instruction.verb
            for said in self.sides
            for each in said.governing
            if each.family is self.family
        }
        return first if first.traits.names_itself and not others else self.family


@value
class Comparison:
    """Two protocols compared: what stands in `compared` by side, family, topic and condition.

    The order is the same whichever protocol is the left one.
    """

    left: Protocol
    right: Protocol
    topics: Mapping[str, Topic]
    compared: tuple[ComparedTopic, ...]

    @property
    def summary(self) -> dict[Verdict, int]:
        """How many topics have each verdict, those without any too."""
        found = dict.fromkeys(Verdict, 0)
        for each in self.compared:
            found[each.verdict] += 1
        return found

    def about(self, topic: str) -> Comparison:
        """Return what is said of a topic and its members, and what of its groups forbids it.

        That is of a group on sides on which nothing of them is forbidden by name. Where nothing
        is said of them at all, it is all that is said of their groups.
        """
        members, groups = (
            find(topic, self.topics) if topic in self.topics else frozenset[str]()
            for find in (find_members, find_groups)
        )
        own = [row for row in self.compared if row.topic in {topic, *members}]
        forbidden = {row.side for row in own if row.family.traits.restricts}
        wide = [
            row
            for row in self.compared
            if row.topic in groups
            and (not own or (row.family.traits.restricts and row.side not in forbidden))
        ]
        kept = {id(row) for row in (*own, *wide)}
        return replace(self, compared=tuple(row for row in self.compared if id(row) in kept))

    @property
    def is_same(self) -> bool:
        """Whether both protocols tell patients the same."""
        return all(each.verdict is Verdict.SAME for each in self.compared)
