"""Where windows open and close, whatever the appointment, each bound worked out by hand."""

from __future__ import annotations

import pytest

from microcare.core.sheet.points import Qualifier
from microcare.core.sheet.protocol import Protocol
from microcare.core.time.bounds import Bound, StateMode, place_anchors, read_bounds
from microcare.core.time.order import Order, order_places
from microcare.core.time.places import (
    AT_END,
    AT_START,
    BEGIN,
    TREATMENT_DAY,
    Move,
    Opaque,
    Place,
    Way,
)
from tests.samples import entry, protocol

BASE = """
- {id: base, take: bisacodyl, from: 18:00 the day before, for: 2 hours, say: Take it.}
- {id: pills, take: antibiotics, from: next day, for: 5 days, say: Take it.}
- {id: spread, avoid: laser, from: 5 to 7 days before, say: None.}
- {id: open, avoid: wine, until-state: you are well, say: None.}
"""
HEADER = "day-1: next day\ntopics: {wine: {label: wine}}"


def days(count: int, minutes: int = 0) -> Place:
    """Return a place on a day from the treatment's."""
    return after_day(Move(Way.DAYS, count), BEGIN, Move(Way.ELAPSE, minutes))


def after_day(*moves: Move) -> Place:
    """Return the place to which moves lead from the treatment day."""
    return TREATMENT_DAY.then(*moves)


def start(minutes: int) -> Place:
    """Return a place so long after the start."""
    return AT_START.then(Move(Way.ELAPSE, minutes))


def end(minutes: int) -> Place:
    """Return a place so long after the end."""
    return AT_END.then(Move(Way.ELAPSE, minutes))


def month(origin: int) -> Place:
    """Return the beginning of the day a month after a day from the treatment's."""
    return after_day(Move(Way.DAYS, origin), Move(Way.MONTHS, 1), BEGIN)


WINDOWS = [
    ("from: 48 hours before", start(-2880), AT_START),
    ("until: 2 days after", AT_END, days(3)),
    ("on: treatment day", days(0), days(1)),
    ("on: days 2 to 3", days(2), days(4)),
    ("from: 21:00 the day before\nuntil: start", days(-1, 21 * 60), AT_START),
    ("on: the evening before", days(-1, 18 * 60), days(-1, 22 * 60)),
    ("from: midnight before\nuntil: start", days(0), AT_START),
    ("from: next day\nfor: 5 days", days(1), days(6)),
    ("for: 5 days", AT_END, days(6)),
    ("from: 21:00 the day before\nfor: 2 days", days(-1, 21 * 60), days(2)),
    ("from: 1 hour after\nfor: 48 hours", end(60), end(49 * 60)),
    ("for: 1 month", AT_END, after_day(Move(Way.MONTHS, 1), Move(Way.DAYS, 1), BEGIN)),
    ("from: next day\nfor: 1 month", days(1), month(1)),
    ("from: 1 hour before base\nuntil: 1 hour after base", days(-1, 17 * 60), days(-1, 21 * 60)),
    ("from: start of pills\nuntil: 2 days after pills", days(1), days(8)),
    ("from: the day after pills\nfor: 1 week", days(6), days(13)),
    ("from: 2 days before spread\nuntil: start of spread", days(-9), days(-5)),
]


@pytest.mark.parametrize(("times", "opens", "closes"), WINDOWS)
def test_window_of_a_ban(times: str, opens: Place, closes: Place) -> None:
    """The careful reading of both ends, wherever they count from."""
    found = read(protocol(entry(f"avoid: sauna\n{times}") + BASE, HEADER))
    assert same(found[0].careful, opens)
    assert same(found[1].careful, closes)


def same(found: Place | None, place: Place) -> bool:
    """Return whether two places are the same whatever the appointment."""
    return found is not None and order_places(found, place) is Order.EQUAL


def read(sheet: Protocol) -> tuple[Bound, Bound]:
    """Return where the window of the instruction "it" opens and closes."""
    (each,) = (found for found in sheet.instructions if found.id == "it")
    return read_bounds(each, sheet.day_one, place_anchors(sheet))


def test_range_of_an_anchor_is_kept() -> None:
    """Two days before something that begins 5 to 7 days before begins 7 to 9 days before."""
    sheet = protocol(entry("avoid: sauna\nfrom: 2 days before spread") + BASE, HEADER)
    bound, _ = read(sheet)
    assert same(bound.careful, days(-9))
    assert same(bound.other, days(-7))


