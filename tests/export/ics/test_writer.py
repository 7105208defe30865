"""The file's bytes: lines, folds, escapes, durations; its events are tested with the calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import NAMESPACE_URL, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcare.export.ics.events import CalendarEvent, Category, Content
from microcare.export.ics.identities import make_alarm_uid
from microcare.export.ics.lines import FOLD
from microcare.export.ics.writer import format_duration, write_events
from microcare.language.messages import Language, speak
from tests.calendar.lint import lint_calendar
from tests.calendar.readers import Entry, read_with_icalendar
from tests.calendar.values import is_duration
from tests.pseudo import PSEUDO, lengthen

STAMP = datetime(2026, 11, 21, 15, tzinfo=UTC)
UID = str(uuid5(NAMESPACE_URL, "one"))
DAY = timedelta(days=1)
NOON = datetime(2026, 12, 10, 12, tzinfo=UTC)

EVENT = CalendarEvent(
    uid=UID,
    content=Content("Title", "Words", Category.DAY),
    start=date(2026, 12, 10),
    end=date(2026, 12, 11),
    alarm=timedelta(hours=6),
)

_TEXTS = st.text(
    st.one_of(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp"]),
        st.sampled_from("\\;,\n ä€🌞"),
    ),
    min_size=1,
    max_size=400,
)


def write(*events: CalendarEvent, revision: int = 0, stamp: datetime = STAMP) -> bytes:
    """Return the file of these events."""
    return write_events(events, stamp=stamp, revision=revision)


def titled(text: str) -> CalendarEvent:
    """Return an event that says the same text as its title and in words."""
    return CalendarEvent(UID, Content(text, f"- {text}", Category.DAY), NOON, NOON + DAY)


def lines(data: bytes) -> list[str]:
    """Return the lines of a file, unfolded."""
    return data.replace(b"\r\n ", b"").decode().removesuffix("\r\n").split("\r\n")


def test_an_event_is_these_lines() -> None:
    """Properties in one order, the alarm last, CRLF throughout."""
    assert lines(write(EVENT, revision=2))[4:] == [
        "BEGIN:VEVENT",
        f"UID:{UID}",
        "DTSTAMP:20261121T150000Z",
        "DTSTART;VALUE=DATE:20261210",
        "DTEND;VALUE=DATE:20261211",
        "LAST-MODIFIED:20261121T150000Z",
        "SEQUENCE:2",
        "SUMMARY:Title",
        "DESCRIPTION:Words",
        "CATEGORIES:Day",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        f"UID:{make_alarm_uid(UID)}",
        "ACTION:DISPLAY",
        "DESCRIPTION:Title",
        "TRIGGER:-PT6H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_a_calendar_begins_with_these_lines() -> None:
    """No METHOD and no name of the calendar, which phones stumble over."""
    begin, version, product, scale = lines(write(EVENT))[:4]
    assert (begin, version, scale) == ("BEGIN:VCALENDAR", "VERSION:2.0", "CALSCALE:GREGORIAN")
    assert product.startswith("PRODID:-//microcare//microcare ")
    assert product.endswith("//EN")


def test_the_product_and_the_category_are_in_the_spoken_language() -> None:
    """As ISO 9070 has it, the language of the words ends the product; no region is named."""
    with speak(Language("es-MX", PSEUDO.translations, PSEUDO.locale)):
        found = lines(write(EVENT))
    assert found[2].endswith("//ES")
    assert f"CATEGORIES:{lengthen('Day')}" in found


def test_the_file_ends_with_a_line_break() -> None:
    """The package leaves it out."""
    assert write(EVENT).endswith(b"END:VCALENDAR\r\n")


def test_another_zones_time_is_written_in_utc() -> None:
    """A stamp and a start of any zone name the same instants."""
    from zoneinfo import ZoneInfo

    zone = ZoneInfo("Asia/Kathmandu")
    content = Content("Title", "Words", opaque=True)
    event = CalendarEvent(UID, content, NOON.astimezone(zone), NOON + DAY)
    found = lines(write(event, stamp=STAMP.astimezone(zone)))
    assert "DTSTART:20261210T120000Z" in found
    assert "DTSTAMP:20261121T150000Z" in found
    assert "TRANSP:OPAQUE" in found


def test_a_time_without_a_zone_floats() -> None:
    """It is written as it is, for the wall clock of wherever the phone is."""
    wall = NOON.replace(tzinfo=None)
    found = lines(write(CalendarEvent(UID, Content("Title", "Words"), wall, wall + DAY)))
    assert found[7:9] == ["DTSTART:20261210T120000", "DTEND:20261211T120000"]
    assert "LAST-MODIFIED:20261121T150000Z" in found


def test_a_calendar_may_have_a_name() -> None:
    """The standard's, and not the one for which Outlook opens another calendar."""
    data = write_events([EVENT], stamp=STAMP, revision=0, name="Care, of \udcff")
    assert lines(data)[4:6] == [r"NAME:Care\, of \\udcff", "BEGIN:VEVENT"]
    assert b"X-WR-CALNAME" not in data
    assert lint_calendar(data) == []


