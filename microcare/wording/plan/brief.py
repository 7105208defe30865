"""A plan in brief: a line a change, with topics and times instead of sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import chain

from microcare.core.plan.claims import ALWAYS, NEVER
from microcare.core.plan.days import Day
from microcare.core.plan.ledger import Release
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import End, Kind, PlannedInstruction, Standing
from microcare.core.plan.transitions import Change, Transition, is_news
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.verbs import Verb
from microcare.core.values import value
from microcare.wording.courses import quantities
from microcare.wording.dates import short_date, signed_days
from microcare.wording.labels import label_topic, topic_labels
from microcare.wording.persons import ask_words, call_words, lifting_words
from microcare.wording.plan.days import Phase, precedes_visit, split_phases
from microcare.wording.plan.doses import DoseWords
from microcare.wording.plan.questions import Question, list_questions
from microcare.wording.plan.releases import ReleaseWords, has_passed
from microcare.wording.plan.rows import RowWriter
from microcare.wording.plan.words import NO_END, PlanWords
from microcare.wording.verbs import WORDS, Tone


@value
class Line:
    """One line: its clock time (empty for a whole day), what changes, what of, for whom.

    `ids` are the instructions that it tells.
    """

    time: str
    verb: str
    text: str
    tone: Tone
    ids: tuple[str, ...]


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
    """A plan in brief. `screens` are the reasons not to treat that are to be asked for.

    `questions` are the others. `conflicts` are the topics of which the protocol says two things,
    `left_out` counts what the answers settled.
    """

    blocked: tuple[Line, ...]
    screens: tuple[Line, ...]
    questions: tuple[Question, ...]
    now: tuple[Line, ...]
    phases: tuple[tuple[Phase, tuple[BriefDay, ...]], ...]
    label_width: int
    undated: tuple[Line, ...]
    expected: tuple[Line, ...]
    conflicts: str
    left_out: int

    @property
    def lines(self) -> Iterator[Line]:
        """All lines, in the order of the page."""
        yield from (*self.blocked, *self.screens, *self.now)
        for _, days in self.phases:
            yield from chain.from_iterable(day.lines for day in days)
        yield from (*self.undated, *self.expected)


def brief_plan(plan: Plan) -> Brief:
    """Return a plan in brief; each instruction that may apply is told by one of its lines."""
    return _BriefWriter(plan).write()


@value
class _Entry:
    """What one rule says in a line; those that differ in `labels` and `ids` alone are joined.

    The `condition` stands before the labels, `facts` behind them, and then what they don't free.
    """

    time: str
    verb: str
    tone: Tone
    labels: tuple[str, ...]
    ids: tuple[str, ...]
    condition: str = ""
    facts: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()


class _BriefWriter:
    """Writes the lines of one plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._topics = plan.protocol.topics
        self._words = PlanWords(plan)
        self._rows = RowWriter(plan, self._words)
        self._held = ReleaseWords(plan, self._words)
        self._doses = DoseWords(plan, self._words)
        # The rules that go on as if they were one: the first tells of all of them.
        self._runs = _find_runs(plan.applicable)
        self._following = {
            each.instruction.id for run in self._runs.values() for each in run.members[1:]
        }
        self._last_days = {
            transition.planned.instruction.id: transition.topics
            for day in plan.days
            for transition in day.transitions
            if transition.change is Change.LAST_FINE_DAY
        }

    def write(self) -> Brief:
        plan = self._plan
        days = tuple(self._list_days())
        return Brief(
            blocked=tuple(_join(map(self._screen, plan.blocked_by))),
            screens=tuple(
                line
                for each in plan.instructions
                if each.instruction.verb.traits.screens and each.applies is Answer.ASK
                for line in _join([self._screen(each)])
            ),
            questions=tuple(
                replace(each, consequences=())
                for each in list_questions(plan, self._words)
                if not each.blocks
            ),
            now=tuple(_join(self._now())),
            phases=split_phases(days),
            label_width=max((len(each.label) for each in days), default=0),
            undated=tuple(_join(self._undated())),
            expected=tuple(_join(self._expected())),
            conflicts=topic_labels(
                dict.fromkeys(each.topic for each in plan.conflicts), self._topics
            ),
            left_out=sum(each.applies is Answer.NO for each in plan.instructions),
        )

    def _screen(self, each: PlannedInstruction) -> _Entry:
        """Return a reason not to treat, with the names by which its factors are answered."""
        instruction = each.instruction
        labels = [
            label_topic(name, instruction, self._plan.protocol) for name in instruction.topics
        ]
        area = f" ({instruction.area})" if instruction.area else ""
        names = ", ".join(name for name in instruction.topics if name not in self._plan.answers)
        asked = f" [{names}]" if names else ""
        text = f"{' or '.join(labels)}{area}{asked}"
        return _Entry("", "", Tone.STOP, (text,), (instruction.id,))

    # The days

    def _list_days(self) -> Iterable[BriefDay]:
        """Yield the days on which something changes."""
        year = self._plan.visit.day.year
        for day in self._plan.days:
            if lines := self._list_lines(day):
                label = short_date(day.date, day.date.year, aligned=True)
                told = "" if day.date.year == year else f"{day.date.year}"
                yield BriefDay(day, told, label, signed_days(day.distance), lines)
                year = day.date.year

    def _list_lines(self, day: Day) -> tuple[Line, ...]:
        lines: tuple[Line, ...]
        told = [each for each in day.transitions if is_news(each, self._plan.protocol)]
        early = [each for each in told if day.distance or precedes_visit(each, self._plan)]
        lines = tuple(self._day_lines(early))
        if not day.distance:
            late = [each for each in told if each not in early]
            title = Line(
                self._rows.visit_time(self._plan.visit),
                "",
                self._plan.protocol.title,
                Tone.VISIT,
                (),
            )
            lines = (*lines, title, *self._day_lines(late))
        return lines

    def _day_lines(self, transitions: Iterable[Transition]) -> Iterable[Line]:
        told = tuple(transitions)
        # What is asked for or permitted from then on needs no word that it is fine.
        begun = {
            (each.instant, topic)
            for each in told
            if each.change in _BEGINNINGS
            and each.planned.instruction.verb.traits.opposes_bans
            and each.planned.applies is Answer.YES
            for topic in each.topics
        }
        return _join(entry for each in told for entry in self._list_entries(each, begun))

    def _list_entries(
        self, transition: Transition, begun: Collection[tuple[object, str]]
    ) -> Iterable[_Entry]:
        """Yield what a change says; `begun` are instants and topics of which another line tells."""
        each = transition.planned
        if each.instruction.verb is Verb.EXPECT:
            return
        match transition.change:
            case Change.LAST_FINE_DAY:
                latest = f"stop {latest}" if (latest := self._words.start_range(each)) else ""
                facts = (latest, *self._facts(each, each))
                yield self._entry(each, "last day", transition.topics, facts)
            case Change.BEGINS | Change.HAPPENS | Change.GOVERNS:
                yield from self._begin(transition)
            case Change.OVERRULED:
                lost = tuple(self._held.list_lost(each, transition.instant))
                verb = self._rows.overruled_row(each, transition.instant).verb
                time = self._words.transition_time(transition)
                yield self._entry(each, verb, transition.topics, limits=lost, time=time)
            case Change.DOSES if transition.run is not None:
                verb, tone = WORDS[each.instruction.verb].verb, Tone.DO
                text = self._doses.run(transition.run) + self._rows.area(each)
                condition = self._words.condition(each) or ""
                yield _Entry("", verb, tone, (text,), (each.instruction.id,), condition)
            case Change.AT_LEAST_OVER if each.restricts:
                free = [release for release in transition.releases if not release.held_by]
                topics = tuple(release.topic for release in free)
                facts, limits = (self._held.perhaps(each),), self._leave_out(free)
                if topics:
                    time = self._words.transition_time(transition)
                    yield self._entry(each, "maybe", topics, facts, limits, time=time)
            case Change.ENDS | Change.ENDS_WITH_TREATMENT if each.restricts:
                yield from self._list_releases(transition, begun)
            case _:
                return

    def _begin(self, transition: Transition) -> Iterable[_Entry]:
        each, instruction = transition.planned, transition.planned.instruction
        if instruction.id in self._following and transition.change is Change.BEGINS:
            return
        topics = transition.topics
        if each.restricts:
            last = self._last_days.get(instruction.id, ())
            topics = tuple(name for name in topics if name not in last)
            if not topics:
                return
        run = self._runs.get(instruction.id, _Run((each,), each))
        facts, time = self._facts(each, run.last), self._words.transition_time(transition)
        facts = (*filter(None, [self._latest(each)]), *facts)
        entry = self._entry(
            each, self._begin_verb(each), topics, facts, self._find_limits(transition), time=time
        )
        yield replace(entry, ids=tuple(member.instruction.id for member in run.members))

    def _begin_verb(self, each: PlannedInstruction) -> str:
        if each.comes_without:
            return "without"
        start, until = each.dated.start, each.dated.until
        if not each.restricts or start is None:
            return WORDS[each.instruction.verb].brief
        visit = self._plan.visit
        day = visit.local_date(start)
        within = each.dated.starts_with_day and until is not None and each.dated.ends_with_day
        if within and until == visit.day_start(day + _DAY):
            return "no"
        return WORDS[each.instruction.verb].brief

    def _facts(self, each: PlannedInstruction, last: PlannedInstruction) -> tuple[str, ...]:
        """Return what is to be known of a rule beside its topics; `last` says when it ends."""
        instruction = each.instruction
        found = (
            *ask_words(instruction),
            *quantities(instruction, self._topics),
            self._find_end(last),
            *lifting_words(instruction),
            *call_words(instruction),
        )
        return tuple(fact for fact in found if fact)

    def _find_end(self, each: PlannedInstruction) -> str | None:
        """Return when a rule ends, where neither a later line tells that nor its own date."""
        if each.restricts:
            return self._words.end(each, avoided=True) if each.end in _TOLD_ENDS else None
        start, until, visit = each.dated.start, each.dated.until, self._plan.visit
        if start is not None and until is not None and each.dated.ends_with_day:
            day = visit.local_date(start)
            if visit.day_start(day + _DAY) == until:
                return None
        if each.end is End.UNSTATED:
            return "no end" if each.instruction.verb.traits.doses else None
        on = visit.local_date(start) if start is not None else None
        return self._words.end(each, on=on)

    def _latest(self, each: PlannedInstruction) -> str | None:
        """Return the latest beginning of a range, without its date where that is its own."""
        start, latest = each.dated.start, each.dated.start_at_latest
        if start is None or latest is None or each.kind is Kind.WINDOW:
            return self._words.start_range(each)
        on = self._plan.visit.local_date(start)
        return f"by {self._words.moment(latest, with_day=each.dated.starts_with_day, on=on)}"

    def _find_limits(self, transition: Transition) -> tuple[str, ...]:
        """Return what bans forbid of what begins, by then and later."""
        free = [release for release in transition.releases if not release.held_by]
        held = [release for release in transition.releases if release.held_by]
        later = self._held.list_lost(transition.planned, transition.instant, later=True)
        still = self._held.still(held)
        return (
            *((f"but not {still}",) if still else ()),
            *self._leave_out(free),
            *(f"but not {words}" for words in later),
        )

    def _leave_out(self, releases: Iterable[Release]) -> tuple[str, ...]:
        """Return the parts that are not free; when each is, its own line says."""
        parts = dict.fromkeys(
            part
            for release in releases
            for part in (*(name for name, _ in release.except_for), *release.closed)
        )
        return (f"but not {topic_labels(parts, self._topics)}",) if parts else ()

    def _entry(
        self,
        each: PlannedInstruction,
        verb: str,
        topics: tuple[str, ...],
        facts: tuple[str, ...] = (),
        limits: tuple[str, ...] = (),
        *,
        time: str = "",
    ) -> _Entry:
        instruction = each.instruction
        tone = WORDS[instruction.verb].tone
        labels = self._words.topic_list(instruction, topics)
        condition = self._words.condition(each) or ""
        told = tuple(filter(None, facts))
        return _Entry(time, verb, tone, labels, (instruction.id,), condition, told, limits)

    # What is free again

    def _list_releases(
        self, transition: Transition, begun: Collection[tuple[object, str]]
    ) -> Iterable[_Entry]:
        """Yield what is fine when a restriction ends, and what only a state or an answer holds.

        What another rule holds for certain is told when that one ends.
        """
        each = transition.planned
        time, ids = self._words.transition_time(transition), (each.instruction.id,)
        condition = self._words.condition(each) or ""
        facts: tuple[str, ...] = ()
        if transition.change is Change.ENDS_WITH_TREATMENT:
            facts = ("once your treatment is over",)
        elif (guessed := self._words.guessed_end(transition)) is not None:
            facts = (f"{guessed}, perhaps earlier: ask for the time",)
        for release in transition.releases:
            label, limits = (self._held.label(release.topic),), self._leave_out([release])
            if not release.held_by:
                if (transition.instant, release.topic) not in begun:
                    yield _Entry(time, "fine", Tone.FREE, label, ids, condition, facts, limits)
            elif release.awaited is not None:
                once = (f"once {release.awaited}", *facts)
                yield _Entry(time, "maybe", Tone.STOP, label, ids, condition, once, limits)
            elif all(
                has_passed(claim) or claim.rule.applies is Answer.ASK for claim in release.held_by
            ):
                text = (self._held.still([release]),)
                yield _Entry(time, "maybe", Tone.STOP, text, ids, condition, facts)

    # Beside the days

    def _now(self) -> Iterable[_Entry]:
        for each in self._plan.applicable:
            if each.holds_already and each.instruction.verb is not Verb.EXPECT:
                over = each.standing is Standing.OVER
                yield self._standing(each, self._words.end(each), "over" if over else None)

    def _undated(self) -> Iterable[_Entry]:
        for each in self._plan.applicable:
            instruction = each.instruction
            if instruction.verb.traits.screens or instruction.verb is Verb.EXPECT:
                continue
            if each.standing is Standing.UNDATED:
                yield self._standing(each, self._words.rule(each), None)
            elif each.lacks_end:
                yield self._standing(each, NO_END, None)
        if self._plan.closed:
            names = tuple(map(self._held.label, self._plan.closed))
            yield _Entry("", "ask", Tone.STOP, names, (), facts=("after the treatment",))

    def _standing(self, each: PlannedInstruction, when: str | None, verb: str | None) -> _Entry:
        """Return what no day tells."""
        instruction = each.instruction
        lost = tuple(self._held.list_lost(each, None))
        if each.is_overruled(None):
            verb = self._rows.overruled_row(each).verb
        else:
            lost = tuple(f"but not {words}" for words in lost)
        facts = (
            *ask_words(instruction),
            when or "",
            *quantities(instruction, self._topics),
            *lifting_words(instruction),
            *call_words(instruction),
        )
        verb = WORDS[instruction.verb].brief if verb is None else verb
        return self._entry(each, verb, instruction.topics, facts, lost)

    def _expected(self) -> Iterable[_Entry]:
        """Yield what may be noticed, in the order of its beginning."""
        expected = [each for each in self._plan.applicable if each.instruction.verb is Verb.EXPECT]
        for each in sorted(expected, key=lambda each: each.dated.start or NEVER):
            if each.instruction.id in self._following:
                continue
            run = self._runs.get(each.instruction.id, _Run((each,), each))
            when = self._find_period(each, run.last) or self._words.rule(each)
            entry = self._standing(each, when, "")
            yield replace(entry, ids=tuple(member.instruction.id for member in run.members))

    def _find_period(self, each: PlannedInstruction, last: PlannedInstruction) -> str:
        """Return the dates between which something may be noticed, without the times of day."""
        visit, dated = self._plan.visit, each.dated
        if dated.start is None:
            return ""
        starts = self._words.short(visit.local_date(dated.start))
        lead = "from " if each.kind is Kind.WINDOW else ""
        found = [f"{lead}{starts}"]
        if dated.start_at_latest is not None:
            found.append(
                f"(at the latest {self._words.short(visit.local_date(dated.start_at_latest))})"
            )
        if last.end is not End.UNSTATED:
            found.append(self._words.end(last) or "")
        return " ".join(filter(None, found))


