"""The dated plan: nothing lost, every day tells the truth, every state is right."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from microcare.core.plan.plan import Plan, build_plan
from microcare.core.plan.planned import Kind, State
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.instruction import Instruction, Window
from microcare.core.sheet.points import (
    Edge,
    NumberedDay,
    Point,
    Qualifier,
    RelativeDay,
    Side,
    Unit,
)
from microcare.core.sheet.protocol import DayOne, Protocol
from microcare.core.sheet.verbs import Verb
from microcare.core.time.readings import Clockwork
from microcare.core.time.windows import date_window
from tests.oracle import Visit, closes_at_start
from tests.samples import at, by_id, entry, plan, shown, visit
from tests.strategies import (
    answers,
    appointment,
    instructions,
    offsets,
    protocol_of,
    protocols,
    visits,
)

MANY = settings(max_examples=5 * settings().max_examples)
NOW = datetime(2026, 12, 10, tzinfo=UTC)
HEDGES = (None, Qualifier.AT_LEAST, Qualifier.UP_TO, Qualifier.IF_POSSIBLE)

# Nothing is lost


@given(protocols(), visits(), answers, st.integers(-400, 400))
def test_no_instruction_is_lost(
    protocol: Protocol, around: Visit, said: dict[str, bool], days: int
) -> None:
    """Every instruction is in the plan once, in the file's order, whatever the answers and now."""
    now = datetime.fromtimestamp(around.start, UTC) + timedelta(days=days)
    found = build_plan(protocol, appointment(around), now=now, answers=said)
    assert tuple(each.instruction for each in found.instructions) == protocol.instructions


@given(protocols(), visits(), answers)
def test_what_does_not_apply_says_why(
    protocol: Protocol, around: Visit, said: dict[str, bool]
) -> None:
    """A reason stands exactly where an instruction is left out."""
    found = build_plan(protocol, appointment(around), now=NOW, answers=said)
    for each in found.instructions:
        assert bool(each.reason) is (each.applies is Answer.NO)


@pytest.mark.parametrize(
    ("condition", "said", "reason"),
    [
        ("peel", {"peel": False}, "no peel was recommended with the treatment"),
        ("not peel", {"peel": True}, "a peel was recommended with the treatment"),
        (
            "{all: [peel, pregnancy]}",
            {"peel": False, "pregnancy": True},
            "no peel was recommended with the treatment",
        ),
        (
            "{any: [peel, pregnancy]}",
            {"peel": False, "pregnancy": False},
            "no peel was recommended with the treatment; you are not pregnant",
        ),
    ],
)
def test_the_reason_is_what_settled_it(condition: str, said: dict[str, bool], reason: str) -> None:
    """Answers that speak for the instruction are no reason to leave it out."""
    found = plan(entry(f"avoid: sauna\nif: {condition}"), answers=said)
    assert found.instructions[0].reason == reason


@given(protocols(), visits(), answers)
def test_every_dated_instruction_is_told_of(
    protocol: Protocol, around: Visit, said: dict[str, bool]
) -> None:
    """What applies or may apply is on the days on which it begins and ends, once each."""
    found = build_plan(protocol, appointment(around), now=NOW, answers=said)
    begins = [each for day in found.days for each in day.begins]
    for each in found.instructions:
        told = each.applies is not Answer.NO and each.dated.start is not None
        assert sum(other is each for other in begins) == told


@given(protocols(), visits(), answers)
def test_what_is_settled_as_no_is_on_no_day(
    protocol: Protocol, around: Visit, said: dict[str, bool]
) -> None:
    """It neither begins nor ends, is not in force, contradicts nothing and blocks nothing."""
    found = build_plan(protocol, appointment(around), now=NOW, answers=said)
    told = [transition.planned for day in found.days for transition in day.transitions]
    told += [each for day in found.days for each in day.in_force]
    told += [each for conflict in found.conflicts for each in conflict.instructions]
    assert Answer.NO not in {each.applies for each in (*told, *found.blocked_by)}


# Releases and ends


@MANY
@given(protocols(), visits(), answers)
def test_everything_ends_but_what_the_treatment_closes(
    protocol: Protocol, around: Visit, said: dict[str, bool]
) -> None:
    """What the treatment closes, or what had no room, is in no `ends`; all else is, on its date."""
    found = build_plan(protocol, appointment(around), now=NOW, answers=said)
    ends = [(each.instruction.id, day.date) for day in found.days for each in day.ends]
    expected = [
        (each.instruction.id, found.visit.local_date(each.dated.until))
        for each in found.instructions
        if each.kind is Kind.WINDOW and each.applies is not Answer.NO
        if each.dated.until is not None and not closes_at_start(each.instruction)
        if each.dated.start != each.dated.until
    ]
    assert sorted(ends) == sorted(expected)


def test_ends_stand_on_the_date_of_the_exclusive_end() -> None:
    """Sun is avoided through Sun 20 Dec: it ends on Mon 21 Dec."""
    found = plan(entry("avoid: sun\nuntil: 10 days after"))
    assert [day.date.isoformat() for day in found.days if day.ends] == ["2026-12-21"]


