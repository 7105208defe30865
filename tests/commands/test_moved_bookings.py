"""`export-ics --replaces` on a new date: what is said at the desk, and what comes as data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.commands.running import ZONE, Runner, refused, squeeze

if TYPE_CHECKING:
    from collections.abc import Callable

BOOKED = ("--now", "2026-11-21T10:00-05:00")
CALLED = ("--now", "2026-12-08T16:00-05:00")
BEGUN = "BEGUN BY NOW WITH THE NEW DATE"

# The file's name, the old date, the new one, more of the second command line, the columns.
MOVES = {
    "move-a-80.txt": ("2026-12-17 14:30", "2026-12-10 14:30", (), 80),
    "move-a-40.txt": ("2026-12-17 14:30", "2026-12-10 14:30", (), 40),
    "move-b-80.txt": ("2026-12-10 14:30", "2026-12-17 09:00", ("-p", "clinic-b"), 80),
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which the commands run."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return here


def book(microcare: Runner, date: str, *more: str, booking: str = "4711") -> None:
    """Write `old.ics` for an appointment."""
    known = ("--booking", booking) if booking else ()
    done = microcare("export-ics", "--date", date, *ZONE, *BOOKED, *known, *more, "-o", "old.ics")
    assert done.code == 0, done.err


def command(date: str, *more: str, booking: str = "4711") -> tuple[str, ...]:
    """Return the command line that moves the appointment of `old.ics`."""
    known = ("--booking", booking) if booking else ()
    return (
        *("export-ics", "--date", date, *ZONE, *CALLED, *known),
        *("--replaces", "old.ics", "-o", "new.ics", *more),
    )


def move(microcare: Runner, date: str, *more: str, booking: str = "4711") -> str:
    """Return what is said of moving the appointment of `old.ics`."""
    done = microcare(*command(date, *more, booking=booking))
    assert (done.code, done.out) == (0, "new.ics\n")
    return done.err


@pytest.mark.parametrize("name", MOVES)
def test_what_is_said_is_the_golden_text(
    microcare: Runner, check_golden: Callable[[str, str], None], name: str
) -> None:
    """What has begun, what is for today, what moved; and the remarks on the file behind it."""
    old, new, more, columns = MOVES[name]
    book(microcare, old, *more)
    done = microcare(*command(new, *more), columns=columns)
    assert (done.code, done.out) == (0, "new.ics\n")
    check_golden(name, done.err)


def test_what_has_begun_is_said_before_the_file(microcare: Runner) -> None:
    """It is what the receptionist reads aloud."""
    book(microcare, "2026-12-17 14:30")
    said = move(microcare, "2026-12-10 14:30")
    assert said.startswith(f"{BEGUN}\n  stop today  retinoids")
    assert said.index("MOVED") < said.index("microcare: wrote new.ics")


def test_quiet_says_nothing(microcare: Runner) -> None:
    """As of any remark."""
    book(microcare, "2026-12-17 14:30")
    assert move(microcare, "2026-12-10 14:30", "--quiet") == ""


def test_dry_run_says_the_same(microcare: Runner) -> None:
    """What would be said while the patient is still asked whether the date suits."""
    book(microcare, "2026-12-17 14:30")
    done = microcare(*command("2026-12-10 14:30", "--dry-run"))
    assert (done.code, done.out, Path("new.ics").exists()) == (0, "", False)
    assert done.err.replace("would write", "wrote") == move(microcare, "2026-12-10 14:30")


def test_stdout_has_the_file_alone(microcare: Runner) -> None:
    """With -o - what is said goes to stderr all the same."""
    book(microcare, "2026-12-17 14:30")
    written = ("-" if each == "new.ics" else each for each in command("2026-12-10 14:30"))
    done = microcare(*written)
    assert done.out.startswith("BEGIN:VCALENDAR")
    assert BEGUN not in done.out
    assert done.err.startswith(BEGUN)


def test_another_bookings_file_says_nothing_of_a_move(microcare: Runner) -> None:
    """Nor does another protocol's, nor one that cancels the appointment."""
    book(microcare, "2026-12-17 14:30", booking="4712")
    assert "MOVED" not in move(microcare, "2026-12-10 14:30")
    other = microcare(*command("2026-12-10 14:30", "-p", "clinic-b", "--force", booking="4712"))
    assert (other.code, "MOVED" in other.err) == (0, False)
    gone = microcare("export-ics", "--cancel", "old.ics", *CALLED, "-o", "gone.ics")
    assert gone.code == 0
    again = [each.replace("old.ics", "gone.ics") for each in command("2026-12-10 14:30")]
    done = microcare(*again, "--force", "--booking", "4712")
    assert "MOVED" not in done.err


