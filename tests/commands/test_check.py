"""All problems of all files at once, in three formats, with an exit code for scripts."""

from __future__ import annotations

import io
import json
import re
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from microcare.cli import run
from tests.commands.running import ROOT, Runner, run_process, squeeze
from tests.commands.test_any_line import WORDS
from tests.commands.test_hostile import ATTACKS, FORBIDDEN, WIDE, hostile
from tests.samples import HEADER

if TYPE_CHECKING:
    from pathlib import Path

CLEAN = f"{HEADER}instructions:\n  - {{id: a, avoid: sauna, say: No sauna.}}\n"
DOUBTFUL = f"{HEADER}instructions:\n  - {{id: a, avoid: sauna}}\n"
WRONG = f"{HEADER}instructions:\n  - id: a\n    avoid: sauna\n    from: 48 hors before\n"


@pytest.fixture(name="files")
def make_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working folder, in which there is a file of each sort."""
    for name, text in {"clean": CLEAN, "doubtful": DOUBTFUL, "wrong": WRONG}.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("clean.yaml",), 0),
        (("clean.yaml", "--strict"), 0),
        (("doubtful.yaml",), 0),
        (("doubtful.yaml", "--strict"), 1),
        (("wrong.yaml",), 1),
        (("clean.yaml", "wrong.yaml"), 1),
        (("missing.yaml",), 2),
        (("wrong.yaml", "missing.yaml"), 2),
        ((".",), 2),
        (("clinic-a", "clinic-b"), 0),
        (("clinic-c",), 2),
        (("x" * 5000,), 2),
        (("nul\0.yaml",), 2),
    ],
    ids=lambda value: " ".join(value)[:40].replace("\0", "0") if isinstance(value, tuple) else "",
)
@pytest.mark.parametrize("output", ["text", "json", "github"])
def test_exit_code(
    arguments: tuple[str, ...], code: int, output: str, files: Path, microcare: Runner
) -> None:
    """0 without errors, 1 with errors, 2 where a file can't be read; the format changes nothing."""
    done = microcare("check", *arguments, "--format", output)
    assert (done.code, done.err) == (code, ""), files


def test_problem_is_told_like_a_compiler(files: Path, microcare: Runner) -> None:
    """Place, severity, sentence, code, the line with a caret, and what to do."""
    done = microcare("check", "wrong.yaml")
    assert done.out == (
        "wrong.yaml:9:11: error: “hors” is not a unit of time. [bad-time]\n"
        "   9 |     from: 48 hors before\n"
        "     |           ^\n"
        "  Did you mean “hours”?\n"
        "\n"
        "wrong.yaml: 1 error.\n"
    ), files


def test_clean_file_is_said_to_be_one(files: Path, microcare: Runner) -> None:
    """A manager wants to read that all is well."""
    assert microcare("check", "clean.yaml").out == "clean.yaml: no problems.\n", files
    assert microcare("check", "clean.yaml", "clinic-a", "--format", "github").out.count("\n") == 2


def test_all_files_are_told_in_one_go(files: Path, microcare: Runner) -> None:
    """In the order of the command line, each file once."""
    done = microcare("check", "wrong.yaml", "doubtful.yaml", "wrong.yaml", "missing.yaml")
    places = re.findall(r"^(\S+:\d+:\d+): (\w+)", done.out, re.MULTILINE)
    assert places == [
        ("wrong.yaml:9:11", "error"),
        ("doubtful.yaml:7:5", "warning"),
        ("missing.yaml:1:1", "error"),
    ], files
    assert done.out.endswith("\n3 files: 2 errors and 1 warning.\n")


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("from: 48 hors before", "hours"),
        ("sorce: item 1", "source"),
        ("except: hydroqinone", "hydroquinone"),
        ("if: cold-sore", "cold-sores"),
        ("strength: shoud", "should"),
    ],
)
def test_what_was_meant_is_suggested(line: str, hint: str, files: Path, microcare: Runner) -> None:
    """For units, keys, topics, factors and choices."""
    (files / "it.yaml").write_text(f"{DOUBTFUL[:-1][:-1]}, {line}}}\n", encoding="utf-8")
    assert f"Did you mean “{hint}”?" in microcare("check", "it.yaml").out


def test_misspelt_verb_is_one_problem(files: Path, microcare: Runner) -> None:
    """And not a missing verb beside an unknown key."""
    (files / "it.yaml").write_text(CLEAN.replace("avoid", "avoyd"), encoding="utf-8")
    out = microcare("check", "it.yaml").out
    assert "it.yaml:7:13: error: “avoyd” is no verb. [unknown-verb]" in out
    assert out.endswith("it.yaml: 1 error.\n")


def test_stdin_is_a_file(tmp_path: Path) -> None:
    """A dash reads it; it is called <stdin>."""
    done = run_process("check", "-", "-", home=tmp_path, stdin=WRONG.encode())
    assert (done.code, done.err) == (1, "")
    assert done.out.startswith("<stdin>:9:11: error: ")
    assert done.out.count("error:") == 1


