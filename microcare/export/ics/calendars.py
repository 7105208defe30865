"""A plan to the bytes of its calendar file, in one step: for other programs."""

from __future__ import annotations

from microcare.core.plan.plan import Plan
from microcare.core.sheet.protocol import Clinic
from microcare.export.ics.builder import build_events
from microcare.export.ics.earlier import read_calendar
from microcare.export.ics.events import CalendarOptions
from microcare.export.ics.replacements import next_sequence
from microcare.export.ics.writer import write_events
from microcare.language.messages import speak


def calendar_bytes(
    plan: Plan,
    *,
    options: CalendarOptions | None = None,
    clinic: Clinic | None = None,
    earlier: bytes | None = None,
    name: str | None = None,
) -> bytes:
    """Return the calendar file of a plan (RFC 5545, in UTF-8), made at its `now`.

    The same plan gives the same bytes. They are in the language of the plan's protocol; times of
    day are UTC instants, ends are exclusive. `options` are those of `CalendarOptions`: without a
    `booking` among them the identities of the events come from the protocol and the appointment.
    `clinic` is whom to ask, by default the protocol's own.

    `earlier` is the booking's file before this one: what of it is not past and not in the new one
    is cancelled in it, and its revision (SEQUENCE) is above that of the earlier file. `name` is the
    calendar's own, for programs that show one.

    Raises ValueError where the treatment must not be done, or not on this date (`plan.is_barred`),
    and where `earlier` is no file that microcare made, or has the highest revision there is.
    """
    if plan.is_barred:
        raise ValueError("DO NOT TREAT: there is no calendar of a plan that is barred")
    try:
        before = None if earlier is None else read_calendar(earlier)
        revision = next_sequence(plan.now, before)
    except ValueError as error:
        raise ValueError(f"the earlier calendar {error}") from error
    with speak(plan.protocol.language):
        events = build_events(plan, clinic or plan.protocol.clinic, options, before)
        return write_events(events, stamp=plan.now, revision=revision, name=name)
