"""What the dates of an instruction depend on beside its own words."""

from __future__ import annotations

import pytest

from microcare.load.protocol.causes import list_causes
from tests.load.variants.samples import BASE, variant

SUN = ("instructions:sun", "day-1")


@pytest.mark.parametrize(
    ("times", "found"),
    [
        ("until: 3 days after", ()),
        ("from: day 2, until: day 3", ("day-1",)),
        ("on: the evening of day 2", ("day-1", "times-of-day:evening")),
        (
            "on: first 2 nights",
            ("times-of-day:night", "times-of-day:waking"),
        ),
        (
            "every: 2 hours while awake, for: 2 days",
            ("times-of-day:waking",),
        ),
        ("daily: [bedtime], until: end of sun", ("times-of-day:bedtime", *SUN)),
    ],
)
def test_causes(times: str, found: tuple[str, ...]) -> None:
    """Its own first, then those of what it counts from."""
    base = f"{BASE}  - {{id: cream, use: moisturizer, {times}, say: A cream.}}\n"
    instructions = variant("", base).instructions
    causes = list_causes(instructions[-1], instructions)
    assert tuple(f"{each.key}:{each.name}".removesuffix(":None") for each in causes) == found
