"""The rules of one row in short: "48 h", "days 2–7, SPF 30+", "no end"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from microcare.core.compare.condition_keys import implies
from microcare.core.sheet.points import Edge, Side
from microcare.core.sheet.protocol import Protocol
from microcare.core.sheet.verbs import Verb
from microcare.core.time.order import Order, order_places
from microcare.wording.compare.folding import find_lead
from microcare.wording.compare.sayings import ON_ITS_OWN, find_time, relevant_exceptions
from microcare.wording.conditions import condition_text
from microcare.wording.courses import quantities
from microcare.wording.persons import person_words

if TYPE_CHECKING:
    from microcare.core.compare.comparison import ComparedTopic, Said
    from microcare.core.compare.statements import Statement

PARTLY = "*"
"""What marks a rule that is limited to an area, or leaves out some of what it is about."""

_LENGTH = r"\d+(?:–\d+)? (?:min|h|d|weeks?|months?|years?)"
_COUNTED = rf"(?<![:\d] )(?<![ap]m )(\b{_LENGTH})"
"""A length of time that no time of day stands before: "18:00 2 d after" keeps its words."""

ALL_DAY = "all day"
_UNITS = {"minute": "min", "hour": "h", "day": "d"}
_SHORTER = (
    (r"(\d+) to (\d+)", r"\1–\2"),
    (r"\b(\d+) (minute|hour|day)s?\b", lambda found: f"{found[1]} {_UNITS[found[2]]}"),
    (r"\bfor up to\b", "up to"),
    (r"\buntil treatment day\b", "to the day"),
    (r"\btreatment day\b", "the day"),
    (r"\bat the (start|end)\b", r"at \1"),
    (r"\b(before|after) until\b", r"\1 to"),
    (r"\bno end stated\b", "no end"),
    (r"\bno time stated\b", "no time"),
    (r"\brecommended\b", "advised"),
    (r" or higher\b", "+"),
    (r"\byour skin\b", "skin"),
)


def shorten(words: str) -> str:
    """Return a rule's words with units, ranges and set phrases in short; the rest as it stands."""
    for pattern, short in _SHORTER:
        words = re.sub(pattern, short, words)
    return words


def rule_words(
    row: ComparedTopic, said: Said, protocol: Protocol, *, banned: bool, led: bool
) -> Iterable[tuple[str, str]]:
    """Yield the rules of one row in short, each behind its condition, if it has one of its own.

    Those that differ in the time alone are one. Where the topic is `banned` too, that says when
    it may be resumed.
    """
    times: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for each in _leading(row, said, protocol):
        if each.releases and banned:
            continue
        condition = ""
        if each.condition is not None and not (row.key and implies(row.key, each.key)):
            condition = condition_text(each.condition, protocol.factors)
        time = _time_words(each, row, protocol)
        if each.instruction.area is not None or relevant_exceptions(each, row, protocol):
            time = f"{time or ON_ITS_OWN}{PARTLY}"
        lead = find_lead(each.family) if led or each.family is not row.family else ""
        times.setdefault((condition, lead, _further(each, protocol)), []).append(time)
    for (condition, lead, further), stated in times.items():
        joint = " and " if row.family.traits.restricts else ", "
        listed = list(dict.fromkeys(filter(None, stated)))
        words = joint.join(listed if joint != ", " else _join_days(listed))
        words = ", ".join(filter(None, [words, *further]))
        yield condition, f"{lead} {words}".strip() or ON_ITS_OWN


def _further(each: Statement, protocol: Protocol) -> tuple[str, ...]:
    """Return what a rule says beside its time."""
    instruction = each.instruction
    words = [*quantities(instruction, protocol.topics, each.topic), *person_words(instruction)]
    return tuple(shorten(each) for each in words if each != instruction.area)


def _leading(row: ComparedTopic, said: Said, protocol: Protocol) -> Sequence[Statement]:
    """Return the rules to be told of one row: without those that its own outlast, or replace.

    What is said of the topic itself comes before what is said of its groups, and what is asked
    for before what is allowed. A ban of a group is told where it may last longer.
    """
    governing = _list_distinct(said.governing, row, protocol)
    own = [each for each in governing if each.topic == row.topic]
    if not own:
        return governing
    if row.family.traits.restricts:
        wide = [each for each in governing if each.topic != row.topic]
        return [*own, *(each for each in wide if not any(_outlasts(one, each) for one in own))]
    own = [each for each in own if each.family is row.family] or own
    return [each for each in own if not any(_includes(one, each) for one in own)]


