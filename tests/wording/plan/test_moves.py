"""A booking that moves, in the words that are read aloud."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from microcare.core.plan.last_times import LastTime
from microcare.core.plan.moves import Move
from microcare.core.plan.plan import build_plan
from microcare.core.sheet.protocol import Protocol
from microcare.wording.labels import shorten_names
from microcare.wording.plan.moves import tell_move
from tests import strategies
from tests.oracle import Visit
from tests.samples import at, protocol, visit

OLD, NEW, NOW = "2026-12-17 14:30", "2026-12-10 14:30", "2026-12-09 16:00"


def tell(
    rules: str, *lasts: LastTime, old: str = OLD, new: str = NEW, now: str = NOW
) -> dict[str, list[str]]:
    """Return the lines of each section of a move, by its title."""
    sheet, moment = protocol(rules), at(now)
    before = build_plan(sheet, visit(old), now=moment)
    after = build_plan(sheet, visit(new), now=moment, lasts=lasts)
    return {
        section.title: [": ".join(filter(None, line)) for line in section.lines]
        for section in tell_move(Move(before, after))
    }


def begun(rules: str, *lasts: LastTime) -> list[str]:
    """Return what has begun with the new date, without the question that follows."""
    lines = tell(rules, *lasts)["BEGUN BY NOW WITH THE NEW DATE"]
    return [each for each in lines if "--last" not in each]


def put_off(rules: str) -> list[str]:
    """Return what had begun with the old date, where that is the earlier one."""
    told = tell(rules, old=NEW, new=OLD)
    return told["BEGUN WITH THE OLD DATE, NOT YET WITH THE NEW"]


def test_what_has_begun_is_said_first() -> None:
    """Then what is for today, then what moved."""
    told = tell("- {id: it, avoid: retinoids, from: 48 hours before}")
    assert [*told] == [
        "BEGUN BY NOW WITH THE NEW DATE",
        "TODAY, Wed 9 Dec: nothing else changes",
        "MOVED",
    ]
    assert told["BEGUN BY NOW WITH THE NEW DATE"] == [
        "stop today: retinoids (since Tue 8 Dec, 2:30 pm)",
        "ask: was any of it had since? --last NAME=DATE says whether the date can stay",
    ]
    assert told["MOVED"] == [
        "from: Thursday 17 December 2026, 2:30 pm",
        "to: Thursday 10 December 2026, 2:30 pm: 7 days earlier",
        "all: dates move with it by 7 days",
    ]


def test_interval_is_asked_and_not_stopped() -> None:
    """With the sheet's own time; both ends of a range, what is advised and where stay beside it."""
    assert begun("- {id: it, wait-since: laser, at-least: 3 days before}") == [
        "ask: laser (3 days before, since Tue 8 Dec)"
    ]
    rule = "{id: it, avoid: waxing, from: 3 to 4 days before, strength: should, area: face}"
    assert begun(f"- {rule}") == [
        "stop today: waxing (since Sun 6 Dec, at the latest from Mon 7 Dec, advised, face)"
    ]


def test_last_time_that_was_kept_needs_no_question() -> None:
    """The others of the same ban do."""
    rule = "- {id: it, wait-since: [laser, waxing], at-least: 3 days before}"
    had = LastTime("laser")
    assert begun(rule, had) == [
        "heed: laser (3 days before, since Tue 8 Dec, kept)",
        "ask: waxing (3 days before, since Tue 8 Dec)",
    ]
    both = tell(rule, had, LastTime("waxing"))["BEGUN BY NOW WITH THE NEW DATE"]
    assert both == ["heed: laser, waxing (3 days before, since Tue 8 Dec, kept)"]


def test_nobody_stops_before_asking() -> None:
    """Whoever is to be asked first is asked first, and whoever may lift it is named."""
    rule = "{id: it, avoid: blood-thinners, from: 2 days before, ask-first: your doctor, say: S.}"
    assert begun(f"- {rule}") == [
        "ask first: blood thinners (since Tue 8 Dec, first ask your doctor)"
    ]


