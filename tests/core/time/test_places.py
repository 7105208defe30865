"""Places on the time axis: moved, ordered, and their extremes, worked out by hand."""

from __future__ import annotations

import pytest

from microcare.core.sheet.points import Unit
from microcare.core.time.places import (
    AT_END,
    AT_START,
    DAY_BEGINS,
    DAY_ENDS,
    Basis,
    Order,
    Place,
    begins_day,
    find_extremes,
    move_place,
    open_date,
    order_places,
)


def days(count: int, minutes: int = 0) -> Place:
    """Return a place on a day from the treatment's."""
    return Place(Basis.DAYS, count, minutes=minutes)


def months(count: int, shift: int = 0, origin: int = 0) -> Place:
    """Return a place some months from a day, and then some days."""
    return Place(Basis.MONTHS, count, shift, origin=origin)


MOVES = [
    (AT_START, -2, Unit.HOUR, Place(Basis.START, -120)),
    (AT_END, 30, Unit.MINUTE, Place(Basis.END, 30)),
    (DAY_BEGINS, -3, Unit.DAY, days(-3)),
    (DAY_ENDS, 2, Unit.WEEK, days(15)),
    (days(-1, 21 * 60), 4, Unit.HOUR, days(0, 60)),
    (DAY_BEGINS, -30, Unit.MINUTE, days(-1, 23 * 60 + 30)),
    (days(-1, 21 * 60), 1, Unit.DAY, days(0, 21 * 60)),
    (DAY_BEGINS, 1, Unit.MONTH, months(1)),
    (DAY_ENDS, 1, Unit.YEAR, months(12, origin=1)),
    (days(-2), -6, Unit.MONTH, months(-6, origin=-2)),
    (months(-6), -2, Unit.DAY, months(-6, -2)),
    (months(1), 8, Unit.HOUR, Place(Basis.MONTHS, 1, minutes=480)),
]


@pytest.mark.parametrize(("place", "count", "unit", "expected"), MOVES)
def test_moved(place: Place, count: int, unit: Unit, expected: Place) -> None:
    """Each unit is added to what its basis counts, and nothing moves by nothing."""
    assert move_place(place, count, unit) == expected
    assert move_place(place, 0, unit) == place


@pytest.mark.parametrize(
    ("place", "count", "unit"),
    [(AT_END, 2, Unit.DAY), (AT_START, -1, Unit.MONTH), (months(1), 1, Unit.MONTH)],
)
def test_what_no_basis_can_count_is_other(place: Place, count: int, unit: Unit) -> None:
    """Days from a time of day, and months from months, depend on the appointment."""
    moved = move_place(place, count, unit)
    assert moved.basis is Basis.OTHER
    assert order_places(moved, moved) is Order.EQUAL
    assert order_places(moved, place) is Order.UNCLEAR
    with pytest.raises(ValueError, match="words"):
        _ = moved.extremes


ORDERS = [
    (days(-3), Place(Basis.START, -72 * 60), Order.LESS),
    (days(4), Place(Basis.END, 72 * 60), Order.GREATER),
    (days(-1, 21 * 60), Place(Basis.START, -24 * 60), Order.UNCLEAR),
    (days(-1, 0), Place(Basis.START, 0), Order.LESS),
    (days(-1, 24 * 60), DAY_BEGINS, Order.EQUAL),
    (days(0, 24 * 60), AT_END, Order.GREATER),
    (AT_START, AT_END, Order.LESS),
    (Place(Basis.START, 60), AT_END, Order.UNCLEAR),
    (months(1), days(28), Order.GREATER),
    (months(1), days(30), Order.UNCLEAR),
    (months(1), days(31), Order.LESS),
    (months(1, 1), months(1), Order.GREATER),
    (months(2, -40), months(1), Order.LESS),
    (months(2, -30), months(1), Order.UNCLEAR),
    (months(1, origin=1), months(1, 1), Order.UNCLEAR),
    (months(2, 3), months(1, 2), Order.GREATER),
]


@pytest.mark.parametrize(("left", "right", "expected"), ORDERS)
def test_ordered(left: Place, right: Place, expected: Order) -> None:
    """Only what holds for every appointment is an order."""
    assert order_places(left, right) is expected
    assert order_places(right, left) is expected.mirrored


def test_extremes_of_what_can_be_ordered() -> None:
    """The earliest and the latest, wherever they stand in the list."""
    places = (days(2), days(-1), AT_START, days(5, 60))
    assert find_extremes(places) == (days(-1), days(5, 60))
    assert find_extremes([AT_END]) == (AT_END, AT_END)


def test_extremes_that_depend_on_the_appointment_are_other() -> None:
    """Of 9 pm the day before and 24 hours before neither is always the earlier."""
    evening, hours = days(-1, 21 * 60), Place(Basis.START, -24 * 60)
    first, last = find_extremes([evening, hours])
    assert first.basis is last.basis is Basis.OTHER
    assert find_extremes([evening, hours]) == (first, last)
    assert find_extremes([evening, hours, days(-5), days(5)]) == (days(-5), days(5))


@pytest.mark.parametrize(
    ("place", "date", "whole"),
    [
        (AT_START, DAY_BEGINS, False),
        (AT_END, DAY_BEGINS, False),
        (days(-1, 21 * 60), days(-1), False),
        (days(-1, 24 * 60), days(0), True),
        (days(0, -30), days(-1), False),
        (months(-6), months(-6), True),
    ],
)
def test_date_of_a_place(place: Place, date: Place, whole: bool) -> None:
    """The day on which a place lies, and whether that day begins with it."""
    assert open_date(place) == date
    assert begins_day(place) is whole


def test_date_of_an_hour_is_not_known() -> None:
    """Two hours before an appointment may be the day before."""
    assert open_date(Place(Basis.START, -120)).basis is Basis.OTHER
