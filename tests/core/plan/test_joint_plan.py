"""The plan of several treatments: each as its own sheet says, and none undoes another's bans."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from microcare.core.plan.joint_plan import plan_treatments
from microcare.core.plan.plan import Plan, build_plan, find_untold
from microcare.core.plan.planned import Kind, PlannedInstruction
from microcare.core.plan.replies import find_reply
from microcare.core.plan.spells import Ruling
from microcare.core.plan.transitions import Change, is_news
from microcare.core.plan.treatments import Treatment
from microcare.core.sheet.points import Offset, Qualifier
from microcare.core.sheet.protocol import Protocol
from microcare.core.sheet.verbs import Verb
from microcare.core.sheet.vocabulary import find_groups
from tests.oracle import Visit
from tests.oracle.conditions import is_so
from tests.oracle.holding import Word
from tests.oracle.joint import JointReading
from tests.samples import at, protocol, visit
from tests.strategies import TOPICS, answers, appointment, treatments

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from microcare.core.plan.ledger import Release
    from microcare.core.plan.transitions import Transition
    from microcare.core.sheet.instruction import Instruction
    from microcare.core.time.appointment import Appointment

NOW = datetime(2026, 12, 10, tzinfo=UTC)
DAY = timedelta(days=1)
SPEAKING = [each for each in Verb if each.traits.restricts or each.traits.opposes_bans]
FINE = {Word.ALLOWED, Word.FREE, Word.DUE}
HELD_BACK = {Word.FORBIDDEN, Word.PERHAPS, Word.CLOSED}
FEW = settings(max_examples=settings().max_examples // 3)

Drawn = list[tuple[Protocol, Visit]]


def join(
    given_: Sequence[tuple[Protocol, Appointment]],
    said: Mapping[str, bool] | None = None,
    now: datetime = NOW,
) -> Plan:
    """Return the plan of some protocols at their appointments."""
    return plan_treatments([Treatment(*each) for each in given_], now=now, answers=said or {})


def join_drawn(drawn: Drawn, said: Mapping[str, bool]) -> Plan:
    """Return the plan of what was drawn."""
    return join([(sheet, appointment(around)) for sheet, around in drawn], said)


def plain(ident: str) -> str:
    """Return an instruction's id as its own sheet has it."""
    return ident.partition("@")[0]


# What each sheet says stays as it is


@FEW
@given(treatments(), answers)
def test_rules_are_dated_as_in_a_plan_of_their_own(drawn: Drawn, said: dict[str, bool]) -> None:
    """Dates, ends, answers and doses are those of `build_plan`, and nothing is lost or untold.

    Of a sheet that is followed again what has no date, and that it is to be repeated, stands once.
    """
    found = join_drawn(drawn, said)
    for treatment, (sheet, around) in zip(found.treatments, drawn, strict=True):
        alone = build_plan(sheet, appointment(around), now=NOW, answers=said)
        own = {
            plain(each.instruction.id): each
            for each in found.instructions
            if each.treatment is treatment
        }
        for each in alone.instructions:
            told = own.pop(each.instruction.id, None)
            if told is None:
                assert treatment.repeats
                assert each.kind is Kind.UNDATED or each.instruction.verb is Verb.REPEAT
                continue
            assert _facts(told) == _facts(each)
            assert told.overruled or told.doses == each.doses
        assert not own
    assert find_untold(found) == ()


def _facts(each: PlannedInstruction) -> object:
    return each.kind, each.dated, each.applies, each.reason, each.standing, each.end


# What may be told of topics, against a slow reading of each sheet by itself


@FEW
@given(treatments(SPEAKING, timed=True), answers)
def test_fine_again_is_what_no_sheet_holds_back(drawn: Drawn, said: dict[str, bool]) -> None:
    """Neither a later session nor another sheet, whose closed bans nobody else may free."""
    plan, reading = join_drawn(drawn, said), JointReading(drawn)
    cuts = {each.rules.cut for each in reading.readings}
    for transition, release in _list_releases(plan):
        assert transition.instant is not None
        second = int(transition.instant.timestamp())
        for case in reading.completions(plan.answers, release.topic):
            if release.held_by or not is_so(transition.planned.instruction.condition, case):
                continue
            word = reading.holds(release.topic, second, case).word
            if release.silent:
                assert word not in {Word.FORBIDDEN, Word.PERHAPS}, (release, word)
                continue
            # "Until within a minute before" ends where the other side begins.
            assert word in FINE or (word is Word.SILENT and second in cuts), (release, word)
            told = {part for part, _ in release.except_for} | set(release.closed)
            untold = [
                member
                for member in reading.members(release.topic)
                if reading.holds(member, second, case).word in HELD_BACK
                and told.isdisjoint({member, *find_groups(member, TOPICS)})
            ]
            assert not untold, (release, untold)


