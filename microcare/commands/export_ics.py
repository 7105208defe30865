"""`microcare export-ics`: one calendar file that the patient imports on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from microcare.commands.shared import options
from microcare.commands.shared.output import say, write_bytes
from microcare.load.source.refusals import DO_NOT_TREAT, Refusal

if TYPE_CHECKING:
    from datetime import datetime, time

    from microcare.commands.shared.booking import Booking
    from microcare.core.plan.plan import Plan
    from microcare.export.ics.events import CalendarEvent, CalendarOptions

_IMPORT = (
    "To import it, send it to the phone and open it there: on an iPhone tap it, then Add All;"
    " on Android open it with the calendar app, or import it at calendar.google.com;"
    " in Outlook choose Add calendar, Upload from file."
)


def export_ics(
    date: options.DateOption,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Where to write; - is stdout. Without it a name made from protocol and date.",
        ),
    ] = None,
    protocol: options.ProtocolOption = None,
    tz: options.ZoneOption = None,
    with_: options.WithOption = None,
    without: options.WithoutOption = None,
    duration: options.DurationOption = None,
    alarm: Annotated[
        str,
        typer.Option(
            "--alarm", metavar="TIME|none", help="When to ring on the evening before, like 18:00."
        ),
    ] = "18:00",
    booking: Annotated[
        str | None,
        typer.Option(
            "--booking",
            metavar="REF",
            help="Your reference of the booking: a later file with the same one moves the events.",
        ),
    ] = None,
    revision: Annotated[
        int,
        typer.Option(
            "--revision", min=0, max=2**31 - 1, help="Count up with each new file of a booking."
        ),
    ] = 0,
    spans: Annotated[
        bool, typer.Option("--spans", help="Add each window as a bar over its days.")
    ] = False,
    discreet: Annotated[
        bool, typer.Option("--discreet", help="Titles that name no treatment and no topic.")
    ] = False,
    no_doses: Annotated[
        bool, typer.Option("--no-doses", help="No reminder for each dose; the days' entries stay.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that exists.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be written, and write nothing.")
    ] = False,
    now: options.NowOption = None,
    quiet: options.QuietOption = False,
    verbose: options.VerboseOption = False,
) -> None:
    """Write the plan as one calendar file (.ics) for the patient's phone.

    \b
    microcare export-ics --date "2026-12-10 14:30" --tz America/New_York
    microcare export-ics --date "2026-12-10 14:30" --booking 4711 -o care.ics
    microcare export-ics --date 2026-12-10 --discreet --alarm none -o -
    """
    from microcare.commands.shared.booking import announce_visit, load_booking
    from microcare.commands.shared.files import check_target, write_file, write_name
    from microcare.core.plan.plan import build_plan

    if booking is not None and not booking.strip():
        # Every booking without a reference would be the same one.
        raise Refusal("--booking is empty.", "give your own reference, or leave it out")
    ring = None if alarm == "none" else _read_alarm(alarm)
    loaded = load_booking(
        date=date,
        protocol=protocol,
        zone=tz,
        yes=with_,
        no=without,
        now=now,
        duration=duration,
        verbose=verbose,
    )
    _refuse_guessed_zone(loaded)
    plan = build_plan(loaded.protocol, loaded.visit, now=loaded.now, answers=loaded.answers)
    _refuse_blocked(plan)
    default = f"{loaded.protocol.id}-{loaded.visit.day.isoformat()}.ics"
    to_stdout = output == "-"
    name = default if output is None else output
    path = Path(name) if to_stdout else check_target(name, force=force)
    from microcare.export.ics.events import CalendarOptions  # not for what is refused

    content = CalendarOptions(booking, ring, spans, discreet, doses=not no_doses)
    events, data = _build(plan, loaded, content, revision)
    announce_visit(loaded.visit, loaded.now, quiet=quiet, verbose=verbose)
    if to_stdout and not dry_run:
        write_bytes(data)
    elif not dry_run:
        write_file(path, data, force=force)
        write_name(path)
    if not quiet:
        done = f"{'would write' if dry_run else 'wrote'} {'stdout' if to_stdout else path}"
        _report(plan, events, booking, done=done)


def _read_alarm(text: str) -> time:
    """Return a time of day ("18:00", "6 pm"); without am or pm it is one of 24 hours."""
    from datetime import time, timedelta

    from microcare.load.clock_times import ClockFlaw, parse_clock

    taken = {None, ClockFlaw.MORNING_OR_AFTERNOON, ClockFlaw.LACKS_DIGIT}
    clock = parse_clock(" ".join(text.lower().split()))
    if clock is None or clock.flaw not in taken:
        message = f"“{text[:40]}” is no time of day for --alarm."
        hint = 'write it like --alarm 18:00 or --alarm "6 pm", or --alarm none'
        raise Refusal(message, hint)
    return time(*divmod(clock.times[0] // timedelta(minutes=1), 60))


def _build(
    plan: Plan, loaded: Booking, content: CalendarOptions, revision: int
) -> tuple[tuple[CalendarEvent, ...], bytes]:
    from microcare.export.ics.builder import build_events
    from microcare.export.ics.writer import calendar_bytes

    events = build_events(plan, loaded.clinic, content)
    return events, calendar_bytes(events, stamp=_stamp(loaded.now), revision=revision)


def _stamp(now: datetime) -> datetime:
    """Return when the file was made: SOURCE_DATE_EPOCH where it is set, else the plan's `now`."""
    import os
    from datetime import UTC, datetime

    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return now
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH is “{epoch[:40]}”."
        raise Refusal(message, "set it to a number of seconds, or unset it") from None


