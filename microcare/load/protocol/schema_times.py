"""The words of times as patterns, in any case and with any white space.

JSON Schema has no flag for the case of letters. The patterns take all that the loader takes, and
refuse what has not the form of a time; they can't compare numbers, and they know no ids.
"""

from __future__ import annotations

from microcare.load.keys import DAY_PART_KEYS
from microcare.load.times.day_times import WAKING
from microcare.load.times.offsets import TREATMENT_NAMES
from microcare.load.times.quantities import NUMBER_WORDS, UNIT_NAMES
from microcare.load.times.rhythm import FLAGS, TIMES_WORDS

BLANK = r"\s*"
_GAP = r"\s+"
_REST = r"[\s\S]*"
_DASH = "[-–—]"
_ONE_OR_MORE_WORDS = rf"[^\s,]+({_GAP}[^\s,]+)*"
_LATE_PARTS = ("afternoon", "evening", "night", "bedtime")


def point() -> str:
    """Return a point in time: `48 hours before`, `day 2`, `21:00 the day before`, `start`."""
    hedge = _words("not before", "no earlier than", "no later than", "not later than", "by")
    return rf"(({hedge}){_GAP})?({_named()}|{_clock_on_day()}|{_offset()})"


def days() -> str:
    """Return what `on` may name: `days 2 to 7`, `hours 24 to 48`, `first week`, any point."""
    until = rf"{BLANK}({_word('to')}|{_DASH}){BLANK}\d"
    on = rf"{BLANK}\+|{_GAP}{_word('on')}({_word('ward')}[sS]?)?"
    numbered = rf"{_word('day')}[sS]?{_GAP}\d{{1,3}}({until}{{1,3}}|{on})?"
    hours = rf"{_word('hour')}[sS]?{_GAP}\d{{1,4}}({until}{{1,4}}|{on})"
    after = rf"({_GAP}{_word('after')}{_GAP}{_REST})?"
    first = rf"{_the()}{_word('first')}{_GAP}({quantity()}|{_unit()}){after}"
    nights = rf"{_the()}{_word('first')}({_GAP}({_number()}))?{_GAP}{_word('night')}[sS]?"
    treatment = rf"(({_words(*sorted(TREATMENT_NAMES))}){_GAP})?"
    whose = rf"(({_words('the', 'your')}){_GAP})?"
    rest = rf"{_the()}{_word('rest of')}{_GAP}{whose}{treatment}{_word('day')}"
    return rf"({numbered}|{hours}|{first}|{nights}|{rest}|{point()})"


def interval() -> str:
    """Return a minimum interval: `2 weeks before`, `2 weeks before and after`."""
    both = rf"{_GAP}({_words('before and after', 'before or after')})"
    return rf"(({_hedge()}{_GAP})?{quantity()}{both}|{point()})"


def length() -> str:
    """Return how long a window lasts: `5 days`, `up to 5 days`."""
    return rf"(({_words('up to', 'at least')}){_GAP})?{quantity()}"


def quantity() -> str:
    """Return a number of units, or a range: `48 hours`, `5 to 7 days`."""
    number = _number()
    between = rf"({_word('to')}|{_word('or')}|{_DASH})"
    return rf"({number})({BLANK}{between}{BLANK}({number}))?{BLANK}({_unit()})"


def every() -> str:
    """Return what `every` names: `2 hours`, `other day`, `3 hours in turn while awake`."""
    flag = _words(*FLAGS)
    interval = rf"{quantity()}|{_unit()}|{_word('other day')}"
    return rf"({interval})({BLANK},?{_GAP}({flag}))*"


def daily() -> str:
    """Return what `daily` names: `3 times`, `08:00 and bedtime`, `3 to 4 times as needed`."""
    number = "|".join((r"\d{1,3}", *map(_word, (*TIMES_WORDS, *NUMBER_WORDS))))
    between = rf"({_word('to')}|{_word('or')}|{_DASH})"
    a_day = rf"({_GAP}({_word('a')}|{_word('per')}){_GAP}{_word('day')})?"
    times = rf"({_GAP}({_word('times')}|{_word('time')}))?"
    count = rf"({number})({BLANK}{between}{BLANK}({number}))?{times}{a_day}"
    gap = rf"({BLANK},?{_GAP}{_word('and')}{_GAP}|{BLANK},{BLANK})"
    clocks = rf"{time_of_day()}({gap}{time_of_day()})*"
    return rf"({count}|{clocks})({BLANK},?{_GAP}{_word('as needed')})?"