def test_no_file_is_a_usage_error(microcare: Runner) -> None:
    """It checks nothing silently."""
    done = microcare("check")
    assert (done.code, done.out) == (2, "")
    assert "Missing argument 'FILE'" in done.err


def test_reading_level_is_asked_for(microcare: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the option nothing is said of long sentences."""
    monkeypatch.chdir(ROOT)
    file = "tests/examples/valid/hard-to-read.yaml"
    assert microcare("check", file).out == f"{file}: no problems.\n"
    done = microcare("check", file, "--reading-level")
    assert done.code == 0
    assert "A sentence of 37 words is hard to follow. [long-sentence]" in squeeze(done.out)
    assert "(Flesch-Kincaid). [hard-words]" in squeeze(done.out)


@pytest.mark.parametrize("name", ["clinic-a", "clinic-b"])
def test_built_in_protocols_have_but_their_own_conflicts(name: str, microcare: Runner) -> None:
    """Warnings are few and true: the sheets contradict themselves, nobody read the Spanish."""
    problems = json.loads(microcare("check", name, "-f", "json").out)["problems"]
    codes = [each["code"] for each in problems]
    assert codes.count("unreviewed") == 1
    assert set(codes) <= {"conflict", "contradicted-may", "unreviewed"}
    assert len(problems) <= 10


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("output", ["text", "json", "github"])
def test_hostile_file_reaches_no_terminal(
    columns: int, output: str, files: Path, microcare: Runner
) -> None:
    """Controls in names, keys and values are spelt out, and lines fit."""
    wrong = hostile(f'"{ATTACKS} {WIDE}"') + f'"{ATTACKS}": x\n'
    (files / "hostile.yaml").write_text(wrong, encoding="utf-8")
    done = microcare("check", "hostile.yaml", "--format", output, columns=columns)
    assert (done.code, done.err) == (1, "")
    assert FORBIDDEN.findall(done.out) == []
    if output == "text":
        assert [line for line in done.out.split("\n") if cell_len(line) > columns] == []


def test_broken_settings_keep_no_file_from_being_checked(files: Path, microcare: Runner) -> None:
    """Only an id needs the folders that the settings name."""
    microcare.configure("protocols = [")
    assert microcare("check", "clean.yaml").code == 0, files
    assert microcare("check", "clinic-a").code == 2


@given(st.lists(WORDS | st.sampled_from(["--strict", "--reading-level", "github"]), max_size=5))
def test_any_line_is_checked_or_refused(words: list[str]) -> None:
    """Whatever is named, nothing crashes, and what ends with 2 says why."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(["check", *words])
    assert code in {0, 1, 2}
    assert out.getvalue() or err.getvalue() or "github" in words
    if "--debug" not in words:
        assert "Traceback" not in err.getvalue()


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_every_encoding_can_print_it(encoding: str, files: Path) -> None:
    """What it lacks is spelt out; a pipe gets no colours."""
    done = run_process(
        "check", "wrong.yaml", home=files, environment={"PYTHONIOENCODING": encoding}
    )
    assert (done.code, done.err) == (1, "")
    assert "\x1b" not in done.out
    assert "hors" in done.out


def test_variant_of_a_broken_base_shows_both_files(files: Path, microcare: Runner) -> None:
    """Each problem in its own file, with its line; a file that is named too is told once."""
    head = "microcare: 1\nid: north\nextends: ./wrong.yaml\nversion: 1\n"
    (files / "north.yaml").write_text(head, encoding="utf-8")
    done = microcare("check", "north.yaml")
    assert done.code == 1
    assert done.out == (
        "north.yaml:3:10: error: The protocol “./wrong.yaml” can't be extended: it has\n"
        "  a problem. [unusable-base]\n"
        "   3 | extends: ./wrong.yaml\n"
        "     |          ^\n"
        "  See them with: microcare check wrong.yaml\n"
        "\n"
        "wrong.yaml:9:11: error: “hors” is not a unit of time. [bad-time]\n"
        "   9 |     from: 48 hors before\n"
        "     |           ^\n"
        "  Did you mean “hours”?\n"
        "\n"
        "2 files: 2 errors.\n"
    )
    assert microcare("check", "north.yaml", "wrong.yaml").out == done.out


def test_variant_is_checked_with_the_configured_folders(files: Path, microcare: Runner) -> None:
    """Its base is found as --protocol finds it, though the variant is named by its path."""
    head = "microcare: 1\nid: north\nextends: clean\nversion: 1\n"
    (files / "north.yaml").write_text(head, encoding="utf-8")
    assert microcare("check", "./north.yaml").code == 1
    done = microcare("check", "./north.yaml", MICROCARE_PROTOCOLS=str(files))
    assert (done.code, done.out) == (0, "north.yaml: no problems.\n")
