"""Calendar events as values, before they are written as a file."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from microcare.core.values import value

NEUTRAL = "Personal reminder"
"""The title of an event that must not say what it is about."""


@value
class CalendarEvent:
    """One event. `start` and `end` are both dates or both instants in UTC; `end` is exclusive.

    `alarm` is how long before the start the one alarm rings, None for none. An `opaque` event
    blocks its time, the others don't. `of_doses` are the reminders that `--no-doses` leaves out.
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


@value
class Reminder:
    """What becomes an event: at an instant in UTC, or on a whole date.

    `key` is that of its UID. `end` is exclusive; without one an instant has none and a date lasts
    its day. The alarm rings `ahead` of the start, or on the evening before where that is None;
    one that doesn't ring has none.
    """

    key: str
    title: str
    start: date | datetime
    lines: tuple[str, ...] = ()
    end: datetime | None = None
    ahead: timedelta | None = None
    rings: bool = True


@value
class CalendarOptions:
    """What a calendar is made with.

    `booking` is the reference from which the UIDs are made, `alarm` the time of the evening
    before at which events ring (None for never). With `spans` every window is a bar as well;
    `discreet` titles name no treatment and no topic. Without `doses` only the days' entries tell
    of these.
    """

    booking: str | None = None
    alarm: time | None = time(18)
    spans: bool = False
    discreet: bool = False
    doses: bool = True
