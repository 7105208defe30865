"""How often: every so long, so many times a day, at which times, in steps."""

from __future__ import annotations

import pytest

from microcare.core.sheet.instruction import Amounts, Repetition, Step
from microcare.core.sheet.points import TIMES_OF_DAY, DayTime, Quantity, Unit
from microcare.load.source.refusals import PhraseError
from microcare.load.times.rhythm import parse_daily, parse_every
from tests.samples import found_in, instruction

HOURS, DAYS = Unit.HOUR, Unit.DAY

EVERY = {
    "2 hours": Repetition("2 hours", interval=Quantity(2, 2, HOURS)),
    "4 to 6 hours": Repetition("4 to 6 hours", interval=Quantity(4, 6, HOURS)),
    "hour": Repetition("hour", interval=Quantity(1, 1, HOURS)),
    "day": Repetition("day", interval=Quantity(1, 1, DAYS)),
    "other day": Repetition("other day", interval=Quantity(2, 2, DAYS)),
    "2 days": Repetition("2 days", interval=Quantity(2, 2, DAYS)),
    "week": Repetition("week", interval=Quantity(1, 1, Unit.WEEK)),
    "90 minutes": Repetition("90 minutes", interval=Quantity(90, 90, Unit.MINUTE)),
    "3 hours while awake": Repetition("3 hours", interval=Quantity(3, 3, HOURS), waking=True),
    "4 to 6 hours as needed": Repetition(
        "4 to 6 hours", interval=Quantity(4, 6, HOURS), as_needed=True
    ),
    "3 hours in turn": Repetition("3 hours", interval=Quantity(3, 3, HOURS), in_turn=True),
    "3 hours in turn, while awake, as needed": Repetition(
        "3 hours", None, None, Quantity(3, 3, HOURS), waking=True, as_needed=True, in_turn=True
    ),
}

NO_EVERY = {
    "": "rhythm", "often": "rhythm", "2": "length", "2 hours after": "length",
    "while awake": "rhythm", "3 hours while asleep": "length",
    "2 hours as needed as needed": "no place",
}  # fmt: skip

DAILY = {
    "3": Repetition(daily=(3, 3)),
    "3 times": Repetition(daily=(3, 3)),
    "three times a day": Repetition(daily=(3, 3)),
    "once": Repetition(daily=(1, 1)),
    "once a day": Repetition(daily=(1, 1)),
    "twice": Repetition(daily=(2, 2)),
    "3 to 4 times": Repetition(daily=(3, 4)),
    "once or twice": Repetition(daily=(1, 2)),
    "twice as needed": Repetition(daily=(2, 2), as_needed=True),
    "morning": Repetition(times=(TIMES_OF_DAY["morning"],)),
    "morning and bedtime": Repetition(times=(TIMES_OF_DAY["morning"], TIMES_OF_DAY["bedtime"])),
    "in the morning": Repetition(times=(TIMES_OF_DAY["morning"],)),
    "at bedtime": Repetition(times=(TIMES_OF_DAY["bedtime"],)),
    "08:00, 2 pm and at bedtime": Repetition(
        times=(DayTime(480, 480), DayTime(840, 840), TIMES_OF_DAY["bedtime"])
    ),
    "08:00 and 20:00, as needed": Repetition(
        times=(DayTime(480, 480), DayTime(1200, 1200)), as_needed=True
    ),
}

NO_DAILY = {
    "": "no number", "often": "no number", "3 hours": "no number", "3 times and bedtime": "time",
    "9:00": "morning or afternoon", "08:00 and 9:00": "morning or afternoon",
    "3 times while awake": "no place", "twice in turn": "no place",
    "midnight and noon": "beginning or the end", "2.5": "no number",
}  # fmt: skip

TOO_MUCH = {
    "0": "“1” or more", "4 to 3 times": "smaller number", "25": "24 times",
    "08:00 and 08:00": "once", "24:00": "00:00",
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), EVERY.items())
def test_every(text: str, expected: Repetition) -> None:
    """The interval keeps its own words, what stands behind it are facts of their own."""
    assert parse_every(text) == expected
    assert parse_every(f" {text} ").interval == expected.interval


@pytest.mark.parametrize(("text", "why"), NO_EVERY.items())
def test_every_that_is_refused(text: str, why: str) -> None:
    """With what to write instead."""
    with pytest.raises(PhraseError, match=why) as refused:
        parse_every(text)
    assert refused.value.hint


