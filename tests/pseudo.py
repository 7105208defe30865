"""A language that nobody speaks: each message longer and without one ASCII letter.

What is left in ASCII letters in a text that was made in it is no message of any catalogue.
"""

from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console

from microcare.core.sheet.vocabulary import Vocabulary
from microcare.core.values import replace
from microcare.language.messages import Language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

    from microcare.core.sheet.instruction import Amounts, Instruction
    from microcare.core.sheet.protocol import Protocol

_PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_FOREIGN = "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž"
_LETTERS = str.maketrans(_PLAIN, _FOREIGN)
_FIELD = re.compile(r"(\{\w*\})")
_GROWTH = 0.4


def disguise(text: str) -> str:
    """Return a text of a sheet without one ASCII letter, as long as it was."""
    return text.translate(_LETTERS)


def lengthen(message: str) -> str:
    """Return a message without one ASCII letter beside its fields, longer by two fifths."""
    parts: list[str] = _FIELD.split(message)
    letters = sum(each.isalpha() for part in parts[::2] for each in part)
    told = "".join(
        part if number % 2 else part.translate(_LETTERS) for number, part in enumerate(parts)
    )
    return told + "·" * round(letters * _GROWTH)


class _Lengthened:
    """Translates every message there may be."""

    def gettext(self, message: str) -> str:
        return lengthen(message)

    def pgettext(self, _context: str, message: str) -> str:
        return lengthen(message)

    def ngettext(self, one: str, many: str, number: int) -> str:
        return lengthen(one if number == 1 else many)


PSEUDO = Language("xx", _Lengthened(), "el")
"""Its dates are Greek, which has no ASCII letter either."""

# What stands in no message: ids and versions, zones, units, options, the letters of numbered rows.
_KNOWN = re.compile(
    r"--with(?:out)?\b|\b(?:xx|SPF|UTC|mg|ml|µg|x|v?\d+\w*|[A-Z]{1,2}|"
    r"America/New\\?_York|New York|Asia/Kolkata|Europe/\w+|America/\w+|clinic-[ab])\b"
)
_WORD = re.compile(r"[A-Za-z]{2,}")


def list_left(text: str, *known: str) -> list[str]:
    """Return the words of a text that are in ASCII letters, but for ids and the like."""
    names = "|".join(re.escape(each) for each in sorted({*known}, key=len, reverse=True))
    if names:
        text = re.sub(rf"(?<!\w)(?:{names})(?!\w)", "", text)
    return _WORD.findall(_KNOWN.sub("", text))


def disguise_protocol(protocol: Protocol) -> Protocol:
    """Return a protocol whose texts for patients have no ASCII letter."""
    topics = {
        name: replace(
            each,
            label=disguise(each.label),
            stated_short=disguise(each.stated_short),
            private=disguise(each.private),
            brandless=each.brandless and disguise(each.brandless),
        )
        for name, each in protocol.topics.items()
    }
    factors = {
        name: replace(
            each,
            yes=disguise(each.yes),
            no=disguise(each.no),
            ask=disguise(each.ask),
            stated_short=disguise(each.stated_short),
            name=disguise(each.name),
        )
        for name, each in protocol.factors.items()
    }
    return replace(
        protocol,
        title=disguise(protocol.title),
        topics=Vocabulary(topics),
        factors=factors,
        anchors={name: disguise(label) for name, label in protocol.anchors.items()},
        clinic=replace(
            protocol.clinic,
            name=_disguise(protocol.clinic.name),
            address=_disguise(protocol.clinic.address),
        ),
        instructions=tuple(map(_disguise_instruction, protocol.instructions)),
    )


def _disguise(text: str | None) -> str | None:
    return None if text is None else disguise(text)


def _disguise_instruction(each: Instruction) -> Instruction:
    window = replace(
        each.window,
        until_state=_disguise(each.window.until_state),
        until_words=_disguise(each.window.until_words),
    )
    return replace(
        each,
        text=disguise(each.text),
        window=window,
        amounts=each.amounts and _disguise_amounts(each.amounts),
        steps=tuple(
            replace(step, amounts=step.amounts and _disguise_amounts(step.amounts))
            for step in each.steps
        ),
        ask_first=_disguise(each.ask_first),
        override_by=_disguise(each.override_by),
        call=_disguise(each.call),
        area=_disguise(each.area),
        unclear=_disguise(each.unclear),
        source=_disguise(each.source),
        note=_disguise(each.note),
    )


def _disguise_amounts(amounts: Amounts) -> Amounts:
    return replace(
        amounts,
        dose=_disguise(amounts.dose),
        daily_max=_disguise(amounts.daily_max),
        threshold=_disguise(amounts.threshold),
        by_topic=tuple((name, _disguise_amounts(own)) for name, own in amounts.by_topic),
    )


def print_text(parts: Iterable[RenderableType], width: int = 100) -> str:
    """Return the parts of a terminal's output as text."""
    console = Console(file=StringIO(), width=width, color_system=None, legacy_windows=False)
    with console.capture() as captured:
        for each in parts:
            console.print(each)
    return captured.get()
