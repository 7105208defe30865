"""The calendar of an appointment: it follows places to instants in UTC."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import Enum

from microcare.core.sheet.points import DAY_MINUTES, Edge, Offset, Point, Side, Unit
from microcare.core.time.appointment import Appointment
from microcare.core.time.arithmetic import find_clock_instants, shift_date
from microcare.core.time.places import Extreme, Move, Opaque, Place, Way
from microcare.core.values import derived, replace, value


class Form(Enum):
    """What an instant is by the way in which it was reached, whatever the clock shows then.

    MIDNIGHT is one that the sheet writes: an instant for hours, the edge of a day for lengths. EDGE
    is the edge of a whole day, told as a date. TREATMENT is a treatment of which only the date is
    known: told as that, and within it.
    """

    INSTANT = 1
    MIDNIGHT = 2
    EDGE = 3
    TREATMENT = 4

    @property
    def is_date(self) -> bool:
        """Whether it is told as a date, and not with a time of day."""
        return self is Form.EDGE or self is Form.TREATMENT

    @property
    def is_within_day(self) -> bool:
        """Whether it lies within its date, rather than at the edge of a day."""
        return self is Form.INSTANT or self is Form.TREATMENT


@value
class Readings:
    """The readings of one bound in UTC.

    A time that a clock shows twice or never is two instants in one reading: `earlies` has the
    first of them, `lates` the last. `forms` are what they are.
    """

    earlies: tuple[datetime, ...]
    lates: tuple[datetime, ...]
    forms: tuple[Form, ...]

    @derived
    def early(self) -> datetime:
        """The first instant of all."""
        return min(self.earlies)

    @derived
    def late(self) -> datetime:
        """The last instant of all."""
        return max(self.lates)

    @derived
    def form_of_early(self) -> Form:
        """What the first instant of all is."""
        return self.forms[self.earlies.index(self.early)]

    @derived
    def form_of_late(self) -> Form:
        """What the last instant of all is."""
        return self.forms[self.lates.index(self.late)]

    def form_of(self, instant: datetime | None) -> Form:
        """Return what one of the instants is."""
        if instant is None:
            return Form.INSTANT
        found = self.earlies if instant in self.earlies else self.lates
        return self.forms[found.index(instant)]

    @derived
    def other_than_early(self) -> datetime | None:
        """The latest reading, None where there is one reading."""
        latest = max(self.earlies)
        return latest if latest != self.early else None

    @derived
    def other_than_late(self) -> datetime | None:
        """The earliest reading, None where there is one reading."""
        earliest = min(self.lates)
        return earliest if earliest != self.late else None


AnchorReading = tuple[datetime, date, Form]
"""An instant in UTC, the local date that goes with it, and what it is."""


@value
class DatedAnchor:
    """What times count from: when it starts and when it ends, every reading of both.

    `vague` are the edges of which only the date is known. `ends_with_treatment` is what ends with a
    treatment whose end is not known.
    """

    starts: tuple[AnchorReading, ...]
    ends: tuple[AnchorReading, ...]
    vague: tuple[Side, ...] = ()
    ends_with_treatment: bool = False


Reading = tuple[datetime, datetime, date | None, Form]
"""The earlier and the later instant of a reading in UTC, the date where it is a whole day, a form.

