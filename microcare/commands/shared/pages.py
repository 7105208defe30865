"""The two kinds of files that a handout can be, and the package that one of them needs."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from microcare.load.source.refusals import Refusal

if TYPE_CHECKING:
    from datetime import datetime

    from microcare.export.handout.page import Layout
    from microcare.wording.handout.parts import Handout


class PageFormat(StrEnum):
    """What kind of file a handout is."""

    PDF = "pdf"
    HTML = "html"


def check_pages(kind: PageFormat, instead: str = "-o FILE.html") -> None:
    """Raise Refusal where the package that draws such files is not installed.

    `instead` is what asks for a web page.
    """
    if kind is PageFormat.HTML:
        return
    try:
        import typst  # noqa: F401 - an extra, of 80 MB
    except ModuleNotFoundError as error:
        if error.name != "typst":
            raise
        message = "A PDF needs the package typst, which is not installed."
        hint = f'install it with pip install "microcare[pdf]", or write a web page: {instead}'
        raise Refusal(message, hint) from error


def draw_page(told: Handout, layout: Layout, kind: PageFormat, *, stamp: datetime) -> bytes:
    """Return the file of a handout that was made at the instant `stamp`; raises Refusal."""
    check_pages(kind)
    if kind is PageFormat.HTML:
        from microcare.export.handout.html import handout_html

        return handout_html(told, layout)
    from microcare.export.handout.pdf import handout_pdf

    return handout_pdf(told, layout, stamp=stamp)
