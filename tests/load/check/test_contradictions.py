"""Instructions at odds with each other: in which file, and at which of them, it is told."""

from __future__ import annotations

import pytest

from microcare.core.plan.plan import find_untold
from microcare.load.check.checked_files import check_text
from microcare.load.check.contradictions import check_told, plan_samples
from microcare.load.check.doubts import list_entries
from microcare.load.variants.parsing import parse_with_nodes
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


SPOKEN = """microcare: 1
id: base
title: Peel
procedure: peel
version: 1
instructions:
  - {id: sun, avoid: sun, from: 2 days before}
  - {id: list, arrange: medicines-taken}
  - {id: pregnant, screen: pregnancy}
  - {id: retinoids, avoid: retinoids, from: end}
"""


def test_everything_is_told() -> None:
    """On a day, without a date, as what screens, or as an end that is not stated."""
    parsed = parse_with_nodes(SPOKEN, "base.yaml")
    entries = list_entries(parsed.root, parsed.protocol)
    assert list(check_told(entries, plan_samples(parsed.protocol))) == []


def test_what_no_plan_tells_is_an_error() -> None:
    """A plan that had lost its days would leave out what stands on them."""
    parsed = parse_with_nodes(SPOKEN, "base.yaml")
    entries = list_entries(parsed.root, parsed.protocol)
    lost = list(plan_samples(parsed.protocol))
    for plan in lost:
        object.__setattr__(plan, "days", ())
    assert [each.instruction.id for each in find_untold(lost[0])] == ["sun"]
    (found,) = check_told(entries, lost)
    assert (found.code.value, found.mark.line, found.mark.column) == ("untold", 7, 15)
    assert found.message == "The sentence of “sun” would stand nowhere in a plan."
