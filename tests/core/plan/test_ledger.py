"""“Fine again” is said of what no rule covers any more, and of nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from microcare.core.plan.plan import Plan, build_plan
from microcare.core.plan.planned import End, Kind, PlannedInstruction
from microcare.core.plan.transitions import Change
from microcare.core.sheet.conditions import Answer, evaluate
from microcare.core.sheet.protocol import Protocol
from microcare.core.sheet.verbs import Verb
from microcare.core.sheet.vocabulary import Topic
from tests.oracle import Visit
from tests.samples import by_id, plan, visit
from tests.strategies import FACTORS, TOPICS, answers, appointment, protocols, visits

if TYPE_CHECKING:
    from collections.abc import Mapping

NOW = datetime(2026, 12, 10, tzinfo=UTC)
TIMED = visits().filter(lambda around: not around.all_day)
"""Of whole days the readings of two rules belong together: the slow reading tries them."""
FACTORS_P_Q = """
factors:
  p: {ask: "P?", yes: p, no: no p}
  q: {ask: "Q?", yes: q, no: no q}
"""


def releases(
    instructions: str, answered: Mapping[str, bool] | None = None, header: str = ""
) -> dict[str, str]:
    """Return what each ending rule frees: `sauna; makeup except mineral-makeup`."""
    found = plan(instructions, answers=answered, header=header)
    return {
        transition.planned.instruction.id: "; ".join(
            f"{each.topic} held by {', '.join(claim.rule.instruction.id for claim in each.held_by)}"
            if each.held_by
            else " except ".join([each.topic, *(part for part, _ in each.except_for), *each.closed])
            for each in transition.releases
        )
        for day in found.days
        for transition in day.transitions
        if transition.change is Change.ENDS
    }


def overruled(
    instructions: str, answered: Mapping[str, bool] | None = None, appointment: str | None = None
) -> dict[str, list[str]]:
    """Return what bans beat, and when: `makeup 12-10 14:30 to 12-13 00:00 by ban`."""
    around = visit(appointment) if appointment else visit()
    found = plan(instructions, around, answers=answered, header=FACTORS_P_Q)

    def show(instant: datetime | None) -> str:
        return "open" if instant is None else around.local(instant).strftime("%m-%d %H:%M")

    return {
        each.instruction.id: [
            f"{lost.topic} {show(lost.start)} to {show(lost.until)} by "
            + ", ".join(rule.instruction.id for rule in lost.by)
            for lost in each.overruled
        ]
        for each in found.instructions
        if each.overruled
    }


def doses(instructions: str, answered: Mapping[str, bool] | None = None) -> list[str]:
    """Return the doses of the instruction `take`: `12-14 02:30 acetaminophen`."""
    found = plan(instructions, answers=answered, header=FACTORS_P_Q)
    return [
        f"{found.visit.local(dose.instant):%m-%d %H:%M} {', '.join(dose.topics)}"
        for dose in by_id(found)["take"].doses
    ]


def test_what_nothing_else_covers_is_fine_again() -> None:
    """Each topic of the rule by itself."""
    assert releases("- {id: heat, avoid: [sauna, hot-showers], until: 48 hours after}") == {
        "heat": "sauna; hot-showers"
    }


def test_a_longer_rule_about_the_same_holds() -> None:
    """The shorter rule frees nobody."""
    found = releases(
        """
        - {id: short, avoid: sun, until: 3 days after}
        - {id: long, avoid: sun, until: 10 days after}
        """
    )
    assert found == {"short": "sun held by long", "long": "sun"}


def test_a_longer_rule_about_a_group_holds() -> None:
    """Intense cardio is exercise."""
    found = releases(
        """
        - {id: cardio, avoid: intense-cardio, until: 48 hours after}
        - {id: exercise, avoid: exercise, until: 7 days after}
        """
    )
    assert found["cardio"] == "intense-cardio held by exercise"


def test_a_longer_rule_about_a_part_is_an_exception() -> None:
    """Exercise is fine again except intense cardio, which is a part of a part."""
    found = releases(
        """
        - {id: exercise, avoid: exercise, until: 24 hours after}
        - {id: cardio, avoid: intense-cardio, until: 48 hours after}
        """
    )
    assert found == {"exercise": "exercise except intense-cardio", "cardio": "intense-cardio"}


def test_a_rule_about_a_group_that_shares_a_part_is_an_exception() -> None:
    """Aspirin is an anti-inflammatory and a blood thinner: one ban ends, the other still holds."""
    found = releases(
        """
        - {id: nsaids, avoid: anti-inflammatories, until: 3 days after}
        - {id: thinners, avoid: blood-thinners, until: 7 days after}
        """
    )
    assert found["nsaids"] == "anti-inflammatories except aspirin"


def test_what_a_rule_left_out_is_not_freed_by_it() -> None:
    """Skin products but retinoids end; retinoids have a ban of their own, and it still holds."""
    found = releases(
        """
        - {id: products, avoid: skin-products, except: retinoids, until: 3 days after}
        - {id: retinoids, avoid: retinoids, until: 7 days after}
        """
    )
    assert found["products"] == "skin-products except retinoids"


def test_what_another_rule_leaves_out_is_free() -> None:
    """A ban on all skin products but sunscreen doesn't hold sunscreen."""
    found = releases(
        """
        - {id: sunscreen, avoid: sunscreen, until: 4 hours after}
        - {id: others, avoid: skin-products, except: sunscreen, until: 3 days after}
        """
    )
    assert found["sunscreen"] == "sunscreen"


