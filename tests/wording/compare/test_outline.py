"""A comparison in full, in texts: what stands together, and what it means in dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.core.plan.plan import build_plan
from microcare.wording.compare.outline import ComparisonOutline, outline_comparison
from tests.core.compare.comparing import compare
from tests.samples import LONG_AGO, at, visit

if TYPE_CHECKING:
    from microcare.wording.compare.outline import ComparisonEntry

LONGER = "avoid: [sauna, waxing], until: 2 days after"
SHORTER = "avoid: [sauna, waxing], until: 1 day after"


def outline(left: str, right: str, *, dated: bool = False) -> ComparisonOutline:
    """Return two protocols compared, with `dated` for the worked example's appointment."""
    found = compare(left, right)
    first, second = (
        build_plan(each, visit(), now=at(LONG_AGO)) for each in (found.left, found.right)
    )
    plans = (first, second) if dated else None
    return outline_comparison(found, plans=plans)


def entries(found: ComparisonOutline) -> list[ComparisonEntry]:
    """Return the entries of all sections."""
    return [entry for section in found.sections for entry in section.entries]


def test_sections_follow_the_treatment() -> None:
    """Before, on the day, after and at any time; a side without a row is not there."""
    rules = """
        call-if: questions
        avoid: sauna, until: 2 days after
        avoid: shaving, on: treatment day
        avoid: waxing, from: 2 days before
    """
    titles = [section.title for section in outline(rules, rules).sections]
    assert titles == ["Before", "Day of treatment", "After", "At any time"]
    assert [section.title for section in outline(LONGER, SHORTER).sections] == ["After"]


def test_topics_on_which_both_stand_alike_are_one_entry() -> None:
    """Where a word differs they are two."""
    (entry,) = entries(outline(LONGER, SHORTER))
    assert entry.label == "avoid: sauna, waxing"
    apart = "avoid: sauna, until: 1 day after\navoid: waxing, until: 12 hours after"
    assert [each.label for each in entries(outline(LONGER, apart))] == [
        "avoid: sauna",
        "avoid: waxing",
    ]


def test_entry_names_every_place_that_it_stands_for() -> None:
    """One rule of the left, two of the right; a silent side has none."""
    apart = "avoid: sauna, until: 1 day after\navoid: waxing, until: 1 day after"
    (entry,) = entries(outline(LONGER, apart))
    assert (len(entry.left.positions), len(entry.right.positions)) == (1, 2)
    assert all(each.startswith("sample.yaml:") for each in entry.right.positions)
    (alone,) = entries(outline(LONGER, "call-if: questions"))[:1]
    assert (alone.right.words, alone.right.positions) == (None, ())


def test_what_is_the_same_is_told_as_well() -> None:
    """With both cells, one entry a verb and condition."""
    rules = """
        avoid: sauna, until: 1 day after
        avoid: waxing, until: 2 days after
        avoid: makeup, until: 1 day after, if: peel
        screen: pregnancy
    """
    found = entries(outline(rules, rules))
    assert [(each.label, each.condition, each.verdict_words) for each in found] == [
        ("avoid: makeup", "a peel was recommended with the treatment", "= same"),
        ("avoid: sauna", None, "= same"),
        ("avoid: waxing", None, "= same"),
        ("do not treat if: you are pregnant", None, "= same"),
    ]


def test_tally_counts_each_verdict_of_each_side() -> None:
    """Topics are counted, not entries."""
    left = f"{LONGER}\nuse: sunscreen, every: 2 hours\navoid: shaving, until: 1 day after"
    right = f"{SHORTER}\nuse: sunscreen, every: 3 hours\nscreen: pregnancy"
    assert outline(left, right).tally == (
        "0 same · stricter: sample (A) 2, sample (B) 0 · only: sample (A) 1, sample (B) 1 · "
        "1 differ"
    )


def test_dates_leave_out_the_treatment_itself() -> None:
    """From when before it, until when after it; without an appointment there are none."""
    left = "avoid: waxing, from: 48 hours before\navoid: sauna, until: 48 hours after"
    right = "avoid: waxing, from: 3 days before\navoid: sauna, until: 3 days after"
    before, after = entries(outline(left, right, dated=True))
    assert (before.left.dates, before.right.dates) == ("from Tue 8 Dec, 2:30 pm", "from Mon 7 Dec")
    assert (after.left.dates, after.right.dates) == (
        "until Sat 12 Dec, 2:30 pm",
        "through Sun 13 Dec",
    )
    for undated in entries(outline(left, right)):
        assert (undated.left.dates, undated.right.dates) == (None, None)
