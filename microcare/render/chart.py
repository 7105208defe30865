"""The chart of a plan: which windows are open on which days, at a glance."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise

from rich.cells import cell_len, chop_cells
from rich.text import Text

from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import Kind, PlannedInstruction
from microcare.core.sheet.conditions import Answer
from microcare.core.values import value
from microcare.language.messages import mark_as, say, say_as
from microcare.wording.dates import short_month
from microcare.wording.safe import visible
from microcare.wording.verbs import WORDS, brief_words

_LEAST_LABEL = 12
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
    """Return the chart's lines, none wider than `width` columns; none where nothing is dated.

    Each thing has one bar for all that is said of it with one verb.
    """
    windows = [
        each
        for each in plan.applicable
        if each.kind is Kind.WINDOW and each.instruction.verb.traits.binds
    ]
    things = _list_things(windows, plan)
    labels = max((cell_len(name) for name, _ in things), default=0)
    labels = max(_LEAST_LABEL, min(labels, width * 2 // 5))
    days = _chart_days(plan, windows, room=width - labels - 1)
    if not days:
        return
    cell = min(_WIDEST_CELL, (width - labels - 1) // len(days))
    # What lies beyond the axis, or what bans forbid throughout it, has no bar.
    bars = [
        (name, told, bar) for name, told in things if (bar := _bar(told, days, cell, plan, glyphs))
    ]
    if not bars:
        return
    margin = " " * (labels + 1)
    treated = {each.visit.day for each in plan.treatments}
    for line in _axis(days, treated, cell, glyphs):
        yield Text(f"{margin}{line.rstrip()}", style="dim")
    for name, told, bar in bars:
        first, *more = chop_cells(name, labels)
        style = "red" if told[0][0].restricts else "cyan"
        yield Text.assemble(first, " " * (labels + 1 - cell_len(first)), (bar, style))
        yield from map(Text, more)
    signs = (
        (glyphs.sure, say_as("chart", "holds")),
        (glyphs.asked, say("depends on an answer")),
        (glyphs.visit, say_as("chart", "treatment")),
    )
    legend = "   ".join(f"{glyph} {words}" for glyph, words in signs)
    yield Text(f"{margin[: width - len(legend)]}{legend}", style="dim")


_Rule = tuple[PlannedInstruction, str]
"""A rule and the one of its topics that a bar is of."""


def _list_things(windows: list[PlannedInstruction], plan: Plan) -> list[tuple[str, list[_Rule]]]:
    """Return the windows of each verb and topic, under their label."""
    no, found = mark_as("brief", "no"), dict[tuple[str, str], list[_Rule]]()
    for each in windows:
        verb = no if each.restricts else WORDS[each.instruction.verb].brief
        for topic in each.instruction.topics:
            thing = (verb, plan.protocol.topics[topic].short)
            found.setdefault(thing, []).append((each, topic))
    return [(visible(f"{brief_words(verb)} {name}"), told) for (verb, name), told in found.items()]


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


def _axis(days: list[date], treated: set[date], cell: int, glyphs: Glyphs) -> tuple[str, str, str]:
    """Return the lines of the months, the days of the month and the treatments' marks."""
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
    mark = "".join(f"{glyphs.visit if day in treated else '':>{cell}}" for day in days)
    return months, numbers, mark


def _bar(told: list[_Rule], days: list[date], cell: int, plan: Plan, glyphs: Glyphs) -> str:
    """Return a thing's columns: each is filled where a rule governs in the middle of those hours.

    A window too short for that fills the one column in which it begins to.
    """
    opens = [plan.visit.day_start(day) for day in (*days, days[-1] + _DAY)]
    edges = [
        start + (end - start) * index / cell
        for start, end in pairwise(opens)
        for index in range(cell)
    ]
    edges.append(opens[-1])
    columns = list(pairwise(edges))
    marks = [" "] * len(columns)
    for rule in sorted(told, key=lambda rule: rule[0].applies is Answer.YES):
        mark = glyphs.sure if rule[0].applies is Answer.YES else glyphs.asked
        for number in _fill(rule, columns):
            marks[number] = mark
    return "".join(marks).rstrip()


def _fill(rule: _Rule, columns: list[tuple[datetime, datetime]]) -> list[int]:
    """Return the numbers of the columns in which a rule governs its topic."""
    each = rule[0]
    filled = [
        number
        for number, (start, end) in enumerate(columns)
        if _governs(rule, start + (end - start) / 2)
    ]
    if filled:
        return filled
    turns = [each.dated.start, *(lost.until for lost in each.overruled)]
    begins = [turn for turn in turns if turn is not None and _governs(rule, turn)]
    return [
        number
        for number, (start, end) in enumerate(columns)
        if any(start <= turn < end for turn in begins)
    ]


def _governs(rule: _Rule, instant: datetime) -> bool:
    each, topic = rule
    holds = each.holds_between(instant, instant + timedelta.resolution)
    return holds and not each.is_overruled_for(topic, instant)
