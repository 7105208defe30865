"""A protocol taken apart for comparing: what it says of one topic on one side of the treatment."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from itertools import product
from typing import TYPE_CHECKING

from microcare.core.conditions import (
    MAX_FACTORS,
    All,
    Answer,
    Condition,
    condition_factors,
    evaluate,
)
from microcare.core.model import StateRule, Verb
from microcare.core.places import (
    AT_END,
    AT_START,
    DAY_BEGINS,
    DAY_ENDS,
    Order,
    Place,
    order_places,
    place_point,
)
from microcare.core.points import NumberedDay, Side, is_wish, point_side
from microcare.core.values import value
from microcare.core.windows import ends_itself, implied_start, implied_until

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from microcare.core.model import Instruction, Protocol
    from microcare.core.points import Point


class Family(Enum):
    """Verbs that say the same of a topic; "avoid", "wait since", "may resume" are one."""

    RESTRICTION = "avoid"
    TAKE = "take"
    DO = "do"
    MAY = "may"
    EXPECT = "expect"
    ARRIVE = "arrive"
    TELL = "tell"
    ARRANGE = "arrange"
    SCREEN = "screen"
    CALL_IF = "call-if"
    REPEAT = "repeat"


def verb_family(verb: Verb) -> Family:
    """Return a verb's family: what is taken by one sheet is used by another."""
    if verb.restricts:
        return Family.RESTRICTION
    return Family.TAKE if verb is Verb.USE else Family(verb.value)


class StateMode(Enum):
    """What a state of the body does to an end, from the soonest end to the latest."""

    SOONER = 0
    ALONE = 1
    LATER = 2


@value
class Bound:
    """Where a window opens or closes: `careful` and `other` are the ends of a range.

    Both are None where no time is stated. `state` ends the window in the way of `mode`; `words`
    are an end so vague that it stays words. A `wish` is the further end of "if possible".
    """

    careful: Place | None = None
    other: Place | None = None
    wish: bool = False
    state: str | None = None
    mode: StateMode | None = None
    words: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether nothing at all is stated."""
        return self.careful is None and self.state is None and self.words is None


@value
class Statement:
    """What one instruction says of one topic on one side.

    `key` is equal for conditions that mean the same. One that is not `direct` was added because
    its window crosses the treatment day.
    """

    instruction: Instruction
    topic: str
    family: Family
    side: Side
    key: ConditionKey
    condition: Condition | None
    opens: Bound
    closes: Bound
    direct: bool = True


COURSE_ENDS = "the end of the course"
"""An end in words: when a course's own steps or count are over, which its rhythm says."""

ConditionKey = tuple[object, ...]
"""What a condition means: its factors and the answers under which it holds; () is always."""


def read_statements(protocol: Protocol) -> tuple[Statement, ...]:
    """Return everything that a protocol says, in file order."""
    return tuple(
        statement
        for each in protocol.instructions
        for side, opens, closes, direct in _parts(each, protocol)
        for statement in _state(each, side, opens, closes, direct=direct)
    )


def _state(
    each: Instruction, side: Side, opens: Bound, closes: Bound, *, direct: bool
) -> Iterable[Statement]:
    condition = _own_condition(each)
    key = condition_key(condition)
    family = verb_family(each.verb)
    for topic in each.topics:
        yield Statement(each, topic, family, side, key, condition, opens, closes, direct)


def _own_condition(each: Instruction) -> Condition | None:
    """Return an instruction's condition; a screening's own question is none."""
    if each.verb is not Verb.SCREEN:
        return each.condition
    match each.condition:
        case All((condition, screened)) if condition_factors(screened) == each.topics:
            return condition
        case _:
            return None


def condition_key(condition: Condition | None) -> ConditionKey:
    """Return what a condition means, equal for any two that hold under the same answers."""
    if condition is None:
        return ()
    names = tuple(sorted(condition_factors(condition)))
    if len(names) > MAX_FACTORS:
        return (condition,)
    matter = tuple(
        name
        for name in names
        if _truth(condition, names, {name: True}) != _truth(condition, names, {name: False})
    )
    ignored = {name: False for name in names if name not in matter}
    table = _truth(condition, matter, ignored)
    return () if all(table) else (matter, table)


def _truth(
    condition: Condition, free: tuple[str, ...], fixed: Mapping[str, bool]
) -> tuple[bool, ...]:
    """Return whether a condition holds under each set of answers to `free` beside the fixed."""
    rest = [name for name in free if name not in fixed]
    return tuple(
        evaluate(condition, {**fixed, **dict(zip(rest, answers, strict=True))}) is Answer.YES
        for answers in product((False, True), repeat=len(rest))
    )


