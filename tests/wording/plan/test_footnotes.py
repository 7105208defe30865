"""What a sheet leaves open: numbers in the order of a plan, each with one footnote."""

from __future__ import annotations

import pytest

from microcare.core.plan.plan import Plan
from microcare.wording.plan.footnotes import Footnotes, Told, list_unclear
from tests.samples import by_id, entry, plan
from tests.wording.plan.outlining import day_outline, outline

DAY_ONE = "Day 1 is Thu 10 Dec or Fri 11 Dec; both are covered."
OPEN = "unclear: Perhaps lips only."


def unclear(made: Plan, ident: str = "it") -> tuple[str, ...]:
    """Return what is unclear of an instruction."""
    return list_unclear(made, by_id(made)[ident].instruction)


def test_footnotes_are_numbered_in_their_order_and_each_once() -> None:
    """A sentence that two rules share has one number; several marks stand in their order."""
    notes = Footnotes()
    assert notes.mark("No sun.", ("one",)) == "No sun.¹"
    assert notes.mark("No sauna.", ()) == "No sauna."
    assert notes.write(Told("No rubbing.", ("two", "one"), " (to the end)")) == (
        "No rubbing.¹,² (to the end)"
    )
    assert list(notes.list()) == [("¹", "one"), ("²", "two")]


def test_a_mark_is_read_as_part_of_no_number() -> None:
    """“SPF 30” and a mark would be another number, and ten is no one and nothing."""
    notes = Footnotes()
    assert notes.mark("SPF 30", ("1",)) == "SPF 30 ¹"
    marks = [notes.mark("", (str(number),)) for number in range(1, 12)]
    assert marks[-3:] == ["⁹", "[10]", "[11]"]
    assert Footnotes("cp1252").mark("Sun.", ("1", "2")) == "Sun.[1],[2]"


@pytest.mark.parametrize(
    "times",
    [
        "on: day 1",
        "on: days 2 to 7",
        "from: day 7",
        "until: 9 pm on day 2",
        "from: start of other",
        "until: 2 days after last",
    ],
)
def test_day_1_is_unclear_of_all_that_counts_from_it(times: str) -> None:
    """Also at a clock time of such a day, and through other instructions."""
    others = entry("avoid: sun\non: day 3", "other") + entry(
        "avoid: heat\nfrom: start of other\nuntil: 1 day after other", "last"
    )
    made = plan(others + entry(f"avoid: sauna\n{times}"), header="day-1: unstated")
    assert unclear(made) == (DAY_ONE,)


def test_nothing_is_unclear_of_a_day_1_that_is_stated() -> None:
    """Nor of what counts from the treatment, whatever Day 1 is."""
    stated = plan(entry("avoid: sauna\non: day 1"), header="day-1: next day")
    assert unclear(stated) == ()
    counted = plan(entry("avoid: sauna\nuntil: 1 day after"), header="day-1: unstated")
    assert unclear(counted) == ()


def test_what_a_file_calls_unclear_comes_behind_day_1() -> None:
    """An instruction may have both; the same sentence of two instructions is one."""
    made = plan(
        entry(f"avoid: makeup\non: day 1\n{OPEN}", "a") + entry(f"avoid: sun\n{OPEN}", "b"),
        header="day-1: unstated",
    )
    assert unclear(made, "a") == (DAY_ONE, "Perhaps lips only.")
    both = (by_id(made)[name].instruction for name in "ab")
    assert list_unclear(made, *both) == (DAY_ONE, "Perhaps lips only.")


def test_every_row_of_a_rule_tells_that_it_is_unclear() -> None:
    """Its beginning, its last fine day, its end, and what goes on beside other changes."""
    made = plan(
        entry(f"avoid: isotretinoin\nfrom: 2 weeks before\n{OPEN}", "a")
        + entry(f"avoid: makeup\nuntil: 3 days after\n{OPEN}", "b")
        + entry(f"avoid: sun\nuntil: 3 days after, if possible 10\n{OPEN}", "c")
        + entry(f"expect: redness\nuntil: 2 days after\n{OPEN}", "d")
        + entry("use: moisturizer\nfrom: next day", "e"),
    )
    for day in ("Wed 25 Nov", "Thu 26 Nov", "Sun 13 Dec", "Mon 14 Dec", "Mon 21 Dec"):
        rows = day_outline(made, day).rows
        assert {row.unclear for row in rows} == {("Perhaps lips only.",)}, day
    still = {each.text: each.unclear for each in day_outline(made, "Fri 11 Dec").still}
    assert still["avoid makeup"] == ("Perhaps lips only.",)


def test_what_is_asked_tells_that_it_is_unclear() -> None:
    """A contraindication, what follows from an answer, what has begun, and DO NOT TREAT."""
    text = (
        entry(f"screen: pregnancy\nsay: Not if pregnant.\n{OPEN}", "a")
        + entry(f"take: antiviral\nif: cold-sores\n{OPEN}", "b")
        + entry(f"avoid: isotretinoin\nfrom: 6 months before\n{OPEN}", "c")
        + entry(f"avoid: aspirin\nask-first: your doctor\n{OPEN}", "d")
    )
    screening, sores, person, begun = outline(plan(text, now="2026-12-01 09:00")).questions
    assert {screening.unclear, begun.unclear} == {("Perhaps lips only.",)}
    for question in (sores, person):
        assert [each.unclear for each in question.consequences] == [("Perhaps lips only.",)]
    (blocked,) = outline(plan(text, answers={"pregnancy": True})).blocked
    assert blocked == Told("Not if pregnant.", ("Perhaps lips only.",))
