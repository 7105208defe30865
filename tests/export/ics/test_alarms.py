"""When a calendar rings: ahead, by day, early enough to act, and not too often."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcare.core.plan.plan import Plan, build_plan
from microcare.core.sheet.protocol import Clinic
from microcare.export.ics.alarms import AT_ITS_HOUR, MOST_RINGS, find_alarms
from microcare.export.ics.builder import build_events
from microcare.export.ics.events import (
    CalendarEvent,
    CalendarOptions,
    Draft,
    Placed,
    Ring,
    Worded,
)
from tests import strategies
from tests.samples import LONG_AGO, at, entry, plan, visit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microcare.core.sheet.protocol import Protocol
    from microcare.core.time.appointment import Appointment
    from tests.oracle import Visit

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
EARLY = "5 am on treatment day"
VISIT = "Microneedling appointment"


def rings(found: Plan, options: CalendarOptions | None = None) -> dict[str, list[str]]:
    """Return on which wall clocks the events ring, by their titles, in order."""
    rung: dict[str, list[str]] = {}
    for each in build_events(found, Clinic(), options or CalendarOptions()):
        if (instant := ring_of(each, found.visit)) is not None:
            wall = found.visit.local(instant).strftime("%Y-%m-%d %H:%M")
            rung.setdefault(each.summary, []).append(wall)
    return rung


def ring_of(event: CalendarEvent, around: Appointment) -> datetime | None:
    """Return the instant at which an event rings."""
    return None if event.alarm is None else begin(event.start, around) - event.alarm


def begin(start: date | datetime, around: Appointment) -> datetime:
    """Return the instant at which an event begins at the clinic."""
    return start if isinstance(start, datetime) else around.day_start(start)


def is_night(instant: datetime, around: Appointment) -> bool:
    """Return whether people sleep."""
    clock = around.local(instant).time()
    return clock >= time(22) or clock < time(6, 30)


# Late bookings


@pytest.mark.parametrize(
    ("now", "of_visit"),
    [
        ("2026-12-09 17:00", ["2026-12-09 18:00"]),
        ("2026-12-09 20:10", ["2026-12-09 20:40"]),
        ("2026-12-09 21:50", ["2026-12-09 21:55"]),
        ("2026-12-09 21:59", ["2026-12-10 06:30"]),
        ("2026-12-10 03:00", ["2026-12-10 06:30"]),
        ("2026-12-10 14:10", ["2026-12-10 14:15"]),
        ("2026-12-10 14:28", ["2026-12-10 14:29"]),
        ("2026-12-10 14:30", []),
    ],
)
def test_a_late_booking_takes_the_next_sensible_time(now: str, of_visit: list[str]) -> None:
    """Soon, before people sleep, else in the morning; nothing once it has begun."""
    rung = rings(plan(entry("avoid: sauna\nuntil: 2 days after"), now=now))
    assert rung.pop(VISIT, []) == of_visit
    # The day itself has begun at midnight.
    assert bool(rung) is (now < "2026-12-09 21:55")


# The night


@pytest.mark.parametrize(
    ("fields", "wall"),
    [
        ("take: bowel-prep-solution\nat: 4 am on treatment day", "2026-12-10 03:50"),
        (f"do: washing\nat: {EARLY}", "2026-12-10 04:50"),
        (f"avoid: clear-liquids\nfrom: {EARLY}\nuntil: start", "2026-12-10 04:50"),
        (f"may: clear-liquids\nfrom: 2 days before\nuntil: {EARLY}", "2026-12-10 04:50"),
        ("avoid: food\nfrom: midnight before\nuntil: start", "2026-12-09 22:00"),
        ("take: antiviral\nfrom: 1 hour after\nevery: 12 hours\nuntil: 4 days after",
         "2026-12-12 03:25"),
    ],
)  # fmt: skip
def test_what_the_sheet_puts_in_the_night_is_announced(fields: str, wall: str) -> None:
    """It rings then, and the evening before an entry of its date rings too."""
    found = plan(entry(fields))
    events = build_events(found, Clinic(), CalendarOptions())
    night = at(wall)
    (there,) = [each for each in events if ring_of(each, found.visit) == night]
    assert isinstance(there.start, datetime)
    day = found.visit.local_date(there.start)
    whole = [ring_of(each, found.visit) for each in events if each.start == day]
    assert datetime.combine(day - DAY, time(18), found.visit.zone) in whole


def test_an_announcement_tells_what_the_night_brings() -> None:
    """With the hour and each dose; without reminders of doses it isn't there."""
    fields = "take: antiviral\nfrom: 1 hour after\nevery: 12 hours\nuntil: 4 days after"
    found = plan(entry(fields))
    announced = re.compile(r"\w{3} 3:30 am: take prescribed course")
    events = build_events(found, Clinic(), CalendarOptions())
    assert [each.start for each in events if announced.match(each.summary)] == [
        date(2026, 12, day) for day in (11, 12, 13, 14)
    ]
    without = build_events(found, Clinic(), CalendarOptions(doses=False))
    assert not any(announced.match(each.summary) for each in without)
    discreet = build_events(found, Clinic(), CalendarOptions(discreet=True))
    assert "Personal reminder" in {each.summary for each in discreet if each.content.of_doses}


