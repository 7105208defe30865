"""What plans say of topics agrees with a slow reading of the rules, each by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given

from microcare.core.plan.ledger import Release
from microcare.core.plan.plan import Plan, build_plan
from microcare.core.plan.transitions import Change, Transition, is_news
from microcare.core.sheet.protocol import Protocol
from microcare.core.sheet.verbs import Verb
from microcare.core.sheet.vocabulary import find_groups
from tests.oracle import Visit
from tests.oracle.conditions import is_so
from tests.oracle.holding import SlowReading, Word, read_slowly
from tests.strategies import answers, appointment, protocols, visits

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 12, 10, tzinfo=UTC)
SPEAKING = [each for each in Verb if each.traits.restricts or each.traits.opposes_bans]
FINE = {Word.ALLOWED, Word.FREE, Word.DUE}
HELD_BACK = {Word.FORBIDDEN, Word.PERHAPS, Word.CLOSED}


@given(protocols(SPEAKING, most=5), visits(), answers)
def test_fine_again_is_what_nothing_holds_back(
    protocol: Protocol, around: Visit, said: dict[str, bool]
) -> None:
    """However the open questions are answered, neither the topic nor a part that isn't named."""
    plan = build_plan(protocol, appointment(around), now=NOW, answers=said)
    reading = read_slowly(protocol, around)
    for transition, release in _list_releases(plan):
        for second, each in _answers_under(transition, release, plan, reading):
            held = {
                member
                for member in reading.rules.members(release.topic)
                if reading.holds(member, second, each).whole in HELD_BACK
            }
            told = {part for part, _ in release.except_for} | set(release.closed)
            untold = {
                member
                for member in held
                if told.isdisjoint({member, *find_groups(member, protocol.topics)})
            }
            found = reading.holds(release.topic, second, each)
            if not release.held_by:
                # "Until within a minute before" ends where the other side begins.
                silent = {Word.SILENT} if second == reading.rules.cut else set()
                assert found.whole in FINE | silent, (release, found)
                assert not untold, (release, found)


@given(protocols(SPEAKING, most=5), visits(), answers)
def test_nothing_is_withheld_without_a_reason(
    protocol: Protocol, around: Visit, said: dict[str, bool]
) -> None:
    """Some answer holds back what a row says is still held back."""
    plan = build_plan(protocol, appointment(around), now=NOW, answers=said)
    reading = read_slowly(protocol, around)
    for transition, release in _list_releases(plan):
        cases = list(_answers_under(transition, release, plan, reading))
        if not cases:
            continue  # Its condition can never hold.
        if release.held_by:
            assert any(
                reading.holds(release.topic, second, each).whole in HELD_BACK
                for second, each in cases
            ), release
        for part in (*(part for part, _ in release.except_for), *release.closed):
            assert any(
                reading.holds(part, second, each).whole in HELD_BACK for second, each in cases
            ), (release, part)


@given(protocols(SPEAKING, most=5), visits(), answers)
def test_what_is_overruled_is_forbidden_for_certain(
    protocol: Protocol, around: Visit, said: dict[str, bool]
) -> None:
    """Just where a rule begins, and where a ban ends, under every answer that asks for it.

    On a whole day a rule loses to what forbids it at whatever hour the treatment is.
    """
    if around.all_day:
        return
    plan = build_plan(protocol, appointment(around), now=NOW, answers=said)
    reading = read_slowly(protocol, around)
    borders = sorted({each for rule in plan.instructions for each in _borders(rule.dated)})
    for rule in plan.instructions:
        if not rule.instruction.verb.traits.opposes_bans or rule.applies.value == "no":
            continue
        for instant in borders:
            if not rule.holds_between(instant, instant + timedelta.resolution):
                continue
            for topic in rule.instruction.topics:
                if not reading.rules.covers(reading.rules.by_id[rule.instruction.id], topic):
                    continue
                second = int(instant.timestamp())
                cases = [
                    reading.holds(topic, second, each)
                    for each in reading.completions(plan.answers, topic)
                    if is_so(rule.instruction.condition, each)
                ]
                if not cases:
                    continue  # Its condition can never hold.
                forbidden = all(each.forbidden_by for each in cases)
                assert rule.is_overruled_for(topic, instant) is forbidden, (rule, topic, instant)


def _borders(dated: object) -> Iterator[datetime]:
    for name in ("start", "until", "until_at_least"):
        found = getattr(dated, name)
        if found is not None:
            yield found


def _list_releases(plan: Plan) -> Iterator[tuple[Transition, Release]]:
    for day in plan.days:
        for transition in day.transitions:
            instruction = transition.planned.instruction
            news = is_news(transition)
            if transition.change is not Change.ENDS or not (news and transition.planned.restricts):
                continue
            for release in transition.releases:
                names = find_groups(release.topic, plan.protocol.topics) | {release.topic}
                # A rule that leaves out what it names ends nothing.
                if names.isdisjoint(instruction.exceptions):
                    yield transition, release


def _answers_under(
    transition: Transition, release: Release, plan: Plan, reading: SlowReading
) -> Iterator[tuple[int, dict[str, bool]]]:
    assert transition.instant is not None
    second = int(transition.instant.timestamp())
    condition = transition.planned.instruction.condition
    for each in reading.completions(plan.answers, release.topic):
        if is_so(condition, each):
            yield second, each
