"""The protocol as a value: what a clinic's sheet says, before any date is known."""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from typing import TYPE_CHECKING

from microcare.core.values import value

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, timedelta

    from microcare.core.conditions import Condition, Factor
    from microcare.core.points import Point
    from microcare.core.vocabulary import Topic


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

    `spf_min` is a sun protection factor, inclusive; `dose` is the sheet's own words.
    """

    spf_min: int | None = None
    dose: str | None = None


@value
class Repetition:
    """How often something is done: `every` in words ("2 hours"), how many times in all.

    `count_min` and `count_max` are inclusive and equal where the sheet gives one number.
    """

    every: str | None = None
    count_min: int | None = None
    count_max: int | None = None


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
    `note` is for staff only, `source` the place in the clinic's own document.
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
    area: str | None = None
    anchor: str = "appointment"
    source: str | None = None
    note: str | None = None


@value
class Clinic:
    """Whom to ask. Every field may be unknown."""

    name: str | None = None
    phone: str | None = None
    address: str | None = None


@value
class Protocol:
    """One clinic's variant of one procedure, as its file says it.

    `notes` are for staff and hold for the whole protocol. `topics` and `factors` are the
    vocabulary that the file may use: the built-in one and its own additions. `anchors` are the
    labels of events at the appointment ("the peel") that times may be counted from.
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
    clinic: Clinic = field(default_factory=Clinic)
    revised: date | None = None
    language: str = "en"
    time_zone: str | None = None
    duration: timedelta | None = None
    document: str | None = None
    notes: tuple[str, ...] = ()
