"""A rule on which a person decides, and how that person is told."""

from __future__ import annotations

from tests.samples import entry

THINNERS = entry(
    """
    avoid: blood-thinners
    from: 5 to 7 days before
    until: 2 days after, if possible 3
    ask-first: the doctor who prescribes it
    unless-told-by: your surgeon
    say: No blood thinners.
    """,
    "thinners",
)
ASK = "first ask the doctor who prescribes it"
