"""Dates that texts leave open, so that they are worded once for many appointments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from datetime import date, timedelta
from functools import lru_cache, wraps
from typing import ParamSpec

from microcare.core.values import value

_P = ParamSpec("_P")

SLOT = "[\ud800-\udbff]+"
"""What stands for a date: a number in two digits, and what makes it as long as the date.

No file can hold these characters, which are surrogates.
"""
_FIRST, _DIGITS = 0xD800, 0x3FE
_PAD, _YEAR_PAD = "\udbfe", "\udbff"
_NUMBERED = re.compile("([\ud800-\udbfd]{2})[\udbfe\udbff]*")
_YEAR = len(" 2026")

_LEAD, _TRAIL, _OCTET = 0xF8, 0x80, 64
_ENCODED = re.compile(rb"([\xf8-\xff][\x80-\xbf]{2})[\x80-\xbf]*")
"""A slot as octets: one of eight that UTF-8 has not, and those with which a character goes on."""
_MOST = 8 * _OCTET * _OCTET


class Slots:
    """The dates that texts leave open: how each is written, and how far it is from `day`.

    It `is_complete` unless a date was written at once, since it hangs on more than the two.
    """

    def __init__(self, day: date) -> None:
        self.day = day
        self.is_complete = True
        self._held: dict[tuple[Callable[..., str], timedelta, bool], int] = {}

    def hold(
        self, write: Callable[..., str], day: date, width: int, *, whole: bool, told: bool
    ) -> str:
        """Return what stands for a date in a text.

        It is written `whole`, or without the year of the appointment. `width` is that of its
        longest words without a year, which is `told` of this one or not.
        """
        key = write, day - self.day, whole
        number = self._held.setdefault(key, len(self._held))
        digits = "".join(chr(_FIRST + each) for each in divmod(number, _DIGITS))
        return digits.ljust(width + _YEAR, _YEAR_PAD) if told else digits.ljust(width, _PAD)

    def is_full(self) -> bool:
        """Return whether no more dates can be held."""
        return len(self._held) >= _MOST

    def write(self, day: date) -> tuple[str, ...]:
        """Return the dates in words, by their numbers, for an appointment on a day."""
        return tuple(
            _write_date(write, day + later, None if whole else day.year)
            for write, later, whole in self._held
        )

    def find_years(self, day: date) -> frozenset[timedelta]:
        """Return the dates, by their distance, that have another year than an appointment."""
        dates = {later for _, later, whole in self._held if not whole}
        return frozenset(each for each in dates if (day + each).year != day.year)


@lru_cache(maxsize=4096)
def _write_date(write: Callable[..., str], day: date, year: int | None) -> str:
    return write(day) if year is None else write(day, year)


def encode(text: str) -> bytes:
    """Return a text in UTF-8; each date that it leaves open is one long character in it."""
    octets: list[bytes] = []
    end = 0
    for found in _NUMBERED.finditer(text):
        high, low = (ord(each) - _FIRST for each in found[1])
        lead, rest = divmod(high * _DIGITS + low, _OCTET * _OCTET)
        number = bytes((_LEAD + lead, *(_TRAIL + each for each in divmod(rest, _OCTET))))
        octets += text[end : found.start()].encode(), number.ljust(len(found[0]), bytes((_TRAIL,)))
        end = found.end()
    return b"".join((*octets, text[end:].encode()))


@value
class Template:
    """A text in which dates are left open: in every other of its pieces, by their `numbers`."""

    pieces: tuple[str, ...]
    numbers: tuple[int, ...]

    def fill(self, dates: Sequence[str]) -> str:
        """Return the text with its dates, each of which stands at its number."""
        if not self.numbers:
            return self.pieces[0]
        pieces = [*self.pieces]
        pieces[1::2] = [dates[each] for each in self.numbers]
        return "".join(pieces)


def decode(octets: bytes) -> Template:
    """Return an encoded text as a template."""
    pieces, numbers = [], []
    for place, piece in enumerate(_ENCODED.split(octets)):
        if place % 2:
            lead, high, low = piece[0] - _LEAD, piece[1] - _TRAIL, piece[2] - _TRAIL
            numbers.append((lead * _OCTET + high) * _OCTET + low)
        pieces.append("" if place % 2 else piece.decode())
    return Template(tuple(pieces), tuple(numbers))


def ends_in_figure(text: str) -> bool:
    """Return whether a text ends in a figure, or in a date that does: one with its year."""
    return text[-1:].isdigit() or text.endswith(_YEAR_PAD)


_slots: ContextVar[Slots | None] = ContextVar("slots", default=None)


def are_open() -> bool:
    """Return whether the dates of texts are left open now."""
    return _slots.get() is not None


@contextmanager
def leave_open(slots: Slots) -> Iterator[None]:
    """Leave the dates of texts open for a while, and have the `slots` hold them.

    It is for English: other languages join their words to the dates.
    """
    token = _slots.set(slots)
    try:
        yield
    finally:
        _slots.reset(token)


def _write_at_once(write: Callable[_P, str], /, *args: _P.args, **options: _P.kwargs) -> str:
    _slots.set(None)
    return write(*args, **options)


def may_be_open(width: int, *, has_year: bool) -> Callable[[Callable[_P, str]], Callable[_P, str]]:
    """Make a function that writes a date leave it open where that is asked for.

    It takes the date and, if it `has_year`, may take the year without which it is told. A date that
    hangs on more is written at once. `width` is that of its longest words without a year.
    """

    def wrap(write: Callable[_P, str]) -> Callable[_P, str]:
        @wraps(write)
        def write_or_hold(*args: _P.args, **options: _P.kwargs) -> str:
            slots = _slots.get()
            if slots is None:
                return write(*args, **options)
            day, year = (*args, None)[:2]
            assert isinstance(day, date)  # noqa: S101 - what writes a date takes it first
            if options or year not in (None, slots.day.year) or slots.is_full():
                slots.is_complete = False
                return copy_context().run(_write_at_once, write, *args, **options)
            told = has_year and day.year != year
            return slots.hold(write, day, width, whole=year is None, told=told)

        return write_or_hold

    return wrap
