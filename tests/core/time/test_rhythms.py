"""When something falls due that is done so often, each time worked out by hand.

The appointment is that of the worked example: Thu 10 Dec 2026, 14:30, New York.
"""

from __future__ import annotations

import pytest

from microcare.core.sheet.points import DayTime
from microcare.core.time.rhythms import find_clock_instant, spread_times
from tests.core.time.dosing import by_day, course, times
from tests.samples import at, visit

DST_START = "2027-03-13 10:00"  # the clocks go forward on 14 March at 2:00
DST_END = "2026-10-31 10:00"  # and back on 1 November at 2:00


# By the clock


@pytest.mark.parametrize(
    ("fields", "by_clock"),
    [
        ("on: next day\ndaily: [08:00, bedtime]", [True, True]),
        ("on: next day\ndaily: twice", [True, True]),
        ("from: next day\nuntil: 3 days after\nevery: 2 days", [True, True]),
        ("on: next day\nevery: 12 hours", [False, False]),
        ("on: next day\nevery: 7 hours while awake", [False, False, False]),
        ("from: 1 hour after\ncount: 2\nevery: 4 hours", [False, False]),
        # The first comes right after a treatment in the evening, the second on waking.
        ("from: end\nuntil: next day\ndaily: once", [False, True]),
        ("from: end\nuntil: 2 days after\nevery: 2 days", [False, True]),
    ],
)
def test_a_time_of_day_is_by_the_clock(fields: str, by_clock: list[bool]) -> None:
    """What is counted in hours, from the treatment or another dose, is not."""
    found = course(f"take: antiviral\n{fields}", visit("2026-12-10 22:30")).doses
    assert [dose.by_clock for dose in found] == by_clock


# Stated times


def test_stated_times_are_those_within_the_window() -> None:
    """The window from 16:30 on has only the evening's, and none after its end."""
    found = times(
        "take: antiviral\nfrom: 2 hours after\nuntil: 24 hours after\ndaily: [08:00, 20:00]"
    )
    assert found == ["12-10 20:00", "12-11 08:00"]


def test_a_part_of_the_day_is_at_its_beginning_or_on_waking() -> None:
    """Morning begins at 6, people wake at 8; in the evening they are awake; noon has one time."""
    found = times("take: antiviral\non: next day\ndaily: [morning, noon, evening, bedtime]")
    assert found == ["12-11 08:00~", "12-11 12:00~", "12-11 18:00~", "12-11 22:00~"]


def test_the_protocol_sets_its_parts_of_the_day() -> None:
    """Its own bedtime, and its own hours awake."""
    header = "times-of-day: {bedtime: 23:15, waking: 06:30 to 21:00}"
    found = times("take: antiviral\non: next day\ndaily: [morning, bedtime]", header=header)
    assert found == ["12-11 06:30~", "12-11 23:15~"]


def test_stated_times_come_in_order() -> None:
    """However the sheet lists them."""
    found = times("take: antiviral\non: next day\ndaily: [20:00, 08:00]")
    assert found == ["12-11 08:00", "12-11 20:00"]


# A number of times a day


@pytest.mark.parametrize(
    ("daily", "expected"),
    [
        ("once", ["08:00~"]),
        ("twice", ["08:00~", "22:00~"]),
        ("3", ["08:00~", "15:00~", "22:00~"]),
        ("4", ["08:00~", "12:45~", "17:15~", "22:00~"]),
        ("3 to 4 times", ["08:00~", "12:45~", "17:15~", "22:00~"]),
    ],
)
def test_times_a_day_are_spread_over_the_waking_hours(daily: str, expected: list[str]) -> None:
    """Both ends included, to the quarter of an hour; of a range the most."""
    assert by_day(times(f"take: antiviral\non: next day\ndaily: {daily}")) == {"12-11": expected}


def test_a_course_that_begins_in_the_middle_of_a_date() -> None:
    """Only those that are not past; if that leaves none, one at the beginning."""
    found = by_day(times("take: antiviral\nfrom: 2 hours after\nuntil: next day\ndaily: 3"))
    assert found == {"12-10": ["22:00~"], "12-11": ["08:00~", "15:00~", "22:00~"]}
    late = visit("2026-12-10 21:30")
    found = by_day(times("take: antiviral\nfrom: 1 hour after\nuntil: next day\ndaily: 3", late))
    assert found == {"12-10": ["22:30~"], "12-11": ["08:00~", "15:00~", "22:00~"]}
    once = by_day(times("take: antiviral\nfrom: end\nuntil: next day\ndaily: once"))
    assert once == {"12-10": ["14:45~"], "12-11": ["08:00~"]}


