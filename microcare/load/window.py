"""The time keys of an instruction (`from`, `until`, `on`, `at`, `at-least`, …) to a Window."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from microcare.core.appointment import timed_appointment
from microcare.core.model import DayOne, Instruction, StateRule, Verb, Window
from microcare.core.points import (
    Edge,
    NumberedDay,
    Offset,
    Point,
    RelativeDay,
    Side,
)
from microcare.core.spans import Clockwork
from microcare.core.windows import date_window
from microcare.load.keys import (
    COMMON_TIMES,
    MAY_RESUME,
    TIME_KEYS,
    VERB_REQUIRED,
    VERB_TIMES,
)
from microcare.load.phrases import parse_days, parse_point
from microcare.load.problems import Code

if TYPE_CHECKING:
    from collections.abc import Collection

    from microcare.load.fields import Fields

# What leaves no room after a late appointment may leave some after an early one.
_SAMPLE_VISITS = tuple(
    timed_appointment(datetime(2026, 12, 10, hour, minute, tzinfo=UTC), ZoneInfo("UTC"), "")
    for hour, minute in ((0, 1), (23, 59))
)


def read_window(fields: Fields, verb: str | None, anchors: Collection[str]) -> Window:
    """Return an instruction's window; what can't be read is reported and left out."""
    _check_keys(fields, verb)
    point = partial(parse_point, anchors=anchors)
    if "at" in fields:
        moment = fields.parsed("at", point, Code.BAD_TIME)
        return Window(at=moment, rule=_stated(fields, "at", moment))
    if "on" in fields:
        days = fields.parsed("on", partial(parse_days, anchors=anchors), Code.BAD_TIME)
        start, until = days or (None, None)
        return Window(start=start, until=until, rule=fields.peek("on"))
    if verb == Verb.WAIT_SINCE.value:
        return Window(start=_read_interval(fields, point), rule=fields.peek("at-least"))
    start = fields.parsed("from", point, Code.BAD_TIME)
    until = fields.parsed("until", point, Code.BAD_TIME)
    rule = _join_rule(fields, start, until)
    if verb == MAY_RESUME:
        until = _day_before(fields, start) if start is not None else None
        start = Edge(Side.AFTER)
    state = fields.text("until-state") or fields.text("once")
    return Window(
        start=start,
        until=until,
        until_state=state,
        until_rule=_read_rule(fields, state, until),
        until_words=fields.text("until-words"),
        rule=rule,
    )


def check_window(fields: Fields, instruction: Instruction, day_one: DayOne) -> None:
    """Report a window that ends before it begins, whatever the date."""
    for visit in _SAMPLE_VISITS:
        dated = date_window(instruction, Clockwork(visit, day_one))
        if dated.start is None or dated.until is None or dated.start < dated.until:
            return
    key = next((key for key in ("until", "from", "on", "at-least") if key in fields), "id")
    message = "This ends before it begins."
    fields.report(key, Code.IMPOSSIBLE_TIME, message, "look at “before” and “after” in its times")


def _check_keys(fields: Fields, verb: str | None) -> None:
    for alone in ("at", "on"):
        for other in TIME_KEYS:
            if alone in fields and other != alone and other in fields:
                message = f"“{alone}” and “{other}” can't stand together."
                fields.report(other, Code.MISPLACED_KEY, message, "keep one of the two")
    if verb is None:
        return
    allowed = VERB_TIMES.get(verb, COMMON_TIMES)
    for key in TIME_KEYS:
        if key in fields and key not in allowed:
            message = f"“{verb}” takes no “{key}”."
            times = ", ".join(f"“{name}”" for name in TIME_KEYS if name in allowed)
            fields.report(key, Code.MISPLACED_KEY, message, f"its times are {times or 'none'}")
    fields.require(VERB_REQUIRED.get(verb, ()), f"“{verb}”")
    if verb == MAY_RESUME and "from" not in fields and "once" not in fields:
        message = "“may-resume” doesn't say from when."
        fields.report("id", Code.MISSING_KEY, message, "add “from: 72 hours after” or “once: …”")
    timed = "from" if verb == MAY_RESUME else "until"
    has_state = "until-state" in fields or "once" in fields
    if "whichever" in fields and not (has_state and timed in fields):
        message = "“whichever” chooses between a time and a state; one of them is missing."
        fields.report("whichever", Code.MISPLACED_KEY, message)


def _read_interval(fields: Fields, point: partial[Point]) -> Offset | None:
    found = fields.parsed("at-least", point, Code.BAD_TIME)
    if found is None or isinstance(found, Offset):
        return found
    message = "A minimum interval is counted before or after the treatment."
    fields.report("at-least", Code.BAD_TIME, message, "write it like “2 weeks before”")
    return None


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
        case RelativeDay(days=days, anchor=anchor) if days > 0:
            return RelativeDay(days - 1, anchor)
        case Offset(side=Side.AFTER):
            return allowed
        case _:
            message = "“may-resume” counts from the treatment on."
            fields.report("from", Code.BAD_TIME, message, "write it like “72 hours after”")
            return None


def _join_rule(fields: Fields, start: Point | None, until: Point | None) -> str | None:
    """Return the times in the file's own words, None where it states none."""
    begins, ends = _stated(fields, "from", start), _stated(fields, "until", until)
    state = fields.peek("until-state") or fields.peek("once")
    if begins and not ends and isinstance(start, NumberedDay | RelativeDay):
        begins = f"from {begins}"
    parts = [begins, f"until {ends}" if ends else None]
    if state:
        chosen = {"later": "and", "earlier": "or, if sooner,"}.get(
            fields.peek("whichever") or "", "or"
        )
        parts.append(chosen if begins or ends else None)
        parts.append(f"once {state}" if fields.peek("once") else f"until {state}")
    if fields.peek("until-words"):
        parts.append(f"for {fields.peek('until-words')}")
    return " ".join(part for part in parts if part) or None


def _stated(fields: Fields, key: str, point: Point | None) -> str | None:
    """Return a time's words; the treatment's own start and end are no time that a sheet states."""
    return None if isinstance(point, Edge) else fields.peek(key)
