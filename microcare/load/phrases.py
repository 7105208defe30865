"""Times in plain words ("5 to 7 days before", "day 2") to points, and nothing guessed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from microcare.core.points import (
    Edge,
    NumberedDay,
    Offset,
    Point,
    Qualifier,
    Quantity,
    RelativeDay,
    Side,
    Unit,
)
from microcare.load.problems import Code, PhraseError, quote, suggest

if TYPE_CHECKING:
    from collections.abc import Collection

MAX_YEARS = 10
"""An offset longer than this is taken for a slip."""

UNIT_NAMES = {
    "minute": Unit.MINUTE,
    "min": Unit.MINUTE,
    "hour": Unit.HOUR,
    "hr": Unit.HOUR,
    "h": Unit.HOUR,
    "day": Unit.DAY,
    "week": Unit.WEEK,
    "wk": Unit.WEEK,
    "month": Unit.MONTH,
    "year": Unit.YEAR,
    "yr": Unit.YEAR,
}
_PER_YEAR = {
    Unit.MINUTE: 525_600,
    Unit.HOUR: 8_760,
    Unit.DAY: 365,
    Unit.WEEK: 52,
    Unit.MONTH: 12,
    Unit.YEAR: 1,
}
NUMBER_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven"),
    *("eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen"),
)
_NUMBER = r"(\d{1,6}|[a-z]+(?= ))"
_QUANTITY = re.compile(rf"{_NUMBER}(?: ?(?:to|-|or) ?{_NUMBER})? ?([a-z]+)")
_OFFSET = re.compile(r"(at least |up to |within )?(.+?) (before|after|prior to)(?: (.+))?")
_DAYS = re.compile(r"days? (\d{1,3})(?: ?(?:to|-) ?(\d{1,3})| ?(\+)| (on|onwards?))?")
TREATMENT_NAMES = {"appointment", "treatment", "procedure", "visit"}
_RELATIVE_DAYS = {"day": 0, "day before": -1, "day after": 1, "next day": 1}
_EDGES = {"start": Side.BEFORE, "end": Side.AFTER}


def parse_quantity(text: str) -> Quantity:
    """Return a length of time ("48 hours", "5 to 7 days"); raises PhraseError."""
    words = _normalize(text)
    found = _QUANTITY.fullmatch(words)
    if found is None:
        raise PhraseError(f"{quote(text)} is not a length of time.", "write it like “48 hours”")
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


def parse_point(text: str, anchors: Collection[str] = ()) -> Point:
    """Return the point a phrase names; `anchors` are the events a protocol adds.

    Raises PhraseError, with what to write instead.
    """
    words = _normalize(text)
    named = _parse_named(words)
    if named is not None:
        return named
    base, _, wish = words.partition(", if possible ")
    found = _OFFSET.fullmatch(base)
    if found is None:
        raise PhraseError(f"{quote(text)} is not a point in time.", _hint(words))
    qualifier, length, relation, anchor = found.groups()
    side = Side.AFTER if relation == "after" else Side.BEFORE
    quantity = parse_quantity(length)
    hedge = Qualifier(qualifier.strip()) if qualifier else None
    if wish:
        if hedge is not None or quantity.least != quantity.most:
            raise PhraseError(
                f"{quote(text)} hedges twice.", "write “3 days after, if possible 10”"
            )
        quantity, hedge = _add_wish(quantity, wish, relation), Qualifier.IF_POSSIBLE
    return Offset(quantity, side, _parse_anchor(anchor, anchors), hedge)


def parse_days(text: str, anchors: Collection[str] = ()) -> tuple[Point, Point | None]:
    """Return the first and last day of "day 1", "days 2 to 7", "day 7 on" or one named day.

    An open end is None; raises PhraseError.
    """
    words = _normalize(text)
    found = _DAYS.fullmatch(words)
    if found is not None:
        first, last, *rest = found.groups()
        start = _numbered_day(first)
        if any(rest):
            return start, None
        end = _numbered_day(last) if last else start
        if end.number < start.number:
            raise PhraseError(f"{quote(text)} counts down.", "write the smaller number first")
        return start, end
    point = parse_point(text, anchors)
    if isinstance(point, Offset):
        if point.quantity.unit.elapses or point.quantity.least != point.quantity.most:
            raise PhraseError(f"{quote(text)} is not one day.", "use “from” and “until” instead")
        point = replace(point, named=True)
    if isinstance(point, Edge):
        raise PhraseError(f"{quote(text)} is not a day.", "write “treatment day” or “day 2”")
    return point, point


def _normalize(text: str) -> str:
    return " ".join(text.replace("–", "-").replace("—", "-").lower().split())


def _parse_named(words: str) -> Point | None:
    plain = words.removeprefix("the ")
    head, _, tail = plain.partition(" of ")
    if tail and tail.removeprefix("the ") not in TREATMENT_NAMES:
        return None
    if head in _EDGES:
        return Edge(_EDGES[head])
    if head in _RELATIVE_DAYS and (tail or head != "day"):
        return RelativeDay(_RELATIVE_DAYS[head])
    if plain in {f"{name} day" for name in TREATMENT_NAMES}:
        return RelativeDay(0)
    days = _DAYS.fullmatch(plain)
    if days is not None and not any(days.groups()[1:]):
        return _numbered_day(days[1])
    return None


def _numbered_day(digits: str) -> NumberedDay:
    number = int(digits)
    if number == 0:
        raise PhraseError("There is no day 0.", "write “treatment day”")
    return NumberedDay(number)


def _add_wish(quantity: Quantity, wish: str, relation: str) -> Quantity:
    words = wish.removesuffix(f" {relation}")
    bare = words.isdecimal() or words in NUMBER_WORDS
    other = parse_quantity(f"{words} {quantity.unit.value}" if bare else words)
    if other.unit is not quantity.unit or other.least != other.most:
        raise PhraseError(
            f"{quote(f'if possible {wish}')} counts in another unit.",
            f"count in {quantity.unit.value}s",
        )
    low, high = sorted((quantity.least, other.least))
    return Quantity(low, high, quantity.unit)


def _parse_anchor(words: str | None, anchors: Collection[str]) -> str:
    bare = (words or "").removeprefix("the ").removeprefix("your ")
    name = "-".join(bare.replace("-", " ").split())
    if not name or name in TREATMENT_NAMES:
        return "appointment"
    if name in anchors:
        return name
    raise PhraseError(
        f"{quote(words or '')} is no event of this protocol.",
        suggest(name, [*TREATMENT_NAMES, *anchors]) or "name it under “anchors”, or leave it out",
        Code.UNKNOWN_ANCHOR,
    )


def _parse_unit(word: str) -> Unit:
    unit = UNIT_NAMES.get(word) or UNIT_NAMES.get(word.removesuffix("s"))
    if unit is None:
        known = [f"{name}s" for name in UNIT_NAMES if len(name) > len("min")]
        raise PhraseError(
            f"{quote(word)} is not a unit of time.",
            suggest(word, known) or "count in minutes, hours, days, weeks, months or years",
        )
    return unit


def _parse_number(word: str) -> int:
    if word.isdecimal():
        return int(word)
    if word in NUMBER_WORDS:
        return NUMBER_WORDS.index(word)
    raise PhraseError(f"{quote(word)} is not a number.", "write the number in digits")


def _hint(words: str) -> str:
    if _QUANTITY.fullmatch(words):
        return f"say on which side of the treatment: “{words} before” or “{words} after”"
    return "write it like “48 hours before”, “3 days after”, “day 2”, “start” or “treatment day”"
