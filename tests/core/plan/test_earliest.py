"""The earliest appointment: each row of what it answers, and every date against brute force."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microcare.core.plan.answers import settle_answers
from microcare.core.plan.earliest import Earliest, find_earliest
from microcare.core.plan.last_times import LastTime, list_last_names
from microcare.core.plan.openings import Inquiry, Opening
from microcare.core.plan.plan import build_plan
from microcare.core.sheet.anchoring import find_anchor_ids
from microcare.core.sheet.conditions import Answer, evaluate
from microcare.core.sheet.desk import OpeningHours, OpenSpan
from microcare.core.sheet.instruction import Strength
from microcare.core.sheet.points import Side
from microcare.core.sheet.verbs import Verb
from microcare.core.sheet.vocabulary import find_groups, find_members
from microcare.core.time.anchors import date_instructions, read_times
from microcare.core.time.appointment import make_timed_appointment, make_whole_day_appointment
from microcare.core.time.arithmetic import find_clock_instants
from microcare.load.library.folders import find_built_in_folder
from microcare.load.library.protocols import read_protocol
from tests.example_sheets import NAMES, sheet
from tests.samples import at, protocol
from tests.strategies import sheets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from microcare.core.sheet.conditions import Factor
    from microcare.core.sheet.instruction import Instruction
    from microcare.core.sheet.protocol import Protocol
    from microcare.core.time.appointment import Appointment
    from microcare.core.time.dated import Dated

ZONE = ZoneInfo("America/New_York")
NOW = "2026-11-21 10:00"
TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def had(topic: str, when: str | None = None, now: str = NOW) -> LastTime:
    """Return a last time as `2026-11-20` or `2026-11-20 15:30`; without one it is never."""
    if when is None:
        return LastTime(topic)
    day = date.fromisoformat(when[:10])
    if len(when) == len("2026-11-20"):
        return LastTime(topic, day, planned=when > now[:10])
    return LastTime(topic, day, at(when), planned=when > now)


def ask(
    rules: str | Protocol,
    *lasts: LastTime,
    now: str = NOW,
    count: int = 1,
    times: OpeningHours | None = None,
    **answers: bool,
) -> Earliest:
    """Return the earliest date after the rules of a sheet."""
    found = protocol(rules) if isinstance(rules, str) else rules
    known = {name.replace("_", "-"): answer for name, answer in answers.items()}
    inquiry = Inquiry(found, lasts, known, at(now), ZONE, "flag", times or OpeningHours())
    return find_earliest(inquiry, count)


def shown(opening: Opening | None) -> str | None:
    """Return an opening as a clock at the clinic shows it."""
    if opening is None or opening.start is None:
        return None if opening is None else opening.day.isoformat()
    return f"{opening.start.astimezone(ZONE):%Y-%m-%d %H:%M}"


WAXING = "- {id: it, avoid: waxing, from: 72 hours before}"
RETINOIDS = "- {id: it, avoid: retinoids, from: 5 to 7 days before}"


def test_range_has_its_near_end_and_its_far_end() -> None:
    """Of 5 to 7 days before, the near end is what must be and the far one is recommended."""
    found = ask(RETINOIDS, had("retinoids", "2026-11-20"))
    assert shown(found.earliest) == "2026-11-26"
    assert shown(found.recommended) == "2026-11-28"


def test_wish_is_recommended() -> None:
    """What should be, if possible, only moves the recommended date."""
    rule = "- {id: it, avoid: retinoids, from: '3 days before, if possible 10'}"
    found = ask(rule, had("retinoids", "2026-11-20"))
    assert (shown(found.earliest), shown(found.recommended)) == ("2026-11-24", "2026-12-01")


def test_hours_after_a_date_leave_the_whole_of_it_behind() -> None:
    """72 hours after the 20th is the 24th: nobody knows at what hour it was."""
    assert shown(ask(WAXING, had("waxing", "2026-11-20")).earliest) == "2026-11-24"


def test_hours_after_a_time_are_exact() -> None:
    """72 hours after 15:30 on the 20th is 15:30 on the 23rd, to the minute."""
    found = ask(WAXING, had("waxing", "2026-11-20 15:30"))
    assert shown(found.earliest) == "2026-11-23 15:30"


def test_hours_elapse_over_a_clock_change() -> None:
    """24 hours after 14:30 on the day before the clocks go forward is 15:30."""
    rule = "- {id: it, avoid: waxing, from: 24 hours before}"
    found = ask(rule, had("waxing", "2027-03-13 14:30"), now="2027-03-13 15:00")
    assert shown(found.earliest) == "2027-03-14 15:30"


@pytest.mark.parametrize(
    ("rule", "earliest"),
    [
        ("wait-since: laser, at-least: 5 days before", "2026-11-25"),
        ("avoid: laser, from: 5 days before", "2026-11-26"),
        ("wait-since: laser, at-least: 1 month before", "2026-12-20"),
        ("avoid: laser, from: 1 month before", "2026-12-21"),
        ("wait-since: laser, at-least: 48 hours before", "2026-11-23"),
        ("avoid: laser, on: treatment day", "2026-11-21"),
    ],
)
def test_interval_takes_the_date_and_a_ban_the_end_of_it(rule: str, earliest: str) -> None:
    """The counted date is the last fine one of an interval, and already forbidden by a ban."""
    found = ask(f"- {{id: it, {rule}}}", had("laser", "2026-11-20"))
    assert shown(found.earliest) == earliest


def test_rule_that_only_should_be_kept_is_recommended() -> None:
    """A rule of strength should leaves the earliest date, and moves the recommended one."""
    rule = "- {id: it, avoid: laser, from: 5 days before, strength: should}"
    found = ask(rule, had("laser", "2026-11-20"))
    assert (shown(found.earliest), shown(found.recommended)) == ("2026-11-21", "2026-11-26")
    (candidate,) = found.candidates
    assert (candidate.earliest, candidate.binds) == (None, False)


def test_rule_whose_condition_is_open_counts() -> None:
    """What may apply binds, and what is settled as no doesn't."""
    rule = "- {id: it, avoid: laser, from: 5 days before, if: pregnancy}"
    last = had("laser", "2026-11-20")
    assert shown(ask(rule, last).earliest) == "2026-11-26"
    assert shown(ask(rule, last, pregnancy=True).earliest) == "2026-11-26"
    without = ask(rule, last, pregnancy=False)
    assert (without.candidates, without.silent) == ((), (last,))
    planned = ask(rule, had("laser", "2026-12-20"), pregnancy=False)
    assert shown(planned.earliest) == "2026-11-21"


