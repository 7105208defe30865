"""Words that bookings share: none of them may depend on a date that another booking has not."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from microcare.core.plan.joint_plan import plan_treatments
from microcare.core.plan.plan import build_plan
from microcare.core.plan.treatments import Treatment
from microcare.core.sheet.points import Quantity, Unit
from microcare.core.sheet.protocol import Clinic, Protocol
from microcare.core.values import replace
from microcare.export.ics.builder import build_events
from microcare.export.ics.event_titles import cut_title
from microcare.export.ics.events import CalendarEvent, CalendarOptions
from microcare.export.ics.forms import find_key
from microcare.export.ics.writer import write_events
from microcare.wording.dates import short_date, short_weekday
from microcare.wording.slots import Slots, Template, decode, encode, leave_open
from tests import strategies
from tests.commands.running import ROOT
from tests.export.ics.titling import clinic
from tests.oracle import Visit
from tests.samples import LONG_AGO, at, protocol, visit

_DATING = tuple(
    f"microcare.core.time.{name}" for name in ("anchors", "courses", "rhythms", "windows")
)
_TWO = "2026-12-10 14:30", "2027-06-09 14:30"

_OPTIONS = st.builds(
    CalendarOptions,
    booking=st.sampled_from([None, "A 1"]),
    spans=st.booleans(),
    discreet=st.booleans(),
    doses=st.booleans(),
    every_dose=st.booleans(),
    floating=st.booleans(),
)
_BOOKINGS = st.lists(
    st.tuples(
        st.integers(-400, 400),
        st.sampled_from([500, 500, 500, 30, 3, 0, -3, -30, -500]),
        st.sampled_from([0, 0, 0, 90, 1000]),
    ),
    min_size=3,
    max_size=6,
)
"""Days from the first appointment, and days and minutes from the moment to the appointment."""


@st.composite
def _sheets(draw: st.DrawFn) -> Protocol:
    """Draw a protocol of the whole language, with a course, half of them of medicines."""
    sheet = draw(strategies.sheets(most=4))
    course = replace(draw(strategies.courses()), id="course")
    if draw(st.booleans()):
        months = Quantity(1, 1, Unit.MONTH)
        steps = (replace(each, length=each.length and months) for each in course.steps)
        course = replace(course, steps=tuple(steps))
    medicine = draw(st.booleans())
    topics = {name: replace(each, medicine=medicine) for name, each in sheet.topics.items()}
    return replace(sheet, instructions=(*sheet.instructions, course), topics=topics)


def _export(
    protocol: Protocol, visit: Visit, ahead: timedelta, options: CalendarOptions
) -> tuple[CalendarEvent, ...]:
    booked = strategies.appointment(visit)
    plan = build_plan(protocol, booked, now=booked.start - ahead)
    return build_events(plan, Clinic(), options)


def _show(events: Iterable[CalendarEvent]) -> list[object]:
    """Return all that is seen of events, and their file."""
    told = [(each.summary, each.description, each.content.of_doses) for each in events]
    return [*told, write_events(events, stamp=at(LONG_AGO), revision=0)]


@given(
    _sheets(),
    strategies.visits(first_year=1990),
    _BOOKINGS,
    _OPTIONS,
)
def test_a_calendar_is_the_same_whatever_was_worded_before(
    sheet: Protocol,
    visit: Visit,
    bookings: list[tuple[int, int, int]],
    options: CalendarOptions,
) -> None:
    """Each booking has the events that a protocol makes which has had no other."""
    for days, ahead, minutes in bookings:
        booked = strategies.shift_visit(visit, days)
        before = timedelta(days=ahead, minutes=minutes)
        found = _export(sheet, booked, before, options)
        fresh = _export(replace(sheet), booked, before, options)
        assert _show(found) == _show(fresh)


def _tell(sheet: Protocol, start: str, now: str = LONG_AGO) -> str:
    """Return all that the calendar of one booking tells, with its dates."""
    plan = build_plan(sheet, visit(start), now=at(now))
    events = build_events(plan, Clinic())
    return "\n".join(f"{each.start}: {each.summary}\n{each.description}" for each in events)


def test_bookings_on_other_dates_share_their_words() -> None:
    """What was worded for one booking is what another has, its own dates in it."""
    sheet = protocol("- {id: sun, avoid: sun, until: 3 days after, say: No sun.}")
    december, june = (build_plan(sheet, visit(each), now=at(LONG_AGO)) for each in _TWO)
    assert find_key(december) == find_key(june)
    assert "through Sun 13 Dec" in _tell(sheet, _TWO[0])
    assert "through Sat 12 Jun" in _tell(sheet, _TWO[1])


def test_a_year_is_told_where_it_is_another_than_the_appointments() -> None:
    """Whose calendar was worded first had no year to tell."""
    sheet = protocol("- {id: sun, avoid: sun, until: 10 days after, say: No sun.}")
    assert "through Sun 20 Dec" in _tell(sheet, "2026-12-10 14:30")
    assert "through Fri 1 Jan 2027" in _tell(sheet, "2026-12-22 14:30")


def test_months_of_other_lengths_have_words_of_their_own() -> None:
    """28 days after and a month after are one date in February alone."""
    sheet = protocol(
        """
        - {id: sun, avoid: sun, until: 1 month after, say: No sun.}
        - {id: heat, avoid: sauna, until: 28 days after, say: No sauna.}
        """
    )
    in_may, in_february = (_tell(sheet, each) for each in ("2027-05-05 14:30", "2027-02-05 14:30"))
    assert "2027-06-03: Fine again Thu: sauna\n" in in_may
    assert "2027-03-06: Fine again Sat: sun, sauna\n" in in_february


def test_a_title_is_no_longer_in_another_year() -> None:
    """A title says less where its date is longer than that of the first booking."""
    sheet = protocol(
        """
        - {id: drinks, avoid: alcohol, until: 10 days after, say: No alcohol.}
        - {id: gym, avoid: gym, until: 10 days after, say: No gym.}
        """
    )
    first, other = (_tell(sheet, start) for start in ("2026-12-01 14:30", "2026-12-29 14:30"))
    assert "Stop alcohol, exercise from Tue 2:30 pm through Fri 11 Dec\n" in first
    assert "Stop alcohol, exercise from Tue 2:30 pm\n" in other


def test_an_hour_after_a_change_of_the_clock_is_told_as_it_is_then() -> None:
    """72 hours are three days and an hour by the clock."""
    sheet = protocol("- {id: sun, avoid: sun, until: 72 hours after, say: No sun.}")
    assert "until Sat 6 Mar, 2:30 pm" in _tell(sheet, "2027-03-03 14:30")
    assert "until Mon 15 Mar, 3:30 pm" in _tell(sheet, "2027-03-12 14:30")


def test_an_hour_that_the_clock_shows_twice_is_told_with_its_offset() -> None:
    """The same hour a week before needs none."""
    sheet = protocol("- {id: sun, avoid: sun, until: 11 hours after, say: No sun.}")
    assert "1:30 am)" in _tell(sheet, "2027-10-30 14:30")
    assert "1:30 am (UTC−04:00))" in _tell(sheet, "2027-11-06 14:30")


def test_medicine_without_a_rhythm_is_reminded_of_on_each_of_its_days() -> None:
    """Where `now` lies among them, all that are left are told: the plan has none of them."""
    sheet = protocol("- {id: it, take: antibiotics, from: 1 day after, for: 20 days, say: Take.}")
    now = "2026-12-25 09:00"
    first, other = (_tell(sheet, f"2026-12-{day} 14:30", now) for day in (10, 20))
    assert first.count(": Take prescribed course") == 1
    assert other.count(": Take prescribed course") == 10


def test_a_step_of_a_month_has_the_amount_of_its_own_day() -> None:
    """From 10 June the first step has 30 days, from 9 July it has 31."""
    sheet = protocol(
        """
        - id: it
          take: antibiotics
          from: 1 day after
          until: 60 days after
          steps:
            - {for: 1 month, daily: at 8:00 am, dose: 2 tablets}
            - {daily: at 8:00 am, dose: 1 tablet}
          say: Take it.
        """
    )
    _tell(sheet, "2027-06-09 14:30")
    start = "2027-07-08 14:30"
    assert _tell(sheet, start) == _tell(replace(sheet), start)


def test_two_treatments_in_two_years_have_their_calendar() -> None:
    """What one of them says of its Day 1 has the year of its own appointment."""
    sheet = clinic("clinic-a")
    visits = (visit("2026-12-03 14:30"), visit("2027-01-14 14:30"))
    treatments = [Treatment(sheet, each) for each in visits]
    plan = plan_treatments(treatments, now=at(LONG_AGO), answers={})
    events = build_events(plan, Clinic())
    assert any("Day 1 is Thu 14 Jan or Fri 15 Jan" in each.description for each in events)


def test_a_date_that_hangs_on_more_is_shared_with_nobody() -> None:
    """A date without another year than the appointment's, or with its parts below others'."""
    day, writes = date(2027, 1, 2), list[Callable[[date], str]]()
    writes.append(partial(short_date, year=2027))
    writes.append(partial(short_date, year=2026, aligned=True))
    for write in writes:
        slots = Slots(date(2026, 12, 10))
        with leave_open(slots):
            text = write(day)
        assert decode(encode(text)) == Template((write(day),), ())
        assert not slots.is_complete


def test_a_mark_stands_apart_from_a_year() -> None:
    """“2027¹” would be another number."""
    sheet = protocol(
        """
        - id: it
          use: moisturizer
          from: 1 day after
          until: 10 to 14 days after
          unclear: Which one?
          say: Use it.
        """
    )
    assert "2027¹" not in _tell(sheet, "2026-12-22 14:30")


def test_a_title_is_cut_before_a_date_that_is_left_open() -> None:
    """No calendar could have a piece of what stands for one."""
    slots = Slots(date(2026, 12, 10))
    with leave_open(slots):
        title = f"{'x' * 58} {short_weekday(date(2026, 12, 12))} and more"
        assert decode(encode(cut_title(title))) == Template((f"{'x' * 58} …",), ())


def test_what_is_past_by_an_hour_is_told_as_past() -> None:
    """Two files of one booking, made on one day, differ in what lies behind."""
    sheet = protocol(
        """
        - id: it
          take: antibiotics
          from: 8:00 am 2 days after
          for: 4 days
          daily: at 8:00 am and 8:00 pm
          say: Take it at 8.
        """
    )
    morning, night = (
        _tell(sheet, "2026-12-10 14:30", f"2026-12-13 {now}") for now in ("09:00", "21:00")
    )
    assert "3 of 10 times" in morning
    assert "4 of 10 times" in night


def test_nothing_that_words_a_calendar_dates_anything() -> None:
    """The key has every instant of the plan: whoever finds another one has to add it there."""
    found = {
        (file.stem, name.name)
        for folder in ("export/ics", "wording/plan", "core/plan")
        for file in (ROOT / "microcare" / folder).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(_DATING)
        for name in node.names
        if name.name.islower()
    }
    assert found == {
        *(("plan", name) for name in ("date_instructions", "read_times", "find_doses")),
        # Medicine without a rhythm: see `list_daily`.
        ("course_doses", "find_doses"),
        # Other appointments.
        *(("openings", name) for name in ("date_instructions", "read_times")),
    }