def _parts(each: Instruction, protocol: Protocol) -> Iterable[tuple[Side, Bound, Bound, bool]]:
    """Yield the sides on which an instruction speaks, with its window cut to each."""
    opens, closes = _opening(each, protocol), _closing(each, protocol)
    point = each.window.at
    if point is not None:
        yield point_side(point), opens, closes, True
        return
    sides = _window_sides(each)
    for side in sides:
        yield side, *_cut(opens, closes, side, sides), True
    if Side.BEFORE in sides and Side.AFTER in sides:
        yield Side.DAY_OF, *_cut(opens, closes, Side.DAY_OF, sides), False


def _window_sides(each: Instruction) -> tuple[Side, ...]:
    start, until = implied_start(each), implied_until(each)
    if each.verb is Verb.WAIT_SINCE:
        point = each.window.start or each.window.until
        return (point_side(point),) if point is not None else (Side.ANY,)
    opens = point_side(start) if start is not None else None
    closes = point_side(until) if until is not None else None
    if opens is None:
        return (closes or Side.ANY,)
    crosses = closes is None or _SIDES.index(closes) > _SIDES.index(opens)
    if not crosses or opens is Side.AFTER:
        return (opens,)
    return (opens, Side.AFTER)


_SIDES = (Side.BEFORE, Side.DAY_OF, Side.AFTER)


def _cut(opens: Bound, closes: Bound, side: Side, sides: tuple[Side, ...]) -> tuple[Bound, Bound]:
    """Return a window's part on a side: it ends where the treatment, or its day, does."""
    crosses = len(sides) > 1
    match side:
        case Side.BEFORE:
            return opens, _at(AT_START) if crosses else closes
        case Side.DAY_OF if crosses:
            within = _limit(opens, DAY_BEGINS, Order.LESS)
            ends = _at(DAY_ENDS) if closes.is_open else _limit(closes, DAY_ENDS, Order.GREATER)
            return within, ends
        case Side.AFTER:
            return _at(AT_END) if crosses else _limit(opens, AT_END, Order.LESS), closes
        case _:
            return opens, closes


def _at(place: Place) -> Bound:
    return Bound(place, place)


def _limit(bound: Bound, limit: Place, beyond: Order) -> Bound:
    """Return a bound that lies no further than a limit."""

    def cut(place: Place | None) -> Place | None:
        return limit if place is not None and order_places(place, limit) is beyond else place

    return replace(bound, careful=cut(bound.careful), other=cut(bound.other))


def _opening(each: Instruction, protocol: Protocol) -> Bound:
    waits = each.verb is Verb.WAIT_SINCE
    permits = each.verb.permits
    point = each.window.at or implied_start(each)
    if waits:
        counted = each.window.start or each.window.until
        point = counted if counted is not None and point_side(counted) is Side.BEFORE else None
        if point is None:
            return _at(AT_END)
    if point is None:
        return Bound()
    first, last = place_point(point, protocol.day_one, closing=False, skip_counted=waits or permits)
    return _range(point, last if permits else first, first if permits else last)


def _closing(each: Instruction, protocol: Protocol) -> Bound:
    window = each.window
    waits, permits = each.verb is Verb.WAIT_SINCE, each.verb.permits
    point = window.at or implied_until(each)
    if waits:
        counted = window.start or window.until
        if counted is None or point_side(counted) is Side.BEFORE:
            return _at(AT_START)
        point = counted
    found = Bound()
    if point is not None:
        closing = window.at is None
        first, last = place_point(
            point, protocol.day_one, closing=closing, skip_counted=waits or permits
        )
        early = permits and not isinstance(point, NumberedDay)
        found = _range(point, first if early else last, last if early else first)
    if ends_itself(each):
        return Bound(words=COURSE_ENDS)
    if window.until_state is None and window.until_words is None:
        return found
    mode = None if window.until_state is None else _state_mode(each, found)
    state = " ".join(window.until_state.lower().split()) if window.until_state else None
    words = " ".join(window.until_words.lower().split()) if window.until_words else None
    return replace(found, state=state, mode=mode, words=words)


def _state_mode(each: Instruction, bound: Bound) -> StateMode:
    if bound.careful is None:
        return StateMode.ALONE
    match each.window.until_rule:
        case StateRule.LATER:
            return StateMode.LATER
        case StateRule.EARLIER:
            return StateMode.SOONER
        case _:
            return StateMode.LATER if each.verb.restricts else StateMode.SOONER


def _range(point: Point, careful: Place, other: Place) -> Bound:
    """Return a bound; what a "Day 1" may mean is no range but one careful reading."""
    if isinstance(point, NumberedDay):
        return _at(careful)
    return Bound(careful, other, wish=is_wish(point))
