"""What the front desk asks, and what follows from the answers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from microcare.core.plan.last_times import LastTime
from microcare.wording.plan.questions import PromptKind, list_prompts, list_questions
from microcare.wording.plan.words import PlanWords
from tests.samples import entry, plan, visit
from tests.wording.asking import ASK, THINNERS
from tests.wording.plan.outlining import outline, words

if TYPE_CHECKING:
    from microcare.core.plan.plan import Plan


def test_question_says_what_follows_from_its_answer() -> None:
    """Yes, no, and conditions of several factors each have their lead."""
    made = plan(
        entry("avoid: sauna\nuntil: 1 day after\nif: peel\nsay: One.", "a")
        + entry("avoid: waxing\nuntil: 1 day after\nif: not peel\nsay: Two.", "b")
        + entry("take: antiviral\nif: {all: [peel, cold-sores]}\nsay: Three.", "c")
    )
    peel, cold_sores = outline(made).questions
    both = "if a peel was recommended with the treatment and you are prone to cold sores: Three."
    assert words(peel.consequences) == (
        "if so: One. (from Thu 10 Dec, 2:30 pm)",
        "if not: Two. (from Thu 10 Dec, 2:30 pm)",
        both,
    )
    assert words(cold_sores.consequences) == (both,)
    assert not peel.blocks


def test_question_about_symptoms_is_not_for_the_desk() -> None:
    """Nobody can say before the treatment whether the skin will burn."""
    made = plan(entry("use: cool-compress\nfrom: end\nif: burning"))
    assert outline(made).questions == ()


def test_window_begun_before_booking_is_a_question() -> None:
    """A ban asks “none since?”, a duty “done since?”."""
    made = plan(
        entry("avoid: isotretinoin\nfrom: 6 months before", "a")
        + entry("use: moisturizer\nfrom: 4 weeks before", "b"),
        now="2026-12-01 09:00",
    )
    assert [question.text for question in outline(made).questions] == [
        "No isotretinoin since Wed 10 Jun? (6 months before)",
        "Done since Thu 12 Nov: moisturizer? (4 weeks before)",
    ]


def test_desk_asks_once_for_each_person() -> None:
    """Everything that one person decides is one question; what is settled as no is none."""
    made = plan(
        THINNERS
        + entry("take: antiviral\nif: cold-sores\nask-first: your doctor", "a")
        + entry("avoid: retinoids\nask-first: your doctor\nsay: No retinoids.", "b")
    )
    questions = {
        each.text: words(each.consequences) for each in list_questions(made, PlanWords(made))
    }
    assert questions["Have you asked your doctor about this: antiviral medicine, retinoids?"] == (
        "if you are prone to cold sores: Take: antiviral medicine.",
        "before this: No retinoids.",
    )
    assert "Have you asked the doctor who prescribes it about this: blood thinners?" in questions
    settled = plan(
        entry("take: antiviral\nif: cold-sores\nask-first: your doctor"),
        answers={"cold-sores": False},
    )
    assert list_questions(settled, PlanWords(settled)) == ()


def test_what_has_begun_is_asked_with_its_person() -> None:
    """The desk doesn't make a patient stop what only a doctor may stop."""
    made = plan(THINNERS, now="2026-12-08 09:00")
    (text,) = [each.text for each in list_questions(made, PlanWords(made)) if "since" in each.text]
    assert text.startswith(f"No blood thinners since Thu 3 Dec? ({ASK}, ")


PREMEDICATION = """
- {id: first, take: prednisone, at: 13 hours before}
- {id: second, take: prednisone, at: 7 hours before}
- {id: third, take: prednisone, at: 1 hour before}
- {id: fast, avoid: food, from: midnight before, until: 6 hours before}
- {id: shave, do: shaving, from: 3 days before, until: 2 days before}
- {id: waxing, avoid: waxing, from: 3 days before}
- {id: may, may: drinks, from: 3 days before, until: 1 day before}
"""


