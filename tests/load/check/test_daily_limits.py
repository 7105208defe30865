"""Doses of a day against the sheet's own maximum: compared only where they count the same."""

from __future__ import annotations

from fractions import Fraction

import pytest

from microcare.load.check.daily_limits import Excess, find_excess, read_measure
from microcare.wording.courses import measure_words
from tests.samples import entry, plan, visit


def excess(fields: str) -> tuple[Excess, ...]:
    """Return what of one instruction is beyond its daily maximum."""
    (found,) = plan(entry(fields)).instructions
    return find_excess(found.instruction, found.doses, visit())


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("400 mg", (400_000, "µg")),
        ("3 g", (3_000_000, "µg")),
        ("0.5 g", (500_000, "µg")),
        ("0,5 g", (500_000, "µg")),
        ("1,200 mg", (1_200_000, "µg")),
        ("400 to 600 mg", (600_000, "µg")),
        ("50 mcg", (50, "µg")),
        ("2 tablets", (2, "tablet")),
        ("1 or 2 tablets with water", (2, "tablet")),
        ("250ml", (250, "ml")),
        ("a finger's length", None),
        ("two tablets", None),
        ("38", None),
        (None, None),
    ],
)
def test_measures(text: str | None, measure: tuple[int, str] | None) -> None:
    """A number and a unit; what is neither is not compared."""
    found = read_measure(text)
    assert found == (None if measure is None else (Fraction(measure[0]), measure[1]))


@pytest.mark.parametrize(
    ("fields", "taken"),
    [
        # Two doses of 400 mg on each date, then three.
        ("on: next day\ndaily: 2\namounts: {dose: 400 mg, daily-max: 1200 mg}", []),
        ("on: next day\ndaily: 3\namounts: {dose: 400 mg, daily-max: 1.2 g}", []),
        ("on: next day\ndaily: 4\namounts: {dose: 400 mg, daily-max: 1.2 g}", ["1600 mg"]),
        # Of a course without an end, the number of times a day.
        ("daily: 4\namounts: {dose: 400 mg, daily-max: 1.2 g}", ["1600 mg"]),
        ("daily: [08:00, noon]\namounts: {dose: 4 drops, daily-max: 6 drops}", ["8 drops"]),
        ("daily: 4 times as needed\namounts: {dose: 400 mg, daily-max: 1.2 g}", []),
        # Another unit, no dose, no maximum.
        ("daily: 4\namounts: {dose: 2 tablets, daily-max: 1.2 g}", []),
        ("daily: 4\namounts: {daily-max: 1.2 g}", []),
        ("daily: 4\namounts: {dose: 400 mg}", []),
        ("daily: 4", []),
        # A step's own dose: 4 × 2 tablets.
        (
            (
                "from: next day\nsteps: [{for: 1 day, daily: 4, dose: 2 tablets}]\n"
                "amounts: {dose: 1 tablet, daily-max: 6 tablets}"
            ),
            ["8 tablets"],
        ),
    ],
)
def test_excess(fields: str, taken: list[str]) -> None:
    """What the doses of some date come to, where that is more than the most."""
    assert [measure_words(*each.taken) for each in excess(f"take: ibuprofen\n{fields}")] == taken


def test_topics_in_turn_are_counted_apart() -> None:
    """Every 3 hours in turn: of each four in a day, 1600 mg and 2 g."""
    found = excess(
        """
        take: [ibuprofen, acetaminophen]
        from: 2 hours after
        until: 2 days after
        every: 3 hours in turn
        amounts:
          ibuprofen: {dose: 400 mg, daily-max: 1200 mg}
          acetaminophen: {dose: 500 mg, daily-max: 3 g}
        """
    )
    assert found == (Excess("ibuprofen", (Fraction(1_600_000), "µg"), "1200 mg"),)
