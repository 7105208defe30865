"""Titles of single events, and the words that titles of days have, too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import End, PlannedInstruction
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.vocabulary import Topic, find_groups
from microcare.core.values import value
from microcare.export.ics.title_names import TitleNames
from microcare.language.messages import say, say_as
from microcare.wording.dates import short_weekday
from microcare.wording.persons import told_verb
from microcare.wording.plan.words import PlanWords
from microcare.wording.slots import SLOT
from microcare.wording.verbs import WORDS, title_words, verb_words

LONGEST_TITLE = 60
"""A title has this many characters at most; what doesn't fit is told in the description."""

_TIME = re.compile(rf"\b\d{{1,2}}:\d\d(?::\d\d)?(?: [ap]\.?m\b\.?)?|{SLOT}", re.IGNORECASE)

_PERSON = "companion"
"""The topic of which all are parts who must be asked in time."""


def lead_words(instruction: Instruction, verb: str | None = None) -> str:
    """Return a title's verb, or this `verb`: it names persons to call, and says to ask first."""
    if instruction.call is not None:
        return say("{verb} about", verb=told_verb(instruction, ""))
    return told_verb(instruction, verb or title_words(instruction.verb))


def perhaps_words(lead: str) -> str:
    """Return what is only perhaps so."""
    return say("perhaps {what}", what=lead)


def more_words(number: int) -> str:
    """Return how many more there are than a title has room for."""
    return say("+ {number} more", number=number)


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
    verb = told_verb(instruction, verb_words(instruction.verb))
    title = f"{verb}: {', '.join(names.list_labels(instruction.verb, time.topics))}"
    exceptions = names.list_labels(instruction.verb, instruction.exceptions)
    if exceptions:
        title = f"{title} ({say('except {topics}', topics=', '.join(exceptions))})"
    whole = (time.start, time.until) == (dated.start, dated.until)
    if whole and dated.starts_with_day and dated.ends_with_day:
        return title
    if each.end is End.TREATMENT_OVER and time.until == dated.until:
        # Its end is the end of a day that is longer than any treatment, not an hour.
        return title
    last = time.until - timedelta.resolution
    within = plan.visit.local_date(time.start) == plan.visit.local_date(last)
    if not within:
        return title
    first, until = words.clock(time.start), words.clock(time.until)
    return f"{title} ({say('{first} to {last}', first=first, last=until)})"


def is_person(topic: str, topics: Mapping[str, Topic]) -> bool:
    """Return whether a topic is somebody who takes the patient home, or stays."""
    return _PERSON in (topic, *find_groups(topic, topics))


def moment_title(
    each: PlannedInstruction, plan: Plan, words: PlanWords, names: TitleNames, *, perhaps: bool
) -> str:
    """Return the title of what is to be done at a clock time, in words for the lock screen."""
    instruction = each.instruction
    lead, by = lead_words(instruction), ""
    topics = plan.protocol.topics
    # Who is to be found stands before what is to be bought.
    ranked = sorted(instruction.topics, key=lambda name: not is_person(name, topics))
    labels = names.list_labels(instruction.verb, ranked)
    early = WORDS[instruction.verb].early
    if early is not None and each.dated.start is not None and each.dated.start < each.visit.start:
        lead, labels = told_verb(instruction, say(early)), []
    start = each.dated.start
    if instruction.is_deadline and start is not None:
        day = short_weekday(plan.visit.local_date(start))
        by = say("by {time}", time=f"{day} {words.clock(start)}")
    perhaps = perhaps or instruction.verb.traits.needs_cause
    return fit_title(perhaps_words(lead) if perhaps else lead, labels, by)


def stop_title(
    each: PlannedInstruction, topics: Iterable[str], since: str, names: TitleNames
) -> str:
    """Return the title of food and drink that are to be stopped at a time."""
    instruction = each.instruction
    labels = names.list_labels(instruction.verb, topics)
    exceptions = ", ".join(names.list_labels(instruction.verb, instruction.exceptions))
    # What a permission leaves out was never allowed.
    tail = say("from {time}", time=since)
    if exceptions and each.restricts:
        tail = f"{tail} ({say('except {topics}', topics=exceptions)})"
    lead = told_verb(instruction, say_as("verb", "no"))
    if each.applies is Answer.ASK:
        lead = perhaps_words(lead)
    return fit_title(lead, labels, tail)


def fit_title(lead: str, labels: Sequence[str], tail: str = "") -> str:
    """Return a title with as many labels as it has room for, and how many more there are."""
    head = end = ""
    for kept in range(len(labels), -1, -1):
        more = more_words(len(labels) - kept) if kept < len(labels) else ""
        head = " ".join(filter(None, (lead, ", ".join(labels[:kept]))))
        end = "".join(f" {each}" for each in (tail, more) if each)
        if len(head) + len(end) <= LONGEST_TITLE or kept == 1:
            break
    return cut_title(begin_title(head), end)


def cut_title(title: str, end: str = "", longest: int = LONGEST_TITLE) -> str:
    """Return a title that is not too long with its `end` whole; the rest stands in the description.

    Of a number, a clock time or a date nothing is cut off: it would be another one.
    """
    if len(title) + len(end) <= longest:
        return f"{title}{end}"
    cut = max(longest - len(end) - 1, 0)
    torn = (each.start() for each in _TIME.finditer(title) if each.start() < cut < each.end())
    kept = whole = title[: next(torn, cut)]
    while any(map(str.isdigit, whole.rpartition(" ")[2])):
        whole = whole.rpartition(" ")[0]
    return f"{whole or kept}…{end}"[:longest]


def begin_title(said: str) -> str:
    """Return a title with a capital."""
    return f"{said[:1].upper()}{said[1:]}"