def _asked(now: str, start: str = "2026-12-10 14:30") -> list[str]:
    made = plan(PREMEDICATION, visit(start), now=now)
    return [each.text.split(" (")[0] for each in list_questions(made, PlanWords(made))]


def test_what_has_passed_before_a_late_booking_is_asked() -> None:
    """Two doses, a fast, a task and a ban; not the dose to come nor what was only allowed."""
    assert _asked("2026-12-10 09:00") == [
        "Done on Thu 10 Dec, 1:30 am: prednisone?",
        "Done on Thu 10 Dec, 7:30 am: prednisone?",
        "No food from Thu 10 Dec, 12:00 am until Thu 10 Dec, 8:30 am?",
        "Done from Mon 7 Dec through Tue 8 Dec: shaving?",
        "No waxing since Mon 7 Dec?",
    ]


def test_nothing_is_asked_of_what_lies_ahead_or_behind_the_appointment() -> None:
    """Before the first of it, and once the treatment has begun."""
    assert _asked("2026-12-06 09:00") == []
    assert _asked("2026-12-10 14:31") == []


def test_a_late_booking_of_a_whole_day_is_asked_too() -> None:
    """On the day itself the appointment may still lie ahead."""
    found = _asked("2026-12-10 09:00", "2026-12-10")
    assert "Done from Mon 7 Dec through Tue 8 Dec: shaving?" in found
    assert "No waxing since Mon 7 Dec?" in found


def test_a_task_of_a_date_is_asked_about_when_that_is_over() -> None:
    """In the morning of the day nobody has missed it."""
    made = {
        now: plan(entry("take: antiviral\nat: the day before"), now=now)
        for now in ("2026-12-09 09:00", "2026-12-10 09:00")
    }
    asked = {
        now: [each.text for each in list_questions(found, PlanWords(found))]
        for now, found in made.items()
    }
    assert asked == {
        "2026-12-09 09:00": [],
        "2026-12-10 09:00": ["Done on Wed 9 Dec: antiviral medicine? (the day before)"],
    }


def test_screening_comes_first_and_forbids_the_treatment() -> None:
    """Before what an answer changes; with its place on the body, and what else it depends on."""
    made = plan(
        entry("take: antiviral\nif: cold-sores", "a")
        + entry("screen: [warts, open-sores]\narea: face\nsay: Not with warts.", "b")
        + entry("screen: pregnancy\nif: peel\nsay: Not if pregnant.", "c"),
        answers={"warts": False},
    )
    assert [(each.text, each.factors, each.blocks) for each in outline(made).questions] == [
        ("Not with warts. (face)", ("open-sores",), True),
        (
            "If a peel was recommended with the treatment: Not if pregnant.",
            ("pregnancy",),
            True,
        ),
        ("Are you prone to cold sores?", ("cold-sores",), False),
        ("Was a peel recommended with the treatment?", ("peel",), False),
    ]


def test_time_is_asked_for_a_dose_that_hangs_on_it() -> None:
    """A whole-day appointment: a moment counted in hours has no time, and insulin none to guess."""
    found = plan(entry("take: insulin\nat: 2 hours before\nsay: Take half."), visit("2026-12-10"))
    (question,) = outline(found).questions
    assert question.text.startswith("At what time is the appointment?")
    assert words(question.consequences) == ("Take half. (2 hours before: ask for the time)",)
    other = plan(entry("use: moisturizer\nat: 2 hours before"), visit("2026-12-10"))
    assert outline(other).questions == ()


def test_consequence_says_what_is_forbidden() -> None:
    """What follows from a yes is not to be done where a ban governs."""
    made = plan(
        entry("take: aspirin\nat: 2 hours after\nif: diabetes\nsay: One.", "a")
        + entry("avoid: aspirin\nuntil: 1 day after", "b")
    )
    (question,) = outline(made).questions
    assert words(question.consequences) == (
        "if so: One. (Thu 10 Dec, 4:30 pm; but not aspirin: through Fri 11 Dec)",
    )