def test_a_day_that_is_only_fine_again_names_what_rings_in_its_night() -> None:
    """Its entry rings for that alone."""
    rules = entry("take: acetaminophen\nfrom: end\nfor: 3 days\nevery: 6 hours", "pain")
    rules += entry("avoid: exercise\nuntil: 2 days after", "sport")
    rung = rings(plan(rules))
    (title,) = (each for each in rung if "ine again Sun" in each)
    assert title == "Sun 2:30 am: take acetaminophen; fine again Sun: exercise"
    assert rung[title] == ["2026-12-12 18:00"]


def test_a_stop_on_a_day_without_an_entry_is_announced() -> None:
    """The end of a permission changes no day, and the evening before must tell it all the same."""
    found = plan(entry("may: clear-liquids\nfrom: 5 days before\nuntil: 8 pm 2 days before"))
    assert rings(found)["No clear liquids from Tue 8:00 pm"] == [
        "2026-12-07 18:00",
        "2026-12-08 18:00",
    ]


def test_a_part_of_a_day_wakes_nobody() -> None:
    """The morning begins at 6:00, and who has until noon is told the evening before."""
    rung = rings(plan(entry("do: washing\nat: the morning of treatment")))
    assert rung["Do: washing treated skin"] == ["2026-12-09 18:00"]


# What rings at all, and how early


@pytest.mark.parametrize(
    ("fields", "rung"),
    [
        ("avoid: sauna\nfrom: 3 days before\nuntil: 3 days after", {-3}),
        ("expect: redness\nfrom: 2 days after\nuntil: 4 days after", set()),
        ("may: sauna\nfrom: 2 days after", set()),
        ("use: moisturizer\nfrom: 2 days after\nuntil: 4 days after\nstrength: may", set()),
        ("use: moisturizer\nfrom: 2 days after\nuntil: 4 days after\nevery: 2 hours as needed",
         set()),
        ("use: moisturizer\nfrom: 2 days after\nuntil: 4 days after", {2}),
        ("tell: photographs\nat: 2 days after", {2}),
        ("repeat: follow-up\nat: 2 weeks after", {14}),
    ],
)  # fmt: skip
def test_only_what_calls_to_act_rings(fields: str, rung: set[int]) -> None:
    """What is fine again, expected or allowed waits until somebody looks."""
    found = plan(entry(fields))
    events = build_events(found, Clinic(), CalendarOptions())
    days = {
        (each.start - found.visit.day).days
        for each in events
        if each.alarm is not None and not isinstance(each.start, datetime)
    }
    assert days == rung


@pytest.mark.parametrize(
    ("fields", "title", "wall"),
    [
        ("avoid: [food, drinks]\nfrom: 2 hours before\nuntil: start",
         "No food, drinks from Thu 12:30 pm", "2026-12-10 10:30"),
        ("avoid: food\nfrom: 20:00 the day before\nuntil: end",
         "No food from Wed 8:00 pm", "2026-12-09 18:00"),
        ("avoid: [food, drinks]\nexcept: clear-liquids\nfrom: 8 am on treatment day\nuntil: end",
         "No food, drinks from Thu 8:00 am (except clear liquids)", "2026-12-09 18:00"),
        ("avoid: food\nfrom: 2 hours before\nuntil: end\nif: sedation",
         "Perhaps no food from Thu 12:30 pm", "2026-12-10 10:30"),
        ("may: clear-liquids\nfrom: 1 day before\nuntil: 2 hours before",
         "No clear liquids from Thu 12:30 pm", "2026-12-10 10:30"),
        ("tell: photographs\nat: by noon the day before",
         "Tell us: photographs by Wed 12:00 pm", "2026-12-09 10:00"),
    ],
)  # fmt: skip
def test_fasts_and_deadlines_ring_early_enough(fields: str, title: str, wall: str) -> None:
    """Two hours before by themselves, or in the evening, when the day's entry rings as well."""
    found = plan(entry(fields))
    assert wall in rings(found)[title]
    events = build_events(found, Clinic(), CalendarOptions())
    (event,) = (
        each for each in events if each.summary == title and isinstance(each.start, datetime)
    )
    assert isinstance(event.start, datetime)
    day = found.visit.local_date(event.start)
    evening = f"{day - DAY} 18:00"
    assert any(evening in walls for name, walls in rings(found).items() if name != VISIT)
    assert not event.content.opaque


