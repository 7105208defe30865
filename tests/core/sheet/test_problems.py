"""Problems: a code with its severity, and how many there are of each."""

from __future__ import annotations

from microcare.core.sheet.problems import CheckedFile, Code, Problem, Severity, count_problems

ERROR = Problem("a.yaml", 1, 1, Code.CYCLE, "It is wrong.")
WARNING = Problem("a.yaml", 2, 1, Code.CONFLICT, "It is doubtful.")


def test_value_of_a_code_is_its_name_alone() -> None:
    """What stands beside it is no part of what is printed, and it is found by its name."""
    assert Code("cycle") is Code.CYCLE
    assert Code("conflict") is Code.CONFLICT
    assert {type(code.value) for code in Code} == {str}


def test_severity_of_a_problem_is_that_of_its_code() -> None:
    """A code is an error or a warning, never now this, now that."""
    assert (ERROR.severity, WARNING.severity) == (Severity.ERROR, Severity.WARNING)


def test_problems_are_counted_by_their_severity() -> None:
    """Those of all the files together."""
    files = (CheckedFile("a.yaml", "", (ERROR, WARNING)), CheckedFile("b.yaml", "", (WARNING,)))
    assert [count_problems(files, each) for each in Severity] == [1, 2]
