"""Calendars worded once for all bookings that differ in nothing but their dates."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Hashable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from operator import attrgetter

from microcare.core.plan.plan import Plan
from microcare.core.sheet.protocol import Clinic, Protocol
from microcare.core.time.appointment import Appointment
from microcare.core.values import replace, value
from microcare.export.ics.course_doses import list_daily
from microcare.export.ics.events import DAY, Draft
from microcare.language.messages import find_spoken
from microcare.wording.slots import SLOT, Slots, fill

CHECK_NOW = "check now"
"""The key of the event of what holds already, which is on the day of the plan's `now`."""

_HOUR = timedelta(hours=1)

_MOST = 256
"""So many forms of a protocol are kept."""

_get_instants = attrgetter(
    *("start", "until", "start_at_latest", "until_at_least", "start_otherwise", "until_otherwise")
)
_get_forms = attrgetter(
    *("start_form", "until_form", "latest_form", "least_form", "ends_with_treatment")
)
_get_content = attrgetter("topics", "amounts", "suggested", "by_clock")


@value
class Worded:
    """A draft whose title and whose lines, one `text` now, have left it."""

    draft: Draft
    title: str
    text: str


class CalendarForm:
    """A calendar whose dates are left open, as it was `worded` for one visit."""

    def __init__(self, visit: Appointment, slots: Slots, worded: Iterable[Worded]) -> None:
        self._visit = visit
        self._slots = slots
        split = slots.split
        self._open = [(each.draft, split(each.title), split(each.text)) for each in worded]
        self._years = slots.find_years(visit.day)

    def suits(self, plan: Plan) -> bool:
        """Return whether these are a plan's words: the same dates stand in them with a year."""
        day = plan.visit.day
        if not self._slots.is_complete and day != self._visit.day:
            return False
        return self._slots.find_years(day) == self._years

    def fill(self, plan: Plan) -> tuple[Worded, ...]:
        """Return each draft at its times in a plan, with that plan's dates in its words."""
        dates = self._slots.write(plan.visit.day)
        return tuple(
            Worded(self._move(draft, plan), fill(title, dates), fill(text, dates))
            for draft, title, text in self._open
        )

    def _move(self, draft: Draft, plan: Plan) -> Draft:
        start = self._shift(draft.start, plan.visit)
        if draft.key == CHECK_NOW:
            start = plan.visit.local_date(plan.now)
        end = None if draft.end is None else self._shift(draft.end, plan.visit)
        return replace(draft, start=start, end=end)

    def _shift(self, when: date | datetime, visit: Appointment) -> date | datetime:
        """Return when something is for another visit that begins at the same hour."""
        days = visit.day - self._visit.day
        if not isinstance(when, datetime):
            return when + days
        if not days:
            return when
        local = self._visit.local(when).replace(tzinfo=None) + days
        return local.replace(tzinfo=visit.zone).astimezone(UTC)


class CalendarForms:
    """The forms of one protocol's calendars, those that were used last."""

    def __init__(self, _: Protocol) -> None:
        self._forms: dict[Hashable, CalendarForm] = {}

    def find(self, plan: Plan, key: Hashable, word: Callable[[], CalendarForm]) -> CalendarForm:
        """Return a form that suits a plan of a `key`, worded now where none is kept."""
        for place in count():
            # Of two threads that miss the same one each makes its own.
            found = self._forms.pop((key, place), None) or word()
            self._forms[key, place] = found
            if found.suits(plan):
                break
        for oldest in [*self._forms][:-_MOST]:
            self._forms.pop(oldest, None)
        return found


def may_share(plan: Plan, clinic: Clinic) -> bool:
    """Return whether the words of a plan are those of others too, as its key says.

    Other languages join their words to the dates; several treatments have dates of several years.
    """
    asked = f"{clinic.name}{clinic.phone}{clinic.address}"
    is_plain = not plan.is_joint and not plan.lasts and find_spoken() is None
    return is_plain and re.search(SLOT, asked) is None


def find_key(plan: Plan) -> Hashable:
    """Return all that the words of a plan hang on which may share them, but for its dates.

    That is how far each instant of which an event may tell lies from the appointment, elapsed and
    by the clinic's clock, and between which of their dates the plan's `now` lies. Where that is on
    or next to one of them (the last day of what ends at midnight is the one before), or the clock
    is changed on one of them, the moments themselves are in it.
    """
    visit, places = plan.visit, _Places(plan.visit)
    daily, rules = plan.protocol.recall(list_daily), []
    for each in plan.instructions:
        dated = each.dated
        instants = [*map(places.find, _get_instants(dated))]
        doses = [(places.find(dose.instant), _get_content(dose)) for dose in each.doses]
        if each.instruction.id in daily:
            places.add_dates(dated.start, dated.until or dated.until_at_least)
        last = dated.last_ok and places.find_date(dated.last_ok)
        rules.append((each.applies, each.standing, *instants, *doses, last, _get_forms(dated)))
    own = places.find(visit.start), places.find(visit.end), visit.all_day, visit.duration_known
    today = visit.local_date(plan.now)
    now: int | tuple[datetime, datetime] = bisect(sorted(places.dates), today)
    if any(abs(each - today) <= DAY for each in places.dates) or places.change_clock():
        now = visit.start, plan.now
    return visit.zone.key, own, tuple(rules), frozenset(plan.answers.items()), now


class _Places:
    """Where instants lie, counted from an appointment."""

    def __init__(self, visit: Appointment) -> None:
        self._visit = visit
        self._midnight = datetime.combine(visit.day, time())
        self.dates = {visit.day}

    def find(self, instant: datetime | None) -> tuple[timedelta, timedelta] | None:
        """Return how far an instant lies from the beginning, and by the clock from its midnight."""
        if instant is None:
            return None
        local = self._visit.local(instant).replace(tzinfo=None)
        self.dates.add(local.date())
        return instant - self._visit.start, local - self._midnight

    def find_date(self, day: date) -> timedelta:
        """Return how far a date lies from that of the beginning."""
        self.dates.add(day)
        return day - self._visit.day

    def add_dates(self, start: datetime | None, until: datetime | None) -> None:
        """Add each date between two instants to those found."""
        if start is not None and until is not None:
            first, last = (self._visit.local_date(each).toordinal() for each in (start, until))
            self.dates.update(map(date.fromordinal, range(first, last + 1)))

    def change_clock(self) -> bool:
        """Return whether the clock is changed on one of the dates found, or at its midnights."""
        return any(
            self._find_offset(each, -_HOUR) != self._find_offset(each, DAY + _HOUR)
            for each in self.dates
        )

    def _find_offset(self, day: date, later: timedelta) -> timedelta | None:
        return (datetime.combine(day, time(), tzinfo=self._visit.zone) + later).utcoffset()
