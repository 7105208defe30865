"""Two protocols side by side: what each says of a topic, and which is stricter."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import reduce
from operator import attrgetter, or_

from microcare.core.compare.comparison import ComparedTopic, Comparison, Said, Verdict
from microcare.core.compare.pools import Aspect, Pool, list_aspects
from microcare.core.compare.statements import Statement, read_statements
from microcare.core.compare.strictness import COVERED, COVERS, EQUALS, Facet, Yardstick
from microcare.core.sheet.points import Side
from microcare.core.sheet.protocol import Protocol
from microcare.core.sheet.verbs import Verb
from microcare.core.sheet.vocabulary import Topic, Vocabulary, find_groups, find_members
from microcare.core.time.order import Order
from microcare.core.values import replace


def compare_protocols(left: Protocol, right: Protocol) -> Comparison:
    """Return two protocols compared by meaning, whatever their order, ids and wording.

    A row each topic, side of the treatment and condition of which either speaks, in the order of
    the sides; a verdict "left-stricter" is about restrictions alone. It `is_same` where no row
    differs. Nothing is dated, so a day has 24 hours.
    """
    topics = _merge_topics(left.topics, right.topics)
    ours, theirs = read_statements(left), read_statements(right)
    pair = _settle(ours, theirs, topics), _settle(theirs, ours, topics)
    pools = tuple(Pool(each, topics) for each in pair)
    judge = _Judge(topics)
    compared = [
        judge.compare(aspect, *(judge.say(pool, aspect) for pool in pools))
        for aspect in list_aspects(pair, pools, topics)
    ]
    compared.sort(key=lambda each: _find_order(each, topics))
    return Comparison(left, right, topics, tuple(compared))


_read_fields = attrgetter(*Topic.__match_args__)


def _merge_topics(left: Mapping[str, Topic], right: Mapping[str, Topic]) -> Vocabulary:
    """Return both vocabularies as one: a topic belongs to all its groups in either.

    It has the same label whichever protocol is the left one.
    """
    merged = {**right, **left}
    for name in left.keys() & right.keys():
        one, other = left[name], right[name]
        if _read_fields(one) == _read_fields(other):
            continue  # a built-in one, as most are: of hundreds, too many to call their `__eq__`
        first = min(one, other, key=lambda each: (each.rank is None, each.label))
        merged[name] = replace(first, part_of=tuple(sorted({*one.part_of, *other.part_of})))
    return Vocabulary(merged)


def _settle(
    ours: tuple[Statement, ...], theirs: tuple[Statement, ...], topics: Mapping[str, Topic]
) -> tuple[Statement, ...]:
    """Give what names no time the sides on which the other protocol speaks of the same.

    It also meets there what is said of its members and groups, but is compared once.
    """
    spoken: dict[Verb, dict[str, set[Side]]] = {}
    for each in theirs:
        if each.direct:
            spoken.setdefault(each.strand, {}).setdefault(each.topic, set()).add(each.side)

    def list_sides(each: Statement, names: Collection[str]) -> list[Side]:
        told = spoken.get(each.strand, {})
        found = {side for name in told.keys() & names for side in told[name]}
        return [side for side in _SIDES if side in found]

    settled: list[Statement] = []
    for each in ours:
        if each.side is not Side.ANY:
            settled.append(each)
            continue
        known = each.topic in topics and not each.strand.traits.screens
        groups, members = (
            find(each.topic, topics) if known else frozenset[str]()
            for find in (find_groups, find_members)
        )
        sides = list_sides(each, groups | {each.topic})
        own = {Side.ANY} if Side.ANY in sides or not sides else set(sides)
        beside = own.union({Side.ANY}, sides, list_sides(each, members))
        for side in _SIDES:
            if side in beside:
                direct = side in own
                alike = side is each.side and direct is each.direct
                settled.append(each if alike else replace(each, side=side, direct=direct))
    return tuple(settled)


class _Judge:
    """Finds what governs on each side of a row, and how the two stand to each other."""

    def __init__(self, topics: Mapping[str, Topic]) -> None:
        self._yardstick = Yardstick(topics)

    def say(self, pool: Pool, aspect: Aspect) -> Said:
        """Return what one protocol says of an aspect.

        What it asks for or permits of a part only it also says.
        """
        bans = aspect.strand.traits.restricts
        found = pool.find(aspect)
        beside = self._find_bans(pool, aspect) if aspect.strand.traits.opposes_bans else ()
        # What may be resumed may be done from then on.
        resumed = tuple(each.release() for each in beside if each.instruction.stated_as)
        parts = pool.find_parts(aspect, anyway=not found and not resumed)
        if bans and found:
            governing, others = self._split(found, aspect)
            covered = self._yardstick.match(governing, parts, aspect, COVERS)
            longer = [each for each, by in zip(parts, covered, strict=True) if not by]
            return Said(governing, others, nearby=self._split_parts(longer, aspect))
        done = (*found, *resumed) or (() if bans else parts)
        if not done:
            return Said(nearby=(*pool.find_nearby(aspect), *parts))
        asked, allowed = self._part_allowed(done, aspect)
        bans_beside = tuple(each for each in beside if not each.instruction.stated_as)
        return Said(asked, allowed, bans_beside)

    def _part_allowed(
        self, done: Sequence[Statement], aspect: Aspect
    ) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
        """Return what is asked for and allowed, and what a group's permission adds nothing to.

        While the topic itself is to be used it needs no permission.
        """
        ordered = sorted(done, key=lambda each: (_VERBS.index(each.family), each.key != aspect.key))
        asked = [each for each in ordered if not each.family.traits.permits]
        wide = [
            each
            for each in ordered
            if each.family.traits.permits and not each.releases and each.topic != aspect.topic
        ]
        time = (Facet.CONDITION, Facet.OPENS, Facet.CLOSES)
        covered = self._yardstick.match(asked, wide, aspect, COVERS, time)
        idle = {id(each) for each, by in zip(wide, covered, strict=True) if by}
        governing = tuple(each for each in ordered if id(each) not in idle)
        return governing, tuple(each for each in wide if id(each) in idle)

    def _split_parts(self, parts: Iterable[Statement], aspect: Aspect) -> tuple[Statement, ...]:
        """Return the strictest bans of each part of a topic."""
        by_part: dict[str, list[Statement]] = {}
        for each in parts:
            by_part.setdefault(each.topic, []).append(each)
        return tuple(
            each
            for part, bans in by_part.items()
            for each in self._split(bans, replace(aspect, topic=part))[0]
        )

    def _find_bans(self, pool: Pool, aspect: Aspect) -> tuple[Statement, ...]:
        """Return the bans that stand beside what is to be done and may be done."""
        found: dict[int, Statement] = {}
        for side in aspect.sides:
            about = Aspect(Verb.AVOID, (side,), aspect.topic, aspect.key, aspect.further)
            bans = pool.find(about)
            found |= {id(each.instruction): each for each in self._split(bans, aspect)[0]}
        return tuple(found.values())

    def compare(self, aspect: Aspect, left: Said, right: Said) -> ComparedTopic:
        """Return the row of an aspect."""
        verdict, facets = self._find_verdict(aspect, left, right), tuple[Facet, ...]()
        if verdict.decides:
            facets = self._yardstick.find_unequal(left.governing, right.governing, aspect)
            if not self._are_same(left.bans, right.bans, aspect):
                facets += (Facet.FORBIDDEN,)
        family, key = _find_family(aspect, left, right), aspect.key
        return ComparedTopic(
            aspect.topic,
            family,
            aspect.sides[0],
            key,
            left,
            right,
            verdict,
            facets or ((Facet.STAGES,) if verdict.decides else ()),
        )

    def _find_verdict(self, aspect: Aspect, left: Said, right: Said) -> Verdict:
        """Compare sets: one forbids as much as the other if it has a match for each of its rules.

        What is not forbidden is the same or differs.
        """
        if left.is_silent or right.is_silent:
            return Verdict.ONLY_RIGHT if left.is_silent else Verdict.ONLY_LEFT
        if not aspect.strand.traits.restricts:
            same = self._are_same(left.governing, right.governing, aspect)
            same = same and self._are_same(left.bans, right.bans, aspect)
            return Verdict.SAME if same else Verdict.DIFFERS
        ours, theirs = self._meet(left.all, right.all, aspect, COVERS)
        if ours is theirs:
            return Verdict.SAME if ours else Verdict.DIFFERS
        return Verdict.LEFT_STRICTER if ours else Verdict.RIGHT_STRICTER

    def _are_same(
        self, left: Sequence[Statement], right: Sequence[Statement], aspect: Aspect
    ) -> bool:
        return all(self._meet(left, right, aspect, EQUALS))

    def _meet(
        self,
        left: Sequence[Statement],
        right: Sequence[Statement],
        aspect: Aspect,
        stands: tuple[Order, ...],
    ) -> tuple[bool, bool]:
        """Return whether each statement of the right has one of the left that stands so to it.

        And whether each of the left has one of the right.
        """
        if not left or not right:
            return not right, not left
        met = ours = self._yardstick.match(left, right, aspect, stands)
        if stands is not EQUALS:  # which is the same from either side
            met = self._yardstick.match(left, right, aspect, COVERED)
        return all(ours), reduce(or_, met) == (1 << len(left)) - 1

    def _split(
        self, bans: Sequence[Statement], aspect: Aspect
    ) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
        """Return the strictest of several bans, and those that one of them covers."""
        if len(bans) == 1:  # as mostly
            return tuple(bans), ()
        governing: list[Statement] = []
        covered: list[Statement] = []
        covering = self._yardstick.match(bans, bans, aspect, COVERS)
        same = self._yardstick.match(bans, bans, aspect, EQUALS)
        for place, each in enumerate(bans):
            # Of those that say the same, the first governs.
            earlier, itself = (1 << place) - 1, 1 << place
            outdone = covering[place] & ~itself & (earlier | ~same[place])
            (covered if outdone else governing).append(each)
        return tuple(governing), tuple(covered)


def _find_family(aspect: Aspect, left: Said, right: Said) -> Verb:
    """Return the family that names a row: of what is to be done and may be done, what is to be."""
    own = [
        each.family
        for said in (left, right)
        for each in said.governing
        if each.topic == aspect.topic and not each.releases
    ]
    opposes_bans = aspect.strand.traits.opposes_bans
    return min(own, key=_VERBS.index) if opposes_bans else aspect.strand


_SIDES, _VERBS = tuple(Side), tuple(Verb)


def _find_order(
    compared: ComparedTopic, topics: Mapping[str, Topic]
) -> tuple[int, int, tuple[int, ...], str, str]:
    # The built-in topics by their rank, then what has none by its id.
    topic = topics.get(compared.topic)
    rank = (1,) if topic is None or topic.rank is None else (0, topic.rank)
    family = _VERBS.index(compared.family)
    return _SIDES.index(compared.side), family, rank, compared.topic, repr(compared.key)
