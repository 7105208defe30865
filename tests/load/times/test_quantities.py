"""Lengths of time in plain words: what is understood, and what is refused rather than guessed."""

from __future__ import annotations

import pytest

from microcare.core.sheet.points import Length, Qualifier, Quantity, Side, Unit
from microcare.load.source.refusals import PhraseError
from microcare.load.times.quantities import parse_length, parse_quantity

BEFORE, AFTER = Side.BEFORE, Side.AFTER


MINUTE, HOUR, DAY = Unit.MINUTE, Unit.HOUR, Unit.DAY


WEEK, MONTH, YEAR = Unit.WEEK, Unit.MONTH, Unit.YEAR


QUANTITIES = {
    "48 hours": (48, 48, HOUR),
    "1 hour": (1, 1, HOUR),
    "24 hrs": (24, 24, HOUR),
    "1 hr": (1, 1, HOUR),
    "48h": (48, 48, HOUR),
    "48 h": (48, 48, HOUR),
    "30 minutes": (30, 30, MINUTE),
    "30 mins": (30, 30, MINUTE),
    "30 min": (30, 30, MINUTE),
    "3 days": (3, 3, DAY),
    "2 weeks": (2, 2, WEEK),
    "2 wks": (2, 2, WEEK),
    "6 months": (6, 6, MONTH),
    "1 year": (1, 1, YEAR),
    "2 yrs": (2, 2, YEAR),
    "two weeks": (2, 2, WEEK),
    "fourteen days": (14, 14, DAY),
    "5 to 7 days": (5, 7, DAY),
    "5-7 days": (5, 7, DAY),
    "5 - 7 days": (5, 7, DAY),
    "5–7 days": (5, 7, DAY),
    "5 — 7 days": (5, 7, DAY),
    "two or three weeks": (2, 3, WEEK),
    "5 to 5 days": (5, 5, DAY),
    "0 to 4 hours": (0, 4, HOUR),
    "  48   HOURS ": (48, 48, HOUR),
    "10 years": (10, 10, YEAR),
    "3650 days": (3650, 3650, DAY),
}


NO_QUANTITIES = (
    "",
    " ",
    "48",
    "hours",
    "hours 48",
    "48 hours ago",
    "48 hours before",
    "48 parsecs",
    "48 hourz",
    "1.5 hours",
    "1,5 hours",
    "½ hour",
    "-3 days",
    "+3 days",
    "3 to days",
    "to 3 days",
    "3 to 5 to 7 days",
    "7 to 5 days",
    "0 days",
    "0 to 0 days",
    "zero days",
    "a week",
    "an hour",
    "a few days",
    "several days",
    "about 3 days",
    "fifteen days",
    "twenty-four hours",
    "1 day 2 hours",
    "1 week and 2 days",
    "11 years",
    "3651 days",
    "521 weeks",
    "121 months",
    "99999999999999999999 days",
    "3 business days",
    "3 days, if possible 10",
    "x" * 100_000,
    "9" * 100_000,
)


@pytest.mark.parametrize("text", QUANTITIES)
def test_lengths_of_time(text: str) -> None:
    """A number or a range, and one unit."""
    least, most, unit = QUANTITIES[text]
    assert parse_quantity(text) == Quantity(least, most, unit)


@pytest.mark.parametrize("text", NO_QUANTITIES, ids=lambda text: text[:40])
def test_no_lengths_of_time(text: str) -> None:
    """Nothing is guessed: neither what a few is nor what two units come to."""
    with pytest.raises(PhraseError):
        parse_quantity(text)


LENGTHS = {
    "5 days": Length(Quantity(5, 5, DAY)),
    "48 hours": Length(Quantity(48, 48, HOUR)),
    "up to 5 days": Length(Quantity(5, 5, DAY), Qualifier.UP_TO),
    "at least 3 days": Length(Quantity(3, 3, DAY), Qualifier.AT_LEAST),
    "5 to 7 days": Length(Quantity(5, 7, DAY)),
    "two weeks": Length(Quantity(2, 2, WEEK)),
}


NO_LENGTHS = ("", "5", "a few days", "within 5 days", "5 days after", "up to", "for 5 days")


@pytest.mark.parametrize("text", LENGTHS)
def test_how_long_a_window_lasts(text: str) -> None:
    """A length of time, perhaps as a most or a least."""
    assert parse_length(text) == LENGTHS[text]


@pytest.mark.parametrize("text", NO_LENGTHS)
def test_no_lengths_of_windows(text: str) -> None:
    """A length is not a point in time, and not vague."""
    with pytest.raises(PhraseError):
        parse_length(text)
