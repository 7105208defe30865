"""Points as places: what each form counts, and the earliest and the latest it can mean."""

from __future__ import annotations

import pytest

from microcare.core.sheet.points import (
    Clock,
    DayTime,
    Edge,
    Length,
    NumberedDay,
    Offset,
    Point,
    Qualifier,
    Quantity,
    RelativeDay,
    Side,
    Unit,
)
from microcare.core.sheet.protocol import DayOne
from microcare.core.time.placer import PlacedAnchor, Placer
from microcare.core.time.places import AT_END, AT_START, Basis, Place

BEFORE, AFTER = Side.BEFORE, Side.AFTER
EVENING = DayTime(18 * 60, 22 * 60, "evening")


def days(count: int, minutes: int = 0) -> Place:
    """Return a place on a day from the treatment's."""
    return Place(Basis.DAYS, count, minutes=minutes)


def counted(count: int, unit: Unit, side: Side, anchor: str = "appointment") -> Offset:
    """Return a time counted from an anchor."""
    return Offset(Quantity(count, count, unit), side, anchor)


PLACER = Placer(
    DayOne.NEXT_DAY, {"dose": PlacedAnchor(*[(days(-1, 1080),)] * 2, *[(days(-1),)] * 2)}
)
"""With a dose at 18:00 the day before, which takes no time."""

POINTS = [
    (Edge(BEFORE), AT_START, AT_START),
    (counted(2, Unit.HOUR, AFTER), Place(Basis.END, 120), Place(Basis.END, 120)),
    # A day opens with its first instant and closes with its last.
    (counted(3, Unit.DAY, BEFORE), days(-3), days(-2)),
    (counted(1, Unit.WEEK, AFTER), days(7), days(8)),
    (RelativeDay(-1), days(-1), days(0)),
    (NumberedDay(2), days(2), days(3)),
    (Clock(RelativeDay(0), DayTime(0, 0)), days(0), days(0)),
    (counted(2, Unit.HOUR, BEFORE, "dose"), days(-1, 960), days(-1, 960)),
    (counted(2, Unit.DAY, AFTER, "dose"), days(1), days(2)),
]


@pytest.mark.parametrize(("point", "opens", "closes"), POINTS)
def test_point_of_one_reading(point: Point, opens: Place, closes: Place) -> None:
    """Hours count from an edge, days from a date; an instant opens where it closes."""
    assert PLACER.place(point, closing=False) == (opens, opens)
    assert PLACER.place(point, closing=True) == (closes, closes)


@pytest.mark.parametrize(
    ("point", "first", "last"),
    [
        (Offset(Quantity(5, 7, Unit.DAY), BEFORE), days(-7), days(-5)),
        (Clock(RelativeDay(-1), EVENING), days(-1, 1080), days(-1, 1320)),
        (Offset(Quantity(2, 2, Unit.DAY), AFTER, qualifier=Qualifier.WITHIN), AT_END, days(2)),
    ],
)
def test_point_of_two_readings(point: Point, first: Place, last: Place) -> None:
    """A range, a part of a day, and what lies within a time: the earlier comes first."""
    assert PLACER.place(point, closing=False) == (first, last)


def test_unstated_day_1_is_either() -> None:
    """Day 2 is D+1 or D+2."""
    placer = Placer(DayOne.UNSTATED, {})
    assert placer.place(NumberedDay(2), closing=False) == (days(1), days(2))


def test_counted_day_may_be_left_out() -> None:
    """A waiting time opens after the day that it counts; a day that is named is always in."""
    third = counted(3, Unit.DAY, BEFORE)
    named = Offset(third.quantity, BEFORE, named=True)
    assert PLACER.place(third, closing=False, skip_counted=True) == (days(-2), days(-2))
    assert PLACER.place(named, closing=False, skip_counted=True) == (days(-3), days(-3))


@pytest.mark.parametrize(
    ("start", "opens", "closes"),
    [
        # The first of five whole days is the one with which it begins.
        (RelativeDay(1), days(1), days(6)),
        # Begun within a day it holds through the fifth day after that one.
        (Clock(RelativeDay(1), DayTime(480, 480)), days(1, 480), days(7)),
        (Edge(AFTER), AT_END, days(6)),
    ],
)
def test_days_that_a_window_lasts(start: Point, opens: Place, closes: Place) -> None:
    """Five days from a whole day, from a clock time and from the treatment."""
    length = Length(Quantity(5, 5, Unit.DAY))
    assert PLACER.place_length(length, start, [opens]) == (closes, closes)


def test_days_from_an_hour_depend_on_the_appointment() -> None:
    """Two hours after may be on the next date, so that nobody knows which days are meant."""
    opens = Place(Basis.END, 120)
    found, _ = PLACER.place_length(
        Length(Quantity(5, 5, Unit.DAY)), counted(2, Unit.HOUR, AFTER), [opens]
    )
    assert found.basis is Basis.OTHER
