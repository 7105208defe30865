"""Problems of files for programs: the contract `microcare.check/1`, and GitHub's commands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.commands.running import Runner
from tests.commands.test_check import CLEAN, WRONG
from tests.samples import HEADER

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(name="files")
def make_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working folder, in which there is a file without and one with a problem."""
    for name, text in {"clean": CLEAN, "wrong": WRONG}.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_json_is_the_contract(files: Path, microcare: Runner) -> None:
    """`microcare.check/1`: seven facts a problem, in ASCII; an empty list where all is well."""
    done = microcare("check", "wrong.yaml", "--format", "json")
    assert done.out.isascii()
    assert json.loads(done.out) == {
        "format": "microcare.check/1",
        "problems": [
            {
                "file": "wrong.yaml",
                "line": 9,
                "column": 11,
                "code": "bad-time",
                "severity": "error",
                "message": "“hors” is not a unit of time.",
                "hint": "did you mean “hours”?",
            }
        ],
    }, files
    assert json.loads(microcare("check", "clean.yaml", "-f", "json").out)["problems"] == []


def test_github_commands_are_escaped(files: Path, microcare: Runner) -> None:
    """Neither a file's name nor a text in it ends the command early or begins another."""
    odd = files / "a,b%:c.yaml"
    odd.write_text(f'{HEADER}"100%\\n::error::x": 1\ninstructions: []\n', encoding="utf-8")
    done = microcare("check", odd.name, "--format", "github")
    first, second = done.out.splitlines()
    head = "::error file=a%2Cb%25%3Ac.yaml,line=6,col=1,title=unknown-key::"
    assert first.startswith(f"{head}The key “100%25 ::error::x” is not known here.%0AKnown keys")
    assert second.startswith("::error file=a%2Cb%25%3Ac.yaml,line=7,col=15,title=empty-value::")
