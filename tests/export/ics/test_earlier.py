"""The reader of earlier calendars: what the writer writes comes back, all else is a sentence."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcare.core.values import replace
from microcare.export.ics.earlier import (
    MAX_BYTES,
    MAX_SEQUENCE,
    EarlierEvent,
    read_calendar,
)
from microcare.export.ics.events import CalendarEvent, Category, Content
from microcare.export.ics.replacements import bury_event
from microcare.export.ics.writer import write_events
from microcare.language.messages import speak
from tests.pseudo import PSEUDO

STAMP = datetime(2026, 11, 21, 15, tzinfo=UTC)
NOON = datetime(2026, 12, 10, 12, tzinfo=UTC)
FLOATING = datetime(2026, 12, 10, 22, 0)  # noqa: DTZ001 (without a zone)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
SECONDS = 5
"""What no file may take longer than, on a slow machine."""


def uid(number: int) -> str:
    """Return a UID of the kind that events have."""
    return str(uuid5(NAMESPACE_URL, str(number)))


EVENTS = (
    CalendarEvent(
        uid(1), Content("A title, with; all \\ that", "- Wörter\n"), NOON, NOON + HOUR, 2 * DAY
    ),
    CalendarEvent(uid(2), Content("Two days", "- Words"), date(2026, 12, 10), date(2026, 12, 12)),
    CalendarEvent(uid(4), Content("Floats", "", Category.DOSE), FLOATING, FLOATING + HOUR),
    CalendarEvent(uid(3), Content("Gone 🌞" * 30, "", cancelled=True), NOON, NOON + DAY),
)
FILE = write_events(EVENTS, stamp=STAMP, revision=7)


def refuse(data: bytes, sentence: str) -> None:
    """Check that a file is refused in a sentence."""
    with pytest.raises(ValueError, match=re.escape(sentence)):
        read_calendar(data)


def change(old: str, new: str) -> bytes:
    """Return the file with something else in a place of it."""
    assert old.encode() in FILE
    return FILE.replace(old.encode(), new.encode())


def test_what_was_written_is_read() -> None:
    """Identity, times, title and status of each event, and the file's stamp and SEQUENCE."""
    found = read_calendar(FILE)
    assert (found.stamp, found.sequence) == (STAMP, 7)
    assert found.events == tuple(
        EarlierEvent(each.uid, each.summary, each.start, each.end, each.content.cancelled)
        for each in EVENTS
    )


def test_an_event_may_have_no_end() -> None:
    """Earlier files had none for what lasts a moment; its tombstone has one."""
    line = b"DTEND:20261210T130000Z\r\n"
    (event, *_) = read_calendar(FILE.replace(line, b"", 1)).events
    assert (event.start, event.end) == (NOON, None)
    buried = bury_event(event, date(2026, 12, 1))
    assert (buried.start, buried.end) == (NOON, NOON + timedelta(minutes=10))


def test_a_calendars_name_changes_nothing() -> None:
    """Whatever it is called, its events are read."""
    named = write_events(EVENTS, stamp=STAMP, revision=7, name="END:VEVENT, of Jane")
    assert read_calendar(named) == read_calendar(FILE)


def test_any_language_is_ours() -> None:
    """A calendar that speaks another language is one of ours."""
    with speak(PSEUDO):
        told = write_events(EVENTS, stamp=STAMP, revision=7)
    assert b"//EN" not in told
    read = read_calendar(told)
    assert read == replace(read_calendar(FILE), language=read.language)


def test_a_mail_may_change_the_line_breaks() -> None:
    """LF alone, a byte order mark and blank lines at the end change nothing that is meant."""
    read = read_calendar(FILE)
    assert read_calendar(b"\xef\xbb\xbf" + FILE.replace(b"\r\n", b"\n") + b"\n\n") == read


_SECONDS_OF_ALL_YEARS = int(timedelta(days=365 * 9900).total_seconds())
_MOMENTS = st.integers(0, _SECONDS_OF_ALL_YEARS).map(
    lambda each: datetime(2, 1, 1, tzinfo=UTC) + timedelta(seconds=each)
)
_WHEN = st.one_of(_MOMENTS, _MOMENTS.map(lambda each: each.replace(tzinfo=None)))


