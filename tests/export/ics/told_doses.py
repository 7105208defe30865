"""The reminders of doses in a calendar, and the doses that they tell."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from microcare.core.sheet.protocol import Clinic
from microcare.export.ics.builder import build_events
from microcare.export.ics.events import CalendarOptions
from microcare.export.ics.writer import write_events
from microcare.wording.dates import clock_time, short_date
from tests.calendar.lint import lint_calendar
from tests.calendar.readers import read_with_icalendar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from microcare.core.plan.plan import Plan
    from microcare.core.time.appointment import Appointment
    from microcare.export.ics.events import CalendarEvent

BOOKED = CalendarOptions(booking="4711")
DAY = timedelta(days=1)
Told = tuple[date, str]
"""A clinic's date, and a time of it as it is told: “8:00 am”."""

_CLOCK = r"\d\d?:\d\d [ap]m(?: \(UTC[+-]\d\d:\d\d\))?"
_ONE = re.compile(rf"- ({_CLOCK}): ")
_RUN = re.compile(r"- (?:(\w{3} \d+ \w{3})(?: \d{4})?: )?(.*)")
_THROUGH = re.compile(r", (?:each day|every (\d+) days) through \w{3} (\d+) (\w{3})")
_REGULAR = re.compile(rf"every (?:(\d+) )?(minute|hour)s? from ({_CLOCK}) to {_CLOCK}, (\d+) times")


def events(found: Plan, options: CalendarOptions = BOOKED) -> tuple[CalendarEvent, ...]:
    """Return a plan's events; the file that they make has no finding."""
    made = build_events(found, Clinic(), options)
    data = write_events(made, stamp=found.now, revision=0)
    assert [str(each) for each in lint_calendar(data)] == []
    assert len(read_with_icalendar(data)) == len(made)
    return made


def reminders(found: Plan, options: CalendarOptions = BOOKED) -> list[CalendarEvent]:
    """Return the events of doses that are at their times."""
    return list(_list_reminders(events(found, options)))


def count_told(events: Iterable[CalendarEvent], visit: Appointment) -> Counter[Told]:
    """Return how often the reminders of doses tell each time; none tells one twice."""
    return Counter(told for each in _list_reminders(events) for told in _read(each, visit))


def tell(instants: Iterable[datetime], visit: Appointment) -> Counter[Told]:
    """Return what is to be told of some doses."""
    local = map(visit.local, instants)
    return Counter((each.date(), clock_time(each)) for each in local)


def list_starts(events: Iterable[CalendarEvent]) -> list[datetime]:
    """Return the times of the reminders of doses among some events."""
    found = (each.start for each in _list_reminders(events))
    return [each for each in found if isinstance(each, datetime)]


def _list_reminders(events: Iterable[CalendarEvent]) -> Iterator[CalendarEvent]:
    """Yield the reminders of doses, without what announces some on the evening before."""
    return (each for each in events if each.content.of_doses and isinstance(each.start, datetime))


def _read(event: CalendarEvent, visit: Appointment) -> Iterator[Told]:
    assert isinstance(event.start, datetime)
    begins = visit.local_date(event.start)
    doses, _, _ = event.description.partition("\n\n")
    for line in doses.splitlines():
        if one := _ONE.match(line):
            yield begins, one[1]
            continue
        run = _RUN.match(line)
        assert run is not None, line
        told = run[1] or short_date(begins, begins.year)
        (first,) = (day for day in _week(begins) if short_date(day, day.year) == told)
        through = _THROUGH.search(line)
        last, step = first, 1
        if through is not None:
            ends = f"{through[2]} {through[3]}"
            (last,) = (day for day in _week(first) if f"{day.day} {day:%b}" == ends)
            step = int(through[1] or 1)
        for number in range(0, (last - first).days + 1, step):
            for clock in _list_clocks(run[2], first, visit):
                yield first + number * DAY, clock


def _list_clocks(text: str, day: date, visit: Appointment) -> Iterator[str]:
    for part in text.split("; "):
        regular = _REGULAR.search(part)
        if regular is None:
            yield from re.findall(_CLOCK, part)
            continue
        # Of a time that the clock shows twice it is told which one is meant.
        bare, fold = regular[3].partition(" (")[0].upper(), 0
        wall = datetime.strptime(f"{day} {bare} +0000", "%Y-%m-%d %I:%M %p %z")
        if clock_time(wall.replace(tzinfo=visit.zone)) != regular[3]:
            fold = 1
        start = wall.replace(tzinfo=visit.zone, fold=fold).timestamp()
        gap = timedelta(**{f"{regular[2]}s": int(regular[1] or 1)}).total_seconds()
        for number in range(int(regular[4])):
            yield clock_time(datetime.fromtimestamp(start + number * gap, visit.zone))


def _week(first: date) -> list[date]:
    return [first + number * DAY for number in range(8)]
