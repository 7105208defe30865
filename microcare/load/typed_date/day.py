"""The dates that the day part of a typed phrase may mean, and what is wrong with it if anything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, timedelta

from microcare.load.clock_times import Choice, read_clock
from microcare.load.typed_date.when import find_year_problem
from microcare.load.typed_date.words import Found, Phrase, Word
from microcare.wording.dates import MONTHS, WEEKDAYS, short_date

_DAY = r"\d\d?E*"
_TWO_DAYS = r"\d\d?[-/]\d\d?"
_YEAR = r"(?:\d{4}|\d\d?)"
_JOINT = r"(?:_*|[-/.])"
# Four digits that are a time are no year, but 1900 to 2159 may be one.
_NO_TIME = r"(?! .*(?<!\d) (?: 0\d | 1[0-8] | 2[23] ) [0-5]\d (?!\d) )"
# A day in the letters of a mask, by how it is read. Taken too is what is refused later with a
# better sentence than "not understood": a day without a month, a lone year.
DAY_SHAPE = rf"""
    _* (?: (?P<weekday> (?: Q+_+ )? W+ ) | (?! .*W_.*W ) (?: W+_* )? (?:
          (?P<relative> R+ )
        | (?P<numbers> \d{{1,4}} (?P<joint> [-/.] ) \d{{1,4}} (?P=joint) \d{{1,4}} | \d{{8}}
            | \d\d?_+\d\d?_+\d{{4}} | \d{{4}}_+\d\d?_+\d\d?
            | \d{{1,4}}[-/]\d{{1,4}} | \d\d?\.\d\d? | {_DAY} )
        | {_NO_TIME} (?: (?P<month>
              {_DAY} {_JOINT} M+ (?: {_JOINT} (?: {_YEAR} | '\d\d ) )?
            | \d{{4}} {_JOINT} M+ {_JOINT} {_DAY}
            | M+ (?: _* | \. ) {_DAY} (?: _+ {_YEAR} | _*'\d\d )?
            | M+ (?P<mark> [-/.] ) \d\d? (?P=mark) {_YEAR}
            | (?P<range> {_TWO_DAYS} _* M+ (?: _*\d{{4}} )? | M+ _* {_TWO_DAYS} (?: _+\d{{4}} )? ) )
          | (?P<dayless> M+ (?: _*\d{{4}} )? | \d{{4}} (?: _*M+ )? ) )
      ) (?: _*W+ )? ) _*
"""
_WRONG_ORDINAL = r"(?<!\d)(?!0?(?:[23]?(?:1st|2nd|3rd)|1[1-3]th|\d?[04-9]th)\b)\d+(?:st|nd|rd|th)\b"


def read_day(phrase: Phrase, found: Found | None, today: date, *, timed: bool) -> Choice[date]:
    """Return the dates that may be meant, seen from `today`, the date in the zone.

    A weekday beside a date is a check on it: it settles nothing, but narrows what is suggested.
    `timed` says that a time stands beside the day.
    """
    if found is None:
        problem = "A time without a day is not enough; add the day."
        return Choice((today, today + timedelta(days=1)), problem)
    form = str(found.lastgroup)
    shape, span = found[form], found.span(form)
    shown, is_joined = phrase.quote(span), len(shape) == 8 and shape.isdigit()
    numbers = re.findall(r"^\d{4}|\d\d" if is_joined else r"'?\d+", shape)
    weekdays = phrase.find("W", found.span())
    match form:
        case "weekday":
            return _read_weekday(shown, weekdays[0], today, which="Q" in shape)
        case "relative":
            [word] = phrase.find("R", span)
            choice = Choice(tuple(today + timedelta(days=shift) for shift in word.meanings))
        case "month":
            months, is_range = phrase.find("M", span)[0].meanings, bool(found["range"])
            choice = _read_month(months, numbers, today, is_range=is_range, timed=timed)
        case _:
            choice = _read_numbers(shown, numbers, today)
    for weekday in weekdays:
        has_year = form != "month" or max(map(len, numbers)) > 2
        choice = _check_weekday(choice, weekday, has_year=has_year)
    doubt = ""
    if is_joined and phrase.mask[span[1] :][:1] != "T":
        doubt = f"{shown} is hard to read as a date; write the hyphens."
    if "E" in shape and (wrong := re.search(_WRONG_ORDINAL, shown, re.IGNORECASE)):
        doubt = f"'{wrong[0]}' is not how a day is written; check it."
    values = choice.values[:1] if form == "numbers" and len(numbers) == 1 else choice.values
    return Choice(values, doubt or choice.problem)


def _read_weekday(shown: str, weekday: Word, today: date, *, which: bool) -> Choice[date]:
    """Read a lone weekday: the coming one, unless `which` says another or it is today."""
    soonest = -14 if shown[1:5].lower() in {"last", "past"} else which  # next Thursday is not today
    near = (today + timedelta(days=soonest + more) for more in range(14))
    dates = tuple(day for day in near if day.weekday() in weekday.meanings)
    if not which and today not in dates:
        return Choice(dates[: len(weekday.meanings)])
    return Choice(dates, f"{shown} may mean more than one date; give the date.")


def _check_weekday(choice: Choice[date], weekday: Word, *, has_year: bool) -> Choice[date]:
    matching = tuple(day for day in choice.values if day.weekday() in weekday.meanings)
    if choice.problem or matching or len(choice.values) != 1:
        return Choice(matching or choice.values, choice.problem)
    [given] = choice.values
    near = [given + timedelta(days=shift) for shift in range(-6, 7)]
    if not has_year:
        near += _possible_dates([(given.year + 1, given.month, given.day)])
    wanted = (day for day in near if day.weekday() in weekday.meanings)
    name = " or a ".join(WEEKDAYS[value] for value in weekday.meanings)
    problem = f"{short_date(given)} is not a {name}; correct the weekday or the date."
    return Choice((given, *wanted), problem)


def is_year(digits: str, today: date) -> bool:
    """Tell whether four digits are a year and no time of day: 1999, this year and those around it.

    1930 may be either, and so may 2030 until 2028.
    """
    is_time = not read_clock(digits[:2], digits[2:]).problem
    return not is_time or -2 < int(digits) - today.year < 3


def _read_month(
    months: tuple[int, ...], numbers: Sequence[str], today: date, *, is_range: bool, timed: bool
) -> Choice[date]:
    """Read a month in words beside a day, or two, and a year of four digits, of two, or none."""
    years = [number.replace("'", "20") for number in numbers if len(number) > 2]
    days = [number for number in numbers if len(number) < 3]
    problem = ""
    if is_range:
        problem = "These are two days; give only the day of the appointment."
    elif len(days) > 1:
        advice = "write a year with four digits and a time as 10:00 or 2 pm."
        problem = f"'{days[-1]}' may be a year or an hour; {advice}"
        years = [f"20{days.pop():>02}"]
    elif numbers[-1].isdigit() and years and not timed and not is_year(years[0], today):
        problem = f"'{years[0]}' may be a year or a time; write a time with a colon, as in 14:30."
    year = int(years[0]) if years else None
    every = (_find_date(year, month, int(day), today) for month in months for day in days)
    dates = Choice.join(every)
    return Choice(dates.values, problem or dates.problem)


def _read_numbers(shown: str, numbers: Sequence[str], today: date) -> Choice[date]:
    """Read a date in numbers alone: settled only if it is whole and its year has four digits."""
    digits = [int(number) for number in numbers]
    match digits, [len(number) for number in numbers]:
        case [year, month, day], [4, 1 | 2, 1 | 2] if month:
            problem = f"There is no month {month} in {shown}; check it."
            swapped = Choice(_possible_dates([(year, day, month)]), problem)
            return swapped if month > 12 else _find_date(year, month, day, today)
        case [first, second, year], [1 | 2, 1 | 2, 4] if {first, second} & {*range(1, 13)}:
            months = sorted({first, second} & {*range(1, 13)})
            if len(months) < 2 or find_year_problem(year):
                return _find_date(year, months[0], first + second - months[0], today)
            dates = _possible_dates([(year, first, second), (year, second, first)])
            meanings = " or ".join(f"{day.day} {MONTHS[day.month - 1]}" for day in dates)
            return Choice(dates, f"{shown} can mean {meanings}; write the month as a word.")
        case [first, second, third], [1 | 2, 1 | 2, 1 | 2]:
            guesses = [(third, second, first), (third, first, second), (first, second, third)]
            found = _possible_dates((2000 + year, month, day) for year, month, day in guesses)
            nearest = sorted(found, key=lambda day: abs(day - today))
            return Choice(tuple(nearest), f"The year in {shown} needs four digits.")
        case [first, second], [1 | 2, 1 | 2]:  # it may be a range as well
            near = _find_coming([(first, second), (second, first)], today)
            return Choice(near, f"{shown} can be misread; write the month as a word.")
        case [day], [1 | 2]:
            problem = "add the month, as in 10 Dec, and write a time as 10:00 or 2 pm."
            near = _find_coming([(month, day) for month in range(1, 13)], today)
            return Choice(near, f"{shown} is not enough for a date; {problem}")
        case [] | [_] | [_, _], _:
            return Choice((), f"{shown} has no day; add the day, as in 10 Dec 2026.")
        case _:
            return Choice((), f"{shown} is not a date; check the numbers.")


def _find_date(year: int | None, month: int, day: int, today: date) -> Choice[date]:
    """Return the date, or near ones if there is no such date or it needs a year."""
    years = range(today.year, today.year + 9) if year is None else (year,)  # one is a leap year
    if problem := find_year_problem(years[0]):
        return Choice((), problem)
    name = f"{day} {MONTHS[month - 1]}"
    found = _possible_dates((each, month, day) for each in years)
    if found and found[0].year == years[0]:
        if year or found[0] >= today:
            return Choice(found[:1])
        return Choice(found[:2], f"{name} has already passed this year, {years[0]}; add the year.")
    ends = (date(each + month // 12, month % 12 + 1, 1) for each in years)
    after = next(each for each in ends if year or each >= today)
    near = (after - timedelta(days=1), after)
    if found:  # 29 February
        problem = f"There is no {name} in {years[0]}; add the year or choose another day."
        return Choice((*(near if near[0] < found[0] else ()), found[0]), problem)
    when = f"{name} {year}" if year else name
    return Choice(near if day else (), f"There is no {when}; check the day.")


def _find_coming(days: Iterable[tuple[int, int]], today: date) -> tuple[date, ...]:
    """Return the next date, from today on, of each month and day that there is, in order."""
    years = range(today.year, today.year + 9)
    every = (_possible_dates((year, *each) for year in years) for each in days)
    return tuple(sorted({next(day for day in dates if day >= today) for dates in every if dates}))


def _possible_dates(parts: Iterable[tuple[int, int, int]]) -> tuple[date, ...]:
    """Return the dates among (year, month, day), in order, each once."""
    found = set()
    for part in parts:
        with suppress(ValueError):
            found.add(date(*part))
    return tuple(sorted(found))
