"""Reminders of doses: each dose once, silent where a stranger reads, the same after a new date."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microcare.export.ics.events import CalendarOptions
from tests.export.ics.told_doses import events, reminders
from tests.samples import at, entry, plan, visit

FEW = settings(max_examples=settings().max_examples // 3)

DROPS = """
take: antiviral
from: next day
steps:
  - {for: 2 days, daily: 4, dose: 1 drop}
  - {for: 1 day, daily: once}
amounts: {daily-max: 4 drops}
say: Use the drops.
"""
ANTIVIRAL, ANTIBIOTICS = "prescribed course E", "prescribed course V"
MANY = "take: ibuprofen\non: next day\ndaily: 6\namounts: {dose: 400 mg}\nsay: Take it."


def test_a_few_doses_ring_by_themselves() -> None:
    """At their times, five minutes before, without blocking anything."""
    found = reminders(plan(entry(DROPS)))
    assert {each.summary for each in found} == {"Take prescribed course"}
    assert len(found) == 9
    first = found[0]
    assert (first.start, first.end) == (at("2026-12-11 08:00"), at("2026-12-11 08:10"))
    assert (first.alarm, first.content.opaque) == (timedelta(minutes=5), False)


def test_a_dose_says_all_in_its_description() -> None:
    """The time, the dose, the rule, the most in a day, and whom to ask."""
    text = reminders(plan(entry(DROPS)))[0].description
    for fact in ("8:00 am", "1 drop", "suggested", "Use the drops.", "at most 4 drops a day"):
        assert fact in text
    assert "then once a day for 1 day" in text
    assert "ask the clinic" in text


def test_many_doses_are_one_event_a_day() -> None:
    """With every time in it, and the alarm of the first."""
    (found,) = reminders(plan(entry(MANY)))
    assert found.summary == "Take ibuprofen + 5 later"
    assert (found.start, found.end) == (at("2026-12-11 08:00"), at("2026-12-11 08:10"))
    assert found.alarm == timedelta(minutes=5)
    times = "8:00 am, 10:45 am, 1:30 pm, 4:30 pm, 7:15 pm, 10:00 pm"
    assert f"- Ibuprofen: 400 mg at {times} (suggested times)\n" in found.description


def test_many_doses_in_one_sitting_ring_when_they_begin() -> None:
    """A glass every 15 minutes is an event from the first to the last."""
    fields = "take: bowel-prep-solution\nfrom: 18:00 the day before\nevery: 15 minutes\ncount: 8"
    (found,) = reminders(plan(entry(fields)))
    assert found.summary == "Take preparation + 7 later"
    assert (found.start, found.end) == (at("2026-12-09 18:00"), at("2026-12-09 19:45"))
    assert found.alarm == timedelta(minutes=5)
    assert "every 15 minutes from 6:00 pm to 7:45 pm, 8 times\n" in found.description


def test_two_medicines_are_told_apart() -> None:
    """Neither has a name, and one alarm is for both."""
    rules = entry("take: antiviral\non: next day\ndaily: once", "first")
    rules += entry("take: antibiotics\non: next day\ndaily: once", "second")
    titles = [each.summary for each in reminders(plan(rules))]
    assert titles == [f"Take {ANTIVIRAL}, {ANTIBIOTICS}"]


@pytest.mark.parametrize(
    ("answers", "start"),
    [({"cold-sores": False}, "2026-12-10 14:30"), ({"cold-sores": True}, "2026-12-10")],
)
def test_a_letter_is_its_medicines(answers: dict[str, bool], start: str) -> None:
    """Course V is the same one in a later file, where an answer rules out course E."""
    rules = entry("take: antiviral\nif: cold-sores\non: next day\ndaily: once", "first")
    rules += entry("take: ibuprofen\nevery: 6 hours as needed\nuntil: 2 days after", "pain")
    rules += entry("take: acetaminophen\nevery: 6 hours\nfrom: 1 hour after\ncount: 2", "hours")
    rules += entry("take: antibiotics\non: next day\ndaily: once", "last")
    found = plan(rules, visit(start), answers=answers)
    (title,) = (each.summary for each in reminders(found) if "ntibiotic" in each.description)
    assert title.startswith("Take ")
    assert title.endswith(ANTIBIOTICS)


def test_a_medicine_that_is_forbidden_in_part_keeps_its_letter() -> None:
    """A ban on one of two that are taken together doesn't rename the other."""
    rules = entry("take: [isotretinoin, antiviral]\non: next day\ndaily: once", "both")
    rules += entry("take: antibiotics\non: next day\ndaily: once", "other")
    rules += entry("avoid: isotretinoin\nfrom: 1 day before\nuntil: 3 days after", "ban")
    titles = [each.summary for each in reminders(plan(rules))]
    assert titles == [f"Take {ANTIVIRAL}, {ANTIBIOTICS}"]


