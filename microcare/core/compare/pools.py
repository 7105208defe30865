"""The statements of one protocol, to be found by what they cover, wholly or in part."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from microcare.core.compare.condition_keys import ConditionKey, implies, list_factors
from microcare.core.compare.statements import Statement, find_strand
from microcare.core.sheet.points import Side
from microcare.core.sheet.verbs import Verb
from microcare.core.sheet.vocabulary import Topic, find_groups, find_members
from microcare.core.values import replace, value


@value
class Aspect:
    """What one row compares: verbs of one strand on some sides of the treatment, of one topic.

    `key` is the condition under which it holds. A row for everyone also holds what is said under
    `further` conditions, of which the other protocol says nothing.
    """

    strand: Verb
    sides: tuple[Side, ...]
    topic: str
    key: ConditionKey = ()
    further: frozenset[ConditionKey] = frozenset()


class _Holding:
    """Tells of statements whether they hold under the condition of a row, or belong into it.

    `factors` are those that each such statement has one of.
    """

    def __init__(
        self, key: ConditionKey, further: Iterable[ConditionKey], *, restricts: bool
    ) -> None:
        self._key = key
        # A ban for everyone also holds under a condition; of anything else that has its own row.
        everyone = ((),) if restricts else ()
        keys = dict.fromkeys((key, *further, *everyone))
        self._known = dict.fromkeys(keys, True)
        self.factors = tuple(
            dict.fromkeys(
                factor for each in keys for factor in sorted(list_factors(each), key=repr)
            )
        )

    def __call__(self, each: Statement) -> bool:
        """Return whether a statement does."""
        key = each.key
        if key not in self._known:
            self._known[key] = implies(self._key, key)
        return self._known[key]


class Pool:
    """The statements of one protocol, to be found by what they speak of."""

    def __init__(self, statements: Iterable[Statement], topics: Mapping[str, Topic]) -> None:
        self._topics = topics
        self._held: dict[tuple[Verb, Side], dict[str, list[Statement]]] = {}
        self._by_factor: dict[tuple[Verb, Side, str], dict[Hashable, list[Statement]]] = {}
        self._found: dict[Hashable, tuple[Statement, ...]] = {}
        self._kin: dict[str, frozenset[str]] = {}
        self._holdings: dict[tuple[ConditionKey, frozenset[ConditionKey], bool], _Holding] = {}
        self._places: dict[int, int] = {}
        for each in statements:
            self._places.setdefault(id(each.instruction), len(self._places))
            strand, side, topic = each.strand, each.side, each.topic
            self._held.setdefault((strand, side), {}).setdefault(topic, []).append(each)
            by_factor = self._by_factor.setdefault((strand, side, topic), {})
            for factor in list_factors(each.key):
                by_factor.setdefault(factor, []).append(each)

    def find(self, aspect: Aspect) -> tuple[Statement, ...]:
        """Return what holds for an aspect, statements of its own topic and condition first.

        What is said of a group holds for its members.
        """
        about = aspect.strand, aspect.sides, aspect.topic, aspect.key, aspect.further
        if about not in self._found:
            self._found[about] = self._find(aspect)
        return self._found[about]

    def _find(self, aspect: Aspect) -> tuple[Statement, ...]:
        found: dict[int, Statement] = {}
        for each in self._covering(aspect):
            found.setdefault(id(each.instruction), each)
        if len(found) <= 1:  # as mostly
            return tuple(found.values())
        return tuple(
            sorted(
                found.values(),
                key=lambda each: (
                    each.topic != aspect.topic,
                    each.key != aspect.key,
                    each.key == (),
                    self._places[id(each.instruction)],
                ),
            )
        )

    def find_parts(self, aspect: Aspect, *, anyway: bool = False) -> tuple[Statement, ...]:
        """Return what is said of parts of a topic and not of all of it, as of those parts.

        A part is a member, or what the topic shares with a group that is named. With `anyway` it
        may be said under any condition.
        """
        strand, topic = aspect.strand, aspect.topic
        members = self._members(strand, topic)
        if not members:  # as mostly
            return ()
        kin = self._find_kin(topic, members)
        named = [
            self._held[strand, side].keys() & kin
            for side in aspect.sides
            if (strand, side) in self._held
        ]
        holds = self._recall_holding(aspect)
        found: dict[tuple[int, str], Statement] = {}
        for name in sorted(frozenset().union(*named)):
            shared = members & {name, *self._members(strand, name)}
            for part in self._widest(name, sorted(shared)):
                for each in self._held_of(strand, aspect.sides, (name,)):
                    if (anyway or holds(each)) and not self._is_excepted(each, part):
                        of_part = each if each.topic == part else replace(each, topic=part)
                        found.setdefault((id(each.instruction), part), of_part)
        return tuple(found.values())

    def find_nearby(self, aspect: Aspect) -> tuple[Statement, ...]:
        """Return what is said of a topic in other ways, where nothing is said of just this.

        Under other conditions, the opposite, another duty; of the treatment day, rules that begin
        or end with the treatment are near as well.
        """
        strand, sides, topic = aspect.strand, aspect.sides, aspect.topic
        names = (topic, *sorted(self._groups(strand, topic)))
        found = list(self._held_of(strand, sides, names))
        if sides == (Side.DAY_OF,):
            found += self._held_of(strand, (Side.BEFORE, Side.AFTER), (topic,))
        for other, opposes in _list_near(strand):
            if opposes:
                found += self._held_of(other, sides, names if other.traits.restricts else (topic,))
            else:
                found += self._held_of(other, _SIDES, (topic,))
        each_once = {
            id(each.instruction): each for each in found if not self._is_excepted(each, topic)
        }
        return tuple(each_once.values())

    def _held_of(
        self, strand: Verb, sides: Iterable[Side], names: Collection[str]
    ) -> Iterator[Statement]:
        for side in sides:
            held = self._held.get((strand, side))
            if held:
                for name in names:
                    yield from held.get(name, ())

    def _covering(self, aspect: Aspect) -> Iterator[Statement]:
        """Yield what holds of a topic and its groups, found by what its condition is of."""
        strand, topic = aspect.strand, aspect.topic
        named = [
            by_factor
            for name in (topic, *sorted(self._groups(strand, topic)))
            for side in aspect.sides
            if (by_factor := self._by_factor.get((strand, side, name)))
        ]
        if not named:
            return
        holds = self._recall_holding(aspect)
        for by_factor in named:
            for factor in holds.factors:
                for each in by_factor.get(factor, ()):
                    if holds(each) and not self._is_excepted(each, topic):
                        yield each

    def _recall_holding(self, aspect: Aspect) -> _Holding:
        restricts = aspect.strand.traits.restricts
        about = aspect.key, aspect.further, restricts
        if about not in self._holdings:
            self._holdings[about] = _Holding(aspect.key, aspect.further, restricts=restricts)
        return self._holdings[about]

    def _is_excepted(self, each: Statement, topic: str) -> bool:
        """Return whether a statement of a group leaves a topic of it out."""
        if each.topic == topic or not each.instruction.exceptions:
            return False
        lineage = {topic, *self._groups(each.strand, topic)}
        return not lineage.isdisjoint(each.instruction.exceptions)

    def _find_kin(self, topic: str, members: frozenset[str]) -> frozenset[str]:
        """Return what has parts of a topic and is none of its groups."""
        if topic not in self._kin:
            groups = (find_groups(each, self._topics) for each in members)
            whole = find_groups(topic, self._topics) | {topic}
            self._kin[topic] = members.union(*groups) - whole
        return self._kin[topic]

    def _widest(self, name: str, parts: Collection[str]) -> list[str]:
        """Return those of some parts of a named topic that none of the others holds."""
        if name in parts:
            return [name]
        return [each for each in parts if find_groups(each, self._topics).isdisjoint(parts)]

    def _groups(self, strand: Verb, topic: str) -> frozenset[str]:
        """Return the groups of a topic; the factors of a screening have none."""
        known = not strand.traits.screens and topic in self._topics
        return find_groups(topic, self._topics) if known else frozenset()

    def _members(self, strand: Verb, topic: str) -> frozenset[str]:
        known = not strand.traits.screens and topic in self._topics
        return find_members(topic, self._topics) if known else frozenset()


_SIDES = tuple(Side)
_STRANDS = tuple(dict.fromkeys(find_strand(verb.traits.family) for verb in Verb))


@cache
def _list_near(strand: Verb) -> tuple[tuple[Verb, bool], ...]:
    """Return what is near a strand, and whether as its opposite or as another duty."""
    return tuple(
        (other, _are_opposites(strand, other))
        for other in _STRANDS
        if _are_opposites(strand, other)
        or (strand is not other and _is_duty(strand) and _is_duty(other))
    )


def _are_opposites(one: Verb, other: Verb) -> bool:
    """Return whether one forbids what the other asks for or permits."""
    return (one.traits.restricts and other.traits.opposes_bans) or (
        one.traits.opposes_bans and other.traits.restricts
    )


def _is_duty(strand: Verb) -> bool:
    """Return whether it asks for something: what one sheet has arranged, another has taken."""
    return strand.traits.asks or strand.traits.opposes_bans


Sides = tuple[Side, ...]
Spans = Mapping[tuple[Verb, str], Mapping[Side, Sides]]
"""The sides that are compared in one row, by each of them, of a strand and a topic."""


def _unite_sides(pair: Sequence[Sequence[Statement]]) -> Spans:
    """Return which sides are one row where a rule speaks on several; those of bans never are."""
    rules: dict[tuple[Verb, str], dict[int, set[Side]]] = {}
    for each in (each for statements in pair for each in statements):
        if not each.strand.traits.restricts:
            told = rules.setdefault((each.strand, each.topic), {})
            told.setdefault(id(each.instruction), set()).add(each.side)
    return {
        about: _unite(told.values())
        for about, told in rules.items()
        if any(len(sides) > 1 for sides in told.values())
    }


def _unite(spans: Iterable[Collection[Side]]) -> Mapping[Side, Sides]:
    united = {side: {side} for side in _SIDES}
    for span in spans:
        whole = {each for side in span for each in united[side]}
        united |= dict.fromkeys(whole, whole)
    return {side: tuple(each for each in _SIDES if each in united[side]) for side in _SIDES}


def list_aspects(
    pair: Sequence[Sequence[Statement]],
    pools: Sequence[Pool],
    topics: Mapping[str, Topic],
) -> Iterator[Aspect]:
    """Yield what there is to compare, in no order: all that either protocol speaks of."""
    spans = _unite_sides(pair)
    stated: dict[tuple[Verb, Sides], dict[str, dict[ConditionKey, None]]] = {}
    for each in (each for statements in pair for each in statements if each.direct):
        united = spans.get((each.strand, each.topic))
        sides = united[each.side] if united else (each.side,)
        named = stated.setdefault((each.strand, sides), {})
        named.setdefault(each.topic, {})[each.key] = None
    for (strand, sides), named in stated.items():
        if strand.traits.restricts:
            shared = _list_shared(named, topics)
            for topic, keys in (*named.items(), *shared.items()):
                for aspect in (Aspect(strand, sides, topic, key) for key in keys):
                    if topic in named or all(pool.find(aspect) for pool in pools):
                        yield aspect
        else:
            for topic, keys in named.items():
                yield from _list_rows(Aspect(strand, sides, topic), keys, pools)


def _list_shared(
    named: Mapping[str, Mapping[ConditionKey, None]], topics: Mapping[str, Topic]
) -> Mapping[str, Mapping[ConditionKey, None]]:
    """Return what named groups share and none of them is, with the conditions of all of them.

    Of a group of one sheet and one of the other the stricter may not be so on what both hold.
    """
    above: dict[str, set[str]] = {}
    for group in named:
        for name in (group, *find_members(group, topics)):
            above.setdefault(name, set()).add(group)
    return {
        name: {key: None for group in sorted(holding) for key in named[group]}
        for name, holding in above.items()
        if name not in named
        and len(holding) > 1
        and all(above.get(group) != holding for group in find_groups(name, topics))
    }


def _list_rows(
    plain: Aspect, keys: Mapping[ConditionKey, None], pools: Sequence[Pool]
) -> Iterator[Aspect]:
    """Yield a row for each condition under which both protocols speak, and one for all others.

    Where only one of them has any others, and speaks of nobody else, each has a row.
    """
    lone: dict[ConditionKey, bool] = {}
    shared = False
    for key in ((), *(key for key in keys if key)):
        row = Aspect(plain.strand, plain.sides, plain.topic, key)
        said = [bool(pool.find(row)) for pool in pools]
        if not all(said):
            lone |= {key: said[0]} if any(said) else {}
        elif key:
            yield row
        else:
            shared = True
    further = frozenset(lone) - {()}
    if (shared or len(set(lone.values())) > 1) and (further or () in keys):
        yield replace(plain, further=further)
    else:
        yield from (replace(plain, key=key) for key in lone if key in keys)
