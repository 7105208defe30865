"""The time rules of the design, each on its worked example.

The appointment is on Thu 10 Dec 2026 at 14:30 in New York, and every date below was worked out by
hand. The sections carry the rules' numbers.
"""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest

from microcare.core.plan.planned import Kind, Standing
from microcare.core.plan.transitions import Change
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.instruction import StateRule
from microcare.core.sheet.verbs import Verb
from microcare.wording.rules import rule_text
from tests.core.time.dosing import STEPS, by_day, times
from tests.samples import (
    Window,
    at,
    by_id,
    clock,
    entry,
    plan,
    protocol,
    shown,
    visit,
    window,
)

START = "2026-12-10 14:30 -0500"
DAY_BEGINS, DAY_ENDS = "2026-12-10 00:00 -0500", "2026-12-11 00:00 -0500"
EVE_4_PM, EVE_6_PM, EVE_8_PM, EVE_9_PM, EVE_10_PM, EVE_11 = (
    f"2026-12-09 {hour}:00 -0500" for hour in (16, 18, 20, 21, 22, 23)
)
AT_2, AT_8 = "2026-12-11 02:00 -0500", "2026-12-11 08:00 -0500"

# 1. Anchor


def test_1_hours_count_from_the_start_and_from_the_end() -> None:
    """An hour's treatment ends at 15:30, and what follows is counted from then."""
    hour_long = visit(minutes=60)
    before = window("avoid: retinoids\nfrom: 48 hours before", hour_long)
    after = window("avoid: heat\nuntil: 48 hours after", hour_long)
    assert before == Window("2026-12-08 14:30 -0500", START)
    assert after == Window("2026-12-10 15:30 -0500", "2026-12-12 15:30 -0500")


def test_1_days_count_from_the_date_of_the_start() -> None:
    """A treatment that ends after midnight doesn't move the days."""
    over_midnight = visit("2026-12-10 23:30", minutes=60)
    found = window("avoid: sun\nuntil: 3 days after", over_midnight)
    assert found == Window("2026-12-11 00:30 -0500", "2026-12-14 00:00 -0500")


def test_1_no_duration_is_made_up() -> None:
    """Without a duration the end is the start, and it is known that it is not known."""
    assert visit().end == visit().start
    assert not visit().duration_known
    assert visit(minutes=45).duration_known
    assert visit(minutes=45).end - visit().end == timedelta(minutes=45)


def test_1_d_is_the_local_date() -> None:
    """At 22:00 in New York it is already tomorrow in UTC; D is New York's date."""
    assert visit("2026-12-10 22:00").start.astimezone(UTC).date().isoformat() == "2026-12-11"
    assert visit("2026-12-10 22:00").day.isoformat() == "2026-12-10"


@pytest.mark.parametrize("verb", ["avoid", "use", "expect", "call-if"])
def test_1_what_ends_with_a_treatment_of_unknown_length_holds_through_its_day(verb: str) -> None:
    """Nothing to drink until the test is over: not released at 14:30, when it begins."""
    fields = f"{verb}: food\nfrom: 3 hours before\nuntil: end"
    (found,) = plan(entry(fields)).instructions
    assert shown(found, visit()) == Window("2026-12-10 11:30 -0500", "2026-12-11 00:00 -0500")
    assert found.dated.ends_with_treatment
    assert found.dated.ends_with_day
    hour = visit(minutes=60)
    (found,) = plan(entry(fields), hour).instructions
    assert shown(found, hour) == Window("2026-12-10 11:30 -0500", "2026-12-10 15:30 -0500")
    assert not found.dated.ends_with_treatment


def test_1_a_permission_is_not_longer_than_is_known() -> None:
    """Clear liquids until the end: as far as the clock knows, until 14:30."""
    assert window("may: drinks\nfrom: 3 hours before\nuntil: end").until == START


def test_1_what_counts_from_an_unknown_end_counts_from_the_start() -> None:
    """2 hours after it is 16:30, the day after it the 11th, and its own end is no more known."""
    text = """
    - {id: fast, avoid: drinks, from: 3 hours before, until: end}
    - {id: hours, avoid: food, until: 2 hours after fast}
    - {id: day, do: washing, at: the day after fast}
    - {id: too, avoid: sauna, from: 3 hours before, until: end of fast}
    """
    found = by_id(plan(text))
    assert shown(found["hours"], visit()).until == "2026-12-10 16:30 -0500"
    assert shown(found["day"], visit()).start == "2026-12-11 00:00 -0500"
    assert shown(found["too"], visit()).until == "2026-12-11 00:00 -0500"
    assert found["too"].dated.ends_with_treatment


def test_1_no_dose_is_suggested_in_a_treatment_of_unknown_length() -> None:
    """Each hour from 11:30 until the end: 11:30, 12:30 and 13:30."""
    fields = "take: drinks\nfrom: 3 hours before\nuntil: end\nevery: 1 hour"
    assert times(fields) == ["12-10 11:30", "12-10 12:30", "12-10 13:30"]


# 2. Hours and minutes are elapsed time


def test_2_hours_cross_a_clock_change_in_spring() -> None:
    """48 hours before 14 Mar 2027 14:00 New York is 12 Mar 13:00."""
    found = window("avoid: retinoids\nfrom: 48 hours before", visit("2027-03-14 14:00"))
    assert found == Window("2027-03-12 13:00 -0500", "2027-03-14 14:00 -0400")


def test_2_hours_cross_a_clock_change_in_autumn() -> None:
    """48 hours before 1 Nov 2026 14:00 New York is 30 Oct 15:00."""
    found = window("avoid: retinoids\nfrom: 48 hours before", visit("2026-11-01 14:00"))
    assert found == Window("2026-10-30 15:00 -0400", "2026-11-01 14:00 -0500")


def test_2_hours_after_cross_a_clock_change() -> None:
    """48 hours after 13 Mar 2027 14:00 New York is 15 Mar 15:00."""
    found = window("avoid: heat\nuntil: 48 hours after", visit("2027-03-13 14:00"))
    assert found == Window("2027-03-13 14:00 -0500", "2027-03-15 15:00 -0400")


def test_2_minutes_are_elapsed_time_too() -> None:
    """30 minutes before 3:15 on the morning without a 2:30 is 1:45, not 2:45."""
    found = window("arrive: early-arrival\nat: 30 minutes before", visit("2027-03-14 03:15"))
    assert found.start == "2027-03-14 01:45 -0500"


# 3. Days, weeks, months and years are whole calendar days


@pytest.mark.parametrize(
    ("start", "length", "opens"),
    [
        ("2026-12-10 14:30", "1 day", "2026-12-09 00:00 -0500"),
        ("2026-12-10 14:30", "3 days", "2026-12-07 00:00 -0500"),
        ("2026-12-10 14:30", "2 weeks", "2026-11-26 00:00 -0500"),
        ("2026-12-10 14:30", "1 month", "2026-11-10 00:00 -0500"),
        ("2026-12-10 14:30", "6 months", "2026-06-10 00:00 -0400"),
        ("2026-12-10 14:30", "1 year", "2025-12-10 00:00 -0500"),
        ("2027-08-31 14:30", "6 months", "2027-02-28 00:00 -0500"),
        ("2028-08-31 14:30", "6 months", "2028-02-29 00:00 -0500"),
        ("2027-03-31 14:30", "1 month", "2027-02-28 00:00 -0500"),
        ("2028-02-29 14:30", "1 year", "2027-02-28 00:00 -0500"),
    ],
)
def test_3_counting_back_opens_with_the_day(start: str, length: str, opens: str) -> None:
    """A window before the treatment opens with the first minute of the counted date."""
    assert window(f"avoid: waxing\nfrom: {length} before", visit(start)).start == opens


