"""The app, its commands, and the one place where errors become sentences and exit codes."""

# Without postponed annotations, as the commands: Typer would evaluate each text four times.
from importlib import import_module
from traceback import format_exception
from typing import TYPE_CHECKING, Annotated, no_type_check

import typer

from microcare.commands.shared.command import App, Command, Group
from microcare.commands.shared.output import prepare_streams, say, writing
from microcare.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_DEBUG = "--debug"
_HELP_OPTIONS = ["-h", "--help"]

COMMANDS = {
    "plan": "Date every instruction of a protocol for one appointment.",
    "can": "Answer whether something is allowed: yes, no and until when, or ask the clinic.",
    "earliest": "Find the earliest appointment that breaks no interval before it.",
    "export-ics": "Write the plan as one calendar file (.ics) for the patient's phone.",
    "handout": "Write the page that the patient keeps, as a PDF or a web page (.html).",
    "batch": "Write a calendar (and a handout) for each row of a table of bookings.",
    "diff": "Compare two protocols by topic: who is stricter in what, in one line a thing.",
    "protocols": "List the protocols: built-in ones and those of your own folder.",
    "show": "Print a protocol as it reads before any date: every instruction, its time and its "
    "source.",
    "check": "Check protocol files: every error, or else every warning, with line and column.",
    "new": "Start a protocol of your own: a commented file that passes `check`. Never overwrites.",
    "topics": "Find the topics and factors that a word means: by meaning, synonym or brand.",
    "schema": "Print a JSON Schema of protocol files, with which editors complete and check them.",
    "config": "Show each setting, its value and where it comes from; set one, or clear it.",
}
"""Every command, in the order of the help, and the first line of its own, whole however long.

It stands here too, so that the list loads none of them. Each is a function in a module of its
name; one that has commands of its own lists them in `PARTS`.
"""

_HELP = """Dates for a clinic's instructions: what to stop before a treatment, what to avoid
after it, what to expect, and when.

\b
microcare plan --date "2026-12-10 14:30"
microcare plan --date "Thu 10 Dec 2:30pm" --protocol clinic-b
microcare can makeup --date "2026-12-10 14:30" --at "2026-12-12 10:00"
microcare earliest --last "Botox=20 Nov" --last laser=never
microcare diff clinic-a clinic-b
microcare protocols
"""


def make_app(names: "Iterable[str]" = COMMANDS, *, listed: bool = False) -> typer.Typer:
    """Return the app with the commands of these names, or of each what a list of them tells.

    Describing a command to Typer costs as much as reading a protocol, so a command line that
    names one describes that one alone, and one that asks for the list describes none.
    """
    app = typer.Typer(
        name="microcare",
        cls=App,
        help=_HELP,
        epilog="Protocols are YAML files; the README describes the format and every command. "
        "Behind --show-completion and --install-completion another shell can be named: zsh.",
        context_settings={"help_option_names": _HELP_OPTIONS},
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    # Typer would look twice for texts in the annotations of each, and there are none.
    app.callback(invoke_without_command=True)(no_type_check(start))
    for name in names:
        short_help = COMMANDS[name]
        if listed:
            app.command(name, cls=Command, short_help=short_help)(_stand_in)
            continue
        module = import_module(f"microcare.commands.{name.replace('-', '_')}")
        command = no_type_check(getattr(module, name.replace("-", "_")))
        parts: Mapping[str, Callable[..., None]] = getattr(module, "PARTS", {})
        if not parts:
            app.command(name, cls=Command, short_help=short_help)(command)
            continue
        group = typer.Typer(cls=Group, rich_markup_mode=None)
        group.callback(invoke_without_command=True)(command)
        for part, each in parts.items():
            summary = (each.__doc__ or "").partition("\n")[0]
            group.command(part, cls=Command, short_help=summary)(each)
        app.add_typer(group, name=name, short_help=short_help)
    return app


def _stand_in() -> None:
    """Stand for a command in the list of all."""


def _print_version(value: bool) -> None:
    if value:
        typer.echo(f"microcare {__version__}")
        raise typer.Exit


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


def run(arguments: "Sequence[str]") -> int:
    """Run the command line; return the exit code.

    0 is done, 1 differences or problems found, 2 bad input, 3 could not finish; 130 is Ctrl-C.
    """
    prepare_streams()
    debug = _DEBUG in arguments
    wanted = [each for each in arguments if each != _DEBUG]
    code = None
    try:
        with writing():
            named = wanted[:1] if wanted and wanted[0] in COMMANDS else COMMANDS
            app = make_app(named, listed=wanted in ([each] for each in _HELP_OPTIONS))
            code = app(wanted, prog_name="microcare", standalone_mode=False)
    except Exception as error:  # noqa: BLE001 - the one boundary: no traceback reaches a user
        if debug:
            say("".join(format_exception(error)).rstrip())
        from microcare.commands.shared.errors import describe_error  # rare: start-up counts

        complaint = describe_error(error, wanted)
        for line in complaint.lines:
            say(line)
        return complaint.exit_code
    return code if isinstance(code, int) else 0
