"""What a new date changes by now: of two plans of one booking, the old one's and the new one's."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from microcare.core.plan.moves import Move
from microcare.core.plan.plan import Plan, build_plan
from microcare.core.plan.planned import Kind
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.points import Side
from microcare.core.sheet.protocol import Protocol
from tests import strategies
from tests.oracle import Visit
from tests.samples import at, protocol, visit

DAY = timedelta(days=1)
OLD = "2026-12-17 14:30"
RULES = """
- {id: laser, avoid: laser, from: 1 month before}
- {id: retinoids, avoid: retinoids, from: 48 hours before}
- {id: fillers, wait-since: dermal-filler, at-least: 2 weeks before}
- {id: shaving, avoid: shaving, on: treatment day}
- {id: antiviral, take: antiviral, from: 2 days before, until: 2 days after}
- {id: driver, arrange: driver, at: 12:00 1 day before}
- {id: sauna, avoid: sauna, until: 48 hours after}
"""


def move(
    new: str, now: str, old: str = OLD, rules: str = RULES, zone: str = "America/New_York"
) -> Move:
    """Return a booking that moves from one date to another, seen at a moment."""
    sheet = protocol(rules)
    before, after = (build_plan(sheet, visit(each, zone), now=at(now, zone)) for each in (old, new))
    return Move(before, after)


def begun(found: Move) -> list[str]:
    """Return what has begun with the new date alone, by its ids."""
    return [each.instruction.id for each in found.begun]


def put_off(found: Move) -> list[str]:
    """Return what had begun with the old date alone, by its ids."""
    return [each.instruction.id for each in found.put_off]


def changes(found: Move) -> list[tuple[str, str]]:
    """Return what is for today with the new date alone."""
    return [(each.change.value, each.planned.instruction.id) for each in found.day.transitions]


def test_what_an_earlier_date_makes_late_has_begun() -> None:
    """On 8 December at 16:00, 48 hours before the 10th have begun, and before the 17th not."""
    found = move("2026-12-10 14:30", "2026-12-08 16:00")
    assert begun(found) == ["retinoids", "antiviral"]
    assert put_off(found) == []
    assert found.days == {1: -7}


def test_to_the_minute_nothing_has_begun_yet() -> None:
    """48 hours before to the minute it begins today; whole days have begun with their midnight."""
    found = move("2026-12-10 14:30", "2026-12-08 14:30")
    assert begun(found) == ["antiviral"]
    assert ("begins", "retinoids") in changes(found)
    later = move("2026-12-10 14:30", "2026-12-08 14:31")
    assert begun(later) == ["retinoids", "antiviral"]
    assert ("begins", "retinoids") not in changes(later)


def test_what_a_later_date_puts_off_is_told() -> None:
    """It has its new dates."""
    found = move("2026-12-17 14:30", "2026-12-08 16:00", old="2026-12-10 14:30")
    assert (begun(found), put_off(found)) == ([], ["retinoids", "antiviral"])
    assert found.put_off[0].dated.start == at("2026-12-15 14:30")


def test_task_that_was_due_has_begun() -> None:
    """A driver that had to be found by yesterday noon is asked for like what should be left off."""
    found = move("2026-12-10 14:30", "2026-12-09 13:00")
    assert begun(found) == ["retinoids", "antiviral", "driver"]
    assert put_off(move("2026-12-17 14:30", "2026-12-09 13:00", old="2026-12-10 14:30"))[-1] == (
        "driver"
    )


def test_ban_of_the_day_has_begun_with_it() -> None:
    """Who shaved this morning is to be asked where the treatment is moved to today."""
    found = move("2026-12-08 18:00", "2026-12-08 10:00")
    assert "shaving" in begun(found)
    back = move("2026-12-09 18:00", "2026-12-08 10:00", old="2026-12-08 18:00")
    assert put_off(back) == ["shaving", "driver"]


def test_the_same_date_changes_nothing() -> None:
    """Nothing has begun, nothing is for today, nothing moves."""
    for now in ("2026-11-01 10:00", "2026-12-16 10:00", "2026-12-17 15:00", "2027-01-01 10:00"):
        found = move(OLD, now)
        assert found.days == {1: 0}
        parts = (found.begun, found.put_off, found.shifts, found.dropped)
        assert [each for part in parts for each in part] == []
        if not found.before.is_past:
            assert (found.day.transitions, found.holding) == ((), ())


def test_old_date_that_is_past_keeps_nothing() -> None:
    """After it nothing was forbidden: all that has begun for the new one is asked about."""
    found = move("2026-12-21 14:30", "2026-12-12 10:00", old="2026-12-10 14:30")
    assert begun(found) == ["laser", "fillers"]
    assert put_off(found) == []


def test_new_date_that_is_past_tells_what_holds() -> None:
    """Nothing is asked of before it; what holds today under it is told."""
    found = move("2026-12-10 14:30", "2026-12-11 10:00")
    assert (begun(found), put_off(found)) == ([], [])
    assert [each.instruction.id for each, _ in found.holding] == ["antiviral", "sauna"]


def test_what_is_no_longer_for_today_is_dropped() -> None:
    """What the old date had later today, and the new one has not."""
    rules = "- {id: food, avoid: solid-food, from: 18:00 1 day before}"
    found = move("2026-12-14 14:30", "2026-12-09 10:00", old="2026-12-10 14:30", rules=rules)
    assert [each.planned.instruction.id for each in found.dropped] == ["food"]
    later = move("2026-12-14 14:30", "2026-12-09 19:00", old="2026-12-10 14:30", rules=rules)
    assert (later.dropped, put_off(later)) == ((), ["food"])
    earlier = move("2026-12-09 14:30", "2026-12-09 10:00", old="2026-12-10 14:30", rules=rules)
    assert (earlier.dropped, begun(earlier)) == ((), ["food"])


def test_months_move_by_other_days() -> None:
    """31 March moves to the 10th, a month before it from 28 to 10 February, with its eve."""
    found = move("2027-03-10 14:30", "2027-02-01 10:00", old="2027-03-31 14:30")
    told = [
        (each.transition.change.value, each.was.isoformat(), each.day.isoformat())
        for each in found.shifts
    ]
    assert told == [
        ("last fine day", "2027-02-27", "2027-02-09"),
        ("begins", "2027-02-28", "2027-02-10"),
    ]


def test_clock_change_lies_between() -> None:
    """Hours are elapsed time: 48 hours before 14 March 14:00 are 12 March 13:00."""
    at_noon = move("2027-03-14 14:00", "2027-03-12 13:30", old="2027-03-21 14:00")
    assert "retinoids" in begun(at_noon)
    assert "retinoids" not in begun(move("2027-03-14 14:00", "2027-03-12 13:00"))
    rules = "- {id: it, avoid: retinoids, from: 14 hours before}"
    night = move("2027-03-14 14:30", "2027-03-01 10:00", old="2027-03-21 14:30", rules=rules)
    (shift,) = night.shifts
    assert (shift.was.isoformat(), shift.day.isoformat()) == ("2027-03-21", "2027-03-13")


def test_whole_day_moves_like_one_with_an_hour() -> None:
    """Its hours count from its midnight, the careful reading."""
    found = move("2026-12-10", "2026-12-08 10:00", old="2026-12-17")
    assert begun(found) == ["retinoids", "antiviral"]
    assert begun(move("2026-12-10 14:30", "2026-12-08 10:00", old="2026-12-10")) == []
    assert put_off(move("2026-12-10 14:30", "2026-12-08 10:00", old="2026-12-10")) == ["retinoids"]


def test_time_of_day_decides_what_applies() -> None:
    """What the new hour rules out leaves, what it brings joins."""
    rules = """
    - {id: early, avoid: alcohol, from: 1 day before, if: appointment before 10:30}
    - {id: late, avoid: coffee, from: 1 day before, if: appointment from 12:00}
    """
    found = move("2026-12-10 14:30", "2026-12-09 10:00", old="2026-12-10 09:00", rules=rules)
    assert [each.instruction.id for each in found.joining] == ["late"]
    assert [each.instruction.id for each in found.leaving] == ["early"]
    assert begun(found) == ["late"]


def windows_begun(plan: Plan) -> set[str]:
    """Return the windows before the treatment that began before now, as their dates say it."""
    if plan.is_past:
        return set()
    return {
        each.instruction.id
        for each in plan.instructions
        if each.kind is Kind.WINDOW
        and each.applies is not Answer.NO
        and each.dated.start is not None
        and each.dated.start < plan.now
        and not each.is_overruled(each.dated.start)
        and _concerns(each.instruction.sides[0], restricts=each.restricts)
        and (each.restricts or each.instruction.verb.traits.asks)
        and not each.instruction.verb.traits.needs_cause
    }


def _concerns(side: Side, *, restricts: bool) -> bool:
    return side is Side.BEFORE or (restricts and side is Side.DAY_OF)


@given(
    st.one_of(strategies.protocols(), strategies.sheets()),
    strategies.visits(first_year=1985),
    strategies.answers,
    st.integers(-40, 40),
    st.integers(-40 * 24, 40 * 24),
)
def test_newly_begun_is_what_the_windows_say(
    drawn: Protocol, appointment: Visit, answers: dict[str, bool], days: int, hours: int
) -> None:
    """Of rules of every kind: begun before now in the new plan, and not in the old one."""
    old = strategies.appointment(appointment)
    new = strategies.appointment(strategies.shift_visit(appointment, days))
    now = old.start + timedelta(hours=hours)
    before, after = (build_plan(drawn, each, now=now, answers=answers) for each in (old, new))
    found = Move(before, after)
    windows = {each.instruction.id for each in found.begun if each.kind is Kind.WINDOW}
    dated = {
        each.instruction.id
        for each in after.instructions
        if each.kind is Kind.WINDOW and each.dated.start is not None
    }
    assert windows & dated == windows_begun(after) - windows_begun(before)
    put_off_windows = {each.instruction.id for each in found.put_off} & dated
    assert put_off_windows.isdisjoint(windows_begun(after))
    told = {each.planned.instruction.id for each in found.dropped}
    assert told.isdisjoint(windows_begun(after))


@given(
    st.one_of(strategies.protocols(), strategies.sheets()),
    strategies.visits(first_year=1985),
    st.integers(-40, 40),
    st.integers(-40 * 24, 40 * 24),
)
def test_moving_there_and_back_begins_what_it_put_off(
    drawn: Protocol, appointment: Visit, days: int, hours: int
) -> None:
    """What one way puts off the other way begins, while both dates are ahead."""
    old = strategies.appointment(appointment)
    new = strategies.appointment(strategies.shift_visit(appointment, days))
    now = min(old.start, new.start) - timedelta(hours=abs(hours))
    before, after = (build_plan(drawn, each, now=now) for each in (old, new))
    there, back = Move(before, after), Move(after, before)
    applicable = {each.instruction.id for each in after.applicable}
    assert {each.instruction.id for each in there.put_off} == {
        each.instruction.id for each in back.begun
    } & applicable
    assert there.days[1] == -back.days[1]


def test_ban_that_reaches_further_back_is_asked_for_again() -> None:
    """Laser a month before has begun under both dates; the earlier one asks for more."""
    rules = "- {id: laser, avoid: laser, from: 1 month before}"
    earlier = move("2026-12-03 14:30", "2026-11-21 10:00", old="2026-12-10 14:30", rules=rules)
    assert (begun(earlier), [each.instruction.id for each in earlier.further]) == ([], ["laser"])
    later = move("2026-12-17 14:30", "2026-12-01 10:00", old="2026-12-10 14:30", rules=rules)
    assert later.further == ()
