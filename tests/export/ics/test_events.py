"""What is so of every event, whatever its kind: an end, a category, times that may float."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from microcare.core.plan.plan import build_plan
from microcare.core.sheet.protocol import Clinic
from microcare.export.ics.builder import build_events, event_dates
from microcare.export.ics.events import CalendarEvent, CalendarOptions, Category, find_end
from microcare.export.ics.writer import write_events
from tests import strategies
from tests.calendar.lint import lint_calendar
from tests.example_sheets import NAMES, sheet
from tests.samples import LONG_AGO, at, entry, plan, visit

if TYPE_CHECKING:
    from microcare.core.plan.plan import Plan
    from microcare.core.sheet.protocol import Protocol
    from tests.oracle import Visit

TEN_MINUTES = timedelta(minutes=10)
NOON = datetime(2026, 12, 10, 12, tzinfo=UTC)
CLINIC = Clinic(name="Haut & Co", phone="555 0100", address="12 Main St")

KINDS = (
    entry("take: antiviral\nfrom: next day\nfor: 2 days\ndaily: once", "dose")
    + entry("do: washing\nat: 15:00 the day before", "task")
    + entry("avoid: sauna\nuntil: 2 days after", "window")
)


def made(found: Plan, options: CalendarOptions) -> tuple[CalendarEvent, ...]:
    """Return a plan's events; the file that they make has no finding."""
    events = build_events(found, CLINIC, options)
    data = write_events(events, stamp=found.now, revision=0)
    assert [str(each) for each in lint_calendar(data, floating=options.floating)] == []
    return events


def floats(event: CalendarEvent) -> bool:
    """Return whether an event is at a time without a zone."""
    return isinstance(event.start, datetime) and event.start.tzinfo is None


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        (NOON, None, NOON + TEN_MINUTES),
        (NOON, NOON, NOON + TEN_MINUTES),
        (NOON, NOON + timedelta(hours=4), NOON + timedelta(hours=4)),
        (date(2026, 12, 10), None, date(2026, 12, 11)),
        (date(2026, 12, 10), date(2026, 12, 13), date(2026, 12, 13)),
    ],
)
def test_every_event_has_an_end(start: date, end: date | None, found: date) -> None:
    """Its own, else a dose and a task last ten minutes, and a day is a day."""
    assert find_end(start, end) == found


def test_an_event_says_of_which_kind_it_is() -> None:
    """In words by which a patient can filter, and none that says more than its title."""
    events = made(plan(KINDS), CalendarOptions(spans=True))
    shown = {each.summary.split(" ")[0].strip(":"): each.content.category for each in events}
    assert shown["Take"] is Category.DOSE
    assert shown["Do"] is Category.TASK
    assert shown["avoid"] is Category.WINDOW
    assert shown["Microneedling"] is Category.APPOINTMENT
    assert {
        each.content.category for each in events if each.summary.startswith(("From", "Fine"))
    } == {Category.DAY}


def test_a_discreet_calendar_shows_nothing() -> None:
    """Neither kind nor place, in nothing that stands outside of a description."""
    found = plan(KINDS)
    options = CalendarOptions(spans=True, discreet=True)
    for each in made(found, options):
        of_visit = each.content.category is Category.APPOINTMENT
        assert of_visit is each.content.opaque
        assert of_visit or each.content.category is Category.REMINDER
        assert each.content.location is None
        assert ("Where: Haut & Co, 555 0100, 12 Main St" in each.description) is of_visit
    assert sum(each.content.of_doses for each in made(found, options)) == 2


@pytest.mark.parametrize(
    ("course", "walls"),
    [
        ("daily: twice", ["8:00", "22:00"]),
        ("daily: [morning, bedtime]", ["8:00", "22:00"]),
        ("every: 2 days", ["8:00"]),
        ("every: 6 hours", []),
        ("every: 6 hours while awake", []),
    ],
)
def test_a_dose_by_the_clock_floats(course: str, walls: list[str]) -> None:
    """What is counted in hours is an instant wherever the phone is, as it is by default."""
    found = plan(entry(f"take: antiviral\nfrom: next day\nuntil: next day\n{course}"))
    doses = [each for each in made(found, CalendarOptions(floating=True)) if each.content.of_doses]
    assert [f"{each.start:%-H:%M}" for each in doses if floats(each)] == walls
    plain = [each for each in made(found, CalendarOptions()) if each.content.of_doses]
    assert [each.uid for each in plain] == [each.uid for each in doses]
    assert not any(map(floats, plain))
    assert plain


def test_a_dose_right_after_the_treatment_does_not_float() -> None:
    """It is counted from the treatment, though its day's others are by the clock."""
    rule = entry("take: antiviral\nfrom: end\nuntil: next day\ndaily: once")
    found = plan(rule, visit("2026-12-10 23:00"))
    doses = [each for each in made(found, CalendarOptions(floating=True)) if each.content.of_doses]
    assert [floats(each) for each in doses] == [False, True]


def test_floating_times_are_sorted_and_told_at_the_clinic() -> None:
    """Among the instants, as if the patient were there."""
    found = plan(KINDS)
    plain, floating = (made(found, CalendarOptions(floating=asked)) for asked in (False, True))
    assert [each.uid for each in plain] == [each.uid for each in floating]
    assert event_dates(plain, found) == event_dates(floating, found)
    doses = [each for each in floating if each.content.of_doses]
    assert event_dates(doses, found) == (date(2026, 12, 11), date(2026, 12, 12))


@pytest.mark.parametrize(
    ("start", "walls"),
    [
        # On 14 March 2:00 to 3:00 is skipped, on 1 November 1:00 to 2:00 comes twice.
        ("2027-03-14 14:30", ("2027-03-14 01:55", "2027-03-14 02:05")),
        ("2026-11-01 14:30", ("2026-11-01 01:55", "2026-11-01 02:05")),
    ],
)
def test_a_floating_moment_lasts_its_minutes_over_a_clock_change(
    start: str, walls: tuple[str, str]
) -> None:
    """The wall clock of another place need not change then."""
    found = plan(entry("take: bisacodyl\nat: 1:55 am on treatment day"), visit(start))
    (event,) = filter(floats, made(found, CalendarOptions(floating=True)))
    assert (event.start, event.end) == tuple(map(datetime.fromisoformat, walls))


@given(strategies.protocols(), strategies.visits(first_year=1985))
def test_floating_changes_nothing_for_who_stays(drawn: Protocol, appointment: Visit) -> None:
    """By the clinic's clock each event of any plan is where it is without it."""
    around = strategies.appointment(appointment)
    found = build_plan(drawn, around, now=around.start - timedelta(400))
    plain = {each.uid: each for each in made(found, CalendarOptions(spans=True))}
    for each in made(found, CalendarOptions(spans=True, floating=True)):
        there = plain[each.uid]
        assert not (floats(each) and each.content.opaque)
        if not floats(each):
            assert each == there
            continue
        assert isinstance(there.start, datetime)
        assert each.start == around.local(there.start).replace(tzinfo=None)
        assert each.end > each.start
        assert replace(each, start=there.start, end=there.end) == there


@pytest.mark.parametrize("name", NAMES)
def test_each_real_sheet_floats_cleanly(name: str) -> None:
    """The visit, arriving and deadlines are instants in each of them."""
    found = build_plan(sheet(name), visit(), now=at(LONG_AGO))
    for each in made(found, CalendarOptions(floating=True)):
        if floats(each):
            assert each.content.category in {Category.DOSE, Category.TASK}
            assert not each.summary.startswith(("Arrive", "Be there"))
