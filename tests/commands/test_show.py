"""A protocol in words, before any date is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from microcare.load.library import built_in_folder, read_protocol
from tests.commands.running import Runner, squeeze

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", ["clinic-a", "clinic-b"])
@pytest.mark.parametrize("columns", [40, 120])
def test_every_fact_of_a_protocol_is_shown(name: str, columns: int, microcare: Runner) -> None:
    """Sentence, rule, source and note of each instruction, and the notes on the whole."""
    protocol = read_protocol(built_in_folder() / f"{name}.yaml")
    done = microcare("show", name, columns=columns)
    assert (done.code, done.err) == (0, "")
    found = squeeze(done.out)
    for each in protocol.instructions:
        facts = (each.id, each.text, each.window.rule, each.source, each.note, each.area)
        lost = [fact for fact in facts if fact and squeeze(fact) not in found]
        assert lost == [], each.id
    assert all(squeeze(note) in found for note in protocol.notes)


def test_place_in_the_file_is_one_to_open(microcare: Runner, tmp_path: Path) -> None:
    """Each instruction has its file and line, as editors understand them."""
    file = tmp_path / "ours.yaml"
    header = "microcare: 1\nid: ours\ntitle: T\nprocedure: p\nversion: 1\ninstructions:\n"
    file.write_text(f"{header}  - {{id: a, avoid: sauna, until: 1 day after}}\n", encoding="utf-8")
    done = microcare("show", str(file), columns=200)
    assert f"{file}:7" in done.out


def test_broken_protocol_shows_its_problems(microcare: Runner, tmp_path: Path) -> None:
    """All of them at once, each with its place, code and hint."""
    file = tmp_path / "ours.yaml"
    file.write_text("microcare: 1\nid: ours\ntitel: T\n", encoding="utf-8")
    done = microcare("show", str(file))
    assert (done.code, done.out) == (2, "")
    assert f"{file}:3:1: error: " in done.err
    assert "[unknown-key]" in done.err
    assert "Did you mean “title”?" in done.err
    assert "microcare: the protocol can't be used: " in done.err.splitlines()[-1]
