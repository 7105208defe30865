"""The events of the appointments themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from microcare.core.plan.plan import Plan
from microcare.core.plan.treatments import Treatment
from microcare.core.time.appointment import Appointment
from microcare.export.ics.alarms import BOOKING_EVENINGS
from microcare.export.ics.event_titles import LONGEST_TITLE
from microcare.export.ics.events import Category, Draft, Ring
from microcare.export.ics.identities import VISIT, name_apart
from microcare.language.messages import say
from microcare.wording.plan.footnotes import Told
from microcare.wording.plan.words import name_treatments

_HALF_AN_HOUR = timedelta(minutes=30)


def group_visits(plan: Plan) -> tuple[tuple[Treatment, ...], ...]:
    """Return the treatments of a plan in order, those that start together in one visit."""
    found = sorted(plan.treatments, key=lambda each: each.visit.start)
    return tuple(tuple(same) for _, same in groupby(found, key=lambda each: each.visit.start))


def draft_visit(
    treated: Sequence[Treatment], plan: Plan, lines: Iterable[str | Told], where: str
) -> Draft:
    """Return a visit with what is told of it; a session that isn't booked blocks no time."""
    start, end = _find_times([each.visit for each in treated])
    booked = treated[0].booked
    title = name_treatments(treated, plan)
    whole = say("{title} appointment", title=title)
    if len(plan.list_sessions(treated[0])) == 1 and len(whole) <= LONGEST_TITLE:
        title = whole
    return Draft(
        key=name_apart(VISIT, treated[0]),
        title=title if booked else say("Not booked yet: {title}", title=title),
        lines=tuple(lines),
        start=start,
        end=end,
        ring=Ring(firm=True) if booked else Ring(evenings=BOOKING_EVENINGS),
        discreet=say("Appointment") if booked else say("Not booked yet: appointment"),
        opaque=booked,
        location=where or None,
        category=Category.APPOINTMENT,
        tentative=not booked,
    )


def _find_times(visits: Sequence[Appointment]) -> tuple[date | datetime, datetime | None]:
    """Return when appointments that start together begin and, as they are shown, end."""
    first = visits[0]
    if any(each.all_day for each in visits):
        return first.day, None
    known = all(each.duration_known for each in visits)
    ends = [each.end for each in visits]
    return first.start, max(ends if known else [*ends, first.start + _HALF_AN_HOUR])