def test_file_without_a_reference_knows_its_own_date(microcare: Runner) -> None:
    """The appointment stands for the reference: what is to be said is the same."""
    book(microcare, "2026-12-17 14:30", booking="")
    said = squeeze(move(microcare, "2026-12-10 14:30", booking=""))
    assert "to Thursday 10 December 2026, 2:30 pm: 7 days earlier" in said
    assert "no --booking: nothing of old.ics is moved" in said


def test_date_that_nobody_can_book_is_no_old_date(microcare: Runner) -> None:
    """A file that was tampered with ends in no fault of ours."""
    book(microcare, "2026-12-17")
    own = Path("old.ics").read_bytes()
    for year in (b"0002", b"9997", b"2200"):
        Path("old.ics").write_bytes(own.replace(b"DATE:2026", b"DATE:" + year))
        assert "MOVED" not in move(microcare, "2026-12-10 14:30", "--force")


def test_whole_day_is_read_back(microcare: Runner) -> None:
    """As a date."""
    book(microcare, "2026-12-17")
    said = squeeze(move(microcare, "2026-12-10"))
    assert "from Thursday 17 December 2026 to Thursday 10 December 2026: 7 days earlier" in said


def test_hour_is_read_back_across_a_clock_change(microcare: Runner) -> None:
    """9 am is 9 am before and after it."""
    book(microcare, "2027-03-17 09:00")
    said = squeeze(move(microcare, "2027-03-10 09:00"))
    assert "Wednesday 17 March 2027, 9:00 am to Wednesday 10 March 2027, 9:00 am: 7 days" in said


def test_length_of_the_appointment_is_the_new_one(microcare: Runner) -> None:
    """An event of a length that nobody knows lasts half an hour, and the treatment does not."""
    book(microcare, "2026-12-10 14:30")
    said = squeeze(move(microcare, "2026-12-10 14:30", "--duration", "45 minutes"))
    assert said.startswith("NOT MOVED still Thursday 10 December 2026, 2:30 pm microcare: wrote")


def test_last_time_that_breaks_an_interval_writes_nothing(microcare: Runner) -> None:
    """The earliest date is said, but not what the patient had: an error may end up in a log."""
    book(microcare, "2026-12-17 14:30")
    broken = ("--last", "retinol=2026-12-07")
    done = microcare(*command("2026-12-09 09:00", *broken))
    said = squeeze(done.err)
    assert (done.code, done.out, Path("new.ics").exists()) == (1, "", False)
    assert said.startswith("microcare: DO NOT TREAT ON THIS DATE: ")
    assert "The earliest date is Thursday 10 December 2026" in said
    assert "retin" not in said.lower()
    plan = microcare("plan", "--date", "2026-12-09 09:00", *ZONE, *CALLED, *broken)
    assert plan.code == 1
    assert "The earliest date is Thursday 10 December 2026" in squeeze(plan.out)


def test_last_time_that_was_kept_writes_the_file(microcare: Runner) -> None:
    """And the question is not asked again."""
    book(microcare, "2026-12-17 14:30")
    said = squeeze(move(microcare, "2026-12-10 14:30", "--last", "Botox=2026-10-01"))
    assert "heed botulinum toxin (5 days before, since Sun 6 Dec, kept)" in said


def test_last_time_is_read_without_an_earlier_file(microcare: Runner) -> None:
    """A first calendar may break an interval too; one that keeps all is the same as without."""
    first = ("export-ics", "--date", "2026-12-10 14:30", *ZONE, *CALLED, "-q")
    done = microcare(*first, "--last", "laser=2026-12-01", "-o", "a.ics")
    assert (done.code, Path("a.ics").exists()) == (1, False)
    assert microcare(*first, "--last", "laser=never", "-o", "a.ics").code == 0
    assert microcare(*first, "-o", "b.ics").code == 0
    assert Path("a.ics").read_bytes() == Path("b.ics").read_bytes()


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--last", "laser=never"), "--cancel takes all from the old file, and no --last."),
        (("--format", "json"), "--cancel takes all from the old file, and no --format."),
    ],
)
def test_cancelling_takes_neither(microcare: Runner, more: tuple[str, ...], sentence: str) -> None:
    """All of it is in the old file."""
    book(microcare, "2026-12-17 14:30")
    assert sentence in refused(microcare("export-ics", "--cancel", "old.ics", *more))


def test_data_need_an_earlier_file_and_stdout_for_themselves(microcare: Runner) -> None:
    """There is nothing to tell of a first file, and no place beside its bytes."""
    first = ("export-ics", "--date", "2026-12-10 14:30", *ZONE, *CALLED, "--format", "json")
    assert "tells of a booking that moves" in refused(microcare(*first))
    both = (*first, "--replaces", "old.ics", "-o", "-")
    assert "can't both go to stdout" in refused(microcare(*both))