def test_at_least_from_a_range_has_one_end() -> None:
    """No longer one is stated than that of the latest reading, and no shorter one is planned."""
    sheet = protocol(entry("avoid: sauna\nuntil: at least 2 days before spread") + BASE, HEADER)
    _, bound = read(sheet)
    assert same(bound.careful, days(-6))
    assert same(bound.other, days(-6))


def test_what_counts_from_a_state_is_known_by_its_words_alone() -> None:
    """A day after “until you are well” has no place, and the id says nothing of it."""
    sheet = protocol(entry("avoid: sauna\nuntil: 1 day after open") + BASE, HEADER)
    careful = read(sheet)[1].careful
    assert careful is not None
    assert isinstance(careful.origin, Opaque)
    assert "you are well" in careful.origin.words
    assert "open'" not in careful.origin.words


def test_interval_lets_the_counted_day_be_fine() -> None:
    """Four weeks before and after: the 28th day itself is out on both sides."""
    sheet = protocol(entry("wait-since: laser\nat-least: 4 weeks before and after"))
    opens, closes = read(sheet)
    assert same(opens.careful, days(-27))
    assert same(closes.careful, days(28))


def test_permission_is_careful_the_other_way() -> None:
    """It opens when the counted day is over."""
    sheet = protocol(entry("may: shaving\nfrom: 3 days after"))
    assert same(read(sheet)[0].careful, days(4))


def bounds(fields: str, header: str = "") -> tuple[Bound, Bound]:
    """Return where the window of one instruction opens and closes."""
    return read(protocol(entry(fields), header))


def test_what_is_not_stated_is_open() -> None:
    """A ban without a time has two open bounds; a state or vague words close one."""
    assert [each.is_open for each in bounds("avoid: sauna")] == [True, True]
    assert not bounds("avoid: sauna\nuntil-state: healed")[1].is_open
    assert not bounds("expect: redness\nuntil-words: a few days")[1].is_open


@pytest.mark.parametrize(
    ("fields", "mode"),
    [
        ("avoid: sauna\nuntil-state: Healed", StateMode.ALONE),
        ("avoid: sauna\nuntil: 2 days after\nuntil-state: healed", StateMode.LATER),
        ("take: antiviral\nuntil: 2 days after\nuntil-state: healed", StateMode.SOONER),
        (
            "avoid: sauna\nuntil: 2 days after\nuntil-state: healed\nwhichever: earlier",
            StateMode.SOONER,
        ),
    ],
)
def test_state_ends_a_window_in_one_of_three_ways(fields: str, mode: StateMode) -> None:
    """Alone, or with a time; which of the two is unstated is read to the careful side."""
    _, closes = bounds(fields)
    assert (closes.state, closes.mode) == ("healed", mode)


def test_hedge_tells_duties_apart_but_no_bans() -> None:
    """A ban is as wide with "up to" as without it; what is taken is not the same."""
    _, ban = bounds("avoid: sauna\nuntil: up to 3 days after")
    _, duty = bounds("take: antiviral\nuntil: up to 3 days after")
    assert (ban.hedge, duty.hedge) == (None, Qualifier.UP_TO)
    assert ban.careful == duty.careful
    assert same(ban.careful, days(4))


def test_wish_is_the_further_end() -> None:
    """Three days must be, ten should."""
    _, closes = bounds('avoid: sun\nuntil: "3 days after, if possible 10"')
    assert closes.wish
    assert same(closes.careful, days(11))
    assert same(closes.other, days(4))


def test_course_that_ends_itself_ends_in_words() -> None:
    """Its moves or its count say when; no date does."""
    assert bounds("take: antiviral\nfrom: next day\ndaily: 2\ncount: 6")[1] == Bound(by_course=True)


def test_unstated_day_1_is_one_careful_reading() -> None:
    """What Day 1 may mean is no range, for a ban nor for a permission."""
    ban, permission = (
        bounds(f"{verb}: makeup\nfrom: day 3", "day-1: unstated")[0] for verb in ("avoid", "may")
    )
    assert same(ban.careful, days(2))
    assert same(permission.careful, days(3))
    assert (ban.careful, permission.careful) == (ban.other, permission.other)
