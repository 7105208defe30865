"""Reminders of doses: each dose once, silent where a stranger reads, the same after a new date."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microcare.core.plan.plan import build_plan
from microcare.core.sheet.protocol import Clinic
from microcare.core.sheet.verbs import Verb
from microcare.export.ics.builder import build_events
from microcare.export.ics.events import CalendarEvent, CalendarOptions
from microcare.export.ics.title_names import TitleNames
from microcare.export.ics.writer import calendar_bytes
from tests.calendar.lint import lint_calendar
from tests.calendar.readers import read_with_icalendar
from tests.oracle import Visit
from tests.samples import LONG_AGO, at, entry, plan, visit
from tests.strategies import appointment, courses, protocol_of, visits

if TYPE_CHECKING:
    from microcare.core.plan.plan import Plan
    from microcare.core.sheet.instruction import Instruction

FEW = settings(max_examples=settings().max_examples // 3)
BOOKED = CalendarOptions(booking="4711")

VERBS = ("Take ", "Use ", "Do: ", "Perhaps ")
"""What the titles of reminders begin with; a day's digest begins with its distance."""

DROPS = """
take: antiviral
from: next day
steps:
  - {for: 2 days, daily: 4, dose: 1 drop}
  - {for: 1 day, daily: once}
amounts: {daily-max: 4 drops}
say: Use the drops.
"""
MANY = "take: ibuprofen\non: next day\ndaily: 6\namounts: {dose: 400 mg}\nsay: Take it."


def events(found: Plan, options: CalendarOptions = BOOKED) -> tuple[CalendarEvent, ...]:
    """Return a plan's events; the file that they make has no finding."""
    made = build_events(found, Clinic(), options)
    data = calendar_bytes(made, stamp=found.now, revision=0)
    assert [str(each) for each in lint_calendar(data)] == []
    assert len(read_with_icalendar(data)) == len(made)
    return made


def reminders(found: Plan, options: CalendarOptions = BOOKED) -> list[CalendarEvent]:
    """Return the events that tell of doses."""
    return [each for each in events(found, options) if each.summary.startswith(VERBS)]


def day_of(event: CalendarEvent, found: Plan) -> date:
    """Return the date of an event at the clinic."""
    start = event.start
    return found.visit.local_date(start) if isinstance(start, datetime) else start


def test_a_few_doses_ring_by_themselves() -> None:
    """At their times, five minutes before, without blocking anything."""
    found = reminders(plan(entry(DROPS)))
    assert [each.summary for each in found[:5]] == [
        *(f"Take prescribed course ({number} of 4 today)" for number in (1, 2, 3, 4)),
        "Take prescribed course (1 of 4 today)",
    ]
    assert found[-1].summary == "Take prescribed course (today)"
    assert len(found) == 9
    first = found[0]
    assert (first.start, first.end) == (at("2026-12-11 08:00"), at("2026-12-11 08:10"))
    assert (first.alarm, first.opaque) == (timedelta(minutes=5), False)


def test_a_dose_says_all_in_its_description() -> None:
    """The time, the dose, the rule, the most in a day, and whom to ask."""
    text = reminders(plan(entry(DROPS)))[0].description
    for fact in ("8:00 am", "1 drop", "suggested", "Use the drops.", "at most 4 drops a day"):
        assert fact in text
    assert "then once a day for 1 day" in text
    assert "ask the clinic" in text


def test_many_doses_are_one_event_a_day() -> None:
    """With every time in it, and the alarm of the evening before."""
    (found,) = reminders(plan(entry(MANY)))
    assert found.summary == "Take ibuprofen (6 times today, 8:00 am to 10:00 pm)"
    assert (found.start, found.end) == (date(2026, 12, 11), date(2026, 12, 12))
    assert found.alarm == timedelta(hours=6)
    times = ("8:00 am", "10:45 am", "1:30 pm", "4:30 pm", "7:15 pm", "10:00 pm")
    assert all(f"- {time}: Ibuprofen: 400 mg" in found.description for time in times)


def test_many_doses_in_one_sitting_ring_when_they_begin() -> None:
    """A glass every 15 minutes is an event from the first to the last."""
    fields = "take: bowel-prep-solution\nfrom: 18:00 the day before\nevery: 15 minutes\ncount: 8"
    (found,) = reminders(plan(entry(fields)))
    assert found.summary == "Take preparation (8 times today, 6:00 pm to 7:45 pm)"
    assert (found.start, found.end) == (at("2026-12-09 18:00"), at("2026-12-09 19:45"))
    assert found.alarm == timedelta(minutes=5)
    assert "- 7:45 pm: " in found.description


