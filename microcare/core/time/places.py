"""Places: the times of a sheet as what they count from and the moves from there, read once."""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum

from microcare.core.sheet.instruction import Instruction
from microcare.core.sheet.points import (
    Clock,
    Edge,
    Length,
    NumberedDay,
    Offset,
    Point,
    Qualifier,
    Quantity,
    RelativeDay,
    Side,
    Unit,
    is_part_of_day,
)
from microcare.core.sheet.protocol import DayOne
from microcare.core.values import value


class Way(Enum):
    """What one move does; a move to a date, or by days or months, leaves a whole day.

    ELAPSE goes so many minutes on, TO_DATE to the date of an instant (of an anchor's edge: to the
    date that goes with it), LAST_DATE to the date on which what ends there ends. From
    a day CLOCK goes to so many minutes from its midnight, BEGIN to its first instant, END to the
    next day's. LAST_DAYS and LAST_MONTHS go to the end of what begins at an instant and lasts so
    long.
    """

    ELAPSE = 1
    TO_DATE = 2
    LAST_DATE = 3
    DAYS = 4
    MONTHS = 5
    CLOCK = 6
    BEGIN = 7
    END = 8
    LAST_DAYS = 9
    LAST_MONTHS = 10

    # Every place that is looked up has it, and Enum's own is written in Python.
    __hash__ = object.__hash__


_TO_DAY = (Way.TO_DATE, Way.LAST_DATE, Way.DAYS, Way.MONTHS)


@value
class Move:
    """One move from a place to the next; `count` is negative where it leads back."""

    way: Way
    count: int = 0


TO_DATE = Move(Way.TO_DATE)
LAST_DATE = Move(Way.LAST_DATE)
BEGIN = Move(Way.BEGIN)
END = Move(Way.END)


@value
class Extreme:
    """The earliest or the latest of several places, all instants."""

    places: tuple[Place, ...]
    latest: bool


@value
class Opaque:
    """What has no date, known by its words alone: the end of “until you are well”."""

    words: str


@value
class Place:
    """A time of a sheet: `origin` is what it counts from, `moves` lead from there.

    The last move says whether it is a whole day or an instant; its value never does.
    """

    origin: Edge | Extreme | Opaque
    moves: tuple[Move, ...] = ()

    @property
    def is_day(self) -> bool:
        """Whether it is a whole day rather than an instant."""
        return bool(self.moves) and self.moves[-1].way in _TO_DAY

    def then(self, *moves: Move) -> Place:
        """Return the place to which further moves lead."""
        return Place(self.origin, self.moves + moves)


AT_START = Place(Edge(Side.BEFORE))
AT_END = Place(Edge(Side.AFTER))
TREATMENT_DAY = AT_START.then(TO_DATE)


@value
class PlacedWindow:
    """The instants at which a window opens and closes, every reading of both.

    A bound that neither the sheet states nor anything implies has none. A moment closes where it
    opens.
    """

    opens: tuple[Place, ...]
    closes: tuple[Place, ...]


_EITHER, _EARLIER, _LATER = slice(None), slice(1), slice(-1, None)


