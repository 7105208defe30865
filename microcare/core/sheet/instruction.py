"""One instruction as a value: what a line of a clinic's sheet says, before any date is known."""

from __future__ import annotations

from dataclasses import field
from enum import Enum

from microcare.core.sheet.conditions import Condition
from microcare.core.sheet.points import (
    APPOINTMENT,
    Clock,
    DayTime,
    Edge,
    Offset,
    Point,
    Qualifier,
    Quantity,
    Side,
    find_side,
)
from microcare.core.sheet.verbs import Verb
from microcare.core.values import derived, replace, value


class Strength(Enum):
    """How binding an instruction is."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


class StateRule(Enum):
    """Which end holds where a sheet gives a time and a state ("48 hours or until healed")."""

    LATER = "later"
    EARLIER = "earlier"
    UNSTATED = "unstated"


@value
class Position:
    """Where something stands in a protocol file; `line` and `column` count from 1."""

    file: str
    line: int
    column: int


@value
class Amounts:
    """What an instruction counts beside time.

    `spf_min` is a sun protection factor, inclusive; the others are in the sheet's own words: a
    `dose`, the most that may be taken in a day, the `threshold` from which a symptom counts
    ("above 38 °C"). `by_topic` pairs a topic with amounts of its own.
    """

    spf_min: int | None = None
    dose: str | None = None
    daily_max: str | None = None
    threshold: str | None = None
    by_topic: tuple[tuple[str, Amounts], ...] = ()


@value
class Repetition:
    """How often something is done: `every` in the sheet's words ("2 hours"), how many times in all.

    `count_min` and `count_max` are inclusive and equal where the sheet gives one number.
    `interval` is `every` read. `daily` counts the times a day, least and most; `times` are the
    times of day that the sheet names, in their order. `waking` leaves out the hours of sleep,
    `as_needed` leaves it to the patient, and `in_turn` alternates between the topics.
    """

    every: str | None = None
    count_min: int | None = None
    count_max: int | None = None
    interval: Quantity | None = None
    daily: tuple[int, int] | None = None
    times: tuple[DayTime, ...] = ()
    waking: bool = False
    as_needed: bool = False
    in_turn: bool = False


@value
class Step:
    """One step of a course that changes ("4 times a day for a week, then 3 times"): a taper.

    `length` is in days or longer units; None lasts until the course ends. `amounts` are those of
    the step, None where they are the instruction's own.
    """

    length: Quantity | None
    repetition: Repetition
    amounts: Amounts | None = None


@value
class StatedTimes:
    """A window's times in the sheet's own words, each None where the sheet doesn't state it.

    `whole` is the one time that says all (`at`, `on`, `at-least`) and excludes the others: what
    stands under `from`, `until` and `for`. The treatment's own start and end are no times that a
    sheet states. `hedge` is what the sheet begins `until` with ("by", "no later than"), or the
    `whole` of a minimum interval ("at least"); the words of the time are without it. What a time
    counts from, if not from the treatment, stands in braces by its id: "2 days after {antibiotic}".
    """

    whole: str | None = None
    start: str | None = None
    until: str | None = None
    length: str | None = None
    hedge: str | None = None


@value
class Window:
    """When an instruction holds: from a point until a point, either of which may be unstated.

    `at` is a moment and excludes the other two. `until_state` is the state of the body that ends
    the window ("your skin has healed"), `until_words` an end so vague that it stays words ("a few
    days"). `stated` are the words that the points were read from.
    """

    start: Point | None = None
    until: Point | None = None
    at: Point | None = None
    until_state: str | None = None
    until_rule: StateRule | None = None
    until_words: str | None = None
    stated: StatedTimes = field(default_factory=StatedTimes)

    @derived
    def points(self) -> tuple[Point, ...]:
        """Its points, those that there are: the start, the end and the moment."""
        return tuple(each for each in (self.start, self.until, self.at) if each is not None)


@value
class Instruction:
    """One statement of a clinic's sheet.

    `topics` are vocabulary ids; of a `screen` they are factor ids. `exceptions` are topics that
    the instruction leaves out of the groups it names. `text` is the sentence for the patient,
    `unclear` what the sheet leaves open to them, `note` is for staff only, `source` the place in
    the clinic's own document. `steps` follow one another and stand for the repetition. Three keys
    name persons, in words: `ask_first` whom the patient asks before following the instruction,
    `override_by` who may lift it, `call` whom to call.
    """

    id: str
    verb: Verb
    topics: tuple[str, ...]
    text: str
    position: Position
    window: Window = field(default_factory=Window)
    exceptions: tuple[str, ...] = ()
    stated_as: str | None = None
    condition: Condition | None = None
    strength: Strength = Strength.MUST
    amounts: Amounts | None = None
    repetition: Repetition | None = None
    steps: tuple[Step, ...] = ()
    ask_first: str | None = None
    override_by: str | None = None
    call: str | None = None
    area: str | None = None
    anchor: str = APPOINTMENT
    source: str | None = None
    unclear: str | None = None
    note: str | None = None

    @derived
    def has_last_dose(self) -> bool:
        """Whether a course is over with its last step, or after so many times.

        The window's own end, where it states one, comes first.
        """
        if not self.verb.traits.doses:
            return False
        if self.steps:
            return self.steps[-1].length is not None
        rhythm = self.repetition
        return (
            rhythm is not None
            and rhythm.count_max is not None
            and not rhythm.as_needed
            and bool(rhythm.interval or rhythm.daily or rhythm.times)
        )

    @derived
    def ends_itself(self) -> bool:
        """Whether it is a course's own steps or count, and nothing else, that end it."""
        window = self.window
        stated = (window.at, window.until, window.until_state, window.until_words)
        return self.has_last_dose and all(each is None for each in stated)

    @derived
    def implied_start(self) -> Point | None:
        """Where the window opens: one after the treatment that names no start opens at its end.

        "After" is known from the window's own end, or from an end that only the body can tell.
        """
        window = self.window
        if window.start is not None:
            return window.start
        if window.until is not None:
            return Edge(Side.AFTER) if find_side(window.until) is Side.AFTER else None
        if window.until_state is not None or window.until_words is not None:
            return Edge(Side.AFTER)
        return None

    @derived
    def implied_until(self) -> Point | None:
        """Where the window closes: one before the treatment without an end closes at its start."""
        window = self.window
        if window.until is not None:
            return window.until
        if window.until_state is not None or window.until_words is not None or self.ends_itself:
            return None
        if window.start is not None and find_side(window.start) is Side.BEFORE:
            return Edge(Side.BEFORE)
        return None

    @derived
    def sides(self) -> tuple[Side, ...]:
        """The sides of the treatment on which the window opens and closes, each once.

        One without any time lies on no side: ANY.
        """
        if self.window.at is not None:
            return (find_side(self.window.at),)
        bounds = (self.implied_start, self.implied_until)
        sides = [find_side(point) for point in bounds if point is not None]
        if bounds[0] is not None and bounds[1] is None:
            sides.append(Side.AFTER)
        return tuple(dict.fromkeys(sides)) or (Side.ANY,)

    @derived
    def interval_bounds(self) -> tuple[Offset | Edge, Offset | Edge]:
        """Where a minimum interval begins and ends.

        One on a single side is bounded on the other by the anchor itself. Raises TypeError where it
        counts nothing.
        """
        found = {
            point.side: point
            for point in (self.window.start, self.window.until)
            if isinstance(point, Offset)
        }
        if not found:
            raise TypeError("a minimum interval is counted from the appointment")
        anchor = next(iter(found.values())).anchor
        before = found.get(Side.BEFORE) or Edge(Side.AFTER, anchor)
        return before, found.get(Side.AFTER) or Edge(Side.BEFORE, anchor)

    @derived
    def closes_at_start(self) -> bool:
        """Whether the window closes because the treatment begins, which releases nobody."""
        if self.verb.traits.is_interval:
            return self.window.until is None and self.sides[0] is Side.BEFORE
        until = self.implied_until
        return isinstance(until, Edge) and until.side is Side.BEFORE and until.lies is None

    @derived
    def comes_without(self) -> bool:
        """Whether it names what the patient must come without: a ban at the start itself.

        The loader takes a ban at no other moment, since it would forbid nothing before and after.
        """
        return self.verb.traits.restricts and self.window.at is not None

    @derived
    def is_deadline(self) -> bool:
        """Whether something is to be done by a moment, at whatever time before it."""
        at = self.window.at
        return isinstance(at, Offset | Clock) and at.qualifier is Qualifier.NO_LATER


def find_amounts(
    instruction: Instruction, topics: tuple[str, ...], of_step: Amounts | None = None
) -> Amounts | None:
    """Return the amounts that hold for some of an instruction's topics, in one of its steps.

    Those of a single topic are its own where the sheet gives it any.
    """
    found = instruction.amounts
    if found is not None and found.by_topic:
        chosen = tuple((name, each) for name, each in found.by_topic if name in topics)
        found = chosen[0][1] if len(topics) == len(chosen) == 1 else Amounts(by_topic=chosen)
        found = found if found != Amounts() else None
    if of_step is None or of_step.dose is None:
        return found
    return replace(found, dose=of_step.dose) if found is not None else of_step
