"""`microcare show`: one protocol in words, with its sources and the remarks for staff."""

from __future__ import annotations

from typing import Annotated

import typer

from microcare.commands.options import ColorOption, complete_protocol
from microcare.commands.output import Color, make_console, print_parts


def show(
    protocol: Annotated[
        str,
        typer.Argument(
            metavar="ID|FILE",
            help="The protocol, by its id or its file; - reads it from stdin.",
            autocompletion=complete_protocol,
        ),
    ],
    color: ColorOption = Color.AUTO,
) -> None:
    """Print a protocol as it reads before any date: every instruction, its time and its source.

    \b
    microcare show clinic-a
    microcare show ./our-protocol.yaml
    """
    from microcare.commands.booking import load_protocol, load_settings
    from microcare.render.protocol_text import protocol_text

    loaded, _ = load_protocol(protocol, load_settings())
    print_parts(make_console(color), protocol_text(loaded))
