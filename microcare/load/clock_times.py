"""Clock times as people write them, to times from midnight; what can be misread is told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from microcare.core.values import value

T = TypeVar("T")

CLOCK = r"([0-9]{1,2})(?::([0-9]{2}))?(?: ?([ap])\.?m\.?)?"
"""What is written as a clock time, one or not: its hour, minutes, and a or p. In small letters."""

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
_NOON = DAY / 2


class ClockFlaw(StrEnum):
    """What keeps a clock time from being one time, as a typed date is refused for it."""

    NO_SUCH_TIME = "is not a time of day; write it as 14:30 or 2:30 pm."  # 25:00, 08:60
    BARE_HOUR = "is not enough for a time; write it as 14:00 or 2 pm."  # 9
    MORNING_OR_AFTERNOON = "may be morning or afternoon; write two digits or add am or pm."  # 9:00
    LACKS_DIGIT = "lacks a digit; write it as 00:{minute}."  # 0:30
    PAST_LAST_HOUR = "is past the last hour, 23; write 00:{minute} with the day it is on."  # 24:30
    NO_HALF_HAS_IT = "has an hour that does not go with am or pm; leave am or pm out."  # 13 pm
    MIDNIGHT = "may be the start or the end of the day; write 00:00 with the day it begins."


@value
class Choice(Generic[T]):
    """What may be meant: any of `values`, or without a sentence about a `problem` the only one."""

    values: tuple[T, ...]
    problem: str = ""

    @classmethod
    def join(cls, choices: Iterable[Choice[T]]) -> Choice[T]:
        """Return all that some choices may be, with the first problem there is."""
        every = tuple(choices)
        values = tuple(value for choice in every for value in choice.values)
        return cls(values, next((each.problem for each in every if each.problem), ""))


MIDNIGHT = Choice((timedelta(), DAY), ClockFlaw.MIDNIGHT)
_TWELVE_AM = Choice((*MIDNIGHT.values, _NOON), ClockFlaw.MIDNIGHT)  # also written for noon


def parse_clock(words: str) -> Choice[timedelta] | None:
    """Return the times of `08:00`, `9 pm` or `midnight`, None for what is no clock time.

    `words` are in small letters, with single spaces. What may be wrong is a `ClockFlaw`.
    """
    if words == "midnight":
        return MIDNIGHT
    found = re.fullmatch(CLOCK, words)
    return read_clock(found[1], found[2], half=found[3]) if found else None


def read_clock(
    hour_digits: str, minute_digits: str | None, half: str | None = None, *, second: int = 0
) -> Choice[timedelta]:
    """Return the times of digits as they were written: `02:30` is clear where `2:30` is not.

    They count from the beginning of the day; those past 24:00 are the next day's. `half` is a or p;
    12 pm is noon, as on every digital clock.
    """
    hour, minute = int(hour_digits), int(minute_digits or 0)
    written = timedelta(hours=hour, minutes=minute, seconds=second)
    before_noon = written % _NOON
    halves = (before_noon, before_noon + _NOON) if HOUR <= written < 13 * HOUR else (written,)
    if minute_digits is None and not half:
        times = halves if hour_digits[0] != "0" else (written,)
        return Choice(times if written < DAY else (), ClockFlaw.BARE_HOUR)
    if hour > 24 or minute > 59 or second > 59 or len(minute_digits or "00") < 2:
        return Choice((), ClockFlaw.NO_SUCH_TIME)
    if half and len(halves) < 2:
        return Choice(halves, ClockFlaw.NO_HALF_HAS_IT)
    if half:
        time = halves["ap".index(half)]
        return Choice((time,)) if time else _TWELVE_AM
    if hour == 24:
        return Choice((written - DAY, written), ClockFlaw.PAST_LAST_HOUR)
    if len(hour_digits) > 1:
        return Choice((written,))
    return Choice(halves, ClockFlaw.MORNING_OR_AFTERNOON if hour else ClockFlaw.LACKS_DIGIT)
