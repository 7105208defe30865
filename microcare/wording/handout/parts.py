"""The parts of a handout: plain texts, in the order of the page."""

from __future__ import annotations

from enum import StrEnum

from microcare.core.values import value
from microcare.wording.handout.doses import DoseGrid
from microcare.wording.handout.timeline import Timeline
from microcare.wording.handout.words import HandoutWords


class Sign(StrEnum):
    """What stands before a line: a box to tick, or what it is."""

    BOX = "box"
    FREE = "free"
    NOTE = "note"
    VISIT = "visit"


@value
class PageLine:
    """One line: the `lead` that says what it is (may be empty), a text, and what else is known."""

    sign: Sign
    lead: str
    text: str
    details: str = ""


@value
class TimeGroup:
    """What is said of one clock time of a day; `time` is empty for all of it."""

    time: str
    lines: tuple[PageLine, ...]


@value
class HandoutDay:
    """A day: its date, and what changes on it."""

    label: str
    groups: tuple[TimeGroup, ...]


@value
class HandoutSection:
    """Days in a row, with a title."""

    title: str
    days: tuple[HandoutDay, ...]


@value
class LineList:
    """LineList below one sentence, which may be empty; `narrow` ones are short."""

    lines: tuple[PageLine, ...]
    intro: str = ""
    narrow: bool = False


@value
class Box:
    """What stands beside the days; `end` may be empty.

    Where there is a `blank`, its words stand before room to write. What is `framed` is kept apart.
    """

    title: str
    lists: tuple[LineList, ...]
    end: str = ""
    blank: str = ""
    framed: bool = False


@value
class Handout:
    """All texts of a handout, in the order of the page. `patient` is empty without a name.

    The `notices` stand on each page, each behind the code of its language, and `originals` are the
    languages, as in “[EN: …]”, in which a part of a text may be that is in no other.
    """

    language: str
    originals: tuple[str, ...]
    notices: tuple[tuple[str, str], ...]
    title: str
    treatments: str
    clinic: tuple[str, ...]
    patient: str
    appointments: tuple[str, ...]
    remarks: tuple[str, ...]
    timeline: Timeline | None
    first: tuple[Box, ...]
    sections: tuple[HandoutSection, ...]
    expected: Box | None
    call: Box
    last: tuple[Box, ...]
    doses: DoseGrid | None
    unclear: tuple[tuple[str, str], ...]
    unclear_title: str
    footer: str
    words: HandoutWords
