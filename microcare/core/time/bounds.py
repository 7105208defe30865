"""Where the window of an instruction opens and closes, whatever the appointment: for comparing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum

from microcare.core.sheet.anchoring import find_anchor_ids, order_by_anchor
from microcare.core.sheet.instruction import Instruction, StateRule
from microcare.core.sheet.meanings import fold_text, read_course_meaning
from microcare.core.sheet.points import (
    Edge,
    Point,
    Qualifier,
    Side,
    find_hedge,
    is_part_of_day,
    is_whole_day,
    is_wish,
)
from microcare.core.sheet.protocol import DayOne, Protocol
from microcare.core.time.order import find_extremes, make_opaque_place, order_places
from microcare.core.time.places import END, LAST_DATE, TO_DATE, Place, PlaceReader
from microcare.core.values import replace, value


class StateMode(Enum):
    """What a state of the body does to an end, from the soonest end to the latest."""

    SOONER = 0
    ALONE = 1
    LATER = 2


@value
class Bound:
    """Where a window opens or closes: `careful` and `other` are the ends of a range.

    Both are None where no time is stated. `state` ends the window in the way of `mode`; `words`
    are an end so vague that it stays words. `by_course` is the end of a course whose own moves or
    count end it. A `wish` is the further end of "if possible"; `hedge` is "up to", "not before"
    or "no later than".
    """

    careful: Place | None = None
    other: Place | None = None
    wish: bool = False
    state: str | None = None
    mode: StateMode | None = None
    words: str | None = None
    by_course: bool = False
    hedge: Qualifier | None = None

    @property
    def is_open(self) -> bool:
        """Whether nothing at all is stated."""
        stated = (self.careful, self.state, self.words)
        return not self.by_course and all(each is None for each in stated)


UNSTATED = Bound()
"""Where nothing is stated; one object, since what is compared has it again and again."""


def make_bound(place: Place) -> Bound:
    """Return the bound at one place."""
    return Bound(place, place)


@value
class PlacedAnchor:
    """What times count from, as `DatedAnchor` is for one appointment: where it starts and ends.

    Each holds every reading. `last` are the days on which what ends at `ends` still holds; what
    starts, starts on the day on which it lies.
    """

    starts: tuple[Place, ...]
    ends: tuple[Place, ...]
    last: tuple[Place, ...]


def place_anchors(protocol: Protocol) -> Mapping[str, PlacedAnchor]:
    """Return the instructions that others count from, placed, by id."""
    anchors = find_anchor_ids(protocol.instructions)
    placed: dict[str, PlacedAnchor] = {}
    for each in order_by_anchor(protocol.instructions) if anchors else ():
        if each.id in anchors:
            placed[each.id] = _place_anchor(each, *read_bounds(each, protocol.day_one, placed))
    return placed


def _place_anchor(each: Instruction, opens: Bound, closes: Bound) -> PlacedAnchor:
    """Return what times that count from an instruction count from, as the plan reads it."""
    at = each.window.at
    starts = _anchor_places(each, opens, opens, at or each.window.start, Qualifier.NOT_BEFORE)
    if at is not None:
        first = tuple(place.then(TO_DATE) for place in starts)
        ends = tuple(day.then(END) for day in first) if is_whole_day(at) else starts
        return PlacedAnchor(starts, ends, first)
    ends = _anchor_places(each, opens, closes, each.window.until, Qualifier.NO_LATER)
    return PlacedAnchor(starts, ends, tuple(place.then(LAST_DATE) for place in ends))


def _anchor_places(
    each: Instruction, opens: Bound, bound: Bound, point: Point | None, narrowing: Qualifier
) -> tuple[Place, ...]:
    """Return the readings of a bound; opaque where it has no date, told by what `each` means.

    Its id is no part of that, since another sheet may call the same by another one.
    """
    if bound.careful is None or bound.other is None or bound.mode is StateMode.LATER:
        means = (each.verb.value, sorted(each.topics), opens, bound, read_course_meaning(each))
        return (make_opaque_place(f"an edge of {means}"),)
    at, hedge = each.window.at, find_hedge(point)
    narrows = not is_part_of_day(point) and (at is not None or not each.verb.traits.restricts)
    if each.verb.traits.permits and at is None:
        return (bound.careful,)
    if narrows and hedge is narrowing:
        return (bound.other,)
    if narrows and hedge is Qualifier.NO_LATER and at is not None:
        return (bound.careful,)
    begins = opens.careful
    if bound is not opens and begins and order_places(begins, bound.other).reaches:
        return (bound.careful,)
    return tuple(dict.fromkeys((bound.careful, bound.other)))


def read_bounds(
    each: Instruction, day_one: DayOne, anchors: Mapping[str, PlacedAnchor]
) -> tuple[Bound, Bound]:
    """Return where an instruction's window opens and closes; a moment closes where it opens.

    `anchors` are the instructions that its times may count from, placed.
    """
    placed = PlaceReader(day_one, anchors).read_window(each)
    opens, closes = placed.opens, placed.closes
    if anchors:
        opens, closes = (
            tuple(found for place in places for found in _ground(place, anchors))
            for places in (opens, closes)
        )
    opening = _read_opening(each, *find_extremes(opens)) if opens else UNSTATED
    if each.window.at is not None:
        return opening, opening
    return opening, _read_closing(each, closes)


def _ground(place: Place, anchors: Mapping[str, PlacedAnchor]) -> Iterable[Place]:
    """Yield a place as it counts from the appointment, through the instruction it counts from."""
    origin, moves = place.origin, place.moves
    anchor = anchors.get(origin.anchor) if isinstance(origin, Edge) else None
    grounds: tuple[Place, ...]
    if anchor is None or not isinstance(origin, Edge):
        grounds, moves = (place,), ()
    elif origin.side is Side.BEFORE:
        grounds = anchor.starts
    elif moves[:1] == (TO_DATE,):
        grounds, moves = anchor.last, moves[1:]
    else:
        grounds = anchor.ends
    return (each.then(*moves) for each in grounds)


def _read_opening(each: Instruction, first: Place, last: Place) -> Bound:
    if each.verb.traits.is_interval:
        return Bound(first, last)
    point = each.window.at or each.implied_start
    if each.window.at is None and each.verb.traits.permits:
        first, last = last, first
    return Bound(first, last, wish=is_wish(point), hedge=_hedge(each, point))


def _read_closing(each: Instruction, places: Sequence[Place]) -> Bound:
    window = each.window
    found = _read_end(each, *find_extremes(places)) if places else UNSTATED
    if each.verb.traits.is_interval:
        return found
    if each.ends_itself:
        return Bound(by_course=True)
    if window.until_state is None and window.until_words is None:
        return found
    mode = None if window.until_state is None else _state_mode(each, found)
    state, words = fold_text(window.until_state), fold_text(window.until_words)
    return replace(found, state=state, mode=mode, words=words)


def _read_end(each: Instruction, first: Place, last: Place) -> Bound:
    if each.verb.traits.is_interval:
        return Bound(last, first)
    until = each.implied_until
    if not each.verb.traits.permits:
        # "At least" has one end, also where it counts from a range: no longer one is stated.
        sure = find_hedge(until) is Qualifier.AT_LEAST
        first, last = last, last if sure else first
    return Bound(first, last, wish=is_wish(until), hedge=_hedge(each, until))


def _hedge(each: Instruction, point: Point | None) -> Qualifier | None:
    """Return a hedge that makes a duty or an expectation another; a ban is wide in any case."""
    hedge = None if each.verb.traits.restricts else find_hedge(point)
    return hedge if hedge in _HEDGES else None


_HEDGES = {Qualifier.UP_TO, Qualifier.NOT_BEFORE, Qualifier.NO_LATER}


def _state_mode(each: Instruction, bound: Bound) -> StateMode:
    if bound.careful is None:
        return StateMode.ALONE
    match each.window.until_rule:
        case StateRule.LATER:
            return StateMode.LATER
        case StateRule.EARLIER:
            return StateMode.SOONER
        case _:
            return StateMode.LATER if each.verb.traits.restricts else StateMode.SOONER