def _refuse_guessed_zone(loaded: Booking) -> None:
    from microcare.commands.shared.settings import describe_machine_zone, knows_zone

    if not knows_zone(loaded.visit):
        zone = describe_machine_zone(loaded.visit)
        message = f"The clinic's time zone is not known: this machine's is {zone}."
        raise Refusal(message, "name it: --tz America/New_York, or set MICROCARE_TZ")


def _refuse_blocked(plan: Plan) -> None:
    if plan.blocked_by:
        # Which answer it was stays out of errors: they may end up in a log.
        message = "DO NOT TREAT: an answer rules the treatment out. No calendar was written."
        hint = "The command plan with the same answers says why."
        raise Refusal(message, hint, DO_NOT_TREAT)


def _report(
    plan: Plan, events: tuple[CalendarEvent, ...], booking: str | None, *, done: str
) -> None:
    from microcare.core.sheet.conditions import Answer
    from microcare.export.ics.builder import event_dates
    from microcare.wording.dates import short_date

    first, last = (short_date(day, plan.now.year) for day in event_dates(events, plan))
    count = "1 event" if len(events) == 1 else f"{len(events)} events"
    say(f"microcare: {done}: {count}, {first} to {last}.")
    doses = sum(event.of_doses for event in events)
    if doses:
        of_doses = "1 of them reminds" if doses == 1 else f"{doses} of them remind"
        say(f"  {of_doses} of doses; with --no-doses only the days' entries tell these.")
    say(f"  {_IMPORT}")
    left_out = sum(each.applies is Answer.NO for each in plan.instructions)
    if left_out:
        what = "1 instruction" if left_out == 1 else f"{left_out} instructions"
        say(f"microcare: {what} left out, because {_ruling(plan)} rules it out.")
    if booking is None:
        say(
            "microcare: no --booking: for a new date, another file will add events instead of"
            " moving these."
        )


def _ruling(plan: Plan) -> str:
    """Return what may have settled that an instruction doesn't apply."""
    timed = [plan.protocol.factors[name].before is not None for name in plan.answers]
    if not any(timed):
        return "an answer"
    return "the appointment's time" if all(timed) else "an answer or the appointment's time"
