"""Why nothing is written for a row, in the words of a table and not in those of a command line."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from enum import StrEnum

from microcare.commands.batches.rows import COLUMNS
from microcare.commands.shared.errors import DateError
from microcare.load.source.refusals import DO_NOT_TREAT, ProtocolError, Refusal, quote

_LONGEST_REFERENCE = 1000
_FORMULA = ("=", "+", "-", "@")
"""With these a spreadsheet takes what it reads for a formula."""
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What no cell may have."""
_UNSEEN = re.compile(r"[\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
"""They come along with what is copied from a page, and would make another booking of it."""
_VALUE = r"""“[^”]+”|"[^"]+"|[A-Z]\w+/\w+|[a-z]+$"""
_OPTION = re.compile(rf"--({'|'.join(COLUMNS)})\b(?: ({_VALUE}))?")
"""An option that a hint names, and the value that it gives it."""


class Reason(StrEnum):
    """Why nothing was written, without a word of the row."""

    BOOKING = "booking"
    CELLS = "cells"
    DUPLICATE = "duplicate"
    DATE = "date"
    PROTOCOL = "protocol"
    ROW = "row"
    FILE = "file"
    DO_NOT_TREAT = "do-not-treat"


class RowError(Refusal):
    """A row that nothing is written for."""

    def __init__(self, reason: Reason, message: str, *hints: str) -> None:
        super().__init__(message)
        self.reason, self.told = reason, (message, *hints)


def tell_standing(files: Collection[str]) -> tuple[str, ...]:
    """Return what to say of the files that stand for a booking whose row has failed."""
    if not files:
        return ()
    return (f"What was written for it before still stands: {', '.join(files)}.",)


def check_cells(row: Mapping[str, str]) -> None:
    """Raise RowError where a cell is no text, as of a short row that the csv module has read."""
    for name in COLUMNS:
        given: object = row.get(name, "")
        if not isinstance(given, str):
            message = f"The cell “{name}” is no text."
            raise RowError(Reason.CELLS, message, "Give each cell as a str, or leave it out.")


def check_reference(reference: str) -> None:
    """Raise RowError where a reference can't be one."""
    if not reference:
        message = "The cell “booking” is empty."
        raise RowError(Reason.BOOKING, message, "Give your own reference of the booking.")
    if len(reference) > _LONGEST_REFERENCE:
        message = f"The booking has more than {_LONGEST_REFERENCE:,} characters."
        raise RowError(Reason.BOOKING, message, "Give it a shorter reference.")
    if CONTROL.search(reference):
        message = "The booking has a character that is no text."
        raise RowError(Reason.BOOKING, message, "Write it anew, as UTF-8.")
    if _UNSEEN.search(reference):
        message = "The booking has a character that can't be seen."
        raise RowError(Reason.BOOKING, message, "Type it anew.")
    if reference.startswith(_FORMULA):
        message = f"The booking begins with “{reference[0]}”, as a formula of a spreadsheet does."
        raise RowError(Reason.BOOKING, message, "Give it another reference.")


def _name_column(option: re.Match[str]) -> str:
    name, given = option.groups()
    return f"{given} in the column “{name}”" if given else f"“{name}”"


def reword_refusal(refusal: Refusal, reason: Reason) -> RowError:
    """Return a refusal of a command line as one of a row, whose columns are no options."""
    hints = [refusal.hint] if refusal.hint else []
    message = refusal.message
    if isinstance(refusal, DateError):
        reason = Reason.DATE if refusal.option == "--date" else reason
        hints = [f"Write {' or '.join(map(quote, refusal.readings))}."] if refusal.readings else []
    if isinstance(refusal, ProtocolError):
        message = "The protocol can't be used."
        hints = [f"In {each.file}:{each.line}: {each.message}" for each in refusal.problems[:1]]
    if refusal.exit_code == DO_NOT_TREAT:
        reason = Reason.DO_NOT_TREAT
    return RowError(reason, *(_OPTION.sub(_name_column, each) for each in (message, *hints)))
