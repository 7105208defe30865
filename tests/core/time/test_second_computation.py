"""The core against the second computation of the time rules, in all zones of the world."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from microcare.core.plan.plan import build_plan
from microcare.core.plan.planned import Kind
from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.points import TIMES_OF_DAY, Unit
from microcare.core.sheet.protocol import DayOne, Protocol
from microcare.core.time.anchors import SheetTimes, date_instructions, read_times
from microcare.core.time.arithmetic import find_start_of_day, shift_date
from microcare.core.time.calendars import Calendar
from microcare.core.time.dated import Dated
from microcare.core.time.places import PlaceReader
from microcare.core.time.windows import date_window
from microcare.load.protocol.settling import settle_instructions
from tests import oracle
from tests.oracle import DAY, HOUR, Times, Visit, expect_all_times, expect_times
from tests.strategies import (
    ALL_ZONES,
    ODD_ZONES,
    answers,
    appointment,
    days_one,
    instructions,
    protocols,
    sheets,
    shift_visit,
    visits,
    zones,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

MANY = settings(max_examples=10 * settings().max_examples)
SOME = settings(max_examples=2 * settings().max_examples)
NOW = datetime(2026, 12, 10, tzinfo=UTC)


def read(protocol: Protocol) -> SheetTimes:
    """Return the times of a drawn protocol."""
    return read_times(protocol.instructions, protocol.day_one, TIMES_OF_DAY)


def as_times(dated: Dated) -> Times:
    """Return the core's answer as seconds."""
    return Times(
        _seconds(dated.start),
        _seconds(dated.until),
        _seconds(dated.start_at_latest),
        _seconds(dated.until_at_least),
        dated.last_ok,
    )


@MANY
@given(instructions(), visits(), days_one)
def test_windows(instruction: Instruction, visit: Visit, day_one: DayOne) -> None:
    """Every bound of every window is the same second, whatever the zone and the clock change."""
    found = date_window(instruction, Calendar(appointment(visit)), PlaceReader(day_one))
    assert as_times(found) == expect_times(instruction, visit, day_one)


@SOME
@given(sheets(), visits())
def test_sheets(protocol: Protocol, visit: Visit) -> None:
    """So are those of whole protocols, whose instructions count from each other."""
    expected = expect_all_times(protocol.instructions, visit, protocol.day_one)
    found = date_instructions(read(protocol), appointment(visit))
    assert {name: as_times(dated) for name, dated in found.items()} == expected


@SOME
@given(sheets(), visits())
def test_no_window_ends_before_it_begins(protocol: Protocol, visit: Visit) -> None:
    """Where hours and days leave it no room, it is empty."""
    found = date_instructions(read(protocol), appointment(visit))
    for dated in found.values():
        if dated.start is not None and dated.until is not None:
            assert dated.start <= dated.until


@given(sheets(), visits(), st.randoms(use_true_random=False))
def test_order_makes_no_difference(protocol: Protocol, visit: Visit, random: Random) -> None:
    """The dates of instructions that count from each other are those of any other order."""
    shuffled = list(protocol.instructions)
    random.shuffle(shuffled)
    around = appointment(visit)
    settled = settle_instructions(shuffled, {}, protocol.day_one, TIMES_OF_DAY)
    assert {each.id: each for each in settled} == {each.id: each for each in protocol.instructions}
    found = date_instructions(read(protocol), around)
    assert date_instructions(read_times(settled, protocol.day_one, TIMES_OF_DAY), around) == found


@given(sheets(), visits(), st.integers(1, 60))
def test_whole_days_move_with_the_appointment(protocol: Protocol, visit: Visit, days: int) -> None:
    """Where no clock changes, n days later everything but months is n days later."""
    utc = ZoneInfo("UTC")
    noon = oracle.timed_visit(oracle.first_second(visit.day, utc) + 12 * HOUR, 60, utc)
    moved = shift_visit(noon, days)
    assume(not any(_counts_months(each) for each in protocol.instructions))
    before, after = (date_instructions(read(protocol), appointment(each)) for each in (noon, moved))
    for name, dated in before.items():
        later = (each if each is None else each + days * DAY for each in as_times(dated)[:4])
        assert as_times(after[name])[:4] == tuple(later)


def _counts_months(instruction: Instruction) -> bool:
    window = instruction.window
    return any(unit in repr(window) for unit in (repr(Unit.MONTH), repr(Unit.YEAR)))


