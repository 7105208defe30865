"""What is typed for something that was done, or is planned."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from microcare.load.typed_date.phrase import parse_last
from microcare.load.typed_date.when import WhenError, format_when

ZONE = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 29, 10, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("20 Nov", "2026-11-20"),
        ("Fri 20 Nov", "2026-11-20"),
        ("10 Feb", "2026-02-10"),
        ("yesterday", "2026-11-28"),
        ("today", "2026-11-29"),
        ("tomorrow", "2026-11-30"),
        ("in 3 days", "2026-12-02"),
        ("10 Dec 2026", "2026-12-10"),
        ("10 Dec '26", "2026-12-10"),
        ("10 Dec 2025", "2025-12-10"),
        ("2026-12-10 14:30", "2026-12-10 14:30"),
    ],
)
def test_one_reading_is_taken(text: str, found: str) -> None:
    """Without a year it is the one that has passed; what says that it is to come may be."""
    assert format_when(parse_last(text, now=NOW, zone=ZONE)) == found


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("10 Dec", ("2025-12-10", "2026-12-10")),
        ("10 Dec 2:30pm", ("2025-12-10 14:30", "2026-12-10 14:30")),
        ("fri", ("2026-11-27", "2026-12-04")),
        ("20/11", ("2026-11-20", "2027-11-20")),
        ("20st Nov", ("2026-11-20", "2027-11-20")),
        ("last friday", ("2026-11-20", "2026-11-27")),
    ],
)
def test_two_readings_are_refused(text: str, readings: tuple[str, ...]) -> None:
    """What may lie behind or ahead is never guessed, and both readings are there to paste."""
    with pytest.raises(WhenError) as refused:
        parse_last(text, now=NOW, zone=ZONE)
    assert refused.value.readings == readings