@pytest.mark.parametrize(
    "other",
    [
        "{id: other, avoid: sun}",
        "{id: other, avoid: sun, from: end}",
        "{id: other, avoid: sun, until-words: a few days}",
        "{id: other, avoid: sun, until: 1 day after, until-state: your skin has healed}",
        "{id: other, may-resume: sun, once: your skin has healed}",
        "{id: other, avoid: sun, until: 10 days after, if: peel}",
        "{id: other, avoid: sun, from: 3 days after, until: 10 days after}",
        "{id: other, avoid: sun, from: 49 hours after, until: 10 days after}",
        "{id: other, wait-since: sun, at-least: 2 weeks after}",
    ],
)
def test_rules_that_hold(other: str) -> None:
    """Without an end, until a state, not asked, or the next rule at the very instant."""
    found = releases(f"- {{id: sun, avoid: sun, until: 49 hours after}}\n- {other}")
    holds = "from: 3 days" not in other
    assert found["sun"] == ("sun held by other" if holds else "sun")


@pytest.mark.parametrize(
    "other",
    [
        "{id: other, avoid: sauna, until: 10 days after}",
        "{id: other, avoid: sun, until: 48 hours after}",
        "{id: other, avoid: sun, from: 5 days before}",
        "{id: other, use: sun, until: 10 days after}",
        "{id: other, avoid: sun, at: start}",
    ],
)
def test_rules_that_do_not_hold(other: str) -> None:
    """Another topic, no longer, not yet, no ban."""
    found = releases(f"- {{id: sun, avoid: sun, until: 48 hours after}}\n- {other}")
    assert found["sun"] == "sun"


def test_a_rule_answered_no_holds_nothing() -> None:
    """Not asked it holds, answered no it doesn't."""
    rules = """
        - {id: sun, avoid: sun, until: 3 days after}
        - {id: peel, avoid: sun, until: 10 days after, if: peel}
        """
    assert releases(rules)["sun"] == "sun held by peel"
    assert releases(rules, {"peel": True})["sun"] == "sun held by peel"
    assert releases(rules, {"peel": False}) == {"sun": "sun"}


def test_a_rule_for_other_patients_holds_nothing() -> None:
    """Who has filler does not wait for what those without it must wait for."""
    found = releases(
        """\
        - {id: with, avoid: makeup, until: 1 day after, if: peel}
        - {id: without, avoid: makeup, until: 3 days after, if: not peel}
        """
    )
    assert found == {"with": "makeup", "without": "makeup"}


def test_only_the_end_of_a_ban_frees_something() -> None:
    """The end of what is taken, permitted or expected says nothing of what is fine."""
    found = releases(
        """
        - {id: antiviral, take: antiviral, until: 2 days after}
        - {id: makeup, may: makeup, until: 2 days after}
        - {id: redness, expect: redness, until: 2 days after}
        """
    )
    assert found == {"antiviral": "", "makeup": "", "redness": ""}


