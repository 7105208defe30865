"""The plan of several treatments of one patient: their sheets as one, dated each by its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from microcare.core.plan.answers import settle_answers, starts_before
from microcare.core.plan.last_times import LastTime
from microcare.core.plan.plan import Known, Plan, assemble_plan, plan_instructions
from microcare.core.plan.planned import Kind, PlannedInstruction
from microcare.core.plan.series import Series, find_series
from microcare.core.plan.treatments import Treatment
from microcare.core.sheet.anchoring import list_point_anchors
from microcare.core.sheet.conditions import All, Any, Condition, Is, Not
from microcare.core.sheet.instruction import Instruction, StatedTimes, Window
from microcare.core.sheet.points import Clock, Point
from microcare.core.sheet.protocol import Protocol
from microcare.core.sheet.vocabulary import Topic, Vocabulary
from microcare.core.time.appointment import Appointment
from microcare.core.time.arithmetic import read_instant
from microcare.core.values import replace


def plan_treatments(
    given: Sequence[Treatment],
    *,
    now: datetime,
    answers: Mapping[str, bool],
    lasts: tuple[LastTime, ...] = (),
) -> Plan:
    """Date every instruction of several treatments, as `build_plan` does of one.

    What one sheet says without a date stands once, however often the treatment is repeated, and so
    does that it is to be repeated.
    """
    treatments, settled = _set_treatments(given), dict(answers)
    for each in treatments:
        settled |= settle_answers(each.protocol.factors, each.visit, answers)
    known = Known(read_instant(now), settled, lasts)
    planned = tuple(
        rule
        for each in treatments
        for rule in _leave_out_told(plan_instructions(each, known), each, treatments)
    )
    protocol = _join_sheets(treatments, (each.instruction for each in planned))
    return assemble_plan(protocol, treatments, planned, known)


def _leave_out_told(
    planned: Iterable[PlannedInstruction], treatment: Treatment, treatments: Sequence[Treatment]
) -> Iterator[PlannedInstruction]:
    """Yield the instructions of a treatment but for what another one of its sheet tells."""
    sheet = treatment.protocol
    anchors = {name for each in sheet.instructions for name in list_point_anchors(each)}
    series = find_series(sheet)
    for each in planned:
        # What states a time may lack one only where an appointment lacks its hour.
        repeated = treatment.repeats and each.kind is Kind.UNDATED and not each.states_time
        if series is not None and each.instruction.id == series.instruction.id:
            repeated = not _tells_series(treatment, treatments, series)
        if each.instruction.id in anchors or not repeated:
            yield each


def _tells_series(treatment: Treatment, treatments: Sequence[Treatment], series: Series) -> bool:
    """Return whether a treatment tells that it is to be repeated.

    Of its sessions that is the last, where there may be more, else the one before.
    """
    sessions = [each for each in treatments if each.protocol.id == treatment.protocol.id]
    complete = series.count_most is not None and len(sessions) >= series.count_most > 1
    return sessions[-2 if complete else -1] is treatment


def _set_treatments(given: Sequence[Treatment]) -> tuple[Treatment, ...]:
    """Return treatments as those of one plan, numbered in their order.

    The ids of the instructions, anchors and time-of-day factors of all but the first end in "@" and
    the number of the treatment: what one sheet says is not said by another.
    """
    has_faces = any(each.visit.all_day for each in given)
    found = []
    for number, each in enumerate(given, 1):
        sheet = each.protocol
        found.append(
            replace(
                each,
                protocol=sheet if number == 1 else _set_apart(sheet, number, each.visit, given[0]),
                number=number,
                has_faces=has_faces,
                repeats=any(other.protocol is sheet for other in given[: number - 1]),
            )
        )
    return tuple(found)


def _join_sheets(treatments: Sequence[Treatment], instructions: Iterable[Instruction]) -> Protocol:
    """Return the first treatment's protocol with the instructions and vocabularies of all."""
    first, *others = (each.protocol for each in treatments)
    topics: dict[str, Topic] = dict(first.topics)
    for other in others:
        for name, topic in other.topics.items():
            known = topics.get(name)
            if known != topic:
                topics[name] = topic if known is None else _join_topics(known, topic)
    sheets = (first, *others)
    return replace(
        first,
        instructions=tuple(instructions),
        topics=Vocabulary(topics),
        factors={name: each for sheet in reversed(sheets) for name, each in sheet.factors.items()},
        anchors={name: each for sheet in sheets for name, each in sheet.anchors.items()},
        notes=tuple(dict.fromkeys(note for sheet in sheets for note in sheet.notes)),
    )


