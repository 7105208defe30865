"""Start-up of whole commands as multiples of the floor that each stands on: make bench.

Run by the Python of an environment that holds a regular, compiled install. A floor is
what a command could not do without: Python, Typer with one command, that with a Rich
table or with `ics` imported. All take turns, so that whatever else the machine does falls
on all of them, and each figure is the median of its rounds. What is counted is the time
on a processor, that of waiting for one left out. Slowness is printed, never an error; a
command that fails is one.
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
from dataclasses import dataclass
from pathlib import Path

BIN = Path(sys.executable).parent
# Every row gets the same environment, and none the user's configuration.
SETTINGS = ("MICROCARE_", "NO_COLOR", "FORCE_COLOR", "COLUMNS")
PLAN = [
    *("plan", "--date", "2026-12-10 14:30"),
    *("--tz", "America/New_York", "--now", "2026-11-21T10:00"),
]

TYPER_AND = """\
import typer
app = typer.Typer()

@app.command()
def hello(name: str = "world") -> None:
    {}

app()
"""
PRINT = "print(name)"
PRINT_TABLE = """\
from rich.console import Console
    from rich.table import Table
    table = Table("day", "what")
    table.add_row("Thu 10 Dec", name)
    Console().print(table)"""
IMPORT_ICS = "import ics"


@dataclass(frozen=True, slots=True)
class Row:
    """A command to measure."""

    title: str
    command: list[str]
    floor: str | None = None  # the title of the row that it is a multiple of; none for a floor
    budget: float | None = None
    terminal: bool = False


def rows(folder: Path) -> list[Row]:
    """What is measured, the floors first; their scripts are written into `folder`."""
    python, microcare = sys.executable, str(BIN / "microcare")
    bare, typer, table, ics = "Python", "Typer", "Typer, table", "Typer, ics"

    def write_floor(title: str, body: str) -> Row:
        script = folder / f"{title}.py"
        script.write_text(TYPER_AND.format(body), encoding="utf-8")
        return Row(title, [python, str(script)])

    export = ["export-ics", *PLAN[1:], "-o", "-"]
    earliest = ["earliest", "--last", "Botox=2026-11-20", *PLAN[3:]]
    as_json = ["--format", "json"]
    return [
        Row(bare, [python, "-c", "pass"]),
        write_floor(typer, PRINT),
        write_floor(table, PRINT_TABLE),
        write_floor(ics, IMPORT_ICS),
        Row("microcare --version", [microcare, "--version"], bare, 1.7),
        Row("microcare --help", [microcare, "--help"], typer, 1.05),
        Row("microcare plan --format json", [microcare, *PLAN, *as_json], typer, 1.4),
        Row("microcare plan, piped", [microcare, *PLAN], table, 1.25),
        # With a pager it would wait for a key.
        Row(
            "microcare plan, on a terminal",
            [microcare, *PLAN, "--no-pager"],
            table,
            terminal=True,
        ),
        Row("microcare earliest", [microcare, *earliest], table),
        Row(
            "microcare diff --format json",
            [microcare, "diff", "clinic-a", "clinic-b", *as_json],
            typer,
            1.8,
        ),
        Row("microcare export-ics", [microcare, *export], ics, 1.2),
    ]


@dataclass(frozen=True, slots=True)
class Run:
    """How one process went."""

    seconds: float
    code: int
    output: bytes


def run_piped(command: list[str], folder: Path, environment: dict[str, str]) -> Run:
    """Run with the output in a pipe."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout is not None
    with process.stdout as stream:
        output = stream.read()
    return finish(process, output)


def finish(process: subprocess.Popen[bytes], output: bytes) -> Run:
    """Wait for the end of a process that has closed its output."""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)  # lest it be waited for again
    return Run(used.ru_utime + used.ru_stime, process.returncode, output)


def run_on_terminal(command: list[str], folder: Path, environment: dict[str, str]) -> Run:
    """Run with the output on a pseudo-terminal of 80 columns."""
    reader, writer = pty.openpty()
    fcntl.ioctl(writer, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
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
    os.close(reader)
    return finish(process, output)


def measure(measured: list[Row], rounds: int, folder: Path) -> tuple[list[list[float]], bool]:
    """The seconds of each row's rounds, none for a row that failed, and whether any did."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)
    }
    environment |= {"TERM": "xterm-256color"}
    environment |= dict.fromkeys(("XDG_CONFIG_HOME", "XDG_CACHE_HOME"), str(folder))
    seconds: list[list[float]] = [[] for _ in measured]
    broken: set[int] = set()
    for turn in range(rounds + 1):  # the first fills the caches
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
    """Each row's median and its ratio to its floor's, beside its budget."""
    lines = [f"{'':30} {'ms':>6} {'ratio':>6} {'budget':>7}  floor"]
    medians = {
        row.title: statistics.median(times)
        for row, times in zip(measured, seconds, strict=True)
        if times
    }
    for row in measured:
        median, floor = medians.get(row.title), medians.get(row.floor or "")
        figure = "broken" if median is None else f"{median * 1000:.1f}"
        ratio = None if median is None or floor is None else median / floor
        over = row.budget is not None and ratio is not None and ratio > row.budget
        budget = "" if row.budget is None else f"{row.budget:g}"
        lines.append(
            f"{row.title:30} {figure:>6} {'' if ratio is None else f'{ratio:.2f}':>6} "
            f"{budget:>7}  {row.floor or '':12}{'  over' if over else ''}".rstrip()
        )
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
    version = platform.python_version()
    print(f"Python {version}, processor time, medians of {rounds} interleaved rounds")
    print(*table(measured, seconds), sep="\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
