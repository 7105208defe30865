"""What rhythms, lengths and words mean: alike or not, however they are put."""

from __future__ import annotations

import pytest

from microcare.core.compare.comparison import Verdict
from microcare.core.compare.protocols import compare_protocols
from microcare.core.compare.strictness import Facet
from tests.samples import entry, protocol


def compare(left: str, right: str, verb: str = "take: ibuprofen") -> tuple[Verdict, set[Facet]]:
    """Return the verdict on one instruction of each side, and what it lies in."""
    found = compare_protocols(
        protocol(entry(f"{verb}\n{left}")), protocol(entry(f"{verb}\n{right}"))
    )
    rows = [row for row in found.compared if row.topic in {"ibuprofen", "sauna"}]
    assert len(rows) == 1
    return rows[0].verdict, set(rows[0].facets)


SAME = [
    ("every: 2 hours", "every: 120 minutes"),
    ("every: day", "daily: once"),
    ("every: week", "every: 7 days"),
    ("daily: [08:00, 20:00]", "daily: 8 pm and 8 am"),
    ("amounts: {dose: 400 mg}", "amounts: {dose: 400  MG}"),
    ("amounts: {dose: 400 mg}", "amounts: {ibuprofen: {dose: 400 mg}}"),
    (
        "from: next day\nsteps: [{for: 1 week, daily: 2}, {for: 7 days, daily: 1}]",
        "from: next day\nsteps: [{for: 7 days, daily: 2}, {for: 1 week, every: day}]",
    ),
]

DIFFERENT = [
    ("every: 2 hours", "every: 3 hours", Facet.REPETITION),
    ("every: 2 hours", "every: 2 hours while awake", Facet.REPETITION),
    ("every: 2 hours", "every: 2 hours as needed", Facet.REPETITION),
    ("daily: 3", "daily: 4", Facet.REPETITION),
    ("daily: 3", "daily: 3 to 4", Facet.REPETITION),
    ("daily: [08:00]", "daily: [09:00]", Facet.REPETITION),
    ("daily: 3\ncount: 9", "daily: 3\ncount: 12", Facet.REPETITION),
    ("steps: [{for: 1 week, daily: 2}]", "steps: [{for: 2 weeks, daily: 2}]", Facet.REPETITION),
    (
        "steps: [{for: 1 week, daily: 2, dose: 1 g}]",
        "steps: [{for: 1 week, daily: 2, dose: 2 g}]",
        Facet.REPETITION,
    ),
    ("amounts: {dose: 400 mg}", "amounts: {dose: 200 mg}", Facet.AMOUNTS),
    ("amounts: {daily-max: 3 g}", "amounts: {daily-max: 2 g}", Facet.DAILY_MAX),
    ("amounts: {threshold: above 38 °C}", "amounts: {threshold: above 39 °C}", Facet.THRESHOLD),
    ("amounts: {ibuprofen: {dose: 1 g}}", "amounts: {dose: 2 g}", Facet.AMOUNTS),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_same_in_other_words(left: str, right: str) -> None:
    """What means the same is the same, whichever stands first."""
    assert compare(left, right)[0] is Verdict.SAME
    assert compare(right, left)[0] is Verdict.SAME


@pytest.mark.parametrize(("left", "right", "facet"), DIFFERENT)
def test_different(left: str, right: str, facet: Facet) -> None:
    """A difference is told and named; nobody is stricter by taking less."""
    for one, other in ((left, right), (right, left)):
        assert compare(one, other) == (Verdict.DIFFERS, {facet})
    assert compare(left, left)[0] is Verdict.SAME


def test_a_restriction_is_not_stricter_by_its_amounts() -> None:
    """“Stricter” is a matter of time and scope."""
    window = "from: 2 days before\namounts: "
    found = compare(f"{window}{{threshold: 38}}", f"{window}{{threshold: 39}}", "avoid: sauna")
    assert found == (Verdict.DIFFERS, {Facet.THRESHOLD})


def test_more_topics_in_turn_come_less_often() -> None:
    """Every 3 hours in turn is every 6 hours for each of two, every 9 for each of three."""
    left = protocol(entry("take: [ibuprofen, acetaminophen]\nevery: 3 hours in turn"))
    right = protocol(entry("take: [ibuprofen, acetaminophen, aspirin]\nevery: 3 hours in turn"))
    verdicts = {row.topic: row.verdict for row in compare_protocols(left, right).compared}
    assert verdicts["ibuprofen"] is Verdict.DIFFERS
