"""What a protocol says of a thing in a narrow cell: "48 h", "day 2–7", "3–4 d; if …", "no end"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from microcare.core.compare.condition_keys import ConditionKey, implies
from microcare.core.sheet.conditions import Not
from microcare.core.sheet.points import Edge, Side
from microcare.core.sheet.protocol import Protocol
from microcare.core.sheet.verbs import Verb
from microcare.core.time.order import Order, order_places
from microcare.wording.compare.folding import Item, find_lead
from microcare.wording.compare.sayings import (
    ON_ITS_OWN,
    condition_words,
    find_time,
    name_topic,
    relevant_exceptions,
)
from microcare.wording.conditions import condition_text
from microcare.wording.courses import quantities
from microcare.wording.persons import person_words

if TYPE_CHECKING:
    from microcare.core.compare.comparison import ComparedTopic, Comparison, Said
    from microcare.core.compare.statements import Statement

PARTLY = "*"
"""What marks a rule that is limited to an area, or leaves out some of what it is about."""

SILENT = "–"
"""What stands where a protocol says nothing."""

_LENGTH = r"\d+(?:–\d+)? (?:min|h|d|weeks?|months?|years?)"
_COUNTED = rf"(?<![:\d] )(?<![ap]m )(\b{_LENGTH})"
"""A length of time that no time of day stands before: "18:00 2 d after" keeps its words."""

_ALL_DAY = "all day"
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


def topic_rules(
    rows: Sequence[ComparedTopic], side: int, comparison: Comparison, *, led: bool = False
) -> tuple[str, ...]:
    """Return what a protocol says of one topic, in rows under its conditions; () for nothing.

    The one condition of all of them is left out. `side` is 0 for the left protocol of the
    comparison, 1 for the right. If `led`, what is no ban begins with what it is: do, may.
    """
    protocol = (comparison.left, comparison.right)[side]
    told: dict[tuple[str, str], list[ComparedTopic]] = {}
    banned = any(row.family.traits.restricts for row in rows)
    for row in rows:
        for rule in _rule_words(row, row.sides[side], protocol, banned=banned, led=led):
            told.setdefault(rule, []).append(row)
    shared = {row.key for row in rows}
    plain, further = list[str](), list[str]()
    for (condition, words), said in told.items():
        if condition and plain and not said[0].family.traits.restricts:
            # Beside what is asked of everyone.
            further.append(f"more if {condition}")
        elif len(shared) == 1 or _holds_for_all(said, rows):
            (further if condition else plain).append(_under(condition, words))
        else:
            for each in said:
                conditions = filter(None, [condition_words(each, comparison), condition])
                further.append(_under(" and ".join(conditions), words))
    return (*plain, *dict.fromkeys(further))


def _under(condition: str, words: str) -> str:
    if not condition:
        return words
    return f"if {condition}: {words}" if words != ON_ITS_OWN else f"if {condition}"


def _holds_for_all(said: Sequence[ComparedTopic], rows: Iterable[ComparedTopic]) -> bool:
    """Return whether a rule that some rows tell needs no condition beside those of the others.

    That is one for everyone, one under a condition and its opposite, and one for all others than
    those for whom another row tells more.
    """
    keys = {row.key for row in rows}
    told = {row.key for row in said}
    if () in keys:
        return () in told
    among = keys if len(told) == 1 and isinstance(said[0].condition, Not) else told
    return any(_are_opposite(one, other) for one in told for other in among)


def _are_opposite(one: ConditionKey, other: ConditionKey) -> bool:
    match one, other:
        case (tuple(names), tuple(table)), (tuple(others), tuple(table_too)):
            return names == others and all(
                a is not b for a, b in zip(table, table_too, strict=True)
            )
        case _:
            return False


def _rule_words(
    row: ComparedTopic, said: Said, protocol: Protocol, *, banned: bool, led: bool
) -> Iterable[tuple[str, str]]:
    """Yield the rules of one row in short, each behind its condition, if it has one of its own.

    Those that differ in the time alone are one. Where the topic is `banned` too, that says when
    it may be resumed.
    """
    times: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for each in _leading(row, said):
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


def _further(each: Statement, protocol: Protocol) -> tuple[str, ...]:
    """Return what a rule says beside its time."""
    instruction = each.instruction
    words = [*quantities(instruction, protocol.topics, each.topic), *person_words(instruction)]
    return tuple(shorten(each) for each in words if each != instruction.area)


def _leading(row: ComparedTopic, said: Said) -> Sequence[Statement]:
    """Return the rules to be told of one row: without those that its own outlast, or replace.

    What is said of the topic itself comes before what is said of its groups, and what is asked
    for before what is allowed. A ban of a group is told where it may last longer.
    """
    own = [each for each in said.governing if each.topic == row.topic]
    if not own:
        return said.governing
    if row.family.traits.restricts:
        wide = [each for each in said.governing if each not in own]
        return [*own, *(each for each in wide if not any(_outlasts(one, each) for one in own))]
    own = [each for each in own if each.family is row.family] or own
    return [each for each in own if not any(_includes(one, each) for one in own)]


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
    arrives = row.family is Verb.ARRIVE and isinstance(instruction.window.at, Edge)
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
            return _ALL_DAY if row.family.traits.restricts else ""
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
        time = re.sub(rf"{_COUNTED} after\b(?=$|,| on\b| or | and | until | to )", r"\1", time)
    time = re.sub(r"^from the treatment on(, |$)", "", time)
    if not bans:
        return time.replace(" on, no end", " on")
    return re.sub(r"^(from|once) ", "until ", time) if resumes else time


def item_words(item: Item, side: int, comparison: Comparison, *, named: bool = False) -> str:
    """Return what a protocol says of an item in short: what goes for most of it without a name.

    Topics that it says something else of are named; so are all that it speaks of, if `named`.
    """
    names = [name_topic(item.rows_of(topic)[0], comparison) for topic in item.topics]
    keys = {row.key for row in item.rows}
    told: dict[tuple[str, ...], list[str]] = {}
    for topic, name in zip(item.topics, names, strict=True):
        rows = item.rows_of(topic)
        rules = topic_rules(rows, side, comparison, led=item.is_mixed)
        if len(keys) > 1 and {row.key for row in rows} == {rows[0].key}:
            condition = condition_words(rows[0], comparison) or ""
            rules = tuple(_under(condition, each) for each in rules)
        told.setdefault(rules, []).append(name if named else _cut_name(name, names))
    if named:
        spoken = ((rules, topics) for rules, topics in told.items() if rules)
        return "; ".join(_name_rules(*each) for each in spoken) or SILENT
    first, *_ = told
    return min((_tell(told, most) for most in ([first] if first else told)), key=len)


def _tell(told: Mapping[tuple[str, ...], Sequence[str]], most: tuple[str, ...]) -> str:
    """Return rules with the topics that they are for, `most` without any.

    What goes for all topics is told once.
    """
    common = tuple(each for each in most if all(each in rules for rules in told))
    rest = {rules: tuple(each for each in rules if each not in common) for rules in told}
    if any(not rest[rules] for rules in told if rules != most):
        common, rest = (), dict(zip(told, told, strict=True))
    named = [_name_rules(rest[rules], told[rules]) for rules in told if rules != most]
    return "; ".join([*common, *rest[most], *named]) or SILENT


def _name_rules(rules: Sequence[str], topics: Iterable[str]) -> str:
    """Return rules behind the topics that they are for."""
    names = ", ".join(topics)
    found = re.fullmatch(rf"(?:{ON_ITS_OWN}|{_ALL_DAY})(\W?)", ", ".join(rules))
    return f"{names}{found[1]}" if found else f"{names} {', '.join(rules) or SILENT}"


def _cut_name(name: str, names: Iterable[str]) -> str:
    """Return a name without the other name that it ends with: "mineral" beside "makeup"."""
    ends = [f" {other}" for other in names if name.endswith(f" {other}")]
    return name.removesuffix(max(ends, key=len)) if ends else name
