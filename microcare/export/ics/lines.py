"""Content lines of an iCalendar file (RFC 5545, 3.1): escaped, folded, written with `ics`.

The package's own Event writes alarms before properties, folds nothing and names durations that
some clients refuse; its `ContentLine` leaves all of that to the caller.
"""

from __future__ import annotations

import re
import warnings

from microcare.wording.safe import visible
from microcare.wording.slots import SLOT, encode

with warnings.catch_warnings():
    # ics 0.7.3 uses what newer Pythons deprecate; a user can do nothing about it.
    warnings.simplefilter("ignore")
    from ics.grammar.parse import ContentLine


FOLD = 75
"""The most octets of a line, its line break not counted (RFC 5545, 3.1)."""

_ESCAPES = (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n"))
"""The backslash comes first, so that no escape is escaped again (RFC 5545, 3.3.11)."""

_DATE = {"VALUE": ["DATE"]}
_OPEN = re.compile(f"({SLOT})")


def write_line(name: str, value: str, *, is_date: bool = False) -> bytes:
    """Return a line with its break; its value is written as it is."""
    # The package shares one default dictionary between all lines: it is never used.
    return _end_line(str(ContentLine(name, _DATE if is_date else {}, value)).encode())


def write_text(name: str, text: str) -> bytes:
    """Return a line whose value is a TEXT."""
    return write_line(name, _escape(text))


def write_open_text(name: str, text: str) -> bytes:
    """Return a line whose value is a TEXT that leaves dates open, encoded as they are.

    It is folded so that it has room for the longest of each.
    """
    pieces = _OPEN.split(text)
    pieces[::2] = map(_escape, pieces[::2])
    return _end_line(encode(str(ContentLine(name, {}, "".join(pieces)))))


def _escape(text: str) -> str:
    """Return a text with control characters spelt out, line breaks and separators escaped."""
    value = visible(text.replace("\r\n", "\n").replace("\r", "\n"))
    for plain, escaped in _ESCAPES:
        value = value.replace(plain, escaped)
    return value


def _end_line(octets: bytes) -> bytes:
    return b"%b\r\n" % (octets if len(octets) <= FOLD else _fold(octets))


def _fold(octets: bytes) -> bytes:
    """Return a long line broken into pieces of at most FOLD octets, never inside a character.

    No piece ends in a blank, which mail programs cut off, unless it is nothing but blanks.
    """
    pieces = []
    start, most = 0, FOLD
    while most < len(octets):
        while octets[most] & 0b1100_0000 == 0b1000_0000:
            most -= 1
        # A blank is one octet, and no part of another character.
        piece = octets[start:most].rstrip(b" ") or octets[start:most]
        pieces.append(piece)
        start += len(piece)
        most = start + FOLD - 1
    return b"\r\n ".join([*pieces, octets[start:]])
