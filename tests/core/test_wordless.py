"""The core words nothing: what a person reads is put into words above it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tests.commands.running import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

CORE = ROOT / "microcare" / "core"

ALLOWED = {
    "sheet/points.py": "the hedges that a protocol file writes, as `at least`",
    "sheet/protocol.py": "what a protocol file writes under `day-1`",
    "plan/planned.py": "the states of the JSON contract",
    "plan/transitions.py": "parts of the identities of a calendar's events, which last",
    "time/bounds.py": "an identity, compared and never shown",
    "time/order.py": "an identity, compared and never shown",
    "values.py": "code that is written for classes",
}
"""Where a text with a space may stand, and why."""


def list_words(file: Path) -> Iterable[str]:
    """Yield the texts with a space in a module, but its docstrings and what it raises."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    passed = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise)
        or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        for part in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            # One space alone folds a text; it says nothing.
            says = " " in node.value and node.value != " "
            if says and id(node) not in passed:
                yield f"{file.name}:{node.lineno}: {node.value!r}"


def is_allowed(file: Path) -> bool:
    """Return whether a module, or its folder, may have texts with a space."""
    place = file.relative_to(CORE)
    return not {place.as_posix(), place.parent.as_posix()}.isdisjoint(ALLOWED)


def test_no_text_of_the_core_is_a_sentence() -> None:
    """Docstrings and the messages of programming errors are for programmers."""
    found = [
        words for file in CORE.rglob("*.py") if not is_allowed(file) for words in list_words(file)
    ]
    assert found == []


@pytest.mark.parametrize("place", ALLOWED)
def test_each_exception_is_needed(place: str) -> None:
    """None stays behind that nothing uses any more."""
    files = [CORE / place] if place.endswith(".py") else sorted((CORE / place).glob("*.py"))
    assert any(words for file in files for words in list_words(file))
