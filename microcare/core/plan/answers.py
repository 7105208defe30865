"""What is known for one appointment: the answers, what its time says, and what is left open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from microcare.core.sheet.conditions import (
    MAX_FACTORS,
    All,
    Answer,
    Condition,
    Factor,
    evaluate,
    list_condition_factors,
    list_possible_answers,
)
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


class OpenAnswers:
    """What may still be answered, and so which conditions can hold together.

    `answers` are the factors that are known.
    """

    def __init__(self, answers: Mapping[str, bool]) -> None:
        self._answers = answers
        self._meeting: dict[tuple[Condition, Condition], bool] = {}
        self._implied: dict[tuple[Condition | None, Condition | None], bool] = {}

    def can_meet(self, one: Condition | None, other: Condition | None) -> bool:
        """Return whether two conditions can hold together, given what is known."""
        if one is None or other is None or one == other:
            return True
        key = (one, other)
        if key not in self._meeting:
            self._meeting[key] = self._meeting[other, one] = not self._excludes(one, other)
        return self._meeting[key]

    def implies(self, condition: Condition | None, other: Condition | None) -> bool:
        """Return whether `other` holds for everyone for whom `condition` does."""
        if other is None or condition == other:
            return True
        key = (condition, other)
        if key not in self._implied:
            self._implied[key] = self._holds_throughout(condition, other)
        return self._implied[key]

    def _excludes(self, one: Condition, other: Condition) -> bool:
        both = All((one, other))
        answers = self._possible_answers(both)
        return answers is not None and all(evaluate(both, each) is Answer.NO for each in answers)

    def _holds_throughout(self, condition: Condition | None, other: Condition) -> bool:
        if evaluate(other, self._answers) is Answer.YES:
            return True
        both = other if condition is None else All((condition, other))
        answers = self._possible_answers(both)
        return answers is not None and all(
            evaluate(other, each) is Answer.YES
            for each in answers
            if condition is None or evaluate(condition, each) is Answer.YES
        )

    def _possible_answers(self, condition: Condition) -> Iterable[dict[str, bool]] | None:
        """Return every set of answers, with those that are known; None where they are too many."""
        names = tuple(
            name for name in list_condition_factors(condition) if name not in self._answers
        )
        if len(names) > MAX_FACTORS:
            return None
        return ({**self._answers, **each} for each in list_possible_answers(names))
