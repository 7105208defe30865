"""The loader's way to speak of problems: the error that holds them, quotes and suggestions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.core.sheet.problems import Code, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Code", "PhraseError", "Problem", "ProtocolError", "Severity", "quote", "suggest"]


class ProtocolError(Exception):
    """A protocol file that can't be used; `problems` are all that was found in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.message for problem in self.problems))


class PhraseError(ValueError):
    """A time that can't be read: `args[0]` says why, `hint` what to write instead.

    `code` is set where the problem is not simply one of time.
    """

    def __init__(self, message: str, hint: str | None = None, code: Code | None = None) -> None:
        super().__init__(message)
        self.hint = hint
        self.code = code


def quote(text: str, most: int = 60) -> str:
    """Return a text in quotes as messages show it: on one line, `most` characters at most."""
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= most else f"“{line[: most - 1]}…”"


def suggest(name: str, known: Iterable[str]) -> str | None:
    """Return a hint that names the nearest of `known`, None where nothing is near."""
    from difflib import get_close_matches  # imported on errors only: start-up counts

    near = get_close_matches(name.lower()[:100], list(known), n=1, cutoff=0.65)
    return f"did you mean “{near[0]}”?" if near else None