def test_the_clinic_says_how_early_a_fast_rings() -> None:
    """Its hours count before each fast and each deadline."""
    found = plan(entry("avoid: food\nfrom: 2 hours before\nuntil: start"))
    options = CalendarOptions(notice=timedelta(hours=3))
    assert rings(found, options)["No food from Thu 12:30 pm"] == ["2026-12-10 09:30"]


@pytest.mark.parametrize(
    "rules",
    [
        entry("avoid: food\nfrom: 1 day before\nuntil: start", "day")
        + entry("avoid: solid-food\nfrom: 6 hours before\nuntil: start", "hours"),
        entry("avoid: smoking\nfrom: 6 hours before\nuntil: start"),
        entry("avoid: ibuprofen\nfrom: 6 hours before\nuntil: start"),
        entry("avoid: food\nfrom: end\nuntil: 2 hours after"),
        entry("may: clear-liquids\nfrom: 2 hours after\nuntil: 5 hours after"),
    ],
)
def test_what_is_no_fast_of_its_own_has_no_event(rules: str) -> None:
    """What was forbidden before, what is no food, and what begins with the treatment."""
    events = build_events(plan(rules), Clinic(), CalendarOptions())
    assert [each.summary for each in events if isinstance(each.start, datetime)] == [VISIT]


def test_a_fast_at_a_guessed_hour_has_no_event() -> None:
    """Of a whole-day appointment nobody knows when it begins."""
    found = plan(entry("avoid: food\nfrom: 6 hours before\nuntil: start"), visit("2026-12-10"))
    events = build_events(found, Clinic(), CalendarOptions())
    assert not any(isinstance(each.start, datetime) for each in events)


def test_a_stop_is_told_once() -> None:
    """A permission that ends where a ban begins has no event beside the ban's."""
    rules = entry("avoid: drinks\nfrom: 2 hours before\nuntil: start", "ban")
    rules += entry("may: clear-liquids\nfrom: 1 day before\nuntil: 2 hours before", "permission")
    stops = [title for title in rings(plan(rules)) if title.endswith("from Thu 12:30 pm")]
    assert stops == ["No drinks from Thu 12:30 pm"]


PERSON = "Arrange adult to take you home"


@pytest.mark.parametrize(
    ("fields", "title", "now", "wall"),
    [
        ("arrange: escort\non: treatment day", PERSON, LONG_AGO, "2026-12-07 18:00"),
        ("arrange: escort\nat: end", PERSON, LONG_AGO, "2026-12-07 18:00"),
        ("arrange: escort", PERSON, LONG_AGO, "2026-12-07 18:00"),
        ("arrange: adult-at-home\non: treatment day", "Arrange adult to stay with you",
         LONG_AGO, "2026-12-07 18:00"),
        ("arrange: escort\nat: by noon the day before", f"{PERSON} by Wed 12:00 pm", LONG_AGO,
         "2026-12-06 18:00"),
        ("arrange: escort\non: treatment day", PERSON, "2026-12-08 09:00", "2026-12-08 18:00"),
        ("arrange: escort\non: treatment day", PERSON, "2026-12-09 20:10", "2026-12-09 20:40"),
        ("arrange: prescriptions\nat: by noon the day before",
         "Arrange your prescriptions by Wed 12:00 pm", LONG_AGO, "2026-12-08 18:00"),
    ],
)  # fmt: skip
def test_who_is_to_be_found_is_told_days_before(
    fields: str, title: str, now: str, wall: str
) -> None:
    """A person is first told days before; booked later, the next evening or soon."""
    assert min(rings(plan(entry(fields), now=now))[title]) == wall


def test_a_clinics_own_person_is_told_days_before() -> None:
    """A topic of its file that is part of those who must be asked in time."""
    header = "topics:\n  sitter: {label: a babysitter, part-of: [companion]}\n"
    found = plan(entry("arrange: sitter\non: treatment day"), header=header)
    assert min(rings(found)["Arrange a babysitter"]) == "2026-12-07 18:00"


