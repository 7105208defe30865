"""Setting up a desk once: what is set, where it comes from, and setting it."""

from __future__ import annotations

import os
import re
import stat
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.commands.running import (
    BOOKING,
    COMMAND,
    DATE,
    NOW,
    Runner,
    clean_environment,
    put_protocol,
    read_plan,
    refused,
    run_process,
)

if TYPE_CHECKING:
    from pathlib import Path

COMMENTED = """\
# Ours.
protocol = "clinic-b"  # theirs

# whom to ask
[clinic]
phone = "1"
"""
VALUES = {
    "protocol": "clinic-b", "tz": "America/Denver", "clinic-name": "Our clinic",
    "phone": "555 0100", "address": "12 Long Street, Springfield",
    "hours": "mon-fri 09:00-17:00", "holidays": "2026-12-24, 2026-12-25",
}  # fmt: skip


def shown(microcare: Runner, *arguments: str, **environment: str) -> dict[str, str]:
    """Return what is shown of each setting."""
    done = microcare("config", *arguments, columns=300, **environment)
    assert (done.code, done.err) == (0, "")
    return dict(re.findall(r"^([a-z-]+) {2,}(.+)$", done.out, re.MULTILINE))


def put(microcare: Runner, *arguments: str, **environment: str) -> str:
    """Run what changes the configuration; return what it says."""
    done = microcare("config", *arguments, **environment)
    assert (done.code, done.out) == (0, ""), done.err
    return done.err.replace(str(microcare.configuration), "FILE")


def text(microcare: Runner) -> str:
    """Return the text of the configuration, as it is."""
    return microcare.configuration.read_bytes().decode()


# What is shown.


def test_nothing_is_set_at_first(microcare: Runner) -> None:
    """What counts is the default, and where a file could be is said."""
    assert shown(microcare, TZ="America/Chicago") == {
        "protocol": "clinic-a (by default)",
        "tz": "America/Chicago (this machine's)",
        "protocols": "built-in ones only (by default)",
        **dict.fromkeys(("clinic-name", "phone", "address", "hours", "holidays"), "not set"),
    }
    assert (
        f"configuration: {microcare.configuration} (there is none)"
        in microcare("config", columns=300).out
    )


def test_strongest_source_is_shown(microcare: Runner, tmp_path: Path) -> None:
    """Flag before environment before configuration before the protocol."""
    microcare.configure('protocol = "clinic-b"\ntime-zone = "America/Denver"\n')
    environment = {"MICROCARE_PROTOCOL": "clinic-a", "MICROCARE_TZ": "America/Chicago"}
    flags = ("--protocol", "clinic-b", "--tz", "America/Phoenix")
    assert shown(microcare)["tz"] == "America/Denver (from your configuration)"
    found = shown(microcare, **environment)
    assert found["protocol"] == "clinic-a (from MICROCARE_PROTOCOL)"
    assert found["tz"] == "America/Chicago (from MICROCARE_TZ)"
    found = shown(microcare, *flags, **environment)
    assert found["protocol"] == "clinic-b (named on the command line)"
    assert found["tz"] == "America/Phoenix (named on the command line)"
    folder = put_protocol(tmp_path / "ours", "mine", time_zone="Europe/Berlin").parent
    microcare.configure('protocol = "mine"\n')
    found = shown(microcare, MICROCARE_PROTOCOLS=str(folder))
    assert found["tz"] == "Europe/Berlin (from the protocol)"
    assert found["protocols"] == f"{folder} (from MICROCARE_PROTOCOLS)"


def test_protocol_s_own_clinic_is_shown_first(microcare: Runner, tmp_path: Path) -> None:
    """As in a plan; what it leaves open is the configuration's."""
    put_protocol(tmp_path / "ours", "mine", clinic="{phone: 555 0199}")
    microcare.configure(
        f"protocols = '{tmp_path / 'ours'}'\nprotocol = 'mine'\n"
        "[clinic]\nname = 'Ours'\nphone = '555 0100'\n"
    )
    found = shown(microcare)
    assert found["phone"] == "555 0199 (from the protocol)"
    assert found["clinic-name"] == "Ours (from your configuration)"
    assert "What counts is 555 0199 (from the protocol)." in put(microcare, "set", "phone", "5")


def test_path_is_printed(microcare: Runner) -> None:
    """For scripts and editors, whether the file is there or not."""
    done = microcare("config", "path")
    assert (done.code, done.out, done.err) == (0, f"{microcare.configuration}\n", "")


def test_wrong_flag_is_refused(microcare: Runner) -> None:
    """It is no setting that could be mended."""
    assert "no protocol “nope”" in refused(microcare("config", "--protocol", "nope"))
    assert "is no time zone" in refused(microcare("config", "--tz", "nowhere"))


