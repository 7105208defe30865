"""A run over a table: what it holds in memory, and what it knows of a table beforehand."""

from __future__ import annotations

import gc
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

from microcare.commands.batches.records import Status
from microcare.commands.batches.rows import open_table
from microcare.commands.batches.run import Order, Survey, Tally, run_batch, survey_rows
from microcare.load.library.settings import Chosen, Settings, Source
from tests.commands.batches.tables import HEAD, put_table
from tests.commands.running import put_protocol

MOST = 200
"""Bytes a row beyond a flat base."""


def survey(folder: Path, text: str) -> Survey:
    """Return what is known of a table before its rows are written."""
    with open_table(str(put_table(folder, text))) as table:
        return survey_rows(table)


def test_rows_of_one_booking_are_known_before_any_is_written(tmp_path: Path) -> None:
    """Those that say the same are one; of those that don't, nobody knows which is right."""
    found = survey(tmp_path, f"{HEAD}1,a\n1,a\n2,a\n2,b\n2,c\nx\n,a\n3,a\n")
    assert (found.total, found.unread, len(found.known)) == (8, 2, 3)
    assert found.repeated == {3}
    assert list(found.twice.values()) == [(5, 6)]


def test_nothing_is_cancelled_by_a_table_that_changes(tmp_path: Path) -> None:
    """It may be cut short at this moment, and lack what it had."""
    protocol = put_protocol(tmp_path, "ours")
    tables = ["1,2026-12-10\n2,2026-12-11\n", "1,2026-12-10\n"]
    out = tmp_path / "out"
    out.mkdir()
    settings = Settings(
        protocol=Chosen(str(protocol), Source.FLAG),
        time_zone=Chosen("America/New_York", Source.FLAG),
    )
    order = Order(out, datetime(2026, 11, 21, 15, tzinfo=UTC), settings, cancel_missing=True)
    for text in tables:
        file = put_table(tmp_path, f"{HEAD}{text}")

        def grow(*_: object, file: Path = file) -> None:
            with file.open("a") as more:
                more.write("2,2026-12-11\n")

        with open_table(str(file)) as table:
            tally = run_batch(table, survey_rows(table), order, grow)
        assert tally == Tally(
            tally.counts, tally.others, tally.written, 0, changed=True, spared=True
        )
        assert not tally.is_clean
    assert b"CANCELLED" not in (out / "2.ics").read_bytes()
    assert tally.counts + tally.others == {Status.WRITTEN: 1, Status.GONE: 1}


def measure_peak(folder: Path, count: int) -> int:
    """Return how many bytes a run over so many rows takes at the most; each of them fails."""
    rows = "".join(f"2026-{each:06},\n" for each in range(count))
    file = put_table(folder, f"{HEAD}{rows}")
    order = Order(folder, datetime(2026, 11, 21, 15, tzinfo=UTC), Settings())
    usual = gc.get_threshold()
    # What waits to be collected is no memory that grows, and when it is so hangs on other tests.
    gc.collect()
    gc.set_threshold(100, 2, 2)
    tracemalloc.start()
    try:
        with open_table(str(file)) as table:
            run_batch(table, survey_rows(table), order, lambda *_: None)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        gc.set_threshold(*usual)


def test_memory_hardly_grows_with_the_rows(tmp_path: Path) -> None:
    """A chain's year is no heavier than a morning, but for a number or two a booking."""
    few, many = (measure_peak(tmp_path, each) for each in (300, 2300))
    assert many - few < MOST * 2000
