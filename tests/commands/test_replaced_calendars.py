"""`export-ics --replaces` and `--cancel`: what an earlier file left on the phone is taken away."""

from __future__ import annotations

import os
from pathlib import Path
from textwrap import indent

import pytest

from tests.calendar.lint import lint_calendar
from tests.calendar.readers import Entry, read_with_icalendar
from tests.commands.running import BOOKING, DATE, NOW, ZONE, Runner, run_process, squeeze
from tests.samples import entry

SAME = ("--protocol", "own.yaml", "--booking", "4711")
FIRST = ("export-ics", *BOOKING, *SAME, "--without", "numbing-cream")
LATER = ("--now", "2026-11-25T10:00-05:00")
SECOND = ("export-ics", *DATE, *ZONE, *LATER, *SAME, "--with", "numbing-cream")
CANCEL = ("export-ics", "--cancel", "care.ics", *LATER)
PAIN = entry("take: ibuprofen\nif: not numbing-cream\non: next day\ndaily: twice", "ibuprofen")
PAIN += entry(
    "take: acetaminophen\nif: numbing-cream\non: next day\ndaily: [09:00, 21:00]", "other"
)
MINUTES = 3_623_940
"""From 2020 to 21 November 2026, 15:00 in UTC."""
DAYS_LATER = MINUTES + 4 * 24 * 60


@pytest.fixture(autouse=True)
def folder(microcare: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a protocol and the first file, in which the commands run."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    Path("own.yaml").write_text(
        "microcare: 1\nid: own\ntitle: Own\nprocedure: own\nversion: 1\ninstructions:\n"
        + indent(PAIN, "  "),
        encoding="utf-8",
    )
    assert microcare(*FIRST, "-q", "-o", "care.ics").code == 0
    return here


def read(name: str) -> list[Entry]:
    """Return the events of a file in which the lint finds nothing."""
    data = Path(name).read_bytes()
    assert [str(each) for each in lint_calendar(data)] == []
    return read_with_icalendar(data)


def split(name: str) -> tuple[dict[str, Entry], dict[str, Entry]]:
    """Return what a file says and what it cancels, by their UIDs."""
    entries = {each.uid: each for each in read(name)}
    gone = {uid: each for uid, each in entries.items() if each.status == "CANCELLED"}
    return {uid: each for uid, each in entries.items() if uid not in gone}, gone


