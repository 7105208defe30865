"""What can be told only once all instructions are known: circles, sides, windows turned round."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from microcare.core.appointment import timed_appointment
from microcare.core.occasions import (
    date_instructions,
    find_circle,
    point_anchors,
    settle_sides,
)
from microcare.core.windows import implied_until
from microcare.load.problems import Code

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from microcare.core.model import DayOne, Instruction
    from microcare.core.points import DayTime
    from microcare.core.windows import Dated
    from microcare.load.fields import Fields

_UTC = ZoneInfo("UTC")
_SAMPLE = timed_appointment(datetime(2026, 12, 10, 12, tzinfo=UTC), _UTC, "", timedelta(hours=1))
# What leaves no room after a late appointment may leave some after an early one.
_EXTREMES = tuple(
    timed_appointment(datetime(2026, 12, 10, hour, minute, tzinfo=UTC), _UTC, "")
    for hour, minute in ((0, 1), (23, 59))
)


def settle_instructions(
    instructions: Sequence[Instruction],
    entries: Mapping[str, Fields],
    day_one: DayOne,
    times_of_day: Mapping[str, DayTime],
) -> tuple[Instruction, ...]:
    """Return the instructions of a whole protocol, their points with the sides they lie on.

    `entries` are the maps of those that stand in the file itself, by id; what is wrong is
    reported there: times that count from each other in a circle, and windows that end before
    they begin, whatever the date, and courses without a sensible end.
    """
    circle = find_circle(instructions)
    for each in circle:
        if each.id in entries:
            _report_circle(each, entries[each.id])
    if circle:
        return tuple(instructions)
    settled = settle_sides(instructions, _SAMPLE, day_one, times_of_day)
    backward = {each.id for each in settled if each.id in entries}
    for visit in _EXTREMES:
        if backward:
            dates = date_instructions(settled, visit, day_one, times_of_day)
            backward = {name for name in backward if _is_backward(dates[name])}
    for each in settled:
        if each.id in backward:
            _report_backward(entries[each.id])
    if any(map(_has_doses, settled)):
        from microcare.load.doses import check_doses  # few protocols have any: start-up counts

        check_doses(settled, entries, day_one, times_of_day)
    return settled


def _has_doses(instruction: Instruction) -> bool:
    """Return whether a course may have doses that can be dated."""
    if not instruction.verb.doses or not (instruction.repetition or instruction.steps):
        return False
    return instruction.ends_itself or implied_until(instruction) is not None


def _report_circle(each: Instruction, fields: Fields) -> None:
    names = " and ".join(f"“{name}”" for name in point_anchors(each) if name != "appointment")
    message = f"“{each.id}” counts from {names}, whose own times wait for it in a circle."
    hint = "count one of them from the treatment"
    fields.report(_time_key(fields), Code.CYCLE, message, hint)


def _report_backward(fields: Fields) -> None:
    message = "This ends before it begins."
    hint = "look at “before” and “after” in its times"
    fields.report(_time_key(fields), Code.IMPOSSIBLE_TIME, message, hint)


def _time_key(fields: Fields) -> str:
    keys = ("until", "for", "from", "on", "at", "at-least")
    return next((key for key in keys if key in fields), "id")


def _is_backward(dated: Dated) -> bool:
    return dated.start is not None and dated.until is not None and dated.start >= dated.until
