"""The times and the offset that a typed phrase may mean, and what is wrong if not just one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import product
from typing import TYPE_CHECKING

from microcare.load.clock_times import DAY, MIDNIGHT, ClockFlaw, ClockReading, read_clock
from microcare.load.typed_date.grammar import Split
from microcare.load.typed_date.tokens import Choice, Token, TokenKind, quote_tokens
from microcare.load.typed_date.when import both_offsets

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_WIDEST_OFFSET = timedelta(hours=14)
_FLAWS = {
    ClockFlaw.NO_SUCH_TIME: "is not a time of day; write it as 14:30 or 2:30 pm",
    ClockFlaw.BARE_HOUR: "is not enough for a time; write it as 14:00 or 2 pm",
    ClockFlaw.MORNING_OR_AFTERNOON: "may be morning or afternoon; write two digits or add am or pm",
    ClockFlaw.LACKS_DIGIT: "lacks a digit; write it as 00:{minute}",
    ClockFlaw.PAST_LAST_HOUR: "is past the last hour, 23; write 00:{minute} with the day it is on",
    ClockFlaw.NO_HALF_HAS_IT: "has an hour that does not go with am or pm; leave am or pm out",
    ClockFlaw.MIDNIGHT: (
        "may be the start or the end of the day; write 00:00 with the day it begins"
    ),
}


def read_hour(tokens: tuple[Token, ...]) -> Choice[timedelta | None]:
    """Return the times the tokens may mean, from the beginning of the day; None for all of it.

    No tokens mean the whole day. 24:00 is 00:00 one day on.
    """
    words = [token for token in tokens if token.kind is not TokenKind.AT]
    if not words:
        return Choice((None,))
    shown = quote_tokens(words)
    first, *halves = words
    half = halves[0].text[0].lower() if halves else None
    match first.kind:
        case TokenKind.OFFSET:
            return _read_lone_offset(first)
        case TokenKind.NAMED:
            noon = first.values == (12,)
            reading = ClockReading((timedelta(hours=12),)) if noon else MIDNIGHT
        case TokenKind.NUMBER | TokenKind.HOUR:
            reading = read_clock(first.numbers[0], None, half)
        case TokenKind.COMPACT | TokenKind.YEAR:
            # Never settled: 2026 is a year as well as nearly half past eight.
            problem = f"{shown} is not clearly a time; write it with a colon, as in 14:30."
            return Choice(read_clock(first.text[:-2], first.text[-2:], half).times, problem)
        case _:
            hour, minute, second, fraction = (*first.numbers, "0", "0")[:4]
            reading = read_clock(hour, minute, half, second=int(second))
            if reading.times and fraction.strip("0"):
                whole = read_clock(hour, minute, second=int(second)).times[:1]
                return Choice(whole, f"{shown} has parts of a second; leave them out.")
    times, flaw = reading.times, reading.flaw
    if flaw is None:
        return Choice(times)
    if flaw is ClockFlaw.NO_HALF_HAS_IT:
        times = (times[0] % DAY,)
    problem = _FLAWS[flaw if times else ClockFlaw.NO_SUCH_TIME]
    return Choice(times, f"{shown} {problem.format(minute=''.join(first.numbers[1:2]))}.")


def _read_lone_offset(token: Token) -> Choice[timedelta | None]:
    """Read an offset without a time, or -14:30, where the dash may stand before a time."""
    digits = "".join(token.numbers)
    dashed = token.text.startswith("-") and len(digits) == 4
    times = read_clock(digits[:2], digits[2:]).times if dashed else ()
    problem = "stands without a time before it; add the time or leave it out."
    return Choice((*times, None), f"{quote_tokens([token])} {problem}")


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
    if minutes > 59 or seconds > 59 or size > _WIDEST_OFFSET:
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
