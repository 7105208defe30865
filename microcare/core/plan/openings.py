"""Openings: dates on which an appointment breaks none of some bans, found by trying."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from microcare.core.plan.answers import settle_answers
from microcare.core.plan.last_times import LastTime, is_broken
from microcare.core.sheet.anchoring import list_point_anchors
from microcare.core.sheet.conditions import Answer, evaluate, list_condition_factors
from microcare.core.sheet.desk import OpeningHours
from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.points import DAY_MINUTES, Side, find_side, is_whole_day
from microcare.core.sheet.protocol import Protocol
from microcare.core.time.anchors import date_instructions, read_times
from microcare.core.time.appointment import (
    Appointment,
    make_timed_appointment,
    make_whole_day_appointment,
)
from microcare.core.time.arithmetic import find_clock_instants
from microcare.core.time.dated import Dated
from microcare.core.values import value

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_MINUTE = timedelta(minutes=1)
_QUARTER = 15
_FURTHEST = 60 * 366
_LONGEST_CLOSED = 2 * 366


@value
class Opening:
    """A date on which an appointment can be, at any time of it, or from `start` (UTC) on."""

    day: date
    start: datetime | None = None


@value
class Inquiry:
    """What is asked: a protocol, what the patient last did, the answers, now and where.

    `now` is aware; `zone_source` says where the zone comes from.
    """

    protocol: Protocol
    lasts: tuple[LastTime, ...]
    answers: Mapping[str, bool]
    now: datetime
    zone: ZoneInfo
    zone_source: str
    hours: OpeningHours = field(default_factory=OpeningHours)

    def make_visit(self, opening: Opening) -> Appointment:
        """Return the appointment at an opening, of the protocol's length."""
        if opening.start is None:
            return make_whole_day_appointment(opening.day, self.zone, self.zone_source)
        duration = self.protocol.duration
        return make_timed_appointment(opening.start, self.zone, self.zone_source, duration)


Pair = tuple[Instruction, LastTime]


class VisitDates:
    """Dates some bans for one appointment after another, each once."""

    def __init__(self, inquiry: Inquiry, bans: Iterable[Instruction]) -> None:
        self._inquiry = inquiry
        self._tried: dict[Opening, tuple[Appointment, dict[str, Dated], dict[str, bool]]] = {}
        self.protocol, self.zone = inquiry.protocol, inquiry.zone
        known = self.protocol.by_id
        waiting = list(dict.fromkeys(each.id for each in bans))
        for name in waiting:
            anchors = {*list_point_anchors(known[name])} & known.keys()
            waiting += sorted(anchors - {*waiting})
        chosen = [each for each in self.protocol.instructions if each.id in waiting]
        self._times = read_times(chosen, self.protocol.day_one, self.protocol.times_of_day)
        now = inquiry.now.astimezone(UTC)
        self.now = now + (-timedelta(seconds=now.second, microseconds=now.microsecond)) % _MINUTE
        self.today = self.find_date(self.now)

    def find_date(self, instant: datetime) -> date:
        """Return the clinic's date at an instant."""
        return instant.astimezone(self.zone).date()

    def span(self, last: LastTime) -> tuple[datetime, datetime]:
        """Return where a last time lies in UTC, as closely as it is known."""
        return last.span(self._try(Opening(self.today))[0])

    def find_start(self, opening: Opening) -> datetime:
        """Return the first instant of an opening."""
        return opening.start or find_clock_instants(opening.day, 0, self.zone)[0]

    def is_later(self, opening: Opening) -> bool:
        """Return whether an opening has to be waited for."""
        return opening.day > self.today or (opening.start is not None and opening.start > self.now)

    def has_date(self, ban: Instruction) -> bool:
        """Return whether it can be dated when a ban begins."""
        return self._try(Opening(self.today))[1][ban.id].start is not None

    def evaluate(self, ban: Instruction, opening: Opening) -> Answer:
        """Return whether a ban applies to the appointment at an opening."""
        if ban.condition is None:
            return Answer.YES
        return evaluate(ban.condition, self._try(opening)[2])

    def is_fine(self, opening: Opening, pairs: Iterable[Pair], *, advised: bool) -> bool:
        """Return whether the appointment at an opening breaks none of some bans."""
        visit, found, _ = self._try(opening)
        return not any(
            is_broken(ban, found[ban.id], last, visit, advised=advised)
            and self.evaluate(ban, opening) is not Answer.NO
            for ban, last in pairs
        )

    def _try(self, opening: Opening) -> tuple[Appointment, dict[str, Dated], dict[str, bool]]:
        if opening not in self._tried:
            visit = self._inquiry.make_visit(opening)
            answers = settle_answers(self.protocol.factors, visit, self._inquiry.answers)
            self._tried[opening] = visit, date_instructions(self._times, visit), answers
        return self._tried[opening]


