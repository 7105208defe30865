"""The days of a plan in texts: what changes on each, and what is still in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from microcare.core.plan.days import Day
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import PlannedInstruction
from microcare.core.plan.transitions import Change, Transition
from microcare.core.plan.treatments import Treatment
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.points import Side
from microcare.core.time.appointment import Appointment
from microcare.core.values import replace, value
from microcare.language.messages import say
from microcare.wording.courses import quantities
from microcare.wording.dates import signed_days
from microcare.wording.persons import ask_words
from microcare.wording.plan.footnotes import Told, list_unclear
from microcare.wording.plan.rows import Row, RowWriter
from microcare.wording.plan.words import PlanWords, longer_words, name_treatments
from microcare.wording.verbs import Tone, title_words


@value
class DayOutline:
    """One day: what changes, then what else is still in force.

    `still` are the pieces of one text. `quiet_days` counts the days without a change since the day
    listed before it, and `going_on` is what is taken or done on them by an earlier row.
    """

    day: Day
    label: str
    distance: str
    rows: tuple[Row, ...]
    still: tuple[Told, ...]
    quiet_days: int
    going_on: str = ""


def outline_days(plan: Plan, words: PlanWords, writer: RowWriter) -> Iterable[DayOutline]:
    """Yield the outlines of a plan's days; a day that tells the patient nothing is left out."""
    previous = None
    going_on: dict[str, None] = {}
    for day in plan.days:
        rows = list_rows(day, plan, words, writer)
        if not rows:
            labels = (words.labels(each.instruction) for each, _ in day.doses)
            going_on.update(dict.fromkeys(labels))
            continue
        yield DayOutline(
            day=day,
            label=words.padded(day.date),
            distance=signed_days(day.distance),
            rows=rows,
            still=tuple(_still_words(day, plan, words, writer)),
            quiet_days=(day.date - previous).days - 1 if previous is not None else 0,
            going_on=", ".join(going_on),
        )
        going_on.clear()
        previous = day.date


def list_rows(day: Day, plan: Plan, words: PlanWords, writer: RowWriter) -> tuple[Row, ...]:
    """Return the rows of what changes on a day; each treatment of it is one of them."""
    first, *parts = split_changes(day, day.transitions)
    rows = list(_transition_rows(first, writer))
    for part, treated in zip(parts, group_treatments(day), strict=True):
        time, title = words.visit_time(treated[0].visit), name_treatments(treated, plan)
        open_ = () if treated[0].booked else (say("not booked yet"),)
        rows += [Row(time, "", title, open_, Tone.VISIT), *_transition_rows(part, writer)]
    return tuple(rows)


def _still_verb(each: PlannedInstruction) -> str:
    """Return what is still to be done, with whom to ask before it."""
    verb = title_words(each.instruction.verb)
    for asked in ask_words(each.instruction):
        verb = say("{first}, then {verb}", first=asked, verb=verb)
    return verb


def _transition_rows(transitions: Iterable[Transition], writer: RowWriter) -> tuple[Row, ...]:
    """Return the rows of transitions; restrictions that end at one time are released together."""
    rows: list[Row] = []
    told = tuple(transitions)
    freed = {
        (each.instant, topic)
        for each in told
        if each.change is Change.ENDS
        and each.planned.restricts
        # The row of a ban for some leaves out what holds for the others.
        and each.planned.applies is Answer.YES
        for topic in each.topics
    }
    for _, group in groupby(told, key=writer.group_key):
        rows.extend(writer.transition_rows(tuple(group), freed))
    return tuple(rows)


def group_treatments(day: Day) -> tuple[tuple[Treatment, ...], ...]:
    """Return the treatments of a day, those that start together in one group."""
    groups = groupby(day.treatments, key=lambda each: each.visit.start)
    return tuple(tuple(together) for _, together in groups)


def split_changes(
    day: Day, transitions: Iterable[Transition]
) -> tuple[tuple[Transition, ...], ...]:
    """Return what changes on a day before its first treatment, and what from each one on."""
    parts, left = [], tuple(transitions)
    for treated in group_treatments(day):
        visits = {each.number: each.visit for each in treated}
        early: list[Transition] = []
        late: list[Transition] = []
        for each in left:
            visit = visits.get(each.planned.treatment.number, treated[0].visit)
            (early if _precedes_visit(each, visit) else late).append(each)
        parts.append(tuple(early))
        left = tuple(late)
    return (*parts, left)


