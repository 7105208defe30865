"""What the names in a rule's time stand for: other instructions, events, parts of the day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.points import Clock
from microcare.core.sheet.protocol import Protocol
from microcare.core.time.anchors import point_anchors
from microcare.wording.compare.sayings import time_words
from microcare.wording.dates import part_words
from microcare.wording.labels import about_words
from microcare.wording.verbs import written_verb

if TYPE_CHECKING:
    from microcare.core.compare.comparison import ComparedTopic, Said


def name_remarks(row: ComparedTopic, holders: Iterable[tuple[str, Protocol]]) -> Iterable[str]:
    """Yield what the names in a row's times stand for, once where both protocols mean the same.

    What is equal without saying is left out: parts of the day that are the same hours.

    `holders` are the two protocols with the names they are called by.
    """
    (left, first), (right, second) = holders
    ours, theirs = dict(_meanings(row.left, first)), dict(_meanings(row.right, second))
    for ident in dict.fromkeys((*ours, *theirs)):
        one, other = ours.get(ident), theirs.get(ident)
        if one == other or one is None or other is None:
            yield f"“{ident}” is: {one or other}."
        else:
            yield f"“{ident}” is in {left}: {one}; in {right}: {other}."
    parts = dict.fromkeys(name for said in row.sides for name in _parts_of_day(said))
    for name in parts:
        mine, others = first.times_of_day.get(name), second.times_of_day.get(name)
        if mine is not None and others is not None and mine != others:
            yield f"“{name}” is in {left}: {part_words(mine)}; in {right}: {part_words(others)}."


def _parts_of_day(said: Said) -> Iterable[str]:
    """Yield the parts of the day on which rules begin or end; a rhythm's are told as times."""
    for each in said.governing:
        window = each.instruction.window
        for point in (window.at, window.start, window.until):
            if isinstance(point, Clock) and point.time.name is not None:
                yield point.time.name


def _meanings(said: Said, protocol: Protocol) -> Iterable[tuple[str, str]]:
    known = {each.id: each for each in protocol.instructions}
    waiting = [name for each in said.governing for name in point_anchors(each.instruction)]
    found: set[str] = set()
    while waiting:
        name = waiting.pop(0)
        if name in found:
            continue
        found.add(name)
        if name in known:
            yield name, _instruction_words(known[name], protocol)
            waiting += point_anchors(known[name])
        elif name in protocol.anchors and name.replace("-", " ") not in protocol.anchors[name]:
            yield name, f"{protocol.anchors[name]}, at the appointment"


def _instruction_words(instruction: Instruction, protocol: Protocol) -> str:
    when = time_words(instruction)
    return f"{written_verb(instruction)} {about_words(instruction, protocol)} ({when})"
