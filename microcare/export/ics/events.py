"""Calendar events as values: as they are drafted, and before they are written as a file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from microcare.core.values import value
from microcare.wording.plan.footnotes import Told
from microcare.wording.plan.rows import Row
from microcare.wording.verbs import Tone

DAY = timedelta(days=1)

NEUTRAL = "Personal reminder"
"""The title of an event that must not say what it is about."""


@value
class CalendarEvent:
    """One event. `start` and `end` are both dates or both instants in UTC; `end` is exclusive.

    `alarm` is how long before the start the one alarm rings, None for none. An `opaque` event
    blocks its time, the others don't. `of_doses` are the reminders that `--no-doses` leaves out. A
    `cancelled` event takes one of an earlier file away.
    """

    uid: str
    summary: str
    description: str
    start: date | datetime
    end: date | datetime | None = None
    alarm: timedelta | None = None
    opaque: bool = False
    location: str | None = None
    of_doses: bool = False
    cancelled: bool = False


@value
class Ring:
    """When an event wants to ring, and what may keep it from that.

    It rings `ahead` of its start, or on the evening before where that is None. A `firm` one rings
    also on a day that has many; a `dose` isn't counted among these. What the sheet itself puts
    `at_its_hour` may ring at night.
    """

    ahead: timedelta | None = None
    firm: bool = False
    dose: bool = False
    at_its_hour: bool = False


@value
class Draft:
    """What becomes an event: at an instant in UTC, or on a date, whose day it lasts without an end.

    `key` is that of its UID, `discreet` its title where no title may tell what it is about. One
    without a `ring` never rings. What is told has marks where the sheet is unclear, and the event
    the footnotes. The rest is as in the event.
    """

    key: str
    title: str
    lines: Iterable[str | Told]
    start: date | datetime
    end: date | datetime | None = None
    ring: Ring | None = Ring()
    discreet: str = NEUTRAL
    opaque: bool = False
    location: str | None = None
    of_doses: bool = False


@value
class CalendarOptions:
    """What a calendar is made with.

    `booking` is the reference from which the UIDs are made, `alarm` the time of the evening
    before at which events ring (None for never). With `spans` every window is a bar as well;
    `discreet` titles name no treatment and no topic. Without `doses` only the days' entries tell
    of these; with `every_dose` each minute of them is an event, however many there are.
    """

    booking: str | None = None
    alarm: time | None = time(18)
    spans: bool = False
    discreet: bool = False
    doses: bool = True
    every_dose: bool = False


def tell_row(row: Row) -> Told:
    """Return a row of a plan as a line of a description."""
    if row.tone is Tone.VISIT:
        return Told(f"{row.time} {row.text}".strip())
    details = f" ({' · '.join(row.details)})" if row.details else ""
    text = f"- {f'{row.time} ' if row.time else ''}{row.lead}{row.text}"
    return Told(text, row.unclear, details)
