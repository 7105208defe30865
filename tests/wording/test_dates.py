"""Dates in English words, whatever the machine's locale."""

from __future__ import annotations

from datetime import date

from microcare.wording.dates import full_date, short_date


def test_full_date_has_every_word() -> None:
    """Weekday, day, month and year, in English whatever the machine speaks."""
    assert full_date(date(2026, 12, 10)) == "Thursday 10 December 2026"


def test_short_date_has_its_year_only_where_it_differs() -> None:
    """Most of a plan lies in one year."""
    assert short_date(date(2026, 12, 10), 2026) == "Thu 10 Dec"
    assert short_date(date(2027, 1, 7), 2026) == "Thu 7 Jan 2027"
    assert short_date(date(2026, 12, 10)) == "Thu 10 Dec 2026"
