"""What is known for one appointment: the patient's answers, and what its own time says."""

from __future__ import annotations

from collections.abc import Mapping

from microcare.core.sheet.conditions import Factor
from microcare.core.time.appointment import Appointment

_HOUR = 60


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
