"""Ask a few instructions whether something is allowed, as `can` does."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from microcare.core.plan.replies import Reply, find_day_reply, find_reply
from tests.samples import at, plan, visit

if TYPE_CHECKING:
    from microcare.core.plan.plan import Plan


class Answered(NamedTuple):
    """An answer, the clinic's wall clock at which it turns, and what it turns into."""

    answer: str
    until: str | None = None
    then: str | None = None


def ask(found: Plan, topic: str, wall: str) -> Reply:
    """Return the reply for a wall-clock time, or for a whole date; of 2026 or 2027."""
    if not wall.startswith("20"):
        wall = f"{'2027' if wall < '06' else '2026'}-{wall}"
    if len(wall) == len("2026-12-10"):
        return find_day_reply(found, topic, date.fromisoformat(wall))
    return find_reply(found, topic, at(wall, found.visit.zone.key))


def answered(reply: Reply, found: Plan) -> Answered:
    """Return what a reply says."""
    until = None
    if reply.turn is not None:
        until = found.visit.local(reply.turn.instant).strftime("%m-%d %H:%M")
    return Answered(reply.ruling.value, until, reply.then.value if reply.then else None)


class Asked:
    """The plan of a few instructions, to ask it again and again."""

    def __init__(
        self,
        instructions: str,
        start: str = "2026-12-10 14:30",
        *,
        header: str = "day-1: next day",
        minutes: int | None = None,
        **answers: bool,
    ) -> None:
        known = {name.replace("_", "-"): value for name, value in answers.items()}
        self.plan = plan(instructions, visit(start, minutes=minutes), header=header, answers=known)

    def __call__(self, topic: str, wall: str) -> Answered:
        """Return the answer at a wall-clock time, or for a whole date."""
        return answered(ask(self.plan, topic, wall), self.plan)

    def reply(self, topic: str, wall: str) -> Reply:
        """Return all of the reply."""
        return ask(self.plan, topic, wall)
