"""Points as a sheet names them: on which side they lie, and what sort each is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from microcare.core.sheet.points import (
    TIMES_OF_DAY,
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
    find_side,
    is_numbered,
    is_part_of_day,
    is_whole_day,
    is_wish,
)

BEFORE, DAY_OF, AFTER = Side.BEFORE, Side.DAY_OF, Side.AFTER
TWO_DAYS = Offset(Quantity(2, 2, Unit.DAY), BEFORE)
TWO_HOURS = Offset(Quantity(2, 2, Unit.HOUR), AFTER)
NINE = DayTime(540, 540)


@pytest.mark.parametrize(
    ("point", "side"),
    [
        (TWO_DAYS, BEFORE),
        (TWO_HOURS, AFTER),
        (Edge(BEFORE), BEFORE),
        (Edge(AFTER), AFTER),
        (RelativeDay(-1), BEFORE),
        (RelativeDay(0), DAY_OF),
        (RelativeDay(1), AFTER),
        (NumberedDay(1), AFTER),
        (Clock(RelativeDay(-1), NINE), BEFORE),
        (Clock(RelativeDay(0), NINE), DAY_OF),
        (Length(Quantity(5, 5, Unit.DAY)), AFTER),
        (Length(Quantity(5, 5, Unit.DAY), lies=BEFORE), BEFORE),
    ],
)
def test_side_of_the_treatment(point: Point, side: Side) -> None:
    """As its words have it; a clock time lies where its day does."""
    assert find_side(point) is side


@pytest.mark.parametrize(
    "point",
    [
        replace(TWO_HOURS, anchor="dose", lies=BEFORE),
        Edge(AFTER, "dose", lies=BEFORE),
        RelativeDay(1, "dose", lies=BEFORE),
        Clock(RelativeDay(1, "dose", lies=BEFORE), NINE),
    ],
)
def test_what_lies_elsewhere_than_its_words_say(point: Point) -> None:
    """An hour after a dose of the day before lies before the treatment."""
    assert find_side(point) is BEFORE


@pytest.mark.parametrize(
    ("point", "whole"),
    [
        (TWO_DAYS, True),
        (TWO_HOURS, False),
        (RelativeDay(0), True),
        (NumberedDay(1), True),
        (Edge(BEFORE), False),
        (Clock(RelativeDay(0), DayTime(0, 0)), False),
        (Length(Quantity(5, 5, Unit.DAY)), False),
    ],
)
def test_days_are_told_from_instants(point: Point, whole: bool) -> None:
    """By what they are: midnight of a day is an instant, though a day begins with it."""
    assert is_whole_day(point) is whole


def test_part_of_a_day_lasts() -> None:
    """The evening does; noon is one time of it, whatever it is called."""
    assert is_part_of_day(Clock(RelativeDay(0), TIMES_OF_DAY["evening"]))
    assert not is_part_of_day(Clock(RelativeDay(0), TIMES_OF_DAY["noon"]))
    assert not is_part_of_day(RelativeDay(0))
    assert not is_part_of_day(None)


def test_only_if_possible_is_a_wish() -> None:
    """A plain range is none."""
    wide = replace(TWO_DAYS, quantity=Quantity(3, 10, Unit.DAY))
    assert is_wish(replace(wide, qualifier=Qualifier.IF_POSSIBLE))
    assert not is_wish(wide)
    assert not is_wish(None)


def test_units_below_a_day_elapse() -> None:
    """The others are whole days of the calendar."""
    assert [unit.value for unit in Unit if unit.elapses] == ["minute", "hour"]


def test_days_that_a_sheet_numbers() -> None:
    """And times of such a day; a bound that isn't stated is none."""
    assert is_numbered(NumberedDay(1))
    assert is_numbered(Clock(NumberedDay(2), DayTime(60, 60)))
    assert not is_numbered(RelativeDay(1))
    assert not is_numbered(None)
