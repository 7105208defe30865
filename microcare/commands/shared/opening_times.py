"""The options --on, --between and --not: when the clinic works."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import product
from typing import TYPE_CHECKING

from microcare.core.sheet.desk import OpeningHours, OpenSpan
from microcare.load.clock_times import DAY
from microcare.load.library.opening import list_times, list_weekdays
from microcare.load.source.refusals import Refusal, quote

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


def read_opening_hours(
    on: str | None, between: str | None, closed: Iterable[date], configured: OpeningHours
) -> OpeningHours:
    """Return when the clinic works: "mon,tue" or "mon-fri", "9:00-17:00", not on some dates.

    What isn't said is as `configured`. Raises Refusal of what can't be read, or in more than one
    way.
    """
    known = {each.weekday for each in configured.spans} or set(range(7))
    weekdays = sorted(known if on is None else _read_weekdays(on))
    hours = None if between is None else _read_hours(between)
    spans = configured.spans
    if on is not None or hours is not None:
        spans = tuple(
            each for weekday in weekdays for each in _list_hours(weekday, hours, configured.spans)
        )
    return OpeningHours(spans, tuple(sorted({*configured.closed, *closed})))


def _list_hours(
    weekday: int, hours: tuple[timedelta, timedelta] | None, configured: Iterable[OpenSpan]
) -> tuple[OpenSpan, ...]:
    """Return the hours of a weekday: those asked for, else its own, else all of it."""
    if hours is not None:
        return (OpenSpan(weekday, *hours),)
    own = tuple(each for each in configured if each.weekday == weekday)
    return own or (OpenSpan(weekday, timedelta(), DAY),)


def _read_weekdays(text: str) -> set[int]:
    parts = re.findall(r"[^,;\s]+", re.sub(r"\s*[-–]\s*", "-", text))
    if not parts:
        raise Refusal("--on names no weekday.", "write it like --on mon,tue")
    hint = "write it like --on mon,tue or --on mon-fri"
    return {day for part in parts for day in list_weekdays(part, "is no weekday", hint)}


def _read_hours(text: str) -> tuple[timedelta, timedelta]:
    """Return the times from the beginning of the day; of its two halves what makes sense."""
    parts = re.split(r"\s*(?:-|–|\bto\b|\band\b)\s*", " ".join(text.lower().split()))
    readings = [list_times(part) for part in parts]
    hint = 'write it like --between 9:00-17:00, or "9am-5pm"'
    if len(readings) != 2 or not all(readings):
        raise Refusal(f"{quote(text)} is not from one time to another.", hint)
    fitting = [(opens, closes) for opens, closes in product(*readings) if opens < closes <= DAY]
    if len(fitting) != 1:
        problem = "can be read in more than one way" if fitting else "ends before it begins"
        raise Refusal(f"{quote(text)} {problem}.", hint)
    return fitting[0]