@pytest.mark.parametrize(
    ("start", "length", "closes"),
    [
        ("2026-12-10 14:30", "1 day", "2026-12-12 00:00 -0500"),
        ("2026-12-10 14:30", "10 days", "2026-12-21 00:00 -0500"),
        ("2026-12-10 14:30", "2 weeks", "2026-12-25 00:00 -0500"),
        ("2026-12-10 14:30", "1 month", "2027-01-11 00:00 -0500"),
        ("2026-12-10 14:30", "4 months", "2027-04-11 00:00 -0400"),
        ("2026-12-10 14:30", "1 year", "2027-12-11 00:00 -0500"),
        ("2027-01-31 14:30", "1 month", "2027-03-02 00:00 -0500"),
        ("2028-01-30 14:30", "1 month", "2028-03-02 00:00 -0500"),
        ("2027-05-31 14:30", "1 month", "2027-07-02 00:00 -0400"),
        ("2028-02-29 14:30", "1 year", "2029-03-02 00:00 -0500"),
    ],
)
def test_3_counting_on_holds_through_the_day(start: str, length: str, closes: str) -> None:
    """Through the counted date; where the month lacks it, through the 1st of the next."""
    assert window(f"avoid: sun\nuntil: {length} after", visit(start)).until == closes


def test_3_days_do_not_elapse() -> None:
    """3 days before an evening and before a morning open alike, with the date."""
    fields = "avoid: waxing\nfrom: 3 days before"
    morning, evening = visit("2026-12-10 08:00"), visit("2026-12-10 20:00")
    assert window(fields, morning).start == window(fields, evening).start


def test_3_a_permission_waits_until_the_counted_day_is_over() -> None:
    """The careful side of "may … from 3 days after" is the day after D+3."""
    found = window("may: makeup\nfrom: 3 days after")
    assert found == Window("2026-12-14 00:00 -0500", None)


# 4. A minimum interval


def test_4_a_minimum_interval_lets_the_counted_date_be_fine() -> None:
    """At least 5 days after botulinum toxin: Sat 5 Dec is the last fine date."""
    found = window("wait-since: botulinum-toxin\nat-least: 5 days before")
    assert found == Window("2026-12-06 00:00 -0500", START, last_ok="2026-12-05")


@pytest.mark.parametrize(
    ("length", "last_ok"),
    [("2 weeks", "2026-11-26"), ("1 month", "2026-11-10"), ("6 months", "2026-06-10")],
)
def test_4_longer_intervals_have_their_last_fine_date(length: str, last_ok: str) -> None:
    """Weeks and months give D minus as much."""
    assert window(f"wait-since: laser\nat-least: {length} before").last_ok == last_ok


def test_4_an_interval_in_hours_ends_with_a_wholly_safe_date() -> None:
    """48 hours before 14:30 lies within Tue 8 Dec, so Mon 7 Dec is the last safe date."""
    found = window("wait-since: alcohol\nat-least: 48 hours before")
    assert found == Window("2026-12-08 14:30 -0500", START, last_ok="2026-12-07")


def test_4_an_interval_in_hours_counts_over_a_clock_change() -> None:
    """24 hours before Mon 15 Mar 2027 00:30 is still Sat 13 Mar, 23:30."""
    found = window("wait-since: alcohol\nat-least: 24 hours before", visit("2027-03-15 00:30"))
    assert (found.start, found.last_ok) == ("2027-03-13 23:30 -0500", "2027-03-12")


def test_4_an_interval_that_starts_at_midnight() -> None:
    """24 hours before midnight of the 10th is midnight of the 9th; the 8th is wholly safe."""
    found = window("wait-since: alcohol\nat-least: 24 hours before", visit("2026-12-10 00:00"))
    assert (found.start, found.last_ok) == ("2026-12-09 00:00 -0500", "2026-12-08")


def test_4_a_long_ban_shows_its_last_fine_day() -> None:
    """Isotretinoin for 6 months: banned from 10 Jun, last day Tue 9 Jun."""
    found = window("avoid: isotretinoin\nfrom: 6 months before")
    assert found == Window("2026-06-10 00:00 -0400", START, last_ok="2026-06-09")


@pytest.mark.parametrize(
    ("length", "last_ok"),
    [("6 days", None), ("7 days", "2026-12-02"), ("1 week", "2026-12-02"), ("48 hours", None)],
)
def test_4_a_ban_is_long_from_a_week_on(length: str, last_ok: str | None) -> None:
    """Shorter ones, and those counted in hours, need no last day."""
    assert window(f"avoid: waxing\nfrom: {length} before").last_ok == last_ok


def test_4_only_a_ban_has_a_last_day() -> None:
    """What is taken or used has none."""
    assert window("use: preconditioning\nfrom: 4 weeks before").last_ok is None


# 5. Ranges keep both ends


def test_5_a_range_before_is_careful_and_keeps_the_latest() -> None:
    """5 to 7 days before: careful from D−7, at the latest from D−5."""
    found = window("avoid: waxing\nfrom: 5 to 7 days before")
    assert found.start == "2026-12-03 00:00 -0500"
    assert found.start_at_latest == "2026-12-05 00:00 -0500"
    assert found.until == START


def test_5_a_wish_keeps_what_must_be() -> None:
    """3 days and if possible 10: must through D+3, should through D+10."""
    found = window("avoid: sun\nuntil: 3 days after, if possible 10")
    assert found.until_at_least == "2026-12-14 00:00 -0500"
    assert found.until == "2026-12-21 00:00 -0500"


def test_5_a_range_of_hours_keeps_both_ends() -> None:
    """24 to 48 hours after ends for certain at the later."""
    found = window("avoid: exercise\nuntil: 24 to 48 hours after")
    assert found.until_at_least == "2026-12-11 14:30 -0500"
    assert found.until == "2026-12-12 14:30 -0500"


def test_5_what_is_used_keeps_both_ends() -> None:
    """Preconditioning for 4 to 6 weeks: from D−42, at the latest from D−28."""
    found = window("use: preconditioning\nfrom: 4 to 6 weeks before")
    assert found.start == "2026-10-29 00:00 -0400"
    assert found.start_at_latest == "2026-11-12 00:00 -0500"


def test_5_a_minimum_interval_keeps_both_ends() -> None:
    """At least 5 to 7 days: D−7 is surely fine, and the ban begins at the latest after D−5."""
    found = window("wait-since: laser\nat-least: 5 to 7 days before")
    assert found.last_ok == "2026-12-03"
    assert found.start == "2026-12-04 00:00 -0500"
    assert found.start_at_latest == "2026-12-06 00:00 -0500"


def test_5_a_permission_keeps_both_ends() -> None:
    """Makeup from 24 to 48 hours after: allowed at 48, and the 24 stay in the rule's words."""
    found = window("may: makeup\nfrom: 24 to 48 hours after")
    assert found.start == "2026-12-12 14:30 -0500"
    sheet = protocol(entry("may: makeup\nfrom: 24 to 48 hours after"))
    assert rule_text(sheet.instructions[0], sheet) == "24 to 48 hours after"


