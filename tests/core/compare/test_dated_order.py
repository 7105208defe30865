"""Verdicts against the dates of real appointments: who is stricter is so on every calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from microcare.core.compare.comparison import Verdict
from microcare.core.compare.protocols import compare_protocols
from microcare.core.sheet.instruction import Instruction, Position, Window
from microcare.core.sheet.points import (
    Clock,
    Edge,
    NumberedDay,
    Point,
    Qualifier,
    RelativeDay,
    Side,
    Unit,
)
from microcare.core.sheet.protocol import DayOne, Protocol
from microcare.core.sheet.verbs import Verb
from microcare.core.time.anchors import date_instructions, read_times
from microcare.core.time.appointment import Appointment, make_timed_appointment
from microcare.core.time.arithmetic import shift_date
from microcare.core.time.bounds import Bound, place_anchors, read_bounds
from microcare.core.time.calendars import Calendar
from microcare.core.time.dated import Dated
from microcare.core.time.order import Order, find_extremes, find_range, order_places
from microcare.core.time.places import (
    BEGIN,
    TREATMENT_DAY,
    Extreme,
    Move,
    Opaque,
    Place,
    PlaceReader,
    Way,
)
from microcare.core.time.windows import date_window
from tests.core.compare.comparing import mirrored
from tests.strategies import makes_sense, nominal_places, offsets, protocol_of, sheets

MANY = settings(max_examples=3 * settings().max_examples)
EPOCH = datetime(2023, 1, 1, tzinfo=UTC)
_UTC = ZoneInfo("UTC")

HEDGES = (None, Qualifier.AT_LEAST, Qualifier.UP_TO, Qualifier.IF_POSSIBLE)
"""Of what is "within" a time the plan leaves out the end that is no time at all."""

minutes = st.integers(0, 4 * 365 * 24 * 60)
days_one = st.sampled_from([DayOne.TREATMENT_DAY, DayOne.NEXT_DAY])
places = st.one_of(
    offsets(), st.integers(-5, 5).map(RelativeDay), st.integers(1, 9).map(NumberedDay)
)


def calendar(minute: int) -> Calendar:
    """Return the calendar around the appointment at a minute since 2023, in UTC."""
    return Calendar(make_timed_appointment(EPOCH + timedelta(minutes=minute), _UTC, "flag"))


@MANY
@given(places, places, days_one, st.booleans(), st.lists(minutes, min_size=8, max_size=8))
def test_order_holds_for_every_appointment(
    left: Point, right: Point, day_one: DayOne, closing: bool, moments: list[int]
) -> None:
    """A point that is said never to be earlier never is."""
    reader = PlaceReader(day_one)
    one, other = (
        reader.closing(point) if closing else reader.opening(point) for point in (left, right)
    )
    first, second = find_extremes(one), find_extremes(other)
    for minute in moments:
        ours, theirs = (calendar(minute).read(found) for found in (one, other))
        assert ours is not None
        assert theirs is not None
        for place, other_place, a, b in (
            (first[0], second[0], ours.early, theirs.early),
            (first[1], second[1], ours.late, theirs.late),
        ):
            match order_places(place, other_place):
                case Order.EQUAL:
                    assert a == b
                case Order.GREATER:
                    assert a >= b
                case Order.LESS:
                    assert a <= b
                case Order.UNCLEAR:
                    pass


@MANY
@given(
    st.sampled_from([Verb.AVOID, Verb.WAIT_SINCE]),
    st.sampled_from([Verb.AVOID, Verb.WAIT_SINCE]),
    offsets(qualifiers=HEDGES),
    offsets(qualifiers=HEDGES),
    st.lists(minutes, min_size=8, max_size=8),
)
def test_stricter_ban_covers_the_other_on_every_date(
    verb: Verb, other_verb: Verb, point: Point, other_point: Point, moments: list[int]
) -> None:
    """The stricter of two bans begins no later and ends no earlier, its ranges included."""
    left, right = (ban(verb, point), ban(other_verb, other_point))
    assume(all(map(makes_sense, (left, right))))
    rows = compare_protocols(protocol_of([left]), protocol_of([right])).compared
    for row in rows:
        if row.verdict is Verdict.LEFT_STRICTER:
            wide, narrow = left, right
        elif row.verdict in {Verdict.RIGHT_STRICTER, Verdict.SAME}:
            wide, narrow = right, left
        else:
            continue
        for minute in moments:
            reader = PlaceReader(DayOne.NEXT_DAY)
            ours, theirs = (date_window(each, calendar(minute), reader) for each in (wide, narrow))
            if row.side is Side.BEFORE:
                assert ours.start is not None
                assert theirs.start is not None
                assert ours.start <= theirs.start
                late = (ours.start_at_latest or ours.start, theirs.start_at_latest or theirs.start)
                assert late[0] <= late[1]
            else:
                assert ours.until is not None
                assert theirs.until is not None
                assert ours.until >= theirs.until
                least = (ours.until_at_least or ours.until, theirs.until_at_least or theirs.until)
                assert least[0] >= least[1]


def ban(verb: Verb, point: Point) -> Instruction:
    """Return a ban from or until a point, or a waiting time."""
    begins = verb is Verb.WAIT_SINCE or getattr(point, "side", None) is Side.BEFORE
    window = Window(start=point) if begins else Window(until=point)
    return Instruction("it", verb, ("one",), "Do not.", Position("a.yaml", 1, 1), window)


@given(st.integers(1, 40), st.integers(0, 4 * 365))
def test_months_have_as_many_days_as_said(months: int, day: int) -> None:
    """Forwards and back, a month's length lies within its bounds."""
    begins = (EPOCH + timedelta(days=day)).date()
    for count in (months, -months):
        place = TREATMENT_DAY.then(Move(Way.MONTHS, count), BEGIN)
        least, most = (minutes // (24 * 60) for minutes in find_range(place))
        assert least <= (shift_date(begins, count, Unit.MONTH) - begins).days <= most


def read_place(place: Place, visit: Appointment) -> datetime | None:
    """Return the instant of a place around an appointment in UTC; None where it isn't known."""
    match place.origin:
        case Opaque():
            return None
        case Extreme(places=members, latest=latest):
            found = [read_place(each, visit) for each in members]
            known = [each for each in found if each is not None]
            if len(known) < len(found):
                return None
            at, day = max(known) if latest else min(known), None
        case Edge(side=side):
            at, day = visit.start if side is Side.BEFORE else visit.end, visit.day
    for move in place.moves:
        at, day = take(move, at, day)
    return at


def take(move: Move, at: datetime, day: date | None) -> tuple[datetime, date | None]:
    """Return the instant, and the day if it is one, to which a move leads in UTC."""
    count, date_of = move.count, day or at.date()
    match move.way:
        case Way.ELAPSE:
            return at + timedelta(minutes=count), None
        case Way.TO_DATE:
            return at, date_of
        case Way.LAST_DATE:
            return at, day or (at - timedelta(microseconds=1)).date()
        case Way.DAYS:
            return at, date_of + timedelta(days=count)
        case Way.MONTHS:
            return at, shift_date(date_of, count, Unit.MONTH)
        case Way.CLOCK:
            return midnight(date_of) + timedelta(minutes=count), None
        case Way.BEGIN | Way.END:
            return midnight(date_of) + timedelta(days=move.way is Way.END), None
        case Way.LAST_DAYS | Way.LAST_MONTHS:
            unit = Unit.DAY if move.way is Way.LAST_DAYS else Unit.MONTH
            within = at != midnight(at.date())
            return midnight(shift_date(at.date(), count, unit)) + timedelta(days=within), None


def midnight(day: date) -> datetime:
    """Return the first instant of a date in UTC."""
    return datetime.combine(day, time(), UTC)


quarters = st.integers(0, 365 * 4 - 1).flatmap(
    lambda day: st.integers(1, 94).map(lambda quarter: day * 96 + quarter)
)


@st.composite
def bookings(draw: st.DrawFn) -> Appointment:
    """Draw an appointment that ends on the day on which it begins, in UTC."""
    start = EPOCH + timedelta(minutes=15 * draw(quarters))
    lasts = timedelta(minutes=draw(st.sampled_from([0, 0, 15, 60, 300])))
    fits = (start + lasts).date() == start.date()
    return make_timed_appointment(start, _UTC, "flag", lasts if lasts and fits else None)


@MANY
@given(nominal_places(), nominal_places(), st.lists(bookings(), min_size=12, max_size=12))
def test_order_of_places_holds_for_every_appointment(
    left: Place, right: Place, visits: list[Appointment]
) -> None:
    """What is said to be later is never earlier, whatever two places count."""
    order = order_places(left, right)
    assert order_places(right, left) is order.mirrored
    for visit in visits:
        one, other = read_place(left, visit), read_place(right, visit)
        assert one is not None
        assert other is not None
        assert order is not Order.EQUAL or one == other
        assert order is not Order.GREATER or one >= other
        assert order is not Order.LESS or one <= other


@given(sheets(), st.lists(bookings(), min_size=4, max_size=4))
def test_places_are_where_the_plan_dates_them(sheet: Protocol, visits: list[Appointment]) -> None:
    """Clock times, lengths and times from other instructions compare as they are dated."""
    anchors = place_anchors(sheet)
    for visit in visits:
        dates = date_instructions(
            read_times(sheet.instructions, sheet.day_one, sheet.times_of_day), visit
        )
        if any(each.start and each.until and each.start >= each.until for each in dates.values()):
            continue  # What leaves no room for this appointment has no window to compare.
        for each in sheet.instructions:
            dated = dates[each.id]
            latest = None if each.verb.traits.permits else dated.start_at_latest or dated.start
            opening, closing = read_bounds(each, sheet.day_one, anchors)
            check_bound(opening, dated.start, latest, visit)
            # Where nobody knows how long the treatment takes, what ends with it has the whole day.
            if each.window.at is not None or dated.ends_with_treatment:
                continue
            ends = dated.until or dated.until_at_least
            kept = dated.until_at_least if dated.until else None
            check_bound(closing, ends, kept, visit)


def check_bound(
    bound: Bound, careful: datetime | None, other: datetime | None, visit: Appointment
) -> None:
    """Fail where a bound is not where the plan has it; the plan may leave out a range's end."""
    # Under a hedge the plan has one end, the bound keeps both; it is compared with its like only.
    if bound.hedge is not None:
        return
    for place, dated in ((bound.careful, careful), (bound.other, other)):
        if dated is None:
            continue
        assert place is not None
        found = read_place(place, visit)
        assert found is None or found == dated


@given(sheets())
def test_ids_make_no_difference(sheet: Protocol) -> None:
    """A sheet is the same as itself under other ids, the anchors that refer to them renamed too."""
    renamed = rename(sheet)
    assert compare_protocols(sheet, sheet).is_same
    assert compare_protocols(sheet, renamed).is_same
    assert compare_protocols(renamed, sheet).is_same


def rename(sheet: Protocol) -> Protocol:
    """Return a sheet whose instructions have other ids."""
    names = {each.id: f"x-{each.id}" for each in sheet.instructions}
    return replace(
        sheet,
        instructions=tuple(
            replace(
                each,
                id=names[each.id],
                window=replace(
                    each.window,
                    start=rename_point(each.window.start, names),
                    until=rename_point(each.window.until, names),
                    at=rename_point(each.window.at, names),
                ),
            )
            for each in sheet.instructions
        ),
    )


def rename_point(point: Point | None, names: dict[str, str]) -> Point | None:
    """Return a point that counts from the instruction of the new name."""
    if point is None or point.anchor not in names:
        return point
    if isinstance(point, Clock):
        return replace(point, day=replace(point.day, anchor=names[point.anchor]))
    return replace(point, anchor=names[point.anchor])


@given(sheets(), sheets())
def test_the_whole_language_is_mirrored(one: Protocol, other: Protocol) -> None:
    """`diff B A` is `diff A B` with the sides exchanged."""
    found, turned = compare_protocols(one, other).compared, compare_protocols(other, one).compared
    assert turned == tuple(map(mirrored, found))


_TWO_BANS = [Verb.AVOID, Verb.WAIT_SINCE]


@given(sheets(_TWO_BANS, most=3), sheets(_TWO_BANS, most=3), st.lists(bookings(), max_size=6))
def test_no_lone_ban_is_called_stricter_wrongly(
    left: Protocol, right: Protocol, visits: list[Appointment]
) -> None:
    """Of two governing bans the stricter begins no later, or ends no earlier, on its side."""
    for row in compare_protocols(left, right).compared:
        pair = (row.left.governing, row.right.governing)
        if [len(each) for each in pair] != [1, 1] or row.side not in {Side.BEFORE, Side.AFTER}:
            continue
        if row.verdict not in {Verdict.LEFT_STRICTER, Verdict.RIGHT_STRICTER, Verdict.SAME}:
            continue
        swapped = row.verdict is Verdict.RIGHT_STRICTER
        for visit in visits:
            ours, theirs = (
                date_instructions(
                    read_times(sheet.instructions, sheet.day_one, sheet.times_of_day), visit
                )[said[0].instruction.id]
                for sheet, said in zip((left, right), pair, strict=True)
            )
            wide, narrow = (theirs, ours) if swapped else (ours, theirs)
            if has_no_room(wide) or has_no_room(narrow):
                continue
            if row.side is Side.BEFORE and wide.start and narrow.start:
                assert wide.start <= narrow.start
            if row.side is Side.AFTER and wide.until and narrow.until:
                assert wide.until >= narrow.until


def has_no_room(dated: Dated) -> bool:
    """Return whether a window is empty for an appointment."""
    return dated.start is not None and dated.until is not None and dated.start >= dated.until
