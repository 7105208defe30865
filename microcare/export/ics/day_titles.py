"""Titles of calendar days: enough by themselves, and silent where a stranger may read them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from itertools import chain

from microcare.core.plan.days import Day
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import End, PlannedInstruction
from microcare.core.plan.transitions import Change, Transition, is_news
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.points import is_wish
from microcare.core.sheet.verbs import Verb
from microcare.export.ics.event_titles import lead_words, moment_words
from microcare.export.ics.title_names import TitleNames
from microcare.wording.plan.rows import RowWriter
from microcare.wording.plan.words import PlanWords

LONGEST_TITLE = 160
"""A title has this many characters at most; what doesn't fit is told in the description."""

_YEAR = 365

Frame = tuple[str, Collection[str], str]
"""What a change says: a lead, the topics that it is said of, and when or until when."""


class DayTitles:
    """Makes the titles of a plan's days."""

    def __init__(self, plan: Plan, words: PlanWords, writer: RowWriter) -> None:
        self._plan = plan
        self._words = words
        self._writer = writer
        self._names = TitleNames(plan.protocol)

    def title(self, day: Day) -> str:
        """Return a day's title: what changes and until when, in words for the lock screen.

        It names nothing private and no patient factor: what depends on one is "perhaps" so.
        """
        when = _distance_words(day)
        frames = self._list_frames(day)
        if not frames:
            return f"{when}: see the details"
        phrases = [_phrase(*frame) for frame in frames]
        for kept in range(len(phrases), 0, -1):
            title = f"{when}: {'; '.join(phrases[:kept])}{_more(len(phrases) - kept)}"
            if len(title) <= LONGEST_TITLE:
                return title
        lead, names, tail = frames[0]
        for kept in range(len(names) - 1, 0, -1):
            some = [*names[:kept], f"{len(names) - kept} more"]
            title = f"{when}: {_phrase(lead, some, tail)}{_more(len(phrases) - 1)}"
            if len(title) <= LONGEST_TITLE:
                break
        return shorten(title)

    def _list_frames(self, day: Day) -> list[tuple[str, list[str], str]]:
        """Return what a day's changes say: a lead, the topics that share it, and until when."""
        by_frame: dict[tuple[str, str], dict[Verb, list[str]]] = {}
        begins = {
            transition.planned.instruction.id
            for transition in day.transitions
            if transition.change in (Change.BEGINS, Change.GOVERNS)
        }
        freed = _list_freed(day)
        told = (each for each in day.transitions if is_news(each, self._plan.protocol))
        for transition in sorted(told, key=_importance):
            instruction = transition.planned.instruction
            if transition.run is not None and instruction.id in begins:
                continue
            governs = transition.change is Change.GOVERNS and instruction.verb.traits.permits
            if governs and freed.issuperset(transition.topics):
                continue
            perhaps = "perhaps " if self._hangs_on_answer(transition) else ""
            for lead, topics, tail in self._frames(transition):
                said = by_frame.setdefault((f"{perhaps}{lead}", tail), {})
                said.setdefault(instruction.verb.traits.family, []).extend(topics)
        return [(lead, self._list_names(said), tail) for (lead, tail), said in by_frame.items()]

    def _list_names(self, said: Mapping[Verb, Collection[str]]) -> list[str]:
        labels = (self._names.list_labels(verb, topics) for verb, topics in said.items())
        return list(dict.fromkeys(chain.from_iterable(labels)))

    def _hangs_on_answer(self, transition: Transition) -> bool:
        each = transition.planned
        if each.applies is Answer.ASK:
            return True
        is_done = transition.change in (Change.DOSES, Change.BEGINS, Change.HAPPENS, Change.GOVERNS)
        return is_done and each.instruction.verb.traits.asks and self._writer.may_be_forbidden(each)

    def _frames(self, transition: Transition) -> Iterable[Frame]:
        each = transition.planned
        instruction = each.instruction
        topics = transition.topics
        time = self._words.transition_time(transition)
        since = self._words.guessed_end(transition) or (f"from {time}" if time else "")
        if transition.change is Change.BEGINS and self._words.guessed_start(each) is not None:
            since = "from an hour to ask for"
        match transition.change:
            case Change.DOSES:
                times = len(transition.run.first.doses) if transition.run is not None else 0
                tail = f"({times} times today)" if times > 1 else "(once today)"
                yield lead_words(instruction), topics, tail
            case Change.LAST_FINE_DAY:
                asks = "ask first, " if instruction.ask_first is not None else ""
                yield f"{asks}last day for", topics, ""
            case Change.AT_LEAST_OVER | Change.ENDS:
                yield from self._end_frames(transition, since)
            case Change.ENDS_WITH_TREATMENT:
                yield from _release_frames(transition, "after the treatment fine again:", "")
            case Change.BEGINS_AT_LATEST:
                lead = f"at the latest {since or 'from now'} {lead_words(instruction)}"
                yield lead, topics, ""
            case Change.OVERRULED:
                yield from self._overruled_frames(transition)
            case _ if each.comes_without:
                yield "come without", topics, ""
            case _:
                tail = self._tail(transition, since)
                yield from ((*begun, tail) for begun in _begin_frames(transition))

    def _end_frames(self, transition: Transition, since: str) -> Iterable[Frame]:
        each = transition.planned
        shorter = transition.change is Change.AT_LEAST_OVER
        if each.restricts:
            lead = self._lasting(each) if shorter else "fine again:"
            yield from _release_frames(transition, lead, since)
        elif not self._began_today(transition):
            over = transition.topics if shorter else self._writer.topics_over(transition)
            if over:
                yield "may be over:" if shorter else "over:", over, since

    def _began_today(self, transition: Transition) -> bool:
        """Return whether what ends began on the same day, whose title then says until when."""
        start, end, visit = transition.planned.dated.start, transition.instant, self._plan.visit
        doses = transition.planned.instruction.verb.traits.doses
        if start is None or end is None or not doses:
            return False
        return visit.local_date(start) == visit.local_date(end)

    def _overruled_frames(self, transition: Transition) -> Iterable[Frame]:
        """Yield what bans of earlier days forbid of what would begin; those of the day say it."""
        instant, visit = transition.instant, self._plan.visit
        if instant is None:
            return
        opens = visit.day_start(visit.local_date(instant))
        for lost in transition.planned.overruled:
            starts = ((rule, rule.dated.start) for rule in lost.by)
            earlier = [rule for rule, start in starts if start is None or start < opens]
            if lost.holds_at(instant) and earlier:
                yield _still_words(earlier), (lost.topic,), ""

    def _lasting(self, each: PlannedInstruction) -> str:
        """Return what is to be said where the shorter of a ban's two ends has come."""
        window = each.instruction.window
        if window.until_state is not None:
            return f"fine again once {window.until_state}:"
        if each.end is End.AT_LEAST or each.dated.until is None:
            return "the shortest time is over:"
        wish = "if possible" if is_wish(window.until) else "better"
        return f"{wish} still ({self._words.closing(each)}) {lead_words(each.instruction)}"

    def _tail(self, transition: Transition, since: str) -> str:
        """Return when a moment is, or since when a window holds, and until when if that counts."""
        each = transition.planned
        if transition.change is Change.HAPPENS:
            return moment_words(each, self._plan, self._words)
        instruction, start, until = each.instruction, each.dated.start, each.dated.until
        if until is None:
            return since
        traits, at_clock = instruction.verb.traits, not each.dated.ends_with_day
        timed = traits.doses and at_clock and not instruction.closes_at_start
        if not (traits.restricts or traits.permits or timed):
            return since
        # On the day itself its date says nothing.
        day = None if start is None else self._plan.visit.local_date(start)
        end = self._words.end(each, on=day, avoided=True) or ""
        return " ".join(part for part in (since, end) if part)


