"""What patients ask stands where one looks: near the head of its section."""

from __future__ import annotations

import tomllib
from pathlib import Path
from statistics import median

import pytest

from tests.commands.running import BOOKING, Runner

FILE = Path(__file__).parents[1] / "legibility.toml"
QUESTIONS: dict[str, list[dict[str, str]]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
TWENTY = 20


def count_lines(text: str, section: str, line: str) -> int:
    """Return how many lines below the head of a section a line stands, blank ones not counted."""
    lines = [each for each in text.split("\n") if each]
    head = next(number for number, each in enumerate(lines) if each.startswith(section))
    below = (number for number, each in enumerate(lines[head:]) if number and line in each)
    return next(below)


@pytest.mark.parametrize("protocol", ["clinic-a", "clinic-b"])
def test_answers_stand_near_the_head_of_their_section(protocol: str, microcare: Runner) -> None:
    """Half of them within 8 lines, and none further down than 20."""
    text = microcare("plan", *BOOKING, "--protocol", protocol).out
    asked = QUESTIONS[protocol]
    assert len({each["question"] for each in asked}) == TWENTY
    counts = [count_lines(text, each["section"], each["line"]) for each in asked]
    assert median(counts) <= 8
    assert max(counts) <= TWENTY
