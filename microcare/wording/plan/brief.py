"""A plan in brief: a line a change, with topics and times instead of sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import chain

from microcare.core.plan.days import Day
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import PlannedInstruction, Standing
from microcare.core.plan.transitions import Transition, is_news
from microcare.core.plan.treatments import Treatment
from microcare.core.sheet.conditions import Answer, Condition, Not
from microcare.core.sheet.verbs import Verb
from microcare.core.sheet.vocabulary import find_groups
from microcare.core.values import replace, value
from microcare.language.messages import mark_as, say, say_as
from microcare.wording.dates import short_date, signed_days
from microcare.wording.labels import shorten_names, topic_labels
from microcare.wording.persons import told_text
from microcare.wording.plan.days import group_treatments, split_changes
from microcare.wording.plan.entries import LAST_DAY, TIMES, EntryWriter
from microcare.wording.plan.footnotes import Footnotes, list_unclear
from microcare.wording.plan.freed import MAYBE
from microcare.wording.plan.last_times import list_barred, list_judged
from microcare.wording.plan.lines import Entry, Line, join_entries
from microcare.wording.plan.phases import Phase, Section, find_phase, split_phases
from microcare.wording.plan.questions import Question, list_questions, list_screens
from microcare.wording.plan.releases import list_closed
from microcare.wording.plan.words import NO_END, PlainDates, PlanWords, name_treatments
from microcare.wording.verbs import WORDS, Tone

_OVER = mark_as("brief", "over")
_ASK = mark_as("brief", "ask")


@value
class BriefDay:
    """A day on which something changes; `year` is its year where that is a new one."""

    day: Day
    year: str
    label: str
    distance: str
    lines: tuple[Line, ...]


@value
class Brief:
    """A plan in brief. `blocked` are the reasons not to treat, `barred` those not to on this date.

    `screens` are those to be asked for, `judged` says how what has begun by now was kept.

    `questions` are the others. After the treatment there are none of them, but their number in
    `asked`, and `today` is what changes, holds and is taken on the day of asking. `conflicts` are
    the topics of which the protocol says two things, `going_on` is what holds already when a part
    begins, `left_out` counts what the answers settled,
    and `footnotes` are the marks of the lines, each with what the sheet leaves open.
    """

    blocked: tuple[str, ...]
    barred: tuple[str, ...]
    judged: tuple[str, ...]
    screens: tuple[Line, ...]
    questions: tuple[Question, ...]
    asked: int
    today: BriefDay | None
    now: tuple[Line, ...]
    going_on: tuple[Line, ...]
    sections: tuple[Section[BriefDay], ...]
    undated: tuple[Line, ...]
    expected: tuple[Line, ...]
    conflicts: str
    left_out: int
    footnotes: tuple[tuple[str, str], ...]

    @property
    def lines(self) -> Iterator[Line]:
        """All lines, in the order of the page."""
        yield from (*self.screens, *self.now, *self.going_on)
        for section in self.sections:
            yield from chain.from_iterable(day.lines for day in section.days)
        yield from (*self.undated, *self.expected)


def brief_plan(plan: Plan, part: Phase | None = None, *, encoding: str = "utf-8") -> Brief:
    """Return a plan in brief; each instruction that may apply is told by one of its lines.

    With `part` the days of that phase alone; the questions stand before the treatment, what may
    be noticed on its day and after it. The marks of footnotes are in the encoding.
    """
    return BriefWriter(plan, encoding).write(part)


class BriefWriter:
    """Writes the lines of one plan, in short names, beside what has its full `words`."""

    def __init__(self, plan: Plan, encoding: str = "utf-8", words: PlanWords | None = None) -> None:
        self.plan = plan
        named = plan.protocol.recall(shorten_names)
        self._topics = named.topics
        self.words = PlanWords(plan, named) if words is None else words.rename(named)
        self.entries = EntryWriter(plan, self.words)
        self._footnotes = Footnotes(encoding)
        self._unclear: dict[str, tuple[str, ...]] = {}
        self._undated_bans = [
            (each, each.instruction.topics)
            for each in plan.applicable
            if each.restricts and each.standing is Standing.UNDATED
        ]

    def write(self, part: Phase | None = None) -> Brief:
        """Return all of it, or of one part."""
        plan = self.plan
        past = plan.is_past and part is None
        asks = part in (None, Phase.BEFORE)
        screens = tuple(self._list_screens()) if asks and not past else ()
        questions = tuple(self._list_questions()) if asks else ()
        # In the order of the page, in which the footnotes are numbered.
        return Brief(
            blocked=tuple(
                self.mark(told_text(each.instruction), [each.instruction.id])
                for each in plan.blocked_by
            ),
            barred=list_barred(plan, self.words.named),
            judged=list_judged(plan, self.words.named) if asks else (),
            today=self._write_today() if past else None,
            screens=screens,
            questions=() if past else questions,
            asked=len(questions) + len(tuple(list_screens(plan))) if past else 0,
            now=tuple(self.join(self._now())) if asks else (),
            going_on=tuple(self.join(self._list_going_on(part))),
            sections=split_phases(self._list_days(part), plan),
            undated=tuple(self.join(self.list_undated())),
            expected=() if part is Phase.BEFORE else tuple(self.join(self._list_expected())),
            conflicts=topic_labels(self._list_disputed(), self._topics),
            left_out=sum(each.applies is Answer.NO for each in plan.instructions),
            footnotes=self.list_footnotes(),
        )

    def join(self, entries: Iterable[Entry]) -> Iterable[Line]:
        """Yield the lines of entries, with the marks of what is unclear of them."""
        return join_entries(entries, self.mark)

    def mark(self, text: str, ids: Iterable[str]) -> str:
        """Return a text on instructions with the marks of what is unclear of them."""
        unclear = chain.from_iterable(map(self._list_unclear, ids))
        return self._footnotes.mark(text, dict.fromkeys(unclear))

    def _list_unclear(self, name: str) -> tuple[str, ...]:
        if name not in self._unclear:
            self._unclear[name] = list_unclear(self.plan, self.plan.protocol.by_id[name])
        return self._unclear[name]

    def list_footnotes(self) -> tuple[tuple[str, str], ...]:
        """Return the footnotes to all lines so far."""
        return tuple(self._footnotes.list())

    def _list_screens(self) -> Iterable[Line]:
        for each in list_screens(self.plan):
            yield from self.join([self.entries.write_screen(each)])

    def _list_questions(self) -> Iterable[Question]:
        """Yield what else to ask: each factor, then what must have been kept by now."""
        for each in list_questions(self.plan, PlainDates(self.plan, self.words.named), brief=True):
            if each.factors and not each.blocks:
                asked = (self.plan.protocol.factors[name].short for name in each.factors)
                text = self._footnotes.mark(say("{what}?", what=", ".join(asked)), each.unclear)
                yield Question(text, factors=each.factors)
            elif not each.blocks:
                yield Question(self._footnotes.mark(each.text, each.unclear), lasts=each.lasts)

    def _write_today(self) -> BriefDay:
        """Return the day of asking: what changes, what goes on, what is taken."""
        day = self.plan.find_day(self.plan.visit.local_date(self.plan.now))
        changes = chain(*self.list_changes(day))
        lines = (
            *self.list_lines(day),
            *self.join(chain(self.list_still(day, changes), self.list_doses(day))),
        )
        label = short_date(day.date, day.date.year)
        return BriefDay(day, "", label, signed_days(day.distance), lines)

    def _list_going_on(self, part: Phase | None) -> Iterable[Entry]:
        """Yield what holds already when a part begins that is not the first."""
        if part in (None, Phase.BEFORE):
            return
        days = self.plan.visit.day + timedelta(days=part is Phase.AFTER)
        day = self.plan.find_day(days)
        yield from self.list_still(day, chain(*self.list_changes(day)))

    def _list_disputed(self) -> tuple[str, ...]:
        """Return of what the protocol says two things; of a group and its members the group."""
        disputed = dict.fromkeys(each.topic for each in self.plan.conflicts)
        return tuple(
            name for name in disputed if disputed.keys().isdisjoint(find_groups(name, self._topics))
        )

    def _list_days(self, part: Phase | None) -> Iterable[BriefDay]:
        """Yield the days on which something changes, or those of one part."""
        year = self.plan.visit.day.year
        for day in self.plan.days:
            if part not in (None, find_phase(day, self.plan)):
                continue
            if lines := self.list_lines(day):
                label = short_date(day.date, day.date.year, aligned=True)
                told = "" if day.date.year == year else f"{day.date.year}"
                yield BriefDay(day, told, label, signed_days(day.distance), lines)
                year = day.date.year

    def list_lines(self, day: Day) -> tuple[Line, ...]:
        """Return what changes on a day, and its treatments themselves."""
        first, *parts = self.list_changes(day)
        lines = list(self.join(first))
        for part, treated in zip(parts, group_treatments(day), strict=True):
            time, title = self._name_visit(treated)
            lines += [Line(time, "", title, Tone.VISIT, ()), *self.join(part)]
        return tuple(lines)

    def list_changes(self, day: Day) -> tuple[tuple[Entry, ...], ...]:
        """Return what changes on a day before its first treatment, and what from each one on."""
        parts = split_changes(day, filter(is_news, day.transitions))
        return tuple(tuple(self.list_entries(part, part)) for part in parts)

    def list_entries(
        self, transitions: Iterable[Transition], beside: Iterable[Transition]
    ) -> Iterable[Entry]:
        """Yield what changes say that are told `beside` others, themselves among them."""
        begun = self.entries.list_begun(beside)
        for each in transitions:
            yield from self.entries.list_entries(each, begun)

    def list_visits(self, day: Day) -> tuple[str, ...]:
        """Return the treatments of a day with their times, those that start together in one."""
        named = map(self._name_visit, group_treatments(day))
        return tuple(f"{time}: {title}" if time else title for time, title in named)

    def _name_visit(self, treated: tuple[Treatment, ...]) -> tuple[str, str]:
        title = name_treatments(treated, self.plan)
        open_ = "" if treated[0].booked else " (" + say("not booked yet") + ")"
        return self.words.visit_time(treated[0].visit), f"{title}{open_}"

    def list_still(
        self, day: Day, changes: Iterable[Entry], *, ends: bool = False
    ) -> Iterable[Entry]:
        """Yield what holds on a day and none of its changes tells; what holds for all once.

        With `ends` each has its end, not only what ends on that day.
        """
        told: dict[str, set[str]] = {}
        for each in changes:
            if each.verb not in (LAST_DAY, MAYBE, TIMES):
                for ident in each.ids:
                    told.setdefault(ident, set()).update(map(_name, each.labels))
        entries: list[tuple[Condition | None, Entry]] = []
        for rule, topics in self._list_holding(day):
            entry = self.entries.write_still(rule, topics, day, ends=ends)
            if names := told.get(rule.instruction.id):
                labels = tuple(each for each in entry.labels if _name(each) not in names)
                entry = replace(entry, labels=labels)
            if entry.labels:
                asked = rule.instruction.condition if rule.applies is Answer.ASK else None
                entries.append((asked, entry))
        yield from _join_answers(entries)

    def _list_holding(self, day: Day) -> Iterable[tuple[PlannedInstruction, tuple[str, ...]]]:
        yield from (
            pair
            for pair in self.plan.list_holding(day.date)
            if pair[0].instruction.verb is not Verb.EXPECT
        )
        yield from self._undated_bans

    def list_doses(self, day: Day) -> Iterable[Entry]:
        """Yield what is taken at which times."""
        for rule in dict.fromkeys(each.instruction.id for each, _ in day.doses):
            course = [(each, dose) for each, dose in day.doses if each.instruction.id == rule]
            yield self.entries.write_doses(course[0][0], [dose for _, dose in course], day.date)

    def list_expected(self, day: Day) -> Iterable[Entry]:
        """Yield what may be noticed on a day."""
        ids = {each.instruction.id for each in (*day.in_force, *day.begins)}
        verb = WORDS[Verb.EXPECT].brief
        for each in self.entries.list_expected():
            if not ids.isdisjoint(each.ids):
                yield replace(each, verb=verb, time="")

    def _list_expected(self) -> Iterable[Entry]:
        """Yield what may be noticed, of sessions that of the first."""
        again: list[str] = []
        for each in self.entries.list_expected():
            if all(self.plan.by_id[name].treatment.repeats for name in each.ids):
                again.extend(each.ids)
            else:
                yield each
        if again:
            text = say("the same after each later session")
            yield Entry("", "", Tone.INFO, (text,), tuple(again))

    def _now(self) -> Iterable[Entry]:
        for each in self.plan.applicable:
            if each.holds_already and each.instruction.verb is not Verb.EXPECT:
                over = each.standing is Standing.OVER
                yield self.entries.write_standing(
                    each, self.words.end(each), _OVER if over else None
                )

    def list_undated(self) -> Iterable[Entry]:
        """Yield what has no date or no stated end, and what nobody speaks of again."""
        for each in self.plan.applicable:
            instruction = each.instruction
            if instruction.verb.traits.screens or instruction.verb is Verb.EXPECT:
                continue
            if each.standing is Standing.UNDATED:
                yield self.entries.write_standing(each, self.words.rule(each), None)
            elif each.lacks_end:
                yield self.entries.write_standing(each, say(NO_END), _ASK)
        if self.plan.closed:
            names = tuple(self._topics[name].label for name in list_closed(self.plan))
            when = say("after the treatment")
            if self.plan.is_joint:
                when = say_as("brief", "afterwards")
            yield Entry("", _ASK, Tone.STOP, names, (), facts=(when,))


def _name(label: str) -> str:
    """Return a label without what is left out of it."""
    return label.partition(" (")[0]


def _join_answers(entries: list[tuple[Condition | None, Entry]]) -> Iterable[Entry]:
    """Yield entries, without its condition what holds for yes and for no alike."""
    asked: dict[object, list[Condition]] = {}
    for condition, entry in entries:
        if condition is not None:
            for label in entry.labels:
                asked.setdefault((entry.verb, label, entry.facts), []).append(condition)
    settled = {key for key, said in asked.items() if any(Not(each) in said for each in said)}
    if not settled:
        yield from (entry for _, entry in entries)
        return
    for _, entry in entries:
        sure = {name for name in entry.labels if (entry.verb, name, entry.facts) in settled}
        for chosen, told in ((sure, ""), ({*entry.labels} - sure, entry.condition)):
            labels = tuple(name for name in entry.labels if name in chosen)
            if labels:
                yield replace(entry, labels=labels, condition=told)
