"""Dates, times and windows in the words that a receptionist reads aloud."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from microcare.core.sheet.conditions import Answer, condition_text
from microcare.core.sheet.implied import closes_at_start, ends_itself
from microcare.core.sheet.instruction import Instruction, Strength
from microcare.core.sheet.points import Clock, Length, Offset, Qualifier, is_wish
from microcare.core.sheet.vocabulary import topic_labels
from microcare.wording.courses import amount_words, course_words
from microcare.wording.dates import short_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from microcare.core.plan.plan import Plan
    from microcare.core.plan.planned import PlannedInstruction
    from microcare.core.sheet.protocol import Clinic
    from microcare.core.sheet.vocabulary import Topic

_NOON = 12


def clock_time(local: datetime) -> str:
    """Return a wall-clock time: "2:30 pm", with its offset where the clock shows it twice."""
    hour = local.hour % _NOON or _NOON
    text = f"{hour}:{local.minute:02} {'am' if local.hour < _NOON else 'pm'}"
    if local.second:
        text = f"{hour}:{local.minute:02}:{local.second:02} {text[-2:]}"
    if local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset():
        return f"{text} ({utc_offset(local)})"
    return text


def utc_offset(local: datetime) -> str:
    """Return an aware time's offset: "UTC−05:00"."""
    offset = local.utcoffset() or timedelta()
    minutes = round(abs(offset).total_seconds() / 60)
    sign = "−" if offset < timedelta() else "+"
    return f"UTC{sign}{minutes // 60:02}:{minutes % 60:02}"


def distance_words(days: int) -> str:
    """Return a number of days from today in words: "tomorrow", "in 19 days", "3 days ago"."""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    return f"in {days} days" if days > 0 else f"{-days} days ago"


def signed_days(days: int) -> str:
    """Return a distance from the treatment day: "−3", "0", "+10"."""
    return "0" if days == 0 else f"{'−' if days < 0 else '+'}{abs(days)}"


class PlanWords:
    """The words of one plan: its dates need the appointment's zone and year."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._year = plan.visit.day.year

    def short(self, day: date) -> str:
        """Return a date in short."""
        return short_date(day, self._year)

    def padded(self, day: date) -> str:
        """Return a date in short whose parts stand below those of the others."""
        weekday, number, rest = self.short(day).split(" ", 2)
        return f"{weekday} {number:>2} {rest}"

    def time(self, instant: datetime) -> str:
        """Return an instant's time, empty at the first instant of a day."""
        visit = self._plan.visit
        local = visit.local(instant)
        return "" if instant == visit.day_start(local.date()) else clock_time(local)

    def clock(self, instant: datetime) -> str:
        """Return an instant's time, "12:00 am" at midnight."""
        return clock_time(self._plan.visit.local(instant))

    def moment(self, instant: datetime) -> str:
        """Return an instant's date and, unless a day begins with it, its time."""
        day = self.short(self._plan.visit.local_date(instant))
        time = self.time(instant)
        return f"{day}, {time}" if time else day

    def until(self, instant: datetime) -> str:
        """Return an exclusive end: "through Sun 20 Dec" at a day's start, else "until …"."""
        if self.time(instant):
            return f"until {self.moment(instant)}"
        last = self._plan.visit.local_date(instant) - timedelta(days=1)
        return f"through {self.short(last)}"

    def end(self, each: PlannedInstruction) -> str | None:
        """Return when a window ends, every reading of it; None where it is a moment."""
        dated, window = each.dated, each.instruction.window
        if window.at is not None or not each.is_dated:
            return None
        if window.until_state is not None:
            return self._end_by_state(each, window.until_state)
        if dated.until is None:
            if window.until_words is not None:
                return f"for {window.until_words} (no date stated)"
            # Of a course that ends by its steps or its count, these say when.
            return None if ends_itself(each.instruction) else "no end stated"
        if closes_at_start(each.instruction):
            return "until your treatment"
        if dated.until_at_least is None:
            return f"{_most_words(each)}{self.until(dated.until)}"
        return f"at least {self.until(dated.until_at_least)}, {self._longer(each)}"

    def start_range(self, each: PlannedInstruction) -> str | None:
        """Return the latest start, where a sheet gives a range; a moment has no "from"."""
        latest = each.dated.start_at_latest
        if latest is None:
            return None
        lead = "at the latest from" if each.instruction.window.at is None else "no later than"
        return f"{lead} {self.moment(latest)}"

    def condition(self, each: PlannedInstruction) -> str | None:
        """Return "if …" where it is not known that the instruction applies."""
        condition = each.instruction.condition
        if condition is None or each.applies is not Answer.ASK:
            return None
        return f"if {condition_text(condition, self._plan.protocol.factors)}"

    def each_label(self, instruction: Instruction) -> tuple[str, ...]:
        """Return what an instruction is about, a label a topic; exceptions go with the last."""
        protocol = self._plan.protocol
        if instruction.verb.traits.screens:
            return tuple(protocol.factors[name].yes for name in instruction.topics)
        names = [protocol.topics[name].label for name in instruction.topics]
        if instruction.exceptions and names:
            left_out = topic_labels(instruction.exceptions, protocol.topics)
            names[-1] += f" (except {left_out})"
        return tuple(names)

    def labels(self, instruction: Instruction) -> str:
        """Return what an instruction is about, as a list in words."""
        return ", ".join(self.each_label(instruction))

    def _end_by_state(self, each: PlannedInstruction, state: str) -> str:
        dated = each.dated
        if dated.until is not None:
            return f"{self.until(dated.until)}, or until {state} if that is sooner"
        if dated.until_at_least is not None:
            return f"until {state}, and at least {self.until(dated.until_at_least)}"
        return f"until {state}"

    def _longer(self, each: PlannedInstruction) -> str:
        words = self.until(each.dated.until) if each.dated.until is not None else ""
        if is_wish(each.instruction.window.until):
            return f"if possible {words}"
        return f"better {words}" if each.restricts else f"at most {words}"


def _most_words(each: PlannedInstruction) -> str:
    """Return what stands before an end that may come sooner, or must not come later."""
    until = each.instruction.window.until
    hedge = until.qualifier if isinstance(until, Offset | Length | Clock) else None
    if each.restricts:
        return ""
    return (
        {Qualifier.UP_TO: "at most ", Qualifier.NO_LATER: "at the latest "}.get(hedge, "")
        if hedge
        else ""
    )


def quantities(
    instruction: Instruction, topics: Mapping[str, Topic], topic: str | None = None
) -> tuple[str, ...]:
    """Return what an instruction counts beside time, its strength and its area, in words.

    With a `topic`, its amounts are that one's.
    """
    found = []
    if instruction.strength is Strength.SHOULD:
        found.append("recommended")
    if instruction.area is not None:
        found.append(instruction.area)
    amounts = instruction.amounts
    if amounts is not None and topic is not None:
        amounts = dict(amounts.by_topic).get(topic, replace(amounts, by_topic=()))
    return (*found, *amount_words(amounts, topics), *course_words(instruction))


def clinic_words(clinic: Clinic) -> str:
    """Return what is known of the clinic, empty where nothing is."""
    return ", ".join(filter(None, [clinic.name, clinic.phone, clinic.address]))


def ask_clinic(clinic: Clinic) -> str:
    """Return whom to ask: "ask Clinic Name, 555 0100", or "ask the clinic"."""
    return ", ".join(["ask " + (clinic.name or "the clinic"), *filter(None, [clinic.phone])])
