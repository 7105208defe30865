"""The words of one plan: its dates, its windows' ends, its conditions and labels."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.implied import closes_at_start, ends_itself
from microcare.core.sheet.points import Clock, Length, Offset, Qualifier, is_wish
from microcare.wording.conditions import condition_text
from microcare.wording.dates import clock_time, short_date
from microcare.wording.labels import list_labels

if TYPE_CHECKING:
    from microcare.core.plan.plan import Plan
    from microcare.core.plan.planned import PlannedInstruction
    from microcare.core.sheet.instruction import Instruction


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
        return list_labels(instruction, self._plan.protocol)

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
