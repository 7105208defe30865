"""The settings of the environment and of the configuration file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from microcare.core.sheet.protocol import Clinic
from microcare.load.library.settings import MAX_BYTES, Chosen, Settings, Source, read_settings
from microcare.load.source.refusals import Refusal

if TYPE_CHECKING:
    from pathlib import Path

FULL = """\
protocol = "clinic-b"
time-zone = "Europe/Berlin"

[clinic]
name = "Clinic"
phone = "555 0100"
address = "1 Elm St"
"""


@pytest.fixture
def configuration(tmp_path: Path) -> Path:
    """Return where the configuration is, which doesn't exist yet."""
    return tmp_path / "config.toml"


def mistake(text: str | bytes, configuration: Path) -> Refusal:
    """Return the error of a configuration file."""
    configuration.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(Refusal) as caught:
        read_settings({}, configuration)
    return caught.value


def test_nothing_set_is_no_settings(configuration: Path) -> None:
    """Without a file and a variable all is left to the defaults."""
    assert read_settings({}, configuration) == Settings()


def test_empty_configuration_is_no_settings(configuration: Path) -> None:
    """A file with comments only, or with empty texts, sets nothing."""
    configuration.write_text('# nothing\nprotocol = ""\n[clinic]\nname = ""\n', encoding="utf-8")
    assert read_settings({}, configuration) == Settings()


def test_folder_that_is_a_file_is_no_configuration(tmp_path: Path) -> None:
    """A file where the folder of settings would be is no reason to fail."""
    (tmp_path / "microcare").touch()
    assert read_settings({}, tmp_path / "microcare" / "config.toml") == Settings()


def test_configuration_is_read(configuration: Path) -> None:
    """Every key arrives, with where it came from."""
    configuration.write_text(FULL, encoding="utf-8")
    assert read_settings({}, configuration) == Settings(
        protocol=Chosen("clinic-b", Source.CONFIGURATION),
        time_zone=Chosen("Europe/Berlin", Source.CONFIGURATION),
        clinic=Clinic("Clinic", "555 0100", "1 Elm St"),
    )


def test_environment_beats_the_configuration(configuration: Path) -> None:
    """Each variable by itself; the rest stays as configured."""
    configuration.write_text(FULL, encoding="utf-8")
    found = read_settings({"MICROCARE_PROTOCOL": "clinic-a"}, configuration)
    assert found.protocol == Chosen("clinic-a", Source.ENVIRONMENT)
    assert found.time_zone == Chosen("Europe/Berlin", Source.CONFIGURATION)
    found = read_settings({"MICROCARE_TZ": "UTC"}, configuration)
    assert found.time_zone == Chosen("UTC", Source.ENVIRONMENT)


def test_empty_variable_counts_as_unset(configuration: Path) -> None:
    """A script switches a setting off by emptying it."""
    configuration.write_text(FULL, encoding="utf-8")
    empty = {"MICROCARE_PROTOCOL": "", "MICROCARE_TZ": "", "MICROCARE_PROTOCOLS": ""}
    assert read_settings(empty, configuration) == read_settings({}, configuration)


def test_folders_of_the_environment_replace_the_configured_one(
    configuration: Path, tmp_path: Path
) -> None:
    """Several are parted as in PATH; empty parts are none."""
    for name in ("one", "two", "three"):
        (tmp_path / name).mkdir()
    configuration.write_text('protocols = "three"\n', encoding="utf-8")
    both = os.pathsep.join([str(tmp_path / "one"), "", str(tmp_path / "two")])
    found = read_settings({"MICROCARE_PROTOCOLS": both}, configuration)
    assert found.folders == (tmp_path / "one", tmp_path / "two")
    assert read_settings({}, configuration).folders == (tmp_path / "three",)


def test_home_is_understood_in_folders(
    configuration: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`~` is the user's home, in the variable and in the file."""
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "ours").mkdir()
    assert read_settings({"MICROCARE_PROTOCOLS": "~/ours"}, configuration).folders == (
        tmp_path / "ours",
    )
    configuration.write_text('protocols = "~/ours"\n', encoding="utf-8")
    assert read_settings({}, configuration).folders == (tmp_path / "ours",)


