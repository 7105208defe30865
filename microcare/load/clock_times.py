"""Clock times as people write them, to times from midnight; what can be misread is told apart."""

from __future__ import annotations

import re
from datetime import timedelta
from enum import Enum, auto

from microcare.core.values import value

CLOCK = r"([0-9]{1,2})(?::([0-9]{2}))?(?: ?([ap])\.?m\.?)?"
"""What is written as a clock time, one or not: its hour, minutes, and a or p. In small letters."""

DAY = timedelta(days=1)
_HALF_DAY = DAY / 2
_HOUR = timedelta(hours=1)


class ClockFlaw(Enum):
    """What keeps a clock time from being one time."""

    NO_SUCH_TIME = auto()  # 25:00, 08:60
    BARE_HOUR = auto()  # 9
    MORNING_OR_AFTERNOON = auto()  # 9:00
    LACKS_DIGIT = auto()  # 0:30
    PAST_LAST_HOUR = auto()  # 24:00, 24:30
    NO_HALF_HAS_IT = auto()  # 13 pm, 0:30 am
    MIDNIGHT = auto()  # 12 am: the day's beginning or its end


@value
class ClockReading:
    """The times that may be meant, from the beginning of the day; without a flaw the one that is.

    Those past 24:00 are the next day's.
    """

    times: tuple[timedelta, ...]
    flaw: ClockFlaw | None = None


MIDNIGHT = ClockReading((timedelta(), DAY), ClockFlaw.MIDNIGHT)


def parse_clock(words: str) -> ClockReading | None:
    """Return the reading of `08:00`, `9 pm` or `midnight`, None for what is no clock time.

    `words` are in small letters, with single spaces.
    """
    if words == "midnight":
        return MIDNIGHT
    found = re.fullmatch(CLOCK, words)
    return read_clock(found[1], found[2], half=found[3]) if found else None


def read_clock(
    hour_digits: str, minute_digits: str | None, half: str | None = None, *, second: int = 0
) -> ClockReading:
    """Return the reading of digits as they were written: `02:30` is clear where `2:30` is not.

    `half` is a or p; 12 pm is noon, as on every digital clock.
    """
    hour, minute = int(hour_digits), int(minute_digits or 0)
    written = timedelta(hours=hour, minutes=minute, seconds=second)
    if minute_digits is None and half is None:
        times = _both_halves(written) if not hour_digits.startswith("0") else (written,)
        return ClockReading(times if written < DAY else (), ClockFlaw.BARE_HOUR)
    if hour > 24 or minute > 59 or second > 59 or len(minute_digits or "00") < 2:
        return ClockReading((), ClockFlaw.NO_SUCH_TIME)
    if half is not None:
        return _read_half(written, half)
    if hour == 24:
        return ClockReading((written - DAY, written), ClockFlaw.PAST_LAST_HOUR)
    if len(hour_digits) > 1:
        return ClockReading((written,))
    flaw = ClockFlaw.MORNING_OR_AFTERNOON if hour else ClockFlaw.LACKS_DIGIT
    return ClockReading(_both_halves(written), flaw)


def _read_half(written: timedelta, half: str) -> ClockReading:
    halves = _both_halves(written)
    if len(halves) < 2:
        return ClockReading(halves, ClockFlaw.NO_HALF_HAS_IT)
    time = halves["ap".index(half)]
    if time:
        return ClockReading((time,))
    # 12 am is also written for noon.
    return ClockReading((*MIDNIGHT.times, _HALF_DAY), MIDNIGHT.flaw)


def _both_halves(written: timedelta) -> tuple[timedelta, ...]:
    """Return the time before noon and the one after, for an hour from 1 to 12; else only itself."""
    if not _HOUR <= written < 13 * _HOUR:
        return (written,)
    return (written % _HALF_DAY, written % _HALF_DAY + _HALF_DAY)
