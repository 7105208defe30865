"""The options --with and --without: the patient's answers, and what the appointment says itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.core.plan.answers import starts_before
from microcare.core.sheet.conditions import is_possible, list_condition_factors
from microcare.load.source.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microcare.core.plan.treatments import Treatment
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
    treatments: Sequence[Treatment], yes: tuple[str, ...], no: tuple[str, ...]
) -> dict[str, bool]:
    """Return the answers to the factors that the protocols ask about, by their ids.

    Raises Refusal where none asks, where two answers contradict each other, and where one
    contradicts an appointment's time of day.
    """
    sheets = {each.protocol.id: each.protocol for each in treatments}
    answers: dict[str, bool] = {}
    for text, answer in (*((name, True) for name in yes), *((name, False) for name in no)):
        name, holds = _find_factor(text, tuple(sheets.values()))
        if answers.setdefault(name, answer is holds) is not (answer is holds):
            message = f"“{text[:60]}” can't be answered yes and no."
            raise Refusal(message, "keep one of --with and --without")
    for each in treatments:
        _check_times(each.protocol, each.visit, answers)
    return answers


def _find_factor(text: str, sheets: Sequence[Protocol]) -> tuple[str, bool]:
    """Return the id of the factor that a text names, and whether it names its yes."""
    used = {name: sheet for sheet in reversed(sheets) for name in list_asked(sheet)}
    factors = {name: sheet.factors[name] for name, sheet in used.items()}
    if text in used:
        return text, True
    if any(each.before for each in factors.values()):
        # Only here, because few protocols ask about it.
        from microcare.load.times.appointment_time import names_appointment, parse_appointment_time

        if names_appointment(text):
            for sheet in sheets:
                factor, holds = parse_appointment_time(text, sheet.times_of_day)
                if factor.id in used:
                    return factor.id, holds
    named = " and ".join(each.id for each in sheets)
    does = "protocols {} do" if len(sheets) > 1 else "protocol {} does"
    message = f"The {does.format(named)} not ask about “{text[:60]}”."
    asked = ", ".join(sorted(used)) or "nothing"
    from microcare.load.protocol.names import suggest_names  # only here: start-up counts

    near = suggest_names(text, {each: factors[each] for each in sorted(used)}, used)
    raise Refusal(message, near or f"it asks about {asked}")


def _check_times(protocol: Protocol, visit: Appointment, answers: dict[str, bool]) -> None:
    for name, answer in answers.items():
        before = protocol.factors[name].before if name in protocol.factors else None
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
