"""What a new calendar leaves of an earlier one: the tombstones of what is gone, and the words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby, takewhile
from zoneinfo import ZoneInfo

from microcare.core.plan.plan import Plan
from microcare.core.plan.treatments import Treatment
from microcare.core.time.appointment import (
    Appointment,
    make_timed_appointment,
    make_whole_day_appointment,
)
from microcare.core.values import replace, value
from microcare.export.ics.earlier import (
    MAX_SEQUENCE,
    EarlierCalendar,
    EarlierEvent,
)
from microcare.export.ics.event_titles import cut_title
from microcare.export.ics.events import CalendarEvent, Content, find_end
from microcare.export.ics.identities import VISIT, booking_seed, make_uid, name_apart
from microcare.language.messages import count, mark, say
from microcare.wording.dates import clock_time, short_date

TOMBSTONE = mark("No longer applies: delete this entry")
"""A title that harms nobody in a calendar which shows cancelled events like others."""

_FIRST_MINUTE = datetime(2020, 1, 1, tzinfo=UTC)
_YEARS = range(1900, 2200)
"""Those that a date may have; no other is planned for."""

_MOST_TOLD = 20
"""So many titles are told of what fell away: some calendars cut long descriptions."""


def next_sequence(now: datetime, earlier: EarlierCalendar | None = None) -> int:
    """Return a SEQUENCE that is above an earlier file's, though nobody has counted.

    It is that of the minutes from 2020 to `now`, or one more than the earlier file's. Raises
    ValueError where that has the highest.
    """
    minutes = max((now - _FIRST_MINUTE) // timedelta(minutes=1), 0)
    if earlier is None:
        return min(minutes, MAX_SEQUENCE)
    if earlier.sequence >= MAX_SEQUENCE:
        raise ValueError("has the highest SEQUENCE: no other file can replace it")
    return min(max(earlier.sequence + 1, minutes), MAX_SEQUENCE)


def find_visits(
    earlier: EarlierCalendar, plan: Plan, booking: str | None
) -> dict[int, Appointment]:
    """Return the appointments of a plan's treatments as an earlier calendar has them.

    By the numbers of the treatments; each lasts as long as the plan's, since an event may be longer
    than that. None at all where the booking or the protocol is another one, or the first
    appointment is cancelled there.
    """
    first = _find_first(earlier, plan, booking)
    if first is None:
        return {}
    seed = booking_seed(plan.protocol, first, booking)
    live = {each.uid: each for each in earlier.events if not each.cancelled}
    found = {1: first}
    for each in plan.treatments[1:]:
        event = live.get(make_uid(seed, name_apart(VISIT, each)))
        visit = None if event is None else _make_visit(event.start, each)
        if event is None and each.visit.start == plan.visit.start:
            visit = replace(first, end=first.start + (each.visit.end - each.visit.start))
        if visit is not None:
            found[each.number] = visit
    return found


def find_dropped(
    earlier: EarlierCalendar, plan: Plan, booking: str | None
) -> tuple[Appointment, ...]:
    """Return the appointments of an earlier calendar whose treatments a plan no longer has."""
    first = _find_first(earlier, plan, booking)
    if first is None:
        return ()
    seed, last = booking_seed(plan.protocol, first, booking), plan.treatments[-1]
    live = {each.uid: each for each in earlier.events if not each.cancelled}
    numbers = range(len(plan.treatments) + 1, len(plan.treatments) + 1 + len(live))
    keys = (name_apart(VISIT, replace(last, number=number)) for number in numbers)
    events = takewhile(bool, (live.get(make_uid(seed, key)) for key in keys))
    visits = (_make_visit(each.start, last) for each in events if each is not None)
    return tuple(each for each in visits if each is not None)


def _find_first(earlier: EarlierCalendar, plan: Plan, booking: str | None) -> Appointment | None:
    for event in earlier.events:
        if event.start.year not in _YEARS:
            continue
        if (
            not event.cancelled
            and (visit := _make_visit(event.start, plan.treatments[0])) is not None
        ):
            seed = booking_seed(plan.protocol, visit, booking)
            if event.uid == make_uid(seed, VISIT):
                return visit
    return None


def _make_visit(start: date | datetime, treatment: Treatment) -> Appointment | None:
    """Return the appointment that begins then; no floating time is one."""
    visit = treatment.visit
    zone, source = visit.zone, visit.zone_source
    if not isinstance(start, datetime):
        return make_whole_day_appointment(start, zone, source)
    if start.tzinfo is None:
        return None
    duration = visit.end - visit.start if visit.duration_known else treatment.protocol.duration
    return make_timed_appointment(start, zone, source, duration)


def list_gone(
    earlier: EarlierCalendar, now: datetime, uids: Collection[str] = ()
) -> tuple[EarlierEvent, ...]:
    """Return the events that are not past and not among `uids`, tombstones among them."""
    return tuple(each for each in earlier.events if each.uid not in uids and not each.is_past(now))


def bury_event(event: EarlierEvent, made: date, *, applies: bool = False) -> CalendarEvent:
    """Return the tombstone of an event whose file was `made` on a date.

    What `applies` nevertheless is told in the new file's other entries.
    """
    day = short_date(made)
    told = say("This entry is of the file of {day} and no longer applies: delete it.", day=day)
    if applies:
        told = say(
            "This entry of the file of {day} is no longer needed: the days' entries tell it.",
            day=day,
        )
    lines = [told]
    if not event.cancelled:
        lines.append(say("It was: {title}", title=cut_title(event.title)))
    return CalendarEvent(
        uid=event.uid,
        content=Content(cut_title(say(TOMBSTONE)), "\n".join(lines), cancelled=True),
        start=event.start,
        end=find_end(event.start, event.end),
    )


def tell_replaced(
    earlier: EarlierCalendar, gone: Iterable[EarlierEvent], zone: ZoneInfo
) -> Iterable[str]:
    """Yield that a file replaces another, and what of that fell away."""
    made = short_date(earlier.stamp.astimezone(zone).date())
    yield say("This replaces the file of {day}; delete what is left of it.", day=made)
    yield say("If the appointment is not on its new date then, import this file again.")
    told = sorted((each for each in gone if not each.cancelled), key=lambda each: each.title)
    titles = [
        (title, sorted(_tell_start(each, zone) for each in events))
        for title, events in groupby(told, key=lambda each: each.title)
    ]
    titles.sort(key=lambda each: each[1])
    if titles:
        yield say("These entries of it are gone; what still applies is in this file:")
    for title, times in titles[:_MOST_TOLD]:
        _, first = times[0]
        when = first
        if len(times) > 1:
            when = count(
                "{number} time from {time} on",
                "{number} times from {time} on",
                len(times),
                time=first,
            )
        yield f"- {cut_title(title)} ({when})"
    if len(titles) > _MOST_TOLD:
        more = sum(len(times) for _, times in titles[_MOST_TOLD:])
        yield f"- {say('and {number} more', number=more)}"


def _tell_start(event: EarlierEvent, zone: ZoneInfo) -> tuple[datetime, str]:
    """Return when an event begins by the clinic's clock, to sort by and in words."""
    if not isinstance(event.start, datetime):
        return datetime.combine(event.start, time.min), short_date(event.start)
    local = event.start.astimezone(zone) if event.start.tzinfo else event.start
    return local.replace(tzinfo=None), f"{short_date(local.date())}, {clock_time(local)}"


@value
class Differences:
    """How many events of a new calendar stand where, as against an earlier one.

    `cancelled` are the tombstones, those of the earlier calendar among them.
    """

    moved: int
    unmoved: int
    added: int
    cancelled: int


def count_differences(earlier: EarlierCalendar, events: Iterable[CalendarEvent]) -> Differences:
    """Return how the events of a calendar differ from those of the one that it replaces."""
    before = {each.uid: (each.start, each.end) for each in earlier.events if not each.cancelled}
    now = {each.uid: (each.start, each.end) for each in events if not each.content.cancelled}
    kept = before.keys() & now.keys()
    unmoved = sum(before[uid] == now[uid] for uid in kept)
    return Differences(
        moved=len(kept) - unmoved,
        unmoved=unmoved,
        added=len(now) - len(kept),
        cancelled=sum(each.content.cancelled for each in events),
    )
