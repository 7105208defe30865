"""The order of places, whatever the appointment, and their extremes, worked out by hand."""

from __future__ import annotations

import pytest

from microcare.core.time.order import (
    Order,
    find_extremes,
    find_range,
    is_known,
    make_opaque_place,
    order_places,
)
from microcare.core.time.places import (
    AT_END,
    AT_START,
    BEGIN,
    END,
    LAST_DATE,
    TO_DATE,
    TREATMENT_DAY,
    Extreme,
    Move,
    Opaque,
    Place,
    Way,
)

_DAY = 24 * 60


def days(count: int, minutes: int = 0) -> Place:
    """Return a place on a day from the treatment's."""
    at = Move(Way.ELAPSE, minutes)
    return TREATMENT_DAY.then(Move(Way.DAYS, count), BEGIN, at)


def months(count: int, shift: int = 0, origin: int = 0) -> Place:
    """Return a place some months from a day, and then some days."""
    moves = (Move(Way.DAYS, origin), Move(Way.MONTHS, count), Move(Way.DAYS, shift))
    return TREATMENT_DAY.then(*moves, BEGIN)


def start(minutes: int) -> Place:
    """Return a place so long after the start."""
    return AT_START.then(Move(Way.ELAPSE, minutes))


def end(minutes: int) -> Place:
    """Return a place so long after the end."""
    return AT_END.then(Move(Way.ELAPSE, minutes))


def days_after(place: Place, count: int) -> Place:
    """Return the beginning of the day so many days after the one on which a place lies."""
    return place.then(TO_DATE, Move(Way.DAYS, count), BEGIN)


ORDERS = [
    (days(-3), start(-72 * 60), Order.LESS),
    (days(4), end(72 * 60), Order.GREATER),
    (days(-1, 21 * 60), start(-_DAY), Order.UNCLEAR),
    (days(-1, 0), AT_START, Order.LESS),
    (days(-1, _DAY), days(0), Order.EQUAL),
    (days(0, _DAY), AT_END, Order.GREATER),
    (AT_START, AT_END, Order.LESS),
    (start(60), AT_END, Order.UNCLEAR),
    (start(_DAY), AT_END, Order.GREATER),
    (start(_DAY - 1), AT_END, Order.UNCLEAR),
    (months(1), days(28), Order.GREATER),
    (months(1), days(30), Order.UNCLEAR),
    (months(1), days(31), Order.LESS),
    (months(1, 1), months(1), Order.GREATER),
    (months(2, -40), months(1), Order.LESS),
    (months(2, -30), months(1), Order.UNCLEAR),
    (months(1, origin=1), months(1, 1), Order.UNCLEAR),
    (months(2, 3), months(1, 2), Order.GREATER),
    # Two hours after may be on the next date, but no later: its second day is D+2 or D+3.
    (days_after(end(120), 2), days(1), Order.GREATER),
    (days_after(end(120), 2), days(2), Order.GREATER),
    (days_after(end(120), 2), days(3), Order.LESS),
    (days_after(end(120), 2), end(48 * 60), Order.UNCLEAR),
    (days_after(end(120), 2), end(50 * 60), Order.LESS),
    (days_after(end(120), 2), days_after(end(180), 2), Order.LESS),
    (days_after(start(-120), 1), days(0), Order.GREATER),
    # What ends at an instant ends on its date, at midnight too; what ends with a day ends on that.
    (end(120).then(LAST_DATE, BEGIN), days_after(end(120), 0), Order.EQUAL),
    (TREATMENT_DAY.then(END, LAST_DATE, BEGIN), days(0), Order.EQUAL),
    (TREATMENT_DAY.then(Move(Way.CLOCK, _DAY), LAST_DATE, BEGIN), days(0), Order.EQUAL),
    # Months from what is itself not a day from D are not followed.
    (end(120).then(TO_DATE, Move(Way.MONTHS, 1), BEGIN), days(0), Order.UNCLEAR),
]


@pytest.mark.parametrize(("left", "right", "expected"), ORDERS)
def test_ordered(left: Place, right: Place, expected: Order) -> None:
    """Only what holds for every appointment is an order."""
    assert order_places(left, right) is expected
    assert order_places(right, left) is expected.mirrored


def test_what_only_words_tell_is_equal_to_itself_alone() -> None:
    """Two days after the end of “until you are well” has no date."""
    healed, well = Place(Opaque("healed")), Place(Opaque("well"))
    assert order_places(healed, healed) is Order.EQUAL
    assert order_places(healed, well) is Order.UNCLEAR
    assert order_places(healed, days_after(healed, 2)) is Order.UNCLEAR
    assert order_places(days_after(healed, 2), days(0)) is Order.UNCLEAR


def test_extremes_of_what_can_be_ordered() -> None:
    """The earliest and the latest, wherever they stand in the list."""
    places = (days(2), days(-1), AT_START, days(5, 60))
    assert find_extremes(places) == (days(-1), days(5, 60))
    assert find_extremes([AT_END]) == (AT_END, AT_END)


def test_extremes_that_depend_on_the_appointment() -> None:
    """Of 9 pm the day before and 24 hours before neither is always the earlier."""
    evening, hours = days(-1, 21 * 60), start(-_DAY)
    first, last = find_extremes([evening, hours])
    assert (first, last) == tuple(
        Place(Extreme((evening, hours), latest)) for latest in (False, True)
    )
    assert order_places(first, last) is order_places(first, evening) is Order.LESS
    assert order_places(last, hours) is Order.GREATER
    assert order_places(first, days(-1)) is Order.GREATER
    assert order_places(last, days(0)) is Order.LESS
    assert find_extremes([evening, hours, days(-5), days(5)]) == (days(-5), days(5))


def test_long_chain_of_unknown_ranges_stays_short() -> None:
    """Each counts from the range before it; the last is as quick to compare as the first."""
    first = last = Place(Opaque("healed"))
    for _ in range(30):
        places = [
            each.then(Move(Way.ELAPSE, count)) for each in (first, last) for count in (60, 120)
        ]
        first, last = find_extremes(places)
    assert not is_known(first)
    assert len(repr(first)) < 100_000
    assert order_places(first, first) is Order.EQUAL
    assert order_places(first, days(0)) is Order.UNCLEAR


def test_words_that_grow_are_told_by_a_digest() -> None:
    """Equal for equal words, and short."""
    long = make_opaque_place("x" * 5000)
    assert long == make_opaque_place("x" * 5000)
    assert long != make_opaque_place("x" * 5001)
    assert len(repr(long)) < 200


@pytest.mark.parametrize(
    ("place", "first", "last"),
    [
        (days(-1, 60), -_DAY + 60, -_DAY + 60),
        (end(120), 120, 120 + _DAY),
        (months(1), 28 * _DAY, 31 * _DAY),
        (months(-6), -184 * _DAY, -181 * _DAY),
        (months(12), 365 * _DAY, 366 * _DAY),
    ],
)
def test_range_of_a_place(place: Place, first: int, last: int) -> None:
    """In minutes from the beginning of D, whatever the date and the time of the appointment."""
    assert find_range(place) == (first, last)


def test_what_only_words_tell_has_no_range() -> None:
    """Nobody is given minutes for “until you are well”."""
    with pytest.raises(ValueError, match="where such a place lies"):
        find_range(make_opaque_place("once you are well"))
