"""The contract `microcare.can/1`: what a booking system may build on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from microcare.core.plan.spells import Cause
from microcare.export.data import reply
from microcare.load.source.refusals import DO_NOT_TREAT
from tests.commands.running import BOOKING, NOW, ZONE, Runner, read_plan

SCHEMA = json.loads(Path(reply.__file__).with_name("can.schema.json").read_text("utf-8"))

# Command lines that between them show every kind of answer.
QUESTIONS: dict[str, tuple[str, ...]] = {
    "no": ("makeup", *BOOKING, "--at", "2026-12-11 20:30"),
    "yes": ("sunscreen", *BOOKING, "--at", "2026-12-11 20:30"),
    "until a ban begins": ("shaving", *BOOKING, "--at", "2026-12-09 9am"),
    "no end": ("Advil", *BOOKING, "--at", "2026-12-12 9am"),
    "depends": ("antiviral", *BOOKING, "--at", "2026-12-10 9am"),
    "in part": ("skin products", *BOOKING, "--at", "2026-12-12 9am"),
    "whole date": ("hot showers", *BOOKING, "--at", "2026-12-12"),
    "whole-day booking": ("sauna", "--date", "2026-12-10", *ZONE, *NOW, "--at", "2026-12-11"),
    "unknown": ("xyzzy", *BOOKING),
    "do not treat": ("makeup", *BOOKING, "--with", "pregnancy"),
}


def read(microcare: Runner, *arguments: str) -> dict[str, Any]:
    """Return the data that `can --format json` prints; nothing stands beside it."""
    done = microcare("can", *arguments, "--format", "json")
    found: dict[str, Any] = json.loads(done.out)
    assert (done.code, done.err) == (DO_NOT_TREAT if found["blocked_by"] else 0, "")
    assert done.out.isascii()
    return found


@pytest.mark.parametrize("name", QUESTIONS)
def test_data_is_as_the_schema_has_it(name: str, microcare: Runner) -> None:
    """Every key, every kind of value, and no key more."""
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(read(microcare, *QUESTIONS[name]))


def test_schema_knows_every_cause() -> None:
    """A cause that is added must be added to the contract."""
    assert SCHEMA["properties"]["cause"]["enum"] == [each.value for each in Cause]


def test_no_has_its_end_and_what_follows(microcare: Runner) -> None:
    """The worked example: 48 hours, and only once the skin is intact."""
    found = read(microcare, *QUESTIONS["no"])
    assert (found["topic"], found["answer"]) == ("makeup", "no")
    assert (found["at"], found["until"]) == (
        "2026-12-11T20:30:00-05:00",
        "2026-12-12T14:30:00-05:00",
    )
    assert (found["then"], found["instructions"][0]) == ("ask", "makeup")
    assert found["words"] == "only once your skin is intact again"


def test_questions_are_named_by_their_factors(microcare: Runner) -> None:
    """As `--with` and `--without` take them."""
    found = read(microcare, *QUESTIONS["depends"])
    assert (found["answer"], found["cause"], found["asks"]) == ("ask", "depends", ["cold-sores"])
    settled = read(microcare, *QUESTIONS["depends"], "--with", "cold-sores")
    assert (settled["answer"], settled["asks"]) == ("yes", [])


def test_parts_and_halves_are_listed(microcare: Runner) -> None:
    """Each part with its answer and its end, each half of a day with its beginning."""
    found = read(microcare, *QUESTIONS["in part"])
    assert found["answer"] == "no"
    assert {
        "topic": "acne-products",
        "answer": "no",
        "until": "2026-12-13T14:30:00-05:00",
    } in found["parts"]
    halves = read(microcare, *QUESTIONS["whole date"])["changes"]
    assert [each["answer"] for each in halves] == ["no", "yes"]


def test_unknown_word_is_a_question_for_the_clinic(microcare: Runner) -> None:
    """It ends with 0, names no topic, and says what is near."""
    found = read(microcare, "makup", *BOOKING)
    assert (found["topic"], found["answer"], found["near"]) == (None, "ask", ["makeup"])


def test_contraindication_is_answered_with_nothing_else(microcare: Runner) -> None:
    """Whoever must not be treated asks the clinic."""
    found = read(microcare, *QUESTIONS["do not treat"])
    assert (found["answer"], found["until"], found["blocked_by"]) == ("ask", None, ["pregnancy"])


def test_appointment_is_that_of_the_plan(microcare: Runner) -> None:
    """Both formats show it in one form."""
    found = read(microcare, "makeup", *BOOKING)
    assert found["appointment"] == read_plan(microcare, *ZONE)["appointment"]