def test_condition_on_the_time_of_day_leaves_the_other_half_of_it() -> None:
    """A rule for appointments before noon leaves the afternoon."""
    rule = "- {id: it, avoid: laser, from: 5 days before, if: appointment before 12:00}"
    found = ask(rule, had("laser", "2026-11-20"), count=2)
    assert [shown(each) for each in found.offers] == ["2026-11-21 12:00", "2026-11-22 12:00"]


def test_deadline_that_has_passed_is_no_constraint() -> None:
    """“Tell us a week before” moves no date."""
    rules = "- {id: a, tell: medicines-taken, at: no later than 7 days before}\n" + RETINOIDS
    assert shown(ask(rules).earliest) == "2026-11-21"


def test_planned_event_comes_first_and_before_it_may_be_free_too() -> None:
    """An appointment lies after it; those that it leaves free before are told."""
    rule = "- {id: it, wait-since: chemical-peel, at-least: 4 weeks before and after}"
    found = ask(rule, had("chemical-peel", "2026-12-31"))
    assert shown(found.earliest) == "2027-01-28"
    assert found.before is not None
    assert [shown(each) for each in found.before] == ["2026-11-21", "2026-12-03"]


def test_planned_event_leaves_no_date_before_it() -> None:
    """Too soon after now, nothing before it is free."""
    rule = "- {id: it, wait-since: chemical-peel, at-least: 4 weeks before and after}"
    assert ask(rule, had("chemical-peel", "2026-12-05")).before is None


