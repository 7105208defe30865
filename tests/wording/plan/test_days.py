"""The days of a plan: what is told on each, and what is still in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.wording.plan.days import outline_days
from microcare.wording.plan.rows import RowWriter
from microcare.wording.plan.words import PlanWords
from tests.samples import entry, plan
from tests.wording.plan.outlining import day_outline, outline, rows

if TYPE_CHECKING:
    from microcare.core.plan.plan import Plan


def still(made: Plan, day: str) -> str | None:
    """Return what still holds on a day beside its changes."""
    return day_outline(made, day).still


def test_end_at_the_treatment_frees_nothing() -> None:
    """On the treatment day a before-rule closes without a word of release."""
    made = plan(entry("avoid: waxing\nfrom: 2 days before"))
    assert rows(made, "Thu 10 Dec") == ["2:30 pm : Microneedling"]


def test_release_with_the_treatment_is_told_after_it() -> None:
    """A treatment of unknown length ends at its start; nothing is free before it."""
    made = plan(entry("avoid: solid-food\nfrom: the day before\nuntil: end"))
    assert rows(made, "Thu 10 Dec") == [
        "2:30 pm : Microneedling",
        "fine again: solid food, once your treatment is over",
    ]


def test_still_in_force_is_told_once_a_topic() -> None:
    """Two rules on one topic are one word, and what is sure hides what depends."""
    made = plan(
        entry("avoid: sauna\nuntil: 5 days after", "a")
        + entry("avoid: sauna\nuntil: 6 days after", "b")
        + entry("avoid: sauna\nuntil: 7 days after\nif: peel", "c")
        + entry("avoid: waxing\nuntil: 2 days after", "d")
    )
    assert still(made, "Sun 13 Dec") == "avoid sauna"


def test_still_in_force_says_what_it_depends_on() -> None:
    """What was not asked keeps its “if”."""
    made = plan(
        entry("avoid: sauna\nuntil: 7 days after\nif: peel", "a")
        + entry("avoid: waxing\nuntil: 2 days after", "b")
    )
    assert still(made, "Sun 13 Dec") == (
        "if a peel was recommended with the treatment, avoid sauna"
    )


def test_gap_counts_the_days_between() -> None:
    """Days without a change are counted, none on the day before."""
    made = plan(
        entry("avoid: waxing\nfrom: 5 days before", "a")
        + entry("avoid: shaving\nfrom: 4 days before", "b")
    )
    days = [day for _, found in outline(made).phases for day in found]
    assert [day.quiet_days for day in days] == [0, 0, 3]


def test_days_between_say_what_goes_on() -> None:
    """Days that tell nothing new are not listed, and not called days of rest."""
    found = plan(
        entry("take: antiviral\nfrom: next day\nuntil: 9 days after\ndaily: 2", "first")
        + entry("use: sunscreen\nfrom: next day\nuntil: 12 days after\ndaily: 2", "second")
    )
    spoken = PlanWords(found)
    days = list(outline_days(found, spoken, RowWriter(found, spoken)))
    told = [(day.quiet_days, day.going_on) for day in days]
    antiviral = spoken.labels(found.instructions[0].instruction)
    assert told == [(0, ""), (0, ""), (8, f"{antiviral}, sunscreen"), (2, "sunscreen")]
