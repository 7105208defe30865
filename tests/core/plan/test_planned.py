"""What is known of an instruction's end around one appointment."""

from __future__ import annotations

import pytest

from microcare.core.plan.planned import End
from tests.samples import entry, plan

HOURS = "avoid: sauna\nuntil: 48 hours after"
HEALED = "until-state: it has healed"


@pytest.mark.parametrize(
    ("fields", "end"),
    [
        ("avoid: sauna\nfrom: 1 hour after", End.UNSTATED),
        ("avoid: sauna\nfrom: 2 days before", End.TREATMENT),
        (HOURS, End.DATE),
        ("avoid: sauna\nuntil: 3 to 4 days after", End.DATE_OR_LATER),
        (f"avoid: sauna\n{HEALED}", End.STATE),
        (f"{HOURS}\n{HEALED}", End.STATE_AFTER_DATE),
        (f"{HOURS}\n{HEALED}\nwhichever: earlier", End.STATE_OR_DATE),
        ("expect: redness\nuntil-words: a few days", End.WORDS),
        ("expect: redness", None),
        ("arrive: early-arrival\nat: 20 to 30 minutes before", None),
        ("take: water\nfrom: 18:00 the day before\nevery: 1 hour\ncount: 3\nif: redness", None),
    ],
)
def test_each_end_is_one_of_a_kind(fields: str, end: End | None) -> None:
    """A moment, what has no date and a course that ends itself have none to tell."""
    (each,) = plan(entry(fields)).instructions
    assert each.end is end
