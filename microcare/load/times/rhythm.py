"""How often something is done (`every`, `daily`, `count`, `steps`) to Repetitions and Steps."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial

from microcare.core.sheet.instruction import Amounts, Repetition, Step
from microcare.core.sheet.points import DAY_MINUTES, DayTime, Quantity, Unit
from microcare.core.sheet.problems import Code, Subject
from microcare.core.values import replace
from microcare.load.clock_times import CLOCK
from microcare.load.keys import DAY_PART_KEYS, STEP_KEYS
from microcare.load.source.fields import Fields
from microcare.load.source.nodes import Scalar
from microcare.load.source.refusals import PhraseError, quote
from microcare.load.times.day_times import parse_day_time
from microcare.load.times.quantities import NUMBER_WORDS, UNIT_NAMES, parse_quantity

MOST_A_DAY = 24
"""More times a day than this is taken for a slip."""

WAKING, AS_NEEDED, IN_TURN = FLAGS = ("while awake", "as needed", "in turn")
"""What may stand behind a rhythm."""

_COUNT_WORDS = {"once": 1, "twice": 2} | {word: n for n, word in enumerate(NUMBER_WORDS)}

# Compiled where first needed: few files have courses.
_COUNT = r"([0-9]{1,3})(?: ?(?:to|-|–) ?([0-9]{1,3}))?"
_TIMES = "([0-9]{1,3}|[a-z]+)"
_DAILY = rf"{_TIMES}(?: ?(?:to|or|-|–) ?{_TIMES})?(?: times?)?(?: (?:a|per) day)?"
_EVERY_HINT = "write it like “2 hours”, “day” or “3 hours while awake”"
_DAILY_HINT = "write it like “3 times”, “3 to 4 times” or “08:00 and bedtime”"


def read_course(
    fields: Fields, topics: tuple[str, ...], times_of_day: Mapping[str, DayTime]
) -> tuple[Repetition | None, tuple[Step, ...]]:
    """Return how often an instruction about some topics is repeated, and its steps.

    What is wrong with them is reported and left out.
    """
    repetition, steps = _read_repetition(fields, times_of_day), _read_steps(fields, times_of_day)
    turns = any(each and each.in_turn for each in (repetition, *(s.repetition for s in steps)))
    if turns and len(topics) == 1:
        message = "One topic can't take turns with itself."
        hint = "name two, or leave “in turn” out"
        about = (Subject("topics", topics[0]),)
        key = "steps" if steps else "every"
        fields.report(key, Code.BAD_VALUE, message, hint, subjects=about)
    return repetition, steps


def _read_repetition(fields: Fields, times_of_day: Mapping[str, DayTime]) -> Repetition | None:
    count = fields.parsed("count", _parse_count)
    rhythm = _read_rhythm(fields, times_of_day)
    if rhythm is None and count is None:
        return None
    low, high = count or (None, None)
    return replace(rhythm or Repetition(), count_min=low, count_max=high)


def _read_steps(fields: Fields, times_of_day: Mapping[str, DayTime]) -> tuple[Step, ...]:
    if "steps" not in fields:
        return ()
    items = fields.items("steps", STEP_KEYS)
    _check_beside(fields, lasts=bool(items) and "for" in items[-1])
    found = []
    for index, item in enumerate(items, 1):
        if "for" not in item and index < len(items):
            message = "The step doesn't say how long it lasts."
            item.report("for", Code.MISSING_KEY, message, "add “for: 1 week”; the last may do so")
        if "every" not in item and "daily" not in item:
            message = "The step doesn't say how often."
            item.report("for", Code.MISSING_KEY, message, "add “daily: 3” or “every: 2 hours”")
        length = item.parsed("for", _parse_length, Code.BAD_TIME)
        rhythm = _read_rhythm(item, times_of_day)
        dose = item.said("dose")
        found.append(Step(length, rhythm or Repetition(), Amounts(dose=dose) if dose else None))
    return tuple(found)


def _check_beside(fields: Fields, *, lasts: bool) -> None:
    """Report the keys that say what the steps say too; `lasts` if the last step has an end."""
    for other in ("every", "daily", "count", "at"):
        if other in fields:
            message = f"“steps” and “{other}” can't stand together."
            hint = "write it within the steps, or leave the steps out"
            fields.report(other, Code.MISPLACED_KEY, message, hint)
    for other in ("for", "until"):
        if lasts and other in fields:
            message = f"The steps and “{other}” both say when it ends."
            hint = f"leave “{other}” out, or “for” in the last step"
            fields.report(other, Code.MISPLACED_KEY, message, hint)


def parse_every(text: str) -> Repetition:
    """Return the rhythm of “2 hours”, “other day”, “3 hours while awake”; raises PhraseError.

    `every` keeps the interval's own words.
    """
    words, flags = _split_flags(text, FLAGS)
    plain = words.lower()
    if plain == "other day":
        interval = Quantity(2, 2, Unit.DAY)
    elif plain[:1].isdecimal() or plain.partition(" ")[0] in NUMBER_WORDS:
        interval = parse_quantity(plain)
    elif plain in UNIT_NAMES:
        interval = Quantity(1, 1, UNIT_NAMES[plain])
    else:
        of_day = f"write “daily: {plain}”" if plain in DAY_PART_KEYS else None
        raise PhraseError(f"{quote(text)} is not a rhythm.", of_day or _EVERY_HINT)
    if WAKING in flags and not interval.unit.elapses:
        hint = "leave “while awake” out, or count in hours"
        raise PhraseError(f"{quote(text)} needs no waking hours.", hint)
    return Repetition(
        words,
        interval=interval,
        waking=WAKING in flags,
        as_needed=AS_NEEDED in flags,
        in_turn=IN_TURN in flags,
    )


def parse_daily(text: str, times_of_day: Mapping[str, DayTime]) -> Repetition:
    """Return the rhythm of “3 times”, “twice as needed”, “08:00 and bedtime”.

    Raises PhraseError.
    """
    words, flags = _split_flags(text, (AS_NEEDED,))
    as_needed = AS_NEEDED in flags
    numbers = _read_times(text, words.lower())
    if numbers is not None:
        return Repetition(daily=numbers, as_needed=as_needed)
    parts = [part for part in re.split(r",? and |, ?", words, flags=re.IGNORECASE) if part]
    named = _bare_time(words).removeprefix("the ") in times_of_day
    if len(parts) < 2 and not named and not _has_clock(words.lower()):
        raise PhraseError(f"{quote(text)} is no number of times a day.", _DAILY_HINT)
    return Repetition(times=_parse_times(parts, times_of_day), as_needed=as_needed)


def _read_rhythm(fields: Fields, times_of_day: Mapping[str, DayTime]) -> Repetition | None:
    if "every" in fields and "daily" in fields:
        message = "“every” and “daily” can't stand together."
        fields.report("daily", Code.MISPLACED_KEY, message, "keep one of the two")
    if "every" in fields:
        return fields.parsed("every", parse_every, Code.BAD_TIME)
    if "daily" not in fields:
        return None
    if isinstance(fields.node_of("daily"), Scalar):
        parse = partial(parse_daily, times_of_day=times_of_day)
        return fields.parsed("daily", parse, Code.BAD_TIME)
    parse_list = partial(_parse_times, times_of_day=times_of_day)
    times = fields.parsed_list("daily", parse_list, Code.BAD_TIME)
    return Repetition(times=times) if times is not None else None


def _split_flags(text: str, known: tuple[str, ...]) -> tuple[str, set[str]]:
    """Return what stands before the flags, and the flags."""
    words, found = " ".join(text.split()), set[str]()
    while flag := next((each for each in FLAGS if words.lower().endswith(f" {each}")), None):
        if flag not in known or flag in found:
            hint = f"write “{flag}” once" if flag in found else f"leave “{flag}” out"
            raise PhraseError(f"“{flag}” has no place in {quote(text)}.", hint)
        found.add(flag)
        words = words[: -len(flag)].strip().removesuffix(",").strip()
    return words, found


def _read_times(text: str, words: str) -> tuple[int, int] | None:
    """Return how many times a day, least and most; None where the words count nothing."""
    found = re.fullmatch(_DAILY, words)
    counted = [each for each in found.groups() if each] if found else []
    if not counted or not all(each.isdecimal() or each in _COUNT_WORDS for each in counted):
        return None
    numbers = [int(each) if each.isdecimal() else _COUNT_WORDS[each] for each in counted]
    least, most = numbers[0], numbers[-1]
    if not least:
        raise PhraseError(f"{quote(text)} is no number of times a day.", "write “1” or more")
    if most < least:
        raise PhraseError(f"{quote(text)} counts down.", "write the smaller number first")
    if most > MOST_A_DAY:
        raise PhraseError(f"{quote(text)} is too often.", f"{MOST_A_DAY} times a day at most")
    return least, most


def _has_clock(words: str) -> bool:
    """Return whether words hold a clock time, a wrong one (9:5) too, rather than a bare number."""
    return ":" in words or any(found[3] for found in re.finditer(CLOCK, words))


def _parse_times(texts: Sequence[str], times_of_day: Mapping[str, DayTime]) -> tuple[DayTime, ...]:
    times = tuple(_parse_time(text, times_of_day) for text in texts)
    if len(set(times)) < len(times):
        raise PhraseError("A time of day stands twice.", "write each once")
    return times


def _parse_time(text: str, times_of_day: Mapping[str, DayTime]) -> DayTime:
    found = parse_day_time(_bare_time(text), times_of_day)
    if found.name is None and found.least == DAY_MINUTES:
        raise PhraseError(f"{quote(text)} is the next day's beginning.", "write “00:00”")
    return found


def _bare_time(text: str) -> str:
    return text.lower().strip().removeprefix("at ").removeprefix("in ")


def _parse_length(text: str) -> Quantity:
    length = parse_quantity(text)
    if length.unit.elapses or length.least != length.most:
        message = f"{quote(text)} is no length of a step."
        raise PhraseError(message, "write whole days or weeks, like “1 week”")
    return length


def _parse_count(text: str) -> tuple[int, int]:
    found = re.fullmatch(_COUNT, text)
    if found is None:
        raise PhraseError(f"{quote(text)} is no number of times; write “3” or “3 to 5”.")
    low = int(found[1])
    high = int(found[2] or low)
    if not low:
        raise PhraseError(f"{quote(text)} is no number of times; write “1” or more.")
    if high < low:
        raise PhraseError(f"{quote(text)} is no number of times; write the smaller number first.")
    return low, high
