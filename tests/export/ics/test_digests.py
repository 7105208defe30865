"""The days of a calendar: those on which something changes for the patient."""

from __future__ import annotations

from datetime import date

from tests.export.ics.exported import digests, export
from tests.samples import entry, plan


def test_a_contradiction_is_told_where_it_begins() -> None:
    """The patient learns that the sheet says two things, and whom to ask."""
    found = plan(
        entry("avoid: swimming\nuntil: 5 days after", "ban")
        + entry("may: swimming\nfrom: 3 days after", "permission")
    )
    assert found.conflicts
    said = digests(export(found))[date(2026, 12, 10)].description
    assert "The sheet says two things about swimming: the stricter one stands here" in said


def test_a_long_treatment_day_has_two_entries() -> None:
    """Up to the treatment and from it on, each with what changes in it."""
    found = plan(
        "".join(
            entry(f"avoid: sauna\non: treatment day\nsay: {'Early. ' * 300}", f"a-{number}")
            + entry(f"avoid: sun\nuntil: 9 days after\nsay: {'Late. ' * 300}", f"b-{number}")
            for number in range(2)
        )
    )
    early, late = (
        each
        for topic in ("sauna", "sun")
        for each in export(found)
        if each.start == date(2026, 12, 10) and topic in each.summary
    )
    assert "sun" not in early.summary
    assert "Early." in early.description
    assert "Late." not in early.description
    assert "Late." in late.description


def test_an_overruled_permission_is_told_when_it_governs() -> None:
    """Its sentence stands on the day on which the ban is over, and not while it holds."""
    found = plan(
        entry("may: swimming\nfrom: 2 days after\nsay: You may swim.", "permission")
        + entry("avoid: swimming\nuntil: 2 weeks after\nsay: Do not swim.", "ban")
    )
    days = digests(export(found))
    assert [day for day, each in days.items() if "You may swim." in each.description] == [
        date(2026, 12, 25)
    ]


def test_no_end_of_an_expectation_is_told() -> None:
    """When a bruise is gone nobody has to do anything."""
    said = "\n".join(
        each.description
        for each in export(plan(entry("expect: bruising\nfrom: 2 days after\nuntil: 7 days after")))
    )
    assert "bruising" in said.lower()
    assert "over" not in said
