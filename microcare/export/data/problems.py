"""The problems of files as JSON: `microcare.check/1`."""

from __future__ import annotations

import json
from collections.abc import Iterable

from microcare.core.sheet.problems import CheckedFile


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
    return json.dumps({"format": "microcare.check/1", "problems": listed}, indent=2) + "\n"
