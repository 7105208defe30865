"""Files of plans, as an unrelated reader finds them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from microcare.core.plan.plan import Plan, build_plan
from microcare.core.sheet.protocol import Clinic
from microcare.export.ics.builder import build_events
from microcare.export.ics.events import DAY, CalendarOptions
from microcare.export.ics.writer import write_events
from tests.calendar.lint import LARGEST, lint_calendar
from tests.calendar.readers import Entry, read_with_icalendar
from tests.export.ics.titling import clinic
from tests.samples import visit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


CHECK_NOW = "Check now: what already applies"

BEFORE, BETWEEN, BEHIND = timedelta(-400), timedelta(-2), timedelta(100)
"""Bookings made before everything, in the middle of the rules, and when all is over."""


def dated(
    name: str,
    start: str = "2026-12-10 14:30",
    zone: str = "America/New_York",
    minutes: int | None = None,
    *,
    booked: timedelta = BEFORE,
    answers: Mapping[str, bool] | None = None,
) -> Plan:
    """Return a built-in protocol's plan as seen some time before or after the appointment."""
    around = visit(start, zone, minutes)
    now = around.start + booked
    return build_plan(clinic(name), around, now=now, answers=answers)


def to_bytes(
    found: Plan, options: CalendarOptions | None = None, *, asked: Clinic | None = None
) -> bytes:
    """Return a plan's file, in which the lint finds nothing."""
    events = build_events(found, asked or Clinic(), options or CalendarOptions())
    data = write_events(events, stamp=found.now, revision=0)
    assert [str(each) for each in lint_calendar(data)] == []
    assert len(data) < LARGEST
    return data


def export(found: Plan, options: CalendarOptions | None = None) -> list[Entry]:
    """Return what an unrelated reader finds in a plan's file."""
    return read_with_icalendar(to_bytes(found, options))


def find_visit(entries: Iterable[Entry]) -> Entry:
    """Return the one event that blocks its time."""
    (found,) = (each for each in entries if each.transp == "OPAQUE")
    return found


def digests(entries: Iterable[Entry]) -> dict[date, Entry]:
    """Return the days' digests by their dates, of a file without bars."""
    found = [
        each
        for each in entries
        if each.all_day and each.transp == "TRANSPARENT" and each.summary != CHECK_NOW
    ]
    assert all(each.end == each.start + DAY for each in found)
    assert len({each.start for each in found}) == len(found)
    return {each.start: each for each in found}