# 6. Numbered days


@pytest.mark.parametrize(
    ("day_one", "opens", "closes"),
    [
        ("treatment day", START, "2026-12-11 00:00 -0500"),
        ("next day", "2026-12-11 00:00 -0500", "2026-12-12 00:00 -0500"),
    ],
)
def test_6_a_protocol_says_which_day_is_day_1(day_one: str, opens: str, closes: str) -> None:
    """Day 1 is the rest of D or the whole of D+1."""
    found = window("avoid: exfoliants\non: day 1", header=f"day-1: {day_one}")
    assert found == Window(opens, closes)


def test_6_numbered_days_include_both_ends() -> None:
    """Days 2 to 7 of clinic-b, whose Day 1 is the next day, are 12 to 17 Dec."""
    found = window("expect: dryness\non: days 2 to 7", header="day-1: next day")
    assert found == Window("2026-12-12 00:00 -0500", "2026-12-18 00:00 -0500")


@pytest.mark.parametrize("verb", ["avoid", "use", "expect"])
def test_6_an_unstated_day_1_covers_both(verb: str) -> None:
    """Where nobody knows, Day 1 holds from the treatment through D+1."""
    found = window(f"{verb}: sunscreen\non: day 1", header="day-1: unstated")
    assert found == Window(START, "2026-12-12 00:00 -0500")


@pytest.mark.parametrize("verb", ["avoid", "use", "expect", "call-if", "may"])
def test_6_a_numbered_day_that_is_d_begins_with_the_end_of_the_treatment(verb: str) -> None:
    """It counts what comes after: an hour's treatment ends at 15:30."""
    header = "day-1: treatment day"
    found = window(f"{verb}: sunscreen\non: days 1 to 3", visit(minutes=60), header)
    assert found == Window("2026-12-10 15:30 -0500", "2026-12-13 00:00 -0500")


@pytest.mark.parametrize(("day_one", "start"), [("treatment day", "15:30"), ("next day", "00:00")])
def test_6_so_does_a_task_on_a_numbered_day(day_one: str, start: str) -> None:
    """Washing on Day 1, which is D, is due when the hour is over, and told as a date."""
    hour = visit(minutes=60)
    (found,) = plan(entry("do: washing\nat: day 1"), hour, header=f"day-1: {day_one}").instructions
    date = "2026-12-10" if day_one == "treatment day" else "2026-12-11"
    assert shown(found, hour).start == f"{date} {start} -0500"
    assert found.dated.starts_with_day


def test_6_hours_from_an_unstated_day_cover_both() -> None:
    """6 hours from Day 2 of clinic-a, the 11th or the 12th: from the one to the other's 6:00."""
    found = window("use: sun\nfrom: day 2\nfor: 6 hours", header="day-1: unstated")
    assert found == Window("2026-12-11 00:00 -0500", "2026-12-12 06:00 -0500")


def test_6_lengths_count_the_numbered_day() -> None:
    """3 days from Day 1, which is D, are the 10th to the 12th; 6 hours end at 20:30."""
    header = "day-1: treatment day"
    days = window("use: sunscreen\nfrom: day 1\nfor: 3 days", header=header)
    hours = window("use: sunscreen\nfrom: day 1\nfor: 6 hours", header=header)
    assert days == Window(START, "2026-12-13 00:00 -0500")
    assert hours == Window(START, "2026-12-10 20:30 -0500")


def test_6_steps_count_the_numbered_day() -> None:
    """Two days from Day 1, which is D, are the 10th and the 11th, and one more is the 12th."""
    found = by_day(times(STEPS.format("day 1"), header="day-1: treatment day"))
    assert list(found) == ["12-10", "12-11", "12-12"]


def test_6_a_part_of_an_unstated_day_is_a_range_of_that_day() -> None:
    """From the morning of Day 1 of clinic-a: 6:00 of D, at the latest noon; D+1 is no range."""
    found = window("avoid: sun\non: the morning of day 1", header="day-1: unstated")
    assert found == Window("2026-12-10 06:00 -0500", "2026-12-11 12:00 -0500")
    found = window("use: sun\nfrom: the morning of day 1", header="day-1: unstated")
    assert found.start_at_latest == "2026-12-10 12:00 -0500"


def test_6_an_unstated_phase_covers_both() -> None:
    """Days 2 to 7 of clinic-a lie within 11 to 17 Dec; what Day 1 may mean is no stated range."""
    found = window("expect: dryness\non: days 2 to 7", header="day-1: unstated")
    assert found == Window("2026-12-11 00:00 -0500", "2026-12-18 00:00 -0500")


def test_6_day_7_on_has_no_end() -> None:
    """Clinic-a: expected from D+6, permitted from D+7, no end."""
    header = "day-1: unstated"
    expected = window("expect: smooth-skin\non: day 7+", header=header)
    permitted = window("may: skin-care-routine\non: day 7+", header=header)
    assert (expected.start, expected.until) == ("2026-12-16 00:00 -0500", None)
    assert (permitted.start, permitted.until) == ("2026-12-17 00:00 -0500", None)


def test_6_a_ban_until_an_unstated_day_is_lifted_on_the_later() -> None:
    """What may be resumed from Day 7 of clinic-a is forbidden through D+6."""
    found = window("may-resume: skin-care-routine\nfrom: day 7", header="day-1: unstated")
    assert found == Window(START, "2026-12-17 00:00 -0500")


def test_6_a_permission_for_an_unstated_day_comes_on_the_later() -> None:
    """What is permitted on Day 1 of clinic-a is permitted on D+1."""
    found = window("may: makeup\non: day 1", header="day-1: unstated")
    assert found == Window("2026-12-11 00:00 -0500", "2026-12-12 00:00 -0500")


def test_6_whole_days_are_permitted_whole() -> None:
    """`on: 3 days after` names D+3 for a permission as it does for a ban."""
    day = Window("2026-12-13 00:00 -0500", "2026-12-14 00:00 -0500")
    assert window("avoid: makeup\non: 3 days after") == day
    assert window("may: makeup\non: 3 days after") == day


# 7. No stated end stays unstated


def test_7_no_time_stays_no_time() -> None:
    """Avoid ibuprofen: no date is made up, on either side."""
    found = plan(entry("avoid: ibuprofen"))
    assert shown(found.instructions[0], visit()) == Window(None, None)
    assert found.instructions[0].kind is Kind.UNDATED
    assert found.instructions[0].standing is Standing.UNDATED


def test_7_a_window_after_without_an_end_has_none() -> None:
    """What begins after the treatment goes on until someone says otherwise."""
    assert window("avoid: sun\nfrom: end") == Window(START, None)
    assert window("use: sunscreen\nfrom: 4 hours after") == Window("2026-12-10 18:30 -0500", None)


def test_7_two_bounds_are_implied() -> None:
    """A window before closes at the start, a window after opens at the end."""
    around = visit(minutes=60)
    assert window("avoid: waxing\nfrom: 72 hours before", around).until == START
    assert window("avoid: heat\nuntil: 48 hours after", around).start == "2026-12-10 15:30 -0500"


def test_7_the_treatment_day_implies_nothing() -> None:
    """From the treatment day on has no end; until the treatment day has no beginning."""
    assert window("avoid: sun\nfrom: treatment day") == Window("2026-12-10 00:00 -0500", None)
    assert window("avoid: sun\nuntil: treatment day") == Window(None, "2026-12-11 00:00 -0500")


