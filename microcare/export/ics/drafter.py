"""Drafts of a plan: all that becomes events of its calendar, and their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from functools import cached_property

from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import Kind, PlannedInstruction
from microcare.core.sheet.conditions import Answer, list_condition_factors
from microcare.core.sheet.protocol import Clinic
from microcare.core.values import replace
from microcare.export.ics.alarms import announce_dates, list_nights
from microcare.export.ics.course_doses import list_doses
from microcare.export.ics.day_titles import DayTitles
from microcare.export.ics.descriptions import Descriptions, part_text, tell_row
from microcare.export.ics.digests import Others, list_digests
from microcare.export.ics.dose_reminders import DoseReminders
from microcare.export.ics.event_titles import cut_title, list_governing, span_title
from microcare.export.ics.events import (
    CHECK_NOW,
    DAY,
    NEUTRAL,
    CalendarOptions,
    Category,
    Content,
    Draft,
    Worded,
    condition_title,
)
from microcare.export.ics.task_reminders import list_questions, list_stops, list_tasks
from microcare.export.ics.title_names import TitleNames
from microcare.export.ics.visits import draft_visit, group_visits
from microcare.language.messages import say
from microcare.wording.persons import clinic_words
from microcare.wording.plan.brief import BriefWriter
from microcare.wording.plan.rows import RowWriter
from microcare.wording.plan.words import PlanWords
from microcare.wording.slots import are_open


class Drafter:
    """Drafts the kinds of events of one plan, and words them."""

    def __init__(self, plan: Plan, clinic: Clinic, options: CalendarOptions) -> None:
        self._plan = plan
        self._clinic = clinic
        self._options = options
        self._words = PlanWords(plan)
        self._brief = BriefWriter(plan, words=self._words)
        self._today = plan.visit.local_date(plan.now)
        doses = list_doses(plan) if options.doses else ()
        self._reminded = frozenset(each.planned.instruction.id for each in doses)
        self._writer = RowWriter(plan, self._words, rules=False, counted=self._reminded)
        self._doses = DoseReminders(plan, doses, self._words, self._brief.words, self._writer)
        self._descriptions = Descriptions(plan, clinic, self._words, self._brief, self._writer)

    @cached_property
    def _care(self) -> list[Draft]:
        """What is to be done and kept to, with its bars, if these are asked for."""
        return [*self.care(), *(self.spans() if self._options.spans else ())]

    def list_keys(self) -> Iterator[str]:
        """Yield the keys of all drafts but that of what is to be checked now."""
        return (each.key for each in (*self.visits(()), *self._care))

    def word(self, check: str = CHECK_NOW, replaced: Collection[str] = ()) -> Iterator[Worded]:
        """Yield all drafts in their words, with what is told of the file that is `replaced`.

        `check` is the key of the event of what is to be checked now.
        """
        for draft in (*self._care, *self.visits(replaced), *self.check_now(check, replaced)):
            title = draft.discreet or say(NEUTRAL) if self._options.discreet else draft.title
            if draft.tentative and draft.category is not Category.APPOINTMENT:
                title = condition_title(title)
            text = self._descriptions.finish(draft.lines)
            contents = self._part_content(draft, cut_title(title), text)
            yield Worded(replace(draft, title="", lines=()), tuple(contents))

    def _part_content(self, draft: Draft, title: str, text: str) -> Iterator[Content]:
        """Yield what an event shows; what no calendar has room for goes on in another."""
        first, *others = part_text(text)
        is_hidden = self._options.discreet and draft.category is not Category.APPOINTMENT
        content = Content(
            summary=title,
            description=first,
            category=Category.REMINDER if is_hidden else draft.category,
            location=None if self._options.discreet else draft.location,
            opaque=draft.opaque,
            of_doses=draft.category is Category.DOSE,
            tentative=draft.tentative,
            is_open=are_open(),
        )
        yield content
        for number, part in enumerate(others, 2):
            title = say("Continued: part {number} of this day's entry", number=number)
            yield replace(content, summary=cut_title(title), description=part, opaque=False)

    def visits(self, replaced: Iterable[str]) -> Iterable[Draft]:
        """Yield the appointments, with what is told of the file that is `replaced`."""
        where = clinic_words(self._clinic)
        shown = "" if self._options.discreet else where
        for number, treated in enumerate(group_visits(self._plan)):
            told = () if number else replaced
            lines = self._descriptions.tell_visit(treated, "" if shown else where, told)
            yield draft_visit(treated, self._plan, lines, where)

    def tasks(self) -> Iterable[Draft]:
        """Yield what happens at a clock time of its own, like arriving early."""
        return list_tasks(self._plan, self._words, self._writer, self._options.notice)

    def questions(self) -> Iterable[Draft]:
        """Yield what somebody is to be asked about before it begins."""
        return list_questions(self._plan, self._writer)

    def stops(self) -> Iterable[Draft]:
        """Yield when food and drink are to be stopped at a clock time."""
        return list_stops(self._plan, self._words, self._writer, self._options.notice)

    def care(self) -> list[Draft]:
        """Return what is to be done and kept to: tasks, doses, days, what their nights bring."""
        visit = self._plan.visit
        timed = tuple(map(_silence, (*self.tasks(), *self.stops())))
        drafts = [*timed, *map(_silence, self.questions())]
        if self._options.doses:
            drafts.extend(map(_silence, self.doses(tuple(drafts))))
        nights = list_nights(drafts, visit)
        titles = DayTitles(self._plan, self._brief, self._writer)
        others = Others(timed, self._reminded, nights)
        drafts.extend(list_digests(self._plan, self._descriptions, titles, others))
        drafts.extend(announce_dates(tuple(drafts), self._plan, nights))
        return drafts

    def check_now(self, key: str, replaced: Iterable[str]) -> Iterable[Draft]:
        """Yield the one event of what already holds, of what has no date, and of what it replaces.

        `replaced` is what is told of the last.
        """
        past = self._doses.list_past() if self._options.doses else ()
        told = self._descriptions
        lines = [
            *replaced,
            *told.list_screens(),
            *told.begun,
            *told.list_over(),
            *told.undated,
            *past,
        ]
        if lines:
            title = say("Check now: what already applies")
            yield Draft(key, title, lines, self._today, ring=None)

    def doses(self, tasks: Iterable[Draft]) -> Iterable[Draft]:
        """Yield what rings for the doses that lie ahead, beside the `tasks` of a day."""
        if self._options.every_dose:
            return self._doses.list_drafts(None)
        visit = self._plan.visit
        taken = Counter(
            visit.local_date(each.start) if isinstance(each.start, datetime) else each.start
            for each in tasks
        )
        # What is to be checked now is an event of today.
        taken[self._today] += 1
        return self._doses.list_drafts(lambda day: taken[day])

    def spans(self) -> Iterable[Draft]:
        """Yield a bar for each window whose start and end are known, while it governs."""
        visit, names = self._plan.visit, self._plan.protocol.recall(TitleNames)
        for each in self._applicable():
            if each.kind is not Kind.WINDOW:
                continue
            lines = [tell_row(self._writer.told_row(each))]
            hidden = self._is_private(each)
            for number, time in enumerate(list_governing(each), 1):
                title = span_title(each, time, self._plan, self._words, names)
                title = say(NEUTRAL) if hidden else title
                key = f"span {each.instruction.id}{f' {number}' if number > 1 else ''}"
                first = visit.local_date(time.start)
                last = visit.local_date(time.until - timedelta.resolution)
                category = Category.WINDOW
                tentative = not each.treatment.booked
                yield Draft(
                    *(key, title, lines, first, last + DAY, None),
                    category=category,
                    tentative=tentative,
                )

    def _is_private(self, each: PlannedInstruction) -> bool:
        known, condition = self._plan.protocol.factors, each.instruction.condition
        factors = list_condition_factors(condition) if condition is not None else ()
        return any(known[name].before is None for name in factors)

    def _applicable(self) -> Iterable[PlannedInstruction]:
        return (
            each
            for each in self._plan.instructions
            if each.applies is not Answer.NO and not each.instruction.verb.traits.screens
        )


def _silence(draft: Draft) -> Draft:
    """Return a draft that doesn't ring for a session that may never be."""
    return replace(draft, ring=None) if draft.tentative else draft
