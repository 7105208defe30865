"""A plan in brief as a terminal shows it."""

from __future__ import annotations

from microcare.language.messages import speak
from microcare.render.brief_text import brief_text
from microcare.wording.plan.brief import brief_plan
from microcare.wording.plan.heading import plan_heading
from tests.pseudo import PSEUDO, print_text
from tests.samples import entry, plan

WINDOW = entry("avoid: waxing\nfrom: 1 week before\nuntil: 2 days after", "waxing")


def find_columns() -> set[int]:
    """Return the columns at which the lines of a plan's days name their topic."""
    made = plan(WINDOW)
    shown = brief_text(
        brief_plan(made), plan_heading(made, chosen_by=""), made.protocol.clinic, width=100
    )
    lines = print_text(shown).splitlines()
    return {line.index("waxing") for line in lines if "waxing" in line}


def test_topics_stand_below_each_other() -> None:
    """The column of the verbs is as wide as the widest of them, in whatever language."""
    assert len(find_columns()) == 1
    with speak(PSEUDO):
        assert len(find_columns()) == 1
