"""One row to its files: what is written, what is not, and that it can be done again."""

from __future__ import annotations

import pickle
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from microcare.commands.batches.reasons import Reason
from microcare.commands.batches.records import RECORDS, Status
from microcare.commands.batches.writing import Written, cancel_booking, write_booking
from microcare.commands.shared.pages import PageFormat
from microcare.export.ics.earlier import read_calendar
from microcare.load.library.settings import Settings
from tests.commands.batches.tables import list_calendars, read_folder
from tests.commands.running import put_protocol

NOW = datetime(2026, 11, 21, 15, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 15, tzinfo=UTC)
ROW = {"booking": "4711", "date": "2026-12-10 14:30", "tz": "America/New_York"}


@pytest.fixture
def row(tmp_path: Path) -> dict[str, str]:
    """Return a row of the worked example by a small protocol."""
    return {**ROW, "protocol": str(put_protocol(tmp_path, "ours"))}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return a folder to write into."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def write(
    row: dict[str, str],
    out: Path,
    now: datetime = NOW,
    handout: PageFormat | None = None,
    settings: Settings | None = None,
) -> Written:
    """Write a row with no settings but these."""
    return write_booking(row, out, now=now, handout=handout, settings=settings or Settings())


def test_row_is_written_and_not_written_again(row: dict[str, str], out: Path) -> None:
    """At a later moment either: when it was asked for counts for nothing."""
    first = write(row, out)
    assert (first.status, first.changed, first.told) == (Status.WRITTEN, ("4711.ics",), ())
    stands = read_folder(out)
    again = write({**row, "name": "Ann"}, out, now=LATER)
    assert (again.status, again.changed) == (Status.WRITTEN, ())
    assert (again.files, again.events, again.digest) == (first.files, first.events, first.digest)
    assert read_folder(out) == stands


def test_result_and_row_travel_between_processes(row: dict[str, str], out: Path) -> None:
    """As any engine sends them."""
    function, given = pickle.loads(pickle.dumps((write_booking, row)))  # noqa: S301 - our own
    written = function(given, out, now=NOW, settings=Settings())
    assert pickle.loads(pickle.dumps(written)) == written  # noqa: S301 - our own


@pytest.mark.parametrize("damage", [b"", b"BEGIN:VCALENDAR\r\n", None])
def test_file_that_is_damaged_or_gone_is_written_anew(
    damage: bytes | None, row: dict[str, str], out: Path
) -> None:
    """With the same bytes at the same moment."""
    write(row, out)
    stands = read_folder(out)
    if damage is None:
        (out / "4711.ics").unlink()
    else:
        (out / "4711.ics").write_bytes(damage)
    assert write(row, out).changed == ("4711.ics",)
    assert read_folder(out) == stands


@pytest.mark.parametrize(
    "change",
    [{"date": "2026-12-17 9am"}, {"duration": "45 minutes"}, {"tz": "America/Chicago"}],
)
def test_changed_row_replaces_its_calendar(
    change: dict[str, str], row: dict[str, str], out: Path
) -> None:
    """The same events, moved, under a higher number."""
    write(row, out)
    before = read_calendar((out / "4711.ics").read_bytes())
    assert write({**row, **change}, out, now=LATER).changed == ("4711.ics",)
    after = read_calendar((out / "4711.ics").read_bytes())
    assert after.sequence > before.sequence
    assert {each.uid for each in after.events} >= {each.uid for each in before.events}


def test_changed_protocol_and_clinic_replace_what_was_made_with_them(
    row: dict[str, str], out: Path
) -> None:
    """Nobody keeps a calendar that says what the clinic no longer says; a base counts too."""
    base = Path(row["protocol"])
    variant = base.with_name("variant.yaml")
    head = "microcare: 1\nid: variant\nversion: 7\ntitle: Other\n"
    variant.write_text(f"{head}extends: ./{base.name}\n", encoding="utf-8")
    row = {**row, "protocol": str(variant)}
    first = write(row, out)
    text = base.read_text(encoding="utf-8")
    base.write_text(text.replace("2 days after", "3 days after"), encoding="utf-8")
    second = write(row, out, now=LATER)
    assert second.changed
    assert first.digest != second.digest


