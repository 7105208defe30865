"""The PDF as a screen reader reads it, and as it lies on paper: the tags, the order, the pages."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import pytest
from pypdf import PdfReader

from microcare.export.handout.codes import draw_text
from microcare.export.handout.page import Layout, split_tongues
from microcare.export.handout.pdf import handout_pdf
from microcare.wording.handout.parts import Handout, Sign
from tests.export.handout.made import (
    BOOKED,
    EYES,
    SESSIONS,
    TWO,
    handout_of,
    joint_handout,
    long_day,
    longer_handout,
    spanish_handout,
)
from tests.export.handout.tags import TaggedFile, list_blocks, read_tags, tighten
from tests.wording.handout.pages import list_lines, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LARGE = Layout(large=True)
LETTER = Layout(paper="us-letter")
HANDOUTS: dict[str, tuple[Callable[[], Handout], Layout]] = {
    "a": (lambda: handout_of("clinic-a"), Layout()),
    "a-letter": (lambda: handout_of("clinic-a"), LETTER),
    "a-code": (lambda: handout_of("clinic-a", "Ann Example"), Layout(codes=(draw_text("x"),))),
    "b": (lambda: handout_of("clinic-b"), Layout()),
    "b-letter": (lambda: handout_of("clinic-b"), LETTER),
    "eyes": (lambda: handout_of(EYES), Layout()),
    "eyes-letter": (lambda: handout_of(EYES), LETTER),
    "eyes-large": (lambda: handout_of(EYES), LARGE),
    "sessions": (lambda: joint_handout(*SESSIONS), Layout()),
    "two-large": (lambda: joint_handout(*TWO), LARGE),
    "long": (long_day, Layout()),
    "a-es": (lambda: spanish_handout("clinic-a"), Layout()),
    "eyes-es": (lambda: spanish_handout(EYES), Layout()),
    "eyes-es-large": (lambda: spanish_handout(EYES), LARGE),
    "b-longer": (lambda: longer_handout("clinic-b"), LETTER),
    "eyes-longer": (lambda: longer_handout(EYES), Layout()),
}
MARGIN = 36
"""Half an inch, in points."""
LIMITS = {
    "a": (2, ["Thu10Dec"]), "a-letter": (2, ["Thu10Dec"]), "a-code": (2, ["Thu10Dec"]),
    "b": (3, []), "b-letter": (3, []), "eyes": (4, []), "eyes-letter": (4, ["Thu10Dec"]),
}  # fmt: skip
"""How many pages a handout may have, and which of its days are not whole on one."""


class Made(NamedTuple):
    """A handout, and its PDF as it is read."""

    name: str
    told: Handout
    layout: Layout
    found: TaggedFile


@pytest.fixture(name="made", scope="module", params=HANDOUTS)
def make_pdf(request: pytest.FixtureRequest) -> Made:
    """Return one of the handouts."""
    make, layout = HANDOUTS[request.param]
    told = make()
    return Made(request.param, told, layout, read_tags(handout_pdf(told, layout, stamp=BOOKED)))


def list_headings(told: Handout) -> Iterator[tuple[str, str]]:
    """Yield the headings of a handout in the order of the page: "H2" and its words."""
    yield "H1", told.treatments
    if told.timeline is not None:
        yield "H2", told.words.timeline
    for box in told.first:
        yield "H2", box.title
    for section in told.sections:
        yield "H2", section.title
        yield from (("H3", day.label) for day in section.days)
    for each in (told.expected, told.call, *told.last):
        if each is not None:
            yield "H2", each.title
    if told.doses is not None:
        yield "H2", told.words.doses
        yield from (("H3", week.title) for week in told.doses.weeks)


def test_it_says_what_it_is(made: Made) -> None:
    """A title that is shown, a language, and PDF/UA-1, for a program that reads it aloud."""
    told, found = made.told, made.found
    root = found.pdf.Root
    assert root.MarkInfo.Marked
    assert root.ViewerPreferences.DisplayDocTitle
    assert str(root.Lang) == told.language
    with found.pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == told.title


def test_its_headings_are_the_parts_of_the_page(made: Made) -> None:
    """In their order, each of its level, and none skips a level."""
    told, found = made.told, made.found
    headings = [(each.kind, each.text()) for each in found.root.walk() if each.kind[0] == "H"]
    assert headings == [(kind, tighten(words)) for kind, words in list_headings(told)]
    levels = [int(kind[1]) for kind, _ in headings]
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_it_is_read_in_the_order_of_the_plan(made: Made) -> None:
    """Along the tags each line comes after the one before it, day by day."""
    told, found = made.told, made.found
    text, at = found.root.text(), 0
    notices = [words for _, words in told.notices]
    for words in [*notices, *told.appointments, *(each.text for each in list_lines(told))]:
        place = text.find(tighten(words), at)
        assert place >= 0, words
        at = place + len(tighten(words))


@pytest.mark.parametrize("made", ["a-es", "eyes-es"], indirect=True)
def test_an_original_is_read_in_its_own_language(made: Made) -> None:
    """Beside or instead of its translation; of the notices each in the language it is in."""
    told, languages = made.told, {"": "", "en": "", "es": ""}
    for piece in made.found.root.pieces():
        languages[piece.language] += tighten(piece.text)
    parts = [part for each in list_lines(told) for part in split_tongues(each.text, ("en",))]
    assert ("en", True) in {(language, words.startswith("[EN: ")) for language, words in parts}
    for language, words in (*told.notices, *parts):
        assert tighten(words) in languages["" if language == told.language else language]
    assert "[EN:" not in languages[""]


def test_each_line_is_an_item_of_a_list(made: Made) -> None:
    """Its mark and its text apart; the appointment alone is none."""
    told, found = made.told, made.found
    lists = [each for each in found.root.walk() if each.kind == "L"]
    assert {item.kind for each in lists for item in each.children()} == {"LI"}
    items = [item.children() for each in lists for item in each.children()]
    assert all([part.kind for part in item] == ["Lbl", "LBody"] for item in items)
    assert [words.text() for _, words in items] == [
        tighten(write(each).partition(" ")[2])
        for each in list_lines(told)
        if each.sign is not Sign.VISIT
    ]


def test_a_table_has_heads_and_a_picture_has_words(made: Made) -> None:
    """Each row of a table is as wide as its head, and each picture can be told."""
    told, found = made.told, made.found
    tables = [each for each in found.root.walk() if each.kind == "Table"]
    assert len(tables) == (len(told.doses.weeks) if told.doses else 0)
    for table in tables:
        rows = table.children()
        assert {each.kind for each in rows} == {"TR"}
        assert {each.kind for each in rows[0].children()} == {"TH"}
        assert all({each.kind for each in row.children()} == {"TD"} for row in rows[1:])
        wide = len(rows[0].children())
        assert {len(row.children()) for row in rows} <= {1, wide}
    pictures = [each.alternative for each in found.root.walk() if each.kind == "Figure"]
    assert len(pictures) == (told.timeline is not None) + len(made.layout.codes)
    assert all(pictures)
    if told.timeline is not None:
        assert " ".join(told.timeline.text) in pictures


# On paper


def test_no_heading_stands_alone(made: Made) -> None:
    """What it is the heading of begins on its page."""
    for block in list_blocks(made.found.root):
        assert block.pages[:1] in ([], [block.page]), block


def test_a_day_that_goes_on_says_its_date_again(made: Made) -> None:
    """On each further page, where a screen reader does not hear it twice."""
    found = made.found
    notices = tighten("".join(words for _, words in made.told.notices))
    for block in list_blocks(found.root):
        if block.kind == "H3":
            for page in {*block.pages} - {block.page}:
                assert tighten(found.beside[page - 1]).startswith(notices + block.title)


@pytest.mark.parametrize("made", LIMITS, indirect=True)
def test_a_day_is_torn_where_that_saves_a_page(made: Made) -> None:
    """Else it is whole on one, however long, so long as a page is longer."""
    most, torn = LIMITS[made.name]
    blocks = [each for each in list_blocks(made.found.root) if each.kind == "H3"]
    assert [each.title for each in blocks if len({*each.pages}) > 1] == torn
    assert len(made.found.pdf.pages) == most


def test_nothing_runs_over_the_edge(made: Made) -> None:
    """Below the last line is the foot alone: a picture that is too long goes on over the page."""
    low: list[str] = []
    stray: list[str] = []

    def note(text: str, frame: list[float], matrix: list[float], *_: object) -> None:
        x, y = (
            matrix[4] * frame[axis] + matrix[5] * frame[2 + axis] + frame[4 + axis]
            for axis in (0, 1)
        )
        if text.strip() and not (MARGIN < x < wide - MARGIN and y < high - MARGIN / 2):
            stray.append(text)
        elif y < MARGIN:
            low.append(text)

    pages = PdfReader(BytesIO(made.found.data)).pages
    for number, page in enumerate(pages, 1):
        wide, high = page.mediabox.width, page.mediabox.height
        low.clear()
        page.extract_text(visitor_text=note)
        assert stray == []
        place = made.told.words.page.format(number=number, all=len(pages))
        assert tighten("".join(low)) == tighten(f"{made.told.footer}{place}")
