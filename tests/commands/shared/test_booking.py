"""What a command line books: where each setting comes from, and which input is refused."""

from __future__ import annotations

import json
import os
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.commands.running import (
    BOOKING,
    DATE,
    NOW,
    ROOT,
    ZONE,
    Outcome,
    Runner,
    run_process,
    squeeze,
)

CLINIC_A = ROOT / "protocols" / "clinic-a.yaml"
MISREAD = {
    "day or month first": "03/04/2026",
    "weekday and date disagree": "Mon 10 Dec 2026 14:30",
    "next week or this": "next thu 9am",
    "afternoon or night": "10 Dec 2:30",
    "gap in spring": "2027-03-14 02:30",
    "twice in autumn": "2026-11-01 01:30",
    "has passed this year": "10 Jan 2pm",
    "two-digit year": "12-10-26",
    "day alone": "10 9am",
    "end time": "10 Dec 2pm to 4pm",
}
"""Phrases with readings, of which a command must take none by itself."""


def refused(done: Outcome) -> str:
    """Return what stderr says of bad input, after checking what holds of every refusal."""
    assert (done.code, done.out) == (2, "")
    assert "Traceback" not in done.err
    assert done.err.startswith(("microcare: ", "/"))
    assert 0 < len(done.err.splitlines()) <= 6
    return squeeze(done.err)


def read(microcare: Runner, *arguments: str, **environment: str) -> dict[str, Any]:
    """Return a plan's data."""
    done = microcare("plan", *DATE, *NOW, *arguments, "--format", "json", **environment)
    assert done.code == 0, done.err
    found: dict[str, Any] = json.loads(done.out)
    return found


def zone(microcare: Runner, *arguments: str, **environment: str) -> tuple[str, str]:
    """Return a plan's time zone and where it came from."""
    visit = read(microcare, *arguments, **environment)["appointment"]
    return visit["timezone"], visit["timezone_source"]


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


# Dates that can be misread.


@pytest.mark.parametrize("phrase", MISREAD.values(), ids=MISREAD)
@pytest.mark.parametrize("spelling", ["apart", "joined"])
def test_misreadable_date_prints_commands_that_work(
    phrase: str, spelling: str, microcare: Runner
) -> None:
    """Each reading stands there as a whole command; pasted into a shell, it plans that reading."""
    date = ("--date", phrase) if spelling == "apart" else (f"--date={phrase}",)
    done = microcare("plan", *date, *ZONE, *NOW, "--with", "cold-sores", "-f", "json")
    refused(done)
    commands = pasted(done)
    assert commands
    found = set()
    for command in commands:
        again = microcare(*command)
        assert again.code == 0, again.err
        data = json.loads(again.out)
        found.add(data["appointment"]["start"])
        assert "ask" not in {each["applies"] for each in data["instructions"] if cold_sores(each)}
    assert len(found) == len(commands)


def pasted(done: Outcome) -> list[list[str]]:
    """Return the command lines that a refusal offers, read as a shell reads them."""
    lines = [shlex.split(line) for line in done.err.splitlines() if line.startswith("    ")]
    assert all(line[0] == "microcare" for line in lines)
    return [line[1:] for line in lines]


def cold_sores(instruction: dict[str, Any]) -> bool:
    """Tell whether an instruction depends on nothing but cold sores."""
    return bool(instruction["if"] == {"factor": "cold-sores"})


def test_both_readings_of_a_fold_are_offered(microcare: Runner) -> None:
    """The hour that comes twice is told apart by its offset."""
    done = microcare("plan", "--date", "2026-11-01 01:30", *ZONE, *NOW)
    dates = [command[command.index("--date") + 1] for command in pasted(done)]
    assert dates == ["2026-11-01 01:30-04:00", "2026-11-01 01:30-05:00"]


def test_both_sides_of_a_gap_are_offered(microcare: Runner) -> None:
    """The hour that does not exist has a last minute before it and a first one after."""
    done = microcare("plan", "--date", "2027-03-14 02:30", *ZONE, *NOW)
    dates = [command[command.index("--date") + 1] for command in pasted(done)]
    assert dates == ["2027-03-14 01:59", "2027-03-14 03:00"]


