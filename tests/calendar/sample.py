"""A calendar written by hand, as good as an export should be, and what is in it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from tests.calendar.readers import Entry

_LINES = r"""
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//microcare//microcare 0.1.0//EN
CALSCALE:GREGORIAN
BEGIN:VEVENT
UID:3f2a1c8e-0d4b-5a6f-9c7e-1b2d3e4f5a60
DTSTAMP:20261121T150000Z
DTSTART:20261210T193000Z
DTEND:20261210T200000Z
LAST-MODIFIED:20261121T150000Z
SEQUENCE:2
SUMMARY:Your appointment
DESCRIPTION:Thu 10 Dec 2026\, 2:30 pm\; New York.\n\nPaths: C:\\notes\\new\
 ; „Schöne Grüße“ 🌞🌞🌞🌞🌞🌞🌞🌞🌞🌞🌞🌞
 🌞🌞🌞🌞🌞 Bis bald!
LOCATION:12 Main Street\, Suite 4\; New York
CATEGORIES:Appointment
CLASS:PRIVATE
TRANSP:OPAQUE
BEGIN:VALARM
UID:5d0c2f7e-1b3a-5c4d-8e6f-7a9b0c1d2e3f
ACTION:DISPLAY
DESCRIPTION:Your appointment
TRIGGER:-P1D
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:7b9d2e4f-6a1c-5e8d-8f30-2c4b6d8e0f12
DTSTAMP:20261121T150000Z
DTSTART:20261210T190000Z
DTEND:20261210T191000Z
LAST-MODIFIED:20261121T150000Z
SEQUENCE:2
SUMMARY:If numbing cream is used: arrive
CATEGORIES:Task
CLASS:PRIVATE
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:a04c6e81-9f27-5b3d-a1e5-60f8d2c4b7a9
DTSTAMP:20261121T150000Z
DTSTART;VALUE=DATE:20261212
DTEND;VALUE=DATE:20261213
LAST-MODIFIED:20261121T150000Z
SEQUENCE:2
SUMMARY:Day 2: still avoid sun\, waxing and injections through Sun 20 Dec\;
  fine again from 2:30 pm: hot showers
DESCRIPTION:Still avoid:\n– sun\, as the sheet says\n– Wärme und Kä
 lte: nicht über 38 °C (<40 %)\NFine again: hot showers
CATEGORIES:Day
CLASS:PRIVATE
TRANSP:TRANSPARENT
BEGIN:VALARM
UID:9e8d7c6b-5a4f-5e3d-9c2b-1a0f9e8d7c6b
ACTION:DISPLAY
DESCRIPTION:Day 2
TRIGGER:-PT6H
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:c5e7f913-2b4d-5c6a-b8d0-9e1f3a5c7b24
DTSTAMP:20261121T150000Z
DTSTART;VALUE=DATE:20261214
DTEND;VALUE=DATE:20261221
LAST-MODIFIED:20261121T150000Z
SEQUENCE:2
SUMMARY:Day 4 to 10: avoid sun
CATEGORIES:Window
CLASS:PRIVATE
TRANSP:TRANSPARENT
END:VEVENT
END:VCALENDAR
"""

GOOD = _LINES.lstrip().replace("\n", "\r\n").encode()
"""The file as bytes: folds inside an escape, between emoji and before a space, alarms."""

ENTRIES = [
    Entry(
        uid="7b9d2e4f-6a1c-5e8d-8f30-2c4b6d8e0f12",
        start=datetime(2026, 12, 10, 19, 0, tzinfo=UTC),
        end=datetime(2026, 12, 10, 19, 10, tzinfo=UTC),
        summary="If numbing cream is used: arrive",
        transp="TRANSPARENT",
        klass="PRIVATE",
        sequence=2,
    ),
    Entry(
        uid="3f2a1c8e-0d4b-5a6f-9c7e-1b2d3e4f5a60",
        start=datetime(2026, 12, 10, 19, 30, tzinfo=UTC),
        end=datetime(2026, 12, 10, 20, 0, tzinfo=UTC),
        summary="Your appointment",
        description="Thu 10 Dec 2026, 2:30 pm; New York.\n\nPaths: C:\\notes\\new; „Schöne Grüße“ "
        + 17 * "🌞"
        + " Bis bald!",
        location="12 Main Street, Suite 4; New York",
        alarm_trigger=timedelta(days=-1),
        transp="OPAQUE",
        klass="PRIVATE",
        sequence=2,
    ),
    Entry(
        uid="a04c6e81-9f27-5b3d-a1e5-60f8d2c4b7a9",
        start=date(2026, 12, 12),
        end=date(2026, 12, 13),
        summary="Day 2: still avoid sun, waxing and injections through Sun 20 Dec; "
        "fine again from 2:30 pm: hot showers",
        description="Still avoid:\n– sun, as the sheet says\n"
        "– Wärme und Kälte: nicht über 38 °C (<40 %)\nFine again: hot showers",
        alarm_trigger=timedelta(hours=-6),
        transp="TRANSPARENT",
        klass="PRIVATE",
        sequence=2,
    ),
    Entry(
        uid="c5e7f913-2b4d-5c6a-b8d0-9e1f3a5c7b24",
        start=date(2026, 12, 14),
        end=date(2026, 12, 21),
        summary="Day 4 to 10: avoid sun",
        transp="TRANSPARENT",
        klass="PRIVATE",
        sequence=2,
    ),
]
"""Its events as a reader should give them, by their start."""
