"""What a protocol says of a topic, in the few words of a table's cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.points import (
    DAY_MINUTES,
    Edge,
    NumberedDay,
    Offset,
    Point,
    Side,
    find_side,
)
from microcare.core.sheet.protocol import Protocol
from microcare.core.sheet.vocabulary import find_groups
from microcare.core.time.order import find_range
from microcare.core.time.places import Place, PlaceReader
from microcare.core.values import value
from microcare.wording.conditions import condition_text
from microcare.wording.courses import quantities
from microcare.wording.labels import topic_labels
from microcare.wording.persons import person_words
from microcare.wording.rules import rule_text
from microcare.wording.verbs import WORDS, written_verb

if TYPE_CHECKING:
    from microcare.core.compare.comparison import ComparedTopic, Comparison, Said
    from microcare.core.compare.statements import Statement

ON_ITS_OWN = "yes"
"""What stands for the time of a rule that needs none."""


@value
class Saying:
    """One rule in the words of a cell: its time, what else it counts, for whom it is meant.

    `time` is None where a rule needs none: that it is said is all it says.
    """

    time: str | None
    further: tuple[str, ...]
    scope: str

    @property
    def words(self) -> str:
        """The whole rule, “yes” where it needs no time."""
        return f"{', '.join((self.time or ON_ITS_OWN, *self.further))}{self.scope}"

    @property
    def added(self) -> str:
        """What the rule adds to its being said, empty where that is all."""
        if self.time is not None or (self.scope and not self.further):
            return self.words
        return f"{', '.join(self.further)}{self.scope}"


@value
class Told:
    """What one protocol says in a row: the rules that govern, and in `words` also the bans beside.

    `words` is None where the protocol says nothing.
    """

    governing: tuple[Saying, ...]
    words: str | None

    @property
    def added(self) -> str | None:
        """What is said beyond that a rule holds, None where that is all; one must govern."""
        first = self.governing[0]
        rest = (self.words or "").removeprefix(first.words)
        return f"{first.added or first.words}{rest}" if rest else first.added or None


def read_told(said: Said, compared: ComparedTopic, protocol: Protocol) -> Told:
    """Return what a protocol says in a row, in words."""
    governing = tuple([read_saying(each, compared, protocol) for each in said.governing])
    words = [each.words for each in governing]
    words += [f"but avoid {read_saying(each, compared, protocol).words}" for each in said.bans]
    return Told(governing, "; ".join(dict.fromkeys(words)) or None)


def read_saying(each: Statement, compared: ComparedTopic, protocol: Protocol) -> Saying:
    """Return one rule in words, as a cell shows it."""
    instruction = each.instruction
    plain = protocol.recall(_PlainSayings).find(instruction, each.topic)
    time, further, scope = plain.time, plain.further, ""
    exceptions = relevant_exceptions(each, compared, protocol)
    if exceptions:
        further += (f"except {topic_labels(exceptions, protocol.topics)}",)
    if each.topic != compared.topic:
        scope += f" (said of {protocol.topics[each.topic].label})"
    if compared.key and not each.key:
        scope += " (in any case)"
    elif each.key != compared.key and each.condition is not None:
        scope += f" (if {condition_text(each.condition, protocol.factors)})"
    # What one asks for and another allows is told in one row, the bans beside it as bans.
    other = each.family is not compared.family and not each.family.traits.restricts
    if instruction.stated_as is not None or other:
        time = f"{written_verb(instruction)} {time or ''}".rstrip()
    if time is plain.time and further is plain.further and not scope:
        return plain
    return Saying(time, further, scope)


def relevant_exceptions(
    each: Statement, compared: ComparedTopic, protocol: Protocol
) -> tuple[str, ...]:
    """Return what a rule leaves out of the topic; the rest of a group is not at stake."""
    if not each.instruction.exceptions:
        return ()
    topics = protocol.topics
    return tuple(
        name
        for name in each.instruction.exceptions
        if name in topics and compared.topic in find_groups(name, topics)
    )


def time_words(instruction: Instruction, protocol: Protocol) -> str:
    """Return when a rule holds, “yes” where it needs no time."""
    return protocol.recall(_PlainSayings).find(instruction).time or ON_ITS_OWN


class _PlainSayings:
    """The rules of a protocol in words, whatever the row, each found once."""

    def __init__(self, protocol: Protocol) -> None:
        self._protocol = protocol
        self._times: dict[int, tuple[Instruction, str | None]] = {}
        self._found: dict[tuple[int, str | None], Saying] = {}

    def find(self, instruction: Instruction, topic: str | None = None) -> Saying:
        """Return a rule with what it counts of a topic, or of all of its own."""
        key = id(instruction), topic
        found = self._found.get(key)
        if found is None:
            further = quantities(instruction, self._protocol.topics, topic)
            further += person_words(instruction)
            found = self._found[key] = Saying(self._find_time(instruction), further, "")
        return found

    def _find_time(self, instruction: Instruction) -> str | None:
        found = self._times.get(id(instruction))
        if found is None:
            # With the instruction, so that no other one can come to have its identity.
            found = (instruction, find_time(instruction, self._protocol))
            self._times[id(instruction)] = found
        return found[1]


def find_time(instruction: Instruction, protocol: Protocol, *, days: bool = True) -> str | None:
    """Return when a rule holds, in its sheet's own words, and what is not stated.

    None where a rule needs no time. With `days` it says which days numbered ones are.
    """
    endless, told = _is_endless(instruction), _tells_no_end(instruction)
    rule = rule_text(instruction, protocol, short=True)
    if rule is None:
        return _unstated(instruction, endless=endless, told=told)
    placed = _day_words(instruction, protocol) if days else ""
    if placed:
        named = [each.end() for each in re.finditer(r"\bdays? \d+( to \d+)?( on)?", rule)]
        place = named[-1] if named else len(rule)
        rule = f"{rule[:place]}{placed}{rule[place:]}"
    if instruction.stated_as is not None:
        return rule
    if instruction.verb.traits.is_interval:
        return f"last one at least {rule}"
    begins = instruction.window.start
    if endless and isinstance(begins, Offset) and find_side(begins) is Side.AFTER:
        rule = f"from {rule} on"
    if instruction.closes_at_start and not _counts_to_start(begins):
        rule = f"{rule} until the treatment"
    return f"{rule}, no end stated" if told else rule


def _day_words(instruction: Instruction, protocol: Protocol) -> str:
    """Return which days after the treatment numbered days are: two sheets may count from others."""
    window = instruction.window
    first, last = (isinstance(each, NumberedDay) for each in (window.start, window.until))
    if not (first or last or isinstance(window.at, NumberedDay)):
        return ""
    placed = PlaceReader(protocol.day_one).read_window(instruction)
    if isinstance(window.at, NumberedDay) or (last and instruction.stated_as is not None):
        # What may be resumed may be on the day after the last of its ban.
        days = [_find_day(each) for each in (placed.closes[0], placed.closes[-1])]
    else:
        days = [_find_day(placed.opens[0])] if first else []
        days += [_find_day(placed.closes[-1], exclusive=True)] if last else []
    last_words = f"{days[-1]} day{'s' if days[-1] != 1 or days[0] != 1 else ''} after"
    if len(days) == 1:
        return f" ({'from' if first else 'to'} {last_words})"
    return f" ({last_words})" if days[0] == days[1] else f" ({days[0]} to {last_words})"


def _find_day(place: Place, *, exclusive: bool = False) -> int:
    """Return on which day after the treatment an instant lies, or the last one before it."""
    return (find_range(place)[0] - exclusive) // DAY_MINUTES


def _counts_to_start(begins: Point | None) -> bool:
    """Return whether a beginning says by itself that it is counted back from the treatment."""
    return isinstance(begins, Offset) and begins.lies is None


def _is_endless(instruction: Instruction) -> bool:
    """Return whether a window's end is not stated, though it lies on a side."""
    window = instruction.window
    ends = (window.at, instruction.implied_until, window.until_state, window.until_words)
    open_end = all(each is None for each in ends) and not instruction.ends_itself
    return open_end and instruction.implied_start is not None


