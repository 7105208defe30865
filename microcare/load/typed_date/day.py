"""The dates that the day part of a typed phrase may mean, and what is wrong with it if anything."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from microcare.core.values import value
from microcare.load.typed_date.tokens import Kind, Token, quote
from microcare.load.typed_date.when import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTHS,
    WEEKDAYS,
    describe_date,
    year_problem,
)


@value
class DayChoice:
    """Dates that may be meant. With an empty `problem` there is exactly one, and it is meant."""

    dates: tuple[date, ...]
    problem: str = ""


def read_day(tokens: tuple[Token, ...], today: date) -> DayChoice:
    """Return the dates the tokens may mean, seen from `today`, the date in the zone.

    A weekday beside a date is a check on it: it settles nothing, but narrows what is suggested.
    """
    words = [token for token in tokens if token.kind not in {Kind.ON, Kind.THE, Kind.OF}]
    weekday = next((token for token in words if token.kind is Kind.WEEKDAY), None)
    rest = [token for token in words if token.kind is not Kind.WEEKDAY]
    shape = "".join(token.kind for token in rest).replace(Kind.ORDINAL, Kind.NUMBER)
    if weekday and shape in {"", Kind.WHICH}:
        choice = _read_weekday(weekday, rest[0] if rest else None, today)
    else:
        choice = _read_date(shape, rest, today)
        if weekday:
            choice = _check_weekday(choice, weekday, year_given=shape not in {"DM", "MD"})
    doubt = next((token.doubt for token in words if token.doubt), "")
    dates = choice.dates[:1] if shape == Kind.NUMBER else choice.dates
    return DayChoice(dates, doubt or choice.problem)


def _read_date(shape: str, tokens: list[Token], today: date) -> DayChoice:
    """Read everything but weekdays. `shape` spells the tokens' kinds, ordinals as numbers."""
    by_kind = {token.kind: token for token in tokens}
    months = by_kind[Kind.MONTH].values if Kind.MONTH in by_kind else ()
    year = int(by_kind[Kind.YEAR].text) if Kind.YEAR in by_kind else None
    days = [int(t.numbers[0]) for t in tokens if t.kind in {Kind.NUMBER, Kind.ORDINAL}]
    match shape:
        case "":
            problem = "A time without a day is not enough; add the day."
            return DayChoice((today, today + timedelta(days=1)), problem)
        case "R":
            shifts = by_kind[Kind.RELATIVE].values
            return DayChoice(tuple(today + timedelta(days=shift) for shift in shifts))
        case "N":
            return _read_triple(tokens[0].text, tokens[0].numbers, today)
        case "DDY" | "YDD":
            numbers = tuple(token.numbers[0] for token in tokens)
            return _read_triple(" ".join(numbers), numbers, today)
        case "X" | "G":
            return _read_pair(tokens[0], today)
        case "XM" | "XMY" | "MX" | "MXY":
            days = [int(number) for number in by_kind[Kind.PAIR].numbers]
            dates = _unique(_near_date(year, month, day, today) for month in months for day in days)
            return DayChoice(dates, "These are two days; give only the day of the appointment.")
        case "D":
            problem = (
                f"{quote(tokens[0].text)} is not enough for a date; "
                "add the month, as in 10 Dec, and write a time as 10:00 or 2 pm."
            )
            return DayChoice(_days_to_come(days[0], today), problem)
        case "DMD" | "MDD":
            return _read_short_year(tokens[-1], months, days[0], today)
        case "DM" | "MD" | "DMY" | "MDY" | "YMD":
            choices = [_near_date(year, month, days[0], today) for month in months]
            return choices[0] if len(choices) == 1 else DayChoice(_unique(choices))
        case _:  # a month or a year without a day
            shown = " ".join(token.text for token in tokens)
            return DayChoice((), f"{quote(shown)} has no day; add the day, as in 10 Dec 2026.")


def _near_date(year: int | None, month: int, day: int, today: date) -> DayChoice:
    """Return the date, or near ones if there is no such date or it needs a year."""
    if year is None:
        return _near_without_year(month, day, today)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return DayChoice((), year_problem(year))
    if 1 <= day <= _month_length(year, month):
        return DayChoice((date(year, month, day),))
    problem = f"There is no {day} {MONTHS[month - 1]} {year}; check the day."
    return DayChoice(_month_end(year, month) if day else (), problem)


def _near_without_year(month: int, day: int, today: date) -> DayChoice:
    years = [y for y in range(today.year, today.year + 9) if 1 <= day <= _month_length(y, month)]
    name = f"{day} {MONTHS[month - 1]}"
    if today.year not in years:
        dates: tuple[date, ...] = _month_end(today.year, month)
        if dates[-1] < today:
            dates = _month_end(today.year + 1, month)
        if not years:  # 31 November
            return DayChoice(dates if day else (), f"There is no {name}; check the day.")
        leap = date(years[0], month, day)
        problem = f"There is no {name} in {today.year}; add the year or choose another day."
        near = () if dates[0].year == leap.year else dates
        return DayChoice((*near, leap), problem)
    this_year, next_time = (date(year, month, day) for year in years[:2])
    if this_year >= today:
        return DayChoice((this_year,))
    return DayChoice(
        (this_year, next_time), f"{name} has already passed this year, {today.year}; add the year."
    )


