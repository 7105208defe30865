"""The slow reading of what holds, against sheets worked out by hand.

The appointment is Thu 10 Dec 2026, 14:30 in New York, without a known length where none is given.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcare.core.sheet.protocol import Protocol
from microcare.load.variants.parsing import parse_protocol
from tests.oracle import DAY, Sheet, Visit, timed_visit, whole_day_visit
from tests.oracle.holding import Release, SlowReading, Word, read_slowly
from tests.oracle.saying import BANS
from tests.samples import protocol
from tests.strategies import TOPICS, answers, protocols, visits

ZONE = ZoneInfo("America/New_York")
PROTOCOLS = Path(__file__).parents[2] / "protocols"


def visit(wall: str = "2026-12-10 14:30", minutes: int = 0) -> Visit:
    """Return a timed appointment; a mere date is a whole-day one."""
    if len(wall) == len("2026-12-10"):
        return whole_day_visit(datetime.fromisoformat(wall).date(), ZONE)
    return timed_visit(instant(wall), minutes, ZONE)


def instant(wall: str) -> int:
    """Return an instant by the clinic's clock; of 2026 or 2027 where no year is given."""
    if not wall.startswith("20"):
        wall = ("2027-" if wall < "06" else "2026-") + wall
    return round(datetime.fromisoformat(wall).replace(tzinfo=ZONE).timestamp())


def read(entries: str, around: Visit | None = None, header: str = "") -> SlowReading:
    """Return the reading of a few instructions in YAML."""
    return read_slowly(protocol(entries, header), around or visit())


def clinic(name: str) -> SlowReading:
    """Return the reading of a clinic's protocol around the appointment."""
    path = PROTOCOLS / f"{name}.yaml"
    return read_slowly(parse_protocol(path.read_text("utf-8"), path.name), visit())


def words(reading: SlowReading, topic: str, wall: str, **answers: bool) -> set[str]:
    """Return what may hold for a topic, with some questions answered."""
    given = {name.replace("_", "-"): value for name, value in answers.items()}
    return {each.value for each in reading.extremes(topic, instant(wall), given).words}


def fine_again(reading: SlowReading, topic: str, wall: str, **answers: bool) -> bool | set[str]:
    """Return whether a topic is fine again as a whole, or the members that are not."""
    given = {name.replace("_", "-"): value for name, value in answers.items()}
    found = reading.released(topic, instant(wall), given)
    return set(found.but) if found.fine and found.but else found.fine


# Stretches


def test_ban_after() -> None:
    """Silent before the treatment, forbidden until 48 hours after its start, then free."""
    reading = read("- {id: a, avoid: sauna, until: 48 hours after, say: x.}")
    assert words(reading, "sauna", "12-09 12:00") == {"silent"}
    assert words(reading, "sauna", "12-10 14:30") == {"forbidden"}
    assert words(reading, "sauna", "12-12 14:29") == {"forbidden"}
    assert words(reading, "sauna", "12-12 14:30") == {"free"}
    assert words(reading, "waxing", "12-12 14:30") == {"silent"}
    assert fine_again(reading, "sauna", "12-12 14:30") is True
    assert fine_again(reading, "sauna", "12-12 14:31") is False


def test_ban_before() -> None:
    """Free before the ban begins, closed by the treatment, which is no release."""
    reading = read("- {id: a, avoid: sauna, from: 3 days before, say: x.}")
    assert words(reading, "sauna", "12-06 23:59") == {"free"}
    assert words(reading, "sauna", "12-07 00:00") == {"forbidden"}
    assert words(reading, "sauna", "12-10 14:30") == {"closed"}
    assert reading.released("sauna", instant("12-10 14:30"), {}) == Release(
        frozenset(), fine=False, but=frozenset()
    )


def test_bans_before_and_after() -> None:
    """The treatment is no gap between them, and the one after is the one that ends."""
    reading = read("""
        - {id: a, avoid: sauna, from: 3 days before, say: x.}
        - {id: b, avoid: sauna, until: 24 hours after, say: x.}
        """)
    assert words(reading, "sauna", "12-10 14:29") == {"forbidden"}
    assert words(reading, "sauna", "12-10 14:30") == {"forbidden"}
    assert words(reading, "sauna", "12-11 14:30") == {"free"}
    assert fine_again(reading, "sauna", "12-11 14:30") is True


