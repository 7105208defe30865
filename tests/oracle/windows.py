"""What the rules make of the windows of a whole sheet, whose instructions count from each other."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from microcare.core.sheet.instruction import Instruction, StateRule
from microcare.core.sheet.points import (
    Clock,
    DayTime,
    Edge,
    Length,
    NumberedDay,
    Offset,
    Point,
    Qualifier,
    RelativeDay,
    Side,
)
from microcare.core.sheet.protocol import DayOne
from microcare.core.sheet.verbs import Verb
from tests.oracle.clock import (
    Visit,
    first_second,
    local,
    next_day,
    possible_visits,
    timed_visit,
)
from tests.oracle.readings import (
    SECONDS,
    Held,
    Reading,
    Scene,
    begin,
    count,
    end,
    is_hazy,
    readings,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence
    from typing import Any

_BANS = (Verb.AVOID, Verb.WAIT_SINCE)
_LONG = 7
_NOON = int(datetime(2026, 12, 10, 12, tzinfo=UTC).timestamp())
_SAMPLE = timed_visit(_NOON, 60, ZoneInfo("UTC"))
"""On which side of the treatment a point lies is told by an hour at noon."""


class Times(NamedTuple):
    """What the rules make of one window; `last_ok` is a date, the rest are seconds."""

    start: int | None = None
    until: int | None = None
    start_at_latest: int | None = None
    until_at_least: int | None = None
    last_ok: date | None = None


def expect_times(instruction: Instruction, visit: Visit, day_one: DayOne) -> Times:
    """Return what the design says of the window of an instruction that stands alone."""
    return Sheet([instruction], day_one).times(instruction.id, visit)


def expect_all_times(
    instructions: Sequence[Instruction], visit: Visit, day_one: DayOne
) -> dict[str, Times]:
    """Return what the design says of every window of a sheet."""
    sheet = Sheet(instructions, day_one)
    return {each.id: sheet.times(each.id, visit) for each in instructions}


class Worked(NamedTuple):
    """The times of one appointment, which may turn round.

    `day_edges` are those that are edges of days, `on_day` those at a treatment of unknown hour.
    """

    times: Times = Times()
    day_edges: frozenset[int] = frozenset()
    on_day: frozenset[int] = frozenset()


class Sheet:
    """Instructions that may count from each other, each worked out when it is asked for."""

    def __init__(self, instructions: Iterable[Instruction], day_one: DayOne) -> None:
        self._instructions = {each.id: each for each in instructions}
        self._day_one = day_one
        self._worked: dict[tuple[str, Visit], Worked] = {}

    def times(self, name: str, visit: Visit) -> Times:
        """Return when an instruction holds around an appointment.

        Of a whole-day appointment every possible one is tried, and the careful bounds are taken:
        the widest of what is forbidden, asked or expected, the narrowest of what is allowed.
        """
        instruction = self._instructions[name]
        found = [self._work(name, each).times for each in possible_visits(visit)]
        if not visit.all_day:
            return _with_room(self._hold_unknown_end(found[0], instruction, visit))
        if len(set(found)) > 1 and self._hangs_on_hours(name, visit):
            return Times()
        times = _combine(found, *self._careful_edges(instruction))
        if _is_turned(times) and instruction.verb not in _BANS:
            # Whatever the hour, it would not hold at any: it keeps its words.
            return Times()
        return _with_room(times)

    def _hangs_on_hours(self, name: str, visit: Visit) -> bool:
        """Rule 14: whether hours lead to a moment, which has no time where nobody knows from when.

        The edge of another instruction may be that of a day, or the treatment itself.
        """
        at = self._instructions[name].window.at
        if not isinstance(at, Edge):
            return isinstance(at, Offset) and at.quantity.unit in SECONDS
        worked = [self._work(name, each) for each in possible_visits(visit)]
        return not all(each.times.start in each.day_edges | each.on_day for each in worked)

    def _careful_edges(
        self, instruction: Instruction
    ) -> tuple[Callable[..., Any], Callable[..., Any]]:
        """Rule 14: which of several starts and which of several ends of a whole day's is careful.

        What is done at a distance of hours is done when that is surely over, or surely not begun.
        """
        start, until = self.bounds(instruction)
        if instruction.window.at is not None:
            # What is at the treatment itself is on its day.
            later = instruction.verb is Verb.MAY and not isinstance(instruction.window.at, Edge)
            return max if later else min, max
        if instruction.verb is Verb.MAY:
            return max, min
        until = start if isinstance(until, Length) else until
        does = instruction.verb not in {*_BANS, Verb.EXPECT, Verb.CALL_IF}
        return (
            max if does and _counts_hours(start, Side.AFTER) else min,
            min if does and _counts_hours(until, Side.BEFORE) else max,
        )

    def _hold_unknown_end(self, times: Times, instruction: Instruction, visit: Visit) -> Times:
        """Rule 1: what ends with a treatment of unknown length is not over at its start."""
        if not self._lasts_unknown(instruction, visit):
            return times
        closes = first_second(next_day(visit.day), visit.zone)
        if times.until is None and times.until_at_least is not None:
            return times._replace(until_at_least=closes)
        return times if times.until is None else times._replace(until=closes, until_at_least=None)

    def _lasts_unknown(self, instruction: Instruction, visit: Visit) -> bool:
        if not visit.end_unknown or instruction.verb in {Verb.MAY, Verb.WAIT_SINCE}:
            return False
        start, until = self.bounds(instruction)
        early = self._scene(visit, self._settle_day_one(DayOne.TREATMENT_DAY))
        starts_there = start == until or (
            isinstance(start, NumberedDay) and all(each.treated for each in readings(start, early))
        )
        return (
            instruction.window.at is None
            and isinstance(until, Edge)
            and until.side is Side.AFTER
            and until.anchor not in self._instructions
            # What begins where it ends is empty, however long the treatment.
            and not starts_there
        )

    def _work(self, name: str, visit: Visit) -> Worked:
        if (name, visit) not in self._worked:
            self._worked[name, visit] = self._work_out(self._instructions[name], visit)
        return self._worked[name, visit]

    def side(self, point: Point) -> Side:
        """Return on which side of the treatment a point lies; ANY where nobody can tell."""
        if isinstance(point, Clock):
            return self.side(point.day)
        if point.anchor in self._instructions:
            return self._side_by_date(point)
        match point:
            case Offset(side=side) | Edge(side=side):
                return side
            case RelativeDay(days):
                return Side.DAY_OF if days == 0 else Side.BEFORE if days < 0 else Side.AFTER
            case _:
                return Side.AFTER

    def bounds(self, instruction: Instruction) -> tuple[Point | None, Point | None]:
        """Rule 7: a window before closes at the start, a window after opens at the end."""
        window = instruction.window
        start, until = window.start, window.until
        vague = window.until_state is not None or window.until_words is not None
        if start is not None and until is None and not vague:
            if self.side(start) is Side.BEFORE:
                until = Edge(Side.BEFORE)
        elif start is None and (self.side(until) is Side.AFTER if until is not None else vague):
            start = Edge(Side.AFTER)
        return start, until

    def _side_by_date(self, point: Point) -> Side:
        found = readings(point, self._scene(_SAMPLE))
        if not found:
            return Side.ANY
        first = min(found, key=lambda each: begin(each, _SAMPLE))
        if first.day is not None:
            days = first.day.toordinal() - _SAMPLE.day.toordinal()
            return Side.DAY_OF if days == 0 else Side.BEFORE if days < 0 else Side.AFTER
        if first.early <= _SAMPLE.start:
            return Side.BEFORE
        return Side.AFTER if first.early >= _SAMPLE.end else Side.DAY_OF

    def _scene(self, visit: Visit, day_one: DayOne | None = None) -> Scene:
        return Scene(visit, day_one or self._day_one, lambda name: self._held(name, visit))

    def _held(self, name: str, visit: Visit) -> Held | None:
        instruction = self._instructions[name]
        worked, scene = self._work(name, visit), self._scene(visit)
        times = _with_room(worked.times)
        starts = _both(times.start, times.start_at_latest)
        ends = _both(times.until, times.until_at_least) if times.until is not None else ()
        if not starts and not ends:
            return None
        on_day = worked.on_day
        first = tuple(_date_of(each, visit, on_day) for each in starts)
        at = instruction.window.at
        if at is None:
            # An empty window holds on no date; it stands where it would have begun.
            empty = times.start is not None and times.start == times.until
            last = tuple(
                _date_of(each - (each in worked.day_edges and not empty), visit, on_day)
                for each in ends
            )
            bounds = zip((Side.BEFORE, Side.AFTER), self._edges(instruction), strict=True)
            hazy = frozenset(side for side, point in bounds if is_hazy(point, scene))
            return Held(starts, ends, first, last, hazy, worked.day_edges, on_day)
        both = frozenset({Side.BEFORE, Side.AFTER})
        if any(each.day is not None for each in readings(at, scene)):
            ends = tuple(first_second(next_day(each), visit.zone) for each in first)
            edges = frozenset({*starts, *ends})
            return Held(starts, ends, first, first, both, edges)
        hazy = both if is_hazy(at, scene) else frozenset()
        return Held(starts, starts, first, first, hazy, worked.day_edges, on_day)

    def _edges(self, instruction: Instruction) -> tuple[Point | None, Point | None]:
        """Return what a window's own edges stand on; of a length it is the beginning."""
        if instruction.verb is Verb.WAIT_SINCE:
            before, after = _interval_sides(instruction)
            start: Point | None = before
            until: Point | None = after
            if before is None and after is not None:
                start = Edge(Side.AFTER, after.anchor)
            if after is None and before is not None:
                until = Edge(Side.BEFORE, before.anchor)
            return start, until
        start, until = self.bounds(instruction)
        if isinstance(until, Length):
            until = start if until.quantity.unit in SECONDS else None
        return start, until

    def _work_out(self, instruction: Instruction, visit: Visit) -> Worked:
        window, scene = instruction.window, self._scene(visit)
        if window.at is not None:
            may = instruction.verb is Verb.MAY
            return _expect_moment(window.at, self._later_day_one(visit) if may else scene)
        if instruction.verb is Verb.WAIT_SINCE:
            return _expect_interval(instruction, scene)
        start, until = self.bounds(instruction)
        # What has no date implies no other bound.
        for stated, implied in ((window.start, "until"), (window.until, "start")):
            if stated is None or isinstance(stated, Length):
                continue
            if not readings(stated, scene):
                start = window.start if implied == "start" else start
                until = window.until if implied == "until" else until
        if instruction.verb is Verb.MAY:
            return _expect_permission(instruction, start, until, self._later_day_one(visit))
        early = self._scene(visit, self._settle_day_one(DayOne.TREATMENT_DAY))
        return _expect_duty(instruction, start, until, early, self._later_day_one(visit))

    def _later_day_one(self, visit: Visit) -> Scene:
        """Rule 6: what an unstated Day 1 permits comes on the later day, as a whole."""
        return self._scene(visit, self._settle_day_one(DayOne.NEXT_DAY))

    def _settle_day_one(self, unstated: DayOne) -> DayOne:
        return unstated if self._day_one is DayOne.UNSTATED else self._day_one


