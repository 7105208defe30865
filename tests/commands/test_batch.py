"""`microcare batch`: the report, the manifest, the exit codes, and what one run does to another."""

from __future__ import annotations

import io
import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from microcare.commands.batches.reasons import Reason
from microcare.commands.batches.records import RECORDS, Status
from microcare.commands.shared.files import lock_folder
from tests.commands.batches.tables import (
    HEAD,
    LATER,
    REPORT,
    Desk,
    list_calendars,
    put_table,
    read_folder,
)
from tests.commands.running import NOW, ROOT, Runner, clean_environment, refused, squeeze

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMA = json.loads((ROOT / "microcare/export/data/batch.schema.json").read_text(encoding="utf-8"))
NIGHT = """\
booking,date,name,tz,with,duration
4711,2026-12-10 14:30,Ann,America/New_York,cold-sores,
4712,03/04/2026,Bo,America/New_York,,
B-17,2026-12-11 9am,"Cy
the second",America/New_York,,45 minutes
4714,"2026-12-11 9am,Di,America/New_York,,
4715,2026-12-12 9am,Ed,America/New_York,pregnancy,
4716,2026-12-12 9am,Flo,America/New_York,,
4716,2026-12-12 10am,Flo,America/New_York,,
4717,2026-12-12 9am,Gil,America/New_York,,
4717,2026-12-12 9am,Gil G.,America/New_York,,
=HYPERLINK("x"),2026-12-12 9am,Hal,America/New_York,,
4719,2032-12-12 9am,Ina,America/New_York,,
4720,2026-12-12 9am,Jo,EST,,
"""


@pytest.fixture
def desk(microcare: Runner, tmp_path: Path) -> Desk:
    """Return a desk with a folder of its own."""
    return Desk(microcare, tmp_path)


def read_manifest(out: Path) -> list[dict[str, Any]]:
    """Return the lines of a manifest, which keep to their contract."""
    lines = [json.loads(line) for line in (out / "manifest.jsonl").read_text("ascii").splitlines()]
    for each in lines:
        Draft202012Validator(SCHEMA).validate(each)
    return lines


