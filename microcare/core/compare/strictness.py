"""Two statements about one topic: which forbids more, or whether they say the same."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from enum import Enum
from typing import Any

from microcare.core.compare.pools import Aspect
from microcare.core.compare.statements import Statement
from microcare.core.sheet.instruction import Amounts, Strength, find_amounts
from microcare.core.sheet.meanings import fold_text, read_course_meaning
from microcare.core.sheet.verbs import Verb
from microcare.core.sheet.vocabulary import Topic, find_members
from microcare.core.time.bounds import Bound, StateMode
from microcare.core.time.order import Order, order_places


class Facet(Enum):
    """In what two statements can differ."""

    CONDITION = "condition"
    KIND = "kind"
    OPENS = "opens"
    CLOSES = "closes"
    SCOPE = "scope"
    EXCEPTIONS = "exceptions"
    AREA = "area"
    STRENGTH = "strength"
    AMOUNTS = "amounts"
    DAILY_MAX = "daily-maximum"
    THRESHOLD = "threshold"
    REPETITION = "repetition"
    ASK_FIRST = "ask-first"
    OVERRIDE = "override"
    CALL = "call"
    FORBIDDEN = "forbidden"
    STAGES = "stages"

    # Looked up by it again and again, and Enum's own is written in Python.
    __hash__ = object.__hash__


_OF_TOPIC = (Facet.CONDITION, Facet.SCOPE, Facet.EXCEPTIONS)
"""What a statement has of the row in which it stands."""
_FOUND = (Facet.FORBIDDEN, Facet.STAGES)
"""What is only found of several."""
_READ = (*_OF_TOPIC, *(each for each in Facet if each not in {*_OF_TOPIC, *_FOUND}))
"""What one statement has, as its numbers stand."""

_FILLED = (Facet.AMOUNTS, Facet.DAILY_MAX, Facet.THRESHOLD, Facet.REPETITION, Facet.CALL)
_NOTHING = (None, (None, None))
"""Of several rules that say how much or how often, those that don't are not compared."""

_STRENGTHS = (Strength.MAY, Strength.SHOULD, Strength.MUST)


EQUALS = (Order.EQUAL,)
COVERS = (Order.EQUAL, Order.GREATER)
"""Of two bans, that the left one forbids all that the right one does."""
COVERED = (Order.EQUAL, Order.LESS)
"""That the right one forbids all that the left one does."""


