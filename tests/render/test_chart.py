"""The chart of a plan's windows."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from microcare.core.plan.plan import Plan
from microcare.render.chart import Glyphs, plan_chart
from tests.samples import entry, plan, visit

BLOCKS = Glyphs("█", "░", "▼")
WINDOWS = (
    entry("avoid: waxing\nfrom: 2 days before", "waxing")
    + entry("avoid: shaving\non: treatment day", "shaving")
    + entry(
        "take: antiviral\nfrom: 2 days before\nuntil: 2 days after\nif: cold-sores", "antiviral"
    )
    + entry("avoid: makeup\nuntil: 24 hours after", "makeup")
    + entry("avoid: ibuprofen\nfrom: end", "ibuprofen")
)


def chart(made: Plan, width: int = 80, glyphs: Glyphs = BLOCKS) -> list[str]:
    """Return the chart's lines as plain text."""
    return [line.plain for line in plan_chart(made, width=width, glyphs=glyphs)]


def bar(lines: list[str], label: str) -> tuple[int, int]:
    """Return the first and the last column of a window's bar."""
    (line,) = (each for each in lines if each.startswith(label))
    filled = [place for place, each in enumerate(line) if each in "█░"]
    assert filled == list(range(filled[0], filled[-1] + 1))
    return filled[0], filled[-1]


def column(lines: list[str], day: str) -> int:
    """Return the column below which a day ends."""
    numbers = lines[1]
    return numbers.index(f"{day:>2}") + 1


def test_bars_stand_below_their_days() -> None:
    """Each window covers its days and no other: the axis tells which."""
    lines = chart(plan(WINDOWS))
    cell = column(lines, "10") - column(lines, "9")
    shaving = bar(lines, "no shaving")
    assert shaving == (column(lines, "10") - cell + 1, column(lines, "10"))
    assert bar(lines, "take antiviral") == (column(lines, "8") - cell + 1, column(lines, "12"))
    assert bar(lines, "no waxing")[0] == column(lines, "8") - cell + 1
    assert bar(lines, "no waxing")[1] < column(lines, "10")
    assert lines[2].index("▼") == column(lines, "10")


def test_mark_says_what_is_sure() -> None:
    """What depends on an answer looks different, also without colour."""
    lines = chart(plan(WINDOWS))
    assert "░" in next(line for line in lines if line.startswith("take antiviral"))
    answered = chart(plan(WINDOWS, answers={"cold-sores": True}))
    assert "█" in next(line for line in answered if line.startswith("take antiviral"))


def test_window_settled_as_no_is_left_out() -> None:
    """A row for what doesn't apply would mislead."""
    lines = chart(plan(WINDOWS, answers={"cold-sores": False}))
    assert [line for line in lines if line.startswith("take antiviral")] == []


def test_window_without_an_end_runs_to_the_edge() -> None:
    """It does not stop as if it were over."""
    lines = chart(plan(WINDOWS))
    assert bar(lines, "no ibuprofen")[1] >= max(
        bar(lines, label)[1] for label in ("no shaving", "no makeup", "take antiviral")
    )


@pytest.mark.parametrize("width", [*range(60, 100), 120, 200, 500])
def test_chart_fits_any_width(width: int) -> None:
    """No line is too wide from the narrowest chart on, long labels and wide letters included."""
    header = "topics: {long: {label: '日本語のとても長い名前がここに一つあります'}}"
    windows = WINDOWS + entry("avoid: long\nfrom: 6 months before\nuntil: 6 months after", "long")
    lines = chart(plan(windows, header=header), width)
    assert max(map(cell_len, lines)) <= width
    assert any("▼" in line for line in lines[:-1])


def test_short_window_is_not_invisible() -> None:
    """A few hours fill the column in which they begin."""
    lines = chart(plan(WINDOWS + entry("avoid: washing\nuntil: 1 hour after", "washing")))
    first, last = bar(lines, "no washing")
    assert first == last


def test_plan_without_windows_has_no_chart() -> None:
    """An empty frame would say nothing."""
    assert chart(plan(entry("call-if: questions"))) == []


def test_whole_day_is_charted() -> None:
    """A date without a time has its bars too."""
    lines = chart(plan(WINDOWS, visit("2026-12-10")))
    assert bar(lines, "no shaving")[1] == column(lines, "10")


def test_days_of_a_clock_change_are_as_wide_as_others() -> None:
    """23 and 25 hours fill a day's columns like 24."""
    for start in ("2026-11-01 14:30", "2027-03-14 14:30"):
        lines = chart(plan(WINDOWS, visit(start), now="2026-01-01 00:00"))
        first, last = bar(lines, "no shaving")
        assert last - first == 2


@pytest.mark.parametrize(
    ("encoding", "sure"),
    [("utf-8", "█"), ("cp437", "#"), ("ascii", "#"), ("cp1252", "#"), ("no-such", "#")],
)
def test_glyphs_follow_the_encoding(encoding: str, sure: str) -> None:
    """Blocks where the terminal has all three of them, else plain marks."""
    assert Glyphs.for_encoding(encoding).sure == sure


def test_what_a_ban_forbids_has_no_bar_then() -> None:
    """A duty's bar begins behind the ban's, and a permission within one has none."""
    lines = chart(
        plan(
            entry("use: sunscreen\nfrom: 1 day after\nuntil: 9 days after", "duty")
            + entry("avoid: sunscreen\nuntil: 4 days after", "ban")
            + entry("may: swimming\nfrom: 2 days after\nuntil: 6 days after", "permission")
            + entry("avoid: swimming\nuntil: 10 days after", "longer")
        )
    )
    assert bar(lines, "use sunscreen")[0] == bar(lines, "no sunscreen")[1] + 1
    assert not any(line.startswith("may swim") for line in lines)


def test_a_window_beyond_the_axis_has_no_line() -> None:
    """An empty bar says nothing; without any other there is no chart."""
    far = entry("avoid: sun\nfrom: 3 months after\nuntil: 4 months after", "far")
    assert not any("sun" in line for line in chart(plan(WINDOWS + far)))
    assert chart(plan(far)) == []
