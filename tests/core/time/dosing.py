"""Courses of one instruction each, and the times of their doses in short."""

from __future__ import annotations

from microcare.core.plan.planned import PlannedInstruction
from microcare.core.time.appointment import Appointment
from tests.samples import entry, plan, visit

STEPS = """
take: antiviral
from: {}
steps:
  - {{for: 2 days, daily: twice, dose: 2 tablets}}
  - {{for: 1 day, daily: once}}
amounts: {{dose: 1 tablet}}
"""
"""A course of two steps, from `{}`: two tablets twice a day, then one once a day."""


def course(
    fields: str, appointment: Appointment | None = None, header: str = ""
) -> PlannedInstruction:
    """Return one instruction with its doses."""
    (found,) = plan(entry(fields), appointment, header=header).instructions
    return found


def times(fields: str, appointment: Appointment | None = None, header: str = "") -> list[str]:
    """Return when the doses of a course are: `12-10 14:30`, marked `~` where suggested."""
    around = appointment or visit()
    return [
        around.local(dose.instant).strftime("%m-%d %H:%M") + ("~" if dose.suggested else "")
        for dose in course(fields, appointment, header).doses
    ]


def by_day(found: list[str]) -> dict[str, list[str]]:
    """Return times of day by their dates."""
    days: dict[str, list[str]] = {}
    for each in found:
        day, time = each.split(" ")
        days.setdefault(day, []).append(time)
    return days
