"""What a window implies before any date is known: two bounds, its sides, and nothing else."""

from __future__ import annotations

import pytest

from microcare.core.sheet.implied import (
    closes_at_start,
    comes_without,
    ends_itself,
    find_interval_bounds,
    find_window_edges,
    find_window_sides,
    imply_start,
    imply_until,
)
from microcare.core.sheet.points import (
    Edge,
    Offset,
    Point,
    Quantity,
    RelativeDay,
    Side,
    Unit,
)
from tests.samples import instruction

START, END = Edge(Side.BEFORE), Edge(Side.AFTER)


def days(count: int, side: Side) -> Offset:
    """Return a time counted in days from the appointment."""
    return Offset(Quantity(count, count, Unit.DAY), side)


@pytest.mark.parametrize(
    ("times", "start", "until"),
    [
        ("from: 3 days before", days(3, Side.BEFORE), START),
        ("until: 3 days after", END, days(3, Side.AFTER)),
        ("until-state: your skin has healed", END, None),
        ("until-words: a few days", END, None),
        # The treatment day lies neither before nor after.
        ("from: treatment day", RelativeDay(0), None),
        ("until: treatment day", None, RelativeDay(0)),
        ("from: end", END, None),
        ("until: start", None, START),
        ("", None, None),
    ],
)
def test_two_bounds_are_implied(times: str, start: Point | None, until: Point | None) -> None:
    """Before closes at the start, after opens at the end; what is not stated stays so."""
    found = instruction(f"avoid: sauna\n{times}")
    assert (imply_start(found), imply_until(found)) == (start, until)


def test_course_before_the_treatment_is_not_closed_by_it() -> None:
    """Its own count ends it; with an end of its own it does not end itself."""
    course = "take: antiviral\nfrom: the day before\ndaily: once\ncount: 3"
    counted, stated = instruction(course), instruction(f"{course}\nuntil: 2 days after")
    assert (ends_itself(counted), imply_until(counted)) == (True, None)
    assert (ends_itself(stated), imply_until(stated)) == (False, days(2, Side.AFTER))


@pytest.mark.parametrize(
    ("fields", "closes"),
    [
        ("avoid: sauna\nfrom: 3 days before", True),
        ("avoid: sauna\nfrom: 3 days before\nuntil: start", True),
        ("avoid: sauna\nfrom: 3 days before\nuntil: 1 day before", False),
        ("avoid: sauna", False),
        ("wait-since: laser\nat-least: 2 weeks before", True),
        ("wait-since: laser\nat-least: 2 weeks after", False),
        ("wait-since: laser\nat-least: 2 weeks before and after", False),
    ],
)
def test_closed_because_the_treatment_begins(fields: str, closes: bool) -> None:
    """Which releases nobody; a waiting time on both sides goes on."""
    assert closes_at_start(instruction(fields)) is closes


@pytest.mark.parametrize(
    ("fields", "sides"),
    [
        ("avoid: sauna\nfrom: 3 days before", ["before"]),
        ("avoid: sauna\nfrom: 3 days before\nuntil: 1 day after", ["before", "after"]),
        ("avoid: sauna\non: treatment day", ["day-of"]),
        ("avoid: sauna\nfrom: treatment day", ["day-of", "after"]),
        ("arrive: early-arrival\nat: 20 minutes before", ["before"]),
        ("avoid: sauna", ["any"]),
    ],
)
def test_sides_on_which_it_opens_and_closes(fields: str, sides: list[str]) -> None:
    """Each once; without any time it lies on none."""
    assert [each.value for each in find_window_sides(instruction(fields))] == sides


@pytest.mark.parametrize(
    ("fields", "comes"),
    [
        ("avoid: makeup\nat: start", True),
        ("avoid: makeup\nuntil: start", False),
        ("do: washing\nat: start", False),
    ],
)
def test_what_patients_come_without(fields: str, comes: bool) -> None:
    """A ban at the very start, neither one until then nor something to do then."""
    assert comes_without(instruction(fields)) is comes


def test_interval_on_one_side_is_bounded_by_the_treatment() -> None:
    """On the other side by its start or its end; what counts nothing is no interval."""
    two_weeks = Quantity(2, 2, Unit.WEEK)
    before, after = (
        instruction(f"wait-since: laser\nat-least: 2 weeks {side}") for side in ("before", "after")
    )
    assert find_interval_bounds(before) == (Offset(two_weeks, Side.BEFORE), START)
    assert find_interval_bounds(after) == (END, Offset(two_weeks, Side.AFTER))
    with pytest.raises(TypeError, match="counted from the appointment"):
        find_interval_bounds(instruction("avoid: laser"))


def test_edges_on_which_a_window_stands() -> None:
    """A length in hours stands on the start from which it is counted, one in days on a date."""
    hours, whole = (
        instruction(f"avoid: sauna\nfrom: end\nfor: {length}") for length in ("48 hours", "2 days")
    )
    assert find_window_edges(hours) == (END, END)
    assert find_window_edges(whole) == (END, None)
