"""What is free again when a restriction ends, and what another rule still covers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from microcare.core.plan.planned import PlannedInstruction
from microcare.core.sheet.conditions import exclude_each_other
from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.protocol import Protocol
from microcare.core.sheet.vocabulary import Topic, find_groups, find_members
from microcare.core.values import value


@value
class Release:
    """One topic of a restriction that ends, or of a permission that begins.

    `held_by` are the rules that still cover the whole topic: where there is one, nothing is
    released. `except_for` pairs a part of the topic with a rule that still covers that part.
    """

    topic: str
    held_by: tuple[PlannedInstruction, ...] = ()
    except_for: tuple[tuple[str, PlannedInstruction], ...] = ()


def find_releases(
    ending: PlannedInstruction,
    instant: datetime,
    planned: Iterable[PlannedInstruction],
    protocol: Protocol,
) -> tuple[Release, ...]:
    """Return for each topic of `ending` what is free of it at `instant`.

    `ending` is a restriction that ends then, or a permission that begins. A rule whose patient
    factor was not asked counts as holding: nobody is released by a gap in what is known. One that
    holds only where `ending` does not is for other patients.
    """
    holding = tuple(
        other
        for other in planned
        if other is not ending
        and other.restricts
        and other.holds_at(instant)
        and not exclude_each_other(ending.instruction.condition, other.instruction.condition)
    )
    return tuple(
        _release_topic(topic, holding, protocol.topics) for topic in ending.instruction.topics
    )


def _release_topic(
    topic: str, holding: tuple[PlannedInstruction, ...], topics: Mapping[str, Topic]
) -> Release:
    held_by: list[PlannedInstruction] = []
    except_for: list[tuple[str, PlannedInstruction]] = []
    members = find_members(topic, topics)
    for other in holding:
        if covers_topic(other.instruction, topic, topics):
            held_by.append(other)
        else:
            parts = _covered_parts(other.instruction, members, topics)
            except_for.extend((part, other) for part in parts)
    return Release(topic, tuple(held_by), tuple(except_for))


def _covered_parts(
    instruction: Instruction, members: Iterable[str], topics: Mapping[str, Topic]
) -> tuple[str, ...]:
    """Return the members that an instruction covers, leaving out members of those."""
    covered = {member for member in members if covers_topic(instruction, member, topics)}
    largest = [member for member in covered if covered.isdisjoint(find_groups(member, topics))]
    return tuple(sorted(largest))


def covers_topic(instruction: Instruction, topic: str, topics: Mapping[str, Topic]) -> bool:
    """Return whether an instruction speaks of the whole of `topic`, itself or as a group."""
    names = {topic} | find_groups(topic, topics)
    return not names.isdisjoint(instruction.topics) and names.isdisjoint(instruction.exceptions)
