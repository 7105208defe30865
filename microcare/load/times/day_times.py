"""Times of day in a protocol file: clock times, parts of the day, and the parts it sets itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from microcare.core.sheet.points import TIMES_OF_DAY, DayTime
from microcare.core.sheet.problems import Code
from microcare.load.clock_times import DAY, Choice, ClockFlaw, parse_clock
from microcare.load.keys import DAY_PART_KEYS
from microcare.load.source.fields import Fields
from microcare.load.source.refusals import PhraseError, find_nearest, quote, suggest
from microcare.load.times.quantities import normalize

WAKING = "waking"
"""The part of the day that is no part: the hours awake."""

_END_OF_DAY = Choice((timedelta(), DAY), ClockFlaw.PAST_LAST_HOUR)
"""24:00, which a protocol's day may end with."""

_RANGE = r"(.+?) ?(?:\bto\b|-) ?(.+)"
_HINT = "write it like “08:00”, “9 pm” or “evening”"
_FLAWS: Mapping[str, tuple[str, str]] = {
    ClockFlaw.NO_SUCH_TIME: ("is not a time of day", _HINT),
    ClockFlaw.BARE_HOUR: ("is not enough for a time of day", _HINT),
    ClockFlaw.MORNING_OR_AFTERNOON: (
        "may be morning or afternoon",
        "write “0{clock}” or “{clock} pm”",
    ),
    ClockFlaw.LACKS_DIGIT: ("lacks a digit", "write “0{clock}”"),
    ClockFlaw.NO_HALF_HAS_IT: ("has an hour without am or pm", "leave am or pm out"),
    ClockFlaw.MIDNIGHT: (
        "may be the beginning or the end",
        "write “00:00” for the beginning of the day or “24:00” for its end",
    ),
}
"""What is wrong with a clock time, and what to write instead of it."""


def parse_day_time(text: str, times_of_day: Mapping[str, DayTime]) -> DayTime:
    """Return the clock time or the part of the day that a text names.

    Clock times have two digits (`08:00`, to `24:00`) or am or pm (`9 pm`, `8:30 am`); the parts
    are the keys of `times_of_day`, with or without “the”. Raises PhraseError.
    """
    words = normalize(text)
    part = times_of_day.get(words.removeprefix("the "))
    if part is not None:
        return part
    clock = parse_clock(words)
    if clock is None:
        near = find_nearest(words, times_of_day)
        raise PhraseError(f"{quote(text)} is not a time of day.", suggest(near) or _HINT)
    if clock.problem and clock != _END_OF_DAY:
        is_past = clock.values and clock.values[-1] > DAY
        problem, remedy = _FLAWS[ClockFlaw.NO_SUCH_TIME if is_past else clock.problem]
        raise PhraseError(f"{quote(text)} {problem}.", remedy.format(clock=words))
    minutes = clock.values[-1] // timedelta(minutes=1)
    return DayTime(minutes, minutes)


def parse_part(text: str, name: str) -> DayTime:
    """Return what a file sets a part of the day to: `22:30`, or `19:00 to 21:00`.

    `waking` is a range. Raises PhraseError.
    """
    found = re.fullmatch(_RANGE, normalize(text))
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
