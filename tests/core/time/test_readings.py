"""Clock times, parts of a day and lengths as instants, each date worked out by hand.

The appointment is on Thu 10 Dec 2026 at 14:30 in New York unless a test says otherwise.
"""

from __future__ import annotations

import pytest

from tests.samples import Window, visit, window

START = "2026-12-10 14:30 -0500"
SPRING, AUTUMN = "2027-03-14 14:00", "2026-11-01 14:00"
"""In New York the first of these days has no 02:30, and the other has 01:30 twice."""

# Clock times and parts of a day


@pytest.mark.parametrize(
    ("point", "opens"),
    [
        ("21:00 the day before", "2026-12-09 21:00 -0500"),
        ("18:00 2 days before", "2026-12-08 18:00 -0500"),
        ("24:00 the day before", "2026-12-10 00:00 -0500"),
        ("midnight before", "2026-12-10 00:00 -0500"),
        ("8:30 am on day 2", "2026-12-12 08:30 -0500"),
        ("bedtime on day 1", "2026-12-11 22:00 -0500"),
    ],
)
def test_a_clock_time_opens_a_window(point: str, opens: str) -> None:
    """At that time, on that day."""
    assert window(f"avoid: sauna\nfrom: {point}", header="day-1: next day").start == opens


def test_nothing_after_midnight() -> None:
    """From the midnight before until the treatment."""
    found = window("avoid: sauna\nfrom: midnight before")
    assert found == Window("2026-12-10 00:00 -0500", START)


def test_a_part_of_a_day_is_a_range() -> None:
    """A window opens with its beginning and closes with its end; the other ends are kept."""
    opens = window("avoid: alcohol\nfrom: the evening before")
    assert opens == Window("2026-12-09 18:00 -0500", START, "2026-12-09 22:00 -0500")
    closes = window("avoid: alcohol\nuntil: the morning after")
    assert closes == Window(START, "2026-12-11 12:00 -0500", None, "2026-12-11 06:00 -0500")


def test_a_permission_takes_the_whole_of_a_part() -> None:
    """A part that is named is in, as a named day is: from its beginning, to its end."""
    found = window("may: alcohol\nfrom: the evening before\nuntil: the morning after")
    assert found == Window("2026-12-09 18:00 -0500", "2026-12-11 12:00 -0500")


def test_a_moment_in_a_part_of_a_day() -> None:
    """From its beginning, at the latest at its end."""
    found = window("take: antiviral\nat: the evening before")
    assert found == Window("2026-12-09 18:00 -0500", None, "2026-12-09 22:00 -0500")


def test_the_whole_of_a_part_of_a_day() -> None:
    """`on` lasts from its beginning to its end, for a permission too."""
    evening = Window("2026-12-09 18:00 -0500", "2026-12-09 22:00 -0500")
    assert window("avoid: alcohol\non: the evening before") == evening
    assert window("may: alcohol\non: the evening before") == evening


def test_a_protocol_sets_its_evening() -> None:
    """The file's own parts are those of its times."""
    header = "times-of-day: {evening: 19:00 to 21:00}"
    found = window("avoid: alcohol\non: the evening before", header=header)
    assert found == Window("2026-12-09 19:00 -0500", "2026-12-09 21:00 -0500")


def test_whole_day_appointments_keep_clock_times() -> None:
    """21:00 the day before needs no hour of the appointment."""
    found = window("take: antiviral\nat: 21:00 the day before", visit("2026-12-10"))
    assert found.start == "2026-12-09 21:00 -0500"


@pytest.mark.parametrize("verb", ["avoid", "use"])
def test_a_clock_time_on_an_unstated_day_1_is_no_range(verb: str) -> None:
    """What Day 1 may mean is no stated range: it holds from the earlier through the later."""
    fields = f"{verb}: sunscreen\nfrom: 09:00 on day 1\nuntil: 17:00 on day 1"
    found = window(fields, header="day-1: unstated")
    assert found == Window("2026-12-10 09:00 -0500", "2026-12-11 17:00 -0500")


def test_a_permission_on_a_part_of_an_unstated_day_1_comes_on_the_later_day() -> None:
    """The morning of Day 1 of clinic-a is permitted on D+1, as a whole."""
    found = window("may: makeup\non: the morning of day 1", header="day-1: unstated")
    assert found == Window("2026-12-11 06:00 -0500", "2026-12-11 12:00 -0500")


