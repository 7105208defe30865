"""What holds for a topic of several treatments of one patient: each sheet is asked by itself."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from tests.oracle.conditions import factors_of
from tests.oracle.holding import Holds, SlowReading, Word, read_slowly

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from microcare.core.sheet.protocol import Protocol
    from tests.oracle.clock import Visit

_FIRST = (Word.FORBIDDEN, Word.PERHAPS)
_LAST = (Word.DUE, Word.ALLOWED, Word.FREE)


class JointHolds(NamedTuple):
    """What each sheet says of a topic at one instant, in the order of the treatments."""

    each: tuple[Holds, ...]

    @property
    def word(self) -> Word:
        """What holds but for parts: no sheet frees what another forbids or has closed."""
        said = {found.whole for found in self.each}
        for word in _FIRST:
            if word in said:
                return word
        if any(found.closed for found in self.each):
            return Word.CLOSED
        return next((word for word in _LAST if word in said), Word.SILENT)

    @property
    def is_forbidden(self) -> bool:
        """Whether any sheet forbids it."""
        return any(found.forbidden_by for found in self.each)


class JointReading:
    """The sheets of several treatments, each around its own appointment."""

    def __init__(self, treatments: Sequence[tuple[Protocol, Visit]]) -> None:
        self.readings: tuple[SlowReading, ...] = tuple(
            read_slowly(sheet, visit) for sheet, visit in treatments
        )
        self._factors = {name for sheet, _ in treatments for name in sheet.factors}

    def members(self, topic: str) -> set[str]:
        """Return all topics below a group."""
        return {name for each in self.readings for name in each.rules.members(topic)}

    def holds(self, topic: str, second: int, answers: Mapping[str, bool]) -> JointHolds:
        """Return what holds at an instant, given an answer to every question."""
        return JointHolds(tuple(each.holds(topic, second, answers) for each in self.readings))

    def completions(self, answers: Mapping[str, bool], topic: str) -> Iterator[dict[str, bool]]:
        """Yield every way to answer what rules of a topic and its members depend on."""
        family = {topic, *self.members(topic)}
        asked = {
            factor
            for reading in self.readings
            for rule in reading.rules.by_id.values()
            if any(reading.rules.covers(rule, each) for each in family)
            for factor in factors_of(rule.condition)
        }
        plain = sorted(asked - set(answers))
        others = dict.fromkeys(self._factors, False)
        for values in product((True, False), repeat=len(plain)):
            yield {**others, **answers, **dict(zip(plain, values, strict=True))}