def test_7_vague_words_are_no_end() -> None:
    """“A few days” stays as it is."""
    (found,) = plan(entry("expect: redness\nuntil-words: a few days")).instructions
    assert shown(found, visit()) == Window(START, None)
    assert found.instruction.window.until_words == "a few days"


@pytest.mark.parametrize(
    "times",
    [
        "from: 72 hours before",
        "from: 3 days before",
        "from: 5 to 7 days before",
        "from: 3 days before\nuntil: start",
        "until: start",
        "from: treatment day\nuntil: start",
    ],
)
def test_7_closing_at_the_start_is_no_release(times: str) -> None:
    """The treatment ends no ban: nothing in `ends`, nothing fine again."""
    found = plan(entry(f"avoid: lotions\n{times}"))
    assert [day.ends for day in found.days] == [()] * len(found.days)
    assert [
        transition.releases
        for day in found.days
        for transition in day.transitions
        if transition.releases
    ] == []


# 8. Time and state


@pytest.mark.parametrize("rule", ["", "whichever: later"])
def test_8_a_ban_until_a_time_or_a_state_lasts_for_both(rule: str) -> None:
    """Makeup: 48 hours or until healed. The clock alone releases nobody."""
    fields = "avoid: makeup\nuntil: 48 hours after\nuntil-state: your skin has healed"
    found = window(f"{fields}\n{rule}")
    assert found == Window(START, None, until_at_least="2026-12-12 14:30 -0500")


def test_8_the_earlier_ends_with_the_time() -> None:
    """`whichever: earlier` keeps the time as the end."""
    fields = "avoid: makeup\nuntil: 48 hours after\nuntil-state: your skin has healed"
    found = window(f"{fields}\nwhichever: earlier")
    assert found == Window(START, "2026-12-12 14:30 -0500")


@pytest.mark.parametrize("verb", ["take", "use"])
def test_8_what_is_taken_ends_with_the_earlier(verb: str) -> None:
    """Unstated is read as the earlier for take and use."""
    fields = "antiviral\nuntil: 2 days after\nuntil-state: the sores have gone"
    assert window(f"{verb}: {fields}") == Window(START, "2026-12-13 00:00 -0500")


def test_8_what_is_taken_until_the_later_has_no_end_by_the_clock() -> None:
    """A stated `later` holds for take and use as well."""
    fields = "take: antiviral\nuntil: 2 days after\nuntil-state: the sores have gone"
    found = window(f"{fields}\nwhichever: later")
    assert found == Window(START, None, until_at_least="2026-12-13 00:00 -0500")


def test_8_the_rule_is_kept_as_stated() -> None:
    """Unstated stays unstated beside the reading that was taken."""
    fields = "avoid: makeup\nuntil: 48 hours after\nuntil-state: your skin has healed"
    (found,) = plan(entry(fields)).instructions
    assert found.instruction.window.until_rule is StateRule.UNSTATED
    assert found.instruction.window.until_state == "your skin has healed"


def test_8_resume_once_healed_is_a_ban_with_only_a_state() -> None:
    """No time is made up for it."""
    (found,) = plan(entry("may-resume: makeup\nonce: your skin has healed")).instructions
    assert found.instruction.verb is Verb.AVOID
    assert found.instruction.window.until_state == "your skin has healed"
    assert shown(found, visit()) == Window(START, None)


def test_8_the_time_stands_though_the_day_of_the_treatment_is_all_that_is_known() -> None:
    """Until the end or healed: D is over at 24:00, and that alone releases nobody."""
    fields = "avoid: makeup\nfrom: start\nuntil: end\nuntil-state: your skin has healed"
    found = window(fields, visit("2026-12-10"))
    assert found == Window(DAY_BEGINS, None, until_at_least=DAY_ENDS)


# 9. Patient factors are three-valued


@pytest.mark.parametrize(
    ("answers", "applies"),
    [
        ({"cold-sores": True}, Answer.YES),
        ({"cold-sores": False}, Answer.NO),
        ({}, Answer.ASK),
        ({"pregnancy": True}, Answer.ASK),
    ],
)
def test_9_a_factor_is_yes_no_or_not_asked(answers: dict[str, bool], applies: Answer) -> None:
    """The antiviral stays in the plan whatever the answer."""
    antiviral = entry("take: antiviral\nif: cold-sores\nfrom: 2 days before\nuntil: 2 days after")
    (found,) = plan(antiviral, answers=answers).instructions
    assert found.applies is applies
    assert shown(found, visit()) == Window("2026-12-08 00:00 -0500", "2026-12-13 00:00 -0500")


@pytest.mark.parametrize(
    ("answers", "blocked"),
    [
        ({"pregnancy": True}, ["it"]),
        ({"pregnancy": False, "warts": True}, ["it"]),
        ({"pregnancy": False, "warts": False}, []),
        ({"pregnancy": False}, []),
        ({}, []),
    ],
)
def test_9_a_contraindication_blocks_when_answered_yes(
    answers: dict[str, bool], blocked: list[str]
) -> None:
    """One yes blocks the treatment; what was not asked blocks nothing yet."""
    found = plan(entry("screen: [pregnancy, warts]"), answers=answers)
    assert [each.instruction.id for each in found.blocked_by] == blocked


# 10. Nothing is dropped


def test_10_every_instruction_is_in_the_plan() -> None:
    """Dated, undated, conditional, or left out with the reason."""
    found = plan(
        """
        - {id: dated, avoid: waxing, from: 72 hours before}
        - {id: undated, avoid: ibuprofen}
        - {id: conditional, take: antiviral, if: cold-sores}
        - {id: settled, use: sunscreen, if: in-sun}
        """,
        answers={"in-sun": False},
    )
    assert [
        (each.instruction.id, each.applies.value, each.reason) for each in found.instructions
    ] == [
        ("dated", "yes", ()),
        ("undated", "yes", ()),
        ("conditional", "ask", ()),
        ("settled", "no", (("in-sun", False),)),
    ]


# 11. Conflicts and releases


def test_11_fine_again_except_what_another_rule_still_covers() -> None:
    """Clinic-b: other products from the next day, but no retinoids before 72 hours."""
    found = plan(
        """
        - {id: products, may-resume: skin-products, from: next day}
        - {id: retinoids, may-resume: retinoids, from: 72 hours after}
        """
    )
    ends = {
        transition.planned.instruction.id: transition.releases
        for day in found.days
        for transition in day.transitions
        if transition.change is Change.ENDS
    }
    ((products,), (retinoids,)) = ends["products"], ends["retinoids"]
    held = [(part, [each.rule.instruction.id for each in by]) for part, by in products.except_for]
    assert held == [("retinoids", ["retinoids"])]
    assert (retinoids.held_by, retinoids.except_for) == ((), ())


def test_11_the_strictest_governs() -> None:
    """Sun for 3 days and sun for 10 days: reported, and the plan follows the 10."""
    (conflict,) = plan(
        """
        - {id: short, avoid: sun, until: 3 days after}
        - {id: long, avoid: sun, until: 10 days after}
        """
    ).conflicts
    assert conflict.topic == "sun"
    assert [each.instruction.id for each in conflict.instructions] == ["short", "long"]
    assert [each.instruction.id for each in conflict.governs] == ["long"]


