"""The calendar lint: an .ics file as bytes, against RFC 5545 and the rules for a patient's file.

It is stricter than the standard where calendars on phones are known to stumble, and where a
patient's privacy asks for it. It cannot see what an event is about: that it is the visit which
blocks time, and that the dates are right, is for the tests of the export.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from tests.calendar import rules
from tests.calendar.components import Component, build_calendar
from tests.calendar.content_lines import read_content_lines
from tests.calendar.findings import Code, Finding
from tests.calendar.values import (
    bad_escapes,
    is_duration,
    is_zero,
    parse_moment,
    raw_separators,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.calendar.content_lines import ContentLine

LARGEST = 1_000_000
"""Octets that a file must stay below."""

_UID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_HTML_START = re.compile(r"\s*<[!/]?[A-Za-z][^<>]*>")


def lint_calendar(data: bytes, *, floating: bool = False) -> list[Finding]:
    """Return all that is wrong with a calendar file, in the order of its lines.

    In a `floating` one the events that block no time may have times without a zone.
    """
    findings = []
    if len(data) >= LARGEST:
        said = f"The file has {len(data)} octets, {LARGEST} or more."
        findings.append(Finding(1, Code.TOO_LARGE, said))
    lines, faults = read_content_lines(data)
    findings += faults
    calendar, faults = build_calendar(lines)
    findings += faults
    if calendar is not None:
        findings += _check_calendar(calendar, floating=floating)
    return sorted(findings, key=lambda each: each.line)


def _check_calendar(calendar: Component, *, floating: bool) -> Iterator[Finding]:
    yield from _check_properties(calendar)
    if not calendar.components:
        yield Finding(calendar.line, Code.NO_EVENT, "The calendar has no event.")
    yield from _check_free(calendar)
    seen: set[str] = set()
    for event in calendar.components:
        yield from _check_properties(event)
        yield from _check_identity(event, seen)
        yield from _check_private(event)
        yield from _check_stamps(event)
        yield from _check_category(event)
        yield from _check_times(event, floating=floating and not _is_busy(event))
        for extra in event.components[1:]:
            yield Finding(extra.line, Code.MANY_ALARMS, "The event has another alarm.")
        for alarm in event.components:
            yield from _check_properties(alarm)
            yield from _check_identity(alarm, seen)
            yield from _check_alarm(alarm)


def _check_properties(component: Component) -> Iterator[Finding]:
    """Check which properties there are, how often, and the form of those that need no context."""
    for name in sorted(rules.REQUIRED[component.name]):
        line = component.first(name)
        if line is None:
            said = f"The {component.name} has no {name}."
            yield Finding(component.line, Code.MISSING_PROPERTY, said)
        elif not line.value.strip():
            yield Finding(line.line, Code.MISSING_PROPERTY, f"The {name} is empty.")
    seen: set[str] = set()
    for line in component.properties:
        once = line.name not in rules.REPEATABLE and not line.name.startswith("X-")
        if once and line.name in seen:
            said = f"The {component.name} has another {line.name}."
            yield Finding(line.line, Code.DUPLICATE_PROPERTY, said)
        seen.add(line.name)
        yield from _check_place(line, component)
        yield from _check_value(line)


def _check_place(line: ContentLine, component: Component) -> Iterator[Finding]:
    """Check that a property may stand in its component."""
    if reason := rules.FORBIDDEN.get(line.name):
        yield Finding(line.line, Code.FORBIDDEN_PROPERTY, f"No {line.name}: {reason}.")
    elif line.name not in rules.KNOWN[component.name] and not line.name.startswith("X-"):
        said = f"A {component.name} has no property {line.name}."
        yield Finding(line.line, Code.UNKNOWN_PROPERTY, said)


def _check_value(line: ContentLine) -> Iterator[Finding]:
    """Check a value that means the same wherever it stands."""
    pattern = rules.PATTERNS.get(line.name)
    if pattern and not re.fullmatch(pattern, line.value):
        said = f"{line.name} has a value that it may not have."
        yield Finding(line.line, Code.BAD_VALUE, said)
    if line.name in rules.STAMPS and not isinstance(parse_moment(line), datetime):
        said = f"{line.name} is not a time in UTC, such as 20261121T150000Z."
        yield Finding(line.line, Code.BAD_STAMP, said)
    of_durations = line.parameters.get("VALUE", ("DURATION",)) == ("DURATION",)
    if line.name in rules.DURATIONS and of_durations and not is_duration(line.value):
        said = f"{line.name} is not a duration, such as -PT6H or P9D."
        yield Finding(line.line, Code.BAD_DURATION, said)
    if separators := rules.TEXTS.get(line.name):
        yield from _check_text(line, separators)


def _check_text(line: ContentLine, separators: str) -> Iterator[Finding]:
    r"""Check the escapes of a TEXT; `separators` are the characters that need one."""
    for escape in sorted(set(bad_escapes(line.value))):
        said = f"{line.name} has the escape {escape}, which is none."
        yield Finding(line.line, Code.BAD_ESCAPE, said)
    for separator in sorted(set(raw_separators(line.value, separators))):
        said = f"{line.name} has a {separator} without a backslash."
        yield Finding(line.line, Code.RAW_SEPARATOR, said)
    if _HTML_START.match(line.value):
        yield Finding(line.line, Code.HTML, f"{line.name} begins like HTML.")


def _check_identity(component: Component, seen: set[str]) -> Iterator[Finding]:
    """Check the UID, which no other event or alarm may have; `seen` takes it in."""
    line = component.first("UID")
    if line is None or not line.value.strip():
        return
    if not _UID.fullmatch(line.value):
        said = "The UID is not a bare UUID of version 5 in small letters."
        yield Finding(line.line, Code.BAD_UID, said)
    elif line.value in seen:
        yield Finding(line.line, Code.DUPLICATE_UID, "Another component has this UID.")
    seen.add(line.value)


def _check_private(event: Component) -> Iterator[Finding]:
    line = event.first("CLASS")
    if line is None or line.value != "PRIVATE":
        number = event.line if line is None else line.line
        yield Finding(number, Code.NOT_PRIVATE, "The event is not CLASS:PRIVATE.")


def _check_category(event: Component) -> Iterator[Finding]:
    """Check that an event has a category, unless it takes another one away."""
    status = event.first("STATUS")
    gone = status is not None and status.value == "CANCELLED"
    if event.first("CATEGORIES") is None and not gone:
        said = "The event has no CATEGORIES."
        yield Finding(event.line, Code.MISSING_PROPERTY, said)


def _check_stamps(event: Component) -> Iterator[Finding]:
    """Check that an event says but once when it was made."""
    made, modified = event.first("DTSTAMP"), event.first("LAST-MODIFIED")
    moments = [parse_moment(each) for each in (made, modified) if each is not None]
    differ = all(isinstance(each, datetime) for each in moments) and len(set(moments)) > 1
    if modified is not None and differ:
        said = "LAST-MODIFIED is not the moment of the DTSTAMP."
        yield Finding(modified.line, Code.NOT_STAMP, said)


def _check_times(event: Component, *, floating: bool) -> Iterator[Finding]:
    """Check that an event ends after it begins, in the same kind of value."""
    begins, ends, lasts = (event.first(name) for name in ("DTSTART", "DTEND", "DURATION"))
    start = begins and parse_moment(begins, floating=floating)
    end = ends and parse_moment(ends, floating=floating)
    for line, moment in ((begins, start), (ends, end)):
        if line and moment is None:
            said = f"{line.name} is neither a time in UTC nor a VALUE=DATE."
            yield Finding(line.line, Code.BAD_TIME, said)
    if ends and lasts:
        said = "The event has a DTEND and a DURATION."
        yield Finding(lasts.line, Code.END_AND_DURATION, said)
    if begins and start and not ends and not (lasts and isinstance(start, datetime)):
        yield Finding(begins.line, Code.MISSING_END, "The event has no DTEND.")
    if ends and start and end:
        if _find_form(start) != _find_form(end):
            said = "DTSTART and DTEND are not both dates, both in UTC or both without a zone."
            yield Finding(ends.line, Code.MIXED_TYPES, said)
        elif end <= start:
            said = "DTEND, which is exclusive, is not after DTSTART."
            yield Finding(ends.line, Code.ENDS_TOO_EARLY, said)
    if lasts and is_duration(lasts.value) and (lasts.value[0] == "-" or is_zero(lasts.value)):
        said = "The event's DURATION is not above zero."
        yield Finding(lasts.line, Code.ENDS_TOO_EARLY, said)


def _check_free(calendar: Component) -> Iterator[Finding]:
    """Check that one event at most, the visit, shows its owner as busy."""
    busy = [(event, event.first("TRANSP")) for event in calendar.components if _is_busy(event)]
    # Where one of them has a clock time, that is the visit.
    busy.sort(key=lambda each: _lasts_days(each[0]))
    for event, line in busy[1:]:
        said = "The event is not TRANSP:TRANSPARENT; only the visit may block time."
        yield Finding(line.line if line else event.line, Code.BLOCKS_TIME, said)


def _is_busy(event: Component) -> bool:
    line = event.first("TRANSP")
    return line is None or line.value != "TRANSPARENT"


def _find_form(moment: date) -> tuple[bool, bool]:
    """Return whether a moment is a time, and whether that has a zone."""
    timed = isinstance(moment, datetime)
    return timed, isinstance(moment, datetime) and moment.tzinfo is not None


def _lasts_days(event: Component) -> bool:
    begins = event.first("DTSTART")
    return begins is not None and begins.parameters.get("VALUE") == ("DATE",)


def _check_alarm(alarm: Component) -> Iterator[Finding]:
    """Check that an alarm shows something, before its event begins."""
    action, trigger = alarm.first("ACTION"), alarm.first("TRIGGER")
    if action and action.value.strip() and action.value != "DISPLAY":
        yield Finding(action.line, Code.BAD_ACTION, "The alarm is not ACTION:DISPLAY.")
    if trigger is None or not trigger.value.strip():
        return
    if not trigger.parameters.keys() <= {"VALUE", "RELATED"}:
        said = "The TRIGGER has a parameter that it may not have."
        yield Finding(trigger.line, Code.BAD_TRIGGER, said)
    kind = trigger.parameters.get("VALUE", ("DURATION",))
    from_start = trigger.parameters.get("RELATED", ("START",)) == ("START",)
    if kind != ("DURATION",) or not from_start:
        said = "The TRIGGER is not a duration from the event's start."
        yield Finding(trigger.line, Code.BAD_TRIGGER, said)
    elif is_duration(trigger.value) and (trigger.value[0] != "-" or is_zero(trigger.value)):
        said = "The TRIGGER is not negative; Outlook reads a positive one as negative."
        yield Finding(trigger.line, Code.BAD_TRIGGER, said)