def _list_releases(plan: Plan) -> Iterator[tuple[Transition, Release]]:
    for transition in (each for day in plan.days for each in day.transitions):
        ends = transition.change is Change.ENDS and transition.planned.restricts
        for release in transition.releases if ends and is_news(transition) else ():
            names = find_groups(release.topic, TOPICS) | {release.topic}
            if names.isdisjoint(transition.planned.instruction.exceptions):
                yield transition, release


@FEW
@given(treatments(SPEAKING, timed=True), answers)
def test_rule_loses_to_what_any_sheet_forbids(drawn: Drawn, said: dict[str, bool]) -> None:
    """Just where something begins or ends, under every answer for which the rule applies."""
    plan, reading = join_drawn(drawn, said), JointReading(drawn)
    dates = [each.dated for each in plan.instructions]
    borders = {each for dated in dates for each in (dated.start, dated.until) if each is not None}
    for rule in plan.instructions:
        instruction = rule.instruction
        if not instruction.verb.traits.opposes_bans or rule.applies.value == "no":
            continue
        own = reading.readings[rule.treatment.number - 1].rules
        for instant in sorted(borders):
            if not rule.holds_between(instant, instant + timedelta.resolution):
                continue
            for topic in instruction.topics:
                cases = [
                    reading.holds(topic, int(instant.timestamp()), case).is_forbidden
                    for case in reading.completions(plan.answers, topic)
                    if is_so(instruction.condition, case)
                ]
                if cases and own.covers(own.by_id[plain(instruction.id)], topic):
                    assert rule.is_overruled_for(topic, instant) is all(cases), (rule, topic)


@FEW
@given(treatments(SPEAKING), answers, st.sampled_from(sorted(TOPICS)))
def test_yes_is_said_of_nothing_that_a_sheet_forbids(
    drawn: Drawn, said: dict[str, bool], topic: str
) -> None:
    """And what is forbidden until a date by any sheet, under every answer, is a no."""
    plan, reading = join_drawn(drawn, said), JointReading(drawn)
    for instant in _list_instants(plan):
        second = int(instant.timestamp())
        reply = find_reply(plan, topic, instant)
        cases = [
            reading.holds(topic, second, case) for case in reading.completions(plan.answers, topic)
        ]
        if any(each.is_forbidden or any(one.parts for one in each.each) for each in cases):
            assert reply.ruling is not Ruling.YES, (reply.own, cases)
        if all(_is_dated(each.each, reading) for each in cases):
            assert reply.own.ruling is Ruling.NO, (reply.own, cases)
        if reply.own.ruling is Ruling.YES:
            spared = any(
                (each.instruction.exceptions and each.restricts) or each.instruction.is_deadline
                for each in reply.own.rules
            )
            for each in cases:
                assert not each.is_forbidden
                hoped = [
                    _is_wish(own.rules.by_id[name])
                    for own, one in zip(reading.readings, each.each, strict=True)
                    for name in one.perhaps_by
                ]
                assert all(hoped)
                assert spared or hoped or each.word in FINE, (reply.own, each)


def _is_dated(found: Sequence[object], reading: JointReading) -> bool:
    return any(
        (times := own.rules.span(own.rules.by_id[name])) is not None
        and (times.until is not None or times.until_at_least is not None)
        for own, each in zip(reading.readings, found, strict=True)
        for name in each.forbidden_by  # type: ignore[attr-defined]
    )


def _is_wish(rule: Instruction) -> bool:
    until = rule.window.until
    return isinstance(until, Offset) and until.qualifier is Qualifier.IF_POSSIBLE


