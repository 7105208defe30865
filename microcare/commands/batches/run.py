"""A run over a table: every row in its order, by one process or by several, and the manifest."""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from threading import Thread

from microcare.commands.batches.manifest import MANIFEST, manifest_line, sweep_folder
from microcare.commands.batches.reasons import Reason, tell_standing
from microcare.commands.batches.records import (
    RECORDS,
    RESUME,
    Status,
    find_standing,
    list_records,
    make_stem,
    read_record,
)
from microcare.commands.batches.rows import BadRow, Row, Table
from microcare.commands.batches.writing import (
    Written,
    cancel_booking,
    describe_record,
    write_booking,
)
from microcare.commands.shared.files import lock_folder, open_whole
from microcare.commands.shared.pages import PageFormat
from microcare.core.values import value
from microcare.load.library.settings import Settings
from microcare.load.source.refusals import UNFINISHED, Refusal

_CHUNK = 8
"""Rows that a process is given at once."""
_AHEAD = 4
"""Such parcels for each process, at the most: what waits is held in memory."""

Report = Callable[[int | None, Written], None]
"""Takes what became of each row with its line, or of a booking that has none, None."""


@value
class Order:
    """What a run is to do: the folder, the moment, the settings, and what else is wanted."""

    out: Path
    now: datetime
    settings: Settings
    handout: PageFormat | None = None
    jobs: int = 1
    cancel_missing: bool = False


@value
class Survey:
    """What a table holds: how many rows, and which bookings stand in more than one.

    `known` are the hashes of the rows by those of their bookings, since there may be a million.
    `repeated` are the lines of rows that say what an earlier one says, `twice` the lines of those
    that say something else of the same booking, by its hash. Of `unread` rows nobody knows which
    booking they are of.
    """

    total: int
    known: dict[int, int]
    repeated: frozenset[int]
    twice: dict[int, tuple[int, ...]]
    unread: int


@value
class Tally:
    """How a run ended: how many rows are how, and how many `others`, of which there is no row.

    Of so many rows a file was `written` this time, and so many calendars were `cancelled`. The
    table may have `changed` meanwhile; bookings that are missing may be `spared`, because it isn't
    known which these are.
    """

    counts: Counter[Status]
    others: Counter[Status]
    written: int
    cancelled: int
    changed: bool
    spared: bool

    @property
    def is_clean(self) -> bool:
        """Whether there is nothing for anybody to look after."""
        bad = self.counts[Status.FAILED] + self.counts[Status.DO_NOT_TREAT]
        bad += self.others[Status.FAILED]
        return not (bad or self.changed or self.spared)


def survey_rows(table: Table) -> Survey:
    """Read a table through."""
    known: dict[int, int] = {}
    repeated: set[int] = set()
    twice: dict[int, tuple[int, ...]] = {}
    total = unread = 0
    for row in table.read():
        total += 1
        if isinstance(row, BadRow) or "booking" not in row.cells:
            unread += 1
            continue
        key, told = _hash(make_stem(row.cells["booking"])), _hash(repr(row.cells))
        if key not in known:
            known[key] = told
        elif known[key] == told:
            repeated.add(row.line)
        else:
            twice[key] = (*twice.get(key, ()), row.line)
    return Survey(total, known, frozenset(repeated), twice, unread)


def _hash(text: str) -> int:
    """Return a number of 56 bits, which takes half of the memory of one of 64."""
    return int.from_bytes(sha256(text.encode(errors="surrogatepass")).digest()[:7])


def run_batch(table: Table, survey: Survey, order: Order, report: Report) -> Tally:
    """Write every row that is not written yet, and the manifest; return how it ended.

    `report` hears of each row in its order, then of each booking that is in no row any more. Raises
    Refusal where the folder is in use or takes no file: what was written stays and is not written
    again.
    """
    counts: Counter[Status] = Counter()
    others: Counter[Status] = Counter()
    changed: Counter[bool] = Counter()
    with lock_folder(order.out, wait=False):
        sweep_folder(order.out)
        results = _write_rows(order, _list_work(table, survey, order.out), survey.total)
        gone = _list_gone(table, survey, order)
        with open_whole(order.out / MANIFEST, force=True, elsewhere=RESUME) as file:
            for line, written in chain(results, gone):
                file.write(manifest_line(written, line))
                (others if line is None else counts)[written.status] += 1
                changed[line is None] += bool(written.changed)
                report(line, written)
    spared = _spares(table, survey, order)
    return Tally(counts, others, changed[False], changed[True], table.has_changed, spared)


