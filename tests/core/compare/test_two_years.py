"""Every verdict against two years of dated plans, read rule by rule and instant by instant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import product
from typing import TYPE_CHECKING, NamedTuple, cast
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from microcare.core.compare.comparison import ComparedTopic, Verdict
from microcare.core.compare.protocols import compare_protocols
from microcare.core.compare.strictness import Facet
from microcare.core.plan.plan import build_plan
from microcare.core.sheet.conditions import (
    Answer,
    evaluate,
    list_condition_factors,
    list_possible_answers,
)
from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.points import Offset, Side, find_side
from microcare.core.sheet.verbs import Verb
from microcare.core.sheet.vocabulary import find_groups, find_members
from microcare.core.time.appointment import make_timed_appointment
from microcare.core.time.bounds import Bound
from microcare.load.library.folders import find_built_in_folder
from microcare.load.library.protocols import read_protocol
from tests.example_sheets import NAMES, sheet
from tests.strategies import protocols

if TYPE_CHECKING:
    from microcare.core.compare.comparison import Comparison
    from microcare.core.compare.statements import Statement
    from microcare.core.sheet.protocol import Protocol
    from microcare.core.time.appointment import Appointment
    from microcare.core.time.dated import Dated

MANY = settings(max_examples=3 * settings().max_examples)
ZONE = ZoneInfo("America/New_York")
FIRST = datetime(2027, 1, 1, tzinfo=UTC).date()
MOMENT = timedelta(seconds=1)
EVER = datetime.max.replace(tzinfo=UTC)
MANY_STARTS = 60
ORDERED = {Verdict.SAME, Verdict.LEFT_STRICTER, Verdict.RIGHT_STRICTER}
NEVER = datetime.min.replace(tzinfo=UTC)


Key = tuple[tuple[str, ...], tuple[bool, ...]]


class Span(NamedTuple):
    """What a ban covers, from the first instant to the last one, which is excluded."""

    start: datetime
    until: datetime


@st.composite
def bookings(draw: st.DrawFn) -> datetime:
    """Draw when a treatment starts: on any of two years' days, while clinics are open.

    At night a change of the clocks alone may turn hours against days about, which `diff` says.
    """
    day = FIRST + timedelta(days=draw(st.integers(0, 730)))
    quarter = draw(st.integers(6 * 4, 22 * 4))
    return datetime.combine(day, time(quarter // 4, 15 * (quarter % 4)), ZONE)


def fixed_bookings(count: int) -> list[datetime]:
    """Return so many starts over two years: all weekdays, ends of months, changed clocks."""
    found = []
    for place in range(count):
        day = FIRST + timedelta(days=(place * 733) // count)
        quarter = 6 * 4 + place * 37 % 65
        found.append(datetime.combine(day, time(quarter // 4, 15 * (quarter % 4)), ZONE))
    return found


class Dates(NamedTuple):
    """A dated plan: the appointment and the dates of each rule."""

    visit: Appointment
    dated: Mapping[str, Dated]


def date_all(protocol: Protocol, starts: Iterable[datetime]) -> list[Dates]:
    """Return the plan of each appointment."""
    visits = [make_timed_appointment(each.astimezone(UTC), ZONE, "flag") for each in starts]
    plans = [build_plan(protocol, visit, now=visit.start) for visit in visits]
    return [
        Dates(plan.visit, {each.instruction.id: each.dated for each in plan.instructions})
        for plan in plans
    ]


def check_comparison(left: Protocol, right: Protocol, starts: Sequence[datetime]) -> None:
    """Fail where a row claims what the dated plans of both protocols belie."""
    comparison = compare_protocols(left, right)
    pairs = list(zip(date_all(left, starts), date_all(right, starts), strict=True))
    for row in comparison.compared:
        check_edges(row, pairs)
    # Of nobody, since a condition contradicts itself, nothing is claimed.
    bans = (row for row in comparison.compared if row.family is Verb.AVOID)
    rows = [row for row in bans if any(read_key(row)[1])]
    told = {(row.topic, row.side) for row in rows}
    for row in rows:
        check_ban(row, comparison, pairs)
        for part in find_members(row.topic, comparison.topics):
            within = {part, *find_groups(part, comparison.topics)}
            within &= find_members(row.topic, comparison.topics)
            if row.verdict in ORDERED and not any((name, row.side) in told for name in within):
                check_part(replace(row, topic=part), comparison, pairs)


def check_part(
    row: ComparedTopic, comparison: Comparison, pairs: Sequence[tuple[Dates, Dates]]
) -> None:
    """Fail where an order is not that of a part without a row, of which both speak."""
    sheets = (comparison.left, comparison.right)
    if all(spoken_of(row, list_bans(row, each, comparison)) for each in sheets):
        check_order(row, comparison, pairs)


def check_ban(
    row: ComparedTopic, comparison: Comparison, pairs: Sequence[tuple[Dates, Dates]]
) -> None:
    """Fail where a protocol is called silent and is not, or is and is not called so."""
    ours, theirs = (
        list(list_bans(row, protocol, comparison))
        for protocol in (comparison.left, comparison.right)
    )
    where = f"{row.side.value} {row.topic} {row.key}: {row.verdict.value}"
    if row.side is not Side.DAY_OF:
        assert bool(spoken_of(row, ours)) is not row.left.is_silent, where
        assert bool(spoken_of(row, theirs)) is not row.right.is_silent, where
    if row.verdict in ORDERED:
        check_order(row, comparison, pairs)


def check_order(
    row: ComparedTopic, comparison: Comparison, pairs: Sequence[tuple[Dates, Dates]]
) -> None:
    """Fail where the stricter protocol leaves open at any time what the other one forbids."""
    where = f"{row.side.value} {row.topic} {row.key}: {row.verdict.value}"
    ours, theirs = (
        list(list_bans(row, protocol, comparison))
        for protocol in (comparison.left, comparison.right)
    )
    states = {state for each in (*ours, *theirs) if (state := each.window.until_state)}
    rules = (*((each, 0) for each in ours), *((each, 1) for each in theirs))
    if any(is_unknown(each, plans[place]) for plans in pairs for each, place in rules):
        return
    for plans in pairs:
        for reached in product([False, True], repeat=len(states)):
            for wide in (True, False):
                met = dict(zip(sorted(states), reached, strict=True))
                found = [
                    join(
                        span
                        for each in bans
                        if not {row.side, Side.ANY}.isdisjoint(list_sides(each))
                        for span in clip(row.side, plan, read_span(each, plan, met, wide=wide))
                    )
                    for bans, plan in zip((ours, theirs), plans, strict=True)
                ]
                when = f"{where}, {plans[0].visit.local(plans[0].visit.start)}: {found}"
                if row.verdict is not Verdict.RIGHT_STRICTER:
                    assert covers(found[0], found[1]), when
                if row.verdict is not Verdict.LEFT_STRICTER:
                    assert covers(found[1], found[0]), when


def list_bans(
    row: ComparedTopic, protocol: Protocol, comparison: Comparison
) -> Iterator[Instruction]:
    """Yield the rules that forbid the topic of a row to whoever is in its condition."""
    names = {row.topic, *find_groups(row.topic, comparison.topics)}
    for each in protocol.instructions:
        if not each.verb.traits.restricts or names.isdisjoint(each.topics):
            continue
        if row.topic not in each.topics and not names.isdisjoint(each.exceptions):
            continue
        if each.condition is None or holds_under(row, each):
            yield each


def holds_under(row: ComparedTopic, each: Instruction) -> bool:
    """Return whether the condition of a row leaves no doubt that a rule holds."""
    assert each.condition is not None
    factors, table = read_key(row)
    holding = [
        answers
        for answers, holds in zip(list_possible_answers(factors), table, strict=True)
        if holds
    ]
    names = tuple(sorted({*factors, *list_condition_factors(each.condition)}))
    return all(
        evaluate(each.condition, answers) is Answer.YES
        for answers in list_possible_answers(names)
        if any(known.items() <= answers.items() for known in holding)
    )


def read_key(row: ComparedTopic) -> Key:
    """Return the factors of a row's condition, and whether it holds under each of their answers."""
    return cast("Key", row.key or ((), (True,)))


