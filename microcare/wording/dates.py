"""Dates, clock times and distances in the words that a receptionist reads aloud."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from microcare.language import locales
from microcare.language.messages import count, find_spoken, say
from microcare.wording.slots import may_be_open

if TYPE_CHECKING:
    from microcare.core.sheet.desk import OpenSpan
    from microcare.core.sheet.points import DayTime

# Spelt out here because strftime follows the machine's locale.
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_SHORT = 3
_NOON = 12


@may_be_open(22, has_year=True)
def full_date(day: date) -> str:
    """Return a date in full words: "Thursday 10 December 2026"."""
    if find_spoken() is not None:
        return locales.full_text(day)
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


@may_be_open(10, has_year=True)
def short_date(day: date, year: int | None = None, *, aligned: bool = False) -> str:
    """Return a date in short: "Thu 10 Dec 2026", without its year where that is `year`.

    If `aligned`, its parts stand below those of others: "Tue  1 Dec".
    """
    if find_spoken() is not None:
        text = locales.short_text(day, year=day.year != year)
        return text.replace(f" {day.day} ", f" {day.day:>2} ") if aligned else text
    number = f"{day.day:>2}" if aligned else f"{day.day}"
    text = f"{short_weekday(day)} {number} {short_month(day)}"
    return text if day.year == year else f"{text} {day.year}"


@may_be_open(6, has_year=True)
def plain_date(day: date, year: int | None = None) -> str:
    """Return a date in short without its weekday: "10 Dec 2026", without the year `year`."""
    if find_spoken() is not None:
        return locales.short_text(day, year=day.year != year, weekday=False)
    text = f"{day.day} {short_month(day)}"
    return text if day.year == year else f"{text} {day.year}"


@may_be_open(3, has_year=False)
def short_weekday(day: date) -> str:
    """Return a date's day of the week in short: "Sat"."""
    if find_spoken() is not None:
        return locales.weekday_text(day)
    return WEEKDAYS[day.weekday()][:_SHORT]


def short_month(day: date) -> str:
    """Return a date's month in short: "Dec"."""
    if find_spoken() is not None:
        return locales.month_text(day)
    return MONTHS[day.month - 1][:_SHORT]


def clock_time(local: datetime) -> str:
    """Return a wall-clock time: "2:30 pm", with its offset where the clock shows it twice."""
    text = clock_words(local.hour * 60 + local.minute, local.second)
    if local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset():
        return f"{text} ({utc_offset(local)})"
    return text


def clock_words(minutes: int, seconds: int = 0) -> str:
    """Return minutes from midnight as a clock time: "8:00 am"; 24 hours are midnight."""
    if find_spoken() is not None:
        return locales.clock_text(minutes, seconds)
    hour, minute = divmod(minutes, 60)
    half = "am" if hour % 24 < _NOON else "pm"
    return f"{hour % _NOON or _NOON}:{minute:02}{f':{seconds:02}' if seconds else ''} {half}"


def spoken_time(minutes: int) -> str:
    """Return minutes from midnight as one says them: "10:30 am", "noon"."""
    return say("noon") if minutes == _NOON * 60 else clock_words(minutes)


def part_words(part: DayTime) -> str:
    """Return when a part of the day is: "10:30 pm", "7:00 pm to 9:00 pm"."""
    first, last = clock_words(part.least), clock_words(part.most)
    return first if first == last else say("{first} to {last}", first=first, last=last)


def opening_hours(spans: Iterable[OpenSpan]) -> str:
    """Return spans of a week as a desk writes them: "mon-fri 09:00-17:00, sat 09:00-12:00"."""
    week = {
        day: " ".join(f"{_hours(each.opens)}-{_hours(each.closes)}" for each in group)
        for day, group in groupby(spans, key=lambda each: each.weekday)
    }
    runs: list[list[int]] = []
    for day, hours in week.items():
        if runs and day - 1 == runs[-1][-1] and week[day - 1] == hours:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(
        "-".join(WEEKDAYS[day][:_SHORT].lower() for day in dict.fromkeys((run[0], run[-1])))
        + f" {week[run[0]]}"
        for run in runs
    )


def _hours(time: timedelta) -> str:
    hour, minute = divmod(time // timedelta(minutes=1), 60)
    return f"{hour:02}:{minute:02}"


def utc_offset(local: datetime) -> str:
    """Return an aware time's offset: "UTC−05:00"."""
    offset = local.utcoffset() or timedelta()
    minutes = round(abs(offset).total_seconds() / 60)
    sign = "−" if offset < timedelta() else "+"
    return f"UTC{sign}{minutes // 60:02}:{minutes % 60:02}"


def distance_words(days: int) -> str:
    """Return a number of days from today in words: "tomorrow", "in 19 days", "3 days ago"."""
    match days:
        case 0:
            return say("today")
        case 1:
            return say("tomorrow")
        case -1:
            return say("yesterday")
        case _ if days > 0:
            return count("in {number} day", "in {number} days", days)
        case _:
            return count("{number} day ago", "{number} days ago", -days)


def signed_days(days: int) -> str:
    """Return a distance from the treatment day: "−3", "0", "+10"."""
    return "0" if days == 0 else f"{'−' if days < 0 else '+'}{abs(days)}"