def test_11_conflicts_are_sought_over_groups() -> None:
    """A ban on skin products contradicts a permission for mineral makeup, a member's member."""
    (conflict,) = plan(
        """
        - {id: ban, avoid: skin-products, until: 3 days after}
        - {id: leave, may: mineral-makeup, from: 24 hours after}
        """
    ).conflicts
    assert conflict.topic == "mineral-makeup"
    assert [each.instruction.id for each in conflict.governs] == ["ban"]


# 12. "May resume after T" is a restriction until T


def test_12_may_resume_is_a_ban_that_ends() -> None:
    """Injections can be resumed in 72 hours: forbidden until then."""
    found = plan(entry("may-resume: injections\nfrom: 72 hours after"))
    (each,) = found.instructions
    assert (each.instruction.verb, each.instruction.stated_as) == (Verb.AVOID, "may-resume")
    assert shown(each, visit()) == Window(START, "2026-12-13 14:30 -0500")
    assert each.restricts
    assert [day.date.isoformat() for day in found.days if each in day.ends] == ["2026-12-13"]
    assert each in found.days[0].in_force


def test_12_may_resume_after_days_is_forbidden_through_them() -> None:
    """After 3 days means through D+3; from the next day on means through D."""
    assert window("may-resume: makeup\nfrom: 3 days after").until == "2026-12-14 00:00 -0500"
    assert window("may-resume: makeup\nfrom: next day").until == "2026-12-11 00:00 -0500"


def test_12_may_is_a_permission() -> None:
    """`may` forbids nothing and is stated as itself."""
    (found,) = plan(entry("may: cool-compress\nfrom: end")).instructions
    assert not found.restricts
    assert found.instruction.stated_as is None


# 13. Clock changes


@pytest.mark.parametrize(
    ("start", "zone", "begins"),
    [
        ("2018-11-04 14:30", "America/Sao_Paulo", "2018-11-04 01:00 -0200"),
        ("2026-03-29 14:30", "Asia/Beirut", "2026-03-29 01:00 +0300"),
        ("2026-04-24 14:30", "Africa/Cairo", "2026-04-24 01:00 +0300"),
        ("2026-03-08 14:30", "America/Havana", "2026-03-08 01:00 -0400"),
    ],
)
def test_13_a_day_without_midnight_begins_at_its_first_instant(
    start: str, zone: str, begins: str
) -> None:
    """Where the clocks jump from 00:00 to 01:00, the day begins at 01:00."""
    assert window("avoid: shaving\non: treatment day", visit(start, zone)).start == begins


def test_13_a_day_with_two_midnights_begins_at_the_first() -> None:
    """In Havana the clocks go from 01:00 back to 00:00 on 1 Nov 2026."""
    around = visit("2026-11-01 14:30", "America/Havana")
    found = window("avoid: shaving\non: treatment day", around)
    assert found == Window("2026-11-01 00:00 -0400", "2026-11-02 00:00 -0500")


def test_13_a_date_that_never_was_begins_with_the_next() -> None:
    """Samoa skipped 30 Dec 2011: 2 days before 1 Jan is 31 Dec, as early as it gets."""
    around = visit("2012-01-01 14:30", "Pacific/Apia")
    assert window("avoid: waxing\nfrom: 2 days before", around).start == "2011-12-31 00:00 +1400"


# 14. A date without a time


def test_14_a_whole_day_lasts_until_the_next() -> None:
    """Only the date is known: [00:00, 24:00)."""
    around = visit("2026-12-10")
    assert around.all_day
    assert not around.duration_known
    assert clock(around.start, around) == "2026-12-10 00:00 -0500"
    assert clock(around.end, around) == "2026-12-11 00:00 -0500"


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ("from: 48 hours before", Window("2026-12-08 00:00 -0500", "2026-12-11 00:00 -0500")),
        ("until: 48 hours after", Window("2026-12-10 00:00 -0500", "2026-12-13 00:00 -0500")),
        ("from: 3 days before", Window("2026-12-07 00:00 -0500", "2026-12-11 00:00 -0500")),
        ("until: 10 days after", Window("2026-12-10 00:00 -0500", "2026-12-21 00:00 -0500")),
        ("from: end\nuntil: 4 hours after", Window(DAY_BEGINS, "2026-12-11 04:00 -0500")),
        ("from: 8 hours before\nuntil: 2 hours before", Window(EVE_4_PM, "2026-12-10 22:00 -0500")),
        ("until: end\nfrom: 3 days before", Window("2026-12-07 00:00 -0500", DAY_ENDS)),
        ("on: treatment day", Window("2026-12-10 00:00 -0500", "2026-12-11 00:00 -0500")),
    ],
)
def test_14_hours_count_from_the_ends_of_the_day(times: str, expected: Window) -> None:
    """A ban holds whatever the hour: hours before from 00:00, hours after from 24:00, days from D.

    What begins with the treatment begins with D, what ends with it holds through D.
    """
    assert window(f"avoid: heat\n{times}", visit("2026-12-10")) == expected


def test_14_a_moment_in_minutes_keeps_its_words_only() -> None:
    """Arrive 20 to 30 minutes before what has no time: no clock time is made up."""
    arrival = entry("arrive: early-arrival\nat: 20 to 30 minutes before")
    made = plan(arrival, visit("2026-12-10"))
    (found,) = made.instructions
    assert shown(found, visit()) == Window(None, None)
    assert found.kind is Kind.MOMENT
    assert rule_text(found.instruction, made.protocol) == "20 to 30 minutes before"


def test_14_a_moment_has_its_times_where_the_appointment_has_one() -> None:
    """Arrive 20 to 30 minutes early: from 14:00, at the latest at 14:10."""
    found = window("arrive: early-arrival\nat: 20 to 30 minutes before")
    assert found.start == "2026-12-10 14:00 -0500"
    assert found.start_at_latest == "2026-12-10 14:10 -0500"


@pytest.mark.parametrize("verb", ["avoid", "call-if", "expect"])
def test_14_what_begins_with_the_treatment_holds_on_its_day(verb: str) -> None:
    """A ban or a warning sign that begins at an unknown hour of D is not missing from D."""
    found = plan(entry(f"{verb}: fever\nfrom: end\nuntil: 2 days after"), visit("2026-12-10"))
    assert next(day.distance for day in found.days if day.in_force) == 0
    assert shown(found.instructions[0], visit()) == Window(DAY_BEGINS, "2026-12-13 00:00 -0500")
    assert found.instructions[0].dated.starts_with_day


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        # What is done counts its hours from the day's ends; its own edges are those of the day.
        ("use: cool-compress\nfrom: 2 hours after\nfor: 6 hours", Window(AT_2, AT_8)),
        ("use: cool-compress\nfrom: 3 hours before\nfor: 1 hour", Window(EVE_9_PM, EVE_10_PM)),
        (
            "use: cool-compress\nfrom: 3 hours before\nuntil: 1 hour before",
            Window(EVE_9_PM, EVE_11),
        ),
        ("use: cool-compress\nfrom: end\nuntil: treatment day", Window(DAY_BEGINS, DAY_ENDS)),
        ("use: cool-compress\nfrom: 3 hours before\nuntil: start", Window(EVE_9_PM, DAY_ENDS)),
        # What is permitted holds whatever the hour, or has no date.
        ("may: drinks\nfrom: end", Window(DAY_ENDS, None)),
        ("may: drinks\nuntil: 2 hours before", Window(None, EVE_10_PM)),
        ("may: drinks\nfrom: 8 hours before\nuntil: 2 hours before", Window(None, None)),
        ("may: washing\nfrom: 4 hours after\nuntil: treatment day", Window(None, None)),
    ],
)
def test_14_the_careful_edge_goes_by_the_verb(fields: str, expected: Window) -> None:
    """Wed 9 Dec at the latest hour before, Fri 11 Dec at the earliest after."""
    assert window(fields, visit("2026-12-10")) == expected


