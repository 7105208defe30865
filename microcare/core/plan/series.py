"""A treatment that is repeated: what its sheet says of that, and the dates of its sessions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from microcare.core.sheet.desk import OpeningHours
from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.points import Quantity, Unit
from microcare.core.sheet.verbs import Verb
from microcare.core.sheet.word_search import find_within
from microcare.core.time.appointment import (
    Appointment,
    make_timed_appointment,
    make_whole_day_appointment,
)
from microcare.core.time.arithmetic import find_clock_instants, shift_date
from microcare.core.values import value

if TYPE_CHECKING:
    from microcare.core.sheet.protocol import Protocol

_DAY = timedelta(days=1)
_LONGEST_CLOSED = 2 * 366


@value
class Series:
    """How a sheet has its treatment repeated, by an `instruction` of it.

    `spacing` is from one session to the next. Of `count_least` to `count_most` treatments in all,
    both inclusive, the first is one; None where the sheet gives no number.
    """

    instruction: Instruction
    spacing: Quantity
    count_least: int | None = None
    count_most: int | None = None


def find_series(protocol: Protocol) -> Series | None:
    """Return the series of a protocol's treatment, the first that it states; None without one."""
    for each in protocol.instructions:
        rhythm = each.repetition
        if each.verb is Verb.REPEAT and rhythm is not None and rhythm.interval is not None:
            return Series(each, rhythm.interval, rhythm.count_min, rhythm.count_max)
    return None


def list_procedures(sheet: Protocol) -> tuple[str, ...]:
    """Return the topics that a protocol's treatment is, as other sheets may forbid it."""
    series = find_series(sheet)
    named = (each.id for each in find_within(sheet.procedure, sheet.topics))
    return tuple(dict.fromkeys((*named, *(series.instruction.topics if series else ()))))


def list_sessions(
    first: Appointment,
    count: int,
    spacing: Quantity,
    booked: Mapping[int, Appointment],
    hours: OpeningHours,
) -> Iterator[Appointment]:
    """Yield so many appointments, `first` among them, each as soon after the last as may be.

    Of a range of spacings that is the least. A session is at the first one's time of day and, where
    months or years are counted, on the weekday of the one before. Where the clinic doesn't work
    then it is on the next date on which it does. Those that are `booked`, by their numbers from 2
    on, are taken as they are, and what follows is counted from them. There are fewer where the
    clinic doesn't work for two years.
    """
    visit: Appointment | None = first
    for number in range(1, count + 1):
        if number in booked:
            visit = booked[number]
        elif number > 1 and visit is not None:
            visit = _find_next(visit, first, spacing, hours)
        if visit is None:
            return
        yield visit


def _find_next(
    last: Appointment, first: Appointment, spacing: Quantity, hours: OpeningHours
) -> Appointment | None:
    day = shift_date(last.day, spacing.least, spacing.unit)
    if spacing.unit in (Unit.MONTH, Unit.YEAR):
        day += (last.day - day) % timedelta(weeks=1)
    # A desk that books outside of its hours once will do it again.
    kept = _is_usual(first, first.day, hours)
    for _ in range(_LONGEST_CLOSED):
        if day not in hours.closed and (not kept or _is_usual(first, day, hours)):
            return _move(first, day)
        day += _DAY
    return None


def _is_usual(first: Appointment, day: date, hours: OpeningHours) -> bool:
    """Return whether the clinic usually works on a weekday at the time of day of an appointment."""
    spans = hours.list_spans(day)
    if first.all_day:
        return bool(spans)
    local = first.local(first.start)
    clock = timedelta(hours=local.hour, minutes=local.minute)
    return any(each.opens <= clock < each.closes for each in spans)


def _move(first: Appointment, day: date) -> Appointment:
    """Return an appointment at the same time of day, and as long, on another date.

    Where a clock change leaves that time out, or has it twice, it is the later instant.
    """
    if first.all_day:
        return make_whole_day_appointment(day, first.zone, first.zone_source)
    local = first.local(first.start)
    start = find_clock_instants(day, local.hour * 60 + local.minute, first.zone)[1]
    length = first.end - first.start if first.duration_known else None
    return make_timed_appointment(start, first.zone, first.zone_source, length)
