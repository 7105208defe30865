"""The options --on, --between and --not: when the clinic works."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from microcare.core.sheet.desk import OpeningHours, OpenSpan
from microcare.load.clock_times import DAY, parse_clock
from microcare.load.source.refusals import Refusal, find_nearest, quote, suggest
from microcare.wording.dates import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

_WEEK = len(WEEKDAYS)
_SHORTEST = 2


def read_opening_hours(
    on: str | None, between: str | None, closed: Iterable[date], configured: OpeningHours
) -> OpeningHours:
    """Return when the clinic works: "mon,tue" or "mon-fri", "9:00-17:00", not on some dates.

    What isn't said is as `configured`. Raises Refusal of what can't be read, or in more than one
    way.
    """
    known = {each.weekday for each in configured.spans} or set(range(_WEEK))
    weekdays = sorted(known if on is None else set(_list_weekdays(on)))
    hours = None if between is None else _read_hours(between)
    spans = configured.spans
    if on is not None or hours is not None:
        spans = tuple(
            each for weekday in weekdays for each in _list_hours(weekday, hours, configured.spans)
        )
    return OpeningHours(spans, tuple(sorted({*configured.closed, *closed})))


def _list_hours(
    weekday: int, hours: tuple[int, int] | None, configured: Iterable[OpenSpan]
) -> tuple[OpenSpan, ...]:
    """Return the hours of a weekday: those asked for, else its own, else all of it."""
    if hours is not None:
        opens, closes = (timedelta(minutes=each) for each in hours)
        return (OpenSpan(weekday, opens, closes),)
    own = tuple(each for each in configured if each.weekday == weekday)
    return own or (OpenSpan(weekday, timedelta(), DAY),)


def _list_weekdays(text: str) -> Iterable[int]:
    for part in filter(None, re.split(r"[,;\s]+", re.sub(r"\s*[-–]\s*", "-", text.strip()))):
        first, *rest = (_read_weekday(name, text) for name in part.split("-"))
        last = rest[-1] if rest else first
        yield from ((first + number) % _WEEK for number in range((last - first) % _WEEK + 1))
    if not text.strip(" ,;"):
        raise Refusal("--on names no weekday.", "write it like --on mon,tue")


def _read_weekday(name: str, text: str) -> int:
    folded = name.lower().rstrip(".")
    found = [number for number, each in enumerate(WEEKDAYS) if each.lower().startswith(folded)]
    if len(found) == 1 and len(folded) >= _SHORTEST:
        return found[0]
    near = suggest(find_nearest(folded, [each.lower() for each in WEEKDAYS]))
    message = f"{quote(name or text)} is no weekday."
    raise Refusal(message, near or "write it like --on mon,tue or --on mon-fri")


def _read_hours(text: str) -> tuple[int, int]:
    """Return the times from midnight, in minutes; of two halves of a day what makes sense."""
    parts = re.split(r"\s*(?:-|–|\bto\b|\band\b)\s*", " ".join(text.lower().split()))
    readings = [parse_clock(part) for part in parts]
    hint = 'write it like --between 9:00-17:00, or "9am-5pm"'
    if len(parts) != _SHORTEST or None in readings:
        raise Refusal(f"{quote(text)} is not from one time to another.", hint)
    opens, closes = (
        [time.seconds // 60 + time.days * 1440 for time in each.values] for each in readings if each
    )
    fitting = [(start, end) for start in opens for end in closes if start < end]
    if len(fitting) != 1:
        problem = "can be read in more than one way" if fitting else "ends before it begins"
        raise Refusal(f"{quote(text)} {problem}.", hint)
    return fitting[0]