def test_planned_event_is_held_against_a_ban_of_afterwards() -> None:
    """No end stated after the treatment: nothing before a planned event is free."""
    rule = "- {id: it, avoid: laser, from: end}"
    found = ask(rule, had("laser", "2026-12-05"))
    assert (shown(found.earliest), found.before) == ("2026-12-06", None)


@pytest.mark.parametrize("lasts", [(), (had("waxing"),), (had("waxing", "2026-11-01"),)])
def test_nothing_binds(lasts: tuple[LastTime, ...]) -> None:
    """Without a last time, with one that never was or is long over, it is the date of now."""
    found = ask(WAXING, *lasts)
    assert (shown(found.earliest), found.candidates) == ("2026-11-21", ())


def test_interval_that_ends_today_ends_at_its_hour() -> None:
    """What is over this afternoon leaves the rest of today."""
    found = ask(WAXING, had("waxing", "2026-11-18 15:30"))
    assert shown(found.earliest) == "2026-11-21 15:30"


def test_binding_rule_comes_first_and_the_others_are_there() -> None:
    """Each rule has the date that it alone allows."""
    rules = f"{WAXING}\n- {{id: other, wait-since: laser, at-least: 2 weeks before}}"
    found = ask(rules, had("waxing", "2026-11-20"), had("laser", "2026-11-20"))
    told = [(each.instruction.id, shown(each.earliest), each.binds) for each in found.candidates]
    assert told == [("other", "2026-12-04", True), ("it", "2026-11-24", False)]


def test_group_binds_its_member_and_a_member_its_group() -> None:
    """Whoever had an injection may have had Botox; whoever took ibuprofen took a painkiller."""
    rule = "- {id: it, wait-since: botulinum-toxin, at-least: 5 days before}"
    assert shown(ask(rule, had("injections", "2026-11-20")).earliest) == "2026-11-25"
    rule = "- {id: it, avoid: anti-inflammatories, from: 5 days before}"
    assert shown(ask(rule, had("ibuprofen", "2026-11-20")).earliest) == "2026-11-26"


def test_exception_is_silent() -> None:
    """What a rule leaves out of its group has no interval."""
    rule = "- {id: it, avoid: anti-inflammatories, except: ibuprofen, from: 5 days before}"
    found = ask(rule, had("ibuprofen", "2026-11-20"))
    assert [each.topic for each in found.silent] == ["ibuprofen"]
    assert shown(found.earliest) == "2026-11-21"


def test_ban_without_a_beginning_is_told_and_not_solved() -> None:
    """No date cures a ban that has no date."""
    rule = "- {id: it, avoid: smoking, until: start}"
    found = ask(rule, had("smoking", "2026-11-20"))
    assert [ban.id for ban, _ in found.undated] == ["it"]


def week(opens: int, closes: int, *weekdays: int) -> tuple[OpenSpan, ...]:
    """Return the same hours on some days of the week."""
    return tuple(
        OpenSpan(each, timedelta(hours=opens), timedelta(hours=closes)) for each in weekdays
    )


def test_opening_times_narrow_the_dates() -> None:
    """Weekdays, hours and closed dates move it on, and the rule's own date stays."""
    times = OpeningHours(week(9, 15, 0, 1), (date(2026, 11, 23),))
    found = ask(WAXING, had("waxing", "2026-11-20 15:30"), times=times, count=3)
    assert [shown(each) for each in found.offers] == ["2026-11-24", "2026-11-30", "2026-12-01"]
    assert [shown(each.earliest) for each in found.candidates] == ["2026-11-23 15:30"]


def test_each_weekday_has_its_own_hours() -> None:
    """Closed at noon on one day, the next that is open long enough is told."""
    times = OpeningHours((*week(9, 12, 0), *week(13, 15, 0), *week(9, 17, 2)))
    for last, earliest in (
        ("2026-11-20 11:30", "2026-11-23 11:30"),
        ("2026-11-20 12:30", "2026-11-23 13:00"),
        ("2026-11-20 15:30", "2026-11-25"),
    ):
        assert shown(ask(WAXING, had("waxing", last), times=times).earliest) == earliest


