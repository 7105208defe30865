"""One booking of a batch: its row and a folder in, its calendar and its handout in that folder."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from microcare.commands.batches.records import (
    RESUME,
    Record,
    Status,
    hash_bytes,
    make_stem,
    read_file,
    read_record,
    write_record,
)
from microcare.commands.batches.rows import COLUMNS
from microcare.commands.batches.sheets import Sheet, find_sheet
from microcare.commands.shared.booking import (
    Booking,
    describe_doubt,
    load_booking,
    make_plan,
    merge_clinic,
)
from microcare.commands.shared.errors import DateError
from microcare.commands.shared.files import write_file
from microcare.commands.shared.pages import PageFormat, draw_page
from microcare.commands.shared.patient_files import read_stamp, refuse_barred, refuse_guessed_zone
from microcare.commands.shared.settings import choose_zone, load_settings
from microcare.core.values import replace, value
from microcare.export.ics.builder import build_events
from microcare.export.ics.earlier import EarlierCalendar, read_calendar
from microcare.export.ics.events import CalendarEvent, CalendarOptions
from microcare.export.ics.replacements import bury_event, list_gone, next_sequence
from microcare.export.ics.writer import write_events
from microcare.language.messages import speak
from microcare.load.library.settings import Settings, Source
from microcare.load.source.refusals import DO_NOT_TREAT, ProtocolError, Refusal, quote
from microcare.version import __version__

if TYPE_CHECKING:
    from microcare.core.plan.plan import Plan
    from microcare.core.sheet.protocol import Protocol

_LONGEST_REFERENCE = 1000
_FORMULA = ("=", "+", "-", "@")
"""With these a spreadsheet takes what it reads for a formula."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_SEVERAL = re.compile(r"[;|,]")
_SEVERAL_DATED = re.compile(r"[;|]|,(?=[^,;|=]*=)")
"""A date may have a comma of its own: `Botox=Nov 20, 2026, laser=never`."""
_OPTION = re.compile(rf"--({'|'.join(COLUMNS)})\b(?: (“[^”]+”|[A-Z]\w+/\w+))?")
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


