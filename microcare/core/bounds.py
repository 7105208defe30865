"""Where the window of an instruction opens and closes, whatever the appointment: for comparing."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING

from microcare.core.implied import ends_itself, implied_start, implied_until, interval_bounds
from microcare.core.model import StateRule, Verb
from microcare.core.occasions import anchor_ids, order_by_anchor
from microcare.core.places import Place, Placer
from microcare.core.points import Clock, Length, NumberedDay, Offset, Qualifier, is_wish
from microcare.core.values import value

if TYPE_CHECKING:
    from microcare.core.model import Instruction, Protocol
    from microcare.core.points import Point


COURSE_ENDS = "the end of the course"
"""An end in words: when a course's own steps or count are over, which its rhythm says."""


class StateMode(Enum):
    """What a state of the body does to an end, from the soonest end to the latest."""

    SOONER = 0
    ALONE = 1
    LATER = 2


@value
class Bound:
    """Where a window opens or closes: `careful` and `other` are the ends of a range.

    Both are None where no time is stated. `state` ends the window in the way of `mode`; `words`
    are an end so vague that it stays words. A `wish` is the further end of "if possible"; `hedge`
    is "up to", "not before" or "no later than".
    """

    careful: Place | None = None
    other: Place | None = None
    wish: bool = False
    state: str | None = None
    mode: StateMode | None = None
    words: str | None = None
    hedge: Qualifier | None = None

    @property
    def is_open(self) -> bool:
        """Whether nothing at all is stated."""
        return self.careful is None and self.state is None and self.words is None


def bound_at(place: Place) -> Bound:
    """Return the bound at one place."""
    return Bound(place, place)


def make_placer(protocol: Protocol) -> Placer:
    """Return what places the protocol's points, those that others count from first."""
    bases: dict[str, tuple[Place | None, Place | None]] = {}
    placer = Placer(protocol.day_one, bases)
    anchors = anchor_ids(protocol.instructions)
    for each in order_by_anchor(protocol.instructions) if anchors else ():
        if each.id in anchors:
            opens, closes = read_opening(each, placer), read_closing(each, placer)
            bases[each.id] = opens.careful, closes.careful
    return placer


def read_opening(each: Instruction, placer: Placer) -> Bound:
    """Return where an instruction's window opens."""
    if each.verb is Verb.WAIT_SINCE:
        before, _ = interval_bounds(each)
        return Bound(*placer.place(before, closing=False, skip_counted=True))
    permits = each.verb.permits
    point = each.window.at or implied_start(each)
    if point is None:
        return Bound()
    first, last = placer.place(point, closing=False, skip_counted=permits)
    found = _range(point, last if permits else first, first if permits else last)
    return replace(found, hedge=_hedge(each, point))


def read_closing(each: Instruction, placer: Placer) -> Bound:
    """Return where an instruction's window closes."""
    window = each.window
    if each.verb is Verb.WAIT_SINCE:
        _, after = interval_bounds(each)
        first, last = placer.place(after, closing=True, skip_counted=True)
        return Bound(last, first)
    permits = each.verb.permits
    point = window.at or implied_until(each)
    found = Bound()
    if point is not None:
        first, last = _closing_places(each, point, placer)
        early = permits and not isinstance(point, NumberedDay)
        found = _range(point, first if early else last, last if early else first)
        found = replace(found, hedge=_hedge(each, point))
    if ends_itself(each):
        return Bound(words=COURSE_ENDS)
    if window.until_state is None and window.until_words is None:
        return found
    mode = None if window.until_state is None else _state_mode(each, found)
    state = " ".join(window.until_state.lower().split()) if window.until_state else None
    words = " ".join(window.until_words.lower().split()) if window.until_words else None
    return replace(found, state=state, mode=mode, words=words)


def _closing_places(each: Instruction, point: Point, placer: Placer) -> tuple[Place, Place]:
    permits, start = each.verb.permits, implied_start(each)
    if not isinstance(point, Length):
        closing = each.window.at is None
        return placer.place(point, closing=closing, skip_counted=permits)
    if start is None:
        raise TypeError("a length is counted from a beginning")
    return placer.place_length(point, placer.place(start, closing=False, skip_counted=permits))


def _hedge(each: Instruction, point: Point) -> Qualifier | None:
    """Return a hedge that makes a duty or an expectation another; a ban is wide in any case."""
    if each.verb.restricts or not isinstance(point, Offset | Clock | Length):
        return None
    return point.qualifier if point.qualifier in _HEDGES else None


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
            return StateMode.LATER if each.verb.restricts else StateMode.SOONER


def _range(point: Point, careful: Place, other: Place) -> Bound:
    """Return a bound; what a "Day 1" may mean is no range but one careful reading."""
    if isinstance(point, NumberedDay):
        return bound_at(careful)
    return Bound(careful, other, wish=is_wish(point))
