"""Write the README's pictures: make pictures."""

import json
import tempfile
from collections.abc import Callable
from datetime import date
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

import typst

from microcare.export.handout.page import Layout, list_fields
from tests.commands.running import BOOKING, COMMAND, ROOT, run_process
from tests.commands.test_terminal import run_on_terminal
from tests.export.handout.made import BOOKED, handout_of
from tests.readme.pictures.month import draw_month, read_events
from tests.readme.pictures.png import read_rows, write_png
from tests.readme.pictures.terminal import draw_terminal

FOLDER = ROOT / "docs" / "pictures"
_TEMPLATE = ROOT / "microcare" / "export" / "handout" / "page.typ"
_COLUMNS = 80
_PROMPT = '\x1b[2m$\x1b[0m \x1b[1mmicrocare plan --date "2026-12-10 14:30"\x1b[0m'
_MORE = "\x1b[2m...\x1b[0m"
_PIXELS_AN_INCH = 90
_EDGE = (190, 190, 190, 255)


def draw_plan() -> bytes:
    """Return the plan up to its last day."""
    lines = [line for part in _show_plan()[:5] for line in (*part, "")]
    texts = (
        "A plan on a terminal",
        "What to ask now, then a line a change, before the treatment, on its day and after it.",
    )
    return draw_terminal([_PROMPT, *lines, _MORE], _COLUMNS, texts).encode()


def draw_chart() -> bytes:
    """Return the chart at the end of the plan."""
    texts = (
        "The chart of a plan on a terminal",
        "A bar a thing over the days from two weeks before the treatment to eleven days after it.",
    )
    return draw_terminal([_PROMPT, _MORE, "", *_show_plan()[-1]], _COLUMNS, texts).encode()


def draw_calendar() -> bytes:
    """Return the month of the treatment in the exported calendar, read back."""
    with tempfile.TemporaryDirectory() as home:
        done = run_process("export-ics", *BOOKING, "-o", "-", home=Path(home))
    events = read_events(done.out.encode(), ZoneInfo("America/New_York"))
    return draw_month(events, date(2026, 12, 1), "The plan in a calendar").encode()


def draw_handout() -> bytes:
    """Return the first page of the handout, with an edge around the paper."""
    layout = Layout(close=True)  # in which the PDF has two pages
    made: object = typst.compile(
        _TEMPLATE.read_bytes(),
        format="png",
        ppi=_PIXELS_AN_INCH,
        sys_inputs={"data": json.dumps(list_fields(handout_of("clinic-a"), layout))},
        ignore_system_fonts=True,
        timestamp=int(BOOKED.timestamp()),
    )
    first = made[0] if isinstance(made, list) else made
    if not isinstance(first, bytes):
        raise TypeError("a page is the bytes of a picture")
    _, *rows, _ = ([_EDGE, *row[1:-1], _EDGE] for row in read_rows(first))
    line = [_EDGE] * len(rows[0])
    return write_png([line, *rows, line])


def _show_plan() -> list[list[str]]:
    """Return what a terminal shows of the plan, part by part: an empty line parts them."""
    with tempfile.TemporaryDirectory() as home:
        command = (*COMMAND, "plan", *BOOKING)
        shown = run_on_terminal(command, columns=_COLUMNS, home=Path(home))
    return [list(part) for told, part in groupby(shown.splitlines(), key=bool) if told]


PICTURES: dict[str, Callable[[], bytes]] = {
    "plan.svg": draw_plan,
    "chart.svg": draw_chart,
    "calendar.svg": draw_calendar,
    "handout.png": draw_handout,
}


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, draw in PICTURES.items():
        (FOLDER / name).write_bytes(draw())
