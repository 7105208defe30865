"""The words of one plan: its dates, its windows' ends, its conditions and labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date, datetime, timedelta

from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import End, PlannedInstruction
from microcare.core.plan.transitions import Transition
from microcare.core.plan.treatments import Treatment
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.instruction import Instruction, StatedTimes
from microcare.core.sheet.points import Clock, Length, Offset, Qualifier, Side, is_wish
from microcare.core.sheet.protocol import Protocol
from microcare.core.sheet.vocabulary import find_groups
from microcare.core.time.appointment import Appointment
from microcare.language.locales import join_any
from microcare.language.messages import mark, say
from microcare.wording.conditions import condition_text
from microcare.wording.dates import clock_time, plain_date, short_date
from microcare.wording.labels import except_words, list_labels
from microcare.wording.rules import rule_text

NO_END = mark("no end stated")

_ENDS = {
    End.UNSTATED: NO_END,
    End.TREATMENT: mark("until {treatment}"),
    End.TREATMENT_OVER: mark("until {treatment} is over"),
    End.DATE: "{most}{until}",
    End.AT_LEAST: mark("at least {least}"),
    End.DATE_OR_LATER: mark("at least {least}, {longer} {until}"),
    End.STATE: mark("until {state}"),
    End.STATE_AFTER_DATE: mark("until {state}, and at least {least}"),
    End.STATE_OR_DATE: mark("{until}, or until {state} if that is sooner"),
    End.WORDS: mark("for {words} (no date stated)"),
    End.WORDS_AFTER_DATE: mark("for {words} (no date stated), and at least {until}"),
}
# Of what may be resumed "until" would say the opposite.
_RESUMED = {
    **_ENDS,
    End.DATE: "{until}",
    End.AT_LEAST: "{least}",
    End.DATE_OR_LATER: "{least}, {longer} {until}",
    End.STATE: mark("not before {state}"),
    End.STATE_AFTER_DATE: mark("{least}, and not before {state}"),
    End.STATE_OR_DATE: mark("{until}, or once {state} if that is sooner"),
    End.WORDS: mark("not for {words} (no date stated)"),
    End.WORDS_AFTER_DATE: mark("not for {words} (no date stated), and {until}"),
}


class PlanWords:
    """The words of one plan: its dates need the appointment's zone and year.

    What is `named` goes by its names in that protocol, the plan's own where it is None.
    """

    def __init__(self, plan: Plan, named: Protocol | None = None) -> None:
        self._plan = plan
        self.named = named or plan.protocol
        self._year = plan.visit.day.year
        self._clocks: dict[datetime, str] = {}
        self._dates: dict[date, str] = {}
        # What is kept holds on to the value of whose identity its key is made.
        self._ends: dict[object, tuple[PlannedInstruction, str]] = {}

    def rename(self, named: Protocol) -> PlanWords:
        """Return the same words by the names of another protocol; what has no name they share."""
        renamed = copy(self)
        renamed.named = named
        return renamed

    def short(self, day: date) -> str:
        """Return a date in short."""
        if day not in self._dates:
            self._dates[day] = self._write(day)
        return self._dates[day]

    def _write(self, day: date) -> str:
        return short_date(day, self._year)

    def padded(self, day: date) -> str:
        """Return a date in short whose parts stand below those of the others."""
        return short_date(day, self._year, aligned=True)

    def visit_time(self, visit: Appointment) -> str:
        """Return an appointment's time, empty where only its date is known."""
        return "" if visit.all_day else self.clock(visit.start)

    def clock(self, instant: datetime) -> str:
        """Return an instant's time, "12:00 am" at midnight."""
        if instant not in self._clocks:
            self._clocks[instant] = clock_time(self._plan.visit.local(instant))
        return self._clocks[instant]

    def moment(self, instant: datetime, *, with_day: bool, on: date | None = None) -> str:
        """Return an instant's date and, unless a whole day begins with it, its time.

        Of an instant `on` a date that is known, the time alone.
        """
        day = self._plan.visit.local_date(instant)
        if with_day:
            return self.short(day)
        time = self.clock(instant)
        return time if day == on else f"{self.short(day)}, {time}"

    def start(self, each: PlannedInstruction, instant: datetime | None = None) -> str:
        """Return when an instruction that has a date begins, or another reading of that."""
        found = instant or each.dated.start
        if found is None:
            raise ValueError("it has no beginning")
        return self.moment(found, with_day=each.dated.starts_with_day)

    def until(self, instant: datetime, *, with_day: bool, on: date | None = None) -> str:
        """Return an exclusive end: "through Sun 20 Dec" of a whole day, else "until …"."""
        if not with_day:
            return say("until {time}", time=self.moment(instant, with_day=False, on=on))
        return say("through {day}", day=self.short(self._last_date(instant)))

    def _last_date(self, until: datetime) -> date:
        return self._plan.visit.local_date(until - timedelta.resolution)

    def end(
        self, each: PlannedInstruction, *, on: date | None = None, avoided: bool = False
    ) -> str | None:
        """Return when a window ends, every reading of it; None where nothing is to be told.

        A time `on` a date that is known goes without it. Behind “avoid” (`avoided`) also what may
        be resumed then ends, where its own sentence would say “not before”.
        """
        if each.end is None:
            return None
        if each.end is End.UNSTATED:
            return say(NO_END)
        resumes = each.instruction.stated_as is not None and not avoided
        key = id(each), on, resumes
        if key not in self._ends:
            said = self._by(each, on) or self._word_end(each, each.end, on, resumes=resumes)
            self._ends[key] = each, said
        return self._ends[key][1]

    def _word_end(
        self, each: PlannedInstruction, kind: End, on: date | None, *, resumes: bool
    ) -> str:
        window, dated = each.instruction.window, each.dated
        until, at_least = (
            (self._close(each, end, on=on, resumes=resumes) if end is not None else "")
            for end in (dated.until, dated.until_at_least)
        )
        if self.guesses_end(each):
            ends = sorted(filter(None, (dated.until, dated.until_otherwise)))
            readings = join_any(self._close(each, end, resumes=resumes) for end in ends)
            until = say("{readings}: ask for the time", readings=readings)
            at_least = until if kind is End.AT_LEAST else at_least
        return say(
            (_RESUMED if resumes else _ENDS)[kind],
            until=until,
            least=at_least,
            most=_most_words(each),
            longer=longer_words(each),
            state=window.until_state,
            words=window.until_words,
            treatment=refer_treatment(each.treatment, self._plan),
        )

    def _close(
        self,
        each: PlannedInstruction,
        end: datetime | None,
        *,
        on: date | None = None,
        resumes: bool = False,
    ) -> str:
        if end is None:
            return say(NO_END)
        with_day = each.dated.ends_with_day
        if resumes:
            return say("not before {time}", time=self.moment(end, with_day=with_day))
        return self.until(end, with_day=with_day, on=on)

    def closing(self, each: PlannedInstruction) -> str:
        """Return a window's further end, which must be known."""
        return self._close(each, each.dated.until)

    def guesses_end(self, each: PlannedInstruction) -> bool:
        """Return whether the hour of an end must be asked for."""
        dated = each.dated
        other = dated.until_otherwise
        if other is None or dated.ends_with_day or not self._is_two_sided(each):
            return False
        # For a treatment at the other hour it may have no room at all.
        return dated.start is None or dated.start < other

    def _is_two_sided(self, each: PlannedInstruction) -> bool:
        topics = self._plan.protocol.topics
        return not each.instruction.verb.traits.screens and any(
            topics[name].two_sided for name in each.instruction.topics
        )

    def guessed_start(self, each: PlannedInstruction) -> str | None:
        """Return the two readings of a beginning whose hour must be asked for, None of others."""
        start, other = each.dated.start, each.dated.start_otherwise
        if start is None or other is None or each.dated.starts_with_day:
            return None
        if not self._is_two_sided(each):
            return None
        first, last = (self.start(each, instant) for instant in sorted((start, other)))
        return say("from between {first} and {last}: ask for the time", first=first, last=last)

    def _by(self, each: PlannedInstruction, on: date | None) -> str | None:
        """Return a deadline; None of what goes on until its end."""
        until, traits = each.dated.until, each.instruction.verb.traits
        hedged = _hedge(each) is Qualifier.NO_LATER and traits.asks
        if until is None or not (hedged or (traits.is_task and not traits.doses)):
            return None
        if each.dated.ends_with_day:
            return say("by {time}", time=self.short(self._last_date(until)))
        return say("by {time}", time=self.moment(until, with_day=False, on=on))

    def topics(self, instruction: Instruction, chosen: Sequence[str]) -> str:
        """Return some of an instruction's topics as a list in words; of all what it leaves out."""
        return ", ".join(self.topic_list(instruction, chosen))

    def topic_list(self, instruction: Instruction, chosen: Sequence[str]) -> tuple[str, ...]:
        """Return some of an instruction's topics, a label a topic, with what it leaves out."""
        protocol = self.named
        if len(chosen) == len(instruction.topics):
            return list_labels(instruction, protocol)
        topics = protocol.topics
        labels = []
        for name in chosen:
            left = [part for part in instruction.exceptions if name in find_groups(part, topics)]
            labels.append(f"{topics[name].label}{except_words(left, topics)}")
        return tuple(labels)

    def transition_time(self, transition: Transition) -> str:
        """Return a transition's clock time, empty where it is told with its day or isn't known."""
        if transition.instant is None or transition.with_day:
            return ""
        each = transition.planned
        if transition.instant == each.dated.start and self.guessed_start(each) is not None:
            return ""
        if transition.instant == each.dated.until and self.guesses_end(each):
            return ""
        return self.clock(transition.instant)

    def guess(self, each: PlannedInstruction) -> str | None:
        """Return what the time of day must be asked for, None of what hangs on no such hour."""
        window = each.instruction.window
        if each.visit.all_day and not each.is_dated and self._is_two_sided(each):
            points = (window.start, window.until, window.at)
            if any(isinstance(each, Offset) and each.quantity.unit.elapses for each in points):
                return say("{readings}: ask for the time", readings=self.rule(each))
        if (start := self.guessed_start(each)) is not None:
            return start
        return self.end(each) if self.guesses_end(each) else None

    def guessed_end(self, transition: Transition) -> str | None:
        """Return from when at the latest a ban is over whose hour must be asked for."""
        each, instant = transition.planned, transition.instant
        if instant is None or instant != each.dated.until or not self.guesses_end(each):
            return None
        return say("from {time}", time=self.clock(instant))

    def rule(self, each: PlannedInstruction) -> str | None:
        """Return the sheet's own words for a time; None where the end has told all of them."""
        instruction, window = each.instruction, each.instruction.window
        quoted = each.end in {End.STATE, End.STATE_AFTER_DATE, End.WORDS}
        alone = window.stated == StatedTimes() and None in (window.until_state, window.until_words)
        told = quoted and alone and instruction.stated_as is None
        return None if told else rule_text(instruction, self.named)

    def start_range(self, each: PlannedInstruction) -> str | None:
        """Return the latest start of a range, or both of one whose hour must be asked for."""
        latest, at = each.dated.start_at_latest, each.instruction.window.at
        if latest is None:
            return self.guessed_start(each)
        if at is None:
            return say("at the latest from {time}", time=self.start(each, latest))
        return say("by {time}", time=self.start(each, latest))

    def condition(self, each: PlannedInstruction) -> str | None:
        """Return "if …" where it is not known that the instruction applies."""
        condition = each.instruction.condition
        if condition is None or each.applies is not Answer.ASK:
            return None
        return say("if {condition}", condition=condition_text(condition, self.named.factors))

    def labels(self, instruction: Instruction) -> str:
        """Return what an instruction is about, and what it leaves out, as a list in words."""
        return ", ".join(list_labels(instruction, self.named))


