"""What another engine does with `write_booking`: here dask, of whose workers one dies."""

from __future__ import annotations

import logging
import os
import signal
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from microcare.commands.batches.records import Status
from microcare.commands.batches.writing import write_booking
from microcare.load.library.settings import read_settings

if TYPE_CHECKING:
    from tests.commands.running import Runner

cluster = pytest.importorskip("dask.distributed", reason="dask is not installed")

NOW = datetime(2026, 11, 21, 15, tzinfo=UTC)
ROWS = [
    {
        "booking": f"visit-{number}",
        "date": f"2026-12-{number + 1:02} 14:30",
        "tz": "America/New_York",
        "protocol": "clinic-a",
    }
    for number in range(24)
]


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return the bytes of each file, hidden ones too, by its path in the folder."""
    files = (each for each in folder.rglob("*") if each.is_file())
    return {str(each.relative_to(folder)): each.read_bytes() for each in files}


def test_a_worker_that_dies_takes_no_booking_with_it(microcare: Runner, tmp_path: Path) -> None:
    """The folder of two workers, one killed midway, is byte for byte that of one machine.

    `batch` finds everything right afterwards, and adds the manifest.
    """
    table, alone, shared = (tmp_path / each for each in ("rows.csv", "alone", "shared"))
    lines = (",".join(each) for each in (ROWS[0], *(row.values() for row in ROWS)))
    table.write_text("\n".join(lines), encoding="utf-8")
    shared.mkdir()
    write = partial(
        write_booking, out=shared, now=NOW, settings=read_settings({}, tmp_path / "none")
    )
    with (
        cluster.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            dashboard_address=None,
            memory_limit=0,
            local_directory=str(tmp_path / "scratch"),
            silence_logs=logging.CRITICAL,
        ) as workers,
        cluster.Client(workers) as client,
    ):
        futures = client.map(write, ROWS)
        done = cluster.as_completed(futures)
        for _ in range(len(ROWS) // 4):
            next(done)
        os.kill(workers.workers[0].pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        found = client.gather(futures)
    assert [each.status for each in found] == [Status.WRITTEN] * len(ROWS)
    for folder in (shared, alone):
        asked = ("batch", str(table), "--out", str(folder), "--now", NOW.isoformat(), "-q")
        assert microcare(*asked).code == 0
    assert read_folder(shared) == read_folder(alone)
    assert len(read_folder(alone)) == 2 * len(ROWS) + 1
