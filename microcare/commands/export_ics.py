"""`microcare export-ics`: one calendar file that the patient imports on a phone."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from microcare.commands.shared import options
from microcare.commands.shared.files import Target
from microcare.language.messages import speak
from microcare.load.source.refusals import Refusal

if TYPE_CHECKING:
    from microcare.commands.shared.booking import Booking
    from microcare.core.plan.plan import Plan
    from microcare.export.ics.events import CalendarOptions

_OF_A_CANCELLATION = {
    *("cancel", "output", "tz", "revision", "force", "dry_run", "now", "quiet", "verbose"),
    "no_input",
}
"""What --cancel takes; the old file says all else, or there is no use for it."""

_CANCEL_IT = " To cancel the earlier calendar, name it after --cancel instead."


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
    protocol: options.ProtocolsOption = None,
    duration: options.DurationOption = None,
    sessions: options.SessionsOption = None,
    every: options.EveryOption = None,
    closed: options.ClosedOption = None,
    session: options.SessionOption = None,
    tz: options.ZoneOption = None,
    with_: options.WithOption = None,
    without: options.WithoutOption = None,
    last: options.LastOption = None,
    language: options.LanguageOption = None,
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
            "is cancelled, and what the new date changes is said.",
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
    force: options.ForceOption = False,
    dry_run: options.DryRunOption = False,
    shown: Annotated[
        options.DataFormat,
        typer.Option(
            "--format", "-f", help="With json stdout tells what --replaces moves, not the name."
        ),
    ] = options.DataFormat.TEXT,
    now: options.NowOption = None,
    quiet: options.QuietOption = False,
    verbose: options.VerboseOption = False,
) -> None:
    """Write the plan as one calendar file (.ics) for the patient's phone.

    \b
    microcare export-ics --date "2026-12-10 14:30" --tz America/New_York
    microcare export-ics --date "2026-12-10 14:30" --booking 4711 -o care.ics
    microcare export-ics --date "2027-01-20 9am" --booking 4711 --replaces care.ics -o new.ics
    microcare export-ics --date "2026-12-10 14:30" --last "Botox=20 Nov" --last laser=never
    microcare export-ics --date "2026-12-10 14:30" --protocol clinic-b --sessions 3
    microcare export-ics --cancel care.ics -o cancelled.ics
    microcare export-ics --date 2026-12-10 --discreet --alarm none -o -
    """
    if cancel is not None:
        _refuse_beside_cancel(context)
        stem = "calendar" if cancel == "-" else Path(cancel).stem
        output = f"{stem}-cancelled.ics" if output is None else output
        target = Target(output, force, dry_run, quiet)
        from microcare.commands.shared.calendar_files import cancel_calendar

        cancel_calendar(cancel, target, zone=tz, now=now, revision=revision, verbose=verbose)
        return
    from microcare.commands.shared.booking import load_booking, make_plan
    from microcare.commands.shared.calendar_options import (
        read_calendar_options,
        read_format,
        read_name,
    )
    from microcare.commands.shared.patient_files import refuse_barred, refuse_guessed_zone
    from microcare.commands.shared.treatments import SessionOptions

    if date is None:
        hint = 'say when: microcare export-ics --date "2026-12-10 14:30"'
        raise Refusal("Missing option '--date'.", hint)
    content = read_calendar_options(
        booking=booking,
        alarm=alarm,
        notice=notice,
        spans=spans,
        discreet=discreet,
        no_doses=no_doses,
        every_dose=every_dose,
        floating=floating,
    )
    title = read_name(calendar_name)
    as_data = read_format(shown, output, replaces)
    loaded = load_booking(
        date=date,
        protocol=protocol,
        zone=tz,
        yes=with_,
        no=without,
        now=now,
        duration=duration,
        verbose=verbose,
        language=language,
        sessions=SessionOptions(sessions, every, tuple(closed or ()), tuple(session or ())),
    )
    refuse_guessed_zone(loaded)
    plan = make_plan(loaded, last)
    further = "" if replaces is None else _CANCEL_IT
    refuse_barred(plan, "calendar", further)
    default = f"{loaded.protocol.id}-{loaded.visit.day.isoformat()}.ics"
    target = Target(default if output is None else output, force, dry_run, quiet)
    target.check()
    _export(
        plan, loaded, content, target, replaces, revision, title, as_data=as_data, verbose=verbose
    )


def _export(
    plan: "Plan",
    loaded: "Booking",
    content: "CalendarOptions",
    target: Target,
    replaces: str | None,
    revision: int | None,
    title: str | None,
    *,
    as_data: bool,
    verbose: bool,
) -> None:
    from microcare.commands.shared.booking import announce_visits
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
    from microcare.commands.shared.moves import find_move, report_move, write_move
    from microcare.export.ics.builder import build_events

    earlier = None if replaces is None else read_earlier(replaces)
    sequence = choose_sequence(revision, plan.now, earlier, replaces or "")
    move = find_move(earlier, plan, loaded, content.booking)
    announce_visits(loaded.visits, plan.now, quiet=target.quiet, verbose=verbose)
    with speak(loaded.language):
        events = build_events(plan, loaded.clinic, content, earlier)
        left = count_left(target, events, plan.now) if earlier is None else 0
        done = write_calendar(
            target, events, now=plan.now, sequence=sequence, title=title, named=not as_data
        )
    if as_data and earlier is not None:
        write_move(move, plan, target, earlier, events)
    if target.quiet:
        return
    if move is not None:
        report_move(move)
    report_calendar(plan, events, done=done)
    if earlier is not None:
        report_replaced(earlier, events, content.booking, str(replaces))
    else:
        report_next(content.booking, target.name, left)
        report_revision(revision, plan)


def _refuse_beside_cancel(context: typer.Context) -> None:
    """Raise Refusal where an option was given that says what the old file says already."""
    given = [
        each.opts[0]
        for each in context.command.params
        if each.name not in _OF_A_CANCELLATION
        and (source := context.get_parameter_source(each.name or "")) is not None
        and source.name == "COMMANDLINE"
    ]
    if given:
        message = f"--cancel takes all from the old file, and no {', '.join(given)}."
        hint = "leave that out; for a new date use --replaces instead of --cancel"
        raise Refusal(message, hint)