def test_what_no_longer_applies_becomes_a_tombstone(row: dict[str, str], out: Path) -> None:
    """Another protocol has none of the events of the first one."""
    write(row, out)
    before = read_calendar((out / "4711.ics").read_bytes())
    other = put_protocol(Path(row["protocol"]).parent, "other")
    written = write({**row, "protocol": str(other)}, out, now=LATER)
    after = read_calendar((out / "4711.ics").read_bytes())
    gone = {each.uid for each in after.events if each.cancelled}
    assert gone == {each.uid for each in before.events}
    assert written.events == len(after.events) - len(gone)


def test_cancelled_booking_may_come_back(row: dict[str, str], out: Path) -> None:
    """All of its events go, its page too, and a row that names it again has them once more."""
    write(row, out, handout=PageFormat.HTML)
    done = cancel_booking("4711", out, now=LATER)
    assert done is not None
    assert (done.status, done.changed, done.events) == (Status.CANCELLED, ("4711.ics",), 0)
    buried = read_calendar((out / "4711.ics").read_bytes())
    assert all(each.cancelled for each in buried.events)
    assert not (out / "4711.html").exists()
    again = cancel_booking("4711", out, now=LATER)
    assert again is not None
    assert again.changed == ()
    write(row, out, now=LATER)
    revived = read_calendar((out / "4711.ics").read_bytes())
    assert revived.sequence > buried.sequence
    assert not all(each.cancelled for each in revived.events)


def test_nothing_is_cancelled_of_what_is_past(row: dict[str, str], out: Path) -> None:
    """A calendar whose days are over stays as it is."""
    write(row, out)
    stands = read_folder(out)
    done = cancel_booking("4711", out, now=datetime(2027, 2, 1, tzinfo=UTC))
    assert done is not None
    assert (done.status, done.changed) == (Status.GONE, ())
    assert read_folder(out) == stands
    assert cancel_booking("none", out, now=NOW) is None


@pytest.mark.parametrize("damage", ["gone", "torn", "highest"])
def test_calendar_that_cannot_be_cancelled_is_told(
    damage: str, row: dict[str, str], out: Path
) -> None:
    """Its entries stay on the phone: nobody may take it for cancelled."""
    write(row, out)
    file = out / "4711.ics"
    highest = re.sub(rb"SEQUENCE:\d+", b"SEQUENCE:2147483647", file.read_bytes())
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(highest if damage == "highest" else b"BEGIN:VCALENDAR\r\n")
    done = cancel_booking("4711", out, now=LATER)
    assert done is not None
    assert (done.status, done.reason, done.changed) == (Status.FAILED, Reason.FILE, ())
    assert done.told[0].startswith("4711.ics ")
    assert done.told[1].startswith("Put it back")


