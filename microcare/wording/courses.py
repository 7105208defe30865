"""Courses in words: how often, in which steps, how much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import pairwise

from microcare.core.sheet.instruction import Amounts, Instruction, Repetition, Step, Strength
from microcare.core.sheet.points import DayTime, Quantity, Unit
from microcare.core.sheet.vocabulary import Topic
from microcare.core.values import replace
from microcare.wording.dates import clock_words

_PARTS = {
    "morning": "in the morning",
    "noon": "at noon",
    "afternoon": "in the afternoon",
    "evening": "in the evening",
    "night": "at night",
    "bedtime": "at bedtime",
    "waking": "on waking",
}
_FEW = {1: "once", 2: "twice"}
_MANY = 5
"""From so many times on a list is harder to follow than its rule."""
_ONE_UNIT = {f"1 {unit.value}": unit.value for unit in Unit}


def quantities(
    instruction: Instruction, topics: Mapping[str, Topic], topic: str | None = None
) -> tuple[str, ...]:
    """Return what an instruction counts beside time, its strength and its area, in words.

    With a `topic`, its amounts are that one's.
    """
    found = []
    if instruction.strength is Strength.SHOULD:
        found.append("advised")
    elif instruction.strength is Strength.MAY and not instruction.verb.traits.permits:
        found.append("optional")
    if instruction.area is not None:
        found.append(instruction.area)
    amounts = instruction.amounts
    if amounts is not None and topic is not None:
        amounts = dict(amounts.by_topic).get(topic, replace(amounts, by_topic=()))
    return (*found, *amount_words(amounts, topics), *course_words(instruction))


def amount_words(amounts: Amounts | None, topics: Mapping[str, Topic]) -> tuple[str, ...]:
    """Return what is counted beside time, in words; what is a topic's own after its label."""
    if amounts is None:
        return ()
    found = []
    if amounts.spf_min is not None:
        found.append(f"SPF {amounts.spf_min}+")
    if amounts.dose is not None:
        found.append(amounts.dose)
    if amounts.daily_max is not None:
        found.append(f"at most {amounts.daily_max} a day")
    if amounts.threshold is not None:
        found.append(amounts.threshold)
    for name, own in amounts.by_topic:
        label = topics[name].label if name in topics else name
        found.append(f"{label}: {', '.join(amount_words(own, topics))}")
    return tuple(found)


def measure_words(size: Fraction, unit: str) -> str:
    """Return an amount that was added up, in the smallest unit of its kind; a weight in mg."""
    if unit == "µg" and size >= 1000:
        size, unit = size / 1000, "mg"
    plural = "" if size == 1 or unit in {"µg", "mg", "ml"} else "s"
    number = f"{size.numerator}" if size.denominator == 1 else f"{float(size):g}"
    return f"{number} {unit}{plural}"


def course_words(instruction: Instruction) -> tuple[str, ...]:
    """Return how often an instruction is to be followed, in words; nothing where it doesn't say."""
    found = []
    if instruction.steps:
        found.append(", then ".join(_step_words(step) for step in instruction.steps))
    repetition = instruction.repetition
    if repetition is None:
        return tuple(found)
    often = rhythm_words(repetition)
    if often:
        found.append(often)
    if repetition.count_min is not None:
        low, high = repetition.count_min, repetition.count_max
        found.append(f"{low} times in all" if low == high else f"{low} to {high} times in all")
    return tuple(found)


def rhythm_words(repetition: Repetition) -> str:
    """Return “every 3 hours while awake”, “3 times a day as needed”; empty for a mere count."""
    if repetition.every is not None:
        often = f"every {_ONE_UNIT.get(repetition.every, repetition.every)}"
    elif repetition.daily is not None:
        often = _daily_words(*repetition.daily)
    elif repetition.times:
        *first, last = [_time_words(each) for each in repetition.times]
        often = f"every day {', '.join(first)} and {last}" if first else f"every day {last}"
    else:
        return ""
    flags = (
        ("while awake", repetition.waking),
        ("as needed", repetition.as_needed),
        ("in turn", repetition.in_turn),
    )
    return " ".join([often, *(words for words, stated in flags if stated)])


def length_words(length: Quantity) -> str:
    """Return a length of time: “1 week”, “5 to 7 days”."""
    plural = "" if length.most == 1 else "s"
    number = f"{length.most}" if length.least == length.most else f"{length.least} to {length.most}"
    return f"{number} {length.unit.value}{plural}"


def regular_gap(instants: Sequence[datetime]) -> str | None:
    """Return what lies between times that are many and regular: “15 minutes”, “2 hours”.

    None where they are few, or anything but whole minutes apart each time.
    """
    gaps = {later - earlier for earlier, later in pairwise(instants)}
    if len(instants) < _MANY or len(gaps) != 1:
        return None
    minutes, rest = divmod(gaps.pop(), timedelta(minutes=1))
    if rest:
        return None
    count, unit = (minutes // 60, "hour") if minutes % 60 == 0 else (minutes, "minute")
    return unit if count == 1 else f"{count} {unit}s"


def _step_words(step: Step) -> str:
    dose = f"{step.amounts.dose} " if step.amounts is not None and step.amounts.dose else ""
    lasts = f" for {length_words(step.length)}" if step.length is not None else ""
    return f"{dose}{rhythm_words(step.repetition)}{lasts}"


def _daily_words(least: int, most: int) -> str:
    if least == most:
        return f"{_FEW.get(most, f'{most} times')} a day"
    if most in _FEW:
        return f"{_FEW[least]} or {_FEW[most]} a day"
    return f"{least} to {most} times a day"


def _time_words(time: DayTime) -> str:
    return _PARTS.get(time.name or "") or f"at {clock_words(time.least)}"
