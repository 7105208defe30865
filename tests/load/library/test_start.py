"""The text of a clinic's new file: what it says, and what of another file stays in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from microcare.load.check.checked_files import check_text
from microcare.load.library.start import make_blank_start, make_start_from
from microcare.load.source.refusals import Refusal
from microcare.load.variants.parsing import parse_protocol
from tests.samples import HEADER

OTHER = Path("sample.yaml")
OURS = Path("ours.yaml")
INSTRUCTIONS = "instructions:\n  - {id: a, avoid: sun}  # all of it\n"


def test_blank_start_is_a_protocol_without_doubts() -> None:
    """Of its own id, with one instruction of each common sort, and nothing to warn of."""
    text = make_blank_start("our-clinic", "our-clinic.yaml")
    found = parse_protocol(text, "our-clinic.yaml")
    assert found.id == "our-clinic"
    assert [each.verb.value for each in found.instructions] == [
        *("avoid", "wait-since", "take", "avoid"),
    ]
    assert check_text(text, "our-clinic.yaml") == ()


def test_next_commands_name_the_file() -> None:
    """As a path where a command would take a bare name for an id."""
    lines = make_blank_start("ours", "mine.yaml").splitlines()
    assert "#   microcare check mine.yaml" in lines
    assert "#   microcare show ./mine.yaml" in lines


@pytest.mark.parametrize("ident", ["sample", "'sample'", '"sample"', "sample  # its name"])
def test_id_is_exchanged_however_it_is_written(ident: str) -> None:
    """With quotes or a comment; what stands above the first key is the other clinic's."""
    text = HEADER.replace("id: sample", f"id: {ident}") + INSTRUCTIONS
    made = make_start_from(f"# old\n---\n{text}", OTHER, "ours", OURS)
    assert parse_protocol(made, "ours.yaml").id == "ours"
    assert "# old" not in made


def test_all_else_stays_as_it_is_written() -> None:
    """From the first key on the file differs in nothing but its id."""
    made = make_start_from(f"# old\n{HEADER}{INSTRUCTIONS}", OTHER, "ours", OURS)
    head, body = made.split("\n\n", 1)
    assert body == f"{HEADER}{INSTRUCTIONS}".replace("id: sample", "id: ours")
    assert "# ours: a start made from sample, version 1." in head.splitlines()


@pytest.mark.parametrize("document", ["", "document: Our sheet\n"])
def test_document_of_the_other_clinic_is_pointed_out(document: str) -> None:
    """Only where it names one is there something to exchange."""
    made = make_start_from(f"{HEADER}{document}{INSTRUCTIONS}", OTHER, "ours", OURS)
    assert ("still name that clinic's sheet" in made) is bool(document)


@pytest.mark.parametrize("reviewed", ["", "reviewed: {es: A. Name 2026-11-20}\n"])
def test_review_of_the_other_clinic_is_pointed_out(reviewed: str) -> None:
    """Whoever signed it has not seen what the new clinic changes."""
    made = make_start_from(f"{HEADER}{reviewed}{INSTRUCTIONS}", OTHER, "ours", OURS)
    assert ("still names who checked it" in made) is bool(reviewed)


def test_id_that_cannot_be_exchanged_is_refused() -> None:
    """An escape in it is not found in the text, and no file of the wrong id is made."""
    text = HEADER.replace("id: sample", r'id: "s\x61mple"') + INSTRUCTIONS
    with pytest.raises(Refusal, match=r"The id of sample\.yaml stands where it can't be"):
        make_start_from(text, OTHER, "ours", OURS)


def test_path_of_a_base_is_counted_from_the_new_file(tmp_path: Path) -> None:
    """In quotes, since a folder may have any name; the comment behind it stays."""
    (tmp_path / "it's").mkdir()
    (tmp_path / "it's" / "base.yaml").write_text(HEADER + INSTRUCTIONS, encoding="utf-8")
    text = "microcare: 1\nid: north\nextends: ./base.yaml  # below\nversion: 2\n"
    made = make_start_from(text, tmp_path / "it's" / "north.yaml", "ours", tmp_path / "ours.yaml")
    assert "extends: 'it''s/base.yaml'  # below\n" in made