def test_flag_of_the_list_does_not_go_with_a_change(microcare: Runner) -> None:
    """It would be lost; behind the command it is not known."""
    said = refused(microcare("config", "--tz", "UTC", "set", "protocol", "clinic-b"))
    assert "--tz doesn't go with set." in said
    assert not microcare.configuration.exists()


# What is set.


@pytest.mark.parametrize("name", VALUES)
def test_what_is_set_is_shown(name: str, microcare: Runner) -> None:
    """And can be cleared again."""
    value = VALUES[name]
    assert put(microcare, "set", name, value) == f"microcare: set {name} to {value} in FILE.\n"
    assert shown(microcare)[name] == f"{value} (from your configuration)"
    assert put(microcare, "unset", name).startswith(f"microcare: cleared {name} in FILE.\n")
    assert "configuration" not in shown(microcare)[name]
    assert put(microcare, "unset", name).startswith(f"microcare: {name} isn't set in FILE.\n")


def test_words_need_no_quotes(microcare: Runner) -> None:
    """They are one value."""
    put(microcare, "set", "hours", "mon-fri", "9:00-17:00,", "sat", "9:00-12:00")
    put(microcare, "set", "holidays", "2026-12-25", "2026-12-24")
    found = shown(microcare)
    assert found["hours"].startswith("mon-fri 09:00-17:00, sat 09:00-12:00 (")
    assert found["holidays"].startswith("2026-12-24, 2026-12-25 (")


def test_plan_takes_what_is_set(microcare: Runner) -> None:
    """The protocol, the zone and whom to ask."""
    for name in ("protocol", "tz", "clinic-name", "phone"):
        put(microcare, "set", name, VALUES[name])
    data = read_plan(microcare)
    assert data["protocol"]["id"] == "clinic-b"
    assert data["appointment"]["timezone"] == "America/Denver"
    assert "Clinic: Our clinic, 555 0100\n" in microcare("plan", *DATE, *NOW).out


