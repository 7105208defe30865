"""How far bans reach from the treatment: which of two reaches further, and which can't be told."""

from __future__ import annotations

from datetime import datetime

from microcare.core.plan.claims import ALWAYS, NEVER
from microcare.core.plan.planned import End, Kind, PlannedInstruction
from microcare.core.sheet.points import Side

Reach = tuple[float, str | None]
"""How far a ban reaches on one side, in seconds, and the words of what may end it later."""

ENDLESS: Reach = (float("inf"), None)


def exceeds(one: Reach, other: Reach) -> bool:
    """Return whether one ban surely reaches further than another."""
    return one != other and one[0] >= other[0] and other[1] in (None, one[1])


def find_reach(each: PlannedInstruction, side: Side) -> Reach:
    """Return how far a ban reaches; a bound that nobody stated reaches beyond any date."""
    dated, window, visit = each.dated, each.instruction.window, each.visit
    if each.kind is Kind.UNDATED:
        return ENDLESS
    if side is not Side.AFTER:
        if dated.start is None:
            return ENDLESS
        return (visit.start - dated.start).total_seconds(), None
    if each.end is End.UNSTATED:
        return ENDLESS
    ends = dated.until or dated.until_at_least
    distance = float("-inf") if ends is None else (ends - visit.end).total_seconds()
    match each.end:
        case End.STATE | End.STATE_AFTER_DATE:
            return distance, window.until_state
        case End.WORDS:
            return distance, window.until_words
        case End.TREATMENT_OVER:
            return 0, None
        case End.AT_LEAST:
            return distance, End.AT_LEAST.value
        case _:
            return distance, None


def find_span(rules: list[PlannedInstruction]) -> tuple[datetime, datetime]:
    """Return when bans may hold, `[start, until)`: what may be resumed is free from its end on."""
    return (
        min(each.dated.start or ALWAYS for each in rules),
        max(_find_close(each) for each in rules),
    )


def _find_close(rule: PlannedInstruction) -> datetime:
    dated = rule.end in (End.DATE, End.TREATMENT, End.TREATMENT_OVER)
    sure = dated and rule.instruction.stated_as is None
    return rule.dated.until or NEVER if sure else NEVER


def are_apart(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    """Return whether one is over when the other begins."""
    return one[1] <= other[0] or other[1] <= one[0]
