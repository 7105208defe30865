"""The doses of a course by date, and the runs of dates on which they are the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from microcare.core.time.appointment import Appointment
from microcare.core.values import value

if TYPE_CHECKING:
    from microcare.core.time.courses import Dose


@value
class DoseDay:
    """The doses of a course on a local date; `number` counts the course's dates from 1.

    The date of its first dose is the first, and dates without a dose count too.
    """

    date: date
    number: int
    doses: tuple[Dose, ...]


@value
class DoseRun:
    """Dates with the same doses at the same times: `first` and every `step` days through `last`.

    Both are inclusive; a run of one date has the step 0. The doses are those of its first date.
    """

    first: DoseDay
    last: date
    step: int


def list_dose_days(doses: Iterable[Dose], visit: Appointment) -> tuple[DoseDay, ...]:
    """Return the dates of a course that have doses, in order."""
    by_date = [
        (day, tuple(each))
        for day, each in groupby(doses, key=lambda dose: visit.local_date(dose.instant))
    ]
    return tuple(DoseDay(day, (day - by_date[0][0]).days + 1, chosen) for day, chosen in by_date)


def find_runs(
    days: Iterable[DoseDay], visit: Appointment, resumed: Collection[date] = ()
) -> tuple[DoseRun, ...]:
    """Return the runs of a course's dates, in order; every date is in one of them.

    On the dates `resumed` bans end: the gap that they leave in a course is none of its rhythm.
    """
    runs: list[DoseRun] = []
    for day in days:
        run = runs[-1] if runs else None
        gap = (day.date - run.last).days if run is not None else 0
        if (
            run is not None
            and run.step in {0, gap}
            and not (gap > 1 and any(run.last < each <= day.date for each in resumed))
            and _signature(run.first, visit) == _signature(day, visit)
        ):
            runs[-1] = DoseRun(run.first, day.date, gap)
        else:
            runs.append(DoseRun(day, day.date, 0))
    return tuple(runs)


def _signature(day: DoseDay, visit: Appointment) -> tuple[object, ...]:
    return tuple(
        (visit.local(dose.instant).time(), dose.topics, dose.amounts, dose.suggested)
        for dose in day.doses
    )
