"""The list of protocols."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.commands.running import Runner

if TYPE_CHECKING:
    from pathlib import Path


def test_built_in_protocols_are_listed(microcare: Runner) -> None:
    """Both are there, and the default is marked."""
    done = microcare("protocols")
    assert (done.code, done.err) == (0, "")
    assert "clinic-a  (default)\n" in done.out
    assert "clinic-b\n" in done.out
    assert done.out.count("(built in)") == 2


def test_default_follows_the_setting(microcare: Runner) -> None:
    """What a plan would take is what is marked."""
    done = microcare("protocols", MICROCARE_PROTOCOL="clinic-b")
    assert "clinic-b  (default)\n" in done.out
    assert "clinic-a\n" in done.out


def test_own_protocol_hides_a_built_in_one(microcare: Runner, tmp_path: Path) -> None:
    """A clinic's own version of a name is the one that is used, and is listed once."""
    header = "microcare: 1\nid: clinic-a\ntitle: Ours\nprocedure: p\nversion: 7\ninstructions:\n"
    text = f"{header}  - {{id: a, avoid: sauna, until: 1 day after}}\n"
    (tmp_path / "clinic-a.yml").write_text(text, encoding="utf-8")
    done = microcare("protocols", columns=400, MICROCARE_PROTOCOLS=str(tmp_path))
    assert done.out.count("clinic-a") == 2  # its name and its file
    assert "Ours, version 7, 1 instruction\n" in done.out
    assert "(your own)" in done.out


def test_broken_protocol_is_listed_with_its_problems(microcare: Runner, tmp_path: Path) -> None:
    """One bad file spoils neither the list nor the others."""
    (tmp_path / "bad.yaml").write_text("a: [", encoding="utf-8")
    (tmp_path / "worse.yaml").write_text("microcare: 0\na: b\n", encoding="utf-8")
    done = microcare("protocols", MICROCARE_PROTOCOLS=str(tmp_path))
    assert done.code == 0
    assert "bad\n  can't be used: 1 problem;" in done.out
    assert "worse\n  can't be used: 7 problems;" in done.out


def test_what_is_no_protocol_file_is_passed_over(microcare: Runner, tmp_path: Path) -> None:
    """Folders, other endings and links that lead nowhere are not protocols."""
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "notes.txt").touch()
    (tmp_path / "link.yaml").symlink_to(tmp_path / "nowhere")
    done = microcare("protocols", MICROCARE_PROTOCOLS=str(tmp_path))
    assert done.out == microcare("protocols").out


def test_variant_is_listed_with_what_it_extends(microcare: Runner, tmp_path: Path) -> None:
    """A variant of the clinic's own base, which is found in the same folder."""
    head = "microcare: 1\nid: {}\nextends: {}\nversion: 2\n"
    (tmp_path / "north.yaml").write_text(head.format("north", "ours"), encoding="utf-8")
    (tmp_path / "ours.yaml").write_text(head.format("ours", "clinic-b"), encoding="utf-8")
    folder = {"MICROCARE_PROTOCOLS": str(tmp_path)}
    assert ", extends ours\n" in microcare("protocols", columns=200, **folder).out
    data = json.loads(microcare("protocols", "--format", "json", **folder).out)
    bases = {each["id"]: each["extends"] for each in data["protocols"]}
    assert bases == {"north": "ours", "ours": "clinic-b", "clinic-a": None, "clinic-b": None}
