"""What the properties are tried on: appointments in every zone, instructions of every kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import strategies as st

from microcare.core.sheet.conditions import All, Any, Condition, Factor, Is, Not
from microcare.core.sheet.instruction import (
    Instruction,
    Position,
    Repetition,
    StateRule,
    Step,
    Window,
)
from microcare.core.sheet.points import (
    TIMES_OF_DAY,
    Clock,
    DayTime,
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
)
from microcare.core.sheet.protocol import DayOne, Protocol
from microcare.core.sheet.verbs import Verb
from microcare.core.sheet.vocabulary import Topic
from microcare.core.time.appointment import (
    Appointment,
    make_timed_appointment,
    make_whole_day_appointment,
)
from microcare.core.time.places import (
    AT_END,
    AT_START,
    BEGIN,
    END,
    LAST_DATE,
    TO_DATE,
    Extreme,
    Move,
    Place,
    Way,
)
from microcare.load.protocol.settling import settle_instructions
from tests.oracle import (
    MINUTE,
    Sheet,
    Visit,
    clock_changes,
    expect_times,
    timed_visit,
    whole_day_visit,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

ODD_ZONES = (
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/Havana",
    "America/Sao_Paulo",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
    "Europe/London",
    "Pacific/Apia",
    "UTC",
)
"""Half hours, missing midnights, double ones, a date that never was, two changes in Ramadan."""

ALL_ZONES = tuple(sorted(available_timezones() - {"Factory", "localtime"}))

_MOST = {
    Unit.MINUTE: 600,
    Unit.HOUR: 200,
    Unit.DAY: 40,
    Unit.WEEK: 12,
    Unit.MONTH: 14,
    Unit.YEAR: 3,
}
_UTC = ZoneInfo("UTC")
_AFTERNOON = timed_visit(int(datetime(2026, 12, 10, 14, 30, tzinfo=UTC).timestamp()), 0, _UTC)
_HELD_IN = Position("generated.yaml", 1, 1)

TOPICS = {
    topic.id: topic
    for topic in (
        Topic("all", "everything"),
        Topic("left", "left things", (), ("all",)),
        Topic("right", "right things", (), ("all",)),
        Topic("one", "thing one", (), ("left",)),
        Topic("both", "the thing in both", (), ("left", "right")),
        Topic("deep", "a part of the thing in both", (), ("both",)),
        Topic("apart", "something else"),
    )
}
"""Groups in groups, and a topic that two groups share."""

FACTORS = {name: Factor(name, f"{name} is so", f"{name} is not so", f"{name}?") for name in "pqr"}

zones = st.one_of(st.sampled_from(ODD_ZONES), st.sampled_from(ALL_ZONES)).map(ZoneInfo)
days_one = st.sampled_from(DayOne)
answers = st.dictionaries(st.sampled_from(sorted(FACTORS)), st.booleans())
conditions: st.SearchStrategy[Condition] = st.recursive(
    st.sampled_from(sorted(FACTORS)).map(Is),
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=1, max_size=3).map(tuple).map(All),
        st.lists(inner, min_size=1, max_size=3).map(tuple).map(Any),
    ),
    max_leaves=5,
)
_maybe_condition = st.none() | conditions
_a_topic = st.sampled_from(sorted(TOPICS))
_some_topics = st.lists(_a_topic, min_size=1, max_size=2, unique=True)
_exceptions = st.lists(_a_topic, max_size=1)


@st.composite
def visits(draw: st.DrawFn, first_year: int = 1972, last_year: int = 2036) -> Visit:
    """Draw an appointment anywhere, half of them within days of a clock change."""
    zone = draw(zones)
    year = draw(st.integers(first_year, last_year))
    changes = clock_changes(zone, year) if draw(st.booleans()) else ()
    if changes:
        start = draw(st.sampled_from(changes)) + draw(st.integers(-6000, 6000)) * MINUTE
    else:
        new_year = int(datetime(year, 1, 1, tzinfo=UTC).timestamp())
        start = new_year + draw(st.integers(0, 365 * 24 * 60 - 1)) * MINUTE
    if draw(st.integers(0, 4)) == 0:
        return whole_day_visit(datetime.fromtimestamp(start, zone).date(), zone)
    return timed_visit(start, draw(st.sampled_from([0, 0, 15, 60, 600])), zone)


def appointment(visit: Visit) -> Appointment:
    """Return the core's appointment for one of the second computation."""
    if visit.all_day:
        return make_whole_day_appointment(visit.day, visit.zone, "flag")
    start = datetime.fromtimestamp(visit.start, visit.zone)
    lasts = timedelta(seconds=visit.end - visit.start)
    return make_timed_appointment(start, visit.zone, "flag", lasts or None)