def test_what_is_late_is_for_staff_to_decide() -> None:
    """A course that should run by now, a driver not found; what begins today is due."""
    rules = """
    - {id: it, take: antiviral, from: 2 days before, until: 2 days after}
    - {id: driver, arrange: driver, at: no later than noon 1 day before}
    - {id: today, use: moisturizer, from: 1 day before, until: 2 days after}
    """
    assert begun(rules) == [
        "late: take antiviral (since Tue 8 Dec): staff decide",
        "late: arrange adult to take you home (by Wed 9 Dec, 12:00 pm): staff decide",
        "due now: use moisturizer (since Wed 9 Dec)",
    ]


def test_what_is_over_is_asked_about() -> None:
    """A ban that ended before now, and a message that should have come by a date."""
    rules = """
    - {id: it, avoid: alcohol, from: 08:00 1 day before, until: 12:00 1 day before}
    - {id: tell, tell: medicines-taken, until: 2 days before}
    """
    assert begun(rules) == [
        "ask: alcohol (from Wed 9 Dec, 8:00 am, until Wed 9 Dec, 12:00 pm)",
        "late: tell us all your medicines (by Tue 8 Dec): staff decide",
    ]
    assert put_off(rules)[1:] == ["due again: tell us all your medicines: by Tue 15 Dec"]


def test_condition_stands_before_what_it_is_about() -> None:
    """It was not asked."""
    rule = "- {id: it, avoid: retinoids, from: 2 days before, if: peel}"
    assert begun(rule)[0].startswith("stop today: if peel advised: retinoids")


def test_nothing_is_allowed_that_was_stopped() -> None:
    """When the stop begins is said, not that anything is fine; of a medicine staff decide."""
    rules = """
    - {id: it, avoid: [retinoids, waxing], from: 2 days before}
    - {id: other, avoid: waxing, from: 30 days before}
    - {id: medicine, avoid: blood-thinners, from: 2 days before}
    - {id: course, take: antiviral, from: 2 days before, until: 2 days after}
    - {id: driver, arrange: driver, at: no later than noon 1 day before}
    """
    assert put_off(rules) == [
        "stop later: retinoids: not before Tue 15 Dec",
        "ask: blood thinners: only from Tue 15 Dec; if it was stopped, staff decide",
        "later: take antiviral: only from Tue 15 Dec; if it was begun, staff decide",
        "due again: arrange adult to take you home: by Wed 16 Dec, 12:00 pm",
    ]


def test_what_hangs_on_an_answer_is_asked() -> None:
    """The plan itself doesn't say that it is free, as long as another rule may forbid it."""
    rules = """
    - {id: it, avoid: retinoids, from: 2 days before}
    - {id: other, avoid: retinoids, from: 30 days before, if: peel}
    """
    assert put_off(rules) == [
        "ask: retinoids: only from Tue 15 Dec; if it was stopped, staff decide"
    ]


def test_today_is_told_in_sentences() -> None:
    """What begins later today, and what was for today with the old date."""
    rule = "- {id: it, avoid: retinoids, from: 20 hours before}"
    assert tell(rule)["TODAY, Wed 9 Dec"] == ["From 6:30 pm avoid retinoids."]
    assert tell(rule, old=NEW, new=OLD)["TODAY, Wed 9 Dec"] == ["No longer today: stop retinoids."]
    insulin = "- {id: it, take: insulin, at: 18:00 1 day before, amounts: {dose: half}}"
    assert tell(insulin, old=NEW, new=OLD)["TODAY, Wed 9 Dec"] == [
        "It was for today with the old date, now staff decide: take insulin."
    ]


def test_last_fine_day_is_today() -> None:
    """It must be said today, or it is too late."""
    rule = "- {id: it, wait-since: laser, at-least: 1 day before}"
    told = tell(rule, now="2026-12-09 08:00")
    assert told["TODAY, Wed 9 Dec"] == ["Today is the last day for laser."]


def test_appointment_of_today_is_put_off() -> None:
    """And one that comes to be today tells nothing of the days after."""
    rule = "- {id: it, avoid: [sauna], until: 2 days after}"
    later = tell(rule, old="2026-12-09 18:00", new=NEW)
    assert later["TODAY, Wed 9 Dec"] == ["The appointment is not today."]
    now = tell(rule, old=NEW, new="2026-12-09 18:00")
    assert now["TODAY, Wed 9 Dec"] == [
        "The aftercare begins with the treatment: plan --on today tells it."
    ]


