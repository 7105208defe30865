"""Time zones as users write them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcare.load.source.refusals import PhraseError
from microcare.load.times.zones import parse_zone


def refuse(name: str) -> PhraseError:
    """Return the refusal of a name."""
    with pytest.raises(PhraseError) as caught:
        parse_zone(name)
    return caught.value


@pytest.mark.parametrize(
    "name", ["America/New_York", "Europe/Berlin", "Asia/Kolkata", "UTC", "Etc/UTC", "US/Eastern"]
)
def test_name_of_a_place_is_taken(name: str) -> None:
    """IANA names, old ones included, and UTC."""
    assert parse_zone(name) == ZoneInfo(name)
    assert parse_zone(f" {name} ").key == name


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("EST", "America/New_York"),
        ("EST5EDT", "America/New_York"),
        ("CST", "America/Chicago"),
        ("MST7MDT", "America/Denver"),
        ("PDT", "America/Los_Angeles"),
        ("GMT", "Europe/London"),
        ("CET", "Europe/Berlin"),
        ("IST", "Asia/Kolkata"),
        ("est", "America/New_York"),
        ("Gmt", "Europe/London"),
        ("XYZ", "America/New_York"),
    ],
)
def test_abbreviation_is_refused_with_a_place(name: str, place: str) -> None:
    """EST is winter time all the year, in the zone database too."""
    error = refuse(name)
    assert "is an abbreviation" in str(error)
    assert error.hint == f"name a place instead, like {place}"


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("new york", "America/New_York"),
        ("NEW_YORK", "America/New_York"),
        ("america/new_york", "America/New_York"),
        ("America/New York", "America/New_York"),
        ("Amercia/New_York", "America/New_York"),
        ("berlin", "Europe/Berlin"),
        ("Europe/Belrin", "Europe/Berlin"),
        ("utc", "UTC"),
        ("right/America/New_York", "America/New_York"),
        ("posix/Europe/Berlin", "Europe/Berlin"),
    ],
)
def test_near_miss_is_refused_with_what_was_meant(name: str, place: str) -> None:
    """Another spelling of a place or its city alone is recognised, not taken."""
    assert refuse(name).hint == f"did you mean “{place}”?"


@pytest.mark.parametrize(
    "name", ["", "Mars/Phobos", "+05:00", "../../etc/passwd", "/etc/localtime", "zone.tab", "a\0b"]
)
def test_what_is_no_zone_is_refused(name: str) -> None:
    """Whatever it is, the hint shows how a zone is written."""
    assert refuse(name).hint == "write one like America/New_York or Europe/Berlin"


@pytest.mark.parametrize("name", ["localtime", "posixrules", "Factory", "right/UTC", "posix/UTC"])
def test_file_of_the_database_that_names_no_place_is_refused(name: str) -> None:
    """They are this machine's, or no time at all; those with leap seconds are an hour off."""
    assert "is no time zone" in str(refuse(name))


def test_long_name_is_cut_in_the_message() -> None:
    """A slip with the clipboard does not fill the screen."""
    assert len(str(refuse("x" * 10_000))) < 100


def test_every_place_of_the_database_is_taken_or_refused_rightly() -> None:
    """What is taken is the zone of that name; what is refused is an abbreviation or no place."""
    refused = set()
    for name in available_timezones():
        try:
            assert parse_zone(name).key == name
        except PhraseError:
            refused.add(name)
    assert {name for name in refused if "/" in name} == set()
    assert {"EST", "CET", "GMT", "MST7MDT"} <= refused
    assert len(refused) < 40


def test_no_suggestion_is_refused_in_turn() -> None:
    """A hint that led to the next error would be none."""
    for name in ("est5", "factry", "local time", "gb", "right/x", "ACT", "cst6", "Etc/UCT1"):
        hint = refuse(name).hint or ""
        if "“" in hint:
            parse_zone(hint.partition("“")[2].partition("”")[0])


@given(st.text(max_size=30))
def test_any_text_is_a_zone_or_refused_with_a_hint(name: str) -> None:
    """Nothing else is raised, and a zone that is taken can be counted with."""
    try:
        offset = datetime(2026, 12, 10, tzinfo=parse_zone(name)).utcoffset()
    except PhraseError as error:
        offset = timedelta() if error.hint else None
    assert offset is not None
    assert abs(offset) < timedelta(days=1)
