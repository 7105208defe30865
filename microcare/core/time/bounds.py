"""Where the window of an instruction opens and closes, whatever the appointment: for comparing."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from microcare.core.sheet.implied import (
    edge_of_part,
    ends_itself,
    implied_start,
    implied_until,
    interval_bounds,
)
from microcare.core.sheet.instruction import Instruction, StateRule
from microcare.core.sheet.meanings import course_meaning
from microcare.core.sheet.points import (
    Clock,
    Length,
    NumberedDay,
    Offset,
    Point,
    Qualifier,
    Unit,
    is_part_of_day,
    is_whole_day,
    is_wish,
)
from microcare.core.sheet.protocol import DayOne, Protocol
from microcare.core.time.anchors import anchor_ids, order_by_anchor
from microcare.core.time.placer import PlacedAnchor, Placer
from microcare.core.time.places import (
    Place,
    begins_day,
    move_place,
    open_date,
    order_places,
    other_place,
)
from microcare.core.values import value


class StateMode(Enum):
    """What a state of the body does to an end, from the soonest end to the latest."""

    SOONER = 0
    ALONE = 1
    LATER = 2


@value
class Bound:
    """Where a window opens or closes: `careful` and `other` are the ends of a range.

    Both are None where no time is stated. `state` ends the window in the way of `mode`; `words`
    are an end so vague that it stays words. `by_course` is the end of a course whose own steps or
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


def bound_at(place: Place) -> Bound:
    """Return the bound at one place."""
    return Bound(place, place)


def make_placer(protocol: Protocol) -> Placer:
    """Return what places the protocol's points, those that others count from first."""
    placed_anchors: dict[str, PlacedAnchor] = {}
    placer = Placer(protocol.day_one, placed_anchors)
    anchors = anchor_ids(protocol.instructions)
    for each in order_by_anchor(protocol.instructions) if anchors else ():
        if each.id in anchors:
            placed_anchors[each.id] = place_anchor(each, placer)
    return placer


def place_anchor(each: Instruction, placer: Placer) -> PlacedAnchor:
    """Return what times that count from an instruction count from, as the plan reads it."""
    at = each.window.at
    opens, closes = read_opening(each, placer), read_closing(each, placer)
    starts = _anchor_places(each, opens, opens, at or each.window.start, Qualifier.NOT_BEFORE)
    first = tuple(map(open_date, starts))
    if at is not None:
        ends = tuple(move_place(day, 1, Unit.DAY) for day in first) if is_whole_day(at) else starts
        return PlacedAnchor(starts, ends, first, first)
    ends = _anchor_places(each, opens, closes, each.window.until, Qualifier.NO_LATER)
    # What ends with a day holds through that day, not on the next.
    last = tuple(move_place(open_date(end), -int(begins_day(end)), Unit.DAY) for end in ends)
    return PlacedAnchor(starts, ends, first, last)


def _anchor_places(
    each: Instruction, opens: Bound, bound: Bound, point: Point | None, narrowing: Qualifier
) -> tuple[Place, ...]:
    """Return the readings of a bound; OTHER where it has no date, told by what `each` means.

    Its id is no part of that, since another sheet may call the same by another one.
    """
    if bound.careful is None or bound.other is None or bound.mode is StateMode.LATER:
        means = (each.verb.value, sorted(each.topics), opens, bound, course_meaning(each))
        return (other_place(f"an edge of {means}"),)
    at, hedge = each.window.at, _point_hedge(point)
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


def _point_hedge(point: Point | None) -> Qualifier | None:
    return point.qualifier if isinstance(point, Offset | Clock | Length) else None


def read_opening(each: Instruction, placer: Placer) -> Bound:
    """Return where an instruction's window opens, or when its moment is."""
    if each.verb.traits.is_interval:
        before, _ = interval_bounds(each)
        return Bound(*placer.place(before, closing=False, skip_counted=True))
    at = each.window.at
    if at is not None:
        return Bound(*placer.place(at, closing=False), wish=is_wish(at), hedge=_hedge(each, at))
    start = implied_start(each)
    if start is None:
        return Bound()
    if each.verb.traits.permits:
        part = edge_of_part(start, opens=True)
        first, last = _later_day(placer).place(part, closing=False, skip_counted=True)
        found = Bound(last, first, wish=is_wish(start))
    else:
        found = _range(start, *placer.place(start, closing=False))
    return replace(found, hedge=_hedge(each, start))


def read_closing(each: Instruction, placer: Placer) -> Bound:
    """Return where an instruction's window closes; a moment's is where it opens."""
    window = each.window
    if each.verb.traits.is_interval:
        _, after = interval_bounds(each)
        first, last = placer.place(after, closing=True, skip_counted=True)
        return Bound(last, first)
    if window.at is not None:
        return read_opening(each, placer)
    until = implied_until(each)
    found = Bound() if until is None else _read_end(each, until, placer)
    if ends_itself(each):
        return Bound(by_course=True)
    if window.until_state is None and window.until_words is None:
        return found
    mode = None if window.until_state is None else _state_mode(each, found)
    state = " ".join(window.until_state.lower().split()) if window.until_state else None
    words = " ".join(window.until_words.lower().split()) if window.until_words else None
    return replace(found, state=state, mode=mode, words=words)


def _read_end(each: Instruction, until: Point, placer: Placer) -> Bound:
    hedge = _hedge(each, until)
    if each.verb.traits.permits:
        first, last = _closing_places(each, until, _later_day(placer))
        return Bound(first, last, wish=is_wish(until), hedge=hedge)
    first, last = _closing_places(each, until, placer)
    counts_from_day = isinstance(until, Length) and until.quantity.least == until.quantity.most
    stated = implied_start(each) if counts_from_day else until
    return replace(_range(stated or until, last, first), wish=is_wish(until), hedge=hedge)


def _closing_places(each: Instruction, until: Point, placer: Placer) -> tuple[Place, Place]:
    start, permits = implied_start(each), each.verb.traits.permits
    if not isinstance(until, Length):
        until = edge_of_part(until, opens=False) if permits else until
        return placer.place(until, closing=True, skip_counted=permits)
    if start is None:
        raise TypeError("a length is counted from a beginning")
    start = edge_of_part(start, opens=True) if permits else start
    return placer.place_length(until, start, placer.place(start, closing=False))


def _later_day(placer: Placer) -> Placer:
    """Return the placer of a permission: an unstated Day 1 is the later day for it."""
    unstated = placer.day_one is DayOne.UNSTATED
    return replace(placer, day_one=DayOne.NEXT_DAY) if unstated else placer


def _hedge(each: Instruction, point: Point) -> Qualifier | None:
    """Return a hedge that makes a duty or an expectation another; a ban is wide in any case."""
    hedge = None if each.verb.traits.restricts else _point_hedge(point)
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


def _range(point: Point, careful: Place, other: Place) -> Bound:
    """Return a bound; what a "Day 1" may mean is no range but one careful reading."""
    if isinstance(point, Clock) and not is_part_of_day(point):
        point = point.day
    if isinstance(point, NumberedDay):
        return bound_at(careful)
    return Bound(careful, other, wish=is_wish(point))