class Yardstick:
    """How the statements of two protocols stand to each other in one row, facet by facet.

    What is equal has one number, and each order of two numbers in a facet is found once, however
    many statements have them; so is how statements stand that have the same numbers.
    """

    def __init__(self, topics: Mapping[str, Topic]) -> None:
        self._topics = topics
        self._numbers = _Numbers()
        self._orders: dict[tuple[Facet, int, int], Order] = {}
        self._matches: dict[Hashable, Sequence[int]] = {}
        self._bounds: dict[int, int] = {}
        self._own: dict[int, tuple[Statement, tuple[int, ...]]] = {}
        self._read: dict[tuple[str, bool], dict[int, tuple[int, ...]]] = {}

    def match(
        self,
        left: Sequence[Statement],
        right: Sequence[Statement],
        aspect: Aspect,
        stands: tuple[Order, ...],
        facets: tuple[Facet, ...] = (),
    ) -> Sequence[int]:
        """Return for each right statement the left ones that stand so to it in all or some facets.

        They are the bits of a number, the first the lowest. An order is GREATER where the left
        statement is stricter.
        """
        if not left or not right:
            return [0] * len(right)
        ours, theirs = self._number(left, aspect), self._number(right, aspect)
        key = ours, theirs, stands, facets
        if key not in self._matches:
            self._matches[key] = self._match(ours, theirs, stands, facets)
        return self._matches[key]

    def _match(
        self,
        left: Sequence[tuple[int, ...]],
        right: Sequence[tuple[int, ...]],
        stands: tuple[Order, ...],
        facets: Collection[Facet],
    ) -> Sequence[int]:
        found = [(1 << len(left)) - 1] * len(right)
        for facet, ours, theirs in _list_unlike(left, right):
            if facets and facet not in facets:
                continue
            standing = self._stand(facet, ours, theirs, stands)
            found = [bits & standing[other] for bits, other in zip(found, theirs, strict=True)]
            if not any(found):
                break
        return found

    def _stand(
        self,
        facet: Facet,
        ours: Iterable[int],
        theirs: Iterable[int],
        stands: tuple[Order, ...],
    ) -> Mapping[int, int]:
        """Return for each number of theirs the places of those of ours that stand so to it."""
        having: dict[int, int] = {}
        for place, one in enumerate(ours):
            having[one] = having.get(one, 0) | 1 << place
        standing = dict.fromkeys(theirs, 0)
        for other in standing:
            for one, bits in having.items():
                if self._order(facet, one, other) in stands:
                    standing[other] |= bits
        return standing

    def find_unequal(
        self, left: Sequence[Statement], right: Sequence[Statement], aspect: Aspect
    ) -> tuple[Facet, ...]:
        """Return the facets in which they are unequal as a whole, in the order of the facets.

        What both say under the same condition is compared, as far as they say anything so: of
        several rules the earliest beginning, the latest end, what binds most. Where one speaks of
        parts of the topic alone, that is all they differ in.
        """
        parts = find_members(aspect.topic, self._topics) if aspect.topic in self._topics else ()
        if any(all(each.topic in parts for each in said) for said in (left, right)):
            return (Facet.SCOPE,)
        conditions = [{_read_condition(each, aspect) for each in said} for said in (left, right)]
        shared = conditions[0] & conditions[1]
        found = [] if conditions[0] == conditions[1] else [Facet.CONDITION]
        if shared:
            rows = (
                self._number(
                    [each for each in said if _read_condition(each, aspect) in shared], aspect
                )
                for said in (left, right)
            )
            for facet, *numbers in _list_unlike(*rows):
                one, other = (self._foremost(facet, each) for each in numbers)
                if not (self._meets(facet, one, other) and self._meets(facet, other, one)):
                    found.append(facet)
            if Facet.KIND in found and Facet.STRENGTH in found:
                found.remove(Facet.STRENGTH)
        return tuple(facet for facet in Facet if facet in found)

    def _meets(self, facet: Facet, ours: Iterable[int], theirs: Iterable[int]) -> bool:
        """Return whether each of some values has one that equals it."""
        return all(
            any(self._order(facet, one, other) is Order.EQUAL for other in theirs) for one in ours
        )

    def _foremost(self, facet: Facet, numbers: Iterable[int]) -> list[int]:
        """Return of several values in a facet those that no other one outdoes."""
        distinct = list(dict.fromkeys(numbers))
        if len(distinct) == 1:  # as mostly
            return distinct
        kept: list[int] = []
        for each in distinct:
            if not any(self._outdoes(facet, other, each) for other in kept):
                kept = [other for other in kept if not self._outdoes(facet, each, other)]
                kept.append(each)
        return kept

    def _outdoes(self, facet: Facet, one: int, other: int) -> bool:
        first, second = (self._numbers.values_of[each] for each in (one, other))
        if facet in _FILLED:
            return second in _NOTHING and first not in _NOTHING
        if facet is Facet.CLOSES and _is_open(first) is not _is_open(second):
            return _is_open(first)
        return self._order(facet, one, other) is Order.GREATER

    def _order(self, facet: Facet, one: int, other: int) -> Order:
        if one == other:
            return Order.EQUAL
        found = self._orders.get((facet, one, other))
        if found is None:
            values = self._numbers.values_of
            found = _ORDERS[facet](values[one], values[other])
            self._orders[facet, one, other] = found
        return found

    def _number(
        self, statements: Sequence[Statement], aspect: Aspect
    ) -> tuple[tuple[int, ...], ...]:
        """Return the numbers of what statements say of a topic, each in the order of the facets."""
        read = self._read.setdefault((aspect.topic, not aspect.key), {})
        for each in statements:
            if id(each) not in read:
                read[id(each)] = self._number_one(each, aspect)
        return tuple([read[id(each)] for each in statements])

    def _number_one(self, each: Statement, aspect: Aspect) -> tuple[int, ...]:
        find_number = self._numbers.__getitem__
        if id(each) not in self._own:
            family, opens, closes, *others = _read_own(each)
            times = self._number_bound(opens), self._number_bound(closes)
            own = find_number(family), *times, *map(find_number, others)
            # With the statement, so that no other one can come to have its identity.
            self._own[id(each)] = each, own
        of_topic = map(find_number, _read_of_topic(each, aspect, self._topics))
        return *of_topic, *self._own[id(each)][1]

    def _number_bound(self, bound: Bound) -> int:
        """Return the number of a statement's bound; one that several share is hashed once."""
        # Its statement is kept, and so is its identity.
        number = self._bounds.get(id(bound))
        if number is None:
            number = self._bounds[id(bound)] = self._numbers[bound]
        return number


