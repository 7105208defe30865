"""The time zone that a machine is set to: what its TZ names, or else its own settings."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from zoneinfo import ZoneInfo

from microcare.load.source.refusals import PhraseError
from microcare.load.times.zones import parse_zone

_SYSTEM_FILE = "/etc/localtime"
_LINKS = {
    "EST5EDT": "America/New_York",
    "CST6CDT": "America/Chicago",
    "MST7MDT": "America/Denver",
    "PST8PDT": "America/Los_Angeles",
    "HST": "Pacific/Honolulu",
    "GB": "Europe/London",
    "NZ": "Pacific/Auckland",
    "PRC": "Asia/Shanghai",
    "ROK": "Asia/Seoul",
}
"""What IANA links to the one place that is meant (its file `backward`).

EST and MST are links too, but to Panama and Phoenix, and CET to Brussels: hardly anybody who writes
them means these. Typed by a person all of them are refused; a machine can't be asked.
"""
_TWO = r"(?:/0?2(?::00){0,2})?"
_US_RULE = re.compile(rf"([ECMP]ST\d[ECMP]DT),M3\.2\.0{_TWO},M11\.1\.0{_TWO}")
"""POSIX: summer time from the second Sunday in March to the first in November, as in the US."""
_FOLDER = re.compile(r"\A(?:.*/zoneinfo/)?(?:posix/|right/)?", re.DOTALL)


def read_machine_zone(environment: Mapping[str, str]) -> ZoneInfo | None:
    """Return the zone of a machine; UTC where TZ is empty, None where it names no IANA zone."""
    named = environment.get("TZ")
    with suppress(PhraseError, ValueError, LookupError, OSError):
        name = _read_system() if named is None else _read_variable(named.removeprefix(":"))
        return parse_zone(_LINKS.get(name, name))
    return None


def _read_variable(text: str) -> str:
    if not text:
        return "UTC"
    if text.startswith("/") and "/zoneinfo/" not in text:
        real = os.path.realpath(text)
        if text == _SYSTEM_FILE and "/zoneinfo/" not in real:
            return _read_system()
        text = real
    if posix := _US_RULE.fullmatch(text):
        return posix[1]
    return _FOLDER.sub("", text, count=1)


def _read_system() -> str:
    # Only here, because it costs more than reading a protocol.
    from tzlocal import get_localzone_name

    return get_localzone_name() or ""
