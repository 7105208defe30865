"""Reminders of tasks at a clock time: at that time, in words for the lock screen."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from microcare.core.sheet.protocol import Clinic
from microcare.export.ics.builder import build_events
from microcare.export.ics.events import CalendarEvent, CalendarOptions
from tests.samples import LONG_AGO, at, entry, plan, visit

EVENING = "2026-12-09 18:00"
TEN_MINUTES = timedelta(minutes=10)


def tasks(
    fields: str, start: str = "2026-12-10 14:30", now: str = LONG_AGO, *, discreet: bool = False
) -> list[CalendarEvent]:
    """Return the events at a clock time of one instruction's plan, without the visit."""
    found = plan(entry(fields), visit(start), now=now)
    events = build_events(found, Clinic(), CalendarOptions(discreet=discreet))
    return [each for each in events if isinstance(each.start, datetime) and not each.content.opaque]


@pytest.mark.parametrize(
    ("fields", "title", "start", "end"),
    [
        ("take: bisacodyl\nat: 15:00 the day before", "Take medicine", "2026-12-09 15:00", None),
        ("take: water\nat: 15:00 the day before", "Take water", "2026-12-09 15:00", None),
        ("do: washing\nat: the evening before", "Do: washing treated skin",
         "2026-12-09 18:00", "2026-12-09 22:00"),
        ("do: blood-sugar-check\nat: bedtime on day 1", "Do: personal task",
         "2026-12-10 22:00", None),
        ("use: numbing-cream\nat: 1 hour before", "Use numbing cream", "2026-12-10 13:30", None),
        ("take: usual-medicines\nfrom: 5 am on treatment day\nuntil: by 3 hours before",
         "Take usual medicines", "2026-12-10 05:00", "2026-12-10 11:30"),
        ("tell: photographs\nat: by noon the day before", "Tell us: photographs by Wed 12:00 pm",
         "2026-12-09 12:00", None),
        ("call-if: rectal-bleeding\nat: 6 am the day before",
         "Perhaps call us about a personal matter", "2026-12-09 06:00", None),
        ("take: antiviral\nat: 15:00 the day before\nif: cold-sores",
         "Perhaps take prescribed course", "2026-12-09 15:00", None),
        ("take: antiviral\nat: 15:00 the day before\nask-first: your doctor",
         "Ask first, then take prescribed course", "2026-12-09 15:00", None),
    ],
)  # fmt: skip
def test_a_task_is_an_event_at_its_time(
    fields: str, title: str, start: str, end: str | None
) -> None:
    """A part of the day lasts from its beginning to its end; nothing private has a name."""
    header = "day-1: treatment day\n" if "day 1" in fields else ""
    found = plan(entry(fields), header=header)
    (event,) = (
        each
        for each in build_events(found, Clinic(), CalendarOptions())
        if isinstance(each.start, datetime) and not each.content.opaque
    )
    assert (event.summary, event.start) == (title, at(start))
    assert event.end == (at(end) if end else at(start) + TEN_MINUTES)


@pytest.mark.parametrize(
    ("fields", "floats"),
    [
        ("take: bisacodyl\nat: 15:00 the day before", True),
        ("do: washing\nat: the evening before", True),
        ("take: usual-medicines\nfrom: 5 am on treatment day\nuntil: 8 am on treatment day", True),
        # Counted from the appointment, be it at one end only.
        ("use: numbing-cream\nat: 1 hour before", False),
        ("take: usual-medicines\nfrom: 5 am on treatment day\nuntil: 3 hours before", False),
        ("take: usual-medicines\nfrom: 5 am on treatment day\nuntil: start", False),
        # The clinic waits for it, by its own clock.
        ("arrive: early-arrival\nat: 30 minutes before", False),
        ("arrive: early-arrival\nat: 1 pm on treatment day", False),
        ("tell: photographs\nat: noon the day before", False),
        ("do: photographs\nat: by 18:00 the day before", False),
        ("repeat: follow-up\nat: 9 am the day after", False),
        ("call-if: rectal-bleeding\nat: 6 am the day before", False),
    ],
)
def test_what_the_patient_does_at_a_time_of_day_floats(fields: str, *, floats: bool) -> None:
    """On a journey it stays at the wall clock; by default, and all else, it is an instant."""
    made = plan(entry(fields))
    for asked in (False, True):
        events = build_events(made, Clinic(), CalendarOptions(floating=asked))
        (event,) = (
            each for each in events if isinstance(each.start, datetime) and not each.content.opaque
        )
        (plain,) = tasks(fields)
        if asked and floats:
            for found, instant in ((event.start, plain.start), (event.end, plain.end)):
                assert isinstance(instant, datetime)
                assert found == made.visit.local(instant).replace(tzinfo=None)
        else:
            assert (event.start, event.end) == (plain.start, plain.end)
        assert (event.uid, event.alarm) == (plain.uid, plain.alarm)