def test_permission_not_begun_leaves_a_closed_topic_closed() -> None:
    """Between the treatment and a permission from day 2 on nobody speaks of it."""
    reading = read(
        """
        - {id: a, avoid: sauna, from: 3 days before, say: x.}
        - {id: b, may: sauna, from: day 2, say: x.}
        """,
        header="day-1: next day",
    )
    assert words(reading, "sauna", "12-11 12:00") == {"closed"}
    assert words(reading, "sauna", "12-12 00:00") == {"allowed"}


def test_range_is_perhaps_over_between_its_ends() -> None:
    """24 to 48 hours: forbidden until the near end, and fine again at the far one."""
    reading = read("- {id: a, avoid: sauna, until: 24 to 48 hours after, say: x.}")
    assert words(reading, "sauna", "12-11 14:29") == {"forbidden"}
    assert words(reading, "sauna", "12-11 14:30") == {"perhaps over"}
    assert fine_again(reading, "sauna", "12-11 14:30") is False
    assert words(reading, "sauna", "12-12 14:30") == {"free"}
    assert fine_again(reading, "sauna", "12-12 14:30") is True


def test_wish_is_perhaps_over_until_its_further_end() -> None:
    """3 days, if possible 10: through Sun 13, then through Sun 20 December."""
    reading = read("- {id: a, avoid: sun, until: '3 days after, if possible 10', say: x.}")
    assert words(reading, "sun", "12-13 23:59") == {"forbidden"}
    assert words(reading, "sun", "12-14 00:00") == {"perhaps over"}
    assert words(reading, "sun", "12-21 00:00") == {"free"}


def test_at_least_is_never_fine_again() -> None:
    """After at least 10 days the shortest time is over, and no more."""
    reading = read("- {id: a, avoid: sunbathing, until: at least 10 days after, say: x.}")
    assert words(reading, "sunbathing", "12-20 23:59") == {"forbidden"}
    assert words(reading, "sunbathing", "12-21 00:00") == {"perhaps over"}
    assert fine_again(reading, "sunbathing", "12-21 00:00") is False
    assert words(reading, "sunbathing", "02-01 00:00") == {"perhaps over"}


def test_time_and_state() -> None:
    """Later or unstated: perhaps over after the time; earlier: over with it; alone: never."""
    reading = read("""
        - {id: a, avoid: makeup, until: 48 hours after, until-state: healed, say: x.}
        - {id: b, avoid: sauna, until: 48 hours after, until-state: healed, whichever: earlier,
           say: x.}
        - {id: c, may-resume: waxing, once: healed, say: x.}
        - {id: d, avoid: alcohol, until-words: a few days, say: x.}
        - {id: e, avoid: swimming, until: 48 hours after, until-words: a few days, say: x.}
        """)
    for topic, after in (
        ("makeup", "perhaps over"),
        ("sauna", "free"),
        ("waxing", "forbidden"),
        ("alcohol", "forbidden"),
        ("swimming", "perhaps over"),
    ):
        assert words(reading, topic, "12-12 14:29") == {"forbidden"}
        assert words(reading, topic, "12-12 14:30") == {after}


def test_come_without() -> None:
    """At the start: from 00:00 of D until the treatment; of afterwards it says nothing."""
    reading = read("- {id: a, avoid: makeup, at: start, say: x.}")
    assert words(reading, "makeup", "12-09 23:59") == {"free"}
    assert words(reading, "makeup", "12-10 00:00") == {"forbidden"}
    assert words(reading, "mascara", "12-10 14:29") == {"forbidden"}
    assert words(reading, "makeup", "12-10 14:30") == {"silent"}


def test_minimum_interval_after_the_treatment() -> None:
    """4 weeks before and after: D+28, Thu 7 January, is the first fine date."""
    reading = read("- {id: a, wait-since: laser, at-least: 4 weeks before and after, say: x.}")
    assert words(reading, "laser", "11-12 23:59") == {"free"}
    assert words(reading, "laser", "11-13 00:00") == {"forbidden"}
    assert words(reading, "laser", "01-06 23:59") == {"forbidden"}
    assert words(reading, "laser", "01-07 00:00") == {"free"}


