"""Sittings: which doses one event of the calendar tells, and what the event is known by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import chain, groupby, pairwise

from microcare.core.plan.plan import Plan
from microcare.core.values import derived, replace, value
from microcare.export.ics.course_doses import CourseDose, counts_hours
from microcare.export.ics.events import DAY

BEFORE_DOSE = timedelta(minutes=5)
"""How long before a dose its alarm rings."""

MOST_TIMED = 4
"""A day with more doses of a course than this rings once, unless medicine is counted in hours."""

MOST_EVENTS = 5
"""No day but the treatment day and its eve has more events, the day's entry among them."""

LASTING = timedelta(hours=4)
"""Doses that lie within this are an event from the first to the last."""

_PAUSE = timedelta(hours=1)
"""Doses of a course that lie closer together are one sitting."""

_SHORT, _NEW, _HABIT = 2, 7, 14
"""So many days each dose of what is used rings, each of what is taken, and each day of the rest."""

_COURSE = 10
"""What is taken for no more days than this rings for each dose to the last."""


@value
class Sitting:
    """The doses that one event tells; `key` is the event's.

    The `parts` are what rings by itself, each in the order of its times, and in that of their
    first ones.
    """

    key: str
    parts: tuple[tuple[CourseDose, ...], ...]

    @derived
    def doses(self) -> tuple[CourseDose, ...]:
        """All of them, in the order of their times."""
        return tuple(sorted(chain.from_iterable(self.parts), key=lambda each: each.instant))

    @derived
    def start(self) -> datetime:
        """When the first dose is, in UTC."""
        return self.doses[0].instant

    @property
    def has_medicine(self) -> bool:
        """Whether something is taken, which should ring by itself before what is used or done."""
        return any(each.planned.instruction.verb.traits.is_taken for each in self.doses)

    @property
    def latest(self) -> datetime:
        """When the last part begins."""
        return self.parts[-1][0].instant

    @property
    def end(self) -> datetime | None:
        """When it is over, where it lasts: a part that goes on for hours is a list for the day."""
        ends = [
            part[-1].instant if part[-1].instant - part[0].instant <= LASTING else part[0].instant
            for part in self.parts
        ]
        return max(ends) if max(ends) > self.start else None


def list_sittings(
    doses: Sequence[CourseDose], plan: Plan, others: Callable[[date], int] | None
) -> tuple[Sitting, ...]:
    """Return the sittings of a plan's doses ahead of its `now`, in the order of their times.

    What is used or done on more than two days rings once a day, and after two weeks once a week;
    so does, once a day, a course with more than four doses that day, and from the second week on
    what is taken for more than ten days; medicine that is counted in hours rings for each dose.
    What is due when something rings anyway is told with that. `others` says how many other events
    than its entry a date has, beside which the rest has to have room: sittings that lie closest
    are joined. Without it each minute that has a dose is a sitting.

    How doses are put together depends on no answer that doesn't bring or take any, and on `now`
    not at all.
    """
    keys = _name_keys(doses)
    if others is None:
        parts: list[tuple[CourseDose, ...]] = [(each,) for each in doses]
    else:
        courses: dict[str, list[CourseDose]] = {}
        for each in doses:
            courses.setdefault(each.planned.instruction.id, []).append(each)
        split = (_split_course(course, plan) for course in courses.values())
        parts = sorted(chain.from_iterable(split), key=lambda part: part[0].instant)
    parts = _move_doses(parts)
    found = _arrange((Sitting(keys[part[0].instant], (part,)) for part in parts), plan, others)
    ahead = (_drop_past(each, plan.now) for each in found)
    return _arrange((each for each in ahead if each.parts), plan, others)


def _name_keys(doses: Iterable[CourseDose]) -> dict[datetime, str]:
    """Return the key of each minute that has a dose; no two have the same one.

    It is that of a slot, whatever is taken then. Where two slots fall together, one of the first of
    several treatments goes first, and of it one that depends on no answer, so that an answer which
    comes later changes no key.
    """
    keys: dict[datetime, str] = {}
    taken: set[str] = set()
    for instant, together in groupby(doses, key=lambda each: each.instant):
        ranked = sorted(
            (
                each.planned.treatment.number,
                each.planned.instruction.condition is not None,
                each.slot,
            )
            for each in together
        )
        candidates = [f"doses {slot}" for *_, slot in ranked]
        free = [key for key in candidates if key not in taken]
        keys[instant] = free[0] if free else f"{candidates[0]} again {len(keys)}"
        taken.add(keys[instant])
    return keys


