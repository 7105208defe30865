"""Courses in words: as a receptionist would read them aloud."""

from __future__ import annotations

from fractions import Fraction

import pytest

from microcare.core.sheet.points import Quantity, Unit
from microcare.wording.courses import length_words, measure_words, quantities
from tests.samples import entry, plan, protocol


def words(fields: str) -> tuple[str, ...]:
    """Return what one instruction counts, in words."""
    found = protocol(entry(fields))
    return quantities(found.instructions[0], found.topics)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("every: 3 hours while awake", "every 3 hours while awake"),
        ("every: 4 to 6 hours as needed", "every 4 to 6 hours as needed"),
        ("every: other day", "every other day"),
        ("every: 1 hour while awake", "every hour while awake"),
        ("daily: 1", "once a day"),
        ("daily: 2", "twice a day"),
        ("daily: three times", "3 times a day"),
        ("daily: 1 to 2", "once or twice a day"),
        ("daily: 3 to 4", "3 to 4 times a day"),
        ("daily: 3 times as needed", "3 times a day as needed"),
        ("daily: [08:00]", "every day at 8:00 am"),
        ("daily: [08:00, noon, bedtime]", "every day at 8:00 am, at noon and at bedtime"),
        ("daily: [morning, evening]", "every day in the morning and in the evening"),
    ],
)
def test_how_often(fields: str, expected: str) -> None:
    """Each rhythm of the language in one phrase."""
    assert words(f"take: antiviral\n{fields}") == (expected,)


def test_steps_are_one_sentence() -> None:
    """One step after another, with its dose and how long it lasts."""
    fields = """
        take: antiviral
        steps:
          - {for: 1 week, daily: 4, dose: 1 drop}
          - {for: 2 weeks, daily: 3}
          - {every: day}
    """
    assert words(fields) == (
        "1 drop 4 times a day for 1 week, then 3 times a day for 2 weeks, then every day",
    )


def test_amounts() -> None:
    """For all topics, or after the label of each."""
    assert words("call-if: discomfort\namounts: {threshold: above 38 °C}") == ("above 38 °C",)
    assert words("take: ibuprofen\namounts: {dose: 400 mg, daily-max: 3 g}") == (
        "400 mg",
        "at most 3 g a day",
    )
    fields = """
        take: [ibuprofen, acetaminophen]
        every: 3 hours in turn
        amounts:
          ibuprofen: {dose: 400 mg, daily-max: 1200 mg}
          acetaminophen: {dose: 500 mg}
    """
    assert words(fields) == (
        "ibuprofen: 400 mg, at most 1200 mg a day",
        "acetaminophen: 500 mg",
        "every 3 hours in turn",
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("use: sunscreen\nstrength: should", ("advised",)),
        ("use: sunscreen\nstrength: may", ("optional",)),
        ("use: sunscreen\nstrength: must", ()),
        ("may: swimming\nfrom: 2 days after", ()),
    ],
)
def test_strength(fields: str, expected: tuple[str, ...]) -> None:
    """How binding it is, where it isn't a must; a permission is optional by itself."""
    assert words(fields) == expected


@pytest.mark.parametrize(
    ("size", "unit", "expected"),
    [
        (Fraction(1_600_000), "µg", "1600 mg"),
        (Fraction(50), "µg", "50 µg"),
        (Fraction(1, 2), "tablet", "0.5 tablets"),
        (Fraction(1), "tablet", "1 tablet"),
        (Fraction(250), "ml", "250 ml"),
    ],
)
def test_measure_words(size: Fraction, unit: str, expected: str) -> None:
    """A weight is in mg, and what is counted has its plural."""
    assert measure_words(size, unit) == expected


def test_length_words() -> None:
    """One of a unit, several, a range."""
    assert length_words(Quantity(1, 1, Unit.WEEK)) == "1 week"
    assert length_words(Quantity(5, 7, Unit.DAY)) == "5 to 7 days"


def test_quantities_are_all_told() -> None:
    """Strength, area, sun protection, dose, rhythm and number."""
    fields = """\
        use: sunscreen
        strength: should
        area: face
        amounts: {spf-min: 30, dose: two fingers}
        every: 2 hours
        count: 3 to 5
    """
    (each,) = plan(entry(fields)).instructions
    assert quantities(each.instruction, {}) == (
        "advised",
        "face",
        "SPF 30+",
        "two fingers",
        "every 2 hours",
        "3 to 5 times in all",
    )
    (once,) = plan(entry("use: sunscreen\ncount: 3")).instructions
    assert quantities(once.instruction, {}) == ("3 times in all",)
