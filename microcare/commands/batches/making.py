"""The files of one row, made and not yet written, or why there are none."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from microcare.commands.batches.reasons import CONTROL, Reason, RowError, reword_refusal
from microcare.commands.batches.records import (
    Record,
    find_standing,
    hash_bytes,
    make_stem,
    read_file,
)
from microcare.commands.batches.rows import COLUMNS
from microcare.commands.batches.sheets import Sheet, find_sheet
from microcare.commands.shared.booking import (
    Booking,
    describe_doubt,
    load_booking,
    make_plan,
    written_visit,
)
from microcare.commands.shared.pages import PageFormat, draw_page
from microcare.commands.shared.patient_files import read_stamp, refuse_barred, refuse_guessed_zone
from microcare.commands.shared.settings import choose_zone, merge_clinic
from microcare.core.values import value
from microcare.export.ics.builder import build_events
from microcare.export.ics.earlier import EarlierCalendar, read_calendar
from microcare.export.ics.events import CalendarEvent, CalendarOptions
from microcare.export.ics.replacements import next_sequence
from microcare.export.ics.writer import write_events
from microcare.language.messages import speak
from microcare.load.library.settings import Settings, Source
from microcare.load.source.refusals import Refusal, quote
from microcare.load.typed_date.reading import parse_when
from microcare.load.typed_date.when import WhenError
from microcare.version import __version__

if TYPE_CHECKING:
    from microcare.core.plan.plan import Plan
    from microcare.core.sheet.protocol import Protocol

_MUCH_LATER = timedelta(days=367)
_SEVERAL = re.compile(r"[;|,]")
_SEVERAL_DATED = re.compile(r"[;|]|,(?=[^,;|=]*=)")
"""A date may have a comma of its own: `Botox=Nov 20, 2026, laser=never`."""


@value
class Made:
    """The record of a row as it will be, and the bytes of the files that are not as it says."""

    record: Record
    files: Mapping[str, bytes]
    told: tuple[str, ...] = ()
    guessed_zone: str | None = None


class Maker:
    """Makes the files of one row, and writes none; raises RowError where there are none."""

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
        self._cells["booking"] = reference
        self._reference, self._out = reference, out
        self._record, self._settings = record, settings
        stem = make_stem(reference)
        self._calendar = f"{stem}.ics"
        # A page of an earlier run must not go on saying what the row no longer says.
        kinds = [each for each in PageFormat if record and f"{stem}.{each}" in record.files]
        self._pages = {f"{stem}.{each}": each for each in [*kinds, handout] if each}

    def make(self, now: datetime | None) -> Made:
        """Return the files that are not right yet; raises RowError."""
        for name, cell in self._cells.items():
            if CONTROL.search(cell):
                message = f"The cell “{name}” has a character that is no text."
                raise RowError(Reason.CELLS, message, "Write it anew, as UTF-8.")
        if "date" not in self._cells:
            raise RowError(Reason.DATE, "The cell “date” is empty.", "Write when it is.")
        try:
            sheet = find_sheet(self._cells.get("protocol"), self._settings)
        except Refusal as refusal:
            raise reword_refusal(refusal, Reason.PROTOCOL) from refusal
        try:
            digest = self._hash(sheet)
            right = self._find_right(digest)
            if self._record is not None and right == {self._calendar, *self._pages}:
                return Made(self._record, {})
            loaded = self._load(sheet, now)
            _refuse_passing_date(self._cells["date"], loaded)
            plan = make_plan(loaded, _split(self._cells.get("last", ""), _SEVERAL_DATED))
            refuse_guessed_zone(loaded)
            refuse_barred(plan, "calendar")
            with speak(loaded.language):
                return self._draw(digest, right, loaded, plan)
        except RowError:
            raise
        except Refusal as refusal:
            raise reword_refusal(refusal, Reason.ROW) from refusal

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

    def _draw(self, digest: str, right: set[str], loaded: Booking, plan: Plan) -> Made:
        told: list[str] = []
        files: dict[str, bytes] = {}
        record = self._record
        if record is None or self._calendar not in right:
            earlier = self._read_earlier(told, digest)
            events = self._build_events(loaded, plan, earlier)
            sequence = _choose_sequence(plan.now, earlier, record)
            files[self._calendar] = write_events(
                events, stamp=read_stamp(plan.now), revision=sequence
            )
            count = sum(not each.content.cancelled for each in events)
            tombstones = len(events) - count
        else:
            count, sequence, tombstones = record.events, record.sequence, record.tombstones
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
            tombstones=tombstones,
        )
        if (doubt := describe_doubt(loaded.visits, plan.now)) is not None:
            told.append(f"{doubt[0].upper()}{doubt[1:]}")
        is_guess = loaded.visit.zone_source == Source.MACHINE.value
        return Made(made, files, tuple(told), loaded.visit.zone.key if is_guess else None)

    def _read_earlier(self, told: list[str], digest: str) -> EarlierCalendar | None:
        """Return the calendar that stands for the booking, if one does; note what is amiss."""
        path, name = self._out / self._calendar, self._calendar
        record = self._record
        loses = record is not None and (record.digest != digest or record.tombstones > 0)
        data = read_file(path)
        if data is None:
            if os.path.lexists(path):
                message = f"{name} stands there already and is no ordinary file."
                raise RowError(Reason.FILE, message, "Move it away.")
            if loses:
                told.append(_lost(f"{name} is gone from the folder"))
            return None
        try:
            return read_calendar(data)
        except ValueError as error:
            if record is None:
                message = f"{name} stands there already and is no calendar of microcare."
                raise RowError(Reason.FILE, message, "Move it away.") from error
            if loses:
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
                raise RowError(Reason.FILE, message, "Move it away.")
        return build_events(plan, loaded.clinic, options, earlier)

    def _check_page(self, name: str) -> None:
        if os.path.lexists(self._out / name) and (
            self._record is None
            or name not in self._record.files
            or read_file(self._out / name) is None
        ):
            message = f"{name} stands there already, and no batch has written it."
            raise RowError(Reason.FILE, message, "Move it away.")


def _refuse_passing_date(text: str, loaded: Booking) -> None:
    """Raise RowError of a date like “tomorrow 9am”, which is another one in the next run.

    A row that was written once would be taken for done, or move an appointment by itself.
    """
    zone = loaded.visit.zone
    with suppress(WhenError):
        if parse_when(text, now=loaded.now + _MUCH_LATER, zone=zone).date == loaded.visit.day:
            return
    message = f"{quote(text)} depends on the day on which it is read."
    raise RowError(
        Reason.DATE, message, f"Write it with its year: {quote(written_visit(loaded.visit))}."
    )


def _split(cell: str, separator: re.Pattern[str] = _SEVERAL) -> list[str]:
    return [each.strip() for each in separator.split(cell) if each.strip()]


def _choose_sequence(now: datetime, earlier: EarlierCalendar | None, record: Record | None) -> int:
    try:
        least = next_sequence(now, earlier)
    except ValueError as error:
        message = "Its earlier calendar has the highest SEQUENCE: none can replace it."
        raise RowError(Reason.FILE, message, "Cancel its events by hand.") from error
    return max(least, record.sequence) if record is not None and earlier is None else least


def _draw_page(kind: PageFormat, loaded: Booking, plan: Plan) -> bytes:
    # Few batches have pages.
    from microcare.export.handout.page import Layout
    from microcare.wording.handout.outline import outline_handout

    page = outline_handout(plan, loaded.clinic)
    return draw_page(page, Layout(), kind, stamp=read_stamp(plan.now))


def _lost(what: str) -> str:
    return f"Its earlier calendar {what}: what of it no longer applies stays on the phone."
