"""Times in plain words: what is understood, and what is refused rather than guessed."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcare.core.sheet.points import (
    Edge,
    NumberedDay,
    Offset,
    Point,
    Qualifier,
    Quantity,
    RelativeDay,
    Side,
    Unit,
)
from microcare.load.source.refusals import PhraseError
from microcare.load.times.offsets import TimeNames
from microcare.load.times.phases import parse_days
from microcare.load.times.points import parse_interval, parse_point
from microcare.load.times.quantities import MAX_YEARS, parse_quantity

BEFORE, AFTER = Side.BEFORE, Side.AFTER
MINUTE, HOUR, DAY = Unit.MINUTE, Unit.HOUR, Unit.DAY
WEEK, MONTH, YEAR = Unit.WEEK, Unit.MONTH, Unit.YEAR


def offset(
    least: int, most: int, unit: Unit, side: Side, qualifier: Qualifier | None = None
) -> Offset:
    """Return a time counted from the appointment."""
    return Offset(Quantity(least, most, unit), side, qualifier=qualifier)


POINTS: dict[str, Point] = {
    "48 hours before": offset(48, 48, HOUR, BEFORE),
    "72 hours after": offset(72, 72, HOUR, AFTER),
    "3 days before": offset(3, 3, DAY, BEFORE),
    "6 months before": offset(6, 6, MONTH, BEFORE),
    "2 days prior to the appointment": offset(2, 2, DAY, BEFORE),
    "2 days before treatment": offset(2, 2, DAY, BEFORE),
    "2 days before the treatment": offset(2, 2, DAY, BEFORE),
    "2 days before your appointment": offset(2, 2, DAY, BEFORE),
    "2 days after the procedure": offset(2, 2, DAY, AFTER),
    "2 days after the visit": offset(2, 2, DAY, AFTER),
    "48 Hours Before": offset(48, 48, HOUR, BEFORE),
    "5 to 7 days before": offset(5, 7, DAY, BEFORE),
    "20–30 minutes before": offset(20, 30, MINUTE, BEFORE),
    "4-6 weeks before": offset(4, 6, WEEK, BEFORE),
    "three or four days before": offset(3, 4, DAY, BEFORE),
    "at least 2 weeks before": offset(2, 2, WEEK, BEFORE, Qualifier.AT_LEAST),
    "up to 3 days after": offset(3, 3, DAY, AFTER, Qualifier.UP_TO),
    "within 2 hours after": offset(2, 2, HOUR, AFTER, Qualifier.WITHIN),
    "at least 5 to 7 days before": offset(5, 7, DAY, BEFORE, Qualifier.AT_LEAST),
    "3 days after, if possible 10": offset(3, 10, DAY, AFTER, Qualifier.IF_POSSIBLE),
    "3 days after, if possible 10 days": offset(3, 10, DAY, AFTER, Qualifier.IF_POSSIBLE),
    "3 days after, if possible 10 days after": offset(3, 10, DAY, AFTER, Qualifier.IF_POSSIBLE),
    "3 days after, if possible ten": offset(3, 10, DAY, AFTER, Qualifier.IF_POSSIBLE),
    "3 days before, if possible 7": offset(3, 7, DAY, BEFORE, Qualifier.IF_POSSIBLE),
    "start": Edge(BEFORE),
    "end": Edge(AFTER),
    "the start": Edge(BEFORE),
    "start of the appointment": Edge(BEFORE),
    "end of treatment": Edge(AFTER),
    "the end of the procedure": Edge(AFTER),
    "treatment day": RelativeDay(0),
    "the treatment day": RelativeDay(0),
    "appointment day": RelativeDay(0),
    "procedure day": RelativeDay(0),
    "the day of the treatment": RelativeDay(0),
    "day of treatment": RelativeDay(0),
    "next day": RelativeDay(1),
    "the next day": RelativeDay(1),
    "the day after": RelativeDay(1),
    "the day before": RelativeDay(-1),
    "day 1": NumberedDay(1),
    "Day 7": NumberedDay(7),
    "the day 2": NumberedDay(2),
}

NO_POINTS = (
    *("", " ", "48 hours", "before", "after", "48 hours before after", "before 48 hours"),
    *("48", "soon", "tomorrow", "10 Dec", "2026-12-10", "14:30", "midnight", "9 am"),
    *(
        "day",
        "day of",
        "the day",
        "day 0",
        "day -1",
        "day one",
        "day 1000",
        "days 2 to 7",
        "day 7+",
    ),
    *("3 days before tomorrow", "3 days before the peel", "3 days before 5", "the day of the peel"),
    *("1 day 2 hours before", "1 day and 2 hours after", "48 hours before and after"),
    *(
        "48 hours prior",
        "48 hours earlier",
        "in 48 hours",
        "48 hours from now",
        "- 48 hours before",
    ),
    *("-48 hours before", "1.5 days before", "7 to 5 days before", "0 days before"),
    *(
        "11 years before",
        "0 hours after",
        "a week before",
        "a few days after",
        "several days after",
    ),
    *("3 days after, if possible", "3 days after, if possible 2 weeks", "3 days after, ideally 10"),
    *("3 days after, if possible 7 to 10", "3 to 5 days after, if possible 10"),
    *("at least 3 days after, if possible 10", "start, if possible 3 days before"),
    *("at most 3 days after", "less than 3 days before", "no sooner than 2 days before"),
    *(
        "at least up to 3 days after",
        "48 hours befor",
        "48 hours bevore",
        "startt",
        "3 days after;",
    ),
    *("start before", "the the start", "end of day 3", "end of the day", "treatment days"),
)


@pytest.mark.parametrize("text", POINTS)
def test_points(text: str) -> None:
    """What sheets say of the time before and after a treatment."""
    assert parse_point(text) == POINTS[text]


@pytest.mark.parametrize("text", NO_POINTS)
def test_no_points(text: str) -> None:
    """Refused with a sentence, and mostly with a hint of what to write."""
    with pytest.raises(PhraseError) as refused:
        parse_point(text)
    assert str(refused.value).endswith(".")


INTERVALS: dict[str, tuple[Point, Point | None]] = {
    "2 weeks before": (offset(2, 2, WEEK, BEFORE), None),
    "2 weeks after": (offset(2, 2, WEEK, AFTER), None),
    "2 weeks before and after": (offset(2, 2, WEEK, BEFORE), offset(2, 2, WEEK, AFTER)),
    "2 weeks before or after": (offset(2, 2, WEEK, BEFORE), offset(2, 2, WEEK, AFTER)),
    "2 to 4 weeks before and after": (offset(2, 4, WEEK, BEFORE), offset(2, 4, WEEK, AFTER)),
}


@pytest.mark.parametrize("text", INTERVALS)
def test_minimum_intervals(text: str) -> None:
    """On one side of the treatment, or on both."""
    assert parse_interval(text) == INTERVALS[text]


@pytest.mark.parametrize(
    ("text", "hedged"),
    [
        ("not before 2 hours after", offset(2, 2, HOUR, AFTER, Qualifier.NOT_BEFORE)),
        ("no earlier than 2 hours after", offset(2, 2, HOUR, AFTER, Qualifier.NOT_BEFORE)),
        ("no later than 4 hours before", offset(4, 4, HOUR, BEFORE, Qualifier.NO_LATER)),
        ("by 4 hours before", offset(4, 4, HOUR, BEFORE, Qualifier.NO_LATER)),
        ("no later than 4 to 6 hours before", offset(4, 6, HOUR, BEFORE, Qualifier.NO_LATER)),
    ],
)
def test_hedges(text: str, hedged: Point) -> None:
    """The hedge is kept beside the time."""
    assert parse_point(text) == hedged


def test_two_hedges_are_one_too_many() -> None:
    """Nobody can say what both of them mean together."""
    with pytest.raises(PhraseError, match="hedges twice") as refused:
        parse_point("no later than at least 2 days before")
    assert refused.value.hint == "keep one of the two"


@pytest.mark.parametrize("name", ["peel", "the peel", "your peel"])
def test_times_from_an_event_of_the_protocol(name: str) -> None:
    """A named event is an anchor, whatever the article."""
    found = parse_point(f"4 days before {name}", TimeNames({"peel"}))
    assert found == Offset(Quantity(4, 4, DAY), BEFORE, anchor="peel")


def test_an_event_of_several_words() -> None:
    """Its name in the file has hyphens."""
    found = parse_point("2 hours after the numbing cream", TimeNames({"numbing-cream"}))
    assert found == Offset(Quantity(2, 2, HOUR), AFTER, anchor="numbing-cream")


JOINED = "write “from” and “until”, or an instruction for each"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("48 hours", "say on which side of the treatment: “48 hours before” or “48 hours after”"),
        ("48 hourz before", "did you mean “hours”?"),
        ("3 moths before", "did you mean “months”?"),
        ("7 to 5 days before", "write the smaller number first"),
        ("day 0", "write “treatment day”"),
        ("3 days before the pel", "did you mean “peel”?"),
        ("3 days after, if possible 2 weeks", "count in days"),
        ("a week before", "write the number in digits"),
        ("in 72 hours", "write “72 hours after”"),
        ("after two weeks", "write “two weeks after”"),
        ("within 10 days", "write “no later than 10 days after”"),
        ("days 5 to 7", "“days 5 to 7” goes under “on”; here write one day, like “day 5”"),
        ("less than 24 hours after", "write “24 hours”, and the rest in “say”"),
        ("1.5 hours after", "count in a smaller unit, like “90 minutes”"),
        ("3 days before and 1 week after", JOINED),
        ("the evening before or the morning of", JOINED),
        ("3 nights after", "write “on: first 3 nights”"),
    ],
)
def test_hints(text: str, hint: str) -> None:
    """What to write instead."""
    with pytest.raises(PhraseError) as refused:
        parse_point(text, TimeNames({"peel"}))
    assert refused.value.hint == hint


@pytest.mark.parametrize("text", ["healed", "on waking", "your surgeon says so"])
def test_a_state_is_told_where_it_belongs(text: str) -> None:
    """No time is suggested that would be refused as well."""
    with pytest.raises(PhraseError) as refused:
        parse_point(text)
    assert (refused.value.hint or "").endswith("goes under “until-state” or “once”")


@pytest.mark.parametrize("text", ["x" * 100_000, "3 days before " * 8000, "x " * 50_000])
def test_a_refusal_is_short(text: str) -> None:
    """Whatever was written, the sentence fits on a few lines."""
    for parse in (parse_quantity, parse_point, parse_days):
        with pytest.raises(PhraseError) as refused:
            parse(text)
        assert len(str(refused.value)) < 200
        assert len(refused.value.hint or "") < 200


def read_by_all(text: str) -> list[Quantity | Point | tuple[Point, Point | None]]:
    """Return what a text is read as; nothing but a refusal may come of what is not read."""
    found: list[Quantity | Point | tuple[Point, Point | None]] = []
    for parse in (parse_quantity, parse_point, parse_days):
        with suppress(PhraseError):
            found.append(parse(text))
    return found


@given(st.text(max_size=40))
def test_no_text_is_too_odd(text: str) -> None:
    """Any text is a time or refused, and what is read once is read again."""
    assert read_by_all(text) == read_by_all(f" {text.upper().lower()} ")


WORDS = (
    *("48", "0", "7", "two", "hours", "days", "week", "day", "before", "after", "prior to", "to"),
    *("at least", "up to", "within", "of", "the", "start", "end", "treatment", ", if possible"),
    *("if", ",", "+", "-", "or", "21:00", "9 pm", "morning", "evening", "midnight", "bedtime"),
    *(
        "on",
        "not before",
        "by",
        "no later than",
        "nights",
        "rest of",
        "next day",
        "first",
        "hours 2",
    ),
)


@given(st.lists(st.sampled_from(WORDS), max_size=8))
def test_no_order_of_words_is_too_odd(words: list[str]) -> None:
    """The words of times in any order are a time or refused; a time counts up from one."""
    for found in read_by_all(" ".join(words)):
        if isinstance(found, Offset):
            assert 0 <= found.quantity.least <= found.quantity.most
            assert found.quantity.most > 0


@given(
    st.integers(1, 3650),
    st.integers(0, 3650),
    st.sampled_from(Unit),
    st.sampled_from(["to", "-", "–", "or"]),
    st.sampled_from([BEFORE, AFTER]),
)
def test_a_written_offset_is_read_as_it_is(
    least: int, more: int, unit: Unit, between: str, side: Side
) -> None:
    """Whatever its numbers, its unit and its side, up to ten years."""
    per_year = {MINUTE: 525_600, HOUR: 8760, DAY: 365, WEEK: 52, MONTH: 12, YEAR: 1}[unit]
    most = least + more
    text = f"{least} {between} {most} {unit.value}s {side.value}"
    if most > MAX_YEARS * per_year:
        with pytest.raises(PhraseError):
            parse_point(text)
    else:
        assert parse_point(text) == offset(least, most, unit, side)
