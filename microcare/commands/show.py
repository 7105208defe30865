"""`microcare show`: one protocol in words, with its sources and the remarks for staff."""

from typing import Annotated

import typer

from microcare.commands.shared.options import (
    ColorOption,
    PagerOption,
    VerboseOption,
    complete_protocol,
)
from microcare.commands.shared.output import Color, make_console, print_parts


def show(
    protocol: Annotated[
        str,
        typer.Argument(
            metavar="ID|FILE",
            help="The protocol, by its id or its file; - reads it from stdin.",
            autocompletion=complete_protocol,
        ),
    ],
    resolved: Annotated[
        bool,
        typer.Option(
            "--resolved", help="Of a protocol that extends another, the whole as it is used."
        ),
    ] = False,
    color: ColorOption = Color.AUTO,
    pager: PagerOption = True,
    verbose: VerboseOption = False,
) -> None:
    """Print a protocol as it reads before any date: every instruction, its time and its source.

    Of one that extends another: what its own file changes.

    \b
    microcare show clinic-a
    microcare show ./our-protocol.yaml
    microcare show ./our-variant.yaml --resolved
    """
    from microcare.commands.shared.settings import choose_protocol, load_settings
    from microcare.render.protocol_text import protocol_text, variant_text

    settings = load_settings(verbose=verbose)
    loaded, _ = choose_protocol(protocol, settings, verbose=verbose)
    if loaded.extends is None or resolved:
        parts = protocol_text(loaded)
    else:
        parts = variant_text(loaded, loaded.extends)
    print_parts(make_console(color), parts, paged=pager)