# Hypothesis looks into each strategy that is new to it, which takes longer than the drawing:
# those that are made while another draws are made once.


def offsets(
    *,
    units: Sequence[Unit] = tuple(Unit),
    sides: Sequence[Side] = (Side.BEFORE, Side.AFTER),
    ranged: bool = True,
    qualifiers: Sequence[Qualifier | None] = (None, None, *Qualifier),
) -> st.SearchStrategy[Offset]:
    """Draw a counted time; a wish is a range, the other hedges are of one number."""
    return _offsets(tuple(units), tuple(sides), ranged, tuple(qualifiers))


@cache
@st.composite
def _offsets(
    draw: st.DrawFn,
    units: tuple[Unit, ...],
    sides: tuple[Side, ...],
    ranged: bool,
    qualifiers: tuple[Qualifier | None, ...],
) -> Offset:
    unit = draw(st.sampled_from(units))
    least = most = draw(st.integers(1, _MOST[unit]))
    qualifier = draw(st.sampled_from(qualifiers))
    may_range = ranged and qualifier in {None, Qualifier.IF_POSSIBLE}
    if may_range and draw(st.booleans()):
        most = draw(st.integers(least, _MOST[unit]))
    return Offset(Quantity(least, most, unit), draw(st.sampled_from(sides)), qualifier=qualifier)


@cache
def points(*, single: bool = False) -> st.SearchStrategy[Point]:
    """Draw any point; with `single` one that has one reading."""
    hedges = (None, Qualifier.AT_LEAST, Qualifier.UP_TO) if single else (None, *Qualifier)
    return st.one_of(
        offsets(ranged=not single, qualifiers=hedges),
        st.sampled_from([Edge(Side.BEFORE), Edge(Side.AFTER)]),
        st.integers(-5, 10).map(RelativeDay),
        st.integers(1, 30).map(NumberedDay),
    )


whole_days = st.one_of(
    offsets(
        units=[Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR], ranged=False, qualifiers=[None]
    ).map(lambda offset: replace(offset, named=True)),
    st.integers(-5, 10).map(RelativeDay),
    st.integers(1, 30).map(NumberedDay),
)
"""What `on` may name."""


VERBS = tuple(each for each in Verb if not each.traits.screens)
_COURSE_VERBS = tuple(each for each in Verb if each.traits.doses)
_UNSTATED_RULES = {Verb.AVOID, Verb.TAKE, Verb.USE}


@cache
def _bounds(verb: Verb) -> st.SearchStrategy[Point | None]:
    return st.none() | points(single=verb is Verb.MAY)


@cache
@st.composite
def windows(draw: st.DrawFn, verb: Verb) -> Window:
    """Draw the times of an instruction, such as the language allows for its verb."""
    if verb is Verb.WAIT_SINCE:
        hedges = (None, Qualifier.AT_LEAST)
        return Window(start=draw(offsets(qualifiers=hedges)))
    if verb in {Verb.ARRIVE, Verb.REPEAT} or draw(st.integers(0, 7)) == 0:
        return Window(at=Edge(Side.BEFORE) if verb is Verb.AVOID else draw(points()))
    if draw(st.integers(0, 7)) == 0:
        day = draw(whole_days)
        return Window(day, day)
    start, until = draw(_bounds(verb)), draw(_bounds(verb))
    match draw(st.sampled_from(("stated", "stated", "state", "words"))):
        case "state":
            known = (StateRule.LATER, StateRule.EARLIER)
            rules = (*known, StateRule.UNSTATED) if verb in _UNSTATED_RULES else known
            rule = None if until is None else draw(st.sampled_from(rules))
            return Window(start, until, until_state="your skin has healed", until_rule=rule)
        case "words":
            return Window(start, until, until_words="a few days")
        case _:
            return Window(start, until)


