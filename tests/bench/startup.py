"""Start-up of whole commands as multiples of `python -c pass`: make bench.

Run by the Python of an environment that holds a regular, compiled install. The
commands take turns, so that whatever else the machine does falls on all of them,
and each figure is the median of its rounds. Slowness is printed, never an error;
a command that fails is one.
"""

import argparse
import fcntl
import os
import platform
import pty
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from dataclasses import dataclass
from pathlib import Path

BIN = Path(sys.executable).parent
# Every row gets the same environment, and none the user's configuration.
SETTINGS = ("MICROCARE_", "NO_COLOR", "FORCE_COLOR", "COLUMNS")
PLAN = [
    *("plan", "--date", "2026-12-10 14:30"),
    *("--tz", "America/New_York", "--now", "2026-11-21T10:00"),
]

TYPER_ALONE = """\
import typer
app = typer.Typer()

@app.command()
def hello(name: str = "world") -> None:
    print(name)

app()
"""
TYPER_AND_TABLE = """\
import typer
app = typer.Typer()

@app.command()
def hello(name: str = "world") -> None:
    from rich.console import Console
    from rich.table import Table
    table = Table("day", "what")
    table.add_row("Thu 10 Dec", name)
    Console().print(table)

app()
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A command to measure."""

    title: str
    command: list[str]
    budget: float | None = None  # in multiples of the first row
    terminal: bool = False


def rows(folder: Path) -> list[Row]:
    """What is measured, the unit first; its scripts are written into `folder`."""
    python, microcare = sys.executable, str(BIN / "microcare")
    alone, table = folder / "alone.py", folder / "table.py"
    alone.write_text(TYPER_ALONE, encoding="utf-8")
    table.write_text(TYPER_AND_TABLE, encoding="utf-8")
    return [
        Row("python -c pass", [python, "-c", "pass"]),
        Row("floor: Typer, one command", [python, str(alone)]),
        Row("floor: Typer, its --help", [python, str(alone), "--help"]),
        Row("floor: Typer and a Rich table", [python, str(table)]),
        Row("microcare --version", [microcare, "--version"], 1.8),
        Row("microcare --help", [microcare, "--help"], 15),
        Row("microcare plan --format json", [microcare, *PLAN, "--format", "json"], 10),
        Row("microcare plan, piped", [microcare, *PLAN], 13),
        Row("microcare plan, on a terminal", [microcare, *PLAN], 14, terminal=True),
        Row(
            "microcare earliest",
            [microcare, "earliest", "--last", "Botox=2026-11-20", *PLAN[3:]],
            14,
        ),
        Row("microcare export-ics", [microcare, "export-ics", *PLAN[1:], "-o", "-"], 18),
    ]


@dataclass(frozen=True, slots=True)
class Run:
    """How one process went."""

    seconds: float
    code: int
    output: bytes


def run_piped(command: list[str], folder: Path, environment: dict[str, str]) -> Run:
    """Run with the output in a pipe."""
    begun = time.perf_counter()
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return Run(time.perf_counter() - begun, done.returncode, done.stdout)


def run_on_terminal(command: list[str], folder: Path, environment: dict[str, str]) -> Run:
    """Run with the output on a pseudo-terminal of 80 columns."""
    reader, writer = pty.openpty()
    fcntl.ioctl(writer, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    begun = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=writer,
        stdout=writer,
        stderr=writer,
    )
    os.close(writer)
    output = b""
    try:
        while chunk := os.read(reader, 65536):
            output += chunk
    except OSError:  # Linux says so when the last writer has closed
        pass
    code = process.wait()
    seconds = time.perf_counter() - begun
    os.close(reader)
    return Run(seconds, code, output)


def measure(measured: list[Row], rounds: int, folder: Path) -> tuple[list[list[float]], bool]:
    """The seconds of each row's rounds, none for a row that failed, and whether any did."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)
    }
    environment |= {"TERM": "xterm-256color", "XDG_CONFIG_HOME": str(folder)}
    seconds: list[list[float]] = [[] for _ in measured]
    broken: set[int] = set()
    for turn in range(rounds + 1):  # the first warms the caches
        for number, row in enumerate(measured):
            if number in broken:
                continue
            run = run_on_terminal if row.terminal else run_piped
            result = run(row.command, folder, environment)
            if result.code != 0:
                broken.add(number)
                seconds[number].clear()
                last = result.output.decode(errors="replace").strip().splitlines()[-1:]
                print(f"broken: {row.title}: exit {result.code}", *last, file=sys.stderr)
            elif turn:
                seconds[number].append(result.seconds)
    return seconds, bool(broken)


def table(measured: list[Row], seconds: list[list[float]]) -> list[str]:
    """Each row's median and its ratio to the first row's, beside its budget."""
    unit = statistics.median(seconds[0])
    lines = [f"{'':31} {'ms':>7} {'ratio':>6} {'budget':>7}"]
    for row, times in zip(measured, seconds, strict=True):
        budget = "" if row.budget is None else f"{row.budget:g}"
        if times:
            median = statistics.median(times)
            over = "  over" if row.budget is not None and median / unit > row.budget else ""
            figures = f"{median * 1000:7.1f} {median / unit:6.2f}"
        else:
            over, figures = "", f"{'broken':>7} {'':6}"
        lines.append(f"{row.title:31} {figures} {budget:>7}{over}".rstrip())
    return lines


def main() -> int:
    """Measure and print; 1 where a command failed."""
    parser = argparse.ArgumentParser(description="Measure start-up.")
    parser.add_argument("--rounds", type=int, default=21, help="15 or more for a steady figure")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        measured = rows(folder)
        seconds, broken = measure(measured, rounds, folder)
    print(f"Python {platform.python_version()}, medians of {rounds} interleaved rounds")
    print(*table(measured, seconds), sep="\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
