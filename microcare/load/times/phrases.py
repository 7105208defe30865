"""Times in plain words ("5 to 7 days before", "day 2") to points, and nothing guessed."""

from __future__ import annotations

import re
from dataclasses import field, replace
from typing import TYPE_CHECKING

from microcare.core.sheet.points import (
    TIMES_OF_DAY,
    DayTime,
    Edge,
    Length,
    NumberedDay,
    Offset,
    Point,
    Qualifier,
    Quantity,
    RelativeDay,
    Side,
    Unit,
)
from microcare.core.values import value
from microcare.load.source.refusals import Code, PhraseError, quote, suggest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

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
_NUMBER = r"([0-9]{1,6}|[a-z]+(?= ))"
QUANTITY = re.compile(rf"{_NUMBER}(?: ?(?:to|-|or) ?{_NUMBER})? ?([a-z]+)")
_OFFSET = re.compile(r"(at least |up to |within )?(.+?) (before|after|prior to)(?: (.+))?")
HEDGES = {
    "not before ": Qualifier.NOT_BEFORE,
    "no earlier than ": Qualifier.NOT_BEFORE,
    "no later than ": Qualifier.NO_LATER,
    "not later than ": Qualifier.NO_LATER,
    "by ": Qualifier.NO_LATER,
}
DAYS = re.compile(r"days? ([0-9]{1,3})(?: ?(?:to|-) ?([0-9]{1,3})| ?(\+)| (on|onwards?))?")
TREATMENT_NAMES = {
    *("appointment", "treatment", "procedure", "visit", "session", "surgery", "operation"),
}
_RELATIVE_DAYS = {"day of": 0, "day before": -1, "day after": 1, "next day": 1}
_JOINTS = {"and", "or", "to", "until", "till"}
_EDGES = {"start": Side.BEFORE, "beginning": Side.BEFORE, "end": Side.AFTER}


def parse_quantity(text: str) -> Quantity:
    """Return a length of time ("48 hours", "5 to 7 days"); raises PhraseError."""
    words = normalize(text)
    found = QUANTITY.fullmatch(words)
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


@value
class TimeNames:
    """The names that times in a protocol may use beside the treatment's own.

    `anchors` are the events that it names and the ids of its instructions, `parts` the parts of
    the day and the hours awake.
    """

    anchors: Collection[str] = ()
    parts: Mapping[str, DayTime] = field(default_factory=lambda: TIMES_OF_DAY)


USUAL_NAMES = TimeNames()


def parse_point(text: str, names: TimeNames = USUAL_NAMES) -> Point:
    """Return the point a phrase names; raises PhraseError, with what to write instead."""
    words = normalize(text)
    hedge = next((name for name in HEDGES if words.startswith(name)), "")
    qualifier = HEDGES.get(hedge)
    words = words.removeprefix(hedge)
    point = _parse_named(words, names)
    if point is not None:
        return point
    if _may_name_time_of_day(words, names):
        from microcare.load.times.day_phrases import names_time_of_day, parse_clock

        if names_time_of_day(words, names.parts):
            return replace(parse_clock(words, names), qualifier=qualifier)
    offset = _parse_offset(text, words, names)
    if qualifier is not None and offset.qualifier is not None:
        raise PhraseError(f"{quote(text)} hedges twice.", "keep one of the two")
    return replace(offset, qualifier=qualifier) if qualifier else offset


def parse_interval(text: str, names: TimeNames = USUAL_NAMES) -> tuple[Point, Point | None]:
    """Return a minimum interval's one bound, or both: "2 weeks before and after"."""
    words = normalize(text)
    for both in (" before and after", " before or after"):
        if words.endswith(both):
            length = words.removesuffix(both)
            return (
                _parse_offset(text, f"{length} before", names),
                _parse_offset(text, f"{length} after", names),
            )
    return parse_point(text, names), None


def parse_length(text: str) -> Length:
    """Return how long a window lasts: "5 days", "up to 5 days"; raises PhraseError."""
    words = normalize(text)
    for qualifier in (Qualifier.UP_TO, Qualifier.AT_LEAST):
        if words.startswith(f"{qualifier.value} "):
            return Length(parse_quantity(words.removeprefix(f"{qualifier.value} ")), qualifier)
    return Length(parse_quantity(words))


