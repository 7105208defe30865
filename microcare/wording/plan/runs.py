"""Runs: rules of a sheet that go on as one, told once ("day 1", "days 2 to 7", "day 7 on")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from microcare.core.plan.claims import ALWAYS, NEVER
from microcare.core.plan.planned import End, Kind, PlannedInstruction
from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.points import NumberedDay
from microcare.core.values import value


@value
class Run:
    """Rules that go on as one, without a gap: `last` is the one that ends last."""

    members: tuple[PlannedInstruction, ...]
    last: PlannedInstruction


def find_runs(planned: Iterable[PlannedInstruction]) -> Mapping[str, Run]:
    """Return the rules that are alike but for their times and meet, by the id of the first."""
    alike: dict[object, list[PlannedInstruction]] = {}
    for each in planned:
        whole = each.kind is Kind.WINDOW and each.dated.start is not None
        if whole and not (each.restricts or each.overruled or each.doubted or each.doses):
            same = (each.treatment.number, _timeless(each.instruction))
            alike.setdefault(same, []).append(each)
    runs = (run for same in alike.values() for run in _list_runs(same))
    return {run.members[0].instruction.id: run for run in runs}


def _timeless(instruction: Instruction) -> object:
    """Return all that an instruction says but when, and in which words."""
    return (
        *(instruction.verb, instruction.topics, instruction.exceptions, instruction.condition),
        *(instruction.strength, instruction.amounts, instruction.repetition, instruction.steps),
        *(instruction.ask_first, instruction.override_by, instruction.call, instruction.area),
    )


def _list_runs(alike: Iterable[PlannedInstruction]) -> Iterable[Run]:
    run: Run | None = None
    for each in sorted(alike, key=lambda each: each.dated.start or ALWAYS):
        if run is not None and _meets(run.last, each):
            last = max(run.last, each, key=lambda one: one.dated.until or NEVER)
            run = Run((*run.members, each), last)
            continue
        if run is not None:
            yield run
        run = Run((each,), each)
    if run is not None:
        yield run


def _meets(first: PlannedInstruction, second: PlannedInstruction) -> bool:
    """Return whether a rule goes on, whichever way the sheet is read, where another ends."""
    if first.end is not End.DATE or second.dated.start is None or first.dated.until is None:
        return False
    ends, starts = first.instruction.window.until, second.instruction.window.start
    if isinstance(ends, NumberedDay) and isinstance(starts, NumberedDay):
        return starts.number <= ends.number + 1
    return second.dated.start <= first.dated.until
