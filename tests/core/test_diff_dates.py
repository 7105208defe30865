"""Verdicts against the dates of real appointments: who is stricter is so on every calendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from microcare.core.appointment import timed_appointment
from microcare.core.comparison import Verdict
from microcare.core.diff import diff_protocols
from microcare.core.model import DayOne, Instruction, Position, Verb, Window
from microcare.core.places import Order, days_in_months, order_places, place_point
from microcare.core.points import NumberedDay, Point, Qualifier, RelativeDay, Side, Unit
from microcare.core.spans import Clockwork
from microcare.core.times import shift_date
from microcare.core.windows import date_window
from tests.strategies import makes_sense, offsets, protocol_of

MANY = settings(max_examples=5 * settings().max_examples)
EPOCH = datetime(2023, 1, 1, tzinfo=UTC)
_UTC = ZoneInfo("UTC")

HEDGES = (None, Qualifier.AT_LEAST, Qualifier.UP_TO, Qualifier.IF_POSSIBLE)
"""Of what is "within" a time the plan leaves out the end that is no time at all."""

minutes = st.integers(0, 4 * 365 * 24 * 60)
days_one = st.sampled_from([DayOne.TREATMENT_DAY, DayOne.NEXT_DAY])
places = st.one_of(
    offsets(), st.integers(-5, 5).map(RelativeDay), st.integers(1, 9).map(NumberedDay)
)


def clockwork(minute: int, day_one: DayOne) -> Clockwork:
    """Return the time rules around the appointment at a minute since 2023, in UTC."""
    return Clockwork(timed_appointment(EPOCH + timedelta(minutes=minute), _UTC, "flag"), day_one)


@MANY
@given(places, places, days_one, st.booleans(), st.lists(minutes, min_size=8, max_size=8))
def test_order_holds_for_every_appointment(
    left: Point, right: Point, day_one: DayOne, closing: bool, moments: list[int]
) -> None:
    """A point that is said never to be earlier never is."""
    first = place_point(left, day_one, closing=closing)
    second = place_point(right, day_one, closing=closing)
    for minute in moments:
        times = clockwork(minute, day_one)
        read = times.closing if closing else times.opening
        one, other = read(left), read(right)
        assert one is not None
        assert other is not None
        for ours, theirs, a, b in (
            (first[0], second[0], one.early, other.early),
            (first[1], second[1], one.late, other.late),
        ):
            match order_places(ours, theirs):
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
    rows = diff_protocols(protocol_of([left]), protocol_of([right])).rows
    for row in rows:
        if row.verdict is Verdict.LEFT_STRICTER:
            wide, narrow = left, right
        elif row.verdict in {Verdict.RIGHT_STRICTER, Verdict.SAME}:
            wide, narrow = right, left
        else:
            continue
        for minute in moments:
            times = clockwork(minute, DayOne.NEXT_DAY)
            ours, theirs = date_window(wide, times), date_window(narrow, times)
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
    least, most = days_in_months(months)
    begins = (EPOCH + timedelta(days=day)).date()
    for count in (months, -months):
        assert least <= abs((shift_date(begins, count, Unit.MONTH) - begins).days) <= most