def _join_topics(one: Topic, other: Topic) -> Topic:
    """Return what two files say of a topic: it is in every group that either names."""
    return replace(
        one,
        synonyms=tuple(dict.fromkeys((*one.synonyms, *other.synonyms))),
        part_of=tuple(dict.fromkeys((*one.part_of, *other.part_of))),
        medicine=one.medicine or other.medicine,
        two_sided=one.two_sided or other.two_sided,
        private=one.private or other.private,
    )


def _set_apart(sheet: Protocol, number: int, visit: Appointment, first: Treatment) -> Protocol:
    """Return a protocol whose ids are no other treatment's."""
    names = {
        name: f"{name}@{number}"
        for name in (*(each.id for each in sheet.instructions), *sheet.anchors)
    }
    factors = {
        name: f"{number}@{name}"
        for name, each in sheet.factors.items()
        if each.before is not None and not _is_alike(each.before, visit, first.visit)
    }
    return replace(
        sheet,
        instructions=tuple(_rename(each, names, factors) for each in sheet.instructions),
        anchors={names[name]: label for name, label in sheet.anchors.items()},
        factors={
            factors.get(name, name): replace(each, id=factors.get(name, name))
            for name, each in sheet.factors.items()
        },
    )


def _is_alike(before: int, one: Appointment, other: Appointment) -> bool:
    """Return whether two appointments answer alike whether they start before a time of day."""
    answer = starts_before(one, before)
    return one.start == other.start or (
        answer is not None and answer is starts_before(other, before)
    )


def _rename(each: Instruction, names: Mapping[str, str], factors: Mapping[str, str]) -> Instruction:
    condition = each.condition
    return replace(
        each,
        id=names[each.id],
        anchor=names.get(each.anchor, each.anchor),
        window=_rename_window(each.window, names),
        condition=None if condition is None else _ask(condition, factors),
    )


def _rename_window(window: Window, names: Mapping[str, str]) -> Window:
    stated = window.stated

    def rename(words: str | None) -> str | None:
        if words is None:
            return None
        return re.sub(r"(?<=\{)[^}]+(?=\})", lambda found: names.get(found[0], found[0]), words)

    start, until, at = (
        None if point is None else _rename_point(point, names)
        for point in (window.start, window.until, window.at)
    )
    return replace(
        window,
        start=start,
        until=until,
        at=at,
        stated=StatedTimes(
            rename(stated.whole),
            rename(stated.start),
            rename(stated.until),
            rename(stated.length),
            stated.hedge,
        ),
    )


def _rename_point(point: Point, names: Mapping[str, str]) -> Point:
    anchor = names.get(point.anchor)
    if anchor is None:
        return point
    if isinstance(point, Clock):
        return replace(point, day=replace(point.day, anchor=anchor))
    return replace(point, anchor=anchor)


def _ask(condition: Condition, factors: Mapping[str, str]) -> Condition:
    """Return a condition on other factors."""
    match condition:
        case Is(factor):
            return Is(factors.get(factor, factor))
        case Not(inner):
            return Not(_ask(inner, factors))
        case All(parts):
            return All(tuple(_ask(part, factors) for part in parts))
        case Any(parts):
            return Any(tuple(_ask(part, factors) for part in parts))
