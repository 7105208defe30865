"""What is wrong in a protocol file: values with a place, a stable code, a sentence and a hint."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from microcare.core.values import value

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(Enum):
    """Whether a problem stops the file from being used."""

    ERROR = "error"
    WARNING = "warning"


class Code(Enum):
    """Stable names of the problems a file can have."""

    UNREADABLE = "unreadable-file"
    NOT_TEXT = "not-utf8-text"
    TOO_LARGE = "too-large"
    TOO_DEEP = "too-deep"
    YAML = "yaml-syntax"
    ALIAS = "alias-bomb"
    TAG = "yaml-tag"
    DUPLICATE_KEY = "duplicate-key"
    DUPLICATE_ID = "duplicate-id"
    MISSING_KEY = "missing-key"
    UNKNOWN_KEY = "unknown-key"
    WRONG_SHAPE = "wrong-shape"
    EMPTY = "empty-value"
    BAD_VALUE = "bad-value"
    BAD_TIME = "bad-time"
    IMPOSSIBLE_TIME = "impossible-time"
    UNKNOWN_VERB = "unknown-verb"
    SEVERAL_VERBS = "several-verbs"
    MISPLACED_KEY = "misplaced-key"
    UNKNOWN_TOPIC = "unknown-topic"
    UNKNOWN_FACTOR = "unknown-factor"
    UNKNOWN_ANCHOR = "unknown-anchor"
    CYCLE = "cycle"


@value
class Problem:
    """One problem; `line` and `column` count from 1 and are 1 where the whole file is meant."""

    file: str
    line: int
    column: int
    code: Code
    message: str
    hint: str | None = None
    severity: Severity = Severity.ERROR


class ProtocolError(Exception):
    """A protocol file that can't be used; `problems` are all that was found in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.message for problem in self.problems))


def quote(text: str, most: int = 60) -> str:
    """Return a text in quotes as messages show it: on one line, `most` characters at most."""
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= most else f"“{line[: most - 1]}…”"


def suggest(name: str, known: Iterable[str]) -> str | None:
    """Return a hint that names the nearest of `known`, None where nothing is near."""
    from difflib import get_close_matches  # imported on errors only: start-up counts

    near = get_close_matches(name.lower()[:100], list(known), n=1, cutoff=0.6)
    return f"did you mean “{near[0]}”?" if near else None
