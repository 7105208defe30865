"""What a warning is made of: whose an instruction is, where it stands, how names are listed."""

from __future__ import annotations

import pytest

from microcare.load.check.doubts import list_some


@pytest.mark.parametrize(
    ("names", "listed"),
    [
        (["sun"], "sun"),
        (["sun", "sauna", "heat"], "sun, sauna, heat"),
        (["sun", "sauna", "heat", "laser"], "sun, sauna, heat and 1 more"),
        (["sun", "sauna", "heat", "laser", "waxing"], "sun, sauna, heat and 2 more"),
    ],
)
def test_many_names_are_counted(names: list[str], listed: str) -> None:
    """A warning about twenty topics stays a sentence; three of them are named."""
    assert list_some(names) == listed
