"""A handout as plain data, the same for each format: texts, numbers, lists and names of fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from enum import Enum
from typing import TYPE_CHECKING

from microcare.core.values import value
from microcare.wording.safe import visible

if TYPE_CHECKING:
    from microcare.wording.handout.parts import Handout

Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]


@value
class QrCode:
    """A picture that phones read, as SVG, and what stands beside it."""

    svg: str
    caption: str


@value
class Layout:
    """How a page is laid out; `paper` and `close` count for a PDF alone.

    A `close` one saves room: its lines stand closer, and a long day goes on over a page although it
    has room on the next.
    """

    large: bool = False
    paper: str = "a4"
    close: bool = False
    codes: tuple[QrCode, ...] = ()


def list_fields(
    handout: Handout, layout: Layout, write: Callable[[str], str] = str
) -> dict[str, Plain]:
    """Return all that a template needs, each text of the handout as `write` has it.

    No text can reorder what stands beside it.
    """

    def write_visibly(text: str) -> str:
        return write(visible(text))

    return {
        **{name: _simplify(getattr(handout, name), write_visibly) for name in _names(handout)},
        **{name: _simplify(getattr(layout, name), write_visibly) for name in _names(layout)},
    }


def split_tongues(text: str, originals: Collection[str]) -> list[tuple[str, str]]:
    """Return the parts of a text with the language of each, empty for that of the page.

    An original that stands behind or instead of a translation, “[EN: Avoid alcohol.]” or “[EN]
    Avoid alcohol.”, is in one of the languages `originals`: a screen reader speaks it so.
    """
    if not originals:
        return [("", text)]
    codes = "|".join(re.escape(each.upper()) for each in originals)
    parts = re.split(rf"(?=\[({codes})[:\]])(\[\w+(?:: [^\]]*\]|\] [^.;(]*\.?))", text)
    told = [("", parts[0])]
    for mark, original, after in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        told += [(mark.lower(), original), ("", after)]
    return [each for each in told if each[1]]


def _names(told: object) -> tuple[str, ...]:
    names: tuple[str, ...] = getattr(type(told), "__match_args__", ())
    return names


def _simplify(told: object, write: Callable[[str], str]) -> Plain:
    match told:
        case Enum():
            return str(told.value)
        case QrCode():
            return {"svg": told.svg, "caption": write(told.caption)}
        case str():
            return write(told)
        case None | bool() | int() | float():
            return told
        case tuple():
            return [_simplify(each, write) for each in told]
        case _:
            return {name: _simplify(getattr(told, name), write) for name in _names(told)}
