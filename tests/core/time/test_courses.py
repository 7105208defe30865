"""Doses of a course, each expected time worked out by hand from the language's rules.

The appointment is that of the worked example: Thu 10 Dec 2026, 14:30, New York.
"""

from __future__ import annotations

import pytest

from microcare.core.plan.days import Change
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import PlannedInstruction
from microcare.core.sheet.instruction import Amounts
from microcare.core.sheet.points import DayTime
from microcare.core.time.appointment import Appointment
from microcare.core.time.rhythms import clock_instant, spread_times
from tests.samples import at, by_id, clock, entry, plan, visit

DST_START = "2027-03-13 10:00"  # the clocks go forward on 14 March at 2:00
DST_END = "2026-10-31 10:00"  # and back on 1 November at 2:00


def course(
    fields: str, appointment: Appointment | None = None, header: str = ""
) -> PlannedInstruction:
    """Return one instruction with its doses."""
    (found,) = plan(entry(fields), appointment, header=header).instructions
    return found


def times(fields: str, appointment: Appointment | None = None, header: str = "") -> list[str]:
    """Return when the doses of a course are: `12-10 14:30`, marked `~` where suggested."""
    around = appointment or visit()
    return [
        around.local(dose.instant).strftime("%m-%d %H:%M") + ("~" if dose.suggested else "")
        for dose in course(fields, appointment, header).doses
    ]


def by_day(found: list[str]) -> dict[str, list[str]]:
    """Return times of day by their dates."""
    days: dict[str, list[str]] = {}
    for each in found:
        day, time = each.split(" ")
        days.setdefault(day, []).append(time)
    return days


# Stated times


def test_stated_times_are_those_within_the_window() -> None:
    """The window from 16:30 on has only the evening's, and none after its end."""
    found = times(
        "take: antiviral\nfrom: 2 hours after\nuntil: 24 hours after\ndaily: [08:00, 20:00]"
    )
    assert found == ["12-10 20:00", "12-11 08:00"]


def test_a_part_of_the_day_is_at_its_beginning_or_on_waking() -> None:
    """Morning begins at 6, people wake at 8; in the evening they are awake; noon has one time."""
    found = times("take: antiviral\non: next day\ndaily: [morning, noon, evening, bedtime]")
    assert found == ["12-11 08:00~", "12-11 12:00~", "12-11 18:00~", "12-11 22:00~"]


def test_the_protocol_sets_its_parts_of_the_day() -> None:
    """Its own bedtime, and its own hours awake."""
    header = "times-of-day: {bedtime: 23:15, waking: 06:30 to 21:00}"
    found = times("take: antiviral\non: next day\ndaily: [morning, bedtime]", header=header)
    assert found == ["12-11 06:30~", "12-11 23:15~"]


def test_stated_times_come_in_order() -> None:
    """However the sheet lists them."""
    found = times("take: antiviral\non: next day\ndaily: [20:00, 08:00]")
    assert found == ["12-11 08:00", "12-11 20:00"]


# A number of times a day


@pytest.mark.parametrize(
    ("daily", "expected"),
    [
        ("once", ["08:00~"]),
        ("twice", ["08:00~", "22:00~"]),
        ("3", ["08:00~", "15:00~", "22:00~"]),
        ("4", ["08:00~", "12:45~", "17:15~", "22:00~"]),
        ("3 to 4 times", ["08:00~", "12:45~", "17:15~", "22:00~"]),
    ],
)
def test_times_a_day_are_spread_over_the_waking_hours(daily: str, expected: list[str]) -> None:
    """Both ends included, to the quarter of an hour; of a range the most."""
    assert by_day(times(f"take: antiviral\non: next day\ndaily: {daily}")) == {"12-11": expected}


def test_a_course_that_begins_in_the_middle_of_a_date() -> None:
    """Only those that are not past; if that leaves none, one at the beginning."""
    found = by_day(times("take: antiviral\nfrom: 2 hours after\nuntil: next day\ndaily: 3"))
    assert found == {"12-10": ["22:00~"], "12-11": ["08:00~", "15:00~", "22:00~"]}
    late = visit("2026-12-10 21:30")
    found = by_day(times("take: antiviral\nfrom: 1 hour after\nuntil: next day\ndaily: 3", late))
    assert found == {"12-10": ["22:30~"], "12-11": ["08:00~", "15:00~", "22:00~"]}
    once = by_day(times("take: antiviral\nfrom: end\nuntil: next day\ndaily: once"))
    assert once == {"12-10": ["14:30~"], "12-11": ["08:00~"]}