_DAY = timedelta(days=1)
_BEGINNINGS = (Change.BEGINS, Change.HAPPENS, Change.GOVERNS)
_TOLD_ENDS = (End.WORDS, End.STATE, End.STATE_OR_DATE)
"""The ends of restrictions of which no later line tells, or not all of it."""


def _join(entries: Iterable[_Entry]) -> Iterable[Line]:
    """Yield a line for each verb and time, where the first of it stands.

    What depends on an answer has a line of its own, so that nobody takes it for what all do.
    """
    lines: dict[object, list[_Entry]] = {}
    for each in entries:
        lines.setdefault((each.time, each.verb, each.tone, not each.condition), []).append(each)
    for same in lines.values():
        parts: dict[object, list[_Entry]] = {}
        for each in same:
            parts.setdefault((each.condition, each.facts, each.limits), []).append(each)
        # What is said with more facts is not said without them.
        better = {
            (each.condition, label)
            for each in same
            if each.facts or each.limits
            for label in each.labels
        }
        text = "; ".join(filter(None, (_join_part(part, better) for part in parts.values())))
        ids = dict.fromkeys(name for each in same for name in each.ids)
        yield Line(same[0].time, same[0].verb, text, same[0].tone, tuple(ids))


def _join_part(alike: list[_Entry], better: Collection[tuple[str, str]]) -> str:
    """Return what is said in one way, without the labels of which more is said."""
    first = alike[0]
    plain = not (first.facts or first.limits)
    labels = dict.fromkeys(
        label
        for each in alike
        for label in each.labels
        if not (plain and (each.condition, label) in better)
    )
    if not labels:
        return ""
    lead = f"{first.condition}: " if first.condition else ""
    facts = "; ".join(filter(None, [", ".join(first.facts), *first.limits]))
    return f"{lead}{', '.join(labels)}{f' ({facts})' if facts else ''}"


