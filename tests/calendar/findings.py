"""What the calendar lint can find: stable codes, and a finding with its line and a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Code(Enum):
    """Stable names of the faults that a calendar file can have."""

    # The file as bytes.
    TOO_LARGE = "too-large"
    BYTE_ORDER_MARK = "byte-order-mark"
    NOT_TEXT = "not-utf8-text"
    BARE_CR = "bare-cr"
    BARE_LF = "bare-lf"
    NO_FINAL_NEWLINE = "no-final-newline"
    EMPTY_LINE = "empty-line"
    LONG_LINE = "long-line"
    TRAILING_BLANK = "trailing-blank"
    SPLIT_CHARACTER = "split-character"
    CONTROL_CHARACTER = "control-character"
    REORDERING_CHARACTER = "reordering-character"
    # The grammar of a line.
    BAD_LINE = "bad-line"
    BAD_PARAMETER = "bad-parameter"
    LOWERCASE_NAME = "lowercase-name"
    # What stands in what, and in which order.
    NO_CALENDAR = "no-calendar"
    AFTER_CALENDAR = "after-calendar"
    BAD_NESTING = "bad-nesting"
    MISPLACED_COMPONENT = "misplaced-component"
    LATE_PROPERTY = "property-after-component"
    NO_EVENT = "no-event"
    MISSING_PROPERTY = "missing-property"
    DUPLICATE_PROPERTY = "duplicate-property"
    UNKNOWN_PROPERTY = "unknown-property"
    FORBIDDEN_PROPERTY = "forbidden-property"
    # Values.
    BAD_VALUE = "bad-value"
    BAD_ESCAPE = "bad-escape"
    RAW_SEPARATOR = "raw-separator"
    HTML = "html-text"
    BAD_UID = "bad-uid"
    DUPLICATE_UID = "duplicate-uid"
    NOT_PRIVATE = "not-private"
    # Times.
    BAD_STAMP = "bad-stamp"
    BAD_TIME = "bad-time"
    BAD_DURATION = "bad-duration"
    MISSING_END = "missing-end"
    END_AND_DURATION = "end-and-duration"
    MIXED_TYPES = "mixed-types"
    ENDS_TOO_EARLY = "ends-too-early"
    BLOCKS_TIME = "blocks-time"
    NOT_STAMP = "not-stamp"
    # Alarms.
    MANY_ALARMS = "many-alarms"
    BAD_ACTION = "bad-action"
    BAD_TRIGGER = "bad-trigger"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault; `line` counts the lines of the file from 1, continuations included."""

    line: int
    code: Code
    sentence: str

    def __str__(self) -> str:
        return f"{self.line}: {self.code.value}: {self.sentence}"