@given(
    st.lists(
        st.builds(
            lambda number, summary, description, start, cancelled: CalendarEvent(
                uid(number),
                Content(summary, description, cancelled=cancelled),
                start,
                start + HOUR,
            ),
            st.integers(),
            st.text(st.characters(codec="utf-8"), min_size=1),
            st.text(st.characters(codec="utf-8")),
            _WHEN,
            st.booleans(),
        ),
        min_size=1,
        max_size=4,
        unique_by=lambda event: event.uid,
    ),
    st.integers(0, MAX_SEQUENCE),
)
def test_any_events_come_back(events: list[CalendarEvent], revision: int) -> None:
    """Whatever a title says, the reader finds each event where it is."""
    found = read_calendar(write_events(events, stamp=STAMP, revision=revision))
    assert found.sequence == revision
    assert [(each.uid, each.start, each.end, each.cancelled) for each in found.events] == [
        (each.uid, each.start, each.end, each.content.cancelled) for each in events
    ]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is no calendar: it does not begin with BEGIN:VCALENDAR"),
        (b"\x00\xff\xfe", "is no calendar: it is not text in UTF-8"),
        (b"BEGIN:VCARD\r\nEND:VCARD\r\n", "is no calendar"),
        (FILE[:-20], "is cut off: it does not end with END:VCALENDAR"),
        (FILE + FILE, "holds several calendars"),
        (FILE + b" " * MAX_BYTES, "is larger than 4,000,000 bytes"),
        (FILE + b"\n " * 200_000, "has more than 100,000 lines"),
        (change("-//microcare//microcare", "-//Google Inc//Calendar"), "was not made by microcare"),
        (change("PRODID:", "X-PRODID:"), "was not made by microcare"),
        (
            change("BEGIN:VEVENT", "BEGIN:VTODO").replace(b"END:VEVENT", b"END:VTODO"),
            "has no event",
        ),
        (change(uid(2), uid(1)), "two of its events have the same UID"),
        (change(uid(2), "someone@example.com"), "has no UID that microcare writes"),
        (change(uid(2), uid(2).upper()), "has no UID that microcare writes"),
        (change("20261210T120000Z", "20261310T120000Z"), "has no DTSTART that microcare writes"),
        (change("20261210T120000Z", "20261210T120000z"), "has no DTSTART that microcare writes"),
        (change("20261210T120000Z", "20261210T120000"), "has no DTEND that microcare writes"),
        (change("DTEND:20261210T230000", "DTEND:20261210T230000Z"), "has no DTEND that microcare"),
        (change("DTEND:20261210T230000", "DTEND:20261210T210000"), "has no DTEND that microcare"),
        (change("20261210T120000Z", "99991231T235959Z"), "has no DTSTART that microcare writes"),
        (change("20261210T120000Z", "٢٠261210T120000Z"), "has no DTSTART that microcare writes"),
        (change("DATE:20261212", "DATE:20261209"), "has no DTEND that microcare writes"),
        (change(";VALUE=DATE:20261212", ":20261212T000000Z"), "has no DTEND that"),
        (change("20261121T150000Z", "yesterday"), "has no DTSTAMP that microcare writes"),
        (change("20261121T150000Z", "20261121T150000"), "has no DTSTAMP that microcare writes"),
        (change("DTSTAMP:20261121T150000Z", "DTSTAMP;VALUE=DATE:20261121"), "has no DTSTAMP that"),
        (change("SEQUENCE:7", "SEQUENCE:-7"), "has no SEQUENCE that microcare writes"),
        (change("SEQUENCE:7", "SEQUENCE:2147483648"), "has no SEQUENCE that microcare writes"),
        (change("SEQUENCE:7", "SEQUENCE:" + "9" * 5000), "has no SEQUENCE that microcare writes"),
        (change("SEQUENCE:7", "SEQUENCE:7\r\nSEQUENCE:8"), "has two SEQUENCE"),
        (change("SEQUENCE:7", "X:7"), "the event in line 5 has no SEQUENCE"),
        (change("SUMMARY:Two", "no colon"), "is no line of a calendar"),
        (change("SEQUENCE:7", "END:VALARM"), "ends what had not begun"),
        (change("SEQUENCE:7", "BEGIN:X"), "ends what had not begun"),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nX:END\n:\nEND:VCALENDAR", "is damaged: line 4"),
    ],
)
def test_what_it_does_not_write_is_refused(data: bytes, sentence: str) -> None:
    """A stranger's file, a part of one, a damaged one: what is wrong, and where."""
    refuse(data, sentence)