def test_unknown_end_holds_through_the_day() -> None:
    """Nothing to drink until the test is over: its length isn't known."""
    fast = "- {id: a, avoid: drinks, from: 2 hours before, until: end, say: x.}"
    assert words(read(fast), "drinks", "12-10 23:59") == {"forbidden"}
    assert words(read(fast), "drinks", "12-11 00:00") == {"free"}
    assert words(read(fast, visit(minutes=60)), "drinks", "12-10 15:30") == {"free"}


def test_whole_day_appointment() -> None:
    """Bans until the treatment hold through D, those from it on from 00:00 of D."""
    reading = read(
        """
        - {id: a, avoid: sauna, from: 24 hours before, say: x.}
        - {id: b, avoid: waxing, until: 24 hours after, say: x.}
        """,
        visit("2026-12-10"),
    )
    assert words(reading, "sauna", "12-09 00:00") == {"forbidden"}
    assert words(reading, "sauna", "12-10 23:59") == {"forbidden"}
    assert words(reading, "sauna", "12-11 00:00") == {"closed"}
    assert words(reading, "waxing", "12-09 23:59") == {"silent"}
    assert words(reading, "waxing", "12-10 00:00") == {"forbidden"}
    assert words(reading, "waxing", "12-12 00:00") == {"free"}


# Groups, exceptions, conditions


def test_member_is_held_longer_than_its_group() -> None:
    """Makeup next day, mineral makeup after 24 hours: fine again, except mineral makeup."""
    reading = read("""
        - {id: a, may-resume: makeup, from: next day, say: x.}
        - {id: b, may-resume: mineral-makeup, from: 24 hours after, say: x.}
        """)
    assert words(reading, "makeup", "12-11 00:00") == {"forbidden in part"}
    assert fine_again(reading, "makeup", "12-11 00:00") == {"mineral-makeup"}
    assert fine_again(reading, "mineral-makeup", "12-11 00:00") is False
    assert fine_again(reading, "mascara", "12-11 00:00") is True
    assert fine_again(reading, "mineral-makeup", "12-11 14:30") is True


def test_group_is_held_longer_than_its_member() -> None:
    """Sauna 4 hours, heat 3 days: sauna isn't fine again before heat is."""
    reading = read(
        """
        - {id: a, avoid: sauna, until: 4 hours after, say: x.}
        - {id: b, avoid: heat, until: 3 days after, say: x.}
        """,
        header="topics: {heat: {members: [sauna]}}",
    )
    assert fine_again(reading, "sauna", "12-10 18:30") is False
    assert words(reading, "sauna", "12-10 18:30") == {"forbidden"}
    assert fine_again(reading, "sauna", "12-14 00:00") is True


def test_range_within_a_longer_ban() -> None:
    """Retinoids until 5 to 7 days and all products until 2 weeks: nothing is over on day 5."""
    reading = read("""
        - {id: a, avoid: retinoids, until: 5 to 7 days after, say: x.}
        - {id: b, avoid: skin-products, until: 2 weeks after, say: x.}
        """)
    assert words(reading, "retinoids", "12-16 00:00") == {"forbidden"}
    assert fine_again(reading, "retinoids", "12-18 00:00") is False
    assert fine_again(reading, "retinoids", "12-25 00:00") is True


def test_exception() -> None:
    """What a ban leaves out it doesn't forbid, with all that belongs to it."""
    reading = read("""
        - {id: a, avoid: skin-products, except: [sunscreen, cleanser], until: next day, say: x.}
        """)
    assert words(reading, "skin-products", "12-11 12:00") == {"forbidden"}
    assert words(reading, "lotions", "12-11 12:00") == {"forbidden"}
    assert words(reading, "sunscreen", "12-11 12:00") == {"silent"}
    assert words(reading, "gentle-cleanser", "12-11 12:00") == {"silent"}
    assert fine_again(reading, "skin-products", "12-12 00:00") is True


