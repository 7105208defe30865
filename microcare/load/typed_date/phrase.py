"""A phrase of many words to every reading that it has as a day and a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import permutations, product
from typing import TYPE_CHECKING

from microcare.core.values import value
from microcare.load.clock_times import Choice
from microcare.load.typed_date.day import DAY_SHAPE, is_year, read_day
from microcare.load.typed_date.hour import CLOCK_SHAPE, read_hour, read_offset
from microcare.load.typed_date.when import EXAMPLE, When, find_when
from microcare.load.typed_date.words import Found, Phrase, compile_spaced, respell_words

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_MOST_PARTS = 16
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
