"""The protocol as a value: what a clinic's sheet says, before any date is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date, timedelta
from enum import Enum
from typing import TypeVar, cast

from microcare.core.sheet.conditions import Factor
from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.points import TIMES_OF_DAY, DayTime
from microcare.core.sheet.vocabulary import Topic
from microcare.core.values import derived, value


class DayOne(Enum):
    """Which date a protocol's "Day 1" is."""

    TREATMENT_DAY = "treatment day"
    NEXT_DAY = "next day"
    UNSTATED = "unstated"


@value
class Clinic:
    """Whom to ask. Every field may be unknown."""

    name: str | None = None
    phone: str | None = None
    address: str | None = None


@value
class Extension:
    """What a variant changes in the protocol that it extends: its `base`, which is in `file`.

    `written` are the keys of the variant's own head. `removed` are instructions of the base,
    `replaced` pairs of the base's and the variant's own; both are in the base's order, `added`
    in the variant's.
    """

    base: Protocol
    file: str
    written: frozenset[str]
    removed: tuple[Instruction, ...] = ()
    replaced: tuple[tuple[Instruction, Instruction], ...] = ()
    added: tuple[Instruction, ...] = ()


@value
class Review:
    """Who checked the translation into a language, and on which date."""

    name: str
    date: date


@value
class Translation:
    """The texts of a protocol in another language: from the original, as it stands, to the other.

    `reviewed` is None where the clinic has not checked it.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    reviewed: Review | None = None


@value
class Translated:
    """What a translated protocol is: its `language`, and that of the `original`, as tags.

    It is `checked` where somebody of the clinic has reviewed the translation.
    """

    language: str
    original: str
    checked: bool


def find_base_code(language: str) -> str:
    """Return the code of a language without its region: `es` of the tag `es-MX`."""
    return language.partition("-")[0].lower()


_T = TypeVar("_T")


@value
class Protocol:
    """One clinic's variant of one procedure, as its file says it.

    `notes` are for staff and hold for the whole protocol. `topics` and `factors` are the
    vocabulary that the file may use: the built-in one and its own additions. `anchors` are the
    labels of events at the appointment ("the peel") that times may be counted from.
    `times_of_day` are the parts of the day by name, and "waking", the hours awake. A variant is
    whole: what it takes from its base stands in it, and `extends` tells it from its own.
    `translations` are those that the file has, by their language tags; `translated` is None of a
    protocol in the words of its own file.
    """

    id: str
    title: str
    procedure: str
    version: str
    day_one: DayOne
    instructions: tuple[Instruction, ...]
    topics: Mapping[str, Topic]
    factors: Mapping[str, Factor]
    anchors: Mapping[str, str] = field(default_factory=dict)
    times_of_day: Mapping[str, DayTime] = field(default_factory=lambda: TIMES_OF_DAY)
    clinic: Clinic = field(default_factory=Clinic)
    revised: date | None = None
    language: str = "en"
    time_zone: str | None = None
    duration: timedelta | None = None
    document: str | None = None
    notes: tuple[str, ...] = ()
    extends: Extension | None = None
    translations: Mapping[str, Translation] = field(default_factory=dict)
    translated: Translated | None = None

    @derived
    def _recalled(self) -> dict[object, object]:
        return {}

    def recall(self, make: Callable[[Protocol], _T]) -> _T:
        """Return what `make` makes of the protocol, made once: what no appointment changes."""
        recalled = self._recalled  # of two threads that are the first each may have its own
        if make not in recalled:
            recalled[make] = make(self)
        return cast("_T", recalled[make])

    @derived
    def by_id(self) -> Mapping[str, Instruction]:
        """Its instructions by their ids."""
        return {each.id: each for each in self.instructions}