def spoken_of(row: ComparedTopic, bans: Iterable[Instruction]) -> list[Instruction]:
    """Return the rules that speak on the side of a row."""
    return [each for each in bans if not {row.side, Side.ANY}.isdisjoint(list_sides(each))]


def list_sides(each: Instruction) -> set[Side]:
    """Return the sides of the treatment on which a rule forbids something."""
    sides = each.sides
    if each.verb is Verb.WAIT_SINCE:
        points = (point for point in each.interval_bounds if isinstance(point, Offset))
        sides = tuple(find_side(point) for point in points)
    order = [Side.BEFORE, Side.DAY_OF, Side.AFTER]
    places = [order.index(side) for side in sides if side in order]
    first, last = (places[0], places[-1]) if places else (0, -1)
    crosses = {Side.AFTER} if last > first else set()
    # What ends at the start of the treatment lies before it, also on its day.
    return {*sides, *order[first : last + 1], *crosses}


def is_unknown(each: Instruction, plan: Dates) -> bool:
    """Return whether a rule counts from something without a date."""
    dated, window = plan.dated[each.id], each.window
    ends = dated.until or dated.until_at_least
    unstarted = window.start is not None and dated.start is None
    return unstarted or (window.until is not None and ends is None)


def read_span(each: Instruction, plan: Dates, met: Mapping[str, bool], *, wide: bool) -> Span:
    """Return what a rule covers at most or at least, where states of the body are met or not."""
    dated = plan.dated[each.id]
    start, until = dated.start or NEVER, dated.until
    if dated.ends_with_treatment:
        until = plan.visit.end
    if each.window.at is not None and until is None:
        return Span(start, start + MOMENT)
    if not wide:
        start = dated.start_at_latest or start
        until = dated.until_at_least or until
    state = each.window.until_state
    if state is None:
        return Span(start, until or EVER)
    # A state that the treatment brings about is not met before it.
    soonest = max(start, plan.visit.start)
    if until is None or dated.until is None:
        return Span(start, (dated.until_at_least or soonest) if met[state] else EVER)
    return Span(start, min(soonest, until) if met[state] else until)


