"""The dates that the day part of a typed phrase may mean, seen from Sat 21 Nov 2026."""

from __future__ import annotations

from datetime import date

import pytest

from microcare.load.clock_times import Choice
from microcare.load.typed_date.day import DAY_SHAPE, read_day
from microcare.load.typed_date.words import compile_spaced, mask_words

TODAY = date(2026, 11, 21)
CLEAR = {
    "10 Dec": "2026-12-10",
    "21 Nov": "2026-11-21",
    "Dec 10th 2027": "2027-12-10",
    "Dec 10 '30": "2030-12-10",
    "thu": "2026-11-26",
    "in 3 days": "2026-11-24",
    "2026-12-10": "2026-12-10",
    "13/12/2026": "2026-12-13",
    "Thu 10 Dec": "2026-12-10",
    "tomorrow": "2026-11-22",
}
UNCLEAR = {
    "03/04/2026": (["2026-03-04", "2026-04-03"], "can mean"),
    "10 Jan": (["2026-01-10", "2027-01-10"], "has already passed this year"),
    "30 Feb 2027": (["2027-02-28", "2027-03-01"], "There is no 30 February 2027"),
    "29 Feb": (["2027-02-28", "2027-03-01", "2028-02-29"], "There is no 29 February in 2026"),
    "Mon 10 Dec 2026": (["2026-12-10", "2026-12-07", "2026-12-14"], "is not a Monday"),
    "next thu": (["2026-11-26", "2026-12-03"], "may mean more than one date"),
    "10-12-26": (["2026-12-10", "2026-10-12", "2010-12-26"], "needs four digits"),
    "Dec 2026": ([], "has no day"),
    "sat": (["2026-11-21", "2026-11-28"], "may mean more than one date"),
    "2300-12-10": ([], "is not between 1900 and 2199"),
}


def read(text: str, *, timed: bool = False) -> Choice[date]:
    """Read a text that is nothing but a day."""
    phrase = mask_words(text)
    return read_day(phrase, compile_spaced(DAY_SHAPE).fullmatch(phrase.mask), TODAY, timed=timed)


@pytest.mark.parametrize(("text", "day"), CLEAR.items())
def test_a_clear_day_is_one_date(text: str, day: str) -> None:
    """One value and no problem."""
    choice = read(text)
    assert (choice.problem, [each.isoformat() for each in choice.values]) == ("", [day])


@pytest.mark.parametrize(("text", "expected"), UNCLEAR.items())
def test_an_unclear_day_has_its_readings(text: str, expected: tuple[list[str], str]) -> None:
    """Every date that may be meant, and what is wrong."""
    days, problem = expected
    choice = read(text)
    assert [each.isoformat() for each in choice.values] == days
    assert problem in choice.problem


def test_no_day_may_be_today_or_tomorrow() -> None:
    """A time alone is not enough."""
    assert read_day(mask_words(""), None, TODAY, timed=True).values == (TODAY, date(2026, 11, 22))


def test_a_year_that_is_a_time_is_one_beside_a_time() -> None:
    """`10 Dec 1930` may mean half past seven; with a time there is no other."""
    assert "may be a year or a time" in read("10 Dec 1930").problem
    assert read("10 Dec 1930", timed=True) == Choice((date(1930, 12, 10),))


@pytest.mark.parametrize(
    ("text", "right"), [("11th", True), ("11st", False), ("22nd", True), ("22th", False)]
)
def test_an_ordinal_with_a_wrong_ending_is_in_doubt(text: str, *, right: bool) -> None:
    """`11st` may be the 1st or the 11th."""
    assert ("is not how a day is written" in read(f"{text} Dec").problem) is not right
