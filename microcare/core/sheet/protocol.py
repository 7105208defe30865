"""The protocol as a value: what a clinic's sheet says, before any date is known."""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from typing import TYPE_CHECKING

from microcare.core.sheet.points import TIMES_OF_DAY
from microcare.core.values import value

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, timedelta

    from microcare.core.sheet.conditions import Condition, Factor
    from microcare.core.sheet.points import DayTime, Point, Quantity
    from microcare.core.sheet.vocabulary import Topic


class Verb(Enum):
    """What an instruction asks of the patient or the clinic. One per instruction."""

    AVOID = "avoid"
    WAIT_SINCE = "wait-since"
    TAKE = "take"
    USE = "use"
    DO = "do"
    MAY = "may"
    EXPECT = "expect"
    ARRIVE = "arrive"
    TELL = "tell"
    ARRANGE = "arrange"
    SCREEN = "screen"
    CALL_IF = "call-if"
    REPEAT = "repeat"

    @property
    def restricts(self) -> bool:
        """Whether something is forbidden while the instruction holds."""
        return self in {Verb.AVOID, Verb.WAIT_SINCE}

    @property
    def permits(self) -> bool:
        """Whether the instruction is a permission, so that careful means later, not earlier."""
        return self is Verb.MAY

    @property
    def doses(self) -> bool:
        """Whether what is to be done again and again is worked out time by time."""
        return self in {Verb.TAKE, Verb.USE, Verb.DO}


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


class DayOne(Enum):
    """Which date a protocol's "Day 1" is."""

    TREATMENT_DAY = "treatment day"
    NEXT_DAY = "next day"
    UNSTATED = "unstated"


@value
class Position:
    """A place in a protocol file; `line` and `column` count from 1."""

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

    `length` is in whole days or weeks; None lasts until the course ends. `amounts` are those of
    the step, None where they are the instruction's own.
    """

    length: Quantity | None
    repetition: Repetition
    amounts: Amounts | None = None


@value
class Window:
    """When an instruction holds: from a point until a point, either of which may be unstated.

    `at` is a moment and excludes the other two. `until_state` is the state of the body that ends
    the window ("your skin has healed"), `until_words` an end so vague that it stays words ("a few
    days"). `rule` is the time in the protocol's own words.
    """

    start: Point | None = None
    until: Point | None = None
    at: Point | None = None
    until_state: str | None = None
    until_rule: StateRule | None = None
    until_words: str | None = None
    rule: str | None = None


@value
class Instruction:
    """One statement of a clinic's sheet.

    `topics` are vocabulary ids; of a `screen` they are factor ids. `exceptions` are topics that
    the instruction leaves out of the groups it names. `text` is the sentence for the patient,
    `note` is for staff only, `source` the place in the clinic's own document. `steps` follow one
    another and stand for the repetition. Three keys name persons, in words: `ask_first` whom the
    patient asks before following the instruction, `override_by` who may lift it, `call` whom to
    call.
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
    anchor: str = "appointment"
    source: str | None = None
    note: str | None = None

    @property
    def ends_itself(self) -> bool:
        """Whether a course is over with its last step, or after so many times.

        The window's own end, where it states one, comes first.
        """
        if not self.verb.doses:
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


@value
class Clinic:
    """Whom to ask. Every field may be unknown."""

    name: str | None = None
    phone: str | None = None
    address: str | None = None


@value
class Extension:
    """What a variant changes in the protocol that it extends: its `base`, which is in `file`.

    `written` are the keys of the variant's own head. `removed` are instructions of the base,
    `replaced` pairs of the base's and the variant's own; both are in the base's order, `added`
    in the variant's.
    """

    base: Protocol
    file: str
    written: frozenset[str]
    removed: tuple[Instruction, ...] = ()
    replaced: tuple[tuple[Instruction, Instruction], ...] = ()
    added: tuple[Instruction, ...] = ()


@value
class Protocol:
    """One clinic's variant of one procedure, as its file says it.

    `notes` are for staff and hold for the whole protocol. `topics` and `factors` are the
    vocabulary that the file may use: the built-in one and its own additions. `anchors` are the
    labels of events at the appointment ("the peel") that times may be counted from.
    `times_of_day` are the parts of the day by name, and "waking", the hours awake. A variant is
    whole: what it takes from its base stands in it, and `extends` tells it from its own.
    """

    id: str
    title: str
    procedure: str
    version: str
    day_one: DayOne
    instructions: tuple[Instruction, ...]
    topics: Mapping[str, Topic]
    factors: Mapping[str, Factor]
    anchors: Mapping[str, str] = field(default_factory=dict)
    times_of_day: Mapping[str, DayTime] = field(default_factory=lambda: TIMES_OF_DAY)
    clinic: Clinic = field(default_factory=Clinic)
    revised: date | None = None
    language: str = "en"
    time_zone: str | None = None
    duration: timedelta | None = None
    document: str | None = None
    notes: tuple[str, ...] = ()
    extends: Extension | None = None