def test_a_permission_that_begins_says_what_is_still_forbidden() -> None:
    """Products are allowed from the next day, retinoids are not."""
    found = plan(
        """
        - {id: products, may: skin-products, from: next day}
        - {id: retinoids, avoid: retinoids, until: 3 days after}
        """
    )
    freed = [
        transition.releases
        for day in found.days
        for transition in day.transitions
        if transition.releases
    ]
    (release,) = freed[0]
    held = [(part, [each.rule.instruction.id for each in by]) for part, by in release.except_for]
    assert held == [("retinoids", ["retinoids"])]


def test_a_member_of_a_group_that_a_protocol_widens_is_held() -> None:
    """Two treatments on one sheet: no sauna at 4 hours while heat is banned for 3 days."""
    found = releases(
        """
        - {id: sauna, avoid: sauna, until: 4 hours after}
        - {id: heat, avoid: heat, until: 3 days after}
        """,
        header="topics:\n  heat: {members: [sauna]}\n",
    )
    assert found == {"sauna": "sauna held by heat", "heat": "heat"}


def test_a_part_that_ends_later_the_same_day_is_an_exception() -> None:
    """Makeup the next day, mineral makeup after 24 hours."""
    found = releases(
        """
        - {id: makeup, may-resume: makeup, from: next day}
        - {id: mineral, may-resume: mineral-makeup, from: 24 hours after}
        """
    )
    assert found == {"makeup": "makeup except mineral-makeup", "mineral": "mineral-makeup"}


def test_what_was_stopped_before_and_never_dated_is_not_freed() -> None:
    """Products from day 2 free no retinoids: the sheet never says when those are fine."""
    rules = """
        - {id: stop, avoid: [retinoids, hydroquinone], from: 48 hours before}
        - {id: products, may-resume: skin-products, from: 2 days after}
        """
    assert releases(rules) == {"products": "skin-products except hydroquinone except retinoids"}
    spoken = rules + "- {id: later, avoid: retinoids, until: 1 day after}\n"
    assert releases(spoken)["products"] == "skin-products except hydroquinone"


def test_a_minimum_interval_stops_nothing() -> None:
    """How far apart two treatments lie says nothing of what is done afterwards."""
    rules = """
        - {id: wait, wait-since: botulinum-toxin, at-least: 5 days before}
        - {id: resume, may-resume: botulinum-toxin, from: 2 days after}
        """
    assert releases(rules)["resume"] == "botulinum-toxin"


def test_losing_is_of_one_stretch() -> None:
    """A rule loses while the ban holds and governs before and after it."""
    rules = """
        - {id: ban, avoid: makeup, from: 2 days after, until: 3 days after}
        - {id: use, use: makeup, from: end, until: 1 week after}
        """
    assert overruled(rules) == {"use": ["makeup 12-12 00:00 to 12-14 00:00 by ban"]}


def test_losing_is_of_one_topic() -> None:
    """Of two medicines only the forbidden one is lost."""
    rules = """
        - {id: ban, avoid: ibuprofen, until: 3 days after}
        - {id: take, take: [ibuprofen, acetaminophen], from: next day, for: 4 days, daily: morning}
        """
    assert overruled(rules) == {"take": ["ibuprofen 12-11 00:00 to 12-14 00:00 by ban"]}
    assert doses(rules) == [
        "12-11 08:00 acetaminophen",
        "12-12 08:00 acetaminophen",
        "12-13 08:00 acetaminophen",
        "12-14 08:00 ibuprofen, acetaminophen",
    ]


def test_bans_that_follow_one_another_are_one() -> None:
    """Three in a chain: what is lost is lost until the last of them ends, which is named."""
    rules = """
        - {id: first, avoid: ibuprofen, from: 2 days before, until: start}
        - {id: second, avoid: ibuprofen, from: start, until: 24 hours after}
        - {id: third, avoid: ibuprofen, from: 24 hours after, until: 48 hours after}
        - {id: use, take: ibuprofen, from: 3 days before, until: 1 week after}
        """
    assert overruled(rules) == {"use": ["ibuprofen 12-08 00:00 to 12-12 14:30 by third"]}


