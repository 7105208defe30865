"""What `on` may name: numbered days and hours, the first days or nights, a part of a day."""

from __future__ import annotations

import re
from collections.abc import Mapping

from microcare.core.sheet.points import Clock, DayTime, Edge, Offset, Point, RelativeDay, Side
from microcare.core.sheet.problems import Subject
from microcare.core.values import replace
from microcare.load.source.refusals import PhraseError, quote
from microcare.load.times.day_times import WAKING
from microcare.load.times.offsets import (
    DAYS,
    TREATMENT_NAMES,
    USUAL_NAMES,
    TimeNames,
    make_numbered_day,
    parse_anchor,
)
from microcare.load.times.points import parse_point
from microcare.load.times.quantities import normalize, parse_quantity

_HOURS = r"hours? ([0-9]{1,4})(?: ?(?:to|-) ?([0-9]{1,4})| ?\+| on| onwards?)"

_NIGHTS = r"first (?:([0-9]{1,3}|[a-z]+) )?nights?"

_REST = rf"rest of (?:the |your )?(?:(?:{'|'.join(sorted(TREATMENT_NAMES))}) )?day"


def parse_days(text: str, names: TimeNames = USUAL_NAMES) -> tuple[Point, Point | None]:
    """Return the first and the last of what `on` names: days, hours, or a part of a day.

    "day 1", "days 2 to 7", "day 7 on", one named day, "hours 24 to 48", "first 3 days", "first 2
    nights", "the rest of the day", "the evening before". An open end is None; raises PhraseError.
    """
    words = normalize(text)
    found = DAYS.fullmatch(words)
    if found is not None:
        first, last, *rest = found.groups()
        start = make_numbered_day(first)
        if any(rest):
            return start, None
        end = make_numbered_day(last) if last else start
        if end.number < start.number:
            raise PhraseError(f"{quote(text)} counts down.", "write the smaller number first")
        return start, end
    return _parse_phase(text, words, names) or _parse_one_day(text, names)


def _parse_phase(text: str, words: str, names: TimeNames) -> tuple[Point, Point | None] | None:
    """Return the hours or the first days after the treatment that a phrase numbers."""
    plain = words.removeprefix("the ")
    if re.fullmatch(_REST, plain):
        return Edge(Side.AFTER), RelativeDay(0)
    if nights := re.fullmatch(_NIGHTS, plain):
        return _first_nights(nights[1] or "1", names.parts)
    if plain.startswith("first "):
        length, _, anchor = plain.removeprefix("first ").partition(" after ")
        name = parse_anchor(anchor, names)
        least = length if length[:1].isdecimal() or " " in length else f"1 {length}"
        quantity = parse_quantity(least)
        named = not quantity.unit.elapses
        return Edge(Side.AFTER, name), Offset(quantity, Side.AFTER, name, named=named)
    hours = re.fullmatch(_HOURS, words) if plain.startswith("hour") else None
    if hours is None:
        return None
    low, high = hours.groups()
    if high is not None and int(high) <= int(low):
        raise PhraseError(f"{quote(text)} counts down.", "write the smaller number first")
    start = _hours_after(low) if int(low) else Edge(Side.AFTER)
    return start, None if high is None else _hours_after(high)


def _first_nights(number: str, parts: Mapping[str, DayTime]) -> tuple[Clock, Clock]:
    """Return when the night of the treatment day begins, and when people wake after the last."""
    quantity = parse_quantity(f"{number} days")
    begins, wakes = parts["night"].ends[0], parts[WAKING].least
    morning = Offset(quantity, Side.AFTER, named=True)
    return Clock(RelativeDay(0), DayTime(begins, begins)), Clock(morning, DayTime(wakes, wakes))


def _hours_after(digits: str) -> Offset:
    return Offset(parse_quantity(f"{digits} hours"), Side.AFTER)


def _parse_one_day(text: str, names: TimeNames) -> tuple[Point, Point]:
    point = parse_point(text, names)
    match point:
        case Offset(quantity=quantity) if quantity.unit.elapses or quantity.least != quantity.most:
            raise PhraseError(f"{quote(text)} is not one day.", "use “from” and “until” instead")
        case Offset():
            named = replace(point, named=True)
            return named, named
        case Edge():
            raise PhraseError(f"{quote(text)} is not a day.", "write “treatment day” or “day 2”")
        case Clock(time=time) if time.least == time.most:
            about = (Subject("times-of-day", time.name),)
            message = f"{quote(text)} is one moment."
            raise PhraseError(message, "use “at” instead of “on”", subjects=about)
        case Clock(time=time):
            ends = (DayTime(each, each, time.name) for each in (time.least, time.most))
            begins, closes = (replace(point, time=end) for end in ends)
            return begins, closes
        case _:
            return point, point
