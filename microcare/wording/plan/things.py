"""A plan by thing: until when each is fine, and from when it is fine again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from microcare.core.plan.days import Day
from microcare.core.plan.plan import Plan
from microcare.core.plan.transitions import Change, Transition, is_news
from microcare.core.sheet.vocabulary import find_groups
from microcare.core.values import replace, value
from microcare.language.messages import say, say_as
from microcare.wording.plan.brief import BriefWriter
from microcare.wording.plan.entries import WITHOUT
from microcare.wording.plan.freed import MAYBE
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
    """What is `fine` until when, what is fine `again` from when, and what must be `asked`.

    `footnotes` are the marks, each with what the sheet leaves open.
    """

    fine: tuple[Thing, ...]
    again: tuple[Thing, ...]
    asked: tuple[Line, ...]
    footnotes: tuple[tuple[str, str], ...]


def list_things(plan: Plan, *, encoding: str = "utf-8") -> Things:
    """Return the things that a plan forbids, by their dates: each has one line in each table.

    The marks of footnotes are in the encoding.
    """
    return _ThingWriter(plan, encoding).write()


@value
class _Point:
    """What an entry says of one thing, and when: whole days count from their date."""

    instant: datetime
    day: date
    time: str
    entry: Entry


class _ThingWriter:
    """Writes the tables of one plan.

    A thing that one ban names and another covers by a group stands for itself in both tables.
    """

    def __init__(self, plan: Plan, encoding: str) -> None:
        self._brief = BriefWriter(plan, encoding)
        self._plan = plan
        self._words, self._entries = self._brief.words, self._brief.entries
        bans = [each for each in plan.applicable if each.restricts]
        self._banned = dict.fromkeys(name for each in bans for name in each.instruction.topics)
        self._stops: dict[str, list[_Point]] = {}
        self._frees: dict[str, list[_Point]] = {}
        self._freed_with_groups: dict[str, list[_Point]] = {}

    def write(self) -> Things:
        for day in self._plan.days:
            for transition in day.transitions:
                if is_news(transition):
                    self._sort(transition, day)
        asked = {*self._plan.closed, *self._list_endless()}
        for name, points in self._freed_with_groups.items():
            if name not in asked:
                self._frees.setdefault(name, points)
        return Things(
            fine=tuple(self._lines(self._stops, first=0)),
            again=tuple(self._lines(self._frees, first=-1)),
            asked=tuple(
                line
                for line in self._brief.join(self._brief.list_undated())
                if line.tone is Tone.STOP
            ),
            footnotes=self._brief.list_footnotes(),
        )

    def _list_endless(self) -> Iterable[str]:
        for each in self._plan.applicable:
            if each.restricts and (each.lacks_end or not each.is_dated):
                yield from each.instruction.topics

    def _sort(self, transition: Transition, day: Day) -> None:
        """Add what a change says of each thing that it concerns to one table or the other."""
        for name in transition.topics:
            releases = tuple(each for each in transition.releases if each.topic == name)
            alone = replace(transition, topics=(name,), releases=releases)
            for entry in self._entries.list_entries(alone, ()):
                opens = self._plan.visit.day_start(day.date)
                instant = (transition.instant or opens) if entry.time else opens
                if transition.change in _FREEING:
                    self._add_free(name, alone, _Point(instant, day.date, entry.time, entry))
                elif transition.planned.restricts:
                    # A ban of whole days leaves the day before as the last one.
                    last = entry.time or transition.change is Change.LAST_FINE_DAY
                    date = day.date if last else day.date - _DAY
                    self._add_stop(alone, _Point(instant, date, entry.time, entry))

    def _add_free(self, name: str, transition: Transition, point: _Point) -> None:
        ledger = self._plan.ledger
        if ledger.list_covering(name) or ledger.list_parts(name):
            self._frees.setdefault(name, []).append(point)
        held = {
            part
            for release in transition.releases
            for part in (*(part for part, _ in release.except_for), *release.closed)
        }
        whole = replace(point, entry=replace(point.entry, labels=(), limits=()))
        for part in self._list_parts(name):
            covered = any(claim.rule is transition.planned for claim in ledger.list_covering(part))
            if (
                covered
                and part not in held
                and held.isdisjoint(find_groups(part, self._plan.protocol.topics))
            ):
                self._freed_with_groups.setdefault(part, []).append(whole)

    def _add_stop(self, transition: Transition, point: _Point) -> None:
        (name,) = transition.topics
        rule = transition.planned
        for each in (name, *self._list_parts(name)):
            covers = any(claim.rule is rule for claim in self._plan.ledger.list_covering(each))
            if not covers or self._is_banned_before(each, transition, point):
                continue
            told = self._stops.setdefault(each, [])
            if not any(_is_for_all(other, point) for other in told):
                own = (
                    point if each == name else replace(point, entry=replace(point.entry, labels=()))
                )
                told.append(own)

    def _list_parts(self, topic: str) -> Iterable[str]:
        """Yield the members of a topic that a ban names."""
        topics = self._plan.protocol.topics
        return (name for name in self._banned if topic in find_groups(name, topics))

    def _is_banned_before(self, topic: str, transition: Transition, point: _Point) -> bool:
        """Return whether other rules forbid a topic for certain until a ban of it begins."""
        instant, day_start = transition.instant, self._plan.visit.day_start
        if instant is None:
            opens, closes = day_start(point.day), day_start(point.day + _DAY)
        else:
            opens, closes = instant - timedelta.resolution, instant
        return any(
            claim.is_plain_ban
            and claim.rule is not transition.planned
            and not claim.rule.comes_without
            and claim.meets(opens, closes)
            # What ends without a date may be over before another treatment.
            and (claim.until is not None or claim.rule.treatment is transition.planned.treatment)
            for claim in self._plan.ledger.list_covering(topic)
        )

    def _lines(self, points: dict[str, list[_Point]], *, first: int) -> Iterable[Thing]:
        """Yield a line a thing, by the date that counts: the first last day, the last release."""
        found = [(told[first].day, told[first].instant, name) for name, told in points.items()]
        for day, _, name in sorted(found, key=lambda each: each[:2]):
            told = points[name]
            main = told[first]
            said = {_detail(main): None}
            said |= {
                _further(each, main, self._words, again=not first): None
                for each in told
                if each is not main
            }
            text = "; ".join(filter(None, said))
            ids = [ident for each in told for ident in each.entry.ids]
            label = main.entry.labels[0] if main.entry.labels else self._label(name)
            base, bracket, rest = label.partition(" (")
            label = f"{self._brief.mark(base, ids)}{bracket}{rest}"
            if text and bracket:
                label = f"{label.removesuffix(')')}; {text})"
            elif text:
                label = f"{label} ({text})"
            yield Thing(self._words.padded(day), main.time, label)

    def _label(self, name: str) -> str:
        return self._words.named.topics[name].label


def _further(point: _Point, main: _Point, words: PlanWords, *, again: bool) -> str:
    """Return what else is said of a thing, and when; nothing if the first says it.

    With `again` it is a ban that begins later, else one that ended before.
    """
    detail = _detail(point)
    if (point.day, point.time) == (main.day, main.time):
        return "" if detail == _detail(main) else detail
    day = "" if point.day == main.day else words.short(point.day)
    when = ", ".join(filter(None, [day, point.time]))
    if detail:
        return f"{when}: {detail}"
    if main.entry.condition:
        return say("{when} in any case", when=when)
    return say("again {when}", when=when) if again else say("{when} for a time", when=when)


def _is_for_all(point: _Point, other: _Point) -> bool:
    """Return whether a point holds for everybody, at the time of another."""
    same = (point.day, point.time) == (other.day, other.time)
    return same and not (point.entry.condition or point.entry.facts)


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
    how = ""
    if entry.verb == MAYBE:
        how = say_as("brief", "perhaps")
    elif entry.verb == WITHOUT:
        how = say("come without it")
    return "; ".join(filter(None, [how, entry.condition, ", ".join(entry.facts), *entry.limits]))
