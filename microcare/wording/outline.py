"""A plan as an outline of plain texts: the one order and wording that every format shows."""

from __future__ import annotations

from enum import Enum
from itertools import groupby
from typing import TYPE_CHECKING

from microcare.core.conditions import Answer
from microcare.core.model import Verb
from microcare.core.planned import Kind, State
from microcare.core.points import Side
from microcare.core.values import value
from microcare.wording.asking import Question, list_questions
from microcare.wording.rows import Row, RowWriter, Tone
from microcare.wording.words import PlanWords, ask_clinic, signed_days

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from microcare.core.conflicts import Conflict
    from microcare.core.model import Clinic
    from microcare.core.planned import PlannedInstruction
    from microcare.core.timeline import Day, Event, Plan


class Phase(Enum):
    """The parts into which days fall, in their order."""

    BEFORE = "before"
    TREATMENT_DAY = "treatment day"
    AFTER = "after"


@value
class DayOutline:
    """One day: what changes, then what else is still in force.

    `quiet_days` counts the days without a change since the day listed before it.
    """

    date: date
    label: str
    distance: str
    rows: tuple[Row, ...]
    still: str | None
    quiet_days: int


@value
class Outline:
    """A whole plan in texts. `blocked` are the reasons not to treat, empty where there is none.

    `label_width` is that of the longest day label, in characters.
    """

    blocked: tuple[str, ...]
    questions: tuple[Question, ...]
    settled: tuple[str, ...]
    phases: tuple[tuple[Phase, tuple[DayOutline, ...]], ...]
    label_width: int
    undated: tuple[Row, ...]
    left_out: tuple[tuple[str, str], ...]
    conflicts: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]


def outline_plan(plan: Plan, clinic: Clinic) -> Outline:
    """Return a plan's outline; `clinic` is whom to ask."""
    words = PlanWords(plan)
    writer = RowWriter(plan, words)
    days = tuple(_outline_days(plan, words, writer))
    phases = tuple(
        (phase, chosen)
        for phase in Phase
        if (chosen := tuple(day for day in days if _phase(day.date, plan) is phase))
    )
    protocol = plan.protocol
    return Outline(
        blocked=tuple(each.instruction.text for each in plan.blocked_by),
        questions=list_questions(plan, words),
        settled=tuple(
            each.instruction.text
            for each in plan.instructions
            if each.instruction.verb is Verb.SCREEN and each.applies is Answer.NO
        ),
        phases=phases,
        label_width=max(len(day.label) for day in days),
        undated=tuple(_undated_rows(plan, words, writer, clinic)),
        left_out=tuple(
            (each.instruction.text, each.reason or "")
            for each in plan.instructions
            if each.applies is Answer.NO and each.instruction.verb is not Verb.SCREEN
        ),
        conflicts=_merge_conflicts(plan.conflicts),
        notes=(
            *((protocol.id, note) for note in protocol.notes),
            *((each.id, each.note) for each in protocol.instructions if each.note is not None),
        ),
    )


def _merge_conflicts(conflicts: Iterable[Conflict]) -> tuple[str, ...]:
    """Return the contradictions, those between the same instructions as one."""
    labels: dict[str, list[str]] = {}
    for conflict in conflicts:
        labels.setdefault(conflict.statement, []).append(conflict.label)
    return tuple(f"{', '.join(names)}: {said}" for said, names in labels.items())


def _phase(day: date, plan: Plan) -> Phase:
    if day == plan.visit.day:
        return Phase.TREATMENT_DAY
    return Phase.BEFORE if day < plan.visit.day else Phase.AFTER


def _outline_days(plan: Plan, words: PlanWords, writer: RowWriter) -> Iterable[DayOutline]:
    previous = None
    for day in plan.days:
        rows = _day_rows(day, plan, writer)
        if not rows:
            continue
        changed = {event.planned.instruction.id for event in day.events}
        still = [
            each
            for each in day.in_force
            if each.instruction.id not in changed and each.instruction.verb is not Verb.EXPECT
        ]
        yield DayOutline(
            date=day.date,
            label=words.padded(day.date),
            distance=signed_days(day.distance),
            rows=rows,
            still=_still_words(still, words) or None,
            quiet_days=(day.date - previous).days - 1 if previous is not None else 0,
        )
        previous = day.date


def _day_rows(day: Day, plan: Plan, writer: RowWriter) -> tuple[Row, ...]:
    if day.distance != 0:
        return _event_rows(day.events, writer)
    visit = plan.visit
    early = [event for event in day.events if _precedes_visit(event, plan)]
    late = [event for event in day.events if event not in early]
    title = Row(writer.visit_time(visit), "", plan.protocol.title, (), Tone.VISIT)
    return (*_event_rows(early, writer), title, *_event_rows(late, writer))


def _event_rows(events: Iterable[Event], writer: RowWriter) -> tuple[Row, ...]:
    """Return the rows of events; restrictions that end at one time are released together."""
    rows: list[Row] = []
    for _, group in groupby(events, key=writer.group_key):
        rows.extend(writer.event_rows(tuple(group)))
    return tuple(rows)


def _precedes_visit(event: Event, plan: Plan) -> bool:
    """Return whether an event of the treatment day is told before the treatment.

    A numbered day that may be the treatment day itself counts from midnight, but speaks of the
    time after the treatment.
    """
    after = event.planned.side is Side.AFTER
    if event.instant is None or plan.visit.all_day:
        return not after
    return event.instant <= plan.visit.start and not after


_STILL = {
    Verb.AVOID: "avoid",
    Verb.WAIT_SINCE: "avoid",
    Verb.TAKE: "take",
    Verb.USE: "use",
    Verb.DO: "do",
}


def _still_words(planned: Iterable[PlannedInstruction], words: PlanWords) -> str:
    """Return what holds beside a day's changes, each topic once, the sure before the asked."""
    sure: dict[str, list[str]] = {}
    asked: dict[tuple[str, str], list[str]] = {}
    for each in planned:
        verb = _STILL.get(each.instruction.verb)
        if verb is None:
            continue
        condition = words.condition(each)
        names = asked.setdefault((condition, verb), []) if condition else sure.setdefault(verb, [])
        names.extend(name for name in words.each_label(each.instruction) if name not in names)
    parts = [f"{verb} {', '.join(names)}" for verb, names in sure.items()]
    for (condition, verb), names in asked.items():
        new = [name for name in names if name not in sure.get(verb, ())]
        if new:
            parts.append(f"{condition}, {verb} {', '.join(new)}")
    return "; ".join(parts)


def _undated_rows(plan: Plan, words: PlanWords, writer: RowWriter, clinic: Clinic) -> Iterable[Row]:
    for each in plan.instructions:
        instruction, window = each.instruction, each.instruction.window
        if each.applies is Answer.NO or instruction.verb is Verb.SCREEN:
            continue
        if each.state is State.UNDATED:
            yield writer.planned_row(each, details=writer.details(each))
        elif (
            each.kind is Kind.WINDOW
            and (each.restricts or instruction.verb is Verb.TAKE)
            and each.dated.until is None
            and window.until_state is None
            and window.until_words is None
        ):
            since = f"from {words.moment(each.dated.start)}, " if each.dated.start else ""
            end = f"{since}no end stated; {ask_clinic(clinic)}"
            yield writer.planned_row(each, details=(end,))
