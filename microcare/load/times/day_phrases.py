"""Times of day on a day ("21:00 the day before", "the morning of"), and what `on` may name."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from microcare.core.sheet.points import (
    Clock,
    DayTime,
    Edge,
    NumberedDay,
    Offset,
    Point,
    RelativeDay,
    Side,
    is_whole_day,
)
from microcare.load.source.refusals import PhraseError, quote
from microcare.load.times.day_times import CLOCK, WAKING, parse_day_time
from microcare.load.times.phrases import (
    DAYS,
    HEDGES,
    TREATMENT_NAMES,
    USUAL_NAMES,
    TimeNames,
    normalize,
    numbered_day,
    parse_anchor,
    parse_point,
    parse_quantity,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

Day = Offset | RelativeDay | NumberedDay

_END_OF_DAY = 24 * 60
_HOURS = r"hours? ([0-9]{1,4})(?: ?(?:to|-) ?([0-9]{1,4})| ?\+| on| onwards?)"
_NIGHTS = r"first (?:([0-9]{1,3}|[a-z]+) )?nights?"
_REST = rf"rest of (?:the |your )?(?:(?:{'|'.join(sorted(TREATMENT_NAMES))}) )?day"
_LATE_PARTS = {"afternoon", "evening", "night", "bedtime"}
"""What "before" puts on the day before, without a doubt."""


def names_time_of_day(words: str, parts: Mapping[str, DayTime]) -> bool:
    """Return whether a phrase begins with a clock time or a part of the day."""
    return _split_time(words, parts) is not None


def parse_clock(words: str, names: TimeNames) -> Clock:
    """Return a time of day on a day, from a phrase in small letters; raises PhraseError."""
    split = _split_time(words, names.parts)
    if split is None:
        raise PhraseError(f"{quote(words)} names no time of day.", _HINT)
    time, rest = split
    if time == "midnight":
        return Clock(_midnight_day(words, rest), DayTime(_END_OF_DAY, _END_OF_DAY, time))
    return Clock(_parse_day(words, time, rest, names), parse_day_time(time, names.parts))


def parse_days(text: str, names: TimeNames = USUAL_NAMES) -> tuple[Point, Point | None]:
    """Return the first and the last of what `on` names: days, hours, or a part of a day.

    "day 1", "days 2 to 7", "day 7 on", one named day, "hours 24 to 48", "first 3 days", "first 2
    nights", "the rest of the day", "the evening before". An open end is None; raises PhraseError.
    """
    words = normalize(text)
    found = DAYS.fullmatch(words)
    if found is not None:
        first, last, *rest = found.groups()
        start = numbered_day(first)
        if any(rest):
            return start, None
        end = numbered_day(last) if last else start
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
    begins, wakes = parts["night"].least, parts[WAKING].least
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
            raise PhraseError(f"{quote(text)} is one moment.", "use “at” instead of “on”")
        case Clock(time=time):
            ends = (DayTime(each, each, time.name) for each in (time.least, time.most))
            begins, closes = (replace(point, time=end) for end in ends)
            return begins, closes
        case _:
            return point, point


def _split_time(words: str, parts: Mapping[str, DayTime]) -> tuple[str, str] | None:
    """Return a phrase's time of day and what follows it, None where it begins with none."""
    plain = words.removeprefix("the ")
    name, _, rest = plain.partition(" ")
    if name == "midnight" or (name in parts and name != WAKING):
        return name, rest
    found = re.match(rf"{CLOCK}(?=$|[ ,])", plain)
    if found is None or (":" not in found[0] and found[0].isdecimal()):
        return None
    return found[0], plain[found.end() :].lstrip(", ")


def _parse_day(words: str, time: str, rest: str, names: TimeNames) -> Day:
    """Return the day that goes with a time of day."""
    head, _, anchor = rest.partition(" ")
    part = time if time in names.parts else None
    if not rest:
        raise PhraseError(f"{quote(words)} names no day.", f"write “{time} the day before”")
    if part is not None and head in {"before", "after"}:
        return _day_of_part(words, part, head, parse_anchor(anchor, names))
    if part is not None and head == "of" and not _is_day(anchor):
        return RelativeDay(0, parse_anchor(anchor, names))
    day = rest.removeprefix("on ").removeprefix("of ")
    if part is None and names_time_of_day(day, names.parts):
        return _day_within(words, time, day, names)
    point = parse_point(day, names)
    hedged = day.startswith(tuple(HEDGES))
    if hedged or not isinstance(point, Day) or not is_whole_day(point) or _is_loose(point):
        raise PhraseError(f"{quote(rest)} is not one day.", "write “the day before” or “day 2”")
    return replace(point, named=True) if isinstance(point, Offset) else point


def _is_loose(point: Day) -> bool:
    """Return whether a counted day is a range, or hedged."""
    if not isinstance(point, Offset):
        return False
    return point.qualifier is not None or point.quantity.least != point.quantity.most


def _is_day(words: str) -> bool:
    """Return whether what follows "the evening of" is a day rather than an event."""
    plain = words.removeprefix("the ")
    return plain.endswith(" day") or plain.startswith(("day ", "next day")) or plain[:1].isdecimal()


def _day_of_part(words: str, part: str, relation: str, anchor: str) -> RelativeDay:
    if relation == "before" and part in _LATE_PARTS:
        return RelativeDay(-1, anchor)
    if relation == "after" and part == "morning":
        return RelativeDay(1, anchor)
    other = "the day before" if relation == "before" else "the next day"
    raise PhraseError(
        f"{quote(words)} may be on the treatment day or not.",
        f"write “{part} of treatment day” or “{part} of {other}”",
    )


def _day_within(words: str, time: str, part_words: str, names: TimeNames) -> Day:
    """Return the day of "9 pm the evening before", whose time must lie in that evening."""
    part = parse_clock(part_words, names)
    minutes = parse_day_time(time, names.parts).least
    if part.time.name not in names.parts:
        raise PhraseError(f"{quote(words)} names two times.", "keep one of the two")
    if not part.time.least <= minutes <= part.time.most:
        name = part.time.name or ""
        hint = f"write “{time} the day before”, or another part of the day than {name}"
        raise PhraseError(f"{quote(words)} contradicts itself: {time} is not {name}.", hint)
    return part.day


def _midnight_day(words: str, rest: str) -> RelativeDay:
    relation, _, anchor = rest.partition(" ")
    bare = anchor.removeprefix("the ").removeprefix("your ")
    if relation == "before" and (not bare or bare in TREATMENT_NAMES):
        return RelativeDay(-1)
    if rest in {"the night before", "the evening before"}:
        return RelativeDay(-1)
    raise PhraseError(
        f"{quote(words)} may be the beginning or the end of a day.",
        "write “midnight before” where the treatment day begins, or “00:00” or “24:00” and the day",
    )


_HINT = "write it like “21:00 the day before” or “the evening before”"
