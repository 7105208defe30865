"""What the plans of a protocol show: contradictions, in which file to mend them, what is lost."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import product
from zoneinfo import ZoneInfo

from microcare.core.plan.conflicts import Conflict
from microcare.core.plan.plan import Plan, build_plan, find_untold
from microcare.core.sheet.problems import Code, Subject
from microcare.core.sheet.protocol import Protocol
from microcare.core.time.appointment import (
    Appointment,
    make_timed_appointment,
    make_whole_day_appointment,
)
from microcare.load.check.doubts import Doubt, Entry, list_lineage, list_some
from microcare.load.protocol.causes import list_causes
from microcare.wording.plan.conflicts import quote_rule

_UTC = ZoneInfo("UTC")
_MOST_TIMES = 12
# Hours and days meet differently early and late on a day, months in short and long ones.
SAMPLE_VISITS = (
    make_timed_appointment(datetime(2026, 12, 10, 14, 30, tzinfo=UTC), _UTC, ""),
    make_timed_appointment(datetime(2027, 3, 1, 7, 5, tzinfo=UTC), _UTC, ""),
    make_timed_appointment(datetime(2027, 3, 31, 19, 55, tzinfo=UTC), _UTC, ""),
    make_whole_day_appointment(datetime(2026, 12, 10, tzinfo=UTC).date(), _UTC, ""),
)


def plan_samples(protocol: Protocol) -> tuple[Plan, ...]:
    """Return its plans at the sample appointments, and around the times of day it depends on."""
    visits = (*SAMPLE_VISITS, *_visits_between(protocol))
    return tuple(build_plan(protocol, visit, now=visit.start) for visit in visits)


def check_told(entries: tuple[Entry, ...], plans: Iterable[Plan]) -> Iterable[Doubt]:
    """Yield the instructions whose sentence would stand nowhere in one of the plans."""
    untold = {each.instruction.id for plan in plans for each in find_untold(plan)}
    for entry in entries:
        if entry.instruction.id in untold:
            message = f"The sentence of “{entry.instruction.id}” would stand nowhere in a plan."
            hint = "state when it begins, or leave its time out"
            yield Doubt(entry.verb_mark, Code.UNTOLD, message, hint)


def check_conflicts(
    entries: tuple[Entry, ...], protocol: Protocol, plans: Iterable[Plan]
) -> Iterable[Doubt]:
    """Yield one warning for each set of instructions that contradict each other, on any topics.

    `plans` are those of the protocol. What contradicts itself in the base already is not the
    variant's business.
    """
    written = {entry.instruction.id: entry for entry in entries}
    base = protocol.extends.base if protocol.extends else None
    inherited: dict[str, list[tuple[str, ...]]] = {}
    for ids in _find_conflicts(plan_samples(base)) if base else ():
        for name in ids:
            inherited.setdefault(name, []).append(ids)
    for ids, conflicts in _find_conflicts(plans).items():
        own = [name for name in ids if written[name].is_own]
        if not own and any(set(ids) <= set(each) for each in inherited.get(ids[0], ())):
            continue
        members, governs = conflicts[0].instructions, conflicts[0].governs
        permits = any(each.instruction.verb.traits.permits for each in members)
        labels = list(dict.fromkeys(protocol.topics[each.topic].label for each in conflicts))
        said = "; ".join(
            f"{quote_rule(each.instruction, protocol)} in {_line_words(written[name])} ({name})"
            for name, each in zip(ids, members, strict=True)
        )
        hint = f"the plan follows {', '.join(f'“{each.instruction.id}”' for each in governs)}"
        if not any(each.instruction.note for each in members):
            hint += "; where your document says both, keep both and add a “note”"
        yield Doubt(
            written[(own or ids)[-1]].verb_mark,
            Code.CONTRADICTED_MAY if permits else Code.CONFLICT,
            f"The protocol contradicts itself about {list_some(labels)}: {said}.",
            hint,
            _list_subjects(conflicts, protocol, base) if base and not own else (),
        )


def _find_conflicts(plans: Iterable[Plan]) -> dict[tuple[str, ...], list[Conflict]]:
    """Return the conflicts of plans by the ids of their instructions."""
    sets: dict[tuple[str, ...], list[Conflict]] = {}
    for plan in plans:
        for conflict in plan.conflicts:
            ids = tuple(each.instruction.id for each in conflict.instructions)
            sets.setdefault(ids, []).append(conflict)
    return sets


def _line_words(entry: Entry) -> str:
    mark = entry.verb_mark
    return f"{mark.file}:{mark.line}" if mark.file else f"line {mark.line}"


def _list_subjects(
    conflicts: list[Conflict], protocol: Protocol, base: Protocol
) -> tuple[Subject, ...]:
    """Return by what a variant may set inherited instructions at odds, the nearest cause first.

    That is how their topics hang together, if that is new, else their times, else their names.
    """
    members = [each.instruction for each in conflicts[0].instructions]
    disputed = {each.topic for each in conflicts}
    named = sorted({topic for each in members for topic in each.topics})
    new, old = list[str](), list[str]()
    for group, topic in product(named, named):
        lineage = list_lineage(topic, protocol)
        if group in lineage and disputed.intersection((group, topic)):
            known = topic in base.topics and group in list_lineage(topic, base)
            path = (each for each in sorted(lineage) if group in list_lineage(each, protocol))
            (old if known else new).extend(path)
    names = (*old, *(topic for each in members for topic in each.exceptions))
    times = (cause for each in members for cause in list_causes(each, protocol.instructions))
    return (
        *(Subject("topics", topic) for topic in new),
        *times,
        *(Subject("topics", topic) for topic in names),
    )


def _visits_between(protocol: Protocol) -> Iterable[Appointment]:
    """Yield an appointment on either side of each time of day that instructions depend on."""
    named = {each.before for each in protocol.factors.values() if each.before is not None}
    for before in sorted(named)[:_MOST_TIMES]:
        for hour, minute in (divmod(before - 1, 60), divmod(before, 60)):
            yield make_timed_appointment(datetime(2026, 12, 10, hour, minute, tzinfo=UTC), _UTC, "")
