"""Which instructions count from which, and an order in which each can be dated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.points import APPOINTMENT, is_numbered
from microcare.core.sheet.protocol import Protocol


def list_point_anchors(instruction: Instruction) -> tuple[str, ...]:
    """Return what an instruction's times count from, each once."""
    return tuple(dict.fromkeys(point.anchor for point in instruction.window.points))


def find_anchor_ids(instructions: Iterable[Instruction]) -> frozenset[str]:
    """Return the ids of the instructions that others count from."""
    listed = tuple(instructions)
    named = {point.anchor for each in listed for point in each.window.points} - {APPOINTMENT}
    return frozenset(named & {each.id for each in listed}) if named else frozenset()


def find_numbered(protocol: Protocol) -> frozenset[str]:
    """Return the ids of what counts from a day that the sheet numbers, also through others."""
    found: set[str] = set()
    for each in order_by_anchor(protocol.instructions):
        numbered = any(map(is_numbered, each.window.points))
        if numbered or not found.isdisjoint(list_point_anchors(each)):
            found.add(each.id)
    return frozenset(found)


def order_by_anchor(instructions: Sequence[Instruction]) -> tuple[Instruction, ...]:
    """Return the instructions, each behind those that it counts from; circles come last."""
    ordered, stuck = _sort_out(instructions)
    return ordered + stuck


def _sort_out(
    instructions: Sequence[Instruction],
) -> tuple[tuple[Instruction, ...], tuple[Instruction, ...]]:
    """Return what can be dated in its order, and what takes part in a circle or waits for one."""
    known = {each.id: each for each in instructions}
    waiting: dict[str, int] = {}
    followers: dict[str, list[str]] = {}
    for name, each in known.items():
        anchors = [anchor for anchor in list_point_anchors(each) if anchor in known]
        waiting[name] = len(anchors)
        for anchor in anchors:
            followers.setdefault(anchor, []).append(name)
    ready = [name for name, count in waiting.items() if not count]
    for name in ready:
        for follower in followers.get(name, ()):
            waiting[follower] -= 1
            if not waiting[follower]:
                ready.append(follower)
    stuck = (each for name, each in known.items() if waiting[name])
    return tuple(known[name] for name in ready), tuple(stuck)


def find_circle(instructions: Sequence[Instruction]) -> tuple[Instruction, ...]:
    """Return the instructions whose times wait for each other, none where there is no circle.

    What waits for a circle, or is waited for by one, takes no part in it.
    """
    _, stuck = _sort_out(instructions)
    anchors = {each.id: set(list_point_anchors(each)) for each in stuck}
    return tuple(each for each in stuck if each.id in _reach(each.id, anchors))


def _reach(name: str, anchors: Mapping[str, set[str]]) -> set[str]:
    """Return all that an instruction's times wait for, near and far."""
    found: set[str] = set()
    waiting = list(anchors[name])
    while waiting:
        anchor = waiting.pop()
        if anchor in anchors and anchor not in found:
            found.add(anchor)
            waiting += anchors[anchor]
    return found
