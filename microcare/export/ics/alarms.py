"""When the events of a calendar ring: in time to act, by day, and not too often."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from microcare.core.plan.days import Day
from microcare.core.plan.plan import Plan
from microcare.core.plan.transitions import Change, Transition
from microcare.core.sheet.instruction import Strength
from microcare.core.time.appointment import Appointment
from microcare.export.ics.event_titles import more_words
from microcare.export.ics.events import DAY, Category, Draft, Placed, Ring
from microcare.export.ics.identities import name_apart
from microcare.wording.dates import clock_time, short_weekday

AT_ITS_HOUR = timedelta(minutes=10)
"""How long before its time something rings at the most that the sheet itself puts there."""

MOST_RINGS = 3
"""A date has no more alarms than this, but for doses and for what must not be missed."""

BOOKING_EVENINGS = 7
"""So many evenings before a day on which only another visit is due, which may have to be booked."""

_NIGHT, _MORNING, _NOON = time(22), time(6, 30), time(12)
"""Nothing rings from the first to the second of these but what the sheet puts there."""

_MINUTE = timedelta(minutes=1)
_SOON = (timedelta(minutes=30), timedelta(minutes=5), _MINUTE)
"""How long after the file is made rings what should have rung before: the first that fits."""

_NEVER_RING = {
    *(Change.ENDS, Change.ENDS_WITH_TREATMENT, Change.AT_LEAST_OVER),
    Change.OVERRULED,
}
"""What is fine again, or is not to be done after all, can wait until somebody looks."""


def find_alarms(
    placed: Sequence[Placed], evening: time | None, visit: Appointment, now: datetime
) -> tuple[timedelta | None, ...]:
    """Return how long before its start each event rings, None where it doesn't.

    `evening` is the time of the evening before at which most ring, None for no alarm at all; it is
    the clinic's wish, also in the night. All are whole minutes, more than 0, and ring after `now`.
    """
    if evening is None:
        return (None,) * len(placed)
    finder = _Finder(evening, visit, now)
    found = [*map(finder.find, placed)]
    for place in _list_too_many(placed, found, visit):
        found[place] = None
    return tuple(
        None if rings is None else _MINUTE * ((each.begins - rings) // _MINUTE)
        for each, rings in zip(placed, found, strict=True)
    )


def list_weighty_dates(drafts: Iterable[Draft], visit: Appointment) -> frozenset[date]:
    """Return the dates of whose fasts and deadlines the evening before must tell."""
    return frozenset(
        visit.local_date(each.start)
        for each in drafts
        if isinstance(each.start, datetime)
        and each.ring is not None
        and each.ring.firm
        and each.ring.at_its_hour
    )


def ring_of_day(day: Day, visit: Appointment, weighty: Collection[date]) -> Ring | None:
    """Return how a day's reminder rings: not for what only ends, is expected or is allowed.

    One with a ban that begins, or something before noon, is firm, and so is each of the `weighty`
    dates.
    """
    if day.date in weighty:
        return Ring(firm=True)
    told = [each for each in day.transitions if _calls_to_act(each)]
    if told and all(each.planned.instruction.verb.traits.is_booked for each in told):
        return Ring(evenings=BOOKING_EVENINGS)
    return Ring(firm=any(_is_weighty(each, visit) for each in told)) if told else None


def list_nights(drafts: Iterable[Draft], visit: Appointment) -> dict[date, tuple[str, ...]]:
    """Return what rings between midnight and morning, in the order of its times, by its date.

    Each has its day and hour: it is read on the evening before. Fasts and deadlines say theirs.
    """
    early = (
        (each.start, each)
        for each in drafts
        if isinstance(each.start, datetime)
        and each.ring is not None
        and each.ring.at_its_hour
        and not each.ring.firm
        and _is_early(each.start, visit, _MORNING)
    )
    found: dict[date, list[str]] = {}
    for start, each in sorted(early, key=lambda pair: (pair[0], pair[1].key)):
        local = visit.local(start)
        title = f"{each.title[:1].lower()}{each.title[1:]}"
        line = f"{short_weekday(local.date())} {clock_time(local)}: {title}"
        found.setdefault(local.date(), []).append(line)
    return {day: tuple(lines) for day, lines in found.items()}


def announce_dates(
    drafts: Sequence[Draft], plan: Plan, nights: Mapping[date, Sequence[str]]
) -> Iterator[Draft]:
    """Yield what tells on the evening before of a weighty date of which no day's entry does.

    `nights` are what `list_nights` finds.
    """
    visit = plan.visit
    told = {
        each.start
        for each in drafts
        if each.ring is not None and each.ring.firm and each.ring.evenings == 1
    }
    for day in sorted({*list_weighty_dates(drafts, visit), *nights} - told):
        firm = [
            each
            for each in drafts
            if isinstance(each.start, datetime)
            and visit.local_date(each.start) == day
            and each.ring is not None
            and each.ring.firm
            and each.ring.at_its_hour
        ]
        lines = [*(each.title for each in firm), *nights.get(day, ())]
        counted = plan.find_counted(day)
        yield Draft(
            key=name_apart(f"announcement {(day - counted.visit.day).days}", counted),
            title=f"{lines[0]} {more_words(len(lines) - 1)}" if len(lines) > 1 else lines[0],
            lines=[f"- {each}" for each in lines],
            start=day,
            ring=Ring(firm=True, dose=not firm),
            category=Category.DAY if firm else Category.DOSE,
        )


def _calls_to_act(transition: Transition) -> bool:
    """Return whether a change forbids something, or asks for it, from its day on."""
    instruction = transition.planned.instruction
    if transition.change in _NEVER_RING:
        return False
    if instruction.verb.traits.needs_cause and transition.change is not Change.HAPPENS:
        return False
    rhythm = instruction.repetition
    optional = instruction.strength is Strength.MAY or (rhythm is not None and rhythm.as_needed)
    traits = instruction.verb.traits
    return traits.restricts or (traits.asks and not optional)


def _is_weighty(transition: Transition, visit: Appointment) -> bool:
    instruction, instant = transition.planned.instruction, transition.instant
    if transition.planned.restricts or instruction.is_deadline:
        return True
    timed = instant is not None and not transition.with_day
    return timed and transition.change is Change.HAPPENS and _is_early(instant, visit, _NOON)


def _is_early(instant: datetime | None, visit: Appointment, end: time) -> bool:
    """Return whether an instant lies between its date's midnight and `end`, exclusive."""
    return instant is not None and visit.local(instant).time() < end


