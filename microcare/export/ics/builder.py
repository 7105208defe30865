"""The patient's calendar: the events of a plan, before they are written as a file."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import nullcontext
from datetime import UTC, date, datetime
from functools import partial

from microcare.core.plan.plan import Plan
from microcare.core.sheet.protocol import Clinic
from microcare.core.values import replace
from microcare.export.ics.alarms import find_alarms
from microcare.export.ics.digests import later_key
from microcare.export.ics.drafter import Drafter
from microcare.export.ics.earlier import EarlierCalendar
from microcare.export.ics.events import CHECK_NOW, CalendarEvent, CalendarOptions, find_end
from microcare.export.ics.forms import CalendarForm, CalendarForms, find_key, may_leave_open
from microcare.export.ics.identities import booking_seed, make_uid
from microcare.export.ics.replacements import bury_event, list_gone, tell_replaced
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
    if earlier is None:
        return _finish(_word_calendar(plan, clinic, options), plan, options)
    events, tombstones = _replace_calendar(plan, clinic, options, earlier)
    buried = sorted(tombstones, key=lambda each: (_find_instant(each.start, plan), each.uid))
    return (*events, *buried)


def _word_calendar(plan: Plan, clinic: Clinic, options: CalendarOptions) -> CalendarForm:
    """Return a plan's words, which are those of other bookings where they can be."""
    unbooked = replace(options, booking=None)
    is_open = may_leave_open(plan, clinic)

    def word() -> CalendarForm:
        slots = Slots(plan.visit.day)
        with leave_open(slots) if is_open else nullcontext():
            return CalendarForm(plan.visit, slots, Drafter(plan, clinic, unbooked).word())

    # What a patient last did is no other's.
    if not is_open or plan.lasts:
        return word()
    forms = plan.protocol.recall(CalendarForms)
    return forms.find(plan, (find_key(plan), clinic, unbooked), word)


def _replace_calendar(
    plan: Plan, clinic: Clinic, options: CalendarOptions, earlier: EarlierCalendar
) -> tuple[tuple[CalendarEvent, ...], list[CalendarEvent]]:
    """Return the events of a calendar that replaces another, and the tombstones of what is gone."""
    # Also a calendar that refuses each UID which it knows shall take what it is told there.
    check = f"{CHECK_NOW} {earlier.sequence}"
    slots = Slots(plan.visit.day)
    # Its words are measured as those of a first calendar are.
    opening = partial(leave_open, slots) if may_leave_open(plan, clinic) else nullcontext
    with opening():
        drafter = Drafter(plan, clinic, options)
        # What the options leave out still applies, as does what a day's one entry has room for.
        whole = Drafter(plan, clinic, replace(options, spans=True, doses=True, every_dose=True))
        keys = tuple(whole.list_keys())

    def word(replaced: Collection[str] = ()) -> tuple[CalendarEvent, ...]:
        with opening():
            form = CalendarForm(plan.visit, slots, drafter.word(check, replaced))
        return _finish(form, plan, options)

    seed = booking_seed(plan.protocol, plan.visit, options.booking)
    uids = {each.uid for each in word()} | {make_uid(seed, check)}
    gone = list_gone(earlier, plan.now, uids)
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


def _finish(form: CalendarForm, plan: Plan, options: CalendarOptions) -> tuple[CalendarEvent, ...]:
    """Return the events of a plan's words in their order, each with its identity and its alarm."""
    seed = booking_seed(plan.protocol, plan.visit, options.booking)
    placed, dates = tuple(form.place(plan)), form.write_dates(plan)
    alarms = find_alarms(placed, options.alarm, plan.visit, plan.now)
    events = []
    for each, rings in zip(placed, alarms, strict=True):
        draft, start, end = each.worded.draft, each.start, each.end
        if options.floating and draft.by_clock:
            start, end = _float(start, plan), _float(end, plan) if end is not None else None
        end = find_end(start, end)
        for number, content in enumerate(each.worded.contents, 1):
            key = draft.key if number == 1 else f"{draft.key} part {number}"
            alarm = rings if number == 1 else None
            event = CalendarEvent(make_uid(seed, key), content, start, end, alarm, dates)
            events.append((each.begins, event))
    events.sort(key=lambda each: (each[0], each[1].uid))
    return tuple(event for _, event in events)


def _float(when: date | datetime, plan: Plan) -> date | datetime:
    """Return what the clinic's clock shows at an instant; a date stays one."""
    if not isinstance(when, datetime):
        return when
    return plan.visit.local(when).replace(tzinfo=None)
