"""The entries of a plan in brief: what one change of one rule says, in topics and times."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from microcare.core.plan.claims import NEVER, Claim
from microcare.core.plan.days import Day
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import End, Kind, PlannedInstruction
from microcare.core.plan.transitions import Change, Transition
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.instruction import Strength
from microcare.core.sheet.verbs import Verb
from microcare.core.values import replace
from microcare.language.locales import join_any
from microcare.language.messages import mark_as, say, say_as, speaks_english
from microcare.wording.courses import quantities
from microcare.wording.labels import topic_labels
from microcare.wording.persons import ask_words, call_words, lifting_words
from microcare.wording.plan.days import find_open_end, still_facts
from microcare.wording.plan.doses import DoseWords
from microcare.wording.plan.freed import FreedWriter, find_condition
from microcare.wording.plan.lines import Entry
from microcare.wording.plan.questions import further_condition
from microcare.wording.plan.releases import ReleaseWords
from microcare.wording.plan.rows import RowWriter
from microcare.wording.plan.runs import Run, find_runs
from microcare.wording.plan.words import PlainDates, PlanWords, longer_words, refer_change
from microcare.wording.verbs import WORDS, Tone

if TYPE_CHECKING:
    from microcare.core.plan.dose_days import DoseRun
    from microcare.core.time.courses import Dose


LAST_DAY = mark_as("brief", "last day")
FOR_TODAY = mark_as("brief", "no")
WITHOUT = mark_as("brief", "without")
GOES_ON = mark_as("brief", "not")
TIMES = mark_as("brief", "times")
STILL = mark_as("brief", "still no")
"""What stands for the verb of a change that has words of its own."""


class EntryWriter:
    """Writes the entries of one plan.

    Rules that go on as if they were one are told by the first of them.
    """

    def __init__(self, plan: Plan, words: PlanWords) -> None:
        self._plan = plan
        self._topics = words.named.topics
        self._words = words
        self._plain = PlainDates(plan, words.named)
        self._rows = RowWriter(plan, words)
        self._held = ReleaseWords(plan, words, avoided=True)
        self._freed = FreedWriter(plan, words, self._held)
        self._doses = DoseWords(words)
        self._runs = find_runs(plan.applicable)
        self._following = {
            each.instruction.id for run in self._runs.values() for each in run.members[1:]
        }
        # A rule is told by its day's title, its day's text and beside other days in the same words.
        # What is kept holds on to the value of whose identity its key is made.
        self._told: dict[object, tuple[Transition, tuple[Entry, ...]]] = {}
        self._still: dict[object, tuple[PlannedInstruction, Entry]] = {}
        self._ends: dict[int, tuple[PlannedInstruction, tuple[date, ...]]] = {}
        # Until then the bans that forbid it are told, and say when they end.
        self._governing = frozenset(
            (transition.planned.instruction.id, topic)
            for day in plan.days
            for transition in day.transitions
            if transition.change is Change.GOVERNS
            for topic in transition.topics
        )
        # What begins on the day after has been told by then.
        self._last_days = {
            transition.planned.instruction.id: transition.topics
            for day in plan.days
            for transition in day.transitions
            if transition.change is Change.LAST_FINE_DAY
            and transition.planned.dated.starts_with_day
        }

    def list_begun(self, transitions: Iterable[Transition]) -> frozenset[tuple[object, str]]:
        """Return the instants and topics of what is asked for or permitted from then on.

        It needs no word that it is fine.
        """
        return frozenset(
            (each.instant, topic)
            for each in transitions
            if each.change in _BEGINNINGS
            and each.planned.instruction.verb.traits.opposes_bans
            and each.planned.instruction.area is None
            and each.planned.applies is Answer.YES
            and each.planned.instruction.id not in self._following
            for topic in each.topics
        )

    def list_entries(
        self,
        transition: Transition,
        begun: Collection[tuple[object, str]],
        *,
        again: bool = False,
    ) -> Iterable[Entry]:
        """Yield what a change says; `begun` are instants and topics of which another line tells.

        With `again` also what begins whose last day was told, which is enough on one page.
        """
        beside = frozenset(begun) if transition.change in _ENDS else ()
        again = again and transition.planned.instruction.id in self._last_days
        key = id(transition), beside, again
        if key not in self._told:
            self._told[key] = transition, tuple(self._word_change(transition, begun, again=again))
        return self._told[key][1]

    def _word_change(
        self, transition: Transition, begun: Collection[tuple[object, str]], *, again: bool
    ) -> Iterable[Entry]:
        each = transition.planned
        if each.instruction.verb is Verb.EXPECT:
            return
        match transition.change:
            case Change.LAST_FINE_DAY:
                last = self._find_last_day(each)
                facts = (*refer_change(transition, self._plan), last, *self._facts(each, each))
                entry = self._entry(each, LAST_DAY, transition.topics, facts)
                yield replace(entry, is_apart=True)
            case Change.BEGINS | Change.HAPPENS | Change.GOVERNS:
                yield from self._begin(transition, again=again)
            case Change.OVERRULED:
                yield from self._overrule(transition)
            case Change.DOSES if transition.run is not None:
                yield self._write_run(each, transition.run)
            case Change.AT_LEAST_OVER if each.restricts:
                yield from self._freed.list_perhaps(transition)
            case change if change in _ENDS and each.restricts:
                yield from self._freed.list_releases(transition, begun)
            case _:
                return

    def _begin(self, transition: Transition, *, again: bool) -> Iterable[Entry]:
        each, instruction = transition.planned, transition.planned.instruction
        if instruction.id in self._following and transition.change is Change.BEGINS:
            return
        topics = transition.topics
        if each.restricts and not again:
            last = self._last_days.get(instruction.id, ())
            topics = tuple(name for name in topics if name not in last)
        elif not each.restricts:
            topics = tuple(name for name in topics if not self._governs_later(transition, name))
        if not topics:
            return
        run = self._runs.get(instruction.id, Run((each,), each))
        facts, limits = self._facts(each, run.last), self._find_limits(transition, topics)
        facts = (*refer_change(transition, self._plan), *filter(None, [self._latest(each)]), *facts)
        known, verb = self._list_known(transition, topics), self._begin_verb(each)
        if self._goes_on(transition, topics):
            verb = STILL
        elif known and len(known) < len(topics):
            topics = tuple(name for name in topics if name not in known)
            already = say("already: {topics}", topics=topic_labels(known, self._topics))
            limits = (already, *limits)
        entry, time = self._entry(each, verb, topics, facts, limits), self._time(transition)
        ids = tuple(member.instruction.id for member in run.members)
        yield replace(entry, time=time, ids=ids) if time or len(ids) > 1 else entry

    def _governs_later(self, transition: Transition, topic: str) -> bool:
        """Return whether bans forbid a topic by now, and a later line says when they don't."""
        each = transition.planned
        later = (each.instruction.id, topic) in self._governing
        return later and each.is_overruled_for(topic, transition.instant)

    def _overrule(self, transition: Transition) -> Iterable[Entry]:
        """Yield what is not to be followed, but for what is told when it may be."""
        each, ident = transition.planned, transition.planned.instruction.id
        topics = tuple(name for name in transition.topics if (ident, name) not in self._governing)
        if not topics:
            return
        verb = self._rows.overruled_verb(each)
        facts = (*filter(None, [self._latest(each)]), *self._facts(each, each))
        entry = self._entry(each, verb, topics, facts)
        lost = self._lost(each, transition.instant, entry.labels)
        yield replace(entry, time=self._time(transition), limits=lost)

    def _list_known(self, transition: Transition, topics: tuple[str, ...]) -> tuple[str, ...]:
        """Return the topics of a ban that others forbid already, for all.

        Those are of a ban for some, or of one for another treatment.
        """
        each = transition.planned
        asked = each.applies is Answer.ASK
        if not asked and not self._plan.is_joint:
            return ()
        until = each.dated.until or NEVER
        return tuple(
            name
            for name in topics
            if any(
                (claim.until or NEVER) >= until
                if asked and claim.rule.treatment is each.treatment
                else self._is_of_another(claim, each)
                for claim in self._list_banning(name, transition)
            )
        )

    def _goes_on(self, transition: Transition, topics: tuple[str, ...]) -> bool:
        """Return whether a ban only goes on where one for another treatment ends."""
        each = transition.planned
        return self._plan.is_joint and all(
            any(self._is_of_another(claim, each) for claim in self._list_banning(name, transition))
            for name in topics
        )

    @staticmethod
    def _is_of_another(claim: Claim, each: PlannedInstruction) -> bool:
        """Return whether a ban is for another treatment; without a date it may be over by now."""
        return claim.rule.treatment is not each.treatment and claim.until is not None

    def _list_banning(self, topic: str, transition: Transition) -> Iterable[Claim]:
        """Yield what else forbids a topic, for all, when a ban begins."""
        each, instant = transition.planned, transition.instant
        if not each.restricts or instant is None or each.instruction.exceptions:
            return
        before = instant - timedelta.resolution
        for claim in self._plan.ledger.list_covering(topic):
            if claim.is_plain_ban and claim.rule is not each and claim.meets(before, instant):
                yield claim

    def _time(self, transition: Transition) -> str:
        return self._words.transition_time(transition)

    def _lost(
        self, each: PlannedInstruction, since: datetime | None, labels: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Return until when bans forbid what an instruction says, what of it where not all."""
        return tuple(
            when if set(lost) >= set(labels) else f"{', '.join(lost)}: {when}"
            for lost, when in self._held.find_lost(each, since)
        )

    def _begin_verb(self, each: PlannedInstruction) -> str:
        if each.comes_without:
            return WITHOUT
        start, until = each.dated.start, each.dated.until
        if not each.restricts or start is None:
            return WORDS[each.instruction.verb].brief
        visit = self._plan.visit
        day = visit.local_date(start)
        within = each.dated.starts_with_day and until is not None and each.dated.ends_with_day
        if within and until == visit.day_start(day + _DAY):
            return FOR_TODAY
        return WORDS[each.instruction.verb].brief

    def _facts(self, each: PlannedInstruction, last: PlannedInstruction) -> tuple[str, ...]:
        """Return what is to be known of a rule beside its topics; `last` says when it ends."""
        instruction, end = each.instruction, self._find_end(last)
        found = (
            *ask_words(instruction),
            *quantities(instruction, self._topics),
            end,
            *_vague_ends(last, end or ""),
            *lifting_words(instruction),
            *call_words(instruction),
        )
        return tuple(fact for fact in found if fact)

    def _find_end(self, each: PlannedInstruction) -> str | None:
        """Return when a rule ends, where neither a later line tells that nor its own date."""
        if each.restricts:
            told = each.end in _TOLD_ENDS
            return self._words.end(each, avoided=True) if told else None
        start, until, visit = each.dated.start, each.dated.until, self._plan.visit
        if start is not None and until is not None and each.dated.ends_with_day:
            day = visit.local_date(start)
            if visit.day_start(day + _DAY) == until:
                return None
        if each.end is End.UNSTATED:
            return say_as("brief", "ongoing") if each.instruction.verb.traits.doses else None
        on = visit.local_date(start) if start is not None else None
        return self._words.end(each, on=on)

    def _latest(self, each: PlannedInstruction) -> str | None:
        """Return the latest beginning of a range, without its date where that is its own."""
        start, latest = each.dated.start, each.dated.start_at_latest
        if start is None or latest is None:
            return self._words.guessed_start(each)
        on = self._plan.visit.local_date(start)
        time = self._words.moment(latest, with_day=each.dated.starts_with_day, on=on)
        if each.restricts:
            return say("latest stop {time}", time=time)
        if each.kind is Kind.WINDOW:
            return say("start by {time}", time=time)
        return say("by {time}", time=time)

    def _find_last_day(self, each: PlannedInstruction) -> str:
        """Return the last day on which a thing is fine where its ban begins at its latest."""
        latest, visit = each.dated.start_at_latest, self._plan.visit
        if latest is None:
            return self._words.guessed_start(each) or ""
        last = visit.local_date(latest - timedelta.resolution)
        return say("at the latest {day}", day=self._words.short(last))

    def _find_limits(self, transition: Transition, topics: Collection[str]) -> tuple[str, ...]:
        """Return what bans forbid of the topics that begin, by then and later."""
        rule = transition.planned
        if not (transition.releases or rule.overruled or rule.doubted):
            return ()
        told = [release for release in transition.releases if release.topic in topics]
        free = [release for release in told if not release.held_by]
        held = [release for release in told if release.held_by]
        later = self._held.list_lost(rule, transition.instant, later=True)
        still = self._held.still(held)
        return (
            *((say("not {topics}", topics=still),) if still else ()),
            *(
                f"{self._held.label(each.topic)}: {self._held.silence(each)}"
                for each in free
                if each.silent
            ),
            *self._freed.leave_out(free),
            *(say("not {topics}", topics=words) for words in later),
        )

    def _entry(
        self,
        each: PlannedInstruction,
        verb: str,
        topics: tuple[str, ...],
        facts: tuple[str, ...] = (),
        limits: tuple[str, ...] = (),
    ) -> Entry:
        instruction = each.instruction
        tone = WORDS[instruction.verb].tone
        labels = self._words.topic_list(instruction, topics)
        condition = find_condition(each, self._words)
        persons = instruction.ask_first or instruction.override_by
        softened = bool(persons or instruction.area or instruction.strength is not Strength.MUST)
        return Entry(
            *("", verb, tone, labels, (instruction.id,), condition),
            facts=tuple(filter(None, facts)),
            limits=limits,
            softened=softened,
            until=each.dated.until,
            asks=instruction.verb.traits.doses,
            topics=topics,
        )

    # Beside the days

    def write_still(
        self, each: PlannedInstruction, topics: tuple[str, ...], day: Day, *, ends: bool = False
    ) -> Entry:
        """Return a rule that goes on, with its end if that is on this day, or if it `ends`."""
        key = id(each), topics, ends, self._find_state(each, day.date)
        if key not in self._still:
            self._still[key] = each, self._word_still(each, topics, day, ends=ends)
        return self._still[key][1]

    def _find_state(self, each: PlannedInstruction, day: date) -> object:
        """Return what is equal for days on which a rule goes on in the same words."""
        dates = self._list_dates(each)
        return day if each.doubted or day in dates else [end < day for end in dates].count(True)

    def _list_dates(self, each: PlannedInstruction) -> tuple[date, ...]:
        """Return the dates of a rule's ends."""
        if id(each) not in self._ends:
            ends = filter(None, (each.dated.until_at_least, each.dated.until))
            self._ends[id(each)] = each, tuple(map(self._plan.visit.local_date, ends))
        return self._ends[id(each)][1]

    def _word_still(
        self, each: PlannedInstruction, topics: tuple[str, ...], day: Day, *, ends: bool
    ) -> Entry:
        until, closes = each.dated.until, self._plan.visit.day_start(day.date + _DAY)
        today = until is not None and until < closes
        instruction, hedge = each.instruction, find_open_end(each, day, self._plan, self._words)
        further = each.end is End.DATE_OR_LATER and hedge == longer_words(each)
        if further:
            hedge = say("{longer} {until}", longer=hedge, until=self._words.closing(each))
        on = day.date if day.date in self._list_dates(each) else None
        end = self._words.end(each, on=on, avoided=True)
        facts = (
            *ask_words(instruction),
            *((instruction.area or "",) if each.restricts else ()),
            *((end or "",) if today else ()),
            hedge,
            *still_facts(each, day, self._plan, self._words),
            *lifting_words(instruction),
        )
        verb = GOES_ON if each.restricts else WORDS[each.instruction.verb].brief
        if instruction.call is not None:
            verb = say("call {person} about", person=instruction.call)
        told = ends and not hedge and not today
        if each.end is End.UNSTATED and not each.restricts:
            told = False
        tail = (end,) if told and end else ()
        return self._entry(each, verb, topics, tuple(dict.fromkeys(facts)), tail)

    def write_doses(self, each: PlannedInstruction, doses: Iterable[Dose], on: date) -> Entry:
        """Return what is taken on a date."""
        from microcare.core.plan.dose_days import DoseDay, DoseRun  # few plans have courses

        run = DoseRun(DoseDay(on, 1, tuple(doses)), on, 0)
        return self._write_run(each, run)

    def _write_run(self, each: PlannedInstruction, run: DoseRun) -> Entry:
        text = self._doses.run(run) + self._rows.area(each)
        condition, ids = find_condition(each, self._words), (each.instruction.id,)
        return Entry("", TIMES, Tone.DO, (text,), ids, condition, stands_alone=True)

    def write_screen(self, each: PlannedInstruction) -> Entry:
        """Return a reason not to treat, with the names by which its factors are answered."""
        instruction = each.instruction
        named = (self._name_screened(name) for name in instruction.topics)
        area = f" ({instruction.area})" if instruction.area else ""
        condition = further_condition(each, self._plan, self._words)
        text = f"{join_any(named)}{area}"
        if condition:
            text += ", " + say("if {condition}", condition=condition)
        return Entry("", "", Tone.STOP, (text,), (instruction.id,))

    def _name_screened(self, name: str) -> str:
        """Return a factor as it is answered, with its words where they are others."""
        factor = self._words.named.factors[name]
        if name in self._plan.answers:
            return factor.short
        # In a language with a verb before it the bare name would not follow "if".
        is_spelt = speaks_english() and (factor.name or factor.short) == name.replace("-", " ")
        return name if is_spelt else f"{factor.short} [{name}]"

    def write_standing(self, each: PlannedInstruction, when: str | None, verb: str | None) -> Entry:
        """Return what no day tells."""
        instruction = each.instruction
        if each.is_overruled(None):
            verb = self._rows.overruled_verb(each)
            lost = self._lost(each, None, self._words.topic_list(instruction, instruction.topics))
        else:
            told = self._held.list_lost(each, None)
            lost = tuple(say("not {topics}", topics=words) for words in told)
        facts = (
            *ask_words(instruction),
            when or "",
            *(_vague_ends(each, when) if when is not None else ()),
            *quantities(instruction, self._topics),
            *lifting_words(instruction),
            *call_words(instruction),
        )
        verb = WORDS[instruction.verb].brief if verb is None else verb
        return self._entry(each, verb, instruction.topics, facts, lost)

    def list_expected(self) -> Iterable[Entry]:
        """Yield what may be noticed, in the order of its beginning."""
        expected = [each for each in self._plan.applicable if each.instruction.verb is Verb.EXPECT]
        for each in sorted(expected, key=lambda each: each.dated.start or NEVER):
            if each.instruction.id in self._following:
                continue
            run = self._runs.get(each.instruction.id, Run((each,), each))
            when = self._find_period(each, run.last) or self._words.rule(each) or ""
            ids = tuple(member.instruction.id for member in run.members)
            yield replace(self.write_standing(each, None, ""), time=when, ids=ids)

    def _find_period(self, each: PlannedInstruction, last: PlannedInstruction) -> str:
        """Return the dates between which something may be noticed, without the times of day."""
        visit, dated = self._plan.visit, each.dated
        if dated.start is None:
            return ""
        starts = self._plain.short(visit.local_date(dated.start))
        if dated.start_at_latest is not None:
            latest = self._plain.short(visit.local_date(dated.start_at_latest))
            starts += " (" + say("latest {day}", day=latest) + ")"
        if each.kind is not Kind.WINDOW:
            return starts
        if last.end is End.UNSTATED:
            return say("{start} on", start=starts)
        end = self._find_last(last)
        return say("{start} {end}", start=starts, end=end) if end else starts

    def _find_last(self, each: PlannedInstruction) -> str:
        """Return through when something may be noticed, where somebody says."""
        least, until = each.dated.until_at_least, each.dated.until
        if each.end is End.DATE_OR_LATER and least is not None and until is not None:
            days = (
                self._plan.visit.local_date(end - timedelta.resolution) for end in (least, until)
            )
            return say("through {day}", day=join_any(map(self._plain.short, days)))
        return self._plain.end(each) or ""


def _vague_ends(each: PlannedInstruction, told: str) -> Iterable[str]:
    """Yield the ends of what is no ban that are no date and that a text does not tell."""
    window = each.instruction.window
    if each.restricts:
        return
    if window.until_words and window.until_words not in told:
        yield say("for {words}", words=window.until_words)
    if window.until_state and window.until_state not in told:
        yield say("until {state}", state=window.until_state)


_DAY = timedelta(days=1)
_BEGINNINGS = (Change.BEGINS, Change.HAPPENS, Change.GOVERNS)
_ENDS = (Change.ENDS, Change.ENDS_WITH_TREATMENT)
_TOLD_ENDS = (End.WORDS, End.STATE, End.STATE_OR_DATE)
"""The ends of restrictions of which no later line tells, or not all of it."""
