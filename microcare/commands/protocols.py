"""`microcare protocols`: the protocols that can be named, and which one is taken by default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.commands.shared.options import (
    ColorOption,
    DataFormat,
    FormatOption,
    VerboseOption,
)
from microcare.commands.shared.output import Color, make_console, print_parts, say, write

if TYPE_CHECKING:
    from microcare.core.sheet.catalogue import CatalogueEntry


def protocols(
    output: FormatOption = DataFormat.TEXT,
    color: ColorOption = Color.AUTO,
    verbose: VerboseOption = False,
) -> None:
    """List the protocols: built-in ones and those of your own folder.

    \b
    microcare protocols
    MICROCARE_PROTOCOLS=~/our-protocols microcare protocols
    """
    entries = _load_entries(verbose=verbose)
    if output is DataFormat.JSON:
        from microcare.export.data.catalogue import catalogue_json

        write(catalogue_json(entries))
        return
    from microcare.render.protocol_text import catalogue_text

    print_parts(make_console(color), catalogue_text(entries))


def _load_entries(*, verbose: bool) -> list[CatalogueEntry]:
    from microcare.commands.shared.settings import choose_default, load_settings, name_source
    from microcare.core.sheet.catalogue import CatalogueEntry
    from microcare.load.library.folders import list_protocols, show_path
    from microcare.load.library.protocols import read_protocol
    from microcare.load.source.refusals import ProtocolError

    settings = load_settings(verbose=verbose)
    default = choose_default(settings)
    if verbose:
        by = name_source(default.source, "MICROCARE_PROTOCOL")
        say(f"microcare: default protocol: {default.value} ({by})")
    entries = []
    for file in list_protocols(settings.folders):
        try:
            protocol, problems = read_protocol(file.path, settings.folders), 0
        except ProtocolError as error:
            protocol, problems = None, len(error.problems)
        entries.append(
            CatalogueEntry(
                id=file.id,
                file=show_path(file.path),
                built_in=file.built_in,
                is_default=file.id == default.value,
                protocol=protocol,
                problems=problems,
            )
        )
    return entries