# Windows are the right way round


@given(instructions(), visits())
def test_the_ends_of_a_range_are_in_order(instruction: Instruction, around: Visit) -> None:
    """The careful beginning comes first, the careful end last."""
    dated = date_window(instruction, Clockwork(appointment(around), DayOne.UNSTATED))
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
    timed = replace(instruction, window=Window(start=start, until=until))
    sample = date_window(timed, Clockwork(visit(), DayOne.NEXT_DAY))
    assume(not sample.start or not sample.until or sample.start < sample.until)
    dated = date_window(timed, Clockwork(appointment(around), DayOne.NEXT_DAY))
    assert dated.start is None or dated.until is None or dated.start < dated.until


@given(instructions(), visits())
def test_no_window_turns_round(instruction: Instruction, around: Visit) -> None:
    """Hours and days may leave a window no room, but it never ends before it begins."""
    dated = date_window(instruction, Clockwork(appointment(around), DayOne.UNSTATED))
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


# Days


def test_days_are_those_on_which_something_changes() -> None:
    """Between them nothing does; the treatment day is always there."""
    found = plan(
        """
        - {id: waxing, avoid: waxing, from: 4 to 5 days before}
        - {id: toxin, wait-since: botulinum-toxin, at-least: 10 days before}
        - {id: sun, avoid: sun, until: "3 days after, if possible 10"}
        - {id: ibuprofen, avoid: ibuprofen}
        """
    )
    told = [
        (day.date.isoformat(), day.distance, _told(found, place))
        for place, day in enumerate(found.days)
    ]
    assert told == [
        ("2026-11-30", -10, ["last fine day: toxin"]),
        ("2026-12-01", -9, ["begins: toxin"]),
        ("2026-12-05", -5, ["begins: waxing"]),
        ("2026-12-06", -4, ["begins at the latest: waxing"]),
        ("2026-12-10", 0, ["begins: sun"]),
        ("2026-12-14", 4, ["at least this long: sun"]),
        ("2026-12-21", 11, ["ends: sun"]),
    ]


def test_a_day_is_told_by_the_clock() -> None:
    """What happens at 14:00 comes before what begins at 14:30, whatever the file's order."""
    found = plan(
        """
        - {id: heat, avoid: heat, until: 48 hours after}
        - {id: early, arrive: early-arrival, at: 30 minutes before}
        - {id: shaving, avoid: shaving, on: treatment day}
        """
    )
    assert _told(found, 0) == ["begins: shaving", "happens: early", "begins: heat"]


def test_in_force_is_any_instant_of_the_date() -> None:
    """A ban from 14:30 is in force that day and on the day on which it ends at 14:30."""
    found = plan(
        """
        - {id: heat, avoid: heat, until: 48 hours after}
        - {id: shaving, avoid: shaving, on: treatment day}
        - {id: next, avoid: makeup, on: next day}
        - {id: marker, repeat: follow-up, at: 2 days after}
        """
    )
    in_force = {
        day.date.isoformat(): [each.instruction.id for each in day.in_force] for day in found.days
    }
    assert in_force == {
        "2026-12-10": ["heat", "shaving"],
        "2026-12-11": ["heat", "next"],
        "2026-12-12": ["heat"],
    }


def test_a_protocol_without_dates_has_the_treatment_day() -> None:
    """D is there with nothing on it, and what is undated is not in force on a date."""
    found = plan(entry("avoid: ibuprofen"))
    assert [(day.distance, day.transitions, day.in_force) for day in found.days] == [(0, (), ())]


# Kinds and states


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ("avoid: waxing\nfrom: 3 days before", Kind.WINDOW),
        ("avoid: makeup\nuntil-state: your skin has healed", Kind.WINDOW),
        ("avoid: ibuprofen", Kind.UNDATED),
        ("screen: pregnancy", Kind.UNDATED),
        ("repeat: follow-up", Kind.UNDATED),
        ("repeat: follow-up\nat: 4 weeks after", Kind.MOMENT),
        ("arrive: early-arrival\nat: 20 to 30 minutes before", Kind.MOMENT),
    ],
)
def test_kinds(fields: str, kind: Kind) -> None:
    """A window, a moment, or neither."""
    assert plan(entry(fields)).instructions[0].kind is kind


