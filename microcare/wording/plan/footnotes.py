"""What a sheet leaves open of its instructions: marks behind a text, and the footnotes to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from microcare.core.plan.plan import Plan
from microcare.core.sheet.anchoring import find_numbered
from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.protocol import DayOne
from microcare.core.time.appointment import Appointment
from microcare.core.values import value
from microcare.language.messages import mark, say
from microcare.wording.dates import short_date
from microcare.wording.slots import ends_in_figure

UNCLEAR = mark("Unclear in the sheet (ask the clinic)")
"""The title above the footnotes of a plan."""

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"


@value
class Told:
    """A text, what the sheet leaves `unclear` of it, and the `tail` that follows its marks."""

    text: str
    unclear: tuple[str, ...] = ()
    tail: str = ""


def list_unclear(plan: Plan, *instructions: Instruction) -> tuple[str, ...]:
    """Return what the sheet leaves open of instructions, each sentence once.

    That is which date Day 1 is, for all that counts from a numbered day, and their own `unclear`.
    """
    found: dict[str, None] = {}
    for each in instructions:
        treatment = plan.by_id[each.id].treatment
        doubtful = treatment.protocol.day_one is DayOne.UNSTATED
        if doubtful and each.id in treatment.protocol.recall(find_numbered):
            found[_day_one_words(treatment.visit)] = None
        if each.unclear is not None:
            found[each.unclear] = None
    return tuple(found)


def _day_one_words(visit: Appointment) -> str:
    day = visit.day
    first, second = (short_date(each, day.year) for each in (day, day + timedelta(days=1)))
    return say("Day 1 is {first} or {second}; both are covered.", first=first, second=second)


class Footnotes:
    """The footnotes of one text, numbered in the order in which they are first marked.

    A mark is a raised digit, or a number in brackets from 10 on and where an encoding lacks them.
    """

    def __init__(self, encoding: str = "utf-8") -> None:
        self._numbers: dict[str, int] = {}
        try:
            _RAISED.encode(encoding)
        except (UnicodeEncodeError, LookupError):
            self._raised = ""
        else:
            self._raised = _RAISED

    def mark(self, text: str, unclear: Iterable[str]) -> str:
        """Return a text with a mark for each sentence on what is unclear of it.

        They stand right behind it, so that no line begins with a mark; but "10" and a mark would
        read as another number.
        """
        numbers = sorted(map(self._number, unclear))
        if not numbers:
            return text
        marks = ",".join(map(self._mark, numbers))
        return f"{text} {marks}" if ends_in_figure(text) else f"{text}{marks}"

    def write(self, told: Told) -> str:
        """Return a text with its marks and what follows them."""
        return f"{self.mark(told.text, told.unclear)}{told.tail}"

    def list(self) -> Iterable[tuple[str, str]]:
        """Yield each mark with its sentence, once all that it stands behind is written."""
        return ((self._mark(number), sentence) for sentence, number in self._numbers.items())

    def _number(self, sentence: str) -> int:
        return self._numbers.setdefault(sentence, len(self._numbers) + 1)

    def _mark(self, number: int) -> str:
        return self._raised[number] if number < len(self._raised) else f"[{number}]"
