"""What an instruction counts beside time: for all of its topics, or for each its own."""

from __future__ import annotations

import pytest

from microcare.core.sheet.instruction import Amounts
from tests.samples import found_in, instruction


def test_a_factor_is_a_number() -> None:
    """A sun protection factor is a number, a dose is words."""
    found = instruction("use: sunscreen\namounts: {spf-min: 30, dose: two fingers}")
    assert found.amounts == Amounts(spf_min=30, dose="two fingers")
    assert instruction("use: sunscreen").amounts is None


@pytest.mark.parametrize("factor", ["30+", "high", "-30", "1000", "'30.5'"])
def test_what_is_no_factor(factor: str) -> None:
    """Nothing is taken for the number that was meant."""
    found = found_in(
        f"instructions:\n  - {{id: a, use: sunscreen, amounts: {{spf-min: {factor}}}}}\n"
    )
    assert [each.split()[-1] for each in found] == ["bad-value"]


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ("{dose: 400 mg, daily-max: 1200 mg}", Amounts(dose="400 mg", daily_max="1200 mg")),
        ("{threshold: above 38 °C}", Amounts(threshold="above 38 °C")),
        (
            "{Advil: {dose: 400 mg}, acetaminophen: {daily-max: 3 g}}",
            Amounts(
                by_topic=(
                    ("ibuprofen", Amounts(dose="400 mg")),
                    ("acetaminophen", Amounts(daily_max="3 g")),
                )
            ),
        ),
    ],
)
def test_amounts(amounts: str, expected: Amounts) -> None:
    """For all the topics, or for each by any of its names."""
    assert instruction(f"take: [ibuprofen, Tylenol]\namounts: {amounts}").amounts == expected


@pytest.mark.parametrize(
    ("amounts", "codes"),
    [
        ("{dose: 1, ibuprofen: {dose: 400 mg}}", ["misplaced-key"]),
        ("{ibuprofen: {dose: 400 mg}, sauna: {dose: 1}}", ["bad-value"]),
        ("{ibuprofen: {dose: 400 mg}, Advil: {dose: 1}}", ["bad-value"]),
        ("{ibuprofen: {dose: 400 mg}, nonsense: {dose: 1}}", ["unknown-topic"]),
        ("{ibuprofen: {doze: 400 mg}}", ["unknown-key"]),
        ("{doze: 400 mg}", ["unknown-key"]),
        ("{dose: {ibuprofen: 400 mg}}", ["wrong-shape"]),
        ("{ibuprofen: {spf-min: high}}", ["bad-value"]),
    ],
)
def test_amounts_that_are_refused(amounts: str, codes: list[str]) -> None:
    """Both kinds in one map, topics that the instruction doesn't name, what can't be read."""
    found = found_in(
        f"instructions:\n  - {{id: a, take: [ibuprofen, Tylenol], amounts: {amounts}}}\n"
    )
    assert [each.split()[-1] for each in found] == codes
