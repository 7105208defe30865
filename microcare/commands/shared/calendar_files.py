"""Calendar files: written, and read where an earlier one is replaced or cancelled."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from microcare.commands.shared.files import Target
from microcare.commands.shared.patient_files import read_stamp, write_patient_file
from microcare.export.ics.earlier import MAX_BYTES, read_calendar
from microcare.export.ics.replacements import list_gone, next_sequence
from microcare.export.ics.writer import write_events
from microcare.language.messages import speak
from microcare.load.library.folders import read_ordinary
from microcare.load.source.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microcare.export.ics.earlier import EarlierCalendar
    from microcare.export.ics.events import CalendarEvent

_LONGEST = 60
_NAME_IT = "name the file that the patient has, as microcare wrote it"


def read_earlier(name: str) -> EarlierCalendar:
    """Return the calendar in a file, - being stdin; raises Refusal where microcare wrote none."""
    shown = _shorten(name)
    try:
        if name == "-":
            # A process may be started without one.
            data = sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin else b""
        else:
            data = read_ordinary(Path(name), MAX_BYTES)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "that is no name of a file"
        raise Refusal(f"{shown} can't be read: {reason}.", _NAME_IT) from error
    try:
        return read_calendar(data)
    except ValueError as error:
        raise Refusal(f"{shown} {error}.", _NAME_IT) from error


def choose_sequence(
    revision: int | None, now: datetime, earlier: EarlierCalendar | None, name: str
) -> int:
    """Return the SEQUENCE of a file: the `revision` that was asked for, else one of the clock.

    Raises Refusal where it is not above that of the `earlier` file, which has this `name`.
    """
    try:
        least = next_sequence(now, earlier)
    except ValueError as error:
        raise Refusal(f"{_shorten(name)} {error}.", "cancel its events by hand") from error
    if revision is None:
        return least
    if earlier is not None and revision <= earlier.sequence:
        message = f"--revision {revision} is not above that of {_shorten(name)}: calendars would"
        hint = f"give a number above {earlier.sequence}, or leave --revision out"
        raise Refusal(f"{message} keep the old events.", hint)
    return revision


def count_left(target: Target, events: Iterable[CalendarEvent], now: datetime) -> int:
    """Return how many events to come the file that stands in a place has besides `events`.

    0 where it is no calendar of the same booking.
    """
    if target.name == "-":
        return 0
    try:
        earlier = read_calendar(read_ordinary(Path(target.name), MAX_BYTES))
    except (OSError, ValueError):
        return 0
    uids = {each.uid for each in events}
    if uids.isdisjoint(each.uid for each in earlier.events):
        return 0
    return len(list_gone(earlier, now, uids))


def cancel_calendar(
    name: str,
    target: Target,
    *,
    zone: str | None,
    now: str | None,
    revision: int | None,
    verbose: bool,
) -> None:
    """Write the tombstones of all that an earlier file has ahead of it, and say so."""
    from microcare.commands.shared.booking import load_moment
    from microcare.commands.shared.calendar_remarks import report_cancelled
    from microcare.export.ics.replacements import bury_event

    target.check()
    moment, place = load_moment(zone, now, verbose=verbose)
    earlier = read_earlier(name)
    gone = list_gone(earlier, moment)
    if not gone:
        message = f"All events of {name} are past: there is nothing to cancel."
        raise Refusal(message, "name the file that the patient has now")
    sequence = choose_sequence(revision, moment, earlier, name)
    made = earlier.stamp.astimezone(place).date()
    with speak(earlier.language):
        tombstones = tuple(bury_event(each, made) for each in gone)
        done = write_calendar(target, tombstones, now=moment, sequence=sequence)
    if not target.quiet:
        report_cancelled(len(gone), name, done=done)


def write_calendar(
    target: Target,
    events: tuple[CalendarEvent, ...],
    *,
    now: datetime,
    sequence: int,
    title: str | None = None,
    named: bool = True,
) -> str:
    """Write the file of the events, if it is to be written; return in words what was done.

    `title` is the calendar's own name. That of the file goes to stdout if it is to be `named`.
    """
    data = write_events(events, stamp=read_stamp(now), revision=sequence, name=title)
    return write_patient_file(target, data, named=named)


def _shorten(name: str) -> str:
    if name == "-":
        return "<stdin>"
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"
