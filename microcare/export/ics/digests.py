"""The days of a calendar: an event for each on which something changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import chain

from microcare.core.plan.conflicts import Conflict
from microcare.core.plan.days import Day
from microcare.core.plan.plan import Plan
from microcare.core.plan.transitions import Change, Transition, is_news
from microcare.core.values import derived, replace, value
from microcare.export.ics.alarms import list_weighty_dates, ring_of_day
from microcare.export.ics.day_titles import DayTitles, discreet_title, lead_with
from microcare.export.ics.descriptions import Descriptions
from microcare.export.ics.event_titles import LONGEST_TITLE
from microcare.export.ics.events import Draft, condition_title
from microcare.export.ics.identities import digest_keys
from microcare.export.ics.task_reminders import task_key
from microcare.language.messages import mark, say
from microcare.wording.plan.days import split_changes

GOES_ON = mark("Treatment day: keep to what has begun")
"""The title of a treatment day on which nothing changes."""

_OVER = (Change.ENDS, Change.AT_LEAST_OVER)


@value
class Others:
    """What other events of a calendar tell: the `timed` drafts, and the doses.

    `reminded` are the instructions, by their ids, whose doses have events; `nights` is what rings
    between midnight and morning, by its date.
    """

    timed: Collection[Draft]
    reminded: Collection[str]
    nights: Mapping[date, Sequence[str]]

    @derived
    def evening(self) -> Collection[str]:
        """The keys of the drafts that ring on the evening before."""
        rings = ((each.key, each.ring) for each in self.timed)
        return {key for key, ring in rings if ring is not None and ring.ahead is None}


def list_digests(
    plan: Plan, descriptions: Descriptions, titles: DayTitles, others: Others
) -> Iterable[Draft]:
    """Yield an all-day event for each day, from the plan's `now` on, on which something changes.

    There is none where another event tells all of it on the evening before. The treatment day has
    one as long as anything holds on it. What is of a session that isn't booked has one of its own.
    """
    weighty = {*list_weighty_dates(others.timed, plan.visit), *others.nights}
    news = (part for day in plan.days for part in _part_booked(_leave_news(day, others.reminded)))
    read = [(day, titles.read(day)) for day in news]
    days = [(day, title) for day, title in read if title.said or (not day.distance and day.still)]
    keys = digest_keys(day for day, _ in days)
    today = plan.visit.local_date(plan.now)
    ahead = [
        (day, title, key) for (day, title), key in zip(days, keys, strict=True) if day.date >= today
    ]
    conflicts = _share_conflicts(plan, [day for day, *_ in ahead])
    for day, title, key in ahead:
        night = others.nights.get(day.date, ())
        if day.distance and not night and _is_told(day, others):
            continue
        parts = descriptions.tell_day(day, conflicts[day.date], others.reminded)
        tentative = _is_tentative(day)
        longest = LONGEST_TITLE - len(condition_title("")) * tentative
        named = [title.write(longest=longest)]
        if len(parts) > 1:
            named = [title.write(part, longest=longest) for part in _part_day(day)]
        if not all(named):
            parts, named = (tuple(chain(*parts)),), [title.write(longest=longest) or say(GOES_ON)]
        if night:
            named[0] = lead_with(night, named[0])
            parts = ((*night, "", *parts[0]), *parts[1:])
        # What only goes on under another rule rings for nobody.
        ring = ring_of_day(replace(day, transitions=title.transitions), plan.visit, weighty)
        for part, (lines, name) in enumerate(zip(parts, named, strict=True)):
            yield Draft(
                key=later_key(f"digest {key}") if part else f"digest {key}",
                title=name,
                lines=tuple(lines),
                start=day.date,
                ring=None if part or tentative else ring,
                discreet=discreet_title(day),
                tentative=tentative,
            )


def later_key(key: str) -> str:
    """Return the key of the second entry of a treatment day that is too long for one.

    Whether it is hangs on the language: a calendar in another may have all of it in the first.
    """
    return f"{key} after"


def _part_booked(day: Day) -> Iterable[Day]:
    """Yield what a day tells of booked treatments, and apart from that what it tells of others."""
    told = [*day.treatments, *(each.planned.treatment for each in day.transitions)]
    if len({each.booked for each in told}) < 2:
        return (day,)
    parts = []
    for booked in (True, False):
        own = [each for each in told if each.booked is booked]
        part = replace(
            day,
            counted_from=min(own, key=lambda each: each.number),
            treatments=tuple(each for each in day.treatments if each.booked is booked),
            transitions=tuple(
                each for each in day.transitions if each.planned.treatment.booked is booked
            ),
            still=day.still if booked else (),
        )
        parts.append(part)
    return parts


def _is_tentative(day: Day) -> bool:
    """Return whether all that a day tells is of sessions that are not booked."""
    told = [*day.treatments, *(each.planned.treatment for each in day.transitions)]
    return bool(told) and not any(each.booked for each in told)


def _is_told(day: Day, others: Others) -> bool:
    """Return whether events of their own tell all that changes on a day.

    They ring on the evening before, or are doses of which there are no more.
    """
    return all(
        task_key(each.planned.instruction) in others.evening
        or (each.change in _OVER and each.planned.instruction.id in others.reminded)
        for each in day.transitions
    )


def _leave_news(day: Day, reminded: Collection[str]) -> Day:
    """Return a day with what is news alone.

    That something to be expected is over is none, nor are the times of doses with events of theirs.
    """
    kept = (
        each
        for each in day.transitions
        if is_news(each)
        and not (each.change in _OVER and each.planned.instruction.verb.traits.is_noticed)
        and not (each.change is Change.DOSES and each.planned.instruction.id in reminded)
    )
    return replace(day, transitions=tuple(kept))


def _part_day(day: Day) -> tuple[tuple[Transition, ...], ...]:
    """Return what changes up to the treatment, and what from it on."""
    early, *later = split_changes(day, day.transitions)
    return early, tuple(chain(*later))


def _share_conflicts(plan: Plan, days: list[Day]) -> dict[date, list[Conflict]]:
    """Return the contradictions that each day tells, by its date.

    Those are of rules that begin on it; the treatment day has what no day tells.
    """
    told: dict[date, list[Conflict]] = {day.date: [] for day in days}
    begins = {day.date: [each.instruction.id for each in day.begins] for day in days}
    for conflict in plan.conflicts:
        ids = {each.instruction.id for each in conflict.instructions}
        on = [day for day, begun in begins.items() if not ids.isdisjoint(begun)]
        for each in on or {plan.visit.day} & told.keys():
            told[each].append(conflict)
    return told
