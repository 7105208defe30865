"""The contract `microcare.protocols/1`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.commands.running import Runner

if TYPE_CHECKING:
    from pathlib import Path

KEYS = [
    "id", "title", "procedure", "version", "instructions", "file", "built_in", "default",
    "problems", "extends", "document", "revised", "notes",
]  # fmt: skip


def test_list_has_every_key_for_each_protocol(microcare: Runner) -> None:
    """Both built-in protocols are described, and one of them is the default."""
    done = microcare("protocols", "--format", "json")
    data = json.loads(done.out)
    assert (done.code, done.err, done.out.isascii()) == (0, "", True)
    assert data["format"] == "microcare.protocols/1"
    assert [list(each) for each in data["protocols"]] == [KEYS, KEYS]
    assert [(each["id"], each["default"]) for each in data["protocols"]] == [
        ("clinic-a", True),
        ("clinic-b", False),
    ]
    assert all(each["built_in"] and each["problems"] == 0 for each in data["protocols"])


def test_broken_file_is_listed_with_its_problems(microcare: Runner, tmp_path: Path) -> None:
    """A file that can't be used is not passed over: its keys are null, its problems counted."""
    (tmp_path / "broken.yaml").write_text("title: [\n", encoding="utf-8")
    done = microcare("protocols", "--format", "json", MICROCARE_PROTOCOLS=str(tmp_path))
    broken, *_ = json.loads(done.out)["protocols"]
    assert broken["document"] is broken["revised"] is broken["notes"] is None
    assert (done.code, broken["id"], broken["title"]) == (0, "broken", None)
    assert (broken["built_in"], broken["problems"]) == (False, 1)


def test_head_says_which_sheet_it_is_and_what_staff_must_know(microcare: Runner) -> None:
    """The document, the date of its revision and the remarks on the whole are there."""
    done = microcare("protocols", "--format", "json")
    first, second = json.loads(done.out)["protocols"]
    assert (first["document"], first["revised"]) == ("Micro Needling Instructions", None)
    assert second["revised"] == "2021-08-29"
    assert [len(each["notes"]) > 3 for each in (first, second)] == [True, True]