def test_page_is_added_without_the_calendar_being_touched(row: dict[str, str], out: Path) -> None:
    """And goes on being kept in step with the row where no run asks for it any more."""
    write(row, out)
    calendar = (out / "4711.ics").read_bytes()
    assert write(row, out, now=LATER, handout=PageFormat.HTML).changed == ("4711.html",)
    assert (out / "4711.ics").read_bytes() == calendar
    moved = write({**row, "date": "2026-12-17 9am"}, out, now=LATER)
    assert moved.changed == ("4711.ics", "4711.html")
    assert "17 December" in (out / "4711.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "reason", "said"),
    [
        ({"booking": " "}, Reason.BOOKING, "The cell “booking” is empty."),
        ({"booking": "x" * 1001}, Reason.BOOKING, "more than 1,000 characters"),
        ({"booking": "a\0b"}, Reason.BOOKING, "no text"),
        ({"booking": "\ud800"}, Reason.BOOKING, "no text"),
        ({"booking": "47\u200b11"}, Reason.BOOKING, "can't be seen"),
        ({"booking": "x\u202eb"}, Reason.BOOKING, "can't be seen"),
        ({"booking": "=HYPERLINK(1)"}, Reason.BOOKING, "a formula"),
        ({"booking": "@x"}, Reason.BOOKING, "a formula"),
        ({"date": ""}, Reason.DATE, "The cell “date” is empty."),
        ({"date": "03/04/2026"}, Reason.DATE, "Write “2026-03-04” or “2026-04-03”."),
        ({"date": "2026-03-08 2:30am"}, Reason.DATE, ""),
        ({"date": "tomorrow 9am"}, Reason.DATE, "Write it with its year: “2026-11-22 09:00”."),
        ({"date": "10 Dec 2:30pm"}, Reason.DATE, "depends on the day on which it is read."),
        ({"date": "in 3 days"}, Reason.DATE, "Write it with its year: “2026-11-24”."),
        ({"date": "2026-12-10\x1b[31m"}, Reason.CELLS, "no text"),
        ({"protocol": "none"}, Reason.PROTOCOL, "There is no protocol “none”."),
        (
            {"protocol": "tests/examples/invalid/many-mistakes.yaml"},
            Reason.PROTOCOL,
            "The protocol can't be used. In tests/examples/invalid/many-mistakes.yaml:6: The key",
        ),
        ({"protocol": "-"}, Reason.PROTOCOL, "can't be read from stdin"),
        ({"tz": "EST"}, Reason.ROW, "abbreviation"),
        ({"duration": "long"}, Reason.ROW, "“45 minutes” in the column “duration”"),
        ({"with": "=HYPERLINK(1)"}, Reason.ROW, "does not ask about"),
        ({"language": "xx"}, Reason.ROW, "no language"),
        ({"language": "xx"}, Reason.ROW, "like es in the column “language”"),
        ({"last": "sauna"}, Reason.ROW, "in the column “last”"),
        ({"protocol": "clinic-a", "with": "pregnancy"}, Reason.DO_NOT_TREAT, "DO NOT TREAT"),
        (
            {"protocol": "clinic-a", "last": "Botox=Dec 8, 2026, laser=never"},
            Reason.DO_NOT_TREAT,
            "The earliest date is Sunday 13 December 2026.",
        ),
    ],
)
def test_row_that_nothing_is_written_for(
    change: dict[str, str], reason: Reason, said: str, row: dict[str, str], out: Path
) -> None:
    """It is told why, in the words of a table and not in those of a command line."""
    done = write({**row, **change}, out)
    assert (done.reason, done.files, done.changed) == (reason, {}, ())
    assert said in " ".join(done.told)
    assert "--" not in " ".join(done.told)
    assert read_folder(out) == {}


def test_reference_is_one_whatever_system_wrote_it(row: dict[str, str], out: Path) -> None:
    """An accent of its own, as some systems write it, makes no other booking."""
    write({**row, "booking": "Zo\u00eb"}, out)
    stands = read_folder(out)
    assert write({**row, "booking": "Zoe\u0308"}, out, now=LATER).changed == ()
    assert read_folder(out) == stands


@pytest.mark.parametrize("cell", [{"booking": 4711}, {"tz": None}, {"with": ["cold-sores"]}])
def test_cell_that_is_no_text_is_told(cell: dict[str, Any], row: dict[str, str], out: Path) -> None:
    """As the csv module gives the rest of a short row: it ends no other row's work."""
    done = write({**row, **cell}, out)
    assert (done.status, done.reason) == (Status.FAILED, Reason.CELLS)
    assert "is no text" in done.told[0]
    assert read_folder(out) == {}


