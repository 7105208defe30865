"""The ways to part a typed phrase into its day, its time and its offset, and what each may mean."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import product
from typing import TYPE_CHECKING

from microcare.core.values import value
from microcare.load.clock_times import DAY
from microcare.load.typed_date.day import find_day_form, read_day
from microcare.load.typed_date.hour import CLOCK, CLOCK_AFTER_DAY, read_hour
from microcare.load.typed_date.tokens import Token, TokenKind, quote_tokens, spell_shape
from microcare.load.typed_date.when import Choice, When, both_offsets, find_when

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

_WIDEST_OFFSET = timedelta(hours=14)


@value
class Split:
    """One way to part a phrase into day, time and offset; `iso` if the T of ISO 8601 parts it."""

    day: tuple[Token, ...]
    clock: tuple[Token, ...] = ()
    offset: Token | None = None
    iso: bool = False


def split_phrase(tokens: tuple[Token, ...]) -> Iterator[Split]:
    """Yield every way to part the tokens into a day and a time, the longest day first.

    At most one of them has one meaning, so the first that has is it.
    """
    shape = spell_shape(tokens)
    if find_day_form(shape):
        yield Split(tokens)
    for cut in range(len(shape) - 1, 0, -1):
        iso = shape[cut] == TokenKind.ISO
        joint = cut + (iso or shape[cut] == TokenKind.DASH)
        left, right = shape[:cut], shape[joint:]
        if find_day_form(left) and CLOCK_AFTER_DAY.fullmatch(right):
            if right[0] != TokenKind.YEAR or not find_day_form(shape[: joint + 1]):
                yield _split(tokens[:cut], tokens[joint:], iso=iso)
        elif CLOCK.fullmatch(left) and find_day_form(right) and not iso:
            if left != TokenKind.DOTTED:  # 10.12 Dec 29
                yield _split(tokens[joint:], tokens[:cut])
    if CLOCK.fullmatch(shape):
        yield _split((), tokens)


def _split(day: tuple[Token, ...], clock: tuple[Token, ...], *, iso: bool = False) -> Split:
    if len(clock) > 1 and clock[-1].kind is TokenKind.OFFSET:
        return Split(day, clock[:-1], clock[-1], iso)
    return Split(day, clock, None, iso)


def read_split(split: Split, today: date, zone: ZoneInfo) -> Choice[When]:
    """Return all that a split may mean, seen from `today` in `zone`."""
    day, hour = read_day(split.day, today), read_hour(split.clock)
    offset = _read_offset(split, day.values, hour.values, zone)
    day_doubts, hour_doubts = ([token.doubt for token in part] for part in (split.day, split.clock))
    whens = [find_when(*parts, zone) for parts in product(day.values, hour.values, offset.values)]
    problems = [*day_doubts, day.problem, *hour_doubts, hour.problem, offset.problem]
    problems += [each.problem for each in whens]
    values = tuple(when for each in whens for when in each.values)
    return Choice(values, next(filter(None, problems), ""))


def _read_offset(
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
