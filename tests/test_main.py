"""The entry point: fast where nothing heavy is needed."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from microcare.__main__ import main
from microcare.version import __version__
from tests.commands.running import BOOKING, clean_environment, run_process

if TYPE_CHECKING:
    from pathlib import Path

PAGES = {"jinja2", "segno", "typst"}
HEAVY = {"rich", "typer", "yaml", "ics", "zoneinfo", "dateutil", "tomllib", "dataclasses", *PAGES}


def imported(*arguments: str, home: Path) -> set[str]:
    """Return the modules that a command line loads."""
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


def test_json_loads_no_terminal(tmp_path: Path) -> None:
    """Data for a program needs no Rich and no calendar, nor what is not configured."""
    found = imported("plan", *BOOKING, "--format", "json", home=tmp_path)
    assert found & {"rich", "rich.console", "ics", "tomllib", "tzlocal", *PAGES} == set()


def test_piped_text_loads_no_chart(tmp_path: Path) -> None:
    """A plan in a pipe needs no chart, no other format and no configuration."""
    found = imported("plan", *BOOKING, home=tmp_path)
    unneeded = {"rich.markdown", "rich.traceback", "pygments", "ics", "tomllib", "tzlocal"}
    ours = {"microcare.render.chart", "microcare.export.data.plan", "microcare.wording.handout"}
    assert found & (unneeded | ours | PAGES) == set()


@pytest.mark.parametrize("arguments", [("plan",), ("can", "sun"), ("export-ics", "-o", "-")])
def test_english_loads_no_other_language(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """Catalogues, the locale data of dates and translated sheets are for who asks for them."""
    found = imported(*arguments, *BOOKING, home=tmp_path)
    ours = {"microcare.load.protocol.translating", "microcare.wording.stated"}
    assert {each for each in found if each.partition(".")[0] == "babel"} == set()
    assert found & ours == set()


def test_help_loads_no_protocol(tmp_path: Path) -> None:
    """Help is there before YAML, time zones and Rich are."""
    found = imported("--help", home=tmp_path)
    assert (
        found & {"yaml", "zoneinfo", "rich", "rich.console", "microcare.load.protocol.protocol"}
        == set()
    )