def test_permission_for_a_group_frees_no_closed_member() -> None:
    """Other products from day 2 on: retinoids were stopped and nobody spoke of them."""
    reading = read("""
        - {id: a, avoid: [retinoids, exfoliants], from: 48 hours before, say: x.}
        - {id: b, may: skin-products, from: 2 days after, say: x.}
        - {id: c, may: exfoliants, from: 5 days after, say: x.}
        """)
    assert words(reading, "lotions", "12-13 00:00") == {"allowed"}
    assert words(reading, "retinoids", "12-13 00:00") == {"closed"}
    assert words(reading, "aha", "12-13 00:00") == {"closed"}
    assert words(reading, "aha", "12-16 00:00") == {"allowed"}  # a word on what was stopped


def test_stricter_rule_overrules() -> None:
    """An opioid answered yes bans acetaminophen, which is then neither due nor allowed."""
    reading = read("""
        - {id: opioid, avoid: acetaminophen, if: pregnancy, until: 3 days after, say: x.}
        - {id: pain, take: acetaminophen, until: 5 days after, say: x.}
        - {id: free, may: pain-relievers, from: end, say: x.}
        """)
    noon = instant("12-12 12:00")
    (yes,) = (
        reading.holds("acetaminophen", noon, each)
        for each in reading.completions({"pregnancy": True}, "acetaminophen")
    )
    assert yes.word is Word.FORBIDDEN
    assert yes.overruled == {"pain", "free"}
    assert words(reading, "acetaminophen", "12-12 12:00") == {"forbidden", "due"}
    assert words(reading, "acetaminophen", "12-14 12:00", pregnancy=True) == {"due"}
    assert words(reading, "acetaminophen", "12-17 12:00", pregnancy=True) == {"allowed"}


def test_duty_for_a_group_frees_no_closed_member() -> None:
    """Cleanser was stopped before; to use some afterwards says nothing of a gentle one."""
    reading = read("""
        - {id: a, avoid: cleanser, from: 48 hours before, say: x.}
        - {id: b, use: cleanser, from: end, say: x.}
        """)
    assert words(reading, "cleanser", "12-11 12:00") == {"due"}
    assert words(reading, "gentle-cleanser", "12-11 12:00") == {"closed"}


def test_duty_holds_for_what_it_names() -> None:
    """Washing with a gentle cleanser asks for no other cleanser."""
    reading = read("- {id: a, use: cleanser, until: 2 days after, say: x.}")
    assert words(reading, "cleanser", "12-11 12:00") == {"due"}
    assert words(reading, "gentle-cleanser", "12-11 12:00") == {"silent"}


def test_moment_inside_a_ban_is_overruled() -> None:
    """A tablet at 15:00 the day before, while all of it is banned for three days."""
    reading = read("""
        - {id: ban, avoid: aspirin, from: 3 days before, say: x.}
        - {id: dose, take: aspirin, at: 15:00 the day before, say: x.}
        """)
    held = reading.holds("aspirin", instant("12-09 15:00"), {})
    assert (held.word, set(held.overruled)) == (Word.FORBIDDEN, {"dose"})
    assert not reading.holds("aspirin", instant("12-09 15:01"), {}).overruled


def test_unanswered_condition_blocks_a_release_and_settles_nothing() -> None:
    """A ban if pregnant outlasts the one for everybody: fine again only when answered no."""
    reading = read("""
        - {id: a, avoid: sauna, until: 2 days after, say: x.}
        - {id: b, avoid: sauna, if: pregnancy, until: 4 days after, say: x.}
        """)
    found = reading.extremes("sauna", instant("12-12 12:00"), {})
    assert [set(each) for each in found.forbidden_by] == [{"a"}, {"a", "b"}]
    assert words(reading, "sauna", "12-13 00:00") == {"forbidden", "free"}
    assert fine_again(reading, "sauna", "12-13 00:00") is False
    assert fine_again(reading, "sauna", "12-13 00:00", pregnancy=False) is True


def test_bans_under_both_answers_are_settled() -> None:
    """If pregnant 4 days, else 1 day: on the first day it is forbidden either way."""
    reading = read("""
        - {id: a, avoid: sauna, if: pregnancy, until: 4 days after, say: x.}
        - {id: b, avoid: sauna, if: not pregnancy, until: 1 day after, say: x.}
        """)
    assert words(reading, "sauna", "12-11 12:00") == {"forbidden"}
    assert words(reading, "sauna", "12-13 12:00") == {"forbidden", "free"}
    assert fine_again(reading, "sauna", "12-12 00:00") is True  # wherever b applies, a does not


