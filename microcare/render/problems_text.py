"""Problems of files for the terminal, as compilers tell them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.text import Text

from microcare.core.sheet.problems import CheckedFile, Code, Problem, Severity, count_problems
from microcare.render.layout.excerpt import excerpt_lines, split_lines
from microcare.render.layout.hanging import Hanging, paragraph
from microcare.wording.safe import visible

if TYPE_CHECKING:
    from rich.console import RenderableType

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow"}


def problems_text(
    files: tuple[CheckedFile, ...], *, width: int, encoding: str
) -> Iterable[RenderableType]:
    """Return the problems of all files, then how many they are.

    The carets stand right where the text is written in `encoding`.
    """
    for file in files:
        lines = split_lines(file.text) if file.problems else []
        for problem in file.problems:
            yield from _problem(problem, lines, width, encoding)
            yield Text()
    yield paragraph(Text(_summary(files)))


def _problem(
    problem: Problem, lines: list[str], width: int, encoding: str
) -> Iterable[RenderableType]:
    position = f"{problem.file}:{problem.line}:{problem.column}: "
    head = Text.assemble(
        (visible(position), "bold"),
        (f"{problem.severity.value}: ", _STYLES[problem.severity]),
        f"{visible(problem.message)} ",
        (f"[{problem.code.value}]", "dim"),
    )
    yield Hanging(None, head, 2)
    if problem.code is not Code.TOO_LARGE and problem.line <= len(lines):
        source = lines[problem.line - 1]
        yield from excerpt_lines(source, problem.line, problem.column, width, encoding)
    if problem.hint:
        yield paragraph(Text(visible(f"{problem.hint[0].upper()}{problem.hint[1:]}")), 2)


def _summary(files: tuple[CheckedFile, ...]) -> str:
    errors, warnings = (count_problems(files, each) for each in Severity)
    counts = [
        f"{number} {name}{'' if number == 1 else 's'}"
        for number, name in ((errors, "error"), (warnings, "warning"))
        if number
    ]
    checked = visible(files[0].file) if len(files) == 1 else f"{len(files)} files"
    return f"{checked}: {' and '.join(counts) or 'no problems'}."
