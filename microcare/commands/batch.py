"""`microcare batch`: the calendars, and the handouts, of a whole table of bookings."""

from pathlib import Path
from typing import Annotated

import typer

from microcare.commands.shared import options
from microcare.commands.shared.output import say
from microcare.commands.shared.pages import PageFormat
from microcare.load.source.refusals import Refusal

FAILED = 1
_MOST_JOBS = 64


def batch(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="The table: CSV (commas, semicolons or tabs) or JSON Lines; - is stdin. Columns: "
            "booking, date, duration, protocol, tz, with, without, last, language.",
        ),
    ],
    out: Annotated[
        str,
        typer.Option(
            "--out", "-o", metavar="DIR", help="The folder to write into, made where it isn't."
        ),
    ],
    handout: Annotated[
        PageFormat | None,
        typer.Option("--handout", help="Write the page that the patient keeps, too."),
    ] = None,
    jobs: Annotated[
        int,
        typer.Option("--jobs", "-j", min=1, max=_MOST_JOBS, help="So many processes at once."),
    ] = 1,
    cancel_missing: Annotated[
        bool,
        typer.Option(
            "--cancel-missing", help="Cancel the calendars of bookings that are in no row any more."
        ),
    ] = False,
    now: options.NowOption = None,
    quiet: options.QuietOption = False,
    verbose: options.VerboseOption = False,
) -> None:
    """Write a calendar (and a handout) for each row of a table of bookings.

    \b
    microcare batch bookings.csv --out calendars
    microcare batch bookings.csv --out calendars --handout html --jobs 2
    microcare batch bookings.csv --out calendars --cancel-missing
    microcare batch - --out calendars < bookings.jsonl

    What is right already is not written again, so that the same command also goes on with a run
    that was ended. manifest.jsonl says of each row what was written. Ends with 1 where nothing was
    for one of them.
    """
    import gc

    from microcare.commands.batches.manifest import MANIFEST
    from microcare.commands.batches.report import follow_run, tell_sum
    from microcare.commands.batches.rows import open_table
    from microcare.commands.batches.run import Order, run_batch, survey_rows
    from microcare.commands.shared.booking import load_moment
    from microcare.commands.shared.files import write_name
    from microcare.commands.shared.pages import check_pages
    from microcare.commands.shared.settings import load_settings

    gc.enable()  # a night's run is long, unlike other commands
    if handout is not None:
        check_pages(handout, "--handout html")
    settings = load_settings(verbose=verbose)
    moment, _ = load_moment(None, now, verbose=False)
    with open_table(file) as table:
        survey = survey_rows(table)
        if cancel_missing and not survey.total:
            message = f"{table.name} has no row: every booking would be cancelled."
            raise Refusal(message, "leave --cancel-missing out, or give the bookings that remain")
        folder = _make_folder(out)
        if not quiet and table.ignored:
            say(f"microcare: {table.name}: ignored columns: {', '.join(table.ignored)}.")
        order = Order(folder, moment, settings, handout, jobs, cancel_missing)
        with follow_run(table.name, survey.total, quiet=quiet) as report:
            tally = run_batch(table, survey, order, report)
        write_name(folder / MANIFEST)
        tell_sum(table.name, survey, tally, cancels=cancel_missing, quiet=quiet)
    if not tally.is_clean:
        raise typer.Exit(FAILED)


def _make_folder(name: str) -> Path:
    """Return the folder to write into, which is made if need be; raises Refusal."""
    path = Path(name)
    try:
        path.mkdir(exist_ok=True)
    except FileExistsError as error:
        raise Refusal(f"{name} is a file, not a folder.", "name a folder with --out") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "that is no name of a folder"
        raise Refusal(f"{name[:255]} can't be made: {reason}.", "name another folder") from error
    return path