def test_time_of_day_is_one_time() -> None:
    """A booking answers it; a whole-day one leaves it open, but not before 9 and after 11."""
    entries = """
        - {id: a, avoid: food, if: appointment before 09:00, from: 18:00 the day before, say: x.}
        - {id: b, avoid: sauna, if: {all: [appointment before 09:00,
           not appointment before 11:00]}, from: 18:00 the day before, say: x.}
        """
    assert words(read(entries), "food", "12-09 20:00") == {"silent"}
    day = read(entries, visit("2026-12-10"))
    assert words(day, "food", "12-09 20:00") == {"silent", "forbidden"}
    assert words(day, "sauna", "12-09 20:00") == {"silent"}


def test_stages_are_a_union() -> None:
    """No food after midnight, nothing at all for 3 hours: no rule of them loses."""
    reading = read("""
        - {id: a, avoid: food, from: midnight before, until: start, say: x.}
        - {id: b, avoid: [food, drinks], from: 3 hours before, until: start, say: x.}
        """)
    held = reading.holds("food", instant("12-10 12:00"), {})
    assert [set(held.forbidden_by), set(held.overruled)] == [{"a", "b"}, set()]
    assert words(reading, "water", "12-10 11:00") == {"free"}
    assert words(reading, "water", "12-10 11:30") == {"forbidden"}


def test_narrower_then_wider() -> None:
    """Clear liquids only, then nothing: the ban that begins later ends what is allowed."""
    reading = read("""
        - {id: only, avoid: [food, drinks], except: clear-liquids, from: midnight before,
           until: start, say: x.}
        - {id: clear, may: clear-liquids, from: midnight before, until: start, say: x.}
        - {id: nothing, avoid: [food, drinks], from: 2 hours before, until: start, say: x.}
        """)
    assert words(reading, "water", "12-10 12:29") == {"allowed"}
    assert words(reading, "milk", "12-10 12:29") == {"forbidden"}
    assert words(reading, "water", "12-10 12:30") == {"forbidden"}
    assert words(reading, "water", "12-10 14:30") == {"closed"}


def test_until_an_evening_and_then() -> None:
    """No warfarin until that evening, then take it: the evening, 18:00 to 22:00, is both's."""
    reading = read("""
        - {id: stop, avoid: warfarin, from: 5 days before, until: evening of treatment day, say: x.}
        - {id: take, take: warfarin, from: evening of treatment day, until: 9 days after, say: x.}
        """)
    assert words(reading, "warfarin", "12-10 17:59") == {"forbidden"}
    evening = reading.holds("warfarin", instant("12-10 19:00"), {})
    assert [set(evening.forbidden_by), set(evening.due_by)] == [set(), {"take"}]
    assert evening.perhaps_by == {"stop"}
    assert words(reading, "warfarin", "12-10 22:00") == {"due"}


def test_phases_of_an_unstated_day_1() -> None:
    """Avoid days 1 to 2, do days 3 to 5: on D+2, which may be both, the ban governs."""
    reading = read(
        """
        - {id: no, avoid: washing, on: days 1 to 2, say: x.}
        - {id: wash, do: washing, on: days 3 to 5, say: x.}
        """,
        header="day-1: unstated",
    )
    assert words(reading, "washing", "12-10 14:29") == {"silent"}
    assert words(reading, "washing", "12-10 14:30") == {"forbidden"}
    both = reading.holds("washing", instant("12-12 12:00"), {})
    assert (both.word, set(both.overruled)) == (Word.FORBIDDEN, {"wash"})
    assert words(reading, "washing", "12-13 00:00") == {"due"}


def test_ban_under_a_symptom_governs_only_under_it() -> None:
    """Makeup after 24 hours, on blistered skin once it has healed."""
    reading = read(
        """
        - {id: day, may-resume: makeup, from: 24 hours after, say: x.}
        - {id: blisters, may-resume: makeup, if: blisters, once: it has healed, say: x.}
        """,
        header="""
        factors: {blisters: {yes: it blisters, no: it does not, ask: Blisters?, kind: symptom}}
        """,
    )
    assert words(reading, "makeup", "12-11 12:00") == {"forbidden"}
    assert words(reading, "makeup", "12-11 14:30") == {"forbidden", "free"}
    assert fine_again(reading, "makeup", "12-11 14:30", blisters=False) is True