class OpeningSearch:
    """Looks for the first appointments that break none of some bans.

    The later an appointment, the less it breaks of what lies behind it, so that few are tried.
    Where a ban ends before the treatment, or counts from another instruction, every day is tried,
    and of each day every quarter of an hour.
    """

    def __init__(
        self, dates: VisitDates, pairs: tuple[Pair, ...], hours: OpeningHours, *, advised: bool
    ) -> None:
        self._dates, self._pairs, self._hours, self._advised = dates, pairs, hours, advised
        planned = [dates.span(last)[1] for _, last in pairs if last.planned]
        self._soonest = max([dates.now, *planned])
        self._behind = max(planned, default=None)
        self._is_steady = all(_is_steady(ban, dates.protocol) for ban, _ in pairs)
        factors = {
            name
            for ban, _ in pairs
            if ban.condition is not None
            for name in list_condition_factors(ban.condition)
        }
        limits = (dates.protocol.factors[name].before for name in factors)
        self._limits = sorted({each for each in limits if each is not None})

    def list_openings(self) -> Iterator[Opening]:
        """Yield the first opening of each date that the clinic works, behind all that is planned.

        It gives up where the clinic has been closed for two years.
        """
        first = self._find_first_day()
        if first is None:
            return
        for number in range(_LONGEST_CLOSED):
            day = first + timedelta(days=number)
            opening = self._open(day) if self._hours.is_open(day) else None
            if opening is not None:
                yield opening

    def _find_first_day(self) -> date | None:
        """Return the first date that breaks nothing, whether the clinic works on it or not."""
        first = self._dates.find_date(self._soonest)
        if self._is_possible(first):
            return first
        if not self._is_steady:
            days = (first + timedelta(days=number) for number in range(1, _FURTHEST))
            return next(filter(self._is_possible, days), None)
        broken, step = 0, 1
        while not self._is_possible(first + timedelta(days=step)):
            if step > _FURTHEST:
                return None
            broken, step = step, step * 2
        fine = step
        while fine - broken > 1:
            middle = (fine + broken) // 2
            if self._is_possible(first + timedelta(days=middle)):
                fine = middle
            else:
                broken = middle
        return first + timedelta(days=fine)

    def _is_possible(self, day: date) -> bool:
        if self._is_steady:
            return any(self._is_fine(day, last) for _, last in self._list_spans(day))
        return self._open(day) is not None

    def _open(self, day: date) -> Opening | None:
        """Return the opening of a date, None where all of it breaks something."""
        spans = self._list_spans(day)
        if not spans:
            return None
        whole = Opening(day)
        begins = self._dates.find_start(whole)
        is_behind = self._behind is None or self._behind <= begins
        if is_behind and self._dates.is_fine(whole, self._pairs, advised=self._advised):
            return whole
        for first, last in spans:
            start = self._find_first_minute(day, first, last)
            if start is not None:
                return Opening(day, start)
        return None

    def _find_first_minute(self, day: date, first: datetime, last: datetime) -> datetime | None:
        broken, fine = -1, (last - first) // _MINUTE
        if not self._is_steady:
            tried = pairwise((-1, *range(0, fine, _QUARTER), fine))
            found = (pair for pair in tried if self._is_fine(day, first + pair[1] * _MINUTE))
            broken, fine = next(found, (fine, fine))
            if broken == fine:
                return None
        elif not self._is_fine(day, last):
            return None
        while fine - broken > 1:
            middle = (fine + broken) // 2
            if self._is_fine(day, first + middle * _MINUTE):
                fine = middle
            else:
                broken = middle
        return first + fine * _MINUTE

    def _is_fine(self, day: date, start: datetime) -> bool:
        return self._dates.is_fine(Opening(day, start), self._pairs, advised=self._advised)

    def _list_spans(self, day: date) -> list[tuple[datetime, datetime]]:
        """Return from and until which minute an appointment can start on a date.

        Each time of day on which a ban depends begins another span.
        """
        # A day on which the clinic is closed counts whole, so that later days are never worse.
        hours = self._hours.list_spans(day) or OpeningHours().list_spans(day)
        return [
            span
            for each in hours
            for span in self._list_open(day, each.opens // _MINUTE, each.closes // _MINUTE)
        ]

    def _list_open(self, day: date, opens: int, closes: int) -> Iterable[tuple[datetime, datetime]]:
        """Yield from and until when one can start, from one minute of a day to another.

        One of known length has ended when the clinic closes, but not by midnight.
        """
        zone = self._dates.zone
        start = find_clock_instants(day, opens, zone)[0]
        end = find_clock_instants(day, closes, zone)[1]
        if closes < DAY_MINUTES:
            end -= max((self._dates.protocol.duration or _MINUTE) - _MINUTE, timedelta())
        first = max(start, self._soonest)
        edges = [find_clock_instants(day, each, zone)[0] for each in self._limits]
        inside = [each for each in edges if first < each < end]
        for begins, until in pairwise([first, *inside, end]):
            if begins < until:
                yield begins, until - _MINUTE


def _is_steady(ban: Instruction, protocol: Protocol) -> bool:
    """Return whether a later appointment never breaks a ban that an earlier one keeps."""
    if not protocol.by_id.keys().isdisjoint(list_point_anchors(ban)):
        return False
    until = ban.implied_until
    if ban.closes_at_start or until is None or find_side(until) is Side.AFTER:
        return True
    return find_side(until) is Side.DAY_OF and is_whole_day(until)