def test_14_the_other_reading_is_no_range() -> None:
    """Nothing to eat from 4 to 6 hours before: from Wed 6 pm, or from Thu 6 pm, till midnight."""
    (found,) = plan(
        entry("avoid: food\nfrom: 4 to 6 hours before"), visit("2026-12-10")
    ).instructions
    dated = found.dated
    assert shown(found, visit()) == Window(EVE_6_PM, DAY_ENDS, start_at_latest=EVE_8_PM)
    assert dated.start_otherwise == at("2026-12-10 18:00")
    assert dated.until_otherwise == at("2026-12-10 00:00")
    (days,) = plan(entry("avoid: sun\non: next day"), visit("2026-12-10")).instructions
    assert (days.dated.start_otherwise, days.dated.until_otherwise) == (None, None)


def test_14_a_moment_at_the_treatment_is_told_as_its_day() -> None:
    """At the end of a treatment of that day, and not on the next."""
    for edge in ("start", "end"):
        (found,) = plan(entry(f"take: antiviral\nat: {edge}"), visit("2026-12-10")).instructions
        assert shown(found, visit()) == Window(DAY_BEGINS, None)
        assert found.dated.starts_with_day
        assert found.dated.start_otherwise is None


def test_14_bans_count_from_an_instruction_at_the_appointment() -> None:
    """From its hour, whatever that is: 4 hours after 22:00 of the 9th to 22:00 of the 10th."""
    text = """
    - {id: arrival, arrive: early-arrival, at: 2 hours before}
    - {id: test, do: questions, at: start}
    - {id: hours, avoid: food, from: 6 hours before arrival, until: 4 hours after test}
    - {id: task, do: washing, at: 1 hour after arrival}
    - {id: chain, do: washing, at: 1 hour after task}
    - {id: same, do: washing, at: start of arrival}
    - {id: day, do: washing, at: the day after arrival}
    """
    found = by_id(plan(text, visit("2026-12-10")))
    assert shown(found["hours"], visit()) == Window(EVE_4_PM, "2026-12-11 04:00 -0500")
    for name in ("arrival", "task", "chain", "same"):
        assert shown(found[name], visit()) == Window(None, None)
    assert shown(found["day"], visit()).start == DAY_BEGINS
    assert found["day"].dated.start_otherwise == at("2026-12-11 00:00")


def test_14_a_fast_is_not_in_force_for_weeks() -> None:
    """It begins before an arrival of unknown hour, 16:00 of the 9th at the earliest."""
    text = """
    - {id: arrival, arrive: early-arrival, at: 2 hours before}
    - {id: fast, avoid: food, from: 6 hours before arrival, until: start}
    """
    found = plan(text, visit("2026-12-10"), now="2026-11-21 10:00")
    assert by_id(found)["fast"].standing is Standing.UPCOMING
    assert [day.distance for day in found.days if by_id(found)["fast"] in day.in_force] == [-1, 0]


def test_14_what_begins_nobody_knows_when_is_not_in_force() -> None:
    """A beginning that is stated but has no date: undated, though its end is known."""
    text = """
    - {id: x, use: sunscreen}
    - {id: fast, avoid: food, from: 8 hours before x, until: start}
    """
    found = by_id(plan(text, now="2026-11-21 10:00"))["fast"]
    assert shown(found, visit()) == Window(None, START)
    assert found.standing is Standing.UNDATED


def test_14_no_dose_lies_at_a_guessed_hour() -> None:
    """From the treatment on: from the next day; until the treatment: through the day before."""
    day = visit("2026-12-10")
    assert times("take: antiviral\nfrom: end\nuntil: next day\ndaily: once", day) == [
        "12-11 08:00~"
    ]
    assert times("take: antiviral\nfrom: the day before\nuntil: start\ndaily: once", day) == [
        "12-09 08:00~"
    ]
    header = "day-1: treatment day"
    assert times("take: antiviral\non: day 1\ndaily: 3", day, header) == []
    steps = by_day(times(STEPS.format("day 1"), day, header))
    assert list(steps) == ["12-11", "12-12"]
    found = times("do: washing\nfrom: treatment day\nfor: 4 days\nevery: other day", day)
    assert found == ["12-12 08:00~"]
    found = times("do: washing\nfrom: treatment day\nfor: 2 days\nevery: 8 hours", day)
    assert found == ["12-11 08:00~", "12-11 16:00~"]


@pytest.mark.parametrize(
    ("point", "until"),
    [
        # What is at the treatment, whatever the hour, is on the 10th: 3 days on is the 13th.
        ("at: start", "2026-12-14 00:00 -0500"),
        ("from: the day before\n  until: start", "2026-12-14 00:00 -0500"),
        # The whole of the next day is the 11th.
        ("at: next day", "2026-12-15 00:00 -0500"),
    ],
)
def test_14_what_is_at_the_treatment_is_on_its_day(point: str, until: str) -> None:
    """Even where it is dated with the end of that day, days count from D."""
    text = f"""
- id: b
  do: washing
  {point}
- {{id: it, avoid: sun, until: 3 days after b}}
"""
    found = by_id(plan(text, visit("2026-12-10")))["it"]
    assert shown(found, visit()).until == until


def test_14_what_the_patient_comes_without_is_left_all_day() -> None:
    """Come without lotions: at an unknown hour of D, so on D."""
    found = plan(entry("avoid: lotions\nat: start"), visit("2026-12-10"))
    assert [day.distance for day in found.days if day.in_force] == [0]


def test_14_a_moment_of_a_permission_is_the_later() -> None:
    """2 hours after is on the 10th or the 11th: the day after it is the 12th at the latest."""
    text = """
    - {id: task, do: washing, at: 2 hours after}
    - {id: it, may: sauna, at: the day after task}
    """
    found = by_id(plan(text, visit("2026-12-10")))["it"]
    assert shown(found, visit()).start == "2026-12-12 00:00 -0500"


def test_14_a_course_with_steps_is_as_long_as_a_timed_one() -> None:
    """Two days from the treatment are the 11th and 12th, and one more is the 13th."""
    day = visit("2026-12-10")
    (found,) = plan(entry(STEPS.format("end")), day).instructions
    assert shown(found, day).until == "2026-12-14 00:00 -0500"
    assert list(by_day(times(STEPS.format("end"), day))) == ["12-11", "12-12", "12-13"]


def test_14_days_of_a_course_count_from_d() -> None:
    """Every other day from the treatment is 10 (at no known hour), 12 and 14 Dec."""
    fields = "take: antiviral\nfrom: end\nuntil: 5 days after\nevery: other day"
    assert times(fields, visit("2026-12-10")) == ["12-12 08:00~", "12-14 08:00~"]


# 15. The time zone


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kathmandu", "UTC", "Europe/London"])
def test_15_days_are_the_clinics_days(zone: str) -> None:
    """The same sheet gives the same wall clock in every zone."""
    found = window("avoid: waxing\nfrom: 3 days before", visit(zone=zone))
    assert found.start is not None
    assert found.start.startswith("2026-12-07 00:00 ")


