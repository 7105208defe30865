"""Calendar events as values: as they are drafted, and before they are written as a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import NamedTuple

from microcare.core.values import derived, value
from microcare.export.ics.lines import write_open_text, write_text
from microcare.language.messages import mark, mark_as, say
from microcare.wording.plan.footnotes import Told
from microcare.wording.slots import Template, decode, encode

DAY = timedelta(days=1)

CHECK_NOW = "check now"
"""The key of the event of what holds already, which is on the day of the plan's `now`."""

NEUTRAL = mark("Personal reminder")
"""The title of an event that must not say what it is about."""

_MOMENT = timedelta(minutes=10)
"""How long an event lasts that has no end of its own, like a dose."""


class Category(Enum):
    """What kind of thing an event is, as a calendar may show it, filter and colour by it."""

    APPOINTMENT = mark_as("category", "Appointment")
    DAY = mark_as("category", "Day")
    TASK = mark_as("category", "Task")
    DOSE = mark_as("category", "Dose")
    WINDOW = mark_as("category", "Window")
    REMINDER = mark_as("category", "Reminder")
    """All but the appointment, where nobody may see that there are doses."""


@value
class Content:
    """What an event says and shows, whenever it is.

    Where it `is_open` its texts leave dates open: see `wording/slots.py`. An `opaque` event blocks
    its time, the others don't. `category` is what is shown of it; `of_doses` are the reminders that
    `--no-doses` leaves out. A `tentative` event belongs to a session that is not booked, a
    `cancelled` one takes one of an earlier file away.
    """

    summary: str
    description: str
    category: Category | None = None
    location: str | None = None
    opaque: bool = False
    of_doses: bool = False
    tentative: bool = False
    cancelled: bool = False
    is_open: bool = False

    @derived
    def lines(self) -> Template:
        """The lines of its texts and of its status in a file."""
        status = "CANCELLED" if self.cancelled else "TENTATIVE" if self.tentative else ""
        return self._write(
            **({"STATUS": status} if status else {}),
            SUMMARY=self.summary,
            DESCRIPTION=self.description,
            **({"LOCATION": self.location} if self.location else {}),
        )

    @derived
    def alarm_line(self) -> Template:
        """The line of what its alarm shows."""
        return self._write(DESCRIPTION=self.summary)

    def _write(self, **texts: str) -> Template:
        write = write_open_text if self.is_open else write_text
        return decode(b"".join(write(name, text) for name, text in texts.items()))


@value
class CalendarEvent:
    """One event. `start` and `end` are both dates, both instants in UTC, or both floating.

    Floating is a time without a zone, at the wall clock wherever the phone is. `end` is exclusive.
    `alarm` is how long before the start the one alarm rings, None for none. `dates` are those that
    its content leaves open, by their numbers.
    """

    uid: str
    content: Content
    start: date | datetime
    end: date | datetime
    alarm: timedelta | None = None
    dates: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """Its title, with its dates."""
        return self._fill(self.content.summary)

    @property
    def description(self) -> str:
        """Its text, with its dates."""
        return self._fill(self.content.description)

    def _fill(self, text: str) -> str:
        return decode(encode(text)).fill(self.dates) if self.content.is_open else text


@value
class Ring:
    """When an event wants to ring, and what may keep it from that.

    It rings `ahead` of its start, or where that is None so many `evenings` before: on the first
    that lies ahead. A `firm` one rings also on a day that has many; a `dose` isn't counted among
    these. What the sheet itself puts `at_its_hour` may ring at night.
    """

    ahead: timedelta | None = None
    evenings: int = 1
    firm: bool = False
    dose: bool = False
    at_its_hour: bool = False


@value
class Draft:
    """What becomes an event: at an instant in UTC, or on a date.

    `key` is that of its UID, `discreet` its title where no title may tell what it is about, the
    neutral one where it is None. One without a `ring` never rings. What is told has marks where the
    sheet is unclear, and the event the footnotes. `by_clock` is what the patient does at a time of
    day, wherever that is; what is counted in hours, or what the clinic waits for, is not. What is
    `tentative` rings for its booking alone. The rest is as in the event.
    """

    key: str
    title: str
    lines: Sequence[str | Told]
    start: date | datetime
    end: date | datetime | None = None
    ring: Ring | None = Ring()
    discreet: str | None = None
    opaque: bool = False
    location: str | None = None
    category: Category = Category.DAY
    by_clock: bool = False
    tentative: bool = False


@value
class Worded:
    """A draft without its title and its lines, which are the contents of its events now.

    What no calendar shows in one event goes on in another.
    """

    draft: Draft
    contents: tuple[Content, ...]


class Placed(NamedTuple):
    """What was worded at its times in one plan. A date `begins` with its midnight at the clinic."""

    worded: Worded
    begins: datetime
    start: date | datetime
    end: date | datetime | None


@value
class CalendarOptions:
    """What a calendar is made with.

    `booking` is the reference from which the UIDs are made, `alarm` the time of the evening
    before at which events ring (None for never), and `notice` how long before its time a fast or a
    deadline does. With `spans` every window is a bar as well; what anybody may see of a `discreet`
    calendar names no treatment, topic or place. Without `doses` only the days' entries tell of
    these, with `every_dose` each minute of them is an event, however many there are. What is by
    the clock follows the phone's if `floating`.
    """

    booking: str | None = None
    alarm: time | None = time(18)
    spans: bool = False
    discreet: bool = False
    doses: bool = True
    every_dose: bool = False
    floating: bool = False
    notice: timedelta = timedelta(hours=2)


def condition_title(title: str) -> str:
    """Return the title of what a session brings that is not booked."""
    return say("If booked: {title}", title=title)


def find_end(start: date | datetime, end: date | datetime | None) -> date | datetime:
    """Return the end of an event, exclusive: its own, that of its day, or some minutes on.

    Without one a calendar makes it last as it likes: not at all, an hour, a day.
    """
    if end is not None and end > start:
        return end
    return start + (_MOMENT if isinstance(start, datetime) else DAY)
