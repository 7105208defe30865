"""One day of a plan as a patient lives it: sentences on what changes, holds, is taken."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import chain

from microcare.core.plan.days import Day
from microcare.core.plan.plan import Plan
from microcare.core.values import value
from microcare.language.locales import end_sentence, join_all
from microcare.language.messages import count, mark, say
from microcare.wording.dates import distance_words, full_date
from microcare.wording.plan.brief import BriefWriter
from microcare.wording.plan.entries import FOR_TODAY, GOES_ON, LAST_DAY, STILL, TIMES, WITHOUT
from microcare.wording.plan.freed import FINE, MAYBE
from microcare.wording.plan.lines import Entry, leave_out_asked, says_more
from microcare.wording.plan.words import refer_treatment
from microcare.wording.verbs import WORDS, Tone, brief_words


@value
class OneDay:
    """A day in sentences: what changes in the order of the day, what `holds` all day.

    `taken` are the doses, `expected` is what may be noticed.
    """

    title: str
    changes: tuple[str, ...]
    holds: tuple[str, ...]
    taken: tuple[str, ...]
    expected: str


def tell_day(plan: Plan, date: date) -> OneDay:
    """Return one day of a plan, also one on which nothing changes."""
    writer = BriefWriter(plan)
    day = writer.plan.find_day(date)
    now = (date - plan.visit.local_date(plan.now)).days
    # The doses of the day are told by themselves.
    parts = [[each for each in told if each.verb != TIMES] for told in writer.list_changes(day)]
    holds = tuple(write_sentences(writer.list_still(day, chain(*parts))))
    visits = (*map(end_sentence, writer.list_visits(day)), "")
    changes = ((*write_sentences(part), visit) for part, visit in zip(parts, visits, strict=True))
    return OneDay(
        title=f"{full_date(date)} · {distance_words(now)} · {tell_distance(day, plan)}",
        changes=tuple(filter(None, chain(*changes))),
        holds=holds,
        taken=tuple(write_sentences(writer.list_doses(day))),
        expected=" ".join(write_sentences(writer.list_expected(day))),
    )


def tell_distance(day: Day, plan: Plan) -> str:
    """Return how far a day is from the treatment: "2 days after the treatment".

    Of several treatments that is the one from which it is counted, by its name.
    """
    if len({each.visit.start for each in plan.treatments}) == 1:
        return _count_from_only(day)
    days, treated = abs(day.distance), day.treatments or (day.counted_from,)
    named = join_all(refer_treatment(each, plan) for each in treated)
    if not days:
        return say("the day of {treatment}", treatment=named)
    if day.distance < 0:
        return count(
            "{number} day before {treatment}",
            "{number} days before {treatment}",
            days,
            treatment=named,
        )
    return count(
        "{number} day after {treatment}", "{number} days after {treatment}", days, treatment=named
    )


def _count_from_only(day: Day) -> str:
    days = abs(day.distance)
    if not days:
        return say("the day of the treatment")
    if day.distance < 0:
        return count(
            "{number} day before the treatment", "{number} days before the treatment", days
        )
    return count("{number} day after the treatment", "{number} days after the treatment", days)


def count_days(day: Day) -> str:
    """Return how far another day is from the treatment's, which isn't named: "2 days after"."""
    days = abs(day.distance)
    if day.distance < 0:
        return count("{number} day before", "{number} days before", days)
    return count("{number} day after", "{number} days after", days)


_FRAMES = {words.brief: words.sentence for words in WORDS.values()} | {
    FOR_TODAY: mark("today avoid {what}"),
    GOES_ON: mark("avoid {what}"),
    WITHOUT: mark("come without {what}"),
    STILL: mark("still avoid {what}"),
    LAST_DAY: mark("today is the last day for {what}"),
    FINE: mark("fine again {since}: {what}"),
    MAYBE: mark("perhaps fine {since}: {what}"),
    TIMES: "{what}",
}
_OTHER = mark("{verb} {at}: {what}")


def write_sentences(entries: Iterable[Entry]) -> Iterable[str]:
    """Yield a sentence for each verb, time and condition."""
    told = tuple(leave_out_asked(tuple(entries)))
    alike: dict[str, list[Entry]] = {}
    for each in told:
        for label in each.labels:
            alike.setdefault(label, []).append(each)
    frames: dict[tuple[str, ...], Entry] = {}
    said: dict[tuple[str, ...], dict[str, list[str]]] = {}
    for each in told:
        frame = _frame(each, *(each.labels if each.stands_alone else ()))
        frames.setdefault(frame, each)
        names = said.setdefault(frame, {}).setdefault(each.details, [])
        names.extend(
            label
            for label in each.labels
            if label not in names
            and (
                len(alike[label]) == 1
                or not any(_says_more(other, each, label) for other in alike[label])
            )
        )
    for frame, parts in said.items():
        what = "; ".join(
            f"{', '.join(names)}{f' ({details})' if details else ''}"
            for details, names in parts.items()
            if names
        )
        if what:
            yield _write(frames[frame], what)


def _frame(each: Entry, *labels: str) -> tuple[str, ...]:
    """Return what entries of one sentence share."""
    return (each.time, each.verb, each.condition, *labels)


def _says_more(other: Entry, each: Entry, label: str) -> bool:
    """Return whether another entry says of a label what `each` does, for all or with more facts.

    Of a ban fewer facts say more.
    """
    if says_more(other, each, label):
        return True
    if other.verb != each.verb or label not in other.labels or other.condition:
        return False
    if not each.condition or other.time not in ("", each.time):
        return False
    plain = other.details if each.tone is Tone.STOP else each.details
    return not plain or other.details == each.details


def _write(each: Entry, what: str) -> str:
    time, verb = each.time, each.verb
    since = say("from {time}", time=time) if time else ""
    at = say("at {time}", time=time) if time else ""
    frame = _FRAMES.get(verb, _OTHER)
    told = say(frame, since=since, at=at, verb=brief_words(verb), what=what)
    told = " ".join(told.replace(" :", ":").split())
    told = f"{each.condition}, {told}" if each.condition else told
    return end_sentence(f"{told[:1].upper()}{told[1:]}")