class _Numbers(dict[Hashable, int]):
    """Gives each value that it is asked for a number, equal ones the same."""

    def __init__(self) -> None:
        super().__init__()
        self.values_of: list[Hashable] = []

    def __missing__(self, value: Hashable) -> int:
        number = self[value] = len(self.values_of)
        self.values_of.append(value)
        return number


def _list_unlike(
    left: Sequence[tuple[int, ...]], right: Sequence[tuple[int, ...]]
) -> Iterable[tuple[Facet, tuple[int, ...], tuple[int, ...]]]:
    """Yield the facets in which not all are equal, and the numbers of the left and the right."""
    count = len(left)
    for facet, numbers in zip(_READ, zip(*left, *right, strict=True), strict=True):
        if len({*numbers}) > 1:
            yield facet, numbers[:count], numbers[count:]


def _read_condition(each: Statement, aspect: Aspect) -> Hashable:
    """Return the condition of a statement that its row doesn't have already."""
    return () if aspect.key else each.key


def _read_of_topic(
    each: Statement, aspect: Aspect, topics: Mapping[str, Topic]
) -> tuple[Hashable, ...]:
    """Return what of a statement counts in the facets of the row, in their order.

    They are compared for its topic alone: of a group's exceptions only those within it count.
    """
    return (
        _read_condition(each, aspect),
        # A ban of a group is one of each member; a duty or a permission says less of each.
        each.family.traits.restricts or each.topic == aspect.topic,
        _list_excepted(each, aspect.topic, topics),
    )


def _read_own(each: Statement) -> tuple[Verb, Bound, Bound, *tuple[Hashable, ...]]:
    """Return what of a statement counts in the other facets, in their order."""
    instruction = each.instruction
    amounts = find_amounts(instruction, (each.topic,)) or Amounts()
    return (
        each.family,
        each.opens,
        each.closes,
        fold_text(instruction.area),
        # A permission binds nobody, that in which a ban ends neither.
        _STRENGTHS.index(Strength.MAY if each.releases else instruction.strength),
        # Amounts are the same or not, since a smaller dose is no stricter one.
        (amounts.spf_min, fold_text(amounts.dose)),
        fold_text(amounts.daily_max),
        fold_text(amounts.threshold),
        read_course_meaning(instruction),
        fold_text(instruction.ask_first),
        fold_text(instruction.override_by),
        fold_text(instruction.call),
    )


def _is_open(closes: Hashable) -> bool:
    return isinstance(closes, Bound) and closes.is_open


def _order_bounds(left: Bound, right: Bound) -> Order:
    """Return which bound is later, both ends of a range considered."""
    if left.hedge is not right.hedge:
        return Order.UNCLEAR
    if left.careful is None or left.other is None:
        both_open = right.careful is None and right.other is None
        return Order.EQUAL if both_open else Order.UNCLEAR
    if right.careful is None or right.other is None:
        return Order.UNCLEAR
    found = order_places(left.careful, right.careful)
    if left.other is left.careful and right.other is right.careful:
        return found  # as mostly
    found = _combine(found, order_places(left.other, right.other))
    if found is Order.EQUAL and left.careful != left.other and left.wish is not right.wish:
        return Order.UNCLEAR
    return found