def test_appointment_of_known_length_ends_within_the_hours() -> None:
    """45 minutes before closing time no appointment of an hour begins."""
    times = OpeningHours(week(9, 16, *range(7)))
    long = protocol(WAXING, header="duration: 1 hour")
    last = had("waxing", "2026-11-20 15:00")
    assert shown(ask(long, last, times=times).earliest) == "2026-11-23 15:00"
    last = had("waxing", "2026-11-20 15:01")
    assert shown(ask(long, last, times=times).earliest) == "2026-11-24"


def test_clinic_that_never_works_has_no_date() -> None:
    """It gives up after two years."""
    closed = frozenset(TODAY + DAY * number for number in range(800))
    assert ask(WAXING, times=OpeningHours(closed=tuple(sorted(closed)))).earliest is None


def list_musts(sheet_: Protocol, topic: str) -> list[Instruction]:
    """Return the musts before the treatment that forbid a topic, or something that it holds."""
    topics = sheet_.topics
    found = []
    for each in sheet_.instructions:
        if not each.verb.traits.restricts or each.strength is not Strength.MUST:
            continue
        if each.window.at is not None or each.sides[0] not in (Side.BEFORE, Side.DAY_OF):
            continue
        forbidden = {
            part
            for name in each.topics
            for part in (name, *find_members(name, topics))
            if {part, *find_groups(part, topics)}.isdisjoint(each.exceptions)
            and {name, *find_groups(name, topics)}.isdisjoint(each.exceptions)
        }
        if not forbidden.isdisjoint({topic, *find_members(topic, topics)}):
            found.append(each)
    return found


def breaks(
    musts: list[Instruction],
    dates: dict[str, Dated],
    visit: Appointment,
    last: LastTime,
    factors: Mapping[str, Factor],
) -> bool:
    """Return whether one of some rules forbids what was done, read straight from its dates."""
    begins, ends = last.span(visit)
    for each in musts:
        dated = dates[each.id]
        start = dated.start_at_latest or dated.start
        form = dated.latest_form if dated.start_at_latest else dated.start_form
        if start is None:
            continue
        closed = dated.until is not None and dated.until < visit.start and dated.until <= begins
        later = start < ends or (form.is_date and start == begins == ends)
        if later and not closed:
            answers = settle_answers(factors, visit, {})
            if each.condition is None or evaluate(each.condition, answers) is not Answer.NO:
                return True
    return False


def list_visits(first: date, days: int, limits: tuple[int, ...]) -> Iterator[Appointment]:
    """Yield appointments on so many days: of which the date is known, and to the minute.

    The last minute of a day, and those beside the times of day on which rules depend.
    """
    for number in range(days):
        day = first + DAY * number
        whole = make_whole_day_appointment(day, ZONE, "flag")
        yield whole
        edges = (find_clock_instants(day, each, ZONE)[0] for each in limits)
        minutes = (each + shift for each in edges for shift in (-MINUTE, timedelta()))
        for start in (*minutes, whole.end - MINUTE):
            if start >= at(NOW):
                yield make_timed_appointment(start, ZONE, "flag")


def check_against_brute_force(sheet_: Protocol, days: int, lasts: list[LastTime]) -> int:
    """Fail where a date among so many is earlier than what is found; return how many were tried."""
    bans = [each for each in sheet_.instructions if each.verb.traits.restricts]
    counted = find_anchor_ids(sheet_.instructions)
    chosen = sheet_.instructions if counted else bans
    times = read_times(chosen, sheet_.day_one, sheet_.times_of_day)
    factors = sheet_.factors
    limits = tuple(each.before for each in factors.values() if each.before is not None)
    visits = tuple(list_visits(TODAY, days, limits))
    # Most are free soon: later visits are seldom asked for.
    date_visit = cache(partial(date_instructions, times))
    tried = 0
    for last in lasts:
        found, musts = ask(sheet_, last).earliest, list_musts(sheet_, last.topic)
        free = next(
            each for each in visits if not breaks(musts, date_visit(each), each, last, factors)
        )
        assert found is not None
        assert (found.day, found.start is None) == (free.day, free.all_day), last
        tried += 1
        if found.start is not None and found.start > at(NOW):
            for shift, expected in ((timedelta(), False), (-MINUTE, True)):
                visit = make_timed_appointment(found.start + shift, ZONE, "flag")
                dates = date_instructions(times, visit)
                assert breaks(musts, dates, visit, last, factors) is expected, (last, found)
    return tried


