"""The picture of a handout: what is avoided when, as bars on the days around the treatment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise

from microcare.core.plan.claims import ALWAYS, NEVER, Claim, Says
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import End, Kind, PlannedInstruction
from microcare.core.sheet.conditions import Answer
from microcare.core.values import value
from microcare.language.locales import end_sentence
from microcare.language.messages import say
from microcare.wording.dates import short_date
from microcare.wording.plan.words import PlanWords

_BEFORE, _BEYOND = -1.0, 2.0
"""Where the left or the right of the picture is."""
_DAY = timedelta(days=1)
_DAYS_AROUND = 14
"""So many days before the first treatment and after the last one are shown at most."""
_TICKS = 6
_LEAST = 0.01
"""No part of a bar is narrower, else hours would not be seen."""


@value
class BarPart:
    """A part of a bar, `[start, end)` in fractions of the picture's width.

    It is `sure` unless it hangs on an answer, or may be over by then. `goes_on` is one that does so
    beyond the picture, on its left or its right.
    """

    start: float
    end: float
    sure: bool
    goes_on_left: bool = False
    goes_on_right: bool = False


@value
class Bar:
    """What is avoided: things of which the same is said, and when."""

    label: str
    parts: tuple[BarPart, ...]


@value
class Tick:
    """A date below the bars, `at` a fraction of the width; that of a treatment stands out."""

    at: float
    text: str
    is_visit: bool


@value
class Timeline:
    """The bars with their dates, `visits` where each treatment begins; `text` says the same."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    visits: tuple[float, ...]
    text: tuple[str, ...]


def draw_timeline(plan: Plan, words: PlanWords) -> Timeline | None:
    """Return the picture of what a plan forbids; None where nothing of it has a date.

    A thing has all that forbids it, also by the name of a group.
    """
    found: dict[str, tuple[Claim, ...]] = {}
    closed: set[str] = set()
    for each in plan.applicable:
        if each.restricts and each.kind is Kind.WINDOW:
            topics = each.instruction.topics
            labels = words.topic_list(each.instruction, topics)
            for label, name in zip(labels, topics, strict=True):
                if claims := plan.ledger.list_covering(name):
                    found.setdefault(label, claims)
                    closed |= {label} if name in plan.closed else set()
    if not found:
        return None
    axis = _Axis(plan, [claim for claims in found.values() for claim in claims])
    bars: dict[tuple[BarPart, ...], list[str]] = {}
    told: dict[tuple[str, ...], list[str]] = {}
    for label, claims in found.items():
        bars.setdefault(axis.list_parts(claims, closed=label in closed), []).append(label)
        rules = dict.fromkeys(_tell(claim.rule, words) for claim in claims)
        said = (*rules, say("then nothing is stated: ask")) if label in closed else tuple(rules)
        told.setdefault(said, []).append(label)
    bars.pop((), None)
    return Timeline(
        bars=tuple(
            Bar(", ".join(labels), parts)
            for parts, labels in sorted(
                bars.items(), key=lambda bar: min(each.start for each in bar[0])
            )
        ),
        ticks=tuple(axis.list_ticks()),
        visits=tuple(axis.place(each.visit.start) for each in plan.treatments),
        text=tuple(
            end_sentence(f"{', '.join(labels)}: {'; '.join(said)}") for said, labels in told.items()
        ),
    )


def _tell(each: PlannedInstruction, words: PlanWords) -> str:
    """Return from when until when a ban holds, and for whom."""
    begins = each.dated.start is not None
    start = say("from {time}", time=words.start(each)) if begins else None
    return ", ".join(filter(None, [words.condition(each), start, words.end(each, avoided=True)]))


_Span = tuple[float, float, bool]
"""Where something begins and ends, and whether it is sure."""


class _Axis:
    """The days of a picture."""

    def __init__(self, plan: Plan, claims: Iterable[Claim]) -> None:
        self._plan, visit = plan, plan.visit
        self._visits = sorted({each.visit.day for each in plan.treatments})
        ends = (instant for each in claims for instant in (each.start, each.until))
        dates = [visit.local_date(instant) for instant in ends if instant is not None]
        dates += self._visits
        self._first = max(min(dates), self._visits[0] - _DAYS_AROUND * _DAY)
        self._last = min(max(dates), self._visits[-1] + _DAYS_AROUND * _DAY)
        self._opens = visit.day_start(self._first)
        self._closes = visit.day_start(self._last + _DAY)

    def place(self, instant: datetime) -> float:
        """Return where an instant lies, from 0 to 1."""
        inside = min(max(instant, self._opens), self._closes)
        return round((inside - self._opens) / (self._closes - self._opens), 4)

    def list_parts(self, claims: Iterable[Claim], *, closed: bool) -> tuple[BarPart, ...]:
        """Return the parts of a bar in order, without an overlap.

        What is `closed` goes on as perhaps so behind the last of them.
        """
        told = [span for each in claims if (span := self._find_span(each)) is not None]
        edges = sorted({edge for start, end, _ in told for edge in (start, end)})
        found: list[_Span] = []
        for start, end in pairwise(edges):
            if end <= 0 or start >= 1:
                continue
            said = [each[2] for each in told if each[0] <= start and each[1] >= end]
            sure = any(said)
            if said and found and found[-1][1:] == (start, sure):
                found[-1] = (found[-1][0], end, sure)
            elif said:
                found.append((start, end, sure))
        if closed and found and found[-1][1] < 1:
            found.append((found[-1][1], _BEYOND, False))
        return tuple(
            BarPart(max(start, 0.0), min(end, 1.0), sure, start < 0, end > 1)
            for start, end, sure in found
        )

    def _find_span(self, claim: Claim) -> _Span | None:
        """Return where a claim begins and ends, and if it is sure; None of one out of sight."""
        start, until = claim.start or ALWAYS, claim.until or NEVER
        if start >= self._closes or until <= self._opens:
            return None
        begin = _BEFORE if start < self._opens else min(self.place(start), 1 - _LEAST)
        end = _BEYOND if until > self._closes else max(self.place(until), begin + _LEAST)
        stated = claim.rule.end is not End.WORDS
        sure = claim.says is Says.FORBIDS and claim.rule.applies is Answer.YES and stated
        return begin, end, sure

    def list_ticks(self) -> Iterable[Tick]:
        """Yield the dates below the bars: of the treatments, and whole weeks from the first."""
        weeks = 1 + ((self._last - self._first).days // 7) // _TICKS
        day = self._visits[0]
        while day - 7 * weeks * _DAY >= self._first:
            day -= 7 * weeks * _DAY
        dates = {*self._visits}
        while day <= self._last:
            near = (abs((day - visit).days) * 2 < 7 * weeks for visit in self._visits)
            if not any(near):
                dates.add(day)
            day += 7 * weeks * _DAY
        for each in sorted(dates):
            yield self._tick(each)

    def _tick(self, day: date) -> Tick:
        opens, closes = (self._plan.visit.day_start(each) for each in (day, day + _DAY))
        middle = opens + (closes - opens) / 2
        text = short_date(day, day.year)
        return Tick(self.place(middle), text, day in self._visits)