def test_a_ban_on_a_group_beats_what_is_said_of_a_member() -> None:
    """Through a group of a group, and through either group of what lies in two."""
    rules = """
        - {id: products, avoid: skin-products, until: 1 day after}
        - {id: mineral, may: mineral-makeup, from: end, until: 3 days after}
        - {id: thinners, avoid: blood-thinners, until: 1 day after}
        - {id: nsaids, avoid: anti-inflammatories, until: 2 days after}
        - {id: aspirin, take: aspirin, from: end, until: 3 days after}
        """
    assert overruled(rules) == {
        "mineral": ["mineral-makeup 12-10 14:30 to 12-12 00:00 by products"],
        "aspirin": ["aspirin 12-10 14:30 to 12-13 00:00 by nsaids"],
    }


def test_a_ban_on_a_member_leaves_the_group() -> None:
    """“Use a cleanser” and “not this one” agree."""
    rules = """
        - {id: ban, avoid: mineral-makeup, until: 1 day after}
        - {id: may, may: makeup, from: end, until: 3 days after}
        """
    assert overruled(rules) == {}


@pytest.mark.parametrize("left_out", ["makeup", "mineral-makeup"])
def test_what_a_ban_leaves_out_is_not_lost(left_out: str) -> None:
    """Its exception and what the exception holds."""
    rules = f"""
        - {{id: ban, avoid: skin-products, except: {left_out}, until: 1 day after}}
        - {{id: use, use: mineral-makeup, from: end, until: 3 days after}}
        """
    assert overruled(rules) == {}


@pytest.mark.parametrize(
    ("ban", "use", "answered", "lost"),
    [
        ("p", "", None, False),
        ("p", "", {"p": True}, True),
        ("p", "", {"p": False}, False),
        ("p", "p", None, True),
        ("p", "not p", None, False),
        ("p", "{all: [p, q]}", None, True),
        ("{all: [p, q]}", "p", None, False),
        ("{all: [p, q]}", "p", {"q": True}, True),
        ("{any: [p, q]}", "q", None, True),
        ("{any: [p, q]}", "", {"q": True}, True),
    ],
)
def test_a_ban_beats_whom_it_surely_concerns(
    ban: str, use: str, answered: Mapping[str, bool] | None, *, lost: bool
) -> None:
    """Not asked it beats nobody, but those for whom its condition holds anyway."""
    rules = f"""
        - {{id: ban, avoid: makeup, until: 1 day after, if: {ban}}}
        - {{id: use, use: makeup, from: end, until: 3 days after{f", if: {use}" if use else ""}}}
        """
    assert bool(overruled(rules, answered)) is lost


def test_bans_under_yes_and_no_beat_everybody() -> None:
    """Whatever is answered it is forbidden, until the earlier of both ends."""
    rules = """
        - {id: so, avoid: acetaminophen, until: 3 days after, if: p}
        - {id: not, avoid: acetaminophen, until: 7 days after, if: not p}
        - {id: take, take: acetaminophen, from: end, until: 4 days after, daily: morning}
        """
    assert overruled(rules) == {"take": ["acetaminophen 12-10 14:30 to 12-14 00:00 by not, so"]}
    assert doses(rules) == ["12-14 08:00 acetaminophen"]


def test_the_doses_of_what_an_answer_bans_are_gone() -> None:
    """With an opioid no acetaminophen; where nobody asked the doses stay."""
    rules = """
        - {id: ban, avoid: acetaminophen, until: 1 day after, if: p}
        - {id: take, take: acetaminophen, from: next day, until: 2 days after, daily: morning}
        """
    first, second = "12-11 08:00 acetaminophen", "12-12 08:00 acetaminophen"
    assert doses(rules, {"p": True}) == [second]
    assert doses(rules, {"p": False}) == doses(rules) == [first, second]


