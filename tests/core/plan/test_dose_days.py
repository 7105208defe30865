"""The doses of a course by date: its dates are counted, and equal ones are told of once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from microcare.core.plan.dose_days import find_runs, list_dose_days
from microcare.core.plan.transitions import Change
from tests.core.time.dosing import STEPS, course
from tests.samples import by_id, entry, plan, visit

if TYPE_CHECKING:
    from microcare.core.plan.plan import Plan


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


def test_dates_without_a_dose_count() -> None:
    """Every other day is taken on the 1st, 3rd and 5th day of its course."""
    found = course("use: sunscreen\nfrom: next day\nuntil: 5 days after\nevery: other day")
    days = list_dose_days(found.doses, visit())
    assert [(f"{day.date:%m-%d}", day.number) for day in days] == [
        ("12-11", 1),
        ("12-13", 3),
        ("12-15", 5),
    ]


@pytest.mark.parametrize(
    ("steps", "lasts"),
    [
        ("{for: 2 days, daily: 1}, {for: 2 days, daily: 1}", ["12-14"]),
        ("{for: 2 days, daily: 1}, {for: 2 days, daily: 1, dose: 1 g}", ["12-12", "12-14"]),
        ("{for: 2 days, daily: ['08:00']}, {for: 2 days, daily: 1}", ["12-12", "12-14"]),
        ("{for: 2 days, daily: 1}, {for: 3 days, every: other day}", ["12-13", "12-15"]),
    ],
)
def test_a_run_ends_where_its_dates_differ(steps: str, lasts: list[str]) -> None:
    """In what is taken, in whether its time is a suggestion, in how far they are apart."""
    found = course(f"take: antiviral\nfrom: next day\nsteps: [{steps}]")
    runs = find_runs(list_dose_days(found.doses, visit()), visit())
    assert [f"{run.last:%m-%d}" for run in runs] == lasts


def test_a_clock_change_ends_no_run() -> None:
    """8:00 am is the same time before and after it, though not in UTC."""
    around = visit("2027-03-12 14:30")
    found = course("take: antiviral\nfrom: next day\nuntil: 3 days after\ndaily: ['08:00']", around)
    (run,) = find_runs(list_dose_days(found.doses, around), around)
    assert (f"{run.first.date:%m-%d}", f"{run.last:%m-%d}", run.step) == ("03-13", "03-15", 1)


def test_gap_that_a_ban_leaves_is_no_rhythm() -> None:
    """Once a day, but not on two days of five: not "every 3 days"."""
    found = plan(
        entry("take: aspirin\nfrom: 1 day after\nuntil: 5 days after\ndaily: 1", "a")
        + entry("avoid: aspirin\nfrom: 2 days after\nuntil: 3 days after", "b")
    )
    runs = [each.run for day in found.days for each in day.transitions if each.run is not None]
    assert [(run.first.date.day, run.last.day, run.step) for run in runs] == [
        (11, 11, 0),
        (14, 15, 1),
    ]
