"""One instruction with its dates: what days, releases and conflicts are built of."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from microcare.core.plan.treatments import Treatment
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.points import Side
from microcare.core.time.appointment import Appointment
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

    # As of Answer: keys are made of them.
    __hash__ = object.__hash__


class End(Enum):
    """What ends a window; a state or words are of no date."""

    UNSTATED = "unstated"
    TREATMENT = "treatment"
    TREATMENT_OVER = "treatment-over"
    DATE = "date"
    AT_LEAST = "at-least"
    DATE_OR_LATER = "date-or-later"
    STATE = "state"
    STATE_AFTER_DATE = "state-after-date"
    STATE_OR_DATE = "state-or-date"
    WORDS = "words"
    WORDS_AFTER_DATE = "words-after-date"


@value
class Overruled:
    """A time `[start, until)`, in UTC, for which bans forbid what a rule asks for or allows.

    None is open on that side. `by` are those of the bans that end last; `starts_with_day` is
    whether the bans begin with a whole day.
    """

    topic: str
    start: datetime | None
    until: datetime | None
    by: tuple[PlannedInstruction, ...]
    starts_with_day: bool = False

    def holds_at(self, instant: datetime) -> bool:
        """Return whether the bans hold just after an instant."""
        return (self.start is None or self.start <= instant) and (
            self.until is None or self.until > instant
        )


@value
class PlannedInstruction:
    """An instruction of a treatment with its dates, whether it applies and where it stands.

    `reason` says why it does not apply: the factors that settle it, each with its answer; empty
    unless `applies` is NO. `end` is what ends it; None of a moment, of what has no date, and of a
    course that ends itself. `doses` are those of a course, in the order of their times; none where
    it has no known end, or goes by need. What is `overruled` is in force and governs nobody: its
    doses then are left out. What is `doubted` a ban forbids that begins later and depends on an
    answer.
    """

    instruction: Instruction
    treatment: Treatment
    kind: Kind
    dated: Dated
    applies: Answer
    reason: tuple[tuple[str, bool], ...]
    standing: Standing
    end: End | None
    doses: tuple[Dose, ...] = ()
    overruled: tuple[Overruled, ...] = ()
    doubted: tuple[Overruled, ...] = ()

    @property
    def visit(self) -> Appointment:
        """The appointment from which its times are counted."""
        return self.treatment.visit

    @property
    def side(self) -> Side:
        """The side of the treatment on which the window opens."""
        return self.instruction.sides[0]

    @property
    def is_dated(self) -> bool:
        """Whether any date is known of it."""
        return (self.dated.start or self.dated.until or self.dated.until_at_least) is not None

    @property
    def states_time(self) -> bool:
        """Whether its sheet names a point in time, known for this appointment or not."""
        return bool(self.instruction.window.points)

    @property
    def shortest_end(self) -> datetime | None:
        """The nearer end, after which a ban is only perhaps over; None where there is one end."""
        if self.end is End.WORDS_AFTER_DATE:
            return self.dated.until
        return self.dated.until_at_least

    @property
    def lacks_end(self) -> bool:
        """Whether nobody stated its end, and that leaves the patient in doubt."""
        return self.end is End.UNSTATED and self.instruction.verb.traits.needs_end

    @property
    def restricts(self) -> bool:
        """Whether something is forbidden while this holds."""
        return self.instruction.verb.traits.restricts

    @property
    def comes_without(self) -> bool:
        """Whether it forbids something until the treatment, on its day: "come with clean skin"."""
        return self.instruction.comes_without and self.dated.start is not None

    @property
    def holds_already(self) -> bool:
        """Whether it holds from now on, or has to be done by a date: no beginning is stated."""
        return self.kind is Kind.WINDOW and self.dated.start is None

    def holds_between(self, opens: datetime, closes: datetime) -> bool:
        """Return whether a window is open at any instant of `[opens, closes)`."""
        start, until = self.dated.start, self.dated.until
        return (
            self.kind is Kind.WINDOW
            and (start is None or start < closes)
            and (until is None or until > opens)
        )

    def is_overruled_for(self, topic: str, instant: datetime | None) -> bool:
        """Return whether bans forbid one of its topics just after an instant."""
        return instant is not None and any(
            each.topic == topic and each.holds_at(instant) for each in self.overruled
        )

    def is_overruled(self, instant: datetime | None) -> bool:
        """Return whether bans forbid all its topics just after an instant, or throughout (None)."""
        found = {
            each.topic
            for each in self.overruled
            if (each.start in (None, self.dated.start) and each.until in (None, self.dated.until))
            or (instant is not None and each.holds_at(instant))
        }
        return found.issuperset(self.instruction.topics)


def find_end(instruction: Instruction, dated: Dated) -> End | None:
    """Return what ends an instruction with its dates; None where nothing is to be told."""
    window, restricts = instruction.window, instruction.verb.traits.restricts
    first = dated.start or dated.until or dated.until_at_least
    if window.at is not None or first is None:
        return None
    vague = window.until_words is not None and restricts
    if dated.ends_with_treatment and window.until_state is None and not vague:
        return End.TREATMENT_OVER
    if window.until_state is not None:
        if dated.until is not None:
            return End.STATE_OR_DATE
        return End.STATE if dated.until_at_least is None else End.STATE_AFTER_DATE
    if dated.until is None:
        if window.until_words is not None:
            return End.WORDS
        return None if instruction.ends_itself else End.UNSTATED
    if instruction.closes_at_start:
        return End.TREATMENT
    return _find_dated_end(dated, in_words=vague)


def _find_dated_end(dated: Dated, *, in_words: bool) -> End:
    if in_words:
        return End.WORDS_AFTER_DATE
    if dated.until_at_least is None:
        return End.DATE
    return End.AT_LEAST if dated.until_at_least == dated.until else End.DATE_OR_LATER