@pytest.mark.parametrize(
    ("moment", "lost"),
    [("4 hours after", True), ("6 hours after", False), ("2 days after", False)],
)
def test_a_moment_inside_a_ban_is_lost(moment: str, *, lost: bool) -> None:
    """What is asked for at the very end of a ban is not."""
    rules = f"""
        - {{id: ban, avoid: ibuprofen, until: 6 hours after}}
        - {{id: take, take: ibuprofen, at: {moment}}}
        """
    assert bool(overruled(rules)) is lost


@pytest.mark.parametrize(("until", "lost"), [("1 day after", True), ("6 hours after", False)])
def test_a_whole_day_appointment_keeps_its_bans(until: str, *, lost: bool) -> None:
    """An evening may lie after the treatment, but never within six hours of both its readings."""
    rules = f"""
        - {{id: ban, avoid: ibuprofen, until: {until}}}
        - {{id: take, take: ibuprofen, at: evening treatment day}}
        """
    assert bool(overruled(rules, appointment="2026-12-10")) is lost


def test_what_a_patient_comes_without_is_forbidden_that_day() -> None:
    """Until the treatment begins, and no longer."""
    rules = """
        - {id: clean, avoid: makeup, at: start}
        - {id: may, may: makeup, from: 2 days before, until: 2 days after}
        """
    assert overruled(rules) == {"may": ["makeup 12-10 00:00 to 12-10 14:30 by clean"]}


def test_what_comes_afterwards_is_not_lost_to_what_ends_with_the_treatment() -> None:
    """Nobody knows at which hour the treatment is over, but then the ban is."""
    rules = """
        - {id: ban, avoid: ibuprofen, from: 2 days before, until: end}
        - {id: take, take: ibuprofen, from: end, every: 6 hours, count: 2}
        - {id: before, take: ibuprofen, from: 3 days before, until: next day}
        """
    assert overruled(rules) == {"before": ["ibuprofen 12-08 00:00 to 12-11 00:00 by ban"]}
    assert doses(rules) == ["12-10 14:30 ibuprofen", "12-10 20:30 ibuprofen"]


def test_a_permission_stays_beneath_a_ban_that_only_a_state_ends() -> None:
    """The clock never lifts it; a permission is told from its later start to its earlier end."""
    rules = """
        - {id: state, avoid: makeup, until-state: your skin has healed}
        - {id: may, may: makeup, from: 2 days after, until: 5 days after}
        """
    assert overruled(rules) == {"may": ["makeup 12-13 00:00 to 12-15 00:00 by state"]}


def test_what_may_be_over_overrules_nothing() -> None:
    """After the shorter of two ends a duty is followed, with what may still hold beside it."""
    rules = """
        - {id: ban, avoid: makeup, until: 1 to 3 days after}
        - {id: may, use: makeup, from: end, until: 5 days after}
        """
    assert overruled(rules) == {"may": ["makeup 12-10 14:30 to 12-12 00:00 by ban"]}


def test_at_least_so_long_frees_nobody() -> None:
    """It has no end: its shortest time is over, and it holds what ends later."""
    rules = """
        - {id: least, avoid: sun, until: at least 10 days after}
        - {id: longer, avoid: sunbathing, until: 3 weeks after}
        """
    assert releases(rules)["longer"] == "sunbathing held by least"


@given(protocols([Verb.AVOID, Verb.MAY], most=5), TIMED, answers)
def test_nothing_is_released_while_a_rule_covers_a_part_of_it(
    protocol: Protocol, around: Visit, said: dict[str, bool]
) -> None:
    """A topic is free again only if no rule that applies or may apply covers any part of it."""
    found = build_plan(protocol, appointment(around), now=NOW, answers=said)
    for transition in (transition for day in found.days for transition in day.transitions):
        held = _still_covered(found, transition.planned, transition.instant)
        for each in transition.releases:
            still = _parts(each.topic) & held
            if not transition.planned.restricts:
                # A permission frees nothing of what it leaves out.
                left_out = transition.planned.instruction.exceptions
                still -= {part for name in left_out for part in _parts(name)}
            told = {part for name, _ in each.except_for for part in _parts(name)}
            assert each.held_by or still <= told


