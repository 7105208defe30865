"""One instruction with its dates: what days, releases and conflicts are built of."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.implied import closes_at_start, ends_itself
from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.points import Side
from microcare.core.time.dated import Dated
from microcare.core.values import value

if TYPE_CHECKING:
    from microcare.core.time.courses import Dose


class Kind(Enum):
    """What an instruction is in time."""

    WINDOW = "window"
    MOMENT = "moment"
    UNDATED = "undated"


class Standing(Enum):
    """Where an instruction stands at the moment of planning."""

    UPCOMING = "upcoming"
    IN_FORCE = "in force"
    OVER = "over"
    UNDATED = "undated"
    BEGUN_BEFORE_BOOKING = "begun before booking"


class End(Enum):
    """What ends a window; a state or words are of no date."""

    UNSTATED = "unstated"
    TREATMENT = "treatment"
    DATE = "date"
    DATE_OR_LATER = "date-or-later"
    STATE = "state"
    STATE_AFTER_DATE = "state-after-date"
    STATE_OR_DATE = "state-or-date"
    WORDS = "words"


@value
class PlannedInstruction:
    """An instruction with its dates, whether it applies and where it stands.

    `sides` are the sides of the treatment on which its window opens and closes, in that order.
    `reason` says why it does not apply: the factors that settle it, each with its answer; empty
    unless `applies` is NO. `doses` are those of a course, in the order of their times; none where
    it has no known end, or goes by need.
    """

    instruction: Instruction
    kind: Kind
    sides: tuple[Side, ...]
    dated: Dated
    applies: Answer
    reason: tuple[tuple[str, bool], ...]
    standing: Standing
    doses: tuple[Dose, ...] = ()

    @property
    def side(self) -> Side:
        """The side of the treatment on which the window opens."""
        return self.sides[0]

    @property
    def is_dated(self) -> bool:
        """Whether any date is known of it."""
        return (self.dated.start or self.dated.until or self.dated.until_at_least) is not None

    @property
    def end(self) -> End | None:
        """What ends it; None of a moment, of what has no date, and of a course that ends itself."""
        dated, window = self.dated, self.instruction.window
        if window.at is not None or not self.is_dated:
            return None
        if window.until_state is not None:
            if dated.until is not None:
                return End.STATE_OR_DATE
            return End.STATE if dated.until_at_least is None else End.STATE_AFTER_DATE
        if dated.until is None:
            if window.until_words is not None:
                return End.WORDS
            return None if ends_itself(self.instruction) else End.UNSTATED
        if closes_at_start(self.instruction):
            return End.TREATMENT
        return End.DATE if dated.until_at_least is None else End.DATE_OR_LATER

    @property
    def restricts(self) -> bool:
        """Whether something is forbidden while this holds."""
        return self.instruction.verb.traits.restricts

    def holds_between(self, opens: datetime, closes: datetime) -> bool:
        """Return whether a window is open at any instant of `[opens, closes)`."""
        start, until = self.dated.start, self.dated.until
        return (
            self.kind is Kind.WINDOW
            and (start is None or start < closes)
            and (until is None or until > opens)
        )

    def holds_at(self, instant: datetime) -> bool:
        """Return whether this forbids or asks something at an instant; undated always does."""
        if self.kind is Kind.UNDATED:
            return True
        start, until = self.dated.start, self.dated.until
        return (
            self.kind is Kind.WINDOW
            and (start is None or start <= instant)
            and (until is None or until > instant)
        )
