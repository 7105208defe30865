"""Calendar events as an iCalendar file (RFC 5545), written with the `ics` package's lines.

The package's own Event writes alarms before properties, folds nothing and names durations that
some clients refuse; its `Container` and `ContentLine` leave all of that to the caller.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

from microcare.core.sheet.points import DAY_MINUTES
from microcare.core.values import value
from microcare.export.ics.events import CalendarEvent, Category
from microcare.export.ics.identities import make_alarm_uid
from microcare.language.messages import find_spoken, say_as, split_tag
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

_DATE = {"VALUE": ["DATE"]}


def write_events(
    events: Iterable[CalendarEvent], *, stamp: datetime, revision: int, name: str | None = None
) -> bytes:
    """Return the file of the events, in their order.

    `stamp` is the aware instant at which the calendar was made, `revision` the SEQUENCE of every
    event, 0 or more. `name` is the calendar's own, for programs that show one (RFC 7986, 5.1).
    """
    shared = _write_shared(stamp, revision)
    calendar = Container(
        "VCALENDAR",
        _line("VERSION", "2.0"),
        _line("PRODID", f"-//microcare//microcare {__version__}//{_find_language()}"),
        _line("CALSCALE", "GREGORIAN"),
        # No X-WR-CALNAME beside it: each file that has one makes another calendar in Outlook, so
        # that a later file would neither move nor cancel anything.
        *([_line("NAME", _text(name))] if name is not None else []),
        *(_event(event, shared) for event in events),
    )
    lines = str(calendar).encode().split(b"\r\n")
    folded = (line if len(line) <= FOLD else _fold(line) for line in lines)
    return b"\r\n".join([*folded, b""])


def _find_language() -> str:
    """Return the language of the words, as a PRODID ends: "ES"."""
    language = find_spoken()
    return "EN" if language is None else split_tag(language.tag)[0].upper()


@value
class _Shared:
    """The lines that many events have in common, written once a file."""

    made: str
    changed: str
    categories: Mapping[Category, str]


def _write_shared(stamp: datetime, revision: int) -> _Shared:
    made = _utc(stamp)
    return _Shared(
        made=str(_line("DTSTAMP", made)),
        changed=_join(_line("LAST-MODIFIED", made), _line("SEQUENCE", str(revision))),
        categories={
            each: str(_line("CATEGORIES", _text(say_as("category", each.value))))
            for each in Category
        },
    )


def _join(*lines: ContentLine) -> str:
    return "\r\n".join(map(str, lines))


def _find_status(event: CalendarEvent) -> str | None:
    if event.cancelled:
        return "CANCELLED"
    return "TENTATIVE" if event.tentative else None


def _event(event: CalendarEvent, shared: _Shared) -> Container:
    summary = _text(event.summary)
    lines = [
        _line("UID", event.uid),
        shared.made,
        _moment("DTSTART", event.start),
        _moment("DTEND", event.end),
        shared.changed,
        *([_line("STATUS", status)] if (status := _find_status(event)) else []),
        _line("SUMMARY", summary),
        _line("DESCRIPTION", _text(event.description)),
        *([_line("LOCATION", _text(event.location))] if event.location else []),
        *([shared.categories[event.category]] if event.category else []),
        _BUSY if event.opaque else _FREE,
    ]
    if event.alarm is not None:
        lines.append(
            Container(
                "VALARM",
                _line("UID", make_alarm_uid(event.uid)),  # RFC 9074, 4
                _DISPLAYED,
                _line("DESCRIPTION", summary),
                _line("TRIGGER", f"-{format_duration(event.alarm)}"),
            )
        )
    return Container("VEVENT", *lines)


_PRIVATE = ContentLine("CLASS", {}, "PRIVATE")
_BUSY = _join(_PRIVATE, ContentLine("TRANSP", {}, "OPAQUE"))
_FREE = _join(_PRIVATE, ContentLine("TRANSP", {}, "TRANSPARENT"))
_DISPLAYED = str(ContentLine("ACTION", {}, "DISPLAY"))


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
    if not isinstance(when, datetime):
        return ContentLine(name, _DATE, when.isoformat().replace("-", ""))
    return _line(name, _wall_time(when) if when.tzinfo is None else _utc(when))


def _utc(instant: datetime) -> str:
    return f"{_wall_time(instant.astimezone(UTC))}Z"


def _wall_time(when: datetime) -> str:
    written = when.replace(tzinfo=None).isoformat(timespec="seconds")
    return written.replace("-", "").replace(":", "")


def _line(name: str, value: str) -> ContentLine:
    # The package shares one default dictionary between all lines: it is never used.
    return ContentLine(name, {}, value)


def _text(text: str) -> str:
    """Return a TEXT value: control characters spelt out, line breaks and separators escaped."""
    value = visible(text.replace("\r\n", "\n").replace("\r", "\n"))
    for plain, escaped in _ESCAPES:
        value = value.replace(plain, escaped)
    return value


def _fold(octets: bytes) -> bytes:
    """Return a long line broken into pieces of at most FOLD octets, never inside a character.

    No piece ends in a blank, which mail programs cut off, unless it is nothing but blanks.
    """
    pieces = []
    start, most = 0, FOLD
    while most < len(octets):
        while octets[most] & 0b1100_0000 == 0b1000_0000:
            most -= 1
        # A blank is one octet, and no part of another character.
        piece = octets[start:most].rstrip(b" ") or octets[start:most]
        pieces.append(piece)
        start += len(piece)
        most = start + FOLD - 1
    return b"\r\n ".join([*pieces, octets[start:]])