@pytest.mark.parametrize(
    ("fields", "now", "state"),
    [
        ("avoid: waxing\nfrom: 3 days before", "2026-12-06 23:59", State.UPCOMING),
        ("avoid: waxing\nfrom: 3 days before", "2026-12-07 00:00", State.IN_FORCE),
        ("avoid: waxing\nfrom: 3 days before", "2026-12-07 00:01", State.BEGUN_BEFORE_BOOKING),
        ("avoid: waxing\nfrom: 3 days before", "2026-12-10 14:29", State.BEGUN_BEFORE_BOOKING),
        ("avoid: waxing\nfrom: 3 days before", "2026-12-10 14:30", State.OVER),
        (
            "wait-since: laser\nat-least: 5 days before",
            "2026-12-08 09:00",
            State.BEGUN_BEFORE_BOOKING,
        ),
        ("avoid: shaving\non: treatment day", "2026-12-10 09:00", State.IN_FORCE),
        ("avoid: heat\nuntil: 48 hours after", "2026-12-10 14:29", State.UPCOMING),
        ("avoid: heat\nuntil: 48 hours after", "2026-12-10 14:30", State.IN_FORCE),
        ("avoid: heat\nuntil: 48 hours after", "2026-12-12 14:29", State.IN_FORCE),
        ("avoid: heat\nuntil: 48 hours after", "2026-12-12 14:30", State.OVER),
        ("avoid: sun\nfrom: end", "2026-12-10 14:29", State.UPCOMING),
        ("avoid: sun\nfrom: end", "2030-01-01 00:00", State.IN_FORCE),
        ("avoid: makeup\nuntil-state: your skin has healed", "2027-01-01 00:00", State.IN_FORCE),
        ("avoid: ibuprofen", "2027-01-01 00:00", State.UNDATED),
        ("repeat: follow-up\nat: 4 weeks after", "2027-01-06 12:00", State.UPCOMING),
        ("repeat: follow-up\nat: 4 weeks after", "2027-01-07 12:00", State.IN_FORCE),
        ("repeat: follow-up\nat: 4 weeks after", "2027-01-08 00:01", State.OVER),
        ("arrive: early-arrival\nat: 20 to 30 minutes before", "2026-12-10 14:05", State.IN_FORCE),
        ("arrive: early-arrival\nat: 20 to 30 minutes before", "2026-12-10 14:11", State.OVER),
    ],
)
def test_states(fields: str, now: str, state: State) -> None:
    """Where an instruction stands when the plan is made."""
    assert plan(entry(fields), now=now).instructions[0].state is state


@given(protocols(), visits(), st.integers(-100, 100))
def test_states_follow_the_dates(protocol: Protocol, around: Visit, hours: int) -> None:
    """Over is what has ended, upcoming what has not begun; the rest is between."""
    now = datetime.fromtimestamp(around.start, UTC) + timedelta(hours=hours)
    found = build_plan(protocol, appointment(around), now=now)
    for each in found.instructions:
        start, until = each.dated.start, each.dated.until
        if each.kind is not Kind.WINDOW or (start and until and until <= start):
            continue
        began, over = start is None or start <= now, until is not None and until <= now
        expected = {State.OVER} if over else {State.UPCOMING}
        if began and not over:
            expected = {State.IN_FORCE, State.BEGUN_BEFORE_BOOKING}
        assert each.state in expected
        if each.state is State.BEGUN_BEFORE_BOOKING:
            assert start is not None
            assert start < now < found.visit.start


def test_now_may_be_told_on_any_clock() -> None:
    """The same instant in another zone gives the same plan."""
    protocol = protocol_of([])
    here = build_plan(protocol, visit(), now=at("2026-12-08 14:30"))
    there = build_plan(protocol, visit(), now=at("2026-12-08 19:30", "UTC"))
    assert here == there


# Screening


def test_screening_takes_any_of_its_factors() -> None:
    """One yes among several blocks; the plan holds the others too."""
    found = plan(
        """
        - {id: sores, screen: [open-sores, warts]}
        - {id: pregnant, screen: pregnancy}
        - {id: sun, avoid: sun, if: pregnancy}
        """,
        answers={"open-sores": False, "warts": True},
    )
    assert [each.instruction.id for each in found.blocked_by] == ["sores"]
    applies = {name: each.applies.value for name, each in by_id(found).items()}
    assert applies == {"sores": "yes", "pregnant": "ask", "sun": "ask"}


def test_screening_under_a_condition_needs_both() -> None:
    """A factor that counts only with a peel blocks only with a peel."""
    instruction = entry("screen: sensitive-skin\nif: peel")
    with_peel = plan(instruction, answers={"sensitive-skin": True, "peel": True})
    without = plan(instruction, answers={"sensitive-skin": True, "peel": False})
    unasked = plan(instruction, answers={"sensitive-skin": True})
    blocked = [len(each.blocked_by) for each in (with_peel, without, unasked)]
    assert blocked == [1, 0, 0]


@given(protocols(), visits(), answers)
def test_only_screening_blocks(protocol: Protocol, around: Visit, said: dict[str, bool]) -> None:
    """No other verb ever stops a treatment."""
    found = build_plan(protocol, appointment(around), now=NOW, answers=said)
    assert found.blocked_by == ()


# Size


def test_a_long_protocol_is_planned() -> None:
    """A hundred rules about one topic are a plan, if an odd one."""
    rules = "".join(
        f"- {{id: rule-{days}, avoid: sun, until: {days} days after}}\n" for days in range(1, 101)
    )
    found = plan(rules)
    assert len(found.days) == 101
    assert shown(by_id(found)["rule-100"], visit()).until == "2027-03-21 00:00 -0400"


def _told(found: Plan, place: int) -> list[str]:
    """Return what a day tells, in its order."""
    return [
        f"{transition.change.value}: {transition.planned.instruction.id}"
        for transition in found.days[place].transitions
    ]
