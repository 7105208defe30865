"""The doses of a handout: a grid for each week, with a box for each time and totals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from microcare.core.plan.days import Day
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import PlannedInstruction
from microcare.core.values import value
from microcare.language.messages import count, say
from microcare.wording.dates import plain_date, short_weekday
from microcare.wording.persons import ask_words, lifting_words
from microcare.wording.plan.doses import DoseWords
from microcare.wording.plan.words import PlanWords

if TYPE_CHECKING:
    from microcare.core.time.courses import Dose

_WEEK = 7


@value
class DoseDate:
    """The head of a column: the day of the week, and the date."""

    weekday: str
    date: str


@value
class DoseRow:
    """One time of day: the number of boxes on each date of the week, and their sum."""

    time: str
    boxes: tuple[int, ...]
    total: int


@value
class WeekCourse:
    """What is taken in a week: the dose, what is to be known of it, and its times."""

    label: str
    details: str
    rows: tuple[DoseRow, ...]
    total: int


@value
class DoseWeek:
    """Seven dates in a row."""

    title: str
    dates: tuple[DoseDate, ...]
    courses: tuple[WeekCourse, ...]


@value
class DoseGrid:
    """The weeks in which doses are taken, and how many of each there are in all."""

    weeks: tuple[DoseWeek, ...]
    totals: str


_Taken = tuple[date, PlannedInstruction, "Dose"]


def list_doses(plan: Plan, words: PlanWords, days: Iterable[Day]) -> DoseGrid | None:
    """Return the grid of all doses of these days; None where nothing is taken at a time."""
    taken = [(day.date, each, dose) for day in days for each, dose in day.doses]
    if not taken:
        return None
    return _GridWriter(plan, words, taken).write()


class _GridWriter:
    def __init__(self, plan: Plan, words: PlanWords, taken: list[_Taken]) -> None:
        self._words = words
        self._visit = plan.visit
        self._doses = DoseWords(words)
        self._taken = taken

    def write(self) -> DoseGrid:
        weeks: list[DoseWeek] = []
        left = self._taken
        while left:
            first = left[0][0]
            dates = tuple(first + number * timedelta(days=1) for number in range(_WEEK))
            weeks.append(self._write_week(dates, [each for each in left if each[0] <= dates[-1]]))
            left = [each for each in left if each[0] > dates[-1]]
        totals: dict[str, int] = {}
        for _, _, dose in self._taken:
            label = self._doses.dose(dose)
            totals[label] = totals.get(label, 0) + 1
        courses = "; ".join(
            count("{label}, once", "{label}, {number} times", number, label=label)
            for label, number in totals.items()
        )
        return DoseGrid(tuple(weeks), say("In all: {courses}.", courses=courses))

    def _write_week(self, dates: tuple[date, ...], taken: list[_Taken]) -> DoseWeek:
        courses: dict[tuple[str, str], list[_Taken]] = {}
        for each in taken:
            rule, label = each[1].instruction.id, self._doses.dose(each[2])
            courses.setdefault((rule, label), []).append(each)
        first, last = (self._words.short(each) for each in (dates[0], dates[-1]))
        return DoseWeek(
            title=say("{first} to {last}", first=first, last=last),
            dates=tuple(
                DoseDate(short_weekday(each), plain_date(each, each.year)) for each in dates
            ),
            courses=tuple(
                self._write_course(label, dates, course) for (_, label), course in courses.items()
            ),
        )

    def _write_course(
        self, label: str, dates: tuple[date, ...], course: list[_Taken]
    ) -> WeekCourse:
        times: dict[str, list[_Taken]] = {}
        for each in sorted(course, key=lambda each: self._visit.local(each[2].instant).time()):
            times.setdefault(self._words.clock(each[2].instant), []).append(each)
        planned = course[0][1]
        instruction = planned.instruction
        suggested = [each[2].suggested for each in course]
        details = (
            self._words.condition(planned),
            *ask_words(instruction),
            *lifting_words(instruction),
            instruction.area,
            count("suggested time", "suggested times", len(times)) if any(suggested) else None,
        )
        rows = tuple(
            DoseRow(
                time,
                tuple(sum(each[0] == day for each in same) for day in dates),
                len(same),
            )
            for time, same in times.items()
        )
        return WeekCourse(label, ", ".join(filter(None, details)), rows, len(course))