def test_desk_does_not_ask_for_a_dose_that_was_forbidden() -> None:
    """Nobody should have taken it."""
    made = plan(
        entry("take: aspirin\nat: 7 hours before", "a")
        + entry("avoid: aspirin\nfrom: 1 week before", "b"),
        now="2026-12-10 10:00",
    )
    assert [each.text for each in outline(made).questions] == [
        "No aspirin since Thu 3 Dec? (1 week before)"
    ]


def prompts(made: Plan) -> list[tuple[PromptKind, str]]:
    """Return what an interview asks of a plan, each with the name that an option takes."""
    return [(each.kind, each.name) for each in list_prompts(made)]


SHEET = (
    entry("screen: pregnancy\nsay: You cannot be treated if you are pregnant.", "a")
    + entry("avoid: waxing\nfrom: 3 days before\nif: pregnancy", "b")
    + entry("avoid: [laser, ipl]\nfrom: 6 months before\nif: cold-sores", "c")
    + entry("avoid: laser\nfrom: 5 months before", "d")
    + entry("use: cool-compress\nfrom: end\nif: burning", "e")
)


def test_interview_asks_each_thing_once_in_the_order_of_the_plan() -> None:
    """Reasons against first, then factors, then last times; symptoms never."""
    assert prompts(plan(SHEET, now="2026-12-01 09:00")) == [
        (PromptKind.BAR, "pregnancy"),
        (PromptKind.FACTOR, "cold-sores"),
        (PromptKind.LAST, "laser"),
        (PromptKind.LAST, "ipl"),
    ]


def test_interview_leaves_out_what_is_settled() -> None:
    """By an answer, by a last time, and what an answer makes pointless."""
    no = plan(SHEET, answers={"pregnancy": False, "cold-sores": False}, now="2026-12-01 09:00")
    assert prompts(no) == [(PromptKind.LAST, "laser")]
    assert prompts(replace(no, lasts=(LastTime("laser"),))) == []


def test_interview_ends_with_a_reason_against() -> None:
    """The plan says DO NOT TREAT, whatever else is answered."""
    assert prompts(plan(SHEET, answers={"pregnancy": True})) == []


def test_interview_after_the_treatment_asks_for_no_reason_against_it() -> None:
    """It was done; what the aftercare depends on still matters."""
    sheet = entry("screen: pregnancy", "a") + entry("take: antiviral\nif: cold-sores", "b")
    after = (PromptKind.FACTOR, "cold-sores")
    assert prompts(plan(sheet, now="2026-12-20 09:00")) == [after]


def test_prompt_says_what_the_sheet_says_beyond_the_question() -> None:
    """A length, an area or a condition is in the sentence alone; what is unclear comes last."""
    made = plan(
        entry("screen: pregnancy\nsay: You cannot be treated if you are pregnant.", "a")
        + entry("screen: warts\narea: face\nsay: Not with warts on the face.", "b")
        + entry("screen: open-sores\nif: peel\nsay: No sores.\nunclear: Perhaps healed.", "c")
    )
    done = "a peel was recommended with the treatment"
    assert [each.text for each in list_prompts(made)][:3] == [
        "Are you pregnant?",
        "Do you have warts? Not with warts on the face. (face)",
        f"Do you have open sores? If {done}: No sores. Perhaps healed.",
    ]


def test_interview_asks_for_the_time_of_day_where_only_the_date_is_known() -> None:
    """The appointment answers it, or else an earlier answer does."""
    branches = entry("avoid: alcohol\non: treatment day\nif: appointment before 10:30", "a")
    branches += entry("avoid: alcohol\non: treatment day\nif: appointment before 12:00", "b")
    noon, early = "appointment-before-12:00", "appointment-before-10:30"
    dated = [each.name for each in list_prompts(plan(branches, visit("2026-12-10")))]
    assert dated == [early, noon]
    assert prompts(plan(branches, visit("2026-12-10"), answers={early: True})) == []
    assert prompts(plan(branches)) == []
