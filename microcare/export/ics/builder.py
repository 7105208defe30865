"""The patient's calendar: the events of a plan, before they are written as a file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import nullcontext
from datetime import UTC, date, datetime
from functools import partial

from microcare.core.plan.plan import Plan
from microcare.core.sheet.protocol import Clinic
from microcare.core.values import replace
from microcare.export.ics.alarms import find_alarms
from microcare.export.ics.descriptions import part_text
from microcare.export.ics.digests import later_key
from microcare.export.ics.drafter import Drafter
from microcare.export.ics.earlier import EarlierCalendar
from microcare.export.ics.event_titles import cut_title
from microcare.export.ics.events import (
    CalendarEvent,
    CalendarOptions,
    Category,
    Draft,
    find_end,
)
from microcare.export.ics.forms import (
    CHECK_NOW,
    CalendarForm,
    CalendarForms,
    Worded,
    find_key,
    may_share,
)
from microcare.export.ics.identities import booking_seed, make_uid
from microcare.export.ics.replacements import bury_event, list_gone, tell_replaced
from microcare.language.messages import say
from microcare.wording.slots import Slots, leave_open


def build_events(
    plan: Plan,
    clinic: Clinic,
    options: CalendarOptions | None = None,
    earlier: EarlierCalendar | None = None,
) -> tuple[CalendarEvent, ...]:
    """Return the events of a plan in the order of their dates.

    What was settled as no is left out, and staff's notes; everything else is in at least one
    event: a day's digest, the visit, or the check of what already holds at the plan's `now`. Behind
    them are the tombstones of what an `earlier` calendar has besides and is not past.
    """
    options = options or CalendarOptions()
    tombstones: Iterable[CalendarEvent] = ()
    if earlier is None:
        events = [*_finish(_word_calendar(plan, clinic, options), plan, options)]
    else:
        events, tombstones = _replace_calendar(plan, clinic, options, earlier)
    return tuple(
        sorted(
            (*events, *tombstones),
            key=lambda each: (each.cancelled, _find_instant(each.start, plan), each.uid),
        )
    )


def _word_calendar(plan: Plan, clinic: Clinic, options: CalendarOptions) -> Iterable[Worded]:
    """Return all drafts in their words, which are those of other bookings where they can be."""
    unbooked = replace(options, booking=None)
    if not may_share(plan, clinic):
        return Drafter(plan, clinic, unbooked).word()

    def word() -> CalendarForm:
        slots = Slots(plan.visit.day)
        with leave_open(slots):
            return CalendarForm(plan.visit, slots, Drafter(plan, clinic, unbooked).word())

    forms = plan.protocol.recall(CalendarForms)
    return forms.find(plan, (find_key(plan), clinic, unbooked), word).fill(plan)


def _replace_calendar(
    plan: Plan, clinic: Clinic, options: CalendarOptions, earlier: EarlierCalendar
) -> tuple[list[CalendarEvent], list[CalendarEvent]]:
    """Return the events of a calendar that replaces another, and the tombstones of what is gone."""
    # Also a calendar that refuses each UID which it knows shall take what it is told there.
    check = f"{CHECK_NOW} {earlier.sequence}"
    drafter, slots = Drafter(plan, clinic, options), Slots(plan.visit.day)
    # Its words are measured as those of a first calendar are.
    opening = partial(leave_open, slots) if may_share(plan, clinic) else nullcontext

    def word(replaced: Collection[str] = ()) -> list[CalendarEvent]:
        with opening():
            form = CalendarForm(plan.visit, slots, drafter.word(check, replaced))
        return [*_finish(form.fill(plan), plan, options)]

    seed = booking_seed(plan.protocol, plan.visit, options.booking)
    uids = {each.uid for each in word()} | {make_uid(seed, check)}
    gone = list_gone(earlier, plan.now, uids)
    # What the options leave out still applies, and so does what a day's one entry has room for.
    whole = Drafter(plan, clinic, replace(options, spans=True, doses=True, every_dose=True))
    with opening():
        keys = tuple(whole.list_keys())
    told = {make_uid(seed, each) for key in keys for each in (key, later_key(key))}
    fallen = [each for each in gone if each.uid not in told]
    events = word((*tell_replaced(earlier, fallen, plan.visit.zone), ""))
    made, live = plan.visit.local_date(earlier.stamp), {each.uid for each in events}
    tombstones = [
        bury_event(each, made, applies=each.uid in told) for each in gone if each.uid not in live
    ]
    return events, tombstones


def event_dates(events: Iterable[CalendarEvent], plan: Plan) -> tuple[date, date]:
    """Return the first and the last date on which an event begins, at the clinic."""
    starts = [
        plan.visit.local_date(_find_instant(event.start, plan))
        if isinstance(event.start, datetime)
        else event.start
        for event in events
    ]
    return min(starts), max(starts)


def _find_instant(start: date | datetime, plan: Plan) -> datetime:
    """Return when a time is, at the clinic."""
    if not isinstance(start, datetime):
        return plan.visit.day_start(start)
    return start if start.tzinfo else start.replace(tzinfo=plan.visit.zone).astimezone(UTC)


def _finish(
    worded: Iterable[Worded], plan: Plan, options: CalendarOptions
) -> Iterator[CalendarEvent]:
    """Yield the events of worded drafts, each with its identity and its alarm.

    What no calendar shows in one event goes on in another.
    """
    seed = booking_seed(plan.protocol, plan.visit, options.booking)
    told = tuple(worded)
    alarms = find_alarms([each.draft for each in told], options.alarm, plan.visit, plan.now)
    for each, alarm in zip(told, alarms, strict=True):
        draft = each.draft
        start, end = draft.start, draft.end
        if options.floating and draft.by_clock:
            start, end = _float(start, plan), _float(end, plan) if end is not None else None
        first, *others = part_text(each.text)
        event = CalendarEvent(
            uid=make_uid(seed, draft.key),
            summary=each.title,
            description=first,
            start=start,
            end=find_end(start, end),
            alarm=alarm,
            opaque=draft.opaque,
            location=None if options.discreet else draft.location,
            category=_shown_category(draft, options),
            of_doses=draft.category is Category.DOSE,
            tentative=draft.tentative,
        )
        yield event
        for number, part in enumerate(others, 2):
            yield replace(
                event,
                uid=make_uid(seed, f"{draft.key} part {number}"),
                summary=cut_title(
                    say("Continued: part {number} of this day's entry", number=number)
                ),
                description=part,
                alarm=None,
                opaque=False,
            )


def _float(when: date | datetime, plan: Plan) -> date | datetime:
    """Return what the clinic's clock shows at an instant; a date stays one."""
    if not isinstance(when, datetime):
        return when
    return plan.visit.local(when).replace(tzinfo=None)


def _shown_category(draft: Draft, options: CalendarOptions) -> Category:
    told = draft.category is Category.APPOINTMENT or not options.discreet
    return draft.category if told else Category.REMINDER