@pytest.mark.parametrize("folder", ["/nowhere", "~nobody-of-that-name/x", "x" * 5000])
def test_folder_that_is_none_is_a_mistake(folder: str, configuration: Path) -> None:
    """It is told, wherever it was set."""
    with pytest.raises(Refusal, match="There is no folder of protocols"):
        read_settings({"MICROCARE_PROTOCOLS": folder}, configuration)
    assert "There is no folder" in str(mistake(f'protocols = "{folder}"\n', configuration))


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ('protocl = "x"', "unknown key “protocl”", "did you mean “protocol”?"),
        (
            "clinic = {}\nx = 1",
            "unknown key “x”",
            "known are protocol, time-zone, protocols, clinic",
        ),
        ("x = 1", "has no key that is known", "known are protocol, time-zone, protocols, clinic"),
        ('[clinic]\nnmae = "x"', "unknown key “nmae”", "did you mean “name”?"),
        ("protocol = 1", "“protocol” in the configuration", 'write protocol = "…"'),
        ("time-zone = true", "“time-zone” in the configuration", 'write time-zone = "…"'),
        ("protocols = []", "“protocols” in the configuration", 'write protocols = "…"'),
        ("[clinic]\nphone = 5550100", "“phone” in the configuration", 'write phone = "…"'),
        ("clinic = []", "is no table", "write [clinic]"),
        ("= 1", "is not valid TOML", 'write lines like protocol = "clinic-a"'),
    ],
)
def test_mistake_is_told_with_a_hint(
    text: str, message: str, hint: str, configuration: Path
) -> None:
    """The file, the key, and how it is written right."""
    error = mistake(text, configuration)
    assert message in str(error)
    assert str(configuration) in str(error)
    assert str(error.hint).startswith(hint)


def test_configuration_that_is_no_text_is_a_mistake(configuration: Path) -> None:
    """Bytes that are not UTF-8, and a folder in its place."""
    assert "it is not UTF-8 text" in str(mistake(b"\xff\xfe", configuration))
    configuration.unlink()
    configuration.mkdir()
    with pytest.raises(Refusal, match="can't be read: "):
        read_settings({}, configuration)


def test_byte_order_mark_is_no_mistake(configuration: Path) -> None:
    """Windows editors write one, and line ends of two characters."""
    configuration.write_bytes(b'\xef\xbb\xbfprotocol = "clinic-b"\r\n')
    assert read_settings({}, configuration).protocol == Chosen("clinic-b", Source.CONFIGURATION)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x = " + "[" * 2000, "its brackets are nested too deep"),
        ("x = " + "{a=" * 2000, "its brackets are nested too deep"),
        ("x = " + "9" * 5000, "a number is too long"),
        ("x = 2026-02-30", "Invalid date or datetime (at line 1, column 5)"),
        ("SECRET = 1\nSECRET = 2", "A key stands twice (at "),
        ("[SECRET]\n[SECRET]", "A key stands twice (at line 2, "),
        ("SECRET = {hunter2=1, hunter2=2}", "A key stands twice (at "),
        ("root:hunter2", "Expected '=' after a key in a key/value pair (at line 1, column 5)"),
    ],
    ids=["brackets", "braces", "number", "date", "value", "table", "inline", "password"],
)
def test_text_that_is_no_toml_is_a_mistake(text: str, reason: str, configuration: Path) -> None:
    """It ends in a sentence with the place, whatever the parser makes of it, and quotes nothing."""
    said = str(mistake(text, configuration))
    assert said.startswith(f"The configuration {configuration} is not valid TOML: ")
    assert reason in said
    assert "SECRET" not in said
    assert "hunter2" not in said


def test_file_of_another_sort_is_not_quoted(configuration: Path) -> None:
    """A link to the wrong file shows none of its keys; a slip in the right one shows its own."""
    error = mistake('PASSWORD = "x"\n[tokens]\nname = "y"\n', configuration)
    assert str(error) == f"The configuration {configuration} has no key that is known."
    assert "PASSWORD" not in f"{error}{error.hint}"
    assert "unknown key “protcol”" in str(mistake('protcol = "2"\n', configuration))


def test_largest_configuration_is_read_and_no_larger_one(configuration: Path) -> None:
    """The bound is on bytes, before anything is decoded."""
    configuration.write_bytes(b"#" * MAX_BYTES)
    assert read_settings({}, configuration) == Settings()
    assert "is larger than 65,536 bytes" in str(mistake(b"#" * (MAX_BYTES + 1), configuration))


@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_configuration_that_is_no_ordinary_file_is_a_mistake(
    kind: str, configuration: Path
) -> None:
    """Neither waited for nor read without end."""
    if kind == "pipe":
        os.mkfifo(configuration)
    else:
        configuration.symlink_to("/dev/zero")
    with pytest.raises(Refusal, match="can't be read: it is a pipe or a device"):
        read_settings({}, configuration)
