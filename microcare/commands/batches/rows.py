"""The rows of a table of bookings: CSV with commas, semicolons or tabs, or JSON Lines.

The table is read a line at a time and never held. A line that can't be read takes no other with it:
where a quote is not closed, the lines that it would swallow are read by themselves.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from microcare.commands.batches.records import read_reference
from microcare.core.values import value
from microcare.load.library.folders import open_ordinary
from microcare.load.source.refusals import UNFINISHED, Refusal, quote

if TYPE_CHECKING:
    from typing_extensions import Buffer

COLUMNS = (
    *("booking", "date", "duration", "protocol", "tz", "with", "without", "last", "language"),
)
"""What a table may say of a booking; the first two it must."""

_NEEDED = COLUMNS[:2]
_DELIMITERS = (",", ";", "\t")
_LONGEST = 65_536
"""Characters of one row; a spreadsheet's cell has half as many at most."""
_MOST_LINES = 500
"""Of one row, whose cells may hold line breaks in a column that is ignored."""
_MOST_IGNORED = 50
"""Keys of JSON that are remembered to be told; each object might have others."""
_WIDE = (b"\xff\xfe", b"\xfe\xff")
"""The marks of UTF-16."""
_HOW = f"begin it with a line like {','.join(COLUMNS[:4])}, or write JSON Lines"


@value
class Row:
    """A row as it was read: the cells that are not empty, by their columns, without outer blanks.

    `line` is where it begins, counted from 1.
    """

    line: int
    cells: dict[str, str]


@value
class BadRow:
    """A row that can't be read, and why; what it says of which booking nobody knows."""

    line: int
    message: str
    hint: str


class Table:
    """A table that is open: it can be read more than once, always up to where it ended at first."""

    def __init__(self, name: str, file: IO[bytes]) -> None:
        """Begin with a file; raises Refusal where its first line names no columns that help."""
        self.name = "<stdin>" if name == "-" else name
        self._file = file
        self._status = os.fstat(file.fileno())
        self._delimiter, self._header, self._first = self._read_head()
        known = [each for each in self._header if each in COLUMNS]
        if self._delimiter:
            self._check_header(known)
        self.ignored = {each: None for each in self._header if each and each not in COLUMNS}

    @property
    def has_changed(self) -> bool:
        """Whether somebody has written to it since it was opened."""
        now = os.fstat(self._file.fileno())
        then = self._status
        return (now.st_size, now.st_mtime_ns) != (then.st_size, then.st_mtime_ns)

    def read(self) -> Iterator[Row | BadRow]:
        """Yield the rows in their order; columns that are not known are added to `ignored`."""
        lines = self._read_lines()
        if not self._delimiter:
            yield from filter(None, (self._read_object(number, line) for number, line in lines))
            return
        lines = ((number, line) for number, line in lines if number >= self._first)
        yield from self._read_records(lines)

    def _read_lines(self) -> Iterator[tuple[int, str]]:
        """Yield each line with its number; one that is too long is cut, and long all the same."""
        self._file.seek(0)
        head = io.BufferedReader(_Head(self._file, self._status.st_size))
        with io.TextIOWrapper(head, "utf-8-sig", "surrogateescape") as text:
            number = 0
            while line := self._read_line(text):
                number += 1
                yield number, line
                while len(line) > _LONGEST and line[-1] != "\n":
                    line = self._read_line(text)

    def _read_line(self, text: io.TextIOWrapper) -> str:
        try:
            return text.readline(_LONGEST + 1)
        except OSError as error:
            message = f"{self.name} can't be read to its end: {error.strerror}."
            raise Refusal(message, "run the command again", UNFINISHED) from error

    def _read_head(self) -> tuple[str, list[str], int]:
        """Return the delimiter, the names of the columns, and the first line that is a row.

        The delimiter of JSON Lines is empty.
        """
        self._file.seek(0)
        if self._file.read(2) in _WIDE:
            message = f"{self.name} is UTF-16, not UTF-8."
            raise Refusal(message, "save it as “CSV UTF-8”")
        delimiters: Sequence[str] = _DELIMITERS
        for number, line in self._read_lines():
            if not line.strip():
                continue
            if "\0" in line or len(line) > _LONGEST:
                raise Refusal(f"{self.name} is no table: its first line is no text.", _HOW)
            if line.lstrip().startswith("{"):
                return "", [], number
            if line.lower().startswith("sep=") and len(line.strip()) == 5:  # as Excel writes it
                delimiters = line[4]
                continue
            names = {each: _split_names(line, each) for each in delimiters}
            best = max(names, key=lambda each: len({*names[each]} & {*COLUMNS}))
            return best, names[best], number + 1
        raise Refusal(f"{self.name} is empty.", _HOW)

    def _check_header(self, known: list[str]) -> None:
        for each in _NEEDED:
            if each not in known:
                raise Refusal(f"{self.name} has no column “{each}”.", _HOW)
        for each in known:
            if known.count(each) > 1:
                raise Refusal(f"{self.name} has two columns “{each}”.", "leave one of them out")

    def _read_records(self, lines: Iterator[tuple[int, str]]) -> Iterator[Row | BadRow]:
        waiting: deque[tuple[int, str]] = deque()
        while True:
            taken: list[tuple[int, str]] = []
            first = waiting.popleft() if waiting else next(lines, None)
            if first is None:
                return
            source = self._feed(first, waiting, lines, taken)
            found = self._read_record(first[0], source, taken)
            if isinstance(found, BadRow):
                # What an open quote has swallowed are rows like others.
                waiting.extendleft(reversed(taken[1:]))
            if found is not None:
                yield found

    def _feed(
        self,
        first: tuple[int, str],
        waiting: deque[tuple[int, str]],
        lines: Iterator[tuple[int, str]],
        taken: list[tuple[int, str]],
    ) -> Iterator[str]:
        """Yield the lines of one record as long as it asks for more, and note them in `taken`."""
        following: tuple[int, str] | None = first
        length = 0
        while following is not None and len(taken) < _MOST_LINES and length <= _LONGEST:
            taken.append(following)
            length += len(following[1])
            yield following[1]
            following = waiting.popleft() if waiting else next(lines, None)
        if following is not None:
            waiting.appendleft(following)

    def _read_record(
        self, number: int, source: Iterator[str], taken: list[tuple[int, str]]
    ) -> Row | BadRow | None:
        try:
            cells = next(csv.reader(source, delimiter=self._delimiter, strict=True), [])
        except csv.Error:
            return BadRow(number, "A quote is not closed.", "close it, or write the cell without")
        if any(len(line) > _LONGEST for _, line in taken):
            return _refuse_length(number)
        if not any(each.strip() for each in cells):
            return None
        if self._is_torn(taken[-1][1]):
            message = "The row was still being written while it was read."
            return BadRow(number, message, "run the command again")
        while len(cells) > len(self._header) and not cells[-1].strip():
            cells.pop()
        if len(cells) != len(self._header):
            message = f"It has {len(cells)} cells, and the first line names {len(self._header)}."
            return BadRow(number, message, f"put a cell with “{self._delimiter.strip()}” in quotes")
        named = zip(self._header, cells, strict=True)
        found = {name: each.strip() for name, each in named if name in COLUMNS and each.strip()}
        # The end of a cell that began in a line before is a reference of nobody.
        if found.get("booking", "").count('"') % 2:
            message = "The cell “booking” has a quote without its other one."
            return BadRow(number, message, "close it, or write the cell without")
        for name, each in found.items():
            if "\n" in each:
                message = f"The cell “{name}” goes on in another line."
                return BadRow(number, message, "close the quote, or write the cell on one line")
        return _make_row(number, found)

    def _is_torn(self, line: str) -> bool:
        """Return whether a line is the last, has no end, and somebody has gone on writing."""
        return not line.endswith("\n") and self.has_changed

    def _read_object(self, number: int, line: str) -> Row | BadRow | None:
        if not line.strip():
            return None
        if len(line) > _LONGEST:
            return _refuse_length(number)
        if self._is_torn(line):
            message = "The row was still being written while it was read."
            return BadRow(number, message, "run the command again")
        try:
            cells = _read_cells(line)
            if len(self.ignored) < _MOST_IGNORED:
                self.ignored |= {name: None for name in cells if name not in COLUMNS}
            read = {name: _read_value(cells[name]) for name in COLUMNS if name in cells}
        except (ValueError, TypeError, RecursionError):
            hint = 'write it like {"booking": "4711", "date": "2026-12-10 14:30"}'
            return BadRow(number, "It is no JSON object of texts.", hint)
        return _make_row(number, {name: each for name, each in read.items() if each})


