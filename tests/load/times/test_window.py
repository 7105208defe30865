"""The time keys of an instruction: what each verb takes, and what they come to together."""

from __future__ import annotations

import pytest

from microcare.core.sheet.instruction import StatedTimes, StateRule, Window
from microcare.core.sheet.points import (
    Edge,
    NumberedDay,
    Offset,
    Point,
    Quantity,
    RelativeDay,
    Side,
    Unit,
)
from tests.samples import entry, found_in, pointed, protocol

HOURS_72 = Offset(Quantity(72, 72, Unit.HOUR), Side.AFTER)
DAYS_3 = Offset(Quantity(3, 3, Unit.DAY), Side.BEFORE)


def window(fields: str) -> Window:
    """Return the window of one instruction, given as its keys."""
    (found,) = protocol(
        entry(fields), "day-1: next day\nanchors: {numbing: the cream}"
    ).instructions
    return found.window


def test_no_time() -> None:
    """Nothing is filled in."""
    assert window("avoid: ibuprofen") == Window()


def test_from_and_until() -> None:
    """Two points."""
    found = window("avoid: waxing\nfrom: 3 days before\nuntil: 72 hours after")
    assert (found.start, found.until) == (DAYS_3, HOURS_72)


@pytest.mark.parametrize(
    ("days", "start", "until"),
    [
        ("treatment day", RelativeDay(0), RelativeDay(0)),
        ("days 2 to 7", NumberedDay(2), NumberedDay(7)),
        ("day 7+", NumberedDay(7), None),
    ],
)
def test_on(days: str, start: Point, until: Point | None) -> None:
    """Whole days are a first and a last."""
    found = window(f"avoid: shaving\non: {days}")
    assert (found.start, found.until, found.at) == (start, until, None)


def test_at() -> None:
    """A moment is neither a beginning nor an end."""
    found = window("repeat: follow-up\nat: 72 hours after")
    assert (found.at, found.start, found.until) == (HOURS_72, None, None)


def test_at_least() -> None:
    """A minimum interval is counted from its beginning."""
    found = window("wait-since: dermal-filler\nat-least: 3 days before")
    assert (found.start, found.until) == (DAYS_3, None)


@pytest.mark.parametrize(
    ("allowed", "until"),
    [
        ("72 hours after", HOURS_72),
        ("day 7", NumberedDay(6)),
        ("next day", RelativeDay(0)),
    ],
)
def test_may_resume(allowed: str, until: Point) -> None:
    """Forbidden from the end of the treatment until the time, or the day before the day."""
    found = window(f"may-resume: makeup\nfrom: {allowed}")
    assert (found.start, found.until) == (Edge(Side.AFTER), until)


@pytest.mark.parametrize(
    ("fields", "state", "rule"),
    [
        ("until-state: it has healed", "it has healed", None),
        ("until: 3 days after\nuntil-state: it has healed", "it has healed", StateRule.UNSTATED),
        (
            "until: 3 days after\nuntil-state: it has healed\nwhichever: later",
            "it has healed",
            StateRule.LATER,
        ),
        (
            "until: 3 days after\nuntil-state: it has healed\nwhichever: earlier",
            "it has healed",
            StateRule.EARLIER,
        ),
    ],
)
def test_states(fields: str, state: str, rule: StateRule | None) -> None:
    """Which of a time and a state counts is said, or said to be unstated."""
    found = window(f"avoid: makeup\n{fields}")
    assert (found.until_state, found.until_rule) == (state, rule)


@pytest.mark.parametrize("state", ["24 hours have passed without pain", "two teeth are through"])
def test_a_state_may_have_numbers(state: str) -> None:
    """Only what is wholly a time is taken for one."""
    assert window(f"avoid: makeup\nuntil-state: {state}").until_state == state


def test_vague_words() -> None:
    """They stay words."""
    assert window("expect: redness\nuntil-words: a few days").until_words == "a few days"


@pytest.mark.parametrize(
    ("fields", "stated"),
    [
        ("avoid: sauna", StatedTimes()),
        ("avoid: sauna\nfrom: end", StatedTimes()),
        ("avoid: sauna\nfrom: 2  days before", StatedTimes(start="2 days before")),
        ("avoid: sauna\nfrom: end\nfor: 5 days", StatedTimes(length="5 days")),
        ("avoid: sauna\non: treatment day", StatedTimes(whole="treatment day")),
        ("may-resume: makeup\nfrom: 72 hours after", StatedTimes(start="72 hours after")),
        (
            "do: washing\nuntil: No later than 3 hours before",
            StatedTimes(until="3 hours before", hedge="No later than"),
        ),
        (
            "wait-since: laser\nat-least: at least 2 weeks before",
            StatedTimes(whole="2 weeks before", hedge="at least"),
        ),
        (
            "do: washing\nat: 2 hours before the numbing",
            StatedTimes(whole="2 hours before {numbing}"),
        ),
    ],
)
def test_the_files_own_words_are_kept(fields: str, stated: StatedTimes) -> None:
    """Each under what it states; the treatment's own start and end are no time."""
    assert window(fields).stated == stated


