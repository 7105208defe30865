"""Contradictions inside one protocol: found over topics and groups; the strictest governs."""

from __future__ import annotations

from collections.abc import Iterable

from microcare.core.plan.planned import Kind, PlannedInstruction
from microcare.core.sheet.conditions import Condition, exclude_each_other
from microcare.core.sheet.points import Side
from microcare.core.sheet.protocol import Protocol
from microcare.core.sheet.vocabulary import find_groups
from microcare.core.values import value


@value
class Conflict:
    """Instructions that contradict each other about `topic`, and those of them that govern it."""

    topic: str
    instructions: tuple[PlannedInstruction, ...]
    governs: tuple[PlannedInstruction, ...]


@value
class _Contest:
    """Where two instructions contradict each other; ANY where a ban meets a permission."""

    topic: str
    side: Side


def find_conflicts(
    planned: Iterable[PlannedInstruction], protocol: Protocol
) -> tuple[Conflict, ...]:
    """Return the contradictions between instructions that may all apply, in file order.

    Instructions under different conditions are reported apart, so that each branch reads by
    itself; conditions that exclude each other never conflict.
    """
    found: dict[tuple[_Contest, frozenset[Condition]], set[int]] = {}
    speaking = [
        each
        for each in planned
        if each.kind is not Kind.MOMENT
        and (each.restricts or each.instruction.verb.traits.opposes_bans)
    ]
    for (index, group), (other, member) in _related_pairs(speaking, protocol):
        general, special = speaking[index], speaking[other]
        conditions = (general.instruction.condition, special.instruction.condition)
        contests = tuple(_contest_topic(general, group, special, member))
        if not contests or exclude_each_other(*conditions):
            continue
        under = frozenset(each for each in conditions if each is not None)
        for contest in contests:
            found.setdefault((contest, under), set()).update((index, other))
    return tuple(
        _decide_contest(contest, tuple(speaking[index] for index in sorted(indexes)))
        for (contest, _), indexes in found.items()
    )


def _related_pairs(
    planned: list[PlannedInstruction], protocol: Protocol
) -> Iterable[tuple[tuple[int, str], tuple[int, str]]]:
    """Yield the indexes of instructions on one topic, or on a group and a member: general first.

    Each index goes with the topic that it is about.
    """
    holders: dict[str, list[int]] = {}
    for index, each in enumerate(planned):
        for topic in each.instruction.topics:
            holders.setdefault(topic, []).append(index)
    for index, special in enumerate(planned):
        for member in special.instruction.topics:
            lineage = (member, *sorted(find_groups(member, protocol.topics)))
            for group in lineage:
                for other in holders.get(group, ()):
                    if other == index or (group == member and other > index):
                        continue
                    general = planned[other]
                    exceptions = (
                        *general.instruction.exceptions,
                        *special.instruction.exceptions,
                    )
                    if set(lineage).isdisjoint(exceptions):
                        yield (other, group), (index, member)


def _contest_topic(
    general: PlannedInstruction, group: str, special: PlannedInstruction, member: str
) -> Iterable[_Contest]:
    if general.restricts and special.restricts:
        # "No products on day 1" and "no retinoids for 3 days" agree: the second adds to the
        # first. "Products from day 1" and "no retinoids for 3 days" do not.
        adds = group != member and general.instruction.stated_as is None
        for side in _shared_sides(general, special):
            strictest = _strictest((general, special), side)
            if len(strictest) == 1 and not (adds and strictest == (special,)):
                yield _Contest(member, side)
    elif general.restricts and _overlap(general, special):
        yield _Contest(member, Side.ANY)
    # A group that may be used says so of its members; one that should be used only says that
    # some member should.
    elif (
        special.restricts
        and (group == member or general.instruction.verb.traits.permits)
        and _overlap(general, special)
    ):
        yield _Contest(group, Side.ANY)


def _shared_sides(left: PlannedInstruction, right: PlannedInstruction) -> tuple[Side, ...]:
    if left.sides == (Side.ANY,):
        return right.sides
    if right.sides == (Side.ANY,):
        return left.sides
    return tuple(side for side in left.sides if side in right.sides)


def _overlap(left: PlannedInstruction, right: PlannedInstruction) -> bool:
    if _lacks_time(left) or _lacks_time(right):
        return False
    starts = [each.dated.start for each in (left, right) if each.dated.start is not None]
    untils = [each.dated.until for each in (left, right) if each.dated.until is not None]
    return not starts or not untils or max(starts) < min(untils)


def _lacks_time(each: PlannedInstruction) -> bool:
    """Return whether a bound is stated whose date this appointment doesn't tell."""
    window, dated = each.instruction.window, each.dated
    opens = window.start is None or dated.start is not None
    ends = window.until is None or (dated.until or dated.until_at_least) is not None
    return not (opens and ends)


def _strictest(
    members: tuple[PlannedInstruction, ...], side: Side
) -> tuple[PlannedInstruction, ...]:
    """Return the restrictions that reach furthest from the treatment on a side of it.

    A bound that nobody stated reaches further than any date.
    """
    if side is Side.AFTER:
        reach = [each.dated.until for each in members]
        furthest = None if None in reach else max(end for end in reach if end is not None)
    else:
        reach = [each.dated.start for each in members]
        furthest = None if None in reach else min(end for end in reach if end is not None)
    return tuple(each for each, end in zip(members, reach, strict=True) if end == furthest)


def _decide_contest(contest: _Contest, members: tuple[PlannedInstruction, ...]) -> Conflict:
    governs = tuple(each for each in members if each.restricts)
    if contest.side is not Side.ANY:
        governs = _strictest(governs, contest.side)
    return Conflict(contest.topic, members, governs)