def test_two_medicines_are_told_apart() -> None:
    """Two alarms at one time that read the same would be taken for one; neither has a name."""
    rules = entry("take: antiviral\non: next day\ndaily: once", "first")
    rules += entry("take: antibiotics\non: next day\ndaily: once", "second")
    titles = {each.summary for each in reminders(plan(rules))}
    assert len(titles) == 2
    assert all(re.fullmatch(r"Take prescribed course [A-Z] \(today\)", each) for each in titles)


@pytest.mark.parametrize(
    ("answers", "start"),
    [({"cold-sores": False}, "2026-12-10 14:30"), ({"cold-sores": True}, "2026-12-10")],
)
def test_a_letter_is_its_medicines(answers: dict[str, bool], start: str) -> None:
    """It is the same in a later file, where an answer rules out the others with that word."""
    rules = entry("take: antiviral\nif: cold-sores\non: next day\ndaily: once", "first")
    rules += entry("take: ibuprofen\nevery: 6 hours as needed\nuntil: 2 days after", "pain")
    rules += entry("take: acetaminophen\nevery: 6 hours\nfrom: 1 hour after\ncount: 2", "hours")
    rules += entry("take: antibiotics\non: next day\ndaily: once", "last")
    found = plan(rules, visit(start), answers=answers)
    (title,) = (each.summary for each in reminders(found) if "ntibiotic" in each.description)
    letter = TitleNames(found.protocol).list_labels(Verb.TAKE, ["antibiotics"])
    assert title == f"Take {letter[0]} (today)"
    assert re.fullmatch("prescribed course [A-Z]", letter[0])


def test_a_medicine_that_is_forbidden_in_part_keeps_its_letter() -> None:
    """A ban on one of two that are taken together doesn't rename the other."""
    both = entry("take: [antiviral, antibiotics]\non: next day\ndaily: once", "both")
    ban = entry("avoid: antiviral\nfrom: 1 day before\nuntil: 3 days after", "ban")
    (together,) = reminders(plan(both))
    (alone,) = reminders(plan(both + ban))
    names = together.summary.removesuffix(" (today)").removeprefix("Take ").split(", ")
    assert len(set(names)) == 2
    assert alone.summary == f"Take {names[1]} (today)"


def test_medicines_in_turn_are_told_apart() -> None:
    """Whose turn it is stands in the title."""
    fields = "take: [ibuprofen, acetaminophen]\non: next day\nevery: 4 hours in turn"
    assert [each.summary.partition(" (")[0] for each in reminders(plan(entry(fields)))] == [
        "Take ibuprofen",
        "Take acetaminophen",
        "Take ibuprofen",
        "Take acetaminophen",
    ]


def test_no_reminders_of_doses_where_none_are_wanted() -> None:
    """The day on which they change tells them all the same."""
    made = events(plan(entry(DROPS)), CalendarOptions(doses=False))
    assert not any(each.of_doses for each in made)
    assert any("8:00 am, 12:45 pm, 5:15 pm, 10:00 pm" in each.description for each in made)


def test_what_is_no_medicine_is_named() -> None:
    """A title is enough by itself; what depends on an answer is perhaps so."""
    fields = "use: sunscreen\non: next day\ndaily: twice"
    found = reminders(plan(entry(fields)))
    assert [each.summary for each in found] == [
        "Use sunscreen (1 of 2 today)",
        "Use sunscreen (2 of 2 today)",
    ]
    asked = reminders(plan(entry(f"{fields}\nif: pregnancy")))
    assert asked[0].summary == "Perhaps use sunscreen (1 of 2 today)"


def test_discreet_titles_name_nothing() -> None:
    """Not even that something is to be taken."""
    made = events(plan(entry(DROPS)), CalendarOptions(discreet=True))
    assert {each.summary for each in made if isinstance(each.start, datetime)} == {
        "Appointment",
        "Personal reminder",
    }


def test_no_alarm_means_none() -> None:
    """Of no dose either."""
    assert {each.alarm for each in events(plan(entry(DROPS)), CalendarOptions(alarm=None))} == {
        None
    }


