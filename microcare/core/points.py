"""Points in time as a sheet names them: an anchor, an offset, a side of the treatment."""

from __future__ import annotations

from enum import Enum

from microcare.core.values import value


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
        return self in {Unit.MINUTE, Unit.HOUR}


class Side(Enum):
    """Where something stands to the treatment (HL7 FHIR: before-start, after-end)."""

    BEFORE = "before"
    DAY_OF = "day-of"
    AFTER = "after"
    ANY = "any"


class Qualifier(Enum):
    """How a sheet hedges an offset."""

    AT_LEAST = "at least"
    UP_TO = "up to"
    WITHIN = "within"
    IF_POSSIBLE = "if possible"


@value
class Quantity:
    """A number of units, `least` to `most`, both inclusive and equal where there is one number."""

    least: int
    most: int
    unit: Unit


@value
class Offset:
    """A time counted from an anchor: "5 to 7 days before", "3 days after, if possible 10".

    `side` is BEFORE or AFTER. Under IF_POSSIBLE `quantity.least` is what must be and
    `quantity.most` what should be, or the other way round where the lower is the wish;
    either way both ends stand. `named` is a whole day that is only told by its distance ("on the
    3rd day after"), so that it is always in; a day that is merely counted may be left out.
    """

    quantity: Quantity
    side: Side
    anchor: str = "appointment"
    qualifier: Qualifier | None = None
    named: bool = False


@value
class Edge:
    """The appointment's own start (`side` BEFORE) or end (`side` AFTER)."""

    side: Side
    anchor: str = "appointment"


@value
class RelativeDay:
    """A whole calendar day named by its distance: treatment day is 0, "the day before" is -1."""

    days: int
    anchor: str = "appointment"


@value
class NumberedDay:
    """A day that the sheet numbers ("Day 2"); which date it is depends on the protocol."""

    number: int
    anchor: str = "appointment"


Point = Offset | Edge | RelativeDay | NumberedDay


def point_side(point: Point) -> Side:
    """Return the side of the treatment on which a point lies."""
    match point:
        case Offset(side=side) | Edge(side=side):
            return side
        case RelativeDay(days=days):
            return Side.DAY_OF if days == 0 else Side.BEFORE if days < 0 else Side.AFTER
        case NumberedDay():
            return Side.AFTER


def is_wish(point: Point | None) -> bool:
    """Return whether the further end of a range is only wished for ("if possible")."""
    return isinstance(point, Offset) and point.qualifier is Qualifier.IF_POSSIBLE
