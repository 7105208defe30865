"""Spells: what each rule says of one topic to somebody who asks, and for how long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import Enum

from microcare.core.plan.claims import ALWAYS, NEVER, Claim, Says, list_claims
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import End, Kind, PlannedInstruction
from microcare.core.sheet.coverage import Coverage
from microcare.core.sheet.instruction import Strength
from microcare.core.sheet.points import is_wish
from microcare.core.sheet.vocabulary import find_groups
from microcare.core.values import value


class Ruling(Enum):
    """What somebody is told who asks; ASK sends them to the clinic."""

    YES = "yes"
    NO = "no"
    ASK = "ask"


class Cause(Enum):
    """Why it is so.

    FORBIDDEN has a date, ENDLESS none: it is kept while the dated aftercare lasts. RANGE lies
    between the two ends of one, WISH between what must be and what should. After a ban UNSTATED
    lacks an end, AT_LEAST and STATE and WORDS have had their shortest time. EXCEPTED is what a ban
    leaves out, FREE what no ban forbids before or after it. CLOSED was stopped by a ban that ended
    with the treatment, of SILENT nobody speaks, and what DEPENDS hangs on an answer.
    """

    FORBIDDEN = "forbidden"
    RANGE = "range"
    ENDLESS = "endless"
    UNSTATED = "end-unstated"
    AT_LEAST = "shortest-time-over"
    STATE = "state"
    WORDS = "words"
    CLOSED = "closed"
    SILENT = "silent"
    DEPENDS = "depends"
    BLOCKED = "do-not-treat"
    UNKNOWN = "unknown-topic"
    WISH = "wish"
    DUE = "due"
    ALLOWED = "allowed"
    EXCEPTED = "excepted"
    FREE = "free"

    @property
    def ruling(self) -> Ruling:
        """What follows from it."""
        if self in (Cause.FORBIDDEN, Cause.RANGE, Cause.ENDLESS):
            return Ruling.NO
        return Ruling.YES if self in _FINE else Ruling.ASK


_FINE = frozenset((Cause.WISH, Cause.DUE, Cause.ALLOWED, Cause.EXCEPTED, Cause.FREE))


@value
class Spell:
    """What a rule says in `[start, until)`, in UTC; ALWAYS and NEVER are open ends.

    `starts_with_day` and `ends_with_day` are whether a bound is told as a date. An ENDLESS spell
    that `awaits` a state, or the end of vague words, is over with the last date of its treatment's
    other bans of the topic, where there is one.
    """

    rule: PlannedInstruction
    cause: Cause
    start: datetime
    until: datetime
    starts_with_day: bool = False
    ends_with_day: bool = False
    awaits: Cause | None = None

    def holds_at(self, instant: datetime) -> bool:
        """Return whether it holds just after an instant."""
        return self.start <= instant < self.until


@value
class Aftercare:
    """The end of what a sheet asks for with a date, in UTC; whether that is told as a date."""

    until: datetime
    with_day: bool


def find_aftercare(plan: Plan) -> Mapping[int, Aftercare]:
    """Return by treatments' numbers when the dated aftercare of each is over.

    That is the last end of what must be left off or done. Of a range it is the far end, of a wish
    the near one. Nothing that has no end counts, and nothing that may or should be; with nothing
    dated it is over with the treatment.
    """
    last = {each.number: Aftercare(each.visit.end, each.visit.all_day) for each in plan.treatments}
    for rule in plan.applicable:
        must = rule.instruction.strength is Strength.MUST and rule.kind is Kind.WINDOW
        if not must or not rule.instruction.verb.traits.binds:
            continue
        dated = rule.dated
        wished = is_wish(rule.instruction.window.until)
        until, form = dated.until, dated.until_form
        if dated.until_at_least is not None and (until is None or wished):
            until, form = dated.until_at_least, dated.least_form
        if until is not None and until > last[rule.treatment.number].until:
            last[rule.treatment.number] = Aftercare(until, form.is_date)
    return last


class TopicSpells:
    """All that the rules of a plan say of one topic."""

    def __init__(self, plan: Plan, topic: str, aftercare: Mapping[int, Aftercare]) -> None:
        self.topic = topic
        self._plan = plan
        self._aftercare = aftercare
        self.lineage = find_groups(topic, plan.protocol.topics) | {topic}
        self.bans = tuple(
            spell for claim in plan.ledger.list_covering(topic) for spell in self._of_ban(claim)
        )
        self.grants = tuple(self._list_grants())
        listed = (each.rule for each in (*self.bans, *self.grants))
        self.rules = tuple({each.instruction.id: each for each in listed}.values())

    def _of_ban(self, claim: Claim) -> Iterator[Spell]:
        rule, window = claim.rule, claim.rule.instruction.window
        start, until = claim.start or ALWAYS, claim.until or NEVER
        with_day = claim.starts_with_day
        if claim.says is Says.PERHAPS:
            near = rule.dated.least_form.is_date
            yield Spell(rule, _find_doubt(rule), start, until, near, rule.dated.ends_with_day)
        elif claim.until is not None:
            yield Spell(
                rule, Cause.FORBIDDEN, start, until, with_day, self._ends_with_day(rule, until)
            )
        else:
            awaits = None
            if window.until_state is not None or window.until_words is not None:
                awaits = Cause.WORDS if window.until_state is None else Cause.STATE
            aftercare = self._aftercare[rule.treatment.number]
            over, ends = max(start, aftercare.until), aftercare.with_day
            yield Spell(rule, Cause.ENDLESS, start, over, with_day, ends, awaits)
            if awaits is None:
                yield Spell(rule, Cause.UNSTATED, over, NEVER)
            else:
                yield Spell(rule, awaits, start, NEVER)

    def _ends_with_day(self, rule: PlannedInstruction, until: datetime) -> bool:
        if rule.comes_without:
            return rule.visit.all_day
        dated = rule.dated
        is_least = until == dated.until_at_least and until != dated.until
        return (dated.least_form if is_least else dated.until_form).is_date

    def _list_grants(self) -> Iterator[Spell]:
        """Yield what speaks for the topic: a duty names it, the others may name a group of it."""
        coverage = self._plan.protocol.recall(Coverage)
        for rule in self._plan.applicable:
            instruction, traits = rule.instruction, rule.instruction.verb.traits
            named = self.lineage.intersection(coverage.list_named(instruction))
            left_out = not self.lineage.isdisjoint(instruction.exceptions)
            if traits.opposes_bans and not left_out:
                if named if traits.permits else self.topic in named:
                    cause = Cause.ALLOWED if traits.permits else Cause.DUE
                    yield from self._of_grant(rule, cause)
            elif traits.restricts and named and left_out:
                for claim in list_claims(rule):
                    for each in self._of_ban(claim):
                        if each.cause.ruling is Ruling.NO:
                            yield Spell(
                                rule,
                                Cause.EXCEPTED,
                                each.start,
                                each.until,
                                each.starts_with_day,
                                each.ends_with_day,
                            )

    def _of_grant(self, rule: PlannedInstruction, cause: Cause) -> Iterator[Spell]:
        moment, dated = rule.kind is Kind.MOMENT, rule.dated
        if moment and dated.start is None:
            return  # Nobody knows when.
        for claim in list_claims(rule):
            start, until = claim.start or ALWAYS, claim.until or NEVER
            ends = dated.starts_with_day if moment else dated.ends_with_day
            yield Spell(rule, cause, start, until, dated.starts_with_day, ends)

    def list_names(self, rule: PlannedInstruction) -> frozenset[str]:
        """Return by which of its names, or of its groups', a rule speaks of the topic."""
        instruction = rule.instruction
        if self.lineage.isdisjoint(instruction.exceptions):
            return self.lineage.intersection(instruction.topics)
        return self.lineage.intersection(instruction.exceptions)

    def list_borders(self) -> Iterable[datetime]:
        """Return when what is said may change, in no order."""
        visits = [each.visit for each in self._plan.treatments]
        found = {each.start for each in visits} | {each.end for each in visits}
        found |= {each.until for each in self._aftercare.values()}
        for each in (*self.bans, *self.grants):
            found |= {each.start, each.until}
        for rule in self.rules:
            found |= {each for each in (rule.dated.start, rule.dated.until) if each is not None}
        return found - {ALWAYS, NEVER}


def _find_doubt(rule: PlannedInstruction) -> Cause:
    """Return why a ban is only perhaps over."""
    match rule.end:
        case End.DATE_OR_LATER:
            return Cause.WISH if is_wish(rule.instruction.window.until) else Cause.RANGE
        case End.STATE_AFTER_DATE:
            return Cause.STATE
        case End.WORDS_AFTER_DATE:
            return Cause.WORDS
        case _:
            return Cause.AT_LEAST
