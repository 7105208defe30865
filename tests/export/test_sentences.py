"""Nothing is dropped: the sentence of each instruction, in every output."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from microcare.core.plan.plan import Plan, build_plan
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.protocol import Clinic, Protocol
from microcare.export.data.plan import plan_json
from microcare.export.ics.builder import build_events
from microcare.export.ics.events import CalendarOptions
from microcare.export.markdown.plan import plan_markdown
from microcare.render.plan_text import plan_text
from microcare.wording.plan.heading import Heading
from microcare.wording.plan.outline import Outline, outline_plan
from tests import strategies
from tests.oracle import Visit
from tests.samples import entry, plan, visit

FEW = settings(max_examples=settings().max_examples // 2)
DAY = timedelta(days=1)
CLINIC = Clinic()
HEADING = Heading(("p",), ("a",), ("a",), ())


def text(outline: Outline, width: int = 80) -> str:
    """Return an outline as the terminal shows it."""
    console = Console(file=StringIO(), width=width, color_system=None)
    for part in plan_text(outline, HEADING, CLINIC, options=console.options, notes=False):
        console.print(part)
    written = console.file
    assert isinstance(written, StringIO)
    return written.getvalue()


def told(found: Plan) -> dict[str, str]:
    """Return a plan as each output tells it; without the questions, which an answer takes away."""
    outline = replace(outline_plan(found, CLINIC), questions=())
    events = build_events(found, CLINIC, CalendarOptions())
    return {
        "text": text(outline),
        "narrow": text(outline, width=40),
        "markdown": plan_markdown(outline, HEADING, CLINIC, notes=False),
        "json": plan_json(found),
        "ics": "\n".join(each.description for each in events),
    }


def check(found: Plan) -> None:
    """Check that each output has the sentence of each instruction that may apply."""
    outputs = told(found)
    for each in found.instructions:
        if each.applies is Answer.NO or each.instruction.verb.traits.screens:
            continue
        missing = [name for name, said in outputs.items() if each.instruction.text not in said]
        assert missing == [], each.instruction


@FEW
@given(
    st.one_of(strategies.protocols(), strategies.sheets()),
    strategies.visits(first_year=1985),
    strategies.answers,
    st.integers(-60, 60),
)
def test_every_sentence_is_in_every_output(
    drawn: Protocol, appointment: Visit, answers: dict[str, bool], booked: int
) -> None:
    """Of rules of every kind, in every zone, before and after the treatment, whatever is answered.

    No question has to be open for it.
    """
    around = strategies.appointment(appointment)
    named = tuple(replace(each, text=f"Say{each.id}now") for each in drawn.instructions)
    protocol = replace(drawn, instructions=named)
    check(build_plan(protocol, around, now=around.start + booked * DAY, answers=answers))


@pytest.mark.parametrize("verb", ["arrange", "tell", "use", "take", "do", "may", "call-if"])
@pytest.mark.parametrize("start", ["2026-12-10 14:30", "2026-12-10"])
@pytest.mark.parametrize("until", ["start", "2 days before", "10 am the day before"])
def test_what_has_only_an_end_is_told(verb: str, start: str, until: str) -> None:
    """A duty until the treatment had no beginning to stand at, and vanished."""
    topic = {"arrange": "ice-packs", "tell": "photographs", "call-if": "fever"}.get(verb, "water")
    found = plan(entry(f"{verb}: {topic}\nuntil: {until}\nsay: Mind-this."), visit(start))
    check(found)


def test_an_arrangement_until_the_treatment_has_a_deadline() -> None:
    """It is to be done by then, not until then."""
    outputs = told(plan(entry("arrange: ice-packs\nuntil: start\nsay: Buy ice packs.")))
    for name in ("text", "markdown", "ics"):
        assert "Buy ice packs. (by Thu 10 Dec, 2:30 pm)" in outputs[name], name


def test_an_answer_takes_no_sentence_away() -> None:
    """What stood only under ASK NOW stays when its question is answered."""
    fields = "take: antiviral\nuntil: start\nif: cold-sores\nsay: Take-it."
    for answers in ({}, {"cold-sores": True}):
        check(plan(entry(fields), answers=answers))
