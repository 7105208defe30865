"""Lengths of time in plain words ("48 hours", "5 to 7 days") to quantities."""

from __future__ import annotations

import re
from datetime import timedelta

from microcare.core.sheet.points import Length, Qualifier, Quantity, Unit
from microcare.load.clock_times import DAY
from microcare.load.source.refusals import PhraseError, find_nearest, quote, suggest

MAX_YEARS = 10
"""An offset longer than this is taken for a slip."""

# How many make a year, and the names.
_UNITS = (
    (Unit.MINUTE, 525_600, ("minute", "min")),
    (Unit.HOUR, 8_760, ("hour", "hr", "h")),
    (Unit.DAY, 365, ("day",)),
    (Unit.WEEK, 52, ("week", "wk")),
    (Unit.MONTH, 12, ("month",)),
    (Unit.YEAR, 1, ("year", "yr")),
)
UNIT_NAMES = {name: unit for unit, _, names in _UNITS for name in names}
_PER_YEAR = {unit: number for unit, number, _ in _UNITS}
NUMBER_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven"),
    *("eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen"),
)
_NUMBER = r"([0-9]{1,6}|[a-z]+(?= ))"
_QUANTITY = re.compile(rf"{_NUMBER}(?: ?(?:to|-|or) ?{_NUMBER})? ?([a-z]+)")
_LENGTH_HINT = "write it like “48 hours”"
# Not a part of 1.5, 1½ or -2: that would be another number.
_LENGTH = r"(?<![\w.,½¼¾-])(?:\d+|[a-z]+)(?: ?(?:to|-|or) ?(?:\d+|[a-z]+))? ?[a-z]+(?![\w-])"
_FRACTION = r"\d[.,]\d|[½¼¾]|\bhalf\b"


def parse_quantity(text: str) -> Quantity:
    """Return a length of time ("48 hours", "5 to 7 days"); raises PhraseError."""
    words = normalize(text)
    found = _QUANTITY.fullmatch(words)
    if found is None:
        raise PhraseError(f"{quote(text)} is not a length of time.", _hint_at_length(words))
    low, high, unit_word = found.groups()
    unit = _parse_unit(unit_word)
    least = _parse_number(low)
    most = _parse_number(high) if high else least
    if most < least:
        raise PhraseError(f"{quote(text)} counts down.", "write the smaller number first")
    if most == 0 or most > MAX_YEARS * _PER_YEAR[unit]:
        raise PhraseError(
            f"{quote(text)} is no sensible length of time.",
            f"write a number from 1 up, {MAX_YEARS} years at most",
        )
    return Quantity(least, most, unit)


def parse_length(text: str) -> Length:
    """Return how long a window lasts: "5 days", "up to 5 days"; raises PhraseError."""
    words = normalize(text)
    for qualifier in (Qualifier.UP_TO, Qualifier.AT_LEAST):
        if words.startswith(f"{qualifier.value} "):
            return Length(parse_quantity(words.removeprefix(f"{qualifier.value} ")), qualifier)
    return Length(parse_quantity(words))


def parse_duration(text: str) -> timedelta:
    """Return the length of an appointment ("45 minutes"), a day at most; raises PhraseError."""
    quantity = parse_quantity(text)
    scale = {Unit.MINUTE: timedelta(minutes=1), Unit.HOUR: timedelta(hours=1)}
    if quantity.unit not in scale or quantity.least != quantity.most:
        raise PhraseError(
            f"{quote(text)} is no length of an appointment; write it like “45 minutes”."
        )
    length = quantity.least * scale[quantity.unit]
    if length > DAY:
        raise PhraseError(f"{quote(text)} is longer than a day.")
    return length


def is_quantity(words: str) -> bool:
    """Return whether words in small letters are a length of time."""
    try:
        return _QUANTITY.fullmatch(words) is not None and bool(parse_quantity(words))
    except PhraseError:
        return False


def normalize(text: str) -> str:
    """Return a phrase in small letters, with one space between words and plain hyphens."""
    return " ".join(text.replace("–", "-").replace("—", "-").lower().split())


def _parse_unit(word: str) -> Unit:
    unit = UNIT_NAMES.get(word) or UNIT_NAMES.get(word.removesuffix("s"))
    if unit is None and word in {"night", "nights"}:
        raise PhraseError("Nights are no length of time.", "write “on: first 3 nights”")
    if unit is None:
        known = [f"{name}s" for name in UNIT_NAMES if len(name) > len("min")]
        raise PhraseError(
            f"{quote(word)} is not a unit of time.",
            suggest(find_nearest(word, known))
            or "count in minutes, hours, days, weeks, months or years",
        )
    return unit


def _parse_number(word: str) -> int:
    if word.isdecimal():
        return int(word)
    if word in NUMBER_WORDS:
        return NUMBER_WORDS.index(word)
    raise PhraseError(f"{quote(word)} is not a number.", "write the number in digits")


def _hint_at_length(words: str) -> str:
    """Return what to write for a length of time; `words` are in small letters."""
    if re.search(_FRACTION, words):
        return "count in a smaller unit, like “90 minutes”"
    inner = (found[0] for found in re.finditer(_LENGTH, words[:200]))
    length = next((each for each in inner if is_quantity(each)), None)
    return f"write “{length}”, and the rest in “say”" if length else _LENGTH_HINT
