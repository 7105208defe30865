"""A protocol taken apart for comparing: what it says of one topic on one side of the treatment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from microcare.core.compare.condition_keys import ConditionKey, make_condition_key
from microcare.core.sheet.conditions import All, Condition, list_condition_factors
from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.points import Offset, Side, find_side
from microcare.core.sheet.protocol import DayOne, Protocol
from microcare.core.sheet.verbs import Verb
from microcare.core.time.bounds import (
    UNSTATED,
    Bound,
    PlacedAnchor,
    make_bound,
    place_anchors,
    read_bounds,
)
from microcare.core.time.order import Order, order_places
from microcare.core.time.places import AT_END, AT_START, BEGIN, END, TREATMENT_DAY, Place
from microcare.core.values import replace, value


@value
class Statement:
    """What one instruction says of one topic on one side.

    `family` is the verb that stands for all that say the same of the topic, `strand` the one for
    all that are compared with each other, in one row: what one sheet asks for, another permits.
    `key` is equal for conditions that mean the same. One that is not `direct` was added because
    its window crosses the treatment. One that `releases` is the permission in which what may be
    resumed ends.
    """

    instruction: Instruction
    family: Verb
    strand: Verb
    topic: str
    side: Side
    key: ConditionKey
    condition: Condition | None
    opens: Bound
    closes: Bound
    direct: bool = True
    releases: bool = False

    def release(self) -> Statement:
        """Return the permission in which a ban ends of what may be resumed."""
        told = replace(self, family=Verb.MAY, strand=Verb.MAY, releases=True)
        return replace(told, opens=self.closes, closes=UNSTATED)


def find_strand(family: Verb) -> Verb:
    """Return the verb that stands for all families that are compared in one row."""
    return Verb.MAY if family.traits.opposes_bans else family


def read_statements(protocol: Protocol) -> tuple[Statement, ...]:
    """Return everything that a protocol says, in file order."""
    anchors = place_anchors(protocol)
    found: list[Statement] = []
    for each in protocol.instructions:
        condition = _own_condition(each)
        key = make_condition_key(condition)
        family = each.verb.traits.family
        strand = find_strand(family)
        for side, opens, closes, direct in _parts(each, protocol.day_one, anchors):
            found += [
                Statement(each, family, strand, topic, side, key, condition, opens, closes, direct)
                for topic in each.topics
            ]
    return tuple(found)


def _own_condition(each: Instruction) -> Condition | None:
    """Return an instruction's condition; a screening's own question is none."""
    if not each.verb.traits.screens:
        return each.condition
    match each.condition:
        case All((condition, screened)) if list_condition_factors(screened) == each.topics:
            return condition
        case _:
            return None


def _parts(
    each: Instruction, day_one: DayOne, anchors: Mapping[str, PlacedAnchor]
) -> Iterable[tuple[Side, Bound, Bound, bool]]:
    """Yield the sides on which an instruction speaks, with a ban's window cut to each.

    Nothing else is cut: one course across the treatment is one rule.
    """
    opens, closes = read_bounds(each, day_one, anchors)
    point = each.window.at
    if point is not None:
        yield find_side(point), opens, closes, True
        return
    sides = _window_sides(each)
    if not each.verb.traits.restricts:
        first, last = (_SIDES.index(side) for side in (sides[0], sides[-1]))
        for side in _SIDES[first : last + 1]:
            yield side, opens, closes, side is sides[0]
        return
    for side in sides:
        yield side, *_cut(opens, closes, side, sides), True
    if Side.BEFORE in sides and Side.AFTER in sides:
        yield Side.DAY_OF, *_cut(opens, closes, Side.DAY_OF, sides), False
    if sides == (Side.DAY_OF,) and Side.BEFORE in each.sides:
        yield Side.BEFORE, opens, closes, False


def _window_sides(each: Instruction) -> tuple[Side, ...]:
    start, until = each.implied_start, each.implied_until
    if each.verb.traits.is_interval:
        bounds = each.interval_bounds
        sides = (find_side(point) for point in bounds if isinstance(point, Offset))
        return tuple(dict.fromkeys(sides))
    opens, closes = (find_side(point) if point is not None else None for point in (start, until))
    # What counts from something without a date lies on no side, and so tells nothing of the other.
    if opens is None or opens is Side.ANY:
        return (closes or Side.ANY,)
    if closes is Side.ANY or each.ends_itself:
        return (opens,)
    crosses = closes is None or _SIDES.index(closes) > _SIDES.index(opens)
    if not crosses or opens is Side.AFTER:
        return (opens,)
    return (opens, Side.AFTER)


_SIDES = (Side.BEFORE, Side.DAY_OF, Side.AFTER, Side.ANY)

_AT_START, _AT_END = make_bound(AT_START), make_bound(AT_END)
_DAY_BEGINS = TREATMENT_DAY.then(BEGIN)
_DAY_ENDS = TREATMENT_DAY.then(END)


def _cut(opens: Bound, closes: Bound, side: Side, sides: tuple[Side, ...]) -> tuple[Bound, Bound]:
    """Return a window's part on a side: it ends where the treatment, or its day, does."""
    crosses = len(sides) > 1
    match side:
        case Side.BEFORE:
            return opens, _AT_START if crosses else closes
        case Side.DAY_OF if crosses:
            within = _limit(opens, _DAY_BEGINS, Order.LESS)
            ends = _limit(closes, _DAY_ENDS, Order.GREATER)
            return within, make_bound(_DAY_ENDS) if closes.is_open else ends
        case Side.AFTER:
            return _AT_END if crosses else _limit(opens, AT_END, Order.LESS), closes
        case _:
            return opens, closes


def _limit(bound: Bound, limit: Place, beyond: Order) -> Bound:
    """Return a bound that lies no further than a limit."""

    def cut(place: Place | None) -> Place | None:
        return limit if place is not None and order_places(place, limit) is beyond else place

    return replace(bound, careful=cut(bound.careful), other=cut(bound.other))
