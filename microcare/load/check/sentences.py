"""A sentence against its own rule: a time, an SPF, a dose or a total that differs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from microcare.core.plan.plan import Plan
from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.points import Clock, NumberedDay, Offset, RelativeDay
from microcare.core.sheet.problems import Code
from microcare.core.sheet.protocol import Protocol
from microcare.load.check.doubts import Doubt, Entry, find_child
from microcare.load.check.figures import (
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
)
from microcare.load.check.rule_figures import RuleFigures
from microcare.load.source.refusals import quote

_NUMBER = re.compile(r"\d|noon|midday|midnight|once|twice")


def check_figures(
    entries: tuple[Entry, ...], protocol: Protocol, plans: tuple[Plan, ...]
) -> Iterator[Doubt]:
    """Yield the sentences that name another length, time of day, SPF, dose or total than the rule.

    Only of English. A sentence may leave figures out and add some; what is told is one that stands
    where the rule has another.
    """
    if not protocol.language.lower().startswith("en"):
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
    rule = RuleFigures(instruction, protocol)
    beside = fold_figures(" . ".join(rule.texts()))
    spans = find_spans(text)
    # What needs no time speaks of other lengths: how long a pain lasts, how long ago it was.
    if instruction.verb.traits.needs_no_time and not any(rule.spans_of_amounts()):
        spans = tuple(each for each in spans if each.side is not None)
    own_spans = (*rule.spans_of_amounts(), *rule.spans())
    own_days, own_doses = rule.day_numbers(), rule.measures()
    compared = (
        (Code.OTHER_TIME, spans, own_spans, (*rule.further_spans(), *find_spans(beside))),
        (Code.OTHER_TIME, find_day_numbers(text), own_days, find_day_numbers(beside)),
        (Code.OTHER_TIME, find_times(text), rule.times(), rule.further_times(beside)),
        (Code.OTHER_TIME, find_intervals(text), rule.intervals(), ()),
        (Code.OTHER_TIME, find_rates(text), rule.rates(), rule.further_rates()),
        (Code.OTHER_SPF, find_spf(text), rule.spf(), find_spf(beside)),
        (Code.OTHER_DOSE, find_measures(text), own_doses, find_measures(beside)),
        (
            Code.OTHER_TOTAL,
            find_totals(text, counts=rule.has_count),
            rule.totals(doses),
            rule.further_totals(doses),
        ),
    )
    for code, said, own, further in compared:
        other = find_other(said, own, further)
        if other is not None:
            return _tell(code, *other)
    return _tell_endless(instruction, spans, find_spans(beside))


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


def _count_doses(plans: tuple[Plan, ...]) -> Mapping[str, tuple[int, ...]]:
    counts: dict[str, set[int]] = {}
    for each in (each for plan in plans for each in plan.instructions):
        if each.doses:
            counts.setdefault(each.instruction.id, set()).add(len(each.doses))
    return {name: tuple(sorted(each)) for name, each in counts.items()}
