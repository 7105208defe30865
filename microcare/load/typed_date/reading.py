"""A date typed for an appointment or for what was done: one reading is taken, else refused."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from microcare.load.typed_date.when import (
    EXAMPLE,
    When,
    WhenError,
    find_when,
    format_when,
    quote_typed,
    read_canonical,
)

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

LONGEST_PHRASE = 100
# Pasted text brings these; each stands for its plain one and for nothing else.
_SPACES = r"[ \t\n\r\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+"
_PLAIN = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212\u2018\u2019", "------''")


def parse_when(text: str, *, now: datetime, zone: ZoneInfo) -> When:
    """Return the one day or moment that `text` can mean, seen from `now` in `zone`.

    `now` is aware; it says what today is, and so which dates without a year have passed. Text
    with an offset is that instant, converted to `zone`. Raises `WhenError` for everything else:
    nothing is guessed, no word passed over.
    """
    if now.utcoffset() is None:
        raise ValueError("now must be aware")
    today = now.astimezone(zone).date()
    if problem := find_when(today, None, None, zone).problem:
        raise WhenError(problem)
    choice = read_canonical(text, zone)
    plain = text if choice else _clean_text(text)
    digits = "".join(str(int(c)) if c.isdecimal() else c for c in plain)
    if choice is None:
        from microcare.load.typed_date.phrase import Desk  # a program needs none: start-up counts
        from microcare.load.typed_date.words import mask_words

        choice = read_canonical(plain, zone) or Desk(today, zone).read(mask_words(digits))
    readings = tuple(dict.fromkeys(map(format_when, choice.values)))
    shown, problem = quote_typed(plain), choice.problem
    if digits != plain:
        problem = f"Write the numbers in {shown} with the digits 0 to 9."
    elif not problem and len(readings) > 1:
        problem = f"{shown} can be read in more than one way."
    if problem:
        raise WhenError(problem if shown in problem else f"{shown}: {problem}", readings)
    return choice.values[0]


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
        with suppress(WhenError):
            passed = parse_when(f"{text} {today.year}", now=now, zone=zone)
            if format_when(passed) in error.readings[:1]:
                return passed
        earlier = (_find_earlier(text, each, today) for each in error.readings)
        readings = sorted({*error.readings, *filter(None, earlier)})
        raise WhenError(error.message, tuple(readings)) from error
    from microcare.load.typed_date.words import mask_words  # start-up counts

    reading, kinds = format_when(when), {*mask_words(text).mask}
    before = _find_earlier(text, reading, today, by_week="M" not in kinds)
    if before is None or "R" in kinds or not kinds & {"M", "W"}:  # tomorrow, 2026-12-10
        return when
    shown = " ".join(text.split())[:60]
    message = f"'{shown}' may lie behind or ahead; give the whole date."
    raise WhenError(message, (before, reading))


def _find_earlier(text: str, reading: str, today: date, *, by_week: bool = False) -> str | None:
    """Return a reading that is to come a year or a week earlier, if `text` has not its year."""
    day = date.fromisoformat(reading[:10])
    if day > today and not re.search(rf"{day.year}|['’]{day.year % 100:02}", text):
        with suppress(ValueError):  # no 29 February
            earlier = day - timedelta(days=7) if by_week else day.replace(year=day.year - 1)
            return f"{earlier}{reading[10:]}"
    return None


def _clean_text(text: str) -> str:
    """Return the text with single plain spaces, plain dashes and apostrophes, or refuse it."""
    plain = re.sub(_SPACES, " ", text.translate(_PLAIN)).strip(" ")
    if not plain:
        raise WhenError(f"No date was given; {EXAMPLE}.")
    if len(plain) > LONGEST_PHRASE:
        raise WhenError(f"This is {len(plain)} characters long, too long for a date; {EXAMPLE}.")
    if not plain.isprintable():
        shown = quote_typed(plain)
        raise WhenError(f"There are invisible characters in {shown}; type the date by hand.")
    return plain
