"""The points of a protocol as places, each kind worked out by hand."""

from __future__ import annotations

import pytest

from microcare.core.time.bounds import make_placer, read_closing, read_opening
from microcare.core.time.places import AT_END, AT_START, Basis, Place
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
    return Place(Basis.DAYS, count, minutes=minutes)


WINDOWS = [
    ("from: 48 hours before", Place(Basis.START, -2880), AT_START),
    ("until: 2 days after", AT_END, days(3)),
    ("on: treatment day", days(0), days(1)),
    ("on: days 2 to 3", days(2), days(4)),
    ("from: 21:00 the day before\nuntil: start", days(-1, 21 * 60), AT_START),
    ("on: the evening before", days(-1, 18 * 60), days(-1, 22 * 60)),
    ("from: midnight before\nuntil: start", days(0), AT_START),
    ("from: next day\nfor: 5 days", days(1), days(6)),
    ("for: 5 days", AT_END, days(6)),
    ("from: 21:00 the day before\nfor: 2 days", days(-1, 21 * 60), days(2)),
    ("from: 1 hour after\nfor: 48 hours", Place(Basis.END, 60), Place(Basis.END, 49 * 60)),
    ("for: 1 month", AT_END, Place(Basis.MONTHS, 1, 1)),
    ("from: next day\nfor: 1 month", days(1), Place(Basis.MONTHS, 1, origin=1)),
    ("from: 1 hour before base\nuntil: 1 hour after base", days(-1, 17 * 60), days(-1, 21 * 60)),
    ("from: start of pills\nuntil: 2 days after pills", days(1), days(8)),
    ("from: the day after pills\nfor: 1 week", days(6), days(13)),
    ("from: 2 days before spread\nuntil: start of spread", days(-9), days(-5)),
]


@pytest.mark.parametrize(("times", "opens", "closes"), WINDOWS)
def test_window_of_a_ban(times: str, opens: Place, closes: Place) -> None:
    """The careful reading of both ends, wherever they count from."""
    sheet = protocol(entry(f"avoid: sauna\n{times}") + BASE, HEADER)
    placer = make_placer(sheet)
    (each,) = (found for found in sheet.instructions if found.id == "it")
    assert read_opening(each, placer).careful == opens
    assert read_closing(each, placer).careful == closes


def test_range_of_an_anchor_is_kept() -> None:
    """Two days before something that begins 5 to 7 days before begins 7 to 9 days before."""
    sheet = protocol(entry("avoid: sauna\nfrom: 2 days before spread") + BASE, HEADER)
    bound = read_opening(sheet.instructions[0], make_placer(sheet))
    assert (bound.careful, bound.other) == (days(-9), days(-7))


def test_what_counts_from_a_state_is_known_by_its_words_alone() -> None:
    """A day after “until you are well” has no place, and the id says nothing of it."""
    sheet = protocol(entry("avoid: sauna\nuntil: 1 day after open") + BASE, HEADER)
    careful = read_closing(sheet.instructions[0], make_placer(sheet)).careful
    assert careful is not None
    assert careful.basis is Basis.OTHER
    assert "you are well" in careful.words
    assert "open'" not in careful.words


def test_interval_lets_the_counted_day_be_fine() -> None:
    """Four weeks before and after: the 28th day itself is out on both sides."""
    sheet = protocol(entry("wait-since: laser\nat-least: 4 weeks before and after"))
    placer = make_placer(sheet)
    assert read_opening(sheet.instructions[0], placer).careful == days(-27)
    assert read_closing(sheet.instructions[0], placer).careful == days(28)


def test_permission_is_careful_the_other_way() -> None:
    """It opens when the counted day is over."""
    sheet = protocol(entry("may: shaving\nfrom: 3 days after"))
    assert read_opening(sheet.instructions[0], make_placer(sheet)).careful == days(4)
