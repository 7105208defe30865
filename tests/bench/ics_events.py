"""Calendars against what others would write them with, side by side: part of make bench.

First 40 events against plain string building, then whole bookings of clinic-a in one warm process,
a file each: what a plan and its calendar cost, against scripts that are given the same events.
All take turns, so that whatever else the machine does falls on all of them; slowness is printed,
never an error.
"""

import statistics
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import icalendar

from microcare.core.plan.plan import Plan, build_plan
from microcare.core.sheet.protocol import Protocol
from microcare.core.time.appointment import make_timed_appointment
from microcare.core.values import replace
from microcare.export.ics.builder import build_events
from microcare.export.ics.events import CalendarEvent, Category, Content
from microcare.export.ics.identities import make_alarm_uid, make_uid
from microcare.export.ics.writer import write_events
from microcare.load.library.protocols import load_protocol

warnings.simplefilter("ignore")  # ics 0.7.3 uses what newer Pythons deprecate
import ics  # noqa: E402

T = TypeVar("T")

ROUNDS = 200
BUDGET = 3
STAMP = datetime(2026, 11, 21, 15, tzinfo=UTC)
BOOKINGS = 20
"""So many bookings are written, and ten times as many."""
TEN = 10
PROTOCOL = load_protocol("clinic-a")
ZONE = ZoneInfo("America/New_York")
DESCRIPTION = "Still in force:\n- avoid sun exposure (through Sun 20 Dec); use sunscreen\n" * 8
YEAR = 365


def make_events() -> list[CalendarEvent]:
    """40 events of which none was written before."""
    title = "2 days after: fine again: heat, hot showers, sauna, intense cardio"
    return [
        CalendarEvent(
            uid=make_uid("bench", str(number)),
            content=Content(title, DESCRIPTION, Category.DAY),
            start=date(2026, 12, 1) + timedelta(days=number),
            end=date(2026, 12, 2) + timedelta(days=number),
            alarm=timedelta(hours=6),
        )
        for number in range(40)
    ]