def discreet_title(day: Day) -> str:
    """Return a day's title that names no treatment and no topic."""
    when = _distance_words(day) if day.distance else "the day"
    return f"Personal reminder ({when})"


def shorten(title: str) -> str:
    """Return a title that is not too long; what is cut off stands in the description."""
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"


def _distance_words(day: Day) -> str:
    distance = abs(day.distance)
    if distance == 0:
        return "Treatment day"
    count = "1 day" if distance == 1 else f"{distance} days"
    visit_day = day.date - timedelta(days=day.distance)
    years = abs(day.date.year - visit_day.year)
    # Nobody knows how long 1096 days are.
    if distance >= _YEAR and (day.date.month, day.date.day) == (visit_day.month, visit_day.day):
        count = "1 year" if years == 1 else f"{years} years"
    return f"{count} {'before' if day.distance < 0 else 'after'}"


def _more(count: int) -> str:
    return f"; and {count} more, see the details" if count else ""


def _phrase(lead: str, names: list[str], tail: str) -> str:
    return " ".join(part for part in (lead, ", ".join(names), tail) if part)


def _list_freed(day: Day) -> set[str]:
    """Return what a day's title calls fine again, for everybody."""
    return {
        release.topic
        for each in day.transitions
        if each.change is Change.ENDS and each.planned.applies is Answer.YES
        for release in each.releases
        if release.is_whole
    }


def _importance(transition: Transition) -> int:
    """Return the place of a transition among a day's: bans first, expectations last.

    What depends on an answer comes after what is sure.
    """
    later = 4 if transition.planned.applies is Answer.ASK else 0
    if transition.planned.restricts:
        return later + (1 if transition.change is Change.ENDS else 0)
    return later + (2 if transition.planned.instruction.verb.traits.asks else 3)


def _begin_frames(transition: Transition) -> Iterable[tuple[str, list[str]]]:
    """Yield what begins and its topics; a permission apart for what it frees in part only."""
    each, lead = transition.planned, lead_words(transition.planned.instruction)
    topics, instant = transition.topics, transition.instant
    kept = [name for name in topics if not each.is_overruled_for(name, instant)]
    if not each.instruction.verb.traits.permits:
        yield lead, kept
        return
    releases = {release.topic: release for release in transition.releases}
    whole = [name for name in kept if releases[name].is_whole]
    held = [name for name in kept if releases[name].held_by]
    partly = [name for name in kept if name not in whole and name not in held]
    leads = (lead, f"perhaps {lead}", lead.replace(":", " in part:"))
    for words, freed in zip(leads, (whole, held, partly), strict=True):
        if freed:
            yield words, freed


def _release_frames(transition: Transition, lead: str, since: str) -> Iterable[Frame]:
    each = transition.planned
    open_ = [release for release in transition.releases if not release.held_by]
    free = [release.topic for release in open_ if release.is_whole]
    partly = [release.topic for release in open_ if not release.is_whole]
    if free:
        yield lead, free, since
    if partly:
        # What goes on as a wish does so for every part of it.
        goes_on = transition.change is Change.AT_LEAST_OVER and each.end is End.DATE_OR_LATER
        yield lead if goes_on else f"in part {lead}", partly, since
    if not open_:
        for release in transition.releases:
            still = _still_words(claim.rule for claim in release.held_by)
            if release.awaited is not None:
                still = f"fine again once {release.awaited}:"
            yield still, [release.topic], ""


def _still_words(rules: Iterable[PlannedInstruction]) -> str:
    asks = any(rule.instruction.ask_first is not None for rule in rules)
    return "still, ask first, then avoid" if asks else "still avoid"