def test_15_an_instant_is_converted_to_the_clinics_zone() -> None:
    """22:00 in New York is the next day in Kathmandu, and D with it."""
    abroad = visit("2026-12-11 08:45", "Asia/Kathmandu")
    assert abroad.start == visit("2026-12-10 22:00").start
    assert (abroad.day.isoformat(), abroad.zone_source) == ("2026-12-11", "flag")


# 16. The clock is an argument


def test_16_now_changes_nothing_but_the_state() -> None:
    """Whenever the plan is made, its dates are the same."""
    instruction = entry("avoid: retinoids\nfrom: 48 hours before")
    early = plan(instruction, now="2026-11-21 10:00")
    late = plan(instruction, now="2026-12-30 10:00")
    assert by_id(early)["it"].dated == by_id(late)["it"].dated
    assert (by_id(early)["it"].standing, by_id(late)["it"].standing) == (
        Standing.UPCOMING,
        Standing.OVER,
    )
    assert early.now == at("2026-11-21 10:00")


def test_16_an_appointment_in_the_past_is_planned_and_marked() -> None:
    """The day after the appointment the plan is still made."""
    found = plan(entry("avoid: sun\nuntil: 10 days after"), now="2026-12-11 09:00")
    assert found.is_past
    assert shown(found.instructions[0], visit()).until == "2026-12-21 00:00 -0500"


def test_16_a_whole_day_is_past_when_it_is_over() -> None:
    """At noon of the day the appointment may still come."""
    instruction = entry("avoid: sun")
    assert not plan(instruction, visit("2026-12-10"), now="2026-12-10 12:00").is_past
    assert plan(instruction, visit("2026-12-10"), now="2026-12-11 00:01").is_past


# 17. Whole days and instants differ in form, not in value


@pytest.mark.parametrize(
    ("start", "doses"),
    [("2027-05-16 15:59", 9), ("2027-05-16 16:00", 12), ("2027-05-16 16:01", 12)],
)
def test_17_doses_count_from_an_instant_at_midnight(start: str, doses: int) -> None:
    """8 hours after 16:00 is an instant on the 17th: 3 days of 4 doses, through the 19th.

    At 15:59 it is still the 16th: one dose, and 8 on the two days after it.
    """
    fields = "take: acetaminophen\nfrom: 8 hours after\nfor: 2 days\nevery: 6 hours"
    assert len(times(fields, visit(start))) == doses


def test_17_doses_of_hours_begin_at_midnight() -> None:
    """Each hour for 6 hours from 0:00 on is 0:00 to 5:00; people don't wake for the first."""
    fields = "use: cool-compress\nfrom: 8 hours after\nfor: 6 hours\nevery: 1 hour"
    assert times(fields, visit("2026-12-10 16:00")) == [f"12-11 0{hour}:00" for hour in range(6)]


@pytest.mark.parametrize(
    ("fields", "starts_with_day", "ends_with_day"),
    [
        ("from: 3 days before", True, False),
        ("from: 7 hours before", False, False),
        ("until: 17 hours after", False, False),
        ("until: 2 days after", False, True),
        ("from: 00:00 the day before\nuntil: 24:00 the day before", False, False),
        ("from: midnight before", False, False),
        ("from: 00:00 the day before\nfor: 2 days", False, True),
        ("from: end\nfor: 2 hours", False, False),
        ("from: within 2 days after\nuntil: 5 days after", False, True),
        ("until: 3 days after\nuntil-state: healed", False, True),
    ],
)
def test_17_the_form_says_what_is_told_as_a_date(
    fields: str, starts_with_day: bool, ends_with_day: bool
) -> None:
    """At 7:00 many of these fall on midnight; only the edges of whole days are dates."""
    (found,) = plan(entry(f"avoid: sauna\n{fields}"), visit("2026-12-10 07:00")).instructions
    forms = (found.dated.starts_with_day, found.dated.ends_with_day)
    assert forms == (starts_with_day, ends_with_day)


def test_17_a_permission_of_whole_days_is_told_as_dates() -> None:
    """After 3 days it begins with Mon 14 Dec; after 72 hours at 14:30 on Sun 13 Dec."""
    for fields, expected in (("from: 3 days after", True), ("from: 72 hours after", False)):
        (found,) = plan(entry(f"may: makeup\n{fields}")).instructions
        assert found.dated.starts_with_day is expected


def test_17_a_written_midnight_is_an_edge_for_lengths() -> None:
    """From 00:00 of the 9th for 2 days is the 9th and the 10th; for 12 hours it ends at noon."""
    days = window("avoid: sauna\nfrom: 00:00 the day before\nfor: 2 days")
    hours = window("avoid: sauna\nfrom: 00:00 the day before\nfor: 12 hours")
    assert days == Window("2026-12-09 00:00 -0500", "2026-12-11 00:00 -0500")
    assert hours == Window("2026-12-09 00:00 -0500", "2026-12-09 12:00 -0500")


def test_17_doses_count_from_a_written_midnight() -> None:
    """Every 6 hours from 00:00 on begins at 0:00, not when people wake."""
    found = times("take: antiviral\nfrom: 00:00 the day after\nfor: 1 day\nevery: 6 hours")
    assert found == ["12-11 00:00", "12-11 06:00", "12-11 12:00", "12-11 18:00"]


def test_17_steps_from_an_instant_at_midnight_begin_within_its_day() -> None:
    """9:30 after 14:30 is 0:00 of the 11th: the rest of the 11th, and 2 days, and 1 day."""
    found = by_day(times(STEPS.format("570 minutes after")))
    assert list(found) == ["12-11", "12-12", "12-13", "12-14"]


def test_17_a_moment_at_midnight_is_over_at_once() -> None:
    """7 hours before 7:00 is no whole day; “the day before” lasts until its end."""
    for fields, now, standing in (
        ("7 hours before", "2026-12-10 00:01", Standing.OVER),
        ("the day before", "2026-12-09 23:59", Standing.IN_FORCE),
    ):
        found = plan(entry(f"take: antiviral\nat: {fields}"), visit("2026-12-10 07:00"), now=now)
        assert found.instructions[0].standing is standing


# 18. Nothing is done to the body before it can be


@pytest.mark.parametrize("point", ["end", "day 1", "treatment day"])
def test_18_suggested_times_lie_after_the_treatment(point: str) -> None:
    """Of 8:00, 15:00 and 22:00 only the last lies after an hour's treatment at 14:30."""
    fields = f"take: antiviral\nfrom: {point}\nuntil: 1 day after\ndaily: 3"
    found = times(fields, visit(minutes=60), "day-1: treatment day")
    assert by_day(found)["12-10"] == ["22:00~"]


@pytest.mark.parametrize(
    ("rhythm", "first"),
    [
        ("daily: once", "12-10 14:45~"),
        ("every: other day", "12-10 14:45~"),
        ("every: 3 hours while awake", "12-10 14:45~"),
        ("daily: morning and bedtime", "12-10 22:00~"),
    ],
)
@pytest.mark.parametrize("point", ["end", "day 1", "treatment day"])
def test_18_no_suggested_time_is_the_very_minute(rhythm: str, first: str, point: str) -> None:
    """It would ring before the treatment is over: a quarter of an hour later."""
    fields = f"take: antiviral\nfrom: {point}\nuntil: 2 days after\n{rhythm}"
    assert times(fields, header="day-1: treatment day")[0] == first


