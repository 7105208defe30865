"""What one core writes in an hour, a calendar a booking, and what two make of it: in make bench.

One core is measured by the processor's time, which holds on a busy machine too; a slow disk comes
on top. Two processes of `microcare batch` are measured by the clock, beside one.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from microcare import write_booking

ROUNDS = 10
ROWS = 50
HOUR = 3600
RUNS = 2
DAYS, HOURS = 120, ("09", "10", "11", "12", "13", "14", "15", "16")
NOW = datetime(2026, 11, 21, 15, tzinfo=UTC)


def list_rows(protocol: str, count: int) -> list[dict[str, str]]:
    """Return the rows of a clinic that treats one patient a day."""
    first = date(2026, 12, 10)
    dates = (first + timedelta(days=number) for number in range(count))
    zone = "America/New_York"
    return [
        {"booking": f"visit-{day:%Y%m%d}", "date": f"{day} 14:30", "tz": zone, "protocol": protocol}
        for day in dates
    ]


def measure(protocol: str) -> None:
    """Print what a booking takes, the middle of all rounds, and how many an hour has."""
    rows = list_rows(protocol, ROUNDS * ROWS)
    taken: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        out = Path(name)
        write_booking({**rows[0], "booking": "first"}, out, now=NOW)
        for start in range(0, len(rows), ROWS):
            begin = time.process_time()
            for row in rows[start : start + ROWS]:
                write_booking(row, out, now=NOW)
            taken.append((time.process_time() - begin) / ROWS)
        begin = time.process_time()
        for row in rows:
            write_booking(row, out, now=NOW)
        again = (time.process_time() - begin) / len(rows)
    each = statistics.median(taken)
    print(f"{protocol:10} {each * 1000:6.1f} ms a booking, {HOUR / each:9,.0f} an hour", end="; ")
    print(f"{again * 1000:5.2f} ms where it is written already")


def measure_jobs() -> None:
    """Print how much sooner two processes have written a table than one, the best of some runs."""
    days = [*list_rows("clinic-a", DAYS), *list_rows("clinic-b", DAYS)]
    rows = [{**row, "date": f"{row['date'][:10]} {hour}:00"} for hour in HOURS for row in days]
    named = [{**row, "booking": f"{number}"} for number, row in enumerate(rows)]
    taken: dict[int, list[float]] = {1: [], 2: []}
    with tempfile.TemporaryDirectory() as name:
        table = Path(name) / "rows.jsonl"
        table.write_text("\n".join(map(json.dumps, named)), encoding="utf-8")
        for run in range(RUNS):
            for jobs, seconds in taken.items():
                out = str(Path(name) / f"{run} {jobs}")
                command = [sys.executable, "-m", "microcare", "batch", str(table), "--out", out]
                begin = time.perf_counter()
                subprocess.run([*command, "--jobs", f"{jobs}"], check=True, capture_output=True)
                seconds.append(time.perf_counter() - begin)
    one, two = map(min, taken.values())
    print(f"--jobs 2 is ×{one / two:.2f} as fast as one with {len(named):,} rows, 1.7 asked")


if __name__ == "__main__":
    for each in ("clinic-a", "clinic-b"):
        measure(each)
    measure_jobs()