def closes_at_start(instruction: Instruction) -> bool:
    """Rule 7: whether it is the treatment that ends a window, said or implied."""
    window = instruction.window
    if instruction.verb is Verb.WAIT_SINCE:
        before, after = _interval_sides(instruction)
        return before is not None and after is None
    return Sheet([instruction], DayOne.UNSTATED).bounds(instruction)[1] == Edge(Side.BEFORE) or (
        window.until == Edge(Side.BEFORE)
    )


def _counts_hours(point: Point | None, side: Side) -> bool:
    return isinstance(point, Offset) and point.quantity.unit in SECONDS and point.side is side


def _combine(found: Sequence[Times], first: Callable[..., Any], last: Callable[..., Any]) -> Times:
    """Return the careful bounds of what a whole-day appointment may turn out to be.

    `first` chooses among the starts and `last` among the ends. Only the other end of the same
    possible appointment is a stated range's; they are in the order of their hours.
    """
    start = first((each.start for each in found if each.start is not None), default=None)
    until = last((each.until for each in found if each.until is not None), default=None)
    fine = [each.last_ok for each in found if each.last_ok is not None]
    return Times(
        start,
        until,
        found[0 if first is min else -1].start_at_latest,
        found[0 if last is min else -1].until_at_least,
        min(fine, default=None),
    )


