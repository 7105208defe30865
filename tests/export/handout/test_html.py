"""The web page: one file that obeys nothing, and that a screen reader finds its way in."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from microcare.export.handout.codes import draw_text
from microcare.export.handout.html import handout_html
from microcare.export.handout.page import Layout
from microcare.wording.handout.parts import Handout
from tests.commands.running import squeeze
from tests.export.handout.made import (
    ATTACKS,
    EYES,
    LONG,
    SPELT,
    handout_of,
    hostile,
    spanish_handout,
)
from tests.wording.handout.pages import list_lines

VOID = {"meta", "link", "img", "br", "hr", "input"}
SVG = {"path", "rect", "line"}


class Reader(HTMLParser):
    """Reads a page as a browser does: its elements, what is in them, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element without content."""
        assert tag in SVG
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element; it must be the one that was opened last."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note a text under the elements that it is in."""
        for tag in {*self.open}:
            self.texts.setdefault(tag, []).append(data)

    def text(self, tag: str = "body") -> str:
        """Return all text in the elements of a kind."""
        return squeeze("".join(self.texts.get(tag, [])))


def read(handout: Handout, layout: Layout | None = None) -> tuple[str, Reader]:
    """Return a page, and what a browser reads in it."""
    page = handout_html(handout, layout or Layout()).decode()
    return page, Reader(page)


def test_all_texts_come_out_as_text() -> None:
    """Whatever is markup or code somewhere stands on the page as it was written."""
    _, found = read(hostile(), Layout(codes=(draw_text(ATTACKS[0]),)))
    for text in (*ATTACKS, *SPELT.values(), LONG):
        assert squeeze(text) in found.text()
    assert {tag for tag, _ in found.elements}.isdisjoint({"script", "img", "link", "iframe"})


def test_nothing_runs_and_nothing_is_loaded() -> None:
    """The policy names the one style by its digest; there is no script, handler or address."""
    page, found = read(hostile(), Layout(codes=(draw_text("https://example.org/x"),)))
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policies = [each for tag, each in found.elements if "http-equiv" in each and tag == "meta"]
    assert [each["content"] for each in policies] == [
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    ]
    for _, attributes in found.elements:
        assert not [name for name in attributes if name.startswith("on")]
        assert attributes.keys().isdisjoint({"style", "href", "src", "srcset", "action"})
    assert "url(" not in style
    assert "@import" not in style


def test_the_foot_of_a_printed_page_can_not_leave_its_string() -> None:
    """A version is any text; in the style it is one string, in the page it stands as it is."""
    told = replace(handout_of("clinic-a"), footer='</style>"; } * { display: none } \\')
    page, found = read(told)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    (content,) = re.findall(r'@bottom-left \{ content: "([^"]*)";', style)
    numbers = re.findall(r"\\([0-9a-f]+) |(\w)", content)
    assert "".join(chr(int(one, 16)) if one else same for one, same in numbers) == told.footer
    assert found.text("footer") == told.footer


def test_equal_inputs_make_equal_pages() -> None:
    """No clock and no chance is in it."""
    assert read(handout_of("clinic-b"))[0] == read(handout_of("clinic-b"))[0]


@pytest.mark.parametrize("reference", ["clinic-a", "clinic-b", EYES])
def test_every_line_is_there(reference: str) -> None:
    """Each line of the outline, each word of the picture, each sum of the doses."""
    told = handout_of(reference)
    _, found = read(told)
    for item in list_lines(told):
        assert squeeze(item.text) in found.text("li"), item
    assert told.timeline is not None
    for sentence in told.timeline.text:
        assert sentence in found.text("li")
    boxes = sum(row.total for week in (told.doses.weeks if told.doses else ()) for course in
                week.courses for row in course.rows)  # fmt: skip
    assert found.text("td").count("☐") == boxes


def test_a_screen_reader_finds_its_way() -> None:
    """The language, headings without a gap, lists of lines, tables with heads and a caption."""
    _, found = read(handout_of(EYES))
    assert ("html", {"lang": "en"}) in found.elements
    levels = [int(tag[1]) for tag, _ in found.elements if re.fullmatch(r"h\d", tag)]
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert {tag for tag, _ in found.elements} >= {"header", "main", "footer", "caption", "ul"}
    heads = [each for tag, each in found.elements if tag == "th"]
    assert all("scope" in each for each in heads)


def test_an_original_is_spoken_in_its_own_language() -> None:
    """Of a sentence, of a dose and of the notices; a Spanish page is else read as Spanish."""
    page, _ = read(spanish_handout(EYES))
    body = page.partition("<body>")[2]
    native, count = re.subn(r'<(span|p) lang="(?:en|es)">.*?</\1>', "", body, flags=re.DOTALL)
    assert count > 2
    assert '<p lang="es"><strong>La clínica' in body
    assert re.search(r'<span class="details">\([^<]*<span lang="en">\[EN: ', body)
    assert "[EN" not in native
    assert "The clinic" not in native


def test_the_name_stands_on_the_page_alone() -> None:
    """It is in no title and no other part of the head."""
    page, found = read(handout_of("clinic-a", "Ann Example"))
    assert "Ann Example" in found.text("header")
    assert "Ann Example" not in page.partition("<body>")[0]


def test_large_print_is_eighteen_points() -> None:
    """Left-aligned, and nothing in italics, which no page has."""
    page, found = read(handout_of("clinic-a"), Layout(large=True))
    assert ("html", {"lang": "en", "class": "large"}) in found.elements
    assert "html.large { font-size: 18pt; }" in page
    assert "italic" not in page
    assert {"em", "i", "center"}.isdisjoint(tag for tag, _ in found.elements)


def test_contrast_is_enough_by_day_and_by_night() -> None:
    """Every pair of colours that text is set in has 4.5 to 1 (WCAG AA)."""
    style = read(handout_of("clinic-a"))[0]
    for block in re.findall(r":root \{ ?(.*?)\}", style, re.DOTALL)[:2]:
        colours = dict(re.findall(r"--([\w-]+): (#\w+)", block))
        for text, ground in (("text", "page"), ("quiet", "page"), ("text", "free"),
                             ("quiet", "free"), ("band-text", "band")):  # fmt: skip
            lighter, darker = sorted(
                (luminance(colours[text]), luminance(colours[ground])), reverse=True
            )
            assert (lighter + 0.05) / (darker + 0.05) >= 4.5, (text, ground)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2)."""
    digits = colour[1:] if len(colour) == 7 else "".join(each * 2 for each in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