def time_of_day() -> str:
    """Return a time of day without a day: `08:00`, `at bedtime`."""
    part, lead = _words(*DAY_PART_KEYS), _words("at", "in")
    return rf"(({lead}){_GAP})?({_clock()}|{_the()}({part}))"


def part_of_day() -> str:
    """Return what a protocol sets a part of the day to: `22:30`, `19:00 to 21:00`."""
    return rf"{_clock()}({BLANK}({_word('to')}|{_DASH}){BLANK}{_clock()})?"


def _named() -> str:
    visit = _words(*sorted(TREATMENT_NAMES))
    edge = (
        rf"({_words('start', 'beginning', 'end')})({_GAP}{_word('of')}{_GAP}{_ONE_OR_MORE_WORDS})?"
    )
    near = rf"({_words('day before', 'day after', 'next day')})({_GAP}{_ONE_OR_MORE_WORDS})?"
    on_day = rf"{_word('day of')}{_GAP}{_ONE_OR_MORE_WORDS}"
    numbered = rf"{_word('day')}[sS]?{_GAP}\d{{1,3}}"
    return rf"{_the()}({edge}|{near}|{on_day}|({visit}){_GAP}{_word('day')}|{numbered})"


def _clock_on_day() -> str:
    """Return a time of day on a day; a part of the day may stand before or after it."""
    visit = _words(*sorted(TREATMENT_NAMES))
    whose = rf"({_GAP}({_words('the', 'your')}))?"
    nights = _words("midnight the night before", "midnight the evening before")
    midnight = rf"({_word('midnight before')}({whose}{_GAP}({visit}))?|{nights})"
    anchor = rf"({_GAP}{_ONE_OR_MORE_WORDS})?"
    part = _words(*(name for name in DAY_PART_KEYS if name != WAKING))
    before = rf"({_words(*_LATE_PARTS)}){_GAP}{_word('before')}{anchor}"
    after = rf"{_word('morning after')}{anchor}"
    of = rf"({part}){_GAP}{_word('of')}{anchor}"
    on = rf",?({_GAP}({_words('on', 'of')}))?{_GAP}({_named()}|{_offset()})"
    by_part = rf"({before}|{after}|{of}|({part}){on})"
    by_clock = rf"{_clock()}({on}|,?({_GAP}({_words('on', 'of')}))?{_GAP}{_the()}{by_part})"
    return rf"{_the()}({midnight}|{by_part}|{by_clock})"


def _offset() -> str:
    relation = _words("before", "after", "prior to")
    wish = rf",{_GAP}{_word('if possible')}{_GAP}{_REST}"
    return rf"({_hedge()}{_GAP})?{quantity()}{_GAP}({relation})({_GAP}{_REST}|{wish})?"


def _hedge() -> str:
    return rf"({_words('at least', 'up to', 'within')})"


def _clock() -> str:
    """Return a clock time: `08:00`, `9 pm`; `9:00` may be morning or afternoon."""
    half = rf"{BLANK}[aApP]\.?[mM]\.?"
    short = r"(0?[1-9]|1[0-2])"
    return rf"(([01]\d|2[0-3]):[0-5]\d|24:00|{short}(:[0-5]\d)?{half})"


def _unit() -> str:
    return rf"({_words(*UNIT_NAMES)})[sS]?"


def _number() -> str:
    return "|".join((r"\d{1,6}", *map(_word, NUMBER_WORDS)))


def _the() -> str:
    return rf"({_word('the')}{_GAP})?"


def _words(*words: str) -> str:
    return "|".join(map(_word, words))


def _word(words: str) -> str:
    """Return a pattern of words in any case, any white space between them."""
    letters = (f"[{each.upper()}{each}]" if each.isalpha() else _GAP for each in words)
    return "".join(letters)
