"""A PDF as a screen reader reads it: its elements in the order of the tags, with text and page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, String, parse_content_stream

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEXES = r"<([0-9a-fA-F]+)>"
_BLOCKS = re.compile(r"beginbf(char|range)(.*?)endbf", re.DOTALL)
_RANGES = re.compile(rf"{_HEXES}\s*{_HEXES}\s*(?:{_HEXES}|\[(.*?)\])", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A text that stands on a page, which is counted from 1.

    Its `language` is empty where that is the file's.
    """

    page: int
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """An element of a PDF, of a kind such as "H1", and what is in it, in the order of reading."""

    kind: str
    alternative: str = ""
    inside: list[Tag | Piece] = field(default_factory=list)

    def walk(self) -> Iterator[Tag]:
        """Yield the element and all that are in it, in the order of reading."""
        yield self
        for each in self.inside:
            if isinstance(each, Tag):
                yield from each.walk()

    def pieces(self) -> Iterator[Piece]:
        """Yield all texts in it."""
        for each in self.inside:
            if isinstance(each, Piece):
                yield each
            else:
                yield from each.pieces()

    def text(self) -> str:
        """Return all text in it, without the white space that a PDF does not keep."""
        return tighten("".join(each.text for each in self.pieces()))

    def children(self) -> list[Tag]:
        """Return the elements right inside; what groups them only is left out."""
        found: list[Tag] = []
        for each in self.inside:
            if isinstance(each, Tag):
                grouping = each.kind in {"NonStruct", "Div", "THead", "TBody"}
                found += each.children() if grouping else [each]
        return found


@dataclass(frozen=True, slots=True)
class TaggedFile:
    """A PDF, opened, its elements below one root, and the text of each page that is in none."""

    data: bytes
    pdf: Pdf
    root: Tag
    beside: list[str]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, the page it stands on, and the page of each piece before the next heading."""

    kind: str
    title: str
    page: int
    pages: list[int]


def list_blocks(root: Tag) -> list[Block]:
    """Return a file's headings in their order; what follows the last one of a file is its own.

    A heading that another one follows at once has that one's page.
    """
    found: list[Block] = []
    _list_blocks(root, found)
    for block, following in pairwise(found):
        if not block.pages:
            block.pages.append(following.page)
    return found


def _list_blocks(tag: Tag, found: list[Block]) -> None:
    for each in tag.inside:
        if isinstance(each, Piece):
            # A line below a heading is a piece without text.
            if found and each.text.strip():
                found[-1].pages.append(each.page)
        elif each.kind in {"H1", "H2", "H3"}:
            page = next(piece.page for piece in each.pieces() if piece.text.strip())
            found.append(Block(each.kind, each.text(), page, []))
        else:
            _list_blocks(each, found)


def tighten(text: str) -> str:
    """Return a text without white space, and without the marks of where it may break."""
    return "".join(text.replace("\u200b", "").split())


def read_tags(data: bytes) -> TaggedFile:
    """Return what a file's tags say."""
    pdf = Pdf.open(BytesIO(data))
    texts: dict[tuple[int, int], tuple[str, str]] = {}
    beside: list[str] = []
    numbers: dict[tuple[int, int], int] = {}
    for number, page in enumerate(pdf.pages, 1):
        numbers[page.obj.objgen] = number
        marked = _read_page(page.obj)
        beside.append(marked.pop(None, ("", ""))[0])
        texts |= {(number, each): text for each, text in marked.items() if each is not None}
    root = Tag("Root")
    _read_inside(pdf.Root.StructTreeRoot, root, None, _Places(numbers, texts))
    return TaggedFile(data, pdf, root, beside)


@dataclass(frozen=True, slots=True)
class _Places:
    """The number of each page by its object, and the text and language of each mark on it."""

    numbers: dict[tuple[int, int], int]
    texts: dict[tuple[int, int], tuple[str, str]]


