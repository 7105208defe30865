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
from microcare.language.locales import list_words
from microcare.language.messages import count, mark, say, speaks_english
from microcare.wording.dates import clock_words

_PARTS = {
    "morning": mark("in the morning"),
    "noon": mark("at noon"),
    "afternoon": mark("in the afternoon"),
    "evening": mark("in the evening"),
    "night": mark("at night"),
    "bedtime": mark("at bedtime"),
    "waking": mark("on waking"),
    "midnight": mark("at midnight"),
}
_TWICE = 2
_MANY = 5
"""From so many times on a list is harder to follow than its rule."""
_ONE_UNIT = {f"1 {unit.value}": unit.value for unit in Unit}
_EVERY = {
    Unit.MINUTE: mark("every minute"),
    Unit.HOUR: mark("every hour"),
    Unit.DAY: mark("every day"),
    Unit.WEEK: mark("every week"),
    Unit.MONTH: mark("every month"),
    Unit.YEAR: mark("every year"),
}


def quantities(
    instruction: Instruction, topics: Mapping[str, Topic], topic: str | None = None
) -> tuple[str, ...]:
    """Return what an instruction counts beside time, its strength and its area, in words.

    With a `topic`, its amounts are that one's.
    """
    found = []
    if instruction.strength is Strength.SHOULD:
        found.append(say("advised"))
    elif instruction.strength is Strength.MAY and not instruction.verb.traits.permits:
        found.append(say("optional"))
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
        found.append(say("SPF {number}+", number=amounts.spf_min))
    if amounts.dose is not None:
        found.append(amounts.dose)
    if amounts.daily_max is not None:
        found.append(say("at most {amount} a day", amount=amounts.daily_max))
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
        first, *steps = map(_step_words, instruction.steps)
        found.append(", ".join([first, *(say("then {step}", step=each) for each in steps)]))
    repetition = instruction.repetition
    if repetition is None:
        return tuple(found)
    often = rhythm_words(repetition)
    if often:
        found.append(often)
    if repetition.count_min is not None:
        low, high = repetition.count_min, repetition.count_max
        times = f"{low}" if low == high else say("{first} to {last}", first=low, last=high)
        found.append(say("{times} times in all", times=times))
    return tuple(found)


def rhythm_words(repetition: Repetition) -> str:
    """Return “every 3 hours while awake”, “3 times a day as needed”; empty for a mere count."""
    if repetition.every is not None:
        often = _every_words(repetition)
    elif repetition.daily is not None:
        often = _daily_words(*repetition.daily)
    elif repetition.times:
        times = list_words(map(_time_words, repetition.times))
        often = say("every day {times}", times=times)
    else:
        return ""
    flags = (
        (say("while awake"), repetition.waking),
        (say("as needed"), repetition.as_needed),
        (say("in turn"), repetition.in_turn),
    )
    return " ".join([often, *(words for words, stated in flags if stated)])


def length_words(length: Quantity) -> str:
    """Return a length of time: “1 week”, “5 to 7 days”."""
    shown = f"{length.most}"
    if length.least != length.most:
        shown = say("{first} to {last}", first=length.least, last=length.most)
    return _count_unit(length.unit, length.most, shown)


def part_of_day(name: str | None) -> str:
    """Return when a part of the day is, by its name: “in the evening”; empty of a clock time."""
    return say(_PARTS[name]) if name in _PARTS else ""


def regular_gap(instants: Sequence[datetime]) -> str | None:
    """Return how often times follow that are many and regular: “every 2 hours”.

    None where they are few, or anything but whole minutes apart each time.
    """
    gaps = {later - earlier for earlier, later in pairwise(instants)}
    if len(instants) < _MANY or len(gaps) != 1:
        return None
    minutes, rest = divmod(gaps.pop(), timedelta(minutes=1))
    if rest:
        return None
    whole = minutes % 60 == 0
    number, unit = (minutes // 60, Unit.HOUR) if whole else (minutes, Unit.MINUTE)
    if number == 1:
        return say(_EVERY[unit])
    return say("every {time}", time=_count_unit(unit, number, f"{number}"))


def _every_words(repetition: Repetition) -> str:
    """Return how often, in the sheet's own words where they are in the language that is spoken."""
    interval = repetition.interval
    if speaks_english() or interval is None:
        every = repetition.every or ""
        return say("every {time}", time=_ONE_UNIT.get(every, every))
    if interval.least == interval.most == 1:
        return say(_EVERY[interval.unit])
    return say("every {time}", time=length_words(interval))


def _count_unit(unit: Unit, number: int, shown: str) -> str:
    """Return a number of units, as it is `shown`."""
    match unit:
        case Unit.MINUTE:
            return count("{shown} minute", "{shown} minutes", number, shown=shown)
        case Unit.HOUR:
            return count("{shown} hour", "{shown} hours", number, shown=shown)
        case Unit.DAY:
            return count("{shown} day", "{shown} days", number, shown=shown)
        case Unit.WEEK:
            return count("{shown} week", "{shown} weeks", number, shown=shown)
        case Unit.MONTH:
            return count("{shown} month", "{shown} months", number, shown=shown)
        case Unit.YEAR:
            return count("{shown} year", "{shown} years", number, shown=shown)


def _step_words(step: Step) -> str:
    dose = f"{step.amounts.dose} " if step.amounts is not None and step.amounts.dose else ""
    often = f"{dose}{rhythm_words(step.repetition)}"
    if step.length is None:
        return often
    return say("{often} for {length}", often=often, length=length_words(step.length))


def _daily_words(least: int, most: int) -> str:
    if most == 1:
        return say("once a day")
    if most == _TWICE:
        return say("twice a day") if least == most else say("once or twice a day")
    shown = f"{most}" if least == most else say("{first} to {last}", first=least, last=most)
    return say("{times} times a day", times=shown)


def _time_words(time: DayTime) -> str:
    return part_of_day(time.name) or say("at {time}", time=clock_words(time.least))