def _date_of(second: int, visit: Visit, on_day: Container[int] = ()) -> date:
    """Return the date of an instant; a treatment of unknown hour is on D, even at its last edge."""
    return visit.day if second in on_day else local(second, visit.zone).date()


class Mark(Enum):
    """What an instant is by its form: within a day, a day's edge, or a treatment's whole day."""

    WITHIN = 1
    EDGE = 2
    ON_DAY = 3


def _work_up(times: Times, marked: Iterable[tuple[int, Mark]]) -> Worked:
    """Return times with the instants that are edges of days and nothing else, or the treatment."""
    pairs = list(marked)
    forms = {each: {mark for instant, mark in pairs if instant == each} for each, _ in pairs}
    edges = frozenset(each for each, marks in forms.items() if marks == {Mark.EDGE})
    on_day = frozenset(
        each for each, marks in forms.items() if Mark.ON_DAY in marks and Mark.WITHIN not in marks
    )
    return Worked(times, edges, on_day)


def _mark(reading: Reading) -> Mark:
    """Return what the beginning of a meaning is."""
    if reading.on_day:
        return Mark.ON_DAY
    is_day = reading.day is not None and not reading.treated
    return Mark.EDGE if reading.midnight or is_day else Mark.WITHIN


def _mark_end(reading: Reading) -> Mark:
    return Mark.EDGE if reading.day is not None else _mark(reading)


