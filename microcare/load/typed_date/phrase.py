"""A date typed for an appointment or for what was done: one reading is taken, else refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import permutations, product
from typing import TYPE_CHECKING

from microcare.core.values import value
from microcare.load.clock_times import Choice
from microcare.load.typed_date.day import DAY_SHAPE, is_year, read_day
from microcare.load.typed_date.hour import CLOCK_SHAPE, read_hour, read_offset
from microcare.load.typed_date.when import (
    When,
    WhenError,
    find_when,
    format_when,
    read_canonical,
)
from microcare.load.typed_date.words import (
    Found,
    Phrase,
    compile_spaced,
    mask_words,
    quote_typed,
    respell_words,
)

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

EXAMPLE = "write it like 2026-12-10 14:30 or 10 Dec 2026 2:30 pm"
LONGEST_PHRASE = 100
_MOST_PARTS = 16
# Pasted text brings these; each stands for its plain one and for nothing else.
_SPACES = r"[ \t\n\r\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+"
_PLAIN = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212\u2018\u2019", "------''")
_ZONE = (
    "is not understood in a date; leave it out and name the zone with --tz, "
    "or give the offset from UTC, as in 14:30 UTC-05:00."
)
_DAY, _TIME = "[NRMW]", "[TLPX]"
# Why known words make no phrase, by the kinds of its parts. The first that fits is told.
_FAULTS = (
    ("[SKX-]", "is not one moment; give only the day and time of the start."),
    ("([TL]|DP).*([TL]|DP)", "has more than one time; give only the start."),
    ("[NRM].*[NRM]|W.*W", "has more than one day; give only the day of the appointment."),
)


def parse_when(text: str, *, now: datetime, zone: ZoneInfo) -> When:
    """Return the one day or moment that `text` can mean, seen from `now` in `zone`.

    `now` is aware; it says what today is, and so which dates without a year have passed. Text
    with an offset is that instant, converted to `zone`. Raises `WhenError` for everything else:
    nothing is guessed, no word passed over.
    """
    if now.utcoffset() is None:
        raise ValueError("now must be aware")
    desk = Desk(now.astimezone(zone).date(), zone)
    if problem := find_when(desk.today, None, None, zone).problem:
        raise WhenError(problem)
    plain = _clean_text(text)
    digits = "".join(str(int(c)) if c.isdecimal() else c for c in plain)
    choice = read_canonical(plain, zone) or desk.read(mask_words(digits))
    readings = tuple(dict.fromkeys(map(format_when, choice.values)))
    shown, problem = quote_typed(plain), choice.problem
    if digits != plain:
        problem = f"Write the numbers in {shown} with the digits 0 to 9."
    elif not problem and len(readings) > 1:
        problem = f"{shown} can be read in more than one way."
    if problem:
        raise WhenError(problem if shown in problem else f"{shown}: {problem}", readings)
    return choice.values[0]


def parse_last(text: str, *, now: datetime, zone: ZoneInfo) -> When:
    """Return the day or moment that `text` can mean, of something that was done or is planned.

    A date without a year that has passed this year is this year's. One that is to come may be last
    year's, and a weekday last week's, so that it is refused with both. Raises WhenError as
    `parse_when` does.
    """
    today = now.astimezone(zone).date()
    try:
        when = parse_when(text, now=now, zone=zone)
    except WhenError as error:
        with suppress(WhenError):
            passed = parse_when(f"{text} {today.year}", now=now, zone=zone)
            if format_when(passed) in error.readings[:1]:
                return passed
        earlier = (_find_earlier(text, each, today) for each in error.readings)
        readings = sorted({*error.readings, *filter(None, earlier)})
        raise WhenError(error.message, tuple(readings)) from error
    reading, kinds = format_when(when), {*mask_words(text).mask}
    before = _find_earlier(text, reading, today, by_week="M" not in kinds)
    if before is None or "R" in kinds or not kinds & {"M", "W"}:  # tomorrow, 2026-12-10
        return when
    shown = " ".join(text.split())[:60]
    message = f"'{shown}' may lie behind or ahead; give the whole date."
    raise WhenError(message, (before, reading))


def _find_earlier(text: str, reading: str, today: date, *, by_week: bool = False) -> str | None:
    """Return a reading that is to come a year or a week earlier, if `text` has not its year."""
    day = date.fromisoformat(reading[:10])
    if day > today and not re.search(rf"{day.year}|['’]{day.year % 100:02}", text):
        with suppress(ValueError):  # no 29 February
            earlier = day - timedelta(days=7) if by_week else day.replace(year=day.year - 1)
            return f"{earlier}{reading[10:]}"
    return None


def _clean_text(text: str) -> str:
    """Return the text with single plain spaces, plain dashes and apostrophes, or refuse it."""
    plain = re.sub(_SPACES, " ", text.translate(_PLAIN)).strip(" ")
    if not plain:
        raise WhenError(f"No date was given; {EXAMPLE}.")
    if len(plain) > LONGEST_PHRASE:
        raise WhenError(f"This is {len(plain)} characters long, too long for a date; {EXAMPLE}.")
    if not plain.isprintable():
        shown = quote_typed(plain)
        raise WhenError(f"There are invisible characters in {shown}; type the date by hand.")
    return plain


def split_phrase(phrase: Phrase, today: date) -> Iterator[tuple[Found | None, Found | None]]:
    """Yield every way to part a phrase into a day and a time, the longest day first."""
    mask = phrase.mask
    day_shape, clock_shape = compile_spaced(DAY_SHAPE), compile_spaced(CLOCK_SHAPE)
    if day := day_shape.fullmatch(mask):
        yield day, None
    for part in reversed(phrase.parts):
        for days, times in permutations([(0, part.start()), (part.start(), len(mask))]):
            day, clock = day_shape.fullmatch(mask, *days), clock_shape.fullmatch(mask, *times)
            if day and clock and _is_beside(day, clock, today):
                yield day, clock
    if (clock := clock_shape.fullmatch(mask)) and _is_beside(None, clock, today):
        yield None, clock


def _is_beside(day: Found | None, clock: Found, today: date) -> bool:
    """Tell whether what may be a time is one where it stands, before or after its day."""
    typed = clock["time"] or ""
    year = len(typed) == 4 and typed.isdigit() and not clock["at"] and is_year(typed, today)
    if day and day.start() < clock.start():
        return not (clock["tail"] or year)
    rest = r"\d{4}_|\d\d?(?:E*|\.\d+)_*(?:W|$)"
    if clock["tail"] and (day is None or re.match(rest, clock.string[clock.end() :])):
        return False  # 11:15 -2030 Dec 10
    is_bare = clock["hour"] == typed and not clock["at"]
    before_month = day and re.fullmatch(r"M+\D*\d\d?", day["month"] or "")
    dotted = before_month and clock["joint"] == "." and "P" not in typed  # 10.12 Dec 29
    return not (clock["alone"] or year or is_bare or dotted)


@value
class Desk:
    """Where a date is typed: the day that it is there, and the zone."""

    today: date
    zone: ZoneInfo

    def read(self, phrase: Phrase) -> Choice[When]:
        """Return the one meaning, or what may be meant and what is wrong."""
        choices = [*self.read_splits(phrase)]
        clean = [choice for choice in choices if not choice.problem]
        return Choice.join(clean or choices) if choices else self._explain(phrase)

    def read_splits(self, phrase: Phrase) -> Iterator[Choice[When]]:
        """Yield all that a phrase may mean, for each way to part it into a day and a time."""
        for days, clock in split_phrase(phrase, self.today):
            day = read_day(phrase, days, self.today, timed=clock is not None)
            depends = days is not None and days.lastgroup in {"relative", "weekday"}
            hour = read_hour(phrase, clock, depends=depends)
            offset = read_offset(phrase, clock, depends=depends)
            parts = product(day.values, hour.values, offset.values)
            whens = Choice.join(find_when(*each, self.zone) for each in parts)
            problems = (phrase.doubt, day.problem, hour.problem, offset.problem, whens.problem)
            yield Choice(whens.values, next(filter(None, problems), ""))

    def _explain(self, phrase: Phrase) -> Choice[When]:
        """Say why a phrase has no day and time, and what is left of it that has."""
        parts, shown = phrase.parts, phrase.quote()
        if unknown := re.search(r"\?(.*\?)?", phrase.mask):
            spelt = (each for each in respell_words(phrase) if any(split_phrase(each, self.today)))
            if right := next(spelt, None):
                return self.read(right)
            return Choice((), f"Not understood: {phrase.quote(unknown.span())}; {EXAMPLE}.")
        if len(parts) > _MOST_PARTS:
            return Choice((), f"{shown} is too long for a date; {EXAMPLE}.")
        kinds = "".join(part.lastgroup or part[0][0] for part in parts)
        if zone := re.search("[ZG]", kinds):
            place = zone.start()
            shown = phrase.quote(parts[place].span())
            whens = self._settle(phrase, [parts[:place] + parts[place + 1 :]])
            timed = (each for each in whens if each.start)  # where its zone goes by that name
            here = (w for w in timed if shown.lower() in f"'{self.zone}' '{w.start:%Z}'".lower())
            return Choice(tuple(here), f"{shown} {_ZONE}")
        for pattern, fault in _FAULTS:
            if re.search(pattern, kinds):
                return Choice(self._settle(phrase, _take_out(parts, kinds)), f"{shown} {fault}")
        orders = (parts[:i] + parts[i + 1 :] + [parts[i]] for i in range(len(parts)))
        whens = self._settle(phrase, orders) if re.search(_DAY, kinds) else ()  # not 2028 4 02:05 8
        return Choice(whens, f"{shown} is in an order that can be misread; {EXAMPLE}.")

    def _settle(self, phrase: Phrase, left: Iterable[list[Found]]) -> tuple[When, ...]:
        """Return what is meant without a doubt by some of the parts of a phrase."""
        choices = (choice for parts in left for choice in self.read_splits(phrase.pick(parts)))
        return Choice.join(choice for choice in choices if not choice.problem).values


def _take_out(parts: list[Found], kinds: str) -> Iterator[list[Found]]:
    """Yield what is left of the parts without some neighbours, few and late ones first.

    Of `10 Dec or 11 Dec` that is either date. Words that join two parts always go, but never the
    only day, time or year, nor the start of an end, half a time, or a day and another one's time.
    """
    first = 1 if kinds[0] in "SK-" else 0
    start = re.search("[TLP]", kinds) if re.search("[S-]", kinds) else None
    for length in range(len(kinds) - first):
        for cut in range(len(kinds) - length, first - 1, -1):
            end = cut + length
            kept, gone = kinds[first:cut] + kinds[end:], kinds[cut:end]
            lost = [kind for kind in ("[NM]", _DAY, _TIME) if re.search(kind, gone)]
            # Days, years and bare hours for each month.
            left, all_ = (len(re.findall("D(?!P)", k)) / (k.count("M") or 1) for k in (kept, kinds))
            if not (
                re.search("[SK-]", kept)
                or any(not re.search(kind, kept) for kind in lost)
                or left < all_
                or (start and cut <= start.start() < end)
                or (gone and {gone[0], *kinds[end : end + 1]} & {*"POU"})
                or ({_DAY, _TIME} <= {*lost} and first < cut and end < len(kinds))
            ):
                yield parts[first:cut] + parts[end:]
