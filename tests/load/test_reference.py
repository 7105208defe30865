"""The examples of the format reference are what the loader takes."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent, indent

import pytest

from microcare.load.check.checked_files import check_text
from microcare.load.library.folders import find_built_in_folder
from microcare.load.library.protocols import read_protocol
from microcare.load.variants.parsing import parse_protocol
from tests.samples import HEADER

_TEXT = (find_built_in_folder() / "README.md").read_text(encoding="utf-8")
_BLOCKS = [dedent(block) for block in re.findall(r"```yaml\n(.*?)```", _TEXT, re.DOTALL)]
_HEADS = ("topics:", "factors:", "times-of-day:")
FILES = [block for block in _BLOCKS if block.startswith("microcare:")]
PARTS = [block for block in _BLOCKS if block.startswith(_HEADS)]
BODIES = [
    body
    for block in _BLOCKS
    if block not in [*FILES, *PARTS] and not block.startswith(("#", "extends:"))
    for body in block.strip().split("\n\n")
]
_OTHERS = """
  - {id: numbing-cream, use: numbing-cream, at: 1 hour before}
  - {id: antibiotic, take: antibiotics, until: 5 days after}
"""
"""What the examples count from."""


def with_head(body: str) -> str:
    """Return a file whose last instruction is an example, with an id."""
    entry = indent(f"id: example\n{body}", "    ").replace("    id", "  - id", 1)
    return f"{HEADER}day-1: next day\ninstructions:{_OTHERS}{entry}\n"


def with_instructions(part: str) -> str:
    """Return a file with an example of a part of the head."""
    return f"{HEADER}{part}instructions:{_OTHERS}"


def test_sheet_on_the_first_page_becomes_a_file_without_doubts() -> None:
    """Ten lines are ten instructions, and `check` has nothing to say of them."""
    sheet = re.search(r"```text\n(.*?)```", _TEXT, re.DOTALL)
    assert sheet is not None
    assert _TEXT.index(FILES[0].splitlines()[1]) < _TEXT.index("## The head")
    lines = re.findall(r"^ ?(\d+)\. ", sheet[1], re.MULTILINE)
    assert lines == [str(number) for number in range(1, 11)]
    protocol = parse_protocol(FILES[0], "reference.yaml")
    assert [
        each.source.rpartition(" ")[2] for each in protocol.instructions if each.source
    ] == lines
    assert check_text(FILES[0], "reference.yaml", reading_level=True) == ()


def test_ten_phrases_are_taken() -> None:
    """Each is what an instruction may have, as it stands in the table."""
    table = (
        _TEXT.partition("<!-- phrases -->")[2].partition("\n\n\n")[0].partition("Every value")[0]
    )
    rows = [re.findall(r"`([^`]+)`", row) for row in table.splitlines() if "`" in row]
    assert len(rows) == 10
    for keys in rows:
        body = "\n".join(("use: sunscreen", *keys))
        assert parse_protocol(with_head(body), "reference.yaml").instructions[-1].id == "example"


def test_lists_of_topics_are_elsewhere() -> None:
    """The reference is read by people; `microcare topics` finds what they look for."""
    assert "microcare topics WORD" in _TEXT
    assert len(_TEXT.splitlines()) < 900


def test_there_are_examples_of_each_kind() -> None:
    """The reference shows whole files, parts of the head, and many instructions."""
    assert FILES
    assert len(PARTS) > 2
    assert len(BODIES) > 30


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.splitlines()[0][:40])
def test_example_of_an_instruction_works(body: str) -> None:
    """With an id, and the instructions that it counts from, it is one."""
    assert parse_protocol(with_head(body), "reference.yaml").instructions[-1].id == "example"


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.splitlines()[0])
def test_example_of_the_head_works(part: str) -> None:
    """With the rest of a head around it."""
    assert len(parse_protocol(with_instructions(part), "reference.yaml").instructions) == 2


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.splitlines()[1])
def test_example_of_a_file_works(file: str, tmp_path: Path) -> None:
    """As it stands."""
    (tmp_path / "reference.yaml").write_text(file, encoding="utf-8")
    assert read_protocol(tmp_path / "reference.yaml").instructions
