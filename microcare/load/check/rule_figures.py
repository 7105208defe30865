"""The figures of a rule, in the form in which those of a sentence are found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product

from microcare.core.sheet.anchoring import list_point_anchors
from microcare.core.sheet.conditions import list_condition_factors
from microcare.core.sheet.instruction import Amounts, Instruction, Repetition
from microcare.core.sheet.points import (
    APPOINTMENT,
    DAY_MINUTES,
    Clock,
    Length,
    NumberedDay,
    Offset,
    Point,
    Qualifier,
    Quantity,
    RelativeDay,
    Side,
    Unit,
    is_whole_day,
)
from microcare.core.sheet.protocol import Protocol
from microcare.core.values import value
from microcare.load.check.figures import (
    DAY_HOURS,
    Figure,
    find_day_numbers,
    find_measures,
    find_spans,
    find_times,
    fold_figures,
    make_number,
    make_span,
)
from microcare.wording.rules import rule_text

_LOOSE = frozenset({Qualifier.UP_TO, Qualifier.WITHIN, Qualifier.AT_LEAST})


@value
class RuleFigures:
    """The figures of a rule: those that its sentence may not contradict, and `further` ones."""

    instruction: Instruction
    protocol: Protocol

    def _points(self) -> list[Point]:
        return list(dict.fromkeys(self.instruction.window.points))

    def _days(self) -> list[Point]:
        """Return the points, of a time of day its day."""
        return [each.day if isinstance(each, Clock) else each for each in self._points()]

    def _rhythms(self) -> list[Repetition]:
        own = self.instruction.repetition
        return [*([own] if own else []), *(each.repetition for each in self.instruction.steps)]

    def texts(self) -> Iterator[str]:
        """Yield the rule's own words, of which a sentence may name any figure."""
        each, protocol = self.instruction, self.protocol
        yield rule_text(each, protocol) or ""
        yield from (each.window.until_state or "", each.window.until_words or "", each.area or "")
        yield from (each.ask_first or "", each.override_by or "", each.call or "")
        yield from (protocol.title, protocol.procedure)
        if not each.verb.traits.screens:
            for topic in (*each.topics, *each.exceptions):
                yield from (protocol.topics[topic].label, *protocol.topics[topic].synonyms)
        for name in list_condition_factors(each.condition) if each.condition else ():
            factor = protocol.factors[name]
            yield from (factor.yes, factor.no, factor.ask)
        for amounts in self._amounts():
            yield from (amounts.dose or "", amounts.daily_max or "", amounts.threshold or "")

    def _amounts(self) -> list[Amounts]:
        own = self.instruction.amounts
        found = [own, *(each.amounts for each in self.instruction.steps)]
        kept = [each for each in found if each is not None]
        return [*kept, *(amounts for each in kept for _, amounts in each.by_topic)]

    def spans(self) -> Iterator[Figure]:
        """Yield the lengths of the window and of the steps."""
        words = rule_text(self.instruction, self.protocol) or ""
        for day in self._days():
            match day:
                case Offset(quantity=quantity, side=side, anchor=anchor, qualifier=hedge):
                    at = side if anchor == APPOINTMENT else None
                    yield make_span(quantity, words, at, is_loose=hedge in _LOOSE)
                case Length(quantity=quantity, qualifier=hedge):
                    yield make_span(quantity, words, is_loose=hedge in _LOOSE)
                case RelativeDay(days=days, anchor=anchor) if days:
                    nearer = Side.BEFORE if days < 0 else Side.AFTER
                    at = nearer if anchor == APPOINTMENT else None
                    yield make_span(_days(abs(days)), words, at, is_named=True)
        for step in self.instruction.steps:
            if step.length is not None:
                yield make_span(step.length, f"{step.length.least} {step.length.unit.value}s")

    def spans_of_amounts(self) -> Iterator[Figure]:
        """Yield how long a dose takes, and from how long on a symptom counts."""
        for amounts in self._amounts():
            for text in (amounts.dose, amounts.threshold):
                yield from find_spans(fold_figures(text or ""))

    def further_spans(self) -> Iterator[Figure]:
        """Yield what follows from the rule: sums, differences, numbered days, a visit's length."""
        anchors = (self.protocol.by_id.get(e) for e in list_point_anchors(self.instruction))
        counted = [e for e in anchors if e is not None]
        others = [s for e in counted for s in RuleFigures(e, self.protocol).spans()]
        yield from others
        yield from self.intervals()
        if self.protocol.duration is not None:
            minutes = int(self.protocol.duration.total_seconds() // 60)
            yield make_span(Quantity(minutes, minutes, Unit.MINUTE), "")
        numbers = [each.number for each in self._days() if isinstance(each, NumberedDay)]
        near = {each + more for each in numbers for more in (-1, 0, 1)}
        near |= {max(numbers) - min(numbers) + 1} if numbers else set()
        yield from (make_span(_days(each), "") for each in sorted(near) if each > 0)
        spans = (*self.spans(), *others)
        across = Side.DAY_OF if len({each.side for each in spans} - {None}) > 1 else None
        lengths = [each.ends[-1][0][0] for each in spans]
        sizes = [sum(lengths)] if len(lengths) > 1 else []
        sizes += [size for a, b in combinations(lengths, 2) for size in (abs(a - b), a + b)]
        for size in sizes:
            # From the day 2 before to the day 2 after is 5 days.
            for hours in (Fraction(size), Fraction(size) + DAY_HOURS):
                yield Figure("", (((hours, hours),),), side=across)

    def day_numbers(self) -> tuple[Figure, ...]:
        """Return the days to which the sheet gives a number."""
        return find_day_numbers(fold_figures(rule_text(self.instruction, self.protocol) or ""))

    def times(self) -> Iterator[Figure]:
        """Yield the times of day, a part of the day as the whole of it."""
        words = rule_text(self.instruction, self.protocol) or ""
        named = [each.time for each in self._points() if isinstance(each, Clock)]
        for time in (*named, *(each for rhythm in self._rhythms() for each in rhythm.times)):
            known = self.protocol.times_of_day.get(time.name or "", time)
            low, high = known.least, known.most
            said = words if time in named else time.name or f"{low // 60:02}:{low % 60:02}"
            yield _make_time(said, low, high)

    def further_times(self, beside: str) -> Iterator[Figure]:
        """Yield the midnights of whole days, the times of a condition, and those of other words."""
        yield from find_times(beside)
        if any(map(is_whole_day, self._points())):
            yield _make_time("", 0, 0)
        condition = self.instruction.condition
        for name in list_condition_factors(condition) if condition else ():
            before = self.protocol.factors[name].before
            if before is not None:
                yield _make_time("", before, before)

    def intervals(self) -> Iterator[Figure]:
        """Yield how often: “every 2 hours”."""
        for each in self._rhythms():
            if each.interval is not None:
                yield make_span(each.interval, f"every {each.every}")

    def rates(self) -> Iterator[Figure]:
        """Yield how many times a day."""
        for each in self._rhythms():
            number = each.daily or ((len(each.times),) * 2 if each.times else None)
            if number is not None:
                words = f"{_range_words(*number)} times a day"
                yield make_number(words, *number, unit="times a day")

    def further_rates(self) -> Iterator[Figure]:
        """Yield the times a day of medicines that are taken in turn, each for itself."""
        topics = len(self.instruction.topics)
        for each in self._rhythms():
            if each.in_turn and each.daily is not None:
                yield make_number("", each.daily[0] // topics, unit="times a day")

    def spf(self) -> Iterator[Figure]:
        """Yield the sun protection factors."""
        for each in self._amounts():
            if each.spf_min is not None:
                yield make_number(f"SPF {each.spf_min}", each.spf_min, unit="spf")

    def measures(self) -> Iterator[Figure]:
        """Yield what is weighed or measured of a dose or a day."""
        for each in self._amounts():
            for text in (each.dose, each.daily_max, each.threshold):
                yield from find_measures(fold_figures(text or ""))

    @property
    def has_count(self) -> bool:
        """Whether the sheet gives the number in all."""
        return any(each.count_max is not None for each in self._rhythms())

    def totals(self, doses: tuple[int, ...]) -> Iterator[Figure]:
        """Yield the number in all: the sheet's own, or that of the dated doses."""
        for each in self._rhythms():
            if each.count_min is not None and each.count_max is not None:
                least, most = each.count_min, each.count_max
                yield make_number(f"count: {_range_words(least, most)}", least, most, unit="total")
                return
        if doses:
            least, most = doses[0], doses[-1]
            words = f"{_range_words(least, most)} doses"
            yield Figure(words, (((Fraction(least), Fraction(most)),),), "total")

    def further_totals(self, doses: tuple[int, ...]) -> Iterator[Figure]:
        """Yield the number of tablets or glasses, where a dose is several."""
        sizes = [re.match(r"\d+", fold_figures(each.dose or "")) for each in self._amounts()]
        for total, size in product(self.totals(doses), sizes):
            if size is not None:
                ends = tuple(
                    tuple((low * int(size[0]), high * int(size[0])) for low, high in end)
                    for end in total.ends
                )
                yield Figure("", ends, "total")


def _range_words(least: int, most: int) -> str:
    return f"{least}" if least == most else f"{least} to {most}"


def _days(number: int) -> Quantity:
    return Quantity(number, number, Unit.DAY)


def _make_time(words: str, least: int, most: int) -> Figure:
    midnight = least == most and least % DAY_MINUTES == 0
    times = ((0, 0), (DAY_MINUTES, DAY_MINUTES)) if midnight else ((least, most),)
    return Figure(words, (tuple((Fraction(a), Fraction(b)) for a, b in times),), "time of day")
