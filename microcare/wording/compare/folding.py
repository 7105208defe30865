"""Rows of a comparison folded into lines: what a manager reads as one thing is one line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from microcare.core.compare.comparison import ComparedTopic, Comparison, Verdict
from microcare.core.sheet.points import Edge, Side
from microcare.core.sheet.verbs import Verb
from microcare.core.sheet.vocabulary import find_groups
from microcare.core.values import value
from microcare.wording.verbs import WORDS

if TYPE_CHECKING:
    from microcare.core.compare.comparison import Said

Tell = Callable[[Sequence[ComparedTopic], int], tuple[str, ...]]
"""How the rows of one topic read in the left (0) or the right (1) protocol."""

HALVES = ((Side.BEFORE, Side.DAY_OF), (Side.AFTER, Side.ANY))
"""The sides of the treatment whose lists are one."""

_ONE_SIDED = (Verdict.ONLY_LEFT, Verdict.ONLY_RIGHT)
_UNLIKE = {
    Verdict.ONLY_LEFT: Verdict.LEFT_STRICTER,
    Verdict.ONLY_RIGHT: Verdict.RIGHT_STRICTER,
}


@value
class Item:
    """Rows about one thing on one side of the treatment, in the comparison's order."""

    rows: tuple[ComparedTopic, ...]

    @property
    def side(self) -> Side:
        """The side on which it is told."""
        return find_told_side(self.rows[0])

    @property
    def is_mixed(self) -> bool:
        """Whether it both forbids, asks for or permits something: each rule says which."""
        return len({find_lead(row.family) for row in self.rows}) > 1

    @property
    def verdict(self) -> Verdict:
        """What all rows say that are not the same; one-sided only where all of them are."""
        return unite_verdicts(row.verdict for row in self.rows)

    @property
    def by_topic(self) -> Mapping[str, Sequence[ComparedTopic]]:
        """The rows by their topics, in order."""
        found: dict[str, list[ComparedTopic]] = {}
        for row in self.rows:
            found.setdefault(row.topic, []).append(row)
        return found


@value
class Line:
    """One line of the comparison in short: one item with a cell a protocol, or a list of items.

    A list is of what only one protocol says, or of what is the same in both.
    """

    items: tuple[Item, ...]

    @property
    def rows(self) -> tuple[ComparedTopic, ...]:
        """Every row of it."""
        return tuple(row for item in self.items for row in item.rows)

    @property
    def side(self) -> Side:
        """The side of the treatment on which it is told."""
        return self.items[0].side

    @property
    def verdict(self) -> Verdict:
        """What all rows say that are not the same."""
        return unite_verdicts(row.verdict for row in self.rows)

    @property
    def is_list(self) -> bool:
        """Whether both protocols needn't stand beside each other."""
        return self.verdict in (*_ONE_SIDED, Verdict.SAME)


def find_lead(family: Verb) -> str:
    """Return what says of a rule beside others of what kind it is; a ban needs no word."""
    traits = family.traits
    if traits.restricts:
        return ""
    if traits.permits:
        return "may"
    return "do" if traits.doses else WORDS[family].compared


def unite_verdicts(verdicts: Iterable[Verdict]) -> Verdict:
    """Return one verdict for several: who is stricter only where all that are unequal say so."""
    found = set(verdicts)
    if len(found) > 1:
        found = {_UNLIKE.get(each, each) for each in found - {Verdict.SAME}}
    return found.pop() if len(found) == 1 else Verdict.DIFFERS


def find_told_side(row: ComparedTopic) -> Side:
    """Return the side on which a row is told: what is so at the start is told of the day."""
    governing = [each for said in row.sides for each in said.governing]
    edges = (each.instruction.window.at for each in governing)
    at_start = all(isinstance(each, Edge) and each.side is Side.BEFORE for each in edges)
    return Side.DAY_OF if at_start and row.side is Side.BEFORE else row.side


def fold_rows(comparison: Comparison, tell: Tell) -> tuple[Line, ...]:
    """Return every row of a comparison in exactly one line.

    Topics whose rows read alike are one item. Until the treatment's day is over, and then from
    the treatment on, lines with two cells come first in the order of the sides, then what only
    the left says, then the right; the last line is all that is the same.
    """
    spoken: dict[tuple[Side, str], list[ComparedTopic]] = {}
    for row in comparison.compared:
        spoken.setdefault((find_told_side(row), _find_kind(row)), []).append(row)
    lines: list[Line] = []
    same: list[Item] = []
    for half in HALVES:
        listed: dict[tuple[Verdict, bool], list[Item]] = {}
        for (side, kind), rows in spoken.items():
            for item in _find_items(rows, kind, comparison, tell) if side in half else ():
                if item.verdict is Verdict.SAME:
                    same.append(item)
                elif item.verdict in _ONE_SIDED:
                    listed.setdefault((item.verdict, kind == "screen"), []).append(item)
                else:
                    lines.append(Line((item,)))
        for key in sorted(listed, key=lambda key: (_ONE_SIDED.index(key[0]), key[1])):
            lines += [Line(tuple(listed[key]))]
    return (*lines, *([Line(tuple(same))] if same else []))


def _find_kind(row: ComparedTopic) -> str:
    traits = row.family.traits
    if traits.screens:
        return "screen"
    return "expect" if row.family is Verb.EXPECT else "rule"


def _find_items(
    rows: Sequence[ComparedTopic],
    kind: str,
    comparison: Comparison,
    tell: Tell,
) -> Iterable[Item]:
    folder = _Folder(rows)
    if kind == "expect" and (len({row.verdict for row in rows}) > 1 or rows[0].verdict.decides):
        folder.join(rows)
    elif kind != "screen":
        folder.fold(comparison, tell)
    return folder.items()


