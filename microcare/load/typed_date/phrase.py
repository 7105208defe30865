"""A date typed at the front desk: one reading is taken, anything else refused."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, time, timedelta, timezone
from itertools import product
from typing import TYPE_CHECKING

from microcare.load.typed_date.day import read_day
from microcare.load.typed_date.grammar import Split, split_phrase
from microcare.load.typed_date.hour import read_hour, read_offset
from microcare.load.typed_date.tokens import (
    EXAMPLE,
    Token,
    TokenKind,
    clean_text,
    guess_word,
    quote_tokens,
    quote_typed,
    read_tokens,
    spell_shape,
)
from microcare.load.typed_date.when import (
    When,
    WhenError,
    check_day,
    check_year,
    format_when,
    resolve_local,
)

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_MOST_TOKENS = 16
_MOST_MISSPELT = 2


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
        message = f"Write the numbers in {quote_typed(plain)} with the digits 0 to 9."
        raise WhenError(message, _settle_each([read_tokens(digits)], today, zone))
    return _solve(read_tokens(digits), today, zone)


def _solve(tokens: tuple[Token, ...], today: date, zone: ZoneInfo) -> When:
    kinds = {token.kind for token in tokens}
    if len(tokens) > _MOST_TOKENS:
        raise WhenError(f"{quote_tokens(tokens)} is too long for a date; {EXAMPLE}.")
    if TokenKind.UNKNOWN in kinds:
        return _solve_misspelt(tokens, today, zone)
    if TokenKind.ZONE in kinds:
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


def _solve_misspelt(tokens: tuple[Token, ...], today: date, zone: ZoneInfo) -> When:
    """Raise with the readings of words spelt right, if that makes a date, or name the words."""
    unknown = [token for token in tokens if token.kind is TokenKind.UNKNOWN]
    if len(unknown) <= _MOST_MISSPELT:
        for guesses in product(*map(guess_word, unknown)):
            spelt = iter(guesses)
            right = tuple(next(spelt) if token in unknown else token for token in tokens)
            if any(split_phrase(right)):
                return _solve(right, today, zone)
    raise WhenError(f"Not understood: {quote_tokens(unknown)}; {EXAMPLE}.")


def interpret_split(split: Split, today: date, zone: ZoneInfo) -> When:
    """Return the one meaning of a split, or raise with all that it may mean."""
    day, hour = read_day(split.day, today), read_hour(split.clock)
    offset = read_offset(split, day.values, hour.values, zone)
    day_doubts, hour_doubts = ([token.doubt for token in part] for part in (split.day, split.clock))
    problems = [*day_doubts, day.problem, *hour_doubts, hour.problem, offset.problem]
    combined = product(day.values, hour.values, offset.values)
    if not any(problems):
        [parts] = combined
        return _build(*parts, zone)
    readings: list[str] = []
    for parts in combined:
        try:
            readings.append(format_when(_build(*parts, zone)))
        except WhenError as failure:
            readings += failure.readings
    raise WhenError(next(filter(None, problems)), tuple(dict.fromkeys(readings)))


def _build(day: date, hour: timedelta | None, offset: timedelta | None, zone: ZoneInfo) -> When:
    """Return the one `When`. Raises `WhenError` where the zone has no such day or time."""
    if hour is None:
        check_day(day, zone)
        return When(day, None)
    wall = datetime.combine(day, time()) + hour
    check_year(wall.date())
    if offset is None:
        return When(wall.date(), resolve_local(wall.date(), wall.time(), zone))
    start = wall.replace(tzinfo=timezone(offset)).astimezone(zone)
    check_year(start.date())
    return When(start.date(), start)


def _settle(tokens: tuple[Token, ...], today: date, zone: ZoneInfo) -> When | None:
    """Return the one meaning of known words, or None."""
    for split in split_phrase(tokens):
        with suppress(WhenError):
            return interpret_split(split, today, zone)
    return None


def _settle_each(
    phrases: Iterable[tuple[Token, ...]], today: date, zone: ZoneInfo
) -> tuple[str, ...]:
    """Return the canonical texts of the phrases that have one meaning, each once."""
    whens = (_settle(tokens, today, zone) for tokens in phrases)
    return tuple(dict.fromkeys(format_when(when) for when in whens if when))


def _zone_error(tokens: tuple[Token, ...], today: date, zone: ZoneInfo) -> WhenError:
    """Refuse a zone in the text; it is suggested away only if `zone` goes by that name then."""
    typed = next(token.text for token in tokens if token.kind is TokenKind.ZONE)
    message = (
        f"{quote_typed(typed)} is not understood in a date; leave it out and name the zone with "
        "--tz, or give the offset from UTC, as in 14:30-05:00."
    )
    when = _settle(tuple(t for t in tokens if t.kind is not TokenKind.ZONE), today, zone)
    if when is None or when.start is None:
        return WhenError(message)
    here = {str(zone).lower(), str(when.start.tzname()).lower()}
    return WhenError(message, (format_when(when),) if typed.lower() in here else ())


def _order_error(tokens: tuple[Token, ...], today: date, zone: ZoneInfo) -> WhenError:
    """Say why known words make no phrase, and what may be meant."""
    shape = spell_shape(tokens)
    shown = quote_tokens(tokens)
    if set(shape) & {TokenKind.SPAN, TokenKind.DASH, TokenKind.PAIR}:
        message = f"{shown} is not one moment; give only the day and time of the start."
    elif len(re.findall(r"[TGCHL]|DP", shape)) > 1:
        message = f"{shown} has more than one time; give only the start."
    elif len(re.findall(r"[NRM]", shape)) > 1 or shape.count(TokenKind.WEEKDAY) > 1:
        message = f"{shown} has more than one day; give only the day of the appointment."
    else:
        message = f"{shown} is in an order that can be misread; {EXAMPLE}."
        moved = (tokens[:i] + tokens[i + 1 :] + tokens[i : i + 1] for i in range(len(tokens)))
        return WhenError(message, _settle_each(moved, today, zone))
    return WhenError(message, _read_parts(tokens, today, zone))


def _read_parts(tokens: tuple[Token, ...], today: date, zone: ZoneInfo) -> tuple[str, ...]:
    """Return what has one meaning once the fewest neighbouring words are taken out.

    Of `10 Dec 2pm to 4pm` that is 2 pm and 4 pm. Words that join two parts always go, the only
    time never does.
    """
    if tokens[0].kind is TokenKind.SPAN:
        tokens = tokens[1:]
    shape = spell_shape(tokens)
    joints = [found.start() for found in re.finditer("[S-]", shape)]
    for length in range(len(tokens)):
        cuts = reversed(range(len(tokens) - length + 1))
        held = (cut for cut in cuts if all(cut <= joint < cut + length for joint in joints))
        left = (tokens[:cut] + tokens[cut + length :] for cut in held)
        kept = (rest for rest in left if _has_time(rest) == _has_time(tokens))
        if texts := _settle_each(kept, today, zone):
            return texts
    return ()


def _has_time(tokens: tuple[Token, ...]) -> bool:
    return re.search("[TGCHPL]", spell_shape(tokens)) is not None
