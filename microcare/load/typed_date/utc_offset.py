"""The offset from UTC behind a typed time: 14:30-05:00, told from a visit of 09:00-10:00."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import product
from typing import TYPE_CHECKING

from microcare.load.clock_times import DAY
from microcare.load.typed_date.tokens import Choice, Token, TokenKind, quote_tokens
from microcare.load.typed_date.when import both_offsets

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo

    from microcare.load.typed_date.grammar import Split

_WIDEST = timedelta(hours=14)


def read_offset(
    split: Split, days: tuple[date, ...], hours: tuple[timedelta | None, ...], zone: ZoneInfo
) -> Choice[timedelta | None]:
    """Return what the offset of a split may be, None for none; days and hours are its others'."""
    token = split.offset
    if token is None:
        return Choice((None,))
    shown = quote_tokens([token])
    offset = _measure(token)
    if offset is None:
        problem = "is not an offset from UTC, which is 14 hours at most; give the start alone."
        return Choice((None,), f"{shown} {problem}")
    if {TokenKind.RELATIVE, TokenKind.WHICH} & {each.kind for each in split.day}:
        problem = f"The day depends on where it is; give the date when adding {shown}."
        return Choice((offset,), problem)
    starts = product(days, hours) if token.text.startswith("-") else ()
    if any(_may_be_end(split, offset, *start, zone) for start in starts):
        problem = f"{shown} may be an offset from UTC or an end time; give the local start alone."
        return Choice((None, offset), problem)
    return Choice((offset,))


def _measure(token: Token) -> timedelta | None:
    """Return the offset, or None if it is over 14 hours or has 60 minutes or more."""
    digits = "".join(token.numbers).ljust(6, "0")
    hours, minutes, seconds = (int(digits[place : place + 2]) for place in (0, 2, 4))
    size = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if minutes > 59 or seconds > 59 or size > _WIDEST:
        return None
    return -size if token.text.startswith("-") else size


def _may_be_end(
    split: Split, offset: timedelta, day: date, hour: timedelta | None, zone: ZoneInfo
) -> bool:
    """Tell whether `09:00-10:00` may be a visit from nine to ten, and `9am-05:00` one till five.

    It is none with an offset that `zone` has then, for the start is the same in either case, nor
    with seconds or the T of ISO 8601, which nobody types who means an end.
    """
    last = split.clock[-1]
    if hour is None or split.iso or len(last.numbers) > 2:
        return False
    later = -offset > hour % DAY or last.kind is TokenKind.HALF
    return later and offset not in both_offsets(datetime.combine(day, time(), zone) + hour % DAY)
