"""The web page in a browser: by day and by night, on a phone, on paper, and for a screen reader."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import pytest

from microcare.export.handout.codes import draw_text
from microcare.export.handout.html import handout_html
from microcare.export.handout.page import Layout
from tests.export.handout.browser import ABSENT, Browser, find_browser
from tests.export.handout.made import (
    EYES,
    SESSIONS,
    TWO,
    handout_of,
    hostile,
    joint_handout,
    long_day,
    longer_handout,
    spanish_handout,
)
from tests.export.handout.tags import list_blocks, read_tags, tighten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from microcare.wording.handout.parts import Handout

PAGES: dict[str, Callable[[], tuple[Handout, Layout]]] = {
    "a": lambda: (handout_of("clinic-a", "Ann Example"), Layout(codes=(draw_text("x"),))),
    "b": lambda: (handout_of("clinic-b"), Layout()),
    "eyes": lambda: (handout_of(EYES), Layout()),
    "eyes-large": lambda: (handout_of(EYES), Layout(large=True)),
    "sessions": lambda: (joint_handout(*SESSIONS), Layout()),
    "two-large": lambda: (joint_handout(*TWO), Layout(large=True)),
    "hostile": lambda: (hostile(), Layout()),
    "long": lambda: (long_day(), Layout()),
    "a-es": lambda: (spanish_handout("clinic-a"), Layout()),
    "eyes-es": lambda: (spanish_handout(EYES), Layout()),
    "longer": lambda: (longer_handout(EYES), Layout()),
}
PAPERS = {"A4": (8.27, 11.69), "Letter": (8.5, 11.0)}

AXE = """axe.run(document, %s).then(found => found.violations
  .filter(each => ["serious", "critical"].includes(each.impact))
  .map(each => [each.id, each.nodes.slice(0, 3).map(node => node.html)]))"""

STRAY = """[...document.querySelectorAll("body *")].filter(each => {
  const {left, right, width} = each.getBoundingClientRect()
  const apart = each.closest(".hidden") || each.closest(".scroll") && !each.matches(".scroll")
  return width > 0 && !apart && (left < 0 || right > innerWidth + .5)
}).map(each => each.outerHTML.slice(0, 80))"""

OVERLAPS = """[...document.querySelectorAll("svg")].flatMap(each => {
  const texts = [...each.querySelectorAll("text")].map(text => [text, text.getBoundingClientRect()])
  const meet = (a, b) =>
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
  return texts.flatMap(([one, a], place) => texts.slice(place + 1)
    .filter(([_, b]) => meet(a, b)).map(([other]) => one.textContent + "/" + other.textContent))
})"""

SCALES = """new Set([...document.querySelectorAll(".bar svg")].map(each => {
  const {left, width} = each.getBoundingClientRect()
  return Math.round(left) + "/" + Math.round(width)
})).size"""

INTRUDE = """new Promise(done => {
  const refused = []
  document.addEventListener("securitypolicyviolation", each => {
    refused.push(each.effectiveDirective)
    if (refused.length === 4) done(refused.sort())
  })
  const add = (name, fields) =>
    document.body.append(Object.assign(document.createElement(name), fields))
  add("img", {src: "https://example.org/x.png"})
  add("script", {textContent: "window.intruded = true"})
  add("style", {textContent: "* { display: none }"})
  add("iframe", {src: "https://example.org/"})
})"""


class Page(NamedTuple):
    """A page that a browser shows, and the handout that it is."""

    name: str
    browser: Browser
    file: Path
    told: Handout


@pytest.fixture(name="browser", scope="module")
def start_browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Start Chromium once for all pages."""
    program = find_browser()
    if program is None:
        pytest.skip(ABSENT)
    browser = Browser(program, tmp_path_factory.mktemp("chromium"))
    yield browser
    browser.close()


@pytest.fixture(name="page", scope="module", params=PAGES)
def show_page(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Page:
    """Show one of the pages."""
    told, layout = PAGES[request.param]()
    file = tmp_path_factory.mktemp("page") / "page.html"
    file.write_bytes(handout_html(told, layout))
    browser.open(file)
    return Page(request.param, browser, file, told)


def test_it_loads_itself_alone(page: Page) -> None:
    """It asks for nothing else, and its own policy stops none of it."""
    assert page.browser.run("document.styleSheets.length") == 1
    assert page.browser.requests == [page.file.as_uri()]
    assert page.browser.complaints == []


def test_nothing_runs_off_the_side(page: Page) -> None:
    """Not on the narrowest phone either; what is wide scrolls in a frame of its own."""
    for width in (320, 390, 768, 1280):
        page.browser.look(width)
        assert page.browser.run("document.documentElement.scrollWidth") <= width
        assert page.browser.run(STRAY) == []
        assert page.browser.run(OVERLAPS) == []


def test_the_timeline_has_one_scale(page: Page) -> None:
    """No code beside the head makes a bar shorter than the dates below it."""
    for width in (320, 1280):
        page.browser.look(width)
        assert page.browser.run(SCALES) == (page.told.timeline is not None)


@pytest.mark.parametrize(
    "page", ["a", "b", "eyes", "eyes-large", "sessions", "eyes-es"], indirect=True
)
def test_a_screen_reader_has_all(page: Page) -> None:
    """No rule of axe-core that is serious is broken; by night its colours are others."""
    page.browser.run((files("axe_core_python") / "axe.min.js").read_text("utf-8") + "; 0")
    for dark, rules in ((False, "{}"), (True, '{runOnly: ["color-contrast"]}')):
        page.browser.look(1280, dark=dark)
        assert page.browser.run(AXE % rules) == []


@pytest.mark.parametrize("paper", PAPERS)
def test_on_paper_a_day_is_whole(page: Page, paper: str) -> None:
    """It is on one page unless it is longer, and then its date stands again; no heading is alone.

    Neither is a week of doses torn, which is shorter than a page.
    """
    page.browser.look(1280)
    found = read_tags(page.browser.print(*PAPERS[paper]))
    days = {tighten(day.label) for section in page.told.sections for day in section.days}
    for block in list_blocks(found.root):
        if block.title == tighten(page.told.words.timeline):
            # Its picture has no tags: its text is read instead.
            assert page.told.timeline is not None
            beside = tighten(found.beside[block.page - 1])
            assert tighten(page.told.timeline.bars[0].label) in beside
            continue
        assert block.pages[0] == block.page, block
        if block.title in days and len({*block.pages}) > 1:
            assert page.name == "long"
            for number in {*block.pages} - {block.page}:
                assert block.title in tighten(found.beside[number - 1])
    for each in found.root.walk():
        if each.kind == "Table":
            assert len({piece.page for piece in each.pieces() if piece.text.strip()}) == 1


@pytest.mark.parametrize("page", ["a"], indirect=True)
def test_what_is_put_into_it_does_nothing(page: Page) -> None:
    """Its policy refuses a picture, a script, a style and a frame."""
    page.browser.open(page.file)
    refused = page.browser.run(INTRUDE)
    assert refused == ["frame-src", "img-src", "script-src-elem", "style-src-elem"]
    assert page.browser.run("window.intruded") is None
