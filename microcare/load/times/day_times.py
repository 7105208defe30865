"""Times of day in a protocol file: clock times, parts of the day, and the parts it sets itself."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from microcare.core.sheet.points import TIMES_OF_DAY, DayTime
from microcare.load.clock_times import DAY, ClockFlaw, ClockReading, parse_clock
from microcare.load.keys import DAY_PART_KEYS
from microcare.load.source.refusals import Code, PhraseError, quote, suggest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from microcare.load.source.fields import Fields

WAKING = "waking"
"""The part of the day that is no part: the hours awake."""

_END_OF_DAY = ClockReading((timedelta(), DAY), ClockFlaw.PAST_LAST_HOUR)
"""24:00, which a protocol's day may end with."""

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
    clock = parse_clock(words)
    if clock is None:
        near = suggest(words, times_of_day)
        raise PhraseError(f"{quote(text)} is not a time of day.", near or _HINT)
    if clock.flaw is not None and clock != _END_OF_DAY:
        raise _word_flaw(text, clock)
    minutes = _minutes(clock.times[-1])
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


def _word_flaw(text: str, clock: ClockReading) -> PhraseError:
    """Return the refusal of a clock time that is not one time."""
    shown = quote(text)
    match clock.flaw:
        case ClockFlaw.BARE_HOUR:
            return PhraseError(f"{shown} is not enough for a time of day.", _HINT)
        case ClockFlaw.NO_HALF_HAS_IT if clock.times[0] <= DAY:
            return PhraseError(f"{shown} has an hour without am or pm.", "leave am or pm out")
        case ClockFlaw.MIDNIGHT:
            return PhraseError(f"{shown} may be the beginning or the end.", _MIDNIGHT_HINT)
        case ClockFlaw.MORNING_OR_AFTERNOON:
            hour, minute = divmod(_minutes(clock.times[0]), 60)
            hint = f"write “{hour:02}:{minute:02}” or “{hour}:{minute:02} pm”"
            return PhraseError(f"{shown} may be morning or afternoon.", hint)
        case ClockFlaw.LACKS_DIGIT:
            hint = f"write “00:{_minutes(clock.times[0]):02}”"
            return PhraseError(f"{shown} lacks a digit.", hint)
        case _:
            return PhraseError(f"{shown} is not a time of day.", _HINT)


def _minutes(time: timedelta) -> int:
    return time // timedelta(minutes=1)
