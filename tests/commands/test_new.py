"""A clinic's first file of its own, and the schema that its editor reads."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from microcare.load.library.folders import find_built_in_folder
from microcare.load.library.protocols import read_protocol
from microcare.load.protocol.schema import make_schema
from tests.commands.running import COMMAND, clean_environment
from tests.samples import HEADER

if TYPE_CHECKING:
    from pathlib import Path

    from microcare.core.sheet.protocol import Protocol
    from tests.commands.running import Runner

MODELINE = "# yaml-language-server: $schema=microcare.schema.json\n"


@pytest.fixture(autouse=True, name="folder")
def work_in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working folder, which is empty."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def without_places(protocol: Protocol) -> Protocol:
    """Return a protocol without id and positions: what it says."""
    instructions = tuple(
        replace(each, position=replace(each.position, file="", line=1, column=1))
        for each in protocol.instructions
    )
    return replace(protocol, id="it", instructions=instructions)


def test_short_start_is_free_of_problems(folder: Path, microcare: Runner) -> None:
    """It is written with the editor's line, named on stdout, and passes `check --strict`."""
    done = microcare("new", "our-clinic")
    assert (done.code, done.out) == (0, "our-clinic.yaml\n")
    text = (folder / "our-clinic.yaml").read_text(encoding="utf-8")
    assert text.startswith(MODELINE)
    assert microcare("check", "our-clinic.yaml", "--strict").code == 0


@pytest.mark.parametrize("name", ["clinic-a", "clinic-b"])
def test_start_from_another_says_what_it_says(name: str, folder: Path, microcare: Runner) -> None:
    """All of it, under the new id, with its comments; it passes `check`."""
    assert microcare("new", "our-clinic", "--from", name).code == 0
    made = read_protocol(folder / "our-clinic.yaml")
    other = find_built_in_folder() / f"{name}.yaml"
    assert made.id == "our-clinic"
    assert without_places(made) == without_places(read_protocol(other))
    text = (folder / "our-clinic.yaml").read_text(encoding="utf-8")
    assert text.startswith(MODELINE)
    assert f"a start made from {name}, version 1" in text
    kept = [line for line in other.read_text("utf-8").splitlines() if line.startswith("  # ")]
    assert [line for line in kept if line not in text] == []
    assert microcare("check", "our-clinic.yaml").code == 0


def test_id_that_cannot_be_exchanged_is_refused(folder: Path, microcare: Runner) -> None:
    """An escape in it is not found; nothing wrong is written."""
    text = (
        HEADER.replace("id: sample", r'id: "s\x61mple"') + "instructions: [{id: a, avoid: sun}]\n"
    )
    (folder / "sample.yaml").write_text(text, encoding="utf-8")
    done = microcare("new", "ours", "--from", "./sample.yaml")
    assert (done.code, done.out) == (2, "")
    assert "change its id by hand" in done.err
    assert not (folder / "ours.yaml").exists()


def test_existing_file_is_never_replaced(folder: Path, microcare: Runner) -> None:
    """Neither the file named after the id nor one named with -o."""
    for arguments in (("new", "ours"), ("new", "ours", "-o", "mine.yaml")):
        (folder / "ours.yaml").write_text("mine", encoding="utf-8")
        (folder / "mine.yaml").write_text("mine", encoding="utf-8")
        done = microcare(*arguments)
        assert (done.code, done.out) == (2, "")
        assert "exists already.\n  Nothing was written; name another file with -o\n" in done.err
        assert {each.read_text(encoding="utf-8") for each in folder.iterdir()} == {"mine"}


