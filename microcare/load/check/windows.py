"""Windows that a reader would doubt: on a strange side, a day for a state, a date too long."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.points import (
    APPOINTMENT,
    Clock,
    Edge,
    Length,
    NumberedDay,
    Point,
    RelativeDay,
    Side,
    Unit,
    find_side,
)
from microcare.core.sheet.problems import Code
from microcare.core.sheet.protocol import DayOne, Protocol
from microcare.core.sheet.verbs import Verb
from microcare.load.check.doubts import Doubt, Entry, find_child
from microcare.load.keys import TIME_KEYS
from microcare.load.source.nodes import Mark, Scalar
from microcare.load.times.offsets import TREATMENT_NAMES
from microcare.wording.rules import rule_text

_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}
_LEAST_ALIKE = 3
"""How many neighbours on one side make a section whose name says nothing one of that side."""

_ITEM_NAMES = (
    r"(?:items?|bullets?|points?|sentences?|paragraphs?|lines?|rows?|no\.?|number|steps?|rules?)"
)
_ITEM_NUMBER = r"(?:\d[\w.,–-]*|[a-z])(?:\s*(?:to|and|-|–)\s*\d+)?"
_ITEM = re.compile(
    rf"[\s,;:./–—-]*(?:\b{_ITEM_NAMES}\s*{_ITEM_NUMBER}|[§#(]\s*{_ITEM_NUMBER}\)?"
    rf"|\b(?:first|second|third|fourth|fifth|last) {_ITEM_NAMES})\s*$"
    r"|(?<!\bday)(?<!\bdays)(?<!\bweek)(?<!\bweeks)(?<!\bpage)(?<!\bpart)(?<!\bphase)(?<!\bp\.)"
    r"\s\(?\d+[a-z]?[.)]?\s*$"
    r"|[,;:/]\s*\(?\d+[a-z]?[.)]?\s*$"
)
"""The number of an item at the end of a source; “Day 1” and “page 2” are none."""
_OTHERS = {Side.BEFORE: Side.AFTER, Side.AFTER: Side.BEFORE}
_NAMED = {
    Side.BEFORE: re.compile(
        r"\bbefore\b|\bpre\b|\bpre-?op|\bpretreatment|\bprior\b|\bprepar|\bahead of\b"
    ),
    Side.AFTER: re.compile(
        r"\bafter\b|\baftercare\b|\bafterwards?\b|\bpost|\bfollowing\b|\brecover|\bhealing\b"
        r"|\bdays? \d|\bfirst (?:hours|days|weeks?)\b"
    ),
}
"""By what the name of a section tells on which side it is."""
_NOUNS = "|".join(sorted(TREATMENT_NAMES))
_SAID_SIDES = {
    Side.BEFORE: r"\b(?:before|prior to)",
    Side.AFTER: r"\bafter(?:wards?)?",
}
"""How a sentence says that it means the other side than its section."""

# A ban of a day whose sentence asks how the patient comes.
_COMES = r"\b(?:come|arrive|attend|show up|turn up|check in)\b"
_BARE = r"\b(?:without|with (?:no|washed|freshly)|free (?:of|from)|clean|bare|unshaven)\b"
_ARRIVAL = re.compile(
    rf"{_COMES}[^.;!?]*(?:{_BARE}|\b(?:wearing no|not wear))"
    rf"|\b(?:not|never|n.t) {_COMES[2:]}[^.;!?]*\b(?:with|wearing)\b"
    rf"|\b(?:no|not|without|free of)\b[^.;!?]* (?:to|for) (?:your|the) (?:{_NOUNS})\b"
)
_ALL_DAY = re.compile(
    r"\b(?:all day|(?:whole|entire|rest of the) day|next day|for the day|afterwards?|day after)\b"
)


def check_sides(
    entries: tuple[Entry, ...], every: tuple[Entry, ...], protocol: Protocol
) -> Iterator[Doubt]:
    """Yield the instructions that lie before the treatment in a section about afterwards, or after.

    A section is the part of `source` before the number of an item. What it is about is told by
    its name, and by its other instructions. A sentence that names its own side is believed.
    """
    sections: dict[str, Counter[tuple[Side, ...]]] = {}
    for entry in every:
        for name in _list_sections(entry.instruction):
            sections.setdefault(name.lower(), Counter()).update([entry.instruction.sides])
    for entry in entries:
        instruction = entry.instruction
        side = _strange_side(instruction)
        if side is None or _says_side(instruction.text, side, protocol):
            continue
        names = _list_sections(instruction)
        name = next((each for each in names if sections[each.lower()].total() > 1), "")
        neighbours = sections.get(name.lower(), Counter()) - Counter([instruction.sides])
        if not _is_strange(side, name.lower(), neighbours):
            continue
        other = _OTHERS[side]
        message = (
            f"“{instruction.id}” ({rule_text(instruction, protocol)}) lies {side.value} the"
            f" treatment, the rest of “{name}” {other.value} it."
        )
        hint = f"write “{other.value}” in its time, or “{side.value} your treatment” in “say”"
        yield Doubt(_time_mark(entry, side), Code.OTHER_SIDE, message, hint)


def _is_strange(side: Side, section: str, neighbours: Mapping[tuple[Side, ...], int]) -> bool:
    other = _OTHERS[side]
    opposite = neighbours.get((other,), 0)
    alike = sum(count for sides, count in neighbours.items() if side in sides)
    named = {each for each, words in _NAMED.items() if words.search(section)}
    if named == {other}:
        # What comes afterwards is told beforehand more often than the other way round.
        return opposite > (alike if side is Side.BEFORE else alike + 1)
    return not named and opposite >= _LEAST_ALIKE and alike == 0


def _strange_side(instruction: Instruction) -> Side | None:
    """Return the side on which an instruction may be out of place, None where it never is.

    One before the treatment may reach beyond it, and announce what comes.
    """
    sides = {find_side(each) for each in instruction.window.points if _is_counted(each)}
    if Side.BEFORE in sides:
        return Side.BEFORE
    traits = instruction.verb.traits
    binds = traits.restricts or traits.doses or traits.permits or instruction.verb is Verb.ARRIVE
    if sides == {Side.AFTER} and instruction.sides == (Side.AFTER,) and binds:
        return Side.AFTER
    return None


def _is_counted(point: Point) -> bool:
    """Return whether a point is told by its distance from the treatment, and not from a rule."""
    return not isinstance(point, Edge | Length) and point.anchor == APPOINTMENT


def _list_sections(instruction: Instruction) -> list[str]:
    """Return the section in which an instruction stands, then what that is a part of."""
    name = (instruction.source or "").partition(";")[0].strip()
    while found := _ITEM.search(name.lower()):
        name = name[: found.start()].strip()
    parts = re.split(r"\s*[,:/–—]\s*", name)
    wider = (", ".join(parts[:n]) for n in range(len(parts) - 1, 0, -1))
    return [each for each in dict.fromkeys((name, *wider)) if each]


def _says_side(text: str, side: Side, protocol: Protocol) -> bool:
    """Return whether a sentence says itself on which side of the treatment it holds."""
    own = re.findall(r"[a-z]+", f"{protocol.title} {protocol.procedure}".lower())
    labels = [each.lower() for each in protocol.anchors.values()]
    names = "|".join(map(re.escape, (*TREATMENT_NAMES, *own, *labels, "test", "exam")))
    treatment = rf" (?:(?:your|the|this|our|a) )?(?:{names})s?\b"
    said = rf"{_SAID_SIDES[side]}(?:{treatment}| (?:and|or|until) |[.,;]|$)"
    return re.search(said, " ".join(text.lower().split())) is not None


def _time_mark(entry: Entry, side: Side) -> Mark:
    """Return where the time stands that puts an instruction on a side."""
    nodes = (find_child(entry.node, key) for key in TIME_KEYS)
    texts = [each for each in nodes if isinstance(each, Scalar)]
    named = [each for each in texts if side.value in each.text.lower()]
    return (named or texts)[0].mark


def check_states(entries: tuple[Entry, ...], protocol: Protocol) -> Iterator[Doubt]:
    """Yield the bans of the treatment day whose sentence asks for a state at arrival.

    They would print “fine again” on the day after, though nothing was ever forbidden then.
    """
    for entry in entries:
        instruction = entry.instruction
        if not instruction.verb.traits.restricts or not _ends_with_day(instruction, protocol):
            continue
        text = " ".join(instruction.text.lower().split())
        if "say" in entry.node.entries and _ARRIVAL.search(text) and not _ALL_DAY.search(text):
            message = "The sentence asks how to come, but the rule forbids something for a day."
            hint = "write “at: start”; as it stands, a plan says “fine again” on the next day"
            yield Doubt(_time_mark(entry, Side.DAY_OF), Code.STATE_FOR_A_DAY, message, hint)


def _ends_with_day(instruction: Instruction, protocol: Protocol) -> bool:
    until = instruction.window.until
    match until.day if isinstance(until, Clock) else until:
        case RelativeDay(days=0, anchor=anchor):
            return anchor == APPOINTMENT or anchor in protocol.anchors
        case NumberedDay(number=1):
            return protocol.day_one is DayOne.TREATMENT_DAY
        case _:
            return False


def check_lengths(entries: tuple[Entry, ...]) -> Iterator[Doubt]:
    """Yield the lengths in days that begin with a part of a day, and so reach one date further.

    A note says that it is meant; where the doses are counted the number of dates means nothing.
    """
    for entry in entries:
        instruction = entry.instruction
        start, rhythm = instruction.window.start, instruction.repetition
        counted = rhythm is not None and rhythm.count_max is not None
        node = find_child(entry.node, "for") or find_child(entry.node, "steps")
        if node is None or counted or instruction.note is not None or not _is_part_of_day(start):
            continue
        days = _days_of(instruction)
        if days is not None:
            part = instruction.window.stated.start
            message = f"From “{part}” on, {days} days reach over {days + 1} dates."
            hint = "begin with a whole day, state the end with “until”, or the doses with “count”"
            yield Doubt(node.mark, Code.ONE_DATE_MORE, message, hint)


def _is_part_of_day(start: Point | None) -> bool:
    return isinstance(start, Clock) and start.time.name is not None


def _days_of(instruction: Instruction) -> int | None:
    """Return the days of a window or of all its steps, None where it is told otherwise."""
    until = instruction.window.until
    lengths = [each.length for each in instruction.steps]
    if isinstance(until, Length):
        lengths = [until.quantity]
    elif until is not None:
        return None
    found = [each for each in lengths if each is not None]
    if len(found) < len(lengths) or not found or any(e.unit not in _DAYS for e in found):
        return None
    return sum(each.most * _DAYS[each.unit] for each in found)