def test_a_time_of_day_is_told_where_it_belongs() -> None:
    """`every` counts, `daily` names times."""
    with pytest.raises(PhraseError) as refused:
        parse_every("night")
    assert refused.value.hint == "write “daily: night”"


def test_days_need_no_waking_hours() -> None:
    """Every day while awake says nothing beyond every day."""
    with pytest.raises(PhraseError, match="needs no waking hours"):
        parse_every("2 days while awake")


@pytest.mark.parametrize(("text", "expected"), DAILY.items())
def test_daily(text: str, expected: Repetition) -> None:
    """So many times, or at stated times, in any case."""
    assert parse_daily(text, TIMES_OF_DAY) == expected
    assert parse_daily(text.upper(), TIMES_OF_DAY) == expected


@pytest.mark.parametrize(("text", "why"), [*NO_DAILY.items(), *TOO_MUCH.items()])
def test_daily_that_is_refused(text: str, why: str) -> None:
    """With what to write instead."""
    with pytest.raises(PhraseError) as refused:
        parse_daily(text, TIMES_OF_DAY)
    assert refused.value.hint
    assert why in f"{refused.value} {refused.value.hint}"


def test_a_list_of_times() -> None:
    """A YAML list is the times of day, by the file's own parts of the day."""
    header = "times-of-day: {bedtime: 23:00}"
    found = instruction("take: antiviral\ndaily: [08:00, 2 pm, bedtime]", header).repetition
    assert found == Repetition(
        times=(DayTime(480, 480), DayTime(840, 840), DayTime(1380, 1380, "bedtime"))
    )


def test_steps() -> None:
    """Each with its length, its rhythm and perhaps a dose; the last may be open."""
    found = instruction(
        """
        take: antiviral
        from: next day
        steps:
          - {for: 1 week, daily: 4, dose: 2 tablets}
          - {for: 3 days, every: 8 hours}
          - {daily: once}
        """
    )
    assert found.repetition is None
    assert found.steps == (
        Step(Quantity(1, 1, Unit.WEEK), Repetition(daily=(4, 4)), Amounts(dose="2 tablets")),
        Step(Quantity(3, 3, DAYS), Repetition("8 hours", interval=Quantity(8, 8, HOURS))),
        Step(None, Repetition(daily=(1, 1))),
    )


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ("every: 2 hours, daily: 3", ["misplaced-key"]),
        ("every: 2 hours, steps: [{daily: 3}]", ["misplaced-key"]),
        ("daily: 2, steps: [{daily: 3}]", ["misplaced-key"]),
        ("count: 2, steps: [{daily: 3}]", ["misplaced-key"]),
        ("at: 2 days after, steps: [{daily: 3}]", ["misplaced-key"]),
        ("steps: [{daily: 3}, {daily: 2}]", ["missing-key"]),
        ("steps: [{for: 1 week}]", ["missing-key"]),
        ("steps: [{for: 1 week, daily: 3, every: 2 hours}]", ["misplaced-key"]),
        ("steps: [{for: 48 hours, daily: 3}]", ["bad-time"]),
        ("steps: [{for: 5 to 7 days, daily: 3}]", ["bad-time"]),
        ("steps: [{for: 1 week, daily: often}]", ["bad-time"]),
        ("steps: [{for: 1 week, daily: 3, amount: 1}]", ["unknown-key"]),
        ("until: 5 days after, steps: [{for: 1 week, daily: 3}]", ["misplaced-key"]),
        ("for: 5 days, steps: [{for: 1 week, daily: 3}]", ["misplaced-key"]),
        ("steps: []", ["empty-value"]),
        ("steps: 3 times", ["wrong-shape"]),
        ("daily: [08:00, often]", ["bad-time"]),
        ("daily: [08:00, 08:00]", ["bad-time"]),
        ("daily: []", ["empty-value"]),
        ("daily: {x: y}", ["wrong-shape"]),
        ("every: 3 hours in turn", ["bad-value"]),
        ("steps: [{for: 1 week, every: 3 hours in turn}]", ["bad-value"]),
    ],
)
def test_courses_that_are_refused(fields: str, codes: list[str]) -> None:
    """What excludes each other, and what can't be read."""
    found = found_in(f"instructions:\n  - {{id: a, take: antiviral, {fields}}}\n")
    assert [each.split()[-1] for each in found] == codes
