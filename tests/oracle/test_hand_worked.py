"""The second computation by itself: examples worked out by hand from the design's time rules.

The appointment is Thu 10 Dec 2026, 14:30 in New York, which is five hours behind UTC.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.dose_oracle import expect_doses
from tests.oracle import Sheet, Times, Visit, local, timed_visit, whole_day_visit
from tests.samples import protocol

ZONE = ZoneInfo("America/New_York")
WAKING = "times-of-day: {waking: 08:00 to 22:00}"


def visit(wall: str = "2026-12-10 14:30", minutes: int = 60) -> Visit:
    """Return a timed appointment; a mere date is a whole-day one."""
    moment = datetime.fromisoformat(wall).replace(tzinfo=ZONE)
    if len(wall) == len("2026-12-10"):
        return whole_day_visit(moment.date(), ZONE)
    return timed_visit(round(moment.timestamp()), minutes, ZONE)


def bounds(entries: str, around: Visit, header: str = "", name: str = "it") -> tuple[str, str]:
    """Return the bounds of a window: `12-10 14:30`, `-` where there is none."""
    times = find_times(entries, around, header, name)
    return show(times.start), show(times.until)


def find_times(entries: str, around: Visit, header: str = "", name: str = "it") -> Times:
    """Return all the times of one instruction of a sheet."""
    found = protocol(entries, header)
    return Sheet(found.instructions, found.day_one).times(name, around)


def show(second: int | None) -> str:
    """Return an instant as the clinic's clock shows it."""
    return "-" if second is None else local(second, ZONE).strftime("%m-%d %H:%M")


def one(fields: str) -> str:
    """Return one instruction for a list in YAML."""
    return "- {id: it, say: x., " + fields + "}"


@pytest.mark.parametrize(
    ("fields", "start", "until"),
    [
        ("avoid: sauna, until: 48 hours after", "12-10 00:00", "12-13 00:00"),
        ("avoid: sauna, from: 48 hours before", "12-08 00:00", "12-11 00:00"),
        ("avoid: sauna, from: end, until: 3 days after", "12-10 00:00", "12-14 00:00"),
        ("avoid: sauna, from: midnight before, until: start", "12-10 00:00", "12-11 00:00"),
        ("expect: redness, for: 24 hours", "12-10 00:00", "12-12 00:00"),
        ("use: sunscreen, from: end", "12-10 00:00", "-"),
        ("do: washing, from: 4 hours after", "12-11 04:00", "-"),
        ("take: antiviral, from: 2 hours before", "12-09 22:00", "12-11 00:00"),
        ("arrive: early-arrival, at: 20 to 30 minutes before", "-", "-"),
        ("may: sauna, from: end", "12-11 00:00", "-"),
        ("may: sauna, from: 4 hours after", "12-11 04:00", "-"),
        ("may: clear-liquids, from: 8 hours before, until: 2 hours before", "-", "-"),
        ("may: clear-liquids, until: 2 hours before", "-", "12-09 22:00"),
    ],
)
def test_whole_day_appointment(fields: str, start: str, until: str) -> None:
    """Rule 14: the start and the end are each somewhere in D, and the careful one governs."""
    assert bounds(one(fields), visit("2026-12-10")) == (start, until)


def test_whole_day_appointment_counts_on_from_an_instruction() -> None:
    """Rule 14: the cream goes on at 24:00 at the latest, so two hours later is 02:00 of D+1."""
    entries = """
        - {id: cream, use: numbing-cream, at: start, say: x.}
        - {id: it, avoid: washing, from: start of cream, until: 2 hours after cream, say: x.}
        """
    assert bounds(entries, visit("2026-12-10")) == ("12-10 00:00", "12-11 02:00")


def test_two_readings_are_no_stated_range() -> None:
    """Rule 14: a range of hours keeps both its ends, counted from the careful edge of D."""
    plain = find_times(one("avoid: sauna, until: 48 hours after"), visit("2026-12-10"))
    ranged = find_times(one("avoid: sauna, until: 24 to 48 hours after"), visit("2026-12-10"))
    assert plain.until_at_least is None
    assert show(ranged.until) == "12-13 00:00"
    assert show(ranged.until_at_least) == "12-12 00:00"


def test_unknown_end() -> None:
    """Rule 1: what ends with a treatment of unknown length isn't over when it starts."""
    fast = one("avoid: drinks, from: 2 hours before, until: end")
    assert bounds(fast, visit(minutes=60)) == ("12-10 12:30", "12-10 15:30")
    assert bounds(fast, visit(minutes=0)) == ("12-10 12:30", "12-11 00:00")


def test_unknown_end_beside_a_state() -> None:
    """Rules 1 and 8: under the later of both it is the time that isn't the treatment's start."""
    fields = "avoid: drinks, from: start, until: end, until-state: well"
    found = find_times(one(fields), visit(minutes=0))
    assert (found.until, show(found.until_at_least)) == (None, "12-11 00:00")


