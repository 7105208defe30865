"""`microcare protocols`: the protocols that can be named, and which one is taken by default."""

from microcare.commands.shared.options import (
    ColorOption,
    DataFormat,
    FormatOption,
    VerboseOption,
)
from microcare.commands.shared.output import Color, make_console, print_parts, say, write


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
    from microcare.commands.shared.settings import (
        choose_default,
        load_catalogue,
        load_settings,
        name_source,
    )

    settings = load_settings(verbose=verbose)
    if verbose:
        default = choose_default(settings)
        by = name_source(default.source, "MICROCARE_PROTOCOL")
        say(f"microcare: default protocol: {default.value} ({by})")
    entries = load_catalogue(settings)
    if output is DataFormat.JSON:
        from microcare.export.data.catalogue import catalogue_json

        write(catalogue_json(entries))
        return
    from microcare.render.protocol_text import catalogue_text

    print_parts(make_console(color), catalogue_text(entries))
