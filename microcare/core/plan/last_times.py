"""What a patient last did, and which bans it breaks around an appointment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from enum import Enum

from microcare.core.plan.planned import PlannedInstruction
from microcare.core.plan.treatments import Treatment
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.coverage import Coverage
from microcare.core.sheet.instruction import Instruction, Strength
from microcare.core.sheet.points import Side
from microcare.core.sheet.protocol import Protocol
from microcare.core.sheet.vocabulary import find_groups, find_members
from microcare.core.time.appointment import Appointment
from microcare.core.time.dated import Dated
from microcare.core.values import value

_DAY = timedelta(days=1)


@value
class LastTime:
    """When a patient last had, took or did what a topic names.

    `day` is the local date, None is never; `instant` is in UTC, None where only the date is known,
    which then counts whole. What is `planned` lies after the moment of asking.
    """

    topic: str
    day: date | None = None
    instant: datetime | None = None
    planned: bool = False

    def span(self, visit: Appointment) -> tuple[datetime, datetime]:
        """Return where it lies in UTC, as closely as it is known; raises TypeError of never."""
        if self.day is None:
            raise TypeError("what never was has no time")
        if self.instant is not None:
            return self.instant, self.instant
        return visit.day_start(self.day), visit.day_start(self.day + _DAY)


class Keeping(Enum):
    """Whether what a ban names was left alone long enough.

    SHORT is as long as must be, and not as long as should be.
    """

    KEPT = "kept"
    SHORT = "short"
    BROKEN = "broken"
    UNASKED = "unasked"


@value
class Judged:
    """One topic of a ban against what the patient last did; `last` is None where that is unknown.

    Of a group it may be one of its members that `last` names.
    """

    planned: PlannedInstruction
    topic: str
    keeping: Keeping
    last: LastTime | None = None


def lies_before(instruction: Instruction) -> bool:
    """Return whether it forbids something before the treatment, or on its day.

    What the patient must merely come without is over with a cloth, and no date is about it.
    """
    if not instruction.verb.traits.restricts or instruction.window.at is not None:
        return False
    return instruction.sides[0] in (Side.BEFORE, Side.DAY_OF)


def looks_back(instruction: Instruction) -> bool:
    """Return whether it forbids something for a stated time before the treatment, or on its day."""
    return lies_before(instruction) and instruction.implied_start is not None


def list_concerned(protocol: Protocol, topic: str) -> tuple[Instruction, ...]:
    """Return the bans that cover a topic, all of it or a part."""
    coverage = protocol.recall(Coverage)
    parts = (name for bans, _ in coverage.list_parts(topic) for name in bans)
    ids = {*coverage.list_bans(topic), *parts}
    return tuple(each for each in protocol.instructions if each.id in ids)


def list_last_names(protocol: Protocol) -> tuple[str, ...]:
    """Return the topics of which the last time matters, in the order of the sheet."""
    coverage = protocol.recall(Coverage)
    bans = filter(looks_back, protocol.instructions)
    return tuple(dict.fromkeys(name for each in bans for name in coverage.list_named(each)))


def is_broken(
    instruction: Instruction, dated: Dated, last: LastTime, visit: Appointment, *, advised: bool
) -> bool:
    """Return whether a ban with its dates around a visit covers the last time of its topic.

    `advised` takes the further end of a range, and bans that only should be kept.
    """
    if instruction.window.at is not None or last.day is None or dated.start is None:
        return False
    if not advised and instruction.strength is not Strength.MUST:
        return False
    start, form = dated.start, dated.start_form
    if not advised and dated.start_at_latest is not None:
        start, form = dated.start_at_latest, dated.latest_form
    begins, ends = last.span(visit)
    # Hours that have passed to the minute have passed; a date that is forbidden is from its start.
    if not (ends > start or (begins == ends == start and form.is_date)):
        return False
    until = dated.until
    for side in _find_sides(last, visit):
        if side is Side.AFTER:
            if until is None or begins < until:
                return True
        elif looks_back(instruction) and (until is None or until >= visit.start or begins < until):
            return True
    return False


def _find_sides(last: LastTime, visit: Appointment) -> tuple[Side, ...]:
    """Return on which side of the visit it lies, both where that isn't known."""
    if last.day != visit.day:
        is_before = last.day is not None and last.day < visit.day
        return (Side.BEFORE,) if is_before else (Side.AFTER,)
    if last.instant is not None and not visit.all_day:
        return (Side.BEFORE,) if last.instant <= visit.start else (Side.AFTER,)
    return (Side.BEFORE, Side.AFTER) if last.planned else (Side.BEFORE,)


def judge_windows(
    planned: Iterable[PlannedInstruction],
    protocol: Protocol,
    now: datetime,
    lasts: Iterable[LastTime],
    treatments: tuple[Treatment, ...],
) -> tuple[Judged, ...]:
    """Return how each topic of the bans that look back was kept, where that can be told by `now`.

    A ban that begins after `now` is told only where what is planned will break it. So will another
    treatment of the plan that its sheet forbids.
    """
    coverage, known = protocol.recall(Coverage), tuple(lasts)
    found = []
    for each in planned:
        instruction, start = each.instruction, each.dated.start
        if each.applies is Answer.NO or not instruction.verb.traits.restricts or start is None:
            continue
        has_begun = looks_back(instruction) and start < now
        others = tuple(list_treated(each.treatment, treatments, [instruction]))
        for topic in coverage.list_named(instruction):
            judged = _judge(each, topic, protocol, (*known, *others))
            is_told = judged.keeping in (Keeping.BROKEN, Keeping.SHORT)
            if is_told or has_begun:
                found.append(judged)
    return tuple(found)


def list_treated(
    treatment: Treatment, treatments: tuple[Treatment, ...], bans: Iterable[Instruction]
) -> Iterator[LastTime]:
    """Yield the other ones of several treatments, as what some bans of one may forbid.

    Of the same sheet, which has its treatment repeated, a ban has to name it.
    """
    if len(treatments) == 1:
        return
    from microcare.core.plan.series import list_procedures  # few plans have several

    named = {name for each in bans for name in each.topics}
    for other in treatments:
        same_sheet, visit = other.protocol.id == treatment.protocol.id, other.visit
        day, whole = visit.day, visit.all_day or visit.day == treatment.visit.day
        for name in list_procedures(other.protocol) if other.number != treatment.number else ():
            if not same_sheet or name in named:
                yield LastTime(name, day, None if whole else visit.start, planned=True)


def _judge(
    each: PlannedInstruction, topic: str, protocol: Protocol, lasts: tuple[LastTime, ...]
) -> Judged:
    """Return the worst that the last times of a topic, its groups and its members say of a ban."""
    topics, visit = protocol.topics, each.visit
    whole = {topic, *find_groups(topic, topics)}
    parts = {topic, *find_members(topic, topics)}
    settled = None
    short = None
    for last in lasts:
        if parts.isdisjoint({last.topic, *find_members(last.topic, topics)}):
            continue
        if each.instruction not in list_concerned(protocol, last.topic):
            continue
        if is_broken(each.instruction, each.dated, last, visit, advised=False):
            return Judged(each, topic, Keeping.BROKEN, last)
        if is_broken(each.instruction, each.dated, last, visit, advised=True):
            short = short or last
        elif last.topic in whole:
            # Whoever left one of a group alone was not asked about the others.
            settled = settled or last
    if short is not None:
        return Judged(each, topic, Keeping.SHORT, short)
    return Judged(each, topic, Keeping.KEPT if settled else Keeping.UNASKED, settled)
