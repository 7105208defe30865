"""How a desk is set up: when its clinic is open, and what each setting is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeAlias

from microcare.core.values import value


@value
class OpenSpan:
    """Hours of each week: `weekday` is 0 on Monday.

    `opens` and `closes` are on the wall clock, from the beginning of that day; `closes`, at most
    24 hours, is the first moment at which it is closed again.
    """

    weekday: int
    opens: timedelta
    closes: timedelta


@value
class OpeningHours:
    """When a clinic is open, as far as that is set.

    `spans` are in order and don't overlap; none at all says that the hours are not known, and a
    weekday without one is closed beside others. `closed` are dates, ascending.
    """

    spans: tuple[OpenSpan, ...] = ()
    closed: tuple[date, ...] = ()

    def is_open(self, day: date) -> bool:
        """Return whether it is open at any time of a date."""
        return day not in self.closed and bool(self.list_spans(day))

    def list_spans(self, day: date) -> tuple[OpenSpan, ...]:
        """Return the hours of a date, were it not closed; all of it where none are known."""
        weekday = day.weekday()
        if not self.spans:
            return (OpenSpan(weekday, timedelta(), timedelta(days=1)),)
        return tuple(each for each in self.spans if each.weekday == weekday)


Found: TypeAlias = str | tuple[str, ...] | tuple[OpenSpan, ...] | tuple[date, ...] | None


@value
class DeskSetting:
    """One setting as it counts here; `found` is None or empty where it isn't set.

    `source` is where it came from (`flag`, `environment`, `configuration`, `protocol`, `machine`
    or `default`), `by` the same in words. `flag` and `variable` are what can name it instead.
    `problem` says why it can't be used.
    """

    name: str
    found: Found
    source: str | None
    by: str = ""
    flag: str | None = None
    variable: str | None = None
    problem: str | None = None


@value
class Desk:
    """All settings, in the order of telling, and the configuration file, which may not exist.

    `unknown` are keys of that file that mean nothing here.
    """

    settings: tuple[DeskSetting, ...]
    file: str
    exists: bool
    unknown: tuple[str, ...] = ()
