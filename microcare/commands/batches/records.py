"""What a folder remembers of each booking: the record of what was written for it, and from what.

A record is put in place before the files that it speaks of. Where they are not as it says, the
process was killed in between, or somebody has changed them: they are written once more.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from unicodedata import normalize

from microcare.commands.shared.files import write_file
from microcare.commands.shared.pages import PageFormat
from microcare.core.values import value
from microcare.export.ics.earlier import MAX_SEQUENCE

RECORDS = ".microcare"
"""The folder of the records, in that of the calendars."""
RESUME = "run the same command again: it goes on where this one stopped"

_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,59}(?<!\.)")
_DEVICES = {
    *("con", "prn", "aux", "nul"),
    *(f"{name}{number}" for name in ("com", "lpt") for number in range(10)),
}
"""Names that Windows gives to no file, whatever their ending."""


class Status(StrEnum):
    """What has become of a booking."""

    WRITTEN = "written"
    CANCELLED = "cancelled"
    GONE = "gone"
    REPEATED = "repeated"
    DO_NOT_TREAT = "do-not-treat"
    FAILED = "failed"


@value
class Record:
    """What stands in the folder for a booking.

    `files` are the SHA-256 of each file by its name, `digest` that of all that they were made from
    but the moment, `sequence` the calendar's, as `events` and `tombstones` are, which are counted
    apart. A `cancelled` one takes all of its events away.
    """

    booking: str
    digest: str
    files: Mapping[str, str]
    events: int
    sequence: int
    cancelled: bool = False
    tombstones: int = 0


_KINDS = {
    "booking": str,
    "digest": str,
    "files": dict,
    "cancelled": bool,
    "events": int,
    "sequence": int,
    "tombstones": int,
}
"""What each field of a record is in JSON."""


def read_reference(cell: str) -> str:
    """Return a booking's reference as all systems write it: some take an accent for a letter."""
    return normalize("NFC", cell.strip())


def make_stem(booking: str) -> str:
    """Return the name of a booking's files without its ending; no two bookings have the same.

    That holds also where a file system takes capitals for small letters: a `~` and a number say
    which letters are capitals. A reference that is no safe name is told in part, with a hash.
    """
    if _PLAIN.fullmatch(booking) and booking.partition(".")[0].lower() not in _DEVICES:
        letters = [each for each in booking if each.isalpha()]
        capitals = sum(each.isupper() << place for place, each in enumerate(letters))
        return f"{booking}~{capitals:x}" if capitals else booking
    safe = re.sub(r"[^a-z0-9]+", "-", booking.lower()[:40]).strip("-")
    return f"{safe}~~{hash_bytes(booking.encode(errors='surrogatepass'))[:32]}"


def hash_bytes(data: bytes) -> str:
    """Return the SHA-256 of a file."""
    return sha256(data).hexdigest()


def read_file(path: Path) -> bytes | None:
    """Return what is in a file of the folder, None where there is no such file."""
    with suppress(OSError):
        return None if path.is_symlink() else path.read_bytes()
    return None


def read_record(out: Path, stem: str) -> Record | None:
    """Return the record of a booking, None where there is none that can be read."""
    data = read_file(out / RECORDS / f"{stem}.json")
    if data is None:
        return None
    try:
        found = Record(**json.loads(data))
    except (ValueError, TypeError, RecursionError):
        return None
    return found if _is_sound(found, stem) else None


def _is_sound(record: Record, stem: str) -> bool:
    """Return whether a record is as one was written: of this booking, and of its files alone."""
    own = {f"{stem}.{each}" for each in ("ics", *PageFormat)}
    return (
        all(type(getattr(record, name)) is kind for name, kind in _KINDS.items())
        and make_stem(record.booking) == stem
        and f"{stem}.ics" in record.files
        and own.issuperset(record.files)
        and all(type(each) is str for each in record.files.values())
        and 0 <= record.sequence <= MAX_SEQUENCE
    )


def find_standing(out: Path, record: Record | None) -> dict[str, str]:
    """Return the SHA-256 of the files that stand for a booking, by their names."""
    found = ((name, read_file(out / name)) for name in (record.files if record else ()))
    return {name: hash_bytes(data) for name, data in found if data is not None}


def list_records(out: Path) -> Iterator[str]:
    """Yield the stems of the bookings that a folder remembers, in no order."""
    with suppress(FileNotFoundError):
        for each in (out / RECORDS).iterdir():
            if each.suffix == ".json" and not each.name.startswith("."):
                yield each.stem


def write_record(out: Path, record: Record) -> None:
    """Put a record in place; raises Refusal where the folder takes nothing."""
    fields = {name: getattr(record, name) for name in Record.__match_args__}
    data = json.dumps(fields, separators=(",", ":")).encode()
    folder = out / RECORDS
    with suppress(OSError):  # what is wrong is said of the file
        folder.mkdir(exist_ok=True)
    path = folder / f"{make_stem(record.booking)}.json"
    # One that the machine's own end takes is missed by none: the files are then written once more.
    write_file(path, data, force=True, elsewhere=RESUME, lasting=False)