class _Head(io.RawIOBase):
    """The first bytes of a file, however long it grows."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file, self._left = file, size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        view = memoryview(buffer)
        data = self._file.read(min(len(view), self._left))
        self._left -= len(data)
        view[: len(data)] = data
        return len(data)


@contextmanager
def open_table(name: str) -> Iterator[Table]:
    """Open the table in a file, - being stdin, which is kept in a file without a name.

    Raises Refusal where it can't be read, or is no table.
    """
    try:
        # Closed below, also where the first line is refused.
        file = _keep_stdin() if name == "-" else open(name, "rb", opener=open_ordinary)  # noqa: SIM115
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "that is no name of a file"
        raise Refusal(f"{name[:255]} can't be read: {reason}.", "“-” reads from stdin") from error
    with file:
        yield Table(name, file)


def _keep_stdin() -> IO[bytes]:
    file = TemporaryFile()  # noqa: SIM115 - the caller closes it
    if sys.stdin:
        shutil.copyfileobj(sys.stdin.buffer, file)
    file.flush()
    return file


def _make_row(number: int, cells: dict[str, str]) -> Row:
    if "booking" in cells:
        cells["booking"] = read_reference(cells["booking"])
    return Row(number, cells)


def _split_names(line: str, delimiter: str) -> list[str]:
    try:
        names = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []
    return [" ".join(each.lower().split()) for each in names]


def _refuse_length(number: int) -> BadRow:
    message = f"It has more than {_LONGEST:,} characters."
    return BadRow(number, message, "close its quotes, or leave the long cells out")


def _refuse_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _read_cells(line: str) -> dict[str, object]:
    """Return the values of a JSON object by their keys; raises ValueError, TypeError."""
    found = json.loads(line, object_pairs_hook=_refuse_twice)
    if not isinstance(found, dict):
        raise TypeError("not an object")
    return _refuse_twice([(name.strip().lower(), each) for name, each in found.items()])


def _read_value(given: object) -> str:
    """Return a value of JSON as a cell has it; a list is parted by semicolons."""
    match given:
        case None:
            return ""
        case bool() | float() | dict():
            raise TypeError(quote(str(given)))
        case list():
            return ";".join(_read_value(each) for each in given)
        case _:
            return str(given).strip()
