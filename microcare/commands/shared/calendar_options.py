"""What `export-ics` takes beside a booking: when a calendar rings, what it shows, its name."""

from __future__ import annotations

from datetime import time, timedelta

from microcare.commands.shared.options import DataFormat
from microcare.export.ics.events import CalendarOptions
from microcare.load.clock_times import ClockFlaw, parse_clock
from microcare.load.source.refusals import PhraseError, Refusal


def read_calendar_options(
    *,
    booking: str | None,
    alarm: str,
    notice: str,
    spans: bool,
    discreet: bool,
    no_doses: bool,
    every_dose: bool,
    floating: bool,
) -> CalendarOptions:
    """Return what the options of these names say; raises Refusal."""
    if booking is not None and not booking.strip():
        # Every booking without a reference would be the same one.
        raise Refusal("--booking is empty.", "give your own reference, or leave it out")
    if no_doses and every_dose:
        raise Refusal("--no-doses and --every-dose contradict each other.", "leave one out")
    return CalendarOptions(
        booking=booking,
        alarm=None if alarm == "none" else _read_alarm(alarm),
        spans=spans,
        discreet=discreet,
        doses=not no_doses,
        every_dose=every_dose,
        floating=floating,
        notice=_read_notice(notice),
    )


def read_name(name: str | None) -> str | None:
    """Return a calendar's name on one line, None where none was asked for; raises Refusal."""
    if name is None:
        return None
    if not name.split():
        raise Refusal("--calendar-name is empty.", "give the calendar a name, or leave it out")
    return " ".join(name.split())


def read_format(shown: DataFormat, output: str | None, replaces: str | None) -> bool:
    """Return whether data on what moves are asked for; raises Refusal where there can be none."""
    if shown is DataFormat.TEXT:
        return False
    if replaces is None:
        hint = "name the booking's earlier file with --replaces, or leave --format out"
        raise Refusal("--format json tells of a booking that moves.", hint)
    if output == "-":
        raise Refusal("--format json and the file can't both go to stdout.", "name a file with -o")
    return True


def _read_alarm(text: str) -> time:
    """Return a time of day ("18:00", "6 pm"); without am or pm it is one of 24 hours."""
    taken = {"", ClockFlaw.MORNING_OR_AFTERNOON, ClockFlaw.LACKS_DIGIT}
    clock = parse_clock(" ".join(text.lower().split()))
    if clock is None or clock.problem not in taken:
        message = f"“{text[:40]}” is no time of day for --alarm."
        hint = 'write it like --alarm 18:00 or --alarm "6 pm", or --alarm none'
        raise Refusal(message, hint)
    return time(*divmod(clock.values[0] // timedelta(minutes=1), 60))


def _read_notice(text: str) -> timedelta:
    """Return a length of time in minutes or hours, a day at most."""
    from microcare.load.times.quantities import parse_duration  # rare: start-up counts

    try:
        return parse_duration(text)
    except PhraseError as error:
        message = f"“{text[:40]}” is no length of time for --notice, of a day at most."
        hint = 'write it like --notice "3 hours" or --notice "90 minutes"'
        raise Refusal(message, hint) from error
