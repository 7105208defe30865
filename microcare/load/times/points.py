"""Times in plain words to points: all that a sheet may say, a time of day on a day among it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from microcare.core.sheet.points import (
    DAY_MINUTES,
    Clock,
    DayTime,
    NumberedDay,
    Offset,
    Point,
    Qualifier,
    RelativeDay,
    is_whole_day,
)
from microcare.core.sheet.problems import Subject
from microcare.core.values import replace
from microcare.load.clock_times import CLOCK
from microcare.load.source.refusals import PhraseError, quote
from microcare.load.times.day_times import WAKING, parse_day_time
from microcare.load.times.offsets import (
    TREATMENT_NAMES,
    USUAL_NAMES,
    TimeNames,
    parse_anchor,
    parse_named,
    parse_offset,
)
from microcare.load.times.quantities import normalize

_HINT = "write it like “21:00 the day before” or “the evening before”"
HEDGES = {
    "not before ": Qualifier.NOT_BEFORE,
    "no earlier than ": Qualifier.NOT_BEFORE,
    "no later than ": Qualifier.NO_LATER,
    "not later than ": Qualifier.NO_LATER,
    "by ": Qualifier.NO_LATER,
}

CountedDay = Offset | RelativeDay | NumberedDay

_LATE_PARTS = {"afternoon", "evening", "night", "bedtime"}
"""What "before" puts on the day before, without a doubt."""


def parse_point(text: str, names: TimeNames = USUAL_NAMES) -> Point:
    """Return the point a phrase names; raises PhraseError, with what to write instead."""
    words = normalize(text)
    hedge = next((name for name in HEDGES if words.startswith(name)), "")
    qualifier = HEDGES.get(hedge)
    words = words.removeprefix(hedge)
    point = parse_named(words, names)
    if point is not None:
        return point
    split = _split_time(words, names.parts)
    if split is not None:
        return replace(_parse_clock(words, *split, names), qualifier=qualifier)
    offset = parse_offset(text, words, names)
    if qualifier is not None and offset.qualifier is not None:
        raise PhraseError(f"{quote(text)} hedges twice.", "keep one of the two")
    return replace(offset, qualifier=qualifier) if qualifier else offset


def parse_interval(text: str, names: TimeNames = USUAL_NAMES) -> tuple[Offset, Offset | None]:
    """Return a minimum interval's one bound, or both: "2 weeks before and after".

    Raises PhraseError.
    """
    words = normalize(text)
    for both in (" before and after", " before or after"):
        if words.endswith(both):
            length = words.removesuffix(both)
            return (
                parse_offset(text, f"{length} before", names),
                parse_offset(text, f"{length} after", names),
            )
    bound = parse_point(text, names)
    if not isinstance(bound, Offset):
        message = "A minimum interval is counted before or after the treatment."
        raise PhraseError(message, "write it like “2 weeks before”")
    return bound, None


def _parse_clock(words: str, time: str, rest: str, names: TimeNames) -> Clock:
    """Return a time of day on a day; `rest` are the words behind the time."""
    if time == "midnight":
        return Clock(_midnight_day(words, rest), DayTime(DAY_MINUTES, DAY_MINUTES, time))
    return Clock(_parse_day(words, time, rest, names), parse_day_time(time, names.parts))


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


def _parse_day(words: str, time: str, rest: str, names: TimeNames) -> CountedDay:
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
    within = _split_time(day, names.parts) if part is None else None
    if within is not None:
        return _day_within(words, time, _parse_clock(day, *within, names), names)
    point = parse_point(day, names)
    hedged = day.startswith(tuple(HEDGES))
    if hedged or not isinstance(point, CountedDay) or not is_whole_day(point) or _is_loose(point):
        raise PhraseError(f"{quote(rest)} is not one day.", "write “the day before” or “day 2”")
    return replace(point, named=True) if isinstance(point, Offset) else point


def _is_loose(point: CountedDay) -> bool:
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


def _day_within(words: str, time: str, part: Clock, names: TimeNames) -> CountedDay:
    """Return the day of "9 pm the evening before", whose time must lie in that evening."""
    minutes = parse_day_time(time, names.parts).least
    if part.time.name not in names.parts:
        raise PhraseError(f"{quote(words)} names two times.", "keep one of the two")
    if not part.time.least <= minutes <= part.time.most:
        name = part.time.name or ""
        hint = f"write “{time} the day before”, or another part of the day than {name}"
        message = f"{quote(words)} contradicts itself: {time} is not {name}."
        raise PhraseError(message, hint, subjects=(Subject("times-of-day", name),))
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