def test_old_date_that_is_past_is_asked_about_first() -> None:
    """If the treatment was done, its aftercare holds."""
    rule = "- {id: it, avoid: laser, from: 1 month before}"
    told = tell(rule, old="2026-12-08 14:30", new=OLD)
    assert next(iter(told)) == "THE OLD DATE IS PAST: FIRST ASK WHETHER THE TREATMENT WAS DONE"
    assert told["BEGUN BY NOW WITH THE NEW DATE"][0] == "stop today: laser (since Tue 17 Nov)"


def test_new_date_that_is_past_asks_nothing() -> None:
    """What holds today under it is told."""
    told = tell("- {id: it, avoid: sauna, until: 2 days after}", new="2026-12-08 14:30")
    assert [*told] == ["TODAY, Wed 9 Dec", "MOVED"]
    assert told["TODAY, Wed 9 Dec"] == ["Avoid sauna."]


def test_what_does_not_move_with_it_is_named() -> None:
    """A month before is by other days than the appointment; by the hour other rules apply."""
    rule = "- {id: it, avoid: laser, from: 1 month before}"
    told = tell(rule, old="2027-03-31 14:30", new="2027-03-10 14:30")["MOVED"]
    assert told[2:] == [
        "but: last day laser: Tue 9 Feb, not Sat 27 Feb",
        "all: other dates move with it by 21 days",
    ]
    rules = """
    - {id: early, avoid: alcohol, from: 1 day before, if: appointment before 10:30}
    - {id: late, avoid: waxing, from: 1 day before, if: appointment from 12:00}
    """
    told = tell(rules, old="2026-12-11 09:00", new="2026-12-11 14:30")["MOVED"]
    assert told[1:] == [
        "to: Friday 11 December 2026, 2:30 pm: the same day",
        "now too: stop waxing: from Thu 10 Dec (by the time of day)",
        "no more: stop alcohol: from Thu 10 Dec (by the time of day)",
        "all: dates move with it: hours, not days",
    ]


def test_hour_that_comes_or_goes_is_said() -> None:
    """What hangs on it is not listed rule by rule."""
    rule = "- {id: it, avoid: sauna, until: 24 hours after}"
    told = tell(rule, old="2026-12-10", new=NEW)["MOVED"]
    assert told[0] == "from: Thursday 10 December 2026"
    assert told[2:3] == ["but: what counts in hours is dated anew: the hour is known now"]
    back = tell(rule, old=NEW, new="2026-12-10")["MOVED"]
    assert "no longer known" in back[2]


def test_same_date_says_that_nothing_moves() -> None:
    """One line, in full words."""
    told = tell("- {id: it, avoid: laser, from: 1 month before}", old=NEW)
    assert told == {"NOT MOVED": ["still: Thursday 10 December 2026, 2:30 pm"]}


@given(
    st.one_of(strategies.protocols(), strategies.sheets()),
    strategies.visits(first_year=1985),
    strategies.answers,
    st.integers(-40, 40),
    st.integers(-40 * 24, 40 * 24),
)
def test_each_rule_that_has_begun_is_named(
    drawn: Protocol, appointment: Visit, answers: dict[str, bool], days: int, hours: int
) -> None:
    """With all of its topics, whatever the rules, the dates and the answers are."""
    old = strategies.appointment(appointment)
    new = strategies.appointment(strategies.shift_visit(appointment, days))
    now = old.start + timedelta(hours=hours)
    before, after = (build_plan(drawn, each, now=now, answers=answers) for each in (old, new))
    found = Move(before, after)
    told = " ".join(
        text
        for section in tell_move(found)
        if section.title.startswith("BEGUN BY NOW WITH THE NEW DATE")
        for _, text in section.lines
    )
    topics = shorten_names(after.protocol).topics
    for each in found.begun:
        for name in each.instruction.topics:
            assert topics[name].label in told
    assert told or not found.begun
    # What had begun with the old date too, and now reaches further back, is named beside it.
    assert found.begun or found.further or not told
