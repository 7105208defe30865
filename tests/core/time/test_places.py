"""Times of a sheet as places: what each form counts, and every reading that it can have."""

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
from microcare.core.time.places import (
    AT_END,
    AT_START,
    BEGIN,
    END,
    TO_DATE,
    TREATMENT_DAY,
    Move,
    Place,
    PlaceReader,
    Way,
)
from tests.samples import entry, protocol

BEFORE, AFTER = Side.BEFORE, Side.AFTER
EVENING = DayTime(18 * 60, 22 * 60, "evening")
READER = PlaceReader(DayOne.NEXT_DAY, {"dose"})
"""With an instruction called "dose" that times may count from."""


def days(count: int) -> Move:
    """Return a move by days."""
    return Move(Way.DAYS, count)


def elapse(minutes: int) -> Move:
    """Return a move by minutes."""
    return Move(Way.ELAPSE, minutes)


def clock(minutes: int) -> Move:
    """Return a move to a time of day."""
    return Move(Way.CLOCK, minutes)


def counted(count: int, unit: Unit, side: Side, anchor: str = "appointment") -> Offset:
    """Return a time counted from an anchor."""
    return Offset(Quantity(count, count, unit), side, anchor)


DOSE_STARTS, DOSE_ENDS = (Place(Edge(side, "dose")) for side in (BEFORE, AFTER))

POINTS = [
    (Edge(BEFORE), AT_START),
    (Edge(AFTER, "photos"), AT_END),
    (Edge(AFTER, "dose", Side.BEFORE), DOSE_ENDS),
    (counted(2, Unit.HOUR, AFTER), AT_END.then(elapse(120))),
    (counted(20, Unit.MINUTE, BEFORE), AT_START.then(elapse(-20))),
    (counted(3, Unit.DAY, BEFORE), AT_START.then(TO_DATE, days(-3))),
    (counted(1, Unit.WEEK, AFTER), AT_END.then(TO_DATE, days(7))),
    (counted(1, Unit.YEAR, BEFORE), AT_START.then(TO_DATE, Move(Way.MONTHS, -12))),
    (counted(2, Unit.DAY, AFTER, "dose"), DOSE_ENDS.then(TO_DATE, days(2))),
    (RelativeDay(0), TREATMENT_DAY),
    (RelativeDay(-1), TREATMENT_DAY.then(days(-1))),
    (RelativeDay(1, "dose"), DOSE_ENDS.then(TO_DATE, days(1))),
    (NumberedDay(2), TREATMENT_DAY.then(days(2))),
    (Clock(RelativeDay(0), DayTime(0, 0)), TREATMENT_DAY.then(clock(0))),
]


@pytest.mark.parametrize(("point", "place"), POINTS)
def test_point_of_one_reading(point: Point, place: Place) -> None:
    """Hours count from an edge, days from its date; an event is at the appointment."""
    assert READER.point(point) == (place,)


@pytest.mark.parametrize(
    ("point", "places"),
    [
        (
            Offset(Quantity(5, 7, Unit.DAY), BEFORE),
            (AT_START.then(TO_DATE, days(-5)), AT_START.then(TO_DATE, days(-7))),
        ),
        (
            Clock(RelativeDay(-1), EVENING),
            (TREATMENT_DAY.then(days(-1), clock(1080)), TREATMENT_DAY.then(days(-1), clock(1320))),
        ),
        (
            Offset(Quantity(2, 2, Unit.DAY), AFTER, qualifier=Qualifier.WITHIN),
            (AT_END.then(TO_DATE, days(2)), AT_END),
        ),
    ],
)
def test_point_of_two_readings(point: Point, places: tuple[Place, ...]) -> None:
    """A range, a part of a day, and what lies within a time."""
    assert READER.point(point) == places


def test_unstated_day_1_is_either() -> None:
    """Day 2 is D+1 or D+2."""
    found = PlaceReader(DayOne.UNSTATED).point(NumberedDay(2))
    assert found == (TREATMENT_DAY.then(days(1)), TREATMENT_DAY.then(days(2)))


def test_form_says_whether_it_is_a_whole_day() -> None:
    """A date is one; a midnight, an edge and an hour are instants."""
    assert TREATMENT_DAY.is_day
    assert TREATMENT_DAY.then(days(3)).is_day
    assert not AT_START.is_day
    assert not TREATMENT_DAY.then(clock(0)).is_day
    assert not TREATMENT_DAY.then(BEGIN).is_day


def test_day_opens_with_its_beginning_and_closes_with_its_end() -> None:
    """An instant opens where it closes."""
    third, hour = counted(3, Unit.DAY, BEFORE), counted(1, Unit.HOUR, BEFORE)
    day = AT_START.then(TO_DATE, days(-3))
    assert (READER.opening(third), READER.closing(third)) == ((day.then(BEGIN),), (day.then(END),))
    assert READER.opening(hour) == READER.closing(hour) == (AT_START.then(elapse(-60)),)


def test_counted_day_may_be_left_out() -> None:
    """A waiting time opens after the day that it counts; a day that is named is always in."""
    third = counted(3, Unit.DAY, BEFORE)
    named = Offset(third.quantity, BEFORE, named=True)
    day = AT_START.then(TO_DATE, days(-3))
    assert READER.opening(third, skips_counted=True) == (day.then(END),)
    assert READER.closing(third, skips_counted=True) == (day.then(BEGIN),)
    assert READER.opening(named, skips_counted=True) == (day.then(BEGIN),)


def test_length_has_no_place_of_its_own() -> None:
    """It counts from the beginning of its window."""
    with pytest.raises(TypeError, match="beginning"):
        READER.point(Length(Quantity(5, 5, Unit.DAY)))


@pytest.mark.parametrize(
    ("times", "closes"),
    [
        # From the treatment's own edge it is counted from D, and holds through the last day.
        ("for: 5 days", AT_END.then(TO_DATE, days(5), END)),
        ("from: end\nfor: 2 hours", AT_END.then(elapse(120))),
        (
            "from: next day\nfor: 5 days",
            AT_END.then(TO_DATE, days(1), BEGIN, Move(Way.LAST_DAYS, 5)),
        ),
        (
            "from: 2 hours after\nfor: 1 month",
            AT_END.then(elapse(120), Move(Way.LAST_MONTHS, 1)),
        ),
    ],
)
def test_window_that_lasts(times: str, closes: Place) -> None:
    """How long it lasts is counted from where it opens."""
    (ban,) = protocol(entry(f"avoid: sauna\n{times}")).instructions
    assert READER.window(ban).closes == (closes,)


def test_permission_that_lasts_counts_from_the_day_named() -> None:
    """It opens after the third day; the first of its two days is the third itself."""
    (permission,) = protocol(entry("may: sauna\nfrom: 3 days after\nfor: 2 days")).instructions
    found, day = READER.window(permission), AT_END.then(TO_DATE, days(3))
    assert found.opens == (day.then(END),)
    assert found.closes == (day.then(BEGIN, Move(Way.LAST_DAYS, 2)),)


def test_moment_closes_where_it_opens() -> None:
    """It is one place, or one for each reading."""
    (dose,) = protocol(entry("take: antiviral\nat: 20 minutes before")).instructions
    found = READER.window(dose)
    assert found.opens == found.closes == (AT_START.then(elapse(-20)),)


def test_window_without_times_has_no_places() -> None:
    """Nothing is made up."""
    (ban,) = protocol(entry("avoid: sauna")).instructions
    assert (READER.window(ban).opens, READER.window(ban).closes) == ((), ())
