"""Doses in words: what is taken, at which times, through which date."""

from __future__ import annotations

from microcare.wording.plan.days import outline_days
from microcare.wording.plan.rows import RowWriter
from microcare.wording.plan.words import PlanWords
from tests.samples import entry, plan


def rows(instructions: str) -> dict[str, list[str]]:
    """Return the texts of a plan's rows that tell doses, by their dates."""
    found = plan(instructions)
    spoken = PlanWords(found)
    days = outline_days(found, spoken, RowWriter(found, spoken))
    return {
        day.label: [row.text for row in day.rows if {"at", "from"} & set(row.text.split())]
        for day in days
    }


def test_a_run_of_days_is_told_once() -> None:
    """What is taken, when, through which date, and that the times are suggestions."""
    fields = "take: antiviral\nfrom: next day\nuntil: 3 days after\ndaily: 4\namounts: {dose: 1 g}"
    found = rows(entry(fields))
    (text,) = found["Fri 11 Dec"]
    assert text.endswith(
        ": 1 g at 8:00 am, 12:45 pm, 5:15 pm, 10:00 pm, each day through Sun 13 Dec "
        "(suggested times)"
    )
    assert [label for label, texts in found.items() if texts] == ["Fri 11 Dec"]


def test_many_regular_times_are_told_by_their_rule() -> None:
    """A glass every 15 minutes is no list of eight times; four times a day are listed."""
    fields = "take: alcohol\nfrom: 18:00 the day before\nuntil: start\nevery: 15 minutes\ncount: 8"
    found = rows(entry(fields))["Wed  9 Dec"]
    assert found[-1] == "Alcohol every 15 minutes from 6:00 pm to 7:45 pm, 8 times"
    (text,) = rows(entry("use: sunscreen\non: next day\ndaily: 4"))["Fri 11 Dec"]
    assert text.startswith("Sunscreen at 8:00 am, 12:45 pm, 5:15 pm, 10:00 pm")


def test_times_that_the_sheet_states_are_told_from_suggested_ones() -> None:
    """Each suggested one is marked where some are not."""
    (text,) = rows(entry("use: sunscreen\non: next day\ndaily: [08:00, bedtime]"))["Fri 11 Dec"]
    assert text == "Sunscreen at 8:00 am, 10:00 pm (suggested)"
