"""The problems of files as workflow commands, which GitHub shows beside the lines of a change."""

from __future__ import annotations

from collections.abc import Iterable

from microcare.core.sheet.problems import CheckedFile, Problem
from microcare.wording.safe import visible

_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def problems_github(files: Iterable[CheckedFile]) -> str:
    """Return one command a problem, a line each; nothing where there are none."""
    return "".join(_command(each) for file in files for each in file.problems)


def _command(each: Problem) -> str:
    properties = {
        "file": each.file,
        "line": str(each.line),
        "col": str(each.column),
        "title": each.code.value,
    }
    named = ",".join(f"{name}={_escape(text, _PROPERTY)}" for name, text in properties.items())
    hint = f"\n{each.hint[0].upper()}{each.hint[1:]}" if each.hint else ""
    return f"::{each.severity.value} {named}::{_escape(f'{each.message}{hint}', _DATA)}\n"


def _escape(text: str, table: dict[int, str]) -> str:
    return visible(text.translate(table))
