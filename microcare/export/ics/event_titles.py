"""Titles of single events, and the words that titles of days have, too."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import End, PlannedInstruction
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.points import Clock, Offset, Qualifier
from microcare.core.sheet.verbs import Verb
from microcare.core.values import value
from microcare.export.ics.title_names import TitleNames
from microcare.wording.dates import short_weekday
from microcare.wording.persons import told_verb
from microcare.wording.plan.words import PlanWords
from microcare.wording.verbs import WORDS


def lead_words(instruction: Instruction) -> str:
    """Return the verb that a title tells: it names persons to call, and says to ask first."""
    if instruction.call is not None:
        return f"{told_verb(instruction, '')} about"
    return told_verb(instruction, WORDS[instruction.verb].title)


@value
class Governing:
    """A time `[start, until)`, in UTC, for which a window governs these of its topics."""

    start: datetime
    until: datetime
    topics: tuple[str, ...]


def list_governing(each: PlannedInstruction) -> Iterable[Governing]:
    """Yield when a window governs; nothing where an end is not known.

    Bans may overrule some of its topics for a time, or all.
    """
    start, until = each.dated.start, each.dated.until
    if start is None or until is None or start >= until:
        return
    turns = {lost.start for lost in each.overruled} | {lost.until for lost in each.overruled}
    inside = {turn for turn in turns if turn is not None and start < turn < until}
    begins, topics = start, _list_free(each, start)
    for turn in (*sorted(inside), until):
        left = _list_free(each, turn) if turn < until else ()
        if left != topics:
            if topics:
                yield Governing(begins, turn, topics)
            begins, topics = turn, left


def _list_free(each: PlannedInstruction, instant: datetime) -> tuple[str, ...]:
    topics = each.instruction.topics
    return tuple(name for name in topics if not each.is_overruled_for(name, instant))


def span_title(
    each: PlannedInstruction, time: Governing, plan: Plan, words: PlanWords, names: TitleNames
) -> str:
    """Return the title of a window's bar; one within a day says from when to when."""
    instruction, dated = each.instruction, each.dated
    verb = told_verb(instruction, WORDS[instruction.verb].verb)
    title = f"{verb}: {', '.join(names.list_labels(instruction.verb, time.topics))}"
    exceptions = names.list_labels(instruction.verb, instruction.exceptions)
    if exceptions:
        title = f"{title} (except {', '.join(exceptions)})"
    whole = (time.start, time.until) == (dated.start, dated.until)
    if whole and dated.starts_with_day and dated.ends_with_day:
        return title
    if each.end is End.TREATMENT_OVER and time.until == dated.until:
        # Its end is the end of a day that is longer than any treatment, not an hour.
        return title
    last = time.until - timedelta.resolution
    within = plan.visit.local_date(time.start) == plan.visit.local_date(last)
    hours = f" ({words.clock(time.start)} to {words.clock(time.until)})"
    return f"{title}{hours}" if within else title


def moment_title(
    each: PlannedInstruction, plan: Plan, words: PlanWords, names: TitleNames, *, perhaps: bool
) -> str:
    """Return the title of what is to be done at a clock time, in words for the lock screen."""
    instruction = each.instruction
    labels = ", ".join(names.list_labels(instruction.verb, instruction.topics))
    said = f"{lead_words(instruction)} {labels}"
    early = WORDS[instruction.verb].early
    if early is not None and each.dated.start is not None and each.dated.start < plan.visit.start:
        said = told_verb(instruction, early)
    point = instruction.window.at
    if isinstance(point, Offset | Clock) and point.qualifier is Qualifier.NO_LATER:
        start = each.dated.start or plan.visit.start
        day = short_weekday(plan.visit.local_date(start))
        said = f"{said} by {day} {words.clock(start)}"
    return begin_title(said, perhaps=perhaps or instruction.verb is Verb.CALL_IF)


def stop_title(
    each: PlannedInstruction, topics: Iterable[str], clock: str, names: TitleNames
) -> str:
    """Return the title of food and drink that are to be stopped at a clock time."""
    instruction = each.instruction
    labels = ", ".join(names.list_labels(instruction.verb, topics))
    exceptions = ", ".join(names.list_labels(instruction.verb, instruction.exceptions))
    # What a permission leaves out was never allowed.
    kept = f" (except {exceptions})" if exceptions and each.restricts else ""
    said = f"{told_verb(instruction, 'no')} {labels}{kept} from {clock}"
    return begin_title(said, perhaps=each.applies is Answer.ASK)


def begin_title(said: str, *, perhaps: bool) -> str:
    """Return a title with a capital; what depends on an answer is perhaps so."""
    said = f"perhaps {said}" if perhaps else said
    return f"{said[:1].upper()}{said[1:]}"
