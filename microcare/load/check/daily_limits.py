"""Doses of a day against the most that a sheet allows in a day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from microcare.core.plan.dose_days import list_dose_days
from microcare.core.sheet.instruction import Instruction, find_amounts
from microcare.core.time.appointment import Appointment
from microcare.core.values import value

if TYPE_CHECKING:
    from microcare.core.time.courses import Dose

_NUMBER = r"(\d{1,3}(?:,\d{3})+|\d+(?:[.,]\d+)?)"
_MEASURE = rf"{_NUMBER}(?:\s?(?:to|or|-|–)\s?{_NUMBER})?\s?([a-zµμ]+)\b"
# Of units that measure one thing, the size in the smallest.
_SIZES = {
    **dict.fromkeys(("µg", "μg", "mcg"), ("µg", 1)),
    "mg": ("µg", 1_000),
    "g": ("µg", 1_000_000),
    "ml": ("ml", 1),
    "l": ("ml", 1_000),
}


@value
class Excess:
    """A topic of which a day's doses are more than the sheet's `most`, which is in its own words.

    `taken` is a number and its unit, as `read_measure` returns them.
    """

    topic: str
    taken: tuple[Fraction, str]
    most: str


def find_excess(
    instruction: Instruction, doses: Iterable[Dose], visit: Appointment
) -> tuple[Excess, ...]:
    """Return the topics of a course whose doses on some date are beyond `daily-max`.

    Only amounts that count the same (mg and g do) are compared. A course without dated doses is
    judged by its number of times a day.
    """
    listed = tuple(doses)
    found = []
    for topic in instruction.topics:
        amounts = find_amounts(instruction, (topic,))
        most = read_measure(amounts.daily_max) if amounts is not None else None
        if amounts is None or most is None:
            continue
        taken = [
            [_dose_words(dose, topic) for dose in day.doses if topic in dose.topics]
            for day in list_dose_days(listed, visit)
        ]
        sums = [_add(each) for each in taken or [[amounts.dose] * _times_a_day(instruction)]]
        largest = max((each for each in sums if each is not None), default=None)
        if largest is not None and largest[1] == most[1] and largest[0] > most[0]:
            found.append(Excess(topic, largest, str(amounts.daily_max)))
    return tuple(found)


def read_measure(text: str | None) -> tuple[Fraction, str] | None:
    """Return an amount as a number (of a range the larger) and its unit; None where it is neither.

    Units that measure one thing become the smallest: “3 g” is 3,000,000 µg.
    """
    found = re.match(_MEASURE, " ".join((text or "").lower().split()))
    if found is None:
        return None
    number, unit = found[2] or found[1], found[3]
    plain = number.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+", number) else number
    base, size = _SIZES.get(unit, (unit.removesuffix("s"), 1))
    return Fraction(plain.replace(",", ".")) * size, base


def _dose_words(dose: Dose, topic: str) -> str | None:
    amounts = dose.amounts
    if amounts is None or amounts.dose is not None:
        return amounts.dose if amounts is not None else None
    return next((own.dose for name, own in amounts.by_topic if name == topic), None)


def _times_a_day(instruction: Instruction) -> int:
    rhythm = instruction.repetition
    if rhythm is None or rhythm.as_needed:
        return 0
    return rhythm.daily[1] if rhythm.daily is not None else len(rhythm.times)


def _add(doses: list[str | None]) -> tuple[Fraction, str] | None:
    """Return the sum of doses that count the same, None where they don't or say nothing."""
    measures = [read_measure(each) for each in doses]
    if not measures or any(each is None for each in measures):
        return None
    known = [each for each in measures if each is not None]
    units = {unit for _, unit in known}
    return (sum((size for size, _ in known), Fraction()), units.pop()) if len(units) == 1 else None
