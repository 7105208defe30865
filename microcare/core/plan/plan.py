"""The dated plan: every instruction around one appointment, and the days it fills."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from microcare.core.plan.answers import settle_answers
from microcare.core.plan.conflicts import Conflict, find_conflicts
from microcare.core.plan.days import Day, DayBuilder
from microcare.core.plan.last_times import Judged, Keeping, LastTime, judge_windows
from microcare.core.plan.ledger import Ledger
from microcare.core.plan.planned import Kind, Overruled, PlannedInstruction, Standing, find_end
from microcare.core.plan.treatments import Treatment
from microcare.core.sheet.conditions import Answer, awaits_symptom, evaluate, find_settling_factors
from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.points import Side
from microcare.core.sheet.protocol import Protocol
from microcare.core.time.anchors import SheetTimes, date_instructions, read_times
from microcare.core.time.appointment import Appointment
from microcare.core.time.arithmetic import read_instant
from microcare.core.time.dated import Dated
from microcare.core.values import derived, replace, value

if TYPE_CHECKING:
    from microcare.core.time.courses import Dose

_DAY = timedelta(days=1)


@value
class Plan:
    """Treatments by their protocols, dated as seen at `now` (UTC) with the patient's `answers`.

    What the appointments' own times of day answer is among them. Of one treatment `protocol` is its
    own, of several it is the first with what the others say. `instructions` are all of the
    protocol's, in its order; the `ledger` is of those that apply or may apply. `lasts` are what the
    patient last did.
    """

    protocol: Protocol
    treatments: tuple[Treatment, ...]
    now: datetime
    answers: Mapping[str, bool]
    instructions: tuple[PlannedInstruction, ...]
    ledger: Ledger
    lasts: tuple[LastTime, ...] = ()

    @property
    def visit(self) -> Appointment:
        """The appointment of the first treatment."""
        return self.treatments[0].visit

    @property
    def is_joint(self) -> bool:
        """Whether it has several treatments."""
        return len(self.treatments) > 1

    @derived
    def has_sheets(self) -> bool:
        """Whether its treatments follow several protocols."""
        return len({each.protocol.id for each in self.treatments}) > 1

    @derived
    def by_id(self) -> Mapping[str, PlannedInstruction]:
        """Its instructions by their ids."""
        return {each.instruction.id: each for each in self.instructions}

    @derived
    def applicable(self) -> tuple[PlannedInstruction, ...]:
        """The instructions that apply or may apply."""
        return tuple(each for each in self.instructions if each.applies is not Answer.NO)

    @derived
    def _builder(self) -> DayBuilder:
        return DayBuilder(self.applicable, self.ledger, self.treatments)

    @derived
    def days(self) -> tuple[Day, ...]:
        """The days on which something changes or is taken, and of treatments, in order."""
        return self._builder.build()

    @derived
    def conflicts(self) -> tuple[Conflict, ...]:
        """The contradictions between instructions that may all apply."""
        return find_conflicts(self.applicable, self.ledger, self.protocol)

    @derived
    def closed(self) -> tuple[str, ...]:
        """The topics that were stopped before the treatment and of which nobody speaks after it."""
        return self.ledger.list_closed()

    @derived
    def blocked_by(self) -> tuple[PlannedInstruction, ...]:
        """The screening instructions that say the treatment must not be done."""
        return tuple(
            each
            for each in self.instructions
            if each.instruction.verb.traits.screens and each.applies is Answer.YES
        )

    @derived
    def judged(self) -> tuple[Judged, ...]:
        """How what is forbidden before the treatment was kept by now, a topic of a ban each."""
        if self.is_past and not self.lasts:
            return ()
        return judge_windows(
            self.instructions, self.protocol, self.now, self.lasts, self.treatments
        )

    @derived
    def broken(self) -> tuple[Judged, ...]:
        """The bans that what the patient last did breaks: not on this date."""
        return tuple(each for each in self.judged if each.keeping is Keeping.BROKEN)

    @property
    def is_barred(self) -> bool:
        """Whether the treatment must not be done, or not on this date."""
        return bool(self.blocked_by or self.broken)

    def list_sessions(self, treatment: Treatment) -> tuple[Treatment, ...]:
        """Return the treatments by the sheet of one, itself among them."""
        ident = treatment.protocol.id
        return tuple(each for each in self.treatments if each.protocol.id == ident)

    def find_day(self, day: date) -> Day:
        """Return any date: one of `days`, or one on which nothing changes."""
        for each in self.days:
            if each.date == day:
                return each
        return self._builder.build_day(day)

    def find_counted(self, day: date) -> Treatment:
        """Return the treatment from which a date is counted."""
        days = self.days  # by which a date between two treatments is counted
        return self._builder.find_counted(day) if days else self.treatments[0]

    def list_holding(self, day: date) -> tuple[tuple[PlannedInstruction, tuple[str, ...]], ...]:
        """Return what holds at any time of a date, each rule with what no ban takes from it."""
        return self._builder.list_holding(day)

    @property
    def is_past(self) -> bool:
        """Whether all appointments lie before `now`."""
        return all(
            (each.visit.end if each.visit.all_day else each.visit.start) < self.now
            for each in self.treatments
        )


def build_plan(
    protocol: Protocol,
    visit: Appointment,
    *,
    now: datetime,
    answers: Mapping[str, bool] | None = None,
    lasts: tuple[LastTime, ...] = (),
) -> Plan:
    """Return the plan of one appointment: every instruction dated, none of them left out.

    `answers` maps ids of the protocol's `factors` to yes or no; one that is missing was not asked,
    or is answered by the appointment's own time of day. `lasts` are what the patient last had, took
    or did. `now` is aware and decides only what has begun and what is over. All instants of the
    plan are in UTC, starts inclusive and ends exclusive; dates are those at the clinic.

    Raises ValueError where `now` has no time zone, or the protocol knows no such factor.
    """
    if unknown := answers and answers.keys() - protocol.factors.keys():
        raise ValueError(f"the protocol {protocol.id} has no factor {min(unknown)!r}")
    treatment = Treatment(protocol, visit, has_faces=visit.all_day)
    settled = settle_answers(protocol.factors, visit, answers or {})
    known = Known(read_instant(now), settled, lasts)
    return assemble_plan(protocol, (treatment,), plan_instructions(treatment, known), known)


@value
class Known:
    """What is known when a plan is made: the moment, in UTC, the answers, and the last times."""

    now: datetime
    answers: Mapping[str, bool]
    lasts: tuple[LastTime, ...]


def assemble_plan(
    protocol: Protocol,
    treatments: tuple[Treatment, ...],
    planned: tuple[PlannedInstruction, ...],
    known: Known,
) -> Plan:
    """Return the plan of dated instructions, with what bans take from each of them."""
    applicable = (each for each in planned if each.applies is not Answer.NO)
    ledger = Ledger(applicable, protocol, known.answers)
    instructions = tuple(_overrule(each, ledger) for each in planned)
    return Plan(protocol, treatments, known.now, known.answers, instructions, ledger, known.lasts)


def find_untold(plan: Plan) -> tuple[PlannedInstruction, ...]:
    """Return what may apply and whose sentence stands nowhere in a plan.

    There should be none: it stands on the day on which something begins or happens, or beside the
    days where it has no date, no beginning, no stated end, or only screens.
    """
    told = {each.instruction.id for day in plan.days for each in day.begins}
    return tuple(
        each
        for each in plan.applicable
        if each.instruction.id not in told
        and each.is_dated
        and not each.holds_already
        and not each.instruction.verb.traits.screens
        and not each.lacks_end
    )


def _read_times(protocol: Protocol) -> SheetTimes:
    return read_times(protocol.instructions, protocol.day_one, protocol.times_of_day)


def plan_instructions(treatment: Treatment, known: Known) -> tuple[PlannedInstruction, ...]:
    """Return the instructions of a treatment with their dates."""
    sheet = treatment.protocol
    dates = date_instructions(sheet.recall(_read_times), treatment.visit)
    return tuple(
        _plan_instruction(each, dates[each.id], treatment, known) for each in sheet.instructions
    )


def _plan_instruction(
    instruction: Instruction, dated: Dated, treatment: Treatment, known: Known
) -> PlannedInstruction:
    answers, condition = known.answers, instruction.condition
    symptom = condition is not None and awaits_symptom(condition, treatment.protocol.factors)
    if symptom and instruction.ends_itself:
        # Nobody knows when it will begin, so nobody knows when it is over.
        dated = replace(dated, until=None)
    kind = _find_kind(instruction, dated)
    applies = Answer.YES if condition is None else evaluate(condition, answers)
    reason: tuple[tuple[str, bool], ...] = ()
    if applies is Answer.NO and condition is not None:
        reason = tuple((name, answers[name]) for name in find_settling_factors(condition, answers))
    return PlannedInstruction(
        instruction=instruction,
        treatment=treatment,
        kind=kind,
        dated=dated,
        applies=applies,
        reason=reason,
        standing=_find_standing(instruction, dated, known.now, treatment.visit),
        end=find_end(instruction, dated),
        doses=() if symptom or applies is Answer.NO else _find_doses(instruction, dated, treatment),
    )


def _overrule(each: PlannedInstruction, ledger: Ledger) -> PlannedInstruction:
    """Return an instruction with the times for which bans beat it, and without its doses then."""
    if each.applies is Answer.NO or not each.instruction.verb.traits.opposes_bans:
        return each
    lost, doubted = tuple(ledger.find_overruled(each)), tuple(ledger.find_doubted(each))
    if not lost and not doubted:
        return each
    doses = (keep_allowed(dose, lost) for dose in each.doses)
    kept = tuple(dose for dose in doses if dose.topics)
    return replace(each, overruled=lost, doubted=doubted, doses=kept)


def keep_allowed(dose: Dose, lost: Iterable[Overruled]) -> Dose:
    """Return a dose with the topics that no ban forbids at its time, and their amounts."""
    forbidden = {each.topic for each in lost if each.holds_at(dose.instant)}
    if forbidden.isdisjoint(dose.topics):
        return dose
    amounts = dose.amounts
    if amounts is not None:
        own = tuple(pair for pair in amounts.by_topic if pair[0] not in forbidden)
        amounts = replace(amounts, by_topic=own)
    kept = tuple(name for name in dose.topics if name not in forbidden)
    return replace(dose, topics=kept, amounts=amounts)


def _find_doses(instruction: Instruction, dated: Dated, treatment: Treatment) -> tuple[Dose, ...]:
    if instruction.repetition is None and not instruction.steps:
        return ()
    if dated.start is None or not (
        dated.until or dated.until_at_least or instruction.has_last_dose
    ):
        return ()
    from microcare.core.time.courses import find_doses  # few have courses: start-up counts

    return find_doses(instruction, dated, treatment.visit, treatment.protocol.times_of_day)


def _find_kind(instruction: Instruction, dated: Dated) -> Kind:
    if instruction.window.at is not None:
        return Kind.MOMENT
    if dated.start is None and dated.until is None and dated.until_at_least is None:
        return Kind.UNDATED
    return Kind.WINDOW


def _find_standing(
    instruction: Instruction, dated: Dated, now: datetime, visit: Appointment
) -> Standing:
    if dated.start is None and dated.until is None and dated.until_at_least is None:
        return Standing.UNDATED
    if dated.until is not None and dated.until <= now:
        return Standing.OVER
    if dated.start is None:
        # What has no stated beginning has begun; of one that has no date nobody knows.
        return Standing.IN_FORCE if instruction.window.start is None else Standing.UNDATED
    if now < dated.start:
        return Standing.UPCOMING
    if instruction.window.at is not None:
        over = dated.start_at_latest or dated.start
        if dated.starts_with_day:
            over = visit.day_start(visit.local_date(over) + _DAY)
        return Standing.OVER if over <= now else Standing.IN_FORCE
    if instruction.sides[0] is Side.BEFORE and dated.start < now < visit.start:
        return Standing.BEGUN_BEFORE_BOOKING
    return Standing.IN_FORCE
