"""A month of a calendar file, as a calendar program shows it."""

from calendar import Calendar
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

import icalendar

from tests.readme.pictures import svg

_CELL = 120
_HEAD = 78
_FOOT = 38
_DATE = 26
_GAP = 3
_FONT = 11
_LINE = 13.5
_INSET = 10
_LEAST = 62
_ROOM = (_CELL - _INSET - 12) / _FONT
_COLORS = {
    "p": svg.PAPER, "e": svg.EDGE, "i": svg.INK, "q": svg.QUIET,
    "day": {"light": "#ddeafc", "dark": "#14325c"},
    "dose": {"light": "#ece2fb", "dark": "#3b2566"},
    "task": {"light": "#fcebcf", "dark": "#573a08"},
    "appointment": {"light": "#1a6b32", "dark": "#7ee095"},
    "day-bar": {"light": "#2f6fd0", "dark": "#79b0ff"},
    "dose-bar": {"light": "#7a45c9", "dark": "#b68cf5"},
    "task-bar": {"light": "#b87305", "dark": "#eeb04a"},
    "on": svg.PAPER,
}  # fmt: skip
_NARROW, _WIDE = frozenset("fijlrtI .,:;+()'"), frozenset("mwMWABCDGHNOQRU")


class Event(NamedTuple):
    """An entry of a day, at an hour as in `13:05` or all day, which is empty and sorts first."""

    day: date
    hour: str
    title: str
    category: str

    def tell(self) -> str:
        """Return the title, with the hour before it."""
        if not self.hour:
            return self.title
        told = time.fromisoformat(self.hour).strftime("%I:%M %p").lstrip("0").lower()
        return f"{told} {self.title}"


def read_events(data: bytes, zone: ZoneInfo) -> list[Event]:
    """Return the events of a calendar file in the order in which a day shows them."""
    found = []
    for event in icalendar.Calendar.from_ical(data).events:
        start = event.start
        local = start.astimezone(zone) if isinstance(start, datetime) else None
        (category,) = event.categories
        hour = f"{local:%H:%M}" if local else ""
        day = local.date() if local else start
        found.append(Event(day, hour, str(event["SUMMARY"]), category.lower()))
    return sorted(found)


def draw_month(events: list[Event], month: date, title: str) -> str:
    """Return the SVG of the month of a date, each event with the whole of its title."""
    weeks = Calendar().monthdatescalendar(month.year, month.month)
    parts = []
    top: float = _HEAD
    for week in weeks:
        stacks = [_draw_day(day, events, month, at, top) for at, day in enumerate(week)]
        parts += [svg.box("e", 0, top, 7 * _CELL, 1)]
        parts += [part for drawn, _ in stacks for part in drawn]
        top += max(_LEAST, *(height for _, height in stacks))
    rules = [svg.box("e", at * _CELL, _HEAD, 1, top - _HEAD) for at in range(1, 7)]
    size = (7 * _CELL, top + _FOOT)
    frame = [
        svg.box("e", 0, 0, *size, 8),
        svg.box("p", 1, 1, size[0] - 2, size[1] - 2, 7),
        svg.text("b i", 14, 36, f"{month:%B %Y}", ' style="font-size:22px"'),
        *(svg.text("q", at * _CELL + 8, 66, f"{day:%a}") for at, day in enumerate(weeks[0])),
    ]
    told = "; ".join(
        f"{each.day:%a} {each.day.day}: {each.tell()}"
        for each in events
        if (each.day.year, each.day.month) == (month.year, month.month)
    )
    parts = [*frame, *rules, *parts, svg.box("e", 0, top, 7 * _CELL, 1), *_draw_key(top)]
    return svg.draw_svg(size, (title, f"{told}."), f"{_FONT}px {svg.SANS}", _COLORS, parts)


def _draw_day(
    day: date, events: list[Event], month: date, at: int, top: float
) -> tuple[list[str], float]:
    """Return the parts of a day, and how high they are."""
    left = at * _CELL
    look = "b i" if day.month == month.month else "q"
    parts = [svg.text(look, left + 8, top + 18, str(day.day), ' style="font-size:13px"')]
    height: float = _DATE
    for event in (each for each in events if each.day == day):
        lines = _wrap(event.tell(), _ROOM)
        high = len(lines) * _LINE + 5
        ink = "b on" if event.category == "appointment" else "i"
        parts.append(svg.box(event.category, left + 4, top + height, _CELL - 7, high, 4))
        if event.category != "appointment":
            bar = svg.box(f"{event.category}-bar", left + 7, top + height + 3, 3, high - 6, 1.5)
            parts.append(bar)
        parts += (
            svg.text(ink, left + 4 + _INSET, top + height + (number + 1) * _LINE - 1, line)
            for number, line in enumerate(lines)
        )
        height += high + _GAP
    return parts, height + _GAP


def _draw_key(top: float) -> Iterable[str]:
    for at, look in enumerate(("appointment", "day-bar", "task-bar", "dose-bar")):
        yield svg.box(look, 14 + at * _CELL, top + 13, 12, 12, 3)
        yield svg.text("q", 32 + at * _CELL, top + 23, look.removesuffix("-bar").capitalize())


def _wrap(told: str, room: float) -> list[str]:
    """Return the lines of a text that are no wider than `room`, in widths of the letter M."""
    lines = [""]
    for word in told.split():
        longer = f"{lines[-1]} {word}".strip()
        if _width(longer) > room and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _width(told: str) -> float:
    """Return about how wide a text is, rather too wide: each machine has another font."""
    return sum(0.35 if each in _NARROW else 0.9 if each in _WIDE else 0.6 for each in told)
