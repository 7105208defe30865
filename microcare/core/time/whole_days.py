"""Windows of a whole-day appointment: of a treatment at 00:00 and one at 24:00, the careful one."""

from __future__ import annotations

from datetime import datetime

from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.points import Edge, Length, Offset, Point, Side
from microcare.core.time.dated import Dated
from microcare.core.values import replace


def join_readings(instruction: Instruction, early: Dated, late: Dated) -> Dated:
    """Return when an instruction holds whose treatment is at some hour of a day.

    `early` and `late` are for a treatment at the day's two ends. What is forbidden, watched for or
    noticed holds from the earlier reading to the later, and so does what is done, but that its
    hours before count from 00:00 and its hours after from 24:00. What is permitted holds for both
    alone; where that leaves nothing, there is no date.
    """
    if instruction.window.at is not None:
        return _join_moments(instruction, instruction.window.at, early, late)
    opens = _pick_opening(instruction, early, late)
    closes = _pick_closing(instruction, early, late)
    start, until = opens.start, closes.until
    leaves_nothing = start is not None and until is not None and start >= until
    if leaves_nothing and not instruction.verb.traits.restricts:
        return Dated()
    return replace(
        opens,
        until=until,
        until_at_least=closes.until_at_least,
        until_form=closes.until_form,
        least_form=closes.least_form,
        ends_with_treatment=closes.ends_with_treatment,
        start_otherwise=_find_other(start, early.start, late.start),
        until_otherwise=_find_other(until, early.until, late.until),
    )


def _find_other(chosen: datetime | None, *readings: datetime | None) -> datetime | None:
    return next((each for each in readings if each != chosen), None)


def _join_moments(instruction: Instruction, at: Point, early: Dated, late: Dated) -> Dated:
    if early == late or (isinstance(at, Edge) and early.starts_with_day):
        # Within the day of the treatment, and told as that.
        return early
    if isinstance(at, Edge):
        return Dated()
    chosen = late if instruction.verb.traits.permits else early
    return replace(chosen, start_otherwise=_find_other(chosen.start, early.start, late.start))


def _pick_opening(instruction: Instruction, early: Dated, late: Dated) -> Dated:
    traits = instruction.verb.traits
    counts_after = _is_done(instruction) and _counts_hours(instruction.implied_start, Side.AFTER)
    return late if traits.permits or counts_after else early


def _pick_closing(instruction: Instruction, early: Dated, late: Dated) -> Dated:
    traits, until = instruction.verb.traits, instruction.window.until
    if isinstance(until, Length):
        until = instruction.implied_start
    counts_before = _is_done(instruction) and _counts_hours(until, Side.BEFORE)
    return early if traits.permits or counts_before else late


def _is_done(instruction: Instruction) -> bool:
    """Return whether something is to be done, and not only left, watched for or noticed."""
    traits = instruction.verb.traits
    return traits.is_task or traits.needs_notice


def _counts_hours(point: Point | None, side: Side) -> bool:
    return isinstance(point, Offset) and point.quantity.unit.elapses and point.side is side
