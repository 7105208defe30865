"""The times that the time part of a typed phrase may mean, and what is wrong if not just one."""

from __future__ import annotations

from datetime import time, timedelta

from microcare.core.values import value
from microcare.load.typed_date.tokens import Kind, Token, quote

WIDEST_OFFSET = timedelta(hours=14)


@value
class Hour:
    """A time of day, `days` after the day it was typed beside: 24:00 is 00:00 one day on."""

    clock: time
    days: int = 0


@value
class HourChoice:
    """Times that may be meant, None for the whole day.

    With an empty `problem` there is exactly one, and it is meant.
    """

    hours: tuple[Hour | None, ...]
    problem: str = ""


def read_hour(tokens: tuple[Token, ...]) -> HourChoice:
    """Return the times the tokens may mean; no tokens mean the whole day."""
    words = [token for token in tokens if token.kind is not Kind.AT]
    shape = "".join(token.kind for token in words)
    half = words[1].values[0] if shape[1:] == Kind.HALF else None
    shown = quote(" ".join(token.text for token in words))
    match shape:
        case "":
            return HourChoice((None,))
        case "O":
            choice = _read_lone_offset(shown, words[0])
        case "T" | "TP" | "G" | "GP":
            choice = _read_clock(shown, words[0].numbers, half)
        case "C" | "CP" | "Y":
            choice = _read_compact(shown, words[0].text, half)
        case "D" | "H":
            choice = _read_bare_hour(shown, words[0].numbers[0])
        case "DP" | "HP":
            choice = _read_clock(shown, (words[0].numbers[0], "00"), half)
        case _:
            choice = _read_named(shown, words[0])
    doubt = next((token.doubt for token in words if token.doubt), "")
    return HourChoice(choice.hours, doubt or choice.problem)


def read_offset(token: Token) -> timedelta | None:
    """Return the offset from UTC, or None if it is over 14 hours or has 60 minutes or more."""
    digits = "".join(token.numbers).ljust(6, "0")
    hours, minutes, seconds = (int(digits[place : place + 2]) for place in (0, 2, 4))
    size = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if minutes > 59 or seconds > 59 or size > WIDEST_OFFSET:
        return None
    return -size if token.text.startswith("-") else size


def _read_lone_offset(shown: str, token: Token) -> HourChoice:
    """Read an offset without a time, or -14:30, where the dash may stand before a time."""
    digits = "".join(token.numbers)
    dashed = token.text.startswith("-") and len(digits) == 4
    hours = _read_clock(shown, (digits[:2], digits[2:]), None).hours if dashed else ()
    problem = f"{shown} stands without a time before it; add the time or leave it out."
    return HourChoice((*hours, None), problem)


def _read_clock(shown: str, numbers: tuple[str, ...], half: int | None) -> HourChoice:
    """Read hours, minutes and, if typed, seconds and their fraction."""
    hour, minute, second = (int(number) for number in (*numbers, "0")[:3])
    fraction = "".join(numbers[3:]).strip("0")
    if hour > 24 or minute > 59 or second > 59 or len(numbers[1]) < 2:
        return HourChoice((), _no_time(shown))
    clock = time(hour % 24, minute, second)
    if fraction:
        return HourChoice((Hour(clock),), f"{shown} has parts of a second; leave them out.")
    if half is not None:
        return _read_half(shown, clock, hour, half)
    if hour == 24:
        problem = f"{shown} is past the last hour, 23; write 00:{minute:02} with the day it is on."
        return HourChoice((Hour(clock), Hour(clock, days=1)), problem)
    if len(numbers[0]) < 2 and not hour:
        return HourChoice((Hour(clock),), f"{shown} lacks a digit; write it as 00:{minute:02}.")
    if len(numbers[0]) < 2:
        problem = f"{shown} may be morning or afternoon; write two digits or add am or pm."
        return HourChoice(_both_halves(clock), problem)
    return HourChoice((Hour(clock),))


def _read_half(shown: str, clock: time, hour: int, half: int) -> HourChoice:
    """Read a time with am (`half` 0) or pm (12). 12 pm is noon, as on every digital clock."""
    if not 1 <= hour <= 12:
        problem = f"{shown} has an hour that does not go with am or pm; leave am or pm out."
        return HourChoice((Hour(clock),), problem)
    clock = clock.replace(hour=hour % 12 + half)
    if clock == time():
        noon = Hour(time(12))
        return HourChoice((Hour(clock), Hour(clock, days=1), noon), _midnight_problem(shown))
    return HourChoice((Hour(clock),))


def _read_compact(shown: str, text: str, half: int | None) -> HourChoice:
    """Read 1430. Never settled: 2026 is a year as well as nearly half past eight."""
    hours = _read_clock(shown, (text[:-2], text[-2:]), half).hours
    return HourChoice(hours, f"{shown} is not clearly a time; write it with a colon, as in 14:30.")


def _read_bare_hour(shown: str, number: str) -> HourChoice:
    hour = int(number)
    if hour > 23:
        return HourChoice((), _no_time(shown))
    hours = (Hour(time(hour)),) if number.startswith("0") else _both_halves(time(hour))
    return HourChoice(hours, f"{shown} is not enough for a time; write it as 14:00 or 2 pm.")


def _read_named(shown: str, named: Token) -> HourChoice:
    """Read noon, which has one meaning, and midnight, which may begin or end the day."""
    if named.values == (12,):
        return HourChoice((Hour(time(12)),))
    return HourChoice((Hour(time()), Hour(time(), days=1)), _midnight_problem(shown))


def _both_halves(clock: time) -> tuple[Hour, ...]:
    """Return the time before noon and the one after, for an hour up to 12; else only itself."""
    if not 1 <= clock.hour <= 12:
        return (Hour(clock),)
    return tuple(Hour(clock.replace(hour=clock.hour % 12 + half)) for half in (0, 12))


def _no_time(shown: str) -> str:
    return f"{shown} is not a time of day; write it as 14:30 or 2:30 pm."


def _midnight_problem(shown: str) -> str:
    return f"{shown} may be the start or the end of the day; write 00:00 with the day it begins."
