"""The options that say which treatments, and when: --protocol, --sessions and what goes with it."""

from __future__ import annotations

import os
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from microcare.core.plan.treatments import Treatment
from microcare.core.values import replace, value
from microcare.load.source.refusals import PhraseError, Refusal, quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from microcare.core.plan.series import Series
    from microcare.core.sheet.desk import OpeningHours
    from microcare.core.sheet.points import Quantity
    from microcare.core.sheet.protocol import Protocol
    from microcare.core.time.appointment import Appointment
    from microcare.load.library.settings import Settings
    from microcare.load.typed_date.when import When

_SERIES = "series"
_MOST_SESSIONS = 60
_NUMBER = r"\s*\d{1,9}\s*"


@value
class SessionOptions:
    """What was said of sessions: how many, how far apart, not on which dates, which are booked."""

    count: str | None = None
    every: str | None = None
    closed: tuple[str, ...] = ()
    booked: tuple[str, ...] = ()

    @property
    def given(self) -> tuple[str, ...]:
        """The options of which something was said."""
        told = {
            "--sessions": self.count,
            "--every": self.every,
            "--not": self.closed,
            "--session": self.booked,
        }
        return tuple(name for name, said in told.items() if said not in (None, ()))


def split_reference(reference: str) -> tuple[str, str | None]:
    """Return a protocol and its own date from `ID@WHEN`; a file may have an @ in its name."""
    name, at, when = reference.rpartition("@")
    if not at or os.path.lexists(reference):
        return reference, None
    if not name.strip() or not when.strip():
        hint = "write it like --protocol clinic-b@2026-12-17, or without the @"
        raise Refusal(f"{quote(reference)} is no protocol with a date.", hint)
    return name, when


class SessionReader:
    """Reads the sessions of one treatment.

    `read` returns the date that an option names, of the option, the date and what stands before it
    in the value; `make` an appointment, of a date and what stands before that on the command line.
    """

    def __init__(
        self,
        options: SessionOptions,
        settings: Settings,
        read: Callable[..., When],
        make: Callable[[When, str], Appointment],
    ) -> None:
        self._options, self._settings = options, settings
        self._read, self._make = read, make

    def list_sessions(self, first: Treatment) -> tuple[Treatment, ...]:
        """Return the sessions of a treatment, in their order; raises Refusal."""
        from microcare.core.plan.series import find_series, list_sessions

        sheet = first.protocol
        series = find_series(sheet)
        count = self._count(series, sheet)
        spacing = self._read_spacing(series, first.visit)
        booked = self._read_booked(count)
        visits = tuple(list_sessions(first.visit, count, spacing, booked, self._read_hours()))
        if len(visits) < count:
            message = f"For session {len(visits) + 1} there is no date within two years."
            raise Refusal(message, "leave out one of --not, or set the hours: microcare config")
        for number, (one, other) in enumerate(pairwise(visits), 2):
            if other.start <= one.start:
                message = f"Session {number} is not after session {number - 1}."
                raise Refusal(message, f"correct its date in --session {number}=DATE")
        return tuple(
            replace(first, visit=visit, booked=number == 1 or number in booked)
            for number, visit in enumerate(visits, 1)
        )

    def _count(self, series: Series | None, sheet: Protocol) -> int:
        text = _SERIES if self._options.count is None else self._options.count
        if text.strip().lower() == _SERIES:
            least = series.count_least if series is not None else None
            if least is None:
                message = f"The protocol {sheet.id} does not say how many sessions there are."
                raise Refusal(message, "write how many: --sessions 3")
            return least
        if not re.fullmatch(_NUMBER, text) or not 1 <= int(text) <= _MOST_SESSIONS:
            message = f"{quote(text)} is no number of sessions."
            raise Refusal(message, f"write a number from 1 to {_MOST_SESSIONS}, or {_SERIES}")
        return int(text)

    def _read_spacing(self, series: Series | None, first: Appointment) -> Quantity:
        """Return how far apart sessions are: as the sheet says, or as it leaves open."""
        from microcare.core.time.arithmetic import shift_date
        from microcare.load.times.quantities import parse_quantity

        if self._options.every is None:
            if series is None:
                message = "The protocol does not say how far apart its sessions are."
                raise Refusal(message, "say it: --every “4 weeks”")
            return series.spacing
        try:
            spacing = parse_quantity(self._options.every)
        except PhraseError as error:
            raise Refusal(error.message, "write it like --every “4 weeks”") from error
        if spacing.unit.elapses:
            message = f"{quote(self._options.every)} is too short between two sessions."
            raise Refusal(message, "write it in days, weeks or months: --every “4 weeks”")
        own = series.spacing if series is not None else spacing
        day = first.day
        if shift_date(day, spacing.least, spacing.unit) < shift_date(day, own.least, own.unit):
            from microcare.wording.courses import length_words

            message = f"The protocol has sessions every {length_words(own)}."
            raise Refusal(message, f"{quote(self._options.every)} is shorter: leave --every out")
        return spacing

    def _read_booked(self, count: int) -> Mapping[int, Appointment]:
        found: dict[int, Appointment] = {}
        for text in self._options.booked:
            named, equals, when = text.partition("=")
            if not (equals and when.strip() and re.fullmatch(_NUMBER, named)):
                hint = 'write it like --session "2=14 Jan 2027 2:30pm"'
                raise Refusal(f"{quote(text)} is not NUMBER=WHEN.", hint)
            number = int(named)
            if not 2 <= number <= count:
                numbered = f"they are numbered 2 to {count}" if count > 1 else "there is only one"
                message = f"There is no session {number} to book: {numbered}."
                raise Refusal(message, "the first one is --date; more come with --sessions")
            if number in found:
                raise Refusal(f"--session gives session {number} two dates.", "keep one of them")
            found[number] = self._make(
                self._read("--session", when, f"{named}="), f"--session {number}="
            )
        return found

    def _read_hours(self) -> OpeningHours:
        from microcare.core.sheet.desk import OpeningHours
        from microcare.load.library.opening import read_opening

        known = read_opening(self._settings)
        closed: Iterable[date] = (self._read("--not", each).date for each in self._options.closed)
        return OpeningHours(known.spans, tuple(sorted({*known.closed, *closed})))
