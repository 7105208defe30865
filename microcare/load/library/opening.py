"""Opening hours and closed dates as a desk writes them: read, and refused where misread."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from microcare.core.sheet.desk import OpeningHours, OpenSpan
from microcare.load.clock_times import DAY, parse_clock
from microcare.load.source.refusals import PhraseError, find_nearest, quote, suggest
from microcare.wording.dates import WEEKDAYS, opening_hours

if TYPE_CHECKING:
    from microcare.load.library.settings import Settings

_EXAMPLE = "write them like mon-fri 9:00-17:00, sat 9:00-12:00"
_DATES = "write dates like 2026-12-24, 2026-12-25"
_CLOCK = r"\d{1,2}(?:[:.]\d{2})?(?: ?[ap]\.?m\.?)?|noon|midday|midnight"
_PART = re.compile(
    rf"(?P<opens>{_CLOCK})-(?P<closes>{_CLOCK})(?![\w:.])"
    r"|(?P<first>[a-z]+\.?)(?:-(?P<last>[a-z]+\.?))?(?![\w:])|[,;&+]|(?P<odd>\S+)"
)
_SHORT = {
    **{name[:length].lower(): day for day, name in enumerate(WEEKDAYS) for length in (2, 3, 20)},
    "tues": 1,
    "weds": 2,
    "thur": 3,
    "thurs": 3,
}


def read_opening(settings: Settings) -> OpeningHours:
    """Return when the clinic is open, as it is configured; raises PhraseError.

    What `earliest` takes for `--on`, `--between` and `--not` where nothing else is said.
    """
    return OpeningHours(
        parse_hours(settings.hours) if settings.hours is not None else (),
        tuple(sorted({parse_closed(each) for each in settings.holidays})),
    )


def parse_hours(text: str) -> tuple[OpenSpan, ...]:
    """Return the spans of `mon-fri 9:00-12:00 13:00-17:00, sat 9:00-12:00`; raises PhraseError.

    Days and times stand in turn; a day that is not named is closed. `9:00` is taken as it stands
    beside a time that only a clock of 24 hours has, and where the two have no other reading.
    """
    days: list[int] = []
    timed = True
    spans: list[OpenSpan] = []
    for part in _PART.finditer(re.sub(r"\s*[-–—−]\s*", "-", " ".join(text.lower().split()))):
        if part["odd"]:
            raise PhraseError(f"{quote(part['odd'])} is neither a weekday nor hours.", _EXAMPLE)
        if part["first"]:
            days = [*([] if timed else days), *_read_days(part["first"], part["last"])]
            timed = False
        elif part["opens"]:
            if not days:
                raise PhraseError(f"{quote(part[0])} stands without a weekday.", _EXAMPLE)
            opens, closes = _read_span(part["opens"], part["closes"])
            spans += (OpenSpan(day, opens, closes) for day in days)
            timed = True
    if not spans or not timed:
        missing = f"{quote(text)} lacks the hours of a day." if days else "No hours are given."
        raise PhraseError(missing, _EXAMPLE)
    return _put_in_order(spans)


def _read_days(first: str, last: str | None) -> list[int]:
    start = _find_weekday(first)
    end = start if last is None else _find_weekday(last)
    return [(start + each) % 7 for each in range((end - start) % 7 + 1)]


def _find_weekday(word: str) -> int:
    name = word.removesuffix(".")
    for each in (name, name.removesuffix("s")):
        if each in _SHORT:
            return _SHORT[each]
    near = find_nearest(name, _SHORT) if len(name) > 2 else None
    raise PhraseError(f"{quote(word)} is no day of the week.", suggest(near) or _EXAMPLE)


def _read_span(opens: str, closes: str) -> tuple[timedelta, timedelta]:
    typed = f"{opens}-{closes}"
    firsts = [each for each in _list_times(opens) if each < DAY]
    lasts = [each for each in _list_times(closes) if timedelta() < each <= DAY]
    if not firsts or not lasts:
        raise PhraseError(f"{quote(typed)} are no times of day.", _EXAMPLE)
    readings = [(begin, end) for begin in firsts for end in lasts if begin < end]
    literal = firsts[0], lasts[0]
    # Nobody writes 7:30-20:00 for half past seven in the evening.
    by_24_hours = any(
        len(times) == 1 and word[-1].isdigit() for times, word in ((firsts, opens), (lasts, closes))
    )
    if literal in readings and (by_24_hours or len(readings) == 1):
        return literal
    if not readings:
        message = f"{quote(typed)} ends before it begins."
        raise PhraseError(message, "hours past midnight are two: fri 20:00-24:00, sat 00:00-02:00")
    meant = [opening_hours([OpenSpan(0, *each)]).removeprefix("mon ") for each in readings]
    message = f"{quote(typed)} may be morning or afternoon."
    raise PhraseError(message, f"write {' or '.join(meant)}")


def _list_times(word: str) -> tuple[timedelta, ...]:
    """Return what a clock time may mean, as it stands first; nothing where it is none."""
    if word in {"noon", "midday"}:
        return (DAY / 2,)
    reading = parse_clock(word.replace(".", ":", 1) if word[-1].isdigit() else word)
    return reading.values if reading else ()


def _put_in_order(spans: Iterable[OpenSpan]) -> tuple[OpenSpan, ...]:
    ordered = sorted(spans, key=lambda each: (each.weekday, each.opens))
    for one, other in pairwise(ordered):
        if one.weekday == other.weekday and other.opens < one.closes:
            message = f"The hours of {WEEKDAYS[one.weekday]} overlap."
            raise PhraseError(message, "name each day once, or hours that lie apart")
    return tuple(ordered)


def parse_holidays(text: str) -> tuple[date, ...]:
    """Return the dates of `2026-12-24, 2026-12-25`, each once and ascending; raises PhraseError."""
    words = re.split(r"[\s,;]+", text.strip(" \t\r\n,;"))
    if words == [""]:
        raise PhraseError("No dates are given.", _DATES)
    return tuple(sorted({parse_closed(each) for each in words}))


def parse_closed(text: str) -> date:
    """Return the date of `2026-12-24`; raises PhraseError."""
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        raise PhraseError(f"There is no day {quote(text)}.", _DATES) from None
    raise PhraseError(f"{quote(text)} is no date.", _DATES)
