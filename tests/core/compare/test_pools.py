"""Which rules of each protocol belong to a row: none that governs is left out, none is told twice.

Each case is a kind of fault that was found by comparing the two clinics.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.core.compare.comparing import DIFFERS, LEFT, RIGHT, compare, found

if TYPE_CHECKING:
    from microcare.core.compare.comparison import ComparedTopic, Comparison


def find_row(comparison: Comparison, label: str) -> ComparedTopic:
    """Return the row of `side verb topic`."""
    (row,) = (
        row
        for row in comparison.compared
        if f"{row.side.value} {row.verb.value} {row.topic}" == label
    )
    return row


def test_part_that_two_groups_share_has_a_row() -> None:
    """Retinoids here, prescribed products there: of prescribed retinoids the longer rule counts."""
    left = "avoid: topical-prescriptions, until: 72 hours after"
    right = """
        avoid: retinoids, until: 2 weeks after
        avoid: skin-products, until: 1 day after
    """
    rows = compare(left, right)
    assert find_row(rows, "after avoid topical-prescriptions").verdict.value == LEFT
    assert find_row(rows, "after avoid prescription-retinoids").verdict.value == RIGHT


def test_part_that_is_stricter_is_told_beside_the_whole() -> None:
    """Where one is stricter on the whole, what the other says of a part of it stands with it."""
    left = """
        avoid: skin-products, until: 1 day after
        avoid: prescription-retinoids, until: 72 hours after
    """
    row = find_row(compare(left, "avoid: retinoids, until: 2 days after"), "after avoid retinoids")
    assert row.verdict.value == RIGHT
    assert [each.topic for each in row.left.nearby] == ["prescription-retinoids"]


def test_ban_under_a_wider_condition_governs() -> None:
    """Who has cold sores has one of two: the rule for both is one for them."""
    rows = compare(
        "avoid: sauna, until: 2 days after, if: cold-sores",
        "avoid: sauna, until: 3 days after, if: {any: [cold-sores, eczema]}",
    )
    verdicts = {row.key[0]: row.verdict.value for row in rows.compared}
    assert verdicts == {("cold-sores",): RIGHT, ("cold-sores", "eczema"): "only-right"}


def test_ban_without_a_time_meets_each_time_of_the_other() -> None:
    """Also where the other one says it without a time as well."""
    left = """
        avoid: sauna
        avoid: sauna, until: 2 days after
    """
    rows = compare(left, "avoid: sauna")
    assert found(rows) == ["after avoid sauna: differs", "any avoid sauna: same"]


def test_ban_from_the_morning_meets_one_at_the_start() -> None:
    """What ends at the start of the treatment lies before it, though it begins on its day."""
    rows = compare(
        "avoid: makeup, from: 8 am on treatment day, until: start", "avoid: makeup, at: start"
    )
    assert found(rows) == ["before avoid makeup: differs", "day-of avoid makeup: only-left"]


def test_duties_under_two_conditions_are_one_row() -> None:
    """For discomfort here, for soreness there: both speak, and differ in for whom."""
    rows = compare(
        "may: acetaminophen, from: end, if: discomfort",
        "may: acetaminophen, from: end, if: soreness",
    )
    (row,) = rows.compared
    assert row.verdict.value == DIFFERS
    assert [each.value for each in row.facets] == ["condition"]


def test_permission_meets_what_may_be_resumed() -> None:
    """One lets products begin, the other lets them be resumed: they say it in other words."""
    rows = compare(
        "may: skin-products, from: 2 days after", "may-resume: skin-products, from: 1 day after"
    )
    assert find_row(rows, "after may skin-products").verdict.value == DIFFERS


def test_duty_meets_a_permission() -> None:
    """One asks for moisturizer, the other allows it: one row, named by the duty."""
    rows = compare("use: moisturizer, from: end", "may: moisturizer, from: end")
    (row,) = rows.compared
    assert (row.verb.value, row.verdict.value) == ("use", DIFFERS)
    assert [each.value for each in row.facets] == ["kind"]


def test_ban_stands_beside_what_is_to_be_done() -> None:
    """Washing is asked for from 4 hours on: the four hours belong to it."""
    left = """
        do: washing, from: 4 hours after
        avoid: washing, until: 4 hours after
    """
    row = find_row(compare(left, "do: washing, from: 4 hours after"), "after do washing")
    assert [each.instruction.id for each in row.left.bans] == ["i1"]
    assert (row.verdict.value, [each.value for each in row.facets]) == (DIFFERS, ["forbidden"])


def test_permission_of_a_group_meets_its_member() -> None:
    """Makeup is a skin product: who lets those begin on day 2 lets makeup begin."""
    rows = compare("may: skin-products, from: 2 days after", "may: makeup, from: 2 days after")
    row = find_row(rows, "after may makeup")
    assert [each.topic for each in row.left.governing] == ["skin-products"]


def test_conditional_extra_is_not_held_against_a_rule_for_everyone() -> None:
    """One demands it of all; that the other one recommends more to some binds no less."""
    left = """
        use: sunscreen, from: end
        use: sunscreen, from: end, if: sun-unavoidable, strength: should
    """
    rows = compare(left, "use: sunscreen, from: end, every: 2 hours")
    assert [each.value for each in rows.compared[0].facets] == ["condition", "repetition"]


def test_two_rules_without_an_end_do_not_differ_in_it() -> None:
    """What is open on both sides is the same, whatever else is said beside it."""
    left = """
        use: sunscreen, from: end
        use: sunscreen, from: end, until: 7 days after
    """
    (row,) = compare(left, "use: sunscreen, from: 1 day after").compared
    assert [each.value for each in row.facets] == ["opens"]


def test_course_across_the_treatment_is_one_row() -> None:
    """Nor is it counted once more after the treatment."""
    rows = compare(
        "take: antiviral, from: 2 days before, until: 2 days after",
        "take: antiviral, from: 2 days before, until: treatment day",
    )
    assert found(rows) == ["before take antiviral: differs"]