# Not too often


def test_a_date_has_three_rings_and_what_weighs() -> None:
    """The least weighty are dropped, never the visit, a ban, a fast, a deadline or a person."""
    rules = "".join(
        entry(f"do: washing\nat: {hour}:00 the day before", f"task-{hour}")
        for hour in range(13, 18)
    )
    rules += entry("avoid: food\nfrom: 20:00 the day before\nuntil: start", "fast")
    found = plan(rules)
    rung = [
        wall for walls in rings(found).values() for wall in walls if wall.startswith("2026-12-09")
    ]
    assert sorted(rung) == ["2026-12-09 12:50", "2026-12-09 18:00", "2026-12-09 18:00"]


_STARTS = st.one_of(
    st.dates(date(2026, 3, 1), date(2026, 3, 5)),
    st.integers(0, 4 * 24 * 60).map(lambda each: at("2026-03-01 00:00") + each * MINUTE),
)
_RINGS = st.builds(
    Ring,
    st.none() | st.sampled_from([5, 10, 120, 1440]).map(lambda each: each * MINUTE),
    st.integers(1, 3),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


@given(
    st.lists(st.tuples(_STARTS, _RINGS), max_size=12),
    st.integers(0, 14 * 24 * 60 * 60),
    st.times(time(6, 30), time(21, 59)).map(lambda each: each.replace(second=0, microsecond=0)),
)
def test_any_rings_keep_the_rules(
    drawn: list[tuple[date | datetime, Ring]], seconds: int, evening: time
) -> None:
    """After now, before the event, by day but for what is due at night, three a date."""
    around = visit("2026-03-03 14:30")
    made = at("2026-02-20 00:00") + timedelta(seconds=seconds)
    drafts = [
        Draft(str(place), "", (), *each[:1], ring=each[1]) for place, each in enumerate(drawn)
    ]
    placed = [
        Placed(Worded(each, ()), begin(each.start, around), each.start, None) for each in drafts
    ]
    found = find_alarms(placed, evening, around, made)
    count: Counter[date] = Counter()
    for draft, alarm in zip(drafts, found, strict=True):
        start, ring = begin(draft.start, around), draft.ring
        assert ring is not None
        if alarm is None:
            # Nothing that must not be missed is silent while there is time.
            late = made + 5 * MINUTE >= start or is_night(made + 5 * MINUTE, around)
            assert late or not (ring.firm or ring.dose)
            continue
        rung = start - alarm
        assert made < rung < start
        assert alarm % MINUTE == timedelta(0)
        if is_night(rung, around):
            assert ring.at_its_hour
            assert alarm <= AT_ITS_HOUR or is_night(start, around)
        if not (ring.firm or ring.dose):
            count[around.local_date(rung)] += 1
    assert all(each <= MOST_RINGS for each in count.values())


@given(
    st.one_of(strategies.protocols(), strategies.sheets()),
    strategies.visits(first_year=1985),
    strategies.answers,
    st.integers(-90 * 24 * 60, 3 * 24 * 60),
)
def test_any_plan_rings_when_it_helps(
    drawn: Protocol, appointment: Visit, answers: dict[str, bool], booked: int
) -> None:
    """Whatever the rules, the zone and the moment of booking, as if all were food."""
    around = strategies.appointment(appointment)
    food = {name: replace(each, two_sided=True) for name, each in drawn.topics.items()}
    now = around.start + booked * MINUTE
    found = build_plan(replace(drawn, topics=food), around, now=now, answers=answers)
    events = build_events(found, Clinic(), CalendarOptions())
    announced = _list_announced(events, around)
    for each in events:
        rung = ring_of(each, around)
        if rung is None:
            continue
        start = begin(each.start, around)
        assert now < rung < start
        if not is_night(rung, around):
            continue
        assert start - rung <= AT_ITS_HOUR or is_night(start, around)
        day = around.local_date(start)
        if (
            around.local(start).time() < time(6, 30)
            and now < around.day_start(day) - 3 * 60 * MINUTE
        ):
            assert day in announced


def _list_announced(events: Iterable[CalendarEvent], around: Appointment) -> set[date]:
    """Return the days whose entries ring before people sleep."""
    return {
        each.start
        for each in events
        if not isinstance(each.start, datetime)
        and (rung := ring_of(each, around)) is not None
        and not is_night(rung, around)
    }
