"""The head of a plan: the protocol, the appointment in full words, what is known of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from microcare.wording.plan.heading import appointment_words, plan_heading
from tests.samples import at, entry, plan, visit

NOW = "2026-11-21 10:00"
SAUNA = entry("avoid: sauna")


def test_protocol_is_told_by_title_id_and_version() -> None:
    """With the day on which it was revised, if it says one, and how it was chosen."""
    plain = plan_heading(plan(SAUNA), chosen_by="the default")
    assert plain.protocols == ("Microneedling · sample, version 1 (the default)",)
    revised = plan_heading(plan(SAUNA, header="revised: 2026-11-02"), chosen_by="--protocol")
    assert revised.protocols == (
        "Microneedling · sample, version 1, revised 2026-11-02 (--protocol)",
    )


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("flag", "UTC−05:00"),
        ("environment", "UTC−05:00, from MICROCARE_TZ"),
        ("configuration", "UTC−05:00, from your configuration"),
        ("protocol", "UTC−05:00, from the protocol"),
        ("machine", "UTC−05:00, this machine's"),
    ],
)
def test_zone_says_where_it_came_from(source: str, told: str) -> None:
    """Unless it was typed: whoever typed it knows."""
    found = appointment_words(replace(visit(), zone_source=source), at(NOW))
    assert found == (f"Thursday 10 December 2026, 2:30 pm, America/New_York ({told}) · in 19 days")


def test_appointment_tells_as_much_of_the_time_as_is_known() -> None:
    """From when to when, from when, or the date alone."""
    timed = appointment_words(visit(minutes=45), at(NOW))
    assert timed.startswith("Thursday 10 December 2026, 2:30 pm to 3:15 pm, America/New_York ")
    whole = appointment_words(visit("2026-12-10"), at(NOW))
    assert whole.startswith("Thursday 10 December 2026, America/New_York ")


def test_remarks_say_what_is_not_known() -> None:
    """The past comes first; with a known end nothing needs to be kept in mind."""
    past = "This appointment is in the past."
    end = "Times after treatment are counted from its start; they move if it ends later."
    hours = "No time of day is known: hours before count from 00:00, hours after from 24:00."
    later = "2027-01-15 10:00"
    cases = [
        (visit(minutes=45), NOW, (), ""),
        (visit(), NOW, (), end),
        (visit("2026-12-10"), NOW, (hours,), ""),
        (visit(), later, (past,), end),
    ]
    for around, now, remarks, counted in cases:
        found = plan_heading(plan(SAUNA, around, now=now), chosen_by="")
        assert (found.remarks, found.counted) == (remarks, counted)