def _split_course(course: list[CourseDose], plan: Plan) -> Iterable[tuple[CourseDose, ...]]:
    """Yield the parts of a course, each of which rings once: a few doses, a day's or a week's.

    A dose that can't ring, since the patient is still being treated, takes no other's alarm away,
    and a list for the day doesn't ring with what is done at night.
    """
    instruction, doses = course[0].planned.instruction, course[0].planned.doses
    taken = instruction.verb.traits.is_taken
    by_hour = taken and counts_hours(instruction)
    weekly = not (taken and doses)
    days = course[-1].number
    lasting = days > _SHORT
    wakes = min(plan.protocol.times_of_day[name].least for name in ("morning", "waking"))

    def period(each: CourseDose) -> tuple[bool, int, bool]:
        late, local = each.number - _HABIT, plan.visit.local(each.instant)
        if weekly and late > 0:
            return True, (late - 1) // 7, True
        return False, each.number, local.hour * 60 + local.minute >= wakes

    for (is_week, number, by_day), members in groupby(course, key=period):
        held: list[CourseDose] = []
        for each in members:
            if each.is_early(BEFORE_DOSE):
                yield (each,)
            else:
                held.append(each)
        late = days > _COURSE and number > _NEW
        often = len(held) > MOST_TIMED or (late if taken else lasting)
        if held and by_day and (is_week or (often and not by_hour)):
            yield tuple(held)
        else:
            yield from _split_pauses(held)


def _move_doses(
    parts: Iterable[tuple[CourseDose, ...]],
) -> list[tuple[CourseDose, ...]]:
    """Return parts whose later doses ring with others of their minute, where something rings then.

    Nobody would expect an alarm for one of two drops to mean that the other is not due.
    """
    told = list(parts)
    begins = {part[0].instant for part in told}
    moved: list[tuple[CourseDose, ...]] = []
    for first, *later in told:
        rings = [each for each in later if each.instant in begins]
        moved.append((first, *(each for each in later if each.instant not in begins)))
        moved.extend((each,) for each in rings)
    return sorted(moved, key=lambda part: part[0].instant)


def _split_pauses(doses: Iterable[CourseDose]) -> Iterable[tuple[CourseDose, ...]]:
    """Yield doses of a day in sittings: a glass every 15 minutes is one."""
    held: list[CourseDose] = []
    for each in doses:
        if held and each.instant - held[-1].instant >= _PAUSE:
            yield tuple(held)
            held = []
        held.append(each)
    if held:
        yield tuple(held)


def _drop_past(sitting: Sitting, now: datetime) -> Sitting:
    ahead = (tuple(each for each in part if each.instant >= now) for part in sitting.parts)
    parts = sorted((part for part in ahead if part), key=lambda part: part[0].instant)
    return replace(sitting, parts=tuple(parts))


def _arrange(
    sittings: Iterable[Sitting], plan: Plan, others: Callable[[date], int] | None
) -> tuple[Sitting, ...]:
    """Return sittings in order, those that begin together as one, and a day's as its room allows.

    Whatever the room, one that is joined keeps the key of its first: with less room no key comes
    that there isn't with more.
    """
    by_start: dict[datetime, Sitting] = {}
    for each in sittings:
        held = by_start.get(each.start)
        by_start[each.start] = each if held is None else _join(held, each)
    found = [by_start[start] for start in sorted(by_start)]
    if others is None:
        return tuple(found)
    days_of_treatment = {each.visit.day for each in plan.treatments}
    fitted: list[Sitting] = []
    for day, members in groupby(found, key=lambda each: each.doses[0].date):
        of_day = list(members)
        busy = not days_of_treatment.isdisjoint((day, day + DAY))
        room = len(of_day) if busy else max(MOST_EVENTS - 1 - others(day), 1)
        while len(of_day) > room:
            costs = [
                (after.has_medicine, after.latest - before.start)
                for before, after in pairwise(of_day)
            ]
            place = costs.index(min(costs))
            of_day[place : place + 2] = [_join(*of_day[place : place + 2])]
        fitted.extend(of_day)
    return tuple(fitted)


def _join(first: Sitting, second: Sitting) -> Sitting:
    parts = sorted((*first.parts, *second.parts), key=lambda part: part[0].instant)
    return Sitting(first.key, tuple(parts))