def _combine(first: Order, second: Order) -> Order:
    if first is second or second is Order.EQUAL:
        return first
    return second if first is Order.EQUAL else Order.UNCLEAR


def _order_closes(left: Bound, right: Bound) -> Order:
    """Return which end comes later, states of the body and vague words considered."""
    if left.words != right.words or left.by_course is not right.by_course:
        return Order.UNCLEAR
    if left.words is not None and (left.state, left.mode) != (right.state, right.mode):
        return Order.UNCLEAR
    if left.state == right.state:
        if left.mode is None or right.mode is None:
            return _order_bounds(left, right)
        if left.mode is not right.mode:
            return _order_numbers(left.mode.value, right.mode.value)
        return _order_bounds(left, right)
    return _order_with_states(left, right)


def _order_with_states(left: Bound, right: Bound) -> Order:
    """Order two ends of which a state that the other does not know decides at least one.

    "72 hours and until healed" is never before 48 hours; "until healed" alone may be.
    """
    if _lasts_at_least(left) and _lasts_at_most(right):
        return Order.GREATER if _order_bounds(left, right).reaches else Order.UNCLEAR
    if _lasts_at_most(left) and _lasts_at_least(right):
        return Order.LESS if _order_bounds(right, left).reaches else Order.UNCLEAR
    return Order.UNCLEAR


def _lasts_at_least(bound: Bound) -> bool:
    """Return whether no state ends it before its time."""
    return bound.careful is not None and bound.mode in {None, StateMode.LATER}


def _lasts_at_most(bound: Bound) -> bool:
    """Return whether no state leads beyond its time."""
    return bound.careful is not None and bound.mode in {None, StateMode.SOONER}


def _order_exceptions(ours: frozenset[str], theirs: frozenset[str]) -> Order:
    if ours == theirs:
        return Order.EQUAL
    if ours < theirs:
        return Order.GREATER
    return Order.LESS if theirs < ours else Order.UNCLEAR


def _list_excepted(statement: Statement, topic: str, topics: Mapping[str, Topic]) -> frozenset[str]:
    """Return every part of a topic that a statement leaves out, members of members too."""
    exceptions = statement.instruction.exceptions
    if not exceptions or statement.instruction.verb.traits.screens:
        return frozenset()
    covered = {*exceptions}.union(*(find_members(each, topics) for each in exceptions))
    return find_members(topic, topics) & covered


def _order_limits(ours: str | None, theirs: str | None) -> Order:
    """Order by what limits a rule, an area or a person who may lift it: one without is stricter."""
    if ours == theirs:
        return Order.EQUAL
    if ours is None:
        return Order.GREATER
    return Order.LESS if theirs is None else Order.UNCLEAR


def _order_numbers(left: int, right: int) -> Order:
    if left == right:
        return Order.EQUAL
    return Order.GREATER if left > right else Order.LESS


def _same(left: object, right: object) -> Order:
    return Order.EQUAL if left == right else Order.UNCLEAR


_ORDERS: dict[Facet, Callable[[Any, Any], Order]] = {
    **dict.fromkeys(Facet, _same),
    # What may be resumed opens where its ban ends, and so with a state of the body too.
    Facet.OPENS: lambda ours, theirs: _order_closes(ours, theirs).mirrored,
    Facet.CLOSES: _order_closes,
    Facet.EXCEPTIONS: _order_exceptions,
    Facet.AREA: _order_limits,
    Facet.SCOPE: _order_numbers,
    Facet.STRENGTH: _order_numbers,
    Facet.OVERRIDE: _order_limits,
}
"""How two values of a facet stand; those of the others are the same or not."""
