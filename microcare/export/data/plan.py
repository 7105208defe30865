"""A plan as JSON: the contract `microcare.plan/1`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from microcare.core.plan.conflicts import Conflict
from microcare.core.plan.days import Day
from microcare.core.plan.last_times import Judged, Keeping
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import Overruled, PlannedInstruction
from microcare.core.plan.treatments import Treatment
from microcare.core.sheet.instruction import Amounts, Instruction, Repetition, Step
from microcare.core.sheet.points import DayTime
from microcare.core.time.appointment import Appointment
from microcare.export.data.catalogue import sheet_data
from microcare.export.data.conditions import condition_data
from microcare.export.data.json_text import json_text
from microcare.export.data.last_times import last_data, opening_data
from microcare.language.messages import speak
from microcare.wording.conditions import condition_text, reason_text
from microcare.wording.plan.footnotes import list_unclear
from microcare.wording.rules import rule_text

if TYPE_CHECKING:
    from microcare.core.time.courses import Dose

FORMAT = "microcare.plan/1"


def plan_json(plan: Plan) -> str:
    """Return a plan as JSON text, ending in a line break.

    It is pure ASCII: whatever a protocol's text holds, a terminal shows it and obeys nothing.
    """
    protocol = plan.protocol
    data = {
        "format": FORMAT,
        "protocol": {
            "id": protocol.id,
            "title": protocol.title,
            "version": protocol.version,
            **sheet_data(protocol),
        },
        "appointment": appointment_data(plan.visit),
        "treatments": [_treatment(each, plan) for each in plan.treatments],
        "now": instant_data(plan.now, plan),
        "blocked_by": _ids(plan.blocked_by),
        "last": [
            {"topic": each.topic, "last": last_data(each, plan.visit.zone)} for each in plan.lasts
        ],
        "broken": [_broken(each, plan) for each in plan.broken],
        "earliest": _earliest(plan),
        "instructions": [_instruction(each, plan) for each in plan.instructions],
        "days": [
            _day(day, plan) for day in plan.days if day.has_news or day.doses or day.distance == 0
        ],
        "closed": list(plan.closed),
        "conflicts": [_conflict(each, plan) for each in plan.conflicts],
    }
    return json_text(data)


def _treatment(treatment: Treatment, plan: Plan) -> dict[str, object]:
    """Return a treatment; one of several by a sheet is a session of so many."""
    sheet, numbers = treatment.protocol, [each.number for each in plan.list_sessions(treatment)]
    session = {"number": 1 + numbers.index(treatment.number), "of": len(numbers)}
    return {
        "number": treatment.number,
        "protocol": sheet.id,
        "title": sheet.title,
        "version": sheet.version,
        "session": session if len(numbers) > 1 else None,
        "booked": treatment.booked,
        "appointment": appointment_data(treatment.visit),
    }


def appointment_data(visit: Appointment) -> dict[str, object]:
    """Return an appointment as the JSON formats show it."""
    return {
        "start": visit.local(visit.start).isoformat(),
        "end": visit.local(visit.end).isoformat(),
        "timezone": visit.zone.key,
        "timezone_source": visit.zone_source,
        "all_day": visit.all_day,
        "duration_known": visit.duration_known,
    }


def _instruction(each: PlannedInstruction, plan: Plan) -> dict[str, object]:
    instruction, dated = each.instruction, each.dated
    window, condition = instruction.window, instruction.condition
    return {
        "id": instruction.id,
        "treatment": each.treatment.number,
        "kind": each.kind.value,
        "verb": instruction.verb.value,
        "topics": list(instruction.topics),
        "except": list(instruction.exceptions),
        "text": instruction.text,
        "from": instant_data(dated.start, plan),
        "until": instant_data(dated.until, plan),
        "from_at_latest": instant_data(dated.start_at_latest, plan),
        "until_at_least": instant_data(dated.until_at_least, plan),
        "from_otherwise": instant_data(dated.start_otherwise, plan),
        "until_otherwise": instant_data(dated.until_otherwise, plan),
        "ends_with_treatment": dated.ends_with_treatment,
        "last_ok": dated.last_ok.isoformat() if dated.last_ok else None,
        "until_state": window.until_state,
        "until_rule": window.until_rule.value if window.until_rule else None,
        "until_words": window.until_words,
        "stated_as": instruction.stated_as,
        "if": condition_data(condition) if condition else None,
        "if_text": condition_text(condition, plan.protocol.factors) if condition else None,
        "applies": each.applies.value,
        "reason": reason_text(each.reason, plan.protocol.factors) or None,
        "strength": instruction.strength.value,
        "amounts": _amounts(instruction.amounts),
        "repeat": _repeat(instruction),
        "doses": [_dose(dose, plan) for dose in each.doses],
        "overruled": [_overruled(lost, plan) for lost in each.overruled],
        "area": instruction.area,
        "ask_first": instruction.ask_first,
        "override_by": instruction.override_by,
        "call": instruction.call,
        "anchor": instruction.anchor,
        "rule": rule_text(instruction, plan.protocol),
        "source": instruction.source,
        "state": each.standing.value,
        "kept": _keeping(each, plan),
        "unclear": list(list_unclear(plan, instruction)),
        "note": instruction.note,
    }


def _broken(each: Judged, plan: Plan) -> dict[str, object]:
    instruction = each.planned.instruction
    return {
        "topic": each.topic,
        "last": last_data(each.last, plan.visit.zone) if each.last else None,
        "instruction": instruction.id,
        "rule": rule_text(instruction, plan.protocol),
    }


def _earliest(plan: Plan) -> str | None:
    """Return the earliest date of the first treatment that can't be on its own."""
    if not plan.broken:
        return None
    from microcare.core.plan.asking import list_next  # few plans are broken: start-up counts

    found = list_next(plan)
    return opening_data(found[0][1].earliest, plan.visit.zone) if found else None


