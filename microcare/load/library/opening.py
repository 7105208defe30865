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
    r"|(?P<days>[a-z]+\.?(?:-[a-z]+\.?)?)(?![\w:])|[,;&+]|(?P<odd>\S+)"
)


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
        if part["days"]:
            days = [*([] if timed else days), *list_weekdays(part[0])]
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


def list_weekdays(
    text: str, unknown: str = "is no day of the week", hint: str = _EXAMPLE
) -> list[int]:
    """Return the days of `tue` or `mon-fri`, 0 for Monday, both ends included.

    They are named in full or by their beginning, also as many. Raises PhraseError, which says what
    a word is that is `unknown`, and hints at the nearest.
    """
    first, *others = (_find_weekday(word, text, unknown, hint) for word in text.split("-"))
    last = others[-1] if others else first
    return [(first + each) % 7 for each in range((last - first) % 7 + 1)]


def _find_weekday(word: str, text: str, unknown: str, hint: str) -> int:
    name = word.lower().rstrip(".").removesuffix("s")
    found = [day for day, full in enumerate(WEEKDAYS) if full.lower().startswith(name)]
    if len(name) > 1 and found:  # no two begin with the same two letters
        return found[0]
    known = [full[:length].lower() for full in WEEKDAYS for length in (3, 20)]
    near = find_nearest(word.rstrip("."), known) if len(word) > 2 else None
    raise PhraseError(f"{quote(word or text)} {unknown}.", suggest(near) or hint)


def _read_span(opens: str, closes: str) -> tuple[timedelta, timedelta]:
    typed = f"{opens}-{closes}"
    firsts = [each for each in list_times(opens) if each < DAY]
    lasts = [each for each in list_times(closes) if timedelta() < each <= DAY]
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


def list_times(word: str) -> tuple[timedelta, ...]:
    """Return what a clock time in small letters may mean, as it stands first; none: nothing."""
    if word in {"noon", "midday"}:
        return (DAY / 2,)
    reading = parse_clock(word.replace(".", ":", 1) if word[-1:].isdigit() else word)
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