def test_report_of_a_night_is_the_golden_one(
    microcare: Runner,
    check_golden: Callable[[str, str], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each bad row with its line and its reason, all others written, the sum at the end."""
    monkeypatch.chdir(tmp_path)
    put_table(tmp_path, NIGHT)
    done = microcare("batch", "bookings.csv", "--out", "out", *NOW)
    assert (done.code, done.out) == (1, f"{Path('out', 'manifest.jsonl')}\n")
    check_golden(REPORT, done.err)
    assert list_calendars(Path("out")) == ["4711.ics", "4717.ics", "4719.ics", "B-17~1.ics"]


def test_manifest_tells_of_each_row_and_of_no_answer(desk: Desk) -> None:
    """With the hashes of the files that stand there."""
    desk.protocol = Path("clinic-a")
    desk.fill(NIGHT)
    found = read_manifest(desk.out)
    assert [(each["line"], each["status"], each["reason"]) for each in found] == [
        (2, "written", None),
        (3, "failed", "date"),
        (4, "written", None),
        (6, "failed", "cells"),
        (7, "do-not-treat", "do-not-treat"),
        (8, "failed", "duplicate"),
        (9, "failed", "duplicate"),
        (10, "written", None),
        (11, "repeated", None),
        (12, "failed", "booking"),
        (13, "written", None),
        (14, "failed", "row"),
    ]
    text = (desk.out / "manifest.jsonl").read_text("ascii")
    for word in ("cold", "pregnan", "2026", "HYPERLINK", "Ann", "EST", "45"):
        assert not re.search(rf"(?<![0-9a-f]){word}(?![0-9a-f])", text), word
    shown = {each["name"]: each["sha256"] for line in found for each in line["files"]}
    assert sorted(shown) == list_calendars(desk.out)
    assert {each["events"] > 1 for each in found if each["files"]} == {True}


def test_contract_knows_every_choice() -> None:
    """What the code can say is what the schema lists."""
    found = SCHEMA["properties"]
    assert set(found["status"]["enum"]) == {each.value for each in Status}
    assert set(found["reason"]["enum"]) == {None, *(each.value for each in Reason)}


def test_second_run_writes_nothing_and_says_so(desk: Desk) -> None:
    """The same table at a later moment: the folder stays as it is, byte for byte."""
    text = f"{HEAD}1,2026-12-10\n2,2026-12-11 9am\n"
    first = desk.fill(text)
    assert "2 rows: 2 written." in first.err
    stands = read_folder(desk.out)
    numbers = {each.name: each.stat().st_ino for each in desk.out.glob("*.ics")}
    again = desk.fill(text, now=LATER)
    assert (again.code, "2 rows: 2 right already." in again.err) == (0, True)
    assert read_folder(desk.out) == stands
    assert {each.name: each.stat().st_ino for each in desk.out.glob("*.ics")} == numbers


def test_one_process_writes_what_two_write(desk: Desk) -> None:
    """Byte for byte, and in the same order."""
    rows = "".join(f"{each},2026-12-{1 + each % 28:02},{'x' * (each % 9 == 4)}\n"
                   for each in range(20))  # fmt: skip
    table = put_table(desk.folder, f"{HEAD[:-1]},with\n{rows}")
    one = desk.run(table, "--handout", "html")
    stands = read_folder(desk.out)
    shutil.rmtree(desk.out)
    two = desk.run(table, "--handout", "html", "--jobs", "2")
    assert one == two
    assert one.code == 1
    assert read_folder(desk.out) == stands
    assert len(list(desk.out.glob("*.html"))) == 18


def test_table_on_stdin_and_as_json(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another program pipes into it gives the same files."""
    desk.fill(f"{HEAD}1,2026-12-10\n")
    stands = read_folder(desk.out)
    shutil.rmtree(desk.out)
    text = b'{"booking": 1, "date": "2026-12-10", "name": "Ann"}\n{"booking": 2}\n'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    done = desk.run("-")
    assert done.code == 1
    assert "microcare: <stdin>: ignored columns: name." in done.err
    assert "<stdin>:2: The cell “date” is empty." in done.err
    assert read_folder(desk.out)["1.ics"] == stands["1.ics"]


def test_missing_booking_stays_or_is_cancelled(desk: Desk) -> None:
    """As the option says; it is told either way, and once cancelled it is nothing new."""
    desk.fill(f"{HEAD}1,2026-12-10\n2,2026-12-11\n")
    stands = (desk.out / "2.ics").read_bytes()
    kept = desk.fill(f"{HEAD}1,2026-12-10\n", now=LATER)
    assert "of earlier bookings 1 is in no row any more" in squeeze(kept.err)
    assert (desk.out / "2.ics").read_bytes() == stands
    assert [each["status"] for each in read_manifest(desk.out)] == ["written", "gone"]
    cancelled = desk.fill(f"{HEAD}1,2026-12-10\n", "--cancel-missing", now=LATER)
    assert (cancelled.code, "1 calendar cancelled" in cancelled.err) == (0, True)
    assert b"STATUS:CANCELLED" in (desk.out / "2.ics").read_bytes()
    found = read_manifest(desk.out)
    assert [(each["line"], each["status"]) for each in found] == [
        (2, "written"),
        (None, "cancelled"),
    ]
    again = desk.fill(f"{HEAD}1,2026-12-10\n", "--cancel-missing", now=LATER)
    assert "cancelled" not in again.err
    assert "no row" not in again.err


@pytest.mark.parametrize("broken", ["2.ics", f"{RECORDS}/2.json"])
def test_missing_booking_that_cannot_be_cancelled_is_told(broken: str, desk: Desk) -> None:
    """The others are looked after, and the exit code says that somebody must look."""
    desk.fill(f"{HEAD}1,2026-12-10\n2,2026-12-11\n3,2026-12-11\n")
    (desk.out / broken).write_bytes(b"x")
    done = desk.fill(f"{HEAD}1,2026-12-10\n", "--cancel-missing", now=LATER)
    assert (done.code, "1 calendar cancelled" in done.err) == (1, True)
    assert f"bookings.csv: {broken} " in done.err
    assert "1 row: 1 right already." in done.err
    bad = next(each for each in read_manifest(desk.out) if each["status"] == "failed")
    assert (bad["line"], bad["reason"]) == (None, "file")
    Draft202012Validator(SCHEMA).validate(bad)
    quiet = desk.fill(f"{HEAD}1,2026-12-10\n", "--cancel-missing", "-q", now=LATER)
    assert (quiet.code, broken in quiet.err) == (1, True)


def test_past_booking_that_is_missing_is_told_as_past(desk: Desk) -> None:
    """No option that is given already is recommended."""
    desk.fill(f"{HEAD}1,2026-12-10\n2,2026-12-11\n")
    past = ("--now", "2027-06-01T10:00-04:00")
    done = desk.fill(f"{HEAD}1,2026-12-10\n", "--cancel-missing", now=past)
    assert (done.code, "--cancel-missing" in done.err) == (0, False)
    assert "their calendars are past and stay as they were." in squeeze(done.err)


@pytest.mark.parametrize("bad", ['2,"2026-12-11\n', "2\n", ",2026-12-11\n"])
def test_nothing_is_cancelled_where_a_row_cannot_be_read(bad: str, desk: Desk) -> None:
    """It may be that of the booking which seems to be missing."""
    desk.fill(f"{HEAD}1,2026-12-10\n2,2026-12-11\n")
    stands = (desk.out / "2.ics").read_bytes()
    done = desk.fill(f"{HEAD}1,2026-12-10\n{bad}", "--cancel-missing", now=LATER)
    assert done.code == 1
    assert "nothing was cancelled: a row that can't be read may be of any booking." in done.err
    assert (desk.out / "2.ics").read_bytes() == stands


def test_row_that_fails_is_not_missing(desk: Desk) -> None:
    """Its booking is in the table, whatever is wrong with it."""
    desk.fill(f"{HEAD}1,2026-12-10\n2,2026-12-11\n")
    stands = (desk.out / "2.ics").read_bytes()
    done = desk.fill(f"{HEAD}1,2026-12-10\n2,soon\n", "--cancel-missing", now=LATER)
    assert (done.code, "cancelled" in done.err) == (1, False)
    assert (desk.out / "2.ics").read_bytes() == stands


def test_quiet_run_tells_what_is_wrong_alone(desk: Desk) -> None:
    """No ignored column, no far date, no sum."""
    text = "booking,date,name\n1,2036-12-10,Ann\n2,soon,Bo\n"
    done = desk.fill(text, "-q")
    assert [each.partition(": ")[0] for each in done.err.splitlines() if each[0] != " "] == [
        f"{desk.folder / 'bookings.csv'}:3"
    ]
    assert desk.fill("booking,date\n3,2026-12-10\n", "-q").err == ""


def test_machine_zone_is_said_once(desk: Desk) -> None:
    """As by every command that takes it for the clinic's."""
    table = put_table(desk.folder, f"{HEAD}1,2026-12-10\n2,2026-12-11\n")
    words = ("batch", str(table), "--out", str(desk.out), *NOW)
    done = desk.microcare(*words, TZ="Europe/Berlin", MICROCARE_PROTOCOL=str(desk.protocol))
    assert done.code == 0
    assert done.err.count("the time zone is this machine's, Europe/Berlin") == 1
    unknown = desk.microcare(*words, TZ="UTC", MICROCARE_PROTOCOL=str(desk.protocol))
    assert (unknown.code, unknown.err.count("time zone is not known")) == (1, 2)


@pytest.mark.parametrize(
    ("text", "more", "said"),
    [
        ("", (), "is empty"),
        ("name\nAnn\n", (), "has no column “booking”"),
        (HEAD, ("--cancel-missing",), "every booking would be cancelled"),
        (HEAD, ("--jobs", "0"), "--jobs"),
        (HEAD, ("--handout", "docx"), "--handout"),
    ],
)
def test_what_cannot_be_a_run_is_refused(
    text: str, more: tuple[str, ...], said: str, desk: Desk
) -> None:
    """Before the folder is made."""
    assert said in refused(desk.fill(text, *more))
    assert not desk.out.exists()


def test_table_without_rows_is_no_mistake(desk: Desk) -> None:
    """A night without bookings."""
    done = desk.fill(HEAD)
    assert (done.code, "0 rows." in done.err) == (0, True)
    assert read_manifest(desk.out) == []


@pytest.mark.parametrize("name", ["file", "no/such/folder", "a\0b"])
def test_folder_that_cannot_be_one_is_refused(name: str, desk: Desk) -> None:
    """A file in its place, a folder that it would lie in."""
    (desk.folder / "file").touch()
    desk.out = desk.folder / name
    assert re.search(r"is a file, not a folder|can't be made", refused(desk.fill(HEAD)))


@pytest.mark.parametrize("name", ["manifest.jsonl", RECORDS])
def test_name_that_the_folder_needs_is_taken(name: str, desk: Desk) -> None:
    """It is said before anything is written, and what helps."""
    taken = desk.out / name
    if name == RECORDS:
        desk.out.mkdir()
        taken.touch()
    else:
        taken.mkdir(parents=True)
    assert "Move it away" in refused(desk.fill(f"{HEAD}1,2026-12-10\n"))
    assert list(desk.out.iterdir()) == [taken]


def test_what_stands_of_a_booking_that_is_told_in_two_ways_is_named(desk: Desk) -> None:
    """A patient may have it."""
    desk.fill(f"{HEAD}1,2026-12-10\n")
    done = desk.fill(f"{HEAD}1,2026-12-10\n1,2026-12-11\n")
    assert done.err.count("What was written for it before still stands: 1.ics.") == 2


def test_second_run_on_a_folder_that_is_in_use_ends(desk: Desk) -> None:
    """It says so and writes nothing; the lock goes with its process."""
    pytest.importorskip("fcntl", reason="Windows has no lock that a process could hold twice")
    desk.out.mkdir()
    with lock_folder(desk.out):
        done = desk.fill(f"{HEAD}1,2026-12-10\n")
        assert (done.code, done.out) == (3, "")
        assert f"Another microcare is changing {desk.out} at this moment." in done.err
        assert list(desk.out.iterdir()) == []
    assert desk.fill(f"{HEAD}1,2026-12-10\n").code == 0


_FULL_DISK = """\
import resource, sys
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
sys.path.insert(0, {root!r})
from microcare.__main__ import main
resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, hard))
code = main()
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))  # coverage has its data to write
sys.exit(code)
"""


@pytest.mark.parametrize("size", [100, 1000])
def test_full_disk_ends_the_run_with_a_sentence(size: int, desk: Desk) -> None:
    """Neither a record nor a calendar is half there, and the next run does what is missing."""
    pytest.importorskip("resource", reason="only Unix limits the size of files")
    table = put_table(desk.folder, f"{HEAD}1,2026-12-10\n2,2026-12-11\n")
    done = subprocess.run(
        [sys.executable, "-c", _FULL_DISK.format(root=str(ROOT), size=size),
         "batch", str(table), "--out", str(desk.out), *NOW],
        env=clean_environment(desk.folder / "home", **desk.environment),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (3, "")
    assert "can't be written: File too large." in done.stderr
    assert "  Run the same command again: it goes on where this one stopped" in done.stderr
    assert [each for each in read_folder(desk.out) if not each.startswith(f"{RECORDS}/1")] == []
    assert desk.run(table).code == 0
    assert list_calendars(desk.out) == ["1.ics", "2.ics"]


def test_bar_is_for_terminals(desk: Desk) -> None:
    """There it tells how many are done; a pipe never sees it."""
    from tests.commands.test_terminal import on_terminal  # skips where there are no terminals

    table = put_table(desk.folder, f"{HEAD}1,2026-12-10\n2,2026-12-11\n")
    words = ("batch", str(table), "--out", str(desk.out), *NOW)
    home = desk.folder / "home"
    shown = on_terminal(*words, columns=80, home=home, **desk.environment)
    assert " of 2 " in shown
    assert "2 rows: 2 written." in shown
    assert " of 2 " not in desk.run(table).err


def test_missing_pdf_package_is_told_before_the_rows(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not once a row."""
    monkeypatch.setitem(sys.modules, "typst", None)
    said = refused(desk.fill(f"{HEAD}1,2026-12-10\n", "--handout", "pdf"))
    assert "write a web page: --handout html" in said


def test_pdf_is_written_beside_the_calendar(desk: Desk) -> None:
    """The same page as that of `handout`."""
    pytest.importorskip("typst")
    assert desk.fill(f"{HEAD}1,2026-12-10\n", "--handout", "pdf").code == 0
    assert (desk.out / "1.pdf").read_bytes().startswith(b"%PDF-")


def test_examples_of_the_help_work(
    microcare: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each as it stands, over tables of these names."""
    monkeypatch.chdir(tmp_path)
    put_table(tmp_path, f"{HEAD}1,2026-12-10\n")
    put_table(tmp_path, '{"booking": "1", "date": "2026-12-10"}', "bookings.jsonl")
    shown = microcare("batch", "--help").out.replace("\\\n", "")
    lines = re.findall(r"^  (microcare .+)$", shown, re.MULTILINE)
    assert len(lines) > 2
    for line in lines:
        words, _, given = line.partition(" < ")
        if given:
            data = Path(given).read_bytes()
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        done = microcare(*shlex.split(words)[1:], *NOW, MICROCARE_TZ="America/New_York")
        assert done.code == 0, (line, done.err)
