"""The readers agree on a calendar written by hand, so that an export can be held against them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.calendar.readers import (
    list_entries,
    list_with_calcurse,
    list_with_khal,
    read_with_ical_js,
    read_with_icalendar,
)
from tests.calendar.sample import ENTRIES, GOOD

if TYPE_CHECKING:
    from pathlib import Path

HOUR = timedelta(hours=1)


def test_icalendar_reads_every_event() -> None:
    """The parser that is always there gives all that the hand-written file says."""
    entries = read_with_icalendar(GOOD)
    assert entries == ENTRIES
    assert [each.all_day for each in entries] == [False, False, True, True]


def test_icalendar_reports_what_it_cannot_read() -> None:
    """A value that the parser passes over is an error here, not an event that lacks it."""
    with pytest.raises(ValueError, match="VEVENT"):
        read_with_icalendar(GOOD.replace(b"DTEND:20261210T191000Z", b"DTEND:soon"))


def test_icalendar_refuses_a_local_time() -> None:
    """A time without a zone, which means another moment on each phone, is an error."""
    with pytest.raises(ValueError, match="no time zone"):
        read_with_icalendar(GOOD.replace(b"DTEND:20261210T191000Z", b"DTEND:20261210T191000"))


FLOATING = GOOD.replace(b"20261210T190000Z", b"20261210T190000").replace(b"T191000Z", b"T191000")


def test_the_parsers_agree_on_a_floating_time() -> None:
    """Where it may float, a time without a zone is read as it stands."""
    entries = read_with_icalendar(FLOATING, floating=True)
    found = {each.start.tzinfo for each in entries if isinstance(each.start, datetime)}
    assert found == {UTC, None}
    assert read_with_ical_js(FLOATING, floating=True) == entries


def test_calcurse_shows_a_floating_time_by_its_clock(tmp_path: Path) -> None:
    """What is floating stands at its hour on the calendar's own clock, which is that of UTC."""
    expected = list_entries(read_with_icalendar(FLOATING, floating=True))
    assert list_with_calcurse(FLOATING, tmp_path) == expected == list_entries(ENTRIES)


def test_khal_shows_a_floating_time_by_its_clock(tmp_path: Path) -> None:
    """As the other one does."""
    assert list_with_khal(FLOATING, tmp_path) == list_entries(ENTRIES)


def test_ical_js_reads_every_event() -> None:
    """Thunderbird's parser agrees with the other one in everything."""
    assert read_with_ical_js(GOOD) == read_with_icalendar(GOOD)


def test_khal_lists_every_event(tmp_path: Path) -> None:
    """Each event is shown on its days; one without an end lasts an hour in khal."""
    assert list_with_khal(GOOD, tmp_path) == [
        replace(each, end=each.start + HOUR) if each.end is None else each
        for each in list_entries(read_with_icalendar(GOOD))
    ]


def test_calcurse_lists_every_event(tmp_path: Path) -> None:
    """A reader that shares no code with any of the others shows the same."""
    assert list_with_calcurse(GOOD, tmp_path) == list_entries(read_with_icalendar(GOOD))


def test_calcurse_refuses_a_raw_comma(tmp_path: Path) -> None:
    """An event that it leaves out is an error, not a shorter list."""
    with pytest.raises(ValueError, match="1 skipped"):
        list_with_calcurse(GOOD.replace(rb"sun\, waxing", b"sun, waxing"), tmp_path)
