"""The patient's calendar: the events of a plan, before they are written as a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from microcare.core.plan.days import Day
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import End, Kind, PlannedInstruction, Standing
from microcare.core.sheet.conditions import Answer, list_condition_factors
from microcare.core.sheet.points import Side
from microcare.core.sheet.protocol import Clinic
from microcare.export.ics.alarms import find_alarms
from microcare.export.ics.day_titles import DayTitles, discreet_title, shorten
from microcare.export.ics.dose_reminders import DoseReminders
from microcare.export.ics.earlier import EarlierCalendar
from microcare.export.ics.event_titles import list_governing, span_title
from microcare.export.ics.events import (
    DAY,
    NEUTRAL,
    CalendarEvent,
    CalendarOptions,
    Draft,
    tell_row,
)
from microcare.export.ics.identities import booking_seed, digest_keys, make_uid
from microcare.export.ics.replacements import bury_event, list_gone, tell_replaced
from microcare.export.ics.task_reminders import list_tasks
from microcare.wording.dates import full_date
from microcare.wording.persons import ask_clinic, clinic_words, told_text
from microcare.wording.plan.days import DayOutline, outline_days, still_facts, still_verb
from microcare.wording.plan.footnotes import Footnotes, Told, list_unclear
from microcare.wording.plan.rows import RowWriter
from microcare.wording.plan.words import PlanWords

_VISIT, _CHECK_NOW = "visit", "check now"
"""The keys of the events that also tell of an earlier file."""


def build_events(
    plan: Plan,
    clinic: Clinic,
    options: CalendarOptions | None = None,
    earlier: EarlierCalendar | None = None,
) -> tuple[CalendarEvent, ...]:
    """Return the events of a plan in the order of their dates.

    What was settled as no is left out, and staff's notes; everything else is in at least one
    event: a day's digest, the visit, or the check of what already holds at the plan's `now`. Behind
    them are the tombstones of what an `earlier` calendar has besides and is not past.
    """
    options = options or CalendarOptions()
    builder = _Builder(plan, clinic, options)
    drafts = list(builder.tasks())
    if options.doses:
        drafts.extend(builder.doses(drafts))
    drafts.extend(builder.digests())
    if options.spans:
        drafts.extend(builder.spans())
    replaced: list[str] = []
    tombstones: list[CalendarEvent] = []
    check = _CHECK_NOW
    if earlier is not None:
        # Also a calendar that refuses each UID which it knows shall take what it is told there.
        check = f"{_CHECK_NOW} {earlier.sequence}"
        keys = (_VISIT, check, *(draft.key for draft in drafts))
        gone = list_gone(earlier, plan.now, {builder.uid(key) for key in keys})
        # What the options leave out still applies.
        whole = _Builder(plan, clinic, replace(options, every_dose=True))
        untold = {whole.uid(draft.key) for draft in (*whole.doses(()), *whole.spans())}
        fallen = [each for each in gone if each.uid not in untold]
        replaced = [*tell_replaced(earlier, fallen, plan.visit.zone), ""]
        made = plan.visit.local_date(earlier.stamp)
        tombstones = [bury_event(each, made, applies=each.uid in untold) for each in gone]
    drafts += [builder.visit(replaced), *builder.check_now(check, replaced)]
    alarms = find_alarms(drafts, options.alarm, plan.visit.zone)
    events = [*map(builder.finish, drafts, alarms), *tombstones]
    return tuple(
        sorted(events, key=lambda each: (each.cancelled, _sort_key(each.start, plan), each.uid))
    )


def event_dates(events: Iterable[CalendarEvent], plan: Plan) -> tuple[date, date]:
    """Return the first and the last date on which an event begins, at the clinic."""
    starts = [
        plan.visit.local_date(event.start) if isinstance(event.start, datetime) else event.start
        for event in events
    ]
    return min(starts), max(starts)


def _sort_key(start: date | datetime, plan: Plan) -> datetime:
    return start if isinstance(start, datetime) else plan.visit.day_start(start)


class _Builder:
    """Drafts the kinds of events of one plan, and finishes them."""

    def __init__(self, plan: Plan, clinic: Clinic, options: CalendarOptions) -> None:
        self._plan = plan
        self._clinic = clinic
        self._options = options
        self._words = PlanWords(plan)
        self._writer = RowWriter(plan, self._words)
        self._seed = booking_seed(plan, options.booking)
        self._today = plan.visit.local_date(plan.now)
        self._standing = tuple(self._undated_lines(tuple(Side)))
        later = (side for side in Side if side is not Side.BEFORE)
        self._standing_after = tuple(self._undated_lines(tuple(later)))
        self._doses = DoseReminders(plan, self._words, self._writer)

    def uid(self, key: str) -> str:
        """Return the UID of the event that has a key."""
        return make_uid(self._seed, key)

    def finish(self, draft: Draft, alarm: timedelta | None) -> CalendarEvent:
        """Return the event of a draft, with its identity, whom to ask, and its alarm."""
        start, end = draft.start, draft.end
        if end is None and not isinstance(start, datetime):
            end = start + DAY
        footnotes = Footnotes()
        said = [footnotes.write(each) if isinstance(each, Told) else each for each in draft.lines]
        said += ["", *(f"{mark} {text}" for mark, text in footnotes.list())]
        said += ["", f"With any question: {ask_clinic(self._clinic)}."]
        # One blank line between two parts; a text of the clinic's own stays as it is.
        kept = [line for line, before in zip(said, ["", *said], strict=False) if line or before]
        return CalendarEvent(
            uid=self.uid(draft.key),
            summary=shorten(draft.discreet if self._options.discreet else draft.title),
            description="\n".join(kept),
            start=start,
            end=end,
            alarm=alarm,
            opaque=draft.opaque,
            location=draft.location,
            of_doses=draft.of_doses,
        )

    def visit(self, replaced: Iterable[str]) -> Draft:
        """Return the appointment itself, with what is told of the file that is `replaced`."""
        visit = self._plan.visit
        start = visit.day if visit.all_day else visit.start
        end = visit.end if visit.duration_known and not visit.all_day else None
        clock = "" if visit.all_day else f", {self._words.visit_time()}"
        lines = [
            f"{full_date(visit.day)}{clock}, {visit.zone.key}",
            *replaced,
            *self._screening_lines(),
            *self._already_lines(),
            *self._standing,
        ]
        return Draft(
            key=_VISIT,
            title=f"{self._plan.protocol.title} appointment",
            lines=lines,
            start=start,
            end=end,
            discreet="Appointment",
            opaque=True,
            location=clinic_words(self._clinic) or None,
        )

    def tasks(self) -> Iterable[Draft]:
        """Yield what happens at a clock time of its own, like arriving early."""
        return list_tasks(self._plan, self._words, self._writer)

    def check_now(self, key: str, replaced: Iterable[str]) -> Iterable[Draft]:
        """Yield the one event of what already holds, of what has no date, and of what it replaces.

        `replaced` is what is told of the last.
        """
        past = self._doses.list_past() if self._options.doses else ()
        lines = [
            *replaced,
            *self._screening_lines(),
            *self._already_lines(),
            *self._standing,
            *past,
        ]
        if lines:
            title = "Check now: what already applies"
            yield Draft(key, title, lines, self._today, ring=None)

    def digests(self) -> Iterable[Draft]:
        """Yield an all-day event for each day, from today on, on which something changes."""
        days = tuple(outline_days(self._plan, self._words, self._writer))
        keys = digest_keys(outline.day for outline in days)
        titles = DayTitles(self._plan, self._words, self._writer)
        for outline, key in zip(days, keys, strict=True):
            day = outline.day
            if day.date >= self._today and day.transitions:
                title, hidden = titles.title(day), discreet_title(day)
                lines = self._digest_lines(outline)
                yield Draft(f"digest {key}", title, lines, day.date, discreet=hidden)

    def doses(self, tasks: Iterable[Draft]) -> Iterable[Draft]:
        """Yield what rings for the doses that lie ahead, beside the `tasks` of a day."""
        if self._options.every_dose:
            return self._doses.list_drafts(None)
        visit = self._plan.visit
        starts = (each.start for each in tasks)
        taken = Counter(visit.local_date(each) for each in starts if isinstance(each, datetime))
        # What is to be checked now is an event of today.
        taken[self._today] += 1
        return self._doses.list_drafts(lambda day: taken[day])

    def spans(self) -> Iterable[Draft]:
        """Yield a bar for each window whose start and end are known, while it governs."""
        visit = self._plan.visit
        for each in self._applicable():
            if each.kind is not Kind.WINDOW:
                continue
            lines = [tell_row(self._writer.told_row(each))]
            hidden = self._is_private(each)
            for number, time in enumerate(list_governing(each), 1):
                title = NEUTRAL if hidden else span_title(each, time, self._plan, self._words)
                key = f"span {each.instruction.id}{f' {number}' if number > 1 else ''}"
                first = visit.local_date(time.start)
                last = visit.local_date(time.until - timedelta.resolution)
                yield Draft(key, title, lines, first, last + DAY, ring=None)

    def _is_private(self, each: PlannedInstruction) -> bool:
        topics, known = self._plan.protocol.topics, self._plan.protocol.factors
        condition = each.instruction.condition
        factors = list_condition_factors(condition) if condition is not None else ()
        medicine = any(topics[name].medicine for name in each.instruction.topics)
        return medicine or any(known[name].before is None for name in factors)

    def _applicable(self) -> Iterable[PlannedInstruction]:
        return (
            each
            for each in self._plan.instructions
            if each.applies is not Answer.NO and not each.instruction.verb.traits.screens
        )

    def _digest_lines(self, outline: DayOutline) -> Iterable[str | Told]:
        yield from map(tell_row, outline.rows)
        still = [self._still_line(each, topics, outline.day) for each, topics in outline.day.still]
        if still:
            yield from ("", "Still in force:")
            yield from still
        if outline.day.date == self._plan.visit.day:
            yield from ("", *self._standing)
        elif outline.day.date > self._plan.visit.day:
            yield from ("", *self._standing_after)

    def _still_line(self, each: PlannedInstruction, topics: tuple[str, ...], day: Day) -> Told:
        end = self._words.end(each, avoided=True)
        if each.end is End.UNSTATED and each.restricts:
            end = f"{end}; {ask_clinic(self._clinic)}"
        counted: tuple[str, ...] = ()
        if each.instruction.verb.traits.doses:
            counted = still_facts(each, day, self._plan, self._words)
        facts = "; ".join(filter(None, (self._words.condition(each), *counted, end)))
        labels = self._words.topics(each.instruction, topics) + self._writer.area(each)
        text, unclear = f"- {still_verb(each)} {labels}", list_unclear(self._plan, each.instruction)
        return Told(text, unclear, f" ({facts})" if facts else "")

    def _screening_lines(self) -> Iterable[str | Told]:
        screens = [
            Told(f"- {told_text(each.instruction)}", list_unclear(self._plan, each.instruction))
            for each in self._plan.instructions
            if each.instruction.verb.traits.screens and each.applies is Answer.ASK
        ]
        if screens:
            yield "Tell the clinic before your treatment if one of these is so:"
            yield from screens
            yield ""

    def _already_lines(self) -> Iterable[str | Told]:
        """Yield what had begun before the plan's `now`."""
        begun = {Standing.BEGUN_BEFORE_BOOKING, Standing.IN_FORCE}
        for title, standings in (("Already in force:", begun), ("Over by now:", {Standing.OVER})):
            chosen = [each for each in self._applicable() if each.standing in standings]
            if chosen:
                yield title
                yield from (self._since_line(each) for each in chosen)
                yield ""

    def _since_line(self, each: PlannedInstruction) -> Told:
        told = tell_row(self._writer.standing_row(each, self._writer.details(each)))
        start = each.dated.start
        since = f" Since {self._words.start(each)}." if start is not None else ""
        return replace(told, tail=f"{told.tail}{since}")

    def _undated_lines(self, sides: Collection[Side]) -> Iterable[str | Told]:
        """Yield what has no date and so stands on every day that may be its."""
        undated = [
            each
            for each in self._applicable()
            if each.standing is Standing.UNDATED and each.instruction.sides[-1] in sides
        ]
        if undated:
            yield "Without a date:"
            for each in undated:
                yield tell_row(self._writer.standing_row(each, self._writer.details(each)))
        yield from map(tell_row, self._writer.closed_rows())