@given(protocols([Verb.AVOID, Verb.MAY], most=5), TIMED, answers)
def test_nothing_is_withheld_that_no_rule_covers(
    protocol: Protocol, around: Visit, said: dict[str, bool]
) -> None:
    """Who is named as holding a topic covers some of it, and is open at that instant."""
    found = build_plan(protocol, appointment(around), now=NOW, answers=said)
    for transition in (transition for day in found.days for transition in day.transitions):
        for each in transition.releases:
            for claim in each.held_by:
                assert _covers(claim.rule, found, transition.instant) >= {each.topic}
            for part, claims in each.except_for:
                assert part in _parts(each.topic)
                for claim in claims:
                    assert _covers(claim.rule, found, transition.instant) >= {part}


def _still_covered(found: Plan, ending: PlannedInstruction, instant: datetime | None) -> set[str]:
    """Return the topics that some other rule covers, found by listing all of them."""
    others = (
        each
        for each in found.instructions
        if each is not ending and _can_apply_together(each, ending, found.answers)
        # A permission lifts what lasts at least so long.
        if each.end is not End.AT_LEAST
    )
    return {name for each in others for name in _covers(each, found, instant)}


def _can_apply_together(
    one: PlannedInstruction, other: PlannedInstruction, known: Mapping[str, bool]
) -> bool:
    """Return whether some patient whom the answers leave open has both rules."""
    conditions = [each.instruction.condition for each in (one, other)]
    patients = (
        dict(zip(sorted(FACTORS), values, strict=True))
        for values in product((False, True), repeat=len(FACTORS))
    )
    return any(
        known.items() <= patient.items()
        and all(each is None or evaluate(each, patient) is Answer.YES for each in conditions)
        for patient in patients
    )


def _covers(each: PlannedInstruction, found: Plan, instant: datetime | None) -> set[str]:
    if not _holds(each, found, instant):
        return set()
    named = {part for name in each.instruction.topics for part in _parts(name)}
    return named - {part for name in each.instruction.exceptions for part in _parts(name)}


def _holds(each: PlannedInstruction, found: Plan, instant: datetime | None) -> bool:
    if not each.restricts or instant is None:
        return False
    opens = each.dated.start or datetime.min.replace(tzinfo=UTC)
    closes = each.dated.until or datetime.max.replace(tzinfo=UTC)
    if each.end in (End.AT_LEAST, End.WORDS_AFTER_DATE):
        # Only its shortest time is stated.
        closes = datetime.max.replace(tzinfo=UTC)
    if each.kind is Kind.MOMENT:
        # What the patient comes without is left off on the whole of that day.
        opens, closes = found.visit.day_start(found.visit.day), opens
    return opens <= instant < closes


def _parts(topic: str) -> set[str]:
    return {name for name, each in TOPICS.items() if _is_part(each, topic)}


def _is_part(topic: Topic, group: str) -> bool:
    return topic.id == group or any(_is_part(TOPICS[each], group) for each in topic.part_of)


def test_a_ban_that_begins_within_a_course_and_is_not_asked_leaves_it_in_doubt() -> None:
    """From the fourth day on, for patients whose liver is ill."""
    made = plan(
        """
        - {id: take, take: acetaminophen, from: next day, for: 5 days, every: 6 hours}
        - {id: ban, avoid: acetaminophen, from: 3 days after, if: peel}
        """
    )
    (doubted,) = made.instructions[0].doubted
    assert [each.instruction.id for each in doubted.by] == ["ban"]
    assert not made.instructions[0].overruled


@pytest.mark.parametrize("appointment", ["2026-12-10 14:30", "2026-12-10"])
def test_a_state_outlasts_the_treatment_with_which_the_time_ends(appointment: str) -> None:
    """Nothing is fine once the treatment is over: the skin has to heal, whichever is later."""
    made = plan(
        """
        - {id: a, avoid: makeup, from: start, until: end, until-state: healed, whichever: later}
        """,
        appointment=visit(appointment),
    )
    (each,) = made.instructions
    assert each.end is End.STATE_AFTER_DATE
    changes = [change.change for day in made.days for change in day.transitions]
    assert changes == [Change.BEGINS, Change.AT_LEAST_OVER]
