"""Instructions at odds with each other: in which file, and at which of them, it is told."""

from __future__ import annotations

import pytest

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
    assert warnings("topics: {sun: {members: [sunscreen]}}", base) == ["5:10 contradicted-may"]


DISPUTED = (
    BASE.replace(
        "day-1: treatment day", "day-1: treatment day\ntimes-of-day: {evening: 20:00 to 22:00}"
    )
    + "  - {id: wine, avoid: alcohol, from: end, until: 19:00 treatment day, source: item 5}\n"
    + "  - {id: beer, may: alcohol, from: the evening of treatment day, until: 5 days after}\n"
)


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("times-of-day:\n  evening: 18:00 to 22:00\n", "6:3"),
        (
            "topics:\n  alcohol: {label: what we pour}\ntimes-of-day:\n  evening: 18:00 to 22:00\n",
            "8:3",
        ),
        ("remove: [lenses]\ntimes-of-day:\n  noon: '12:30'\n  evening: 18:00 to 22:00\n", "8:3"),
    ],
)
def test_contradiction_by_a_part_of_the_day_is_told_there(more: str, found: str) -> None:
    """Not at a topic that the variant merely names anew, nor at another part."""
    assert warnings("", DISPUTED) == []
    assert warnings(more, DISPUTED) == [f"{found} contradicted-may"]


def test_contradiction_by_the_numbering_of_days_is_told_there() -> None:
    """The permission's first day moves onto the last of the ban."""
    base = BASE.replace("day-1: treatment day", "day-1: next day").replace(
        "from: day 4", "from: day 1"
    ) + (
        "  - {id: wine, avoid: alcohol, from: end, until: 3 days after, source: item 5, say: A.}\n"
        "  - {id: beer, may: alcohol, from: day 4, until: day 9, source: item 6, say: B.}\n"
    )
    assert warnings("", base) == []
    more = "topics:\n  alcohol: {label: what we pour}\nday-1: treatment day\n"
    assert warnings(more, base) == ["7:8 contradicted-may"]