# What is refused


@pytest.mark.parametrize(
    "fields",
    [
        "avoid: sauna, at: start, from: ‸end",
        "avoid: sauna, at: start, until: ‸end",
        "avoid: sauna, on: treatment day, until: ‸end",
        "avoid: sauna, on: treatment day, until-state: ‸healed",
        "avoid: sauna, on: treatment day, until-words: ‸some days",
        "avoid: sauna, at-least: ‸3 days before",
        "avoid: sauna, once: ‸healed",
        "wait-since: laser, at-least: 3 days before, until: ‸end",
        "may-resume: sauna, from: 3 days after, until: ‸4 days after",
        "may-resume: sauna, from: 3 days after, until-state: ‸healed",
        "may-resume: sauna, once: healed, until-words: ‸some days",
        "arrive: early-arrival, at: start, until: ‸end",
        "screen: pregnancy, from: ‸end",
        "screen: pregnancy, until-state: ‸healed",
        "avoid: sauna, until: 3 days after, whichever: ‸later",
        "avoid: sauna, until-state: healed, whichever: ‸later",
        "avoid: sauna, from: end, until-state: healed, whichever: ‸later",
        "may-resume: sauna, once: healed, whichever: ‸later",
    ],
)
def test_times_that_do_not_go_together(fields: str) -> None:
    """Each verb has its own times; one that would be passed over is reported."""
    text, place = pointed(f"instructions:\n  - {{id: a, {fields}}}\n")
    assert set(found_in(text)) == {f"{place} misplaced-key"}


@pytest.mark.parametrize(
    "fields",
    ["‸{id: a, wait-since: laser}", "‸{id: a, arrive: early-arrival}", "{id: ‸a, may-resume: sun}"],
)
def test_times_that_are_missing(fields: str) -> None:
    """A minimum interval has a length, an arrival a moment, a permission a beginning."""
    text, place = pointed(f"instructions:\n  - {fields}\n")
    assert found_in(text) == [f"{place} missing-key"]


@pytest.mark.parametrize(
    "times",
    [
        "wait-since: laser, at-least: start",
        "wait-since: laser, at-least: treatment day",
        "may-resume: sauna, from: 3 days before",
        "may-resume: sauna, from: start",
        "may-resume: sauna, from: treatment day",
        "avoid: sauna, on: start",
        "avoid: sauna, on: 48 hours after",
        "avoid: sauna, from: soon",
        "avoid: sauna, at: now",
        "avoid: sauna, until-state: 2 weeks after",
        "avoid: sauna, until-state: after two weeks",
        "avoid: sauna, until-words: 5 to 7 days",
        "avoid: sauna, until-words: up to 2 weeks",
        "may-resume: sauna, once: day 3",
    ],
)
def test_times_that_can_not_be_meant(times: str) -> None:
    """Read, and refused with the reason."""
    (found,) = found_in(f"instructions:\n  - {{id: a, {times}}}\n")
    assert found.endswith("bad-time")


@pytest.mark.parametrize(
    "times",
    [
        "from: 3 days before, until: ‸5 days before",
        "from: 48 hours after, until: ‸24 hours after",
        "from: end, until: ‸start",
        "from: 3 days after, until: ‸1 day after",
        "from: day 3, until: ‸day 2",
        "from: treatment day, until: ‸the day before",
        "until: ‸1 day after, from: 3 days after",
    ],
)
def test_windows_that_end_before_they_begin(times: str) -> None:
    """Whatever the date of the appointment."""
    text, place = pointed(f"instructions:\n  - {{id: a, avoid: sauna, {times}}}\nday-1: next day\n")
    assert found_in(text) == [f"{place} impossible-time"]


@pytest.mark.parametrize(
    "times",
    [
        "from: 12 hours after, until: treatment day",
        "from: 6 hours after, until: treatment day",
        "from: 23 hours before, until: the day before",
        "from: 30 days after, until: 1 month after",
        "from: end, until: treatment day",
    ],
)
def test_windows_that_depend_on_the_hour_are_possible(times: str) -> None:
    """A window that has room after some appointment is no mistake."""
    assert found_in(f"instructions:\n  - {{id: a, avoid: sauna, {times}}}\n") == []


def test_numbered_days_need_to_know_day_1() -> None:
    """Reported once, at the first instruction that numbers days."""
    found = found_in(
        """
        instructions:
          - {id: a, avoid: sauna, on: day 1}
          - {id: b, avoid: sun, on: days 2 to 7}
        """
    )
    assert found == ["2:5 missing-key"]
