"""What a terminal shows, as a picture: each text in its columns, whatever font there is."""

import io
import re
from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.text import Text

from tests.readme.pictures import svg

_COLUMN = 8.4
_LINE = 19
_FONT = 14
_MARGIN = 18
_BAR = 34
_BUTTON = 12
_PIECE = re.compile(r"█+|░+|[^\s█░]+(?: [^\s█░]+)*")
_LOOKS = {None: "i", 1: "r", 2: "g", 6: "c"}
_COLORS = {
    "p": svg.PAPER, "e": svg.EDGE, "i": svg.INK, "d": svg.QUIET,
    "r": svg.RED, "g": svg.GREEN, "c": svg.CYAN,
}  # fmt: skip


def draw_terminal(lines: Sequence[str], columns: int, texts: tuple[str, str]) -> str:
    """Return the SVG of lines with escape sequences, in a window of so many columns."""
    width = columns * _COLUMN + 2 * _MARGIN
    height = len(lines) * _LINE + _BAR + _MARGIN
    parts = [
        svg.box("e", 0, 0, width, height, 8),
        svg.box("p", 1, 1, width - 2, height - 2, 7),
        *(
            svg.box("e", _MARGIN + each * 20, 12, _BUTTON, _BUTTON, _BUTTON / 2)
            for each in range(3)
        ),
    ]
    for number, line in enumerate(lines):
        parts += _draw_line(line, _BAR + number * _LINE)
    return svg.draw_svg((width, height), texts, f"{_FONT}px {svg.MONO}", _COLORS, parts)


def _draw_line(line: str, top: float) -> Iterable[str]:
    console = Console(file=io.StringIO(), width=cell_len(line) + 1)
    column = 0
    for segment in Text.from_ansi(line).render(console):
        for piece in _PIECE.finditer(segment.text):
            before = cell_len(segment.text[: piece.start()])
            yield _draw_piece(piece[0], _look(segment), column + before, top)
        column += segment.cell_length


def _draw_piece(piece: str, look: str, column: int, top: float) -> str:
    """Return a text that fills its columns, or for blocks a bar, which no font tears."""
    left, width = _MARGIN + column * _COLUMN, cell_len(piece) * _COLUMN
    if piece[0] in "█░":
        bar = svg.box(look, left, top + 3, width, _LINE - 5)
        return bar if piece[0] == "█" else bar.replace("/>", ' opacity=".4"/>')
    fitted = f' textLength="{svg.number(width)}"' if len(piece) > 1 else ""
    return svg.text(look, left, top + _FONT, piece, fitted)


def _look(segment: Segment) -> str:
    style = segment.style
    if style is None:
        return "i"
    color = _LOOKS[style.color and style.color.number]
    return f"b {color}" if style.bold else "d" if style.dim else color