@value
class _Run:
    """Rules that go on as one, without a gap: `last` is the one that ends last."""

    members: tuple[PlannedInstruction, ...]
    last: PlannedInstruction


def _find_runs(planned: Iterable[PlannedInstruction]) -> Mapping[str, _Run]:
    """Return the rules that are alike but for their times and meet, by the id of the first."""
    alike: dict[object, list[PlannedInstruction]] = {}
    for each in planned:
        whole = each.kind is Kind.WINDOW and each.dated.start is not None
        if whole and not (each.restricts or each.overruled or each.doubted or each.doses):
            alike.setdefault(_timeless(each.instruction), []).append(each)
    runs = (run for same in alike.values() for run in _list_runs(same))
    return {run.members[0].instruction.id: run for run in runs}


def _timeless(instruction: Instruction) -> object:
    """Return all that an instruction says but when, and in which words."""
    return (
        *(instruction.verb, instruction.topics, instruction.exceptions, instruction.condition),
        *(instruction.strength, instruction.amounts, instruction.repetition, instruction.steps),
        *(instruction.ask_first, instruction.override_by, instruction.call, instruction.area),
    )


def _list_runs(alike: Iterable[PlannedInstruction]) -> Iterable[_Run]:
    run: _Run | None = None
    for each in sorted(alike, key=lambda each: each.dated.start or ALWAYS):
        if run is not None and (each.dated.start or ALWAYS) <= (run.last.dated.until or NEVER):
            last = max(run.last, each, key=lambda one: one.dated.until or NEVER)
            run = _Run((*run.members, each), last)
            continue
        if run is not None:
            yield run
        run = _Run((each,), each)
    if run is not None:
        yield run
