"""The app, its commands, and the one place where errors become sentences and exit codes."""

from __future__ import annotations

import sys
from traceback import format_exception
from typing import TYPE_CHECKING, Annotated

import typer

from microcare import __version__
from microcare.commands.diff import diff
from microcare.commands.errors import Complaint, describe_error
from microcare.commands.export_ics import export_ics
from microcare.commands.output import prepare_streams, say
from microcare.commands.plan import plan
from microcare.commands.protocols import protocols
from microcare.commands.show import show

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

BAD_INPUT = 2
UNFINISHED = 3
_DEBUG = "--debug"

app = typer.Typer(
    name="microcare",
    help="""Dates for a clinic's instructions: what to stop before a treatment, what to avoid
    after it, what to expect, and when.

    \b
    microcare plan --date "2026-12-10 14:30"
    microcare plan --date "Thu 10 Dec 2:30pm" --protocol clinic-b
    microcare diff clinic-a clinic-b
    microcare protocols
    """,
    epilog="Protocols are YAML files; the format and every command are described in the README.",
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _add_command(command: Callable[..., None]) -> None:
    """Add a command; the first line of its help stands whole in the list, however long it is."""
    app.command(short_help=(command.__doc__ or "").partition("\n")[0])(command)


_add_command(plan)
_add_command(export_ics)
_add_command(diff)
_add_command(protocols)
_add_command(show)


def _print_version(value: bool) -> None:
    if value:
        typer.echo(f"microcare {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - eager, answered by its callback
        bool,
        typer.Option(
            "--version", help="Print the version.", callback=_print_version, is_eager=True
        ),
    ] = False,
    debug: Annotated[  # noqa: ARG001 - taken out of the arguments before, see `run`
        bool, typer.Option(_DEBUG, help="Show where an error arose; works after a command too.")
    ] = False,
) -> None:
    """Print the help where no command is given."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def run(arguments: Sequence[str]) -> int:
    """Run the command line; return the exit code.

    0 is done, 1 differences or problems found, 2 bad input, 3 could not finish; 130 is Ctrl-C.
    Raises BrokenPipeError where the reader of stdout has left.
    """
    prepare_streams()
    debug = _DEBUG in arguments
    wanted = [each for each in arguments if each != _DEBUG]
    try:
        code = app(wanted, prog_name="microcare", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except SystemExit as stop:
        # That is how Rich and Typer end on a closed pipe.
        if isinstance(stop.__context__, BrokenPipeError):
            raise stop.__context__ from None
        raise
    except Exception as error:  # noqa: BLE001 - the one boundary: no traceback reaches a user
        if debug:
            say("".join(format_exception(error)).rstrip())
        return _complain(describe_error(error, wanted))
    return code if isinstance(code, int) else 0


def _complain(complaint: Complaint) -> int:
    for line in complaint.lines:
        say(line)
    return BAD_INPUT if complaint.is_bad_input else UNFINISHED
