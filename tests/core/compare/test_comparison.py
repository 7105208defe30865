"""A comparison as values: verdicts and their mirror, the summary, a row's verb and condition."""

from __future__ import annotations

import pytest

from microcare.core.compare.comparison import Verdict
from microcare.core.sheet.conditions import Is
from tests.core.compare.comparing import compare


@pytest.mark.parametrize(
    ("verdict", "mirrored"),
    [
        (Verdict.LEFT_STRICTER, Verdict.RIGHT_STRICTER),
        (Verdict.ONLY_LEFT, Verdict.ONLY_RIGHT),
        (Verdict.SAME, Verdict.SAME),
        (Verdict.DIFFERS, Verdict.DIFFERS),
    ],
)
def test_verdict_when_the_protocols_change_places(verdict: Verdict, mirrored: Verdict) -> None:
    """And back again."""
    assert verdict.mirrored is mirrored
    assert mirrored.mirrored is verdict


def test_summary_counts_every_verdict() -> None:
    """Those that no row has, too."""
    left = """
        avoid: sauna, until: 2 days after
        avoid: sun, until: 2 days after
    """
    found = compare(left, "avoid: sauna, until: 1 day after")
    assert found.summary == {
        Verdict.SAME: 0,
        Verdict.LEFT_STRICTER: 1,
        Verdict.RIGHT_STRICTER: 0,
        Verdict.ONLY_LEFT: 1,
        Verdict.ONLY_RIGHT: 0,
        Verdict.DIFFERS: 0,
    }
    assert not found.is_same
    assert compare(left, left).is_same


@pytest.mark.parametrize(
    ("left", "right", "verb"),
    [
        ("use: antiviral", "use: antiviral", "use"),
        ("use: antiviral", "take: antiviral", "take"),
        ("wait-since: laser, at-least: 1 day before", "avoid: laser, from: 1 day before", "avoid"),
    ],
)
def test_verb_of_a_row(left: str, right: str, verb: str) -> None:
    """That of the family; "use" only where neither says "take"."""
    (row,) = compare(left, right).compared
    assert row.verb.value == verb


def test_condition_of_a_row_is_one_of_those_that_mean_it() -> None:
    """The same whichever protocol is the left one; a row for everyone has none."""
    left, right = "avoid: sauna, if: peel", "avoid: sauna, if: {all: [peel]}"
    conditions = [compare(*pair).compared[0].condition for pair in ((left, right), (right, left))]
    assert conditions[0] == conditions[1]
    assert compare(left, left).compared[0].condition == Is("peel")
    assert compare("avoid: sauna", "avoid: sauna").compared[0].condition is None


def test_side_without_a_rule_is_silent() -> None:
    """It says nothing that governs, and may still say something nearby."""
    (row,) = compare("may: makeup", "avoid: makeup").compared[:1]
    assert (row.left.is_silent, row.right.is_silent) == (True, False)
    assert (row.left.all, len(row.left.nearby)) == ((), 1)


def test_topic_alone_is_what_is_said_of_it_and_of_its_members() -> None:
    """Of its groups what forbids it where nothing does by name; all of them where nothing is."""
    left = """
        avoid: retinoids, from: 2 days before
        avoid: skin-products, until: 1 day after
        may: skin-products, from: 2 days after
        avoid: prescription-retinoids, until: 9 days after
        avoid: sauna, until: 1 day after
    """
    found = compare(left, "avoid: makeup, until: 3 days after")

    def about(topic: str) -> list[str]:
        return [f"{row.side.value} {row.topic}" for row in found.about(topic).compared]

    assert about("retinoids") == ["before retinoids", "after prescription-retinoids"]
    assert about("prescription-retinoids") == ["before retinoids", "after prescription-retinoids"]
    assert about("lipstick") == ["after skin-products", "after makeup", "after skin-products"]
    assert about("laser") == []
