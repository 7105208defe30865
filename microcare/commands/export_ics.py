"""`microcare export-ics`: one calendar file that the patient imports on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from microcare.commands.shared import options
from microcare.commands.shared.files import Target
from microcare.load.source.refusals import DO_NOT_TREAT, PhraseError, Refusal

if TYPE_CHECKING:
    from datetime import time, timedelta

    from microcare.commands.shared.booking import Booking
    from microcare.core.plan.plan import Plan
    from microcare.core.sheet.protocol import Clinic
    from microcare.export.ics.events import CalendarOptions

_OF_A_PLAN = {
    *("date", "protocol", "with_", "without", "duration", "alarm", "notice"),
    *("booking", "replaces", "spans", "discreet", "no_doses", "floating", "calendar_name"),
    "every_dose",
}
"""What --cancel takes from the old file, or has no use for."""


def export_ics(
    context: typer.Context,
    date: Annotated[
        str | None,
        typer.Option(
            "--date",
            metavar="WHEN",
            help='The appointment: "2026-12-10 14:30", "Thu 10 Dec 2:30pm", "tomorrow 9am".'
            "  [required, but for --cancel]",
        ),
    ] = None,
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
    notice: Annotated[
        str,
        typer.Option(
            "--notice",
            metavar="LENGTH",
            help="How long before its hour a fast or a deadline rings, like “3 hours”.",
        ),
    ] = "2 hours",
    booking: Annotated[
        str | None,
        typer.Option(
            "--booking",
            metavar="REF",
            help="Your reference of the booking: a later file with the same one moves the events.",
        ),
    ] = None,
    replaces: Annotated[
        str | None,
        typer.Option(
            "--replaces",
            metavar="OLD.ics",
            help="The booking's earlier file (- reads it from stdin): what of it no longer applies "
            "is cancelled.",
        ),
    ] = None,
    cancel: Annotated[
        str | None,
        typer.Option(
            "--cancel", metavar="OLD.ics", help="Cancel all events of a file, without a new plan."
        ),
    ] = None,
    revision: Annotated[
        int | None,
        typer.Option(
            "--revision",
            min=0,
            max=2**31 - 1,
            help="The SEQUENCE of the events. Without it one that is higher than before.",
        ),
    ] = None,
    spans: Annotated[
        bool, typer.Option("--spans", help="Add each window as a bar over its days.")
    ] = False,
    discreet: Annotated[
        bool,
        typer.Option(
            "--discreet", help="Titles that name no treatment and no topic; no place is shown."
        ),
    ] = False,
    no_doses: Annotated[
        bool, typer.Option("--no-doses", help="No reminders of doses; the days' entries stay.")
    ] = False,
    every_dose: Annotated[
        bool, typer.Option("--every-dose", help="Ring for each dose, however many there are.")
    ] = False,
    floating: Annotated[
        bool,
        typer.Option(
            "--floating", help="Doses and tasks at a time of day stay at it in each time zone."
        ),
    ] = False,
    calendar_name: Annotated[
        str | None,
        typer.Option(
            "--calendar-name", metavar="NAME", help="The calendar's name, for apps that show it."
        ),
    ] = None,
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
    microcare export-ics --date "2027-01-20 9am" --booking 4711 --replaces care.ics -o new.ics
    microcare export-ics --cancel care.ics -o cancelled.ics
    microcare export-ics --date 2026-12-10 --discreet --alarm none -o -
    """
    if cancel is not None:
        _refuse_beside_cancel(context)
        stem = "calendar" if cancel == "-" else Path(cancel).stem
        output = f"{stem}-cancelled.ics" if output is None else output
        target = Target(output, force, dry_run, quiet)
        _cancel(cancel, target, zone=tz, now=now, revision=revision, verbose=verbose)
        return
    from microcare.commands.shared.booking import load_booking
    from microcare.core.plan.plan import build_plan

    if date is None:
        hint = 'say when: microcare export-ics --date "2026-12-10 14:30"'
        raise Refusal("Missing option '--date'.", hint)
    if booking is not None and not booking.strip():
        # Every booking without a reference would be the same one.
        raise Refusal("--booking is empty.", "give your own reference, or leave it out")
    title = _read_name(calendar_name)
    if no_doses and every_dose:
        raise Refusal("--no-doses and --every-dose contradict each other.", "leave one out")
    ring = None if alarm == "none" else _read_alarm(alarm)
    ahead = _read_notice(notice)
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
    _refuse_blocked(plan, replaces)
    default = f"{loaded.protocol.id}-{loaded.visit.day.isoformat()}.ics"
    target = Target(default if output is None else output, force, dry_run, quiet)
    target.check()
    from microcare.export.ics.events import CalendarOptions  # not for what is refused

    content = CalendarOptions(
        *(booking, ring, spans, discreet, not no_doses, every_dose), floating=floating, notice=ahead
    )
    _export(plan, loaded.clinic, content, target, replaces, revision, title, verbose=verbose)


