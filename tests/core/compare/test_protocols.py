"""Two protocols compared: durations by meaning, groups, conditions, and the exact mirror."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given

from microcare.core.compare.protocols import compare_protocols
from tests.core.compare.comparing import LEFT, SAME, compare, found, mirrored
from tests.strategies import protocols

if TYPE_CHECKING:
    from microcare.core.sheet.protocol import Protocol


def test_order_ids_and_wording_make_no_difference() -> None:
    """The same rules in another order, in other words, are the same."""
    left = """
        avoid: Accutane, from: 6 months before, say: Stop it.
        avoid: [waxing, shaving], from: 2 days before
    """
    right = """
        avoid: shave, from: two days prior to your appointment
        avoid: wax, from: 2 days before
        avoid: isotretinoin, from: 6 months before, say: No isotretinoin.
    """
    assert {row.verdict.value for row in compare(left, right).compared} == {SAME}


def test_rows_follow_the_vocabulary() -> None:
    """Built-in topics in its order, then the files' own by their ids, whichever is left."""
    one = ("avoid: [zorbing, sauna, aspirin]", "topics: {zorbing: {}, sauna: {label: a sauna}}")
    other = ("avoid: [abseiling, makeup, sauna]", "topics: {abseiling: {}}")
    for left, right in ((one, other), (other, one)):
        rows = compare(left[0], right[0], left[1], right[1]).compared
        topics = [row.topic for row in rows]
        assert topics == ["makeup", "aspirin", "sauna", "abseiling", "zorbing"]


def test_member_is_matched_with_the_group_of_the_other() -> None:
    """One says heat, the other sauna: the sauna is covered, heat as a whole is not."""
    heat = "topics: {heat: {members: [sauna]}}"
    rows = compare("avoid: heat, until: 2 days after", "avoid: sauna, until: 1 day after", heat)
    assert found(rows) == ["after avoid heat: only-left", "after avoid sauna: left-stricter"]
    assert [each.topic for each in rows.compared[0].right.nearby] == ["sauna"]


def test_group_of_either_vocabulary_counts() -> None:
    """It is enough that one of the two says what heat is."""
    heat = "topics: {heat: {members: [sauna]}}"
    rows = compare("avoid: heat, until: 2 days after", "avoid: sauna, until: 1 day after", "", heat)
    assert "after avoid sauna: left-stricter" in found(rows)


def test_exception_keeps_a_member_out_of_its_group() -> None:
    """A group's ban does not cover what it leaves out."""
    left = "avoid: skin-products, except: sunscreen, until: 1 day after"
    rows = compare(left, "avoid: sunscreen, until: 1 day after")
    assert "after avoid sunscreen: only-right" in found(rows)


def test_strictest_rule_of_a_protocol_governs() -> None:
    """Of several rules on one topic the strictest counts, and the others are kept."""
    left = """
        avoid: sauna, until: 24 hours after
        avoid: sauna, until: 72 hours after
    """
    (row,) = compare(left, "avoid: sauna, until: 48 hours after").compared
    assert row.verdict.value == LEFT
    assert [each.instruction.id for each in row.left.governing] == ["i1"]
    assert [each.instruction.id for each in row.left.others] == ["i0"]


def test_rules_that_cannot_be_ordered_all_govern() -> None:
    """Two days and until healed: together they are stricter than either."""
    left = """
        avoid: makeup, until: 2 days after
        avoid: makeup, until-state: healed
    """
    (row,) = compare(left, "avoid: makeup, until: 2 days after").compared
    assert row.verdict.value == LEFT
    assert len(row.left.governing) == 2


def test_ban_without_a_time_meets_one_with_a_time() -> None:
    """What names no time is compared on the side on which the other speaks."""
    rows = compare("avoid: sauna", "avoid: sauna, until: 2 days after")
    assert found(rows) == ["after avoid sauna: differs"]


def test_group_without_a_time_meets_its_members() -> None:
    """A ban of heat at any time covers the sauna, but when it ends can't be told."""
    heat = "topics: {heat: {members: [sauna]}}"
    rows = compare("avoid: heat", "avoid: sauna, until: 2 days after", heat)
    assert found(rows) == ["after avoid sauna: differs", "any avoid heat: only-left"]


def test_treatment_day_is_near_what_follows_it() -> None:
    """A ban from the morning of the day is told beside one from the treatment on."""
    rows = compare(
        "avoid: sauna, from: treatment day, until: 2 days after",
        "avoid: sauna, from: end, until: 2 days after",
    )
    assert found(rows) == ["day-of avoid sauna: only-left", "after avoid sauna: same"]
    assert [each.side.value for each in rows.compared[0].right.nearby] == ["after"]


def test_opposite_is_pointed_out() -> None:
    """What one allows and the other forbids are two rows that name each other."""
    rows = compare("may: makeup, from: 1 day after", "avoid: makeup, until: 2 days after").compared
    assert [row.verdict.value for row in rows] == ["only-right", "only-left"]
    assert [each.instruction.verb.value for each in rows[0].left.nearby] == ["may"]


@given(protocols())
def test_protocol_is_the_same_as_itself(one: Protocol) -> None:
    """`diff A A` finds nothing, whatever A says."""
    assert compare_protocols(one, one).is_same


@given(protocols(), protocols())
def test_mirror(one: Protocol, other: Protocol) -> None:
    """`diff B A` is `diff A B` with the sides exchanged, row by row."""
    assert compare_protocols(other, one).compared == tuple(
        map(mirrored, compare_protocols(one, other).compared)
    )


@given(protocols(), protocols())
def test_nothing_is_lost(one: Protocol, other: Protocol) -> None:
    """Every topic of every instruction of both protocols is in a row, on its own side."""
    rows = compare_protocols(one, other).compared
    for place, each in enumerate((one, other)):
        told = {(said.instruction.id, said.topic) for row in rows for said in row.sides[place].all}
        assert told >= {
            (instruction.id, topic)
            for instruction in each.instructions
            for topic in instruction.topics
        }