def name_treatments(treated: Iterable[Treatment], plan: Plan) -> str:
    """Return what is done in one visit, and of one that is repeated the how manieth it is."""
    return " + ".join(_name_treatment(each, plan) for each in treated)


def name_sheet(treatment: Treatment, plan: Plan) -> str:
    """Return the title of a treatment's protocol, with its id where another has the same."""
    own = treatment.protocol
    alike = {each.protocol.id for each in plan.treatments if each.protocol.title == own.title}
    return own.title if len(alike) == 1 else f"{own.title} ({own.id})"


def refer_treatment(treatment: Treatment, plan: Plan) -> str:
    """Return how a sentence calls a treatment: by its name where the plan has several."""
    if len({each.visit.start for each in plan.treatments}) == 1:
        return say("your treatment")
    return name_own(treatment, plan)


def name_own(treatment: Treatment, plan: Plan) -> str:
    """Return which of several treatments one is, also where all are in one visit."""
    sessions = [each.number for each in plan.list_sessions(treatment)]
    if len(sessions) == 1:
        return name_sheet(treatment, plan)
    number = 1 + sessions.index(treatment.number)
    if len(sessions) == len(plan.treatments):
        return say("session {number}", number=number)
    title = name_sheet(treatment, plan)
    return say("session {number} of {title}", number=number, title=title)


