"""The appointment's own time of day as a condition, in any of the ways to write it."""

from __future__ import annotations

import pytest

from microcare.core.sheet.conditions import All, Condition, FactorKind, Is, Not
from tests.samples import entry, found_in, protocol

EARLY = Is("appointment-before-10:30")
NOON = Is("appointment-before-12:00")


def condition(words: str, header: str = "") -> Condition | None:
    """Return the condition of an instruction, given as YAML."""
    (found,) = protocol(entry(f"avoid: sauna\nif: {words}"), header).instructions
    return found.condition


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("appointment before 10:30", EARLY),
        ("Appointment  before 10:30 am", EARLY),
        ("appointment-before-10:30", EARLY),
        ("appointment from 10:30", Not(EARLY)),
        ("not appointment before 10:30", Not(EARLY)),
        ("not appointment from 10:30", Not(Not(EARLY))),
        ("{not: appointment before 10:30}", Not(EARLY)),
        ("appointment before 9 am", Is("appointment-before-09:00")),
        ("appointment before noon", NOON),
        ("{all: [peel, appointment before noon]}", All((Is("peel"), NOON))),
    ],
)
def test_ways_to_write_it(words: str, expected: Condition) -> None:
    """Before is a factor, from is its opposite; alone or combined."""
    assert condition(words) == expected


def test_factor_is_there_once_an_instruction_names_it() -> None:
    """With its words and its time, and not before."""
    found = protocol(entry("avoid: sauna\nif: appointment from 10:30")).factors[EARLY.factor]
    assert (found.kind, found.before) == (FactorKind.APPOINTMENT, 630)
    assert EARLY.factor not in protocol(entry("avoid: sauna")).factors


def test_protocol_s_own_noon_counts() -> None:
    """Where a clinic sets it, as elsewhere in the file."""
    header = "times-of-day: {noon: '12:30'}"
    assert condition("appointment before noon", header) == Is("appointment-before-12:30")


def test_factor_of_that_name_comes_first() -> None:
    """A file may describe a factor whose name begins like it."""
    words = "{yes: it is by video, no: it is not, ask: Is it by video?}"
    header = f"factors: {{appointment-by-video: {words}}}"
    assert condition("appointment by video", header) == Is("appointment-by-video")


@pytest.mark.parametrize(
    "words",
    [
        "appointment before 9:00",
        "appointment before morning",
        "appointment before midnight",
        "appointment before 00:00",
        "appointment before 24:00",
        "appointment after 10:30",
        "appointment before",
        "appointment at noon",
        "not appointment before teatime",
    ],
)
def test_what_tells_no_time_is_refused(words: str) -> None:
    """Nothing is guessed, and what is always or never so is a slip."""
    wrong = entry(f"avoid: sauna\nif: {words}")
    assert found_in(f"instructions:\n{wrong}") == ["4:7 bad-time"]


def test_screening_asks_about_the_patient() -> None:
    """Even where another instruction depends on the appointment's time."""
    text = entry("avoid: sauna\nif: appointment before 10:30") + entry(
        "screen: appointment before 10:30", "b"
    )
    assert found_in(f"instructions:\n{text}") == ["6:11 unknown-factor"]


def test_kind_is_not_for_a_file_s_own_factors() -> None:
    """What the appointment answers needs its time."""
    factor = "{yes: a, no: b, ask: c, kind: appointment}"
    assert found_in(f"factors:\n  early: {factor}\ninstructions:\n" + entry("avoid: sauna")) == [
        "2:40 bad-value"
    ]