def refuse(microcare: Runner, arguments: tuple[str, ...], sentence: str) -> None:
    """Check that something is refused in a sentence, and that no file is made or changed."""
    before = {each: each.read_bytes() for each in Path().iterdir() if each.is_file()}
    done = microcare(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("microcare: ")
    assert sentence in squeeze(done.err)
    assert "Traceback" not in done.err
    assert before == {each: each.read_bytes() for each in Path().iterdir() if each.is_file()}


def test_what_is_gone_is_cancelled(microcare: Runner) -> None:
    """Of the medicine that the new answer forbids each dose is cancelled, and the rest moves."""
    first, _ = split("care.ics")
    done = microcare(*SECOND, "--replaces", "care.ics", "-o", "new.ics")
    live, gone = split("new.ics")
    assert (done.code, done.out) == (0, "new.ics\n")
    assert {each.start for each in gone.values()} == {
        each.start
        for each in first.values()
        if each.summary.startswith("Take ") and not each.all_day
    }
    assert first.keys() - live.keys() == gone.keys()
    assert {each.sequence for each in first.values()} == {MINUTES}
    assert {each.sequence for each in (*live.values(), *gone.values())} == {DAYS_LATER}


def test_the_command_says_what_became_of_the_old_file(microcare: Runner) -> None:
    """How many moved, stay, came and went, and what is to be done where nothing is taken away."""
    done = microcare(*SECOND, "--replaces", "care.ics", "-o", "new.ics")
    said = squeeze(done.err)
    assert (
        "microcare: it replaces care.ics: 0 moved, 2 at the same time, 3 added, 2 cancelled."
    ) in said
    assert "the patient deletes them" in said
    assert "needs --replaces" not in said
    dry = microcare(*SECOND, "--replaces", "care.ics", "-o", "dry.ics", "--dry-run")
    assert squeeze(dry.err) == said.replace("wrote new.ics", "would write dry.ics")
    assert not Path("dry.ics").exists()


def test_the_file_itself_can_be_replaced(microcare: Runner) -> None:
    """The old file may have the new one's name, if it is to be replaced on the disk too."""
    same = (*SECOND, "--replaces", "care.ics", "-o", "care.ics")
    refuse(microcare, same, "care.ics exists already. Add --force to replace it")
    assert microcare(*same, "--force", "-q").code == 0
    assert len(split("care.ics")[1]) == 2


def test_a_booking_without_its_old_file_is_remarked(microcare: Runner) -> None:
    """Each file says what the next one needs; with the old one there is nothing to say."""
    remark = "the next one of the booking needs --replaces care.ics, or what no longer applies"
    again = microcare(*FIRST, "-o", "care.ics", "--force")
    assert remark in squeeze(again.err)
    assert "needs --replaces OLD.ics" in squeeze(microcare(*FIRST, "-o", "-").err)


def test_a_file_that_is_written_over_is_remarked(microcare: Runner) -> None:
    """Where an earlier calendar of the booking stood there, what is left of it is counted."""
    done = microcare(*SECOND, "-o", "care.ics", "--force")
    assert (
        "care.ics was an earlier calendar of this booking: what of that no longer applies"
        " (2 events) stays on the phone. To cancel it, name a copy of the file with --replaces."
    ) in squeeze(done.err)
    Path("other.ics").write_bytes(b"something else")
    other = [each.replace("4711", "4712") for each in SECOND]
    for name in ("other.ics", "care.ics"):
        done = microcare(*other, "-o", name, "--force")
        assert done.code == 0
        assert "was an earlier calendar" not in squeeze(done.err)


def test_another_bookings_file_is_remarked(microcare: Runner) -> None:
    """All of it is cancelled, which is right for another protocol and wrong for another patient."""
    without = [each for each in SECOND if each not in {"--booking", "4711"}]
    other = (*without, "--booking", "4712", "--replaces", "care.ics", "-o", "new.ics")
    assert "care.ics has no event of this booking and protocol" in squeeze(microcare(*other).err)
    done = microcare(*without, "--replaces", "care.ics", "-o", "other.ics")
    assert "no --booking: nothing of care.ics is moved" in squeeze(done.err)
    assert len(split("other.ics")[1]) == len(split("care.ics")[0])


def test_a_revision_is_above_the_old_one(microcare: Runner) -> None:
    """Given, it is that number; at or below the old file's it would change nothing."""
    replacing = (*SECOND, "--replaces", "care.ics", "-o", "new.ics", "--revision")
    for low in (0, 1, MINUTES):
        refuse(microcare, (*replacing, str(low)), f"--revision {low} is not above that of care.ics")
    assert microcare(*replacing, str(MINUTES + 1), "-q").code == 0
    assert {each.sequence for each in read("new.ics")} == {MINUTES + 1}


def test_a_low_revision_is_remarked(microcare: Runner) -> None:
    """Beside files that nobody counted, a small number is an old one."""
    remark = "a file that was made without --revision has a higher number than 1"
    assert remark in squeeze(microcare(*FIRST, "-o", "-", "--revision", "1").err)


def test_the_sequence_grows_within_a_minute(microcare: Runner) -> None:
    """Also where the clock stands still, or was set back."""
    back = ("export-ics", *DATE, *ZONE, *SAME, "--replaces", "care.ics", "-q", "-o", "new.ics")
    for moment in (NOW, ("--now", "2019-01-01T10:00-05:00")):
        assert microcare(*back, *moment, "--force").code == 0
        assert {each.sequence for each in read("new.ics")} == {MINUTES + 1}


def test_the_highest_sequence_ends_a_booking(microcare: Runner) -> None:
    """No number is above it."""
    highest = (*FIRST, "-q", "-o", "high.ics", "--revision", str(2**31 - 1))
    assert microcare(*highest).code == 0
    replacing = (*SECOND, "-o", "new.ics", "--replaces", "high.ics")
    refuse(microcare, replacing, "high.ics has the highest SEQUENCE")


@pytest.mark.parametrize("option", ["--replaces", "--cancel"])
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("gone.ics", "gone.ics can't be read: No such file or directory. Name the file that the"),
        (".", ". can't be read: Is a directory."),
        ("", "can't be read"),
        ("a\0b", "can't be read: that is no name of a file."),
        ("x" * 300, "x… can't be read: File name too long."),
        ("own.yaml", "own.yaml is no calendar: it does not begin with BEGIN:VCALENDAR."),
        ("/dev/zero", "/dev/zero can't be read: it is a pipe or a device."),
        ("pipe", "pipe can't be read: it is a pipe or a device."),
        ("huge.ics", "huge.ics is larger than 4,000,000 bytes"),
        ("cut.ics", "cut.ics is cut off: it does not end with END:VCALENDAR."),
        ("other.ics", "other.ics was not made by microcare: none of its events is cancelled."),
    ],
)
def test_what_is_no_file_of_ours_is_refused(
    microcare: Runner, option: str, name: str, sentence: str
) -> None:
    """A stranger's file cancels nothing, and none is waited for or taken in part."""
    ours = Path("care.ics").read_bytes()
    Path("huge.ics").write_bytes(ours + b"\n" * 5_000_000)
    Path("cut.ics").write_bytes(ours[:-200])
    Path("other.ics").write_bytes(ours.replace(b"-//microcare//", b"-//Someone//"))
    os.mkfifo("pipe")
    arguments = SECOND if option == "--replaces" else ("export-ics", *LATER)
    refuse(microcare, (*arguments, option, name, "-o", "new.ics"), sentence)


