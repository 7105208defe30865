"""The times and the offset that a typed phrase may mean, and what is wrong if not just one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from microcare.load.clock_times import DAY, MIDNIGHT, ClockFlaw, ClockReading, read_clock
from microcare.load.typed_date.tokens import TokenKind, Tokens, quote_tokens
from microcare.load.typed_date.when import Choice, find_both_offsets

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

# What a time is spelt like, in the letters of TokenKind: alone, before a day, and after one.
CLOCK_SHAPE = re.compile("a?([TGC]P?|[DH]P|L|H)O?|aD")
EARLY_CLOCK_SHAPE = re.compile(f"(?!G-?$)({CLOCK_SHAPE.pattern})-?")  # but 10.12 Dec 29
LATE_CLOCK_SHAPE = re.compile(f"[i-]?({CLOCK_SHAPE.pattern}|D|a?Y|[DY]O|O)")
# What joins a time to its day and is no part of either.
_JOINTS = {TokenKind.AT, TokenKind.ISO, TokenKind.DASH}
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


def read_hour(tokens: Tokens) -> Choice[timedelta | None]:
    """Return the times the tokens may mean, from the beginning of the day; None for all of it.

    No tokens mean the whole day. 24:00 is 00:00 one day on. An offset after a time is left out.
    """
    if not tokens:
        return Choice((None,))
    words = [token for token in tokens if token.kind not in _JOINTS]
    timed = [token for token in words if token.kind is not TokenKind.OFFSET]
    shown = quote_tokens(timed or words)
    first, *halves = timed or words
    half = halves[0].text[0].lower() if halves else None
    match first.kind:
        case TokenKind.OFFSET:  # a lone one, or -14:30, where the dash may stand before a time
            digits = "".join(first.numbers)
            dashed = first.text.startswith("-") and len(digits) == 4
            times = read_clock(digits[:2], digits[2:]).times if dashed else ()
            problem = "stands without a time before it; add the time or leave it out."
            return Choice((*times, None), f"{shown} {problem}")
        case TokenKind.NAMED:
            reading = ClockReading((DAY / 2,)) if first.values == (12,) else MIDNIGHT
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


def read_offset(
    day: Tokens, clock: Tokens, starts: Iterable[tuple[date, timedelta | None]], zone: ZoneInfo
) -> Choice[timedelta | None]:
    """Return what the offset after a time may be, None for none.

    `starts` are the days and times that `day` and `clock` may mean without it.
    """
    words = [each for each in clock if each.kind not in _JOINTS]
    if len(words) < 2 or words[-1].kind is not TokenKind.OFFSET:
        return Choice((None,))
    last, token = words[-2:]
    shown = quote_tokens([token])
    digits = "".join(token.numbers).ljust(6, "0")
    hours, minutes, seconds = (int(digits[index : index + 2]) for index in (0, 2, 4))
    size = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if minutes > 59 or seconds > 59 or size > _WIDEST_OFFSET:
        problem = "is not an offset from UTC, which is 14 hours at most; give the start alone."
        return Choice((None,), f"{shown} {problem}")
    offset = -size if token.text.startswith("-") else size
    if {TokenKind.RELATIVE, TokenKind.WHICH} & {each.kind for each in day}:
        problem = f"The day depends on where it is; give the date when adding {shown}."
        return Choice((offset,), problem)
    # 09:00-10:00 may be a visit from nine to ten, and 9am-05:00 one till five. It is none with an
    # offset that the zone has then, for the start is the same in either case, nor with seconds or
    # the T of ISO 8601, which nobody types who means an end.
    ends = token.text.startswith("-") and len(last.numbers) < 3 and clock[0].kind != TokenKind.ISO
    for start, hour in starts if ends else ():
        since = (hour or timedelta()) % DAY
        wall = datetime.combine(start, time(), zone) + since
        if (last.kind is TokenKind.HALF or size > since) and offset not in find_both_offsets(wall):
            problem = "may be an offset from UTC or an end time; give the local start alone."
            return Choice((None, offset), f"{shown} {problem}")
    return Choice((offset,))
