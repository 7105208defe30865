"""Points in time as a sheet names them: an anchor, an offset, a side of the treatment."""

from __future__ import annotations

from enum import Enum

from microcare.core.values import value

APPOINTMENT = "appointment"
"""The anchor that times count from where a sheet names no other."""

DAY_MINUTES = 24 * 60
"""The midnight at a day's end, in minutes from the one at its beginning."""


class Unit(Enum):
    """The units a sheet counts in. Minutes and hours elapse; the others are calendar days."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"

    @property
    def elapses(self) -> bool:
        """Whether the unit is elapsed time rather than whole calendar days."""
        return self is Unit.MINUTE or self is Unit.HOUR


class Side(Enum):
    """Where something stands to the treatment (HL7 FHIR: before-start, after-end)."""

    BEFORE = "before"
    DAY_OF = "day-of"
    AFTER = "after"
    ANY = "any"

    # What is compared is looked up by it thousands of times, and Enum's own is written in Python.
    __hash__ = object.__hash__


class Qualifier(Enum):
    """How a sheet hedges an offset."""

    AT_LEAST = "at least"
    UP_TO = "up to"
    WITHIN = "within"
    IF_POSSIBLE = "if possible"
    NOT_BEFORE = "not before"
    NO_LATER = "no later than"


@value
class Quantity:
    """A number of units, `least` to `most`, both inclusive and equal where there is one number."""

    least: int
    most: int
    unit: Unit


@value
class DayTime:
    """A time of day, or a part of the day: minutes from midnight, `least` to `most`.

    Both are inclusive and equal for one time; DAY_MINUTES is the midnight at the day's end. `name`
    is that of a part ("evening"), None where a clock time is given.
    """

    least: int
    most: int
    name: str | None = None

    @property
    def is_late(self) -> bool:
        """Whether it is an evening, a night or a bedtime."""
        return self.name in _LATE_PARTS

    @property
    def ends(self) -> tuple[int, int]:
        """Both, from the midnight of the day to which it belongs; beyond DAY_MINUTES is the next.

        An evening, a night or a bedtime that is set before 6:00 belongs to the evening it ends.
        """
        if self.is_late and self.least < _SMALL_HOURS:
            return self.least + DAY_MINUTES, self.most + DAY_MINUTES
        return self.least, self.most


_HOUR = 60
_LATE_PARTS = frozenset({"evening", "night", "bedtime"})
_SMALL_HOURS = 6 * _HOUR

TIMES_OF_DAY: dict[str, DayTime] = {
    name: DayTime(least * _HOUR, most * _HOUR, name)
    for name, least, most in (
        ("morning", 6, 12),
        ("noon", 12, 12),
        ("afternoon", 12, 18),
        ("evening", 18, 22),
        ("night", 18, 24),
        ("bedtime", 22, 22),
        ("waking", 8, 22),
    )
}
"""The parts of the day, where a protocol doesn't set its own; "waking" is when people are awake."""


@value
class Offset:
    """A time counted from an anchor: "5 to 7 days before", "3 days after, if possible 10".

    `side` is BEFORE or AFTER. Under IF_POSSIBLE `quantity.least` is what must be and
    `quantity.most` what should be, or the other way round where the lower is the wish;
    either way both ends stand. `named` is a whole day that is only told by its distance ("on the
    3rd day after"), so that it is always in; a day that is merely counted may be left out.

    `anchor` is the appointment, an event at it that the protocol names, or the id of another
    instruction. What lies before an anchor counts from its start, what lies after it from its
    end, unless `counted_from` says otherwise. `lies` is the side of the treatment on which the
    point lies, where it is not `side`: an hour after an instruction may be days before it.
    """

    quantity: Quantity
    side: Side
    anchor: str = APPOINTMENT
    qualifier: Qualifier | None = None
    named: bool = False
    counted_from: Side | None = None
    lies: Side | None = None


@value
class Edge:
    """The start (`side` BEFORE) or the end (`side` AFTER) of the appointment or another anchor.

    `lies` is the side of the treatment on which another instruction's edge lies.
    """

    side: Side
    anchor: str = APPOINTMENT
    lies: Side | None = None


@value
class RelativeDay:
    """A whole calendar day named by its distance: treatment day is 0, "the day before" is -1.

    `lies` is the side of the treatment on which a day near another instruction lies.
    """

    days: int
    anchor: str = APPOINTMENT
    lies: Side | None = None


@value
class NumberedDay:
    """A day that the sheet numbers ("Day 2"); which date it is depends on the protocol."""

    number: int
    anchor: str = APPOINTMENT


@value
class Clock:
    """A time of day, or a part of one, on a day: "21:00 the day before", "the morning of day 2".

    A whole part has two ends, as a range has. `qualifier` is NOT_BEFORE, NO_LATER or None.
    """

    day: Offset | RelativeDay | NumberedDay
    time: DayTime
    qualifier: Qualifier | None = None

    @property
    def anchor(self) -> str:
        """What the day is counted from."""
        return self.day.anchor


@value
class Length:
    """The end of a window that lasts so long ("for 5 days"), counted from its own beginning.

    `lies` is the side of the treatment on which the window ends.
    """

    quantity: Quantity
    qualifier: Qualifier | None = None
    lies: Side = Side.AFTER
    anchor: str = APPOINTMENT


Point = Offset | Edge | RelativeDay | NumberedDay | Clock | Length


def find_side(point: Point) -> Side:
    """Return the side of the treatment on which a point lies."""
    match point:
        case Offset(lies=Side() as lies) | Edge(lies=Side() as lies):
            return lies
        case RelativeDay(lies=Side() as lies) | Length(lies=lies):
            return lies
        case Offset(side=side) | Edge(side=side):
            return side
        case RelativeDay(days=days):
            return Side.DAY_OF if days == 0 else Side.BEFORE if days < 0 else Side.AFTER
        case NumberedDay():
            return Side.AFTER
        case Clock(day=day):
            return find_side(day)


def is_whole_day(point: Point) -> bool:
    """Return whether a point is a calendar day rather than an instant."""
    match point:
        case Offset(quantity=quantity):
            return not quantity.unit.elapses
        case RelativeDay() | NumberedDay():
            return True
        case Edge() | Clock() | Length():
            return False


def is_numbered(point: Point | None) -> bool:
    """Return whether a point is a day that the sheet numbers, or a time of such a day."""
    return isinstance(point.day if isinstance(point, Clock) else point, NumberedDay)


def is_part_of_day(point: Point | None) -> bool:
    """Return whether a point is a whole part of a day ("the evening before"), not one time."""
    return isinstance(point, Clock) and point.time.least != point.time.most


def is_wish(point: Point | None) -> bool:
    """Return whether the further end of a range is only wished for ("if possible")."""
    return isinstance(point, Offset) and point.qualifier is Qualifier.IF_POSSIBLE


def find_hedge(point: Point | None) -> Qualifier | None:
    """Return what a sheet hedges a point with, None where it is sure."""
    return point.qualifier if isinstance(point, Offset | Clock | Length) else None