def test_an_alarms_own_lines_are_not_the_events() -> None:
    """RFC 9074 gives an alarm a UID of its own, which is no second one of its event."""
    data = change("ACTION:DISPLAY", f"UID:{uid(9)}\r\nACTION:DISPLAY")
    assert read_calendar(data) == read_calendar(FILE)


def test_a_cut_off_file_is_always_refused() -> None:
    """Wherever it ends too early, no part of it is taken for the whole."""
    for cut in range(len(FILE.rstrip())):
        with pytest.raises(ValueError, match=r"\w"):
            read_calendar(FILE[:cut])


@given(st.binary(max_size=40), st.integers(0, len(FILE)), st.integers(0, 60))
def test_what_was_scribbled_in_is_read_or_refused(new: bytes, place: int, lost: int) -> None:
    """Whatever stands in the place of a part, there is an answer, and never another error."""
    try:
        found = read_calendar(FILE[:place] + new + FILE[place + lost :])
    except ValueError:
        return
    assert all(re.fullmatch("[0-9a-f-]{36}", each.uid) for each in found.events)


@given(st.lists(st.sampled_from(FILE.decode().split("\r\n")), max_size=60))
def test_lines_in_any_order_are_read_or_refused(lines: list[str]) -> None:
    """Components that don't end, end twice or lie in one another are no defect of ours."""
    data = "\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR"]).encode()
    with suppress(ValueError):
        read_calendar(data)


@pytest.mark.parametrize(
    "part",
    [b"BEGIN:X\n", b"\n ", b"A", b";", b":", b"\\", b'"', b"SUMMARY:\\\\\n", b"END:VEVENT\n"],
    ids=repr,
)
def test_a_hostile_file_takes_no_time(part: bytes) -> None:
    """As large as it may be, of one sign or line: it is read or refused in a moment."""
    filled = part * (min(MAX_BYTES - 200, 90_000 * max(1, len(part))) // len(part))
    data = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + filled + b"\nEND:VCALENDAR\n"
    began = time.process_time()
    with pytest.raises(ValueError, match=r"\w"):
        read_calendar(data)
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize(
    ("start", "end", "now", "past"),
    [
        (NOON, None, NOON, False),
        (NOON, None, NOON + timedelta(seconds=1), True),
        (NOON, NOON + DAY, NOON + DAY, False),
        (date(2026, 12, 10), date(2026, 12, 11), NOON, False),
        # West of all other zones the day lasts until the next noon in UTC.
        (date(2026, 12, 10), date(2026, 12, 11), NOON + DAY - timedelta(seconds=1), False),
        (date(2026, 12, 10), date(2026, 12, 11), NOON + DAY, True),
        (date(2026, 12, 10), None, NOON + DAY - timedelta(seconds=1), False),
        (date(2026, 12, 10), None, NOON + DAY, True),
        # 10 pm has passed everywhere when it has twelve hours west of Greenwich.
        (FLOATING, FLOATING + HOUR, NOON + timedelta(hours=23), False),
        (FLOATING, FLOATING + HOUR, NOON + timedelta(hours=23, seconds=1), True),
    ],
)
def test_an_event_is_past_when_it_is_over(
    start: date, end: date | None, now: datetime, past: bool
) -> None:
    """At its end, which of a day is where it lasts longest."""
    assert EarlierEvent(uid(1), "Title", start, end, cancelled=False).is_past(now) is past