def test_misreadable_now_is_refused_likewise(microcare: Runner) -> None:
    """The other date keeps its place in the commands that are offered."""
    done = microcare("plan", *DATE, *ZONE, "--now=03/04/2026")
    assert "can mean 4 March or 3 April" in refused(done)
    assert [command[-1] for command in pasted(done)] == ["--now=2026-03-04", "--now=2026-04-03"]
    assert all(microcare(*command).code == 0 for command in pasted(done))


def test_offered_commands_keep_every_other_word(microcare: Runner, tmp_path: Path) -> None:
    """Quotes, spaces and dollars in the other arguments come through a shell unharmed."""
    file = put_protocol(tmp_path / "our $HOME 'folder' \"x\"", "ours")
    done = microcare("plan", "--date", "03/04/2026", *ZONE, *NOW, "--protocol", str(file), "-q")
    for command in pasted(done):
        assert command[command.index("--protocol") + 1] == str(file)
        assert microcare(*command).code == 0


@pytest.mark.parametrize("phrase", ["0000-01-01 10:00", "9999-12-31 23:59", "10 Dec 9999 2pm"])
def test_year_out_of_range_is_refused(phrase: str, microcare: Runner) -> None:
    """A year that no clinic means is a slip of the finger."""
    done = microcare("plan", "--date", phrase, *ZONE, *NOW)
    assert "is not between 1900 and 2199" in refused(done)


@pytest.mark.parametrize("phrase", ["1900-01-01", "2199-12-31 23:59"])
def test_first_and_last_year_are_planned(phrase: str, microcare: Runner) -> None:
    """The ends of the range hold, with all that reaches beyond them."""
    done = microcare("plan", "--date", phrase, *ZONE, *NOW, "--protocol", "clinic-b")
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize("phrase", ["", " ", "soon", "2026-02-30 9am", "x" * 100_000, "\x00"])
def test_text_that_is_no_date_is_refused(phrase: str, microcare: Runner) -> None:
    """Whatever is typed, the answer is a sentence or two."""
    done = microcare("plan", "--date", phrase, *ZONE, *NOW)
    assert len(refused(done)) < 500


def test_date_with_an_offset_is_converted_and_echoed(microcare: Runner) -> None:
    """An appointment written in another zone is planned, and said, in the clinic's."""
    done = microcare("plan", "--date", "2026-12-10T19:30+00:00", *ZONE, *NOW)
    assert "Thursday 10 December 2026, 2:30 pm, America/New_York" in done.out


# Time zones.


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("EST", "America/New_York"),
        ("PST8PDT", "America/Los_Angeles"),
        ("CET", "Europe/Berlin"),
        ("New York", "America/New_York"),
        ("america/new_york", "America/New_York"),
        ("America/New_Yrok", "America/New_York"),
        ("Brelin", "Europe/Berlin"),
        ("Mars/Phobos", "America/New_York"),
        ("", "America/New_York"),
        ("America", "Did you mean"),
        ("../../etc/passwd", "America/New_York"),
        ("/etc/localtime", "America/New_York"),
        ("right/America/New_York", "Did you mean “America/New_York”?"),
        ("+05:00", "America/New_York"),
        ("z" * 10_000, "America/New_York"),
    ],
    ids=lambda text: text[:20],
)
def test_wrong_zone_is_refused_with_a_suggestion(name: str, hint: str, microcare: Runner) -> None:
    """A zone that says nothing of summer time, or that there is not, comes with a better one."""
    said = refused(microcare("plan", *DATE, *NOW, "--tz", name))
    assert hint in said
    assert len(said) < 300


