"""Titles of calendar days: what changes, the weightiest first, in about sixty characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import timedelta
from enum import IntEnum
from functools import partial
from itertools import chain, groupby, starmap

from microcare.core.plan.days import Day
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import End, PlannedInstruction
from microcare.core.plan.transitions import Change, Transition
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.verbs import Verb
from microcare.core.sheet.vocabulary import find_groups
from microcare.core.values import replace, value
from microcare.export.ics.event_titles import (
    LONGEST_TITLE,
    begin_title,
    cut_title,
    lead_words,
    more_words,
    perhaps_words,
)
from microcare.export.ics.events import NEUTRAL
from microcare.export.ics.title_names import TitleNames, see_inside
from microcare.language.messages import say, say_as
from microcare.wording.dates import short_weekday
from microcare.wording.persons import told_verb
from microcare.wording.plan import entries, freed
from microcare.wording.plan.brief import BriefWriter
from microcare.wording.plan.lines import Entry
from microcare.wording.plan.one_day import count_days
from microcare.wording.plan.rows import RowWriter
from microcare.wording.verbs import WORDS, brief_words

_BEGINNINGS = (Change.BEGINS, Change.HAPPENS, Change.GOVERNS)


class _Rank(IntEnum):
    """What a saying weighs: the lower, the further in front."""

    FAST = 0
    BAN = 1
    LAST_DAY = 2
    ARRANGE = 3
    TAKE = 4
    PERHAPS = 5
    TASK = 6
    USE = 7
    FINE = 8
    MAYBE = 9
    OVER = 10
    EXPECT = 11


@value
class _Frame:
    """What a title says of its topics: `lead`, the topics, `when`.

    The `tail` is told only where there is room for all of the title. What is `hedged` says already
    that it is only perhaps so.
    """

    rank: _Rank
    lead: str
    when: str = ""
    tail: str = ""
    hedged: bool = False


@value
class _Saying:
    """What a title says of one topic, or of most of it."""

    frame: _Frame
    verb: Verb
    topic: str
    in_part: bool = False


@value
class DayTitle:
    """What a title can say of a day: of each change that says something, what that is.

    `tell_end` returns the tail of what a change says, which few titles have room for.
    """

    said: tuple[tuple[Transition, tuple[_Saying, ...]], ...]
    names: TitleNames
    tell_end: Callable[[Transition], str]

    @property
    def transitions(self) -> tuple[Transition, ...]:
        """The changes of which it says something."""
        return tuple(each for each, _ in self.said)

    def write(
        self, among: Collection[Transition] | None = None, *, longest: int = LONGEST_TITLE
    ) -> str:
        """Return the title, or one of some changes alone; empty where nothing is to be said.

        It names nothing private: what depends on a patient's answer is "perhaps" so. What is fine
        again is so from a named day on, since a title may be read on the evening before.
        """
        said = [pair for pair in self.said if among is None or pair[0] in among]
        runs = _split_frames(saying for _, sayings in said for saying in sayings)
        phrases = [*map(self._phrase, runs)]
        if len(_join_phrases(phrases)) <= longest:
            ended = _split_frames(chain.from_iterable(starmap(self._end, said)))
            whole = [*map(self._phrase, ended)]
            phrases = whole if len(_join_phrases(whole)) <= longest else phrases
        return self._cut(runs, phrases, longest)

    def _end(self, transition: Transition, sayings: tuple[_Saying, ...]) -> Iterable[_Saying]:
        """Return what a change says, with its tail."""
        if not (tail := self.tell_end(transition)):
            return sayings
        return (replace(each, frame=replace(each.frame, tail=tail)) for each in sayings)

    def _cut(self, runs: list[list[_Saying]], phrases: list[tuple[str, bool]], longest: int) -> str:
        """Return as much as a title has room for, and of how much more there is."""
        title, rest = _join_phrases(phrases), ""
        when = f" {runs[0][0].frame.when}" if runs else ""
        named, left = Counter(each.topic for run in runs for each in run), 0
        while len(title) + len(rest) > longest and (len(runs) > 1 or len(runs[0]) > 1):
            topic = runs[-1].pop().topic
            if runs[-1]:
                phrases[-1] = self._phrase(runs[-1])
            else:
                del runs[-1], phrases[-1]
            named[topic] -= 1
            left += not named[topic]
            rest = f" {more_words(left)}" if left else ""
            title = _join_phrases(phrases)
        if len(title) + len(rest) > longest and title.endswith(when):
            title, rest = title.removesuffix(when), f"{when}{rest}"
        told = cut_title(begin_title(title), rest, longest)
        whole = f"{told}{see_inside()}" if any(inside for _, inside in phrases) else told
        return whole if len(whole) <= longest else told

    def _phrase(self, run: Sequence[_Saying]) -> tuple[str, bool]:
        """Return what is said in one frame, and whether the description tells more of it."""
        frame = run[0].frame
        names, inside = self._list_names(run)
        words = (frame.lead, ", ".join(names), frame.when, frame.tail)
        return " ".join(filter(None, words)), inside

    def _list_names(self, sayings: Iterable[_Saying]) -> tuple[Iterable[str], bool]:
        """Return what topics are called, each once, and whether the description tells more."""
        by_verb: dict[tuple[bool, Verb], list[str]] = {}
        for each in sayings:
            by_verb.setdefault((each.in_part, each.verb), []).append(each.topic)
        names, inside = dict[str, None](), False
        for (in_part, verb), topics in by_verb.items():
            labels, more = self.names.list_names(verb, topics)
            inside |= more
            for label in labels:
                names[say("most {topic}", topic=label) if in_part else label] = None
        return names, inside


def _split_frames(sayings: Iterable[_Saying]) -> list[list[_Saying]]:
    """Return what is said, each once and the weightiest first, in parts that share a frame."""
    ranked = sorted(dict.fromkeys(sayings), key=lambda each: each.frame.rank)
    return [list(same) for _, same in groupby(ranked, key=lambda each: each.frame)]


def _join_phrases(phrases: Iterable[tuple[str, bool]]) -> str:
    return "; ".join(text for text, _ in phrases)


class DayTitles:
    """Makes the titles of a plan's days."""

    def __init__(self, plan: Plan, brief: BriefWriter, rows: RowWriter) -> None:
        self._topics = plan.protocol.topics
        self._names = plan.protocol.recall(TitleNames)
        self._brief = brief
        self._rows = rows

    def read(self, day: Day) -> DayTitle:
        """Return what a title can say of what changes on a day."""
        news, weekday = day.transitions, short_weekday(day.date)
        ids = {each.planned.instruction.id for each in news if each.change in _BEGINNINGS}
        told = [each for each in news if each.run is None or each.planned.instruction.id not in ids]
        begun = self._brief.entries.list_begun(told)
        said = ((each, tuple(self._list_sayings(day, weekday, each, begun))) for each in told)
        tell_end = partial(self._tail, day, begun)
        return DayTitle(tuple(pair for pair in said if pair[1]), self._names, tell_end)

    def _list_sayings(
        self,
        day: Day,
        weekday: str,
        transition: Transition,
        begun: frozenset[tuple[object, str]],
    ) -> Iterable[_Saying]:
        each, topics = transition.planned, transition.topics
        match transition.change:
            case _ if each.instruction.verb.traits.is_noticed:
                yield from self._name(each, topics, _Frame(_Rank.EXPECT, say_as("verb", "expect")))
            case Change.DOSES:
                yield from self._name(each, topics, _Frame(self._find_rank(each), self._lead(each)))
            case Change.BEGINS_AT_LATEST:
                lead = say("by now {what}", what=self._lead(each))
                frame = _Frame(self._find_rank(each), lead)
                yield from self._name(each, topics, frame)
            case Change.AT_LEAST_OVER if not each.restricts:
                over = () if each.doses else self._rows.topics_over(transition)
                frame = _Frame(_Rank.OVER, say("perhaps over:"), hedged=True)
                yield from self._name(each, over, frame)
            case Change.ENDS if not each.restricts:
                over = self._rows.topics_over(transition)
                yield from self._name(each, over, _Frame(_Rank.OVER, say("over:")))
            case _:
                for entry in self._brief.entries.list_entries(transition, begun, again=True):
                    frame = self._tell(day, weekday, transition, entry)
                    yield from self._name(each, entry.topics, frame)

    def _tell(self, day: Day, weekday: str, transition: Transition, entry: Entry) -> _Frame:
        """Return what the entry of a change says.

        What would harm, were it followed on the evening before, has the `weekday` in front.
        """
        each = transition.planned
        ask = f"{say('ask first')}, " if each.instruction.ask_first is not None else ""
        since = " ".join(filter(None, (weekday, entry.time)))
        if transition.change is Change.ENDS_WITH_TREATMENT:
            since = say_as("title", "after the treatment")
        if entry.verb == _verb(each):
            return self._begin(day, transition, entry, since)
        is_guessed = self._brief.words.guessed_end(transition) is not None
        match freed.MAYBE if is_guessed else entry.verb:
            case freed.FINE if entry.limits:
                return _Frame(_Rank.FINE, say("partly fine again {time}:", time=since))
            case freed.FINE:
                return _Frame(_Rank.FINE, say("fine again {time}:", time=since))
            case freed.MAYBE:
                return _Frame(_Rank.MAYBE, say("perhaps fine {time}:", time=since), hedged=True)
            case entries.LAST_DAY:
                return _Frame(_Rank.LAST_DAY, f"{ask}{say('{day} last day for', day=weekday)}")
            case entries.FOR_TODAY:
                no, on = say_as("verb", "no"), say("on {day}", day=weekday)
                return _Frame(self._find_rank(each), f"{ask}{no}", on)
            case entries.WITHOUT:
                return _Frame(_Rank.TASK, say_as("verb", "come without"))
            case _:
                return _Frame(_Rank.MAYBE, say("still not:"))

    def _begin(self, day: Day, transition: Transition, entry: Entry, since: str) -> _Frame:
        each, lead = transition.planned, self._lead(transition.planned)
        rank, traits = self._find_rank(each), each.instruction.verb.traits
        if traits.permits:
            when = self._find_last(each, day) or say("from {time}", time=since)
            lead = lead_words(each.instruction, brief_words(_verb(each)))
            if entry.limits:
                lead = say("{verb} in part", verb=lead)
            return _Frame(_Rank.MAYBE, f"{lead} {when}:")
        if self._brief.words.guessed_start(each) is not None:
            return _Frame(rank, f"{say('ask from when')}: {lead}")
        if transition.change is Change.HAPPENS or self._is_of(day, each):
            return _Frame(rank, lead, self._tell_moment(day, each, entry, since))
        # Whoever has a cause to call calls, whatever the hour.
        timed = entry.time and not traits.needs_cause
        dated = timed or traits.doses or rank is _Rank.FAST
        return _Frame(rank, lead, say("from {time}", time=since) if dated else "")

    def _tell_moment(self, day: Day, each: PlannedInstruction, entry: Entry, since: str) -> str:
        """Return when something is to be done on a day, empty for the whole of what can wait."""
        latest, visit = each.dated.start_at_latest, self._brief.plan.visit
        if each.instruction.is_deadline:
            return say("by {time}", time=since)
        if entry.time and latest is not None and visit.local_date(latest) == day.date:
            return say("{first} to {last}", first=since, last=self._brief.words.clock(latest))
        traits = each.instruction.verb.traits
        if traits.is_prepared:
            return say("for {time}", time=since) if entry.time else ""
        return since if entry.time or traits.doses or traits.is_booked else ""

    def _is_of(self, day: Day, each: PlannedInstruction) -> bool:
        """Return whether what is asked for is of one whole day alone."""
        until, visit = each.dated.until, self._brief.plan.visit
        last = None if until is None else visit.local_date(until - timedelta.resolution)
        return not each.restricts and each.dated.starts_with_day and last == day.date

    def _find_last(self, each: PlannedInstruction, day: Day) -> str:
        """Return until when a permission lasts that ends at an hour of its first day."""
        until, visit = each.dated.until, self._brief.plan.visit
        if until is None or each.dated.ends_with_day or visit.local_date(until) != day.date:
            return ""
        last = f"{short_weekday(day.date)} {self._brief.words.clock(until)}"
        return say("until {time}", time=last)

    def _tail(self, day: Day, begun: frozenset[tuple[object, str]], transition: Transition) -> str:
        """Return when what begins ends, or by when at the latest it happens; else nothing."""
        each, words = transition.planned, self._brief.words
        traits = each.instruction.verb.traits
        if transition.change not in _BEGINNINGS or traits.permits or traits.is_noticed:
            return ""
        told = self._brief.entries.list_entries(transition, begun, again=True)
        if all(entry.verb != _verb(each) for entry in told):
            return ""
        latest = each.dated.start_at_latest
        if transition.change is Change.HAPPENS:
            if latest is None or self._brief.plan.visit.local_date(latest) == day.date:
                return ""
            with_day = each.dated.starts_with_day
            return say("by {time}", time=words.moment(latest, with_day=with_day, on=day.date))
        if each.end is End.UNSTATED or self._is_of(day, each):
            return ""
        return words.end(each, on=day.date, avoided=True) or ""

    def _lead(self, each: PlannedInstruction) -> str:
        if each.restricts:
            fasts = self._find_rank(each) is _Rank.FAST
            verb = say_as("verb", "no") if fasts else brief_words(_verb(each))
            return told_verb(each.instruction, verb)
        return lead_words(each.instruction)

    def _find_rank(self, each: PlannedInstruction) -> _Rank:
        traits = each.instruction.verb.traits
        if each.restricts:
            fasts = any(self._topics[name].is_food for name in each.instruction.topics)
            return _Rank.FAST if fasts else _Rank.BAN
        if traits.is_taken:
            return _Rank.TAKE
        if traits.is_prepared:
            return _Rank.ARRANGE
        return _Rank.USE if traits.doses else _Rank.TASK

    def _name(
        self, each: PlannedInstruction, topics: Iterable[str], frame: _Frame
    ) -> Iterable[_Saying]:
        """Yield what is said of topics; what hangs on an answer is perhaps so, and weighs less."""
        rank = frame.rank
        asked = each.applies is Answer.ASK or each.instruction.verb.traits.needs_cause
        doubted = rank < _Rank.FINE and self._rows.may_be_forbidden(each) and not each.restricts
        parts = each.instruction.exceptions if each.restricts and rank <= _Rank.PERHAPS else ()
        if asked or doubted:
            lead = frame.lead if frame.hedged else perhaps_words(frame.lead)
            frame = replace(frame, rank=max(rank, _Rank.PERHAPS), lead=lead)
        verb = each.instruction.verb.traits.family
        for topic in topics:
            in_part = any(topic in find_groups(part, self._topics) for part in parts)
            yield _Saying(frame, verb, topic, in_part)


def _verb(each: PlannedInstruction) -> str:
    return WORDS[each.instruction.verb].brief


def lead_with(nights: Sequence[str], title: str) -> str:
    """Return a day's title behind what its night brings, as much as there is room for."""
    night = begin_title(nights[0])
    first = "; ".join((night, f"{title[:1].lower()}{title[1:]}"))
    if len(nights) == 1 and len(first) <= LONGEST_TITLE:
        return first
    more = f" {say('+ more')}"
    return cut_title(night, more)


def discreet_title(day: Day) -> str:
    """Return a day's title that names no treatment and no topic."""
    distance = count_days(day) if day.distance else say("the day")
    return f"{say(NEUTRAL)} ({distance})"
