"""What can be told only once all instructions are known: circles, sides, windows turned round."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from microcare.core.sheet.anchoring import find_circle, list_point_anchors, order_by_anchor
from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.points import Clock, DayTime, Point, Side, find_side
from microcare.core.sheet.problems import Code, Subject
from microcare.core.sheet.protocol import DayOne
from microcare.core.time.anchors import date_instructions, read_times, settle_sides
from microcare.core.time.appointment import make_timed_appointment
from microcare.core.time.dated import Dated
from microcare.load.source.fields import Fields

_UTC = ZoneInfo("UTC")
_SAMPLE = make_timed_appointment(
    datetime(2026, 12, 10, 12, tzinfo=UTC), _UTC, "", timedelta(hours=1)
)
# What leaves no room after a late appointment may leave some after an early one.
_EXTREMES = tuple(
    make_timed_appointment(datetime(2026, 12, 10, hour, minute, tzinfo=UTC), _UTC, "")
    for hour, minute in ((0, 1), (23, 59))
)


def settle_instructions(
    instructions: Sequence[Instruction],
    entries: Mapping[str, Fields],
    day_one: DayOne,
    times_of_day: Mapping[str, DayTime],
    unread: Collection[str] = (),
) -> tuple[Instruction, ...]:
    """Return the instructions of a whole protocol, their points with the sides they lie on.

    `entries` are the maps of those that stand in the file itself, by id; what is wrong is
    reported there: times that count from each other in a circle, and windows that end before
    they begin, whatever the date, or of which it stays open on which side they lie, and courses
    without a sensible end. `unread` are the ids of those that are no instructions as they stand;
    what waits for them is let pass.
    """
    circle = find_circle(instructions)
    for each in circle:
        if each.id in entries:
            _report_circle(each, circle, entries[each.id])
    if circle:
        return tuple(instructions)
    settled = settle_sides(instructions, _SAMPLE, day_one, times_of_day)
    doubtful = _waiting_for(unread, settled) if unread else set()
    backward = entries.keys() - doubtful
    times = read_times(settled, day_one, times_of_day)
    for visit in _EXTREMES:
        if backward:
            dates = date_instructions(times, visit)
            backward = {name for name in backward if _is_backward(dates[name])}
    for each in settled:
        if each.id in backward:
            _report_backward(each, settled, entries[each.id])
        if each.id in entries and each.id not in doubtful:
            _check_treatment_day(each, settled, entries[each.id])
    if any(map(_has_doses, settled)):
        # Few protocols have any: start-up counts.
        from microcare.load.protocol.course_lengths import check_doses

        check_doses(settled, entries, day_one, times_of_day)
    return settled


def _has_doses(instruction: Instruction) -> bool:
    """Return whether a course may have doses that can be dated."""
    if not instruction.verb.traits.doses or not (instruction.repetition or instruction.steps):
        return False
    return instruction.has_last_dose or instruction.implied_until is not None


def _waiting_for(unread: Collection[str], instructions: Sequence[Instruction]) -> set[str]:
    """Return the instructions whose times can't be told, since they count from unread ones."""
    found = set(unread)
    for each in order_by_anchor(instructions):
        if found.intersection(list_point_anchors(each)):
            found.add(each.id)
    return found


def _check_treatment_day(
    each: Instruction, instructions: Sequence[Instruction], fields: Fields
) -> None:
    """Report a clock time of the treatment day that leaves open on which side it stands.

    Whether 14:00 comes before or after the treatment depends on the booking.
    """
    window = each.window
    is_open = window.until is None and window.until_state is None and window.until_words is None
    if each.ends_itself:
        return
    if is_open and _is_on_treatment_day(window.start):
        key, message = "from", "It begins on the treatment day, but its end is left open."
        hint = "add “until: start”, or another end"
    elif window.start is None and _is_on_treatment_day(window.until):
        key, message = "until", "It ends on the treatment day, but its beginning is left open."
        hint = "add “from: end”, or another beginning"
    else:
        return
    fields.report(key, Code.MISSING_KEY, message, hint, subjects=_causes(each, instructions))


def _is_on_treatment_day(point: Point | None) -> bool:
    return isinstance(point, Clock) and find_side(point) is Side.DAY_OF


def _report_circle(each: Instruction, circle: Sequence[Instruction], fields: Fields) -> None:
    taking_part = {other.id for other in circle}
    awaited = [name for name in list_point_anchors(each) if name in taking_part]
    names = " and ".join(f"“{name}”" for name in awaited)
    message = f"“{each.id}” counts from {names}, whose own times wait for it in a circle."
    hint = "count one of them from the treatment"
    names_in_order = [*awaited, *sorted(taking_part.difference(awaited))]
    about = tuple(Subject("instructions", name) for name in names_in_order)
    fields.report(_time_key(fields), Code.CYCLE, message, hint, subjects=about)


def _report_backward(each: Instruction, settled: Sequence[Instruction], fields: Fields) -> None:
    key = _time_key(fields)
    hint = "look at “before” and “after” in its times"
    if key == "from":
        hint = (
            "without “until” it ends at the treatment's start: write “from: end”, or when it ends"
        )
    elif key == "until" and "from" not in fields:
        hint = "without “from” it begins at the treatment's end: write when it begins"
    message, about = "This ends before it begins.", _causes(each, settled)
    fields.report(key, Code.IMPOSSIBLE_TIME, message, hint, subjects=about)


def _causes(each: Instruction, instructions: Sequence[Instruction]) -> tuple[Subject, ...]:
    from microcare.load.protocol.causes import list_causes  # only of problems: start-up counts

    return list_causes(each, instructions)


def _time_key(fields: Fields) -> str:
    keys = ("until", "for", "from", "on", "at", "at-least")
    return next((key for key in keys if key in fields), "id")


def _is_backward(dated: Dated) -> bool:
    return dated.start is not None and dated.until is not None and dated.start >= dated.until
