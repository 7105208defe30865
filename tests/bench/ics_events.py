"""Writing 40 calendar events against plain string building, side by side: part of make bench."""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from microcare.export.ics.events import CalendarEvent, Category
from microcare.export.ics.identities import make_alarm_uid, make_uid
from microcare.export.ics.writer import write_events

ROUNDS = 200
BUDGET = 3
STAMP = datetime(2026, 11, 21, 15, tzinfo=UTC)
DESCRIPTION = "Still in force:\n- avoid sun exposure (through Sun 20 Dec); use sunscreen\n" * 8
EVENTS = [
    CalendarEvent(
        uid=make_uid("bench", str(number)),
        summary="2 days after: fine again: heat, hot showers, sauna, intense cardio",
        description=DESCRIPTION,
        start=date(2026, 12, 1) + timedelta(days=number),
        end=date(2026, 12, 2) + timedelta(days=number),
        alarm=timedelta(hours=6),
        category=Category.DAY,
    )
    for number in range(40)
]


def build_plainly() -> bytes:
    """The same properties as plain strings, escaped and folded in the simplest way."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bench//EN"]
    for event in EVENTS:
        summary, text = (
            value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
            for value in (event.summary, event.description)
        )
        lines += [
            "BEGIN:VEVENT",
            f"UID:{event.uid}",
            f"DTSTAMP:{STAMP:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{event.start:%Y%m%d}",
            f"DTEND;VALUE=DATE:{event.end:%Y%m%d}",
            f"LAST-MODIFIED:{STAMP:%Y%m%dT%H%M%SZ}",
            "SEQUENCE:0",
            f"SUMMARY:{summary}",
            f"DESCRIPTION:{text}",
            "CATEGORIES:Day",
            "CLASS:PRIVATE",
            "TRANSP:TRANSPARENT",
            "BEGIN:VALARM",
            f"UID:{make_alarm_uid(event.uid)}",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{summary}",
            "TRIGGER:-PT6H",
            "END:VALARM",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    folded = (
        "\r\n ".join(line[start : start + 74] for start in range(0, len(line), 74))
        for line in lines
    )
    return "".join(f"{line}\r\n" for line in folded).encode()


def build_with_package() -> bytes:
    """As export-ics writes them."""
    return write_events(EVENTS, stamp=STAMP, revision=0)


def measure() -> None:
    """Print both and their ratio: medians of interleaved rounds."""
    taken: dict[Callable[[], bytes], list[float]] = {build_plainly: [], build_with_package: []}
    for _ in range(ROUNDS):
        for build, seconds in taken.items():
            begun = time.perf_counter()
            build()
            seconds.append(time.perf_counter() - begun)
    plain, package = (statistics.median(seconds) * 1000 for seconds in taken.values())
    print(f"\n40 events, medians of {ROUNDS} interleaved rounds")
    print(f"plain strings   {plain:6.2f} ms")
    print(f"export-ics      {package:6.2f} ms   ratio {package / plain:.2f}, budget {BUDGET}")


if __name__ == "__main__":
    measure()
