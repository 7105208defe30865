"""What is wrong or doubtful in a protocol file: values with a position and a stable code."""

from __future__ import annotations

from enum import Enum
from typing import Self

from microcare.core.values import value


class Severity(Enum):
    """Whether a problem stops the file from being used."""

    ERROR = "error"
    WARNING = "warning"


class Code(Enum):
    """Stable names of the problems a file can have, each an error unless it says otherwise."""

    _value_: str
    severity: Severity

    def __new__(cls, name: str, severity: Severity = Severity.ERROR) -> Self:
        """Make the name the value; what stands beside it is the severity."""
        code = object.__new__(cls)
        code._value_ = name
        code.severity = severity
        return code

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
    BAN_AT_MOMENT = "ban-at-moment"
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
    UNTOLD = "untold"
    CONFLICT = "conflict", Severity.WARNING
    CONTRADICTED_MAY = "contradicted-may", Severity.WARNING
    NO_EFFECT = "no-effect", Severity.WARNING
    IDLE_EXCEPTION = "idle-exception", Severity.WARNING
    OVER_DAILY_MAX = "over-daily-max", Severity.WARNING
    OTHER_SIDE = "other-side", Severity.WARNING
    OTHER_TIME = "other-time", Severity.WARNING
    OTHER_SPF = "other-spf", Severity.WARNING
    OTHER_DOSE = "other-dose", Severity.WARNING
    OTHER_TOTAL = "other-total", Severity.WARNING
    OTHER_MEDICINE = "other-medicine", Severity.WARNING
    STATE_FOR_A_DAY = "state-for-a-day", Severity.WARNING
    ONE_DATE_MORE = "one-date-more", Severity.WARNING
    NO_SENTENCE = "no-sentence", Severity.WARNING
    NO_SOURCE = "no-source", Severity.WARNING
    UNUSED_FACTOR = "unused-factor", Severity.WARNING
    UNUSED_ANCHOR = "unused-anchor", Severity.WARNING
    UNUSED_TOPIC = "unused-topic", Severity.WARNING
    KNOWN_TOPIC = "known-topic", Severity.WARNING
    CONDITIONAL_ANCHOR = "conditional-anchor", Severity.WARNING
    UNTRANSLATED = "untranslated", Severity.WARNING
    UNREVIEWED = "unreviewed", Severity.WARNING
    LONG_SENTENCE = "long-sentence", Severity.WARNING
    HARD_WORDS = "hard-words", Severity.WARNING


@value
class Subject:
    """What a problem is about: the key of the head under which it stands, and its name there."""

    key: str
    name: str | None = None


@value
class Problem:
    """One problem; `line` and `column` count from 1 and are 1 where the whole file is meant.

    `subjects` is what it is about, where a variant may change that, the nearest cause first.
    """

    file: str
    line: int
    column: int
    code: Code
    message: str
    hint: str | None = None
    subjects: tuple[Subject, ...] = ()

    @property
    def severity(self) -> Severity:
        """That of its code."""
        return self.code.severity


@value
class CheckedFile:
    """A file's text as far as it could be read, and its problems in the order of their positions.

    `bases` are those of the files that it extends, directly or not, that have errors.
    """

    file: str
    text: str
    problems: tuple[Problem, ...]
    bases: tuple[CheckedFile, ...] = ()


def count_problems(files: tuple[CheckedFile, ...], severity: Severity) -> int:
    """Return how many problems of a severity the files have together."""
    return sum(each.severity is severity for file in files for each in file.problems)