@given(protocols(), visits(), answers)
def test_days(protocol: Protocol, visit: Visit, said: dict[str, bool]) -> None:
    """Each day tells what begins on it and what is in force at any minute of it."""
    expected = {
        each.id: expect_times(each, visit, protocol.day_one) for each in protocol.instructions
    }
    assume(not any(_backwards(each) for each in expected.values()))
    plan = build_plan(protocol, appointment(visit), now=NOW, answers=said)
    told = [each for each in plan.instructions if each.applies.value != "no"]
    windows = {
        each.instruction.id: expected[each.instruction.id]
        for each in told
        if each.kind is Kind.WINDOW
    }
    # What the patient must come without is left from the first instant of D.
    dawn = Times(
        oracle.first_second(visit.day, visit.zone), visit.end if visit.all_day else visit.start
    )
    windows |= {each.instruction.id: dawn for each in told if each.instruction.comes_without}
    begins = {
        each.instruction.id: _date(expected[each.instruction.id].start, visit) for each in told
    }
    found = {each.instruction.id: day.date for day in plan.days for each in day.begins}
    assert found == {name: day for name, day in begins.items() if day is not None}
    for day in plan.days:
        spells = oracle.spells_of_date(day.date, visit.zone)
        if spells:
            holding = {name for name, times in windows.items() if _touches(times, spells)}
            in_order = [each.id for each in protocol.instructions if each.id in holding]
            assert [each.instruction.id for each in day.in_force] == in_order


@given(protocols(), visits())
def test_which_days(protocol: Protocol, visit: Visit) -> None:
    """The days are those of the windows' bounds and the treatment day, each once and in order."""
    plan = build_plan(protocol, appointment(visit), now=NOW, answers={})
    mentioned = {visit.day}
    for each in protocol.instructions:
        times = expect_times(each, visit, protocol.day_one)
        dates = {_date(second, visit) for second in times[:4]} | {times.last_ok}
        mentioned |= {day for day in dates if day is not None}
    days = [day.date for day in plan.days]
    assert days == sorted(set(days))
    assert visit.day in days
    assert set(days) <= mentioned
    assert [day.distance for day in plan.days] == [
        day.toordinal() - visit.day.toordinal() for day in days
    ]


@MANY
@given(zones, st.dates(date(1972, 1, 2), date(2036, 12, 30)))
@example(ZoneInfo("Pacific/Apia"), date(2011, 12, 30))
@example(ZoneInfo("Pacific/Kwajalein"), date(1993, 8, 21))
@example(ZoneInfo("America/St_Johns"), date(2006, 10, 29))
@example(ZoneInfo("America/Toronto"), date(1919, 3, 31))
def test_first_instant_of_a_day(zone: ZoneInfo, day: date) -> None:
    """A day begins at the first instant at which the clock shows its date, or a later one."""
    assert round(find_start_of_day(day, zone).timestamp()) == oracle.first_second(day, zone)


@pytest.mark.parametrize("name", ODD_ZONES)
def test_first_instants_around_clock_changes(name: str) -> None:
    """The days before, of and after each clock change of 1990 to 2035 begin where they should."""
    zone = ZoneInfo(name)
    for year in range(1990, 2036):
        for change in oracle.clock_changes(zone, year):
            middle = oracle.local(change, zone).date().toordinal()
            for day in (date.fromordinal(middle + shift) for shift in (-1, 0, 1)):
                found = round(find_start_of_day(day, zone).timestamp())
                assert found == oracle.first_second(day, zone), day


@given(
    st.dates(date(1996, 1, 1), date(2040, 12, 31)),
    st.sampled_from([Unit.MONTH, Unit.YEAR]),
    st.integers(-36, 36).filter(bool),
)
@example(date(2024, 2, 29), Unit.YEAR, -1)
@example(date(2024, 2, 29), Unit.YEAR, 1)
@example(date(2024, 2, 29), Unit.YEAR, 4)
@example(date(2027, 8, 31), Unit.MONTH, -6)
@example(date(2027, 1, 31), Unit.MONTH, 1)
def test_month_ends(day: date, unit: Unit, count: int) -> None:
    """Months and years end alike by the calendar, counting back and counting on."""
    months = count if unit is Unit.MONTH else 12 * count
    assert shift_date(day, count, unit) == oracle.shift_months(day, months)


def test_all_zones_are_tried() -> None:
    """The sample is drawn from the world's zones, and the odd ones are among them."""
    assert set(ODD_ZONES) <= set(ALL_ZONES)
    assert len(ALL_ZONES) > 400


def _seconds(instant: datetime | None) -> int | None:
    return None if instant is None else round(instant.timestamp())


def _date(second: int | None, visit: Visit) -> date | None:
    return None if second is None else oracle.local(second, visit.zone).date()


def _backwards(times: Times) -> bool:
    ends = [each for each in (times.until, times.until_at_least) if each is not None]
    return times.start is not None and any(each <= times.start for each in ends)


def _touches(times: Times, spells: Iterable[tuple[int, int]]) -> bool:
    return any(
        (times.start is None or times.start < closes)
        and (times.until is None or times.until > opens)
        for opens, closes in spells
    )
