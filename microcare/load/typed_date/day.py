"""The dates that the day part of a typed phrase may mean, and what is wrong with it if anything."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta

from microcare.load.typed_date.tokens import Token, TokenKind, Tokens, quote_tokens, spell_shape
from microcare.load.typed_date.when import Choice, find_year_problem, join_choices
from microcare.wording.dates import MONTHS, WEEKDAYS, short_date

# What a day is spelt like, in the letters of TokenKind, by how it is read. Taken too is what is
# refused later with a better sentence than "not understood": a day without a month, a lone year.
DAY_SHAPE = re.compile(
    r"""n? (?: (?P<weekday> Q?W ) | (?! [Wt].*W ) W?t? (?:
          (?P<relative> R )
        | (?P<triple> N | DDY | YDD )
        | (?P<month> [DE]o?M[YD]? | Mt?[DE][YD]? | YM[DE] | XMY? | MXY? )
        | (?P<pair> X | G )
        | (?P<number> [DE] )
        | (?P<dayless> MY? | YM? )
    ) W? )""",
    re.VERBOSE,
)
_FILLERS = {TokenKind.ON, TokenKind.THE, TokenKind.OF}
_NO_DAY = "has no day; add the day, as in 10 Dec 2026."


def read_day(tokens: Tokens, today: date) -> Choice[date]:
    """Return the dates the tokens may mean, seen from `today`, the date in the zone.

    A weekday beside a date is a check on it: it settles nothing, but narrows what is suggested.
    """
    found = DAY_SHAPE.fullmatch(spell_shape(tokens))
    form = found and found.lastgroup
    words = [token for token in tokens if token.kind not in _FILLERS]
    if form == "weekday":
        return _read_weekday(words, today)
    rest = [token for token in words if token.kind is not TokenKind.WEEKDAY]
    choice = _read_date(form, rest, today)
    for weekday in words:
        if weekday.kind is TokenKind.WEEKDAY:
            choice = _check_weekday(choice, weekday, rest)
    return Choice(choice.values[:1], choice.problem) if form == "number" else choice


def _read_date(form: str | None, tokens: list[Token], today: date) -> Choice[date]:
    """Read everything but weekdays."""
    shown = quote_tokens(tokens)
    numbers = [number for token in tokens for number in token.numbers]
    match form:
        case None:
            problem = "A time without a day is not enough; add the day."
            return Choice((today, today + timedelta(days=1)), problem)
        case "relative":
            return Choice(tuple(today + timedelta(days=shift) for shift in tokens[0].values))
        case "triple":
            return _read_triple(shown, numbers, today)
        case "pair":
            return _read_pair(shown, numbers, today)
        case "number":
            problem = "add the month, as in 10 Dec, and write a time as 10:00 or 2 pm."
            days = _days_to_come(int(numbers[0]), today)
            return Choice(days, f"{shown} is not enough for a date; {problem}")
        case "dayless":
            return Choice((), f"{shown} {_NO_DAY}")
        case _:
            return _read_month_name(tokens, today)


def _read_weekday(words: list[Token], today: date) -> Choice[date]:
    """Read a weekday without a date, which may be in this week or another."""
    *which, weekday = words
    back = {token.text.lower() for token in which} & {"last", "past"}
    soonest = -14 if back else len(which)  # next Thursday is not today
    near = (today + timedelta(days=soonest + more) for more in range(14))
    dates = tuple(day for day in near if day.weekday() in weekday.values)
    return Choice(dates, f"{quote_tokens(words)} may mean more than one date; give the date.")


def _check_weekday(choice: Choice[date], weekday: Token, rest: list[Token]) -> Choice[date]:
    matching = tuple(day for day in choice.values if day.weekday() in weekday.values)
    if choice.problem or matching or len(choice.values) != 1:
        return Choice(matching or choice.values, choice.problem)
    [given] = choice.values
    near = [given + timedelta(days=shift) for shift in range(-6, 7)]
    if not {token.kind for token in rest} & {TokenKind.YEAR, TokenKind.TRIPLE, TokenKind.RELATIVE}:
        near += _possible_dates([(given.year + 1, given.month, given.day)])
    wanted = (day for day in near if day.weekday() in weekday.values)
    name = " or a ".join(WEEKDAYS[value] for value in weekday.values)
    problem = f"{short_date(given)} is not a {name}; correct the weekday or the date."
    return Choice((given, *wanted), problem)


def _read_month_name(tokens: list[Token], today: date) -> Choice[date]:
    """Read a month in words beside a day, or two, and a year of four digits, of two, or none."""
    months = next(token.values for token in tokens if token.kind is TokenKind.MONTH)
    year = next((int(token.text) for token in tokens if token.kind is TokenKind.YEAR), None)
    counted = [token for token in tokens if token.kind not in {TokenKind.MONTH, TokenKind.YEAR}]
    days = [int(number) for token in counted for number in token.numbers]
    problem = ""
    if len(counted) > 1:
        year = 2000 + days.pop()
        advice = "write a year with four digits and a time as 10:00 or 2 pm."
        problem = f"{quote_tokens(tokens[-1:])} may be a year or an hour; {advice}"
    elif len(days) > 1:
        problem = "These are two days; give only the day of the appointment."
    near = join_choices([_near_date(year, month, day, today) for month in months for day in days])
    return Choice(near.values, problem or near.problem)


def _near_date(year: int | None, month: int, day: int, today: date) -> Choice[date]:
    """Return the date, or near ones if there is no such date or it needs a year."""
    name = f"{day} {MONTHS[month - 1]}"
    if year is not None:
        if problem := find_year_problem(year):
            return Choice((), problem)
        near = _month_end(year, month) if day else ()
        found = _possible_dates([(year, month, day)])
        return Choice(found or near, "" if found else f"There is no {name} {year}; check the day.")
    coming = _possible_dates((today.year + more, month, day) for more in range(9))
    if coming and coming[0].year == today.year:
        passed = f"{name} has already passed this year, {today.year}; add the year."
        return Choice(coming[:1]) if coming[0] >= today else Choice(coming[:2], passed)
    this_year, next_year = (_month_end(today.year + more, month) for more in (0, 1))
    near = this_year if this_year[-1] >= today else next_year
    if not coming:  # 31 November
        return Choice(near if day else (), f"There is no {name}; check the day.")
    leap = coming[0]
    problem = f"There is no {name} in {today.year}; add the year or choose another day."
    return Choice((leap,) if near[0].year == leap.year else (*near, leap), problem)


def _read_triple(shown: str, numbers: list[str], today: date) -> Choice[date]:
    """Read three numbers: year first, or the year last and day and month in either order."""
    first, second, third = map(int, numbers)
    match [len(number) for number in numbers]:
        case [4, 1 | 2, 1 | 2] if second > 12:
            swapped = () if find_year_problem(first) else _possible_dates([(first, third, second)])
            return Choice(swapped, f"There is no month {second} in {shown}; check it.")
        case [4, 1 | 2, 1 | 2] if second:
            return _near_date(first, second, third, today)
        case [1 | 2, 1 | 2, 4]:
            pairs = sorted({(first, second), (second, first)})
            choices = [_near_date(third, m, d, today) for m, d in pairs if 1 <= m <= 12]
            near = join_choices(choices)
            if len(choices) == 1 or near.problem:
                return near
            dates = near.values
        case [1 | 2, 1 | 2, 1 | 2]:
            orders = [(third, second, first), (third, first, second), (first, second, third)]
            dates = _possible_dates((2000 + year, month, day) for year, month, day in orders)
            nearest = sorted(dates, key=lambda day: abs(day - today))
            return Choice(tuple(nearest), f"The year in {shown} needs four digits.")
        case _:
            dates = ()
    if not dates:
        return Choice((), f"{shown} is not a date; check the numbers.")
    meanings = " or ".join(f"{day.day} {MONTHS[day.month - 1]}" for day in dates)
    return Choice(dates, f"{shown} can mean {meanings}; write the month as a word.")


def _read_pair(shown: str, numbers: list[str], today: date) -> Choice[date]:
    """Read two numbers, a day and a month in either order. Never settled: it may be a range."""
    if max(map(len, numbers)) > 2:
        return Choice((), f"{shown} {_NO_DAY}")
    first, second = map(int, numbers)
    in_leap_year = _possible_dates([(2000, first, second), (2000, second, first)])
    coming = [_near_date(None, each.month, each.day, today).values[-1] for each in in_leap_year]
    return Choice(tuple(sorted(coming)), f"{shown} can be misread; write the month as a word.")


def _days_to_come(day: int, today: date) -> tuple[date, ...]:
    """Return the dates of the next 14 months that have this day of the month, from today on."""
    months = range(today.month - 1, today.month + 13)
    wanted = _possible_dates((today.year + month // 12, month % 12 + 1, day) for month in months)
    return tuple(found for found in wanted if found >= today and not find_year_problem(found.year))


def _possible_dates(parts: Iterable[tuple[int, int, int]]) -> tuple[date, ...]:
    """Return the dates among (year, month, day), in order, each once."""
    found = set()
    for part in parts:
        with suppress(ValueError):
            found.add(date(*part))
    return tuple(sorted(found))


def _month_end(year: int, month: int) -> tuple[date, date]:
    """Return the last day of the month and the 1st of the next."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1), following