def clip(side: Side, plan: Dates, span: Span) -> Iterator[Span]:
    """Yield what of a span lies on a side of the treatment."""
    visit = plan.visit
    day = visit.day_start(visit.day), visit.day_start(visit.day + timedelta(days=1))
    first, last = {
        Side.BEFORE: (NEVER, visit.start + MOMENT),
        Side.DAY_OF: day,
        Side.AFTER: (visit.end + MOMENT, EVER),
        Side.ANY: (NEVER, EVER),
    }[side]
    until = span.until + MOMENT if span.until == visit.start else span.until
    cut = Span(max(span.start, first), min(until, last))
    if cut.start < cut.until:
        yield cut


def join(spans: Iterable[Span]) -> list[Span]:
    """Return spans as few that don't touch."""
    found: list[Span] = []
    for each in sorted(spans):
        if found and each.start <= found[-1].until:
            found[-1] = Span(found[-1].start, max(found[-1].until, each.until))
        else:
            found.append(each)
    return found


def covers(wide: Sequence[Span], narrow: Iterable[Span]) -> bool:
    """Return whether each of some joined spans lies within one of others."""
    return all(
        any(other.start <= each.start and each.until <= other.until for other in wide)
        for each in narrow
    )


def check_edges(row: ComparedTopic, pairs: Sequence[tuple[Dates, Dates]]) -> None:
    """Fail where one rule of each is said to begin or end at another time, and never does.

    Or where it does and that isn't said; what is the same has the same dates.
    """
    governing = [said.governing for said in row.sides]
    if row.verdict is Verdict.SAME and row.family is not Verb.AVOID:
        for plans in pairs:
            ours, theirs = (
                {read_edges(each, plan) for each in said}
                for said, plan in zip(governing, plans, strict=True)
            )
            assert ours == theirs, row
    both = [each for said in governing for each in said]
    if [len(said) for said in governing] != [1, 1] or any(each.releases for each in both):
        return
    for facet, place in ((Facet.OPENS, 0), (Facet.CLOSES, 1)):
        bounds = [(each.opens, each.closes)[place] for each in both]
        crosses = any(len(list_sides(each.instruction)) > 1 for each in both)
        if crosses or not all(map(is_plain, bounds)) or not row.verdict.decides:
            continue
        dates = [
            [read_edges(each, plan)[place] for each, plan in zip(both, plans, strict=True)]
            for plans in pairs
        ]
        unequal = any(one != other for one, other in dates)
        told = facet in row.facets
        assert told or not unequal or row.facets[0] in {Facet.SCOPE, Facet.CONDITION}, row
        assert not told or unequal or len(pairs) < MANY_STARTS, row


def is_plain(bound: Bound) -> bool:
    """Return whether nothing but a date, or none, is said of an end."""
    return bound == Bound(bound.careful, bound.other)


def read_edges(each: Statement, plan: Dates) -> tuple[object, object]:
    """Return where a rule begins and ends, both ends of a range."""
    dated = plan.dated[each.instruction.id]
    begins = dated.start, dated.start_at_latest or dated.start
    ends = dated.until, dated.until_at_least or dated.until
    if each.instruction.window.at is not None and dated.until is None:
        ends = begins
    return (ends, None) if each.releases else (begins, ends)


def test_clinics() -> None:
    """The two built-in protocols, over two years."""
    left, right = (
        read_protocol(find_built_in_folder() / f"clinic-{name}.yaml") for name in ("a", "b")
    )
    check_comparison(left, right, fixed_bookings(MANY_STARTS))


@pytest.mark.parametrize("name", NAMES)
def test_example_sheets(name: str) -> None:
    """Each of the examples against each clinic."""
    for clinic in ("clinic-a", "clinic-b"):
        other = read_protocol(find_built_in_folder() / f"{clinic}.yaml")
        check_comparison(sheet(name), other, fixed_bookings(6))


BANS = [Verb.AVOID, Verb.WAIT_SINCE]


@MANY
@given(protocols(BANS, 3), protocols(BANS, 3), st.lists(bookings(), min_size=3, max_size=3))
def test_drawn_bans(left: Protocol, right: Protocol, starts: list[datetime]) -> None:
    """Bans of all kinds of times, of groups and members, with exceptions and conditions."""
    assume(all(map(runs_forward, (*left.instructions, *right.instructions))))
    check_comparison(left, right, starts)


@given(protocols(), protocols(), st.lists(bookings(), min_size=3, max_size=3))
def test_drawn_protocols(left: Protocol, right: Protocol, starts: list[datetime]) -> None:
    """And everything else that a sheet can say."""
    assume(all(map(runs_forward, (*left.instructions, *right.instructions))))
    check_comparison(left, right, starts)


def runs_forward(each: Instruction) -> bool:
    """Return whether a window doesn't begin after the treatment and end before that."""
    return each.sides[0] is not Side.AFTER or each.sides[-1] is Side.AFTER