@st.composite
def instructions(draw: st.DrawFn, verbs: Sequence[Verb] = VERBS) -> Instruction:
    """Draw an instruction about some of TOPICS, under a condition or none."""
    plain = draw(_timeless(tuple(verbs)))
    return replace(plain, window=draw(windows(plain.verb)))


@cache
@st.composite
def _timeless(draw: st.DrawFn, verbs: tuple[Verb, ...]) -> Instruction:
    verb, topics = draw(st.sampled_from(verbs)), tuple(draw(_some_topics))
    return Instruction(
        id="it",
        verb=verb,
        topics=topics,
        # No file leaves out of a rule what it is about.
        exceptions=tuple(each for each in draw(_exceptions) if each not in topics),
        text="Do as the sheet says.",
        position=_HELD_IN,
        condition=draw(_maybe_condition),
    )


def protocols(verbs: Sequence[Verb] = VERBS, most: int = 6) -> st.SearchStrategy[Protocol]:
    """Draw a protocol of a few instructions such as the loader would take."""
    drawn = st.lists(instructions(verbs).filter(makes_sense), min_size=1, max_size=most)
    return st.builds(protocol_of, drawn, days_one)


def makes_sense(instruction: Instruction) -> bool:
    """Return whether a window ends after it begins around some ordinary afternoon."""
    times = expect_times(instruction, _AFTERNOON, DayOne.UNSTATED)
    ends = times.until or times.until_at_least
    return times.start is None or ends is None or times.start < ends


# The whole language: clock times, lengths, and instructions that count from each other.

HEDGES = (Qualifier.NOT_BEFORE, Qualifier.NO_LATER)
_DAY_UNITS = (Unit.DAY, Unit.WEEK, Unit.MONTH)


def _quarters(number: int) -> int:
    return number * 15


_QUARTERS = st.integers(0, 96).map(_quarters)
day_times = st.one_of(
    _QUARTERS.map(lambda minutes: DayTime(minutes, minutes)),
    st.sampled_from([DayTime(each, each) for each in (0, 1, 30, 90, 150, 1439, 1440)]),
    st.sampled_from([part for name, part in TIMES_OF_DAY.items() if name != "waking"]),
    st.builds(DayTime, st.integers(60, 80).map(_quarters), st.just(22 * 60), st.just("evening")),
    st.builds(
        DayTime,
        st.integers(0, 7).map(_quarters),
        st.integers(8, 23).map(_quarters),
        st.just("night"),
    ),
)
"""Clock times, many of them near those at which clocks change, and parts a protocol may set."""


@cache
def lengths(*, ranged: bool = True) -> st.SearchStrategy[Length]:
    """Draw how long a window lasts."""
    hedges = (None, Qualifier.AT_LEAST, Qualifier.UP_TO)
    drawn = offsets(sides=[Side.AFTER], ranged=ranged, qualifiers=hedges)
    return drawn.map(lambda offset: Length(offset.quantity, offset.qualifier))


@cache
@st.composite
def any_points(draw: st.DrawFn, anchors: tuple[str, ...] = ()) -> Point:
    """Draw any point, counted from the appointment or one of some instructions."""
    anchor = draw(st.sampled_from(("appointment", *anchors, *anchors)))
    kind = draw(st.sampled_from(("offset", "offset", "edge", "day", "clock", "numbered")))
    match kind:
        case "offset":
            drawn = draw(offsets())
            edge = draw(st.sampled_from((None, None, Side.BEFORE, Side.AFTER)))
            return replace(drawn, anchor=anchor, counted_from=edge)
        case "edge":
            return Edge(draw(st.sampled_from((Side.BEFORE, Side.AFTER))), anchor)
        case "day":
            return RelativeDay(draw(st.integers(-3, 3)), anchor)
        case "numbered":
            return NumberedDay(draw(st.integers(1, 9)))
        case _:
            return draw(clocks(anchor))


