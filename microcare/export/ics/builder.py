"""The patient's calendar: the events of a plan, before they are written as a file."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from microcare.core.plan.days import Day
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import End, Kind, PlannedInstruction, Standing
from microcare.core.sheet.conditions import Answer, list_condition_factors
from microcare.core.sheet.points import Side
from microcare.core.sheet.protocol import Clinic
from microcare.export.ics.alarms import evening_before
from microcare.export.ics.day_titles import digest_title, discreet_title, shorten
from microcare.export.ics.dose_reminders import list_courses
from microcare.export.ics.event_titles import list_governing, span_title
from microcare.export.ics.events import NEUTRAL, CalendarEvent, CalendarOptions, Reminder
from microcare.export.ics.identities import booking_seed, digest_keys, make_uid
from microcare.export.ics.task_reminders import list_tasks
from microcare.wording.dates import full_date
from microcare.wording.persons import ask_clinic, clinic_words, told_text
from microcare.wording.plan.days import DayOutline, outline_days, still_facts, still_verb
from microcare.wording.plan.rows import Row, RowWriter
from microcare.wording.plan.words import PlanWords
from microcare.wording.verbs import Tone

_DAY = timedelta(days=1)


def build_events(
    plan: Plan, clinic: Clinic, options: CalendarOptions | None = None
) -> tuple[CalendarEvent, ...]:
    """Return the events of a plan in the order of their dates.

    What was settled as no is left out, and staff's notes; everything else is in at least one
    event: a day's digest, the visit, or the check of what already holds at the plan's `now`.
    """
    options = options or CalendarOptions()
    builder = _Builder(plan, clinic, options)
    events = [
        builder.visit(),
        *builder.tasks(),
        *builder.check_now(),
        *builder.digests(),
    ]
    if options.doses:
        events.extend(builder.doses())
    if options.spans:
        events.extend(builder.spans())
    return tuple(sorted(events, key=lambda event: (_sort_key(event.start, plan), event.uid)))


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
    """Builds the kinds of events of one plan."""

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
        self._courses = list_courses(plan, self._words, self._writer)

    def visit(self) -> CalendarEvent:
        """Return the appointment itself."""
        visit = self._plan.visit
        end: date | datetime | None = visit.end if visit.duration_known else None
        start: date | datetime = visit.start
        if visit.all_day:
            start, end = visit.day, visit.day + _DAY
        lines = [
            f"{full_date(visit.day)}{self._clock()}, {visit.zone.key}",
            *self._screening_lines(),
            *self._already_lines(),
            *self._standing,
        ]
        title = (
            "Appointment" if self._options.discreet else f"{self._plan.protocol.title} appointment"
        )
        event = self._event("visit", title, lines, start, end)
        return replace(event, opaque=True, location=clinic_words(self._clinic) or None)

    def tasks(self) -> Iterable[CalendarEvent]:
        """Yield what happens at a clock time of its own, like arriving early."""
        for each, reminder in list_tasks(self._plan, self._words, self._writer):
            row = self._writer.told_row(each)
            yield self._reminder(reminder, [_row_line(row)])

    def check_now(self) -> Iterable[CalendarEvent]:
        """Yield the one event of what already holds, and of what has no date."""
        counted = self._courses if self._options.doses else ()
        past = [line for course in counted for line in course.past_lines()]
        lines = [*self._screening_lines(), *self._already_lines(), *self._standing, *past]
        if lines:
            title = NEUTRAL if self._options.discreet else "Check now: what already applies"
            event = self._event("check now", title, lines, self._today, self._today + _DAY)
            yield replace(event, alarm=None)

    def digests(self) -> Iterable[CalendarEvent]:
        """Yield an all-day event for each day, from today on, on which something changes."""
        days = tuple(outline_days(self._plan, self._words, self._writer))
        keys = digest_keys(outline.day for outline in days)
        for outline, key in zip(days, keys, strict=True):
            day = outline.day
            if day.date < self._today or not day.transitions:
                continue
            title = (
                discreet_title(day)
                if self._options.discreet
                else digest_title(day, self._plan, self._words, self._writer)
            )
            lines = self._digest_lines(outline)
            yield self._event(f"digest {key}", title, lines, day.date, day.date + _DAY)

    def doses(self) -> Iterable[CalendarEvent]:
        """Yield what rings for each dose that lies ahead, or for each day of many."""
        for course in self._courses:
            row = _row_line(course.row())
            for each in course.reminders():
                event = self._reminder(each, [*each.lines, "", row])
                yield replace(event, of_doses=True)

    def _reminder(self, each: Reminder, lines: Iterable[str]) -> CalendarEvent:
        title = NEUTRAL if self._options.discreet else each.title
        end = each.end if isinstance(each.start, datetime) else each.start + _DAY
        event = self._event(each.key, title, lines, each.start, end)
        if not each.rings:
            return replace(event, alarm=None)
        rings = event.alarm is not None and each.ahead is not None
        return replace(event, alarm=each.ahead) if rings else event

    def spans(self) -> Iterable[CalendarEvent]:
        """Yield a bar for each window whose start and end are known, while it governs."""
        visit = self._plan.visit
        for each in self._applicable():
            if each.kind is not Kind.WINDOW:
                continue
            row = self._writer.told_row(each)
            hidden = self._options.discreet or self._is_private(each)
            for number, time in enumerate(list_governing(each), 1):
                title = NEUTRAL if hidden else span_title(each, time, self._plan, self._words)
                key = f"span {each.instruction.id}{f' {number}' if number > 1 else ''}"
                first = visit.local_date(time.start)
                last = visit.local_date(time.until - timedelta.resolution)
                bar = self._event(key, title, [_row_line(row)], first, last + _DAY)
                yield replace(bar, alarm=None)

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

    def _digest_lines(self, outline: DayOutline) -> Iterable[str]:
        for row in outline.rows:
            yield _row_line(row)
        still = [self._still_line(each, topics, outline.day) for each, topics in outline.day.still]
        if still:
            yield from ("", "Still in force:", *still)
        if outline.day.date == self._plan.visit.day:
            yield from ("", *self._standing)
        elif outline.day.date > self._plan.visit.day:
            yield from ("", *self._standing_after)

    def _still_line(self, each: PlannedInstruction, topics: tuple[str, ...], day: Day) -> str:
        end = self._words.end(each, avoided=True)
        if each.end is End.UNSTATED and each.restricts:
            end = f"{end}; {ask_clinic(self._clinic)}"
        counted: tuple[str, ...] = ()
        if each.instruction.verb.traits.doses:
            counted = still_facts(each, day, self._plan, self._words)
        facts = "; ".join(filter(None, (self._words.condition(each), *counted, end)))
        labels = self._words.topics(each.instruction, topics) + self._writer.area(each)
        return f"- {still_verb(each)} {labels}{f' ({facts})' if facts else ''}"

    def _screening_lines(self) -> Iterable[str]:
        screens = [
            told_text(each.instruction)
            for each in self._plan.instructions
            if each.instruction.verb.traits.screens and each.applies is Answer.ASK
        ]
        if screens:
            yield "Tell the clinic before your treatment if one of these is so:"
            yield from (f"- {text}" for text in screens)
            yield ""

    def _already_lines(self) -> Iterable[str]:
        """Yield what had begun before the plan's `now`."""
        begun = {Standing.BEGUN_BEFORE_BOOKING, Standing.IN_FORCE}
        for title, standings in (("Already in force:", begun), ("Over by now:", {Standing.OVER})):
            chosen = [each for each in self._applicable() if each.standing in standings]
            if chosen:
                yield title
                yield from (self._since_line(each) for each in chosen)
                yield ""

    def _since_line(self, each: PlannedInstruction) -> str:
        row = self._writer.standing_row(each, self._writer.details(each))
        start = each.dated.start
        since = f" Since {self._words.start(each)}." if start is not None else ""
        return f"{_row_line(row)}{since}"

    def _undated_lines(self, sides: Collection[Side]) -> Iterable[str]:
        """Yield what has no date and so stands on every day that may be its."""
        undated = [
            each
            for each in self._applicable()
            if each.standing is Standing.UNDATED and each.instruction.sides[-1] in sides
        ]
        if undated:
            yield "Without a date:"
            for each in undated:
                yield _row_line(self._writer.standing_row(each, self._writer.details(each)))
        yield from map(_row_line, self._writer.closed_rows())

    def _clock(self) -> str:
        visit = self._plan.visit
        return "" if visit.all_day else f", {self._writer.visit_time(visit)}"

    def _event(
        self,
        key: str,
        summary: str,
        lines: Iterable[str],
        start: date | datetime,
        end: date | datetime | None,
    ) -> CalendarEvent:
        said = [*lines, "", f"With any question: {ask_clinic(self._clinic)}."]
        # One blank line between two parts; a text of the clinic's own stays as it is.
        kept = [line for line, before in zip(said, ["", *said], strict=False) if line or before]
        ring = self._options.alarm
        return CalendarEvent(
            uid=make_uid(self._seed, key),
            summary=shorten(summary),
            description="\n".join(kept),
            start=start,
            end=end,
            alarm=evening_before(start, ring, self._plan.visit.zone) if ring is not None else None,
        )


def _row_line(row: Row) -> str:
    if row.tone is Tone.VISIT:
        return f"{row.time} {row.text}".strip()
    details = f" ({' · '.join(row.details)})" if row.details else ""
    return f"- {f'{row.time} ' if row.time else ''}{row.lead}{row.text}{details}"
