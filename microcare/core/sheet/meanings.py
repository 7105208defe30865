"""What rhythms, lengths and words mean, however they are put: for comparing."""

from __future__ import annotations

from microcare.core.sheet.instruction import Instruction, Repetition
from microcare.core.sheet.points import Quantity, Unit


def read_course_meaning(instruction: Instruction) -> object:
    """Return how often something is done, by its meaning, in one step or in several."""
    topics = len(instruction.topics)
    if not instruction.steps:
        return _repeats(instruction.repetition, topics)
    return tuple(
        (
            step.length and _size(step.length),
            _repeats(step.repetition, topics),
            fold_text(amounts.dose) if (amounts := step.amounts or instruction.amounts) else None,
        )
        for step in instruction.steps
    )


_SCALES = {
    Unit.MINUTE: ("minutes", 1),
    Unit.HOUR: ("minutes", 60),
    Unit.DAY: ("days", 1),
    Unit.WEEK: ("days", 7),
    Unit.MONTH: ("months", 1),
    Unit.YEAR: ("months", 12),
}


def _repeats(repetition: Repetition | None, topics: int) -> object:
    """Return a repetition by its meaning: every 2 hours is every 120 minutes, daily is once a day.

    What takes turns comes the less often, the more there are. None where it says nothing.
    """
    if repetition is None:
        return None
    interval, daily = repetition.interval, repetition.daily
    every = _size(interval) if interval is not None else fold_text(repetition.every)
    if every == ("days", 1, 1):
        every, daily = None, (1, 1)
    counts = (repetition.count_min, repetition.count_max)
    turns = topics if repetition.in_turn else 1
    flags = (repetition.waking, repetition.as_needed, turns)
    times = frozenset((each.least, each.most) for each in repetition.times)
    return every, daily, times, counts, flags


def _size(length: Quantity) -> tuple[str, int, int]:
    """Return a length by its meaning: a week is 7 days."""
    unit, scale = _SCALES[length.unit]
    return unit, length.least * scale, length.most * scale


def fold_text(text: str | None) -> str | None:
    """Return words without their capitals and spaces, which mean nothing."""
    return " ".join(text.lower().split()) if text is not None else None
