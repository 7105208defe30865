"""Two statements about one topic: which forbids more, or whether they say the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum

from microcare.core.compare.statements import Statement
from microcare.core.sheet.instruction import Amounts, Strength
from microcare.core.sheet.meanings import fold_text, read_course_meaning
from microcare.core.sheet.vocabulary import Topic, find_groups, find_members
from microcare.core.time.bounds import Bound, StateMode
from microcare.core.time.courses import find_amounts
from microcare.core.time.order import Order, order_places


class Facet(Enum):
    """In what two statements can differ."""

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


_STRENGTHS = (Strength.MAY, Strength.SHOULD, Strength.MUST)


def compare_statements(
    left: Statement, right: Statement, topic: str, topics: Mapping[str, Topic]
) -> dict[Facet, Order]:
    """Return for each facet how two statements stand; GREATER where the left is stricter.

    They are compared for `topic` alone: of a group's exceptions only those within it count.
    """
    ours, theirs = left.instruction, right.instruction
    return {
        Facet.OPENS: _order_bounds(left.opens, right.opens).mirrored,
        Facet.CLOSES: _order_closes(left.closes, right.closes),
        Facet.SCOPE: _order_scopes(left, right, topic),
        Facet.EXCEPTIONS: _order_exceptions(left, right, topic, topics),
        Facet.AREA: _order_limits(ours.area, theirs.area),
        Facet.STRENGTH: _order_numbers(
            _STRENGTHS.index(ours.strength), _STRENGTHS.index(theirs.strength)
        ),
        **_order_amounts(left, right),
        Facet.REPETITION: _same(read_course_meaning(ours), read_course_meaning(theirs)),
        Facet.ASK_FIRST: _same(fold_text(ours.ask_first), fold_text(theirs.ask_first)),
        Facet.OVERRIDE: _order_limits(ours.override_by, theirs.override_by),
        Facet.CALL: _same(fold_text(ours.call), fold_text(theirs.call)),
    }


def covers(facets: Iterable[Order]) -> bool:
    """Return whether the left statement forbids all that the right one does."""
    return all(order.reaches for order in facets)


def is_same(facets: Iterable[Order]) -> bool:
    """Return whether two statements say the same."""
    return all(order is Order.EQUAL for order in facets)


def _order_bounds(left: Bound, right: Bound) -> Order:
    """Return which bound is later, both ends of a range considered."""
    if left.hedge is not right.hedge:
        return Order.UNCLEAR
    if left.careful is None or left.other is None:
        both_open = right.careful is None and right.other is None
        return Order.EQUAL if both_open else Order.UNCLEAR
    if right.careful is None or right.other is None:
        return Order.UNCLEAR
    found = _combine(
        order_places(left.careful, right.careful), order_places(left.other, right.other)
    )
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


def _order_scopes(left: Statement, right: Statement, topic: str) -> Order:
    """A ban of a group is one of each member; a duty or a permission says less of each."""
    same = (left.topic == topic) is (right.topic == topic)
    return Order.EQUAL if same or left.family.traits.restricts else Order.UNCLEAR


def _order_exceptions(
    left: Statement, right: Statement, topic: str, topics: Mapping[str, Topic]
) -> Order:
    ours, theirs = _excepted(left, topic, topics), _excepted(right, topic, topics)
    if ours == theirs:
        return Order.EQUAL
    if ours < theirs:
        return Order.GREATER
    return Order.LESS if theirs < ours else Order.UNCLEAR


def _excepted(statement: Statement, topic: str, topics: Mapping[str, Topic]) -> frozenset[str]:
    """Return every part of a topic that a statement leaves out, members of members too."""
    exceptions = statement.instruction.exceptions
    if not exceptions or statement.instruction.verb.traits.screens:
        return frozenset()
    parts = find_members(topic, topics)
    return frozenset(
        part for part in parts if not {part, *find_groups(part, topics)}.isdisjoint(exceptions)
    )


def _order_limits(left: str | None, right: str | None) -> Order:
    """Order by what limits a rule, an area or a person who may lift it: one without is stricter."""
    ours, theirs = fold_text(left), fold_text(right)
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


def _order_amounts(left: Statement, right: Statement) -> dict[Facet, Order]:
    """Return how amounts stand: the same or not, since a smaller dose is no stricter one."""
    ours, theirs = (
        find_amounts(each.instruction, (each.topic,)) or Amounts() for each in (left, right)
    )
    return {
        Facet.AMOUNTS: _same(
            (ours.spf_min, fold_text(ours.dose)), (theirs.spf_min, fold_text(theirs.dose))
        ),
        Facet.DAILY_MAX: _same(fold_text(ours.daily_max), fold_text(theirs.daily_max)),
        Facet.THRESHOLD: _same(fold_text(ours.threshold), fold_text(theirs.threshold)),
    }
