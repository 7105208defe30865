"""A protocol taken apart: on which sides of the treatment each instruction speaks."""

from __future__ import annotations

from microcare.core.sheet.points import Side
from tests.core.compare.comparing import compare, found


def test_window_across_the_treatment_has_a_row_a_side() -> None:
    """What agrees before the treatment and not after it is told so."""
    across = "avoid: sauna, from: 2 days before, until: 2 days after"
    other = "avoid: sauna, from: 2 days before, until: 1 day after"
    assert found(compare(across, other)) == [
        "before avoid sauna: same",
        "after avoid sauna: left-stricter",
    ]


def test_window_across_the_treatment_covers_its_day() -> None:
    """A ban of the treatment day alone is not told as the only one of that day."""
    across = "avoid: sauna, from: 2 days before, until: 2 days after"
    rows = found(compare(across, "avoid: sauna, on: treatment day"))
    assert "day-of avoid sauna: same" in rows


def test_course_that_ends_itself_stays_on_its_side() -> None:
    """Eight glasses on the evening before say nothing of the time after the treatment."""
    glasses = "take: water, from: 21:00 the day before, every: 15 minutes, count: 8"
    assert {row.side for row in compare(glasses, glasses).rows} == {Side.BEFORE}