def _read_inside(node: Object, into: Tag, page: Object | None, places: _Places) -> None:
    """Read what is in an element of a PDF, which may be one thing or several."""
    page = node.get("/Pg", page)
    inside = node.get("/K")
    for each in inside if isinstance(inside, Array) else [inside]:
        if isinstance(each, Dictionary) and each.get("/Type") != Name.MCR:
            if "/S" in each:
                alternative = str(each.get("/Alt", ""))
                tag = Tag(str(each.S)[1:], alternative)
                into.inside.append(tag)
                _read_inside(each, tag, page, places)
        elif each is not None:
            where = each.get("/Pg", page) if isinstance(each, Dictionary) else page
            mark = each.MCID if isinstance(each, Dictionary) else each
            assert where is not None
            number = places.numbers[where.objgen]
            into.inside.append(Piece(number, *places.texts.get((number, int(mark)), ("", ""))))


def _read_page(page: Object) -> dict[int | None, tuple[str, str]]:
    """Return the text and language of each mark on a page; under None what no element has."""
    fonts = {name: _read_font(font) for name, font in page.Resources.get("/Font", {}).items()}
    found: dict[int | None, str] = {}
    languages: dict[int | None, str] = {}
    open_: list[tuple[int | None, bool]] = [(None, False)]
    font = _Font(1, {})
    for instruction in parse_content_stream(page):
        told: Any = list(instruction.operands)
        mark, spelt = open_[-1]
        match str(instruction.operator):
            case "BMC":
                open_.append(open_[-1])
            case "BDC":
                properties = told[1]
                if isinstance(properties, Name):
                    properties = page.Resources.Properties[properties]
                mark = int(properties["/MCID"]) if "/MCID" in properties else mark
                if "/Lang" in properties:
                    languages[mark] = str(properties["/Lang"])
                instead = properties.get("/ActualText")
                if instead is not None and not spelt:
                    found[mark] = found.get(mark, "") + str(instead)
                open_.append((mark, spelt or instead is not None))
            case "EMC":
                open_.pop()
            case "Tf":
                font = fonts[str(told[0])]
            case "Tj" | "'" | '"' | "TJ" if not spelt:
                strings = told[-1] if isinstance(told[-1], Array) else [told[-1]]
                codes = b"".join(bytes(each) for each in strings if isinstance(each, String))
                found[mark] = found.get(mark, "") + font.read(codes)
    return {mark: (text, languages.get(mark, "")) for mark, text in found.items()}


@dataclass(frozen=True, slots=True)
class _Font:
    """How many bytes a code of a font has, and which text each stands for."""

    width: int
    texts: dict[int, str]

    def read(self, codes: bytes) -> str:
        starts = range(0, len(codes), self.width)
        numbers = (int.from_bytes(codes[start : start + self.width]) for start in starts)
        return "".join(self.texts.get(number, "\ufffd") for number in numbers)


def _read_font(font: Object) -> _Font:
    if "/ToUnicode" not in font:
        return _Font(1, {})
    table = font.ToUnicode.read_bytes().decode("latin-1")
    space = re.search(rf"begincodespacerange\s*{_HEXES}", table)
    assert space is not None
    texts: dict[int, str] = {}
    for kind, block in _BLOCKS.findall(table):
        if kind == "char":
            pairs = re.findall(rf"{_HEXES}\s*{_HEXES}", block)
            texts |= {int(code, 16): _decode(text) for code, text in pairs}
            continue
        for first, last, text, several in _RANGES.findall(block):
            codes = range(int(first, 16), int(last, 16) + 1)
            listed = re.findall(_HEXES, several)
            for place, code in enumerate(codes):
                begun = _decode(text or listed[place])
                further = place if text else 0
                texts[code] = begun[:-1] + chr(ord(begun[-1]) + further)
    return _Font(len(space[1]) // 2, texts)


def _decode(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-16-be")
