"""A plan by thing: until when each is fine, and from when it is fine again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from microcare.core.plan.claims import Says
from microcare.core.plan.days import Day
from microcare.core.plan.plan import Plan
from microcare.core.plan.transitions import Change, Transition, is_news
from microcare.core.sheet.conditions import Answer
from microcare.core.values import value
from microcare.wording.plan.brief import BriefWriter
from microcare.wording.plan.entries import EntryWriter
from microcare.wording.plan.lines import Entry, Line
from microcare.wording.plan.words import PlanWords
from microcare.wording.verbs import Tone


@value
class Thing:
    """One thing of a table: its date, the clock time if that counts, and what is to be known."""

    date: str
    time: str
    text: str


@value
class Things:
    """What is `fine` until when, what is fine `again` from when, and what must be `asked`."""

    fine: tuple[Thing, ...]
    again: tuple[Thing, ...]
    asked: tuple[Line, ...]


def list_things(plan: Plan) -> Things:
    """Return the things that a plan forbids, by their dates: each has one line in each table."""
    return _ThingWriter(plan).write()


@value
class _Point:
    """What an entry says of one thing, and when: whole days count from their date."""

    day: date
    time: str
    entry: Entry


class _ThingWriter:
    """Writes the tables of one plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._words = PlanWords(plan)
        self._entries = EntryWriter(plan, self._words)

    def write(self) -> Things:
        stops: dict[str, list[_Point]] = {}
        frees: dict[str, list[_Point]] = {}
        for day in self._plan.days:
            for transition in day.transitions:
                if is_news(transition, self._plan.protocol):
                    self._sort(transition, day, stops, frees)
        lines = BriefWriter(self._plan).write().undated
        return Things(
            fine=tuple(self._lines(stops, first=0)),
            again=tuple(self._lines(frees, first=-1)),
            asked=tuple(line for line in lines if line.tone is Tone.STOP),
        )

    def _sort(
        self,
        transition: Transition,
        day: Day,
        stops: dict[str, list[_Point]],
        frees: dict[str, list[_Point]],
    ) -> None:
        """Add what a change says of each of its topics to one table or the other."""
        for name in transition.topics:
            releases = tuple(each for each in transition.releases if each.topic == name)
            alone = replace(transition, topics=(name,), releases=releases)
            for entry in self._entries.list_entries(alone, ()):
                if entry.verb == "last day":
                    stops.setdefault(name, []).append(_Point(day.date, "", entry))
                elif transition.change in _FREEING and self._is_ever_banned(name):
                    frees.setdefault(name, []).append(_Point(day.date, entry.time, entry))
                elif transition.planned.restricts and not self._is_banned_before(alone):
                    # A ban of whole days leaves the day before as the last one.
                    last = day.date if entry.time else day.date - _DAY
                    stops.setdefault(name, []).append(_Point(last, entry.time, entry))

    def _is_ever_banned(self, topic: str) -> bool:
        ledger = self._plan.ledger
        return bool(ledger.list_covering(topic) or ledger.list_parts(topic))

    def _is_banned_before(self, transition: Transition) -> bool:
        """Return whether other rules forbid a topic for certain when a ban of it begins."""
        each, instant = transition.planned, transition.instant
        if instant is None:
            return False
        return any(
            claim.says is Says.FORBIDS
            and claim.rule is not each
            and claim.rule.applies is Answer.YES
            and claim.meets(instant - timedelta.resolution, instant)
            for claim in self._plan.ledger.list_covering(transition.topics[0])
        )

    def _lines(self, points: dict[str, list[_Point]], *, first: int) -> Iterable[Thing]:
        """Yield a line a thing, by the date that counts: the first last day, the last release."""
        found = [(told[first].day, name, told) for name, told in points.items()]
        for day, name, told in sorted(found, key=lambda each: each[0]):
            main = told[first]
            said = {_detail(main): None}
            said |= {self._further(each, main): None for each in told if each is not main}
            text = "; ".join(filter(None, said))
            label = self._plan.protocol.topics[name].label
            yield Thing(self._words.padded(day), main.time, f"{label} ({text})" if text else label)

    def _further(self, point: _Point, main: _Point) -> str:
        """Return what else is said of a thing, and when; nothing if the first says it."""
        detail = _detail(point)
        if (point.day, point.time) == (main.day, main.time):
            return "" if detail == _detail(main) else detail
        day = "" if point.day == main.day else self._words.short(point.day)
        when = ", ".join(filter(None, [day, point.time]))
        return f"{when}: {detail}" if detail else f"{when} in any case"


_FREEING = (
    Change.ENDS,
    Change.ENDS_WITH_TREATMENT,
    Change.AT_LEAST_OVER,
    Change.GOVERNS,
)
_DAY = timedelta(days=1)


def _detail(point: _Point) -> str:
    """Return the condition and the facts of an entry, and how far it goes."""
    entry = point.entry
    how = {"maybe": "perhaps", "without": "come without it"}.get(entry.verb, "")
    return "; ".join(filter(None, [how, entry.condition, ", ".join(entry.facts), *entry.limits]))
