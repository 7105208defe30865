"""The days of a plan in texts: what changes on each, and what is still in force."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from microcare.core.plan.days import Change, Day, Transition
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import PlannedInstruction
from microcare.core.sheet.points import Side
from microcare.core.values import value
from microcare.wording.dates import signed_days
from microcare.wording.labels import list_labels
from microcare.wording.persons import ask_words
from microcare.wording.plan.rows import Row, RowWriter
from microcare.wording.plan.words import PlanWords
from microcare.wording.verbs import WORDS, Tone


@value
class DayOutline:
    """One day: what changes, then what else is still in force.

    `quiet_days` counts the days without a change since the day listed before it, and `going_on`
    is what is taken or done on them by an earlier row.
    """

    day: Day
    label: str
    distance: str
    rows: tuple[Row, ...]
    still: str | None
    quiet_days: int
    going_on: str = ""


def outline_days(plan: Plan, words: PlanWords, writer: RowWriter) -> Iterable[DayOutline]:
    """Yield the outlines of a plan's days; a day that tells the patient nothing is left out."""
    previous = None
    going_on: dict[str, None] = {}
    for day in plan.days:
        rows = _day_rows(day, plan, writer)
        if not rows:
            labels = (words.labels(each.instruction) for each, _ in day.doses)
            going_on.update(dict.fromkeys(labels))
            continue
        yield DayOutline(
            day=day,
            label=words.padded(day.date),
            distance=signed_days(day.distance),
            rows=rows,
            still=_still_words(still_in_force(day), plan, words) or None,
            quiet_days=(day.date - previous).days - 1 if previous is not None else 0,
            going_on=", ".join(going_on),
        )
        going_on.clear()
        previous = day.date


def still_in_force(day: Day) -> tuple[PlannedInstruction, ...]:
    """Return what a day finds in force and leaves unchanged: what is forbidden, and duties."""
    changed = {transition.planned.instruction.id for transition in day.transitions}
    return tuple(
        each
        for each in day.in_force
        if each.instruction.id not in changed and each.instruction.verb.traits.binds
    )


def still_verb(each: PlannedInstruction) -> str:
    """Return what is still to be done, with whom to ask before it."""
    return ", then ".join([*ask_words(each.instruction), WORDS[each.instruction.verb].verb])


def _day_rows(day: Day, plan: Plan, writer: RowWriter) -> tuple[Row, ...]:
    if day.distance != 0:
        return _transition_rows(day.transitions, writer)
    visit = plan.visit
    early = [transition for transition in day.transitions if _precedes_visit(transition, plan)]
    late = [transition for transition in day.transitions if transition not in early]
    title = Row(writer.visit_time(visit), "", plan.protocol.title, (), Tone.VISIT)
    return (*_transition_rows(early, writer), title, *_transition_rows(late, writer))


def _transition_rows(transitions: Iterable[Transition], writer: RowWriter) -> tuple[Row, ...]:
    """Return the rows of transitions; restrictions that end at one time are released together."""
    rows: list[Row] = []
    for _, group in groupby(transitions, key=writer.group_key):
        rows.extend(writer.transition_rows(tuple(group)))
    return tuple(rows)


def _precedes_visit(transition: Transition, plan: Plan) -> bool:
    """Return whether a transition of the treatment day is told before the treatment.

    A numbered day that may be the treatment day itself counts from midnight, but speaks of the
    time after the treatment. What ends with a treatment of unknown length ends at its start.
    """
    after = transition.planned.side is Side.AFTER
    if transition.instant is None or plan.visit.all_day:
        return not after
    if transition.change is Change.ENDS and transition.instant == plan.visit.end:
        return False
    return transition.instant <= plan.visit.start and not after


def _still_words(planned: Iterable[PlannedInstruction], plan: Plan, words: PlanWords) -> str:
    """Return what holds beside a day's changes, each topic once, the sure before the asked."""
    sure: dict[str, list[str]] = {}
    asked: dict[tuple[str, str], list[str]] = {}
    for each in planned:
        verb = still_verb(each)
        condition = words.condition(each)
        names = asked.setdefault((condition, verb), []) if condition else sure.setdefault(verb, [])
        labels = list_labels(each.instruction, plan.protocol)
        names.extend(name for name in labels if name not in names)
    parts = [f"{verb} {', '.join(names)}" for verb, names in sure.items()]
    for (condition, verb), names in asked.items():
        new = [name for name in names if name not in sure.get(verb, ())]
        if new:
            parts.append(f"{condition}, {verb} {', '.join(new)}")
    return "; ".join(parts)
