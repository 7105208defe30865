"""Reminders of doses: one for each, or one a day that lists them where they are many."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from microcare.core.plan.dose_days import DoseDay, list_dose_days
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import PlannedInstruction
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.points import Side
from microcare.core.time.courses import Dose
from microcare.export.ics.descriptions import tell_row
from microcare.export.ics.event_titles import begin_title, lead_words
from microcare.export.ics.events import Category, Draft, Ring
from microcare.export.ics.title_names import TitleNames
from microcare.wording.plan.doses import DoseWords
from microcare.wording.plan.rows import RowWriter
from microcare.wording.plan.words import PlanWords

BEFORE_DOSE = timedelta(minutes=5)
"""How long before a dose its alarm rings."""

MOST_TIMED = 4
"""A day with more doses of a course than this gets one event instead of one for each."""

SITTING = timedelta(hours=4)
"""Many doses that lie within this are one event from the first to the last, not a whole day's."""


def list_courses(plan: Plan, words: PlanWords, writer: RowWriter) -> tuple[CourseReminders, ...]:
    """Return the courses of a plan that have doses, with titles that tell medicines apart."""
    names = TitleNames(plan.protocol)
    return tuple(
        CourseReminders(each, plan, words, writer, names)
        for each in plan.instructions
        if each.doses and each.applies is not Answer.NO
    )


class CourseReminders:
    """The reminders of one course; doses before the plan's `now` have none."""

    def __init__(
        self,
        planned: PlannedInstruction,
        plan: Plan,
        words: PlanWords,
        writer: RowWriter,
        names: TitleNames,
    ) -> None:
        self._planned = planned
        self._plan = plan
        self._words = words
        self._said = DoseWords(plan, words)
        # The instruction in full, with its amounts and what bans forbid of it.
        self._row = tell_row(writer.told_row(planned))
        self._may_be_forbidden = writer.may_be_forbidden(planned)
        self._names = names
        self._days = list_dose_days(planned.doses, plan.visit)

    def reminders(self) -> Iterable[Draft]:
        """Yield the reminders in the order of their times.

        One event of a whole day stands in the place of the day's first dose.
        """
        for day in self._days:
            if len(day.doses) > MOST_TIMED:
                if day.doses[-1].instant >= self._plan.now:
                    yield self._listed(day)
            else:
                yield from self._single(day)

    def past_lines(self) -> Iterable[str]:
        """Yield how many doses lie before `now`, where some do."""
        past = sum(dose.instant < self._plan.now for dose in self._planned.doses)
        if past:
            labels = self._words.labels(self._planned.instruction)
            of_all = f"{past} of {len(self._planned.doses)} times"
            yield f"Before now, and so without a reminder: {labels}, {of_all}."

    def _single(self, day: DoseDay) -> Iterable[Draft]:
        total = len(day.doses)
        for number, (dose, line) in enumerate(zip(day.doses, self._lines(day), strict=True), 1):
            if dose.instant >= self._plan.now:
                which = f"{number} of {total} today" if total > 1 else "today"
                yield Draft(
                    key=self._key(day, number),
                    title=self._title(dose.topics, which, day.doses[number - 1 : number]),
                    lines=(line, "", self._row),
                    start=dose.instant,
                    ring=self._ring(dose),
                    category=Category.DOSE,
                    by_clock=dose.by_clock,
                )

    def _listed(self, day: DoseDay) -> Draft:
        """Return the one event of a day with many doses: they are told apart by their times."""
        first, last = day.doses[0].instant, day.doses[-1].instant
        times = f"{self._words.clock(first)} to {self._words.clock(last)}"
        at_once = last - first <= SITTING
        topics = tuple(dict.fromkeys(name for dose in day.doses for name in dose.topics))
        return Draft(
            key=self._key(day, 1),
            title=self._title(topics, f"{len(day.doses)} times today, {times}", day.doses),
            lines=(*self._lines(day), "", self._row),
            start=first if at_once else day.date,
            end=last if at_once else None,
            ring=self._ring(day.doses[0]) if at_once else Ring(),
            category=Category.DOSE,
            by_clock=all(dose.by_clock for dose in day.doses),
        )

    def _key(self, day: DoseDay, number: int) -> str:
        return f"dose {self._planned.instruction.id} {day.number}.{number}"

    def _ring(self, dose: Dose) -> Ring | None:
        """Return how a dose rings: not before the treatment that its course follows is over."""
        follows = self._planned.side is Side.AFTER
        if follows and dose.instant - BEFORE_DOSE < self._plan.visit.end:
            return None
        return Ring(BEFORE_DOSE, dose=True, at_its_hour=True)

    def _lines(self, day: DoseDay) -> tuple[str, ...]:
        return tuple(
            f"- {self._words.clock(dose.instant)}: {self._said.dose(dose)}"
            f"{' (suggested time)' if dose.suggested else ''}"
            for dose in day.doses
        )

    def _title(self, topics: tuple[str, ...], which: str, doses: tuple[Dose, ...]) -> str:
        """Return a title for the lock screen: no private name, and no patient factor's."""
        instruction = self._planned.instruction
        labels = ", ".join(self._names.list_labels(instruction.verb, topics))
        said = f"{lead_words(instruction)} {labels} ({which})"
        perhaps = self._planned.applies is Answer.ASK or any(
            lost.holds_at(dose.instant) for lost in self._planned.doubted for dose in doses
        )
        return begin_title(said, perhaps=perhaps or self._may_be_forbidden)
