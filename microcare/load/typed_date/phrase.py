"""The grammar of a date typed at the front desk: one reading is taken, anything else refused."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, timedelta, timezone
from itertools import product
from typing import TYPE_CHECKING

from microcare.core.values import value
from microcare.load.typed_date.day import read_day
from microcare.load.typed_date.hour import Hour, read_hour, read_offset
from microcare.load.typed_date.tokens import (
    EXAMPLE,
    Kind,
    Token,
    clean_text,
    guess_word,
    quote,
    read_tokens,
)
from microcare.load.typed_date.when import (
    When,
    WhenError,
    check_day,
    check_year,
    format_when,
    own_offsets,
    resolve_local,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from zoneinfo import ZoneInfo

__all__ = ["When", "WhenError", "format_when", "parse_when", "resolve_local"]

# Shapes of a phrase, spelt in the letters of Kind. Both patterns also take what is refused
# later with a better sentence than "not understood": a day without a month, a bare hour.
_DATE = "[DE]o?M[YD]?|Mt?[DE][YD]?|YM[DE]|DDY|YDD|N|R|X(?:MY?)?|MXY?|G|[DE]|MY|YM|M|Y"
_DAY = re.compile(rf"n?(?:Q?W|W?t?(?:{_DATE})|(?:{_DATE})W)")
_CLOCK = re.compile(r"a?(?:[TGC]P?|[DH]P|L|H)O?|aD")
_EARLY_CLOCK = re.compile(rf"(?!G$)(?:{_CLOCK.pattern})")  # 10.12 Dec 29
_LATE_CLOCK = re.compile(rf"{_CLOCK.pattern}|D|a?Y|[DY]O|O")
_MOST_TOKENS = 16
_MOST_MISSPELT = 2


@value
class Split:
    """One way to part a phrase into day, time and offset; `iso` if the T of ISO 8601 parts it."""

    day: tuple[Token, ...]
    clock: tuple[Token, ...] = ()
    offset: Token | None = None
    iso: bool = False


def parse_when(text: str, *, now: datetime, zone: ZoneInfo) -> When:
    """Return the one day or moment that `text` can mean, seen from `now` in `zone`.

    `now` is aware; it says what today is, and so which dates without a year have passed. Text
    with an offset is that instant, converted to `zone`. Nothing is guessed, no word passed over.

    Raises `WhenError` for everything else, with the readings there may be.
    """
    if now.utcoffset() is None:
        raise ValueError("now must be aware")
    today = now.astimezone(zone).date()
    check_year(today)
    plain = clean_text(text)
    digits = "".join(str(int(c)) if c.isdecimal() else c for c in plain)
    if digits != plain:
        message = f"Write the numbers in {quote(plain)} with the digits 0 to 9."
        raise WhenError(message, _settle_each([read_tokens(digits)], today, zone))
    return _solve(read_tokens(digits), today, zone)


def _solve(tokens: tuple[Token, ...], today: date, zone: ZoneInfo) -> When:
    kinds = {token.kind for token in tokens}
    if len(tokens) > _MOST_TOKENS:
        raise WhenError(f"{_quote_all(tokens)} is too long for a date; {EXAMPLE}.")
    if Kind.UNKNOWN in kinds:
        return _solve_misspelt(tokens, today, zone)
    if Kind.ZONE in kinds:
        raise _zone_error(tokens, today, zone)
    failures = []
    for split in split_phrase(tokens):
        try:
            return interpret_split(split, today, zone)
        except WhenError as failure:
            failures.append(failure)
    if not failures:
        raise _order_error(tokens, today, zone)
    readings = dict.fromkeys(text for failure in failures for text in failure.readings)
    raise WhenError(failures[0].message, tuple(readings))


def split_phrase(tokens: tuple[Token, ...]) -> Iterator[Split]:
    """Yield every way to part the tokens into a day and a time, the longest day first.

    At most one of them has one meaning, so the first that has is it.
    """
    shape = "".join(token.kind for token in tokens)
    for cut in range(len(shape), 0, -1):
        joint = cut + (shape[cut : cut + 1] in {Kind.DASH, Kind.ISO})
        left, right = shape[:cut], shape[joint:]
        iso = shape[cut:joint] == Kind.ISO
        if _DAY.fullmatch(left) and cut == len(shape):
            yield _split(tokens, ())
        elif _DAY.fullmatch(left) and _LATE_CLOCK.fullmatch(right):
            if right[0] != Kind.YEAR or not _DAY.fullmatch(shape[: joint + 1]):
                yield _split(tokens[:cut], tokens[joint:], iso=iso)
        elif _EARLY_CLOCK.fullmatch(left) and _DAY.fullmatch(right) and not iso:
            yield _split(tokens[joint:], tokens[:cut])
    if _CLOCK.fullmatch(shape):
        yield _split((), tokens)


def _split(day: tuple[Token, ...], clock: tuple[Token, ...], *, iso: bool = False) -> Split:
    if len(clock) > 1 and clock[-1].kind is Kind.OFFSET:
        return Split(day, clock[:-1], clock[-1], iso)
    return Split(day, clock, None, iso)


def interpret_split(split: Split, today: date, zone: ZoneInfo) -> When:
    """Return the one meaning of a split, or raise with all that it may mean."""
    day = read_day(split.day, today)
    hour = read_hour(split.clock)
    offset_problem, offsets = _check_offset(split, day.dates, hour.hours, zone)
    combined = product(day.dates, hour.hours, offsets)
    problem = day.problem or hour.problem or offset_problem
    if not problem:
        [parts] = combined
        return _build(*parts, zone)
    readings: list[str] = []
    for parts in combined:
        try:
            readings.append(format_when(_build(*parts, zone)))
        except WhenError as failure:
            readings += failure.readings
    raise WhenError(problem, tuple(dict.fromkeys(readings)))


def _check_offset(
    split: Split, dates: tuple[date, ...], hours: tuple[Hour | None, ...], zone: ZoneInfo
) -> tuple[str, tuple[timedelta | None, ...]]:
    """Return what is wrong with the offset, or nothing, and what it may be: None for none."""
    token = split.offset
    if token is None:
        return "", (None,)
    shown = quote(token.text)
    offset = read_offset(token)
    if offset is None:
        problem = (
            f"{shown} is not an offset from UTC, which is 14 hours at most; give the start alone."
        )
        return problem, (None,)
    if {Kind.RELATIVE, Kind.WHICH} & {part.kind for part in split.day}:
        return f"The day depends on where it is; give the date when adding {shown}.", (offset,)
    if any(_may_be_end(split, offset, day, hour, zone) for day, hour in product(dates, hours)):
        problem = f"{shown} may be an offset from UTC or an end time; give the local start alone."
        return problem, (None, offset)
    return "", (offset,)


def _may_be_end(
    split: Split, offset: timedelta, day: date, hour: Hour | None, zone: ZoneInfo
) -> bool:
    """Tell whether `09:00-10:00` may be a visit from nine to ten, and `9am-05:00` one till five.

    It is none with an offset that `zone` has then, for the start is the same in either case, nor
    with seconds or the T of ISO 8601, which nobody types who means an end.
    """
    dashed = split.offset is not None and split.offset.text.startswith("-")
    if hour is None or split.iso or not dashed or len(split.clock[-1].numbers) > 2:
        return False
    start = timedelta(hours=hour.clock.hour, minutes=hour.clock.minute)
    later = -offset > start or split.clock[-1].kind is Kind.HALF
    return later and offset not in own_offsets(day, hour.clock, zone)


def _build(day: date, hour: Hour | None, offset: timedelta | None, zone: ZoneInfo) -> When:
    """Return the one `When`. Raises `WhenError` where the zone has no such day or time."""
    if hour is None:
        check_day(day, zone)
        return When(day, None)
    day += timedelta(days=hour.days)
    check_year(day)
    if offset is None:
        return When(day, resolve_local(day, hour.clock, zone))
    start = datetime.combine(day, hour.clock, timezone(offset)).astimezone(zone)
    check_year(start.date())
    return When(start.date(), start)


def _settle(tokens: tuple[Token, ...], today: date, zone: ZoneInfo) -> When | None:
    """Return the one meaning of known words, or None."""
    for split in split_phrase(tokens):
        with suppress(WhenError):
            return interpret_split(split, today, zone)
    return None


def _solve_misspelt(tokens: tuple[Token, ...], today: date, zone: ZoneInfo) -> When:
    """Raise with the readings of words spelt right, if that makes a date, or name the words."""
    unknown = [token for token in tokens if token.kind is Kind.UNKNOWN]
    if len(unknown) <= _MOST_MISSPELT:
        for guesses in product(*(guess_word(token) for token in unknown)):
            spelt = iter(guesses)
            right = tuple(next(spelt) if token in unknown else token for token in tokens)
            if any(split_phrase(right)):
                return _solve(right, today, zone)
    raise WhenError(f"Not understood: {_quote_all(unknown)}; {EXAMPLE}.")


def _zone_error(tokens: tuple[Token, ...], today: date, zone: ZoneInfo) -> WhenError:
    """Refuse a zone in the text; it is suggested away only if `zone` goes by that name then."""
    typed = next(token.text for token in tokens if token.kind is Kind.ZONE)
    message = (
        f"{quote(typed)} is not understood in a date; leave it out and name the zone with --tz, "
        "or give the offset from UTC, as in 14:30-05:00."
    )
    rest = tuple(token for token in tokens if token.kind is not Kind.ZONE)
    when = _settle(rest, today, zone)
    if when is None or when.start is None:
        return WhenError(message)
    here = {str(zone).lower(), str(when.start.tzname()).lower()}
    return WhenError(message, (format_when(when),) if typed.lower() in here else ())


def _order_error(tokens: tuple[Token, ...], today: date, zone: ZoneInfo) -> WhenError:
    """Say why known words make no phrase, and what may be meant."""
    shape = "".join(token.kind for token in tokens)
    shown = _quote_all(tokens)
    if set(shape) & {Kind.SPAN, Kind.DASH, Kind.PAIR}:
        message = f"{shown} is not one moment; give only the day and time of the start."
    elif len(re.findall(r"[TGCHL]|DP", shape)) > 1:
        message = f"{shown} has more than one time; give only the start."
    elif len(re.findall(r"[NRM]", shape)) > 1 or shape.count(Kind.WEEKDAY) > 1:
        message = f"{shown} has more than one day; give only the day of the appointment."
    else:
        moved = (tokens[:i] + tokens[i + 1 :] + tokens[i : i + 1] for i in range(len(tokens)))
        message = f"{shown} is in an order that can be misread; {EXAMPLE}."
        return WhenError(message, _settle_each(moved, today, zone))
    return WhenError(message, _read_parts(tokens, today, zone))


def _read_parts(tokens: tuple[Token, ...], today: date, zone: ZoneInfo) -> tuple[str, ...]:
    """Return what has one meaning once the fewest neighbouring words are taken out.

    Of `10 Dec 2pm to 4pm` that is 2 pm and 4 pm. Words that join two parts always go, the only
    time never does.
    """
    if tokens[0].kind is Kind.SPAN:
        tokens = tokens[1:]
    joints = [i for i, token in enumerate(tokens) if token.kind in {Kind.SPAN, Kind.DASH}]
    for length in range(len(tokens)):
        cuts = reversed(range(len(tokens) - length + 1))
        held = (cut for cut in cuts if all(cut <= joint < cut + length for joint in joints))
        left = (tokens[:cut] + tokens[cut + length :] for cut in held)
        kept = (phrase for phrase in left if _has_time(phrase) == _has_time(tokens))
        if texts := _settle_each(kept, today, zone):
            return texts
    return ()


def _has_time(tokens: tuple[Token, ...]) -> bool:
    timed = {Kind.CLOCK, Kind.DOTTED, Kind.COMPACT, Kind.HOUR, Kind.HALF, Kind.NAMED}
    return any(token.kind in timed for token in tokens)


def _settle_each(
    phrases: Iterable[tuple[Token, ...]], today: date, zone: ZoneInfo
) -> tuple[str, ...]:
    """Return the canonical texts of the phrases that have one meaning, each once."""
    whens = (_settle(tokens, today, zone) for tokens in phrases)
    return tuple(dict.fromkeys(format_when(when) for when in whens if when))


def _quote_all(tokens: Sequence[Token]) -> str:
    return quote(" ".join(token.text for token in tokens))
