"""What is not free, in words: which rules hold a topic or a part of it, and until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from microcare.core.plan.claims import Claim, Says
from microcare.core.plan.ledger import Release
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import End, PlannedInstruction
from microcare.core.sheet.points import is_wish
from microcare.core.sheet.vocabulary import find_groups
from microcare.language.locales import join_all
from microcare.language.messages import mark, say, say_as
from microcare.wording.persons import ask_words
from microcare.wording.plan.words import NO_END, PlanWords, name_sheet, refer_treatment

CLOSED = mark("avoided before the treatment, nothing stated for afterwards")
"""What was stopped and never freed; it is to be asked for."""


class ReleaseWords:
    """The words for what rules of one plan hold, behind “avoid” if `avoided`."""

    def __init__(self, plan: Plan, words: PlanWords, *, avoided: bool = False) -> None:
        self._plan = plan
        self._words = words
        self._avoided = avoided
        self._ends: dict[tuple[str, bool], str] = {}

    def still(self, releases: Iterable[Release]) -> str:
        """Return topics that are not free, each with what holds it."""
        return "; ".join(
            f"{self.label(release.topic)} ({self.holders(release.held_by)})" for release in releases
        )

    def label(self, topic: str) -> str:
        """Return a topic in a patient's words."""
        return self._words.named.topics[topic].label

    def exceptions(self, releases: Iterable[Release]) -> str:
        """Return the parts that are not free, those that are held by the same rules together."""
        held: dict[str, list[str]] = {}
        for release in releases:
            for part, claims in release.except_for:
                held.setdefault(self.holders(claims), []).append(self.label(part))
            if release.silent:
                held.setdefault(self.silence(release), []).append(self.label(release.topic))
            if release.closed:
                closed = say(CLOSED) + ": " + say_as("brief", "ask")
                held.setdefault(closed, []).extend(map(self.label, release.closed))
        return "; ".join(
            f"{', '.join(dict.fromkeys(parts))} ({holders})" for holders, parts in held.items()
        )

    def silence(self, release: Release) -> str:
        """Return whose sheets stopped a topic and say nothing of it afterwards; empty of none."""
        named = join_all(name_sheet(each, self._plan) for each in release.silent)
        return say("nothing stated for after {treatment}: ask", treatment=named) if named else ""

    def holders(self, claims: Iterable[Claim]) -> str:
        """Return what holds a topic: until when, for whom."""
        return "; ".join(dict.fromkeys(self._holder(each) for each in claims))

    def _holder(self, claim: Claim) -> str:
        rule = claim.rule
        if has_passed(claim):
            return self.perhaps(rule)
        return self._end(rule, timed=claim.says is not Says.PERHAPS)

    def _end(self, rule: PlannedInstruction, *, timed: bool = True) -> str:
        """Return when a rule ends, for whom, and whom to ask first.

        Not `timed` is a rule of which the time is over and only a state is awaited.
        """
        key = (rule.instruction.id, timed)
        found = self._ends.get(key)
        if found is None:
            end = self._words.end(rule, avoided=self._avoided) or say(NO_END)
            if rule.comes_without:
                treated = refer_treatment(rule.treatment, self._plan)
                end = say("until {treatment}", treatment=treated)
            elif not timed:
                end = say("until {state}", state=rule.instruction.window.until_state)
            condition = self._words.condition(rule)
            end = say("{end} {condition}", end=end, condition=condition) if condition else end
            area = () if rule.instruction.area is None else (rule.instruction.area,)
            found = ", ".join([end, *area, *ask_words(rule.instruction)])
            self._ends[key] = found
        return found

    def perhaps(self, each: PlannedInstruction) -> str:
        """Return what is to be said of a ban whose shortest time is over."""
        window, until = each.instruction.window, each.dated.until
        if window.until_state is not None:
            return say("only once {state}", state=window.until_state)
        if window.until_words is not None:
            return say("for {words} (no date stated)", words=window.until_words)
        if each.end is End.AT_LEAST or until is None:
            return say("the shortest time is over, and no end is stated: ask")
        return say("the shortest time is over") + "; " + self.longer(each)

    def longer(self, each: PlannedInstruction) -> str:
        """Return until when a ban whose shortest time is over had better be kept."""
        closing = self._words.closing(each)
        if is_wish(each.instruction.window.until):
            return say("if possible avoid it {until}", until=closing)
        return say("better avoid it {until}", until=closing)

    def list_lost(
        self, each: PlannedInstruction, since: datetime | None, *, later: bool = False
    ) -> Iterable[str]:
        """Yield what bans forbid of an instruction after an instant, and when.

        If `later`, only what they don't forbid at that instant.
        """
        for labels, when in self.find_lost(each, since, later=later):
            yield f"{', '.join(labels)}: {when}"

    def find_lost(
        self, each: PlannedInstruction, since: datetime | None, *, later: bool = False
    ) -> Iterable[tuple[tuple[str, ...], str]]:
        """Yield the labels that `list_lost` puts before each time, and that time."""
        by_time: dict[str, list[str]] = {}
        for lost in (*each.overruled, *each.doubted):
            begins = lost.start
            others = all(rule.treatment is not each.treatment for rule in lost.by)
            if others and begins is not None and (since is None or begins > since):
                continue  # What another treatment forbids is told when it does.
            if since is not None:
                if lost.until is not None and lost.until <= since:
                    continue
                begins = None if begins is None or begins <= since else begins
            if begins is None and later:
                continue
            when = "; ".join(dict.fromkeys(self._end(rule) for rule in lost.by))
            if begins is not None:
                start = self._words.moment(begins, with_day=lost.starts_with_day)
                when = say("from {time} {end}", time=start, end=when)
            by_time.setdefault(when, []).append(self.label(lost.topic))
        for when, labels in by_time.items():
            yield tuple(dict.fromkeys(labels)), when


def list_closed(plan: Plan) -> tuple[str, ...]:
    """Return what was stopped and never freed, each group with the parts that the sheet names.

    A part of which it speaks again is told by its own change or end.
    """
    topics = plan.protocol.topics
    bans = [each for each in plan.applicable if each.restricts]
    named = dict.fromkeys(name for each in bans for name in each.instruction.topics)
    told = {name for each in bans if each.lacks_end for name in each.instruction.topics}
    told |= {
        name
        for day in plan.days
        for each in day.transitions
        if each.releases
        for name in each.topics
    }
    closed = dict.fromkeys(plan.closed)
    for group in plan.closed:
        parts = (name for name in named if group in find_groups(name, topics))
        closed |= dict.fromkeys(name for name in parts if name not in told)
    return tuple(closed)


def has_passed(claim: Claim) -> bool:
    """Return whether the shortest time of a ban is over, and nothing else is awaited."""
    return claim.says is Says.PERHAPS and claim.rule.instruction.window.until_state is None
