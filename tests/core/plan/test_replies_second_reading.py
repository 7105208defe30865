"""What is answered agrees with a slow reading of the rules, each by itself, and with the plan."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from microcare.core.plan.plan import Plan, build_plan
from microcare.core.plan.replies import Reply, find_day_reply, find_reply
from microcare.core.plan.spells import Cause, Ruling
from microcare.core.plan.transitions import Change, is_news
from microcare.core.sheet.points import Offset, Qualifier
from microcare.core.sheet.protocol import Protocol
from microcare.core.sheet.verbs import Verb
from tests.oracle import Visit
from tests.oracle.holding import Holds, SlowReading, Word, read_slowly
from tests.oracle.saying import is_at_least
from tests.strategies import TOPICS, answers, appointment, protocols, sheets, visits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microcare.core.sheet.instruction import Instruction

NOW = datetime(2026, 12, 10, tzinfo=UTC)
SPEAKING = [each for each in Verb if each.traits.restricts or each.traits.opposes_bans]
FINE = {Word.ALLOWED, Word.FREE, Word.DUE}
DAY = timedelta(days=1)

plain_protocols = protocols(SPEAKING, most=5)
drawn_protocols = plain_protocols | sheets(SPEAKING)
topics = st.sampled_from(sorted(TOPICS))


class Asked(NamedTuple):
    """A reply and what the slow reading says under each way to answer, at one instant."""

    instant: datetime
    reply: Reply
    cases: list[Holds]


@given(drawn_protocols, visits(), answers, topics)
def test_yes_is_said_of_nothing_that_is_forbidden_closed_or_silent(
    protocol: Protocol, around: Visit, said: dict[str, bool], topic: str
) -> None:
    """Whatever is answered, some rule frees or allows it, or leaves it out of a ban."""
    for asked, reading in _ask(protocol, around, said, topic):
        if asked.reply.own.ruling is not Ruling.YES:
            continue
        # What is due by a moment is due until then; the slow reading knows its minute alone.
        excepted = any(
            (each.instruction.exceptions and each.restricts) or each.instruction.is_deadline
            for each in asked.reply.own.rules
        )
        for each in asked.cases:
            assert not each.forbidden_by, asked
            assert all(_is_wish(reading.rules.by_id[name]) for name in each.perhaps_by), asked
            assert each.whole in FINE or each.perhaps_by or excepted, asked
        if asked.reply.ruling is Ruling.YES:
            assert not any(each.parts for each in asked.cases), asked


@given(drawn_protocols, visits(), answers, topics)
def test_no_is_said_of_nothing_that_is_not_forbidden(
    protocol: Protocol, around: Visit, said: dict[str, bool], topic: str
) -> None:
    """Under every answer a ban holds, or will be over at the far end of a range at the latest."""
    for asked, reading in _ask(protocol, around, said, topic):
        if asked.reply.own.ruling is not Ruling.NO or _is_bridged(asked, around):
            continue
        for each in asked.cases:
            ranged = any(_is_range(reading.rules.by_id[name]) for name in each.perhaps_by)
            assert each.forbidden_by or ranged, asked


@given(drawn_protocols, visits(), answers, topics)
def test_dated_ban_is_a_no(
    protocol: Protocol, around: Visit, said: dict[str, bool], topic: str
) -> None:
    """What a ban with an end forbids under every answer is answered so, all of it or in part."""
    for asked, reading in _ask(protocol, around, said, topic):
        dated = [any(_has_end(name, reading) for name in each.forbidden_by) for each in asked.cases]
        if all(dated):
            assert asked.reply.own.ruling is Ruling.NO, asked
        if any(each.forbidden_by or each.parts for each in asked.cases):
            assert asked.reply.ruling is not Ruling.YES, asked


@given(plain_protocols, visits(), answers, topics)
def test_what_is_free_is_a_yes(
    protocol: Protocol, around: Visit, said: dict[str, bool], topic: str
) -> None:
    """Nobody is sent to the clinic for what the sheet answers.

    An interval before another instruction is over with the treatment, wherever that one lies: there
    an answer is more careful than the slow reading, so that none is drawn.
    """
    for asked, reading in _ask(protocol, around, said, topic):
        granted = {name for each in asked.cases for name in each.due_by | each.allowed_by}
        if any(reading.rules.by_id[name].is_deadline for name in granted):
            continue
        free = all(each.whole in FINE and not each.perhaps_by for each in asked.cases)
        if free and not _is_bridged(asked, around):
            assert asked.reply.own.ruling is Ruling.YES, asked


@given(drawn_protocols, visits(), answers, topics)
def test_answer_stands_until_it_turns(
    protocol: Protocol, around: Visit, said: dict[str, bool], topic: str
) -> None:
    """Between the question and `until` it is the same, and then it is what was said it would be."""
    plan = build_plan(protocol, appointment(around), now=NOW, answers=said)
    instants = _list_instants(plan)
    for number, instant in enumerate(instants):
        reply = find_reply(plan, topic, instant)
        assert (reply.turn is None) is (reply.then is None)
        if reply.turn is None:
            continue
        until = reply.turn.instant
        assert until > instant
        between = [each for each in instants[number:] if each < until]
        assert {find_reply(plan, topic, each).ruling for each in between} == {reply.ruling}
        assert find_reply(plan, topic, until).ruling is reply.then
        if not reply.parts and reply.own.ruling is not Ruling.NO:
            assert reply.then is not reply.ruling


@given(drawn_protocols, visits(), answers)
def test_fine_again_is_answered_with_yes(
    protocol: Protocol, around: Visit, said: dict[str, bool]
) -> None:
    """What the plan tells as fine again, for all and all of it, is a yes from that instant on."""
    plan = build_plan(protocol, appointment(around), now=NOW, answers=said)
    if plan.visit.all_day:
        return  # There the plan tells each face of the day, and an answer is the careful one.
    for day in plan.days:
        for each in day.transitions:
            told = each.change is Change.ENDS and each.planned.restricts
            if not told or not is_news(each) or each.instant is None:
                continue
            for release in each.releases:
                names = set(each.planned.instruction.exceptions)
                if release.is_whole and each.planned.applies.value == "yes" and not names:
                    reply = find_reply(plan, release.topic, each.instant)
                    assert reply.own.ruling is Ruling.YES, (each, reply)


@given(drawn_protocols, visits(), answers, topics, st.integers(-12, 20))
def test_day_is_as_strict_as_its_strictest_time(
    protocol: Protocol, around: Visit, said: dict[str, bool], topic: str, days: int
) -> None:
    """A whole date is a yes only if each of its instants is, and its changes tell which."""
    plan = build_plan(protocol, appointment(around), now=NOW, answers=said)
    day = plan.visit.day + days * DAY
    reply = find_day_reply(plan, topic, day)
    opens, closes = plan.visit.day_start(day), plan.visit.day_start(day + DAY)
    inside = [each for each in _list_instants(plan) if opens <= each < closes]
    found = {find_reply(plan, topic, each).ruling for each in (opens, *inside)}
    assert reply.ruling in found
    assert (reply.ruling is Ruling.YES) is (found == {Ruling.YES})
    assert {ruling for _, ruling in reply.changes} == (found if len(found) > 1 else set()) or (
        len(reply.changes) > 1
    )


@given(drawn_protocols, visits(), answers)
def test_what_a_day_tells_to_avoid_is_no_yes(
    protocol: Protocol, around: Visit, said: dict[str, bool]
) -> None:
    """`plan --on` and `can` speak of the same day."""
    plan = build_plan(protocol, appointment(around), now=NOW, answers=said)
    for day in plan.days[:6]:
        for rule, names in plan.list_holding(day.date):
            if not rule.restricts or rule.instruction.exceptions:
                continue
            for name in names:
                reply = find_day_reply(plan, name, day.date)
                wished = reply.own.cause is Cause.WISH
                assert reply.ruling is not Ruling.YES or wished, (rule, name, day.date)


def _ask(
    protocol: Protocol, around: Visit, said: dict[str, bool], topic: str
) -> Iterator[tuple[Asked, SlowReading]]:
    plan = build_plan(protocol, appointment(around), now=NOW, answers=said)
    reading = read_slowly(protocol, around)
    for instant in _list_instants(plan):
        second = int(instant.timestamp())
        cases = [
            reading.holds(topic, second, each) for each in reading.completions(plan.answers, topic)
        ]
        yield Asked(instant, find_reply(plan, topic, instant), cases), reading


def _list_instants(plan: Plan) -> list[datetime]:
    """Return the instants at which something may change, and one between each two."""
    found = {plan.visit.start, plan.visit.end}
    for rule in plan.instructions:
        dated = rule.dated
        found |= {
            each
            for each in (dated.start, dated.until, dated.until_at_least, dated.start_at_latest)
            if each is not None
        }
    borders = sorted(found)
    around = (borders[0] - DAY, *borders, borders[-1] + DAY)
    middles = [one + (other - one) // 2 for one, other in pairwise(around)]
    return sorted({each.replace(second=0, microsecond=0) for each in (*around, *middles)})


def _is_bridged(asked: Asked, around: Visit) -> bool:
    """Return whether an instant lies between the treatment and the next date."""
    start = datetime.fromtimestamp(around.start, UTC)
    local = asked.instant.astimezone(around.zone).date()
    return not around.all_day and start <= asked.instant and local <= around.day


def _is_wish(rule: Instruction) -> bool:
    until = rule.window.until
    return isinstance(until, Offset) and until.qualifier is Qualifier.IF_POSSIBLE


def _is_range(rule: Instruction) -> bool:
    window = rule.window
    vague = window.until_state is not None or window.until_words is not None
    return not (_is_wish(rule) or vague or is_at_least(rule))


def _has_end(name: str, reading: SlowReading) -> bool:
    times = reading.rules.span(reading.rules.by_id[name])
    return times is not None and (times.until is not None or times.until_at_least is not None)