def test_rounding_is_to_the_nearest_quarter() -> None:
    """7 times over 14 hours: 140 minutes apart; the ends stay as they are."""
    waking = DayTime(480, 1320, "waking")
    assert spread_times(7, waking) == (480, 615, 765, 900, 1035, 1185, 1320)
    assert spread_times(2, DayTime(425, 1325, "waking")) == (425, 1325)
    # 24 within an hour leave no room for quarters.
    few = spread_times(24, DayTime(480, 540, "waking"))
    assert (len(set(few)), min(few), max(few)) == (24, 480, 540)


# Every so long


def test_every_few_hours_from_an_instant() -> None:
    """Elapsed time from the beginning, before the end: 16:30 to 12:30 next day."""
    found = times(
        "take: antiviral\nfrom: 2 hours after\nuntil: 22 hours after\nevery: 4 to 5 hours"
    )
    assert found == ["12-10 16:30", "12-10 21:30", "12-11 02:30", "12-11 07:30"]


def test_every_few_hours_from_a_whole_day() -> None:
    """From when people wake, and then by day and night."""
    found = times("take: antiviral\nfrom: next day\nuntil: 2 days after\nevery: 8 hours")
    assert found == [
        *("12-11 08:00~", "12-11 16:00~", "12-12 00:00~", "12-12 08:00~", "12-12 16:00~"),
    ]


def test_while_awake() -> None:
    """On each date from waking up to and including bedtime, on the first from the beginning."""
    fields = "take: antiviral\nfrom: 2 hours after\nuntil: 2 days after\nevery: 7 hours while awake"
    assert by_day(times(fields)) == {
        "12-10": ["16:30~"],
        "12-11": ["08:00~", "15:00~", "22:00~"],
        "12-12": ["08:00~", "15:00~", "22:00~"],
    }


def test_while_awake_after_bedtime() -> None:
    """A course that begins at night has its first dose in the morning."""
    fields = "take: antiviral\nfrom: end\nuntil: next day\nevery: 7 hours while awake"
    late = visit("2026-12-10 22:30")
    assert times(fields, late) == ["12-11 08:00~", "12-11 15:00~", "12-11 22:00~"]


@pytest.mark.parametrize(
    ("every", "expected"),
    [
        ("day", ["12-11 08:00~", "12-12 08:00~", "12-13 08:00~", "12-14 08:00~"]),
        ("other day", ["12-11 08:00~", "12-13 08:00~"]),
        ("3 days", ["12-11 08:00~", "12-14 08:00~"]),
        ("week", ["12-11 08:00~"]),
    ],
)
def test_every_few_days(every: str, expected: list[str]) -> None:
    """On each such date when people wake."""
    fields = f"take: antiviral\nfrom: next day\nuntil: 4 days after\nevery: {every}"
    assert times(fields) == expected


def test_every_other_day_from_an_instant() -> None:
    """The first at the beginning, which is later than waking."""
    fields = "take: antiviral\nfrom: 2 hours after\nuntil: 3 days after\nevery: other day"
    assert times(fields) == ["12-10 16:30~", "12-12 08:00~"]


# Clock changes


def test_elapsed_hours_go_on_through_a_clock_change() -> None:
    """8 hours are 8 hours: the wall clock moves."""
    fields = "take: antiviral\nfrom: end\nuntil: 26 hours after\nevery: 8 hours"
    spring, autumn = visit(DST_START), visit(DST_END)
    assert times(fields, spring) == ["03-13 10:00", "03-13 18:00", "03-14 03:00", "03-14 11:00"]
    assert times(fields, autumn) == ["10-31 10:00", "10-31 18:00", "11-01 01:00", "11-01 09:00"]


def test_stated_times_keep_to_the_clock() -> None:
    """8:00 is 8:00 before and after; a time that doesn't exist or comes twice is the earlier."""
    fields = "take: antiviral\nfrom: next day\nuntil: next day\ndaily: [01:30, 02:30, 08:00]"
    assert times(fields, visit(DST_START)) == ["03-14 01:30", "03-14 08:00"]
    autumn = visit(DST_END)
    assert times(fields, autumn) == ["11-01 01:30", "11-01 02:30", "11-01 08:00"]
    (first, *_) = course(fields, autumn).doses
    assert first.instant == at("2026-11-01 01:30")


def test_no_time_lies_before_its_date() -> None:
    """Where midnight doesn't exist the date begins at 1:00; a date that never was has no time."""
    havana = visit("2026-03-07 10:00", "America/Havana")
    fields = "take: antiviral\nfrom: next day\nuntil: next day\ndaily: [00:00, 08:00]"
    assert times(fields, havana) == ["03-08 01:00", "03-08 08:00"]
    apia = visit("2011-12-29 09:00", "Pacific/Apia")
    never = apia.day.replace(day=30)
    assert find_clock_instant(never, 480, apia) is None