# Clock changes


@pytest.mark.parametrize(
    ("fields", "start", "until"),
    [
        # 02:30 lies half an hour into the hour that is left out: 01:30 EST, or 03:30 EDT.
        ("avoid: sauna\nfrom: 02:30 on treatment day\nuntil: start", "01:30 -0500", "14:00 -0400"),
        ("take: antiviral\nat: 02:30 on treatment day", "01:30 -0500", None),
        ("take: antiviral\nat: not before 02:30 on treatment day", "03:30 -0400", None),
        ("take: antiviral\nat: no later than 02:30 on treatment day", "01:30 -0500", None),
        ("may: sauna\nfrom: 02:30 on treatment day\nuntil: start", "03:30 -0400", "14:00 -0400"),
        (
            "avoid: sauna\nfrom: treatment day\nuntil: 02:30 on treatment day",
            *("00:00 -0500", "03:30 -0400"),
        ),
    ],
)
def test_a_clock_time_that_is_left_out(fields: str, start: str, until: str | None) -> None:
    """The earlier instant where something begins, the later where it may, or a ban ends."""
    found = window(fields, visit(SPRING))
    assert found == Window(f"2027-03-14 {start}", until and f"2027-03-14 {until}")


@pytest.mark.parametrize(
    ("fields", "start", "until"),
    [
        ("avoid: sauna\nfrom: 01:30 on treatment day\nuntil: start", "01:30 -0400", "14:00 -0500"),
        ("take: antiviral\nat: not before 01:30 on treatment day", "01:30 -0500", None),
        ("may: sauna\nfrom: 01:30 on treatment day\nuntil: start", "01:30 -0500", "14:00 -0500"),
        (
            "avoid: sauna\nfrom: treatment day\nuntil: 01:30 on treatment day",
            *("00:00 -0400", "01:30 -0500"),
        ),
    ],
)
def test_a_clock_time_that_comes_twice(fields: str, start: str, until: str | None) -> None:
    """The first of the two where something begins, the last where it may, or a ban ends."""
    found = window(fields, visit(AUTUMN))
    assert found == Window(f"2026-11-01 {start}", until and f"2026-11-01 {until}")


def test_a_range_keeps_its_ends_by_the_same_rule() -> None:
    """A ban until 00:30 to 01:30 holds at least until 00:30, and until the later 01:30."""
    fields = "avoid: sauna\nfrom: treatment day\nuntil: the morning of treatment day"
    header = "times-of-day: {morning: 00:30 to 01:30}"
    assert window(fields, visit(AUTUMN), header) == Window(
        *("2026-11-01 00:00 -0400", "2026-11-01 01:30 -0500"),
        until_at_least="2026-11-01 00:30 -0400",
    )


def test_hours_from_a_time_that_comes_twice_are_no_range() -> None:
    """Two hours from either 01:30: the ban ends after the later, and no range was stated."""
    found = window("avoid: sauna\nfrom: 01:30 on treatment day\nfor: 2 hours", visit(AUTUMN))
    assert found == Window("2026-11-01 01:30 -0400", "2026-11-01 03:30 -0500")


def test_a_missing_midnight() -> None:
    """In Havana 8 Mar 2026 begins at 01:00: that is its 00:00, and the end of the 7th."""
    havana = visit("2026-03-08 14:00", "America/Havana")
    found = window("avoid: sauna\nfrom: midnight before", havana)
    assert found.start == "2026-03-08 01:00 -0400"
    found = window("avoid: sauna\nfrom: 00:00 on treatment day\nuntil: start", havana)
    assert found.start == "2026-03-08 01:00 -0400"


def test_a_time_in_the_hour_after_a_missing_midnight() -> None:
    """00:30 of that day is 01:00, when it begins, or 01:30."""
    havana = visit("2026-03-08 14:00", "America/Havana")
    banned = window("avoid: sauna\nfrom: 00:30 on treatment day\nuntil: start", havana)
    allowed = window("may: sauna\nfrom: 00:30 on treatment day\nuntil: start", havana)
    assert banned.start == "2026-03-08 01:00 -0400"
    assert allowed.start == "2026-03-08 01:30 -0400"


# How long a window lasts