def normalize(text: str) -> str:
    """Return a phrase in small letters, with one space between words and plain hyphens."""
    return " ".join(text.replace("–", "-").replace("—", "-").lower().split())


def _parse_offset(text: str, words: str, names: TimeNames) -> Offset:
    base, _, wish = words.partition(", if possible ")
    found = _OFFSET.fullmatch(base)
    if found is None:
        raise PhraseError(f"{quote(text)} is not a point in time.", _hint_at_point(words))
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
    edge, name = _parse_edge(anchor or "", names)
    return Offset(quantity, side, name, hedge, counted_from=edge)


def _parse_edge(words: str, names: TimeNames) -> tuple[Side | None, str]:
    """Return the edge of an anchor that a phrase insists on, and the anchor."""
    head, of, tail = _without_article(words).partition(" of ")
    if of and head in _EDGES:
        return _EDGES[head], parse_anchor(tail, names)
    return None, parse_anchor(words, names)


def _parse_named(words: str, names: TimeNames) -> Point | None:
    plain = _without_article(words)
    if plain in _EDGES:
        return Edge(_EDGES[plain])
    if plain in {f"{name} day" for name in TREATMENT_NAMES}:
        return RelativeDay(0)
    days = DAYS.fullmatch(plain)
    if days is not None and not any(days.groups()[1:]):
        return numbered_day(days[1])
    for day, distance in _RELATIVE_DAYS.items():
        if plain == day and day != "day of":
            return RelativeDay(distance)
        if plain.startswith(f"{day} "):
            anchor = parse_anchor(plain.removeprefix(f"{day} "), names)
            return RelativeDay(distance, anchor)
    head, of, tail = plain.partition(" of ")
    return Edge(_EDGES[head], parse_anchor(tail, names)) if of and head in _EDGES else None


def _may_name_time_of_day(words: str, names: TimeNames) -> bool:
    """Return, at little cost, whether a phrase may begin with a time of day."""
    first, _, rest = _without_article(words).partition(" ")
    halves = ("am", "pm", "a.m", "p.m")
    return (
        first in names.parts
        or first == "midnight"
        or ":" in first
        or first.endswith(halves)
        or rest.startswith(halves)
    )


def _without_article(words: str) -> str:
    return words.removeprefix("the ")


def numbered_day(digits: str) -> NumberedDay:
    """Return the day that a sheet gives a number; raises PhraseError for day 0."""
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


def parse_anchor(words: str, names: TimeNames) -> str:
    """Return what a time counts from: "" and the treatment's names are the appointment.

    Raises PhraseError.
    """
    bare = _without_article(words).removeprefix("your ")
    name = "-".join(bare.replace("-", " ").split())
    if not name or name in TREATMENT_NAMES:
        return "appointment"
    if name in names.anchors:
        return name
    if name.partition("-")[0] in _JOINTS:
        message = f"{quote(words)} is a second time."
        hint = "write “from” and “until”, or an instruction for each"
        raise PhraseError(message, hint)
    raise PhraseError(
        f"{quote(words)} is no instruction and no event of this protocol.",
        suggest(name, [*TREATMENT_NAMES, *names.anchors])
        or "write the id of an instruction, name an event under “anchors”, or leave it out",
        Code.UNKNOWN_ANCHOR,
    )


def _parse_unit(word: str) -> Unit:
    unit = UNIT_NAMES.get(word) or UNIT_NAMES.get(word.removesuffix("s"))
    if unit is None and word in {"night", "nights"}:
        raise PhraseError("Nights are no length of time.", "write “on: first 3 nights”")
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


def _hint_at_point(words: str) -> str:
    from microcare.load.times.rewording import hint_at_point  # on errors only: start-up counts

    return hint_at_point(words)


def _hint_at_length(words: str) -> str:
    from microcare.load.times.rewording import hint_at_length

    return hint_at_length(words)
