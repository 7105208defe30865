"""Data as the text of JSON, laid out over lines for people too."""

from __future__ import annotations

try:
    from _json import encode_basestring_ascii  # without all that `json` reads by: start-up counts
except ImportError:  # this Python has no quicker one
    from json.encoder import encode_basestring_ascii

_INDENT = "  "


def json_text(data: object) -> str:
    """Return the text, ending in a line break, of what `json.dumps(data, indent=2)` tells.

    That is twice as slow: nothing quick in it indents. Keys are text, numbers are whole.
    Raises TypeError of what is no data.
    """
    return _lay_out(data, "\n") + "\n"


def _lay_out(data: object, margin: str) -> str:
    """Return what stands behind a `margin`: a line break and the indent of the line."""
    if isinstance(data, str):
        return encode_basestring_ascii(data)
    if data is None:
        return "null"
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, int):
        return int.__repr__(data)
    inner = margin + _INDENT
    if isinstance(data, (list, tuple)):
        listed = [_lay_out(each, inner) for each in data]
        return f"[{inner}{f',{inner}'.join(listed)}{margin}]" if listed else "[]"
    if isinstance(data, dict):
        named = [
            f"{encode_basestring_ascii(key)}: {_lay_out(each, inner)}" for key, each in data.items()
        ]
        return f"{{{inner}{f',{inner}'.join(named)}{margin}}}" if named else "{}"
    raise TypeError(f"a {type(data).__name__} is no data of JSON")
