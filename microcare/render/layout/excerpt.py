"""The line of a file that a problem is about, with a caret under the place."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.cells import cell_len
from rich.text import Text

from microcare.core.values import value
from microcare.wording.safe import visible

LEAST_CELLS = 12
"""However narrow the console is, this much of a line is shown."""

_BAR = "| "
_CUT = "…"
# What YAML 1.1 takes for the end of a line.
_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")


def split_lines(text: str) -> list[str]:
    """Return a file's lines as the reader of YAML counts them."""
    return _LINE_END.split(text)


@value
class Excerpt:
    """A part of a line, safe to print, and how many cells of it stand before the caret."""

    shown: str
    before: int


def excerpt(line: str, column: int, width: int, encoding: str = "utf-8") -> Excerpt:
    """Return what of a line fits into `width` cells, with the character at `column` (from 1).

    Control characters and those that `encoding` lacks are spelt out, a tab as two characters;
    where the line is cut, “…” says so.
    """
    cut = _CUT if _spell(_CUT, encoding) == _CUT else "..."
    index = min(max(column, 1) - 1, len(line))
    # What lies further away than the width is never seen: a line may have a million characters.
    first = max(index - width, 0)
    near = [_spell(each, encoding) for each in line[first : index + width + 1]]
    before, here, after = (
        near[: index - first],
        near[index - first :][:1],
        near[index - first :][1:],
    )
    if len(near) == len(line) and cell_len("".join(near)) <= width:
        return Excerpt("".join(near), cell_len("".join(before)))
    room = width - 2 * len(cut) - max(_cells(here), 1)
    right = _fitting(after, room // 2)
    left = _fitting(reversed(before), room - _cells(right))[::-1]
    right = _fitting(after, room - _cells(left))
    lead = cut if len(left) < index else ""
    trail = cut if index + 1 + len(right) < len(line) else ""
    shown = "".join([lead, *left, *here, *right, trail])
    return Excerpt(shown, len(lead) + _cells(left))


def excerpt_lines(source: str, line: int, column: int, width: int, encoding: str) -> Iterable[Text]:
    """Yield the line with its number and, below it, the caret."""
    margin = f"{line:>4} "
    room = max(width - len(margin) - len(_BAR) - 1, LEAST_CELLS)
    found = excerpt(source.rstrip(), column, room, encoding)
    yield Text.assemble((f"{margin}{_BAR}", "dim"), found.shown, no_wrap=True)
    lead = f"{' ' * len(margin)}{_BAR}"
    yield Text.assemble((lead, "dim"), (f"{' ' * found.before}^", "bold"), no_wrap=True)


def _spell(character: str, encoding: str) -> str:
    if character == "\t":
        return "\\t"
    return visible(character).encode(encoding, "backslashreplace").decode(encoding)


def _cells(characters: Iterable[str]) -> int:
    return sum(cell_len(each) for each in characters)


def _fitting(cells: Iterable[str], room: int) -> list[str]:
    """Return as many of the characters as fit into `room`, from the first on."""
    found: list[str] = []
    for each in cells:
        room -= cell_len(each)
        if room < 0:
            break
        found.append(each)
    return found