def test_each_alarm_has_a_uid_of_its_own() -> None:
    """The same in each file, and neither its event's nor another alarm's."""
    found = [make_alarm_uid(str(uuid5(NAMESPACE_URL, each))) for each in ("one", "two", "one")]
    assert found[0] == found[2]
    assert len({UID, *found}) == 3


def test_an_early_stamp_keeps_four_figures() -> None:
    """A year before 1000 does not shorten the stamp."""
    data = write(EVENT, stamp=datetime(1, 1, 1, tzinfo=UTC))
    assert "DTSTAMP:00010101T000000Z" in lines(data)
    assert lint_calendar(data) == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a, b; c", r"a\, b\; c"),
        ("back\\slash \\n", r"back\\slash \\n"),
        ("one\ntwo\r\nthree\rfour", r"one\ntwo\nthree\nfour"),
        ('"quoted": it\'s', '"quoted": it\'s'),
        ("tab\tbed", "tab bed"),
        ("bell \x07 and \x1b[1m", r"bell \\x07 and \\x1b[1m"),
        ("next \x85 line \u2028", r"next \\x85 line \\u2028"),
        ("safe \u202e evil", r"safe \\u202e evil"),
    ],
)
def test_a_text_is_escaped(text: str, written: str) -> None:
    """Separators by a backslash, line breaks as an n, and what can't be seen spelt out."""
    assert f"SUMMARY:{written}" in lines(write(titled(text)))


@given(_TEXTS)
def test_folding_loses_nothing(text: str) -> None:
    """No line is too long or splits a character, and unfolding gives the line back."""
    data = write(titled(text))
    assert all(len(line) <= FOLD for line in data.split(b"\r\n"))
    for line in data.split(b"\r\n"):
        assert line.decode(errors="strict") or line == b""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    assert f"SUMMARY:{escaped.replace(chr(10), chr(92) + 'n')}" in lines(data)


@pytest.mark.parametrize("width", range(1, 80))
def test_no_fold_leaves_a_blank_behind(width: int) -> None:
    """Mail programs cut it off; the next piece begins with it, behind the fold's own."""
    text = " ".join(["x" * width, *("word", "wörd", "two  blanks") * 40, " " * 200, "end"])
    data = write(titled(text))
    folded = [line for line, after in pairwise(data.split(b"\r\n")) if after.startswith(b" ")]
    assert not any(line.endswith(b" ") for line in folded if line.strip())
    assert f"SUMMARY:{text}" in lines(data)
    assert lint_calendar(data) == []


@pytest.mark.parametrize("character", ["a", "ä", "€", "🌞"])
def test_a_fold_comes_at_the_last_octet_that_fits(character: str) -> None:
    """Around every boundary, with characters of one to four octets."""
    width = len(character.encode())
    for count in range(15, 160):
        data = write(titled(character * count))
        pieces = data[data.index(b"SUMMARY") :].split(b"\r\nDESCRIPTION")[0].split(b"\r\n")
        assert all(FOLD - width < len(piece) <= FOLD for piece in pieces[:-1])
        unfolded = b"".join([pieces[0], *(piece[1:] for piece in pieces[1:])])
        assert unfolded.decode() == f"SUMMARY:{character * count}"


@given(_TEXTS.filter(lambda text: text.strip() and not text.lstrip().startswith("<")))
def test_any_text_is_read_back(text: str) -> None:
    """The lint finds nothing, and an unrelated reader gives the text back."""
    data = write(titled(text))
    assert [str(each) for each in lint_calendar(data)] == []
    (entry,) = read_with_icalendar(data)
    assert entry == Entry(
        UID, NOON, NOON + DAY, text, f"- {text}", transp="TRANSPARENT", klass="PRIVATE"
    )


@pytest.mark.parametrize(
    ("length", "written"),
    [
        (timedelta(hours=6), "PT6H"),
        (timedelta(minutes=1), "PT1M"),
        (timedelta(hours=20, minutes=30), "PT20H30M"),
        (timedelta(days=1), "P1D"),
        (timedelta(days=1, minutes=5), "P1DT5M"),
        (timedelta(days=9), "P9D"),
        (timedelta(days=14), "P14D"),
        (timedelta(hours=38, minutes=30), "P1DT14H30M"),
        (timedelta(minutes=90, seconds=59), "PT1H30M"),
    ],
)
def test_a_duration_is_one_that_clients_read(length: timedelta, written: str) -> None:
    """Days beside hours, never weeks, no zero parts."""
    assert format_duration(length) == written


@pytest.mark.parametrize("length", [timedelta(0), timedelta(seconds=59), timedelta(days=-9)])
def test_no_alarm_rings_afterwards(length: timedelta) -> None:
    """A length that is no time before, or after, is refused."""
    with pytest.raises(ValueError, match="at least a minute"):
        format_duration(length)


@given(st.integers(1, 60 * 24 * 400))
def test_any_duration_is_read_back(minutes: int) -> None:
    """What is written is a duration of the standard, and is as long."""
    length = timedelta(minutes=minutes)
    assert is_duration(format_duration(length))
    event = CalendarEvent(UID, Content("Title", "Words"), NOON, NOON + DAY, alarm=length)
    (entry,) = read_with_icalendar(write(event))
    assert entry.alarm_trigger == -length
