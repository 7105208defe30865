"""A handout in texts: its head, its days, what stands beside them, and that nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microcare.core.plan.plan import Plan, build_plan
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.protocol import Clinic, Protocol, Review, Translation
from microcare.language.messages import speak
from microcare.load.protocol.translating import translate_protocol
from microcare.wording.plan.phases import Phase
from tests import strategies
from tests.example_sheets import EXPECTED, read_sheet, sheet_name
from tests.samples import at, entry, plan, protocol, visit
from tests.wording.handout.pages import boxes, day_lines, list_lines, page

if TYPE_CHECKING:
    from pathlib import Path

    from tests.oracle import Visit

FEW = settings(max_examples=settings().max_examples // 3)
DAY = timedelta(days=1)


def unsaid(made: Plan, parts: tuple[Phase | None, ...]) -> list[str]:
    """Return the instructions that may apply and whose sentence stands on none of the pages."""
    texts = [item.text for part in parts for item in list_lines(page(made, part))]
    return [
        each.instruction.id
        for each in made.applicable
        if not (each.instruction.verb.traits.screens and each.applies is Answer.YES)
        and not any(each.instruction.text in text for text in texts)
    ]


def with_sentences(drawn: Protocol) -> Protocol:
    """Return a protocol each of whose instructions has a sentence of its own."""
    own = (replace(each, text=f"Sentence {each.id} of the sheet.") for each in drawn.instructions)
    return replace(drawn, instructions=tuple(own))


@FEW
@given(
    st.one_of(strategies.protocols(), strategies.sheets()),
    strategies.visits(first_year=1985),
    strategies.answers,
    st.integers(-60, 60),
)
def test_every_instruction_is_there(
    drawn: Protocol, appointment: Visit, answers: dict[str, bool], booked: int
) -> None:
    """Of rules of every kind the page has the sentence, and so have its three parts together."""
    around = strategies.appointment(appointment)
    now = around.start + booked * DAY
    found = build_plan(with_sentences(drawn), around, now=now, answers=answers)
    assert unsaid(found, (None,)) == []
    assert unsaid(found, tuple(Phase)) == []


def with_translations(drawn: Protocol, *, checked: bool) -> Protocol:
    """Return a protocol with a sentence of its own in each instruction, every other in Spanish."""
    sheet = with_sentences(drawn)
    texts = {each.text: f"Frase {each.id} de la hoja." for each in sheet.instructions[::2]}
    review = Review("A. Name", date(2026, 11, 20)) if checked else None
    return replace(sheet, translations={"es": Translation(texts, review)})


@FEW
@given(
    st.one_of(strategies.protocols(), strategies.sheets()),
    strategies.visits(first_year=1985),
    strategies.answers,
    st.integers(-60, 60),
    st.booleans(),
)
def test_every_instruction_is_there_in_spanish(
    drawn: Protocol, appointment: Visit, answers: dict[str, bool], booked: int, checked: bool
) -> None:
    """Translated or not, checked or not; where it forbids or is taken the original is with it."""
    around = strategies.appointment(appointment)
    sheet = with_translations(drawn, checked=checked)
    with speak("es"):
        found = build_plan(
            translate_protocol(sheet, "es"), around, now=around.start + booked * DAY,
            answers=answers,
        )  # fmt: skip
        assert unsaid(found, (None,)) == []
        assert unsaid(found, tuple(Phase)) == []
    for each in found.applicable:
        ident, told = each.instruction.id, each.instruction.text
        traits = each.instruction.verb.traits
        is_translated = sheet.by_id[ident].text in sheet.translations["es"].texts
        assert (f"Frase {ident} de la hoja." in told) == is_translated
        if not is_translated or (not checked and (traits.restricts or traits.doses)):
            assert f"Sentence {ident} of the sheet." in told


@FEW
@given(strategies.sheets(), strategies.visits(first_year=1985), strategies.answers)
def test_a_part_has_what_holds_on_its_days(
    drawn: Protocol, appointment: Visit, answers: dict[str, bool]
) -> None:
    """A ban that began with the treatment stands on the page of the days after it."""
    around = strategies.appointment(appointment)
    found = build_plan(with_sentences(drawn), around, now=around.start - 60 * DAY, answers=answers)
    opens, closes = (around.day_start(around.day + count * DAY) for count in (1, 2))
    texts = [item.text for item in list_lines(page(found, Phase.AFTER))]
    for each in found.applicable:
        if each.holds_between(opens, closes):
            assert any(each.instruction.text in text for text in texts), each.instruction


@pytest.mark.parametrize("file", EXPECTED, ids=sheet_name)
def test_example_sheets_are_told_whole(file: Path) -> None:
    """Each sentence that may apply, and a box for each dose."""
    made = read_sheet(file).plan
    assert unsaid(made, (None,)) == []
    grid = page(made).doses
    boxed = sum(course.total for week in grid.weeks for course in week.courses) if grid else 0
    assert boxed == sum(len(each.doses) for each in made.applicable)


def test_the_head_names_clinic_appointment_and_treatment() -> None:
    """In full words, with what the times count from."""
    clinic = Clinic("Skin House", "555 0100", "1 Main Street")
    made = page(plan(entry("avoid: sauna\nuntil: 2 days after")), clinic=clinic)
    assert made.treatments == "Microneedling"
    assert made.clinic == ("Skin House", "1 Main Street", "555 0100")
    assert made.appointments == ("Thursday 10 December 2026, 2:30 pm",)
    assert made.remarks == (
        "Times after treatment are counted from its start; they move if it ends later.",
        "All times are New York time.",
    )
    assert made.footer == "sample, version 1 · printed Thu 1 Jan 2026"


def test_an_end_that_is_known_is_told() -> None:
    """And of a date without a time, how hours are counted."""
    rule = entry("avoid: sauna\nuntil: 2 days after")
    made = page(plan(rule, visit(minutes=45)))
    assert made.appointments == ("Thursday 10 December 2026, 2:30 pm to 3:15 pm",)
    assert len(made.remarks) == 1
    whole = page(plan(rule, visit("2026-12-10")))
    assert whole.appointments == ("Thursday 10 December 2026",)
    assert "00:00" in whole.remarks[0]


def test_an_action_has_a_box_and_a_release_stands_out() -> None:
    """With real dates, never with hours that somebody has to count."""
    made = page(plan(entry("avoid: [heat, sauna]\nuntil: 48 hours after\nsay: Stay cool.")))
    assert day_lines(made, "Thu 10 Dec")[-1] == "2:30 pm box Stay cool. (until Sat 12 Dec, 2:30 pm)"
    assert day_lines(made, "Sat 12 Dec") == ["2:30 pm free Fine again: heat, sauna"]


def test_what_had_begun_before_today_stands_apart() -> None:
    """So that nobody looks for it among the days to come."""
    rules = entry("avoid: laser\nfrom: 1 month before\nsay: No laser.", "a") + entry(
        "avoid: waxing\nfrom: 2 days before\nsay: No waxing.", "b"
    )
    made = page(plan(rules, now="2026-11-21 10:00"))
    assert [part.title for part in made.sections] == [
        *("By now (Sat 21 Nov 2026)", "Before", "Treatment day"),
    ]
    assert [day.label for day in made.sections[0].days] == ["Mon 9 Nov", "Tue 10 Nov"]


BESIDE = """
- {id: e, expect: redness, from: end, for: 2 days, say: Your skin may be red.}
- {id: c, call-if: fever, amounts: {threshold: above 38 °C}, say: Call us.}
- {id: u, tell: questions, say: Ask whatever you like.}
- {id: s, screen: pregnancy, say: Not if you are pregnant.}
- {id: q, take: antiviral, if: cold-sores, from: 2 days before, say: Take it.}
- {id: b, avoid: ibuprofen, from: end, say: No ibuprofen.}
"""


def test_what_is_no_action_of_a_day_has_its_own_box() -> None:
    """What to expect, when to call, what to settle, what has no date or no end."""
    made = page(plan(BESIDE), clinic=Clinic("Skin House", "555 0100"))
    assert boxes(made) == {
        "What to expect": ["note Thu 10 Dec: Your skin may be red. (through Sat 12 Dec)"],
        "When to call": ["note Call us. (above 38 °C)"],
        "To settle before your visit": [
            "box Not if you are pregnant.",
            "box Are you prone to cold sores?",
        ],
        "Without a date, or without a stated end": [
            "box Ask whatever you like.",
            "note No end stated: ibuprofen",
        ],
    }
    assert made.call.end == "With any question: ask Skin House, 555 0100."
    assert made.call.blank == ""


def test_a_phone_that_is_not_known_can_be_written_down() -> None:
    """Beside the words that send the patient to the clinic."""
    made = page(plan(BESIDE))
    assert (made.call.end, made.call.blank) == ("With any question: ask the clinic.", "Phone")


def test_what_an_answer_rules_out_is_left_out() -> None:
    """A patient needs no sentence that is not for her."""
    made = page(plan(BESIDE, answers={"cold-sores": False, "pregnancy": False}))
    assert not any("Take it." in item.text for item in list_lines(made))
    assert "To settle before your visit" not in boxes(made)


def test_a_part_has_no_questions_after_the_treatment() -> None:
    """And no picture; what goes on stands first."""
    made = page(plan(BESIDE), Phase.AFTER)
    assert made.timeline is None
    assert "To settle before your visit" not in boxes(made)
    assert boxes(made)["Already in force"] == ["box No ibuprofen. (no end stated)"]
    before = page(plan(BESIDE), Phase.BEFORE)
    assert "What to expect" not in boxes(before)


def test_what_has_no_beginning_stands_first() -> None:
    """It holds from now on, and no day tells it."""
    made = page(plan(entry("avoid: laser\nuntil: start\nsay: No laser.")))
    assert boxes(made)["From now on, or to be done by a date"] == [
        "box No laser. (until your treatment)"
    ]


@pytest.mark.parametrize(("original", "code"), [("en-GB", "en"), ("es", "es"), ("fr", "en")])
def test_each_notice_is_in_its_language(original: str, code: str) -> None:
    """In that of the sheet, or in English where the program has no words of it."""
    sheet = protocol("- {id: a, avoid: sauna, say: Non.}", f"language: {original}")
    spoken = "en-US" if original == "es" else "es-MX"
    with speak(spoken):
        translated = translate_protocol(sheet, spoken)
        made = page(build_plan(translated, visit(), now=at("2026-11-21 10:00")))
    words = {
        "en": "The clinic has not checked this translation: the original ([{}]) counts.",
        "es": "La clínica no ha revisado esta traducción: rige el original ([{}]).",
    }
    assert made.notices == tuple(
        (each, words[each].format(original[:2].upper())) for each in (code, spoken[:2])
    )


def test_marks_of_what_is_unclear_lead_to_their_sentences() -> None:
    """In the order of the page."""
    rules = entry("avoid: laser\nfrom: 2 days before\nunclear: Which laser?", "a") + entry(
        "avoid: waxing\nfrom: 1 day before\nunclear: How much?\nsay: No waxing.", "b"
    )
    made = page(plan(rules))
    assert made.unclear == (("¹", "Which laser?"), ("²", "How much?"))
    assert day_lines(made, "Wed 9 Dec") == ["box No waxing.² (until your treatment)"]


def test_contradictions_are_named() -> None:
    """As in the calendar: the stricter one stands here."""
    rules = entry("avoid: sauna\nuntil: 1 day after", "a") + entry(
        "avoid: sauna\nuntil: 3 days after", "b"
    )
    (line,) = boxes(page(plan(rules)))["Without a date, or without a stated end"]
    assert line.startswith("note The sheet says two things about sauna: the stricter one stands")
