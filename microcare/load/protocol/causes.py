"""What the dates of an instruction depend on beside its own words, as the subjects of problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from microcare.core.sheet.anchoring import list_point_anchors
from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.points import Clock, is_numbered
from microcare.core.sheet.problems import Subject


def list_causes(
    instruction: Instruction, instructions: Iterable[Instruction]
) -> tuple[Subject, ...]:
    """Return what an instruction's dates depend on, the nearest first.

    That is the numbering of its days, its parts of the day, the instructions that it counts from,
    and what those depend on in turn.
    """
    known = {each.id: each for each in instructions}
    found: dict[Subject, None] = {}
    waiting = [instruction]
    for each in waiting:
        found.update(dict.fromkeys(_own_causes(each)))
        for name in list_point_anchors(each):
            about = Subject("instructions", name)
            if name in known and about not in found:
                found[about] = None
                waiting.append(known[name])
    return tuple(found)


def _own_causes(instruction: Instruction) -> Iterator[Subject]:
    window = instruction.window
    for point in window.points:
        if is_numbered(point):
            yield Subject("day-1")
        if isinstance(point, Clock) and point.time.name is not None:
            yield Subject("times-of-day", point.time.name)
    # "First 3 nights" are kept as clock times alone.
    if "night" in (window.stated.whole or "").lower():
        yield from (Subject("times-of-day", name) for name in ("night", "waking"))
    for rhythm in (instruction.repetition, *(step.repetition for step in instruction.steps)):
        if rhythm is not None and rhythm.waking:
            yield Subject("times-of-day", "waking")
        for time in rhythm.times if rhythm is not None else ():
            if time.name is not None:
                yield Subject("times-of-day", time.name)
