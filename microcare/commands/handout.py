"""`microcare handout`: the page that a patient keeps, as a PDF or a web page."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from microcare.commands.shared import options
from microcare.commands.shared.files import Target
from microcare.commands.shared.output import say
from microcare.commands.shared.pages import PageFormat
from microcare.language.messages import speak
from microcare.load.source.refusals import Refusal
from microcare.wording.plan.phases import Phase

if TYPE_CHECKING:
    from microcare.commands.shared.booking import Booking
    from microcare.core.plan.plan import Plan
    from microcare.export.handout.page import QrCode
    from microcare.wording.handout.parts import Handout


class Paper(StrEnum):
    """How large a page of a PDF is."""

    A4 = "a4"
    LETTER = "letter"


_LONGEST_NAME = 100
_VISIT = "visit"


def handout(
    date: options.DateOption,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Where to write, FILE.pdf or FILE.html; - is stdout. Without it a name made from "
            "protocol and date.",
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
    name: Annotated[
        str | None,
        typer.Option(
            "--name",
            metavar="-",
            help="Print the patient's name, which is read from stdin: --name -",
        ),
    ] = None,
    part: Annotated[
        Phase | None, typer.Option("--part", help="Only what is before, on the day, or after.")
    ] = None,
    large_print: Annotated[
        bool, typer.Option("--large-print", help="In letters of 18 points.")
    ] = False,
    code: Annotated[
        str | None,
        typer.Option(
            "--qr",
            metavar="TEXT|visit",
            help="A code for the phone: the appointment, or a text of yours such as a link.",
        ),
    ] = None,
    paper: Annotated[Paper, typer.Option("--paper", help="The paper of a PDF.")] = Paper.A4,
    shown: Annotated[
        PageFormat | None,
        typer.Option("--format", "-f", help="The kind of file where its name doesn't say it."),
    ] = None,
    force: options.ForceOption = False,
    dry_run: options.DryRunOption = False,
    now: options.NowOption = None,
    quiet: options.QuietOption = False,
    verbose: options.VerboseOption = False,
) -> None:
    """Write the page that the patient keeps, as a PDF or a web page (.html).

    \b
    microcare handout --date "2026-12-10 14:30" -o plan.pdf
    microcare handout --date "10 Dec 2:30pm" --large-print -o plan.html
    microcare handout --date "10 Dec 2:30pm" --part after --qr visit -o after.pdf
    microcare handout --date "10 Dec 2:30pm" --name - -o plan.pdf < name.txt
    """
    from microcare.commands.shared.booking import announce_visits, load_booking, make_plan
    from microcare.commands.shared.patient_files import (
        refuse_barred,
        refuse_guessed_zone,
        report_left_out,
        write_patient_file,
    )
    from microcare.commands.shared.treatments import SessionOptions
    from microcare.wording.handout.outline import outline_handout

    kind = _choose_format(output, shown)
    _check_name(name, protocol)
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
    refuse_barred(plan, "handout")
    default = f"{loaded.protocol.id}-{loaded.visit.day.isoformat()}.{kind.value}"
    target = Target(default if output is None else output, force, dry_run, quiet)
    target.check()
    patient = "" if name is None else _read_name()
    with speak(loaded.language):
        told = outline_handout(plan, loaded.clinic, patient=patient, part=part)
        data = _lay_out(told, plan, loaded, kind, paper, code, large=large_print)
    announce_visits(loaded.visits, plan.now, quiet=quiet, verbose=verbose)
    done = write_patient_file(target, data)
    if not quiet:
        say(f"microcare: {done}.")
        report_left_out(plan)


def _choose_format(output: str | None, shown: PageFormat | None) -> PageFormat:
    """Return the kind of a file by its name's ending, else the one asked for; raises Refusal."""
    ending = "" if output in (None, "-") else Path(output or "").suffix.lower()
    found = {".pdf": PageFormat.PDF, ".html": PageFormat.HTML, ".htm": PageFormat.HTML}.get(ending)
    if found is not None:
        if shown not in (None, found):
            message = f"--format {shown} and a file that ends in {ending} don't go together."
            raise Refusal(message, "leave --format out, or name another file")
        return found
    if shown is None and output is not None:
        message = "A handout is a PDF or a web page, and the name of the file doesn't say which."
        raise Refusal(message, "end it in .pdf or .html, or add --format pdf or --format html")
    return shown or PageFormat.PDF


def _check_name(name: str | None, protocol: list[str] | None) -> None:
    """Raise Refusal of a name on the command line, and where stdin would have to be two things."""
    if name is None:
        return
    if name != "-":
        message = "--name takes only -: a name here would stay in the shell's history."
        raise Refusal(message, "write --name - and give the name on stdin")
    if any(each.partition("@")[0].strip() == "-" for each in protocol or ()):
        message = "--name - and --protocol - can't both be read from stdin."
        raise Refusal(message, "name the protocol's file")


def _read_name() -> str:
    """Return the name that stands on stdin, on one line; raises Refusal where there is none."""
    hint = "give one line on stdin, or leave --name out"
    try:
        # On a terminal Enter ends it. So many bytes are more than any name that is taken has.
        given = sys.stdin.buffer.readline(8 * _LONGEST_NAME) if sys.stdin else b""
        more = b"" if sys.stdin is None or sys.stdin.isatty() else sys.stdin.buffer.read(100)
        name, rest = (" ".join(each.decode("utf-8-sig").split()) for each in (given, more))
    except (OSError, ValueError) as error:
        raise Refusal("The name on stdin can't be read as UTF-8 text.", hint) from error
    if not name:
        raise Refusal("There is no name on stdin.", hint)
    if rest or len(name) > _LONGEST_NAME:
        message = f"There is more on stdin than a name of {_LONGEST_NAME} characters at most."
        raise Refusal(message, hint)
    return name


def _draw_codes(text: str, plan: "Plan", loaded: "Booking") -> "tuple[QrCode, ...]":
    """Return the codes of the appointments, or the one of a text; raises Refusal of a bad text."""
    from microcare.export.handout.codes import LONGEST, draw_text, list_visits

    if text == _VISIT:
        return tuple(list_visits(plan, loaded.clinic))
    if not text.strip():
        raise Refusal("--qr is empty.", "give a link, or --qr visit for the appointment")
    try:
        return (draw_text(text),)
    except UnicodeEncodeError as error:
        raise Refusal("The text of --qr is no text in Unicode.", "type it anew") from error
    except ValueError as error:
        message = f"The text of --qr is too long for a code: it may have {LONGEST} bytes."
        raise Refusal(message, "give a shorter link") from error


def _lay_out(
    told: "Handout",
    plan: "Plan",
    loaded: "Booking",
    kind: PageFormat,
    paper: Paper,
    code: str | None,
    *,
    large: bool,
) -> bytes:
    from microcare.commands.shared.pages import draw_page
    from microcare.commands.shared.patient_files import read_stamp
    from microcare.export.handout.page import Layout

    codes = () if code is None else _draw_codes(code, plan, loaded)
    layout = Layout(large=large, paper="us-letter" if paper is Paper.LETTER else "a4", codes=codes)
    return draw_page(told, layout, kind, stamp=read_stamp(plan.now))
