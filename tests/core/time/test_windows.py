"""A window around one appointment: the right way round, and rounded to the careful side."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.instruction import Window as SheetWindow
from microcare.core.sheet.points import (
    Edge,
    NumberedDay,
    Point,
    Qualifier,
    RelativeDay,
    Side,
    Unit,
)
from microcare.core.sheet.protocol import DayOne
from microcare.core.sheet.verbs import Verb
from microcare.core.time.calendars import Calendar
from microcare.core.time.places import PlaceReader
from microcare.core.time.windows import date_window
from tests.oracle import Visit
from tests.samples import Window, entry, plan, shown, visit, window
from tests.strategies import (
    appointment,
    instructions,
    offsets,
    visits,
)

HEDGES = (None, Qualifier.AT_LEAST, Qualifier.UP_TO, Qualifier.IF_POSSIBLE)
START = "2026-12-10 14:30 -0500"


# Windows are the right way round


@given(instructions(), visits())
def test_the_ends_of_a_range_are_in_order(instruction: Instruction, around: Visit) -> None:
    """The careful beginning comes first, the careful end last."""
    dated = date_window(instruction, Calendar(appointment(around)), PlaceReader(DayOne.UNSTATED))
    if dated.start is not None and dated.start_at_latest is not None:
        assert dated.start < dated.start_at_latest
    if dated.until is not None and dated.until_at_least is not None:
        assert dated.until_at_least < dated.until


def clock_points(side: Side | None = None) -> st.SearchStrategy[Point]:
    """Draw an instant: a counted one, the start or the end."""
    sides = [side] if side else [Side.BEFORE, Side.AFTER]
    counted = offsets(units=[Unit.MINUTE, Unit.HOUR], sides=sides, qualifiers=HEDGES)
    return st.one_of(counted, st.sampled_from([Edge(each) for each in sides]))


def day_points() -> st.SearchStrategy[Point]:
    """Draw a date that is counted in days or weeks."""
    return st.one_of(
        offsets(units=[Unit.DAY, Unit.WEEK], qualifiers=HEDGES),
        st.integers(-5, 10).map(RelativeDay),
        st.integers(1, 30).map(NumberedDay),
    )


@given(
    instructions([Verb.AVOID, Verb.USE, Verb.EXPECT]),
    st.one_of(
        st.tuples(clock_points(), clock_points()),
        st.tuples(day_points(), day_points()),
        st.tuples(st.none(), st.one_of(clock_points(Side.AFTER), day_points())),
        st.tuples(st.one_of(clock_points(Side.BEFORE), day_points()), st.none()),
    ),
    visits(first_year=2013),
)
def test_a_window_begins_before_it_ends(
    instruction: Instruction, points: tuple[Point | None, Point | None], around: Visit
) -> None:
    """Times counted in one measure that are in order for one appointment are so for each."""
    start, until = points
    timed = replace(instruction, window=SheetWindow(start=start, until=until))
    sample = date_window(timed, Calendar(visit()), PlaceReader(DayOne.NEXT_DAY))
    assume(not sample.start or not sample.until or sample.start < sample.until)
    dated = date_window(timed, Calendar(appointment(around)), PlaceReader(DayOne.NEXT_DAY))
    assert dated.start is None or dated.until is None or dated.start < dated.until


@given(instructions(), visits())
def test_no_window_turns_round(instruction: Instruction, around: Visit) -> None:
    """Hours and days may leave a window no room, but it never ends before it begins."""
    dated = date_window(instruction, Calendar(appointment(around)), PlaceReader(DayOne.UNSTATED))
    assert dated.start is None or dated.until is None or dated.start <= dated.until


def test_a_window_without_room_is_empty() -> None:
    """“From 4 hours after until the end of the day” after a late appointment: never in force."""
    fields = entry("avoid: sauna\nfrom: 4 hours after\nuntil: treatment day")
    found = plan(fields, visit("2026-12-10 21:30"))
    assert shown(found.instructions[0], visit()).until == "2026-12-11 00:00 -0500"
    assert [day.in_force for day in found.days if day.in_force] == []


def test_the_rest_of_a_whole_day_is_not_lost() -> None:
    """Where only the date is known, what holds for the rest of the day holds on that date."""
    found = plan(entry("avoid: sauna\nfrom: end\nuntil: treatment day"), visit("2026-12-10"))
    in_force = {day.distance: [each.instruction.id for each in day.in_force] for day in found.days}
    assert in_force[0] == ["it"]


def test_no_permission_is_widened_to_a_whole_day() -> None:
    """Washing not before 4 hours after: with only a date, not from that date's midnight."""
    fields = entry("may: washing\nfrom: 4 hours after\nuntil: treatment day")
    found = plan(fields, visit("2026-12-10"))
    assert [day.in_force for day in found.days if day.in_force] == []


def test_until_a_treatment_whose_hour_is_unknown() -> None:
    """From 08:00 until the treatment, on whichever hour of that day it is."""
    fields = "avoid: sauna\nfrom: 08:00 on treatment day\nuntil: start"
    found = window(fields, visit("2026-12-10"))
    assert found == Window("2026-12-10 08:00 -0500", "2026-12-11 00:00 -0500")
    assert window(fields) == Window("2026-12-10 08:00 -0500", START)


# Hedges and minimum intervals


def test_a_deadline_takes_the_earlier_reading() -> None:
    """No later than 4 to 6 hours before is 6 hours before."""
    found = window("take: antiviral\nat: no later than 4 to 6 hours before")
    assert found == Window("2026-12-10 08:30 -0500", None)
    found = window("use: sunscreen\nuntil: by 4 to 6 hours before")
    assert found == Window(None, "2026-12-10 08:30 -0500")


def test_a_minimum_interval_on_both_sides() -> None:
    """2 weeks: 26 Nov is the last fine date before, 24 Dec the first fine one after."""
    for both in ("2 weeks before and after", "2 weeks before or after"):
        found = window(f"wait-since: dermal-filler\nat-least: {both}")
        assert found == Window(
            "2026-11-27 00:00 -0500", "2026-12-24 00:00 -0500", last_ok="2026-11-26"
        )


def test_a_minimum_interval_in_hours_on_both_sides() -> None:
    """48 hours before 14:30 lie within 8 Dec, and end at 14:30 on 12 Dec."""
    found = window("wait-since: alcohol\nat-least: 48 hours before and after")
    assert found == Window("2026-12-08 14:30 -0500", "2026-12-12 14:30 -0500", last_ok="2026-12-07")


def test_a_range_of_a_minimum_interval_on_both_sides() -> None:
    """2 to 4 weeks: careful D−28 and D+28, at the latest D−14, at least D+14."""
    found = window("wait-since: dermal-filler\nat-least: 2 to 4 weeks before and after")
    assert found == Window(
        "2026-11-13 00:00 -0500",
        "2027-01-07 00:00 -0500",
        "2026-11-27 00:00 -0500",
        "2026-12-24 00:00 -0500",
        "2026-11-12",
    )