def _list_distinct(
    statements: Iterable[Statement], row: ComparedTopic, protocol: Protocol
) -> Sequence[Statement]:
    """Return statements without those that say the same as one before."""
    found: dict[object, Statement] = {}
    for each in statements:
        instruction = each.instruction
        limits = (instruction.area, relevant_exceptions(each, row, protocol))
        holds = (each.key, each.family, each.opens, each.closes, instruction.stated_as)
        whose = (each.topic == row.topic, _further(each, protocol))
        found.setdefault((holds, limits, whose), each)
    return tuple(found.values())


def _includes(one: Statement, other: Statement) -> bool:
    """Return whether one duty asks everyone for all that another does, and for longer."""
    if one is other or one.key or one.family is not other.family:
        return False
    pairs = [(one.opens.careful, other.opens.careful)]
    if not one.closes.is_open:
        if one.closes.words or one.closes.state or other.closes.words or other.closes.state:
            return False
        pairs.append((other.closes.careful, one.closes.careful))
    orders = [
        order_places(later, earlier) if earlier and later else Order.UNCLEAR
        for earlier, later in pairs
    ]
    said, said_too = (
        {*quantities(each.instruction, {}, each.topic), *person_words(each.instruction)}
        for each in (one, other)
    )
    return all(each.reaches for each in orders) and (
        said_too < said or (said_too == said and Order.GREATER in orders)
    )


def _outlasts(one: Statement, other: Statement) -> bool:
    """Return whether a ban certainly holds as long as another one, on its side."""
    if one.side is Side.AFTER:
        if one.closes.is_open:
            return True
        ends, ends_too = one.closes.careful, other.closes.careful
        if ends is None or ends_too is None or other.closes.state is not None:
            return False
        return order_places(ends, ends_too).reaches
    begins, begins_too = one.opens.careful, other.opens.careful
    if begins is None or begins_too is None:
        return False
    return order_places(begins_too, begins).reaches


def _time_words(each: Statement, row: ComparedTopic, protocol: Protocol) -> str:
    """Return when a rule holds; what the side of its row says by itself is left out."""
    instruction = each.instruction
    time = find_time(instruction, protocol, days=False)
    arrives = row.family.traits.needs_notice and isinstance(instruction.window.at, Edge)
    if time is None or arrives or (row.side is Side.ANY and time == "no time stated"):
        return ""
    time = shorten(time)
    for label in protocol.anchors.values():
        # What is done at the appointment is no other time than its own.
        time = time.replace(f" {row.side.value} {label}", f" {row.side.value}")
    if instruction.verb.traits.is_interval:
        time = time.removeprefix("last one at least ")
    match row.side:
        case Side.BEFORE:
            return re.sub(rf"^((?:at least )?{_LENGTH}) before(?=$|, if)", r"\1", time)
        case Side.DAY_OF if time == "the day":
            return ALL_DAY if row.family.traits.restricts else ""
        case Side.AFTER if "before" not in time:
            return _shorten_after(time, row, resumes=instruction.stated_as is not None)
        case _:
            return time


def _shorten_after(time: str, row: ComparedTopic, *, resumes: bool) -> str:
    """Return a time after the treatment: of a ban, and of what is expected, how long it lasts."""
    bans = row.family.traits.restricts
    if bans or row.family is Verb.EXPECT:
        time = re.sub(rf"^until (?=(?:at least |up to )?{_LENGTH} after)", "", time)
    if not time.startswith("until "):
        time = re.sub(rf"{_COUNTED} after\b(?=$|,| (?:on|or|and|until|to)\b)", r"\1", time)
    time = re.sub(r"^from the treatment on(, |$)", "", time)
    if not bans:
        return time.replace(" on, no end", " on")
    return re.sub(r"^(from|once) ", "until ", time) if resumes else time


def _join_days(times: Iterable[str]) -> Iterable[str]:
    """Yield times, numbered days that follow one another as one: "day 1", "days 2–7": 1–7."""
    waiting: tuple[int, int | None] | None = None
    for each in times:
        found = re.fullmatch(r"days? (\d+)(?:–(\d+))?( on)?", each)
        if found is None:
            if waiting:
                yield _day_words(*waiting)
                waiting = None
            yield each
            continue
        first, last = int(found[1]), None if found[3] else int(found[2] or found[1])
        if waiting and waiting[1] is not None and waiting[0] <= first <= waiting[1] + 1:
            waiting = waiting[0], None if last is None else max(last, waiting[1])
        else:
            if waiting:
                yield _day_words(*waiting)
            waiting = first, last
    if waiting:
        yield _day_words(*waiting)


def _day_words(first: int, last: int | None) -> str:
    if last is None:
        return f"day {first} on"
    return f"day {first}" if first == last else f"days {first}–{last}"
