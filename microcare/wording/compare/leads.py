"""The differences that weigh most: they lead the comparison in short."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf
from typing import TYPE_CHECKING

from microcare.core.compare.comparison import Verdict
from microcare.core.sheet.points import Side
from microcare.core.time.order import find_range, is_known
from microcare.wording.compare.folding import Line

if TYPE_CHECKING:
    from microcare.core.compare.comparison import ComparedTopic, Comparison, Said
    from microcare.core.compare.statements import Statement

MOST = 5
"""So many differences stand before all others."""


def part_leads(
    lines: Iterable[Line], comparison: Comparison
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return the differences that weigh most, no more than five, and all other lines.

    First what only one protocol refuses to treat, then the bans in which one is stricter, by how
    much longer its own lasts, then the others; in the comparison's order where they weigh the same.
    """
    places = {id(row): place for place, row in enumerate(comparison.compared)}
    parts: list[Line] = []
    for each in lines:
        if each.verdict is not Verdict.SAME:
            whole = each.rows[0].family.traits.screens
            parts += [each] if whole else [Line((item,)) for item in each.items]
    parts.sort(key=lambda each: (*_weigh(each), places[id(each.rows[0])]))
    leads = tuple(parts[:MOST])
    moved = {id(row) for each in leads for row in each.rows}
    rest = [
        Line(tuple(item for item in each.items if id(item.rows[0]) not in moved)) for each in lines
    ]
    return leads, tuple(each for each in rest if each.items)


def _weigh(line: Line) -> tuple[int, float]:
    first = line.rows[0].family.traits
    if first.screens and line.is_list:
        return 0, 0
    if first.restricts:
        if line.verdict is not Verdict.DIFFERS:
            return 1, -max(map(_find_gap, line.rows))
        return 2, 0
    if first.screens:
        return 3, 0
    return (4, 0) if first.asks or first.doses else (5, 0)


def _find_gap(row: ComparedTopic) -> float:
    """Return how many minutes longer one protocol forbids; without an end it is infinite."""
    ours, theirs = (_find_length(said) for said in row.sides)
    return 0 if ours == theirs else abs(ours - theirs)


def _find_length(said: Said) -> float:
    return max(map(_measure, said.governing), default=0)


def _measure(each: Statement) -> float:
    """Return how far from the treatment a ban reaches, in minutes; 0 where that is not known."""
    if each.side is Side.AFTER and each.closes.is_open:
        return inf
    place = each.closes.careful if each.side is Side.AFTER else each.opens.careful
    if place is None or not is_known(place):
        return 0
    first, last = find_range(place)
    return last if each.side is Side.AFTER else max(-first, 0)