def test_end_at_midnight() -> None:
    """8 hours after 16:00 is 12:00 am: the ban ends then, and the permission begins."""
    reading = read(
        """
        - {id: wait, avoid: food, until: 8 hours after, say: x.}
        - {id: r, may-resume: sauna, from: 8 hours after, say: x.}
        - {id: pain, take: acetaminophen, from: 8 hours after, for: 2 days, every: 6 hours, say: x.}
        """,
        visit("2026-12-10 16:00"),
    )
    assert words(reading, "food", "12-10 23:59") == {"forbidden"}
    assert words(reading, "food", "12-11 00:00") == {"free"}
    assert fine_again(reading, "sauna", "12-11 00:00") is True
    assert words(reading, "acetaminophen", "12-13 23:59") == {"due"}
    assert words(reading, "acetaminophen", "12-14 00:00") == {"silent"}


def test_words_and_a_time_hold_until_the_later() -> None:
    """A few days, and 6 weeks through Thu 21 January: neither ends the other."""
    reading = read("""
        - {id: state, avoid: makeup, until-state: healed, say: a.}
        - {id: long, avoid: makeup, until: 6 weeks after, say: b.}
        - {id: words, avoid: sauna, until-words: a few days, say: c.}
        - {id: slong, avoid: sauna, until: 6 weeks after, say: d.}
        """)
    for topic in ("makeup", "sauna"):
        assert len(reading.holds(topic, instant("01-21 23:59"), {}).forbidden_by) == 2
        assert words(reading, topic, "01-22 00:00") == {"forbidden"}
        assert fine_again(reading, topic, "01-22 00:00") is False


def test_only_an_end_before_the_treatment() -> None:
    """Until the start: forbidden since ever; until 2 days before: free on the day before."""
    reading = read("""
        - {id: laser, avoid: laser, until: start, say: x.}
        - {id: sun, avoid: sun, until: 2 days before, say: x.}
        - {id: med, take: antiviral, until: start, say: x.}
        """)
    assert words(reading, "laser", "07-01 12:00") == {"forbidden"}
    assert words(reading, "laser", "12-10 14:30") == {"closed"}
    assert words(reading, "sun", "12-09 00:00") == {"free"}
    assert words(reading, "antiviral", "12-10 14:29") == {"due"}


def test_member_is_banned_already() -> None:
    """Running from D-10 within exercise from D-21: on D-11 running isn't free any more."""
    reading = read("""
        - {id: exercise, avoid: exercise, from: 3 weeks before, say: x.}
        - {id: running, avoid: running, from: 10 days before, say: x.}
        """)
    assert words(reading, "running", "11-18 23:59") == {"free"}
    assert words(reading, "running", "11-29 12:00") == {"forbidden"}


# Drawn protocols


@given(protocols(), visits(), answers, st.sampled_from(sorted(TOPICS)), st.integers(-30, 40))
def test_words_follow_from_the_rules(
    drawn: Protocol, around: Visit, said: dict[str, bool], topic: str, days: int
) -> None:
    """Whatever is drawn and answered, a word stands for rules that say so."""
    reading, second = read_slowly(drawn, around), around.start + days * DAY
    for each in reading.completions(said, topic):
        held = reading.holds(topic, second, each)
        assert (held.word is Word.FORBIDDEN) == bool(held.forbidden_by)
        assert (held.word is Word.IN_PART) == (bool(held.parts) and not held.forbidden_by)
        assert bool(held.overruled) == bool(held.forbidden_by and held.due_by | held.allowed_by)


@given(protocols(), visits(), st.sampled_from(sorted(TOPICS)))
def test_release_is_followed_by_no_ban(drawn: Protocol, around: Visit, topic: str) -> None:
    """Where something is fine again, no answer forbids it if a ban that ends applied."""
    reading = read_slowly(drawn, around)
    sheet = Sheet(drawn.instructions, drawn.day_one)
    bounds = {each for rule in drawn.instructions for each in sheet.times(rule.id, around)[:4]}
    for second in bounds:
        if second is None:
            continue
        found = reading.released(topic, second, {})
        assert found.ended <= {rule.id for rule in drawn.instructions if rule.verb in BANS}
        assert not found.fine or reading.extremes(topic, second, {}).words != {Word.FORBIDDEN}


