"""The calendar of an appointment: where the moves of a place lead, each worked out by hand.

The appointment is on Thu 10 Dec 2026 from 14:30 to 15:30 in New York unless a test says otherwise.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from microcare.core.sheet.points import Edge, Offset, Quantity, Side, Unit
from microcare.core.time.calendars import Calendar, DatedAnchor, Form
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
from tests.samples import visit

NEW_YORK = ZoneInfo("America/New_York")
CALENDAR = Calendar(visit("2026-12-10 14:30", minutes=60))


def at(text: str) -> datetime:
    """Return an instant on New York's wall clock."""
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK)


def elapse(minutes: int) -> Move:
    """Return a move by minutes."""
    return Move(Way.ELAPSE, minutes)


def days(count: int) -> Move:
    """Return a move by days."""
    return Move(Way.DAYS, count)


def clock(minutes: int) -> Move:
    """Return a move to a time of day."""
    return Move(Way.CLOCK, minutes)


@pytest.mark.parametrize(
    ("place", "instant"),
    [
        (AT_START, "2026-12-10 14:30"),
        (AT_END, "2026-12-10 15:30"),
        (AT_START.then(elapse(-20)), "2026-12-10 14:10"),
        (AT_END.then(TO_DATE, BEGIN), "2026-12-10 00:00"),
        (AT_START.then(TO_DATE, days(-3), BEGIN), "2026-12-07 00:00"),
        (AT_END.then(TO_DATE, days(10), END), "2026-12-21 00:00"),
        (AT_START.then(TO_DATE, Move(Way.MONTHS, -6), BEGIN), "2026-06-10 00:00"),
        (TREATMENT_DAY.then(days(-1), clock(1260)), "2026-12-09 21:00"),
        (TREATMENT_DAY.then(clock(1440)), "2026-12-11 00:00"),
        # Ten hours after the end it is the next date.
        (AT_END.then(elapse(600), TO_DATE, days(1), BEGIN), "2026-12-12 00:00"),
        # What ends with a day holds through that day, what ends within one on it.
        (TREATMENT_DAY.then(END, LAST_DATE, days(1), BEGIN), "2026-12-11 00:00"),
        (AT_END.then(elapse(600), LAST_DATE, days(1), BEGIN), "2026-12-12 00:00"),
        # The first of five whole days is the one with which it begins.
        (TREATMENT_DAY.then(days(1), BEGIN, Move(Way.LAST_DAYS, 5)), "2026-12-16 00:00"),
        (AT_END.then(Move(Way.LAST_DAYS, 5)), "2026-12-16 00:00"),
        (AT_END.then(elapse(600), Move(Way.LAST_MONTHS, 1)), "2027-01-12 00:00"),
    ],
)
def test_moves_lead_to_an_instant(place: Place, instant: str) -> None:
    """Hours elapse, days and months are counted from the date of an edge."""
    found = CALENDAR.read((place,))
    assert found is not None
    assert (found.early, found.late) == (at(instant), at(instant))


def test_clock_time_that_comes_twice_is_one_reading() -> None:
    """01:30 on 1 Nov is two instants; two hours on, each has moved."""
    calendar = Calendar(visit("2026-11-01 14:00"))
    found = calendar.read((TREATMENT_DAY.then(clock(90), elapse(120)),))
    assert found is not None
    assert (found.late - found.early).total_seconds() == 3600
    assert found.other_than_early is found.other_than_late is None


def test_range_has_an_end_beside_the_careful_one() -> None:
    """5 to 7 days before is Thu 3 Dec, and at the latest Sat 5 Dec."""
    found = CALENDAR.read(TREATMENT_DAY.then(days(count), BEGIN) for count in (-5, -7))
    assert found is not None
    assert (found.early, found.other_than_early) == (at("2026-12-03 00:00"), at("2026-12-05 00:00"))
    assert (found.late, found.other_than_late) == (found.other_than_early, found.early)


def test_place_lies_on_a_date() -> None:
    """A day is one, and an instant lies on one."""
    assert CALENDAR.days(TREATMENT_DAY.then(days(-3))) == [date(2026, 12, 7)]
    assert CALENDAR.days(AT_END.then(elapse(600))) == [date(2026, 12, 11)]


def test_extreme_of_places() -> None:
    """24 hours before is 14:30, and that is before 21:00."""
    evening, hours = TREATMENT_DAY.then(days(-1), clock(1260)), AT_START.then(elapse(-1440))
    for latest, instant in ((False, "2026-12-09 14:30"), (True, "2026-12-09 21:00")):
        found = CALENDAR.read((Place(Extreme((evening, hours), latest)),))
        assert found is not None
        assert found.early == at(instant)


def test_another_instruction_has_edges_of_its_own() -> None:
    """Every reading of them counts, and the days from the dates that go with them."""
    instants = (at("2026-12-07 08:00"), at("2026-12-08 08:00"))
    starts = tuple((each, each.date(), Form.INSTANT) for each in instants)
    ends = ((at("2026-12-09 00:00"), date(2026, 12, 8), Form.INSTANT),)
    anchor = DatedAnchor(starts, ends, (Side.AFTER,))
    calendar = Calendar(CALENDAR.visit, {"pills": anchor, "open": None})
    before, after = (Place(Edge(side, "pills")) for side in (Side.BEFORE, Side.AFTER))
    found = calendar.read((before.then(elapse(-60)),))
    assert found is not None
    assert found.earlies == (at("2026-12-07 07:00"), at("2026-12-08 07:00"))
    assert calendar.days(after.then(TO_DATE, days(1))) == [date(2026, 12, 9)]
    assert calendar.is_vague(Edge(Side.AFTER, "pills"))
    assert not calendar.is_vague(Edge(Side.BEFORE, "pills"))
    hour = Offset(Quantity(1, 1, Unit.HOUR), Side.AFTER, "pills")
    assert calendar.is_placeless(hour)
    assert not calendar.is_placeless(Edge(Side.AFTER, "pills"))


def test_what_has_no_date_has_no_reading() -> None:
    """An instruction that only a state ends, and what only words tell."""
    calendar = Calendar(CALENDAR.visit, {"open": None})
    words, undated = Place(Opaque("healed")), Place(Edge(Side.AFTER, "open"))
    for place in (words, undated, Place(Extreme((words, undated), latest=True))):
        assert calendar.read((place.then(elapse(60)),)) is None