@cache
def clocks(anchor: str = "appointment") -> st.SearchStrategy[Clock]:
    """Draw a time of day, or a part of one, on a day."""
    counted = offsets(units=_DAY_UNITS, ranged=False, qualifiers=[None]).map(
        lambda offset: replace(offset, named=True, anchor=anchor)
    )
    near = st.integers(-2, 2).map(lambda days: RelativeDay(days, anchor))
    numbered = st.integers(1, 4).map(NumberedDay)
    day = st.one_of(near, near, counted, numbered)
    return st.builds(Clock, day, day_times, st.sampled_from([None, None, *HEDGES]))


@cache
@st.composite
def any_windows(draw: st.DrawFn, verb: Verb, anchors: tuple[str, ...] = ()) -> Window:
    """Draw the times of an instruction, all that the language has for its verb."""
    if verb is Verb.WAIT_SINCE:
        anchor = draw(st.sampled_from(("appointment", "appointment", *anchors)))
        bound = replace(draw(offsets(qualifiers=(None, Qualifier.AT_LEAST))), anchor=anchor)
        if draw(st.booleans()):
            return Window(start=bound)
        return Window(replace(bound, side=Side.BEFORE), replace(bound, side=Side.AFTER))
    if verb in {Verb.ARRIVE, Verb.REPEAT} or draw(st.integers(0, 4)) == 0:
        return Window(at=Edge(Side.BEFORE) if verb is Verb.AVOID else draw(any_points(anchors)))
    if draw(st.integers(0, 6)) == 0:
        return draw(part_windows())
    start = draw(_any_start(anchors))
    until = draw(_any_end(anchors, lasts=start is not None))
    match draw(st.sampled_from(("stated", "stated", "stated", "state", "words"))):
        case "state":
            rule = None if until is None else draw(st.sampled_from(StateRule))
            return Window(start, until, until_state="your skin has healed", until_rule=rule)
        case "words":
            return Window(start, until, until_words="a few days")
        case _:
            return Window(start, until)


@cache
def _any_start(anchors: tuple[str, ...]) -> st.SearchStrategy[Point | None]:
    return st.none() | any_points(anchors)


@cache
def _any_end(anchors: tuple[str, ...], *, lasts: bool) -> st.SearchStrategy[Point | None]:
    return st.one_of(st.none(), any_points(anchors), lengths() if lasts else any_points(anchors))


@cache
@st.composite
def part_windows(draw: st.DrawFn) -> Window:
    """Draw the whole of a part of a day ("on: the evening before"), from one end to the other."""
    clock = replace(draw(clocks()), qualifier=None)
    ends = (DayTime(each, each, clock.time.name) for each in (clock.time.least, clock.time.most))
    start, until = (replace(clock, time=end) for end in ends)
    return Window(start, until)


@st.composite
def sheets(draw: st.DrawFn, verbs: Sequence[Verb] = VERBS, most: int = 5) -> Protocol:
    """Draw a protocol of the whole language, in no order, such as the loader would take."""
    day_one = draw(days_one)
    timeless = _timeless(tuple(verbs))
    drawn: list[Instruction] = []
    for place in range(draw(st.integers(1, most))):
        names = tuple(each.id for each in drawn)
        plain = draw(timeless)
        window = draw(any_windows(plain.verb, names))
        each = replace(plain, id=f"i{place}", window=window)
        if _is_taken(each, drawn, day_one):
            drawn.append(each)
        elif each.verb is not Verb.WAIT_SINCE:
            drawn.append(replace(each, window=Window()))
    settled = settle_instructions(draw(st.permutations(drawn)), {}, day_one, TIMES_OF_DAY)
    return replace(protocol_of((), day_one), instructions=settled)