class _Finder:
    """Finds when single events ring, at one hour of the evening."""

    def __init__(self, evening: time, visit: Appointment, now: datetime) -> None:
        self._evening = evening
        self._visit = visit
        self._now = now

    def find(self, placed: Placed) -> datetime | None:
        """Return when an event rings, None where it doesn't, or it is too late for that."""
        ring, start = placed.worded.draft.ring, placed.begins
        if ring is None:
            return None
        wish = self._find_wish(placed, ring)
        if wish is not None:
            return wish
        for each in self._list_next(start):
            if self._is_ahead(each, start) and self._is_fit(each, start, ring):
                return each
        return None

    def _find_wish(self, placed: Placed, ring: Ring) -> datetime | None:
        """Return the best time at which an event should ring, None where all are too late.

        An evening is the clinic's wish, whatever its hour.
        """
        start = placed.begins
        if ring.ahead is not None:
            for each in self._list_ahead(start, ring.ahead):
                if self._is_fit(each, start, ring):
                    return each if self._is_ahead(each, start) else None
            before = self._visit.local(start - ring.ahead)
            if before.time() >= _NIGHT:
                evening = self._find_evening(before.date())
                if self._is_ahead(evening, start):
                    return evening
        day = self._visit.local_date(start) if isinstance(placed.start, datetime) else placed.start
        for count in range(ring.evenings, 0, -1):
            evening = self._find_evening(day - count * DAY)
            if self._is_ahead(evening, start):
                return evening
        return None

    def _is_ahead(self, instant: datetime, start: datetime) -> bool:
        """Return whether something may ring then: after now, and a minute before it at least."""
        return self._now < instant <= start - _MINUTE

    def _list_ahead(self, start: datetime, ahead: timedelta) -> Iterator[datetime]:
        """Yield when an event that rings ahead of its time should do so, the best first."""
        yield start - max(ahead, _MINUTE)
        if self._is_night(start):
            yield start - AT_ITS_HOUR

    def _find_evening(self, day: date) -> datetime:
        return _find_evening(day, self._evening, self._visit.zone)

    def _is_fit(self, instant: datetime, start: datetime, ring: Ring) -> bool:
        """Return whether an event may ring then: by day, or for what the sheet puts at night.

        That rings when it is due, or where it is due at night before people sleep.
        """
        if not self._is_night(instant):
            return True
        due = start - instant <= AT_ITS_HOUR
        before_sleep = self._is_night(start) and self._visit.local(instant).time() >= _NIGHT
        return ring.at_its_hour and (due or before_sleep)

    def _list_next(self, start: datetime) -> Iterator[datetime]:
        """Yield the next times from now on: soon, in the morning, when it is due."""
        minute = self._now.replace(second=0, microsecond=0)
        yield from (minute + each for each in _SOON)
        local = self._visit.local(self._now)
        day = local.date() if local.time() < _MORNING else local.date() + DAY
        yield _put(day, _MORNING, self._visit.zone)
        yield start - AT_ITS_HOUR

    def _is_night(self, instant: datetime) -> bool:
        clock = self._visit.local(instant).time()
        return clock >= _NIGHT or clock < _MORNING


@lru_cache(maxsize=4096)
def _find_evening(day: date, evening: time, zone: ZoneInfo) -> datetime:
    found = _put(day, evening, zone)
    # The zone's clock may never have shown that date (Apia had no 30 December 2011).
    skipped = found.astimezone(zone).date() > day
    return found - DAY if skipped else found


def _put(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)


def _list_too_many(
    placed: Sequence[Placed], found: Sequence[datetime | None], visit: Appointment
) -> Iterator[int]:
    """Yield the places of what may not ring, since its date has enough: the least weighty.

    A task at its time counts for more than a day's reminder, and of two the earlier.
    """
    dates: dict[date, list[int]] = {}
    for place, (each, rings) in enumerate(zip(placed, found, strict=True)):
        ring = each.worded.draft.ring
        if rings is not None and ring is not None and not ring.dose:
            dates.setdefault(visit.local_date(rings), []).append(place)

    def weigh(place: int) -> tuple[bool, bool, int]:
        each = placed[place]
        ring = each.worded.draft.ring
        return ring is not None and ring.firm, isinstance(each.start, datetime), -place

    for places in dates.values():
        if len(places) > MOST_RINGS:
            least = sorted(places, key=weigh)[:-MOST_RINGS]
            yield from (place for place in least if not weigh(place)[0])
