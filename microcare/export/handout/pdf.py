"""A handout as a PDF with tags (PDF/UA-1) to be kept for long (PDF/A-2a), set by Typst."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typst

from microcare.core.values import replace
from microcare.export.handout.page import Layout, list_fields

if TYPE_CHECKING:
    from microcare.wording.handout.parts import Handout

_TEMPLATE = Path(__file__).with_name("page.typ")
_STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]
_UNSHOWN = re.compile(r'(?:the text|contains the codepoint) `"(.+?)"`')
"""What no font shows, and what PDF/A takes from no font: characters of nobody's."""
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_UNBROKEN = re.compile(r"\S{40,}")
"""A word that may be too long for a line; what is longer than so many characters may break."""
_PAGE = re.compile(rb"/Type\s*/Page\b")
_PIECE = re.compile(r".{12}")


def handout_pdf(handout: Handout, layout: Layout, *, stamp: datetime) -> bytes:
    """Return the bytes of the file, made at the aware `stamp`: equal ones for equal inputs.

    The texts go in as data. What Typst's own fonts lack is taken from the fonts of the machine, and
    what these lack too is written by its name: "[grinning face]". A day is torn over a page where
    that saves a page, and if it is longer than one.
    """
    spelt: set[str] = set()
    system = False
    while not isinstance(whole := _compile(handout, layout, stamp, spelt, system=system), bytes):
        if system and whole <= spelt:
            raise ValueError("a character is not shown by its name either")
        spelt |= whole if system else set()
        system = True
    torn = _compile(handout, replace(layout, torn=True), stamp, spelt, system=system)
    return min(whole, torn, key=_count_pages) if isinstance(torn, bytes) else whole


def _compile(
    handout: Handout, layout: Layout, stamp: datetime, spelt: Collection[str], *, system: bool
) -> bytes | set[str]:
    """Return the file, or the characters that no font shows; those `spelt` are not among them."""
    names = {ord(each): f"[{_name(each)}]" for each in spelt}

    def write(text: str) -> str:
        return _UNBROKEN.sub(_allow_breaks, text.translate(names))

    fields = list_fields(handout, layout, write)
    try:
        made = typst.compile(
            _TEMPLATE.read_bytes(),
            format="pdf",
            sys_inputs={"data": json.dumps(fields)},
            ignore_system_fonts=not system,
            pdf_standards=_STANDARDS,
            timestamp=int(stamp.timestamp()),
        )
    except typst.TypstError as error:
        shown = "".join(_UNSHOWN.findall(error.diagnostic))
        unshown = {*_ESCAPED.sub(lambda found: chr(int(found[1], 16)), shown)}
        if not unshown:
            raise
        return unshown
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


def _count_pages(made: bytes) -> int:
    """Return how many pages a file of Typst's has."""
    return len(_PAGE.findall(made))


def _allow_breaks(found: re.Match[str]) -> str:
    return _PIECE.sub("\\g<0>\u200b", found[0])


def _name(character: str) -> str:
    return unicodedata.name(character, "").lower() or f"U+{ord(character):04X}"
