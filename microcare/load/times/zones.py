"""Time zones as users write them: IANA names are taken, fixed abbreviations refused."""

from __future__ import annotations

import re
from contextlib import suppress
from zoneinfo import ZoneInfo, available_timezones

from microcare.load.source.refusals import PhraseError, find_nearest, suggest

_ABBREVIATION = r"[A-Z]{2,5}(?:\d[A-Z]{3})?"
# Files of the zone database that name no place. Those with leap seconds give wrong offsets.
_NO_PLACES = {"localtime", "posixrules", "factory"}
_COPIES = ("posix/", "right/")
_ABBREVIATIONS = {
    "America/New_York": ("EST", "EDT", "EST5EDT"),
    "America/Chicago": ("CST", "CDT", "CST6CDT"),
    "America/Denver": ("MST", "MDT", "MST7MDT"),
    "America/Los_Angeles": ("PST", "PDT", "PST8PDT"),
    "America/Anchorage": ("AKST",),
    "Pacific/Honolulu": ("HST",),
    "Europe/London": ("GMT", "BST", "GB"),
    "Europe/Lisbon": ("WET",),
    "Europe/Berlin": ("CET", "CEST", "MET"),
    "Europe/Athens": ("EET",),
    "Europe/Moscow": ("MSK",),
    "Asia/Kolkata": ("IST",),
    "Asia/Tokyo": ("JST",),
    "Australia/Sydney": ("AEST", "AEDT"),
    "Australia/Perth": ("AWST",),
    "Pacific/Auckland": ("NZ", "NZST"),
}
_ZONES_MEANT = {each: zone for zone, known in _ABBREVIATIONS.items() for each in known}


def parse_zone(text: str) -> ZoneInfo:
    """Return the zone of an IANA name ("America/New_York") or of "UTC"; raises PhraseError.

    Abbreviations are refused even where the zone database knows them: EST stays on winter time
    all the year, which no clinic means. So are the database's names that are no places.
    """
    name = text.strip()
    shown = name[:60]
    if _is_abbreviation(name) or name.upper() in _ZONES_MEANT:
        meant = _ZONES_MEANT.get(name.upper(), "America/New_York")
        message = f"“{shown}” is an abbreviation, which says nothing of summer time."
        raise PhraseError(message, f"name a place instead, like {meant}")
    with suppress(LookupError, ValueError, OSError):
        if _is_place(name):
            return ZoneInfo(name)
    hint = suggest(_find_zone(name)) or "write one like America/New_York or Europe/Berlin"
    raise PhraseError(f"“{shown}” is no time zone.", hint)


def _is_abbreviation(name: str) -> bool:
    # Of a usual name no pattern is compiled: start-up counts.
    return name.isupper() and name != "UTC" and bool(re.fullmatch(_ABBREVIATION, name))


def _is_place(name: str) -> bool:
    small = name.lower()
    return small not in _NO_PLACES and not small.startswith(_COPIES)


def _find_zone(name: str) -> str | None:
    """Return the zone that a misspelt name, or that of its city alone, is nearest to."""
    usable = (
        zone for zone in available_timezones() if not _is_abbreviation(zone) and _is_place(zone)
    )
    known = sorted(usable, key=lambda zone: (len(zone), zone))  # UTC before Etc/UTC
    names: dict[str, str] = {}
    for zone in known:
        for each in (zone.lower(), zone.lower().rpartition("/")[2]):
            names.setdefault(each, zone)
    near = find_nearest("_".join(name.lower().split()), names)
    return None if near is None else names[near]
