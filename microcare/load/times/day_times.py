"""Times of day in a protocol file: clock times, parts of the day, and the parts it sets itself."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from microcare.core.sheet.points import TIMES_OF_DAY, DayTime
from microcare.core.sheet.problems import Code
from microcare.load.keys import DAY_PART_KEYS
from microcare.load.source.refusals import PhraseError, find_nearest, quote, suggest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from microcare.load.source.fields import Fields

WAKING = "waking"
"""The part of the day that is no part: the hours awake."""

# Compiled where first needed: most files name no time of day.
CLOCK = r"([0-9]{1,2})(?::([0-9]{2}))?(?: ?([ap])\.?m\.?)?"
_RANGE = r"(.+?) ?(?:\bto\b|-) ?(.+)"
_HINT = "write it like “08:00”, “9 pm” or “evening”"
_MIDNIGHT_HINT = "write “00:00” for the beginning of the day or “24:00” for its end"


def parse_day_time(text: str, times_of_day: Mapping[str, DayTime]) -> DayTime:
    """Return the clock time or the part of the day that a text names.

    Clock times have two digits (`08:00`, to `24:00`) or am or pm (`9 pm`, `8:30 am`); the parts
    are the keys of `times_of_day`, with or without “the”. Raises PhraseError.
    """
    words = _normalize(text)
    part = times_of_day.get(words.removeprefix("the "))
    if part is not None:
        return part
    if words == "midnight":
        raise PhraseError(f"{quote(text)} may be the beginning or the end.", _MIDNIGHT_HINT)
    found = re.fullmatch(CLOCK, words)
    if found is None:
        near = find_nearest(words, times_of_day)
        raise PhraseError(f"{quote(text)} is not a time of day.", suggest(near) or _HINT)
    minutes = _read_clock(text, *found.groups())
    return DayTime(minutes, minutes)


def parse_part(text: str, name: str) -> DayTime:
    """Return what a file sets a part of the day to: `22:30`, or `19:00 to 21:00`.

    `waking` is a range. Raises PhraseError.
    """
    found = re.fullmatch(_RANGE, _normalize(text))
    ends = [parse_day_time(each, {}) for each in (found.groups() if found else (text,))]
    least, most = ends[0].least, ends[-1].least
    if found is not None and most <= least:
        raise PhraseError(
            f"{quote(text)} ends before it begins.",
            "write the earlier time first; a day ends with 24:00",
        )
    if name == WAKING and most == least:
        raise PhraseError(f"{quote(text)} is no range.", "write it like “07:00 to 22:00”")
    return DayTime(least, most, name)


def read_times_of_day(fields: Fields) -> Mapping[str, DayTime]:
    """Return the parts of the day: those of the file's head, and the usual ones beside them."""
    stated = fields.mapping("times-of-day", DAY_PART_KEYS)
    if stated is None:
        return TIMES_OF_DAY
    found = dict(TIMES_OF_DAY)
    for name in DAY_PART_KEYS:
        part = stated.parsed(name, partial(parse_part, name=name), Code.BAD_TIME)
        if part is not None:
            found[name] = part
    return found


def _normalize(text: str) -> str:
    return " ".join(text.replace("–", "-").replace("—", "-").lower().split())


def _read_clock(text: str, hour_digits: str, minute_digits: str | None, half: str | None) -> int:
    """Return the minutes from midnight; raises PhraseError where they can't be told."""
    hour, minute = int(hour_digits), int(minute_digits or 0)
    if half is None and minute_digits is None:
        raise PhraseError(f"{quote(text)} is not enough for a time of day.", _HINT)
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        raise PhraseError(f"{quote(text)} is not a time of day.", _HINT)
    if half is not None and not 1 <= hour <= 12:
        raise PhraseError(f"{quote(text)} has an hour without am or pm.", "leave am or pm out")
    if half is not None:
        hour = hour % 12 + (12 if half == "p" else 0)
        if hour == minute == 0:
            raise PhraseError(f"{quote(text)} may be the beginning or the end.", _MIDNIGHT_HINT)
    elif len(hour_digits) < 2:
        early = f"{hour:02}:{minute:02}"
        late = f" or “{hour}:{minute:02} pm”" if hour else ""
        doubt = "may be morning or afternoon" if hour else "lacks a digit"
        raise PhraseError(f"{quote(text)} {doubt}.", f"write “{early}”{late}")
    return hour * 60 + minute