def test_a_booking_is_cancelled(microcare: Runner) -> None:
    """Without a date, an answer or a protocol: a tombstone of each event."""
    first, _ = split("care.ics")
    done = microcare(*CANCEL, "-o", "gone.ics")
    assert (done.code, done.out) == (0, "gone.ics\n")
    live, gone = split("gone.ics")
    assert live == {}
    ahead = {uid for uid, each in first.items() if not each.summary.startswith("Check now")}
    assert gone.keys() == ahead
    for uid, each in gone.items():
        assert (each.start, each.end) == (first[uid].start, first[uid].end)
        assert (each.transp, each.alarm_trigger, each.sequence) == ("TRANSPARENT", None, DAYS_LATER)
        assert each.summary == "No longer applies: delete this entry"
    said = squeeze(done.err)
    assert f"microcare: wrote gone.ics: it cancels {len(gone)} events of care.ics." in said
    assert "the patient deletes them" in said


def test_a_floating_file_is_moved_and_cancelled(microcare: Runner) -> None:
    """The same events, now by the wall clock; their tombstones are floating too."""
    same = ("export-ics", *BOOKING, *SAME, "--without", "numbing-cream", "-q")
    floating = (*same, "--floating", "--replaces", "care.ics", "-o", "float.ics")
    done = microcare(*[each for each in floating if each != "-q"])
    assert "0 moved" not in squeeze(done.err)
    wall = Path("float.ics").read_bytes()
    assert lint_calendar(wall, floating=True) == []
    assert b"DTSTART:20261211T080000\r\n" in wall
    cancel = ("export-ics", "--cancel", "float.ics", *LATER, "-q", "-o", "gone.ics")
    assert microcare(*cancel).code == 0
    gone = Path("gone.ics").read_bytes()
    assert lint_calendar(gone, floating=True) == []
    assert b"DTSTART:20261211T080000\r\nDTEND:20261211T081000\r\n" in gone


def test_a_cancellation_has_a_name(microcare: Runner) -> None:
    """Without `-o` that of the old file, in the working folder, and never the old file's own."""
    assert microcare(*CANCEL, "-q").out == "care-cancelled.ics\n"
    assert microcare(*CANCEL, "-q", "-o", "-").out.encode() == (
        Path("care-cancelled.ics").read_bytes()
    )
    refuse(microcare, CANCEL, "care-cancelled.ics exists already.")


