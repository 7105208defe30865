"""Read an exported calendar back with programs that share no code with the export.

`read_with_icalendar` and `read_with_ical_js` (Thunderbird's parser) give everything that an
event says. `list_with_khal` and `list_with_calcurse` give what these two calendars of Debian
show after they have imported the file. Only `icalendar` is always there; where another one is
not, the test is skipped with the reason. A reader that finds a fault raises ValueError.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from icalendar import Component

_ICAL_READER = Path(__file__).with_name("ical_reader.cjs")
_DAY = timedelta(days=1)

_KHAL_SETTINGS = """\
[calendars]
[[read]]
path = {folder}/events
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%dT%H:%MZ
longdatetimeformat = %Y-%m-%dT%H:%MZ
[sqlite]
path = {folder}/khal.db
"""
_CALCURSE_DAY = re.compile(
    r"(?P<first>\d\d/\d\d/\d{4}) \[1\] (?:\{1D -> (?P<last>\d\d/\d\d/\d{4})\} )?"
    r"(?:>[0-9a-f]+ )?(?P<summary>.*)"
)
_CALCURSE_TIME = re.compile(
    r"(?P<start>\d\d/\d\d/\d{4} @ \d\d:\d\d) -> (?P<end>\d\d/\d\d/\d{4} @ \d\d:\d\d)"
    r"(?:>[0-9a-f]+ )?[|!](?P<summary>.*)"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as a parser gives it; what the file leaves out has the standard's default.

    `start` and `end` (exclusive) are dates, or times in UTC, or without a zone where they may be;
    `end` is None where none is given.
    """

    uid: str
    start: date
    end: date | None
    summary: str
    description: str = ""
    location: str = ""
    alarm_trigger: timedelta | None = None
    transp: str = "OPAQUE"
    klass: str = "PUBLIC"
    sequence: int = 0
    status: str = ""

    @property
    def all_day(self) -> bool:
        """Whether the event lasts whole days."""
        return not isinstance(self.start, datetime)


@dataclass(frozen=True, slots=True)
class Listing:
    """An event as a calendar shows it; `end` is exclusive, or None for an instant."""

    start: date
    end: date | None
    summary: str


def list_entries(entries: Iterable[Entry]) -> list[Listing]:
    """Return what a calendar in UTC should show of these events."""
    return [
        Listing(_show_in_utc(each.start), each.end and _show_in_utc(each.end), each.summary)
        for each in entries
    ]


def _show_in_utc(moment: date) -> date:
    """Return a time without a zone as the clock in UTC shows it."""
    if isinstance(moment, datetime) and moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    return moment


def read_with_icalendar(data: bytes, *, floating: bool = False) -> list[Entry]:
    """Return the events by their start, as the Python package `icalendar` reads them.

    A time without a zone is an error, unless the file may be `floating`.
    """
    calendar = Calendar.from_ical(data)
    broken = [each.name for each in calendar.walk() if each.errors]
    if broken:
        raise ValueError(f"icalendar finds faults in {broken}")
    found = (_from_icalendar(each, floating=floating) for each in calendar.walk("VEVENT"))
    return sorted(found, key=_order)


def _from_icalendar(event: Component, *, floating: bool) -> Entry:
    triggers = [alarm.decoded("TRIGGER") for alarm in event.walk("VALARM")]
    return Entry(
        uid=str(event["UID"]),
        start=_in_utc(event.decoded("DTSTART"), floating=floating),
        end=_in_utc(event.decoded("DTEND"), floating=floating) if "DTEND" in event else None,
        summary=str(event["SUMMARY"]),
        description=str(event.get("DESCRIPTION", "")),
        location=str(event.get("LOCATION", "")),
        alarm_trigger=_only(triggers),
        transp=str(event.get("TRANSP", "OPAQUE")),
        klass=str(event.get("CLASS", "PUBLIC")),
        sequence=int(event.get("SEQUENCE", 0)),
        status=str(event.get("STATUS", "")),
    )


def _in_utc(moment: date, *, floating: bool = False) -> date:
    """Return a date as it is, and a time with UTC as its zone; one that may float as it is."""
    if isinstance(moment, datetime):
        if moment.utcoffset() is None:
            if floating:
                return moment
            raise ValueError(f"{moment} has no time zone")
        return moment.astimezone(UTC)
    return moment


def read_with_ical_js(data: bytes, *, floating: bool = False) -> list[Entry]:
    """Return the events by their start, as npm's `ical.js` reads them, `floating` as above.

    It is sought in NODE_PATH, and in `node_modules` of the folder that ICAL_JS names.
    """
    node = _find_program("node")
    printed = _run([node, str(_ICAL_READER), str(_find_ical_js())], stdin=data)
    found = (_from_ical_js(each, floating=floating) for each in json.loads(printed))
    return sorted(found, key=_order)


