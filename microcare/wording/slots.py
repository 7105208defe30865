"""Dates that texts leave open, so that they are worded once for many appointments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from datetime import date, timedelta
from functools import wraps
from typing import ParamSpec

_P = ParamSpec("_P")

OpenText = tuple[str | int, ...]
"""A text in pieces; a number is that of a date which it leaves open."""

SLOT = "[\ud800-\udbff]+"
"""What stands for a date: a number in two digits, and what makes it as long as the date.

No file can hold these characters, which are surrogates.
"""
_FIRST, _DIGITS = 0xD800, 0x3FE
_PAD, _YEAR_PAD = "\udbfe", "\udbff"
_NUMBER = "([\ud800-\udbfd]{2})[\udbfe\udbff]*"
_YEAR = len(" 2026")


class Slots:
    """The dates that texts leave open: how each is written, and how far it is from `day`.

    It `is_complete` unless a date was written at once, since it hangs on more than the two.
    """

    def __init__(self, day: date) -> None:
        self.day = day
        self.is_complete = True
        self._held: dict[tuple[Callable[..., str], int, bool], int] = {}

    def hold(
        self, write: Callable[..., str], day: date, width: int, *, whole: bool, told: bool
    ) -> str:
        """Return what stands for a date in a text.

        It is written `whole`, or without the year of the appointment. `width` is that of its
        longest words without a year, which is `told` of this one or not.
        """
        key = write, (day - self.day).days, whole
        number = self._held.setdefault(key, len(self._held))
        digits = "".join(chr(_FIRST + each) for each in divmod(number, _DIGITS))
        return digits.ljust(width + _YEAR, _YEAR_PAD) if told else digits.ljust(width, _PAD)

    def split(self, text: str) -> OpenText:
        """Return a text in pieces, each date that it leaves open as its number."""
        pieces: list[str | int] = [*re.split(_NUMBER, text)]
        for place in range(1, len(pieces), 2):
            high, low = (ord(each) - _FIRST for each in str(pieces[place]))
            pieces[place] = high * _DIGITS + low
        return tuple(pieces)

    def write(self, day: date) -> list[str]:
        """Return the dates in words, by their numbers, for an appointment on a day."""
        return [
            write(day + timedelta(days)) if whole else write(day + timedelta(days), day.year)
            for write, days, whole in self._held
        ]

    def find_years(self, day: date) -> frozenset[int]:
        """Return the dates, by their distance, that have another year than an appointment."""
        dates = {days for _, days, whole in self._held if not whole}
        return frozenset(each for each in dates if (day + timedelta(each)).year != day.year)


def fill(text: OpenText, dates: Sequence[str]) -> str:
    """Return a text with its dates, each of which stands at its number."""
    return "".join(dates[each] if isinstance(each, int) else each for each in text)


def ends_in_figure(text: str) -> bool:
    """Return whether a text ends in a figure, or in a date that does: one with its year."""
    return text[-1:].isdigit() or text.endswith(_YEAR_PAD)


_slots: ContextVar[Slots | None] = ContextVar("slots", default=None)


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
            if options or year not in (None, slots.day.year):
                slots.is_complete = False
                return copy_context().run(_write_at_once, write, *args, **options)
            told = has_year and day.year != year
            return slots.hold(write, day, width, whole=year is None, told=told)

        return write_or_hold

    return wrap
