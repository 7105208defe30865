"""The words of one plan: its dates, its windows' ends, its conditions and labels."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import End, PlannedInstruction
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.instruction import Instruction, StatedTimes
from microcare.core.sheet.points import Clock, Length, Offset, Qualifier, is_wish
from microcare.wording.conditions import condition_text
from microcare.wording.dates import clock_time, short_date
from microcare.wording.labels import list_labels
from microcare.wording.rules import rule_text

NO_END = "no end stated"


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
        return short_date(day, self._year, aligned=True)

    def time(self, instant: datetime) -> str:
        """Return an instant's time, empty at the first instant of a day."""
        visit = self._plan.visit
        local = visit.local(instant)
        return "" if instant == visit.day_start(local.date()) else clock_time(local)

    def clock(self, instant: datetime) -> str:
        """Return an instant's time, "12:00 am" at midnight."""
        return clock_time(self._plan.visit.local(instant))

    def moment(self, instant: datetime, *, on: date | None = None) -> str:
        """Return an instant's date and, unless a day begins with it, its time.

        Of an instant `on` a date that is known, the time alone.
        """
        day, time = self._plan.visit.local_date(instant), self.time(instant)
        if not time:
            return self.short(day)
        return time if day == on else f"{self.short(day)}, {time}"

    def until(self, instant: datetime, *, on: date | None = None) -> str:
        """Return an exclusive end: "through Sun 20 Dec" at a day's start, else "until …"."""
        if self.time(instant):
            return f"until {self.moment(instant, on=on)}"
        last = self._plan.visit.local_date(instant) - timedelta(days=1)
        return f"through {self.short(last)}"

    def end(self, each: PlannedInstruction, *, on: date | None = None) -> str | None:
        """Return when a window ends, every reading of it; None where nothing is to be told.

        A time `on` a date that is known goes without it.
        """
        window, dated = each.instruction.window, each.dated
        until, at_least = (
            self.until(end, on=on) if end is not None else ""
            for end in (dated.until, dated.until_at_least)
        )
        match each.end:
            case End.UNSTATED:
                return NO_END
            case End.TREATMENT:
                return "until your treatment"
            case End.DATE:
                return f"{_most_words(each)}{until}"
            case End.DATE_OR_LATER:
                return f"at least {at_least}, {_longer_words(each)} {until}"
            case End.STATE:
                return f"until {window.until_state}"
            case End.STATE_AFTER_DATE:
                return f"until {window.until_state}, and at least {at_least}"
            case End.STATE_OR_DATE:
                return f"{until}, or until {window.until_state} if that is sooner"
            case End.WORDS:
                return f"for {window.until_words} (no date stated)"
            case None:
                return None

    def rule(self, each: PlannedInstruction) -> str | None:
        """Return the sheet's own words for a time; None where the end has told all of them."""
        instruction, window = each.instruction, each.instruction.window
        quoted = each.end in {End.STATE, End.STATE_AFTER_DATE, End.WORDS}
        alone = window.stated == StatedTimes() and None in (window.until_state, window.until_words)
        told = quoted and alone and instruction.stated_as is None
        return None if told else rule_text(instruction, self._plan.protocol)

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

    def labels(self, instruction: Instruction) -> str:
        """Return what an instruction is about, and what it leaves out, as a list in words."""
        return ", ".join(list_labels(instruction, self._plan.protocol))


def _longer_words(each: PlannedInstruction) -> str:
    """Return what stands before the later of two ends."""
    if is_wish(each.instruction.window.until):
        return "if possible"
    return "better" if each.restricts else "at most"


def _most_words(each: PlannedInstruction) -> str:
    """Return what stands before an end that may come sooner, or must not come later."""
    until = each.instruction.window.until
    if each.restricts or not isinstance(until, Offset | Length | Clock):
        return ""
    match until.qualifier:
        case Qualifier.UP_TO:
            return "at most "
        case Qualifier.NO_LATER:
            return "at the latest "
        case _:
            return ""
