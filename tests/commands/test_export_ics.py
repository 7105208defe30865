"""`export-ics`: one file, written whole, with what to do with it said beside it."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.calendar.lint import LARGEST, lint_calendar
from tests.calendar.readers import Entry, read_with_icalendar
from tests.commands.running import (
    BOOKING,
    COMMAND,
    DATE,
    NOW,
    ROOT,
    ZONE,
    Outcome,
    Runner,
    clean_environment,
    run_process,
    squeeze,
)

EXPORT = ("export-ics", *BOOKING)
STDOUT = (*EXPORT, "-q", "-o", "-")
EACH = pytest.mark.parametrize("protocol", ["clinic-a", "clinic-b"])
DEFAULT = "clinic-a-2026-12-10.ics"
NEW_DATE = ("--date", "2027-01-20 09:00", *ZONE, *NOW)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder, in which the commands of this file run."""
    empty = tmp_path / "here"
    empty.mkdir()
    monkeypatch.chdir(empty)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return empty


def names(folder: Path) -> list[str]:
    """Return what is in a folder, hidden files too."""
    return sorted(each.name for each in folder.iterdir())


def read(done: Outcome) -> list[Entry]:
    """Return the events of a calendar that was printed, in which the lint finds nothing."""
    assert done.code == 0, done.err
    data = done.out.encode()
    assert [str(each) for each in lint_calendar(data)] == []
    assert len(data) < LARGEST
    return read_with_icalendar(data)


def refuse(done: Outcome, folder: Path, sentence: str, *, code: int = 2) -> None:
    """Check that what can't be done is refused in a sentence, and that nothing was written."""
    assert done.code == code
    assert done.out == ""
    assert done.err.startswith("microcare: ")
    assert sentence in squeeze(done.err)
    assert "Traceback" not in done.err
    assert names(folder) == []


@EACH
def test_stdout_has_the_bytes_alone(microcare: Runner, protocol: str) -> None:
    """With `-o -` the calendar is all that stdout has; remarks stand on stderr."""
    done = microcare(*EXPORT, "--protocol", protocol, "-o", "-")
    assert done.out.startswith("BEGIN:VCALENDAR\r\n")
    assert done.out.endswith("END:VCALENDAR\r\n")
    assert len(read(done)) > 10
    assert done.err.startswith("microcare: wrote stdout: ")


def test_a_process_writes_crlf_to_stdout(tmp_path: Path) -> None:
    """The bytes on a real stdout are those of the file, under any encoding."""
    write = (*EXPORT, "-q", "-o", "care.ics")
    assert run_process(*write, home=tmp_path).code == 0
    done = run_process(*STDOUT, home=tmp_path, environment={"PYTHONIOENCODING": "latin-1"})
    assert done.out.encode("latin-1") == Path("care.ics").read_bytes()
    assert b"\r\n" in Path("care.ics").read_bytes()


def test_a_file_is_the_same_as_stdout(microcare: Runner, folder: Path) -> None:
    """`-o FILE` writes those bytes and prints the file's name."""
    done = microcare(*EXPORT, "-o", "care.ics")
    assert (done.code, done.out) == (0, "care.ics\n")
    assert (folder / "care.ics").read_bytes() == microcare(*STDOUT).out.encode()
    assert names(folder) == ["care.ics"]


def test_a_made_name_is_printed(microcare: Runner, folder: Path) -> None:
    """Without `-o` the name is made of the protocol and the date, and of nothing private."""
    done = microcare(*EXPORT, "--booking", "Jane Doe", "--with", "cold-sores")
    assert done.out == f"{DEFAULT}\n"
    assert names(folder) == [DEFAULT]


@EACH
def test_the_remark_says_what_and_how(microcare: Runner, protocol: str) -> None:
    """How many events, the first and the last day, and how each kind of phone imports them."""
    done = microcare(*EXPORT, "--protocol", protocol, "-o", "care.ics")
    entries = read_with_icalendar(Path("care.ics").read_bytes())
    last = {"clinic-a": "Mon 21 Dec", "clinic-b": "Thu 7 Jan 2027"}[protocol]
    said = squeeze(done.err)
    assert said.startswith(
        f"microcare: wrote care.ics: {len(entries)} events, Sat 21 Nov to {last}."
    )
    assert "To import it" in said
    for word in ("iPhone", "Add All", "Android", "calendar.google.com", "Outlook"):
        assert word in said


