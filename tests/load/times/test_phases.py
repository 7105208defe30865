"""What `on` may name: days, hours and parts of a day; each form, and what is refused."""

from __future__ import annotations

import pytest

from microcare.core.sheet.points import (
    TIMES_OF_DAY,
    Clock,
    DayTime,
    Edge,
    NumberedDay,
    Offset,
    Point,
    Quantity,
    RelativeDay,
    Side,
    Unit,
)
from microcare.load.source.refusals import PhraseError
from microcare.load.times.offsets import TimeNames
from microcare.load.times.phases import parse_days

BEFORE, AFTER = Side.BEFORE, Side.AFTER
TREATMENT_DAY, DAY_BEFORE, NEXT_DAY = RelativeDay(0), RelativeDay(-1), RelativeDay(1)


def days(count: int, side: Side, anchor: str = "appointment") -> Offset:
    """Return a day that is named by its distance."""
    return Offset(Quantity(count, count, Unit.DAY), side, anchor, named=True)


def hours(count: int) -> Offset:
    """Return a time so many hours after the treatment."""
    return Offset(Quantity(count, count, Unit.HOUR), AFTER)


def clock(minutes: int, day: Offset | RelativeDay | NumberedDay) -> Clock:
    """Return a clock time on a day."""
    return Clock(day, DayTime(minutes, minutes))


THIRD_DAY = days(3, AFTER)


DAYS: dict[str, tuple[Point, Point | None]] = {
    "day 1": (NumberedDay(1), NumberedDay(1)),
    "days 2 to 7": (NumberedDay(2), NumberedDay(7)),
    "days 2-7": (NumberedDay(2), NumberedDay(7)),
    "Day 2 – 7": (NumberedDay(2), NumberedDay(7)),
    "days 3 to 3": (NumberedDay(3), NumberedDay(3)),
    "day 7+": (NumberedDay(7), None),
    "Days 7+": (NumberedDay(7), None),
    "day 7 +": (NumberedDay(7), None),
    "day 7 on": (NumberedDay(7), None),
    "day 7 onward": (NumberedDay(7), None),
    "day 7 onwards": (NumberedDay(7), None),
    "treatment day": (RelativeDay(0), RelativeDay(0)),
    "the next day": (RelativeDay(1), RelativeDay(1)),
    "the day before": (RelativeDay(-1), RelativeDay(-1)),
    "3 days after": (THIRD_DAY, THIRD_DAY),
}


NO_DAYS = (
    *("", "days", "day 0", "days 0 to 3", "days 7 to 2", "days 2 to 7+", "days 2 to 7 on"),
    *("days 1, 2 and 3", "days 1 and 2", "day 1000", "days 2 to", "day -1", "day+", "7+"),
    *(
        "start",
        "end",
        "48 hours after",
        "3 to 5 days after",
        "3 days after, if possible 10",
        "30 minutes before",
        "Monday",
        "10 Dec",
        "2026-12-10",
    ),
)


@pytest.mark.parametrize("text", DAYS)
def test_days(text: str) -> None:
    """Whole days, from the first through the last."""
    assert parse_days(text) == DAYS[text]


@pytest.mark.parametrize("text", NO_DAYS)
def test_no_days(text: str) -> None:
    """An instant is no day, and neither is a list."""
    with pytest.raises(PhraseError):
        parse_days(text)


@pytest.mark.parametrize("text", ["４８ hours after", "٠٨:٠٠ next day", "days ２ to ７"])
def test_numbers_have_the_digits_0_to_9(text: str) -> None:
    """And none that only look like them, or that other scripts use."""
    with pytest.raises(PhraseError):
        parse_days(text)


PHASES: dict[str, tuple[Point, Point | None]] = {
    "first 24 hours": (Edge(AFTER), hours(24)),
    "the first hour": (Edge(AFTER), hours(1)),
    "hours 24 to 48": (hours(24), hours(48)),
    "hours 0-24": (Edge(AFTER), hours(24)),
    "hour 48 on": (hours(48), None),
    "hours 48+": (hours(48), None),
    "first 3 days": (Edge(AFTER), days(3, AFTER)),
    "first week": (
        Edge(AFTER),
        Offset(Quantity(1, 1, Unit.WEEK), AFTER, named=True),
    ),
    "first two weeks": (
        Edge(AFTER),
        Offset(Quantity(2, 2, Unit.WEEK), AFTER, named=True),
    ),
    "first night": (clock(1080, TREATMENT_DAY), clock(480, days(1, AFTER))),
    "the first 3 nights": (clock(1080, TREATMENT_DAY), clock(480, days(3, AFTER))),
    "first two nights": (clock(1080, TREATMENT_DAY), clock(480, days(2, AFTER))),
    "the rest of the day": (Edge(AFTER), TREATMENT_DAY),
    "rest of treatment day": (Edge(AFTER), TREATMENT_DAY),
    "the evening before": (
        Clock(DAY_BEFORE, DayTime(1080, 1080, "evening")),
        Clock(DAY_BEFORE, DayTime(1320, 1320, "evening")),
    ),
    "the morning of": (
        Clock(TREATMENT_DAY, DayTime(360, 360, "morning")),
        Clock(TREATMENT_DAY, DayTime(720, 720, "morning")),
    ),
}


NO_PHASES = (
    *("first", "first few days", "hours 48 to 24", "hours 24 to 24", "hours 24", "first 0 days"),
    *("first 0 nights", "first few nights", "first 3 nights after", "rest of the week"),
    *("21:00 the day before", "noon the day before", "bedtime on day 1", "midnight before"),
)


@pytest.mark.parametrize("text", PHASES)
def test_phases(text: str) -> None:
    """Hours and days after the treatment, and the whole of a part of a day."""
    assert parse_days(text) == PHASES[text]


@pytest.mark.parametrize("text", NO_PHASES)
def test_no_phases(text: str) -> None:
    """One moment is no phase, and nothing counts down."""
    with pytest.raises(PhraseError):
        parse_days(text)


def test_nights_go_by_the_protocols_own_parts() -> None:
    """From where its night begins to where it says that people wake."""
    parts = {**TIMES_OF_DAY, "night": DayTime(1200, 1440, "night"), "waking": DayTime(420, 1380)}
    assert parse_days("first night", TimeNames(parts=parts)) == (
        clock(1200, TREATMENT_DAY),
        clock(420, days(1, AFTER)),
    )


def test_one_moment_is_told_where_it_belongs() -> None:
    """`on` takes what lasts."""
    with pytest.raises(PhraseError, match="is one moment") as refused:
        parse_days("noon the day before")
    assert refused.value.hint == "use “at” instead of “on”"
