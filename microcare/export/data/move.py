"""A booking that moves as JSON: the contract `microcare.move/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.core.plan.last_times import Keeping
from microcare.core.values import value
from microcare.export.data.json_text import json_text
from microcare.export.data.plan import appointment_data, instant_data

if TYPE_CHECKING:
    from microcare.core.plan.moves import Move, Shift
    from microcare.core.plan.plan import Plan
    from microcare.core.plan.planned import PlannedInstruction
    from microcare.core.plan.transitions import Transition

FORMAT = "microcare.move/1"


@value
class NewFile:
    """A calendar file in place of an earlier one, and what became of that one's events.

    `name` is that of the file, `written` whether it was.
    """

    name: str
    written: bool
    moved: int
    unmoved: int
    added: int
    cancelled: int


def move_json(file: NewFile, move: Move | None, plan: Plan) -> str:
    """Return a new date's file and what the date changes as JSON text, pure ASCII.

    It ends in a line break. Without a `move` the earlier file has no visit of the booking.
    """
    protocol = plan.protocol
    data = {
        "format": FORMAT,
        "protocol": {"id": protocol.id, "title": protocol.title, "version": protocol.version},
        "appointment": appointment_data(plan.visit),
        "now": instant_data(plan.now, plan),
        "file": file.name,
        "written": file.written,
        "events": {
            "moved": file.moved,
            "unmoved": file.unmoved,
            "added": file.added,
            "cancelled": file.cancelled,
        },
        "move": _move(move) if move is not None else None,
    }
    return json_text(data)


def _move(move: Move) -> dict[str, object]:
    return {
        "was": appointment_data(move.before.visit),
        "was_past": move.before.is_past,
        "days": move.days[1],
        "treatments": [
            {
                "number": moved.number,
                "was": appointment_data(was.visit),
                "appointment": appointment_data(moved.visit),
                "days": move.days[moved.number],
            }
            for was, moved in move.moved
        ],
        "added": [each.number for each in move.added],
        "given_up": [appointment_data(each) for each in move.given_up],
        "begun": [_rule(each, move.after) for each in move.begun],
        "further": [_rule(each, move.after) for each in move.further],
        "put_off": [_rule(each, move.after) for each in move.put_off],
        "today": {
            "date": move.today.isoformat(),
            "changes": [_change(each, move.after) for each in move.day.transitions],
            "holding": [
                {"instruction": each.instruction.id, "topics": list(topics)}
                for each, topics in move.holding
            ],
            "dropped": [each.planned.instruction.id for each in move.dropped],
        },
        "joining": [each.instruction.id for each in move.joining],
        "leaving": [each.instruction.id for each in move.leaving],
        "shifts": [_shift(each) for each in move.shifts],
    }


def _rule(each: PlannedInstruction, plan: Plan) -> dict[str, object]:
    unasked = [
        judged.topic
        for judged in plan.judged
        if judged.planned.instruction.id == each.instruction.id
        and judged.keeping is Keeping.UNASKED
    ]
    return {
        "instruction": each.instruction.id,
        "verb": each.instruction.verb.value,
        "topics": list(each.instruction.topics),
        "from": instant_data(each.dated.start, plan),
        "from_at_latest": instant_data(each.dated.start_at_latest, plan),
        "until": instant_data(each.dated.until, plan),
        "applies": each.applies.value,
        "unasked": unasked,
    }


def _change(each: Transition, plan: Plan) -> dict[str, object]:
    return {
        "change": each.change.value,
        "instruction": each.planned.instruction.id,
        "topics": list(each.topics),
        "at": instant_data(each.instant, plan),
    }


def _shift(each: Shift) -> dict[str, object]:
    return {
        "change": each.transition.change.value,
        "instruction": each.transition.planned.instruction.id,
        "topics": list(each.transition.topics),
        "date": each.day.isoformat(),
        "was": each.was.isoformat(),
    }