def test_medicines_in_turn_are_told_apart() -> None:
    """Whose turn it is stands in the title."""
    for topics, names in (
        ("ibuprofen, acetaminophen", ("ibuprofen", "acetaminophen")),
        ("antiviral, antibiotics", (ANTIVIRAL, ANTIBIOTICS)),
    ):
        fields = f"take: [{topics}]\non: next day\nevery: 4 hours in turn"
        titles = [each.summary.partition(" (")[0] for each in reminders(plan(entry(fields)))]
        assert titles == [f"Take {each}" for each in names * 2]


def test_no_reminders_of_doses_where_none_are_wanted() -> None:
    """The day on which they change tells them all the same."""
    made = events(plan(entry(DROPS)), CalendarOptions(doses=False))
    assert not any(each.content.of_doses for each in made)
    assert any("8:00 am, 12:45 pm, 5:15 pm, 10:00 pm" in each.description for each in made)


def test_what_is_no_medicine_is_named() -> None:
    """A title is enough by itself; what depends on an answer is perhaps so."""
    fields = "use: sunscreen\non: next day\ndaily: twice"
    found = reminders(plan(entry(fields)))
    assert [each.summary for each in found] == ["Use sunscreen", "Use sunscreen"]
    asked = reminders(plan(entry(f"{fields}\nif: pregnancy")))
    assert asked[0].summary == "Perhaps use sunscreen"


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


@pytest.mark.parametrize("name", ["antiviral", "insulin"])
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
    kept = [each.start for each in events(plain) if each.content.of_doses]
    assert [each.start for each in events(banned) if each.content.of_doses] == kept[4:]
    assert len(kept) == 6


def test_an_answer_that_bans_a_medicine_silences_it() -> None:
    """An opioid answered yes takes the doses of acetaminophen away; not asked, it doesn't."""
    rules = entry("take: acetaminophen\non: next day\ndaily: 4", "course") + entry(
        "avoid: acetaminophen\nuntil: 5 days after\nif: opioid", "ban"
    )
    header = "factors:\n  opioid: {yes: you take an opioid, no: you take none, ask: An opioid?}\n"
    for answers, count in (({}, 4), ({"opioid": False}, 4), ({"opioid": True}, 0)):
        found = plan(rules, header=header, answers=answers)
        assert sum(each.content.of_doses for each in events(found)) == count


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


def test_all_doses_of_a_minute_are_one_event() -> None:
    """Each with its amount, each instruction once; the title names what weighs most."""
    rules = entry("do: rest\non: next day\ndaily: 2", "rest")
    rules += entry("take: antiviral\non: next day\ndaily: 2\namounts: {dose: 1 tablet}", "drug")
    rules += entry("use: [moisturizer, sunscreen]\non: next day\ndaily: 2", "cream")
    found = reminders(plan(rules))
    assert [(each.start, each.summary) for each in found] == [
        (at(f"2026-12-11 {time}"), "Take prescribed course; use moisturizer, sunscreen; do: rest")
        for time in ("08:00", "22:00")
    ]
    lines = found[0].description.partition("\n\n")[0].splitlines()
    assert lines == [
        "- 8:00 am: Rest (suggested time)",
        "- 8:00 am: Antiviral medicine: 1 tablet (suggested time)",
        "- 8:00 am: Moisturizer, sunscreen (suggested time)",
    ]


def test_a_title_names_what_is_sure() -> None:
    """Only what depends on an answer is hedged, and it is perhaps so where all of it is."""
    rules = entry("take: antiviral\nif: cold-sores\non: next day\ndaily: 2", "drug")
    rules += entry("use: sunscreen\non: next day\ndaily: once", "sun")
    morning, evening = reminders(plan(rules))
    assert morning.summary == "Perhaps take prescribed course; use sunscreen"
    assert "- 8:00 am: Antiviral medicine (suggested time; if prone to cold" in (
        morning.description
    )
    assert "- 8:00 am: Sunscreen (suggested time)\n" in morning.description
    assert evening.summary == "Perhaps take prescribed course"