def test_reminders_of_doses_are_counted(microcare: Runner) -> None:
    """Stderr says how many there are and how to leave them out, which the option does."""
    sheet = str(ROOT / "tests" / "examples" / "valid" / "eye-surgery.yaml")
    booked = (*EXPORT, "--protocol", sheet, "-o", "-")
    many, few = microcare(*booked), microcare(*booked, "--no-doses")
    counted = int(
        squeeze(many.err).partition(" of them remind of doses; with --no-doses")[0].split()[-1]
    )
    assert 50 < counted < 100
    with_them, without = ({each.uid: each for each in read(done)} for done in (many, few))
    assert len(with_them.keys() - without.keys()) == counted
    assert all(without[uid].all_day for uid in without.keys() - with_them.keys())
    assert "remind of doses" not in few.err


def test_every_dose_has_a_reminder_where_it_is_wanted(microcare: Runner) -> None:
    """More events than otherwise; beside `--no-doses` it is refused."""
    sheet = str(ROOT / "tests" / "examples" / "valid" / "chemical-peel.yaml")
    booked = (*EXPORT, "--protocol", sheet, "-o", "-")
    all_of_them, few = (microcare(*booked, *more).out for more in (("--every-dose",), ()))
    assert all_of_them.count("BEGIN:VEVENT") > few.count("BEGIN:VEVENT") + 50
    done = microcare(*booked, "--every-dose", "--no-doses")
    assert (done.code, done.out) == (2, "")
    assert "--no-doses and --every-dose contradict each other. Leave one out" in squeeze(done.err)


def test_no_reference_is_remarked(microcare: Runner) -> None:
    """Without `--booking` stderr says what a new date will do, with one it doesn't."""
    remark = "no --booking: for a new date, another file will add events instead of moving these"
    assert remark in microcare(*EXPORT, "-o", "-").err
    assert remark not in microcare(*EXPORT, "-o", "-", "--booking", "4711").err


@pytest.mark.parametrize(
    ("answers", "remark"),
    [
        (("--without", "cold-sores"), "3 instructions left out, because an answer rules it out."),
        (("--without", "numbing-cream"), "1 instruction left out, because an answer rules it out."),
    ],
)
def test_what_is_left_out_is_counted(
    microcare: Runner, answers: tuple[str, ...], remark: str
) -> None:
    """Stderr counts the instructions that an answer ruled out."""
    assert f"microcare: {remark}" in microcare(*EXPORT, *answers, "-o", "-").err


def test_nothing_left_out_is_not_counted(microcare: Runner) -> None:
    """A yes leaves nothing out, so there is nothing to say."""
    assert "left out" not in microcare(*EXPORT, "--with", "cold-sores", "-o", "-").err


def test_quiet_leaves_the_name_alone(microcare: Runner) -> None:
    """`-q` says nothing on stderr; the file's name is data."""
    done = microcare(*EXPORT, "-q")
    assert (done.code, done.out, done.err) == (0, f"{DEFAULT}\n", "")


@pytest.mark.parametrize("target", ["-", "care.ics"])
def test_a_dry_run_writes_nothing(microcare: Runner, folder: Path, target: str) -> None:
    """`--dry-run` says what would be written, and neither writes nor prints it."""
    done = microcare(*EXPORT, "--dry-run", "-o", target)
    where = "stdout" if target == "-" else target
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith(f"microcare: would write {where}: 21 events")
    assert names(folder) == []


def test_a_file_is_replaced_only_by_force(microcare: Runner, folder: Path) -> None:
    """An existing file is refused and stays; with `--force` it is replaced."""
    file = folder / "care.ics"
    file.write_text("old")
    done = microcare(*EXPORT, "-o", "care.ics")
    assert (done.code, done.out, file.read_text()) == (2, "", "old")
    assert squeeze(done.err) == (
        "microcare: care.ics exists already. Add --force to replace it, or name another"
    )
    assert microcare(*EXPORT, "-o", "care.ics", "--force").code == 0
    assert lint_calendar(file.read_bytes()) == []
    assert names(folder) == ["care.ics"]


