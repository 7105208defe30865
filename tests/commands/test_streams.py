"""Streams that are closed or full: the exit code is that of the job, and what is said is true."""

from __future__ import annotations

import os
import subprocess
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from tests.commands.forks import can_fork, start_fork
from tests.commands.running import (
    BOOKING,
    COMMAND,
    DATE,
    NOW,
    ZONE,
    Outcome,
    clean_environment,
    read_outcome,
    run_process,
    start_process,
)

FULL = Path("/dev/full").exists()
needs_full = pytest.mark.skipif(not FULL, reason="no device that is always full")
UNHEARD = ["2>&-", *(["2>/dev/full"] if FULL else [])]

WRITING = {
    "export-ics": ("export-ics", *BOOKING, "-o", "made"),
    "new": ("new", "ours", "-o", "made"),
}
PRINTING = {
    "version": (("--version",), 0),
    "help": (("--help",), 0),
    "help of plan": (("plan", "--help"), 0),
    "plan": (("plan", *BOOKING), 0),
    "plan as data": (("plan", *BOOKING, "--format", "json"), 0),
    "plan that is forbidden": (("plan", *BOOKING, "--with", "pregnancy"), 1),
    "diff": (("diff", "clinic-a", "clinic-b", "--exit-code"), 1),
    "protocols": (("protocols",), 0),
    "show": (("show", "clinic-a"), 0),
    "check": (("check", "./none.yaml"), 2),
    "schema": (("schema",), 0),
    "new": (("new", "ours", "-o", "-"), 0),
    "export-ics": (("export-ics", *BOOKING, "-o", "-"), 0),
}
"""A command line for each command, and how it ends."""

printing = pytest.mark.parametrize(("arguments", "code"), PRINTING.values(), ids=PRINTING)
writing = pytest.mark.parametrize("arguments", WRITING.values(), ids=WRITING)


def run_with(streams: str, *arguments: str, folder: Path) -> Outcome:
    """Run `microcare` in a folder, with its streams redirected as a shell does it."""
    variables = clean_environment(folder)
    if not can_fork(variables):
        shell = ("sh", "-c", f'exec "$0" "$@" {streams}', *COMMAND)
        return run_process(*arguments, home=folder, command=shell, folder=folder)
    with ExitStack() as files:
        out, err = (files.enter_context(TemporaryFile()) for _ in range(2))
        none = files.enter_context(Path(os.devnull).open("rb"))
        given = {0: none.fileno(), 1: out.fileno(), 2: err.fileno()}
        for each in streams.split():
            number = int(each[0]) if each[0].isdigit() else int(each[0] == ">")
            if each.endswith("&-"):
                del given[number]
            else:
                full = each.partition(">")[2]
                given[number] = files.enter_context(Path(full).open("wb", buffering=0)).fileno()
        return read_outcome(start_fork(arguments, variables, folder, given), out, err)


@printing
def test_closed_stdout_ends_with_3(arguments: tuple[str, ...], code: int, tmp_path: Path) -> None:
    """What was to be printed is lost, and the sentence says why, whatever the code would be."""
    done = run_with(">&-", *arguments, folder=tmp_path)
    assert code != 3
    assert (done.code, done.err) == (3, "microcare: could not finish: stdout is closed.\n")


@needs_full
@printing
def test_full_stdout_ends_with_3(arguments: tuple[str, ...], code: int, tmp_path: Path) -> None:
    """As above; `--version`, which is answered apart, does no better."""
    done = run_with(">/dev/full", *arguments, folder=tmp_path)
    assert code != 3
    assert (done.code, done.err) == (
        3,
        "microcare: could not finish: No space left on device.\n",
    )