class _Folder:
    """Joins rows of one side into items."""

    def __init__(self, rows: Sequence[ComparedTopic]) -> None:
        self._rows = rows
        self._heads = list(range(len(rows)))
        self._places = {id(row): place for place, row in enumerate(rows)}
        # The rows that a rule governs in the left and in the right protocol, as it speaks of them.
        self._governed: tuple[dict[tuple[int, str], list[ComparedTopic]], ...] = {}, {}
        for row in rows:
            for held, said in zip(self._governed, row.sides, strict=True):
                for each in said.governing:
                    held.setdefault((id(each.instruction), row.topic), []).append(row)

    def items(self) -> tuple[Item, ...]:
        """Return what is joined so far, in the order of the rows."""
        found: dict[int, list[ComparedTopic]] = {}
        for place, row in enumerate(self._rows):
            found.setdefault(self._head(place), []).append(row)
        return tuple(Item(tuple(rows)) for rows in found.values())

    def join(self, rows: Iterable[ComparedTopic]) -> None:
        """Make one item of the items that hold some rows."""
        heads = sorted({self._head(self._places[id(row)]) for row in rows})
        for head in heads[1:]:
            self._heads[head] = heads[0]

    def _head(self, place: int) -> int:
        while self._heads[place] != place:
            # Half of the way is enough the next time.
            self._heads[place] = self._heads[self._heads[place]]
            place = self._heads[place]
        return place

    def fold(self, comparison: Comparison, tell: Tell) -> None:
        """Join the rows of one topic, then topics told alike, then broad rules and narrow ones."""
        by_topic: dict[tuple[bool, str], list[ComparedTopic]] = {}
        for row in self._rows:
            by_topic.setdefault((row.family.traits.restricts, row.topic), []).append(row)
        for rows in by_topic.values():
            self.join(rows)
        alike: dict[object, list[ComparedTopic]] = {}
        for rows in by_topic.values():
            keys = {row.key for row in rows}
            # The one condition of all of an item is told beside its topics.
            shared = keys.pop() if len(keys) == 1 else None
            verdict = unite_verdicts(row.verdict for row in rows)
            told = (rows[0].verb, shared, verdict, tell(rows, 0), tell(rows, 1))
            alike.setdefault(told, []).extend(rows)
        for rows in alike.values():
            self.join(rows)
        self._join_opposites()
        self._join_nearby(by_topic.values())
        self._join_members(comparison, by_topic, tell)

    def _join_opposites(self) -> None:
        """Join that a topic is forbidden and that it is to be done, where no one is stricter."""
        alike: dict[tuple[str, Verdict], list[ComparedTopic]] = {}
        for row in self._rows:
            if row.verdict in _ONE_SIDED or row.verdict is Verdict.DIFFERS:
                alike.setdefault((row.topic, row.verdict), []).append(row)
        for rows in alike.values():
            self.join(rows)

    def _join_nearby(self, by_topic: Iterable[Sequence[ComparedTopic]]) -> None:
        """Join what one protocol alone says of a topic with what the other says of it otherwise.

        That is the opposite, another duty, or one rule of a part of it, if the rule of the whole
        holds for that part too; with several rules each has more to do with its own part.
        """
        for rows in by_topic:
            near = [self._list_nearby(row) for row in rows]
            if all(near):
                self.join([*rows, *(other for found in near for other in found)])

    def _list_nearby(self, row: ComparedTopic) -> list[ComparedTopic]:
        if row.verdict not in _ONE_SIDED:
            return []
        silent, speaking = (0, 1) if row.verdict is Verdict.ONLY_RIGHT else (1, 0)
        near = dict.fromkeys(
            (id(each.instruction), each.topic) for each in row.sides[silent].nearby
        )
        found = [other for rule in near for other in self._governed[silent].get(rule, ())]
        if all(other.topic == row.topic for other in found):
            return found
        one_rule = len({rule for rule, _ in near}) == 1
        shared = any(_share_rule(row.sides[speaking], other.sides[speaking]) for other in found)
        return found if one_rule and shared else []

    def _join_members(
        self,
        comparison: Comparison,
        by_topic: Mapping[tuple[bool, str], Sequence[ComparedTopic]],
        tell: Tell,
    ) -> None:
        """Join a group and its members with one verdict.

        Of bans one protocol says the same of both; of what is to be done one names the group, and
        the other the member.
        """
        for (bans, topic), rows in by_topic.items():
            verdict = unite_verdicts(row.verdict for row in rows)
            if not verdict.decides or topic not in comparison.topics:
                continue
            for group in sorted(find_groups(topic, comparison.topics)):
                wide = by_topic.get((bans, group), ())
                if wide and verdict is unite_verdicts(row.verdict for row in wide):
                    alike = (
                        bans
                        and any(map(_share_rule, rows[0].sides, wide[0].sides))
                        and any(tell(rows, side) == tell(wide, side) for side in (0, 1))
                    )
                    if alike or (not bans and _names_in_turn(wide[0], rows[0])):
                        self.join([*rows, *wide])


def _names_in_turn(wide: ComparedTopic, narrow: ComparedTopic) -> bool:
    """Return whether one protocol alone names a group, and the other a part of it."""
    named, named_too = (
        [any(each.topic == row.topic for each in said.governing) for said in row.sides]
        for row in (wide, narrow)
    )
    return named.count(True) == 1 and named_too[named.index(False)]


def _share_rule(said: Said, other: Said) -> bool:
    rules = {id(each.instruction) for each in said.governing}
    return any(id(each.instruction) in rules for each in other.governing)
