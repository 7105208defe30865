"""Problems of files for the terminal: each with its line, unless that can't be shown."""

from __future__ import annotations

import pytest
from rich.console import Group

from microcare.core.sheet.problems import CheckedFile, Code, Problem
from microcare.render.problems_text import problems_text
from tests.render.printing import lines


def text(*files: CheckedFile) -> list[str]:
    """Return the lines in which files are told."""
    return lines(Group(*problems_text(files, width=80, encoding="utf-8")))


def checked(code: Code, line: int, hint: str | None = None) -> CheckedFile:
    """Return a file of one line that has one problem, in a line of its own."""
    return CheckedFile("a.yaml", "id: a\n", (Problem("a.yaml", line, 1, code, "No.", hint),))


@pytest.mark.parametrize(
    ("code", "line", "shown"),
    [(Code.BAD_VALUE, 1, True), (Code.TOO_LARGE, 1, False), (Code.MISSING_KEY, 3, False)],
)
def test_line_is_shown_where_there_is_one(code: Code, line: int, *, shown: bool) -> None:
    """A file of which only a part was read shows none, nor does a place behind its end."""
    excerpt = ["   1 | id: a", "     | ^"] if shown else []
    assert text(checked(code, line)) == [
        f"a.yaml:{line}:1: error: No. [{code.value}]",
        *excerpt,
        "",
        "a.yaml: 1 error.",
    ]


def test_hint_is_a_sentence_of_its_own() -> None:
    """Below the line, with a capital."""
    assert "  Did you mean it?" in text(checked(Code.BAD_VALUE, 1, "did you mean it?"))