def _tells_no_end(instruction: Instruction) -> bool:
    # What one sheet takes, another uses: both are told alike.
    family = instruction.verb.traits.family
    return family.traits.needs_end and _is_endless(instruction)


def _unstated(instruction: Instruction, *, endless: bool, told: bool) -> str | None:
    window = instruction.window
    if isinstance(window.at, Edge):
        return "at the start" if window.at.side is Side.BEFORE else "at the end"
    if isinstance(window.start, Edge) or isinstance(window.until, Edge):
        after = isinstance(window.start, Edge) and window.start.side is Side.AFTER
        if after and endless:
            return f"from the treatment on{', no end stated' if told else ''}"
        return "until the treatment" if not after else "during the treatment"
    return None if instruction.verb.traits.needs_no_time else "no time stated"


def name_topic(compared: ComparedTopic, comparison: Comparison) -> str:
    """Return the topic of a row in words, the same whichever protocol is the left one."""
    if not compared.family.traits.screens:
        return comparison.topics[compared.topic].label
    holders = (comparison.left.factors, comparison.right.factors)
    return min(known[compared.topic].yes for known in holders if compared.topic in known)


def condition_words(compared: ComparedTopic, comparison: Comparison) -> str | None:
    """Return the condition of a row in words, the same whichever protocol is the left one."""
    protocols = (comparison.left, comparison.right)
    texts = {
        condition_text(each.condition, protocol.factors)
        for said, protocol in zip(compared.sides, protocols, strict=True)
        for each in said.all
        if compared.key and each.key == compared.key and each.condition is not None
    }
    return min(texts, default=None)


def compared_label(compared: ComparedTopic, topics: Iterable[str]) -> str:
    """Return the label of topics that one verb names."""
    return f"{WORDS[compared.verb].compared}: {', '.join(topics)}"


def position_words(said: Said) -> str | None:
    """Return where the governing rule stands: `file:line`."""
    if not said.governing:
        return None
    position = said.governing[0].instruction.position
    return f"{position.file}:{position.line}"
