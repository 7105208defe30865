"""Calendar events as an iCalendar file (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from microcare.core.sheet.points import DAY_MINUTES
from microcare.export.ics.events import CalendarEvent
from microcare.export.ics.identities import make_alarm_uid
from microcare.export.ics.lines import write_line, write_text
from microcare.language.messages import find_spoken, say_as, split_tag
from microcare.version import __version__

_MINUTE = timedelta(minutes=1)


def write_events(
    events: Iterable[CalendarEvent], *, stamp: datetime, revision: int, name: str | None = None
) -> bytes:
    """Return the file of the events, in their order.

    `stamp` is the aware instant at which the calendar was made, `revision` the SEQUENCE of every
    event, 0 or more. `name` is the calendar's own, for programs that show one (RFC 7986, 5.1).
    """
    made = _utc(stamp)
    begin = (
        write_line("BEGIN", "VCALENDAR"),
        write_line("VERSION", "2.0"),
        write_line("PRODID", f"-//microcare//microcare {__version__}//{_find_language()}"),
        write_line("CALSCALE", "GREGORIAN"),
        # No X-WR-CALNAME beside it: each file that has one makes another calendar in Outlook,
        # so that a later file would neither move nor cancel anything.
        write_text("NAME", name) if name is not None else b"",
    )
    written = "".join([_write_event(each, made, revision) for each in events])
    return b"".join((*begin, written.encode(), write_line("END", "VCALENDAR")))


def _find_language() -> str:
    """Return the language of the words, as a PRODID ends: "ES"."""
    language = find_spoken()
    return "EN" if language is None else split_tag(language.tag)[0].upper()


def _begin_event(*, is_date: bool) -> str:
    lines = (
        write_line("BEGIN", "VEVENT"),
        write_line("UID", "%s"),
        write_line("DTSTAMP", "%s"),
        write_line("DTSTART", "%s", is_date=is_date),
        write_line("DTEND", "%s", is_date=is_date),
        write_line("LAST-MODIFIED", "%s"),
        write_line("SEQUENCE", "%s"),
    )
    return b"".join(lines).decode()


_TIMED, _DATED = _begin_event(is_date=False), _begin_event(is_date=True)
_ALARM = b"".join(
    (
        write_line("BEGIN", "VALARM"),
        write_line("UID", "%s"),  # RFC 9074, 4
        write_line("ACTION", "DISPLAY"),
        b"%s",
        write_line("TRIGGER", "-%s"),
        write_line("END", "VALARM"),
    )
).decode()
_END = write_line("END", "VEVENT").decode()


def _write_event(event: CalendarEvent, made: str, revision: int) -> str:
    content, start, end = event.content, event.start, event.end
    begin = _TIMED if isinstance(start, datetime) else _DATED
    begun = begin % (event.uid, made, _write_moment(start), _write_moment(end), made, revision)
    alarm = ""
    if event.alarm is not None:
        shown = content.alarm_line.fill(event.dates)
        alarm = _ALARM % (make_alarm_uid(event.uid), shown, format_duration(event.alarm))
    category = say_as("category", content.category.value) if content.category else None
    classed = _write_class(category, is_opaque=content.opaque)
    return f"{begun}{content.lines.fill(event.dates)}{classed}{alarm}{_END}"


@lru_cache
def _write_class(category: str | None, *, is_opaque: bool) -> str:
    lines = (
        write_text("CATEGORIES", category) if category is not None else b"",
        write_line("CLASS", "PRIVATE"),
        write_line("TRANSP", "OPAQUE" if is_opaque else "TRANSPARENT"),
    )
    return b"".join(lines).decode()


@lru_cache(maxsize=1024)
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


def _write_moment(when: date | datetime) -> str:
    if not isinstance(when, datetime):
        return _write_date(when)
    return _wall_time(when) if when.tzinfo is None else _utc(when)


@lru_cache(maxsize=4096)
def _write_date(day: date) -> str:
    return day.isoformat().replace("-", "")


def _utc(instant: datetime) -> str:
    return f"{_wall_time(instant.astimezone(UTC))}Z"


def _wall_time(when: datetime) -> str:
    written = when.isoformat(timespec="seconds")
    return written[: len("2026-12-10T14:30:00")].replace("-", "").replace(":", "")