def _keeping(each: PlannedInstruction, plan: Plan) -> str | None:
    """Return how a ban was kept by now: the worst that is known of one of its topics."""
    ident = each.instruction.id
    found = {judged.keeping for judged in plan.judged if judged.planned.instruction.id == ident}
    return next((keeping.value for keeping in _WORST_FIRST if keeping in found), None)


_WORST_FIRST = (Keeping.BROKEN, Keeping.SHORT, Keeping.UNASKED, Keeping.KEPT)


def _overruled(lost: Overruled, plan: Plan) -> dict[str, object]:
    return {
        "topic": lost.topic,
        "from": instant_data(lost.start, plan),
        "until": instant_data(lost.until, plan),
        "by": _ids(lost.by),
    }


def _day(day: Day, plan: Plan) -> dict[str, object]:
    return {
        "date": day.date.isoformat(),
        "day": day.distance,
        "treatment": day.counted_from.number,
        "begins": _ids(day.begins),
        "ends": _ids(day.ends),
        "in_force": _ids(day.in_force),
        "doses": [
            {"id": each.instruction.id, "at": instant_data(dose.instant, plan)}
            for each, dose in day.doses
        ],
    }


def _conflict(conflict: Conflict, plan: Plan) -> dict[str, object]:
    # Few plans have conflicts: start-up counts.
    from microcare.wording.plan.conflicts import conflict_sentence

    return {
        "topic": conflict.topic,
        "instructions": _ids(conflict.instructions),
        "governs": _ids(conflict.governs),
        "sentence": conflict_sentence(conflict, plan),
    }


def _amounts(amounts: Amounts | None) -> dict[str, object] | None:
    if amounts is None:
        return None
    own = {topic: _amounts(each) for topic, each in amounts.by_topic}
    return _stated(
        spf_min=amounts.spf_min,
        dose=amounts.dose,
        daily_max=amounts.daily_max,
        threshold=amounts.threshold,
        by_topic=own or None,
    )


def _repeat(instruction: Instruction) -> dict[str, object] | None:
    if instruction.steps:
        return {"steps": [_step(step) for step in instruction.steps]}
    repetition = instruction.repetition
    return None if repetition is None else _repetition(repetition)


def _step(step: Step) -> dict[str, object]:
    from microcare.wording.courses import length_words  # few plans have steps: start-up counts

    # Scripts read it as data, whatever the patient's language.
    with speak("en"):
        length = None if step.length is None else length_words(step.length)
    dose = step.amounts.dose if step.amounts is not None else None
    return {**_stated(**{"for": length}), **_repetition(step.repetition), **_stated(dose=dose)}


def _repetition(repetition: Repetition) -> dict[str, object]:
    daily = repetition.daily
    return _stated(
        every=repetition.every,
        daily=None if daily is None else {"min": daily[0], "max": daily[1]},
        times=[_day_time(each) for each in repetition.times] or None,
        while_awake=repetition.waking or None,
        as_needed=repetition.as_needed or None,
        in_turn=repetition.in_turn or None,
        count_min=repetition.count_min,
        count_max=repetition.count_max,
    )


def _day_time(time: DayTime) -> str:
    return time.name or f"{time.least // 60:02}:{time.least % 60:02}"


def _dose(dose: Dose, plan: Plan) -> dict[str, object]:
    return {
        "at": instant_data(dose.instant, plan),
        "topics": list(dose.topics),
        "dose": dose.amounts.dose if dose.amounts is not None else None,
        "suggested": dose.suggested,
    }


def _stated(**values: object) -> dict[str, object]:
    """Return the values that are stated; what a sheet doesn't say has no key."""
    return {key: value for key, value in values.items() if value is not None}


def _ids(planned: tuple[PlannedInstruction, ...]) -> list[str]:
    return [each.instruction.id for each in planned]


def instant_data(instant: datetime | None, plan: Plan) -> str | None:
    """Return an instant at the clinic with its offset from UTC, as the JSON formats show it."""
    return plan.visit.local(instant).isoformat() if instant is not None else None
