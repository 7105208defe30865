"""Titles of calendar days: enough by themselves, and silent where a stranger may read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.core.conditions import Answer
from microcare.core.model import Verb
from microcare.core.points import is_wish
from microcare.core.timeline import Change
from microcare.wording.persons import told_verb

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microcare.core.planned import PlannedInstruction
    from microcare.core.timeline import Day, Event, Plan
    from microcare.core.vocabulary import Topic
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
    Verb.ARRIVE: "arrive:",
    Verb.TELL: "tell us",
    Verb.ARRANGE: "arrange",
    Verb.CALL_IF: "call us about",
    Verb.REPEAT: "due:",
}
_LAST = (Verb.EXPECT, Verb.MAY)
_OVER = (Verb.TAKE, Verb.USE, Verb.DO, Verb.EXPECT)


def digest_title(day: Day, plan: Plan, words: PlanWords, writer: RowWriter) -> str:
    """Return a day's title: what changes and until when, in words for the lock screen.

    It names no medicine and no patient factor: what depends on one is "perhaps" so.
    """
    when = _distance_words(day.distance)
    frames = list(_day_frames(day, plan, words, writer))
    if not frames:
        return f"{when}: see the details"
    phrases = [_phrase(*frame) for frame in frames]
    for kept in range(len(phrases), 0, -1):
        title = f"{when}: {'; '.join(phrases[:kept])}{_more(len(phrases) - kept)}"
        if len(title) <= LONGEST:
            return title
    lead, names, tail = frames[0]
    for kept in range(len(names) - 1, 0, -1):
        some = [*names[:kept], f"{len(names) - kept} more"]
        title = f"{when}: {_phrase(lead, some, tail)}{_more(len(phrases) - 1)}"
        if len(title) <= LONGEST:
            break
    return shorten(title)


def discreet_title(day: Day) -> str:
    """Return a day's title that names no treatment and no topic."""
    when = _distance_words(day.distance) if day.distance else "the day"
    return f"Personal reminder ({when})"


def span_title(verb: str, each: PlannedInstruction, plan: Plan) -> str:
    """Return the title of a window's bar."""
    title = f"{verb}: {', '.join(_labels(each.instruction.topics, plan))}"
    exceptions = ", ".join(_labels(each.instruction.exceptions, plan))
    return f"{title} (except {exceptions})" if exceptions else title


def shorten(title: str) -> str:
    """Return a title that is not too long; what is cut off stands in the description."""
    return title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…"


def _distance_words(distance: int) -> str:
    if distance == 0:
        return "Treatment day"
    count = "1 day" if abs(distance) == 1 else f"{abs(distance)} days"
    return f"{count} {'before' if distance < 0 else 'after'}"


def _more(count: int) -> str:
    return f"; and {count} more, see the details" if count else ""


def _phrase(lead: str, names: list[str], tail: str) -> str:
    return " ".join(part for part in (lead, ", ".join(names), tail) if part)


def _day_frames(
    day: Day, plan: Plan, words: PlanWords, writer: RowWriter
) -> Iterable[tuple[str, list[str], str]]:
    """Yield what a day's changes say: a lead, the topics that share it, and until when."""
    by_frame: dict[tuple[str, str], list[str]] = {}
    begins = {event.planned.instruction.id for event in day.events if event.change is Change.BEGINS}
    for event in sorted(day.events, key=_importance):
        if event.run is not None and event.planned.instruction.id in begins:
            continue
        perhaps = "perhaps " if event.planned.applies is Answer.ASK else ""
        for (lead, tail), labels in _frames(event, plan, words, writer):
            names = by_frame.setdefault((f"{perhaps}{lead}", tail), [])
            names.extend(label for label in labels if label not in names)
    for (lead, tail), names in by_frame.items():
        yield lead, names, tail


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
    if event.run is not None:
        times = len(event.run.first.doses)
        tail = f"({times} times today)" if times > 1 else "(once today)"
        yield (_lead(each), tail), _labels(each.instruction.topics, plan)
        return
    time = words.time(event.instant) if event.instant is not None else ""
    since = f"from {time}" if time else ""
    match event.change:
        case Change.LAST_FINE_DAY:
            asks = "ask first, " if each.instruction.ask_first is not None else ""
            yield (f"{asks}last day for", ""), _labels(each.instruction.topics, plan)
        case Change.BEGINS_AT_LATEST if each.instruction.verb in _BEGINS:
            lead = f"at the latest from now {_lead(each)}"
            yield (lead, ""), _labels(each.instruction.topics, plan)
        case Change.BEGINS | Change.HAPPENS if each.instruction.verb in _BEGINS:
            yield (
                (_lead(each), _tail(each, since, words)),
                _labels(each.instruction.topics, plan),
            )
        case Change.ENDS if each.restricts:
            yield from _release_frames(event, since, plan)
        case Change.AT_LEAST_OVER if each.restricts:
            yield (_lasting(each, words), ""), _labels(each.instruction.topics, plan)
        case Change.AT_LEAST_OVER if each.instruction.verb in _OVER:
            yield ("may be over:", ""), _labels(each.instruction.topics, plan)
        case Change.ENDS if each.instruction.verb in _OVER:
            over = writer.topics_over(event)
            lead = "over:" if over else "goes on:"
            yield (lead, ""), _labels(over or each.instruction.topics, plan)
        case _:
            return


def _release_frames(
    event: Event, since: str, plan: Plan
) -> Iterable[tuple[tuple[str, str], list[str]]]:
    open_ = [release for release in event.releases if not release.held_by]
    free = [release.topic for release in open_ if not release.except_for]
    partly = [release.topic for release in open_ if release.except_for]
    if free:
        yield ("fine again:", since), _labels(free, plan)
    if partly:
        yield ("fine again in part:", since), _labels(partly, plan)
    if not open_:
        for release in event.releases:
            asks = any(holder.instruction.ask_first is not None for holder in release.held_by)
            lead = "still, ask first, then avoid" if asks else "still avoid"
            yield (lead, ""), _labels([release.topic], plan)


def _lasting(each: PlannedInstruction, words: PlanWords) -> str:
    """Return what is to be said where the shorter of a ban's two ends has come."""
    window, until = each.instruction.window, each.dated.until
    if window.until_state is not None or until is None:
        return f"fine again once {window.until_state or 'the clinic says so'}:"
    wish = "if possible" if is_wish(window.until) else "better"
    return f"{wish} still ({words.until(until)}) {_lead(each)}"


def _lead(each: PlannedInstruction) -> str:
    """Return the verb that a title tells: it names persons to call, and says to ask first."""
    instruction = each.instruction
    if instruction.verb is Verb.CALL_IF and instruction.call is not None:
        return f"{told_verb(instruction, '')} about"
    return told_verb(instruction, _BEGINS[instruction.verb])


def _tail(each: PlannedInstruction, since: str, words: PlanWords) -> str:
    if each.instruction.window.at is not None or not each.restricts:
        return since
    if each.dated.until is not None:
        end = words.end(each) or ""
        return " ".join(part for part in (since, end) if part)
    return since


def _labels(topics: Iterable[str], plan: Plan) -> list[str]:
    """Return topics in words, without brands; a medicine is called no more than that."""
    return list(dict.fromkeys(_label(plan.protocol.topics[name]) for name in topics))


def _label(topic: Topic) -> str:
    if topic.medicine:
        return "a medicine"
    name, _, brand = topic.label.removesuffix(")").partition(" (")
    return name if brand in topic.synonyms else topic.label