def build_plainly(events: Iterable[CalendarEvent]) -> bytes:
    """The same properties as plain strings, escaped and folded in the simplest way."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bench//EN"]
    for event in events:
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


def make_plan(number: int, protocol: Protocol = PROTOCOL) -> Plan:
    """The plan of a booking, each on another day."""
    start = datetime(2026, 12, 10, 14, 30, tzinfo=ZONE) + timedelta(days=number)
    return build_plan(protocol, make_timed_appointment(start, ZONE), now=STAMP)


def write_calendar(events: Iterable[CalendarEvent]) -> bytes:
    """The file as `export-ics` writes it."""
    return write_events(events, stamp=STAMP, revision=0)


def write_with_ics(events: Iterable[CalendarEvent]) -> bytes:
    """The obvious script: one `ics` Event an event."""
    calendar = ics.Calendar()
    for each in events:
        event = ics.Event(
            each.summary, each.start, each.end, uid=each.uid, description=each.description
        )
        if not isinstance(each.start, datetime):
            event.end = None
            event.make_all_day()
        if each.alarm is not None:
            event.alarms.append(ics.alarm.DisplayAlarm(trigger=-each.alarm))
        calendar.events.add(event)
    return bytes(calendar.serialize(), "utf-8")


def write_with_icalendar(events: Iterable[CalendarEvent]) -> bytes:
    """The same events by another package."""
    calendar = icalendar.Calendar()
    for each in events:
        event = icalendar.Event()
        event.add("uid", each.uid)
        event.add("dtstamp", STAMP)
        event.add("dtstart", each.start)
        event.add("dtend", each.end)
        event.add("summary", each.summary)
        event.add("description", each.description)
        if each.alarm is not None:
            alarm = icalendar.Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", each.summary)
            alarm.add("trigger", -each.alarm)
            event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def write_all(
    write: Callable[[Iterable[CalendarEvent]], bytes], calendars: Iterable[Iterable[CalendarEvent]]
) -> list[bytes]:
    """Return a file of each; what a disk takes for it is the same for all."""
    return [write(events) for events in calendars]


def measure_bookings() -> None:
    """Print the milliseconds of a booking, medians, and as multiples of its calendar and its file.

    Some bookings go through one step after another, and then through each script. Most of them
    share their words with another; what a calendar costs whose words are new is told beside it.
    """
    taken: dict[str, list[float]] = {}

    def clock(name: str, step: Callable[[], T]) -> T:
        begun = time.process_time()
        done = step()
        taken.setdefault(name, []).append((time.process_time() - begun) * 1000 / BOOKINGS)
        return done

    def word(plans: Iterable[Plan]) -> list[tuple[CalendarEvent, ...]]:
        return [build_events(each, PROTOCOL.clinic) for each in plans]

    numbers = range(BOOKINGS)
    for _ in range(ROUNDS // BOOKINGS):
        plans = clock("a plan with its ledger", lambda: [make_plan(each) for each in numbers])
        made = clock("its events", partial(word, plans))
        clock("their file", partial(write_all, write_calendar, made))
        clock("`ics`, an Event an event", partial(write_all, write_with_ics, made))
        clock("`icalendar`, the same", partial(write_all, write_with_icalendar, made))
        new = [make_plan(each, replace(PROTOCOL)) for each in numbers]
        clock("its events, worded first", partial(word, new))
    figures = {name: statistics.median(times) for name, times in taken.items()}
    file = figures["their file"]
    calendar = figures["its events"] + file
    told = {**figures, "events and file": calendar, "so, mean of a year": measure_year()}
    asked = {"a plan with its ledger": "2 ms", "events and file": "1.5 ms"}
    asked["`ics`, an Event an event"] = "8 times"
    print(f"\n{'a booking of clinic-a, CPU time':32} {'ms':>6}  calendar  file    asked")
    for name, spent in told.items():
        ratios = f"×{spent / calendar:<8.2f} ×{spent / file:<6.2f}"
        print(f"{name:32} {spent:6.2f}  {ratios} {asked.get(name, '')}".rstrip())


def measure_year() -> float:
    """Return the milliseconds of a calendar, where each day of a year has one."""
    protocol = replace(PROTOCOL)
    plans = [make_plan(number, protocol) for number in range(YEAR)]
    begun = time.process_time()
    for plan in plans:
        write_calendar(build_events(plan, PROTOCOL.clinic))
    return (time.process_time() - begun) * 1000 / YEAR


def measure_rows(folder: Path) -> None:
    """Print how many times the cost of some bookings ten times as many have, none worded before."""
    taken: dict[int, list[float]] = {BOOKINGS: [], BOOKINGS * TEN: []}
    for _ in range(3):
        for count, seconds in taken.items():
            protocol = replace(PROTOCOL)
            begun = time.process_time()
            for number in range(count):
                events = build_events(make_plan(number, protocol), PROTOCOL.clinic)
                (folder / f"{number}.ics").write_bytes(write_calendar(events))
            seconds.append(time.process_time() - begun)
    few, many = map(min, taken.values())
    rows = f"{BOOKINGS * TEN:,} bookings against {BOOKINGS}"
    print(f"{rows:32} {'':6}  ×{many / few:<8.2f} {'':7} 10.5 times at most")


def measure() -> None:
    """Print both and their ratio: medians of interleaved rounds."""
    taken: dict[Callable[[Iterable[CalendarEvent]], bytes], list[float]] = {
        build_plainly: [],
        write_calendar: [],
    }
    for _ in range(ROUNDS):
        for build, seconds in taken.items():
            events = make_events()
            begun = time.perf_counter()
            build(events)
            seconds.append(time.perf_counter() - begun)
    plain, package = (statistics.median(seconds) * 1000 for seconds in taken.values())
    print(f"\n40 events, medians of {ROUNDS} interleaved rounds")
    print(f"plain strings   {plain:6.2f} ms")
    print(f"export-ics      {package:6.2f} ms   ratio {package / plain:.2f}, budget {BUDGET}")


if __name__ == "__main__":
    measure()
    measure_bookings()
    with tempfile.TemporaryDirectory() as name:
        measure_rows(Path(name))