def test_zone_is_taken_from_the_strongest_source(microcare: Runner, tmp_path: Path) -> None:
    """Flag before environment before configuration before protocol before machine."""
    file = put_protocol(tmp_path, "ours", time_zone="Europe/Paris")
    microcare.configure('time-zone = "Europe/Berlin"\n')
    environment = {"MICROCARE_TZ": "Europe/Madrid", "TZ": "Europe/Rome"}
    ours = ("--protocol", str(file))
    assert zone(microcare, *ours, "--tz", "Europe/Oslo", **environment) == ("Europe/Oslo", "flag")
    assert zone(microcare, *ours, **environment) == ("Europe/Madrid", "environment")
    assert zone(microcare, *ours, TZ="Europe/Rome") == ("Europe/Berlin", "configuration")
    microcare.configure("")
    assert zone(microcare, *ours, TZ="Europe/Rome") == ("Europe/Paris", "protocol")


def test_zone_is_the_machine_s_where_nobody_names_one(tmp_path: Path) -> None:
    """The last source is the clock of the computer, and the data says that it was."""
    done = machine("Europe/Rome", tmp_path, "--format", "json")
    visit = json.loads(done.out)["appointment"]
    assert (visit["timezone"], visit["timezone_source"]) == ("Europe/Rome", "machine")


def machine(zone: str, home: Path, *arguments: str) -> Outcome:
    """Run `plan` on a machine in a time zone; each is a process, which finds its zone but once."""
    environment = {"TZ": zone}
    return run_process("plan", *DATE, *NOW, *arguments, home=home, environment=environment)


def test_empty_variable_counts_as_unset(microcare: Runner) -> None:
    """`MICROCARE_TZ=` in a script switches the setting off."""
    microcare.configure('time-zone = "Europe/Berlin"\nprotocol = "clinic-b"\n')
    data = read(microcare, MICROCARE_TZ="", MICROCARE_PROTOCOL="", MICROCARE_PROTOCOLS="")
    assert data["appointment"]["timezone_source"] == "configuration"
    assert data["protocol"]["id"] == "clinic-b"


@pytest.mark.parametrize("source", ["environment", "configuration", "protocol"])
def test_wrong_zone_of_any_source_is_refused(
    source: str, microcare: Runner, tmp_path: Path
) -> None:
    """No source falls back silently to the next."""
    arguments, environment = ["plan", *DATE, *NOW], {}
    if source == "environment":
        environment["MICROCARE_TZ"] = "EST"
    elif source == "configuration":
        microcare.configure('time-zone = "EST"\n')
    else:
        arguments += ["--protocol", str(put_protocol(tmp_path, "ours", time_zone="EST"))]
    done = microcare(*arguments, **environment)
    assert "America/New_York" in refused(done)


def test_machine_zone_is_announced(tmp_path: Path) -> None:
    """Whoever relies on the machine's clock is told so, beside the data and not in it."""
    done = machine("America/New_York", tmp_path)
    assert done.code == 0
    assert done.err.splitlines() == [
        "microcare: the time zone is this machine's, America/New_York; set the clinic's with --tz."
    ]
    assert "Thursday 10 December 2026, 2:30 pm, America/New_York" in done.out


@pytest.mark.parametrize("flag", ["-q", "--quiet"])
def test_quiet_silences_the_announcement(flag: str, tmp_path: Path) -> None:
    """`-q` leaves stderr to errors."""
    done = machine("America/New_York", tmp_path, flag)
    assert (done.code, done.err) == (0, "")


def test_machine_without_a_zone_counts_as_utc(tmp_path: Path) -> None:
    """A machine that names nonsense is no reason to fail: it is UTC, and says so."""
    done = machine("Nonsense/Nowhere", tmp_path)
    assert done.code == 0
    assert "the time zone is this machine's, " in done.err


# Protocols.


def test_protocol_is_taken_from_the_strongest_source(microcare: Runner, tmp_path: Path) -> None:
    """Flag before environment before configuration before the built-in default."""
    ours = put_protocol(tmp_path, "ours")
    assert protocol(microcare) == ("clinic-a", "built-in default; choose with --protocol")
    microcare.configure('protocol = "clinic-b"\n')
    told = "from your configuration; choose with --protocol"
    assert protocol(microcare) == ("clinic-b", told)
    told = "from MICROCARE_PROTOCOL; choose with --protocol"
    assert protocol(microcare, MICROCARE_PROTOCOL="clinic-a") == ("clinic-a", told)
    flag = ("--protocol", str(ours))
    assert protocol(microcare, *flag, MICROCARE_PROTOCOL="clinic-a") == (
        "ours",
        "chosen with --protocol",
    )


