"""Dates, clock times, numbers and lists as a language and its region write them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from functools import lru_cache
from typing import TYPE_CHECKING

from microcare.language.messages import find_spoken, join_words, say_as

if TYPE_CHECKING:
    from babel import Locale

_SPACES = str.maketrans({"\u202f": " ", "\xa0": " "})


def full_text(day: date) -> str:
    """Return a date in full words, in the spoken language: "jueves, 10 de diciembre de 2026"."""
    return _format_date(day, "full", _find_locale())


def short_text(day: date, *, year: bool, weekday: bool = True) -> str:
    """Return a date in short, in the spoken language: "jue 10 dic"; the language orders it."""
    skeleton = f"{'y' if year else ''}MMM{'E' if weekday else ''}d"
    text = _format_date(day, skeleton, _find_locale())
    name = weekday_text(day)
    # A date in short stands in lists, whose commas part other things.
    return text.replace(f"{name},", name)


def weekday_text(day: date) -> str:
    """Return a date's day of the week in short, in the spoken language: "sáb"."""
    return _format_date(day, "EEE", _find_locale())


def month_text(day: date) -> str:
    """Return a date's month in short, in the spoken language: "dic"."""
    return _format_date(day, "LLL", _find_locale())


def clock_text(minutes: int, seconds: int = 0) -> str:
    """Return minutes from midnight as the spoken language's region writes a clock time."""
    return _format_time(minutes % (24 * 60), seconds, _find_locale())


def join_all(parts: Iterable[str]) -> str:
    """Return things that hold together: "a and b and c"."""
    return _smooth(f" {say_as('list', 'and')} ".join(parts))


def join_any(parts: Iterable[str]) -> str:
    """Return things of which one holds: "a or b or c"."""
    return _smooth(f" {say_as('list', 'or')} ".join(parts))


def list_words(parts: Iterable[str]) -> str:
    """Return a list as one says it: "a, b and c"."""
    *first, last = parts
    return _smooth(f"{', '.join(first)} {say_as('list', 'and')} {last}") if first else last


def end_sentence(text: str) -> str:
    """Return a text with its full stop, which "2:30 p.m." has already."""
    return text if text.endswith((".", "?")) else f"{text}."


def _smooth(text: str) -> str:
    language = find_spoken()
    return text if language is None else join_words(language, text)


def _find_locale() -> str:
    """Return the locale of what is spoken; the words of plain English need none."""
    language = find_spoken()
    if language is None:
        raise ValueError("plain English needs no locale data")
    return language.locale


@lru_cache(maxsize=4096)
def _format_date(day: date, form: str, locale: str) -> str:
    """Return a date in a form of the CLDR: a pattern, a length, or the skeleton of its parts."""
    from babel.dates import format_date, format_skeleton

    found = _parse_locale(locale)
    if form in found.datetime_skeletons:
        return format_skeleton(form, day, locale=found).translate(_SPACES)
    return format_date(day, form, locale=found).translate(_SPACES)


@lru_cache(maxsize=4096)
def _format_time(minutes: int, seconds: int, locale: str) -> str:
    from babel.dates import format_time

    moment = time(*divmod(minutes, 60), seconds)
    length = "medium" if seconds else "short"
    return format_time(moment, length, locale=_parse_locale(locale)).translate(_SPACES)


@lru_cache
def _parse_locale(name: str) -> Locale:
    """Return a locale, of a region that has none of its own that of the language."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(name)
    except UnknownLocaleError:
        return Locale.parse(name.partition("_")[0])
