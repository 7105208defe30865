"""The PDF: its text, its pages, its tags, and the same bytes each time."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from microcare.core.sheet.protocol import Clinic
from microcare.export.handout.codes import draw_text, list_visits
from microcare.export.handout.page import Layout
from microcare.export.handout.pdf import handout_pdf
from microcare.wording.handout.outline import outline_handout
from tests.export.handout.made import (
    ATTACKS,
    BOOKED,
    EYES,
    LONG,
    SPELT,
    clinic_plan,
    handout_of,
    hostile,
)
from tests.samples import entry, plan
from tests.wording.handout.pages import list_lines

if TYPE_CHECKING:
    from microcare.wording.handout.parts import Handout


def read(handout: Handout, layout: Layout | None = None) -> PdfReader:
    """Return a handout's PDF, opened."""
    return PdfReader(BytesIO(handout_pdf(handout, layout or Layout(), stamp=BOOKED)))


def tighten(text: str) -> str:
    """Return a text without the white space that a reader of PDFs has to guess, or breaks."""
    return "".join(text.replace("\u200b", "").split())


def text_of(found: PdfReader) -> str:
    """Return all text of a PDF, as `tighten` does."""
    return tighten("".join(page.extract_text() for page in found.pages))


def test_all_texts_come_out_as_text() -> None:
    """Whatever is markup or code somewhere stands on the page as it was written."""
    found = text_of(read(hostile(), Layout(codes=(draw_text(ATTACKS[2]),))))
    for text in (*ATTACKS, *SPELT.values(), LONG):
        assert tighten(text) in found, text


def test_what_no_font_has_is_written_by_its_name() -> None:
    """A character is never lost: what has no name has its number."""
    made = plan(entry("avoid: sauna\nuntil: 1 day after\nsay: 'Stop \U0010fffd!'"))
    assert "Stop[U+10FFFD]!" in text_of(read(outline_handout(made, Clinic())))


@pytest.mark.parametrize(
    ("reference", "most"), [("clinic-a", 2), ("clinic-b", 3), (EYES, 4)], ids=["a", "b", "eyes"]
)
def test_it_is_whole_and_short(reference: str, most: int) -> None:
    """Each line stands on so many pages at most, A4 or Letter, and each has the footer."""
    told = handout_of(reference)
    found = read(told)
    assert len(found.pages) <= most
    text = text_of(found)
    for item in list_lines(told):
        assert tighten(item.text) in text, item
    for number, page in enumerate(found.pages, 1):
        footer = tighten(f"{told.footer}page {number} of {len(found.pages)}")
        assert footer in tighten(page.extract_text())


def test_equal_inputs_make_equal_bytes() -> None:
    """The moment that stands in it is the one that was given."""
    first, again = (handout_pdf(handout_of("clinic-a"), Layout(), stamp=BOOKED) for _ in range(2))
    assert first == again
    metadata = PdfReader(BytesIO(first)).metadata
    assert metadata is not None
    assert metadata.creation_date == BOOKED


def test_it_has_tags_a_title_and_a_language() -> None:
    """It claims both standards; headings, lists, tables and the picture are there."""
    found = read(handout_of(EYES))
    root: Any = found.trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en", True)
    kinds, alternatives = list_tags(root["/StructTreeRoot"])
    assert kinds >= {"/H1", "/H2", "/H3", "/L", "/LI", "/Table", "/TH", "/Figure", "/P"}
    assert any("swimming, hot baths, sauna: from Thu 10 Dec" in each for each in alternatives)


def list_tags(root: object) -> tuple[set[str], list[str]]:
    """Return the kinds of the elements of a PDF, and the words that stand for pictures."""
    kinds: set[str] = set()
    alternatives: list[str] = []
    left = [root]
    while left:
        node = left.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            left.extend(node)
        elif isinstance(node, dict):
            kinds.add(str(node.get("/S")))
            alternatives.append(str(node.get("/Alt", "")))
            left.append(node.get("/K", []))
    return kinds, alternatives


def test_the_name_stands_on_the_page_alone() -> None:
    """It is in no metadata and no title."""
    found = read(handout_of("clinic-a", "Ann Example"))
    assert tighten("Name: Ann Example") in text_of(found)
    root: Any = found.trailer["/Root"]
    told = f"{found.metadata} {root['/Metadata'].get_data().decode()}"
    assert "Example" not in told
    assert "Microneedling: before and after" in told


def test_large_print_is_eighteen_points() -> None:
    """No text of the page is smaller than 12 points, most of it has 18, none is in italics."""
    sizes: dict[float, int] = {}
    found = read(handout_of("clinic-b"), Layout(large=True, paper="us-letter"))

    def note(
        text: str, matrix: list[float], _: object, font: dict[str, str] | None, size: float
    ) -> None:
        if text.strip():
            wide = round(size * abs(matrix[3] or 1), 1)
            sizes[wide] = sizes.get(wide, 0) + len(text)
            assert "Italic" not in str(font and font.get("/BaseFont"))

    for page in found.pages:
        page.extract_text(visitor_text=note)
        assert (page.mediabox.width, page.mediabox.height) == (612, 792)
    assert max(sizes, key=sizes.__getitem__) == 18
    assert min(sizes) >= 12


def test_codes_stand_beside_the_appointment() -> None:
    """With what they are for in words, for who has no phone at hand and for a screen reader."""
    codes = tuple(list_visits(clinic_plan("clinic-a"), Clinic()))
    found = read(handout_of("clinic-a"), Layout(codes=codes))
    words = "Scan to put the appointment of Thu 10 Dec into your calendar."
    assert tighten(words) in text_of(found)
    root: Any = found.trailer["/Root"]
    assert words in list_tags(root["/StructTreeRoot"])[1]
