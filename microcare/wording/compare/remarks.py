"""What a reader must know to understand two rules: names, ways of counting, persons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from microcare.core.compare.strictness import Facet
from microcare.core.sheet.anchoring import list_point_anchors
from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.points import DAY_MINUTES, Clock, Edge
from microcare.core.sheet.protocol import Protocol
from microcare.core.time.order import find_range, is_known
from microcare.core.time.places import AT_END, AT_START, BEGIN, TREATMENT_DAY, Move, Place, Way
from microcare.wording.compare.sayings import time_words
from microcare.wording.dates import part_words
from microcare.wording.labels import about_words, label_anchor
from microcare.wording.verbs import written_verb

if TYPE_CHECKING:
    from microcare.core.compare.comparison import ComparedTopic, Said

_MONTHS = (Way.MONTHS, Way.LAST_MONTHS)


def name_remarks(compared: ComparedTopic, holders: Iterable[tuple[str, Protocol]]) -> Iterable[str]:
    """Yield what the names in the times stand for, once where both protocols mean the same.

    What is equal without saying is left out: parts of the day that are the same hours.

    `holders` are the two protocols with the names they are called by.
    """
    (left, first), (right, second) = holders
    ours, theirs = _meanings(compared.left, first), _meanings(compared.right, second)
    for label in dict.fromkeys((*ours, *theirs)):
        one, other = ours.get(label), theirs.get(label)
        if one == other or one is None or other is None:
            yield f"“{label}” is: {one or other}."
        else:
            yield f"“{label}” is in {left}: {one}; in {right}: {other}."
    parts = dict.fromkeys(name for said in compared.sides for name in _parts_of_day(said))
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


def _meanings(said: Said, protocol: Protocol) -> Mapping[str, str]:
    """Return the instructions that times count from, by their labels; a label may have several."""
    waiting = [name for each in said.governing for name in list_point_anchors(each.instruction)]
    found: dict[str, str] = {}
    seen: set[str] = set()
    while waiting:
        name = waiting.pop(0)
        if name in protocol.by_id and name not in seen:
            seen.add(name)
            anchor, label = protocol.by_id[name], label_anchor(name, protocol)
            words = _instruction_words(anchor, protocol)
            found[label] = f"{found[label]}; or {words}" if label in found else words
            waiting += list_point_anchors(anchor)
    return found


def _instruction_words(instruction: Instruction, protocol: Protocol) -> str:
    when = time_words(instruction, protocol)
    return f"{written_verb(instruction)} {about_words(instruction, protocol)} ({when})"


def boundary_remarks(one: Place, other: Place) -> Iterable[str]:
    """Yield why places that count in different ways stand as they do."""
    units = _unit(one), _unit(other)
    if units[0] is units[1] or None in units:
        return
    if not {AT_START, AT_END}.isdisjoint({one, other}):
        return
    for each, unit in zip((one, other), units, strict=True):
        if unit is Way.MONTHS:
            count = next(abs(move.count) for move in each.moves if move.way in _MONTHS)
            month = TREATMENT_DAY.then(Move(Way.MONTHS, count), BEGIN)
            least, most = (minutes // DAY_MINUTES for minutes in find_range(month))
            months = "1 month is" if count == 1 else f"{count} months are"
            unclear = "" if _apart(one, other) else ", so which is longer depends on the month"
            yield f"{months} {least} to {most} days{unclear}."
    if Way.MONTHS not in units:
        if not _apart(one, other):
            yield (
                "Hours count from the appointment's own time, whole days from midnight: which is "
                "longer depends on the time of day."
            )
        elif min(abs(a - b) for a in find_range(one) for b in find_range(other)) == 0:
            yield (
                "Hours count from the appointment's own time, whole days begin and end at "
                "midnight: that decides between lengths of one size."
            )


def _unit(place: Place) -> Way | None:
    """Return what a place counts from the appointment: minutes, days or months; None if neither."""
    ways = [move.way for move in place.moves]
    if not isinstance(place.origin, Edge) or not is_known(place):
        return None
    if all(way is Way.ELAPSE for way in ways):
        return Way.ELAPSE
    if ways[0] is Way.ELAPSE:
        return None
    return Way.DAYS if set(ways).isdisjoint(_MONTHS) else Way.MONTHS


def _apart(one: Place, other: Place) -> bool:
    (first, last), (other_first, other_last) = find_range(one), find_range(other)
    return first >= other_last or last <= other_first


def person_remarks(compared: ComparedTopic) -> Iterable[str]:
    """Yield why a rule under which a person decides is not simply as strict as one without."""
    if not compared.family.traits.restricts:
        return
    if Facet.ASK_FIRST in compared.facets:
        yield "Where another person is asked first, the rule alone doesn't decide."
    lifted = [
        {each.instruction.override_by is not None for each in said.governing}
        for said in compared.sides
    ]
    if Facet.OVERRIDE in compared.facets and len(lifted[0] | lifted[1]) > 1:
        yield "A rule that nobody may lift is stricter than one that a person may lift."