def test_rounding_is_to_the_nearest_quarter() -> None:
    """7 times over 14 hours: 140 minutes apart; the ends stay as they are."""
    waking = DayTime(480, 1320, "waking")
    assert spread_times(7, waking) == (480, 615, 765, 900, 1035, 1185, 1320)
    assert spread_times(2, DayTime(425, 1325, "waking")) == (425, 1325)
    # 24 within an hour leave no room for quarters.
    few = spread_times(24, DayTime(480, 540, "waking"))
    assert (len(set(few)), min(few), max(few)) == (24, 480, 540)


# Every so long


def test_every_few_hours_from_an_instant() -> None:
    """Elapsed time from the beginning, before the end: 16:30 to 12:30 next day."""
    found = times(
        "take: antiviral\nfrom: 2 hours after\nuntil: 22 hours after\nevery: 4 to 5 hours"
    )
    assert found == ["12-10 16:30", "12-10 21:30", "12-11 02:30", "12-11 07:30"]


def test_every_few_hours_from_a_whole_day() -> None:
    """From when people wake, and then by day and night."""
    found = times("take: antiviral\nfrom: next day\nuntil: 2 days after\nevery: 8 hours")
    assert found == [
        *("12-11 08:00~", "12-11 16:00~", "12-12 00:00~", "12-12 08:00~", "12-12 16:00~"),
    ]


def test_while_awake() -> None:
    """On each date from waking up to and including bedtime, on the first from the beginning."""
    fields = "take: antiviral\nfrom: 2 hours after\nuntil: 2 days after\nevery: 7 hours while awake"
    assert by_day(times(fields)) == {
        "12-10": ["16:30~"],
        "12-11": ["08:00~", "15:00~", "22:00~"],
        "12-12": ["08:00~", "15:00~", "22:00~"],
    }


def test_while_awake_after_bedtime() -> None:
    """A course that begins at night has its first dose in the morning."""
    fields = "take: antiviral\nfrom: end\nuntil: next day\nevery: 7 hours while awake"
    late = visit("2026-12-10 22:30")
    assert times(fields, late) == ["12-11 08:00~", "12-11 15:00~", "12-11 22:00~"]


@pytest.mark.parametrize(
    ("every", "expected"),
    [
        ("day", ["12-11 08:00~", "12-12 08:00~", "12-13 08:00~", "12-14 08:00~"]),
        ("other day", ["12-11 08:00~", "12-13 08:00~"]),
        ("3 days", ["12-11 08:00~", "12-14 08:00~"]),
        ("week", ["12-11 08:00~"]),
    ],
)
def test_every_few_days(every: str, expected: list[str]) -> None:
    """On each such date when people wake."""
    fields = f"take: antiviral\nfrom: next day\nuntil: 4 days after\nevery: {every}"
    assert times(fields) == expected


def test_every_other_day_from_an_instant() -> None:
    """The first at the beginning, which is later than waking."""
    fields = "take: antiviral\nfrom: 2 hours after\nuntil: 3 days after\nevery: other day"
    assert times(fields) == ["12-10 16:30~", "12-12 08:00~"]


# Ends


def test_count_ends_a_course() -> None:
    """After so many, of a range the most; the window ends with the date of the last one."""
    fields = "take: antiviral\nfrom: next day\ndaily: twice\ncount: 2 to 3"
    assert times(fields) == ["12-11 08:00~", "12-11 22:00~", "12-12 08:00~"]
    assert clock(course(fields).dated.until, visit()) == "2026-12-13 00:00 -0500"


def test_a_course_before_the_treatment_runs_on_beyond_it() -> None:
    """Its own count ends it, not the treatment: nothing of it is dropped."""
    found = course("take: antiviral\nfrom: the day before\ndaily: once\ncount: 3")
    assert len(found.doses) == 3
    assert clock(found.dated.until, visit()) == "2026-12-12 00:00 -0500"


def test_count_within_a_window() -> None:
    """Whichever comes first."""
    fields = "take: antiviral\nfrom: next day\nuntil: 2 days after\ndaily: once\ncount: {}"
    assert len(times(fields.format(1))) == 1
    assert len(times(fields.format(9))) == 2


def test_the_shortest_time_is_an_end_where_no_other_is_known() -> None:
    """“2 days and until healed”: the doses of the two days are sure."""
    fields = (
        "take: antiviral\nfrom: next day\nuntil: 2 days after\nuntil-state: you are well\n"
        "whichever: later\ndaily: once"
    )
    assert times(fields) == ["12-11 08:00~", "12-12 08:00~"]


@pytest.mark.parametrize(
    "fields",
    [
        "from: next day\ndaily: 3",
        "daily: 3",
        "daily: 3\ncount: 5",
        "until-state: you are well\ndaily: 3",
        "from: next day\nuntil: 5 days after\ndaily: 3 times as needed",
        "from: next day\nevery: 4 hours as needed\ncount: 3",
        "from: next day\nuntil: 5 days after\ncount: 3",
        "from: next day\nuntil: 5 days after",
        "at: 2 hours after\nevery: 2 hours",
    ],
)
def test_where_the_words_stand_alone(fields: str) -> None:
    """Without a beginning or an end, as needed, or without saying how often."""
    assert times(f"take: antiviral\n{fields}") == []


