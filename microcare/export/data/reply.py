"""The answer to whether something is allowed as JSON: the contract `microcare.can/1`."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from microcare.core.plan.spells import Cause, Ruling
from microcare.core.values import value
from microcare.export.data.json_text import json_text
from microcare.export.data.plan import appointment_data, instant_data

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microcare.core.plan.holdings import Turn
    from microcare.core.plan.plan import Plan
    from microcare.core.plan.planned import PlannedInstruction
    from microcare.core.plan.replies import Part, Reply
    from microcare.wording.plan.replies import ToldReply

FORMAT = "microcare.can/1"


@value
class Question:
    """What was typed, the instant (UTC) or whole date it was asked for, the topics it may mean."""

    word: str
    at: datetime | date
    near: tuple[str, ...] = ()


def reply_json(question: Question, reply: Reply | None, told: ToldReply, plan: Plan) -> str:
    """Return an answer as JSON text, pure ASCII, ending in a line break.

    Without a reply the word of the question names nothing.
    """
    at = question.at
    data = {
        "format": FORMAT,
        "protocol": plan.protocol.id,
        "appointment": appointment_data(plan.visit),
        "word": question.word,
        "at": instant_data(at, plan) if isinstance(at, datetime) else at.isoformat(),
        **(_UNKNOWN if reply is None else _reply(reply, plan)),
        "sentence": told.sentence,
        "words": told.hedge or None,
        "blocked_by": _ids(plan.blocked_by),
        "near": list(question.near),
    }
    return json_text(data)


_UNKNOWN: dict[str, object] = {
    "topic": None,
    "answer": Ruling.ASK.value,
    "cause": Cause.UNKNOWN.value,
    "until": None,
    "then": None,
    "asks": [],
    "parts": [],
    "changes": [],
    "instructions": [],
}


def _reply(reply: Reply, plan: Plan) -> dict[str, object]:
    return {
        "topic": reply.topic,
        "answer": reply.ruling.value,
        "cause": reply.own.cause.value,
        "until": _until(reply.turn, plan),
        "then": reply.then.value if reply.then else None,
        "asks": list(reply.own.asks),
        "parts": [_part(each, plan) for each in reply.parts],
        "changes": [
            {"from": instant_data(each, plan), "answer": ruling.value}
            for each, ruling in reply.changes
        ],
        "instructions": _ids(reply.rules),
    }


def _part(part: Part, plan: Plan) -> dict[str, object]:
    return {
        "topic": part.topic,
        "answer": part.holding.ruling.value,
        "until": _until(part.turn, plan),
    }


def _until(turn: Turn | None, plan: Plan) -> str | None:
    return None if turn is None else instant_data(turn.instant, plan)


def _ids(rules: Iterable[PlannedInstruction]) -> list[str]:
    return [each.instruction.id for each in rules]
