"""One instruction with its dates: what the timeline, releases and conflicts are built of."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from microcare.core.values import value

if TYPE_CHECKING:
    from datetime import datetime

    from microcare.core.sheet.conditions import Answer
    from microcare.core.sheet.instruction import Instruction
    from microcare.core.sheet.points import Side
    from microcare.core.time.courses import Dose
    from microcare.core.time.dated import Dated


class Kind(Enum):
    """What an instruction is in time."""

    WINDOW = "window"
    MOMENT = "moment"
    UNDATED = "undated"


class State(Enum):
    """Where an instruction stands at the moment of planning."""

    UPCOMING = "upcoming"
    IN_FORCE = "in force"
    OVER = "over"
    UNDATED = "undated"
    BEGUN_BEFORE_BOOKING = "begun before booking"


@value
class PlannedInstruction:
    """An instruction with its dates, whether it applies and where it stands.

    `sides` are the sides of the treatment on which its window opens and closes, in that order.
    `reason` says why it does not apply and is None unless `applies` is NO. `doses` are those of a
    course, in the order of their times; none where it has no known end, or goes by need.
    """

    instruction: Instruction
    kind: Kind
    sides: tuple[Side, ...]
    dated: Dated
    applies: Answer
    reason: str | None
    state: State
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
    def restricts(self) -> bool:
        """Whether something is forbidden while this holds."""
        return self.instruction.verb.restricts

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