def protocol(microcare: Runner, *arguments: str, **environment: str) -> tuple[str, str]:
    """Return the id of a plan's protocol and how the plan says it was chosen."""
    done = microcare("plan", *BOOKING, *arguments, columns=200, **environment)
    assert done.code == 0, done.err
    head, _, chosen = done.out.splitlines()[0].removesuffix(")").partition(" (")
    return head.partition(" · ")[2].partition(",")[0], chosen


def test_folder_is_taken_from_the_environment_before_the_configuration(
    microcare: Runner, tmp_path: Path
) -> None:
    """`MICROCARE_PROTOCOLS` replaces the configured folder."""
    put_protocol(tmp_path / "one", "first")
    put_protocol(tmp_path / "two", "second")
    microcare.configure(f"protocols = '{tmp_path / 'one'}'\n")
    assert names(microcare("protocols")) == ["first", "clinic-a", "clinic-b"]
    environment = {"MICROCARE_PROTOCOLS": str(tmp_path / "two")}
    assert names(microcare("protocols", **environment)) == ["second", "clinic-a", "clinic-b"]


def names(done: Outcome) -> list[str]:
    """Return the ids in a list of protocols."""
    assert (done.code, done.err) == (0, "")
    return [line.split()[0] for line in done.out.splitlines() if not line.startswith(" ")]


def test_several_folders_stand_in_one_variable(microcare: Runner, tmp_path: Path) -> None:
    """Folders are parted as in PATH; the first of a name hides the later ones."""
    put_protocol(tmp_path / "one", "clinic-a", title="Ours")
    put_protocol(tmp_path / "two", "clinic-a", title="Theirs")
    both = os.pathsep.join([str(tmp_path / "one"), str(tmp_path / "two")])
    done = microcare("protocols", MICROCARE_PROTOCOLS=both)
    assert names(done) == ["clinic-a", "clinic-b"]
    assert "Ours" in done.out
    assert "Theirs" not in done.out


def test_configured_folder_lies_beside_the_configuration(microcare: Runner) -> None:
    """A relative folder in the configuration counts from the file that names it."""
    microcare.configure('protocols = "ours"\n')
    put_protocol(microcare.configuration.parent / "ours", "mine")
    assert names(microcare("protocols")) == ["mine", "clinic-a", "clinic-b"]


@pytest.mark.parametrize(
    "folder",
    ["/nowhere", str(CLINIC_A), "~nobody-of-that-name/x", "x" * 5000],
    ids=lambda f: f[:20],
)
def test_folder_that_is_none_is_refused(folder: str, microcare: Runner) -> None:
    """A folder that is missing is a mistake to be told, not an empty list."""
    for arguments in (("protocols",), ("plan", *BOOKING), ("show", "clinic-a")):
        said = refused(microcare(*arguments, MICROCARE_PROTOCOLS=folder))
        assert "There is no folder of protocols" in said
        assert "MICROCARE_PROTOCOLS" in said


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_folder_that_may_not_be_read_is_refused(microcare: Runner, tmp_path: Path) -> None:
    """A folder without permission is named, with the reason."""
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o000)
    for arguments in (("protocols",), ("plan", *BOOKING)):
        assert "can't be read" in refused(microcare(*arguments, MICROCARE_PROTOCOLS=str(folder)))


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("clinic-c", "Did you mean “clinic-"),
        ("CLINIC-A", "Did you mean “clinic-a”"),
        ("clinica", "Did you mean “clinic-a”"),
        ("facial", "There are clinic-a, clinic-b"),
        ("", "There are clinic-a, clinic-b"),
        ("y" * 10_000, "There are clinic-a, clinic-b"),
    ],
    ids=lambda text: text[:20],
)
def test_unknown_protocol_is_refused_with_a_suggestion(
    name: str, hint: str, microcare: Runner
) -> None:
    """A slip of the finger meets the nearest name, anything else the names there are."""
    for arguments in (("plan", *BOOKING, "--protocol", name), ("show", name)):
        said = refused(microcare(*arguments))
        assert hint in said
        assert len(said) < 300


