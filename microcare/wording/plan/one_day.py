"""One day of a plan as a patient lives it: what changes, what holds all day, what to take when."""

from __future__ import annotations

from datetime import date

from microcare.core.plan.days import Day
from microcare.core.plan.plan import Plan
from microcare.core.values import value
from microcare.wording.dates import distance_words, full_date
from microcare.wording.plan.brief import BriefWriter
from microcare.wording.plan.lines import Line
from microcare.wording.verbs import Tone


@value
class OneDay:
    """A day in sentences, each part in the order of the day; `distance` is from the treatment."""

    title: str
    distance: str
    changes: tuple[str, ...]
    holds: tuple[str, ...]
    taken: tuple[str, ...]
    expected: tuple[str, ...]


def tell_day(plan: Plan, date: date) -> OneDay:
    """Return one day of a plan, also one on which nothing changes."""
    day, writer = plan.find_day(date), BriefWriter(plan, ends=True)
    now = (date - plan.visit.local_date(plan.now)).days
    return OneDay(
        title=f"{full_date(date)} · {distance_words(now)}",
        distance=_distance(day),
        changes=tuple(map(_sentence, writer.list_lines(day))),
        holds=tuple(map(_sentence, writer.join(writer.list_still(day)))),
        taken=tuple(map(_sentence, writer.join(writer.list_doses(day)))),
        expected=tuple(_sentence(line) for line in writer.list_expected(day)),
    )


def _distance(day: Day) -> str:
    if not day.distance:
        return "the day of the treatment"
    count = abs(day.distance)
    days = "1 day" if count == 1 else f"{count} days"
    return f"{days} {'before' if day.distance < 0 else 'after'} the treatment"


def _sentence(line: Line) -> str:
    if line.tone is Tone.VISIT:
        return f"{line.time}: {line.text}.".removeprefix(": ")
    lead = line.verb[:1].upper() + line.verb[1:]
    at = ("from" if line.tone in (Tone.STOP, Tone.FREE) else "at") if line.time else ""
    return f"{' '.join(filter(None, [lead, at, line.time]))}: {line.text}."
