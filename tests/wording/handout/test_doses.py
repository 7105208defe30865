"""The doses of a handout: a grid a week, a box a dose, and sums that are right."""

from __future__ import annotations

from hypothesis import given, settings

from microcare.core.plan.plan import build_plan
from microcare.core.sheet.instruction import Instruction
from microcare.wording.handout.doses import DoseGrid, DoseRow, list_doses
from microcare.wording.plan.words import PlanWords
from tests import strategies
from tests.oracle import Visit
from tests.samples import entry, plan


def grid(rules: str) -> DoseGrid:
    """Return the grid of a few rules."""
    made = plan(rules)
    found = list_doses(made, PlanWords(made), made.days)
    assert found is not None
    return found


def test_each_time_of_each_date_has_a_box() -> None:
    """Twice a day through the second day after: from the evening of the first."""
    found = grid(
        entry("take: antiviral\nfrom: end\nuntil: 2 days after\ndaily: [08:00, 20:00]\n"
              "amounts: {dose: 500 mg}")
    )  # fmt: skip
    (week,) = found.weeks
    assert week.title == "Thu 10 Dec to Wed 16 Dec"
    assert [(each.weekday, each.date) for each in week.dates][:2] == [
        *(("Thu", "10 Dec"), ("Fri", "11 Dec")),
    ]
    (course,) = week.courses
    assert (course.label, course.details, course.total) == ("Antiviral medicine: 500 mg", "", 5)
    assert course.rows == (
        DoseRow("8:00 am", (0, 1, 1, 0, 0, 0, 0), 2),
        DoseRow("8:00 pm", (1, 1, 1, 0, 0, 0, 0), 3),
    )
    assert found.totals == "In all: Antiviral medicine: 500 mg, 5 times."


def test_what_is_to_be_known_of_a_course_stands_beside_it() -> None:
    """For whom, whom to ask first, where, and that the times are only suggested."""
    found = grid(
        entry(
            "take: antiviral\nif: cold-sores\nfrom: next day\nuntil: 2 days after\ndaily: 2\n"
            "area: lips\nask-first: your doctor"
        )
    )
    (course,) = found.weeks[0].courses
    assert course.details == (
        "if you are prone to cold sores, first ask your doctor, lips, suggested times"
    )


def test_weeks_without_doses_are_left_out() -> None:
    """A course that comes back after a month begins a week of its own."""
    rule = "take: antiviral\non: {day}\ndaily: [08:00]"
    found = grid(
        entry(rule.format(day="1 day after"), "a") + entry(rule.format(day="30 days after"), "b")
    )
    assert [week.title for week in found.weeks] == [
        "Fri 11 Dec to Thu 17 Dec",
        "Sat 9 Jan 2027 to Fri 15 Jan 2027",
    ]
    assert found.totals == "In all: Antiviral medicine, 2 times."


def test_steps_with_other_doses_are_told_apart() -> None:
    """Each amount has its rows and its sum."""
    found = grid(
        entry(
            "take: antiviral\nfrom: next day\nsteps:\n"
            "  - {for: 2 days, daily: [08:00], dose: 2 tablets}\n"
            "  - {for: 1 day, daily: [08:00], dose: 1 tablet}"
        )
    )
    assert [(each.label, each.total) for each in found.weeks[0].courses] == [
        ("Antiviral medicine: 2 tablets", 2),
        ("Antiviral medicine: 1 tablet", 1),
    ]
    assert found.totals == (
        "In all: Antiviral medicine: 2 tablets, 2 times; Antiviral medicine: 1 tablet, once."
    )


@settings(max_examples=settings().max_examples // 2)
@given(strategies.courses(), strategies.visits(first_year=1985))
def test_the_boxes_are_the_doses(course: Instruction, appointment: Visit) -> None:
    """No dose is lost and none is added, whatever the rhythm and the clock changes."""
    around = strategies.appointment(appointment)
    made = build_plan(strategies.protocol_of([course]), around, now=around.start)
    doses = sum(len(each.doses) for each in made.applicable)
    found = list_doses(made, PlanWords(made), made.days)
    weeks = found.weeks if found else ()
    rows = [row for week in weeks for each in week.courses for row in each.rows]
    assert sum(sum(row.boxes) for row in rows) == doses
    assert all(sum(row.boxes) == row.total for row in rows)
    assert sum(each.total for week in weeks for each in week.courses) == doses
