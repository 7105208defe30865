"""Calendar events as an iCalendar file (RFC 5545), written with the `ics` package's lines.

The package's own Event writes alarms before properties, folds nothing and names durations that
some clients refuse; its `Container` and `ContentLine` leave all of that to the caller.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from microcare.core.sheet.points import DAY_MINUTES
from microcare.export.ics.events import CalendarEvent
from microcare.version import __version__
from microcare.wording.safe import visible

with warnings.catch_warnings():
    # ics 0.7.3 uses what newer Pythons deprecate; a user can do nothing about it.
    warnings.simplefilter("ignore")
    from ics.grammar.parse import Container, ContentLine


FOLD = 75
"""The most octets of a line, its line break not counted (RFC 5545, 3.1)."""

_ESCAPES = (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n"))
"""The backslash comes first, so that no escape is escaped again (RFC 5545, 3.3.11)."""

_MINUTE = timedelta(minutes=1)


def calendar_bytes(events: Iterable[CalendarEvent], *, stamp: datetime, revision: int) -> bytes:
    """Return the file of the events, in their order.

    `stamp` is the aware instant at which the calendar was made, `revision` the SEQUENCE of every
    event, 0 or more.
    """
    calendar = Container(
        "VCALENDAR",
        _line("VERSION", "2.0"),
        _line("PRODID", f"-//microcare//microcare {__version__}//EN"),
        _line("CALSCALE", "GREGORIAN"),
        *(_event(event, stamp, revision) for event in events),
    )
    lines = str(calendar).split("\r\n")
    return b"".join(_fold(line) + b"\r\n" for line in lines)


def _event(event: CalendarEvent, stamp: datetime, revision: int) -> Container:
    lines = [
        _line("UID", event.uid),
        _line("DTSTAMP", _utc(stamp)),
        _moment("DTSTART", event.start),
        *([_moment("DTEND", event.end)] if event.end is not None else []),
        _line("SEQUENCE", str(revision)),
        *([_line("STATUS", "CANCELLED")] if event.cancelled else []),
        _line("SUMMARY", _text(event.summary)),
        _line("DESCRIPTION", _text(event.description)),
        *([_line("LOCATION", _text(event.location))] if event.location else []),
        _line("CLASS", "PRIVATE"),
        _line("TRANSP", "OPAQUE" if event.opaque else "TRANSPARENT"),
    ]
    if event.alarm is not None:
        lines.append(
            Container(
                "VALARM",
                _line("ACTION", "DISPLAY"),
                _line("DESCRIPTION", _text(event.summary)),
                _line("TRIGGER", f"-{format_duration(event.alarm)}"),
            )
        )
    return Container("VEVENT", *lines)


def format_duration(length: timedelta) -> str:
    """Return a length of at least a minute as an RFC 5545 dur-value: "P1D", "PT20H30M".

    Weeks are never used: they may not stand beside other units.
    """
    minutes = length // _MINUTE
    if minutes < 1:
        raise ValueError("an alarm rings at least a minute before")
    days, minutes = divmod(minutes, DAY_MINUTES)
    hours, minutes = divmod(minutes, 60)
    clock = f"{f'{hours}H' if hours else ''}{f'{minutes}M' if minutes else ''}"
    return f"P{f'{days}D' if days else ''}{f'T{clock}' if clock else ''}"


def _moment(name: str, when: date | datetime) -> ContentLine:
    if isinstance(when, datetime):
        return _line(name, _utc(when))
    return ContentLine(name, {"VALUE": ["DATE"]}, f"{when:%Y%m%d}")


def _utc(instant: datetime) -> str:
    utc = instant.astimezone(UTC)
    # A system's own %Y may leave a year before 1000 with fewer than four figures.
    return f"{utc.year:04}{utc:%m%dT%H%M%SZ}"


def _line(name: str, value: str) -> ContentLine:
    # The package shares one default dictionary between all lines: it is never used.
    return ContentLine(name, {}, value)


def _text(text: str) -> str:
    """Return a TEXT value: control characters spelt out, line breaks and separators escaped."""
    value = visible(text.replace("\r\n", "\n").replace("\r", "\n"))
    for plain, escaped in _ESCAPES:
        value = value.replace(plain, escaped)
    return value


def _fold(line: str) -> bytes:
    """Return a line broken into pieces of at most FOLD octets, never inside a character."""
    octets = line.encode()
    pieces = []
    start, cut = 0, FOLD
    while cut < len(octets):
        while octets[cut] & 0b1100_0000 == 0b1000_0000:
            cut -= 1
        pieces.append(octets[start:cut])
        start, cut = cut, cut + FOLD - 1
    return b"\r\n ".join([*pieces, octets[start:]])
