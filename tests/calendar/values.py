"""The values of properties: dates, times, durations and text (RFC 5545, section 3.3)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.calendar.content_lines import ContentLine

_DATE = re.compile(r"[0-9]{8}")
_WALL_TIME = re.compile(r"[0-9]{8}T[0-9]{6}")
_UTC_TIME = re.compile(r"[0-9]{8}T[0-9]{6}Z")
_CLOCK = r"T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?|[0-9]+M(?:[0-9]+S)?|[0-9]+S)"
_DURATION = re.compile(rf"[+-]?P(?:[0-9]+D(?:{_CLOCK})?|{_CLOCK}|[0-9]+W)")
_ESCAPE = re.compile(r"\\(.?)", re.DOTALL)


def parse_moment(line: ContentLine, *, floating: bool = False) -> date | datetime | None:
    """Return a whole day, or a time in UTC; None where it is neither, such as a local time.

    What may be `floating` may have a time without a zone, too.
    """
    kind = line.parameters.get("VALUE", ("DATE-TIME",))
    if "TZID" in line.parameters:
        return None
    try:
        if kind == ("DATE",) and _DATE.fullmatch(line.value):
            return datetime.strptime(line.value, "%Y%m%d").replace(tzinfo=UTC).date()
        if kind == ("DATE-TIME",) and _UTC_TIME.fullmatch(line.value):
            return datetime.strptime(line.value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        if floating and kind == ("DATE-TIME",) and _WALL_TIME.fullmatch(line.value):
            return datetime.strptime(f"{line.value}Z", "%Y%m%dT%H%M%SZ")  # noqa: DTZ007 floats
    except ValueError:
        pass
    return None


def is_duration(value: str) -> bool:
    """Return whether a value is a `dur-value`: `-PT6H` and `P1W` are, `P1W2D` and `P` are not."""
    return _DURATION.fullmatch(value) is not None


def is_zero(value: str) -> bool:
    """Return whether a duration lasts no time at all."""
    return not re.search("[1-9]", value)


def bad_escapes(text: str) -> list[str]:
    r"""Return the escapes of a TEXT that are none: only `\\`, `\;`, `\,`, `\n` and `\N` are."""
    return [found[0] for found in _ESCAPE.finditer(text) if found[1] not in {*r"\;,nN"}]


def raw_separators(text: str, separators: str = ",;") -> list[str]:
    """Return the separators of a TEXT that are not escaped."""
    return [each for each in _ESCAPE.sub("", text) if each in separators]