class PlaceReader:
    """Reads the times of a protocol whose Day 1 is `day_one` into places, each once.

    `anchors` are the ids of the instructions that times count from; any other anchor is at the
    appointment.
    """

    def __init__(self, day_one: DayOne, anchors: Collection[str] = ()) -> None:
        self.day_one = day_one
        self.anchors = anchors
        self._read: dict[int, tuple[Instruction, PlacedWindow]] = {}
        self._bounds: dict[tuple[Place, ...], tuple[Place, ...]] = {}

    def window(self, instruction: Instruction) -> PlacedWindow:
        """Return the places of an instruction's window, rounded as its verb asks for.

        Equal bounds of several instructions are one object.
        """
        found = self._read.get(id(instruction))
        if found is None:
            placed = self.read_window(instruction)
            opens, closes = (
                self._bounds.setdefault(each, each) for each in (placed.opens, placed.closes)
            )
            # With the instruction, so that no other one can come to have its identity.
            found = self._read[id(instruction)] = (instruction, PlacedWindow(opens, closes))
        return found[1]

    def read_window(self, instruction: Instruction) -> PlacedWindow:
        """Return the places of a window as `window` does, each time anew.

        A day opens a window with its first instant and closes it with its last. What is merely
        counted ("3 days after") is left out by minimum intervals and permissions; named days are
        always in.
        """
        at, traits = instruction.window.at, instruction.verb.traits
        opens: tuple[Place, ...] = ()
        closes: tuple[Place, ...] = ()
        if at is not None:
            moments = self.opening(at, _LATER if traits.permits else _EITHER)
            return PlacedWindow(moments, moments)
        if traits.is_interval:
            before, after = instruction.interval_bounds
            opens = self.opening(before, skips_counted=True)
            return PlacedWindow(opens, self.closing(after, skips_counted=True))
        permits = traits.permits
        start, until = instruction.implied_start, instruction.implied_until
        # What Day 1 may mean is no range: a ban covers both, what is permitted comes on the later.
        first, last = _LATER if permits else _EARLIER, _LATER
        if start is not None:
            opens = self.opening(start, first, skips_counted=permits)
        if isinstance(until, Length) and start is not None:
            closes = self._lasting(until, start, last)
        elif until is not None:
            closes = self.closing(until, last, skips_counted=permits)
        if permits:
            # A part of the day is named, and so in as a whole, as a named day is.
            opens = opens[:1] if is_part_of_day(start) else opens
            closes = closes[-1:] if is_part_of_day(until) else closes
        return PlacedWindow(opens, closes)

    def opening(
        self, point: Point, which: slice = _EITHER, *, skips_counted: bool = False
    ) -> tuple[Place, ...]:
        """Return when a window that starts with `point` opens, every reading, all instants.

        With `skips_counted` a day that is merely counted is over before it opens. A numbered day
        counts what comes after the treatment.
        """
        places = self.point(point, which)
        if isinstance(point, NumberedDay):
            return tuple(each.then(BEGIN) if each.moves[-1].count else AT_END for each in places)
        return self._round(places, END if skips_counted and _is_counted(point) else BEGIN)

    def closing(
        self, point: Point, which: slice = _EITHER, *, skips_counted: bool = False
    ) -> tuple[Place, ...]:
        """Return when a window that ends with `point` closes, exclusive, as `opening` does.

        With `skips_counted` it closes before a day that is merely counted.
        """
        edge = BEGIN if skips_counted and _is_counted(point) else END
        return self._round(self.point(point, which), edge)

    def _round(self, places: tuple[Place, ...], edge_of_day: Move) -> tuple[Place, ...]:
        return tuple([each.then(edge_of_day) if each.is_day else each for each in places])

    def _lasting(self, length: Length, start: Point, which: slice) -> tuple[Place, ...]:
        """Return when a window closes that lasts so long from `start`.

        It is counted from the day named, not from the next one, the first in. In days it holds from
        the appointment's own edge through the last that is counted from D. Hours of a numbered day
        are counted from where it opens.
        """
        moves = _count_moves(length.quantity)
        begins = self._round(self.point(start, which), BEGIN)
        if length.quantity.unit.elapses:
            if isinstance(start, NumberedDay):
                begins = self.opening(start, which)
            return tuple(each.then(move) for each in begins for move in moves)
        if isinstance(start, Edge) and start.anchor not in self.anchors:
            return tuple(each.then(TO_DATE, move, END) for each in begins for move in moves)
        return tuple(
            each.then(Move(_LASTING[move.way], move.count)) for each in begins for move in moves
        )

    def point(self, point: Point, which: slice = _EITHER) -> tuple[Place, ...]:
        """Return the places that a point may mean, every reading; a whole day stays one.

        `which` chooses among the days that an unstated Day 1 may mean, in their order. Raises
        TypeError for a length, which has no place without the beginning of its window.
        """
        match point:
            case Offset():
                return self._count(point)
            case Edge(side=side, anchor=anchor):
                return (self._edge(side, anchor),)
            case RelativeDay(days=days, anchor=anchor):
                day = self._edge(Side.AFTER if days > 0 else Side.BEFORE, anchor).then(TO_DATE)
                return (day.then(Move(Way.DAYS, days)) if days else day,)
            case NumberedDay(number=number):
                distances = (number + shift for shift in _FIRST_DAYS[self.day_one][which])
                return tuple(TREATMENT_DAY.then(Move(Way.DAYS, each)) for each in distances)
            case Clock(day=day, time=time):
                moves = [Move(Way.CLOCK, each) for each in _ends(*time.ends)]
                dates = [each for each in self.point(day, which) if each.is_day]
                return tuple(each.then(move) for each in dates for move in moves)
            case Length():
                raise TypeError("a length is counted from the beginning of its window")

    def _count(self, point: Offset) -> tuple[Place, ...]:
        quantity, sign = point.quantity, -1 if point.side is Side.BEFORE else 1
        edge = self._edge(point.counted_from or point.side, point.anchor)
        start = edge if quantity.unit.elapses else edge.then(TO_DATE)
        found = tuple([start.then(each) for each in _count_moves(quantity, sign)])
        return (*found, edge) if point.qualifier is Qualifier.WITHIN else found

    def _edge(self, side: Side, anchor: str) -> Place:
        if anchor in self.anchors:
            return Place(Edge(side, anchor))
        return AT_START if side is Side.BEFORE else AT_END


_FIRST_DAYS = {
    DayOne.TREATMENT_DAY: (-1,),
    DayOne.NEXT_DAY: (0,),
    DayOne.UNSTATED: (-1, 0),
}
_WAYS = {
    Unit.MINUTE: (Way.ELAPSE, 1),
    Unit.HOUR: (Way.ELAPSE, 60),
    Unit.DAY: (Way.DAYS, 1),
    Unit.WEEK: (Way.DAYS, 7),
    Unit.MONTH: (Way.MONTHS, 1),
    Unit.YEAR: (Way.MONTHS, 12),
}
_LASTING = {Way.DAYS: Way.LAST_DAYS, Way.MONTHS: Way.LAST_MONTHS}


def _is_counted(point: Point) -> bool:
    return isinstance(point, Offset) and not point.named


def _count_moves(quantity: Quantity, sign: int = 1) -> list[Move]:
    way, size = _WAYS[quantity.unit]
    return [Move(way, sign * size * each) for each in _ends(quantity.least, quantity.most)]


def _ends(least: int, most: int) -> tuple[int, ...]:
    return (least,) if least == most else (least, most)