def _read_triple(shown: str, numbers: tuple[str, ...], today: date) -> DayChoice:
    """Read three numbers: year first, or the year last and day and month in either order."""
    first, second, third = (int(number) for number in numbers)
    match tuple(len(number) for number in numbers):
        case (4, 1 | 2, 1 | 2) if second > 12:
            swapped = _possible_dates([(first, third, second)])
            return DayChoice(swapped, f"There is no month {second} in {quote(shown)}; check it.")
        case (4, 1 | 2, 1 | 2) if second:
            return _near_date(first, second, third, today)
        case (1 | 2, 1 | 2, 4):
            pairs = {(month, day) for day, month in ((first, second), (second, first))}
            pairs = {(month, day) for month, day in pairs if 1 <= month <= 12}
            if len(pairs) == 1:
                return _near_date(third, *pairs.pop(), today)
            if pairs and not FIRST_YEAR <= third <= LAST_YEAR:
                return DayChoice((), year_problem(third))
            return _several(shown, _possible_dates((third, *pair) for pair in pairs))
        case (1 | 2, 1 | 2, 1 | 2):
            orders = ((third, second, first), (third, first, second), (first, second, third))
            dates = _possible_dates((2000 + year, month, day) for year, month, day in orders)
            nearest = tuple(sorted(dates, key=lambda day: abs(day - today)))
            return DayChoice(nearest, f"The year in {quote(shown)} needs four digits.")
        case _:
            return _several(shown, ())


def _several(shown: str, dates: tuple[date, ...]) -> DayChoice:
    if not dates:
        return DayChoice((), f"{quote(shown)} is not a date; check the numbers.")
    meanings = " or ".join(f"{day.day} {MONTHS[day.month - 1]}" for day in dates)
    return DayChoice(dates, f"{quote(shown)} can mean {meanings}; write the month as a word.")


def _read_pair(token: Token, today: date) -> DayChoice:
    """Read two numbers, a day and a month in either order. Never settled: it may be a range."""
    if max(map(len, token.numbers)) > 2:
        return DayChoice((), f"{quote(token.text)} has no day; add the day, as in 10 Dec 2026.")
    first, second = (int(number) for number in token.numbers)
    coming = []
    for day, month in sorted({(first, second), (second, first)}):
        if 1 <= month <= 12 and 1 <= day <= _month_length(2000, month):
            coming.append(_near_date(None, month, day, today).dates[-1])
    dates = tuple(sorted(coming))
    return DayChoice(dates, f"{quote(token.text)} can be misread; write the month as a word.")


def _read_short_year(token: Token, months: tuple[int, ...], day: int, today: date) -> DayChoice:
    choices = [_near_date(2000 + int(token.numbers[0]), month, day, today) for month in months]
    problem = (
        f"{quote(token.text)} may be a year or an hour; "
        "write a year with four digits and a time as 10:00 or 2 pm."
    )
    return DayChoice(_unique(choices), problem)


def _read_weekday(weekday: Token, which: Token | None, today: date) -> DayChoice:
    """Read a weekday without a date, which may be in this week or another."""
    back = which is not None and which.text.lower() in {"last", "past"}
    coming = which is not None and not back
    days = range(-14, 0) if back else range(int(coming), 14 + int(coming))
    near = (today + timedelta(days=shift) for shift in days)
    dates = tuple(day for day in near if day.weekday() in weekday.values)
    shown = f"{which.text} {weekday.text}" if which else weekday.text
    return DayChoice(dates, f"{quote(shown)} may mean more than one date; give the date.")


def _check_weekday(choice: DayChoice, weekday: Token, *, year_given: bool) -> DayChoice:
    matching = tuple(day for day in choice.dates if day.weekday() in weekday.values)
    if choice.problem or matching or len(choice.dates) != 1:
        return DayChoice(matching or choice.dates, choice.problem)
    [given] = choice.dates
    near = [given + timedelta(days=shift) for shift in range(-6, 7)]
    wanted = [given, *(day for day in near if day.weekday() in weekday.values)]
    if not year_given:
        later = _possible_dates([(given.year + 1, given.month, given.day)])
        wanted += [day for day in later if day.weekday() in weekday.values]
    name = " or a ".join(WEEKDAYS[value] for value in weekday.values)
    problem = f"{describe_date(given)} is not a {name}; correct the weekday or the date."
    return DayChoice(tuple(wanted), problem)


def _days_to_come(day: int, today: date) -> tuple[date, ...]:
    """Return the dates of the next 14 months that have this day of the month, from today on."""
    months = range(today.month - 1, today.month + 13)
    wanted = _possible_dates((today.year + month // 12, month % 12 + 1, day) for month in months)
    return tuple(found for found in wanted if found >= today)


def _possible_dates(parts: Iterable[tuple[int, int, int]]) -> tuple[date, ...]:
    """Return the dates among (year, month, day), in order, each once."""
    found = {
        date(year, month, day)
        for year, month, day in parts
        if FIRST_YEAR <= year <= LAST_YEAR
        and 1 <= month <= 12
        and 1 <= day <= _month_length(year, month)
    }
    return tuple(sorted(found))


def _unique(choices: Iterable[DayChoice]) -> tuple[date, ...]:
    return tuple(dict.fromkeys(day for choice in choices for day in choice.dates))


def _month_end(year: int, month: int) -> tuple[date, date]:
    """Return the last day of the month and the 1st of the next."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1), following


def _month_length(year: int, month: int) -> int:
    return _month_end(year, month)[0].day