def test_what_is_used_for_days_rings_once_a_day() -> None:
    """A cream twice a day: each dose of two days, after that once; from the third week weekly."""
    for days, count in ((2, 4), (3, 3), (14, 14), (15, 15), (16, 15), (21, 15), (22, 16)):
        found = reminders(
            plan(entry(f"use: moisturizer\nfrom: next day\nfor: {days} days\ndaily: 2"))
        )
        assert len(found) == count, days
    titles = [each.summary for each in found]
    assert titles == [
        *["Use moisturizer + 1 later"] * 14,
        "Use moisturizer (this week)",
        "Use moisturizer + 1 later",
    ]
    assert found[14].description.startswith(
        "- Fri 25 Dec: Moisturizer at 8:00 am, 10:00 pm, each day through Thu 31 Dec"
    )


def test_a_list_for_the_day_does_not_ring_at_night() -> None:
    """What the sheet puts there rings by itself."""
    rule = "use: cool-compress\nfrom: 1 hour after\nfor: 3 days\nevery: 6 hours"
    found = [(each.start, each.summary) for each in reminders(plan(entry(rule)))]
    assert found[:3] == [
        (at("2026-12-10 15:30"), "Use cool compress + 1 later"),
        (at("2026-12-11 03:30"), "Use cool compress"),
        (at("2026-12-11 09:30"), "Use cool compress + 2 later"),
    ]


def test_what_is_taken_rings_for_each_dose_of_a_week() -> None:
    """From the second week of a long course on once a day, unless the sheet counts it in hours."""
    course = "take: antiviral\nfrom: next day\nfor: {} days\n"
    for days, count in ((10, 10 * 3), (11, 7 * 3 + 4)):
        found = reminders(plan(entry(f"{course.format(days)}daily: 3")))
        assert len(found) == count, days
    assert len(reminders(plan(entry(f"{course.format(11)}every: 8 hours")))) == 11 * 3 - 1


def test_an_ordinary_day_has_at_most_five_events() -> None:
    """Sittings that lie closest are one, which lists each dose and ends with the last."""
    rule = "take: antiviral\nfrom: 2 days after\nfor: 1 day\ndaily: [{}]"
    times = ["07:00", "09:00", "12:00", "13:00", "18:00", "22:00"]
    drugs = ("antiviral", "antibiotics")
    rules = "".join(
        entry(rule.format(", ".join(f"'{each}'" for each in times[first::2])).replace(
            "antiviral", drugs[first]), f"rule{first}")
        for first in (0, 1)
    )  # fmt: skip
    found = reminders(plan(rules))
    assert [(each.start, each.end) for each in found] == [
        (at("2026-12-12 07:00"), at("2026-12-12 09:00")),
        (at("2026-12-12 12:00"), at("2026-12-12 13:00")),
        (at("2026-12-12 18:00"), at("2026-12-12 18:10")),
        (at("2026-12-12 22:00"), at("2026-12-12 22:10")),
    ]
    assert "- 9:00 am: Antibiotics" in found[0].description
    task = entry("do: photographs\nat: '17:00 2 days after'", "task")
    assert len(reminders(plan(rules + task))) == 3
    every = CalendarOptions("4711", every_dose=True)
    assert len(reminders(plan(rules + task), every)) == 6


def test_the_treatment_day_and_its_eve_have_no_limit() -> None:
    """What is to be done there is done at its time."""
    rules = "".join(
        entry(f"do: rest\non: {day}\ndaily: ['0{hour}:00', '1{hour}:00']", f"it{number}{hour}")
        for number, day in enumerate(("the day before", "treatment day"))
        for hour in (6, 7, 8)
    )
    assert len(reminders(plan(rules))) == 12


def test_a_dose_during_the_treatment_takes_no_alarm_away() -> None:
    """The first change of a gauze is silent; the others ring when they begin."""
    fields = "use: gauze\nfrom: end\nfor: 2 hours\nevery: 30 minutes"
    first, rest = reminders(plan(entry(fields)))
    assert (first.start, first.alarm) == (at("2026-12-10 14:30"), None)
    assert (rest.start, rest.end) == (at("2026-12-10 15:00"), at("2026-12-10 16:00"))
    assert rest.alarm == timedelta(minutes=5)
    for count in (1, 4):
        rule = f"use: gauze\nfrom: end\nevery: 24 hours\ncount: {count}"
        (alone, *others) = reminders(plan(entry(rule)))
        assert (alone.start, alone.alarm, len(others)) == (first.start, None, count - 1)
