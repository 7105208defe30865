"""Calendars worded once for all bookings that differ in nothing but their dates."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Hashable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from operator import attrgetter
from zoneinfo import ZoneInfo

from microcare.core.plan.plan import Plan
from microcare.core.sheet.protocol import Clinic, Protocol
from microcare.core.time.appointment import Appointment
from microcare.export.ics.course_doses import list_daily
from microcare.export.ics.events import CHECK_NOW, DAY, Placed, Worded
from microcare.language.messages import find_spoken
from microcare.wording.slots import SLOT, Slots

_HOUR = timedelta(hours=1)

_MOST = 256
"""So many forms of a protocol are kept."""

_get_instants = attrgetter(
    *("start", "until", "start_at_latest", "until_at_least", "start_otherwise", "until_otherwise")
)
_get_forms = attrgetter(
    *("start_form", "until_form", "latest_form", "least_form", "ends_with_treatment")
)


class CalendarForm:
    """A calendar whose dates are left open, as it was `worded` for one visit."""

    def __init__(self, visit: Appointment, slots: Slots, worded: Iterable[Worded]) -> None:
        self._visit = visit
        self._slots = slots
        self._worded = tuple(worded)
        drafts = [each.draft for each in self._worded]
        self._clocks = [
            (self._read(each.start), each.end and self._read(each.end)) for each in drafts
        ]
        self._years = slots.find_years(visit.day)

    def suits(self, plan: Plan) -> bool:
        """Return whether these are a plan's words: the same dates stand in them with a year."""
        day = plan.visit.day
        if not self._slots.is_complete and day != self._visit.day:
            return False
        return self._slots.find_years(day) == self._years

    def write_dates(self, plan: Plan) -> tuple[str, ...]:
        """Return the dates that a plan has where they are left open."""
        return self._slots.write(plan.visit.day)

    def place(self, plan: Plan) -> Iterable[Placed]:
        """Yield what was worded at its times in a plan, whose visit begins at the same hour."""
        visit = plan.visit
        days = visit.day - self._visit.day
        for worded, (starts, ends) in zip(self._worded, self._clocks, strict=True):
            start, end = worded.draft.start, worded.draft.end
            if days:
                start = _shift(starts, days, visit.zone)
                end = None if ends is None else _shift(ends, days, visit.zone)
            if worded.draft.key == CHECK_NOW:
                start = visit.local_date(plan.now)
            begins = start if isinstance(start, datetime) else visit.day_start(start)
            yield Placed(worded, begins, start, end)

    def _read(self, when: date | datetime) -> date | datetime:
        """Return what the clock shows at an instant; a date stays one."""
        return self._visit.local(when).replace(tzinfo=None) if isinstance(when, datetime) else when


def _shift(shown: date | datetime, days: timedelta, zone: ZoneInfo) -> date | datetime:
    """Return a date, or the instant at which the clock shows the same, so many days later."""
    later = shown + days
    return later.replace(tzinfo=zone).astimezone(UTC) if isinstance(later, datetime) else later


class CalendarForms:
    """The forms of one protocol's calendars, those that were worded last."""

    def __init__(self, _: Protocol) -> None:
        self._forms: dict[Hashable, tuple[CalendarForm, ...]] = {}

    def find(self, plan: Plan, key: Hashable, word: Callable[[], CalendarForm]) -> CalendarForm:
        """Return a form that suits a plan of a `key`, worded now where none is kept."""
        kept = self._forms.get(key, ())
        for form in kept:
            if form.suits(plan):
                return form
        # Of two threads that miss the same one each makes its own.
        made = word()
        self._forms[key] = (*kept, made)
        for oldest in [*self._forms][:-_MOST]:
            self._forms.pop(oldest, None)
        return made


def may_leave_open(plan: Plan, clinic: Clinic) -> bool:
    """Return whether the words of a plan may leave its dates open.

    Other languages join their words to the dates; several treatments have dates of several years.
    """
    asked = f"{clinic.name}{clinic.phone}{clinic.address}"
    return not plan.is_joint and find_spoken() is None and re.search(SLOT, asked) is None


def find_key(plan: Plan) -> Hashable:
    """Return all that the words of a plan hang on which may share them, but for its dates.

    That is how far each instant of which an event may tell lies from the appointment, elapsed and
    by the clinic's clock, and between which of their dates the plan's `now` lies. Where that is on
    or next to one of them (the last day of what ends at midnight is the one before), or the clock
    is changed on one of them, the moments themselves are in it.

    Each instant and all amounts stand in it once and are told by number.
    """
    visit, places, amounts = plan.visit, _Places(plan.visit), dict[int, tuple[int, Hashable]]()
    daily, rules, find = plan.protocol.recall(list_daily), [], places.__getitem__
    for each in plan.instructions:
        dated = each.dated
        doses = each.doses and [
            (
                places[dose.instant],
                amounts.setdefault(id(dose.amounts), (len(amounts), dose.amounts))[0],
                *(dose.topics, dose.suggested, dose.by_clock),
            )
            for dose in each.doses
        ]
        if each.instruction.id in daily:
            places.add_dates(dated.start, dated.until or dated.until_at_least)
        last = dated.last_ok and places.find_date(dated.last_ok)
        instants = map(find, _get_instants(dated))
        rules.append((each.applies, each.standing, *instants, *_get_forms(dated), last, *doses))
    own = places[visit.start], places[visit.end], visit.all_day, visit.duration_known
    today = visit.local_date(plan.now)
    now: int | tuple[datetime, datetime] = bisect(sorted(places.dates), today)
    near = today - DAY, today, today + DAY
    if not places.dates.isdisjoint(near) or places.change_clock():
        now = visit.start, plan.now
    told = tuple(places.found), tuple(amounts.values()), frozenset(plan.answers.items())
    return visit.zone.key, own, tuple(rules), told, now


class _Places(dict[datetime | None, int]):
    """Where instants lie, counted from an appointment, each by a number of its own."""

    def __init__(self, visit: Appointment) -> None:
        super().__init__({None: -1})
        self._day, self._start, self._zone = visit.day, visit.start, visit.zone
        self.dates = {visit.day}
        self.found: list[tuple[timedelta, timedelta, time]] = []
        """How far each is from the beginning, its date from that of this, and its time of day."""

    def __missing__(self, instant: datetime) -> int:
        local, number = instant.astimezone(self._zone), len(self.found)
        day = local.date()
        self.dates.add(day)
        self.found.append((instant - self._start, day - self._day, local.time()))
        self[instant] = number
        return number

    def find_date(self, day: date) -> timedelta:
        """Return how far a date lies from that of the beginning."""
        self.dates.add(day)
        return day - self._day

    def add_dates(self, start: datetime | None, until: datetime | None) -> None:
        """Add each date between two instants to those found."""
        if start is not None and until is not None:
            local = (each.astimezone(self._zone) for each in (start, until))
            first, last = (each.toordinal() for each in local)
            self.dates.update(map(date.fromordinal, range(first, last + 1)))

    def change_clock(self) -> bool:
        """Return whether the clock is changed on one of the dates found, or at its midnights."""
        return any(_changes_clock(each, self._zone) for each in self.dates)


@lru_cache(maxsize=4096)
def _changes_clock(day: date, zone: ZoneInfo) -> bool:
    midnight = datetime.combine(day, time(), tzinfo=zone)
    return (midnight - _HOUR).utcoffset() != (midnight + DAY + _HOUR).utcoffset()
