"""Files with accidents, and what becomes of them: a plan, or problems that lie within the file."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from hypothesis import settings

from microcare.core.plan.plan import build_plan
from microcare.core.sheet.problems import Problem
from microcare.load.source.refusals import ProtocolError
from microcare.load.variants.parsing import parse_protocol
from tests.samples import at, visit

if TYPE_CHECKING:
    from microcare.core.sheet.protocol import Protocol

EXAMPLES = Path(__file__).parent / "examples"

LONG = settings().max_examples >= 1000
"""Whether it is `make fuzz` that runs, which tries all that a plain run tries some of."""

_NOW = at("2026-12-01 09:00")


def mutant(whole: str, seed: int) -> str:
    """Return a file with a few accidents: lines and letters lost, doubled, swapped."""
    random = Random(seed)  # noqa: S311 - a fixed seed, no secret
    text = whole
    for _ in range(random.randint(1, 4)):
        breaks = _break_line if random.random() < 0.5 else _break_letter
        text = breaks(text, random)
    return text


def _break_line(text: str, random: Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    here, there = random.randrange(len(lines)), random.randrange(len(lines))
    key, value = lines[here].partition(":")[0], lines[there].partition(":")[2]
    match random.randrange(6):
        case 0:
            lines[here] = ""
        case 1:
            lines[here] = lines[there] + lines[here]
        case 2:
            lines[here] = " " * random.randrange(9) + lines[here].lstrip()
        case 3:
            lines[here], lines[there] = lines[there], lines[here]
        case 4:
            lines[here] = f"{key}:\n"
        case _:
            lines[here] = f"{key}:{value}"
    return "".join(lines)


def _break_letter(text: str, random: Random) -> str:
    place = random.randrange(len(text) + 1)
    match random.randrange(4):
        case 0:
            return text[:place]
        case 1:
            return text[:place] + text[place + 1 :]
        case 2:
            return text[:place] + random.choice("abz019") + text[place + 1 :]
        case _:
            return text[:place] + random.choice(ODD_LETTERS) + text[place:]


ODD_LETTERS: list[str] = [
    *"\t\n:-[]{}&*!|>'\"%@`#,? 0",
    "\0",
    "\x1b",
    "é",
    "\u202e",
    "\ufeff",
    "\u2028",
    "---\n",
]


def check_outcome(text: str) -> None:
    """Check that a file is planned whole, or has problems that lie within it."""
    found, wrong = _read(text)
    assert (found is None) is bool(wrong)
    if found is not None:
        plan = build_plan(found, visit(), now=_NOW)
        assert len(plan.instructions) == len(found.instructions)
    for each in wrong:
        assert lies_within(text, each.line, each.column), (each, text)


def _read(text: str) -> tuple[Protocol | None, tuple[Problem, ...]]:
    try:
        return parse_protocol(text, "sample.yaml"), ()
    except ProtocolError as error:
        return None, error.problems


def lies_within(text: str, line: int, column: int) -> bool:
    """Return whether a place is in a text, whichever of its odd letters end a line."""
    plain = text.replace("\r\n", "\n")
    by_yaml = [*plain.splitlines(), ""] if plain[-1:] == "\n" else plain.splitlines() or [""]
    return any(
        1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1
        for lines in (by_yaml, plain.split("\n"))
    )
