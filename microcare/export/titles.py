"""Titles of calendar days: enough by themselves, and silent where a stranger may read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.core.conditions import Answer
from microcare.core.model import Verb
from microcare.core.points import is_wish
from microcare.core.timeline import Change

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microcare.core.planned import PlannedInstruction
    from microcare.core.timeline import Day, Event, Plan
    from microcare.wording.rows import RowWriter
    from microcare.wording.words import PlanWords

LONGEST = 160
"""A title has this many characters at most; what doesn't fit is told in the description."""

_BEGINS = {
    Verb.TAKE: "take",
    Verb.AVOID: "avoid",
    Verb.WAIT_SINCE: "avoid",
    Verb.USE: "use",
    Verb.DO: "do",
    Verb.MAY: "allowed:",
    Verb.EXPECT: "expect",
    Verb.REPEAT: "due:",
}
_LAST = (Verb.EXPECT, Verb.MAY)
_OVER = (Verb.TAKE, Verb.USE, Verb.DO, Verb.EXPECT)


def digest_title(day: Day, plan: Plan, words: PlanWords, writer: RowWriter) -> str:
    """Return a day's title: what changes and until when, in words for the lock screen.

    It names no medicine and no patient factor: what depends on one is "perhaps" so.
    """
    lead = _distance_words(day.distance)
    phrases = list(_phrases(day, plan, words, writer)) or ["see the details"]
    title = f"{lead}: {phrases[0]}"
    for number, phrase in enumerate(phrases[1:], start=1):
        longer = f"{title}; {phrase}"
        if len(longer) > LONGEST:
            return f"{title}; and {len(phrases) - number} more, see the details"
        title = longer
    return title


def discreet_title(day: Day) -> str:
    """Return a day's title that names no treatment and no topic."""
    when = _distance_words(day.distance) if day.distance else "the day"
    return f"Personal reminder ({when})"


def _distance_words(distance: int) -> str:
    if distance == 0:
        return "Treatment day"
    count = "1 day" if abs(distance) == 1 else f"{abs(distance)} days"
    return f"{count} {'before' if distance < 0 else 'after'}"


def _phrases(day: Day, plan: Plan, words: PlanWords, writer: RowWriter) -> Iterable[str]:
    by_frame: dict[tuple[str, str], list[str]] = {}
    for event in sorted(day.events, key=_importance):
        perhaps = "perhaps " if event.planned.applies is Answer.ASK else ""
        for (lead, tail), labels in _frames(event, plan, words, writer):
            names = by_frame.setdefault((f"{perhaps}{lead}", tail), [])
            names.extend(label for label in labels if label not in names)
    for (lead, tail), names in by_frame.items():
        yield " ".join(part for part in (lead, ", ".join(names), tail) if part)


def _importance(event: Event) -> int:
    """Return the place of an event among a day's: bans first, expectations last.

    What depends on an answer comes after what is sure.
    """
    later = 4 if event.planned.applies is Answer.ASK else 0
    if event.planned.restricts:
        return later + (1 if event.change is Change.ENDS else 0)
    return later + (3 if event.planned.instruction.verb in _LAST else 2)


def _frames(
    event: Event, plan: Plan, words: PlanWords, writer: RowWriter
) -> Iterable[tuple[tuple[str, str], list[str]]]:
    each = event.planned
    time = words.time(event.instant) if event.instant is not None else ""
    since = f"from {time}" if time else ""
    match event.change:
        case Change.LAST_FINE_DAY:
            yield ("last day for", ""), _labels(each.instruction.topics, plan)
        case Change.BEGINS_AT_LATEST if each.restricts:
            yield ("at the latest from now avoid", ""), _labels(each.instruction.topics, plan)
        case Change.BEGINS | Change.HAPPENS if each.instruction.verb in _BEGINS:
            yield (
                (_BEGINS[each.instruction.verb], _tail(each, since, words)),
                _labels(each.instruction.topics, plan),
            )
        case Change.ENDS if each.restricts:
            free = [
                release.topic
                for release in event.releases
                if not release.held_by and not release.except_for
            ]
            if free:
                yield ("fine again:", since), _labels(free, plan)
            partly = [
                release.topic
                for release in event.releases
                if not release.held_by and release.except_for
            ]
            held = [release.topic for release in event.releases if release.held_by]
            if held and not free and not partly:
                yield ("still avoid", ""), _labels(held, plan)
            if partly:
                yield ("fine again in part:", since), _labels(partly, plan)
        case Change.AT_LEAST_OVER if each.restricts:
            yield (_lasting(each, words), ""), _labels(each.instruction.topics, plan)
        case Change.ENDS if each.instruction.verb in _OVER:
            over = writer.topics_over(event)
            lead = "over:" if over else "goes on:"
            yield (lead, ""), _labels(over or each.instruction.topics, plan)
        case _:
            return


def _lasting(each: PlannedInstruction, words: PlanWords) -> str:
    """Return what is to be said where the shorter of a ban's two ends has come."""
    window, until = each.instruction.window, each.dated.until
    if window.until_state is not None or until is None:
        return f"fine again once {window.until_state or 'the clinic says so'}:"
    wish = "if possible" if is_wish(window.until) else "better"
    return f"{wish} still ({words.until(until)}) avoid"


def _tail(each: PlannedInstruction, since: str, words: PlanWords) -> str:
    if each.instruction.window.at is not None or not each.restricts:
        return since
    if each.dated.until is not None:
        end = words.end(each) or ""
        return " ".join(part for part in (since, end) if part)
    return since


def _labels(topics: Iterable[str], plan: Plan) -> list[str]:
    """Return topics in words; what is a medicine is called no more than that."""
    known = plan.protocol.topics
    return list(
        dict.fromkeys(
            "a medicine" if known[name].medicine else known[name].label for name in topics
        )
    )
