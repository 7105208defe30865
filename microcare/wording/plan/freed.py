"""What is free again in a plan in brief, for certain, perhaps, or once the body is ready."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from microcare.core.plan.ledger import Release
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import End, PlannedInstruction
from microcare.core.plan.transitions import Change, Transition
from microcare.core.sheet.conditions import Answer, Is, Not
from microcare.core.values import replace
from microcare.language.messages import mark_as, say
from microcare.wording.labels import topic_labels
from microcare.wording.persons import ask_words
from microcare.wording.plan.lines import Entry
from microcare.wording.plan.releases import ReleaseWords, has_passed
from microcare.wording.plan.words import PlanWords, refer_treatment
from microcare.wording.verbs import Tone

MAYBE = mark_as("brief", "maybe")
FINE = mark_as("brief", "fine")


class FreedWriter:
    """Writes the entries of one plan on what a restriction frees when it ends."""

    def __init__(self, plan: Plan, words: PlanWords, held: ReleaseWords) -> None:
        self._plan = plan
        self._topics = words.named.topics
        self._words = words
        self._held = held

    def list_releases(
        self, transition: Transition, begun: Collection[tuple[object, str]]
    ) -> Iterable[Entry]:
        """Yield what is fine when a restriction ends, and what only a state or an answer holds.

        What another rule holds for certain is told when that one ends.
        """
        facts: tuple[str, ...] = ()
        if transition.change is Change.ENDS_WITH_TREATMENT:
            treated = refer_treatment(transition.planned.treatment, self._plan)
            facts = (say("once {treatment} is over", treatment=treated),)
        elif (guessed := self._words.guessed_end(transition)) is not None:
            facts = (say("{time}, perhaps earlier: ask for the time", time=guessed),)
        for release in transition.releases:
            if release.held_by:
                yield from self._hold(transition, release, facts)
            elif release.silent:
                told = (*facts, self._held.silence(release))
                yield self._free(transition, release, MAYBE, told, self.leave_out([release]))
            elif (transition.instant, release.topic) not in begun:
                limits = self.leave_out([release])
                entry = self._free(transition, release, FINE, facts, limits)
                yield replace(entry, tone=Tone.FREE, frees=True)

    def list_perhaps(self, transition: Transition) -> Iterable[Entry]:
        """Yield what is only perhaps fine when the shortest time of a restriction is over."""
        each = transition.planned
        facts = (*ask_words(each.instruction), self._perhaps(each))
        for release in transition.releases:
            if release.held_by:
                yield from self._hold(transition, release, facts)
            else:
                limits = self.leave_out([release], perhaps=True)
                told = (*facts, *filter(None, [self._held.silence(release)]))
                yield self._free(transition, release, MAYBE, told, limits)

    def _hold(
        self, transition: Transition, release: Release, facts: tuple[str, ...]
    ) -> Iterable[Entry]:
        """Yield what is fine once states have come, or perhaps, or for some; else nothing."""
        condition, implies = (
            transition.planned.instruction.condition,
            self._plan.ledger.open_answers.implies,
        )
        sure = [
            claim
            for claim in release.held_by
            if implies(condition, claim.rule.instruction.condition)
        ]
        states = [claim for claim in sure if claim.is_untimed]
        passed = [claim for claim in release.held_by if has_passed(claim)]
        asked = [each for each in release.held_by if each not in (*states, *passed)]
        if any(claim in sure for claim in asked):
            return
        told = dict.fromkeys(
            (
                *facts,
                *(self._perhaps(claim.rule) for claim in passed),
                *(_once(claim.rule) for claim in states),
                *filter(None, [self._held.silence(release)]),
            )
        )
        limits = self.leave_out([release], perhaps=True)
        if asked:
            limits = (say("not {time}", time=self._held.holders(asked)), *limits)
        yield self._free(transition, release, MAYBE, tuple(told), limits)

    def _free(
        self,
        transition: Transition,
        release: Release,
        verb: str,
        facts: tuple[str, ...],
        limits: tuple[str, ...],
    ) -> Entry:
        each = transition.planned
        label, ids = (self._held.label(release.topic),), (each.instruction.id,)
        condition = find_condition(each, self._words)
        return Entry(
            self._words.transition_time(transition),
            verb,
            Tone.STOP,
            label,
            ids,
            condition,
            facts,
            limits,
            topics=(release.topic,),
        )

    def leave_out(self, releases: Iterable[Release], *, perhaps: bool = False) -> tuple[str, ...]:
        """Return the parts that are not free, those that will be apart: their own lines say.

        Of what is only `perhaps` fine, not those that are so too.
        """
        later: dict[str, None] = {}
        never: dict[str, None] = {}
        for release in releases:
            for name, claims in release.except_for:
                if perhaps and all(map(has_passed, claims)):
                    continue
                ends = all(claim.until is not None for claim in claims)
                (later if ends else never)[name] = None
            never |= dict.fromkeys(release.closed)
        held, closed = (
            topic_labels(names, self._topics)
            for names in (later, [name for name in never if name not in later])
        )
        return (
            *((say("not yet {topics}", topics=held),) if held else ()),
            *((say("not {topics}", topics=closed),) if closed else ()),
        )

    def _perhaps(self, each: PlannedInstruction) -> str:
        """Return what is to be said of a ban whose shortest time is over."""
        window = each.instruction.window
        if window.until_state is not None:
            return _once(each)
        if window.until_words is not None:
            return self._held.perhaps(each)
        if each.end is End.AT_LEAST or each.dated.until is None:
            return say("shortest time over: ask")
        return self._held.longer(each)


def _once(each: PlannedInstruction) -> str:
    return say("once {state}", state=each.instruction.window.until_state)


def find_condition(each: PlannedInstruction, words: PlanWords) -> str:
    """Return "if …" or "unless …" where it is not known that a rule applies."""
    if each.applies is not Answer.ASK:
        return ""
    match each.instruction.condition:
        case Not(Is(name)):
            return say("unless {condition}", condition=words.named.factors[name].short)
        case _:
            return words.condition(each) or ""