def _from_ical_js(event: dict[str, Any], *, floating: bool) -> Entry:
    times = {
        name: event[name] and _parse_iso(event[name], floating=floating)
        for name in ("start", "end")
    }
    triggers = [timedelta(seconds=each) for each in event.pop("triggers")]
    return Entry(**{**event, **times}, alarm_trigger=_only(triggers))


def list_with_khal(data: bytes, folder: Path) -> list[Listing]:
    """Return what khal shows, by start; `folder` is an empty one for its files.

    khal gives an hour to an event that has no end. Descriptions are left out: the parser in
    khal 0.10, icalendar 4, takes an escaped backslash and an n for a line break.
    """
    khal = _find_program("khal")
    (folder / "events").mkdir()
    settings, file = folder / "khal.conf", folder / "khal.ics"
    settings.write_text(_KHAL_SETTINGS.format(folder=folder), encoding="utf-8")
    file.write_bytes(data)
    command = [khal, "-c", str(settings)]
    _run([*command, "import", "--batch", "-a", "read", str(file)], folder=folder)
    days = sorted(day.decode() for day in re.findall(rb"DT(?:START|END)[^:]*:([0-9]{8})", data))
    first, last = (date.fromisoformat(days[place]) for place in (0, -1))
    form = "{start}\x1f{end}\x1f{all-day}\x1f{title}\x1e"
    form_options = ["--once", "--day-format", "", "--format", form]
    printed = _run([*command, "list", *form_options, str(first), str(last + _DAY)], folder=folder)
    records = (each.lstrip("\n").split("\x1f") for each in printed.split("\x1e") if each.strip())
    return sorted((_from_khal(*record) for record in records), key=_order)


def _from_khal(start: str, end: str, all_day: str, title: str) -> Listing:
    last = _parse_iso(end)
    return Listing(_parse_iso(start), last + _DAY if all_day == "True" else last, title)


def list_with_calcurse(data: bytes, folder: Path) -> list[Listing]:
    """Return what calcurse shows, by start; `folder` is an empty one for its files.

    It refuses text that is not escaped as it should be, which the other readers let pass.
    """
    calcurse = _find_program("calcurse")
    file = folder / "calcurse.ics"
    file.write_bytes(data)
    _run([calcurse, "-D", str(folder), "-i", str(file)], folder=folder)
    stored = (folder / "apts").read_text(encoding="utf-8").splitlines()
    return sorted(map(_from_calcurse, stored), key=_order)


def _from_calcurse(line: str) -> Listing:
    """Return the event of one line in calcurse's own file."""
    if found := _CALCURSE_DAY.fullmatch(line):
        first, last = (_parse_american(found[each] or found["first"]) for each in ("first", "last"))
        return Listing(first.date(), last.date() + _DAY, found["summary"])
    found = _CALCURSE_TIME.fullmatch(line)
    if found is None:
        raise ValueError(f"calcurse has written a line of another kind: {line}")
    start, end = (_parse_american(found[each]) for each in ("start", "end"))
    return Listing(start, None if end == start else end, found["summary"])


def _find_program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def _find_ical_js() -> Path:
    """Return the folder that holds the package `ical.js`."""
    places = [Path(each) for each in os.environ.get("NODE_PATH", "").split(os.pathsep) if each]
    if folder := os.environ.get("ICAL_JS"):
        places.insert(0, Path(folder) / "node_modules")
    for place in places:
        if (place / "ical.js" / "package.json").is_file():
            return place.absolute()
    how = "npm install --prefix FOLDER ical.js, then ICAL_JS=FOLDER"
    pytest.skip(f"ical.js is not installed: {how}")


def _run(command: Sequence[str], *, stdin: bytes = b"", folder: Path | None = None) -> str:
    """Return what a program prints, run in UTC, with `folder` in place of the user's home."""
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    if folder is not None:
        environment |= {"HOME": str(folder), "TMPDIR": str(folder)}
    done = subprocess.run(
        command, input=stdin, env=environment, capture_output=True, check=False, timeout=60
    )
    if done.returncode:
        raise ValueError(f"{command[0]}: {done.stdout.decode()} {done.stderr.decode()}")
    return done.stdout.decode()


def _parse_iso(text: str, *, floating: bool = False) -> date:
    """Return a date, or a time in UTC, or one without a zone that may float."""
    if "T" not in text:
        return date.fromisoformat(text)
    return _in_utc(datetime.fromisoformat(text), floating=floating)


def _parse_american(text: str) -> datetime:
    form = "%m/%d/%Y @ %H:%M" if "@" in text else "%m/%d/%Y"
    return datetime.strptime(text, form).replace(tzinfo=UTC)


def _only(triggers: list[timedelta]) -> timedelta | None:
    """Return the trigger of an event's one alarm, if it has one."""
    if len(triggers) > 1:
        raise ValueError("an event has several alarms")
    return triggers[0] if triggers else None


def _order(each: Entry | Listing) -> tuple[datetime, str]:
    start = _show_in_utc(each.start)
    if not isinstance(start, datetime):
        start = datetime.combine(start, time(), UTC)
    return start, each.summary
