"""Conditions on the appointment's own time of day: “appointment before 10:30”."""

from __future__ import annotations

from collections.abc import Mapping

from microcare.core.sheet.conditions import APPOINTMENT_BEFORE, Factor, FactorKind
from microcare.core.sheet.points import DAY_MINUTES, DayTime
from microcare.core.sheet.problems import Subject
from microcare.language.messages import say, speak
from microcare.load.source.refusals import PhraseError, quote
from microcare.load.times.day_times import parse_day_time
from microcare.wording.dates import spoken_time

_LEAD = "appointment "
_HINT = "write “appointment before 10:30”, or “appointment from 10:30”"


def names_appointment(text: str) -> bool:
    """Return whether a text speaks of the appointment rather than of a factor by its name."""
    return _normalize(text).startswith(_LEAD)


def parse_appointment_time(text: str, times_of_day: Mapping[str, DayTime]) -> tuple[Factor, bool]:
    """Return the factor that a text names, and whether it asks for a yes (`before`) or a no.

    Takes the factor's id too. Raises PhraseError.
    """
    relation, _, clock = _normalize(text).removeprefix(_LEAD).partition(" ")
    if relation not in {"before", "from"} or not clock:
        message = f"{quote(text)} doesn't compare the appointment with a time of day."
        raise PhraseError(message, _HINT)
    time = parse_day_time(clock, times_of_day)
    about = (Subject("times-of-day", time.name),)
    if time.least != time.most:
        lasts = f"{spoken_time(time.least)} to {spoken_time(time.most)}"
        message = f"{quote(clock)} is no one time: it lasts from {lasts}."
        raise PhraseError(message, _HINT, subjects=about)
    if not 0 < time.least < DAY_MINUTES:
        message = f"{quote(text)} doesn't tell one appointment from another."
        raise PhraseError(message, "write a time between 00:01 and 23:59", subjects=about)
    # As all that is read; `translate_protocol` makes it anew.
    with speak("en"):
        return make_appointment_factor(time.least), relation == "before"


def make_appointment_factor(before: int) -> Factor:
    """Return the factor that the appointment starts before a time of day, in the spoken language.

    `before` is that time in minutes from midnight, more than 0 and less than a day.
    """
    hour, minute = divmod(before, 60)
    words = spoken_time(before)
    return Factor(
        id=f"{APPOINTMENT_BEFORE}{hour:02}:{minute:02}",
        yes=say("your appointment is before {time}", time=words),
        no=say("your appointment is at {time} or later", time=words),
        ask=say("Is your appointment before {time}?", time=words),
        kind=FactorKind.APPOINTMENT,
        before=before,
        stated_short=say("your visit is before {time}", time=words),
    )


def _normalize(text: str) -> str:
    words = " ".join(text.lower().split())
    return words.replace("-", " ") if words.startswith("appointment-") else words
