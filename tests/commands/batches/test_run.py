"""A run over a table: what it holds in memory, and what it knows of a table beforehand."""

from __future__ import annotations

import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

from microcare.commands.batches.rows import open_table
from microcare.commands.batches.run import Order, Survey, run_batch, survey_rows
from microcare.load.library.settings import Settings
from tests.commands.batches.tables import HEAD, put_table

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
    assert list(found.twice.values()) == [(6, 7)]


def measure_peak(folder: Path, count: int) -> int:
    """Return how many bytes a run over so many rows takes at the most; each of them fails."""
    rows = "".join(f"2026-{each:06},\n" for each in range(count))
    file = put_table(folder, f"{HEAD}{rows}")
    order = Order(folder, datetime(2026, 11, 21, 15, tzinfo=UTC), Settings())
    tracemalloc.start()
    with open_table(str(file)) as table:
        run_batch(table, survey_rows(table), order, lambda *_: None)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def test_memory_hardly_grows_with_the_rows(tmp_path: Path) -> None:
    """A chain's year is no heavier than a morning, but for a number or two a booking."""
    few, many = (measure_peak(tmp_path, each) for each in (500, 5000))
    assert many - few < MOST * 4500