def test_doses_before_now_are_counted_and_not_sent() -> None:
    """A phone can't remind of yesterday; the check of what already holds says how many."""
    found = plan(entry(DROPS), now="2026-12-12 13:00")
    assert [each.start for each in reminders(found)] == [
        at("2026-12-12 17:15"),
        at("2026-12-12 22:00"),
        at("2026-12-13 08:00"),
    ]
    (check,) = [each for each in events(found) if each.summary.startswith("Check now")]
    assert "without a reminder" in check.description
    assert "6 of 9 times" in check.description


def test_a_new_date_moves_the_reminders() -> None:
    """The same identities a week later, at other times: a re-export adds nothing."""
    here = {each.uid: each for each in events(plan(entry(DROPS)))}
    later = visit("2026-12-17 09:00")
    there = {each.uid: each for each in events(plan(entry(DROPS), later))}
    assert here.keys() == there.keys()
    shifted = {each.uid: each.start for each in reminders(plan(entry(DROPS), later))}
    for each in reminders(plan(entry(DROPS))):
        assert shifted[each.uid] == each.start + timedelta(days=7)


@FEW
@given(courses(), visits(first_year=1996))
def test_every_dose_is_in_an_event(instruction: Instruction, around: Visit) -> None:
    """By itself or in its day's list, each event with an identity of its own."""
    protocol = protocol_of([instruction])
    found = build_plan(protocol, appointment(around), now=at(LONG_AGO).replace(year=1990))
    made = build_events(found, Clinic(), BOOKED)
    assert len({each.uid for each in made}) == len(made)
    told = [each for each in made if each.of_doses and not each.summary.startswith("At ")]
    listed = {each.uid for each in told if "times today" in each.summary}
    single = {each.start for each in told if each.uid not in listed}
    days = {day_of(each, found) for each in told if each.uid in listed}
    for dose in found.instructions[0].doses:
        assert (dose.instant in single) is not (found.visit.local_date(dose.instant) in days)


@pytest.mark.parametrize("name", ["antiviral", "oxycodone"])
@given(data=st.data())
@FEW
def test_no_title_names_a_private_medicine(name: str, data: st.DataObject) -> None:
    """Whatever the course and the day."""
    drawn = data.draw(
        st.sampled_from(["daily: 2", "daily: 6", "every: 5 hours", "every: other day"])
    )
    found = plan(entry(f"take: {name}\nfrom: end\nuntil: 6 days after\n{drawn}"))
    label = found.protocol.topics[name].label.lower()
    assert [each for each in events(found) if label in each.summary.lower()] == []


def test_no_reminder_of_a_dose_that_is_forbidden() -> None:
    """While a medicine is banned none rings; afterwards the course's doses do."""
    course = "take: acetaminophen\nfrom: next day\nfor: 3 days\ndaily: 2"
    plain = plan(entry(course, "course"))
    banned = plan(
        entry(course, "course") + entry("avoid: acetaminophen\nuntil: 2 days after", "ban")
    )
    kept = [each.start for each in events(plain) if each.of_doses]
    assert [each.start for each in events(banned) if each.of_doses] == kept[4:]
    assert len(kept) == 6


def test_an_answer_that_bans_a_medicine_silences_it() -> None:
    """An opioid answered yes takes the doses of acetaminophen away; not asked, it doesn't."""
    rules = entry("take: acetaminophen\non: next day\ndaily: 4", "course") + entry(
        "avoid: acetaminophen\nuntil: 5 days after\nif: opioid", "ban"
    )
    header = "factors:\n  opioid: {yes: you take an opioid, no: you take none, ask: An opioid?}\n"
    for answers, count in (({}, 4), ({"opioid": False}, 4), ({"opioid": True}, 0)):
        found = plan(rules, header=header, answers=answers)
        assert sum(each.of_doses for each in events(found)) == count


def test_dose_that_may_be_forbidden_says_so() -> None:
    """An alarm rings alone: it tells what hangs on an answer, in its title and in its text."""
    course = entry("take: acetaminophen\nfrom: next day\nfor: 2 days\ndaily: 2\nsay: Take it.", "a")
    ban = entry("avoid: acetaminophen\nuntil: 3 days after\nif: opioids", "b")
    asked = reminders(plan(course + ban))
    assert {each.summary.split(" (")[0] for each in asked} == {"Perhaps take acetaminophen"}
    for each in asked:
        assert "but not acetaminophen (through Sun 13 Dec if you take opioid" in each.description
    settled = reminders(plan(course + ban, answers={"opioids": False}))
    assert {each.summary.split(" (")[0] for each in settled} == {"Take acetaminophen"}
    assert reminders(plan(course + ban, answers={"opioids": True})) == []