_Work = Iterator[tuple[int | None, Row | Written]]
_Results = Iterator[tuple[int | None, Written]]


def _list_work(table: Table, survey: Survey, out: Path) -> _Work:
    """Yield what is to be done for each row, or what became of it where that is known already."""
    first: dict[int, int] = {}
    for row in table.read():
        if isinstance(row, BadRow):
            told = (row.message, row.hint)
            yield row.line, Written("", Status.FAILED, {}, reason=Reason.CELLS, told=told)
            continue
        booking = row.cells.get("booking", "")
        stem = make_stem(booking)
        key = _hash(stem)
        if key in survey.twice:
            lines = {first.setdefault(key, row.line), *survey.twice[key]} - {row.line}
            *more, last = map(str, sorted(lines))
            others = f"Lines {', '.join(more)} and {last} say" if more else f"Line {last} says"
            message = f"{others} something else of the same booking."
            hint = "Leave one of them: nobody knows which is right, and none was written."
            files = find_standing(out, read_record(out, stem))
            reason, said = Reason.DUPLICATE, (message, hint, *tell_standing(files))
            yield row.line, Written(booking, Status.FAILED, files, reason=reason, told=said)
        elif row.line in survey.repeated:
            yield row.line, Written(booking, Status.REPEATED, {})
        else:
            yield row.line, row


def _list_gone(table: Table, survey: Survey, order: Order) -> _Results:
    """Yield what becomes of the bookings that are in no row any more."""
    gone = sorted(each for each in list_records(order.out) if _hash(each) not in survey.known)
    cancels = order.cancel_missing and not _spares(table, survey, order)
    for stem in gone:
        if cancels:
            written = cancel_booking(stem, order.out, now=order.now)
        else:
            record = read_record(order.out, stem)
            written = None if record is None else describe_record(order.out, record)
        yield None, _refuse_record(stem) if written is None else written


def _refuse_record(stem: str) -> Written:
    name = f"{RECORDS}/{stem}.json"
    message = f"{name} can't be read, and its booking, which is in no row, was not looked after."
    hint = f"Delete it; export-ics --cancel takes {stem}.ics from the phone if that stands there."
    return Written("", Status.FAILED, {}, reason=Reason.FILE, told=(message, hint))


def _spares(table: Table, survey: Survey, order: Order) -> bool:
    """Return whether a booking that seems to be missing may stand in a row that wasn't read."""
    return order.cancel_missing and (survey.unread > 0 or table.has_changed)


def _write_rows(order: Order, work: _Work, total: int) -> _Results:
    jobs = min(order.jobs, -(-total // _CHUNK))
    if jobs > 1:
        yield from _share_rows(order, work, jobs)
        return
    for each in work:
        yield from _write_parcel(order, [each])


def _share_rows(order: Order, work: _Work, jobs: int) -> _Results:
    """Yield what becomes of rows that several processes write, in the order of the rows."""
    # Each begins anew: a fork would share the threads and locks of whoever calls this.
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _prepare_process)
    waiting: deque[Future[list[tuple[int | None, Written]]]] = deque()
    try:
        while parcel := list(islice(work, _CHUNK)):
            with _deaf_to_stopping():
                waiting.append(pool.submit(_write_parcel, order, parcel))
            if len(waiting) >= jobs * _AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool as error:
        message = "A process of this run was ended from outside."
        raise Refusal(message, RESUME, UNFINISHED) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _write_parcel(
    order: Order, parcel: list[tuple[int | None, Row | Written]]
) -> list[tuple[int | None, Written]]:
    return [
        (line, each if isinstance(each, Written) else _write_row(order, each))
        for line, each in parcel
    ]


def _write_row(order: Order, row: Row) -> Written:
    return write_booking(
        row.cells, order.out, now=order.now, handout=order.handout, settings=order.settings
    )


@contextmanager
def _deaf_to_stopping() -> Iterator[None]:
    """Let processes begin that Ctrl-C doesn't reach from their first moment on.

    Where signals can't be held back, on Windows, these hear it until they are prepared.
    """
    if sys.platform == "win32":
        yield
        return
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _prepare_process() -> None:
    """Leave Ctrl-C to the process that began this one, and end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    beginner = parent_process()
    if beginner is not None:
        Thread(target=_end_with, args=(beginner.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(UNFINISHED)
