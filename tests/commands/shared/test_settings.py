"""What this machine is set to: where each setting comes from, and which is refused."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.commands.running import (
    BOOKING,
    DATE,
    NOW,
    ROOT,
    ZONE,
    Outcome,
    Runner,
    put_protocol,
    read_plan,
    refused,
    run_process,
)

CLINIC_A = ROOT / "protocols" / "clinic-a.yaml"


def zone(microcare: Runner, *arguments: str, **environment: str) -> tuple[str, str]:
    """Return a plan's time zone and where it came from."""
    visit = read_plan(microcare, *arguments, **environment)["appointment"]
    return visit["timezone"], visit["timezone_source"]


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
    return run_process(
        "plan", "--full", *DATE, *NOW, *arguments, home=home, environment=environment
    )


def test_empty_variable_counts_as_unset(microcare: Runner) -> None:
    """`MICROCARE_TZ=` in a script switches the setting off."""
    microcare.configure('time-zone = "Europe/Berlin"\nprotocol = "clinic-b"\n')
    data = read_plan(microcare, MICROCARE_TZ="", MICROCARE_PROTOCOL="", MICROCARE_PROTOCOLS="")
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


@pytest.mark.parametrize("zone", ["EST", "<-03>3", "CET-1CEST,M3.5.0,M10.5.0/3"])
def test_tz_that_names_no_place_is_announced_as_such(zone: str, tmp_path: Path) -> None:
    """UTC is taken for want of better, which is said even with --quiet."""
    done = machine(zone, tmp_path, "--quiet")
    assert done.code == 0
    assert done.err == (
        f"microcare: the time zone is this machine's, UTC, because its TZ, “{zone}”, names no"
        " place; set the clinic's with --tz.\n"
    )
    done = run_process("export-ics", *DATE, *NOW, home=tmp_path, environment={"TZ": zone})
    said = refused(done)
    assert "The clinic's time zone is not known" in said
    assert f"its TZ, “{zone}”, names no place. Name it: --tz America/New_York" in said


def test_tz_of_the_us_is_the_place_that_iana_links_it_to(tmp_path: Path) -> None:
    """As a person's word EST5EDT is refused; of a machine the place is taken, and announced."""
    done = machine("EST5EDT", tmp_path)
    assert "the time zone is this machine's, America/New_York; set" in done.err
    assert "Thursday 10 December 2026, 2:30 pm, America/New_York" in done.out


# Protocols.


def test_protocol_is_taken_from_the_strongest_source(microcare: Runner, tmp_path: Path) -> None:
    """Flag before environment before configuration before the built-in default."""
    ours = put_protocol(tmp_path, "ours")
    assert protocol(microcare) == ("clinic-a", "by default")
    microcare.configure('protocol = "clinic-b"\n')
    assert protocol(microcare) == ("clinic-b", "from your configuration")
    chosen = protocol(microcare, MICROCARE_PROTOCOL="clinic-a")
    assert chosen == ("clinic-a", "from MICROCARE_PROTOCOL")
    flag = ("--protocol", str(ours))
    assert protocol(microcare, *flag, MICROCARE_PROTOCOL="clinic-a") == ("ours", "")


def protocol(microcare: Runner, *arguments: str, **environment: str) -> tuple[str, str]:
    """Return the id of a plan's protocol and how the plan says it was chosen."""
    done = microcare("plan", "--full", *BOOKING, *arguments, columns=200, **environment)
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
    """What never ends is no file, and not read at all."""
    said = refused(microcare("plan", *BOOKING, "--protocol", "/dev/zero"))
    assert "This is a pipe or a device, not a file. [unreadable-file]" in said