def test_two_at_once_lose_no_file(folder: Path, tmp_path: Path) -> None:
    """As of a calendar: the one that comes second by a moment is told."""
    running = [
        subprocess.Popen(
            [*COMMAND, "new", "ours", "-q", *source],
            env=clean_environment(tmp_path),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for source in ((), ("--from", "clinic-a"), ("--from", "clinic-b"), ())
    ]
    said = [each.communicate(timeout=60) for each in running]
    assert sorted(each.returncode for each in running) == [0, 2, 2, 2]
    assert sorted(out for out, _ in said) == [b"", b"", b"", b"ours.yaml\n"]
    assert [each.name for each in folder.iterdir()] == ["ours.yaml"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Our Clinic",), "“Our Clinic” is no short name."),
        (("../ours",), "is no short name."),
        (("",), "is no short name."),
        (("x" * 61,), "is no short name."),
        (("clinic-a",), "There is a protocol “clinic-a” already."),
        (("ours", "--from", "clinic-c"), "There is no protocol “clinic-c”."),
        (("ours", "--from", "./none.yaml"), "There is no such file."),
        (("ours", "-o", "none/ours.yaml"), "The folder none does not exist."),
        (("ours", "-o", "."), "is a folder."),
        (("ours", "-o", "none/"), "The folder none does not exist."),
        (("ours", "-o", "x" * 300), "File name too long"),
        ((), "Missing argument 'ID'"),
    ],
)
def test_bad_input_writes_nothing(
    arguments: tuple[str, ...], said: str, folder: Path, microcare: Runner
) -> None:
    """Each is refused with a sentence."""
    done = microcare("new", *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert list(folder.iterdir()) == []


def test_what_comes_next_is_said_on_stderr(folder: Path, microcare: Runner) -> None:
    """How to check the file, and how to help the editor while it lacks the schema."""
    done = microcare("new", "ours")
    assert "microcare check ours.yaml" in done.err
    assert "microcare schema > microcare.schema.json" in done.err
    (folder / "microcare.schema.json").write_text("{}", encoding="utf-8")
    assert "schema" not in microcare("new", "other").err
    assert microcare("new", "third", "--quiet").err == ""


def test_dash_writes_to_stdout(folder: Path, microcare: Runner) -> None:
    """And nothing into a file."""
    done = microcare("new", "ours", "-o", "-")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(MODELINE)
    assert list(folder.iterdir()) == []


def test_schema_is_printed(microcare: Runner) -> None:
    """As JSON in pure ASCII."""
    done = microcare("schema")
    assert (done.code, done.err) == (0, "")
    assert done.out.isascii()
    assert json.loads(done.out) == make_schema()


@pytest.mark.parametrize("written", ["../bases/base.yaml", "'../bases/base.yaml'", "clinic-a"])
@pytest.mark.parametrize("output", ["ours.yaml", "../ours.yaml", "deep/ours.yaml", "-"])
def test_start_from_a_variant_extends_the_same_base(
    written: str, output: str, folder: Path, microcare: Runner
) -> None:
    """Wherever it is written: the path of the base is right from there."""
    (folder / "bases").mkdir()
    (folder / "deep").mkdir()
    base = f"{HEADER}instructions: [{{id: a, avoid: sun}}, {{id: b, avoid: sauna}}]\n"
    (folder / "bases" / "base.yaml").write_text(base, encoding="utf-8")
    head = f"microcare: 1\nid: north\nextends: {written}  # it\nversion: 2\n"
    text = f"{head}add: [{{id: hat, may: sun}}]\n"
    (folder / "deep" / "north.yaml").write_text(text, encoding="utf-8")
    bases = folder / "bases"
    environment = {"MICROCARE_PROTOCOLS": str(bases)}
    done = microcare("new", "ours", "--from", "deep/north.yaml", "-o", output, **environment)
    assert done.code == 0
    made = folder / output
    if output == "-":
        made = folder / "ours.yaml"
        made.write_text(done.out, encoding="utf-8")
    found = read_protocol(made, [bases])
    other = read_protocol(folder / "deep" / "north.yaml", [bases])
    assert without_places(found).instructions == without_places(other).instructions
    assert found.extends is not None
    assert other.extends is not None
    assert found.extends.base == other.extends.base
    assert "  # it\n" in made.read_text(encoding="utf-8")


def test_base_that_would_be_out_of_reach_is_refused(folder: Path, microcare: Runner) -> None:
    """A file may extend what lies in its own folder; from elsewhere the base is not reached."""
    (folder / "deep").mkdir()
    base = f"{HEADER}instructions: [{{id: a, avoid: sun}}]\n"
    (folder / "deep" / "base.yaml").write_text(base, encoding="utf-8")
    text = "microcare: 1\nid: north\nextends: ./base.yaml\nversion: 2\n"
    (folder / "deep" / "north.yaml").write_text(text, encoding="utf-8")
    (folder / "other").mkdir()
    arguments = ("new", "ours", "--from", "deep/north.yaml", "-o", "other/ours.yaml")
    done = microcare(*arguments)
    assert (done.code, done.out) == (2, "")
    assert "“../deep/base.yaml” lies outside of the folder of the file that extends" in done.err
    assert list((folder / "other").iterdir()) == []
    assert microcare(*arguments, MICROCARE_PROTOCOLS="deep").code == 0


def test_base_that_cannot_be_moved_is_refused(folder: Path, microcare: Runner) -> None:
    """A path with an escape in it is not found in the text; nothing wrong is written."""
    (folder / "deep").mkdir()
    base = f"{HEADER}instructions: [{{id: a, avoid: sun}}]\n"
    (folder / "deep" / "base.yaml").write_text(base, encoding="utf-8")
    text = 'microcare: 1\nid: north\nextends: "./b\\x61se.yaml"\nversion: 2\n'
    (folder / "deep" / "north.yaml").write_text(text, encoding="utf-8")
    done = microcare("new", "ours", "--from", "deep/north.yaml")
    assert (done.code, done.out) == (2, "")
    assert "The id or the base of deep/north.yaml stands where it can't be exchanged." in done.err
    assert not (folder / "ours.yaml").exists()