@pytest.mark.parametrize(
    "fields",
    [
        "do: washing\nat: the day before",
        "avoid: sauna\nfrom: 15:00 the day before\nuntil: start",
        "do: washing\nat: 15:00 the day before\nstrength: may",
        "use: barrier-cream\nfrom: 15:00 the day before\nuntil: start\nevery: 2 hours as needed",
        "arrive: clean-skin\nat: start",
        "expect: redness\nat: 2 hours after",
    ],
)
def test_what_has_no_moment_has_no_event(fields: str) -> None:
    """Whole days, windows, what goes by need and what falls together with the visit."""
    topics = "topics:\n  barrier-cream: {label: barrier cream}\n  clean-skin: {label: clean skin}\n"
    found = plan(entry(fields), header=topics)
    events = build_events(found, Clinic(), CalendarOptions())
    assert [each.summary for each in events if isinstance(each.start, datetime)] == [
        "Microneedling appointment"
    ]


def test_a_task_rings_shortly_before() -> None:
    """Not on the evening before: then it is not yet to be done."""
    (event,) = tasks("take: bisacodyl\nat: 15:00 the day before")
    assert event.alarm == TEN_MINUTES


@pytest.mark.parametrize(
    "fields",
    [
        "do: washing\nat: the morning of treatment",
        "take: usual-medicines\nfrom: 5 am on treatment day\nuntil: by 3 hours before",
        "arrange: prescriptions\nat: by noon on treatment day",
        "repeat: follow-up\nat: 9 am on treatment day",
    ],
)
def test_what_needs_preparing_rings_the_evening_before(fields: str) -> None:
    """A morning's task, to travel, or to have something ready."""
    (event,) = tasks(fields)
    assert event.alarm is not None
    assert isinstance(event.start, datetime)
    assert event.start - event.alarm == at(EVENING)


def test_a_past_task_has_no_reminder() -> None:
    """A phone can't remind of this morning; a part of the day that goes on still counts."""
    fields = "take: bisacodyl\nat: 15:00 the day before"
    assert tasks(fields, now="2026-12-09 15:01") == []
    assert len(tasks(fields, now="2026-12-09 15:00")) == 1
    assert len(tasks("do: washing\nat: the evening before", now="2026-12-09 21:00")) == 1


def test_a_whole_day_appointment_has_tasks_at_clock_times() -> None:
    """A time on the day before is known; hours before an unknown time are not."""
    (event,) = tasks("take: bisacodyl\nat: 15:00 the day before", "2026-12-10")
    assert event.start == at("2026-12-09 15:00")
    assert tasks("take: bisacodyl\nat: 2 hours before", "2026-12-10") == []


def test_a_discreet_task_says_nothing() -> None:
    """Not even that something is to be taken."""
    (event,) = tasks("take: bisacodyl\nat: 15:00 the day before", discreet=True)
    assert event.summary == "Personal reminder"


@pytest.mark.parametrize(
    ("until", "rings"), [("2 days after", False), ("8 am the day after", True)]
)
def test_what_a_ban_forbids_does_not_ring(until: str, *, rings: bool) -> None:
    """A task within a ban on it has no event; behind the ban's end it has."""
    made = plan(
        entry("do: washing\nat: 9 am the day after", "task")
        + entry(f"avoid: washing\nuntil: {until}", "ban")
    )
    events = build_events(made, Clinic(), CalendarOptions())
    timed = [
        each for each in events if isinstance(each.start, datetime) and not each.content.opaque
    ]
    assert bool(timed) is rings


def test_a_task_before_a_treatment_of_unknown_hour_rings() -> None:
    """A ban that begins with the treatment doesn't forbid what the sheet asks for before it."""
    made = plan(
        entry("do: washing\nat: the morning of treatment\nsay: Wash your face.", "before")
        + entry("avoid: washing\nuntil: next day\nsay: Do not wash.", "after"),
        visit("2026-12-10"),
    )
    events = build_events(made, Clinic(), CalendarOptions())
    assert [each.start for each in events if isinstance(each.start, datetime)] == [
        at("2026-12-10 06:00")
    ]
    assert made.conflicts == ()


def test_task_says_what_of_it_is_forbidden() -> None:
    """It stands beside no other row."""
    found = plan(
        entry("take: [ibuprofen, acetaminophen]\nat: 10:30 the next day\nsay: Take both.", "a")
        + entry("avoid: ibuprofen\nuntil: 3 days after", "b")
    )
    events = build_events(found, Clinic(), CalendarOptions())
    (task,) = [each for each in events if each.start == at("2026-12-11 10:30")]
    assert task.summary == "Take ibuprofen, acetaminophen"
    assert "but not ibuprofen (through Sun 13 Dec)" in task.description
