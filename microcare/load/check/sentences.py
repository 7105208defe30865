"""A sentence against its own rule: a time, an SPF, a dose or a total that differs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations, product

from microcare.core.plan.plan import Plan
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
from microcare.core.sheet.problems import Code
from microcare.core.sheet.protocol import Protocol
from microcare.core.time.anchors import list_point_anchors
from microcare.core.values import value
from microcare.load.check.doubts import Doubt, Entry, find_child
from microcare.load.check.figures import (
    DAY_HOURS,
    Figure,
    find_day_numbers,
    find_intervals,
    find_measures,
    find_other,
    find_rates,
    find_spans,
    find_spf,
    find_times,
    find_totals,
    fold_figures,
    make_number,
    make_span,
)
from microcare.load.source.refusals import quote
from microcare.wording.rules import rule_text

_NUMBER = re.compile(r"\d|noon|midday|midnight|once|twice")
_LOOSE = frozenset({Qualifier.UP_TO, Qualifier.WITHIN, Qualifier.AT_LEAST})


def check_figures(
    entries: tuple[Entry, ...], protocol: Protocol, plans: tuple[Plan, ...]
) -> Iterator[Doubt]:
    """Yield the sentences that name another length, time of day, SPF, dose or total than the rule.

    Only of English. A sentence may leave figures out and add some; what is told is one that stands
    where the rule has another.
    """
    if not _is_english(protocol):
        return
    totals = _count_doses(plans)
    for entry in entries:
        said = find_child(entry.node, "say")
        text = fold_figures(entry.instruction.text)
        if said is None or entry.instruction.verb.traits.screens or not _NUMBER.search(text):
            continue
        found = _compare(text, entry.instruction, protocol, totals.get(entry.instruction.id, ()))
        if found is not None:
            yield Doubt(said.mark, *found)


def _compare(
    text: str, instruction: Instruction, protocol: Protocol, doses: tuple[int, ...]
) -> tuple[Code, str, str] | None:
    """Return the code, the message and the hint for the first figure that differs."""
    rule = _RuleFigures(instruction, protocol)
    beside = fold_figures(" . ".join(rule.texts()))
    spans, own_spans = find_spans(text), tuple(rule.spans_of_amounts())
    # What needs no time speaks of other lengths: how long a pain lasts, how long ago it was.
    if instruction.verb.traits.needs_no_time and not own_spans:
        spans = tuple(each for each in spans if each.side is not None)
    compared = (
        (
            Code.OTHER_TIME,
            spans,
            (*own_spans, *rule.spans()),
            (*rule.further_spans(), *find_spans(beside)),
        ),
        (Code.OTHER_TIME, find_day_numbers(text), rule.day_numbers(), find_day_numbers(beside)),
        (
            Code.OTHER_TIME,
            find_times(text),
            rule.times(),
            (*rule.further_times(), *find_times(beside)),
        ),
        (Code.OTHER_TIME, find_intervals(text), rule.intervals(), find_intervals(beside)),
        (
            Code.OTHER_TIME,
            find_rates(text),
            rule.rates(),
            (*rule.further_rates(), *find_rates(beside)),
        ),
        (Code.OTHER_SPF, find_spf(text), rule.spf(), find_spf(beside)),
        (Code.OTHER_DOSE, find_measures(text), rule.measures(), find_measures(beside)),
    )
    for code, said, own, further in compared:
        other = find_other(said, own, further)
        if other is not None:
            return _tell(code, *other)
    totals, counts = rule.totals(doses), instruction.repetition
    has_count = counts is not None and counts.count_max is not None
    other = find_other(find_totals(text, counts=has_count), totals, rule.further_totals(doses))
    if other is not None:
        return _tell(Code.OTHER_TOTAL, *other)
    return _tell_endless(instruction, find_spans(text), find_spans(beside))


def _tell(code: Code, said: Figure, own: Figure) -> tuple[Code, str, str]:
    message = f"The sentence says {quote(said.words)}, the rule {quote(own.words)}."
    return code, message, "correct one of the two; patients follow the sentence, dates the rule"


def _tell_endless(
    instruction: Instruction, said: tuple[Figure, ...], beside: tuple[Figure, ...]
) -> tuple[Code, str, str] | None:
    """Return what to say of a ban without any end whose sentence has a length."""
    window = instruction.window
    stated = (window.at, window.until, window.until_state, window.until_words)
    bans = instruction.verb.traits.restricts and not instruction.verb.traits.is_interval
    is_endless = bans and not any(each is not None for each in stated)
    if not is_endless or isinstance(window.start, Offset | RelativeDay | NumberedDay | Clock):
        return None
    bound = [each for each in said if each.is_bound and not any(map(each.agrees, beside))]
    if not bound:
        return None
    message = f"The sentence says “for {bound[0].words}”, but the rule has no end."
    return Code.OTHER_TIME, message, f"add “until: {bound[0].words} after”, or its own time"


def _is_english(protocol: Protocol) -> bool:
    return protocol.language.lower().startswith("en")


def _count_doses(plans: tuple[Plan, ...]) -> Mapping[str, tuple[int, ...]]:
    counts: dict[str, set[int]] = {}
    for each in (each for plan in plans for each in plan.instructions):
        if each.doses:
            counts.setdefault(each.instruction.id, set()).add(len(each.doses))
    return {name: tuple(sorted(each)) for name, each in counts.items()}


@value
class _RuleFigures:
    """The figures of a rule: those that its sentence may not contradict, and `further` ones."""

    instruction: Instruction
    protocol: Protocol

    def _points(self) -> list[Point]:
        window = self.instruction.window
        points = (window.start, window.until, window.at)
        return list(dict.fromkeys(each for each in points if each is not None))

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
        others = [s for e in counted for s in _RuleFigures(e, self.protocol).spans()]
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

    def further_times(self) -> Iterator[Figure]:
        """Yield the midnights of whole days, and the times on which the rule depends."""
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
                least, most = number
                words = (
                    f"{least} times a day" if least == most else f"{least} to {most} times a day"
                )
                yield make_number(words, least, most, unit="times a day")

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

    def totals(self, doses: tuple[int, ...]) -> Iterator[Figure]:
        """Yield the number in all: the sheet's own, or that of the dated doses."""
        for each in self._rhythms():
            if each.count_min is not None and each.count_max is not None:
                least, most = each.count_min, each.count_max
                words = f"count: {least}" if least == most else f"count: {least} to {most}"
                yield make_number(words, least, most, unit="total")
                return
        if doses:
            least, most = doses[0], doses[-1]
            words = f"{least} doses" if least == most else f"{least} to {most} doses"
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


def _days(number: int) -> Quantity:
    return Quantity(number, number, Unit.DAY)


def _make_time(words: str, least: int, most: int) -> Figure:
    midnight = least == most and least % DAY_MINUTES == 0
    times = ((0, 0), (DAY_MINUTES, DAY_MINUTES)) if midnight else ((least, most),)
    return Figure(words, (tuple((Fraction(a), Fraction(b)) for a, b in times),), "time of day")
