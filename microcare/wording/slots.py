"""Dates that texts leave open, so that they are worded once for many appointments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from functools import wraps
from typing import ParamSpec

OpenText = tuple[str | int, ...]
"""A text in pieces; a number is that of a date which it leaves open."""

_FIRST, _DIGITS, _PAD = 0xD800, 0x3FF, "\udbff"
_SLOT = "([\ud800-\udbfe]{2})\udbff*"
"""A number in two digits, and what makes it as long as its date: no file can hold surrogates."""

_P = ParamSpec("_P")


class Slots:
    """The dates that texts leave open: how each is written, and how far it is from `day`."""

    def __init__(self, day: date) -> None:
        self._day = day
        self._held: dict[tuple[Callable[..., str], int, bool], int] = {}

    def hold(self, write: Callable[..., str], day: date, width: int, *, with_year: bool) -> str:
        """Return what stands for a date in a text, `width` characters, about those of its words."""
        key = write, (day - self._day).days, with_year
        number = self._held.setdefault(key, len(self._held))
        digits = (chr(_FIRST + each) for each in divmod(number, _DIGITS))
        return "".join(digits).ljust(width, _PAD)

    def split(self, text: str) -> OpenText:
        """Return a text in pieces, each date that it leaves open as its number."""
        pieces: list[str | int] = [*re.split(_SLOT, text)]
        for place in range(1, len(pieces), 2):
            high, low = (ord(each) - _FIRST for each in str(pieces[place]))
            pieces[place] = high * _DIGITS + low
        return tuple(pieces)

    def write(self, day: date) -> list[str]:
        """Return the dates in words, by their numbers, for an appointment on a day."""
        return [
            write(day + timedelta(days)) if with_year else write(day + timedelta(days), day.year)
            for write, days, with_year in self._held
        ]


def fill(text: OpenText, dates: Sequence[str]) -> str:
    """Return a text with its dates, each of which stands at its number."""
    return "".join(dates[each] if isinstance(each, int) else each for each in text)


_slots: ContextVar[Slots | None] = ContextVar("slots", default=None)


@contextmanager
def leave_open(day: date) -> Iterator[Slots]:
    """Leave the dates of all texts open for a while, for an appointment on a `day`.

    A year that is handed to what writes a date must be that of the appointment. It is for English:
    other languages join their words to the dates.
    """
    slots = Slots(day)
    token = _slots.set(slots)
    try:
        yield slots
    finally:
        _slots.reset(token)


def may_be_open(width: int) -> Callable[[Callable[_P, str]], Callable[_P, str]]:
    """Make a function that writes a date leave it open where that is asked for.

    `width` is that of its longest date in the year of the appointment.
    """

    def wrap(write: Callable[_P, str]) -> Callable[_P, str]:
        @wraps(write)
        def write_or_hold(*args: _P.args, **options: _P.kwargs) -> str:
            slots = _slots.get()
            if slots is None or options:
                return write(*args, **options)
            day, *years = args
            assert isinstance(day, date)  # noqa: S101 - what writes a date takes one first
            return slots.hold(write, day, width, with_year=not any(years))

        return write_or_hold

    return wrap
