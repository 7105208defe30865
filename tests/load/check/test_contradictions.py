"""Instructions at odds with each other: in which file, and at which of them, it is told."""

from __future__ import annotations

from microcare.load.check.checked_files import check_text
from tests.load.variants.samples import BASE, HEAD, finder, warnings


def test_contradiction_is_told_at_its_own_instruction() -> None:
    """With the place of the inherited one, whichever stands first."""
    more = "replace:\n  - {id: sauna, may: sunbathing, on: day 4, say: Sun.}\n"
    (found,) = check_text(HEAD + more, "variant.yaml", finder(base=BASE))
    assert (found.line, found.column, found.code.value) == (6, 17, "contradicted-may")
    assert "in base.yaml:21 (sun)" in found.message
    assert "in line 6 (sauna)" in found.message


def test_contradiction_among_inherited_ones_is_told_where_it_comes_from() -> None:
    """A group of the variant's own sets two instructions of its base at odds."""
    base = BASE + "  - {id: cap, may: sunscreen, on: day 4, source: item 5, say: A cap.}\n"
    assert warnings("", base) == []
    assert warnings("topics: {sun: {members: [sunscreen]}}", base) == ["5:1 contradicted-may"]