def _mark_length(length: Length) -> Mark:
    return Mark.WITHIN if length.quantity.unit in SECONDS else Mark.EDGE


def _expect_permission(
    instruction: Instruction, start: Point | None, until: Point | None, scene: Scene
) -> Worked:
    visit = scene.visit
    start, until = _edge_of_part(start, opens=True), _edge_of_part(until, opens=False)
    opens = [] if start is None else readings(start, scene)
    opening = [
        (end(each, visit) if each.counted else begin(each, visit, late=True), _mark(each))
        for each in opens
    ]
    if isinstance(until, Length):
        closing = [
            (_close_after(until, each, number, start, visit)[0], _mark_length(until))
            for each in opens
            for number in _numbers(until)
        ]
    else:
        closing = [
            (begin(each, visit) if each.counted else end(each, visit), _mark_end(each))
            for each in ([] if until is None else readings(until, scene))
        ]
    begins = max((each for each, _ in opening), default=None)
    ends = min((each for each, _ in closing), default=None)
    open_end = instruction.window.until_rule is StateRule.LATER
    times = Times(begins, None, None, ends) if open_end else Times(begins, ends)
    return _work_up(times, [*opening, *closing])


def _edge_of_part(point: Point | None, *, opens: bool) -> Point | None:
    """A named part of the day is in as a whole, as a named day is."""
    if not _is_part(point):
        return point
    assert isinstance(point, Clock)
    edge = point.time.least if opens else point.time.most
    return Clock(point.day, DayTime(edge, edge, point.time.name), point.qualifier)


