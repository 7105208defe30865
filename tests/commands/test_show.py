"""A protocol in words, before any date is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from microcare.load.library.folders import find_built_in_folder
from microcare.load.library.protocols import read_protocol
from microcare.wording.rules import rule_text
from tests.commands.running import Runner, squeeze

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", ["clinic-a", "clinic-b"])
@pytest.mark.parametrize("columns", [40, 120])
def test_every_fact_of_a_protocol_is_shown(name: str, columns: int, microcare: Runner) -> None:
    """Sentence, rule, source and remarks of each instruction, and the notes on the whole."""
    protocol = read_protocol(find_built_in_folder() / f"{name}.yaml")
    done = microcare("show", name, columns=columns)
    assert (done.code, done.err) == (0, "")
    found = squeeze(done.out)
    for each in protocol.instructions:
        remarks = (each.source, each.unclear, each.note, each.area)
        facts = (each.id, each.text, rule_text(each, protocol), *remarks)
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


VARIANT = """\
microcare: 1
id: north
extends: clinic-a
version: 2
clinic: {name: North}
notes: [We are in the north.]
topics: {cupping: {label: cupping}}
remove: [deep-peels-and-laser]
replace:
  - {id: isotretinoin, avoid: isotretinoin, from: 2 months before, say: Stop isotretinoin.}
add:
  - {id: no-cupping, avoid: cupping, until: 1 day after, say: No cupping.}
"""


def test_variant_shows_what_its_file_says(microcare: Runner, tmp_path: Path) -> None:
    """What it removes with the base's sentence, what it replaces with the old time and the new."""
    file = tmp_path / "north.yaml"
    file.write_text(VARIANT, encoding="utf-8")
    done = microcare("show", str(file), columns=200)
    assert done.code == 0
    lines = [line.strip() for line in done.out.splitlines() if line.strip()]
    assert lines == [
        "Microneedling · north, version 2",
        "extends: clinic-a, version 1 (protocols/clinic-a.yaml)",
        "clinic: North",
        "note: We are in the north.",
        "topics: cupping",
        "REMOVED",
        "deep-peels-and-laser: avoid medium or deep chemical peel, laser treatment",
        "Do not have medium or deep chemical resurfacing (peels). Do not have laser treatments.",
        "1 month before",
        "Before your treatment, item 3 (protocols/clinic-a.yaml:61)",
        *(line for line in lines if "for 1 month" in line or "may hold for the laser" in line),
        "REPLACED",
        "isotretinoin: avoid isotretinoin",
        "Stop isotretinoin.",
        "2 months before",
        f"{file}:10",
        (
            "was: avoid isotretinoin · 6 months before · Stop isotretinoin (Sotret, Claravis, "
            "Amnesteem, Accutane). (protocols/clinic-a.yaml:43)"
        ),
        "ADDED",
        "no-cupping: avoid cupping",
        "No cupping.",
        "until 1 day after",
        f"{file}:12",
    ]


def test_resolved_variant_shows_where_each_instruction_is_from(
    microcare: Runner, tmp_path: Path
) -> None:
    """The complete protocol as it is used."""
    file = tmp_path / "north.yaml"
    file.write_text(VARIANT, encoding="utf-8")
    out = squeeze(microcare("show", str(file), "--resolved", columns=200).out)
    for each in read_protocol(file).instructions:
        own = {"isotretinoin": ", replaced", "no-cupping": ", added"}
        origin = own.get(each.id, ", inherited")
        assert f"{each.position.file}:{each.position.line}{origin}" in out, each.id
    assert "deep-peels-and-laser" not in out
    assert "document: Micro Needling Instructions" in out


def test_variant_that_changes_no_instruction_says_so(microcare: Runner, tmp_path: Path) -> None:
    """And one that extends nothing is shown the same, resolved or not."""
    file = tmp_path / "north.yaml"
    file.write_text("microcare: 1\nid: a\nextends: clinic-b\nversion: 2\n", encoding="utf-8")
    assert "It changes no instruction." in microcare("show", str(file)).out
    assert microcare("show", "clinic-a", "--resolved").out == microcare("show", "clinic-a").out
