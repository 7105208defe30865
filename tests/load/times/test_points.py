"""Times of day on a day, hours and days after the treatment: each form, and what is refused."""

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
    Qualifier,
    Quantity,
    RelativeDay,
    Side,
    Unit,
)
from microcare.core.sheet.problems import Code
from microcare.load.source.refusals import PhraseError
from microcare.load.times.offsets import TimeNames
from microcare.load.times.points import parse_point

NAMES = TimeNames({"last-dose", "prep-1"})
BEFORE, AFTER = Side.BEFORE, Side.AFTER
TREATMENT_DAY, DAY_BEFORE, NEXT_DAY = RelativeDay(0), RelativeDay(-1), RelativeDay(1)
MIDNIGHT = Clock(DAY_BEFORE, DayTime(1440, 1440, "midnight"))


def days(count: int, side: Side, anchor: str = "appointment") -> Offset:
    """Return a day that is named by its distance."""
    return Offset(Quantity(count, count, Unit.DAY), side, anchor, named=True)


def clock(minutes: int, day: Offset | RelativeDay | NumberedDay) -> Clock:
    """Return a clock time on a day."""
    return Clock(day, DayTime(minutes, minutes))


def part(name: str, day: Offset | RelativeDay | NumberedDay) -> Clock:
    """Return a part of a day."""
    return Clock(day, TIMES_OF_DAY[name])


CLOCKS: dict[str, Point] = {
    "21:00 the day before": clock(1260, DAY_BEFORE),
    "9 pm the day before": clock(1260, DAY_BEFORE),
    "9 pm, the day before": clock(1260, DAY_BEFORE),
    "9 p.m. on the day before": clock(1260, DAY_BEFORE),
    "9pm, the day before": clock(1260, DAY_BEFORE),
    "9a.m. the day before": clock(540, DAY_BEFORE),
    "9 pm the evening before": clock(1260, DAY_BEFORE),
    "08:00 on treatment day": clock(480, TREATMENT_DAY),
    "08:00 on the day of surgery": clock(480, TREATMENT_DAY),
    "8:30 am on day 2": clock(510, NumberedDay(2)),
    "18:00 2 days before": clock(1080, days(2, BEFORE)),
    "18:00 2 days after the treatment": clock(1080, days(2, AFTER)),
    "24:00 the day before": clock(1440, DAY_BEFORE),
    "00:00 on treatment day": clock(0, TREATMENT_DAY),
    "midnight before": MIDNIGHT,
    "midnight before treatment": MIDNIGHT,
    "midnight before the surgery": MIDNIGHT,
    "midnight before your appointment": MIDNIGHT,
    "midnight the night before": MIDNIGHT,
    "midnight the evening before": MIDNIGHT,
    "the evening before": part("evening", DAY_BEFORE),
    "evening before surgery": part("evening", DAY_BEFORE),
    "the night before": part("night", DAY_BEFORE),
    "the afternoon before": part("afternoon", DAY_BEFORE),
    "the morning of": part("morning", TREATMENT_DAY),
    "the morning of treatment": part("morning", TREATMENT_DAY),
    "the morning of the surgery": part("morning", TREATMENT_DAY),
    "evening of treatment day": part("evening", TREATMENT_DAY),
    "the morning after": part("morning", NEXT_DAY),
    "bedtime the day before": part("bedtime", DAY_BEFORE),
    "bedtime on day 1": part("bedtime", NumberedDay(1)),
    "noon the day before": part("noon", DAY_BEFORE),
    "the evening 2 days before": part("evening", days(2, BEFORE)),
    "the afternoon of day 2": part("afternoon", NumberedDay(2)),
    "evening of the next day": part("evening", NEXT_DAY),
    "not before 21:00 the day before": Clock(DAY_BEFORE, DayTime(1260, 1260), Qualifier.NOT_BEFORE),
    "no later than 21:00 the day before": Clock(
        DAY_BEFORE, DayTime(1260, 1260), Qualifier.NO_LATER
    ),
    "by bedtime the day before": Clock(DAY_BEFORE, TIMES_OF_DAY["bedtime"], Qualifier.NO_LATER),
}