class _RowError(Exception):
    """A row that nothing is written for."""

    def __init__(self, reason: Reason, message: str, *hints: str) -> None:
        super().__init__(message)
        self.reason, self.told = reason, (message, *hints)


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
    reference = row.get("booking", "").strip()
    record = None
    try:
        _check_reference(reference)
        record = read_record(out, make_stem(reference))
        made = _Maker(row, reference, out, record, settings, handout).make(now)
    except _RowError as error:
        standing = find_standing(out, record)
        told = error.told
        if standing:
            told = (*told, f"What was written for it before still stands: {', '.join(standing)}.")
        barred = error.reason is Reason.DO_NOT_TREAT
        return Written(
            booking=reference,
            status=Status.DO_NOT_TREAT if barred else Status.FAILED,
            files=standing,
            reason=error.reason,
            told=told,
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


def find_standing(out: Path, record: Record | None) -> dict[str, str]:
    """Return the SHA-256 of the files that stand for a booking, by their names."""
    found = ((name, read_file(out / name)) for name in (record.files if record else ()))
    return {name: hash_bytes(data) for name, data in found if data is not None}


def cancel_booking(stem: str, out: Path, *, now: datetime) -> Written | None:
    """Cancel what the calendar of a booking still has ahead; return what became of it.

    None where there is no such booking. Its handout is taken away. Raises Refusal where the folder
    takes no file.
    """
    record = read_record(out, stem)
    if record is None:
        return None
    name = f"{stem}.ics"
    data = read_file(out / name)
    try:
        earlier = None if data is None else read_calendar(data)
    except ValueError:
        earlier = None
    gone = () if earlier is None or record.cancelled else list_gone(earlier, now)
    if earlier is None or not gone:
        return describe_record(out, record)
    made = earlier.stamp.date()
    sequence = next_sequence(now, earlier)
    with speak(record.language):
        events = tuple(bury_event(each, made) for each in gone)
        data = write_events(events, stamp=read_stamp(now), revision=sequence)
    old = {each: digest for each, digest in find_standing(out, record).items() if each != name}
    cancelled = replace(
        record, digest="", files={name: hash_bytes(data)}, events=0, sequence=sequence,
        cancelled=True,
    )  # fmt: skip
    write_record(out, cancelled)
    write_file(out / name, data, force=True, elsewhere=RESUME)
    for each, digest in old.items():
        if record.files[each] == digest:
            (out / each).unlink(missing_ok=True)
    return replace(describe_record(out, cancelled), changed=(name,))


def describe_record(out: Path, record: Record) -> Written:
    """Return what stands for a booking that is in no row any more."""
    return Written(
        booking=record.booking,
        status=Status.CANCELLED if record.cancelled else Status.GONE,
        files=find_standing(out, record),
        events=record.events,
        digest=record.digest,
    )


@value
class _Made:
    """The record of a row as it will be, and the bytes of the files that are not as it says."""

    record: Record
    files: Mapping[str, bytes]
    told: tuple[str, ...] = ()
    guessed_zone: str | None = None


class _Maker:
    """Makes the files of one row, and writes none; raises _RowError where there are none."""

    def __init__(
        self,
        row: Mapping[str, str],
        reference: str,
        out: Path,
        record: Record | None,
        settings: Settings,
        handout: PageFormat | None,
    ) -> None:
        self._cells = {name: row[name].strip() for name in COLUMNS if row.get(name, "").strip()}
        self._reference, self._out = reference, out
        self._record, self._settings = record, settings
        stem = make_stem(reference)
        self._calendar = f"{stem}.ics"
        # A page of an earlier run must not go on saying what the row no longer says.
        kinds = [each for each in PageFormat if record and f"{stem}.{each}" in record.files]
        self._pages = {f"{stem}.{each}": each for each in [*kinds, handout] if each}

    def make(self, now: datetime | None) -> _Made:
        for name, cell in self._cells.items():
            if _CONTROL.search(cell):
                message = f"The cell “{name}” has a character that is no text."
                raise _RowError(Reason.CELLS, message, "Write it anew, as UTF-8.")
        if "date" not in self._cells:
            raise _RowError(Reason.DATE, "The cell “date” is empty.", "Write when it is.")
        try:
            sheet = find_sheet(self._cells.get("protocol"), self._settings)
        except Refusal as refusal:
            raise _reword(refusal, Reason.PROTOCOL) from refusal
        try:
            digest = self._hash(sheet)
            right = self._find_right(digest)
            if self._record is not None and right == {self._calendar, *self._pages}:
                return _Made(self._record, {})
            loaded = self._load(sheet, now)
            plan = make_plan(loaded, _split(self._cells.get("last", ""), _SEVERAL_DATED))
            refuse_guessed_zone(loaded)
            refuse_barred(plan, "calendar")
            with speak(loaded.language):
                return self._draw(digest, right, loaded, plan)
        except Refusal as refusal:
            raise _reword(refusal, Reason.ROW) from refusal

    def _hash(self, sheet: Sheet) -> str:
        """Return the hash of all that the files are made from but the moment."""
        zone = choose_zone(self._cells.get("tz"), self._settings, sheet.protocol).value.key
        clinic = merge_clinic(sheet.protocol.clinic, self._settings.clinic)
        asked = (clinic.name, clinic.phone, clinic.address)
        return hash_bytes(
            json.dumps([__version__, self._cells, sheet.digest, zone, asked]).encode()
        )

    def _find_right(self, digest: str) -> set[str]:
        """Return the names of the files that need not be written again."""
        record = self._record
        if record is None or record.digest != digest:
            return set()
        standing = find_standing(self._out, record)
        return {name for name, found in standing.items() if record.files[name] == found}

    def _load(self, sheet: Sheet, now: datetime | None) -> Booking:
        def find(*_: object, **__: object) -> tuple[Protocol, str]:
            return sheet.protocol, ""

        cells = self._cells
        return load_booking(
            date=cells["date"],
            protocol=cells.get("protocol"),
            zone=cells.get("tz"),
            yes=_split(cells.get("with", "")),
            no=_split(cells.get("without", "")),
            now=now,
            duration=cells.get("duration"),
            verbose=False,
            language=cells.get("language"),
            settings=self._settings,
            find=find,
        )

    def _draw(self, digest: str, right: set[str], loaded: Booking, plan: Plan) -> _Made:
        told: list[str] = []
        files: dict[str, bytes] = {}
        record = self._record
        if record is None or self._calendar not in right:
            earlier = self._read_earlier(told, changed=record is None or record.digest != digest)
            events = self._build_events(loaded, plan, earlier)
            sequence = _choose_sequence(plan.now, earlier, record)
            files[self._calendar] = write_events(
                events, stamp=read_stamp(plan.now), revision=sequence
            )
            count = sum(not each.cancelled for each in events)
        else:
            count, sequence = record.events, record.sequence
        for name, kind in self._pages.items():
            if name not in right:
                self._check_page(name)
                files[name] = _draw_page(kind, loaded, plan)
        hashes = {name: hash_bytes(data) for name, data in files.items()}
        kept = {name: record.files[name] for name in right} if record else {}
        made = Record(
            booking=self._reference,
            digest=digest,
            files=dict(sorted({**kept, **hashes}.items())),
            events=count,
            sequence=sequence,
            language=loaded.language,
        )
        if (doubt := describe_doubt(loaded.visits, plan.now)) is not None:
            told.append(f"{doubt[0].upper()}{doubt[1:]}")
        is_guess = loaded.visit.zone_source == Source.MACHINE.value
        return _Made(made, files, tuple(told), loaded.visit.zone.key if is_guess else None)

    def _read_earlier(self, told: list[str], *, changed: bool) -> EarlierCalendar | None:
        """Return the calendar that stands for the booking, if one does; note what is amiss."""
        path, name = self._out / self._calendar, self._calendar
        is_ours = self._record is not None and name in self._record.files
        data = read_file(path)
        if data is None:
            if os.path.lexists(path):
                message = f"{name} stands there already and is no ordinary file."
                raise _RowError(Reason.FILE, message, "Move it away.")
            if is_ours and changed:
                told.append(_lost(f"{name} is gone from the folder"))
            return None
        try:
            return read_calendar(data)
        except ValueError as error:
            if not is_ours:
                message = f"{name} stands there already and is no calendar of microcare."
                raise _RowError(Reason.FILE, message, "Move it away.") from error
            told.append(_lost(f"{name} {error}"))
            return None

    def _build_events(
        self, loaded: Booking, plan: Plan, earlier: EarlierCalendar | None
    ) -> tuple[CalendarEvent, ...]:
        options = CalendarOptions(booking=self._reference)
        if earlier is not None and self._record is None:
            own = {each.uid for each in build_events(plan, loaded.clinic, options)}
            if own.isdisjoint(each.uid for each in earlier.events):
                message = f"{self._calendar} stands there already and is of another booking."
                raise _RowError(Reason.FILE, message, "Move it away.")
        return build_events(plan, loaded.clinic, options, earlier)

    def _check_page(self, name: str) -> None:
        if os.path.lexists(self._out / name) and (
            self._record is None
            or name not in self._record.files
            or read_file(self._out / name) is None
        ):
            message = f"{name} stands there already, and no batch has written it."
            raise _RowError(Reason.FILE, message, "Move it away.")


def _check_reference(reference: str) -> None:
    """Raise _RowError where a reference can't be one."""
    if not reference:
        message = "The cell “booking” is empty."
        raise _RowError(Reason.BOOKING, message, "Give your own reference of the booking.")
    if len(reference) > _LONGEST_REFERENCE:
        message = f"The booking has more than {_LONGEST_REFERENCE:,} characters."
        raise _RowError(Reason.BOOKING, message, "Give it a shorter reference.")
    if _CONTROL.search(reference):
        message = "The booking has a character that is no text."
        raise _RowError(Reason.BOOKING, message, "Write it anew, as UTF-8.")
    if reference.startswith(_FORMULA):
        message = f"The booking begins with “{reference[0]}”, as a formula of a spreadsheet does."
        raise _RowError(Reason.BOOKING, message, "Give it another reference.")


def _split(cell: str, separator: re.Pattern[str] = _SEVERAL) -> list[str]:
    return [each.strip() for each in separator.split(cell) if each.strip()]


def _choose_sequence(now: datetime, earlier: EarlierCalendar | None, record: Record | None) -> int:
    try:
        least = next_sequence(now, earlier)
    except ValueError as error:
        message = "Its earlier calendar has the highest SEQUENCE: none can replace it."
        raise _RowError(Reason.FILE, message, "Cancel its events by hand.") from error
    return max(least, record.sequence) if record is not None and earlier is None else least


def _draw_page(kind: PageFormat, loaded: Booking, plan: Plan) -> bytes:
    # Few batches have pages.
    from microcare.export.handout.page import Layout
    from microcare.wording.handout.outline import outline_handout

    page = outline_handout(plan, loaded.clinic)
    return draw_page(page, Layout(), kind, stamp=read_stamp(plan.now))


def _lost(what: str) -> str:
    return f"Its earlier calendar {what}: what of it no longer applies stays on the phone."


def _name_column(option: re.Match[str]) -> str:
    name, given = option.groups()
    return f"{given} in the column “{name}”" if given else f"“{name}”"


def _reword(refusal: Refusal, reason: Reason) -> _RowError:
    """Return a refusal of a command line as one of a row, whose columns are no options."""
    hints = [refusal.hint] if refusal.hint else []
    message = refusal.message
    if isinstance(refusal, DateError):
        reason = Reason.DATE if refusal.option == "--date" else reason
        hints = [f"Write {' or '.join(map(quote, refusal.readings))}."] if refusal.readings else []
    if isinstance(refusal, ProtocolError):
        message, hints = "The protocol can't be used.", ["See: microcare check"]
    if refusal.exit_code == DO_NOT_TREAT:
        reason = Reason.DO_NOT_TREAT
    return _RowError(reason, *(_OPTION.sub(_name_column, each) for each in (message, *hints)))
