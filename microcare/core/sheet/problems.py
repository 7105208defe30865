"""What is wrong or doubtful in a protocol file: values with a place and a stable code."""

from __future__ import annotations

from enum import Enum

from microcare.core.values import value


class Severity(Enum):
    """Whether a problem stops the file from being used."""

    ERROR = "error"
    WARNING = "warning"


class Code(Enum):
    """Stable names of the problems a file can have; those from CONFLICT on are warnings."""

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
    UNKNOWN_INSTRUCTION = "unknown-instruction"
    UNUSABLE_BASE = "unusable-base"
    CYCLE = "cycle"
    TOO_MANY_DOSES = "too-many-doses"
    CONFLICT = "conflict"
    CONTRADICTED_MAY = "contradicted-may"
    NO_EFFECT = "no-effect"
    IDLE_EXCEPTION = "idle-exception"
    OVER_DAILY_MAX = "over-daily-max"
    NO_SENTENCE = "no-sentence"
    NO_SOURCE = "no-source"
    UNUSED_FACTOR = "unused-factor"
    UNUSED_ANCHOR = "unused-anchor"
    UNUSED_TOPIC = "unused-topic"
    KNOWN_TOPIC = "known-topic"
    CONDITIONAL_ANCHOR = "conditional-anchor"
    LONG_SENTENCE = "long-sentence"
    HARD_WORDS = "hard-words"


WARNINGS = frozenset(list(Code)[list(Code).index(Code.CONFLICT) :])
"""The codes that don't stop a file from being used."""


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


@value
class CheckedFile:
    """A file's text as far as it could be read, and its problems in the order of their places.

    `bases` are those of the files that it extends, directly or not, that have errors.
    """

    file: str
    text: str
    problems: tuple[Problem, ...]
    bases: tuple[CheckedFile, ...] = ()


def count_problems(files: tuple[CheckedFile, ...], severity: Severity) -> int:
    """Return how many problems of a severity the files have together."""
    return sum(each.severity is severity for file in files for each in file.problems)