def test_at_least() -> None:
    """The end of “at least n” is the nearer end too: no longer one is stated."""
    found = find_times(one("avoid: sun, until: at least 10 days after"), visit())
    assert show(found.until) == show(found.until_at_least) == "12-21 00:00"
    found = find_times(one("use: sunscreen, from: next day, for: at least 2 days"), visit())
    assert show(found.until) == show(found.until_at_least) == "12-13 00:00"


@pytest.mark.parametrize(
    ("fields", "start", "until"),
    [
        ("do: washing, from: 4 hours after, until: treatment day", "-", "-"),
        ("may: sauna, at: start", "12-10 00:00", "-"),
        ("do: washing, at: within 2 hours after", "-", "-"),
        (
            "use: sunscreen, from: 3 hours before, until: 1 hour before",
            "12-09 21:00",
            "12-09 23:00",
        ),
    ],
)
def test_whole_day_appointment_leaves_words(fields: str, start: str, until: str) -> None:
    """Rule 14: what no hour of D surely leaves room for, or a moment in hours, has no time."""
    assert bounds(one(fields), visit("2026-12-10")) == (start, until)


def test_whole_day_appointment_dates_what_counts_from_a_moment() -> None:
    """Rule 14: an arrival 2 hours before has no time, a fast 6 hours before it begins at 16:00."""
    entries = """
        - {id: b, arrive: early-arrival, at: 2 hours before, say: x.}
        - {id: it, avoid: food, from: 6 hours before b, until: start, say: x.}
        """
    assert bounds(entries, visit("2026-12-10"), name="b") == ("-", "-")
    assert bounds(entries, visit("2026-12-10")) == ("12-09 16:00", "12-11 00:00")


def test_part_of_an_unstated_day_is_a_range_of_the_later() -> None:
    """Rule 6: through the morning of Day 3, which is the 12th or the 13th: 6:00 to 12:00."""
    found = find_times(one("use: sunscreen, until: morning of day 3"), visit(), "day-1: unstated")
    assert show(found.until) == "12-13 12:00"
    assert show(found.until_at_least) == "12-13 06:00"


def test_hours_after_an_unknown_end_count_from_the_start() -> None:
    """Rule 1: without a known duration the end is the start for counting."""
    assert bounds(one("avoid: sauna, until: 8 hours after"), visit(minutes=0))[1] == "12-10 22:30"


@pytest.mark.parametrize(
    ("day_one", "verb", "start", "until"),
    [
        ("treatment day", "avoid: sauna", "12-10 15:30", "12-11 00:00"),
        ("next day", "avoid: sauna", "12-11 00:00", "12-12 00:00"),
        ("unstated", "avoid: sauna", "12-10 15:30", "12-12 00:00"),
        ("unstated", "may: sauna", "12-11 00:00", "12-12 00:00"),
    ],
)
def test_numbered_day_that_is_the_treatment_day(
    day_one: str, verb: str, start: str, until: str
) -> None:
    """Rule 6: it begins with the end of the treatment."""
    found = bounds(one(f"{verb}, on: day 1"), visit(), f"day-1: {day_one}")
    assert found == (start, until)


@pytest.mark.parametrize(
    ("wall", "start", "until"),
    [
        ("2026-12-10 15:59", "12-10 23:59", "12-13 00:00"),
        ("2026-12-10 16:00", "12-11 00:00", "12-14 00:00"),
        ("2026-12-10 16:01", "12-11 00:01", "12-14 00:00"),
    ],
)
def test_instant_at_midnight_stays_an_instant(wall: str, start: str, until: str) -> None:
    """Rules 17 and 18: "for 2 days" from a moment holds through the second day after its date."""
    fields = "take: antiviral, from: 8 hours after, for: 2 days, daily: 2"
    assert bounds(one(fields), visit(wall, 0)) == (start, until)


def test_written_midnight_is_the_edge_of_a_day() -> None:
    """Rule 17: from 00:00 the day before, for 2 days, is two dates."""
    fields = one("avoid: sauna, from: 00:00 the day before, for: 2 days")
    assert bounds(fields, visit()) == ("12-09 00:00", "12-11 00:00")


@pytest.mark.parametrize(
    ("end", "until"),
    [
        ("until: 8 hours after", "12-14 00:00"),  # it ends on Fri 11 Dec at 12:00 am: D+3
        ("until: treatment day", "12-13 00:00"),  # it ends with D, Thu 10 Dec: D+2
    ],
)
def test_days_after_an_instruction(end: str, until: str) -> None:
    """Rule 19: they count from the date on which it ends, which its form tells."""
    entries = f"""
        - {{id: b, avoid: sauna, from: start, {end}, say: x.}}
        - {{id: it, avoid: alcohol, from: start, until: 2 days after b, say: x.}}
        """
    assert bounds(entries, visit("2026-12-10 16:00", 0))[1] == until


