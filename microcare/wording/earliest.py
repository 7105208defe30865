"""The earliest appointment in words: what binds, the date, what else there is to know."""

from __future__ import annotations

from collections.abc import Iterable

from microcare.core.plan.asking import list_late, list_screened, list_unasked
from microcare.core.plan.earliest import Candidate, Earliest
from microcare.core.plan.last_times import LastTime
from microcare.core.plan.openings import Opening
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import Kind, PlannedInstruction
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.instruction import Instruction, Strength
from microcare.core.sheet.protocol import Protocol
from microcare.core.sheet.vocabulary import find_members
from microcare.core.values import value
from microcare.language.messages import say, say_as
from microcare.wording.conditions import condition_text
from microcare.wording.dates import clock_time, distance_words, full_date, short_date
from microcare.wording.labels import about_words, topic_labels
from microcare.wording.persons import ask_words, told_text
from microcare.wording.rules import rule_text


@value
class EarliestTold:
    """What is printed of it: why the treatment is not done, then lines with their heads.

    `binding` comes before the `date`, in full words; `others` after it.
    """

    blocked: tuple[str, ...]
    binding: tuple[tuple[str, str], ...]
    date: str
    others: tuple[tuple[str, str], ...]


def tell_earliest(found: Earliest, plan: Plan, *, chosen_by: str) -> EarliestTold:
    """Return the words for what was found; `plan` is that of the earliest appointment."""
    binding = tuple(("binds", _candidate(each, plan)) for each in found.candidates if each.binds)
    earliest = found.earliest
    if earliest is None:
        raise ValueError("nothing was found")
    by = f", {chosen_by}" if chosen_by else ""
    distance = distance_words((earliest.day - plan.visit.local_date(plan.now)).days)
    return EarliestTold(
        blocked=tuple(told_text(each.instruction) for each in plan.blocked_by),
        binding=binding or (("binds", "nothing"),),
        date=f"{opening_words(earliest, plan)} · {distance} ({plan.protocol.id}{by})",
        others=tuple(_list_others(found, plan)),
    )


def last_words(last: LastTime, plan: Plan) -> str:
    """Return when something was done last: "last Fri 20 Nov", "planned for …"."""
    if last.day is None:
        return say_as("answer", "never")
    when = short_date(last.day, _this_year(plan))
    if last.instant is not None:
        when = f"{when}, {clock_time(plan.visit.local(last.instant))}"
    return say("planned for {time}", time=when) if last.planned else say("last {time}", time=when)


def ban_words(instruction: Instruction, last: LastTime, plan: Plan, named: Protocol) -> str:
    """Return a ban and its last time, as `named` has it: what, when, and the sheet's own rule."""
    topics = named.topics
    about, parts = topics[last.topic].label, {last.topic, *find_members(last.topic, topics)}
    if last.topic not in instruction.topics:
        # It is a part of what is forbidden, or has one: what of the ban it is about.
        parted = (
            name
            for name in instruction.topics
            if not parts.isdisjoint({name, *find_members(name, topics)})
        )
        about = f"{about} ({topic_labels(parted, topics)})"
    rule = rule_text(instruction, named) or say("no time stated")
    return f"{about}, {last_words(last, plan)}: {rule}"


def _this_year(plan: Plan) -> int:
    return plan.visit.local_date(plan.now).year


def opening_words(opening: Opening, plan: Plan, *, short: bool = False) -> str:
    """Return an opening in full words, or in short ones, this year's without the year."""
    day = short_date(opening.day, _this_year(plan)) if short else full_date(opening.day)
    if opening.start is None:
        return day
    time = clock_time(plan.visit.local(opening.start))
    return f"{day}, " + say("{time} or later", time=time)


def _candidate(each: Candidate, plan: Plan) -> str:
    words = ban_words(each.instruction, each.last, plan, plan.protocol)
    condition = each.instruction.condition
    facts = [*ask_words(each.instruction)]
    if condition is not None and each.applies is Answer.ASK:
        facts.append(f"if {condition_text(condition, plan.protocol.factors)}")
    if each.instruction.strength is not Strength.MUST:
        facts.append("advised")
    told = f" ({', '.join(facts)})" if facts else ""
    dates = dict.fromkeys(filter(None, (each.earliest, each.recommended)))
    from_words = ", better ".join(opening_words(day, plan, short=True) for day in dates)
    return f"{words}{told}; from {from_words}"


def _list_others(found: Earliest, plan: Plan) -> Iterable[tuple[str, str]]:
    topics = plan.protocol.topics
    if found.recommended not in (None, found.earliest):
        yield "better", opening_words(found.recommended, plan)
    for each in found.candidates:
        if not each.binds:
            yield "also", _candidate(each, plan)
    if found.offers[1:]:
        yield "then", "; ".join(opening_words(each, plan, short=True) for each in found.offers[1:])
    if any(each.planned for each in plan.lasts):
        yield "before", _before(found, plan)
    if found.silent:
        silent = topic_labels((each.topic for each in found.silent), topics)
        yield "silent", f"{silent}: the protocol states no interval before the treatment; ask"
    for ban, last in found.undated:
        yield "undated", f"{ban_words(ban, last, plan, plan.protocol)}; ask"
    if late := list_late(plan):
        yield "late", "; ".join(dict.fromkeys(_late(each, plan) for each in late))
    yield from _list_questions(plan)


def _before(found: Earliest, plan: Plan) -> str:
    if found.before is None:
        return "what is planned, no whole day is free"
    first, last = (opening_words(each, plan, short=True) for each in found.before)
    span = first if first == last else f"{first} through {last}"
    return f"what is planned, {span} is free too"


def _list_questions(plan: Plan) -> Iterable[tuple[str, str]]:
    if names := list_unasked(plan):
        yield "ask too", f"{', '.join(names)} (--last NAME=DATE or NAME=never)"
    if screens := list_screened(plan):
        yield "no date", f"cures {', '.join(screens)} (--with or --without NAME)"


def _late(each: PlannedInstruction, plan: Plan) -> str:
    due = each.dated.start_at_latest or each.dated.start
    about = about_words(each.instruction, plan.protocol)
    if due is None:
        return about
    lead = "by" if each.kind is Kind.MOMENT else "from"
    condition = each.instruction.condition
    told = ""
    if condition is not None and each.applies is Answer.ASK:
        told = f", if {condition_text(condition, plan.protocol.factors)}"
    return f"{about} ({lead} {short_date(plan.visit.local_date(due), _this_year(plan))}{told})"