ANCHORED: dict[str, Point] = {
    "21:00 the day before last-dose": clock(1260, RelativeDay(-1, "last-dose")),
    "18:00 2 days after last-dose": clock(1080, days(2, AFTER, "last-dose")),
    "the evening before last-dose": part("evening", RelativeDay(-1, "last-dose")),
    "the morning of last-dose": part("morning", RelativeDay(0, "last-dose")),
    "the morning after last-dose": part("morning", RelativeDay(1, "last-dose")),
    "the day after last-dose": RelativeDay(1, "last-dose"),
    "the day of the last dose": RelativeDay(0, "last-dose"),
    "2 days after last-dose": Offset(Quantity(2, 2, Unit.DAY), AFTER, "last-dose"),
    "30 minutes before prep-1": Offset(Quantity(30, 30, Unit.MINUTE), BEFORE, "prep-1"),
    "2 hours after the start of prep-1": Offset(
        Quantity(2, 2, Unit.HOUR), AFTER, "prep-1", counted_from=BEFORE
    ),
    "2 days before the end of prep-1": Offset(
        Quantity(2, 2, Unit.DAY), BEFORE, "prep-1", counted_from=AFTER
    ),
    "start of prep-1": Edge(BEFORE, "prep-1"),
    "the end of prep-1": Edge(AFTER, "prep-1"),
}

MISREAD = {
    "evening after": "write “evening of treatment day” or “evening of the next day”",
    "the night after": "write “night of treatment day” or “night of the next day”",
    "morning before": "write “morning of treatment day” or “morning of the day before”",
    "noon before": "write “noon of treatment day” or “noon of the day before”",
    "afternoon after surgery": (
        "write “afternoon of treatment day” or “afternoon of the next day”"
    ),
    "9:00 the day before": "write “09:00” or “9:00 pm”",
    "12 am the day before": ("write “00:00” for the beginning of the day or “24:00” for its end"),
    "21:00": "write “21:00 the day before”",
    "bedtime": "write “bedtime the day before”",
    "21:00 2 to 3 days before": "write “the day before” or “day 2”",
    "21:00 21:00 the day before": "keep one of the two",
    "24:00 midnight before": "keep one of the two",
    "21:00 at least 2 days before": "write “the day before” or “day 2”",
    "evening not before treatment day": "write “the day before” or “day 2”",
    "21:00 48 hours before": "write “the day before” or “day 2”",
    "9 am the evening before": (
        "write “9 am the day before”, or another part of the day than evening"
    ),
}

BOTH_READINGS = (
    "write “midnight before” where the treatment day begins, or “00:00” or “24:00” and the day"
)

NO_MIDNIGHTS = (
    *("midnight", "midnight the day before", "midnight after"),
    *("midnight on treatment day", "midnight of day 2", "midnight before last-dose"),
)


@pytest.mark.parametrize("text", CLOCKS)
def test_times_of_day(text: str) -> None:
    """A clock time or a part of the day, on a day, in any case."""
    assert parse_point(text) == CLOCKS[text]
    assert parse_point(text.upper()) == CLOCKS[text]


@pytest.mark.parametrize("text", ANCHORED)
def test_times_counted_from_another_instruction(text: str) -> None:
    """By its id, from its start or its end."""
    assert parse_point(text, NAMES) == ANCHORED[text]


@pytest.mark.parametrize(("text", "hint"), MISREAD.items())
def test_what_can_be_misread(text: str, hint: str) -> None:
    """Refused with a sentence, and with what to write instead."""
    with pytest.raises(PhraseError) as refused:
        parse_point(text)
    assert refused.value.hint == hint
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("text", NO_MIDNIGHTS)
def test_any_other_midnight_is_refused_with_both_readings(text: str) -> None:
    """It may be the beginning or the end of a day."""
    with pytest.raises(PhraseError, match="may be the beginning or the end of a day") as refused:
        parse_point(text, NAMES)
    assert refused.value.hint == BOTH_READINGS


def test_an_unknown_id_is_refused_with_the_nearest() -> None:
    """A slip in an id is told."""
    with pytest.raises(PhraseError) as refused:
        parse_point("21:00 the day before last-dos", NAMES)
    assert (refused.value.code, refused.value.hint) == (
        Code.UNKNOWN_ANCHOR,
        "did you mean “last-dose”?",
    )


def test_a_protocol_sets_its_parts() -> None:
    """What a file calls the evening is the evening of its times."""
    own = TimeNames(parts={**TIMES_OF_DAY, "evening": DayTime(1140, 1260, "evening")})
    assert parse_point("the evening before", own) == Clock(
        DAY_BEFORE, DayTime(1140, 1260, "evening")
    )
