"""The timeline chart: which windows are open on which days, at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from rich.text import Text

from microcare.core.conditions import Answer
from microcare.core.model import Verb
from microcare.core.planned import Kind
from microcare.core.vocabulary import topic_labels
from microcare.render.safe import visible
from microcare.render.words import short_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microcare.core.planned import PlannedInstruction
    from microcare.core.timeline import Plan

_LABEL = 26
_DAYS_BEFORE = 14
_DAYS_AFTER = 14
_DAY = timedelta(days=1)
_SHOWN = {Verb.AVOID, Verb.WAIT_SINCE, Verb.TAKE, Verb.USE, Verb.DO}


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The marks of a chart: a sure window, one that depends on an answer, the treatment day."""

    sure: str
    asked: str
    visit: str

    @classmethod
    def for_encoding(cls, encoding: str) -> Glyphs:
        """Return block characters where the encoding has them, else plain ones."""
        try:
            "█░▼".encode(encoding)
        except (UnicodeEncodeError, LookupError):
            return cls("#", "?", "V")
        return cls("█", "░", "▼")


def timeline_chart(plan: Plan, *, width: int, glyphs: Glyphs) -> Iterable[Text]:
    """Return the chart's lines, none wider than `width` columns; none where nothing is dated."""
    windows = [
        each
        for each in plan.instructions
        if each.kind is Kind.WINDOW
        and each.applies is not Answer.NO
        and each.instruction.verb in _SHOWN
    ]
    days = _chart_days(plan, windows, room=width - _LABEL - 1)
    cell = min(3, (width - _LABEL - 1) // max(len(days), 1))
    if not windows or cell == 0:
        return
    yield from _axis(days, plan.visit.day, cell, glyphs)
    for each in windows:
        name = topic_labels(each.instruction.topics, plan.protocol.topics)
        label = visible(f"{_VERB[each.instruction.verb]} {name}")
        if len(label) > _LABEL:
            label = f"{label[: _LABEL - 1]}…"
        style = "red" if each.restricts else "cyan"
        bar = "".join(_cells(each, day, cell, plan, glyphs) for day in days)
        yield Text(f"{label:<{_LABEL}} ").append(bar.rstrip(), style=style)
    legend = f"{glyphs.sure} holds   {glyphs.asked} depends on an answer   {glyphs.visit} treatment"
    yield Text(f"{'':<{_LABEL}} {legend}", style="dim")


_VERB = {
    Verb.AVOID: "no",
    Verb.WAIT_SINCE: "no",
    Verb.TAKE: "take",
    Verb.USE: "use",
    Verb.DO: "do",
}


def _chart_days(plan: Plan, windows: list[PlannedInstruction], *, room: int) -> list[date]:
    visit = plan.visit
    bounds = [visit.day]
    for each in windows:
        for instant in (each.dated.start, each.dated.until, each.dated.until_at_least):
            if instant is not None:
                bounds.append(visit.local_date(instant))
    first = max(min(bounds), visit.day - _DAYS_BEFORE * _DAY)
    last = min(max(bounds), visit.day + _DAYS_AFTER * _DAY)
    count = (last - first).days + 1
    if count > room // 2:
        # Two columns a day must fit; what lies furthest back is the first to go.
        first = max(first, last - (room // 2 - 1) * _DAY)
        count = (last - first).days + 1
    return [first + number * _DAY for number in range(max(count, 0))]


def _axis(days: list[date], visit: date, cell: int, glyphs: Glyphs) -> Iterable[Text]:
    months = ""
    for place, day in enumerate(days):
        if place == 0 or day.day == 1:
            month = short_date(day, day.year).rpartition(" ")[2]
            months = months.ljust(place * cell) + month if len(months) <= place * cell else months
    numbers = "".join(f"{day.day:>{cell}}" for day in days)
    if cell == _TIGHT:
        # Without a space between them only every other number can be told apart.
        numbers = "".join(
            f"{day.day:>{cell}}" if place % 2 == 0 else " " * cell for place, day in enumerate(days)
        )
    mark = "".join(f"{glyphs.visit if day == visit else '':>{cell}}" for day in days)
    for line in (months, numbers, mark):
        yield Text(f"{'':<{_LABEL}} {line.rstrip()}", style="dim")


_TIGHT = 2


def _cells(each: PlannedInstruction, day: date, cell: int, plan: Plan, glyphs: Glyphs) -> str:
    """Return a day's columns: each is filled where the window holds for half of its hours."""
    opens = plan.visit.day_start(day)
    slice_ = (plan.visit.day_start(day + _DAY) - opens) / cell
    sure = glyphs.sure if each.applies is Answer.YES else glyphs.asked
    middles = (opens + slice_ * (place + 0.5) for place in range(cell))
    return "".join(sure if each.holds_at(middle) else " " for middle in middles)
