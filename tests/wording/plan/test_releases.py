"""What is not free, and what was stopped and never freed."""

from __future__ import annotations

from microcare.core.plan.plan import build_plan
from microcare.wording.plan.releases import list_closed
from microcare.wording.plan.rows import RowWriter
from microcare.wording.plan.words import PlanWords
from tests.samples import at, protocol, visit


def test_what_was_never_freed_names_the_parts_of_its_groups() -> None:
    """A group's name alone tells nobody which of the sheet's products it holds."""
    sheet = protocol(
        """
        - {id: all, avoid: irritating-products, from: 2 days before, until: start}
        - {id: acne, avoid: benzoyl-peroxide, from: 1 day before, until: start}
        """
    )
    made = build_plan(sheet, visit(), now=at("2026-12-01 10:00"), answers={})
    assert made.closed == ("irritating-products",)
    assert list_closed(made) == ("irritating-products", "benzoyl-peroxide")
    (row,) = RowWriter(made, PlanWords(made)).closed_rows()
    assert "benzoyl peroxide" in row.text