@pytest.mark.parametrize("data", [b"", b"BEGIN:VCALENDAR", None])
def test_the_old_file_may_come_from_stdin(tmp_path: Path, data: bytes | None) -> None:
    """As elsewhere `-` is stdin, from which nothing but a whole file is taken."""
    whole = Path("care.ics").read_bytes() if data is None else data
    done = run_process(*("export-ics", "--cancel", "-"), *LATER, home=tmp_path, stdin=whole)
    if data is None:
        assert (done.code, done.out) == (0, "calendar-cancelled.ics\n")
        assert split("calendar-cancelled.ics")[0] == {}
    else:
        assert done.code == 2
        assert done.err.startswith("microcare: <stdin> is ")


def test_what_every_command_takes_a_cancellation_takes(microcare: Runner) -> None:
    """Only what makes a plan is refused beside it."""
    beside = ("--dry-run", "--force", "--verbose", "--no-input", *ZONE, "--revision", "9999999")
    assert microcare(*CANCEL, *beside, "-o", "gone.ics").code == 0


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (DATE, "--date"),
        (("--with", "cold-sores", "--booking", "4711"), "--with, --booking"),
        (("--replaces", "care.ics"), "--replaces"),
        (("--protocol", "clinic-a"), "--protocol"),
        (("--spans", "--discreet", "--no-doses"), "--spans, --discreet, --no-doses"),
        (("--every-dose",), "--every-dose"),
        (("--alarm", "18:00", "--duration", "1 hour"), "--duration, --alarm"),
        (("--without", "cold-sores"), "--without"),
        (("--floating", "--calendar-name", "Care"), "--floating, --calendar-name"),
        (("--sessions", "3", "--every", "4 weeks"), "--sessions, --every"),
        (("--session", "2=2027-01-14", "--not", "2026-12-24"), "--not, --session"),
    ],
)
def test_a_cancellation_takes_nothing_else(
    microcare: Runner, arguments: tuple[str, ...], named: str
) -> None:
    """What would be left unheeded is refused."""
    sentence = f"--cancel takes all from the old file, and no {named}. Leave that out; for a new"
    refuse(microcare, (*CANCEL, *arguments, "-o", "gone.ics"), sentence)


def test_what_is_over_is_not_cancelled(microcare: Runner) -> None:
    """A file without any event would be none."""
    over = ("export-ics", "--cancel", "care.ics", "--now", "2027-11-25T10:00-05:00")
    refuse(microcare, over, "All events of care.ics are past: there is nothing to cancel.")


def test_a_cancellation_can_be_replaced(microcare: Runner) -> None:
    """Who books again after all has all events back."""
    assert microcare(*CANCEL, "-q", "-o", "gone.ics").code == 0
    done = microcare(*FIRST, "-o", "back.ics", "--replaces", "gone.ics")
    assert "has no event of this booking" not in squeeze(done.err)
    live, gone = split("back.ics")
    assert gone == {}
    assert live.keys() >= split("care.ics")[0].keys()
    assert min(each.sequence for each in live.values()) == DAYS_LATER + 1


def test_a_date_is_still_asked_for(microcare: Runner) -> None:
    """Only a cancellation needs none."""
    refuse(microcare, ("export-ics",), "Missing option '--date'. Say when: microcare export-ics")


def test_a_forbidden_treatment_names_the_way_out(microcare: Runner) -> None:
    """A new answer that rules the treatment out makes no file, and says how to cancel the old."""
    ruled = ("export-ics", *BOOKING, "--with", "pregnancy", "--replaces", "care.ics")
    done = microcare(*ruled)
    assert done.code == 1
    assert "To cancel the earlier calendar, name it after --cancel instead." in squeeze(done.err)


def test_a_cancellation_speaks_the_files_language(microcare: Runner) -> None:
    """The file says which it is, in all that is of it."""
    assert microcare(*FIRST, "--language", "es-MX", "-q", "-o", "es.ics").code == 0
    data = Path("es.ics").read_text("utf-8")
    assert "//ES\n" in data
    assert "CATEGORIES:Cita" in data
    done = microcare("export-ics", "--cancel", "es.ics", *LATER, "-q", "-o", "gone.ics")
    assert done.code == 0
    assert {each.summary for each in read_with_icalendar(Path("gone.ics").read_bytes())} == {
        "Ya no está vigente: borre esta entrada"
    }
