"""What the appointment's own time of day answers, and what it leaves open."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from microcare.core.plan.answers import (
    settle_answers,
    starts_before,
)
from microcare.core.sheet.conditions import (
    Answer,
    FactorKind,
    Is,
    Not,
    is_possible,
    list_possible_answers,
)
from microcare.core.sheet.protocol import Clinic
from microcare.core.time.appointment import make_timed_appointment
from microcare.load.times.appointment_time import make_appointment_factor
from microcare.wording.plan.outline import outline_plan
from microcare.wording.plan.questions import list_questions
from microcare.wording.plan.words import PlanWords
from tests.oracle.exclusion import exclude_each_other
from tests.samples import by_id, entry, plan, visit

NINE, TEN, NOON = (make_appointment_factor(60 * hour) for hour in (9, 10, 12))
FACTORS = {each.id: each for each in (NINE, TEN, NOON)}
BRANCHES = """
- {id: early, take: aspirin, at: the day before, if: appointment before 10:30, say: Early.}
- {id: late, take: aspirin, at: treatment day, if: appointment from 10:30, say: Late.}
"""
EARLY = "appointment-before-10:30"


def test_factor_reads_like_any_other() -> None:
    """Both answers complete a sentence after “if”; the desk has a question."""
    found = make_appointment_factor(10 * 60 + 30)
    assert (found.id, found.kind, found.before) == (EARLY, FactorKind.APPOINTMENT, 630)
    assert found.yes == "your appointment is before 10:30 am"
    assert found.short == "your visit is before 10:30 am"
    assert found.no == "your appointment is at 10:30 am or later"
    assert found.ask == "Is your appointment before 10:30 am?"


@pytest.mark.parametrize(
    ("start", "zone", "expected"),
    [
        ("2026-12-10 10:29", "America/New_York", True),
        ("2026-12-10 10:30", "America/New_York", False),
        ("2026-12-10 10:29", "Asia/Kolkata", True),
        ("2026-12-10", "America/New_York", None),
    ],
)
def test_clinic_s_clock_decides(start: str, zone: str, expected: bool | None) -> None:
    """A start at the time itself is not before it; a mere date says nothing."""
    assert starts_before(visit(start, zone), 10 * 60 + 30) is expected


@pytest.mark.parametrize("fold", [0, 1])
def test_wall_clock_decides_in_a_repeated_hour(fold: int) -> None:
    """1:15 comes twice that night; both are before 1:30, and 1:45 is not."""
    zone = ZoneInfo("America/New_York")
    for minute, expected in ((15, True), (45, False)):
        start = datetime(2026, 11, 1, 1, minute, tzinfo=zone, fold=fold)
        assert starts_before(make_timed_appointment(start, zone, "flag"), 90) is expected


def test_appointment_answers_its_own_time() -> None:
    """One branch applies, the other is left out with the reason, and nobody is asked."""
    for start, applies in (("2026-12-10 10:29", "early"), ("2026-12-10 10:30", "late")):
        made = plan(BRANCHES, visit(start))
        found = {name for name, each in by_id(made).items() if each.applies is Answer.YES}
        assert found == {applies}
        assert list_questions(made, PlanWords(made)) == ()
        assert not [each for each in made.instructions if each.applies is Answer.ASK]
    ((_, reason),) = outline_plan(made, Clinic()).left_out
    assert reason == "your appointment is at 10:30 am or later"


def test_appointment_s_time_weighs_more_than_an_answer() -> None:
    """The core follows the appointment; the command refuses the contradiction."""
    made = plan(BRANCHES, visit("2026-12-10 09:00"), answers={EARLY: False})
    assert by_id(made)["early"].applies is Answer.YES


def test_whole_day_appointment_leaves_it_open() -> None:
    """Then the desk asks, and an answer settles both branches."""
    made = plan(BRANCHES, visit("2026-12-10"))
    assert {each.applies for each in made.instructions} == {Answer.ASK}
    (question,) = list_questions(made, PlanWords(made))
    assert (question.text, question.factors) == ("Is your appointment before 10:30 am?", (EARLY,))
    assert [each.text.split(": ")[0] for each in question.consequences] == ["if so", "if not"]
    settled = plan(BRANCHES, visit("2026-12-10"), answers={EARLY: True})
    assert [each.applies for each in settled.instructions] == [Answer.YES, Answer.NO]


def test_one_answer_settles_the_times_around_it() -> None:
    """Who starts before ten starts before noon, but perhaps not before nine."""
    whole = visit("2026-12-10")
    assert settle_answers(FACTORS, whole, {TEN.id: True}) == {TEN.id: True, NOON.id: True}
    assert settle_answers(FACTORS, whole, {TEN.id: False}) == {TEN.id: False, NINE.id: False}
    assert settle_answers(FACTORS, whole, {}) == {}


def test_answers_that_there_can_be() -> None:
    """Three times divide a day into four parts, not eight."""
    assert len(list(list_possible_answers(tuple(FACTORS)))) == 4
    assert not is_possible({NINE.id: True, NOON.id: False})
    assert is_possible({"appointment-before-noon": True, "appointment-before-x": False})


def test_branches_that_cannot_meet() -> None:
    """Before ten and from noon exclude each other; from ten and before noon don't."""
    assert exclude_each_other(Is(TEN.id), Not(Is(NOON.id)))
    assert not exclude_each_other(Not(Is(TEN.id)), Is(NOON.id))


def test_branches_of_the_day_do_not_conflict() -> None:
    """Different rules before ten and from noon are no contradiction, whatever the date."""
    early = entry("avoid: sauna\nuntil: 1 day after\nif: appointment before 10:00", "early")
    late = entry("avoid: sauna\nuntil: 3 days after\nif: appointment from noon", "late")
    meets = entry("avoid: sauna\nuntil: 3 days after\nif: appointment from 9 am", "meets")
    assert plan(early + late, visit("2026-12-10")).conflicts == ()
    assert len(plan(early + meets, visit("2026-12-10")).conflicts) == 1
    assert len(plan(early + meets, visit("2026-12-10 09:30")).conflicts) == 1
    assert plan(early + meets, visit("2026-12-10 08:30")).conflicts == ()
