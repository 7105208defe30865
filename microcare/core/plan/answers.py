"""What is known for one appointment: the patient's answers, and what its own time says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.core.sheet.conditions import APPOINTMENT_BEFORE, Factor, FactorKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from microcare.core.time.appointment import Appointment

_HOUR = 60
_HALF_DAY = 12 * _HOUR


def appointment_factor(before: int) -> Factor:
    """Return the factor that the appointment starts before a time of day.

    `before` is that time in minutes from midnight, more than 0 and less than a day.
    """
    hour, minute = divmod(before, _HOUR)
    words = day_time_words(before)
    return Factor(
        id=f"{APPOINTMENT_BEFORE}{hour:02}:{minute:02}",
        yes=f"your appointment is before {words}",
        no=f"your appointment is at {words} or later",
        ask=f"Is your appointment before {words}?",
        kind=FactorKind.APPOINTMENT,
        before=before,
    )


def day_time_words(minutes: int) -> str:
    """Return a time of day, in minutes from midnight, in words: "10:30 am", "noon"."""
    if minutes == _HALF_DAY:
        return "noon"
    hour, minute = divmod(minutes, _HOUR)
    return f"{hour % 12 or 12}:{minute:02} {'am' if minutes < _HALF_DAY else 'pm'}"


def starts_before(visit: Appointment, before: int) -> bool | None:
    """Return whether an appointment starts before a time of day on the clinic's wall clock.

    None where only its date is known.
    """
    if visit.all_day:
        return None
    local = visit.local(visit.start)
    return local.hour * _HOUR + local.minute < before


def settle_answers(
    factors: Mapping[str, Factor], visit: Appointment, answers: Mapping[str, bool]
) -> dict[str, bool]:
    """Return the answers with those that the appointment's own time of day gives.

    Without a time of day one answer settles others: who starts before 10:30 starts before noon.
    """
    settled = dict(answers)
    times = {name: each.before for name, each in factors.items() if each.before is not None}
    told = [(times[name], answer) for name, answer in answers.items() if name in times]
    for name, before in times.items():
        known = starts_before(visit, before)
        if known is None and any(answer and earlier <= before for earlier, answer in told):
            known = True
        if known is None and any(not answer and later >= before for later, answer in told):
            known = False
        if known is not None:
            settled[name] = known
    return settled
