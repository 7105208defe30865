"""The options --with and --without: the patient's answers, and what the appointment says itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.core.plan.answers import starts_before
from microcare.core.sheet.conditions import is_possible, list_condition_factors
from microcare.load.source.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microcare.core.sheet.protocol import Protocol
    from microcare.core.time.appointment import Appointment


def list_asked(protocol: Protocol) -> frozenset[str]:
    """Return the factors on which an instruction of a protocol depends."""
    return frozenset(
        name
        for each in protocol.instructions
        if each.condition is not None
        for name in list_condition_factors(each.condition)
    )


def read_answers(
    protocol: Protocol, visit: Appointment, yes: tuple[str, ...], no: tuple[str, ...]
) -> dict[str, bool]:
    """Return the answers to the factors that a protocol asks about, by their ids.

    Raises Refusal where it doesn't ask, where two answers contradict each other, and where
    one contradicts the appointment's time of day.
    """
    used = list_asked(protocol)
    answers: dict[str, bool] = {}
    for text, answer in (*((name, True) for name in yes), *((name, False) for name in no)):
        name, holds = _find_factor(text, protocol, used)
        if answers.setdefault(name, answer is holds) is not (answer is holds):
            message = f"“{text[:60]}” can't be answered yes and no."
            raise Refusal(message, "keep one of --with and --without")
    _check_times(protocol, visit, answers)
    return answers


def _find_factor(text: str, protocol: Protocol, used: Iterable[str]) -> tuple[str, bool]:
    """Return the id of the factor that a text names, and whether it names its yes."""
    if text in used:
        return text, True
    if any(protocol.factors[name].before for name in used):
        # Only here, because few protocols ask about it.
        from microcare.load.times.appointment_time import names_appointment, parse_appointment_time

        if names_appointment(text):
            factor, holds = parse_appointment_time(text, protocol.times_of_day)
            if factor.id in used:
                return factor.id, holds
    message = f"The protocol {protocol.id} does not ask about “{text[:60]}”."
    asked = ", ".join(sorted(used)) or "nothing"
    from microcare.load.protocol.topics import suggest_names  # only here: start-up counts

    near = suggest_names(text, {each: protocol.factors[each] for each in sorted(used)}, used)
    raise Refusal(message, near or f"it asks about {asked}")


def _check_times(protocol: Protocol, visit: Appointment, answers: dict[str, bool]) -> None:
    for name, answer in answers.items():
        before = protocol.factors[name].before
        known = starts_before(visit, before) if before is not None else None
        if before is not None and known is not None and known is not answer:
            from microcare.wording.dates import spoken_time  # only here: start-up counts

            starts = visit.local(visit.start)
            time = spoken_time(starts.hour * 60 + starts.minute)
            is_ = "is" if known else "is not"
            message = f"The appointment at {time} {is_} before {spoken_time(before)}."
            raise Refusal(message, f"leave “{name}” out, or correct the time in --date")
    if not is_possible(answers):
        message = "The answers on the appointment's time of day contradict each other."
        raise Refusal(message, "keep one of them")
