"""A date typed for what lies behind, or for what is planned: without a year it is a past one."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from microcare.load.typed_date.phrase import parse_when
from microcare.load.typed_date.when import When, WhenError, format_when
from microcare.wording.dates import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_MONTH = re.compile("|".join(each[:3].lower() for each in MONTHS))
_WEEKDAY = re.compile("|".join(each[:2].lower() for each in WEEKDAYS))


def parse_last(text: str, *, now: datetime, zone: ZoneInfo) -> When:
    """Return the day or moment that `text` can mean, of something that was done or is planned.

    A date without a year that has passed this year is this year's. One that is to come may be last
    year's, and a weekday last week's, so that it is refused with both. Raises WhenError as
    `parse_when` does.
    """
    today = now.astimezone(zone).date()
    try:
        when = parse_when(text, now=now, zone=zone)
    except WhenError as error:
        passed = _read_in_year(text, today.year, now, zone)
        if passed is not None and format_when(passed) in error.readings[:1]:
            return passed
        raise WhenError(error.message, _add_earlier(text, error.readings, now, zone)) from error
    earlier = _find_earlier(text, when)
    if when.date <= today or earlier is None:
        return when
    time = "" if when.start is None else f" {when.start:%H:%M}"
    shown = " ".join(text.split())[:60]
    message = f"'{shown}' may lie behind or ahead; give the whole date."
    raise WhenError(message, (f"{earlier}{time}", format_when(when)))


def _read_in_year(text: str, year: int, now: datetime, zone: ZoneInfo) -> When | None:
    with suppress(WhenError):
        return parse_when(f"{text} {year}", now=now, zone=zone)
    return None


def _add_earlier(
    text: str, readings: tuple[str, ...], now: datetime, zone: ZoneInfo
) -> tuple[str, ...]:
    """Return what may be meant, without its year last year's too, in order."""
    found = set(readings)
    for each in readings:
        when = parse_when(each, now=now, zone=zone)
        is_ahead = when.date > now.astimezone(zone).date()
        if is_ahead and _states_no_year(text, when.date):
            with suppress(ValueError):
                day = when.date.replace(year=when.date.year - 1)
                found.add(each.replace(f"{when.date}", f"{day}"))
    return tuple(sorted(found))


def _states_no_year(text: str, day: date) -> bool:
    return re.search(rf"{day.year}|['’]{day.year % 100:02}", text) is None


def _find_earlier(text: str, when: When) -> date | None:
    """Return the date that a text may mean too, None where it has its year or says “tomorrow”."""
    day, words = when.date, text.lower()
    if not _states_no_year(text, day):
        return None
    if _MONTH.search(words):
        with suppress(ValueError):
            return day.replace(year=day.year - 1)
        return None
    return day - timedelta(days=7) if _WEEKDAY.match(words.strip()) else None