def test_a_made_name_is_not_overwritten_either(microcare: Runner, folder: Path) -> None:
    """A second patient of the same day doesn't lose the first one's file."""
    assert microcare(*EXPORT).code == 0
    assert microcare(*EXPORT).code == 2
    assert names(folder) == [DEFAULT]


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("gone/care.ics", "The folder gone does not exist. Make it, or name another"),
        (".", ". is a folder. Name a file in it"),
        ("", ". is a folder. Name a file in it"),
        ("new/", "The folder new does not exist. Make it, or name another"),
        ("x" * 300, "File name too long. Nothing was written; name another place with -o"),
        ("a\0b", "that is no name of a file"),
        ("/dev/null", "/dev/null is a device or a pipe, not a file."),
        ("/proc/care.ics", "/proc/care.ics can't be written"),
    ],
)
@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_bad_target_is_refused(
    microcare: Runner, folder: Path, target: str, sentence: str, force: tuple[str, ...]
) -> None:
    """A missing folder, a folder, a device, a place that takes no files: exit 2, in words."""
    if target.startswith("/") and not Path(target).parent.exists():
        pytest.skip(f"there is no {Path(target).parent} here")
    refuse(microcare(*EXPORT, "-o", target, *force), folder, sentence)


@pytest.mark.parametrize(
    "arguments",
    [("-o", "made.ics"), (), ("-o", "made.ics", "--force")],
    ids=["named", "by date", "forced"],
)
def test_four_at_once_lose_no_file(
    folder: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """Of four that write one name at once, one does and three are told; with --force all do."""
    bookings = [str(number) for number in range(4)]
    running = [
        subprocess.Popen(
            [*COMMAND, *EXPORT, *arguments, "--booking", each],
            env=clean_environment(tmp_path),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for each in bookings
    ]
    said = [each.communicate(timeout=60)[1] for each in running]
    codes = sorted(each.returncode for each in running)
    assert codes == ([0] * 4 if "--force" in arguments else [0, *[2] * 3])
    assert sum(b"exists already" in each for each in said) == codes.count(2)
    (made,) = names(folder)
    assert lint_calendar((folder / made).read_bytes()) == []


_FULL_DISK = """\
import resource, sys
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
sys.path.insert(0, {root!r})
from microcare.__main__ import main
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
code = main()
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))  # coverage has its data to write
sys.exit(code)
"""


@pytest.mark.parametrize("old", [None, "old"])
def test_a_full_disk_leaves_nothing_half_written(
    folder: Path, tmp_path: Path, old: str | None
) -> None:
    """Where the disk is full half-way, no part stays, and an old file is as it was."""
    pytest.importorskip("resource", reason="only Unix limits the size of files")
    file = folder / "care.ics"
    if old is not None:
        file.write_text(old)
    done = subprocess.run(
        [sys.executable, "-c", _FULL_DISK.format(root=str(ROOT)), *EXPORT,
         "--force", "-o", "care.ics"],
        env=clean_environment(tmp_path),
        capture_output=True,
        check=False,
        timeout=60,
    )  # fmt: skip
    assert done.returncode in {2, 3}
    assert done.stdout == b""
    assert b"care.ics can't be written: File too large." in done.stderr
    assert b"Traceback" not in done.stderr
    assert names(folder) == ([] if old is None else ["care.ics"])
    assert old is None or file.read_text() == old


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_stdout_ends_in_a_sentence(tmp_path: Path) -> None:
    """A device that takes nothing is no defect of ours: exit 3, no traceback."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, *STDOUT],
            env=clean_environment(tmp_path),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert done.returncode == 3
    assert b"No space left on device" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_file_has_the_users_mode(microcare: Runner, folder: Path) -> None:
    """A umask of 077 keeps the patient's file to its owner."""
    before = os.umask(0o077)
    try:
        assert microcare(*EXPORT, "-o", "care.ics").code == 0
    finally:
        os.umask(before)
    assert stat.S_IMODE((folder / "care.ics").stat().st_mode) == 0o600


@EACH
def test_a_forbidden_treatment_has_no_calendar(
    microcare: Runner, folder: Path, protocol: str
) -> None:
    """A contraindication answered yes is told as DO NOT TREAT, not by name; no file is made."""
    done = microcare(*EXPORT, "--protocol", protocol, "--with", "pregnancy", "-o", "care.ics")
    refuse(done, folder, "DO NOT TREAT: an answer rules the treatment out.", code=1)
    assert "pregnan" not in done.err
    done = microcare(*EXPORT, "--protocol", protocol, "--with", "pregnancy", "-o", "-")
    refuse(done, folder, "No calendar was written", code=1)


def test_a_machine_without_a_place_is_refused(folder: Path, tmp_path: Path) -> None:
    """A machine on UTC doesn't know the clinic's zone: a wrong day would be worse than none."""
    done = run_process("export-ics", *DATE, *NOW, home=tmp_path, environment={"TZ": "UTC"})
    refuse(done, folder, "The clinic's time zone is not known: this machine's is UTC.")
    assert "--tz America/New_York" in done.err


def test_a_chosen_utc_is_accepted(microcare: Runner) -> None:
    """UTC that someone has named is a zone like any other."""
    assert microcare("export-ics", *DATE, *NOW, "--tz", "UTC", "-o", "-").code == 0
    assert microcare("export-ics", *DATE, *NOW, "-o", "-", MICROCARE_TZ="UTC").code == 0


def test_a_machine_with_a_place_is_announced(tmp_path: Path) -> None:
    """The machine's zone is taken, and said so once."""
    berlin = {"TZ": "Europe/Berlin"}
    done = run_process("export-ics", *DATE, *NOW, "-o", "-", home=tmp_path, environment=berlin)
    assert done.code == 0
    assert done.err.count("Europe/Berlin") == 1
    assert "set the clinic's with --tz" in done.err


@pytest.mark.parametrize("bad", ["24:00", "18:60", "12 am", "18", "", "noon", "-18:00", "18:00:00"])
def test_a_bad_alarm_is_refused(microcare: Runner, folder: Path, bad: str) -> None:
    """What is no time of day is named, with one that is."""
    refuse(microcare(*EXPORT, f"--alarm={bad}"), folder, "is no time of day for --alarm")


@pytest.mark.parametrize("good", ["00:00", "23:59", "7:30", "18:00", "6:30 p.m.", "none"])
def test_a_time_of_day_or_none_is_an_alarm(microcare: Runner, good: str) -> None:
    """Any time of the evening before, midnight included, gives negative triggers or none."""
    triggers = {each.alarm_trigger for each in read(microcare(*STDOUT, "--alarm", good))}
    rings = {each for each in triggers if each is not None}
    assert bool(rings) is (good != "none")
    assert all(each.total_seconds() < 0 for each in rings)


@pytest.mark.parametrize("bad", ["", "3", "0 hours", "2 days", "25 hours", "1 to 2 hours", "soon"])
def test_a_bad_notice_is_refused(microcare: Runner, folder: Path, bad: str) -> None:
    """What is no length of minutes or hours is named, with one that is."""
    refuse(microcare(*EXPORT, f"--notice={bad}"), folder, "is no length of time for --notice")


def test_a_notice_is_how_long_before_its_hour_a_fast_rings(microcare: Runner) -> None:
    """Two hours, or what the clinic says."""
    bowel_prep = ("--protocol", str(ROOT / "tests/examples/valid/bowel-prep.yaml"))
    for given, hours in (((), 2), (("--notice", "3 hours"), 3)):
        entries = read(microcare(*STDOUT, *bowel_prep, *given))
        (stop,) = (each for each in entries if each.summary == "No food, drinks from Thu 12:30 pm")
        assert stop.alarm_trigger == -timedelta(hours=hours)


@pytest.mark.parametrize("spelt", ["6 pm", "6pm", "6:00 P.M.", " 06:00 pm"])
def test_an_alarm_takes_am_and_pm(microcare: Runner, spelt: str) -> None:
    """As protocols take them: 6 pm is 18:00."""
    assert microcare(*STDOUT, "--alarm", spelt).out == microcare(*STDOUT, "--alarm", "18:00").out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--revision", "-1"), "-1 is not in the range"),
        (("--revision", "2147483648"), "2147483648 is not in the range"),
        (("--revision", "two"), "'two' is not a valid int"),
        (("--booking", ""), "--booking is empty."),
        (("--booking", "  "), "--booking is empty."),
        (("--protocol", "clinic-z"), "clinic-z"),
        (("--with", "nonsense"), "does not ask about “nonsense”"),
    ],
)
def test_bad_input_is_refused(
    microcare: Runner, folder: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    """Every other wrong option ends in a sentence, with exit 2 and without a file."""
    refuse(microcare(*EXPORT, *arguments), folder, sentence)


def test_a_bad_zone_is_refused(microcare: Runner, folder: Path) -> None:
    """An abbreviation names no place."""
    refuse(microcare("export-ics", *DATE, *NOW, "--tz", "EST"), folder, "EST")


def test_a_bad_epoch_is_refused(microcare: Runner, folder: Path) -> None:
    """SOURCE_DATE_EPOCH is a number of seconds."""
    done = microcare(*EXPORT, SOURCE_DATE_EPOCH="yesterday")
    refuse(done, folder, "SOURCE_DATE_EPOCH is “yesterday”.")


@EACH
def test_equal_inputs_give_equal_bytes(tmp_path: Path, protocol: str) -> None:
    """Two processes with different hash seeds write the same file."""
    options = ("--protocol", protocol, "--spans", "--booking", "4711")
    first, second = (
        run_process(
            *STDOUT, *options, home=tmp_path, environment={"PYTHONHASHSEED": seed, "TZ": zone}
        )
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    )
    assert first.code == 0
    assert first.out == second.out


def test_the_stamp_is_the_epochs(microcare: Runner) -> None:
    """SOURCE_DATE_EPOCH fixes the stamp and nothing else; without it `--now` does."""
    plain, fixed = microcare(*STDOUT), microcare(*STDOUT, SOURCE_DATE_EPOCH="1700000000")
    assert "DTSTAMP:20261121T150000Z\r\n" in plain.out
    for name in ("DTSTAMP", "LAST-MODIFIED"):
        stamped = plain.out.replace(f"{name}:20261121T150000Z", f"{name}:20231114T221320Z")
        plain = replace(plain, out=stamped)
    assert fixed.out == plain.out


def test_without_now_the_file_is_made_today(tmp_path: Path) -> None:
    """The real time is only the default of `--now`."""
    done = run_process("export-ics", *DATE, *ZONE, "-q", "-o", "-", home=tmp_path)
    assert done.code == 0
    assert lint_calendar(done.out.encode()) == []


@EACH
def test_a_reschedule_moves_the_events(microcare: Runner, protocol: str) -> None:
    """The same `--booking`, a new date, a higher `--revision`: the same UIDs, other dates."""
    same = ("-q", "-o", "-", "--protocol", protocol, "--booking", "4711")
    first = {each.uid: each for each in read(microcare(*EXPORT, *same, "--revision", "0"))}
    moved = {
        each.uid: each
        for each in read(microcare("export-ics", *NEW_DATE, *same, "--revision", "1"))
    }
    assert first.keys() <= moved.keys()
    assert {each.sequence for each in first.values()} == {0}
    assert {each.sequence for each in moved.values()} == {1}
    unmoved = [each.summary for uid, each in first.items() if moved[uid].start == each.start]
    assert unmoved == ["Check now: what already applies"]


def test_the_reference_is_not_in_the_file(microcare: Runner) -> None:
    """What may name a patient makes the UIDs and goes nowhere."""
    done = microcare(*EXPORT, "-o", "-", "--booking", "Jane-Roebuck-1980")
    for part in ("jane", "roebuck", "1980"):
        assert part not in done.out.lower()
        assert part not in done.err.lower()


@pytest.mark.parametrize("answer", ["--with", "--without"])
def test_an_answer_settles_its_condition(microcare: Runner, answer: str) -> None:
    """“If you are prone …” stands until it was asked."""
    question = "If you are prone to cold sores"
    said = "".join(each.description for each in read(microcare(*STDOUT)))
    settled = "".join(each.description for each in read(microcare(*STDOUT, answer, "cold-sores")))
    assert question in said
    assert question not in settled
    assert ("Take the medicine against cold sores" in settled) is (answer == "--with")


def test_spans_add_bars(microcare: Runner) -> None:
    """`--spans` adds windows as bars and takes nothing away."""
    plain, bars = read(microcare(*STDOUT)), read(microcare(*STDOUT, "--spans"))
    assert {each.uid for each in plain} < {each.uid for each in bars}
    assert any(each.summary == "avoid: prolonged sun, sunbathing" for each in bars)


def test_discreet_names_nothing(microcare: Runner) -> None:
    """`--discreet` leaves neither the treatment nor a topic on the lock screen."""
    titles = {each.summary for each in read(microcare(*STDOUT, "--discreet", "--spans"))}
    assert {title.partition(" (")[0] for title in titles} == {"Appointment", "Personal reminder"}


def test_discreet_shows_no_place(microcare: Runner) -> None:
    """The clinic is told in the visit's description, and nowhere that a lock screen shows."""
    microcare.configure('[clinic]\nname = "Haut & Co"\naddress = "Suite 4"\n')
    done = microcare(*STDOUT, "--discreet", "--spans")
    assert {each.location for each in read(done)} == {""}
    (visit,) = (each for each in read(done) if each.transp == "OPAQUE")
    assert "Where: Haut & Co, Suite 4\n" in visit.description
    shown = [line for line in done.out.split("\r\n") if line.startswith("CATEGORIES:")]
    assert set(shown) == {"CATEGORIES:Appointment", "CATEGORIES:Reminder"}
    (plain,) = (each for each in read(microcare(*STDOUT)) if each.transp == "OPAQUE")
    assert plain.location == "Haut & Co, Suite 4"
    assert "Where:" not in plain.description


def test_floating_follows_the_phone(microcare: Runner) -> None:
    """`--floating` leaves a bedtime at the wall clock; the visit stays an instant."""
    sheet = str(ROOT / "tests" / "examples" / "valid" / "chemical-peel.yaml")
    plain = microcare(*STDOUT, "--protocol", sheet)
    assert not re.search(r"DTSTART:\d+T\d+\r", plain.out)
    done = microcare(*STDOUT, "--protocol", sheet, "--floating")
    assert [str(each) for each in lint_calendar(done.out.encode(), floating=True)] == []
    assert "DTSTART:20261208T223000\r\nDTEND:20261208T224000\r\n" in done.out
    assert "DTSTART:20261210T193000Z\r\n" in done.out


def test_floating_times_are_to_be_checked(microcare: Runner) -> None:
    """Not every calendar takes them as they are meant; where there are none nothing is said."""
    sheet = str(ROOT / "tests" / "examples" / "valid" / "chemical-peel.yaml")
    said = "Check the hour of one dose after the import."
    peel = (*EXPORT, "--protocol", sheet, "-o", "-")
    assert said in squeeze(microcare(*peel, "--floating").err)
    assert said not in squeeze(microcare(*peel).err)
    without = (*EXPORT, "--without", "cold-sores", "-o", "-")
    assert said not in squeeze(microcare(*without, "--floating").err)


def test_a_calendar_is_named(microcare: Runner) -> None:
    """`--calendar-name` writes the standard's NAME, and nothing that opens another calendar."""
    assert "NAME" not in microcare(*STDOUT).out
    done = microcare(*STDOUT, "--calendar-name", " After,  care\n")
    assert read(done)
    assert "\r\nNAME:After\\, care\r\n" in done.out
    assert "X-WR-CALNAME" not in done.out


def test_an_empty_name_is_refused(microcare: Runner, folder: Path) -> None:
    """A calendar without a name is one without the option."""
    done = microcare(*EXPORT, "--calendar-name", " ")
    refuse(done, folder, "--calendar-name is empty. Give the calendar a name, or leave it out")


def test_a_duration_is_the_visits_end(microcare: Runner) -> None:
    """`--duration` gives the visit its own end."""
    (found,) = (
        each
        for each in read(microcare(*STDOUT, "--duration", "45 minutes"))
        if each.transp == "OPAQUE"
    )
    assert found.end is not None
    assert (found.end - found.start).total_seconds() == 45 * 60


def test_the_configured_clinic_is_named(microcare: Runner) -> None:
    """Whom to ask comes from the user's configuration where the protocol doesn't say."""
    microcare.configure('[clinic]\nname = "Haut; & Co, GmbH"\nphone = "555 0100"\n')
    entries = read(microcare(*STDOUT))
    assert all("ask Haut; & Co, GmbH, 555 0100." in each.description for each in entries)


@pytest.mark.parametrize(
    "text",
    [
        "Kühl halten: 🧊👩‍⚕️, ja; nein \\ \\n „so“ 'oder' so",
        "Stop \u202e esrever \x85 now",
        "Wärme; Kälte, “Öl” \\ 🌞 " * 90,
    ],
    ids=["signs", "invisible", "long"],
)
def test_a_protocols_text_arrives(microcare: Runner, folder: Path, text: str) -> None:
    """A clinic's own file may say anything, and the patient reads it as it was meant."""
    escaped = text.replace("\\", "\\\\").replace("\x85", "\\N").replace("\u202e", "\\u202e")
    (folder / "own.yaml").write_text(
        "microcare: 1\nid: own\ntitle: Own\nprocedure: own\nversion: 1\n"
        "instructions:\n  - id: cool\n    avoid: sauna\n    until: 2 days after\n"
        f'    say: "{escaped}"\n',
        encoding="utf-8",
    )
    entries = read(microcare(*STDOUT, "--protocol", "own.yaml"))
    meant = text.strip().replace("\x85", "\\x85").replace("\u202e", "\\u202e")
    assert meant in "".join(each.description for each in entries)
