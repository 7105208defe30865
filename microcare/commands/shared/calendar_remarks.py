"""What is said of a calendar file beside it: what is in it, and what to do with it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from microcare.commands.shared.output import say
from microcare.commands.shared.patient_files import report_left_out
from microcare.export.ics.builder import event_dates
from microcare.export.ics.replacements import count_differences, next_sequence
from microcare.wording.dates import short_date

if TYPE_CHECKING:
    from microcare.core.plan.plan import Plan
    from microcare.export.ics.earlier import EarlierCalendar
    from microcare.export.ics.events import CalendarEvent

_IMPORT = (
    "To import it, send it to the phone and open it there: on an iPhone tap it, then Add All;"
    " on Android open it with the calendar app, or import it at calendar.google.com;"
    " in Outlook choose Add calendar, Upload from file."
)
_FLOATING = (
    "Their times of day have no zone: an iPhone keeps them on a journey, others give them the"
    " calendar's zone, some that of UTC. Check the hour of one dose after the import."
)
_BY_HAND = (
    "Where a calendar doesn't take entries away, they are called “No longer applies” or stay as"
    " they were: the patient deletes them."
)


def report_calendar(plan: Plan, events: tuple[CalendarEvent, ...], *, done: str) -> None:
    """Say what was `done`, in words, what is in the file, and how to import it."""
    live = [event for event in events if not event.content.cancelled]
    first, last = (short_date(day, plan.now.year) for day in event_dates(live, plan))
    say(f"microcare: {done}: {_count(len(live))}, {first} to {last}.")
    doses = sum(event.content.of_doses for event in live)
    if doses:
        of_doses = "1 of them reminds" if doses == 1 else f"{doses} of them remind"
        say(f"  {of_doses} of doses; with --no-doses only the days' entries tell these.")
    say(f"  {_IMPORT}")
    if any(isinstance(each.start, datetime) and each.start.tzinfo is None for each in live):
        say(f"  {_FLOATING}")
    report_left_out(plan)


def report_replaced(
    earlier: EarlierCalendar, events: tuple[CalendarEvent, ...], booking: str | None, name: str
) -> None:
    """Say what became of the events of the earlier file, which has this name."""
    found = count_differences(earlier, events)
    say(
        f"microcare: it replaces {name}: {found.moved} moved, {found.unmoved} at the same time,"
        f" {found.added} added, {found.cancelled} cancelled."
    )
    say(f"  {_BY_HAND}")
    live = {each.uid for each in events if not each.content.cancelled}
    if not live.isdisjoint(each.uid for each in earlier.events):
        return
    if booking is None:
        say(
            f"microcare: no --booking: nothing of {name} is moved, all that it has ahead is"
            " cancelled."
        )
    else:
        say(
            f"microcare: {name} has no event of this booking and protocol, so that all it has ahead"
            " is cancelled; check that it is the same patient's."
        )


def report_next(booking: str | None, name: str, left: int) -> None:
    """Say what the next file of a booking needs; `left` events of the last are in no file now."""
    if left:
        say(
            f"microcare: {name} was an earlier calendar of this booking: what of that no longer"
            f" applies ({_count(left)}) stays on the phone. To cancel it, name a copy of the file"
            " with --replaces."
        )
    elif booking is None:
        say(
            "microcare: no --booking: for a new date, another file will add events instead of"
            " moving these."
        )
    else:
        kept = "OLD.ics" if name == "-" else name
        say(
            f"microcare: keep this file: the next one of the booking needs --replaces {kept}, or"
            " what no longer applies stays on the phone."
        )


def report_revision(revision: int | None, plan: Plan) -> None:
    """Say that a number may be below that of an earlier file which nobody counted."""
    if revision is not None and revision < next_sequence(plan.now):
        say(
            "microcare: a file that was made without --revision has a higher number than"
            f" {revision}: calendars that have its events keep them."
        )


def report_cancelled(count: int, name: str, *, done: str) -> None:
    """Say that a file cancels so many events of the one that has this name."""
    say(f"microcare: {done}: it cancels {_count(count)} of {name}.")
    say(f"  {_IMPORT}")
    say(f"  {_BY_HAND}")


def _count(number: int) -> str:
    return "1 event" if number == 1 else f"{number} events"