def _is_part(point: Point | None) -> bool:
    return isinstance(point, Clock) and point.time.least != point.time.most


def _expect_duty(
    instruction: Instruction, start: Point | None, until: Point | None, early: Scene, late: Scene
) -> Worked:
    """Rule 6: an unstated Day 1 is the earlier day in `early` and the later one in `late`."""
    visit, window = early.visit, instruction.window
    opens = [] if start is None else readings(start, early)
    opening = [begin(each, visit) for each in opens]
    marked = [(begin(each, visit), _mark(each)) for each in opens]
    if isinstance(until, Length):
        pairs = [
            _close_after(until, each, number, start, visit)
            for each in ([] if start is None else readings(start, late))
            for number in _numbers(until)
        ]
        sooner, closing = [each for each, _ in pairs], [each for _, each in pairs]
        marked += [(each, _mark_length(until)) for each in (*sooner, *closing)]
    else:
        closes = [] if until is None else readings(until, late)
        sooner = [end(each, visit) for each in closes]
        closing = [end(each, visit, late=True) for each in closes]
        ended = zip((*sooner, *closing), (*closes, *closes), strict=True)
        marked += [(each, _mark_end(reading)) for each, reading in ended]
    begins, latest = min(opening, default=None), _other(opening, min(opening, default=None))
    ends, least = max(closing, default=None), _other(closing, max(closing, default=None))
    task = instruction.verb is not Verb.AVOID
    if task and _hedge(window.start) is Qualifier.NOT_BEFORE:
        begins = max((begin(each, visit, late=True) for each in opens), default=None)
        latest = None
    if task and _hedge(window.until) is Qualifier.NO_LATER:
        ends, least = min(sooner, default=None), None
    if _hedge(window.until) is Qualifier.AT_LEAST:
        # No longer one is stated, and none is made up.
        least = ends
    if ends is not None and _open_by_state(instruction):
        ends, least = None, ends
    times = Times(begins, ends, latest, least, _last_fine_day(instruction, early))
    return _work_up(times, marked)


def _close_after(
    length: Length, begun: Reading, number: int, start: Point | None, visit: Visit
) -> tuple[int, int]:
    """Return when a window closes that lasts so long: for the earlier and the later instant."""
    unit = length.quantity.unit
    opens = begin(begun, visit), begin(begun, visit, late=True)
    if unit in SECONDS:
        lasts = number * SECONDS[unit]
        return opens[0] + lasts, opens[1] + lasts
    if begun.day is not None:
        through = first_second(count(begun.day, number, unit), visit.zone)
        return through, through
    if isinstance(start, Edge) and (start.anchor == "appointment"):
        through = first_second(next_day(count(visit.day, number, unit)), visit.zone)
        return through, through
    found = []
    for instant in opens:
        last = count(_date_of(instant, visit, opens if begun.on_day else ()), number, unit)
        found.append(first_second(last if begun.midnight else next_day(last), visit.zone))
    return min(found), max(found)


def _is_turned(times: Times) -> bool:
    return times.start is not None and times.until is not None and times.start >= times.until


def _with_room(times: Times) -> Times:
    """Where hours and days leave a window no room it is empty, and doesn't turn round.

    The nearer end of a range that lies before it begins is none.
    """
    if _is_turned(times):
        return Times(times.until, times.until, None, None, times.last_ok)
    if times.start is not None and times.until_at_least is not None:
        idle = times.until_at_least <= times.start
        return times._replace(until_at_least=None) if idle else times
    return times


def _open_by_state(instruction: Instruction) -> bool:
    """Rule 8: nobody is released by the clock alone where the later of time and state counts."""
    match instruction.window.until_rule:
        case StateRule.LATER:
            return True
        case StateRule.UNSTATED:
            return instruction.verb is Verb.AVOID
        case _:
            return False