@writing
@pytest.mark.parametrize("streams", [">&-", pytest.param(">/dev/full", marks=needs_full)])
def test_file_that_was_written_is_said_to_be(
    arguments: tuple[str, ...], streams: str, tmp_path: Path
) -> None:
    """The file is there and whole; what was lost is its name on stdout."""
    done = run_with(streams, *arguments, folder=tmp_path)
    assert done.code == 3
    assert done.err.startswith("microcare: made was written, but its name could not be printed: ")
    assert len(done.err.splitlines()) == 1
    assert run_with("", *arguments[:-1], "-", folder=tmp_path).out.encode() != b""
    assert (tmp_path / "made").stat().st_size > 1000
    assert [each.name for each in tmp_path.iterdir()] == ["made"]


@printing
def test_lost_remarks_change_no_exit_code(
    arguments: tuple[str, ...], code: int, tmp_path: Path
) -> None:
    """What was printed is complete, and 1 still means differences, problems or DO NOT TREAT."""
    heard = run_with("", *arguments, folder=tmp_path)
    assert heard.code == code
    for streams in UNHEARD:
        done = run_with(streams, *arguments, folder=tmp_path)
        assert done == Outcome(code, heard.out, "")


@writing
@pytest.mark.parametrize("streams", UNHEARD)
def test_file_is_written_without_remarks(
    arguments: tuple[str, ...], streams: str, tmp_path: Path
) -> None:
    """The job is done: 0, and the name on stdout."""
    done = run_with(streams, *arguments, folder=tmp_path)
    assert (done.code, done.out) == (0, "made\n")


@pytest.mark.parametrize("streams", UNHEARD)
def test_booking_moves_without_remarks(streams: str, tmp_path: Path) -> None:
    """What would be read aloud has a layout, and is lost like any remark."""
    known = (*ZONE, *NOW, "--booking", "4711")
    first = ("export-ics", *known, "--date", "2026-12-17 14:30", "-o", "old")
    assert run_with("", *first, folder=tmp_path).code == 0
    second = ("export-ics", *known, *DATE, "--replaces", "old", "-o", "made")
    done = run_with(streams, *second, folder=tmp_path)
    assert (done.code, done.out) == (0, "made\n")


@pytest.mark.parametrize("streams", UNHEARD)
def test_refusal_stays_bad_input_where_nobody_hears_it(streams: str, tmp_path: Path) -> None:
    """The code alone tells it then."""
    done = run_with(streams, "plan", "--date", "03/04/2026", "--tz", "UTC", folder=tmp_path)
    assert done == Outcome(2, "", "")


@writing
@pytest.mark.parametrize("streams", [">&- 2>&-", "<&- >&- 2>&-"])
def test_no_file_takes_the_place_of_a_stream(
    arguments: tuple[str, ...], streams: str, tmp_path: Path
) -> None:
    """A process without streams, as a service may start it, writes its file and nothing into it."""
    assert run_with(streams, *arguments, folder=tmp_path).code == 3
    written = (tmp_path / "made").read_bytes()
    (tmp_path / "made").unlink()
    assert run_with("", *arguments, folder=tmp_path).code == 0
    assert written == (tmp_path / "made").read_bytes()


@printing
def test_reader_who_leaves_changes_no_exit_code(
    arguments: tuple[str, ...], code: int, tmp_path: Path
) -> None:
    """`check … | head -1` under pipefail still tells that there are problems."""
    reading, pipe = os.pipe()
    os.close(reading)
    with TemporaryFile() as given, TemporaryFile() as err:
        streams = {0: given.fileno(), 1: pipe, 2: err.fileno()}
        process = start_process(arguments, clean_environment(tmp_path), streams)
        os.close(pipe)
        assert process.wait(timeout=60) == code
        err.seek(0)
        assert err.read() == b""


def test_listener_who_leaves_changes_no_exit_code(tmp_path: Path) -> None:
    """`2>&1 | true`: a refusal that nobody waits for is a refusal."""
    reading, pipe = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*COMMAND, "plan", "--date", "03/04/2026", "--tz", "UTC"],
        env=clean_environment(tmp_path),
        stdin=subprocess.DEVNULL,
        stdout=pipe,
        stderr=pipe,
        check=False,
        timeout=60,
    )
    os.close(pipe)
    assert done.returncode == 2
