"""What a sheet implies of a window before any date is known: its bounds and its sides."""

from __future__ import annotations

from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.points import (
    Clock,
    Edge,
    Length,
    Offset,
    Point,
    Qualifier,
    Side,
    find_side,
)


def imply_start(instruction: Instruction) -> Point | None:
    """Return where a window opens: an after-window that names no start opens at the end.

    "After" is known from the window's own end, or from an end that only the body can tell.
    """
    window = instruction.window
    if window.start is not None:
        return window.start
    if window.until is not None:
        return Edge(Side.AFTER) if find_side(window.until) is Side.AFTER else None
    if window.until_state is not None or window.until_words is not None:
        return Edge(Side.AFTER)
    return None


def imply_until(instruction: Instruction) -> Point | None:
    """Return where a window closes: a before-window that names no end closes at the start."""
    window = instruction.window
    if window.until is not None:
        return window.until
    if window.until_state is not None or window.until_words is not None:
        return None
    if ends_itself(instruction):
        return None
    if window.start is not None and find_side(window.start) is Side.BEFORE:
        return Edge(Side.BEFORE)
    return None


def ends_itself(instruction: Instruction) -> bool:
    """Return whether it is a course's own steps or count, and nothing else, that end it."""
    window = instruction.window
    stated = (window.at, window.until, window.until_state, window.until_words)
    return instruction.has_last_dose and all(each is None for each in stated)


def closes_at_start(instruction: Instruction) -> bool:
    """Return whether a window closes because the treatment begins, which releases nobody."""
    until = imply_until(instruction)
    if instruction.verb.traits.is_interval:
        crosses = instruction.window.until is not None
        return not crosses and find_window_sides(instruction)[0] is Side.BEFORE
    return isinstance(until, Edge) and until.side is Side.BEFORE and until.lies is None


def comes_without(instruction: Instruction) -> bool:
    """Return whether it names what the patient must come without: a ban at the start itself.

    The loader takes a ban at no other moment, since it would forbid nothing before and after it.
    """
    return instruction.verb.traits.restricts and instruction.window.at is not None


def is_deadline(instruction: Instruction) -> bool:
    """Return whether something is to be done by a moment, at whatever time before it."""
    at = instruction.window.at
    return isinstance(at, Offset | Clock) and at.qualifier is Qualifier.NO_LATER


def find_window_sides(instruction: Instruction) -> tuple[Side, ...]:
    """Return the sides of the treatment on which a window opens and closes, each once.

    One without any time lies on no side: ANY.
    """
    window = instruction.window
    if window.at is not None:
        return (find_side(window.at),)
    bounds = (imply_start(instruction), imply_until(instruction))
    sides = [find_side(point) for point in bounds if point is not None]
    if bounds[0] is not None and bounds[1] is None:
        sides.append(Side.AFTER)
    return tuple(dict.fromkeys(sides)) or (Side.ANY,)


def find_window_edges(instruction: Instruction) -> tuple[Point | None, Point | None]:
    """Return what a window's two ends stand on, implied ones too; of a length in hours its start.

    None is an end that stands on a date, or on nothing.
    """
    if instruction.verb.traits.is_interval:
        return find_interval_bounds(instruction)
    start, until = imply_start(instruction), imply_until(instruction)
    if isinstance(until, Length):
        return start, start if until.quantity.unit.elapses else None
    return start, until


def find_interval_bounds(instruction: Instruction) -> tuple[Offset | Edge, Offset | Edge]:
    """Return where a minimum interval begins and ends.

    One on a single side is bounded on the other by the anchor itself. Raises TypeError where it
    counts nothing.
    """
    found: dict[Side, Offset] = {}
    for point in (instruction.window.start, instruction.window.until):
        if isinstance(point, Offset):
            found[point.side] = point
    if not found:
        raise TypeError("a minimum interval is counted from the appointment")
    anchor = next(iter(found.values())).anchor
    before = found.get(Side.BEFORE) or Edge(Side.AFTER, anchor)
    return before, found.get(Side.AFTER) or Edge(Side.BEFORE, anchor)
