"""Text from protocol files made safe for a terminal: nothing deleted, nothing obeyed."""

from __future__ import annotations

import re

# C0 and C1 controls, line and paragraph separators, and the characters that
# reorder text or can't be seen. (U+200D joins emoji and stays.) A command line
# that is no valid text has surrogates in it, which no file can hold.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)


def visible(text: str) -> str:
    r"""Return a text with control and reordering characters spelt out, as in "\x1b[31m"."""
    return _UNSAFE.sub(lambda found: _spell(found[0]), text).replace("\t", " ")


def _spell(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
