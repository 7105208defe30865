"""The problems of files: as JSON, `microcare.check/1`, and as workflow commands for GitHub."""

from __future__ import annotations

from collections.abc import Iterable

from microcare.core.sheet.problems import CheckedFile, Problem
from microcare.export.data.json_text import json_text
from microcare.wording.safe import visible

_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def problems_json(files: Iterable[CheckedFile]) -> str:
    """Return the problems as JSON text, pure ASCII, ending in a line break."""
    listed = [
        {
            "file": each.file,
            "line": each.line,
            "column": each.column,
            "code": each.code.value,
            "severity": each.severity.value,
            "message": each.message,
            "hint": each.hint,
        }
        for file in files
        for each in file.problems
    ]
    return json_text({"format": "microcare.check/1", "problems": listed})


def problems_github(files: Iterable[CheckedFile]) -> str:
    """Return one workflow command a problem, which GitHub shows beside the lines of a change."""
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