def _expect_moment(point: Point, scene: Scene) -> Worked:
    """Rule 14: what is counted in minutes or hours from a whole day has no time."""
    found = readings(point, scene)
    if not found or (isinstance(point, Offset) and is_hazy(point, scene)):
        return Worked()
    if scene.visit.all_day:
        # A numbered day that is D is then the whole of it.
        found = [
            each if each.day is None else each._replace(treated=False, on_day=False)
            for each in found
        ]
    early = [begin(each, scene.visit) for each in found]
    first = min(early)
    match _hedge(point):
        case Qualifier.NOT_BEFORE:
            times = Times(max(begin(each, scene.visit, late=True) for each in found))
        case Qualifier.NO_LATER:
            times = Times(first)
        case _:
            times = Times(first, start_at_latest=_other(early, first))
    return _work_up(times, ((begin(each, scene.visit), _mark(each)) for each in found))


def _interval_sides(instruction: Instruction) -> tuple[Offset | None, Offset | None]:
    points = (instruction.window.start, instruction.window.until)
    offsets = [each for each in points if isinstance(each, Offset)]
    before = [each for each in offsets if each.side is Side.BEFORE]
    after = [each for each in offsets if each.side is Side.AFTER]
    return next(iter(before), None), next(iter(after), None)


def _expect_interval(instruction: Instruction, scene: Scene) -> Worked:
    """Rule 4: the counted date itself is fine, in hours the last date that is wholly safe."""
    visit = scene.visit
    before, after = _interval_sides(instruction)
    banned = [] if before is None else readings(before, scene)
    fine = [] if after is None else [begin(each, visit) for each in readings(after, scene)]
    starts = [end(each, visit) for each in banned]
    marked = [(end(each, visit), _mark_end(each)) for each in banned]
    if after is not None:
        marked += [(begin(each, visit), _mark(each)) for each in readings(after, scene)]
    # A side that is not stated is bounded by what the interval is counted from.
    if before is None and after is not None:
        bounds = readings(Edge(Side.AFTER, after.anchor), scene)
        starts = [each.early for each in bounds]
        marked += [(each.early, _mark(each)) for each in bounds]
    if after is None and before is not None:
        bounds = readings(Edge(Side.BEFORE, before.anchor), scene)
        fine = [each.early for each in bounds]
        marked += [(each.early, _mark(each)) for each in bounds]
    start, until = min(starts, default=None), max(fine, default=None)
    latest, least = _other(starts, start), _other(fine, until)
    last_ok = min(
        (each.day or local(each.early, visit.zone).date() - timedelta(days=1) for each in banned),
        default=None,
    )
    return _work_up(Times(start, until, latest, least, last_ok), marked)


def _last_fine_day(instruction: Instruction, scene: Scene) -> date | None:
    """Rule 4: a long ban before the treatment also shows its last fine day."""
    point = instruction.window.start
    if instruction.verb is not Verb.AVOID or not isinstance(point, Offset):
        return None
    if point.side is Side.AFTER or point.quantity.unit in SECONDS:
        return None
    days = [each.day for each in readings(point, scene) if each.day is not None]
    if not days or scene.visit.day.toordinal() - min(days).toordinal() < _LONG:
        return None
    return date.fromordinal(min(days).toordinal() - 1)


def _hedge(point: Point | None) -> Qualifier | None:
    if not isinstance(point, Offset | Clock | Length) or _is_part(point):
        # "Not before the evening" keeps both ends of the evening.
        return None
    return point.qualifier


def _numbers(length: Length) -> set[int]:
    return {length.quantity.least, length.quantity.most}


def _both(first: int | None, other: int | None) -> tuple[int, ...]:
    return tuple(dict.fromkeys(each for each in (first, other) if each is not None))


def _other(found: list[int], taken: int | None) -> int | None:
    """Return the other end of what is found: the one that is furthest from the end `taken`."""
    if taken is None:
        return None
    other = max(found, key=lambda each: abs(each - taken), default=None)
    return None if other == taken else other