# The clinics


@pytest.mark.parametrize(
    ("topic", "wall", "expected"),
    [
        ("retinoids", "12-08 14:29", {"free"}),
        ("retinoids", "12-08 14:30", {"forbidden"}),
        ("retinoids", "12-11 12:00", {"forbidden"}),  # all products, on D and D+1
        ("retinoids", "12-13 12:00", {"forbidden in part"}),  # a prescribed one, 72 hours
        ("retinoids", "12-14 12:00", {"closed"}),
        ("exfoliants", "12-13 12:00", {"closed"}),
        ("hydroquinone", "12-13 12:00", {"closed"}),
        ("benzoyl-peroxide", "12-15 12:00", {"closed"}),
        ("topical-antibiotics", "12-15 12:00", {"closed"}),
        ("lotions", "12-12 12:00", {"allowed"}),
        ("topical-prescriptions", "12-13 14:29", {"forbidden"}),
        ("makeup", "12-12 14:29", {"forbidden"}),
        ("makeup", "12-12 14:30", {"perhaps over"}),
        ("sunbathing", "12-21 00:00", {"perhaps over"}),
        ("ibuprofen", "02-01 12:00", {"forbidden"}),
        ("dermal-filler", "11-26 12:00", {"free"}),
        ("dermal-filler", "11-27 00:00", {"forbidden"}),
        ("sauna", "12-12 14:30", {"free"}),
        ("sunscreen", "12-20 12:00", {"due"}),
        ("shaving", "12-10 20:00", {"forbidden"}),
        ("shaving", "12-11 00:00", {"free"}),
    ],
)
def test_clinic_a(topic: str, wall: str, expected: set[str]) -> None:
    """Its sheet, asked at an instant; nothing is answered."""
    assert words(clinic("clinic-a"), topic, wall) == expected


def test_clinic_a_products_on_day_2() -> None:
    """Skin products from the third day on free nothing that was stopped and never dated."""
    found = clinic("clinic-a").released("skin-products", instant("12-12 00:00"), {})
    assert found.fine
    never = {"retinoids", "exfoliants", "hydroquinone", "benzoyl-peroxide", "topical-antibiotics"}
    assert never <= found.but
    assert {"makeup", "acne-products", "topical-prescriptions"} <= found.but
    assert not {"lotions", "sunscreen", "moisturizer", "cleanser"} & found.but


@pytest.mark.parametrize(
    ("topic", "wall", "expected"),
    [
        ("retinoids", "12-13 14:29", {"forbidden"}),
        ("retinoids", "12-13 14:30", {"forbidden"}),  # once your skin is not irritated
        ("lotions", "12-11 00:00", {"free"}),
        ("mineral-makeup", "12-11 14:29", {"forbidden"}),
        ("mineral-makeup", "12-11 14:30", {"free"}),
        ("sun", "12-14 00:00", {"forbidden in part"}),  # tanning has no end
        ("sunbathing", "02-01 12:00", {"forbidden"}),
        ("washing", "12-10 18:29", {"forbidden"}),
        ("washing", "12-10 18:30", {"due"}),
        ("strenuous-exercise", "12-11 14:30", {"free"}),
    ],
)
def test_clinic_b(topic: str, wall: str, expected: set[str]) -> None:
    """Its sheet, asked at an instant; nothing is answered."""
    found = words(clinic("clinic-b"), topic, wall)
    assert found == expected


def test_clinic_b_makeup() -> None:
    """The next day makeup is fine again, except mineral makeup, which waits 24 hours."""
    reading = clinic("clinic-b")
    assert fine_again(reading, "makeup", "12-11 00:00") == {"mineral-makeup"}
    assert fine_again(reading, "mineral-makeup", "12-11 14:30") is True


def test_clinic_b_retinoids() -> None:
    """72 hours alone release no retinoids: the usual skin care awaits the skin."""
    assert fine_again(clinic("clinic-b"), "retinoids", "12-13 14:30") is False
