"""Courses that would never end: how many doses one has around sample appointments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.points import DayTime
from microcare.core.sheet.problems import Code, Subject
from microcare.core.sheet.protocol import DayOne
from microcare.core.time.anchors import date_instructions, read_times
from microcare.core.time.appointment import make_timed_appointment
from microcare.core.time.courses import MAX_DOSES, find_doses
from microcare.load.protocol.causes import list_causes
from microcare.load.source.fields import Fields

if TYPE_CHECKING:
    from microcare.core.time.courses import Dose

# Two long months lie behind the one and before the other, a leap day within a year of both.
_SAMPLE_VISITS = tuple(
    make_timed_appointment(start, ZoneInfo("UTC"), "")
    for start in (datetime(2027, 7, 1, 0, 1, tzinfo=UTC), datetime(2028, 9, 1, 23, 59, tzinfo=UTC))
)


def check_doses(
    instructions: Sequence[Instruction],
    entries: Mapping[str, Fields],
    day_one: DayOne,
    times_of_day: Mapping[str, DayTime],
) -> None:
    """Report the courses of more doses than anyone takes, and those of many years.

    `entries` are the maps of the instructions that stand in the file itself, by id.
    """
    told: set[str] = set()
    times = read_times(instructions, day_one, times_of_day)
    for visit in _SAMPLE_VISITS:
        dates = date_instructions(times, visit)
        for each in instructions:
            if each.id not in entries or each.id in told:
                continue
            what = _complaint(each, find_doses(each, dates[each.id], visit, times_of_day))
            if what is not None:
                _report(entries[each.id], what, list_causes(each, instructions))
                told.add(each.id)


def _complaint(each: Instruction, doses: tuple[Dose, ...]) -> str | None:
    wanted = each.repetition.count_max if each.repetition and each.ends_itself else None
    if doses and len(doses) < (wanted or 0):
        return "goes on for many years"
    return f"has more than {MAX_DOSES:,} doses" if len(doses) > MAX_DOSES else None


def _report(fields: Fields, what: str, about: tuple[Subject, ...]) -> None:
    key = next((key for key in ("steps", "every", "daily") if key in fields), "id")
    hint = "give it an earlier end, or leave the end out"
    fields.report(key, Code.TOO_MANY_DOSES, f"This course {what}.", hint, subjects=about)
