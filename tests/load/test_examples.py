"""Files beside the exact problems that they have; a file more is a test more.

`name.problems` lists `line:column severity code`. After a change that is meant: `make golden`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from microcare.core.sheet.problems import Code, Severity
from microcare.load.check.checked_files import check_file
from tests.mutants import EXAMPLES

if TYPE_CHECKING:
    from pathlib import Path

    from microcare.core.sheet.problems import Problem

INVALID = sorted((EXAMPLES / "invalid").glob("*.yaml"))
VALID = sorted((EXAMPLES / "valid").glob("*.yaml"))

# A folder and a file of a megabyte make no examples: tests/load/check/test_problems.py has them.
# What no plan tells is a fault of ours, which no file should show.
ELSEWHERE = {Code.UNREADABLE, Code.TOO_LARGE, Code.UNTOLD}


@cache
def found_problems(file: Path) -> tuple[Problem, ...]:
    """Return all the problems of an example, the reading level among them.

    The folder of the valid ones is a configured one: some of the others extend one of these.
    """
    return check_file(file, (EXAMPLES / "valid",), reading_level=True).problems


@pytest.mark.parametrize("file", [*INVALID, *VALID], ids=lambda file: file.stem)
def test_example_has_exactly_these_problems(file: Path, request: pytest.FixtureRequest) -> None:
    """Each at its place, with its severity and its code, and no other."""
    found = "".join(
        f"{each.line}:{each.column} {each.severity.value} {each.code.value}\n"
        for each in found_problems(file)
    )
    expected = file.with_suffix(".problems")
    if request.config.getoption("--record-golden"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("file", INVALID, ids=lambda file: file.stem)
def test_invalid_example_is_refused(file: Path) -> None:
    """What stands among the invalid ones has an error, and says what to do about each."""
    found = found_problems(file)
    assert {each.severity for each in found} == {Severity.ERROR}
    assert [each for each in found if each.message[-1] not in ".!?"] == []


@pytest.mark.parametrize("file", VALID, ids=lambda file: file.stem)
def test_valid_example_is_taken(file: Path) -> None:
    """What stands among the valid ones has at most warnings."""
    assert Severity.ERROR not in {each.severity for each in found_problems(file)}


def test_each_list_of_problems_has_its_file() -> None:
    """No list stays behind that nothing compares any more."""
    lists = {each.with_suffix(".yaml") for each in EXAMPLES.glob("*/*.problems")}
    assert lists == {*INVALID, *VALID}


def test_every_code_has_an_example() -> None:
    """Whatever can be wrong or doubtful is shown by a file."""
    found = {each.code for file in (*INVALID, *VALID) for each in found_problems(file)}
    assert found == set(Code) - ELSEWHERE