def test_unknown_protocol_of_a_setting_is_refused(microcare: Runner) -> None:
    """A protocol that the environment or the configuration names is not passed over."""
    assert "“nope”" in refused(microcare("plan", *BOOKING, MICROCARE_PROTOCOL="nope"))
    microcare.configure('protocol = "nope"\n')
    assert "“nope”" in refused(microcare("plan", *BOOKING))


def test_missing_file_is_refused(microcare: Runner, tmp_path: Path) -> None:
    """What looks like a path is one, and must exist."""
    said = refused(microcare("plan", *BOOKING, "--protocol", str(tmp_path / "ours.yaml")))
    assert "ours.yaml:1:1: error: There is no such file." in said


def test_folder_in_place_of_a_file_is_refused(microcare: Runner, tmp_path: Path) -> None:
    """A folder is no protocol."""
    said = refused(microcare("plan", *BOOKING, "--protocol", f"{tmp_path}/"))
    assert "This is a folder, not a file." in said


def test_file_that_can_not_be_read_is_refused(microcare: Runner, tmp_path: Path) -> None:
    """A file without permission, or for root one whose reading fails, is told with the reason."""
    file = tmp_path / "closed.yaml"
    file.touch(mode=0o000)
    path = Path("/proc/self/mem") if os.geteuid() == 0 else file
    said = refused(microcare("plan", *BOOKING, "--protocol", str(path)))
    assert "[unreadable-file]" in said


def test_file_without_end_is_refused(microcare: Runner) -> None:
    """What never ends is read no further than the largest file goes."""
    said = refused(microcare("plan", *BOOKING, "--protocol", "/dev/zero"))
    assert "larger than" in said