@pytest.mark.parametrize("verb", ["avoid", "expect", "may", "tell"])
def test_only_what_is_done_has_doses(verb: str) -> None:
    """A ban that says how often says it in words."""
    assert times(f"{verb}: sauna\nfrom: next day\nuntil: 3 days after\ndaily: 3") == []


SYMPTOM = "factors: {pain: {yes: it hurts, no: it does not, ask: Hurts it?, kind: symptom}}"


def test_what_depends_on_a_symptom_has_no_dates() -> None:
    """Nobody knows when it will hurt, nor when a course of three days is over then."""
    fields = "take: antiviral\nif: {any: [peel, pain]}\nfrom: next day\n"
    assert times(f"{fields}until: 3 days after\ndaily: 3", header=SYMPTOM) == []
    found = course(f"{fields}daily: 3\ncount: 9", header=SYMPTOM)
    assert (found.doses, found.dated.until) == ((), None)


def test_what_does_not_apply_has_no_doses() -> None:
    """What is asked has: the patient reads “if”."""
    fields = entry("take: antiviral\nif: peel\non: next day\ndaily: 3")
    assert len(plan(fields).instructions[0].doses) == 3
    assert plan(fields, answers={"peel": False}).instructions[0].doses == ()


# Steps


STEPS = """
take: antiviral
from: {}
steps:
  - {{for: 2 days, daily: twice, dose: 2 tablets}}
  - {{for: 1 day, daily: once}}
amounts: {{dose: 1 tablet}}
"""


def test_steps_follow_one_another() -> None:
    """Two days of two, one of one; the window ends with the last step."""
    found = course(STEPS.format("next day"))
    assert by_day(times(STEPS.format("next day"))) == {
        "12-11": ["08:00~", "22:00~"],
        "12-12": ["08:00~", "22:00~"],
        "12-13": ["08:00~"],
    }
    assert clock(found.dated.until, visit()) == "2026-12-14 00:00 -0500"
    doses = [dose.amounts.dose for dose in found.doses if dose.amounts]
    assert doses == [*["2 tablets"] * 4, "1 tablet"]


def test_the_first_step_is_longer_by_a_part_of_a_day() -> None:
    """From the treatment on for 2 days: the rest of the 10th, the 11th, the 12th."""
    assert by_day(times(STEPS.format("end"))) == {
        "12-10": ["22:00~"],
        "12-11": ["08:00~", "22:00~"],
        "12-12": ["08:00~", "22:00~"],
        "12-13": ["08:00~"],
    }


def test_the_window_cuts_the_steps() -> None:
    """A last step without a length lasts until the window's end."""
    fields = (
        "take: antiviral\nfrom: next day\nuntil: {}\n"
        "steps: [{{for: 2 days, daily: twice}}, {{daily: once}}]"
    )
    assert by_day(times(fields.format("4 days after"))) == {
        "12-11": ["08:00~", "22:00~"],
        "12-12": ["08:00~", "22:00~"],
        "12-13": ["08:00~"],
        "12-14": ["08:00~"],
    }
    assert by_day(times(fields.format("1 day after"))) == {"12-11": ["08:00~", "22:00~"]}
    assert times("take: antiviral\nfrom: next day\nsteps: [{daily: once}]") == []


def test_a_step_as_needed_has_no_doses_and_counts_its_days() -> None:
    """The others do, and the end is that of all of them."""
    fields = (
        "take: antiviral\nfrom: next day\n"
        "steps: [{for: 1 day, daily: twice as needed}, {for: 1 day, daily: once}]"
    )
    assert times(fields) == ["12-12 08:00~"]
    assert clock(course(fields).dated.until, visit()) == "2026-12-13 00:00 -0500"


# Turns and amounts


def test_topics_take_turns() -> None:
    """In the order in which they are named, each with its own amounts."""
    found = course(
        """
        take: [ibuprofen, acetaminophen]
        from: 2 hours after
        until: 12 hours after
        every: 3 hours in turn
        amounts: {ibuprofen: {dose: 400 mg}}
        """
    )
    assert [(dose.topics, dose.amounts) for dose in found.doses] == [
        (("ibuprofen",), Amounts(dose="400 mg")),
        (("acetaminophen",), None),
        (("ibuprofen",), Amounts(dose="400 mg")),
        (("acetaminophen",), None),
    ]


