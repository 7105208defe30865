"""A comparison as an outline of plain texts: the one order and wording of every format."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from microcare.core.compare.comparison import Verdict
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import Kind
from microcare.core.sheet.points import Clock, Side
from microcare.core.sheet.protocol import Protocol
from microcare.core.values import value
from microcare.wording.compare.sayings import (
    compared_label,
    condition_words,
    name_topic,
    position_words,
)
from microcare.wording.compare.verdicts import ProtocolNames, VerdictWriter, verdict_words
from microcare.wording.plan.heading import appointment_words
from microcare.wording.plan.words import PlanWords

if TYPE_CHECKING:
    from microcare.core.compare.comparison import ComparedTopic, Comparison, Said

_TITLES = {
    Side.BEFORE: "Before",
    Side.DAY_OF: "Day of treatment",
    Side.AFTER: "After",
    Side.ANY: "At any time",
}


@value
class Cell:
    """What one protocol says, None where it is silent; `dates` stand for one appointment."""

    words: str | None
    dates: str | None
    positions: tuple[str, ...]


@value
class ComparisonEntry:
    """One or several topics on which two protocols stand alike."""

    label: str
    condition: str | None
    left: Cell
    right: Cell
    verdict: Verdict
    verdict_words: str
    remarks: tuple[str, ...]


@value
class Section:
    """One side of the treatment."""

    title: str
    entries: tuple[ComparisonEntry, ...]


@value
class ComparisonOutline:
    """A whole comparison in texts."""

    names: ProtocolNames
    title: str
    protocols: tuple[str, str]
    appointment: str | None
    tally: str
    sections: tuple[Section, ...]


def outline_comparison(
    comparison: Comparison, *, plans: tuple[Plan, Plan] | None = None
) -> ComparisonOutline:
    """Return a comparison's outline in full: every row, every word and every place.

    `plans` are the two protocols dated for one appointment.
    """
    writer = EntryWriter(comparison, plans)
    names = writer.names
    sections = []
    for side, title in _TITLES.items():
        topics = [compared for compared in comparison.compared if compared.side is side]
        if topics:
            sections.append(Section(title, writer.entries(topics)))
    return ComparisonOutline(
        names=names,
        title=f"{names.left} ↔ {names.right}",
        protocols=(_describe(comparison.left), _describe(comparison.right)),
        appointment=appointment_words(plans[0].visit, plans[0].now) if plans else None,
        tally=tally_words(comparison, names),
        sections=tuple(sections),
    )


def tally_words(comparison: Comparison, names: ProtocolNames) -> str:
    """Return how many topics have which verdict, in one line."""
    counts = comparison.summary
    stricter = [
        f"{names.left} {counts[Verdict.LEFT_STRICTER]}",
        f"{names.right} {counts[Verdict.RIGHT_STRICTER]}",
    ]
    only = [
        f"{names.left} {counts[Verdict.ONLY_LEFT]}",
        f"{names.right} {counts[Verdict.ONLY_RIGHT]}",
    ]
    return (
        f"{counts[Verdict.SAME]} same · stricter: {', '.join(stricter)} · only: "
        f"{', '.join(only)} · {counts[Verdict.DIFFERS]} differ"
    )


def _describe(protocol: Protocol) -> str:
    revised = f", revised {protocol.revised.isoformat()}" if protocol.revised else ""
    return f"{protocol.id}, version {protocol.version}{revised}: {protocol.title}"


class EntryWriter:
    """Writes the entries of one comparison."""

    def __init__(self, comparison: Comparison, plans: tuple[Plan, Plan] | None = None) -> None:
        self._verdicts = VerdictWriter(comparison)
        self.names = self._verdicts.names
        self._comparison = comparison
        self._dates = [DateWriter(plan) for plan in plans] if plans else [None, None]

    def entries(self, topics: Iterable[ComparedTopic]) -> tuple[ComparisonEntry, ...]:
        """Return the entries of topics; those that differ only in the topic are one."""
        grouped: dict[tuple[object, ...], list[ComparedTopic]] = {}
        for compared in topics:
            key = (
                compared.verb,
                condition_words(compared, self._comparison),
                compared.verdict,
                self._verdicts.remarks(compared),
            )
            grouped.setdefault((*key, *self._texts(compared)), []).append(compared)
        return tuple(self._entry(alike) for alike in grouped.values())

    def _texts(self, compared: ComparedTopic) -> list[tuple[str | None, str | None]]:
        return [
            (told.words, dates.said(said, compared) if dates else None)
            for said, told, dates in zip(
                compared.sides, self._verdicts.told(compared), self._dates, strict=True
            )
        ]

    def _entry(self, topics: list[ComparedTopic]) -> ComparisonEntry:
        first = topics[0]
        left, right = (
            Cell(words, dates, tuple(dict.fromkeys(filter(None, map(position_words, said)))))
            for (words, dates), said in zip(
                self._texts(first),
                zip(*(compared.sides for compared in topics), strict=True),
                strict=True,
            )
        )
        return ComparisonEntry(
            label=compared_label(
                first, [name_topic(compared, self._comparison) for compared in topics]
            ),
            condition=condition_words(first, self._comparison),
            left=left,
            right=right,
            verdict=first.verdict,
            verdict_words=verdict_words(first.verdict, self.names),
            remarks=self._verdicts.remarks(first),
        )


class DateWriter:
    """Writes what rules mean for one appointment."""

    def __init__(self, plan: Plan) -> None:
        self._planned = {each.instruction.id: each for each in plan.instructions}
        self._visit = plan.visit
        self._words = PlanWords(plan)

    def said(self, said: Said, compared: ComparedTopic) -> str | None:
        """Return the dates of what governs, None where nothing does or has a date."""
        found = [self._window(each.instruction.id, compared.side) for each in said.governing]
        return "; ".join(dict.fromkeys(filter(None, found))) or None

    def _window(self, ident: str, side: Side) -> str | None:
        each = self._planned[ident]
        dated, words = each.dated, self._words
        if not each.is_dated:
            return None
        parts = []
        if dated.last_ok is not None:
            parts.append(f"last day {words.short(dated.last_ok)}")
        visit = self._visit
        window = each.instruction.window
        # A clock time is told, though it may be that of the treatment.
        at_treatment = (
            each.kind is Kind.WINDOW
            and not isinstance(window.start, Clock)
            and dated.start in {visit.start, visit.end}
        )
        if dated.start is not None and not (at_treatment and words.end(each)):
            lead = "" if window.at else "from "
            parts.append(f"{lead}{words.start(each)}")
        parts.append(words.start_range(each) or "")
        if side is not Side.BEFORE or not each.instruction.closes_at_start:
            parts.append(words.end(each) or "")
        return ", ".join(filter(None, parts))
