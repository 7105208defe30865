"""The dates that the day part of a typed phrase may mean, seen from Sat 21 Nov 2026."""

from __future__ import annotations

from datetime import date

import pytest

from microcare.load.typed_date.day import read_day
from microcare.load.typed_date.tokens import read_tokens

TODAY = date(2026, 11, 21)
CLEAR = {
    "10 Dec": "2026-12-10",
    "21 Nov": "2026-11-21",
    "Dec 10th 2027": "2027-12-10",
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
    "2300-12-10": ([], "is not between 1900 and 2199"),
}


@pytest.mark.parametrize(("text", "day"), CLEAR.items())
def test_a_clear_day_is_one_date(text: str, day: str) -> None:
    """One value and no problem."""
    choice = read_day(read_tokens(text), TODAY)
    assert (choice.problem, [each.isoformat() for each in choice.values]) == ("", [day])


@pytest.mark.parametrize(("text", "expected"), UNCLEAR.items())
def test_an_unclear_day_has_its_readings(text: str, expected: tuple[list[str], str]) -> None:
    """Every date that may be meant, and what is wrong."""
    days, problem = expected
    choice = read_day(read_tokens(text), TODAY)
    assert [each.isoformat() for each in choice.values] == days
    assert problem in choice.problem


def test_no_day_may_be_today_or_tomorrow() -> None:
    """A time alone is not enough."""
    assert read_day((), TODAY).values == (TODAY, date(2026, 11, 22))