def _is_taken(each: Instruction, others: Sequence[Instruction], day_one: DayOne) -> bool:
    """Return whether the loader would take a window: it has room, and it has both its ends."""
    sheet = Sheet([*others, each], day_one)
    times = sheet.times(each.id, _AFTERNOON)
    ends = times.until or times.until_at_least
    if times.start is not None and ends is not None and times.start >= ends:
        return False
    bounds = (each.window.start, each.window.until)
    alone = next((point for point in bounds if point is not None), None)
    half_open = None in bounds and each.window.until_state is None
    vague = each.window.until_words is not None
    open_day = isinstance(alone, Clock) and sheet.side(alone) is Side.DAY_OF
    return not (half_open and not vague and open_day)


def protocol_of(drawn: Sequence[Instruction], day_one: DayOne = DayOne.NEXT_DAY) -> Protocol:
    """Return the protocol of some instructions, whose ids are their places in it."""
    return Protocol(
        id="generated",
        title="Generated",
        procedure="generated",
        version="1",
        day_one=day_one,
        instructions=tuple(replace(each, id=f"i{place}") for place, each in enumerate(drawn)),
        topics=TOPICS,
        factors=FACTORS,
    )


def shift_visit(visit: Visit, days: int) -> Visit:
    """Return the appointment at the same wall-clock time, days later."""
    if visit.all_day:
        return whole_day_visit(visit.day + timedelta(days=days), visit.zone)
    wall = datetime.fromtimestamp(visit.start, visit.zone).replace(tzinfo=None, fold=0)
    moved = (wall + timedelta(days=days)).replace(tzinfo=visit.zone)
    return timed_visit(int(moved.timestamp()), (visit.end - visit.start) // MINUTE, visit.zone)


# Courses

_RHYTHMS: st.SearchStrategy[Repetition] = st.one_of(
    st.integers(1, 6).map(lambda most: Repetition(daily=(1, most))),
    st.lists(
        st.one_of(
            # Clocks change in the first hours of a day.
            st.one_of(st.integers(0, 210), st.integers(0, 24 * 60 - 1)).map(
                lambda minute: DayTime(minute, minute)
            ),
            st.sampled_from(sorted(TIMES_OF_DAY)).map(TIMES_OF_DAY.__getitem__),
        ),
        min_size=1,
        max_size=4,
        unique=True,
    ).map(lambda times: Repetition(times=tuple(times))),
    st.integers(1, 30).map(lambda hours: Repetition("", interval=Quantity(1, hours, Unit.HOUR))),
    st.integers(60, 600).map(
        lambda least: Repetition("", interval=Quantity(1, least, Unit.MINUTE))
    ),
    st.integers(1, 9).map(
        lambda hours: Repetition("", interval=Quantity(1, hours, Unit.HOUR), waking=True)
    ),
    st.tuples(st.integers(1, 5), st.sampled_from([Unit.DAY, Unit.WEEK, Unit.MONTH])).map(
        lambda pair: Repetition("", interval=Quantity(1, *pair))
    ),
)
"""How often, from several times a day to every few months."""

_LENGTHS = st.tuples(st.integers(1, 6), st.sampled_from([Unit.DAY, Unit.DAY, Unit.WEEK])).map(
    lambda pair: Quantity(pair[0], *pair)
)

_steps = st.lists(st.tuples(_LENGTHS, _RHYTHMS), min_size=1, max_size=3)
_course_topics = st.lists(_a_topic, min_size=1, max_size=3, unique=True)
_SOONEST_END = 11
_course_starts: st.SearchStrategy[Point] = st.one_of(
    st.just(Edge(Side.AFTER)),
    st.integers(-5, 10).map(RelativeDay),
    offsets(units=[Unit.HOUR], ranged=False, qualifiers=[None]),
    offsets(units=[Unit.DAY], ranged=False, qualifiers=[None]).filter(
        lambda offset: offset.quantity.most <= _SOONEST_END - 1
    ),
)
_course_ends = st.none() | st.integers(_SOONEST_END, 60).map(RelativeDay)

waking_hours = st.one_of(
    st.just(TIMES_OF_DAY["waking"]),
    st.tuples(st.integers(4 * 60, 10 * 60), st.integers(15 * 60, 24 * 60 - 1)).map(
        lambda ends: DayTime(*ends, "waking")
    ),
)


@st.composite
def courses(draw: st.DrawFn) -> Instruction:
    """Draw something to take again and again, for some days or weeks."""
    start, until = draw(_course_starts), draw(_course_ends)
    topics = tuple(draw(_course_topics))
    turns = draw(st.booleans()) and len(topics) > 1
    rhythm = replace(draw(_RHYTHMS), in_turn=turns)
    steps: tuple[Step, ...] = ()
    if draw(st.integers(0, 3)) == 0:
        drawn = draw(_steps)
        steps = tuple(Step(length, replace(each, in_turn=turns)) for length, each in drawn)
    elif until is None or draw(st.booleans()):
        rhythm = replace(rhythm, count_min=1, count_max=draw(st.integers(1, 40)))
    return Instruction(
        id="it",
        verb=draw(st.sampled_from(_COURSE_VERBS)),
        topics=topics,
        text="Do as the sheet says.",
        position=_HELD_IN,
        window=Window(start, until),
        repetition=None if steps else rhythm,
        steps=steps,
    )


# Places, as they are compared: moves from the appointment that lead to an instant

_MINUTES = st.one_of(
    st.integers(-200, 200).map(lambda quarters: 15 * quarters), st.integers(-3000, 3000)
)
_MOVES = st.one_of(
    st.builds(Move, st.just(Way.ELAPSE), _MINUTES),
    st.builds(Move, st.just(Way.DAYS), st.integers(-40, 70)),
    st.builds(Move, st.just(Way.MONTHS), st.sampled_from([-12, -2, -1, 1, 2, 12])),
    st.builds(Move, st.just(Way.CLOCK), st.sampled_from([0, 1, 480, 1260, 1440])),
    st.builds(Move, st.just(Way.LAST_DAYS), st.integers(1, 5)),
    st.sampled_from([TO_DATE, LAST_DATE, TO_DATE, BEGIN, END, Move(Way.LAST_MONTHS, 1)]),
)
_FROM_INSTANT = (Way.ELAPSE, Way.TO_DATE, Way.LAST_DATE, Way.LAST_DAYS, Way.LAST_MONTHS)


@st.composite
def nominal_places(draw: st.DrawFn, deepest: int = 1) -> Place:
    """Draw an instant: moves from an edge, or from the extreme of several such instants."""
    place = draw(st.sampled_from([AT_START, AT_END]))
    if deepest and draw(st.integers(0, 3)) == 0:
        members = draw(st.lists(nominal_places(deepest=0), min_size=2, max_size=3))
        place = Place(Extreme(tuple(members), draw(st.booleans())))
    for move in draw(st.lists(_MOVES, max_size=4)):
        if place.is_day is not (move.way in _FROM_INSTANT):
            place = place.then(move)
    return place.then(BEGIN) if place.is_day else place


# Several treatments


@st.composite
def treatments(
    draw: st.DrawFn, verbs: Sequence[Verb] = VERBS, *, timed: bool = False
) -> list[tuple[Protocol, Visit]]:
    """Draw two or three treatments of one patient, with some by one sheet at other dates.

    If `timed` the hour of each is known.
    """
    kind = protocols(verbs, most=4)
    first = replace(draw(kind), id="sheet-1")
    visit = draw(visits().filter(lambda each: not (timed and each.all_day)))
    found = [(first, visit)]
    for number in range(2, draw(st.integers(2, 3)) + 1):
        other = shift_visit(visit, draw(st.integers(-40, 40)))
        minutes = draw(st.sampled_from([0, 0, -90, 600]))
        if minutes and not other.all_day:
            other = timed_visit(other.start + minutes * MINUTE, 15, other.zone)
        elif not timed and draw(st.integers(0, 3)) == 0:
            other = whole_day_visit(other.day, other.zone)
        again = draw(st.booleans())
        found.append((first if again else replace(draw(kind), id=f"sheet-{number}"), other))
    return found