@pytest.mark.parametrize("name", ["clinic-a", "clinic-b"])
def test_clinics_over_two_years(name: str) -> None:
    """Every name that --last takes, last done on dates of the year before: brute force agrees."""
    clinic = read_protocol(find_built_in_folder() / f"{name}.yaml")
    lasts = [
        had(topic, f"{TODAY - DAY * number}{clock}")
        for topic in list_last_names(clinic)
        for number, clock in [(0, ""), (1, ""), (2, " 15:30"), (6, ""), (27, ""), (170, "")]
    ]
    assert check_against_brute_force(clinic, 731, lasts) > 60


@pytest.mark.parametrize("name", NAMES)
def test_example_sheets_against_brute_force(name: str) -> None:
    """The same for the example sheets, over half a year."""
    example_sheet = sheet(name)
    lasts = [
        had(topic, f"{TODAY - DAY * number}{clock}")
        for topic in list_last_names(example_sheet)
        for number, clock in [(0, ""), (3, " 15:30"), (12, "")]
    ]
    check_against_brute_force(example_sheet, 200, lasts)


BANS = (Verb.AVOID, Verb.WAIT_SINCE)


@settings(deadline=None)
@given(sheets((*BANS, Verb.TAKE), most=4), st.data())
def test_plan_at_the_earliest_breaks_nothing_and_one_before_does(
    drawn: Protocol, data: st.DataObject
) -> None:
    """Of any sheet: nothing is broken then, and on no day or minute before is that so."""
    topic = data.draw(st.sampled_from(sorted(drawn.topics)))
    ago = data.draw(st.integers(0, 40 * 24 * 60))
    instant = at(NOW) - MINUTE * ago
    day = instant.astimezone(ZONE).date()
    last = LastTime(topic, day, instant if data.draw(st.booleans()) else None)
    inquiry = Inquiry(drawn, (last,), {}, at(NOW), ZONE, "flag")
    found = find_earliest(inquiry).earliest
    assert found is not None
    plan = build_plan(drawn, inquiry.make_visit(found), now=at(NOW), lasts=(last,))
    assert not plan.broken
    before = [found.start - MINUTE] if found.start is not None else []
    midnights = (plan.visit.day_start(found.day - DAY * each) for each in (0, 1, 2, 5, 11, 30))
    before += [each - MINUTE for each in midnights]
    for start in before:
        if start >= at(NOW):
            visit = make_timed_appointment(start, ZONE, "flag")
            assert build_plan(drawn, visit, now=at(NOW), lasts=(last,)).broken, start


@settings(deadline=None)
@given(sheets(BANS, most=3), st.data())
def test_appointment_before_what_is_planned_breaks_nothing(
    drawn: Protocol, data: st.DataObject
) -> None:
    """Of any sheet: after it and on the dates that are told before it, and on none in between."""
    topic = data.draw(st.sampled_from(sorted(drawn.topics)))
    instant = at(NOW) + MINUTE * data.draw(st.integers(24 * 60, 40 * 24 * 60))
    day = instant.astimezone(ZONE).date()
    is_timed = data.draw(st.booleans())
    last = LastTime(topic, day, instant if is_timed else None, planned=True)
    inquiry = Inquiry(drawn, (last,), {}, at(NOW), ZONE, "flag")
    found = find_earliest(inquiry)
    if last in found.silent or found.undated:
        return

    def is_broken(opening: Opening) -> bool:
        visit = inquiry.make_visit(opening)
        return bool(build_plan(drawn, visit, now=at(NOW), lasts=(last,)).broken)

    assert found.earliest is not None
    assert found.earliest.day >= day
    assert not is_broken(found.earliest)
    if found.before is None:
        assert is_broken(Opening(TODAY))
        return
    first, through = found.before
    assert not is_broken(first)
    assert not is_broken(through)
    if through != first:
        between = (through.day + DAY * number for number in (1, 2, 5))
        assert all(is_broken(Opening(each)) for each in between if each < day)
