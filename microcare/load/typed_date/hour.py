"""The times and the offset that a typed phrase may mean, and what is wrong if not just one."""

from __future__ import annotations

import re
from datetime import timedelta

from microcare.load.clock_times import DAY, HOUR, MIDNIGHT, Choice, ClockFlaw, read_clock
from microcare.load.typed_date.when import Hour
from microcare.load.typed_date.words import Found, Phrase, Word

# A time in the letters of a mask: what joins it to the day before it, its offset, its end, and what
# joins it to a day after it. Digits after a dash are its end, but behind UTC, seconds or the T of
# ISO 8601 they are an offset. One that stands alone has no time.
CLOCK_SHAPE = r"""
    _* (?: -_+ | (?P<iso> (?<=\d)T(?=\d) ) | (?P<at> A+ ) _* )?
    (?: (?P<alone> O+ | [-+]\d\d:\d\d )
      | (?! \d+-\d+- )
        (?P<time> L+
          | (?P<hour> \d\d? )
            (?: (?P<joint> [:.H] )? (?P<minute> (?(joint) \d\d? | \d\d ) )
              (?: (?(joint) : | (?<=T\d{4})(?=\d\d) ) (?P<second> \d\d? )
                (?: \.(?P<part> \d+ ) )? )? )?
            (?: _*H+ )? (?: _*P+ )? )
        (?: _* (?P<offset>
            (?: [UG]+ _* | (?(iso) | (?(second) (?= .\d\d:?\d\d(?!:|\d) ) | (?= \+ ) ) ) )
            [-+] (?P<hours> \d\d? ) (?: :?(?P<minutes> \d\d ) (?: :(?P<seconds> \d\d ) )? )?
          | [OU]+ ) )?
        (?P<end> _* (?: - | S+ ) _* (?: L+
          | (?: [01]?\d | 2[0-4] ) (?: [:.H]?[0-5]\d ){0,2} (?: _*[HPOU]+ )* ) )? )
    (?P<tail> (?<![UG])_*-_* )? _*
"""
_END = (
    "has a start and an end; give the start alone, and the length with --duration if the command "
    "has it. An offset is written behind UTC, as in UTC-05:00."
)
_ANY_HALF = Word("P", "", (0, 25))  # without am or pm, up to 24:59


def read_hour(phrase: Phrase, found: Found | None, *, depends: bool = False) -> Choice[Hour]:
    """Return the times that may be meant, from the beginning of the day; None for all of it.

    Nothing found means the whole day. 24:00 is 00:00 one day on. An offset is left out.
    """
    if found is None:
        return Choice((None,))
    if alone := found["alone"]:  # -14:30, where the dash may stand before a time
        times = read_clock(alone[1:3], alone[4:]).values if alone[0] == "-" else ()
        problem = "stands without a time before it; add the time or leave it out."
        return Choice((*times, None), f"{phrase.quote(found.span('alone'))} {problem}")
    start, end = found.span("time")
    [half] = phrase.find("P", (start, end)) or [_ANY_HALF]
    reading = _read_clock(phrase, found, half.name)
    times, problem = reading.values, ""
    minute, joint = found["minute"], found["joint"]
    if found["end"]:
        end, problem = found.end("end"), _END
        if re.search(r"(?<!\d)(?:19|20|21)\d\d(?!\d)", found[0]):
            times = ()  # 10 Dec 2030-14:30
    elif times and not half.meanings[0] <= times[-1] / HOUR < half.meanings[1]:
        times, problem = (), "is not an hour of that part of the day; write it as 14:30 or 2:30 pm."
    elif minute and not (joint or found["iso"] or "H" in found["time"]):
        # Never settled: 2026 is a year as well as nearly half past eight.
        problem = "is not clearly a time; write it with a colon, as in 14:30."
    elif times and (found["part"] or "").strip("0"):
        problem = "has parts of a second; leave them out."
    elif depends and joint == "." and half is _ANY_HALF and 0 < int(minute) < 13:  # thu 10.12
        problem = "may be a date or a time; write a time with a colon, as in 14:30."
    elif reading.problem:
        problem = (reading.problem if times else ClockFlaw.NO_SUCH_TIME).format(minute=minute)
    return Choice(times, problem and f"{phrase.quote((start, end))} {problem}")


def _read_clock(phrase: Phrase, found: Found, half: str) -> Choice[timedelta]:
    if named := phrase.find("L", found.span("time")):
        return Choice((DAY / 2,)) if 12 in named[0].meanings else MIDNIGHT
    hour, minute, second = found.group("hour", "minute", "second")
    if half and hour == "24":  # half past midnight, whatever half it has
        hour = "00"
    return read_clock(hour, minute, half, second=int(second or 0))


def read_offset(phrase: Phrase, found: Found | None, *, depends: bool) -> Choice[timedelta | None]:
    """Return what the offset after a time may be, None for none.

    `depends` says that the day is counted from today, which is not the same everywhere.
    """
    if found is None or not found["offset"]:
        return Choice((None,))
    typed, shown = found["offset"], phrase.quote(found.span("offset"))
    hours, minutes, seconds = (each or "00" for each in found.group("hours", "minutes", "seconds"))
    [*_, size] = read_clock(hours.zfill(2), minutes, second=int(seconds)).values or (DAY,)
    if size > 14 * HOUR:
        problem = "is not an offset from UTC, which is 14 hours at most; give the start alone."
        return Choice((None,), f"{shown} {problem}")
    offset = -size if "-" in typed else size
    if depends:
        problem = f"The day depends on where it is; give the date when adding {shown}."
        return Choice((offset,), problem)
    if typed[0] in "-+" and not (found["iso"] or found["second"]):
        problem = f"may be an offset from UTC or a length; write an offset as UTC{typed}."
        return Choice((offset, None), f"{shown} {problem}")
    return Choice((offset,))
