"""An instruction as a value: whether its course is over by itself."""

from __future__ import annotations

import pytest

from tests.samples import instruction


@pytest.mark.parametrize(
    ("fields", "ends"),
    [
        ("take: antiviral\ndaily: 2\ncount: 6", True),
        ("use: sunscreen\nevery: 2 hours\ncount: 3 to 4", True),
        ("do: washing\ndaily: [08:00]\ncount: 1", True),
        ("take: antiviral\nsteps: [{for: 2 days, daily: 2}, {for: 1 day, daily: 1}]", True),
        # A last step without a length goes on until the window ends.
        ("take: antiviral\nsteps: [{for: 2 days, daily: 2}, {daily: 1}]", False),
        ("take: antiviral\ndaily: 2", False),
        # So many times, but nobody says how often, or it is the patient who does.
        ("take: antiviral\ncount: 6", False),
        ("take: antiviral\nevery: 4 hours as needed\ncount: 6", False),
        ("take: antiviral", False),
    ],
)
def test_last_dose(fields: str, ends: bool) -> None:
    """After its last step, or after so many times at a stated rhythm."""
    assert instruction(f"{fields}\nfrom: next day").has_last_dose is ends


@pytest.mark.parametrize("verb", ["avoid", "may", "expect", "tell"])
def test_only_what_is_taken_used_or_done_has_doses(verb: str) -> None:
    """A ban with a count is no course."""
    assert not instruction(f"{verb}: sauna\nfrom: next day\ndaily: 2\ncount: 6").has_last_dose
