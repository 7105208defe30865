"""A handout as one web page, for a phone, a screen reader and paper: no script, nothing loaded."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from microcare.export.handout.page import Layout, list_fields, split_tongues

if TYPE_CHECKING:
    from microcare.wording.handout.parts import Handout


def handout_html(handout: Handout, layout: Layout) -> bytes:
    """Return the bytes of the page, in UTF-8; no text of the handout is taken for markup."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"digest": _digest, "css": _escape, "tongues": split_tongues}
    page = environment.get_template("page.html").render(list_fields(handout, layout))
    return page.encode()


def _digest(text: str) -> str:
    """Return a style as its page's policy names it (CSP level 2)."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _escape(text: str) -> str:
    """Return a text for the inside of a string of CSS: all but letters and digits by number."""
    return "".join(each if each.isalnum() else f"\\{ord(each):x} " for each in text)