def test_folder_and_file_are_kept_from_the_root(
    microcare: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is named here must be found from anywhere."""
    put_protocol(tmp_path / "ours", "mine")
    monkeypatch.chdir(tmp_path)
    put(microcare, "set", "protocols", "ours")
    put(microcare, "set", "protocol", "mine")
    monkeypatch.chdir("/")
    found = shown(microcare)
    assert found["protocols"] == f"{tmp_path / 'ours'} (from your configuration)"
    assert found["protocol"] == "mine (from your configuration)"
    monkeypatch.chdir(tmp_path / "ours")
    put(microcare, "set", "protocol", "./mine.yaml")
    assert shown(microcare)["protocol"].startswith(str(tmp_path / "ours" / "mine.yaml"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("protocol", "clinic-x"), "no protocol “clinic-x”. Did you mean “clinic-"),
        (("protocol", "-"), "no protocol “-”"),
        (("tz", "EST"), "is an abbreviation"),
        (("tz", "Amerika/New_York"), "Did you mean “America/New_York”?"),
        (("protocols", "nowhere"), "There is no folder"),
        (("phone", "the desk"), "“the desk” is no phone number. Write it as patients dial it"),
        (("clinic-name", " "), "Nothing is given for clinic-name. To clear it: microcare"),
        (("clinic-name", "a\x1bb"), "has characters that can't be printed"),
        (("clinic-name", "a\udcffb"), "is no text"),
        (("hours", "mon 9-5"), "Write 09:00-17:00"),
        (("holidays", "24.12.2026"), "“24.12.2026” is no date."),
        (("time-zone", "UTC"), "no setting “time-zone”. Did you mean “tz”?"),
        (("name", "x"), "Did you mean “clinic-name”?"),
        (("fone", "1"), "Did you mean “phone”?"),
        (("xyz", "1"), "There are protocol, tz, protocols, clinic-name, phone, address, hours"),
        (("tz",), "Missing argument 'VALUE'"),
        ((), "Missing argument 'NAME'"),
    ],
)
def test_what_can_not_be_is_not_written(
    arguments: tuple[str, ...], said: str, microcare: Runner
) -> None:
    """Refused with what to do, before anything is touched."""
    assert said in refused(microcare("config", "set", *arguments))
    assert not microcare.configuration.parent.exists()


def test_protocol_with_problems_is_not_set(microcare: Runner, tmp_path: Path) -> None:
    """They are told as when it is used; so is a file that is not there."""
    (tmp_path / "broken.yaml").write_text("title: [\n", encoding="utf-8")
    done = microcare("config", "set", "protocol", str(tmp_path / "broken.yaml"))
    assert (done.code, microcare.configuration.exists()) == (2, False)
    assert "broken.yaml:2:1: error: " in done.err
    done = microcare("config", "set", "protocol", str(tmp_path / "none.yaml"))
    assert (done.code, microcare.configuration.exists()) == (2, False)
    assert "There is no such file." in done.err


def test_dry_run_writes_nothing(microcare: Runner) -> None:
    """It says what would be."""
    said = put(microcare, "set", "tz", "America/Denver", "--dry-run")
    assert said == "microcare: would set tz to America/Denver in FILE.\n"
    assert not microcare.configuration.parent.exists()
    microcare.configure(COMMENTED)
    assert "would clear phone in FILE." in put(microcare, "unset", "phone", "--dry-run")
    assert text(microcare) == COMMENTED


def test_quiet_says_nothing(microcare: Runner) -> None:
    """Of what is done."""
    assert put(microcare, "set", "tz", "America/Denver", "--quiet") == ""
    assert put(microcare, "unset", "tz", "-q") == ""


def test_stronger_source_is_told(microcare: Runner) -> None:
    """What is set then doesn't count here."""
    said = put(microcare, "set", "tz", "America/Denver", MICROCARE_TZ="America/Chicago")
    assert "  What counts is America/Chicago (from MICROCARE_TZ).\n" in said


# The file.


def test_comments_and_order_stay(microcare: Runner) -> None:
    """Each with what it is about."""
    microcare.configure(COMMENTED)
    put(microcare, "set", "protocol", "clinic-a")
    put(microcare, "set", "tz", "America/Denver")
    put(microcare, "set", "phone", "2")
    assert text(microcare) == (
        '# Ours.\nprotocol = "clinic-a"  # theirs\ntime-zone = "America/Denver"\n'
        '\n# whom to ask\n[clinic]\nphone = "2"\n'
    )


def test_file_of_a_windows_editor_stays_one(microcare: Runner) -> None:
    """Its byte order mark and its line ends."""
    microcare.configure("")
    microcare.configuration.write_bytes(b"\xef\xbb\xbf# a\r\nprotocol = 'clinic-a'\r\n")
    put(microcare, "set", "tz", "America/Denver")
    assert microcare.configuration.read_bytes() == (
        b"\xef\xbb\xbf# a\r\nprotocol = 'clinic-a'\r\ntime-zone = \"America/Denver\"\r\n"
    )
    assert shown(microcare)["tz"] == "America/Denver (from your configuration)"


@pytest.mark.parametrize("arguments", [(), ("set", "tz", "UTC"), ("unset", "tz")], ids=" ".join)
def test_broken_file_is_refused_and_left(arguments: tuple[str, ...], microcare: Runner) -> None:
    """With the line, and not one byte is changed."""
    broken = '# a\nprotocol = "clinic-a\n'
    microcare.configure(broken)
    said = refused(microcare("config", *arguments))
    assert "is not valid TOML" in said
    assert "line 2" in said
    assert 'Write lines like protocol = "clinic-a"' in said
    assert text(microcare) == broken


def test_unknown_keys_are_kept_and_told(microcare: Runner) -> None:
    """Other commands refuse them, so how to clear them is said."""
    microcare.configure("colour = 1\n[clinic]\nfone = '1'\n")
    said = put(microcare, "set", "tz", "America/Denver")
    assert "“colour”, “clinic.fone” in the configuration is no setting: kept" in said
    assert "microcare config unset colour" in said
    assert "colour = 1\n" in text(microcare)
    assert microcare("config").code == 1
    put(microcare, "unset", "colour")
    assert put(microcare, "unset", "clinic.fone") == "microcare: cleared clinic.fone in FILE.\n"
    assert microcare("plan", *BOOKING).code == 0


def test_file_of_something_else_is_not_read_aloud(microcare: Runner) -> None:
    """As other commands have it."""
    microcare.configure("secret = 1\n")
    said = refused(microcare("config"))
    assert "has no key that is known" in said
    assert "secret" not in said


def test_wrong_settings_can_be_mended(microcare: Runner) -> None:
    """One by one, however many there are; each change names what is left."""
    microcare.configure("protocol = 3\nprotocols = 'nowhere'\nholidays = 'x'\n[clinic]\nname = 1\n")
    said = put(microcare, "set", "protocol", "clinic-b")
    assert "protocols, clinic-name, holidays can't be used; microcare config says why." in said
    put(microcare, "unset", "protocols")
    put(microcare, "set", "holidays", "2026-12-24")
    put(microcare, "set", "clinic-name", "Ours")
    assert shown(microcare)["protocol"] == "clinic-b (from your configuration)"
    assert microcare("plan", *BOOKING).code == 0


def test_folder_without_the_protocol_that_is_set_is_told(microcare: Runner, tmp_path: Path) -> None:
    """The next plan would be refused."""
    put_protocol(tmp_path / "ours", "mine")
    (tmp_path / "other").mkdir()
    put(microcare, "set", "protocols", str(tmp_path / "ours"))
    put(microcare, "set", "protocol", "mine")
    said = put(microcare, "set", "protocols", str(tmp_path / "other"))
    assert "microcare: protocol can't be used; microcare config says why." in said


def test_link_stays_a_link(microcare: Runner, tmp_path: Path) -> None:
    """What it points to is changed, and a folder is not littered."""
    real = tmp_path / "dotfiles" / "care.toml"
    real.parent.mkdir()
    real.write_text(COMMENTED, encoding="utf-8")
    microcare.configuration.parent.mkdir()
    microcare.configuration.symlink_to(real)
    put(microcare, "set", "phone", "2")
    assert microcare.configuration.is_symlink()
    assert 'phone = "2"' in real.read_text(encoding="utf-8")
    for file in (real, microcare.configuration):
        assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_who_may_read_the_file_stays(microcare: Runner) -> None:
    """A file that was closed to others is not opened."""
    microcare.configure(COMMENTED)
    microcare.configuration.chmod(0o600)
    put(microcare, "set", "phone", "2")
    assert stat.S_IMODE(microcare.configuration.stat().st_mode) == 0o600


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_read_only_folder_is_refused(microcare: Runner) -> None:
    """With the reason; what was there stays."""
    microcare.configure(COMMENTED)
    microcare.configuration.parent.chmod(0o500)
    said = refused(microcare("config", "set", "phone", "2"))
    microcare.configuration.parent.chmod(0o700)
    assert "can't be written: Permission denied. Nothing was written; check the folder" in said
    assert text(microcare) == COMMENTED


@pytest.mark.parametrize("home", ["/dev/null", "/proc"])
def test_folder_that_can_not_be_is_refused(home: str, microcare: Runner) -> None:
    """As where a file stands in its place."""
    said = refused(microcare("config", "set", "phone", "2", XDG_CONFIG_HOME=home))
    assert f"The folder {home}/microcare can't be made: " in said
    assert "Nothing was written; check the folder and its permissions" in said


def test_several_at_once_lose_nothing(microcare: Runner, tmp_path: Path) -> None:
    """Each waits for the one before, and reads what that wrote."""
    running = [
        subprocess.Popen(
            [*COMMAND, "config", "set", name, value, "-q"],
            env=clean_environment(tmp_path / "home"),
            stderr=subprocess.PIPE,
        )
        for name, value in VALUES.items()
    ]
    assert [each.communicate(timeout=60)[1] for each in running] == [b""] * len(VALUES)
    assert [each.returncode for each in running] == [0] * len(VALUES)
    found = shown(microcare)
    for name, value in VALUES.items():
        assert found[name] == f"{value} (from your configuration)"
    assert [each.name for each in microcare.configuration.parent.iterdir()] == ["config.toml"]


# Help and completion.


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("part", ["set", "unset", "path"])
def test_help_of_each_part_leads_with_an_example(
    part: str, columns: int, microcare: Runner
) -> None:
    """Whole at any width."""
    done = microcare("config", part, "--help", columns=columns)
    head, _, options = done.out.partition("\nOptions:\n")
    assert (done.code, done.err) == (0, "")
    assert re.search(rf"^  microcare config {part}\b", head, re.MULTILINE)
    assert all(len(line) < columns for line in done.out.splitlines())
    assert "--no-input" in options


def test_help_lists_the_parts(microcare: Runner) -> None:
    """A word that is none of them meets the nearest."""
    out = microcare("config", "--help").out
    assert all(f"\n  {part}" in out for part in ("set", "unset", "path"))
    assert "Did you mean 'set', 'unset'?" in refused(microcare("config", "sett"))


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("config ", {"set", "unset", "path"}),
        ("config set p", {"protocol", "protocols", "phone"}),
        ("config unset h", {"hours", "holidays"}),
        ("config set protocol ", {"clinic-a", "clinic-b"}),
        ("config set tz America/New", {"America/New_York"}),
        ("config set phone ", set()),
    ],
)
def test_shell_is_offered_settings_and_values(line: str, offered: set[str], tmp_path: Path) -> None:
    """Names in any case, values where they are known."""
    asked = {
        "_MICROCARE_COMPLETE": "complete_fish",
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "_TYPER_COMPLETE_ARGS": f"microcare {line}",
    }
    done = run_process(home=tmp_path, environment=asked)
    assert (done.code, done.err) == (0, "")
    assert {row.split("\t")[0] for row in done.out.splitlines() if row} == offered
