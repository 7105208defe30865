"""A calendar that was exported earlier, read back: what the writer writes, and nothing else.

The parser of the `ics` package takes any calendar, a hundred times as slowly, and says nothing of
where a file is wrong. One that may be a stranger's, cut off or hostile is read line by line, and
refused where it is not as the writer would have left it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, timedelta, timezone

from microcare.core.values import value

MAX_BYTES = 4_000_000
"""No larger file is read; one that was exported has less than a quarter of it."""

MAX_SEQUENCE = 2**31 - 1
"""The highest SEQUENCE (RFC 5545, 3.3.8)."""

_MAX_LINES = 100_000
_OURS = r"-//microcare//microcare [^/]*//[A-Z]{2,3}"
_UID = r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
_DATE = r"([0-9]{4})([0-9]{2})([0-9]{2})"
_TIME = _DATE + "T([0-9]{2})([0-9]{2})([0-9]{2})Z?"
_SEQUENCE = "[0-9]{1,10}"
_ESCAPE = r"\\(.)"
_ONCE = ("UID", "DTSTAMP", "DTSTART", "SEQUENCE", "SUMMARY")
_AT_MOST_ONCE = ("DTEND", "STATUS")
_LAST_ZONE = timezone(timedelta(hours=-12))
"""Where on Earth a day ends last, and each hour of it."""


@value
class EarlierEvent:
    """An event of an earlier calendar. The times are those of a `CalendarEvent`.

    A `cancelled` one is a tombstone already. `title` is on one line.
    """

    uid: str
    title: str
    start: date | datetime
    end: date | datetime | None
    cancelled: bool

    def is_past(self, now: datetime) -> bool:
        """Return whether it is over; a date or a floating time is where it ends last on Earth."""
        end = self.end or self.start
        if isinstance(end, datetime):
            return (end if end.tzinfo else end.replace(tzinfo=_LAST_ZONE)) < now
        today = now.astimezone(_LAST_ZONE).date()
        return end < today if self.end is None else end <= today


@value
class EarlierCalendar:
    """A calendar that was exported before: when it was made, its highest SEQUENCE, its language."""

    events: tuple[EarlierEvent, ...]
    stamp: datetime
    sequence: int
    language: str = "en"


def read_calendar(data: bytes) -> EarlierCalendar:
    """Return what is in an exported file; raises ValueError for every other one."""
    lines = _read_lines(data)
    calendar, drafts = _read_components(lines)
    ours = next((text for text in calendar if re.fullmatch(_OURS, text)), None)
    if ours is None:
        raise ValueError("was not made by microcare: none of its events is cancelled")
    if not drafts:
        raise ValueError("has no event")
    read = [_read_event(*draft) for draft in drafts]
    events = tuple(event for event, *_ in read)
    if len({event.uid for event in events}) < len(events):
        raise ValueError("is damaged: two of its events have the same UID")
    stamps, sequences = [stamp for _, stamp, _ in read], [number for *_, number in read]
    language = ours.rpartition("//")[2].lower()
    return EarlierCalendar(events, max(stamps), max(sequences), language)


_Line = tuple[int, str, str, str]
"""Where a line stands, counted from 1, its name, its parameters and its value."""


def _read_lines(data: bytes) -> list[_Line]:
    if len(data) > MAX_BYTES:
        raise ValueError(f"is larger than {MAX_BYTES:,} bytes: it is none that was exported")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("is no calendar: it is not text in UTF-8") from None
    raw = text.replace("\r\n", "\n").rstrip("\n").split("\n")
    if len(raw) > _MAX_LINES:
        raise ValueError(f"has more than {_MAX_LINES:,} lines: it is none that was exported")
    unfolded: list[tuple[int, list[str]]] = []
    for number, line in enumerate(raw, 1):
        if line[:1] in (" ", "\t") and unfolded:
            unfolded[-1][1].append(line[1:])
        else:
            unfolded.append((number, [line]))
    joined = [(number, "".join(parts)) for number, parts in unfolded]
    if joined[0][1] != "BEGIN:VCALENDAR":
        raise ValueError("is no calendar: it does not begin with BEGIN:VCALENDAR")
    if joined[-1][1] != "END:VCALENDAR":
        raise ValueError("is cut off: it does not end with END:VCALENDAR")
    return [_split_line(number, line) for number, line in joined]


def _split_line(number: int, line: str) -> _Line:
    head, colon, text = line.partition(":")
    name, _, parameters = head.partition(";")
    if not colon or not name:
        raise ValueError(f"is damaged: line {number} is no line of a calendar")
    return number, name, parameters, text


_EventDraft = tuple[int, list[_Line]]
"""Where an event begins, and its own lines without those of its alarm."""


def _read_components(lines: Iterable[_Line]) -> tuple[list[str], list[_EventDraft]]:
    """Return the PRODIDs of the one calendar, and the lines of each event."""
    products: list[str] = []
    events: list[_EventDraft] = []
    inside: list[str] = []
    for place, line in enumerate(lines):
        number, name, _, text = line
        if name == "BEGIN":
            if place and not inside:
                raise ValueError("holds several calendars: name a file with one")
            inside.append(text)
            if inside == ["VCALENDAR", "VEVENT"]:
                events.append((number, []))
        elif not inside or (name == "END" and inside.pop() != text):
            raise ValueError(f"is damaged: line {number} ends what had not begun")
        elif inside == ["VCALENDAR"] and name == "PRODID":
            products.append(text)
        elif inside == ["VCALENDAR", "VEVENT"] and name != "END":
            events[-1][1].append(line)
    if inside:
        raise ValueError(f"is damaged: its {inside[-1][:20]} does not end")
    return products, events


def _read_event(begins: int, lines: Iterable[_Line]) -> tuple[EarlierEvent, datetime, int]:
    """Return an event, its stamp and its SEQUENCE."""
    found = dict(_pick(begins, lines))
    for name in _ONCE:
        if name not in found:
            raise ValueError(f"is damaged: the event in line {begins} has no {name}")
    uid, sequence = found["UID"], found["SEQUENCE"]
    if not re.fullmatch(_UID, uid[-1]):
        raise _damage(uid)
    if not re.fullmatch(_SEQUENCE, sequence[-1]) or int(sequence[-1]) > MAX_SEQUENCE:
        raise _damage(sequence)
    start, stamp = _read_moment(found["DTSTART"]), _read_moment(found["DTSTAMP"])
    end = _read_moment(found["DTEND"]) if "DTEND" in found else None
    if not isinstance(stamp, datetime) or stamp.tzinfo is None:
        raise _damage(found["DTSTAMP"])
    if end is not None and (_find_form(end) != _find_form(start) or end < start):
        raise _damage(found["DTEND"])
    cancelled = "STATUS" in found and found["STATUS"][-1] == "CANCELLED"
    event = EarlierEvent(uid[-1], _read_text(found["SUMMARY"][-1]), start, end, cancelled)
    return event, stamp, int(sequence[-1])


def _pick(begins: int, lines: Iterable[_Line]) -> Iterator[tuple[str, _Line]]:
    """Yield the lines of an event that are read, each of which it may have once."""
    seen: set[str] = set()
    for line in lines:
        name = line[1]
        if name in _ONCE or name in _AT_MOST_ONCE:
            if name in seen:
                raise ValueError(f"is damaged: the event in line {begins} has two {name}")
            seen.add(name)
            yield name, line


def _read_moment(line: _Line) -> date | datetime:
    _, _, parameters, text = line
    form = {"VALUE=DATE": _DATE, "": _TIME}.get(parameters)
    found = re.fullmatch(form, text) if form is not None else None
    if found is None:
        raise _damage(line)
    year, month, day, *clock = map(int, found.groups())
    if not MINYEAR < year < MAXYEAR:  # the zones of the Earth reach into neither
        raise _damage(line)
    try:
        if not clock:
            return date(year, month, day)
        hour, minute, second = clock
        zone = UTC if text.endswith("Z") else None
        return datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        raise _damage(line) from None


def _find_form(when: date | datetime) -> tuple[type, bool]:
    return type(when), isinstance(when, datetime) and when.tzinfo is None


def _read_text(text: str) -> str:
    plain = re.sub(_ESCAPE, lambda found: "\n" if found[1] in "nN" else found[1], text)
    return " ".join(plain.split())


def _damage(line: _Line) -> ValueError:
    number, name, *_ = line
    return ValueError(f"is damaged: line {number} has no {name} that microcare writes")