def test_otherwise_each_dose_is_of_all_topics() -> None:
    """With the amounts of each."""
    found = course(
        """
        take: [ibuprofen, acetaminophen]
        on: next day
        daily: once
        amounts: {ibuprofen: {dose: 400 mg}, acetaminophen: {dose: 500 mg}}
        """
    )
    (dose,) = found.doses
    assert dose.topics == ("ibuprofen", "acetaminophen")
    assert dose.amounts == found.instruction.amounts


# Whole-day appointments


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ("from: 2 hours after\nuntil: 2 days after\nevery: 3 hours", 0),
        ("from: 2 hours after\nuntil: 2 days after\ndaily: 3", 0),
        ("from: end\nuntil: 2 days after\nevery: 3 hours", 0),
        ("from: end\nsteps: [{for: 2 days, every: 3 hours}]", 0),
        ("from: end\nuntil: 2 days after\ndaily: 3", 6),
        ("from: next day\nuntil: 2 days after\ndaily: 3", 6),
        ("from: next day\nuntil: 2 days after\nevery: 12 hours", 4),
        ("from: next day\nsteps: [{for: 2 days, daily: 3}]", 6),
    ],
)
def test_hours_from_a_whole_day_have_no_ground(fields: str, count: int) -> None:
    """What counts in days keeps its times."""
    assert len(times(f"take: antiviral\n{fields}", visit("2026-12-10"))) == count


# Clock changes


def test_elapsed_hours_go_on_through_a_clock_change() -> None:
    """8 hours are 8 hours: the wall clock moves."""
    fields = "take: antiviral\nfrom: end\nuntil: 26 hours after\nevery: 8 hours"
    spring, autumn = visit(DST_START), visit(DST_END)
    assert times(fields, spring) == ["03-13 10:00", "03-13 18:00", "03-14 03:00", "03-14 11:00"]
    assert times(fields, autumn) == ["10-31 10:00", "10-31 18:00", "11-01 01:00", "11-01 09:00"]


def test_stated_times_keep_to_the_clock() -> None:
    """8:00 is 8:00 before and after; a time that doesn't exist or comes twice is the earlier."""
    fields = "take: antiviral\nfrom: next day\nuntil: next day\ndaily: [01:30, 02:30, 08:00]"
    assert times(fields, visit(DST_START)) == ["03-14 01:30", "03-14 08:00"]
    autumn = visit(DST_END)
    assert times(fields, autumn) == ["11-01 01:30", "11-01 02:30", "11-01 08:00"]
    (first, *_) = course(fields, autumn).doses
    assert first.instant == at("2026-11-01 01:30")


def test_no_time_lies_before_its_date() -> None:
    """Where midnight doesn't exist the date begins at 1:00; a date that never was has no time."""
    havana = visit("2026-03-07 10:00", "America/Havana")
    fields = "take: antiviral\nfrom: next day\nuntil: next day\ndaily: [00:00, 08:00]"
    assert times(fields, havana) == ["03-08 01:00", "03-08 08:00"]
    apia = visit("2011-12-29 09:00", "Pacific/Apia")
    never = apia.day.replace(day=30)
    assert clock_instant(never, 480, apia) is None


# Days


def runs(found: Plan) -> list[tuple[str, int, str, int]]:
    """Return where doses change: the date, how many doses, through which date, how many apart."""
    return [
        (
            f"{day.date:%m-%d}",
            len(transition.run.first.doses),
            f"{transition.run.last:%m-%d}",
            transition.run.step,
        )
        for day in found.days
        for transition in day.transitions
        if transition.change is Change.DOSES and transition.run is not None
    ]


def test_every_date_with_a_dose_is_a_day() -> None:
    """Told of once for each run, in order, with the doses of all courses."""
    found = plan(
        entry(STEPS.format("end"), "taper")
        + entry("use: sunscreen\nfrom: next day\nuntil: 5 days after\nevery: other day", "cream")
    )
    assert runs(found) == [
        ("12-10", 1, "12-10", 0),
        ("12-11", 2, "12-12", 1),
        ("12-11", 1, "12-15", 2),
        ("12-13", 1, "12-13", 0),
    ]
    doses = {f"{day.date:%m-%d}": len(day.doses) for day in found.days}
    assert doses == {
        "12-10": 1,
        "12-11": 3,
        "12-12": 2,
        "12-13": 2,
        "12-14": 0,
        "12-15": 1,
        "12-16": 0,
    }
    for day in found.days:
        instants = [dose.instant for _, dose in day.doses]
        assert instants == sorted(instants)


def test_a_course_without_dates_changes_no_day() -> None:
    """The days of a plan are what they were."""
    found = plan(entry("use: sunscreen\nfrom: 4 hours after\nevery: 2 hours"))
    assert [(day.distance, day.doses) for day in found.days] == [(0, ())]
    assert by_id(found)["it"].doses == ()
