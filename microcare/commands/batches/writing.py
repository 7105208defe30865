"""One booking of a batch: its row and a folder in, its calendar and its handout in that folder."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from microcare.commands.batches.making import Maker
from microcare.commands.batches.reasons import (
    Reason,
    RowError,
    check_cells,
    check_reference,
    tell_standing,
)
from microcare.commands.batches.records import (
    RECORDS,
    RESUME,
    Record,
    Status,
    find_standing,
    hash_bytes,
    make_stem,
    read_file,
    read_record,
    read_reference,
    write_record,
)
from microcare.commands.shared.files import write_file
from microcare.commands.shared.pages import PageFormat
from microcare.commands.shared.patient_files import read_stamp
from microcare.commands.shared.settings import load_settings
from microcare.core.values import replace, value
from microcare.export.ics.earlier import EarlierCalendar, EarlierEvent, read_calendar
from microcare.export.ics.replacements import bury_event, list_gone, next_sequence
from microcare.export.ics.writer import write_events
from microcare.language.messages import speak
from microcare.load.library.settings import Settings


@value
class Written:
    """What became of one booking.

    `files` are the SHA-256 of what stands for it in the folder, by the names of the files; of a
    row that failed these are earlier ones. `events` are counted without tombstones, `digest` is the
    hash of all that the files were made from but the moment. `changed` are the names of what was
    written this time, and `told` what is to be said of it: it may quote the row, as no manifest
    does. `guessed_zone` is the machine's, where nobody named the clinic's.
    """

    booking: str
    status: Status
    files: Mapping[str, str]
    events: int = 0
    digest: str = ""
    reason: Reason | None = None
    changed: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    guessed_zone: str | None = None


def write_booking(
    row: Mapping[str, str],
    out: Path,
    *,
    now: datetime | None = None,
    handout: PageFormat | None = None,
    settings: Settings | None = None,
) -> Written:
    """Write the calendar of a row, and a handout if one is wanted, into a folder that is there.

    `row` has the texts of the columns `booking` and `date`, and may have others of COLUMNS; what
    else it has is ignored. `now` is the aware moment to plan from, by default the present one, and
    `settings` are by default those of this machine.

    It depends on nothing but these and on what the folder holds of this booking, so that any number
    of processes may each write other bookings at once. What is right is not written again: called
    twice, also where it was killed in between, it leaves the same bytes. An earlier calendar of
    the booking is replaced, with tombstones for what no longer applies. What is wrong with a row is
    told in what is returned; raises Refusal where the folder takes no file.
    """
    settings = load_settings() if settings is None else settings
    reference, record = "", None
    try:
        check_cells(row)
        reference = read_reference(row.get("booking", ""))
        check_reference(reference)
        record = read_record(out, make_stem(reference))
        made = Maker(row, reference, out, record, settings, handout).make(now)
    except RowError as error:
        standing = find_standing(out, record)
        barred = error.reason is Reason.DO_NOT_TREAT
        return Written(
            booking=reference,
            status=Status.DO_NOT_TREAT if barred else Status.FAILED,
            files=standing,
            reason=error.reason,
            told=(*error.told, *tell_standing(standing)),
        )
    if made.files:
        write_record(out, made.record)
    for name, data in made.files.items():
        write_file(out / name, data, force=True, elsewhere=RESUME)
    return Written(
        booking=reference,
        status=Status.WRITTEN,
        files=made.record.files,
        events=made.record.events,
        digest=made.record.digest,
        changed=tuple(made.files),
        told=made.told,
        guessed_zone=made.guessed_zone,
    )


def cancel_booking(stem: str, out: Path, *, now: datetime) -> Written | None:
    """Cancel what the calendar of a booking still has ahead; return what became of it.

    None where there is no such booking. Its handout is taken away. It has failed where its calendar
    can't be read. Raises Refusal where the folder takes no file.
    """
    record = read_record(out, stem)
    if record is None:
        return None
    name = f"{stem}.ics"
    data = read_file(out / name)
    standing = describe_record(out, record)
    if record.cancelled and (data is None or hash_bytes(data) == record.files[name]):
        return standing
    try:
        earlier, gone, sequence = _read_ahead(data, now)
    except ValueError as error:
        message = f"{name} {error}, and its booking is in no row: it was not cancelled."
        hint = f"Put it back, or delete {RECORDS}/{stem}.json to forget the booking."
        told = (message, hint)
        return replace(standing, status=Status.FAILED, reason=Reason.FILE, told=told)
    if not gone:
        return standing
    with speak(earlier.language):
        events = tuple(bury_event(each, earlier.stamp.date()) for each in gone)
        data = write_events(events, stamp=read_stamp(now), revision=sequence)
    # The pages first: once the record is there, nothing knows of them.
    for page, digest in find_standing(out, record).items():
        if page != name and record.files[page] == digest:
            (out / page).unlink(missing_ok=True)
    cancelled = Record(
        booking=record.booking,
        digest="",
        files={name: hash_bytes(data)},
        events=0,
        sequence=sequence,
        cancelled=True,
    )
    write_record(out, cancelled)
    write_file(out / name, data, force=True, elsewhere=RESUME)
    return replace(describe_record(out, cancelled), changed=(name,))


def _read_ahead(
    data: bytes | None, now: datetime
) -> tuple[EarlierCalendar, tuple[EarlierEvent, ...], int]:
    """Return a calendar, its events that are not past, and the SEQUENCE to take them away with.

    Raises ValueError, which goes on after the name of the file.
    """
    if data is None:
        raise ValueError("is gone from the folder")
    earlier = read_calendar(data)
    gone = list_gone(earlier, now)
    return earlier, gone, next_sequence(now, earlier) if gone else 0


def describe_record(out: Path, record: Record) -> Written:
    """Return what stands for a booking that is in no row any more."""
    return Written(
        booking=record.booking,
        status=Status.CANCELLED if record.cancelled else Status.GONE,
        files=find_standing(out, record),
        events=record.events,
        digest=record.digest,
    )