def refer_change(transition: Transition, plan: Plan) -> tuple[str, ...]:
    """Return of which treatment a change speaks, where its day is another one's."""
    each = transition.planned
    if not plan.is_joint:
        return ()
    day = each.dated.last_ok
    if transition.instant is not None:
        day = each.visit.local_date(transition.instant)
    if day is None or plan.find_counted(day).visit.day == each.visit.day:
        return ()
    treated = refer_treatment(each.treatment, plan)
    if each.side is Side.AFTER:
        return (say("after {treatment}", treatment=treated),)
    return (say("for {treatment}", treatment=treated),)


def _name_treatment(treatment: Treatment, plan: Plan) -> str:
    title, sessions = name_sheet(treatment, plan), plan.list_sessions(treatment)
    if len(sessions) == 1:
        return title
    number = 1 + [each.number for each in sessions].index(treatment.number)
    return say("{title}, session {number} of {all}", title=title, number=number, all=len(sessions))


def longer_words(each: PlannedInstruction) -> str:
    """Return what stands before the later of two ends."""
    if is_wish(each.instruction.window.until):
        return say("if possible")
    return say("better") if each.restricts else say("at most")


def _most_words(each: PlannedInstruction) -> str:
    """Return what stands before an end that may come sooner."""
    if each.instruction.verb.traits.permits and _hedge(each) is Qualifier.NO_LATER:
        return f"{say('at the latest')} "
    up_to = _hedge(each) is Qualifier.UP_TO and not each.restricts
    return f"{say('at most')} " if up_to else ""


def _hedge(each: PlannedInstruction) -> Qualifier | None:
    until = each.instruction.window.until
    return until.qualifier if isinstance(until, Offset | Length | Clock) else None


class PlainDates(PlanWords):
    """The words of a plan with dates that lack the weekday."""

    def _write(self, day: date) -> str:
        return plain_date(day, self._year)
