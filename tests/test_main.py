"""The entry point: fast where nothing heavy is needed."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from microcare.__main__ import main
from microcare.version import __version__
from tests.commands.running import BOOKING, DATE, ZONE, clean_environment, run_process

if TYPE_CHECKING:
    from pathlib import Path

PAGES = {"jinja2", "segno", "typst"}
HEAVY = {"rich", "typer", "yaml", "ics", "zoneinfo", "dateutil", "tomllib", "dataclasses", *PAGES}


def imported(*arguments: str, home: Path) -> set[str]:
    """Return the modules that a command line loads, where its protocols were read before."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "microcare", *arguments],
        env={
            **clean_environment(home),
            "COVERAGE_PROCESS_CONFIG": "",
            "COVERAGE_PROCESS_START": "",
        },
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0
    rows = re.findall(r"^import time: .*\| +(\S+)$", done.stderr.decode(), re.MULTILINE)
    assert "microcare" in rows
    return set(rows)


def test_version_is_exact(tmp_path: Path) -> None:
    """One line, the name and the number, nothing on stderr."""
    done = run_process("--version", home=tmp_path)
    assert (done.code, done.out, done.err) == (0, f"microcare {__version__}\n", "")


def test_version_loads_nothing_heavy(tmp_path: Path) -> None:
    """It is answered before the command line is even built."""
    found = imported("--version", home=tmp_path)
    assert found & (HEAVY | {"microcare.cli", "argparse"}) == set()


def test_version_answers_in_this_process(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The installed command calls the same function."""
    monkeypatch.setattr(sys, "argv", ["microcare", "--version"])
    assert main() == 0
    assert capsys.readouterr().out == f"microcare {__version__}\n"


@pytest.fixture(scope="module", autouse=True)
def keep_protocols(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Have the built-in protocols read, and so kept."""
    imported("protocols", home=tmp_path_factory.mktemp("home"))


PARSING = {"yaml", "microcare.load.protocol.protocol", "microcare.load.source.nodes"}
READING = {*PARSING, "microcare.load.library.protocols"}
PLANNING = {"microcare.core.plan.plan", "microcare.load.typed_date.reading"}
COMPARING = {"microcare.core.compare.protocols", "microcare.wording.compare.verdicts"}
DATING = {"dateutil", "microcare.core.time.appointment", "microcare.core.time.calendars"}
CHECKING = {"microcare.load.check.checked_files", "fractions"}
CALENDAR = {"ics", "arrow", "tatsu", "microcare.export.ics.writer"}
DATA = {"json", "microcare.export.data.plan"}
SHOWING = {"rich.table", "rich.markdown", "rich.traceback", "pygments"}
TERMINAL = {"rich", "rich.console", *SHOWING}
# What is not configured, languages that are not spoken, what only tests have.
RARE = {"babel", "tomllib", "tomlkit", "tzlocal", "dask", "icalendar", *PAGES}
PLAN = ("plan", *BOOKING)
DIFF = ("diff", "clinic-a", "clinic-b")
AS_JSON = ("--format", "json")
UNNEEDED: dict[tuple[str, ...], set[str]] = {
    ("--help",): {
        *(*TERMINAL, *CALENDAR, *READING, *PLANNING, "zoneinfo", "dateutil", "tempfile"),
        *("microcare.commands.plan", "microcare.commands.shared.options"),
    },
    ("plan", "--help"): {*TERMINAL, *CALENDAR, *READING, *PLANNING, "zoneinfo", "dateutil"},
    ("protocols", *AS_JSON): {*PARSING, *TERMINAL, *CALENDAR, *PLANNING, *COMPARING, *CHECKING},
    ("plan", *DATE, *ZONE, "--now", "2026-11-21T10:00", *AS_JSON): {
        *PARSING,
        "microcare.load.typed_date.phrase",
        *TERMINAL,
        *CALENDAR,
        *COMPARING,
        *CHECKING,
        "microcare.wording.plan.brief",
    },
    PLAN: {
        *(*PARSING, *SHOWING, *CALENDAR, *COMPARING, *CHECKING, *DATA),
        *("microcare.render.chart", "microcare.wording.handout"),
    },
    (*DIFF, *AS_JSON): {*PARSING, *TERMINAL, *CALENDAR, *DATING, *PLANNING, *CHECKING},
    DIFF: {"rich.markdown", "pygments", *PARSING, *CALENDAR, *PLANNING, *CHECKING, *DATA},
    ("export-ics", *BOOKING, "-o", "-"): {*PARSING, *TERMINAL, *COMPARING, *CHECKING},
    ("can", "sun", *BOOKING): {*PARSING, *SHOWING, *CALENDAR, *COMPARING, *CHECKING, *DATA},
    ("earliest", "--last", "Botox=2026-11-20", *BOOKING[2:]): {*PARSING, *CALENDAR, *CHECKING},
    ("show", "clinic-a"): {*PARSING, *CALENDAR, *PLANNING, *COMPARING, *CHECKING, *DATA},
    ("check", "clinic-a"): {*SHOWING, *CALENDAR, *COMPARING, "microcare.load.typed_date.reading"},
}
"""What a command line must not load. Only `check` parses a protocol that was read before."""


@pytest.mark.parametrize("command", UNNEEDED, ids=" ".join)
def test_a_command_loads_nothing_it_does_not_need(command: tuple[str, ...], tmp_path: Path) -> None:
    """Each module that loads without need is paid for on every start."""
    found = imported(*command, home=tmp_path)
    assert found & (UNNEEDED[command] | RARE | PAGES) == set()


@pytest.mark.parametrize("arguments", [("plan",), ("can", "sun"), ("export-ics", "-o", "-")])
def test_english_loads_no_other_language(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """Catalogues, the locale data of dates and translated sheets are for who asks for them."""
    found = imported(*arguments, *BOOKING, home=tmp_path)
    ours = {"microcare.load.protocol.translating", "microcare.wording.stated"}
    assert {each for each in found if each.partition(".")[0] == "babel"} == set()
    assert found & ours == set()
