"""Instructions dated one after another, and what those that times count from become then."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

from microcare.core.sheet.anchoring import find_anchor_ids, order_by_anchor
from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.points import (
    Clock,
    DayTime,
    Edge,
    Length,
    Offset,
    Point,
    Qualifier,
    RelativeDay,
    Side,
    is_whole_day,
)
from microcare.core.sheet.protocol import DayOne
from microcare.core.time.appointment import Appointment
from microcare.core.time.calendars import AnchorReading, Calendar, DatedAnchor, Form
from microcare.core.time.dated import Dated
from microcare.core.time.places import PlaceReader
from microcare.core.time.windows import date_window
from microcare.core.values import replace, value

_BOTH = (Side.BEFORE, Side.AFTER)
_DAY = timedelta(days=1)


@value
class SheetTimes:
    """The times of a sheet, read for every appointment: `instructions` in the order of dating.

    Those that others count from, the `anchors`, come first.
    """

    instructions: tuple[Instruction, ...]
    anchors: frozenset[str]
    reader: PlaceReader
    times_of_day: Mapping[str, DayTime]


def read_times(
    instructions: Sequence[Instruction], day_one: DayOne, times_of_day: Mapping[str, DayTime]
) -> SheetTimes:
    """Return the times of instructions, to be dated for one appointment after another."""
    anchors = find_anchor_ids(instructions)
    ordered = order_by_anchor(instructions) if anchors else tuple(instructions)
    return SheetTimes(ordered, anchors, PlaceReader(day_one, anchors), times_of_day)


def date_instructions(times: SheetTimes, visit: Appointment) -> dict[str, Dated]:
    """Return the dates of every instruction by its id.

    Times that count from each other in a circle have no date; the loader refuses them.
    """
    calendar, reader = Calendar(visit, dict.fromkeys(times.anchors)), times.reader
    found: dict[str, Dated] = {}
    for each in times.instructions:
        dated = date_window(each, calendar, reader, times.times_of_day)
        found[each.id] = dated
        if each.id not in times.anchors:
            continue
        for face in calendar.faces:
            seen = date_window(each, face, reader, times.times_of_day)
            face.dated_anchors[each.id] = date_anchor(each, seen, face)
        calendar.dated_anchors[each.id] = (
            _join_faces(each.id, *calendar.faces)
            if calendar.faces
            else date_anchor(each, dated, calendar)
        )
    return found


def date_anchor(instruction: Instruction, dated: Dated, calendar: Calendar) -> DatedAnchor | None:
    """Return what times that count from an instruction count from; None without any date."""
    visit, at = calendar.visit, instruction.window.at
    starts = _list_readings(
        calendar.first_date,
        (dated.start, dated.start_form),
        (dated.start_at_latest, dated.latest_form),
    )
    if at is not None and starts and is_whole_day(at):
        ends = tuple((visit.day_start(day + _DAY), day, Form.EDGE) for _, day, _ in starts)
        starts = tuple((instant, day, Form.EDGE) for instant, day, _ in starts)
        return DatedAnchor(starts, ends, _BOTH)
    if at is not None and starts:
        return DatedAnchor(starts, starts, _BOTH if calendar.is_vague(at) else ())
    until = (dated.until, dated.until_form)
    if dated.ends_with_treatment and dated.until is not None:
        until = (visit.end, calendar.form)
    at_least = dated.until_at_least if dated.until is not None else None
    ends = _list_readings(calendar.last_date, until, (at_least, dated.least_form))
    if not starts and not ends:
        return None
    stand_on = zip(_BOTH, _find_edges(instruction), strict=True)
    vague = tuple(side for side, edge in stand_on if edge is not None and calendar.is_vague(edge))
    return DatedAnchor(starts, ends, vague, dated.ends_with_treatment)


def _find_edges(instruction: Instruction) -> tuple[Point | None, Point | None]:
    """Return what a window's two ends stand on, implied ones too; of a length in hours its start.

    None is an end that stands on a date, or on nothing.
    """
    if instruction.verb.traits.is_interval:
        return instruction.interval_bounds
    start, until = instruction.implied_start, instruction.implied_until
    if isinstance(until, Length):
        return start, start if until.quantity.unit.elapses else None
    return start, until


def _join_faces(name: str, early: Calendar, late: Calendar) -> DatedAnchor | None:
    """Return what counts from an anchor at some hour of a day: the edges that move are vague."""
    one, other = early.dated_anchors[name], late.dated_anchors[name]
    if one is None or other is None:
        return None
    moves = (one.starts != other.starts, one.ends != other.ends)
    vague = [side for side, moved in zip(_BOTH, moves, strict=True) if moved or side in one.vague]
    return replace(one, vague=tuple(vague))


def _list_readings(
    find_date: Callable[[datetime, Form], date], *readings: tuple[datetime | None, Form]
) -> tuple[AnchorReading, ...]:
    found = {instant: form for instant, form in readings if instant is not None}
    return tuple((instant, find_date(instant, form), form) for instant, form in found.items())


def settle_sides(
    instructions: Sequence[Instruction],
    visit: Appointment,
    day_one: DayOne,
    times_of_day: Mapping[str, DayTime],
) -> tuple[Instruction, ...]:
    """Return the instructions, their points with the side of the treatment on which they lie.

    That needs saying where a point counts from another instruction, or from its own window's
    beginning. `visit` is a sample appointment in the middle of a day.
    """
    anchors = find_anchor_ids(instructions)
    lasts = any(isinstance(each.window.until, Length) for each in instructions)
    if not anchors and not lasts:
        return tuple(instructions)
    calendar, reader = Calendar(visit, dict.fromkeys(anchors)), PlaceReader(day_one, anchors)
    settled: dict[str, Instruction] = {}
    for each in order_by_anchor(instructions):
        window = each.window
        points = (window.start, window.until, window.at)
        start, until, at = (_settle(point, calendar, reader) for point in points)
        window = replace(window, start=start, until=until, at=at)
        dated = date_window(replace(each, window=window), calendar, reader, times_of_day)
        closes = dated.until or dated.until_at_least
        if isinstance(until, Length) and closes is not None:
            window = replace(window, until=replace(until, lies=_lies(closes, visit)))
        settled[each.id] = replace(each, window=window)
        if each.id in anchors:
            calendar.dated_anchors[each.id] = date_anchor(settled[each.id], dated, calendar)
    return tuple(settled[each.id] for each in instructions)


def _settle(point: Point | None, calendar: Calendar, reader: PlaceReader) -> Point | None:
    match point:
        case Clock(day=Offset() | RelativeDay() as day):
            return replace(point, day=replace(day, lies=_point_lies(day, calendar, reader)))
        case Offset() | Edge() | RelativeDay():
            return replace(point, lies=_point_lies(point, calendar, reader))
        case _:
            return point


def _point_lies(
    point: Offset | Edge | RelativeDay, calendar: Calendar, reader: PlaceReader
) -> Side | None:
    """Return on which side a point lies: None where its own words say it, ANY where none does."""
    if point.anchor not in reader.anchors:
        return None
    opening = calendar.read(reader.opening(point))
    if opening is None:
        return Side.ANY
    # “Within 2 days after” begins at once, not with a day.
    at_once = (
        isinstance(point, Offset)
        and point.qualifier is Qualifier.WITHIN
        and point.side is Side.AFTER
    )
    if is_whole_day(point) and not at_once:
        day = calendar.visit.local_date(opening.early)
        if day == calendar.visit.day:
            return Side.DAY_OF
        return Side.BEFORE if day < calendar.visit.day else Side.AFTER
    return _lies(opening.early, calendar.visit)


def _lies(instant: datetime, visit: Appointment) -> Side:
    if instant <= visit.start:
        return Side.BEFORE
    return Side.AFTER if instant >= visit.end else Side.DAY_OF
