"""The chart of a plan: which windows are open on which days, at a glance."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise

from rich.text import Text

from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import Kind, PlannedInstruction
from microcare.core.sheet.conditions import Answer
from microcare.core.values import value
from microcare.wording.dates import short_month
from microcare.wording.labels import topic_labels
from microcare.wording.safe import visible
from microcare.wording.verbs import WORDS

_LEAST_LABEL = 26
_DAYS_BEFORE = 14
_DAYS_AFTER = 14
_DAY = timedelta(days=1)
_WIDEST_CELL = 3
_TIGHT = 2


@value
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


def plan_chart(plan: Plan, *, width: int, glyphs: Glyphs) -> Iterable[Text]:
    """Return the chart's lines, none wider than `width` columns; none where nothing is dated."""
    windows = [
        each
        for each in plan.instructions
        if each.kind is Kind.WINDOW
        and each.applies is not Answer.NO
        and each.instruction.verb.traits.binds
    ]
    labels = max(_LEAST_LABEL, width // 3)
    days = _chart_days(plan, windows, room=width - labels - 1)
    if not days:
        return
    cell = min(_WIDEST_CELL, (width - labels - 1) // len(days))
    # What lies beyond the axis, or what bans forbid throughout it, has no bar.
    bars = [(each, bar) for each in windows if (bar := _bar(each, days, cell, plan, glyphs))]
    if not bars:
        return
    margin = " " * (labels + 1)
    for line in _axis(days, plan.visit.day, cell, glyphs):
        yield Text(f"{margin}{line.rstrip()}", style="dim")
    for each, bar in bars:
        name = topic_labels(each.instruction.topics, plan.protocol.topics)
        label = Text(visible(f"{WORDS[each.instruction.verb].brief} {name}"))
        label.truncate(labels, overflow="ellipsis", pad=True)
        style = "red" if each.restricts else "cyan"
        yield label.append(f" {bar}", style=style)
    legend = f"{glyphs.sure} holds   {glyphs.asked} depends on an answer   {glyphs.visit} treatment"
    yield Text(f"{margin[: width - len(legend)]}{legend}", style="dim")


def _chart_days(plan: Plan, windows: list[PlannedInstruction], *, room: int) -> list[date]:
    visit = plan.visit
    bounds = [visit.day]
    for each in windows:
        for instant in (each.dated.start, each.dated.until, each.dated.until_at_least):
            bounds += [visit.local_date(instant)] if instant is not None else []
    first = max(min(bounds), visit.day - _DAYS_BEFORE * _DAY)
    last = min(max(bounds), visit.day + _DAYS_AFTER * _DAY)
    count = (last - first).days + 1
    if count > room // 2:
        # Two columns a day must fit; what lies furthest back is the first to go.
        first = max(first, last - (room // 2 - 1) * _DAY)
        count = (last - first).days + 1
    return [first + number * _DAY for number in range(max(count, 0))]


def _axis(days: list[date], visit: date, cell: int, glyphs: Glyphs) -> tuple[str, str, str]:
    """Return the lines of the months, the days of the month and the treatment's mark."""
    months = ""
    for index, day in enumerate(days):
        if index == 0 or day.day == 1:
            month = short_month(day)
            months = months.ljust(index * cell) + month if len(months) <= index * cell else months
    numbers = "".join(f"{day.day:>{cell}}" for day in days)
    if cell == _TIGHT:
        # Without a space between them only every other number can be told apart.
        numbers = "".join(
            f"{day.day:>{cell}}" if index % 2 == 0 else " " * cell for index, day in enumerate(days)
        )
    mark = "".join(f"{glyphs.visit if day == visit else '':>{cell}}" for day in days)
    return months, numbers, mark


def _bar(each: PlannedInstruction, days: list[date], cell: int, plan: Plan, glyphs: Glyphs) -> str:
    """Return a window's columns: each is filled where it governs in the middle of those hours.

    A window too short for that fills the one column in which it begins to.
    """
    mark = glyphs.sure if each.applies is Answer.YES else glyphs.asked
    opens = [plan.visit.day_start(day) for day in (*days, days[-1] + _DAY)]
    edges = [
        start + (end - start) * index / cell
        for start, end in pairwise(opens)
        for index in range(cell)
    ]
    edges.append(opens[-1])
    columns = list(pairwise(edges))
    filled = [_governs(each, start + (end - start) / 2) for start, end in columns]
    if not any(filled):
        turns = [each.dated.start, *(lost.until for lost in each.overruled)]
        begins = [turn for turn in turns if turn is not None and _governs(each, turn)]
        filled = [any(start <= turn < end for turn in begins) for start, end in columns]
    return "".join(mark if full else " " for full in filled).rstrip()


def _governs(each: PlannedInstruction, instant: datetime) -> bool:
    holds = each.holds_between(instant, instant + timedelta.resolution)
    return holds and not each.is_overruled(instant)
