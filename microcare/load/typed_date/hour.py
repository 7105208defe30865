"""The times that the clock part of a typed phrase may mean, and what is wrong if not just one."""

from __future__ import annotations

import re
from datetime import timedelta

from microcare.load.clock_times import DAY, MIDNIGHT, ClockFlaw, ClockReading, read_clock
from microcare.load.typed_date.tokens import Token, TokenKind, quote_tokens
from microcare.load.typed_date.when import Choice

# What a time is spelt like, in the letters of TokenKind, and what it may be after a day only.
CLOCK = re.compile(r"a?(?:[TGC]P?|[DH]P|L|H)O?|aD")
CLOCK_AFTER_DAY = re.compile(rf"{CLOCK.pattern}|D|a?Y|[DY]O|O")
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
        case TokenKind.OFFSET:  # without a time, or -14:30, where the dash may be a mere dash
            digits = "".join(first.numbers)
            dashed = first.text.startswith("-") and len(digits) == 4
            times = read_clock(digits[:2], digits[2:]).times if dashed else ()
            problem = "stands without a time before it; add the time or leave it out."
            return Choice((*times, None), f"{shown} {problem}")
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