def test_file_is_found_without_its_folder(
    microcare: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name with a YAML ending is a file of the working folder, and is shown as typed."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(CLINIC_A, "mine.yml")
    done = microcare("show", "mine.yml")
    assert done.code == 0
    assert "(mine.yml:" in done.out


# Patient factors.


def test_unknown_factor_is_refused_with_a_suggestion(microcare: Runner) -> None:
    """A factor that no instruction asks about would change nothing, so it is an error."""
    for option in ("--with", "--without"):
        said = refused(microcare("plan", *BOOKING, option, "cold-soars"))
        assert "Did you mean “cold-sores”?" in said
    said = refused(microcare("plan", *BOOKING, "--with", "diabetes"))
    assert "It asks about" in said
    assert "pregnancy" in said


def test_factor_of_another_protocol_is_refused(microcare: Runner) -> None:
    """What one sheet asks, another may not."""
    assert microcare("plan", *BOOKING, "--with", "peel", "--protocol", "clinic-b").code == 0
    refused(microcare("plan", *BOOKING, "--with", "peel", "--protocol", "clinic-a"))


def test_factor_can_not_be_answered_both_ways(microcare: Runner) -> None:
    """Yes and no together are a mistake, whatever their order."""
    for one, other in (("--with", "--without"), ("--without", "--with")):
        done = microcare("plan", *BOOKING, one, "cold-sores", other, "cold-sores")
        assert "can't be answered yes and no" in refused(done)


def test_factor_given_twice_counts_once(microcare: Runner) -> None:
    """Saying it again changes nothing."""
    twice = ("--with", "cold-sores", "--with", "cold-sores")
    once = microcare("plan", *BOOKING, *twice[:2]).out
    assert microcare("plan", *BOOKING, *twice).out == once


# Duration.


@pytest.mark.parametrize(
    "text", ["45", "soon", "0 minutes", "2 days", "25 hours", "1 to 2 hours", ""]
)
def test_wrong_duration_is_refused(text: str, microcare: Runner) -> None:
    """A length is minutes or hours, one number of them, a day at most."""
    assert "--duration" in refused(microcare("plan", *BOOKING, "--duration", text))


def test_duration_needs_a_time_of_day(microcare: Runner) -> None:
    """A whole-day appointment has no end to move."""
    done = microcare("plan", "--date", "2026-12-10", *ZONE, *NOW, "--duration", "1 hour")
    assert '--date "2026-12-10 14:30"' in refused(done)


def test_duration_flag_beats_the_protocol(microcare: Runner, tmp_path: Path) -> None:
    """A protocol may fix the length, the desk knows better."""
    ours = ("--protocol", str(put_protocol(tmp_path, "ours", duration="1 hour")), *ZONE)
    assert read(microcare, *ours)["appointment"]["end"] == "2026-12-10T15:30:00-05:00"
    data = read(microcare, *ours, "--duration", "30 minutes")
    assert data["appointment"]["end"] == "2026-12-10T15:00:00-05:00"


# The clinic and the configuration.


def test_clinic_of_the_configuration_is_whom_to_ask(microcare: Runner) -> None:
    """Where the protocol names no clinic, the user's own stands wherever one is to ask."""
    microcare.configure('[clinic]\nname = "Skin & Co"\nphone = "555 0100"\naddress = "1 Elm St"\n')
    text = microcare("plan", *BOOKING).out
    assert "Clinic: Skin & Co, 555 0100, 1 Elm St" in text
    assert "With any question: ask Skin & Co, 555 0100." in text
    assert "no end stated; ask Skin & Co, 555 0100)" in squeeze(text)
    markdown = microcare("plan", *BOOKING, "--format", "markdown").out
    assert "With any question: ask Skin \\& Co, 555 0100." in markdown


def test_clinic_of_the_protocol_comes_first(microcare: Runner, tmp_path: Path) -> None:
    """A protocol's own clinic is filled up, not replaced, by the configuration."""
    microcare.configure('[clinic]\nname = "Mine"\nphone = "555 0100"\n')
    ours = put_protocol(tmp_path, "ours", clinic="{name: Theirs}")
    done = microcare("plan", *BOOKING, "--protocol", str(ours))
    assert "With any question: ask Theirs, 555 0100." in done.out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('protocl = "clinic-b"', "Did you mean “protocol”?"),
        ('[clinic]\nfone = "1"', "Did you mean “phone”?"),
        ("colour = 1", "Known are protocol, time-zone, protocols, clinic"),
        ("protocol =", "is not valid TOML"),
        ("protocol = 3", "is not a text"),
        ('protocol = ["clinic-b"]', "is not a text"),
        ('clinic = "x"', "is no table"),
        ("[clinic]\nname = 3", "is not a text"),
        ('protocols = "nowhere"', "There is no folder of protocols"),
    ],
)
def test_wrong_configuration_is_refused(text: str, said: str, microcare: Runner) -> None:
    """A mistake in the configuration is told with its file, and with the key that was meant."""
    microcare.configure(text)
    for arguments in (("plan", *BOOKING), ("protocols",), ("show", "clinic-a")):
        assert said in refused(microcare(*arguments))


def test_configuration_that_is_no_text_is_refused(microcare: Runner) -> None:
    """Binary data, and a folder in its place, are told apart from a missing file."""
    microcare.configure("")
    microcare.configuration.write_bytes(b"\xff\xfe\x00")
    assert "not UTF-8 text" in refused(microcare("plan", *BOOKING))
    microcare.configuration.unlink()
    microcare.configuration.mkdir()
    assert "can't be read" in refused(microcare("plan", *BOOKING))


def test_configuration_of_a_windows_editor_is_read(microcare: Runner) -> None:
    """A byte order mark and line ends of two characters are no mistake."""
    microcare.configure("")
    microcare.configuration.write_bytes(b'\xef\xbb\xbfprotocol = "clinic-b"\r\n')
    assert read(microcare, *ZONE)["protocol"]["id"] == "clinic-b"