@pytest.mark.parametrize(
    ("times", "start", "until"),
    [
        ("from: next day\nfor: 5 days", "2026-12-11 00:00", "2026-12-16 00:00"),
        ("from: day 2\nfor: 5 days", "2026-12-12 00:00", "2026-12-17 00:00"),
        ("from: 3 days after\nfor: 5 days", "2026-12-13 00:00", "2026-12-18 00:00"),
        ("from: end\nfor: 5 days", "2026-12-10 14:30", "2026-12-16 00:00"),
        ("for: 5 days", "2026-12-10 14:30", "2026-12-16 00:00"),
        ("from: 4 hours after\nfor: 5 days", "2026-12-10 18:30", "2026-12-16 00:00"),
        ("from: next day\nfor: 48 hours", "2026-12-11 00:00", "2026-12-13 00:00"),
        ("for: 48 hours", "2026-12-10 14:30", "2026-12-12 14:30"),
        ("from: 21:00 the day before\nfor: 2 days", "2026-12-09 21:00", "2026-12-12 00:00"),
        ("from: midnight before\nfor: 2 days", "2026-12-10 00:00", "2026-12-12 00:00"),
        ("from: next day\nfor: 2 weeks", "2026-12-11 00:00", "2026-12-25 00:00"),
        ("from: next day\nfor: 1 month", "2026-12-11 00:00", "2027-01-11 00:00"),
    ],
)
def test_for(times: str, start: str, until: str) -> None:
    """Whole days count the first one, from an instant they hold through the last one."""
    found = window(f"avoid: sun\n{times}", header="day-1: next day")
    assert found == Window(f"{start} -0500", f"{until} -0500")


@pytest.mark.parametrize("times", ["for: 5 days", "from: end\nfor: 5 days", "on: first 5 days"])
def test_for_days_lasts_through_the_last_for_a_permission_too(times: str) -> None:
    """Three ways to say it: through the end of D+5."""
    assert window(f"may: makeup\n{times}") == Window(START, "2026-12-16 00:00 -0500")


def test_for_a_range_keeps_both_ends() -> None:
    """5 to 7 days from the next day on: D+1 to D+7, at least to D+5."""
    found = window("do: washing\nfrom: next day\nfor: 5 to 7 days")
    assert (found.until, found.until_at_least) == (
        "2026-12-18 00:00 -0500",
        "2026-12-16 00:00 -0500",
    )


def test_for_days_from_a_treatment_that_ends_after_midnight() -> None:
    """They count from D, whatever the hour at which it ends."""
    late = visit("2026-12-10 23:30", minutes=60)
    found = window("avoid: sun\nfrom: end\nfor: 2 days", late)
    assert found == Window("2026-12-11 00:30 -0500", "2026-12-13 00:00 -0500")


def test_for_days_from_an_instant_that_is_the_first_of_its_date() -> None:
    """4 hours after 20:00 is an instant on 11 Dec: it holds through 13 Dec, as a minute later."""
    found = window("avoid: sun\nfrom: 4 hours after\nfor: 2 days", visit("2026-12-10 20:00"))
    assert found == Window("2026-12-11 00:00 -0500", "2026-12-14 00:00 -0500")


def test_for_days_from_either_of_two_beginnings() -> None:
    """Within 2 days: from the end through D+3, or from the whole of D+2 through D+4."""
    found = window("avoid: sun\nfrom: within 2 days after\nfor: 3 days")
    assert found.until == "2026-12-15 00:00 -0500"
    assert found.until_at_least == "2026-12-14 00:00 -0500"


def test_a_permission_for_days_from_an_unstated_day() -> None:
    """Three days from Day 2 of clinic-a are D+2 to D+4, no day less."""
    found = window("may: makeup\nfrom: day 2\nfor: 3 days", header="day-1: unstated")
    assert found == Window("2026-12-12 00:00 -0500", "2026-12-15 00:00 -0500")


def test_hours_of_the_first_days() -> None:
    """First 24 hours, hours 24 to 48, first 3 days, first week."""
    found = {
        days: window(f"avoid: sun\non: {days}")
        for days in ("first 24 hours", "hours 24 to 48", "first 3 days", "first week")
    }
    assert found == {
        "first 24 hours": Window(START, "2026-12-11 14:30 -0500"),
        "hours 24 to 48": Window("2026-12-11 14:30 -0500", "2026-12-12 14:30 -0500"),
        "first 3 days": Window(START, "2026-12-14 00:00 -0500"),
        "first week": Window(START, "2026-12-18 00:00 -0500"),
    }
