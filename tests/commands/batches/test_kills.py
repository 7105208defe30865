"""A run that is killed, at any moment: nothing is half-written, and the next one completes it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from tests.commands.batches.tables import LATER, Desk, list_calendars, put_table, read_folder
from tests.commands.running import COMMAND, NOW, ROOT, clean_environment

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no forks on this system")

ROWS = "booking,date,with\n1,2026-12-10 14:30,\nB2,2026-12-11 9am,\n3,soon,\n4,2026-12-12,\n"
CHANGED = "booking,date,with\n1,2026-12-17 9am,\n4,2026-12-12,\n5,2026-12-13,\n"
MORE = ("--handout", "html")
LONG = settings().max_examples >= 1000
STRIDE = 1 if LONG else 4
"""Every step, but in a plain run, which has a few seconds for it."""


def kill_everywhere(desk: Desk, words: list[str], start: Path | None) -> list[Path]:
    """Return the folders that runs leave which were killed before each of their steps."""
    place = desk.folder / "killed"
    place.mkdir()
    order = {
        "words": words,
        "start": start and str(start),
        "place": str(place),
        "stride": STRIDE,
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.commands.batches.killing"],
        input=json.dumps(order),
        env=clean_environment(desk.folder / "home", **desk.environment),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    return [place / str(number) for number in range(0, int(done.stdout.split()[-1]), STRIDE)]


def list_numbers(out: Path) -> dict[str, int]:
    """Return the number of each patient's file, which changes where it is written again."""
    return {each.name: each.stat().st_ino for each in out.iterdir() if each.suffix != ".jsonl"}


def test_first_run_killed_at_every_step(desk: Desk) -> None:
    """Each file that stands is whole and stays the one it is; there is no manifest till the end."""
    table = put_table(desk.folder, ROWS)
    assert desk.run(table).code == 1
    whole = read_folder(desk.out)
    killed = kill_everywhere(desk, ["batch", str(table), *NOW, "-q"], None)
    assert len(killed) * STRIDE > 25
    for out in killed:
        out.mkdir(exist_ok=True)
        stands = {name: each for name, each in read_folder(out).items() if "/" not in name}
        shown = {name: each for name, each in stands.items() if not name.startswith(".")}
        assert shown.items() <= whole.items()
        numbers = {each: number for each, number in list_numbers(out).items() if each in shown}
        desk.out = out
        assert desk.run(table).code == 1
        assert read_folder(out) == whole
        assert numbers.items() <= list_numbers(out).items()


def test_changed_run_killed_at_every_step(desk: Desk) -> None:
    """A file is the old one or the new one; tombstones, cancellations and pages too."""
    desk.fill(ROWS, *MORE)
    start = desk.folder / "start"
    shutil.copytree(desk.out, start)
    before = read_folder(start)
    table = put_table(desk.folder, CHANGED)
    again = (*MORE, "--cancel-missing")
    assert desk.run(table, *again, now=LATER).code == 0
    after = read_folder(desk.out)
    killed = kill_everywhere(desk, ["batch", str(table), *LATER, *again, "-q"], start)
    assert len(killed) * STRIDE > 30
    for out in killed:
        for name, data in read_folder(out).items():
            if not name.startswith("."):
                assert data in (before.get(name), after.get(name))
        desk.out = out
        assert desk.run(table, *again, now=LATER).code == 0
        assert read_folder(out) == after


@pytest.mark.parametrize("number", range(40 if LONG else 1))
def test_processes_end_with_the_one_that_is_killed(number: int, desk: Desk) -> None:
    """None of several lives on, and what they leave is completed."""
    text = "booking,date\n" + "".join(f"{each},2026-12-10 14:30\n" for each in range(60))
    table = put_table(desk.folder, text)
    words = ("batch", str(table), "--out", str(desk.out), *NOW, "--jobs", "2")
    process = start(desk, words)
    wait_for_calendars(process, desk.out, 1 + 7 * number % 40)
    process.kill()
    process.communicate(timeout=60)  # all of them have let go of stderr
    for each in list_calendars(desk.out):
        assert (desk.out / each).read_bytes().endswith(b"END:VCALENDAR\r\n")
    assert desk.run(table).code == 0
    stands = read_folder(desk.out)
    shutil.rmtree(desk.out)
    desk.run(table)
    assert read_folder(desk.out) == stands


def test_ctrl_c_ends_all_of_them_with_a_sentence(desk: Desk) -> None:
    """What is done stays done, nothing unfinished is left, and the command to go on is the same."""
    text = "booking,date\n" + "".join(f"{each},2026-12-10 14:30\n" for each in range(2000))
    table = put_table(desk.folder, text)
    process = start(desk, ("batch", str(table), "--out", str(desk.out), *NOW, "--jobs", "2"))
    wait_for_calendars(process, desk.out, 1)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.startswith(b"microcare: stopped: ")
    assert said.endswith(b"done; the same command goes on with the rest.\n")
    assert 0 < len(list_calendars(desk.out)) < 2000
    assert [each for each in read_folder(desk.out) if each.startswith(".microcare/.")] == []
    assert sorted(each.name for each in desk.out.iterdir() if each.name[0] == ".") == [".microcare"]


def start(desk: Desk, words: tuple[str, ...]) -> subprocess.Popen[bytes]:
    """Return a run in a group of processes of its own."""
    return subprocess.Popen(
        [*COMMAND, *words],
        env=clean_environment(desk.folder / "home", **desk.environment),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def wait_for_calendars(process: subprocess.Popen[bytes], out: Path, number: int) -> None:
    """Wait until a run has written so many calendars, or has ended."""
    while len(list_calendars(out)) < number:
        try:
            process.wait(timeout=0.02)
        except subprocess.TimeoutExpired:
            continue
        return
