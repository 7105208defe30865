"""The earliest appointment as JSON: the contract `microcare.earliest/1`."""

from __future__ import annotations

from microcare.core.plan.asking import list_late, list_screened, list_unasked
from microcare.core.plan.earliest import Candidate, Earliest
from microcare.core.plan.plan import Plan
from microcare.export.data.json_text import json_text
from microcare.export.data.last_times import last_data, opening_data
from microcare.wording.conditions import condition_text
from microcare.wording.rules import rule_text

FORMAT = "microcare.earliest/1"


def earliest_json(found: Earliest, plan: Plan) -> str:
    """Return what was found as JSON text, pure ASCII; `plan` is that of the earliest appointment.

    A date alone is any time of it, one with a time that time or later.
    """
    visit, protocol = plan.visit, plan.protocol
    zone = visit.zone
    before = None
    if found.before is not None:
        first, last = (opening_data(each, zone) for each in found.before)
        before = {"from": first, "through": last}
    data = {
        "format": FORMAT,
        "protocol": {"id": protocol.id, "title": protocol.title, "version": protocol.version},
        "timezone": zone.key,
        "timezone_source": visit.zone_source,
        "now": visit.local(plan.now).isoformat(),
        "blocked_by": [each.instruction.id for each in plan.blocked_by],
        "earliest": opening_data(found.earliest, zone),
        "recommended": opening_data(found.recommended, zone),
        "offers": [opening_data(each, zone) for each in found.offers],
        "because": [_candidate(each, plan) for each in found.candidates],
        "before_planned": before,
        "silent": [each.topic for each in found.silent],
        "undated": [
            {"topic": last.topic, "last": last_data(last, zone), "instruction": ban.id}
            for ban, last in found.undated
        ],
        "late": [each.instruction.id for each in list_late(plan)],
        "unasked": list(list_unasked(plan)),
        "contraindications": list(list_screened(plan)),
    }
    return json_text(data)


def _candidate(each: Candidate, plan: Plan) -> dict[str, object]:
    instruction, zone = each.instruction, plan.visit.zone
    condition = instruction.condition
    return {
        "topic": each.last.topic,
        "last": last_data(each.last, zone),
        "rule": rule_text(instruction, plan.protocol),
        "earliest": opening_data(each.earliest, zone),
        "recommended": opening_data(each.recommended, zone),
        "binds": each.binds,
        "planned": each.last.planned,
        "instruction": instruction.id,
        "strength": instruction.strength.value,
        "if_text": condition_text(condition, plan.protocol.factors) if condition else None,
        "applies": each.applies.value,
        "source": instruction.source,
    }
