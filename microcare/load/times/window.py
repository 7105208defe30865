"""The time keys of an instruction (`from`, `until`, `for`, `on`, `at`, …) to a Window."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from functools import partial

from microcare.core.sheet.instruction import StatedTimes, StateRule, Window
from microcare.core.sheet.points import (
    APPOINTMENT,
    Clock,
    DayTime,
    Edge,
    NumberedDay,
    Offset,
    Point,
    Qualifier,
    RelativeDay,
    Side,
    find_side,
)
from microcare.core.sheet.problems import Code
from microcare.core.values import replace
from microcare.load.keys import MAY_RESUME, TIME_KEYS, VERBS
from microcare.load.source.fields import Fields
from microcare.load.source.refusals import PhraseError, quote
from microcare.load.times.offsets import TimeNames, mark_anchor
from microcare.load.times.phases import parse_days
from microcare.load.times.points import HEDGES, parse_interval, parse_point
from microcare.load.times.quantities import NUMBER_WORDS, normalize, parse_length

_TIME_LEADS = {*NUMBER_WORDS, "at", "up", "day"}
"""The words that a time may begin with where it begins with no number."""
_LATEST = [hedge for hedge, qualifier in HEDGES.items() if qualifier is Qualifier.NO_LATER]
_LEAST = [f"{Qualifier.AT_LEAST.value} "]


def read_window(fields: Fields, verb: str | None, names: TimeNames) -> Window:
    """Return an instruction's window; what can't be read is reported and left out."""
    _check_keys(fields, verb)
    point = partial(parse_point, names=names)
    if "at" in fields:
        moment = fields.parsed("at", point, Code.BAD_TIME)
        return Window(at=moment, stated=StatedTimes(whole=_stated(fields, "at", moment)))
    if "on" in fields:
        days = fields.parsed("on", partial(parse_days, names=names), Code.BAD_TIME)
        start, until = days or (None, None)
        whole = _mark(fields.peek("on"), start)
        return Window(start=start, until=until, stated=StatedTimes(whole=whole))
    if verb is not None and VERBS[verb].verb.traits.is_interval:
        interval = fields.parsed("at-least", partial(parse_interval, names=names), Code.BAD_TIME)
        start, until = interval or (None, None)
        hedge, words = _part_hedge(_stated(fields, "at-least", start), _LEAST)
        return Window(start=start, until=until, stated=StatedTimes(whole=words, hedge=hedge))
    start = fields.parsed("from", point, Code.BAD_TIME)
    until = fields.parsed("until", point, Code.BAD_TIME) or _read_length(fields)
    hedge, end = _part_hedge(_stated(fields, "until", until), _LATEST)
    stated = StatedTimes(
        start=_stated(fields, "from", start), until=end, length=fields.peek("for"), hedge=hedge
    )
    if verb == MAY_RESUME:
        until = _day_before(fields, start) if start is not None else None
        start = Edge(Side.AFTER)
    state, once, vague = (
        fields.parsed(key, partial(_parse_words, key=key, names=names), Code.BAD_TIME, said=True)
        for key in ("until-state", "once", "until-words")
    )
    state = state or once
    return Window(
        start=start,
        until=until,
        until_state=state,
        until_rule=_read_rule(fields, state, until),
        until_words=vague,
        stated=stated,
    )


def check_ban(fields: Fields, at: Point, events: Collection[str], names: TimeNames) -> None:
    """Report a ban at a moment, unless that is the start: what the patient comes without.

    `events` coincide with the appointment, and so do their starts.
    """
    if isinstance(at, Edge) and at.side is Side.BEFORE and at.anchor in {APPOINTMENT, *events}:
        return
    words = fields.peek("at") or ""
    days = "write “from” or “until”"
    if not isinstance(at, Offset | Clock) or at.qualifier is None:
        with suppress(PhraseError):
            parse_days(words, names)
            days = f"write “on: {words}” for the whole of it"
    message = f"It is forbidden at one moment only, {quote(words)}."
    hint = f"{days}; “at: start” is for what the patient comes without"
    fields.report("at", Code.BAN_AT_MOMENT, message, hint)


def _parse_words(text: str, key: str, names: TimeNames) -> str:
    """Return a state or a vague end; a time instead would get no date and is refused."""
    if not _is_time(text, names):
        return text
    hint = "write it under “from”" if key == "once" else "write it under “until” or “for”"
    raise PhraseError(f"{quote(text)} is a time; “{key}” is for what has no date.", hint)


def _is_time(text: str, names: TimeNames) -> bool:
    words = normalize(text).removeprefix("after ").removeprefix("for ")
    if not words[:1].isdecimal() and words.partition(" ")[0] not in _TIME_LEADS:
        return False
    for parse in (parse_length, partial(parse_point, names=names)):
        with suppress(PhraseError):
            parse(words)
            return True
    return False


def _read_length(fields: Fields) -> Point | None:
    """Return the end that `for` says; without a `from` it counts from the treatment's end.

    Whatever the verb, the last day is in: nothing is merely counted to.
    """
    length = fields.parsed("for", parse_length, Code.BAD_TIME)
    if length is None or "from" in fields:
        return length
    named = not length.quantity.unit.elapses
    return Offset(length.quantity, Side.AFTER, qualifier=length.qualifier, named=named)


def _check_keys(fields: Fields, verb: str | None) -> None:
    for alone in ("at", "on"):
        for other in TIME_KEYS:
            if alone in fields and other != alone and other in fields:
                message = f"“{alone}” and “{other}” can't stand together."
                fields.report(other, Code.MISPLACED_KEY, message, "keep one of the two")
    if verb is None:
        return
    allowed = VERBS[verb].times
    for key in TIME_KEYS:
        if key in fields and key not in allowed:
            message = f"“{verb}” takes no “{key}”."
            times = ", ".join(f"“{name}”" for name in TIME_KEYS if name in allowed)
            fields.report(key, Code.MISPLACED_KEY, message, f"its times are {times or 'none'}")
    fields.require(VERBS[verb].required, f"“{verb}”")
    if verb == MAY_RESUME and "from" not in fields and "once" not in fields:
        message = "“may-resume” doesn't say from when."
        fields.report("id", Code.MISSING_KEY, message, "add “from: 72 hours after” or “once: …”")
    if "for" in fields and "until" in fields:
        message = "“for” and “until” both say when it ends."
        fields.report("for", Code.MISPLACED_KEY, message, "keep one of the two")
    timed = "from" in fields if verb == MAY_RESUME else "until" in fields or "for" in fields
    has_state = "until-state" in fields or "once" in fields
    if "whichever" in fields and not (has_state and timed):
        message = "“whichever” chooses between a time and a state; one of them is missing."
        fields.report("whichever", Code.MISPLACED_KEY, message)


def _read_rule(fields: Fields, state: str | None, until: Point | None) -> StateRule | None:
    rule = fields.choice("whichever", [StateRule.LATER.value, StateRule.EARLIER.value])
    if state is None or until is None:
        return None
    return StateRule(rule) if rule else StateRule.UNSTATED


def _day_before(fields: Fields, allowed: Point) -> Point | None:
    """Return the end, inclusive, of a ban that a permission from `allowed` implies.

    From a named day on means until the day before it; after a counted time means until then.
    """
    match allowed:
        case NumberedDay(number=number, anchor=anchor):
            return NumberedDay(number - 1, anchor)
        case RelativeDay(days=days, anchor=anchor) if anchor == APPOINTMENT and days > 0:
            return RelativeDay(days - 1)
        case RelativeDay(anchor=anchor) if anchor != APPOINTMENT:
            return Clock(allowed, DayTime(0, 0))
        case Edge(anchor=anchor) if anchor != APPOINTMENT:
            return allowed
        case Clock(time=time) if find_side(allowed) is not Side.BEFORE:
            return replace(allowed, time=DayTime(time.least, time.least, time.name))
        case Offset(side=Side.AFTER):
            return allowed
        case _:
            message = "“may-resume” counts from the treatment on."
            fields.report("from", Code.BAD_TIME, message, "write it like “72 hours after”")
            return None


def _stated(fields: Fields, key: str, point: Point | None) -> str | None:
    """Return a time's words; the treatment's own start and end are no time that a sheet states."""
    at_treatment = isinstance(point, Edge) and point.anchor == APPOINTMENT
    return None if at_treatment else _mark(fields.peek(key), point)


def _mark(words: str | None, point: Point | None) -> str | None:
    """Return a time's words with what they count from in braces."""
    return words if words is None or point is None else mark_anchor(words, point.anchor)


def _part_hedge(words: str | None, hedges: Iterable[str]) -> tuple[str | None, str | None]:
    """Return the one of the hedges that a time's words begin with, and the words without it."""
    for hedge in hedges:
        if words is not None and words.lower().startswith(hedge):
            return words[: len(hedge)].rstrip(), words[len(hedge) :]
    return None, words
