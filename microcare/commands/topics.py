"""`microcare topics`: which topic or factor a word means, to be named in a protocol file."""

from typing import Annotated

import typer

from microcare.commands.shared.options import (
    ColorOption,
    DataFormat,
    FormatOption,
    PagerOption,
)
from microcare.commands.shared.output import Color, make_console, print_parts, say, write


def topics(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORD", help="A word or a few; without any, all are listed."),
    ] = None,
    output: FormatOption = DataFormat.TEXT,
    color: ColorOption = Color.AUTO,
    pager: PagerOption = True,
) -> None:
    """Find the topics and factors that a word means: by meaning, synonym or brand.

    Ends with 0, whether something is found or not.

    \b
    microcare topics ice
    microcare topics Advil
    microcare topics cold sores
    """
    from microcare.load.library.glossary import look_up
    from microcare.load.source.refusals import quote

    page = look_up(" ".join(words or ()))
    if output is DataFormat.JSON:
        from microcare.export.data.glossary import glossary_json

        write(glossary_json(page))
    else:
        from microcare.render.glossary_text import glossary_text

        print_parts(make_console(color), glossary_text(page), paged=pager)
    if not page.topics and not page.factors:
        hint = page.hint or "describe it under “topics” or “factors” in your file"
        say(f"Nothing is found under {quote(page.word)}.\n  {hint[0].upper()}{hint[1:]}")
