"""Courses that would never end: which are told, what is said, and where."""

from __future__ import annotations

import pytest

from microcare.load.source.refusals import ProtocolError
from tests.load.variants.samples import BASE, places
from tests.samples import entry, protocol


def complaints(fields: str) -> list[str]:
    """Return what is said of a course that begins on the next day."""
    try:
        protocol(entry(f"take: antiviral\nfrom: next day\n{fields}"))
    except ProtocolError as error:
        return [f"{each.line}: {each.message}" for each in error.problems]
    return []


MANY = "This course has more than 1,000 doses."
YEARS = "This course goes on for many years."


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("until: 125 days after\ndaily: 8", []),
        ("until: 126 days after\ndaily: 8", [f"12: {MANY}"]),
        ("steps: [{for: 2 months, every: hour}]", [f"11: {MANY}"]),
        ("every: 5 years\ncount: 100", [f"11: {YEARS}"]),
    ],
)
def test_a_course_without_a_sensible_end_says_why(fields: str, said: list[str]) -> None:
    """Once, at the key that says how often; a thousand doses are not too many."""
    assert complaints(fields) == said


def test_the_longest_months_count() -> None:
    """Every 88 minutes is less than 1,000 doses in 61 days, but two months can be 62."""
    assert complaints("until: 61 days after\nevery: 88 minutes") == []
    assert complaints("until: 2 months after\nevery: 88 minutes") == [f"12: {MANY}"]


def test_a_course_of_the_base_is_told_in_the_base() -> None:
    """A variant's own is told in the variant."""
    hourly = "{id: hourly, take: antiviral, from: next day, until: 2 months after, every: hour}"
    assert places(f"add:\n  - {hourly}\n") == ["variant.yaml:6:81 too-many-doses"]
    assert places("", f"{BASE}  - {hourly}\n") == [
        "variant.yaml:3:10 unusable-base",
        "base.yaml:24:81 too-many-doses",
    ]