def test_bedtime_after_midnight() -> None:
    """Rule 18: a bedtime at 00:30 belongs to the evening that it ends."""
    header = "times-of-day: {bedtime: 00:30}"
    assert bounds(one("take: sleeping-pills, at: bedtime the day before"), visit(), header) == (
        "12-10 00:30",
        "-",
    )


def doses(fields: str, around: Visit, header: str = WAKING) -> list[str]:
    """Return when the doses of a course are."""
    found = protocol(one(fields), header)
    (course,) = found.instructions
    times = Sheet(found.instructions, found.day_one).times("it", around)
    assert times.start is not None
    waking = found.times_of_day["waking"]
    return [
        show(each.second) for each in expect_doses(course, times.start, times.until, around, waking)
    ]


@pytest.mark.parametrize(("wall", "number"), [("2027-05-16 15:59", 9), ("2027-05-16 16:00", 12)])
def test_doses_from_an_instant_at_midnight(wall: str, number: int) -> None:
    """Rule 17: they count from it, every 6 hours: 48 hours and a minute, or 72 hours."""
    fields = "take: acetaminophen, from: 8 hours after, for: 2 days, every: 6 hours"
    assert len(doses(fields, visit(wall, 0))) == number
    hourly = "use: cool-compress, from: 8 hours after, for: 6 hours, every: 1 hour"
    assert len(doses(hourly, visit(wall, 0))) == 6


def test_suggested_times_follow_the_treatment() -> None:
    """Rule 18: 8:00 and 15:00 lie before the end of a treatment at 14:30 that takes an hour."""
    fields = "take: antibiotics, from: end, for: 1 day, daily: 3"
    expected = ["12-10 22:00", "12-11 08:00", "12-11 15:00", "12-11 22:00"]
    assert doses(fields, visit()) == expected


def test_suggested_time_is_not_the_minute_of_the_treatment() -> None:
    """Rule 18: a treatment at 15:00 of unknown length isn't over at 15:00."""
    fields = "take: antibiotics, from: end, for: 1 day, daily: 3"
    assert doses(fields, visit("2026-12-10 15:00", 0))[0] == "12-10 22:00"


@pytest.mark.parametrize("point", ["end", "treatment day"])
def test_date_with_a_number_of_times_keeps_one(point: str) -> None:
    """Rule 18: at 8:00 it is before the treatment; a quarter of an hour after its end at 15:30."""
    fields = f"take: antibiotics, from: {point}, until: 1 day after, daily: once"
    assert doses(fields, visit()) == ["12-10 15:45", "12-11 08:00"]


def test_suggested_evening_follows_a_late_treatment() -> None:
    """Rule 18: the evening of a surgery at 20:00 has no dose at 18:00."""
    fields = "use: chlorhexidine-rinse, from: evening of treatment day, daily: evening, count: 2"
    assert doses(fields, visit("2026-12-10 20:00")) == ["12-11 18:00", "12-12 18:00"]


def test_total_governs() -> None:
    """Rule 18: with 6 in all, "for 5 days" has no seventh dose."""
    fields = "take: antibiotics, from: end, for: 5 days, daily: 2, count: 6"
    assert len(doses(fields, visit())) == 6


def test_bedtime_doses_after_midnight() -> None:
    """Rule 18: three days have three bedtimes, the last one 00:30 after the third day."""
    header = "times-of-day: {bedtime: 00:30, waking: 09:00 to 24:00}"
    fields = "take: antibiotics, from: next day, for: 3 days, daily: [10:00, bedtime]"
    assert doses(fields, visit(), header) == [
        "12-11 10:00",
        "12-12 00:30",
        "12-12 10:00",
        "12-13 00:30",
        "12-13 10:00",
        "12-14 00:30",
    ]


def test_dose_at_the_midnight_that_ends_a_day() -> None:
    """Rule 18: it is one of that day: two days have two, and the first has none at its 00:00."""
    header = "times-of-day: {waking: 09:00 to 24:00}"
    fields = "take: antibiotics, from: next day, for: 2 days, daily: 2"
    expected = ["12-11 09:00", "12-12 00:00", "12-12 09:00", "12-13 00:00"]
    assert doses(fields, visit(), header) == expected


def test_whole_day_appointment_has_no_dose_before_its_end() -> None:
    """Rules 14 and 18: of D no hour is surely after the treatment."""
    fields = "take: antibiotics, from: end, for: 1 day, daily: 2"
    assert doses(fields, visit("2026-12-10")) == ["12-11 08:00", "12-11 22:00"]
