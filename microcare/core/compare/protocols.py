"""Two protocols side by side: what each says of a topic, and which is stricter."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace
from functools import reduce
from operator import or_

from microcare.core.compare.comparison import ComparedTopic, Comparison, Said, Verdict
from microcare.core.compare.condition_keys import ConditionKey, frame_key, implies
from microcare.core.compare.statements import Statement, read_statements
from microcare.core.compare.strictness import Yardstick
from microcare.core.sheet.points import Side
from microcare.core.sheet.protocol import Protocol
from microcare.core.sheet.verbs import Verb
from microcare.core.sheet.vocabulary import Topic, Vocabulary, find_groups, find_members
from microcare.core.time.order import Order


def compare_protocols(left: Protocol, right: Protocol) -> Comparison:
    """Compare two protocols by meaning, whatever their order, ids and wording."""
    topics = _merge_topics(left.topics, right.topics)
    ours, theirs = read_statements(left), read_statements(right)
    pair = (
        _Pool(_settle(ours, theirs, topics), topics),
        _Pool(_settle(theirs, ours, topics), topics),
    )
    aspects = {aspect for pool in pair for aspect in pool.aspects}
    yardstick = Yardstick(topics)
    compared = [_compare_aspect(aspect, *pair, yardstick) for aspect in aspects]
    compared.sort(key=lambda each: _find_order(each, topics))
    return Comparison(left, right, topics, tuple(compared))


Aspect = tuple[Verb, Side, str, ConditionKey]
"""What is compared."""


def _merge_topics(left: Mapping[str, Topic], right: Mapping[str, Topic]) -> Vocabulary:
    """Return both vocabularies as one: a topic belongs to all its groups in either."""
    merged = {**right, **left}
    for name in left.keys() & right.keys():
        groups = dict.fromkeys((*left[name].part_of, *right[name].part_of))
        merged[name] = replace(left[name], part_of=tuple(groups))
    return Vocabulary(merged)


def _settle(
    ours: tuple[Statement, ...], theirs: tuple[Statement, ...], topics: Mapping[str, Topic]
) -> tuple[Statement, ...]:
    """Give what names no time the sides on which the other protocol speaks of the same.

    A group without a time also meets its members there, but is compared by itself too.
    """
    spoken: dict[tuple[Verb, str], dict[Side, None]] = {}
    for each in theirs:
        if each.direct:
            spoken.setdefault((each.family, each.topic), {})[each.side] = None
    settled: list[Statement] = []
    for each in ours:
        sides = tuple(spoken.get((each.family, each.topic), ()))
        if each.side is not Side.ANY:
            settled.append(each)
            continue
        moves = sides and Side.ANY not in sides
        settled.extend(replace(each, side=side) for side in (sides if moves else (Side.ANY,)))
        met = {
            side
            for member in _members(each.family, each.topic, topics)
            for side in spoken.get((each.family, member), ())
        }
        beside = [side for side in Side if side in met - {*sides, Side.ANY}]
        settled.extend(replace(each, side=side, direct=False) for side in beside)
    return tuple(settled)


def _members(family: Verb, topic: str, topics: Mapping[str, Topic]) -> list[str]:
    """Return the parts of a topic; the factors of a screening have none."""
    if family.traits.screens or topic not in topics:
        return []
    return sorted(find_members(topic, topics))


def _are_opposites(one: Verb, other: Verb) -> bool:
    """Return whether one of two families forbids what the other asks for or permits."""
    ours, theirs = one.traits, other.traits
    return (ours.restricts and theirs.opposes_bans) or (ours.opposes_bans and theirs.restricts)


class _Pool:
    """The statements of one protocol, to be found by what they speak of."""

    def __init__(self, statements: tuple[Statement, ...], topics: Mapping[str, Topic]) -> None:
        self._topics = topics
        self._held: dict[tuple[Verb, Side, str], list[Statement]] = {}
        self._framed: dict[tuple[Verb, Side, str, Hashable], list[Statement]] = {}
        for each in statements:
            about = each.family, each.side, each.topic
            self._held.setdefault(about, []).append(each)
            self._framed.setdefault((*about, frame_key(each.key)), []).append(each)
        self.aspects: set[Aspect] = {
            (each.family, each.side, each.topic, each.key) for each in statements if each.direct
        }

    def find(self, aspect: Aspect) -> tuple[Statement, ...]:
        """Return what holds for an aspect, statements of its own topic and condition first.

        A ban or a permission of a group holds for its members. Bans add up; of the others, what
        is said of the aspect itself stands for all.
        """
        family, _, topic, key = aspect
        bans = family.traits.restricts
        implied = {key: True, (): True}
        applying = []
        for each in self._covering(aspect):
            if each.key not in implied:
                implied[each.key] = implies(key, each.key)
            if implied[each.key]:
                applying.append(each)

        def distance(each: Statement) -> tuple[bool, bool, bool]:
            return each.topic != topic, each.key != key, each.key == ()

        applying.sort(key=distance)
        if bans or not applying:
            return tuple(applying)
        nearest = distance(applying[0])
        return tuple(each for each in applying if distance(each) == nearest)

    def find_nearby(self, aspect: Aspect) -> tuple[Statement, ...]:
        """Return what is said of parts of a topic, under other conditions, or the opposite.

        Of the treatment day, rules that begin or end with the treatment are near as well.
        """
        family, side, topic, _ = aspect
        names = (topic, *_members(family, topic, self._topics))
        found = list(self._held_of(family, side, names))
        if side is Side.DAY_OF:
            found += self._held_of(family, Side.BEFORE, (topic,))
            found += self._held_of(family, Side.AFTER, (topic,))
        for other in Verb:
            if _are_opposites(family, other):
                found += self._held_of(other, side, (topic,))
        return tuple(found)

    def _held_of(self, family: Verb, side: Side, names: tuple[str, ...]) -> Iterator[Statement]:
        for name in names:
            yield from self._held.get((family, side, name), ())

    def _covering(self, aspect: Aspect) -> Iterator[Statement]:
        """Yield what is said of a topic and its groups, unless its condition is of other things."""
        family, side, topic, key = aspect
        frames = dict.fromkeys((frame_key(key), frame_key(())))
        lineage: frozenset[str] = frozenset()
        if not family.traits.screens and topic in self._topics:
            lineage = find_groups(topic, self._topics)
        for name in (topic, *sorted(lineage)):
            for frame in frames:
                for each in self._framed.get((family, side, name, frame), ()):
                    if name == topic or {topic, *lineage}.isdisjoint(each.instruction.exceptions):
                        yield each


def _compare_aspect(
    aspect: Aspect, ours: _Pool, theirs: _Pool, yardstick: Yardstick
) -> ComparedTopic:
    family, side, topic, key = aspect
    left, right = (_say(pool, aspect, yardstick) for pool in (ours, theirs))
    if left.is_silent or right.is_silent:
        verdict = Verdict.ONLY_RIGHT if left.is_silent else Verdict.ONLY_LEFT
        return ComparedTopic(topic, family, side, key, left, right, verdict)
    verdict = _judge(left.all, right.all, aspect, yardstick)
    if verdict is Verdict.SAME:
        return ComparedTopic(topic, family, side, key, left, right, verdict)
    facets = yardstick.find_unequal(left.governing, right.governing, topic)
    return ComparedTopic(topic, family, side, key, left, right, verdict, facets)


def _say(pool: _Pool, aspect: Aspect, yardstick: Yardstick) -> Said:
    found = pool.find(aspect)
    if found:
        return Said(*_split(found, aspect, yardstick))
    return Said(nearby=pool.find_nearby(aspect))


def _judge(
    left: tuple[Statement, ...],
    right: tuple[Statement, ...],
    aspect: Aspect,
    yardstick: Yardstick,
) -> Verdict:
    """Compare sets: one forbids as much as the other if it has a match for each of its rules."""
    family, _, topic, _ = aspect
    bans = family.traits.restricts
    matches = _covers if bans else _equals
    ours = all(yardstick.match(left, right, topic, matches))
    met = yardstick.match(left, right, topic, lambda order: matches(order.mirrored))
    theirs = reduce(or_, met) == (1 << len(left)) - 1
    if ours and theirs:
        return Verdict.SAME
    if not bans or ours is theirs:
        return Verdict.DIFFERS
    return Verdict.LEFT_STRICTER if ours else Verdict.RIGHT_STRICTER


def _covers(order: Order) -> bool:
    """Return whether the left statement forbids all that the right one does."""
    return order.reaches


def _equals(order: Order) -> bool:
    return order is Order.EQUAL


def _split(
    statements: tuple[Statement, ...], aspect: Aspect, yardstick: Yardstick
) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """Return the strictest of several bans, and those that one of them covers."""
    family, _, topic, _ = aspect
    if not family.traits.restricts or len(statements) == 1:
        return statements, ()
    governing: list[Statement] = []
    covered: list[Statement] = []
    covering = yardstick.match(statements, statements, topic, _covers)
    same = yardstick.match(statements, statements, topic, _equals)
    for place, each in enumerate(statements):
        # Of those that say the same, the first governs.
        earlier, itself = (1 << place) - 1, 1 << place
        outdone = covering[place] & ~itself & (earlier | ~same[place])
        (covered if outdone else governing).append(each)
    return tuple(governing), tuple(covered)


_SIDES = {side: index for index, side in enumerate(Side)}


def _find_order(
    compared: ComparedTopic, topics: Mapping[str, Topic]
) -> tuple[int, int, tuple[int, ...], str, str]:
    # The built-in topics by their rank, then what has none by its id.
    topic = topics.get(compared.topic)
    rank = (1,) if topic is None or topic.rank is None else (0, topic.rank)
    family = list(Verb).index(compared.family)
    return _SIDES[compared.side], family, rank, compared.topic, repr(compared.key)