def _export(
    plan: Plan,
    clinic: Clinic,
    content: CalendarOptions,
    target: Target,
    replaces: str | None,
    revision: int | None,
    title: str | None,
    *,
    verbose: bool,
) -> None:
    from microcare.commands.shared.booking import announce_visit
    from microcare.commands.shared.calendar_files import (
        choose_sequence,
        count_left,
        read_earlier,
        write_calendar,
    )
    from microcare.commands.shared.calendar_remarks import (
        report_calendar,
        report_next,
        report_replaced,
        report_revision,
    )
    from microcare.export.ics.builder import build_events

    earlier = None if replaces is None else read_earlier(replaces)
    sequence = choose_sequence(revision, plan.now, earlier, replaces or "")
    events = build_events(plan, clinic, content, earlier)
    left = count_left(target, events, plan.now) if earlier is None else 0
    announce_visit(plan.visit, plan.now, quiet=target.quiet, verbose=verbose)
    done = write_calendar(target, events, now=plan.now, sequence=sequence, title=title)
    if target.quiet:
        return
    report_calendar(plan, events, done=done)
    if earlier is not None:
        report_replaced(earlier, events, content.booking, str(replaces))
    else:
        report_next(content.booking, target.name, left)
        report_revision(revision, plan)


def _cancel(
    name: str,
    target: Target,
    *,
    zone: str | None,
    now: str | None,
    revision: int | None,
    verbose: bool,
) -> None:
    """Write the tombstones of all that an earlier file has ahead of it."""
    from microcare.commands.shared.booking import load_moment
    from microcare.commands.shared.calendar_files import (
        choose_sequence,
        read_earlier,
        write_calendar,
    )
    from microcare.commands.shared.calendar_remarks import report_cancelled
    from microcare.export.ics.replacements import bury_event, list_gone

    target.check()
    moment, place = load_moment(zone, now, verbose=verbose)
    earlier = read_earlier(name)
    gone = list_gone(earlier, moment)
    if not gone:
        message = f"All events of {name} are past: there is nothing to cancel."
        raise Refusal(message, "name the file that the patient has now")
    sequence = choose_sequence(revision, moment, earlier, name)
    made = earlier.stamp.astimezone(place).date()
    done = write_calendar(
        target, tuple(bury_event(each, made) for each in gone), now=moment, sequence=sequence
    )
    if not target.quiet:
        report_cancelled(len(gone), name, done=done)


def _refuse_beside_cancel(context: typer.Context) -> None:
    """Raise Refusal where an option was given that says what the old file says already."""
    given = [
        each.opts[0]
        for each in context.command.params
        if each.name in _OF_A_PLAN
        and (source := context.get_parameter_source(each.name or "")) is not None
        and source.name == "COMMANDLINE"
    ]
    if given:
        message = f"--cancel takes all from the old file, and no {', '.join(given)}."
        hint = "leave that out; for a new date use --replaces instead of --cancel"
        raise Refusal(message, hint)


def _read_name(name: str | None) -> str | None:
    """Return a calendar's name on one line, None where none was asked for."""
    if name is None:
        return None
    if not name.split():
        raise Refusal("--calendar-name is empty.", "give the calendar a name, or leave it out")
    return " ".join(name.split())


def _read_alarm(text: str) -> time:
    """Return a time of day ("18:00", "6 pm"); without am or pm it is one of 24 hours."""
    from datetime import time, timedelta

    from microcare.load.clock_times import ClockFlaw, parse_clock

    taken = {"", ClockFlaw.MORNING_OR_AFTERNOON, ClockFlaw.LACKS_DIGIT}
    clock = parse_clock(" ".join(text.lower().split()))
    if clock is None or clock.problem not in taken:
        message = f"“{text[:40]}” is no time of day for --alarm."
        hint = 'write it like --alarm 18:00 or --alarm "6 pm", or --alarm none'
        raise Refusal(message, hint)
    return time(*divmod(clock.values[0] // timedelta(minutes=1), 60))


def _read_notice(text: str) -> timedelta:
    """Return a length of time in minutes or hours, a day at most."""
    from microcare.load.protocol.protocol import parse_duration

    try:
        return parse_duration(text)
    except PhraseError as error:
        message = f"“{text[:40]}” is no length of time for --notice, of a day at most."
        hint = 'write it like --notice "3 hours" or --notice "90 minutes"'
        raise Refusal(message, hint) from error


def _refuse_guessed_zone(loaded: Booking) -> None:
    from microcare.commands.shared.settings import describe_machine_zone, knows_zone

    if not knows_zone(loaded.visit):
        zone = describe_machine_zone(loaded.visit)
        message = f"The clinic's time zone is not known: this machine's is {zone}."
        raise Refusal(message, "name it: --tz America/New_York, or set MICROCARE_TZ")


def _refuse_blocked(plan: Plan, replaces: str | None) -> None:
    if plan.blocked_by:
        # Which answer it was stays out of errors: they may end up in a log.
        message = "DO NOT TREAT: an answer rules the treatment out. No calendar was written."
        hint = "The command plan with the same answers says why."
        if replaces is not None:
            hint += " To cancel the earlier calendar, name it after --cancel instead."
        raise Refusal(message, hint, DO_NOT_TREAT)
