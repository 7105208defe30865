"""Run the command line as a user would, in this process or in one of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any

import pytest

from microcare.cli import run
from tests.commands.forks import STREAMS, Fork, can_fork, start_fork

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "microcare")

ZONE = ("--tz", "America/New_York")
NOW = ("--now", "2026-11-21T10:00-05:00")
DATE = ("--date", "2026-12-10 14:30")
BOOKING = (*DATE, *ZONE, *NOW)
"""The worked example: Thu 10 Dec 2026 at 14:30 in New York, booked on 21 November."""

# What a developer's or a server's own settings must not change.
_SETTINGS = {
    "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM",
    "TTY_COMPATIBLE", "TTY_INTERACTIVE", "COLORTERM", "TZ", "MICROCARE_PROTOCOL", "MICROCARE_TZ",
    "MICROCARE_PROTOCOLS", "PYTHONIOENCODING", "PYTHONUNBUFFERED", "PYTHONHASHSEED",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command line ended: its exit code, what went to stdout and what to stderr."""

    code: int
    out: str
    err: str


class Runner:
    """Runs command lines in this process, each in a clean environment."""

    def __init__(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path
    ) -> None:
        self.configuration = home / "microcare" / "config.toml"
        self._capsys = capsys
        self._monkeypatch = monkeypatch
        for name in _SETTINGS:
            monkeypatch.delenv(name, raising=False)
        for name in ("HOME", "XDG_CONFIG_HOME"):
            monkeypatch.setenv(name, str(home))

    def __call__(self, *arguments: str, columns: int | str = 80, **environment: str) -> Outcome:
        """Run `microcare` with these arguments; the environment holds for this run alone."""
        self._capsys.readouterr()
        with self._monkeypatch.context() as patch:
            for name, value in {"COLUMNS": str(columns), **environment}.items():
                patch.setenv(name, value)
            code = run(arguments)
        captured = self._capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    def configure(self, text: str) -> None:
        """Write the user's configuration file."""
        self.configuration.parent.mkdir(exist_ok=True)
        self.configuration.write_text(text, encoding="utf-8")


@pytest.fixture(name="microcare")
def make_runner(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Runner:
    """Return a runner without a configuration, in the New York time of the worked example."""
    home = tmp_path / "home"
    home.mkdir()
    return Runner(capsys, monkeypatch, home)


def clean_environment(home: Path, **environment: str) -> dict[str, str]:
    """Return the environment for a process of its own; coverage's variables stay in it."""
    kept = {name: value for name, value in os.environ.items() if name not in _SETTINGS}
    base = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "PYTHONPATH": str(ROOT)}
    return {**kept, **base, "PYTHONIOENCODING": "utf-8", "COLUMNS": "80", **environment}


def start_process(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    streams: Mapping[int, int],
    *,
    command: tuple[str, ...] = COMMAND,
    folder: Path | None = None,
) -> Fork | subprocess.Popen[bytes]:
    """Return a process of `microcare` with these streams, by their numbers; all of them if started.

    It is to be waited for before another is begun.
    """
    if command == COMMAND and can_fork(environment):
        return start_fork(arguments, environment, folder or Path.cwd(), streams)
    stdin, stdout, stderr = (streams[each] for each in STREAMS)
    return subprocess.Popen(
        [*command, *arguments],
        env=environment,
        cwd=folder,
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
    )


def run_process(
    *arguments: str,
    home: Path,
    environment: Mapping[str, str] | None = None,
    command: tuple[str, ...] = COMMAND,
    folder: Path | None = None,
    stdin: bytes = b"",
) -> Outcome:
    """Run `microcare` in a process of its own and read it in the encoding that it writes in."""
    variables = clean_environment(home, **(environment or {}))
    with TemporaryFile() as given, TemporaryFile() as out, TemporaryFile() as err:
        given.write(stdin)
        given.seek(0)
        streams = {number: each.fileno() for number, each in enumerate((given, out, err))}
        process = start_process(arguments, variables, streams, command=command, folder=folder)
        return read_outcome(process, out, err, variables["PYTHONIOENCODING"])


def read_outcome(
    process: Fork | subprocess.Popen[bytes],
    out: IO[bytes],
    err: IO[bytes],
    encoding: str = "utf-8",
) -> Outcome:
    """Wait for a process and return how it ended, with what it wrote into these files."""
    code = process.wait(timeout=60)
    for each in (out, err):
        each.seek(0)
    return Outcome(code, out.read().decode(encoding), err.read().decode(encoding))


def squeeze(text: str) -> str:
    """Return a text with every run of white space as one space."""
    return " ".join(text.split())


def refused(done: Outcome) -> str:
    """Return what stderr says of bad input, after checking what holds of every refusal."""
    assert (done.code, done.out) == (2, "")
    assert "Traceback" not in done.err
    assert done.err.startswith(("microcare: ", "/"))
    assert 0 < len(done.err.splitlines()) <= 6
    return squeeze(done.err)


def read_plan(microcare: Runner, *arguments: str, **environment: str) -> dict[str, Any]:
    """Return a plan's data."""
    done = microcare("plan", *DATE, *NOW, *arguments, "--format", "json", **environment)
    assert done.code == 0, done.err
    found: dict[str, Any] = json.loads(done.out)
    return found


def read_comparison(microcare: Runner, *more: str) -> dict[str, Any]:
    """Return a comparison's data."""
    done = microcare("diff", *more, "--format", "json")
    assert (done.code, done.err) == (0, "")
    data: dict[str, Any] = json.loads(done.out)
    return data


def put_protocol(folder: Path, name: str, **changes: str) -> Path:
    """Write a small protocol with these header lines into a folder; return its file."""
    header = {
        "microcare": "1", "id": name, "title": "T", "procedure": "p", "version": "1", **changes,
    }  # fmt: skip
    lines = [f"{key.replace('_', '-')}: {value}" for key, value in header.items()]
    lines += ["instructions:", "  - {id: a, avoid: sauna, until: 2 days after}"]
    folder.mkdir(exist_ok=True)
    file = folder / f"{name}.yaml"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file