def test_file_is_found_without_its_folder(
    microcare: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name with a YAML ending is a file of the working folder, and is shown as typed."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(CLINIC_A, "mine.yml")
    done = microcare("show", "mine.yml")
    assert done.code == 0
    assert "(mine.yml:" in done.out


# The configuration.


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
    assert read_plan(microcare, *ZONE)["protocol"]["id"] == "clinic-b"


# What was taken, and why.


def said(microcare: Runner, *arguments: str, **environment: str) -> list[str]:
    """Return the remarks on what was taken; all else is as it is without them."""
    silent = microcare(*arguments, **environment)
    done = microcare(*arguments, "--verbose", **environment)
    assert (done.code, done.out) == (silent.code, silent.out)
    remarks = done.err.removesuffix(silent.err)
    assert remarks != done.err or not silent.err
    return remarks.replace("microcare: ", "").splitlines()


def test_verbose_tells_what_was_taken_where_nothing_is_set(microcare: Runner) -> None:
    """The place of a configuration that is not there too: it could be written there."""
    configuration = f"configuration: {microcare.configuration} (there is none)"
    assert said(microcare, "plan", *BOOKING) == [
        configuration,
        "protocol: clinic-a (by default)",
        f"file: {CLINIC_A}",
        "time zone: America/New_York (named on the command line)",
    ]
    assert said(microcare, "protocols") == [
        configuration,
        "default protocol: clinic-a (by default)",
    ]


def test_verbose_tells_what_is_configured(microcare: Runner) -> None:
    """And what a variant extends."""
    microcare.configure('protocol = "ours"\nprotocols = "."\ntime-zone = "America/Denver"\n')
    folder = microcare.configuration.parent
    header = "microcare: 1\nid: ours\ntitle: T\nprocedure: p\nversion: 1\nextends: clinic-a\n"
    (folder / "ours.yaml").write_text(header, encoding="utf-8")
    told = [
        f"configuration: {microcare.configuration}",
        f"folder of protocols: {folder} (from your configuration)",
        "protocol: ours (from your configuration)",
        f"file: {folder / 'ours.yaml'}",
        "  It extends protocols/clinic-a.yaml.",
        "time zone: America/Denver (from your configuration)",
    ]
    assert said(microcare, "plan", *DATE, *NOW) == told
    assert said(microcare, "export-ics", *DATE, *NOW, "-o", "-") == told


def test_verbose_tells_what_the_environment_says(microcare: Runner, tmp_path: Path) -> None:
    """It beats the configuration."""
    microcare.configure('protocol = "clinic-a"\ntime-zone = "America/Denver"\n')
    file = put_protocol(tmp_path / "ours", "mine")
    settings = {
        "MICROCARE_PROTOCOL": "mine",
        "MICROCARE_PROTOCOLS": str(file.parent),
        "MICROCARE_TZ": "America/Chicago",
    }
    assert said(microcare, "plan", *DATE, *NOW, **settings)[1:] == [
        f"folder of protocols: {file.parent} (from MICROCARE_PROTOCOLS)",
        "protocol: mine (from MICROCARE_PROTOCOL)",
        f"file: {file}",
        "time zone: America/Chicago (from MICROCARE_TZ)",
    ]


def test_verbose_tells_the_protocol_s_zone(microcare: Runner, tmp_path: Path) -> None:
    """A file that is named is the one that was read."""
    file = put_protocol(tmp_path, "mine", time_zone="America/Chicago")
    assert said(microcare, "plan", *DATE, *NOW, "-p", str(file))[1:] == [
        f"protocol: {str(file)[:60]} (named on the command line)",
        f"file: {file}",
        "time zone: America/Chicago (from the protocol)",
    ]


def test_verbose_tells_of_both_protocols_of_a_comparison(microcare: Runner) -> None:
    """The zone counts where there is a date."""
    told = [
        "protocol: clinic-a (named on the command line)",
        f"file: {CLINIC_A}",
        "protocol: clinic-b (named on the command line)",
        f"file: {CLINIC_A.with_name('clinic-b.yaml')}",
    ]
    assert said(microcare, "diff", "clinic-a", "clinic-b")[1:] == told
    dated = said(microcare, "diff", "clinic-a", "clinic-b", *BOOKING)
    assert dated[1:] == [*told, "time zone: America/New_York (named on the command line)"]


@pytest.mark.parametrize(
    "arguments",
    [("show", "clinic-a"), ("check", "clinic-a"), ("new", "ours", "--from", "clinic-a", "-o", "-")],
    ids=lambda words: words[0],
)
def test_verbose_tells_which_file_an_id_names(
    arguments: tuple[str, ...], microcare: Runner
) -> None:
    """Wherever a protocol is named."""
    told = said(microcare, *arguments)
    assert told[0] == f"configuration: {microcare.configuration} (there is none)"
    assert told[-1] == f"file: {CLINIC_A}"


def test_verbose_tells_where_a_wrong_setting_comes_from(microcare: Runner) -> None:
    """What is said before the refusal leads to what is to be mended."""
    done = microcare("plan", *BOOKING, "-v", MICROCARE_PROTOCOL="clinic-x")
    assert done.code == 2
    assert "microcare: protocol: clinic-x (from MICROCARE_PROTOCOL)\n" in done.err
    microcare.configure("protocol =")
    done = microcare("plan", *BOOKING, "-v")
    assert done.err.startswith(f"microcare: configuration: {microcare.configuration}\n")


def test_verbose_and_quiet_contradict_each_other(microcare: Runner) -> None:
    """Neither of them is followed."""
    said = refused(microcare("plan", *BOOKING, "-q", "-v"))
    assert "--quiet and --verbose don't go together." in said