def test_what_stands_is_named_where_a_row_fails(row: dict[str, str], out: Path) -> None:
    """A patient may have it: somebody must know."""
    first = write(row, out)
    done = write({**row, "date": "soon"}, out)
    assert (done.status, done.files) == (Status.FAILED, first.files)
    assert done.told[-1] == "What was written for it before still stands: 4711.ics."


@pytest.mark.parametrize("name", ["4711.ics", "4711.html"])
def test_foreign_file_is_not_replaced(name: str, row: dict[str, str], out: Path) -> None:
    """Whatever bears the name of a booking's file and was not written for it."""
    file = out / name
    for kind in ("file", "folder", "link"):
        if kind == "file":
            file.write_bytes(b"precious")
        elif kind == "folder":
            file.mkdir()
        else:
            file.symlink_to(out.parent / "elsewhere")
        done = write(row, out, handout=PageFormat.HTML)
        assert (done.reason, done.files) == (Reason.FILE, {})
        assert done.told[-1] == "Move it away."
        assert not (out / RECORDS).exists()
        assert not (out.parent / "elsewhere").exists()
        if kind == "folder":
            file.rmdir()
        else:
            file.unlink()


def test_calendar_of_the_booking_without_a_record_is_replaced(
    row: dict[str, str], out: Path
) -> None:
    """One that export-ics has written under the same reference; another booking's is kept."""
    write(row, out)
    (out / RECORDS / "4711.json").unlink()
    moved = {**row, "date": "2026-12-17 9am"}
    assert write(moved, out, now=LATER).changed == ("4711.ics",)
    (out / RECORDS / "4711.json").unlink()
    (out / "4711.ics").rename(out / "4712.ics")
    other = write({**row, "booking": "4712"}, out)
    assert (other.reason, other.told[0]) == (
        Reason.FILE,
        "4712.ics stands there already and is of another booking.",
    )


def test_lost_calendar_of_a_changed_row_is_told(row: dict[str, str], out: Path) -> None:
    """What it had is cancelled nowhere."""
    write(row, out)
    (out / "4711.ics").unlink()
    done = write({**row, "date": "2026-12-17 9am"}, out)
    (told,) = done.told
    assert told.startswith("Its earlier calendar 4711.ics is gone from the folder: what of it no")


@pytest.mark.parametrize("damage", [b"junk", None])
def test_lost_tombstones_are_told(damage: bytes | None, row: dict[str, str], out: Path) -> None:
    """Though the row is as it was: what they took away, nothing takes away any more."""
    write(row, out)
    other = {**row, "protocol": str(put_protocol(Path(row["protocol"]).parent, "other"))}
    write(other, out, now=LATER)
    if damage is None:
        (out / "4711.ics").unlink()
    else:
        (out / "4711.ics").write_bytes(damage)
    (told,) = write(other, out, now=LATER).told
    assert told.startswith("Its earlier calendar 4711.ics ")
    (out / "4711.ics").unlink()
    assert write(other, out, now=LATER).told == ()


def test_language_and_doubtful_date_of_a_row(row: dict[str, str], out: Path) -> None:
    """Each patient is told in their own language; a date far off may be mistyped."""
    done = write({**row, "language": "es", "date": "2036-12-10 14:30"}, out)
    assert b"//ES\r\n" in (out / "4711.ics").read_bytes()
    assert done.told[0].startswith("This appointment is on")
    buried = cancel_booking("4711", out, now=LATER)
    assert buried is not None
    assert b"//ES\r\n" in (out / "4711.ics").read_bytes()


def test_every_nasty_reference_stays_in_the_folder(row: dict[str, str], out: Path) -> None:
    """Four files, and none elsewhere."""
    before = {each for each in out.parent.rglob("*") if out not in each.parents}
    for each in ("../../x", "/etc/x", "CON", "x" * 300):
        assert write({**row, "booking": each}, out).status is Status.WRITTEN
    assert len(list_calendars(out)) == 4
    assert {each for each in out.parent.rglob("*") if out not in each.parents} == before
