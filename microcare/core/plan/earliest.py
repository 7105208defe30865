"""The earliest appointment that breaks no ban before it, found by dating one after another."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice

from microcare.core.plan.last_times import LastTime, lies_before, list_concerned
from microcare.core.plan.openings import (
    Inquiry,
    Opening,
    OpeningSearch,
    Pair,
    VisitDates,
)
from microcare.core.sheet.conditions import Answer, evaluate
from microcare.core.sheet.desk import OpeningHours
from microcare.core.sheet.instruction import Instruction, Strength
from microcare.core.values import replace, value

_DAY = timedelta(days=1)


@value
class Candidate:
    """One ban and the last time that it is about: the earliest date that this alone allows.

    `recommended` keeps the further end of a range, and what should be; `earliest` is None for a ban
    that only should be kept. `binds` is whether no other asks for a later date.
    """

    instruction: Instruction
    last: LastTime
    applies: Answer
    earliest: Opening | None
    recommended: Opening
    binds: bool = False


@value
class Earliest:
    """The earliest appointments, and why none is earlier.

    `offers` are the first dates; there is none where the clinic has been closed for two years.
    `candidates` are the bans that reach beyond now, what binds first. `before` is from and until
    when an appointment is free before all that is planned. Of the `silent` the protocol states no
    interval, the `undated` are bans of which no date is known.
    """

    offers: tuple[Opening, ...]
    recommended: Opening | None
    candidates: tuple[Candidate, ...]
    before: tuple[Opening, Opening] | None
    silent: tuple[LastTime, ...]
    undated: tuple[tuple[Instruction, LastTime], ...]

    @property
    def earliest(self) -> Opening | None:
        """The first of all."""
        return self.offers[0] if self.offers else None


def find_earliest(inquiry: Inquiry, count: int = 1) -> Earliest:
    """Return the `count` earliest dates, the recommended one, and what binds."""
    pairs: list[Pair] = []
    silent = []
    for last in (each for each in inquiry.lasts if each.day is not None):
        concerned = [
            ban
            for ban in list_concerned(inquiry.protocol, last.topic)
            if ban.window.at is None
            and (ban.condition is None or evaluate(ban.condition, inquiry.answers) is not Answer.NO)
        ]
        # Of what is planned the rules of afterwards say whether an appointment may come first.
        bans = [ban for ban in concerned if last.planned or lies_before(ban)]
        pairs += [(ban, last) for ban in bans]
        silent += [] if bans else [last]
    dates = VisitDates(inquiry, [ban for ban, _ in pairs])
    undated = tuple(each for each in pairs if not dates.has_date(each[0]))
    dated = tuple(each for each in pairs if each not in undated)
    times = inquiry.hours
    must = OpeningSearch(dates, dated, times, advised=False)
    should = OpeningSearch(dates, dated, times, advised=True)
    offers = tuple(islice(must.list_openings(), count))
    return Earliest(
        offers=offers,
        recommended=next(should.list_openings(), None),
        candidates=_list_candidates(dates, dated, offers[0] if offers else Opening(dates.today)),
        before=_find_before(dates, dated, times),
        silent=tuple(silent),
        undated=undated,
    )


def _list_candidates(
    dates: VisitDates, pairs: tuple[Pair, ...], chosen: Opening
) -> tuple[Candidate, ...]:
    """Return the bans for which an appointment has to wait, each by itself."""
    found = []
    for pair in pairs:
        must, should = (
            next(
                OpeningSearch(dates, (pair,), OpeningHours(), advised=advised).list_openings(), None
            )
            for advised in (False, True)
        )
        instruction, last = pair
        if not lies_before(instruction) and any(
            other is last and lies_before(ban) for ban, other in pairs
        ):
            continue
        applies = dates.evaluate(instruction, chosen)
        if must is None or should is None or applies is Answer.NO:
            continue
        if dates.is_later(must) or dates.is_later(should):
            is_must = instruction.strength is Strength.MUST or last.planned
            found.append(Candidate(instruction, last, applies, must if is_must else None, should))
    starts = [dates.find_start(each.earliest) for each in found if each.earliest is not None]
    latest = max(starts, default=None)

    def binds(each: Candidate) -> bool:
        return each.earliest is not None and dates.find_start(each.earliest) == latest

    def order(each: Candidate) -> tuple[bool, datetime]:
        return each.binds, dates.find_start(each.earliest or each.recommended)

    bound = (replace(each, binds=binds(each)) for each in found)
    return tuple(sorted(bound, key=order, reverse=True))


def _find_before(
    dates: VisitDates, pairs: tuple[Pair, ...], times: OpeningHours
) -> tuple[Opening, Opening] | None:
    """Return from and until when an appointment is free before all that is planned."""
    planned = [dates.span(last)[0] for _, last in pairs if last.planned]
    if not planned:
        return None
    ends = min(planned)
    behind = tuple(pair for pair in pairs if not pair[1].planned)
    first = next(OpeningSearch(dates, behind, times, advised=False).list_openings(), None)
    if first is None or dates.find_start(first) >= ends:
        return None
    if not dates.is_fine(first, pairs, advised=False):
        return None
    day = dates.find_date(ends)
    while day > first.day:
        day -= _DAY
        if times.is_open(day) and dates.is_fine(Opening(day), pairs, advised=False):
            return first, Opening(day)
    return first, first
