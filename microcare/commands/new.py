"""`microcare new`: the first file of a clinic's own protocol."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from microcare.commands.shared.options import QuietOption, VerboseOption, complete_protocol
from microcare.commands.shared.output import say, write
from microcare.load.source.refusals import Refusal

if TYPE_CHECKING:
    from microcare.load.library.settings import Settings

_LONGEST_ID = 60
_OTHER = "nothing was written; name another file with -o"


def new(
    ident: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="A short name: small letters, digits and hyphens, like our-clinic."
        ),
    ],
    source: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="ID|FILE",
            help="The protocol to start from, by its id or its file. Without it a short sample.",
            autocompletion=complete_protocol,
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Where to write; - is stdout. Else ID.yaml."
        ),
    ] = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Start a protocol of your own: a commented file that passes `check`. Never overwrites.

    \b
    microcare new our-clinic --from clinic-a
    microcare new our-clinic -o protocols/our-clinic.yaml
    """
    from microcare.commands.shared.files import check_target, write_file, write_name
    from microcare.commands.shared.settings import load_settings

    settings = load_settings(verbose=verbose)
    _check_id(ident, settings)
    if output == "-":
        write(_make_text(ident, source, Path("-"), settings, verbose=verbose))
        return
    path = check_target(output or f"{ident}.yaml", hint=_OTHER)
    text = _make_text(ident, source, path, settings, verbose=verbose)
    write_file(path, text.encode(), hint=_OTHER)
    write_name(path)
    if not quiet:
        _say_what_next(path)


def _check_id(ident: str, settings: "Settings") -> None:
    from microcare.load.library.folders import list_protocols
    from microcare.load.source.fields import is_short_name

    if not is_short_name(ident) or len(ident) > _LONGEST_ID:
        message = f"“{ident[:_LONGEST_ID]}” is no short name."
        raise Refusal(message, f"use small letters, digits and hyphens, {_LONGEST_ID} at most")
    if ident in {each.id for each in list_protocols(settings.folders)}:
        message = f"There is a protocol “{ident}” already."
        raise Refusal(message, "choose another id: of two files the one would hide the other")


def _make_text(
    ident: str, source: str | None, target: Path, settings: "Settings", *, verbose: bool
) -> str:
    from microcare.commands.shared.settings import announce_file
    from microcare.load.library.folders import find_protocol, read_text, show_path
    from microcare.load.library.start import make_blank_start, make_start_from

    if source is None:
        return make_blank_start(ident, f"{ident}.yaml" if str(target) == "-" else target.name)
    path = Path("-") if source == "-" else find_protocol(source, settings.folders)
    if verbose:
        announce_file(path)
    return make_start_from(read_text(path, show_path(path)), path, ident, target, settings.folders)


def _say_what_next(path: Path) -> None:
    from microcare.load.library.start import SCHEMA_FILE

    beside = path.parent / SCHEMA_FILE
    say(f"microcare: wrote {path}. Edit it, then: microcare check {path}")
    if not beside.exists():
        say(f"  For help in your editor: microcare schema > {beside}")