They differ where a clock shows a time twice or never. An edge is an instant, with its date.
"""


class Calendar:
    """The calendar around the appointment `visit`.

    `dated_anchors` are the other instructions that times may count from, by id; None is one that
    has no date. Whatever anchor is not among them is at the appointment, whose edges are of `form`.
    A whole-day appointment has two `faces`: the calendars of a treatment at 00:00 and at 24:00.
    """

    def __init__(
        self,
        visit: Appointment,
        dated_anchors: Mapping[str, DatedAnchor | None] | None = None,
        form: Form = Form.INSTANT,
    ) -> None:
        self.visit = visit
        self.dated_anchors = dict(dated_anchors or {})
        self.form = form
        self.faces: tuple[Calendar, ...] = ()
        self._bounds: dict[int, tuple[tuple[Place, ...], Readings | None]] = {}
        if visit.all_day:
            self.faces = tuple(
                Calendar(
                    replace(visit, start=edge, end=edge, all_day=False),
                    dated_anchors,
                    Form.TREATMENT,
                )
                for edge in (visit.start, visit.end)
            )

    def read_bound(self, places: tuple[Place, ...]) -> Readings | None:
        """Read a bound of a window once, however many have it; its anchors are dated before."""
        found = self._bounds.get(id(places))
        if found is None:
            # With the places, so that no others can come to have their identity.
            found = self._bounds[id(places)] = (places, self.read(places))
        return found[1]

    def read(self, places: Iterable[Place]) -> Readings | None:
        """Return the instants of a bound's places; None where it has none, or no date."""
        found = [each for place in places for each in self._follow(place)]
        if not found:
            return None
        earlies, lates, _, forms = zip(*found, strict=True)
        return Readings(earlies, lates, forms)

    def days(self, place: Place) -> list[date]:
        """Return every reading of the date that a place is, or on which it lies."""
        return [day or self.visit.local_date(early) for early, _, day, _ in self._follow(place)]

    def first_date(self, starts: datetime, form: Form) -> date:
        """Return the date on which what starts at an instant starts."""
        return self.visit.day if form is Form.TREATMENT else self.visit.local_date(starts)

    def last_date(self, ends: datetime, form: Form) -> date:
        """Return the date on which what ends at an instant ends.

        What ends with a day ends on that day; an instant at midnight lies on the day that begins.
        """
        if form.is_within_day:
            return self.first_date(ends, form)
        return self.visit.local_date(ends - timedelta.resolution)

    def is_unknown_end(self, point: Point | None) -> bool:
        """Return whether a point is the end of the treatment, and that is not known."""
        if not isinstance(point, Edge) or point.side is Side.BEFORE:
            return False
        if point.anchor not in self.dated_anchors:
            return not self.visit.duration_known
        dated_anchor = self.dated_anchors[point.anchor]
        return dated_anchor is not None and dated_anchor.ends_with_treatment

    def is_placeless(self, point: Point) -> bool:
        """Return whether a point counts hours from something of which only the date is known."""
        elapses = isinstance(point, Offset) and point.quantity.unit.elapses
        return elapses and self.is_vague(point)

    def is_vague(self, point: Point) -> bool:
        """Return whether a point is an edge of which only the date is known, or hours from one."""
        match point:
            case Edge(side=side):
                edge = side
            case Offset(quantity=quantity) if quantity.unit.elapses:
                edge = point.counted_from or point.side
            case _:
                return False
        if point.anchor not in self.dated_anchors:
            return self.visit.all_day
        dated_anchor = self.dated_anchors[point.anchor]
        return dated_anchor is not None and edge in dated_anchor.vague

    def _follow(self, place: Place) -> list[Reading]:
        found = []
        for edge, date_of_edge, form in self._edges(place.origin):
            at: Reading = (edge, edge, date_of_edge, form)
            for move in place.moves:
                at = self._take(move, *at)
            found.append(at)
        return found

    def _edges(
        self, origin: Edge | Extreme | Opaque
    ) -> Iterable[tuple[datetime, date | None, Form]]:
        """Return every reading of what places count from, and the dates that go with them."""
        match origin:
            case Edge(side=side, anchor=anchor) if anchor not in self.dated_anchors:
                visit = self.visit
                edge = visit.start if side is Side.BEFORE else visit.end
                return ((edge, visit.day, self.form),)
            case Edge(side=side, anchor=anchor):
                found = self.dated_anchors[anchor]
                if found is None:
                    return ()
                return found.starts if side is Side.BEFORE else found.ends
            case Extreme(places=places, latest=latest):
                readings = self.read(places)
                if readings is None:
                    return ()
                if latest:
                    return ((readings.late, None, readings.form_of_late),)
                return ((readings.early, None, readings.form_of_early),)
            case Opaque():
                return ()

    def _take(
        self, move: Move, early: datetime, late: datetime, day: date | None, form: Form
    ) -> Reading:
        """Return where a move leads from a reading."""
        way, count, visit = move.way, move.count, self.visit
        match way:
            case Way.ELAPSE:
                lasts = timedelta(minutes=count)
                return early + lasts, late + lasts, None, Form.INSTANT
            case Way.LAST_DAYS | Way.LAST_MONTHS:
                unit = Unit.DAY if way is Way.LAST_DAYS else Unit.MONTH
                early, late = (self._end_after(each, form, count, unit) for each in (early, late))
                return early, late, None, Form.EDGE
            case Way.LAST_DATE if day is None:
                day = self.last_date(early, form)
        if day is None:
            day = visit.local_date(early)
        match way:
            case Way.DAYS:
                day += timedelta(days=count)
            case Way.MONTHS:
                day = shift_date(day, count, Unit.MONTH)
            case Way.CLOCK:
                form = Form.INSTANT if count % DAY_MINUTES else Form.MIDNIGHT
                return (*find_clock_instants(day, count, visit.zone), None, form)
            case Way.BEGIN | Way.END:
                instant = visit.day_start(day + timedelta(days=way is Way.END))
                return instant, instant, None, Form.EDGE
            case _:
                pass
        return early, late, day, form

    def _end_after(self, begins: datetime, form: Form, count: int, unit: Unit) -> datetime:
        """Return the end of what begins at an instant and lasts for so many days or months.

        Begun with a day it lasts that many, the first included; begun at an instant it holds
        through the last day that is counted.
        """
        last = shift_date(self.first_date(begins, form), count, unit)
        return self.visit.day_start(last + timedelta(days=form.is_within_day))
