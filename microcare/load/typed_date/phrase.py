"""A date typed at the front desk: one reading is taken, anything else refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import product
from typing import TYPE_CHECKING

from microcare.core.values import value
from microcare.load.typed_date.day import DAY_SHAPE, read_day
from microcare.load.typed_date.hour import (
    CLOCK_SHAPE,
    EARLY_CLOCK_SHAPE,
    LATE_CLOCK_SHAPE,
    read_hour,
    read_offset,
)
from microcare.load.typed_date.tokens import (
    TokenKind,
    Tokens,
    guess_word,
    quote_tokens,
    quote_typed,
    read_tokens,
    spell_shape,
)
from microcare.load.typed_date.when import (
    Choice,
    When,
    WhenError,
    find_when,
    find_year_problem,
    format_when,
    join_choices,
)

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

EXAMPLE = "write it like 2026-12-10 14:30 or 10 Dec 2026 2:30 pm"
LONGEST_PHRASE = 200
_MOST_TOKENS = 16
_MOST_MISSPELT = 2
_RANGES = {TokenKind.RANGE, TokenKind.DASH}
_SPACES = "\t\n\r\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"
# Pasted text brings these; each stands for its plain one and for nothing else.
_PLAIN = str.maketrans(dict.fromkeys(_SPACES, " ") | dict.fromkeys(_DASHES, "-") | {"\u2019": "'"})
# Why known words make no phrase, by what their kinds' letters spell. The first that fits is told.
_FAULTS = (
    ("[SX-]", "is not one moment; give only the day and time of the start."),
    ("([TGCHL]|DP).*([TGCHL]|DP)", "has more than one time; give only the start."),
    ("[NRM].*[NRM]|W.*W", "has more than one day; give only the day of the appointment."),
)


def parse_when(text: str, *, now: datetime, zone: ZoneInfo) -> When:
    """Return the one day or moment that `text` can mean, seen from `now` in `zone`.

    `now` is aware; it says what today is, and so which dates without a year have passed. Text
    with an offset is that instant, converted to `zone`. Nothing is guessed, no word passed over.

    Raises `WhenError` for everything else, with the readings there may be.
    """
    if now.utcoffset() is None:
        raise ValueError("now must be aware")
    desk = Desk(now.astimezone(zone).date(), zone)
    if problem := find_year_problem(desk.today.year):
        raise WhenError(problem)
    plain = _clean_text(text)
    digits = "".join(str(int(c)) if c.isdecimal() else c for c in plain)
    tokens = read_tokens(digits)
    if digits == plain:
        choice = desk.read(tokens)
    else:
        problem = f"Write the numbers in {quote_typed(plain)} with the digits 0 to 9."
        choice = Choice(desk.settle([tokens]), problem)
    if choice.problem:
        raise WhenError(choice.problem, tuple(dict.fromkeys(map(format_when, choice.values))))
    return choice.values[0]


def _clean_text(text: str) -> str:
    """Return the text with single plain spaces, plain dashes and apostrophes.

    Raises `WhenError` for text that is empty, too long or holds invisible characters.
    """
    if len(text) > LONGEST_PHRASE:
        raise WhenError(f"This is {len(text)} characters long, too long for a date; {EXAMPLE}.")
    plain = re.sub(" +", " ", text.translate(_PLAIN)).strip(" ")
    if not plain:
        raise WhenError(f"No date was given; {EXAMPLE}.")
    if not plain.isprintable():
        shown = quote_typed(plain)
        raise WhenError(f"There are invisible characters in {shown}; type the date by hand.")
    return plain


def split_phrase(tokens: Tokens) -> Iterator[tuple[Tokens, Tokens]]:
    """Yield every way to part the tokens into a day and a time, the longest day first.

    At most one of them has one meaning, so the first that has is it.
    """
    shape = spell_shape(tokens)
    if DAY_SHAPE.fullmatch(shape):
        yield tokens, ()
    for cut in range(len(shape) - 1, 0, -1):
        left, right = shape[:cut], shape[cut:]
        if DAY_SHAPE.fullmatch(left) and LATE_CLOCK_SHAPE.fullmatch(right):
            if right[0] != TokenKind.YEAR or not DAY_SHAPE.fullmatch(left + right[0]):
                yield tokens[:cut], tokens[cut:]
        elif EARLY_CLOCK_SHAPE.fullmatch(left) and DAY_SHAPE.fullmatch(right):
            yield tokens[cut:], tokens[:cut]
    if CLOCK_SHAPE.fullmatch(shape):
        yield (), tokens


@value
class Desk:
    """Where a date is typed: the day that it is there, and the zone."""

    today: date
    zone: ZoneInfo

    def read(self, tokens: Tokens) -> Choice[When]:
        """Return the one meaning, or what may be meant and what is wrong."""
        choices = [self.read_split(*split) for split in split_phrase(tokens)]
        clean = [choice for choice in choices if not choice.problem]
        return join_choices(clean or choices) if choices else self._explain(tokens)

    def read_split(self, days: Tokens, clock: Tokens) -> Choice[When]:
        """Return all that a phrase may mean when it is parted into a day and a time."""
        day, hour = read_day(days, self.today), read_hour(clock)
        starts = product(day.values, hour.values)
        offset = read_offset(days, clock, starts, self.zone)
        parts = product(day.values, hour.values, offset.values)
        whens = join_choices([find_when(*each, self.zone) for each in parts])
        doubts, flaws = ([token.doubt for token in part] for part in (days, clock))
        problems = (*doubts, day.problem, *flaws, hour.problem, offset.problem, whens.problem)
        return Choice(whens.values, next(filter(None, problems), ""))

    def settle(self, phrases: Iterable[Tokens]) -> tuple[When, ...]:
        """Return the meanings of the phrases that have one."""
        splits = (split for tokens in phrases for split in split_phrase(tokens))
        choices = [self.read_split(*split) for split in splits]
        return join_choices([each for each in choices if not each.problem]).values

    def _explain(self, tokens: Tokens) -> Choice[When]:
        """Say why the tokens make no phrase, and what may be meant."""
        shape, shown = spell_shape(tokens), quote_tokens(tokens)
        if len(tokens) > _MOST_TOKENS:
            return Choice((), f"{shown} is too long for a date; {EXAMPLE}.")
        if TokenKind.UNKNOWN in shape:
            return self._respell(tokens)
        if TokenKind.ZONE in shape:
            return self._leave_zone_out(tokens)
        for pattern, fault in _FAULTS:
            if re.search(pattern, shape):
                return Choice(self._settle_parts(tokens), f"{shown} {fault}")
        moved = (tokens[:i] + tokens[i + 1 :] + tokens[i : i + 1] for i in range(len(tokens)))
        problem = f"{shown} is in an order that can be misread; {EXAMPLE}."
        return Choice(self.settle(moved), problem)

    def _respell(self, tokens: Tokens) -> Choice[When]:
        """Read the unknown words spelt right, if that makes a date, or name them."""
        unknown = [token for token in tokens if token.kind is TokenKind.UNKNOWN]
        if len(unknown) <= _MOST_MISSPELT:
            for guesses in product(*map(guess_word, unknown)):
                spelt = iter(guesses)
                right = tuple(next(spelt) if token in unknown else token for token in tokens)
                if any(split_phrase(right)):
                    return self.read(right)
        return Choice((), f"Not understood: {quote_tokens(unknown)}; {EXAMPLE}.")

    def _leave_zone_out(self, tokens: Tokens) -> Choice[When]:
        """Suggest the rest of the phrase only if it is a time and its zone goes by that name."""
        [typed, *_] = (token.text for token in tokens if token.kind is TokenKind.ZONE)
        problem = (
            f"{quote_typed(typed)} is not understood in a date; leave it out and name the zone "
            "with --tz, or give the offset from UTC, as in 14:30-05:00."
        )
        rest = tuple(token for token in tokens if token.kind is not TokenKind.ZONE)
        name, zone = typed.lower(), str(self.zone).lower()
        timed = ((when, when.start) for when in self.settle([rest]) if when.start)
        here = tuple(when for when, start in timed if name in {zone, str(start.tzname()).lower()})
        return Choice(here, problem)

    def _settle_parts(self, tokens: Tokens) -> tuple[When, ...]:
        """Return what has one meaning once the fewest neighbouring words are taken out.

        Of `10 Dec 2pm to 4pm` that is 2 pm and 4 pm. Words that join two parts always go, the only
        time never does.
        """
        if tokens[0].kind is TokenKind.RANGE:
            tokens = tokens[1:]
        joints = {index for index, token in enumerate(tokens) if token.kind in _RANGES}
        timed = _has_time(tokens)
        for length in range(len(tokens)):
            cuts = [range(cut, cut + length) for cut in range(len(tokens) - length, -1, -1)]
            left = (tokens[: cut.start] + tokens[cut.stop :] for cut in cuts if joints <= {*cut})
            if whens := self.settle(rest for rest in left if _has_time(rest) == timed):
                return whens
        return ()


def _has_time(tokens: Tokens) -> bool:
    return re.search("[TGCHPL]", spell_shape(tokens)) is not None