def _list_instants(plan: Plan) -> list[datetime]:
    """Return the instants at which something may change, and one between each two."""
    found = {each for one in plan.treatments for each in (one.visit.start, one.visit.end)}
    for dated in (each.dated for each in plan.instructions):
        found |= {
            each
            for each in (dated.start, dated.until, dated.until_at_least, dated.start_at_latest)
            if each is not None
        }
    borders = sorted(found)
    around = (borders[0] - DAY, *borders, borders[-1] + DAY)
    middles = [one + (other - one) // 2 for one, other in pairwise(around)]
    return sorted({each.replace(second=0, microsecond=0) for each in (*around, *middles)})


@FEW
@given(treatments(SPEAKING), answers)
def test_what_a_day_tells_to_avoid_is_no_yes(drawn: Drawn, said: dict[str, bool]) -> None:
    """Any instant at which a plan's rule holds, unless it is only wished for, is no yes."""
    plan = join_drawn(drawn, said)
    for rule in plan.applicable:
        dated = rule.dated
        if not rule.restricts or rule.kind is not Kind.WINDOW or dated.start is None:
            continue
        if rule.instruction.exceptions or (dated.until is not None and dated.until <= dated.start):
            continue
        for topic in rule.instruction.topics:
            if rule.applies.value == "yes":
                reply = find_reply(plan, topic, dated.start)
                assert reply.ruling is not Ruling.YES, (rule, topic)


# One sheet in two files


@FEW
@given(treatments(SPEAKING, timed=True), answers, st.sampled_from(sorted(TOPICS)))
def test_sheet_in_two_files_forbids_what_the_whole_one_does(
    drawn: Drawn, said: dict[str, bool], topic: str
) -> None:
    """At every moment: a sheet that is cut in two frees nothing."""
    sheet, around = drawn[0]
    rules = sheet.instructions
    halves = [
        replace(sheet, id=f"half-{number}", instructions=rules[number::2]) for number in range(2)
    ]
    whole = build_plan(sheet, appointment(around), now=NOW, answers=said)
    split = join([(half, appointment(around)) for half in halves], said)
    for instant in _list_instants(whole):
        before, now = (find_reply(plan, topic, instant).ruling for plan in (whole, split))
        if before is Ruling.NO:
            assert now is not Ruling.YES
        if before is Ruling.ASK:
            assert now is not Ruling.YES or not rules


# By hand

SOON = visit("2026-12-10 14:30")
LATER = visit("2026-12-20 09:00")


def named(name: str, instructions: str, header: str = "day-1: next day") -> Protocol:
    """Return a protocol of some instructions by its id."""
    return replace(protocol(instructions, header), id=name, title=f"Treatment {name}")


def test_what_another_sheet_closed_is_not_fine_again() -> None:
    """One lets wax again after 72 hours; the other stopped it before and says nothing since."""
    one = named("one", "- {id: a, avoid: waxing, from: 3 days before, until: 72 hours after}")
    other = named("other", "- {id: b, avoid: waxing, from: 7 days before}")
    plan = join([(one, SOON), (other, SOON)])
    ((_, release),) = _list_releases_by_id(plan, "a")
    assert [each.protocol.id for each in release.silent] == ["other"]
    assert not release.is_whole
    assert find_reply(plan, "waxing", at("2026-12-14 10:00")).ruling is Ruling.ASK


def test_what_the_other_sheet_speaks_of_is_fine_again() -> None:
    """As soon as both bans are over."""
    one = named("one", "- {id: a, avoid: waxing, from: 3 days before, until: 72 hours after}")
    other = named("other", "- {id: b, avoid: waxing, from: 7 days before, until: 1 day after}")
    plan = join([(one, SOON), (other, SOON)])
    ((_, release),) = _list_releases_by_id(plan, "a")
    assert release.is_whole


def _list_releases_by_id(plan: Plan, ident: str) -> list[tuple[Transition, Release]]:
    return [
        (transition, release)
        for day in plan.days
        for transition in day.transitions
        if transition.change is Change.ENDS and transition.planned.instruction.id == ident
        for release in transition.releases
    ]


def test_permission_of_one_sheet_leaves_the_shortest_time_of_another() -> None:
    """“At least 10 days” is not over because another sheet allows it."""
    one = named("one", "- {id: a, avoid: sauna, until: at least 2 days after}")
    other = named("other", "- {id: b, may: sauna, from: 1 day after}")
    plan = join([(one, SOON), (other, SOON)])
    assert find_reply(plan, "sauna", at("2026-12-14 10:00")).ruling is Ruling.ASK


def test_permission_of_an_earlier_session_leaves_the_ban_of_a_later_one() -> None:
    """It is allowed from the day after the first on, and forbidden before and after the second."""
    sheet = named(
        "one",
        """
        - {id: a, avoid: sauna, from: 2 days before, until: 2 days after}
        - {id: b, may: sauna, from: 3 days after}
        """,
    )
    plan = join([(sheet, SOON), (sheet, LATER)])
    rulings = [
        find_reply(plan, "sauna", at(f"2026-12-{day:02} 12:00")).ruling.value
        for day in (9, 11, 16, 17, 18, 21, 22, 23, 24)
    ]
    assert rulings == ["no", "no", "yes", "yes", "no", "no", "no", "yes", "yes"]


def test_state_of_an_earlier_session_is_asked_for_before_the_later_one() -> None:
    """It is no “no” until the last session's aftercare is over: by then it may have come."""
    sheet = named(
        "one",
        """
        - {id: a, avoid: sauna, from: 2 days before, until: 2 days after}
        - {id: b, avoid: sauna, from: end, until-state: your skin has healed}
        """,
    )
    plan = join([(sheet, SOON), (sheet, LATER)])
    assert find_reply(plan, "sauna", at("2026-12-15 12:00")).ruling is Ruling.ASK
    assert find_reply(plan, "sauna", at("2026-12-19 12:00")).ruling is Ruling.NO


def test_anchors_and_ids_are_those_of_each_treatment() -> None:
    """What counts from another instruction counts from that of its own session."""
    sheet = named(
        "one",
        """
        - {id: prep, take: laxatives, at: 18:00 the day before}
        - {id: drink, do: drinking, from: 2 hours after prep, until: 4 hours after prep}
        """,
    )
    plan = join([(sheet, SOON), (sheet, LATER)])
    starts = {each.instruction.id: each.dated.start for each in plan.instructions}
    assert starts["drink"] == at("2026-12-09 20:00")
    assert starts["drink@2"] == at("2026-12-19 20:00")


def test_time_of_day_is_that_of_each_appointment() -> None:
    """One is after noon, the other before: each sheet has its own answer."""
    sheet = named(
        "one", "- {id: a, avoid: food, if: appointment before noon, from: 8 hours before}"
    )
    plan = join([(sheet, SOON), (sheet, LATER)])
    applies = {each.instruction.id: each.applies.value for each in plan.instructions}
    assert applies == {"a": "no", "a@2": "yes"}


def test_day_between_two_treatments_is_counted_from_what_it_tells_of() -> None:
    """From the earlier one, but where all that a date tells is of the later."""
    one = named("one", "- {id: a, avoid: sauna, until: 4 days after}")
    other = named("other", "- {id: b, avoid: waxing, from: 7 days before}")
    plan = join([(one, SOON), (other, LATER)])
    counted = {day.date.day: (day.counted_from.number, day.distance) for day in plan.days}
    assert counted[13] == (2, -7)
    assert counted[15] == (1, 5)


def test_other_treatment_is_what_a_sheet_may_forbid_in_both_orders() -> None:
    """A filler two weeks before is broken by one a week before, and not by one a week after."""
    micro = named("one", "- {id: a, wait-since: dermal-filler, at-least: 2 weeks before}")
    filler = replace(named("other", "- {id: b, avoid: alcohol}"), procedure="dermal filler")
    for days, is_barred in ((-7, True), (0, True), (7, False), (-14, False), (-13, True)):
        day = SOON.day + days * DAY
        for when in (f"{day} 10:00", str(day)):
            plan = join([(micro, SOON), (filler, visit(when))], now=at("2026-11-01 10:00"))
            assert plan.is_barred is is_barred, when


def test_sessions_of_one_sheet_raise_no_alarm_by_a_group() -> None:
    """A ban on all peels before a peel doesn't name the peel that is repeated."""
    sheet = replace(
        named("one", "- {id: a, avoid: exfoliants, from: 2 weeks before, until: 2 weeks after}"),
        procedure="chemical peel",
    )
    assert not join([(sheet, SOON), (sheet, LATER)], now=at("2026-11-01 10:00")).is_barred


def test_whole_day_beside_a_timed_treatment_has_both_readings() -> None:
    """The plan still tells every rule, and forbids what either reading does."""
    one = named("one", "- {id: a, avoid: sauna, until: 24 hours after}")
    plan = join([(one, visit("2026-12-10")), (named("other", "- {id: b, may: sauna}"), SOON)])
    assert find_untold(plan) == ()
    assert find_reply(plan, "sauna", at("2026-12-11 20:00")).ruling is Ruling.NO
    assert plan.find_day(date(2026, 12, 10)).distance == 0


def test_session_without_an_hour_keeps_what_has_none_for_it() -> None:
    """What the first session dates, and the next can't, is another instruction for the patient."""
    sheet = named("one", "- {id: a, may: water, from: midnight before, until: 2 hours before}")
    plan = join([(sheet, SOON), (sheet, visit("2027-01-14"))])
    assert [each.kind for each in plan.instructions] == [Kind.WINDOW, Kind.UNDATED]


def test_what_ends_with_another_treatment_holds_until_that() -> None:
    """Eating is fine again after the first; solid food is stopped until the second is over."""
    one = named("one", "- {id: a, avoid: food, until: 3 hours after}")
    other = named("other", "- {id: b, avoid: solid-food, from: 1 day before, until: end}")
    plan = join([(one, SOON), (other, visit(f"{SOON.day + DAY} 14:30"))])
    ((_, release),) = _list_releases_by_id(plan, "a")
    assert [part for part, _ in release.except_for] == ["solid-food"]
