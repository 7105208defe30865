"""A comparison in short, as texts: who is stricter in what, one line a thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from microcare.core.compare.comparison import Verdict
from microcare.core.sheet.points import Side, is_numbered
from microcare.core.sheet.protocol import DayOne, Protocol
from microcare.core.sheet.verbs import Verb
from microcare.core.sheet.vocabulary import Renamed
from microcare.core.values import replace, value
from microcare.wording.compare.cells import SILENT, item_words, topic_rules
from microcare.wording.compare.folding import HALVES, Item, Line, fold_rows
from microcare.wording.compare.leads import part_leads
from microcare.wording.compare.sayings import condition_words, name_topic
from microcare.wording.compare.short_rules import PARTLY, shorten
from microcare.wording.compare.verdicts import ProtocolNames, facet_words, protocol_names
from microcare.wording.dates import short_date
from microcare.wording.labels import shorten_names, shorten_topic
from microcare.wording.verbs import WORDS

if TYPE_CHECKING:
    from microcare.core.compare.comparison import ComparedTopic, Comparison

_UNLIKE, _SAME = "≠", "="
_TITLES = {
    Side.BEFORE: "BEFORE",
    Side.DAY_OF: "ON THE DAY",
    Side.AFTER: "AFTER",
    Side.ANY: "AT ANY TIME",
}


@value
class BriefLine:
    """One line: `sign` is its verdict; the cells are empty where `label` says all."""

    sign: str
    verdict: Verdict
    label: str
    cells: tuple[str, ...]
    rows: tuple[ComparedTopic, ...]


@value
class BriefSection:
    """The lines of one side of the treatment, or those that weigh most.

    Without a title each line says by itself where it belongs.
    """

    title: str
    lines: tuple[BriefLine, ...]


@value
class Brief:
    """A whole comparison in short. `signs` are those of the left and the right protocol."""

    names: ProtocolNames
    signs: tuple[str, str]
    title: str
    tally: str
    sections: tuple[BriefSection, ...]
    footnote: str


def outline_brief(comparison: Comparison) -> Brief:
    """Return a comparison in short: each of its rows is in exactly one line of a section."""
    names = protocol_names(comparison)
    title = _title(comparison, names)
    # Everything else goes by its short name.
    comparison = replace(
        comparison,
        left=shorten_names(comparison.left),
        right=shorten_names(comparison.right),
        topics=Renamed(comparison.topics, shorten_topic),
    )
    writer = _BriefWriter(comparison, names)
    leads, lines = part_leads(fold_rows(comparison, writer.tell), comparison)
    sections = [BriefSection("MOST WEIGHT", tuple(map(writer.lead, leads)))]
    for half in HALVES:
        here = [each for each in lines if each.side in half and each.verdict is not Verdict.SAME]
        beside = [each for each in here if not each.is_list]
        told = None
        for side in half:
            section = tuple(writer.line(each) for each in beside if each.side is side)
            sections.append(BriefSection(_TITLES[side], section))
            told = side if section else told
        listed = tuple(writer.list(each, told) for each in here if each.is_list)
        sections.append(BriefSection("", listed))
    same = [each for each in lines if each.verdict is Verdict.SAME]
    sections.append(BriefSection("", tuple(map(writer.list, same))))
    return Brief(
        names,
        writer.signs,
        title,
        writer.tally([*leads, *lines]),
        tuple(section for section in sections if section.lines),
        writer.footnote(),
    )


def _title(comparison: Comparison, names: ProtocolNames) -> str:
    """Return both protocols; of two different ones also their versions and what they are of."""
    protocols = (comparison.left, comparison.right)
    if names.left != comparison.left.id:
        return f"{names.left} ↔ {names.right}"
    described = []
    for each in protocols:
        date = short_date(each.revised).partition(" ")[2] if each.revised else ""
        described.append(f"{each.id} v{each.version}{f' ({date})' if date else ''}")
    titles = [each.title for each in protocols]
    if titles[0] == titles[1]:
        return f"{' ↔ '.join(described)}: {titles[0]}"
    return " ↔ ".join(f"{name}: {title}" for name, title in zip(described, titles, strict=True))


def find_signs(names: ProtocolNames) -> tuple[str, str]:
    """Return a letter for each protocol: the first in which their names differ, else a and b."""
    for one, other in zip(names.left, names.right, strict=False):
        if one != other:
            return (one, other) if (one + other).isalpha() else ("a", "b")
    return ("a", "b")


def _ends_with(name: str, sign: str) -> bool:
    """Return whether a letter is what a name ends with, and so needs no explaining."""
    return re.search(rf"\b{sign}\W*$", name) is not None


class _BriefWriter:
    """Writes the lines of one comparison, whose topics and factors have their short names."""

    def __init__(self, comparison: Comparison, names: ProtocolNames) -> None:
        self._comparison = comparison
        self._names = names
        self.signs = find_signs(names)

    def tell(self, rows: Sequence[ComparedTopic], side: int) -> tuple[str, ...]:
        """Return how the rows of one topic read in one protocol."""
        return topic_rules(rows, side, self._comparison)

    def tally(self, lines: Iterable[Line]) -> str:
        """Return how many lines have each sign, and what it means."""
        left, right = self.signs
        counts = dict.fromkeys((left, right, _UNLIKE, _SAME), 0)
        for each in lines:
            counts[self._sign(each.verdict)] += 1
        names = (self._names.left, self._names.right)
        told = [
            f"{sign} {counts[sign]}"
            if _ends_with(name, sign)
            else f"{sign} ({name}) {counts[sign]}"
            for sign, name in zip(self.signs, names, strict=True)
        ]
        return (
            f"{', '.join(told)}: stricter or alone · "
            f"{_UNLIKE} {counts[_UNLIKE]} differ · {_SAME} {counts[_SAME]} same · "
            f"{SILENT} not said · {PARTLY} in part"
        )

    def footnote(self) -> str:
        """Return how a row is read, where more is told, and which date a numbered Day 1 is."""
        named = zip(self.signs, self._protocols, strict=True)
        days = [f"{name} {_DAY_ONE[each.day_one]}" for name, each in named if _numbers_days(each)]
        found = ["no verb: avoid", "more: --full, --topic NAME"]
        return " · ".join([*found, f"Day 1: {', '.join(days)}"] if days else found)

    @property
    def _protocols(self) -> tuple[Protocol, Protocol]:
        return self._comparison.left, self._comparison.right

    def list(self, line: Line, told: Side | None = None) -> BriefLine:
        """Return the line of what one protocol alone says, or of what both say alike.

        The sides of the treatment are named, but for what begins it and is of the side `told`.
        """
        side = 1 if line.verdict is Verdict.ONLY_RIGHT else 0
        lead = "" if line.verdict is Verdict.SAME else "only: "
        found: list[str] = []
        for where, heading in _TITLES.items():
            items = [item for item in line.items if item.side is where]
            unnamed = items and (
                items[0].rows[0].family.traits.screens or (where is told and not found)
            )
            if items:
                found.append(
                    f"{'' if unnamed else f'{heading.lower()}: '}{self._list(items, side)}"
                )
        return self._make(line.verdict, line.rows, f"{lead}{'; '.join(found)}")

    def lead(self, line: Line) -> BriefLine:
        """Return a line that weighs much, with the side on which it is."""
        if line.is_list and line.rows[0].family.traits.screens:
            return self.list(line)
        side = "" if line.side is Side.ANY else f"{_TITLES[line.side].lower()}: "
        return self.line(line, side)

    def line(self, line: Line, lead: str = "") -> BriefLine:
        """Return a line with a cell for each protocol."""
        (item,) = line.items
        named = item.rows[0].family is Verb.EXPECT and len(item.by_topic) > 1
        cells = tuple(item_words(item, side, self._comparison, named=named) for side in (0, 1))
        label = WORDS[Verb.EXPECT].compared if named else self._label(item)
        if cells[0] == cells[1]:
            facets = dict.fromkeys(facet for row in item.rows for facet in row.facets)
            label += f" (differ {facet_words(facets)})"
        return self._make(line.verdict, line.rows, f"{lead}{label}", cells)

    def _make(
        self,
        verdict: Verdict,
        rows: tuple[ComparedTopic, ...],
        label: str,
        cells: tuple[str, ...] = (),
    ) -> BriefLine:
        return BriefLine(self._sign(verdict), verdict, label, cells, rows)

    def _sign(self, verdict: Verdict) -> str:
        match verdict:
            case Verdict.LEFT_STRICTER | Verdict.ONLY_LEFT:
                return self.signs[0]
            case Verdict.RIGHT_STRICTER | Verdict.ONLY_RIGHT:
                return self.signs[1]
            case Verdict.DIFFERS:
                return _UNLIKE
            case Verdict.SAME:
                return _SAME

    def _list(self, items: Iterable[Item], side: int) -> str:
        """Return items as a list; what begins several of them is said once."""
        screens = set()
        begun: dict[str, dict[str, list[str]]] = {}
        for item in items:
            text = item_words(item, side, self._comparison, named=True)
            verb = self._verb(item)
            subject = ""
            if item.rows[0].family.traits.screens:
                screens.add(verb)
                subject = self._find_lead(item, text)
            entry = f"{text.removeprefix(subject)}{self._if(item)}"
            begun.setdefault(verb, {}).setdefault(subject, []).append(entry)
        return "; ".join(
            verb + "; ".join(f"{lead}{joint.join(entries)}" for lead, entries in leads.items())
            for verb, leads in begun.items()
            for joint in (", " if verb in screens else "; ",)
        )

    def _find_lead(self, item: Item, text: str) -> str:
        """Return what a contraindication says before the name by which a list calls it."""
        held = (each.factors.get(row.topic) for each in self._protocols for row in item.rows)
        leads = {factor.lead for factor in held if factor is not None}
        return max((lead for lead in leads if text.startswith(lead)), key=len, default="")

    def _label(self, item: Item) -> str:
        names = [name_topic(rows[0], self._comparison) for rows in item.by_topic.values()]
        bans = any(row.family.traits.restricts for row in item.rows)
        return f"{'' if bans else self._verb(item)}{', '.join(names)}{self._if(item)}"

    def _verb(self, item: Item) -> str:
        """Return the verbs of an item, to be put before its topics."""
        verbs = dict.fromkeys(
            "no" if row.family.traits.restricts else WORDS[row.verb].compared for row in item.rows
        )
        return "" if item.is_mixed else f"{'/'.join(verbs)} "

    def _if(self, item: Item) -> str:
        """Return the condition under which all of an item holds."""
        if len({row.key for row in item.rows}) > 1:
            return ""
        words = condition_words(item.rows[0], self._comparison)
        return f", if {shorten(words)}" if words else ""


_DAY_ONE = {
    DayOne.TREATMENT_DAY: "treatment day",
    DayOne.NEXT_DAY: "next day",
    DayOne.UNSTATED: "not stated",
}


def _numbers_days(protocol: Protocol) -> bool:
    windows = (each.window for each in protocol.instructions)
    return any(
        is_numbered(each) for window in windows for each in (window.start, window.until, window.at)
    )