def test_18_the_first_of_some_hours_is_suggested_after_the_treatment() -> None:
    """Every 8 hours from its day on: 14:45, 22:45 and so on, not when people wake."""
    fields = "take: antiviral\nfrom: treatment day\nuntil: next day\nevery: 8 hours"
    assert times(fields) == [
        *("12-10 14:45~", "12-10 22:45~", "12-11 06:45~", "12-11 14:45~", "12-11 22:45~"),
    ]


def test_18_no_time_is_left_on_a_day_that_is_over() -> None:
    """A quarter of an hour after 23:50 is the next day, which has its own times."""
    fields = "take: antiviral\nfrom: end\nuntil: next day\ndaily: twice"
    assert times(fields, visit("2026-12-10 23:50")) == ["12-11 08:00~", "12-11 22:00~"]


def test_18_a_time_between_the_treatment_and_the_pause_is_taken() -> None:
    """One of the sheet's even times lies 5 minutes after the end: it is suggested as it is."""
    fields = "take: antiviral\nfrom: end\nuntil: 1 day after\ndaily: 3"
    assert times(fields, visit("2026-12-10 14:55"))[:2] == ["12-10 15:00~", "12-10 22:00~"]


def test_18_the_evening_of_a_late_treatment_is_over() -> None:
    """From the evening of D on, each evening: not at 18:00 before a treatment at 20:00."""
    fields = "take: antiviral\nfrom: evening of treatment day\nuntil: 2 days after\ndaily: evening"
    late = times(fields, visit("2026-12-10 20:00", minutes=60))
    assert late == ["12-11 18:00~", "12-12 18:00~"]
    assert times(fields)[0] == "12-10 18:00~"


def test_18_what_does_not_follow_the_treatment_keeps_its_times() -> None:
    """The dose of the day itself, what began before it, and what the sheet states."""
    for fields in (
        "on: treatment day\ndaily: morning",
        "from: the day before\nuntil: treatment day\ndaily: morning",
        "from: treatment day\nuntil: next day\ndaily: [08:00]",
    ):
        found = times(f"take: antiviral\n{fields}")
        assert [each for each in found if each.startswith("12-10 08:00")]


def test_18_for_days_from_a_moment_holds_through_the_last() -> None:
    """From the treatment for 5 days: through the 15th."""
    found = window("take: antiviral\nfrom: end\nfor: 5 days\ndaily: 3")
    assert found == Window(START, "2026-12-16 00:00 -0500")


@pytest.mark.parametrize(
    ("fields", "last"),
    [
        # From waking on, 8:00, 14:00, 20:00 and 2:00: the eighth is on the 13th.
        ("from: next day\nfor: 2 days\nevery: 6 hours\ncount: 8", "12-13 02:00~"),
        ("from: end\nfor: 2 days\ndaily: 3\ncount: 6", "12-12 08:00~"),
        ("from: 8 hours after\nfor: 2 days\nevery: 6 hours\ncount: 8", "12-12 16:30"),
    ],
)
def test_18_the_total_governs(fields: str, last: str) -> None:
    """As many doses as the sheet says, and the window lasts as long as they do."""
    (found,) = plan(entry(f"take: antiviral\n{fields}")).instructions
    assert len(found.doses) == int(fields.rpartition(" ")[2])
    assert times(f"take: antiviral\n{fields}")[-1] == last
    assert found.dated.until is not None
    assert found.doses[-1].instant < found.dated.until


SMALL_HOURS = "day-1: next day\ntimes-of-day: {bedtime: 00:30, night: 01:00 to 05:00}"


@pytest.mark.parametrize(
    ("fields", "start"),
    [
        ("take: sleeping-pills\nat: bedtime the day before", "2026-12-10 00:30 -0500"),
        ("avoid: food\nfrom: bedtime the day before", "2026-12-10 00:30 -0500"),
        ("use: eye-shield\non: first 2 nights", "2026-12-11 01:00 -0500"),
        ("avoid: food\nfrom: the night before", "2026-12-10 01:00 -0500"),
        ("may: food\non: the night of day 1", "2026-12-12 01:00 -0500"),
    ],
)
def test_18_a_bedtime_after_midnight_belongs_to_the_evening_before(fields: str, start: str) -> None:
    """The evening of the 9th ends on the 10th at 00:30."""
    assert window(fields, header=SMALL_HOURS).start == start


def test_18_a_permission_takes_the_whole_night() -> None:
    """From its beginning to its end, both on the next date."""
    found = window("may: food\non: the night of day 1", header=SMALL_HOURS)
    assert found == Window("2026-12-12 01:00 -0500", "2026-12-12 05:00 -0500")


def test_18_doses_at_bedtime_belong_to_their_day() -> None:
    """Two days from the 11th: the last bedtime is on the 13th at 00:30, and is not lost."""
    fields = "take: antiviral\nfrom: next day\nfor: 2 days\ndaily: morning and bedtime"
    assert times(fields, header=SMALL_HOURS) == [
        *("12-11 08:00~", "12-12 00:30~", "12-12 08:00~", "12-13 00:30~"),
    ]


# 19. "n days after X" counts from the date on which X ends


@pytest.mark.parametrize(
    ("until", "opens"),
    [
        # 34 hours after 14:00 is midnight, and lies on the 12th: D+2.
        ("34 hours after", "2026-12-14 00:00 -0500"),
        ("2041 minutes after", "2026-12-14 00:00 -0500"),
        ("2039 minutes after", "2026-12-13 00:00 -0500"),
        # What ends with the 11th ends on the 11th.
        ("next day", "2026-12-13 00:00 -0500"),
        ("24:00 the day after", "2026-12-13 00:00 -0500"),
    ],
)
def test_19_days_count_from_the_date_of_an_end(until: str, opens: str) -> None:
    """An instant at midnight lies on the day that begins, the end of a day on that day."""
    text = f"""
    - {{id: b, avoid: sauna, until: {until}}}
    - {{id: it, do: washing, at: 2 days after b}}
    """
    found = by_id(plan(text, visit("2026-12-10 14:00")))["it"]
    assert shown(found, visit()).start == opens


def test_19_a_ban_after_an_end_at_midnight_is_as_long_as_a_minute_later() -> None:
    """Through the 14th: the 12th is the date of the end, and two days are counted from there."""
    text = """
    - {id: b, avoid: sauna, until: 34 hours after}
    - {id: it, avoid: sun, until: 2 days after b}
    """
    for start in ("2026-12-10 14:00", "2026-12-10 14:01"):
        found = by_id(plan(text, visit(start)))["it"]
        assert shown(found, visit()).until == "2026-12-15 00:00 -0500"


def test_19_the_nearer_end_of_a_range_has_its_own_date() -> None:
    """Within 5 weeks before: b ends through 4 Nov, or with the treatment; 2 days on from each."""
    text = """
    - {id: b, expect: redness, until: within 5 weeks before}
    - {id: it, do: washing, at: 2 days after b}
    """
    found = shown(by_id(plan(text))["it"], visit())
    assert found.start == "2026-11-07 00:00 -0500"
    assert found.start_at_latest == "2026-12-12 00:00 -0500"


def test_19_after_the_appointment_days_count_from_d() -> None:
    """Also where the treatment goes on past midnight."""
    found = window("avoid: sun\nuntil: 2 days after", visit("2026-12-10 23:00", minutes=120))
    assert found.until == "2026-12-13 00:00 -0500"
