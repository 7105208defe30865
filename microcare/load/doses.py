"""Courses that would never end: how many doses one has around sample appointments."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from microcare.core.appointment import timed_appointment
from microcare.core.courses import MAX_DOSES, find_doses
from microcare.core.spans import Clockwork
from microcare.core.windows import date_window, ends_itself
from microcare.load.problems import Code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from microcare.core.model import DayOne, Instruction
    from microcare.core.points import DayTime
    from microcare.load.fields import Fields

# Two long months lie behind the one and before the other, a leap day within a year of both.
_SAMPLE_VISITS = tuple(
    timed_appointment(start, ZoneInfo("UTC"), "")
    for start in (
        datetime(2027, 7, 1, 0, 1, tzinfo=UTC),
        datetime(2028, 9, 1, 23, 59, tzinfo=UTC),
    )
)


def check_doses(
    fields: Fields,
    instruction: Instruction,
    day_one: DayOne,
    times_of_day: Mapping[str, DayTime],
) -> None:
    """Report a course of more doses than anyone takes, or one of many years."""
    rhythm = instruction.repetition
    wanted = rhythm.count_max if rhythm is not None and ends_itself(instruction) else None
    for visit in _SAMPLE_VISITS:
        dated = date_window(instruction, Clockwork(visit, day_one, times_of_day))
        doses = find_doses(instruction, dated, visit, times_of_day)
        too_long = bool(doses) and len(doses) < (wanted or 0)
        if len(doses) > MAX_DOSES or too_long:
            key = next((key for key in ("steps", "every", "daily") if key in fields), "id")
            what = "goes on for many years" if too_long else f"has more than {MAX_DOSES:,} doses"
            hint = "give it an earlier end, or leave the end out"
            fields.report(key, Code.TOO_MANY_DOSES, f"This course {what}.", hint)
            return
