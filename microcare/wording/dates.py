"""Dates in English words, whatever the machine's locale."""

from __future__ import annotations

from datetime import date

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_SHORT = 3


def full_date(day: date) -> str:
    """Return a date in full words: "Thursday 10 December 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date, year: int | None = None) -> str:
    """Return a date in short: "Thu 10 Dec 2026", without its year where that is `year`."""
    text = f"{WEEKDAYS[day.weekday()][:_SHORT]} {day.day} {MONTHS[day.month - 1][:_SHORT]}"
    return text if day.year == year else f"{text} {day.year}"
