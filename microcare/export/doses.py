"""Reminders of doses: one for each, or one a day that lists them where they are many."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from microcare.core.conditions import Answer
from microcare.core.model import Verb
from microcare.core.runs import DoseDay, list_dose_days
from microcare.core.values import value
from microcare.core.vocabulary import topic_labels

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microcare.core.planned import PlannedInstruction
    from microcare.core.timeline import Plan
    from microcare.wording.rows import Row, RowWriter
    from microcare.wording.words import PlanWords

MOST_TIMED = 4
"""A day with more doses of a course than this gets one all-day event instead of one for each."""


@value
class Reminder:
    """What becomes an event: at an instant in UTC, or on a whole date.

    `key` is that of its UID: the course, the number of the day in it and of the dose in the day.
    """

    key: str
    title: str
    lines: tuple[str, ...]
    start: date | datetime


class CourseReminders:
    """The reminders of one course; doses before the plan's `now` have none."""

    def __init__(
        self, planned: PlannedInstruction, plan: Plan, words: PlanWords, writer: RowWriter
    ) -> None:
        self._planned = planned
        self._plan = plan
        self._words = words
        self._writer = writer
        self._days = list_dose_days(planned.doses, plan.visit)

    def row(self) -> Row:
        """Return the instruction in full, with its end, its amounts and its rule."""
        details = self._writer.details(self._planned)
        return self._writer.planned_row(self._planned, details=details)

    def reminders(self) -> Iterable[Reminder]:
        """Yield the reminders in the order of their times."""
        name = self._planned.instruction.id
        for day in self._days:
            total = len(day.doses)
            if total > MOST_TIMED:
                if day.doses[-1].instant >= self._plan.now:
                    title = self._title(f"{total} times today")
                    yield Reminder(f"doses {name} {day.number}", title, self._lines(day), day.date)
                continue
            for number, dose in enumerate(day.doses, 1):
                if dose.instant >= self._plan.now:
                    title = self._title(f"{number} of {total} today" if total > 1 else "today")
                    key = f"dose {name} {day.number}.{number}"
                    line = self._lines(day)[number - 1]
                    yield Reminder(key, title, (line,), dose.instant)

    def past_lines(self) -> Iterable[str]:
        """Yield how many doses lie before `now`, where some do."""
        past = sum(dose.instant < self._plan.now for dose in self._planned.doses)
        if past:
            labels = self._words.labels(self._planned.instruction)
            of_all = f"{past} of {len(self._planned.doses)} times"
            yield f"Before now, and so without a reminder: {labels}, {of_all}."

    def _lines(self, day: DoseDay) -> tuple[str, ...]:
        return tuple(
            f"- {self._words.clock(dose.instant)}: {self._writer.dose_words(dose)}"
            f"{' (suggested time)' if dose.suggested else ''}"
            for dose in day.doses
        )

    def _title(self, which: str) -> str:
        """Return a title for the lock screen: no medicine's name, and no patient factor's."""
        instruction, topics = self._planned.instruction, self._plan.protocol.topics
        perhaps = self._planned.applies is Answer.ASK
        private = instruction.verb is Verb.TAKE or any(
            topics[name].medicine for name in instruction.topics
        )
        verb = instruction.verb.value
        about = "a medicine" if private else topic_labels(instruction.topics, topics)
        said = f"perhaps {verb} {about}" if perhaps else f"{verb} {about}"
        return f"{said[:1].upper()}{said[1:]} ({which})"
