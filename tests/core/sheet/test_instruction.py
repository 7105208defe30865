"""An instruction as a value: its course may be over by itself, its window implies two bounds."""

from __future__ import annotations

import pytest

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
    ("fields", "ends"),
    [
        ("take: antiviral\ndaily: 2\ncount: 6", True),
        ("use: sunscreen\nevery: 2 hours\ncount: 3 to 4", True),
        ("do: washing\ndaily: [08:00]\ncount: 1", True),
        ("take: antiviral\nsteps: [{for: 2 days, daily: 2}, {for: 1 day, daily: 1}]", True),
        # A last step without a length goes on until the window ends.
        ("take: antiviral\nsteps: [{for: 2 days, daily: 2}, {daily: 1}]", False),
        ("take: antiviral\ndaily: 2", False),
        # So many times, but nobody says how often, or it is the patient who does.
        ("take: antiviral\ncount: 6", False),
        ("take: antiviral\nevery: 4 hours as needed\ncount: 6", False),
        ("take: antiviral", False),
    ],
)
def test_last_dose(fields: str, ends: bool) -> None:
    """After its last step, or after so many times at a stated rhythm."""
    assert instruction(f"{fields}\nfrom: next day").has_last_dose is ends


@pytest.mark.parametrize("verb", ["avoid", "may", "expect", "tell"])
def test_only_what_is_taken_used_or_done_has_doses(verb: str) -> None:
    """A ban with a count is no course."""
    assert not instruction(f"{verb}: sauna\nfrom: next day\ndaily: 2\ncount: 6").has_last_dose


# What a window implies: two bounds, its sides, and nothing else


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
    assert (found.implied_start, found.implied_until) == (start, until)


def test_course_before_the_treatment_is_not_closed_by_it() -> None:
    """Its own count ends it; with an end of its own it does not end itself."""
    course = "take: antiviral\nfrom: the day before\ndaily: once\ncount: 3"
    counted, stated = instruction(course), instruction(f"{course}\nuntil: 2 days after")
    assert (counted.ends_itself, counted.implied_until) == (True, None)
    assert (stated.ends_itself, stated.implied_until) == (False, days(2, Side.AFTER))


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
    assert instruction(fields).closes_at_start is closes


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
    assert [each.value for each in instruction(fields).sides] == sides


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
    assert instruction(fields).comes_without is comes


def test_interval_on_one_side_is_bounded_by_the_treatment() -> None:
    """On the other side by its start or its end; what counts nothing is no interval."""
    two_weeks = Quantity(2, 2, Unit.WEEK)
    before, after = (
        instruction(f"wait-since: laser\nat-least: 2 weeks {side}") for side in ("before", "after")
    )
    assert before.interval_bounds == (Offset(two_weeks, Side.BEFORE), START)
    assert after.interval_bounds == (END, Offset(two_weeks, Side.AFTER))
    with pytest.raises(TypeError, match="counted from the appointment"):
        _ = instruction("avoid: laser").interval_bounds
