"""Doses of a course, each expected time worked out by hand from the language's rules.

The appointment is that of the worked example: Thu 10 Dec 2026, 14:30, New York.
"""

from __future__ import annotations

import pytest

from microcare.core.sheet.instruction import Amounts
from tests.core.time.dosing import STEPS, by_day, course, times
from tests.samples import clock, entry, plan, visit

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
