"""The grammar of a typed date: which words may be its day, its time and its offset."""

from __future__ import annotations

import re
from collections.abc import Iterator

from microcare.core.values import value
from microcare.load.typed_date.tokens import Token, TokenKind, spell_shape

# Shapes of a phrase, spelt in the letters of TokenKind. Both patterns also take what is refused
# later with a better sentence than "not understood": a day without a month, a bare hour.
_DATE = "[DE]o?M[YD]?|Mt?[DE][YD]?|YM[DE]|DDY|YDD|N|R|X(?:MY?)?|MXY?|G|[DE]|MY|YM|M|Y"
_DAY = re.compile(rf"n?(?:Q?W|W?t?(?:{_DATE})|(?:{_DATE})W)")
_CLOCK = re.compile(r"a?(?:[TGC]P?|[DH]P|L|H)O?|aD")
_EARLY_CLOCK = re.compile(rf"(?!G$)(?:{_CLOCK.pattern})")  # 10.12 Dec 29
_LATE_CLOCK = re.compile(rf"{_CLOCK.pattern}|D|a?Y|[DY]O|O")


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
    if _DAY.fullmatch(shape):
        yield Split(tokens)
    for cut in range(len(shape) - 1, 0, -1):
        iso = shape[cut] == TokenKind.ISO
        joint = cut + (iso or shape[cut] == TokenKind.DASH)
        left, right = shape[:cut], shape[joint:]
        if _DAY.fullmatch(left) and _LATE_CLOCK.fullmatch(right):
            if right[0] != TokenKind.YEAR or not _DAY.fullmatch(shape[: joint + 1]):
                yield _split(tokens[:cut], tokens[joint:], iso=iso)
        elif _EARLY_CLOCK.fullmatch(left) and _DAY.fullmatch(right) and not iso:
            yield _split(tokens[joint:], tokens[:cut])
    if _CLOCK.fullmatch(shape):
        yield _split((), tokens)


def _split(day: tuple[Token, ...], clock: tuple[Token, ...], *, iso: bool = False) -> Split:
    if len(clock) > 1 and clock[-1].kind is TokenKind.OFFSET:
        return Split(day, clock[:-1], clock[-1], iso)
    return Split(day, clock, None, iso)
