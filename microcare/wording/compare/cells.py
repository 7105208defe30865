"""What a protocol says of a thing in a narrow cell: "48 h", "3 d; if …: 4 d", "–"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from microcare.core.sheet.conditions import Not
from microcare.wording.compare.folding import Item
from microcare.wording.compare.sayings import ON_ITS_OWN, condition_words, name_topic
from microcare.wording.compare.short_rules import ALL_DAY, rule_words

if TYPE_CHECKING:
    from microcare.core.compare.comparison import ComparedTopic, Comparison
    from microcare.core.compare.condition_keys import ConditionKey

SILENT = "–"
"""What stands where a protocol says nothing."""


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
        for rule in rule_words(row, row.sides[side], protocol, banned=banned, led=led):
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


def item_words(item: Item, side: int, comparison: Comparison, *, named: bool = False) -> str:
    """Return what a protocol says of an item in short: what goes for most of it without a name.

    Topics that it says something else of are named; so are all that it speaks of, if `named`.
    """
    by_topic = item.by_topic
    names = {topic: name_topic(rows[0], comparison) for topic, rows in by_topic.items()}
    whole = frozenset(names.values())
    keys = {row.key for row in item.rows}
    told: dict[tuple[str, ...], list[str]] = {}
    for topic, rows in by_topic.items():
        rules = topic_rules(rows, side, comparison, led=item.is_mixed)
        if len(keys) > 1 and {row.key for row in rows} == {rows[0].key}:
            condition = condition_words(rows[0], comparison) or ""
            rules = tuple(_under(condition, each) for each in rules)
        told.setdefault(rules, []).append(names[topic] if named else _cut_name(names[topic], whole))
    if named:
        told.pop((), None)
        return "; ".join(_name_rules(*each) for each in told.items()) or SILENT
    first, *_ = told
    if first:
        return _tell(told, first)
    spoken = (rules for rules in told if rules)
    widest = max(spoken, key=lambda rules: len(told[rules]), default=first)
    return min(_tell(told, first), _tell(told, widest), key=len)


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
    found = re.fullmatch(rf"(?:{ON_ITS_OWN}|{ALL_DAY})(\W?)", ", ".join(rules))
    return f"{names}{found[1]}" if found else f"{names} {', '.join(rules) or SILENT}"


def _cut_name(name: str, names: frozenset[str]) -> str:
    """Return a name without the other name that it ends with: "mineral" beside "makeup"."""
    words = name.split()
    cuts = (place for place in range(1, len(words)) if " ".join(words[place:]) in names)
    return " ".join(words[: next(cuts, len(words))])