def _precedes_visit(transition: Transition, visit: Appointment) -> bool:
    """Return whether a transition of the day of an appointment is told before the treatment.

    A numbered day that may be the treatment day itself counts from midnight, but speaks of the
    time after the treatment. What ends with a treatment of unknown length ends at its start, and so
    do bans that the treatment closes, after which something else governs.
    """
    own = transition.planned.visit == visit
    after = own and (
        transition.planned.side is Side.AFTER or transition.change is Change.ENDS_WITH_TREATMENT
    )
    if transition.instant is None or visit.all_day:
        return not after
    if transition.change is Change.ENDS and transition.instant == visit.end:
        return False
    if transition.change is Change.GOVERNS and transition.instant == visit.start:
        return False
    return transition.instant <= visit.start and not after


def _still_words(day: Day, plan: Plan, words: PlanWords, writer: RowWriter) -> Iterable[Told]:
    """Yield what holds beside a day's changes, each topic once, the sure before the asked."""
    sure: dict[_Heeded, _Names] = {}
    asked: dict[str, dict[_Heeded, _Names]] = {}
    for each, topics in day.still:
        condition = words.condition(each)
        said = asked.setdefault(condition, {}) if condition else sure
        end = find_open_end(each, day, plan, words)
        facts = (*((end,) if end else ()), *still_facts(each, day, plan, words))
        heeded = (_still_verb(each), facts, each.restricts)
        names = said.setdefault(heeded, {})
        for label in words.topic_list(each.instruction, topics):
            unclear = names.setdefault(f"{label}{writer.area(each)}", {})
            unclear.update(dict.fromkeys(list_unclear(plan, each.instruction)))
    separator = ""
    for lead, said in (("", sure), *((f"{each}, ", said) for each, said in asked.items())):
        for first, *others in _join_heeded(said, sure if lead else {}):
            yield replace(first, text=f"{separator}{lead}{first.text}")
            yield from others
            separator = "; "


_Heeded = tuple[str, tuple[str, ...], bool]
"""What is to be heeded in one way: its verb, what is to be known of it, whether it is a ban."""

_Names = dict[str, dict[str, None]]
"""The labels of what is heeded in one way, each with what the sheet leaves open of it."""


def _join_heeded(
    said: Mapping[_Heeded, _Names], sure: Mapping[_Heeded, _Names]
) -> Iterable[tuple[Told, ...]]:
    """Yield the pieces of what is said once: not with more facts elsewhere, or for certain.

    Of a ban the facts are what may end it, so that one with fewer of them says more; what is
    certain hides none that ends otherwise.
    """
    here, for_certain = _list_facts(said), _list_facts(sure)
    for (verb, facts, restricts), names in said.items():
        own = frozenset(facts)
        says_less = own.__gt__ if restricts else own.__lt__
        is_said = own.__eq__ if restricts else own.__le__
        new = [
            name
            for name in names
            if not any(map(says_less, here[verb, name]))
            and not any(map(is_said, for_certain.get((verb, name), ())))
        ]
        if new:
            leads = (f"{verb} ", *(", " for _ in new[1:]))
            told = tuple(
                Told(f"{lead}{name}", tuple(names[name]))
                for lead, name in zip(leads, new, strict=True)
            )
            tail = f" ({', '.join(facts)})" if facts else ""
            yield (*told[:-1], replace(told[-1], tail=tail))


def _list_facts(said: Mapping[_Heeded, _Names]) -> dict[tuple[str, str], list[frozenset[str]]]:
    """Return what is told of each verb and topic."""
    found: dict[tuple[str, str], list[frozenset[str]]] = {}
    for (verb, facts, _), names in said.items():
        for name in names:
            found.setdefault((verb, name), []).append(frozenset(facts))
    return found


def find_open_end(each: PlannedInstruction, day: Day, plan: Plan, words: PlanWords) -> str:
    """Return the end of a rule that goes on which is no date, or is only perhaps one."""
    window, least = each.instruction.window, each.dated.until_at_least
    passed = least is not None and least <= plan.visit.day_start(day.date)
    if window.until_state is not None:
        end = words.end(each, avoided=True)
        if passed or end is None:
            return say("until {state}", state=window.until_state)
        return end
    return longer_words(each) if passed else ""


def still_facts(
    each: PlannedInstruction, day: Day, plan: Plan, words: PlanWords
) -> tuple[str, ...]:
    """Return what is to be known of a rule that goes on, beside its end.

    That is what a duty counts, from what on to call, and what of it an answer may forbid by then.
    """
    found: list[str] = []
    if each.instruction.verb.traits.doses or each.instruction.verb.traits.needs_cause:
        found.extend(quantities(each.instruction, words.named.topics))
    for lost in each.doubted:
        first, last = (
            plan.visit.local_date(instant) if instant is not None else None
            for instant in (lost.start, lost.until)
        )
        if (first is None or first <= day.date) and (last is None or last > day.date):
            label = words.named.topics[lost.topic].label
            found.extend(
                say("but not {topics} {condition}", topics=label, condition=condition)
                for condition in filter(None, map(words.condition, lost.by))
            )
    return tuple(dict.fromkeys(found))
