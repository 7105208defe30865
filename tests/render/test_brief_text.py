"""A plan in brief as a terminal shows it."""

from __future__ import annotations

from microcare.language.messages import speak
from microcare.render.brief_text import brief_text
from microcare.wording.plan.brief import brief_plan
from microcare.wording.plan.heading import plan_heading
from tests.pseudo import PSEUDO, print_text
from tests.samples import entry, plan

WINDOWS = entry("avoid: waxing\nuntil: 2 days after", "waxing") + entry(
    "avoid: shaving\nfrom: 2 days before\nuntil: 2 days after", "shaving"
)


def find_columns() -> set[int]:
    """Return the columns at which the topics of a plan's days begin."""
    made = plan(WINDOWS)
    shown = brief_text(
        brief_plan(made), plan_heading(made, chosen_by=""), made.protocol.clinic, width=100
    )
    lines = print_text(shown).splitlines()
    return {line.index(name) for line in lines for name in ("waxing", "shaving") if name in line}


def test_topics_stand_below_each_other() -> None:
    """The column of the verbs is as wide as the widest of them, in whatever language."""
    assert len(find_columns()) == 1
    with speak(PSEUDO):
        assert len(find_columns()) == 1
