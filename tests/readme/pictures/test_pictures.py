"""The README's pictures show what the commands make: make readme."""

import re
import struct
import zlib
from datetime import date
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
import typst

from tests.readme.examples import README
from tests.readme.pictures.month import Event, draw_month, read_events
from tests.readme.pictures.png import read_chunks, read_rows, write_png
from tests.readme.pictures.record import FOLDER, PICTURES
from tests.readme.pictures.terminal import draw_terminal

DRAWINGS = [name for name in PICTURES if name.endswith(".svg")]
LARGEST = 60_000
SPACE = "{http://www.w3.org/2000/svg}"


def read_drawing(svg: str) -> ET.Element:
    """Return the root of a drawing."""
    return ET.fromstring(svg)  # noqa: S314 - the project's own file


@pytest.mark.parametrize("name", PICTURES)
def test_picture_is_what_is_drawn_now(name: str) -> None:
    """After a change that is meant: make pictures, and look at them."""
    kept, drawn = (FOLDER / name).read_bytes(), PICTURES[name]()
    if name.endswith(".png"):  # another zlib makes other bytes of the same pixels
        assert read_chunks(kept) == read_chunks(drawn)
    else:
        assert kept.decode() == drawn.decode()


def test_folder_has_no_other_pictures() -> None:
    """One that nothing draws would stay as it is for ever."""
    assert {path.name for path in FOLDER.iterdir()} == set(PICTURES)


@pytest.mark.parametrize("name", PICTURES)
def test_picture_is_small(name: str) -> None:
    """Whoever reads the README loads them all."""
    assert (FOLDER / name).stat().st_size <= LARGEST


@pytest.mark.parametrize("name", PICTURES)
def test_readme_shows_the_picture_in_words_too(name: str) -> None:
    """A screen reader, and a page that loads no pictures, have the words alone."""
    text = README.read_text(encoding="utf-8")
    (alternative,) = re.findall(rf"!\[([^]]*)]\(docs/pictures/{re.escape(name)}\)", text)
    assert len(alternative) > 60


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawing_has_a_name_and_loads_nothing(name: str) -> None:
    """A title and a description; no font, style or picture from elsewhere, and no script."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    root = read_drawing(text)
    assert all(root.findtext(f"{SPACE}{each}") for each in ("title", "desc"))
    assert {each.tag.removeprefix(SPACE) for each in root.iter()} == {
        "svg", "title", "desc", "style", "text", "rect",
    }  # fmt: skip
    assert re.findall(r"https?:[^\"]+|url\(|@import|href", text) == ["http://www.w3.org/2000/svg"]


def test_terminal_puts_each_text_into_its_columns() -> None:
    """A wide character has two; colours and weights are classes; markup is text."""
    drawn = read_drawing(
        draw_terminal(["\x1b[31mno\x1b[0m  日 \x1b[1m<b>\x1b[0m █"], 20, ("t", "d"))
    )
    texts = {
        each.text: (each.get("class"), float(each.get("x", "")))
        for each in drawn.iter(f"{SPACE}text")
    }
    assert texts == {
        "no": ("r", 18),
        "日": ("i", pytest.approx(18 + 4 * 8.4)),
        "<b>": ("b i", pytest.approx(18 + 7 * 8.4)),
    }
    bar = list(drawn.iter(f"{SPACE}rect"))[-1]
    assert float(bar.get("x", "")) == pytest.approx(18 + 11 * 8.4)


def test_month_has_the_whole_of_each_title_on_its_day() -> None:
    """An instant stands on its day of the zone, before those that are later."""
    lines = (
        "BEGIN:VCALENDAR",
        *("BEGIN:VEVENT", "DTSTART:20261211T033000Z", "SUMMARY:Late", "CATEGORIES:Dose"),
        *("END:VEVENT", "BEGIN:VEVENT", "DTSTART;VALUE=DATE:20261210"),
        *("SUMMARY:Fine again\\, on the whole\\, all that was stopped", "CATEGORIES:Day"),
        *("END:VEVENT", "END:VCALENDAR", ""),
    )
    events = read_events("\r\n".join(lines).encode(), ZoneInfo("America/New_York"))
    whole = "Fine again, on the whole, all that was stopped"
    day = date(2026, 12, 10)
    assert events == [Event(day, "", whole, "day"), Event(day, "22:30", "Late", "dose")]
    drawn = read_drawing(draw_month(events, day, "t"))
    told = " ".join(each.text or "" for each in drawn.iter(f"{SPACE}text"))
    assert f"10 {whole} 10:30 pm Late 11" in told
    assert drawn.findtext(f"{SPACE}desc") == f"Thu 10: {whole}; Thu 10: 10:30 pm Late."


@pytest.mark.parametrize("kind", range(5))
def test_png_reader_undoes_each_filter(kind: int) -> None:
    """By a second computation: a row as its own differences, for every way to take them."""
    rows = [[(9 * x, 250 - y, x * y, 255) for x in range(5)] for y in range(4)]
    data = bytearray()
    above = bytes(20)
    for row in rows:
        line = bytes(part for pixel in row for part in pixel)
        corners = [0] * 4 + list(above), [0] * 4 + list(line)
        data.append(kind)
        for at, one in enumerate(line):
            left, up, corner = corners[1][at], above[at], corners[0][at]
            paeth = min((left, up, corner), key=lambda each: abs(left + up - corner - each))
            data.append((one - (0, left, up, (left + up) // 2, paeth)[kind]) % 256)
        above = line
    chunks = (b"IHDR", struct.pack(">IIBBBBB", 5, 4, 8, 6, 0, 0, 0)), (b"IDAT", zlib.compress(data))
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + bytes(4) for name, body in chunks
    )
    assert read_rows(png) == rows


def test_png_keeps_greys_and_the_commonest_colours() -> None:
    """Typst reads the written file back: what little differs is seen by nobody."""
    red, blue = (140, 26, 18, 255), (20, 40, 200, 255)
    rows = [[red, blue, (0, 0, 0, 255)], [red, (120, 118, 119, 255), (255, 255, 255, 255)]]
    data = ", ".join(map(str, write_png(rows)))
    page = "#set page(width: 3pt, height: 2pt, margin: 0pt)\n"
    page += f'#image(bytes(({data})), width: 3pt, scaling: "pixelated")'
    made = typst.compile(page.encode(), format="png", ppi=72)
    shown = [pixel for row in read_rows(made) for pixel in row]
    assert shown == [red, blue, rows[0][2], red, (116, 116, 116, 255), rows[1][2]]
