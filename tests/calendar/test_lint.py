"""The calendar lint finds what it should: a good file passes, and each mutant has its one fault."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.calendar.findings import Code
from tests.calendar.lint import LARGEST, lint_calendar
from tests.calendar.readers import read_with_icalendar
from tests.calendar.sample import GOOD

TITLE = b"SUMMARY:Your appointment\r\n"
VISIT_START = b"DTSTART:20261210T193000Z\r\n"
VISIT_END = b"DTEND:20261210T200000Z\r\n"
ARRIVE_START = b"DTSTART:20261210T190000Z\r\n"
ARRIVE_END = b"DTEND:20261210T191000Z\r\n"
FREE = b"TRANSP:TRANSPARENT\r\n"
DAY_END = b"DTEND;VALUE=DATE:20261213\r\n"
TRIGGER = b"TRIGGER:-PT6H\r\n"
ALARM_UID = b"UID:9e8d7c6b-5a4f-5e3d-9c2b-1a0f9e8d7c6b\r\n"
OTHER_UID = b"UID:9e8d7c6b-5a4f-5e3d-9c2b-1a0f9e8d7c6c\r\n"
ALARM = b"BEGIN:VALARM\r\n" + ALARM_UID
ALARM += b"ACTION:DISPLAY\r\nDESCRIPTION:Day 2\r\nTRIGGER:-PT6H\r\nEND:VALARM\r\n"
MODIFIED = b"LAST-MODIFIED:20261121T150000Z\r\n"
CATEGORY = b"CATEGORIES:Appointment\r\n"
UIDS = (b"3f2a1c8e-0d4b-5a6f-9c7e-1b2d3e4f5a60", b"7b9d2e4f-6a1c-5e8d-8f30-2c4b6d8e0f12")
PADDING = b"X-PAD:" + 64 * b"x" + b"\r\n"
ZONE = b"BEGIN:VTIMEZONE\r\nTZID:Here\r\nEND:VTIMEZONE\r\n"

# A code, a part of the good file, and what stands in its place in a file with that one fault.
MUTANTS = [
    (Code.TOO_LARGE, TITLE, TITLE + (LARGEST // len(PADDING)) * PADDING),
    (Code.BYTE_ORDER_MARK, b"BEGIN:VCALENDAR", b"\xef\xbb\xbfBEGIN:VCALENDAR"),
    (Code.NOT_TEXT, b"SUMMARY:Your", b"SUMMARY:Y\xf6ur"),
    (Code.NOT_TEXT, b"Bis bald!", b"\xf0\x9f\x8c"),
    (Code.BARE_CR, b"SUMMARY:Your ", b"SUMMARY:Your\r "),
    (Code.BARE_CR, TITLE, TITLE.replace(b"\r\n", b"\r\r\n")),
    (Code.BARE_LF, TITLE, TITLE.replace(b"\r\n", b"\n")),
    (Code.BARE_LF, b"END:VCALENDAR\r\n", b"END:VCALENDAR\n"),
    (Code.BARE_LF, GOOD, GOOD.replace(b"\r\n", b"\n")),
    (Code.NO_FINAL_NEWLINE, b"END:VCALENDAR\r\n", b"END:VCALENDAR"),
    (Code.EMPTY_LINE, TITLE, TITLE + b"\r\n"),
    (Code.EMPTY_LINE, TITLE, TITLE + b" \r\n"),
    (Code.EMPTY_LINE, b"END:VCALENDAR\r\n", b"END:VCALENDAR\r\n\r\n"),
    (Code.LONG_LINE, TITLE, b"SUMMARY:" + 68 * b"x" + b"\r\n"),
    (Code.LONG_LINE, TITLE, b"SUMMARY:\r\n " + 75 * b"x" + b"\r\n"),
    (Code.TRAILING_BLANK, b"Your appointment", b"Your \r\n appointment"),
    (Code.TRAILING_BLANK, b"Your appointment", b"Your\t\r\n appointment"),
    (Code.SPLIT_CHARACTER, "\r\n 🌞".encode(), b"\xf0\r\n \x9f\x8c\x9e"),
    (Code.SPLIT_CHARACTER, "ü".encode(), b"\xc3\r\n \xbc"),
    (Code.CONTROL_CHARACTER, b"Bis bald!", b"Bis\x1bbald!"),
    (Code.CONTROL_CHARACTER, b"Bis bald!", "Bis\x85bald!".encode()),
    (Code.CONTROL_CHARACTER, b"Bis bald!", "Bis\u2028bald!".encode()),
    (Code.REORDERING_CHARACTER, b"Bis bald!", "Bis\u202ebald!".encode()),
    (Code.BAD_LINE, TITLE, TITLE + b"And then?\r\n"),
    (Code.BAD_LINE, TITLE, TITLE + b":nameless\r\n"),
    (Code.BAD_LINE, b"BEGIN:VCALENDAR", b" folded\r\nBEGIN:VCALENDAR"),
    (Code.BAD_PARAMETER, b"SUMMARY:", b"SUMMARY;LANGUAGE:"),
    (Code.BAD_PARAMETER, b"SUMMARY:", b"SUMMARY;LANGUAGE=:"),
    (Code.BAD_PARAMETER, b"SUMMARY:", b'SUMMARY;LANGUAGE="de:'),
    (Code.BAD_PARAMETER, b"SUMMARY:", b"SUMMARY;LANGUAGE=de;LANGUAGE=en:"),
    (Code.LOWERCASE_NAME, b"SUMMARY:", b"Summary:"),
    (Code.LOWERCASE_NAME, b"SUMMARY:", b"SUMMARY;language=de:"),
    (Code.LOWERCASE_NAME, b"BEGIN:VALARM", b"BEGIN:valarm"),
    (Code.NO_CALENDAR, GOOD, b""),
    (Code.NO_CALENDAR, b"BEGIN:VCALENDAR", b"VERSION:2.0\r\nBEGIN:VCALENDAR"),
    (Code.AFTER_CALENDAR, b"END:VCALENDAR\r\n", b"END:VCALENDAR\r\nX-MORE:yes\r\n"),
    (Code.AFTER_CALENDAR, GOOD, GOOD + GOOD),
    (Code.BAD_NESTING, b"END:VALARM\r\n", b""),
    (Code.BAD_NESTING, b"END:VCALENDAR\r\n", b""),
    (Code.BAD_NESTING, TITLE, TITLE + b"END:VALARM\r\n"),
    (Code.MISPLACED_COMPONENT, b"BEGIN:VEVENT", ZONE + b"BEGIN:VEVENT"),
    (Code.MISPLACED_COMPONENT, b"BEGIN:VEVENT", ALARM + b"BEGIN:VEVENT"),
    (Code.LATE_PROPERTY, b"END:VALARM\r\n", b"END:VALARM\r\nX-LATE:yes\r\n"),
    (Code.LATE_PROPERTY, b"END:VCALENDAR", b"X-LATE:yes\r\nEND:VCALENDAR"),
    (Code.NO_EVENT, GOOD, GOOD[: GOOD.index(b"BEGIN:VEVENT")] + b"END:VCALENDAR\r\n"),
    (Code.MISSING_PROPERTY, b"VERSION:2.0\r\n", b""),
    (Code.MISSING_PROPERTY, b"PRODID:-//microcare//microcare 0.1.0//EN\r\n", b""),
    (Code.MISSING_PROPERTY, b"UID:" + UIDS[0] + b"\r\n", b""),
    (Code.MISSING_PROPERTY, b"DTSTAMP:20261121T150000Z\r\n", b""),
    (Code.MISSING_PROPERTY, VISIT_START, b""),
    (Code.MISSING_PROPERTY, TITLE, b""),
    (Code.MISSING_PROPERTY, TITLE, b"SUMMARY:\r\n"),
    (Code.MISSING_PROPERTY, b"ACTION:DISPLAY\r\n", b""),
    (Code.MISSING_PROPERTY, b"DESCRIPTION:Day 2\r\n", b""),
    (Code.MISSING_PROPERTY, TRIGGER, b""),
    (Code.MISSING_PROPERTY, ALARM_UID, b""),
    (Code.MISSING_PROPERTY, MODIFIED, b""),
    (Code.MISSING_PROPERTY, CATEGORY, b""),
    (Code.DUPLICATE_PROPERTY, TITLE, TITLE + TITLE),
    (Code.DUPLICATE_PROPERTY, TRIGGER, TRIGGER + TRIGGER),
    (Code.DUPLICATE_PROPERTY, b"VERSION:2.0\r\n", b"VERSION:2.0\r\nVERSION:2.0\r\n"),
    (Code.UNKNOWN_PROPERTY, TITLE, TITLE + b"TITLE:Appointment\r\n"),
    (Code.UNKNOWN_PROPERTY, TITLE, TITLE + b"RRULE:FREQ=DAILY\r\n"),
    (Code.FORBIDDEN_PROPERTY, b"VERSION:2.0\r\n", b"VERSION:2.0\r\nMETHOD:PUBLISH\r\n"),
    (Code.FORBIDDEN_PROPERTY, b"VERSION:2.0\r\n", b"VERSION:2.0\r\nX-WR-CALNAME:Care\r\n"),
    (Code.FORBIDDEN_PROPERTY, TITLE, TITLE + b"X-ALT-DESC;FMTTYPE=text/html:<b>\r\n"),
    (Code.FORBIDDEN_PROPERTY, TITLE, TITLE + b"ATTENDEE:mailto:jane@example.org\r\n"),
    (Code.BAD_VALUE, b"VERSION:2.0", b"VERSION:1.0"),
    (Code.BAD_VALUE, b"SEQUENCE:2", b"SEQUENCE:two"),
    (Code.BAD_VALUE, b"SEQUENCE:2", b"SEQUENCE:-1"),
    (Code.BAD_VALUE, b"TRANSP:OPAQUE", b"TRANSP:BUSY"),
    (Code.BAD_VALUE, TITLE, TITLE + rb"URL:https://example.org/a\,b" + b"\r\n"),
    (Code.BAD_VALUE, CATEGORY, b"CATEGORIES:Botox\r\n"),
    (Code.BAD_VALUE, CATEGORY, b"CATEGORIES:Dose,Day\r\n"),
    (Code.BAD_ESCAPE, b"Your appointment", rb"Your\r appointment"),
    (Code.BAD_ESCAPE, b"Your appointment", rb"Your appointment\:"),
    (Code.BAD_ESCAPE, TITLE, b"SUMMARY:Your appointment\\\r\n"),
    (Code.RAW_SEPARATOR, rb"sun\, waxing", b"sun, waxing"),
    (Code.RAW_SEPARATOR, rb"sun\, waxing", rb"sun\\,waxing"),
    (Code.RAW_SEPARATOR, rb"Suite 4\;", b"Suite 4;"),
    (Code.RAW_SEPARATOR, TITLE, TITLE + b"RESOURCES:care;skin\r\n"),
    (Code.HTML, b"DESCRIPTION:Still avoid", b"DESCRIPTION:<p>Avoid"),
    (Code.BAD_UID, UIDS[0], UIDS[0] + b"@example.org"),
    (Code.BAD_UID, UIDS[0], UIDS[0].replace(b"-5a6f-", b"-4a6f-")),
    (Code.BAD_UID, UIDS[0], UIDS[0].upper()),
    (Code.BAD_UID, UIDS[0], b"jane-roe-20261210"),
    (Code.DUPLICATE_UID, UIDS[1], UIDS[0]),
    (Code.DUPLICATE_UID, ALARM_UID, b"UID:" + UIDS[0] + b"\r\n"),
    (Code.BAD_UID, ALARM_UID, b"UID:alarm\r\n"),
    (Code.NOT_PRIVATE, b"CLASS:PRIVATE\r\n", b""),
    (Code.NOT_PRIVATE, b"CLASS:PRIVATE", b"CLASS:PUBLIC"),
    (Code.BAD_STAMP, b"DTSTAMP:20261121T150000Z", b"DTSTAMP:20261121T150000"),
    (Code.BAD_STAMP, b"DTSTAMP:20261121T150000Z", b"DTSTAMP;VALUE=DATE:20261121"),
    (Code.NOT_STAMP, MODIFIED, b"LAST-MODIFIED:20261121T150001Z\r\n"),
    (Code.BAD_STAMP, MODIFIED, b"LAST-MODIFIED:20261121T150000\r\n"),
    (Code.BAD_TIME, VISIT_START, b"DTSTART:20261210T143000\r\n"),
    (Code.BAD_TIME, ARRIVE_START, b"DTSTART:20261210T140000\r\n"),
    (Code.BAD_TIME, VISIT_START, b"DTSTART;TZID=America/New_York:20261210T143000\r\n"),
    (Code.BAD_TIME, VISIT_START, b"DTSTART:20261210T193000+0000\r\n"),
    (Code.BAD_TIME, VISIT_START, b"DTSTART:20261210T250000Z\r\n"),
    (Code.BAD_TIME, VISIT_START, b"DTSTART:20261210\r\n"),
    (Code.BAD_TIME, DAY_END, b"DTEND;VALUE=DATE:20261232\r\n"),
    (Code.BAD_TIME, DAY_END, b"DTEND;VALUE=DATE:20261213T000000Z\r\n"),
    (Code.BAD_DURATION, TRIGGER, b"TRIGGER:-P1W2D\r\n"),
    (Code.BAD_DURATION, TRIGGER, b"TRIGGER:P\r\n"),
    (Code.BAD_DURATION, TRIGGER, b"TRIGGER:-PT1H30S\r\n"),
    (Code.BAD_DURATION, TRIGGER, b"TRIGGER:-P6H\r\n"),
    (Code.BAD_DURATION, TRIGGER, b"TRIGGER;VALUE=DURATION:-6 hours\r\n"),
    (Code.BAD_DURATION, ARRIVE_END, b"DURATION:10M\r\n"),
    (Code.MISSING_END, DAY_END, b""),
    (Code.MISSING_END, VISIT_END, b""),
    (Code.MISSING_END, ARRIVE_END, b""),
    (Code.MISSING_END, DAY_END, b"DURATION:P1D\r\n"),
    (Code.END_AND_DURATION, ARRIVE_END, ARRIVE_END + b"DURATION:PT10M\r\n"),
    (Code.MIXED_TYPES, ARRIVE_END, b"DTEND;VALUE=DATE:20261211\r\n"),
    (Code.MIXED_TYPES, DAY_END, b"DTEND:20261213T000000Z\r\n"),
    (Code.ENDS_TOO_EARLY, ARRIVE_END, b"DTEND:20261210T190000Z\r\n"),
    (Code.ENDS_TOO_EARLY, DAY_END, b"DTEND;VALUE=DATE:20261212\r\n"),
    (Code.ENDS_TOO_EARLY, ARRIVE_END, b"DURATION:-PT10M\r\n"),
    (Code.ENDS_TOO_EARLY, ARRIVE_END, b"DURATION:PT0S\r\n"),
    (Code.BLOCKS_TIME, FREE + ALARM, b"TRANSP:OPAQUE\r\n" + ALARM),
    (Code.BLOCKS_TIME, FREE + ALARM, ALARM),
    (Code.BLOCKS_TIME, FREE, b"TRANSP:OPAQUE\r\n"),
    (Code.MANY_ALARMS, ALARM, ALARM + ALARM.replace(ALARM_UID, OTHER_UID)),
    (Code.BAD_ACTION, b"ACTION:DISPLAY", b"ACTION:AUDIO"),
    (Code.BAD_TRIGGER, TRIGGER, b"TRIGGER:PT9H\r\n"),
    (Code.BAD_TRIGGER, TRIGGER, b"TRIGGER:-PT0S\r\n"),
    (Code.BAD_TRIGGER, TRIGGER, b"TRIGGER;RELATED=END:-PT6H\r\n"),
    (Code.BAD_TRIGGER, TRIGGER, b"TRIGGER;VALUE=DATE-TIME:20261211T230000Z\r\n"),
    (Code.BAD_TRIGGER, TRIGGER, b"TRIGGER;TZID=Europe/Berlin:-PT6H\r\n"),
]

# What the standard and the project allow, although it looks like a fault.
HARMLESS = [
    (TITLE, b"SUMMARY:" + 67 * b"x" + b"\r\n"),
    (TITLE, b"SUMMARY:\r\n " + 74 * b"x" + b"\r\n"),
    (TITLE, b"SUMMARY:A tab\tand\r\n\t a fold that begins with one\r\n"),
    (TITLE, "SUMMARY:👩\u200d⚕️ \u200fשלום\r\n".encode()),
    (TITLE, b'SUMMARY;LANGUAGE=en;X-NOTE="a:b;c,d",e:It\'s "fine": a=b\r\n'),
    (TITLE, b"SUMMARY:<3 days\\, or less: 5 > 4\r\n"),
    (TITLE, TITLE + b"X-ONE:a,b;c\\z\r\nX-ONE:again\r\n"),
    (TITLE, TITLE + b"RESOURCES:care,skin\r\nRESOURCES:visit\r\n"),
    (TITLE, b"SUMMARY:Your\r\n  appointment\r\n"),
    (TITLE, b"SUMMARY:Your\r\n   \r\n   appointment\r\n"),
    (CATEGORY, b"STATUS:CANCELLED\r\n"),
    (TITLE, TITLE + b"URL:https://example.org/a,b;c?d=1\r\n"),
    (
        VISIT_START + VISIT_END,
        b"DTSTART;VALUE=DATE:20261210\r\n" + DAY_END.replace(b"13", b"11"),
    ),
    (VISIT_START, b"DTSTART;VALUE=DATE-TIME:20261210T193000Z\r\n"),
    (ARRIVE_END, b"DURATION:PT10M\r\n"),
    (TRIGGER, b"TRIGGER;VALUE=DURATION;RELATED=START:-P1DT2H30M\r\n"),
    (TRIGGER, b"TRIGGER:-P1W\r\n"),
    (ALARM, b""),
    (b"TRANSP:OPAQUE\r\n", FREE),
    (b"SEQUENCE:2\r\n", b""),
]


def change(part: bytes, other: bytes) -> bytes:
    """Return the good file with the first occurrence of a part replaced."""
    assert part in GOOD
    return GOOD.replace(part, other, 1)


def test_good_file_passes() -> None:
    """Nothing is found in the calendar written by hand."""
    assert lint_calendar(GOOD) == []


@pytest.mark.parametrize(("part", "other"), HARMLESS)
def test_harmless_change_passes(part: bytes, other: bytes) -> None:
    """What is allowed is not reported."""
    assert lint_calendar(change(part, other)) == []


@pytest.mark.parametrize(
    ("code", "part", "other"), MUTANTS, ids=[code.value for code, _, _ in MUTANTS]
)
def test_mutant_is_found(code: Code, part: bytes, other: bytes) -> None:
    """Each mutant is reported with exactly its own code."""
    assert {each.code for each in lint_calendar(change(part, other))} == {code}


FLOATING = (b"DTSTART:20261210T140000\r\n", b"DTEND:20261210T141000\r\n")


@pytest.mark.parametrize(
    ("part", "other", "codes"),
    [
        (ARRIVE_START + ARRIVE_END, b"".join(FLOATING), set()),
        (ARRIVE_START, FLOATING[0], {Code.MIXED_TYPES}),
        (ARRIVE_START + ARRIVE_END, FLOATING[0] + FLOATING[1].replace(b"T141", b"T131"),
         {Code.ENDS_TOO_EARLY}),
        (VISIT_START + VISIT_END, b"".join(FLOATING), {Code.BAD_TIME}),
        (MODIFIED, b"LAST-MODIFIED:20261121T150000\r\n", {Code.BAD_STAMP}),
    ],
)  # fmt: skip
def test_a_floating_file_may_have_times_without_a_zone(
    part: bytes, other: bytes, codes: set[Code]
) -> None:
    """In both ends of an event, but for the visit; when it was made is an instant as ever."""
    found = lint_calendar(change(part, other), floating=True)
    assert {each.code for each in found} == codes


def test_visit_is_the_timed_event_that_blocks_time() -> None:
    """Where the visit and a care day block time, the care day is at fault, even if it is first."""
    care_day = GOOD.index(b"BEGIN:VEVENT", GOOD.index(ARRIVE_END))
    other = GOOD[care_day:].replace(FREE, b"TRANSP:OPAQUE\r\n", 1)
    visit, end = GOOD[GOOD.index(b"BEGIN:VEVENT") : care_day], other.index(b"END:VCALENDAR")
    data = GOOD[: GOOD.index(b"BEGIN:VEVENT")] + other[:end] + visit + other[end:]
    assert [(each.line, each.code) for each in lint_calendar(data)] == [(18, Code.BLOCKS_TIME)]


def test_every_code_has_a_mutant() -> None:
    """No check goes untried."""
    assert {code for code, _, _ in MUTANTS} == set(Code)


def test_findings_name_their_lines() -> None:
    """Findings come in the order of the file and count its lines as an editor does."""
    data = change(b"SUMMARY:If", b"SUMMARY:If,").replace(b"TRIGGER:-PT6H", b"TRIGGER:PT6H")
    findings = lint_calendar(data.replace(b"VERSION:2.0\r\n", b""))
    assert [str(each) for each in findings] == [
        "1: missing-property: The VCALENDAR has no VERSION.",
        "33: raw-separator: SUMMARY has a , without a backslash.",
        "56: bad-trigger: The TRIGGER is not negative; Outlook reads a positive one as negative.",
    ]


edits = st.lists(
    st.tuples(
        st.integers(0, len(GOOD)),
        st.integers(0, 40),
        st.one_of(
            st.binary(max_size=4),
            st.sampled_from([b"\r", b"\n", b"\r\n", b"\r\n ", b":", b";", b",", b"\\", b'"', b"="]),
            st.sampled_from([b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b"\xef\xbb\xbf", b"\xf0\x9f"]),
        ),
    ),
    min_size=1,
    max_size=5,
)


def corrupt(places: list[tuple[int, int, bytes]]) -> bytes:
    """Return the good file with some of its bytes cut out and others put there."""
    data = GOOD
    for place, length, other in places:
        data = data[:place] + other + data[place + length :]
    return data


@given(edits)
def test_corruption_never_crashes_the_lint(places: list[tuple[int, int, bytes]]) -> None:
    """Whatever happens to a file, the lint gives findings with a line that is in it."""
    data = corrupt(places)
    findings = lint_calendar(data)
    assert all(1 <= each.line <= data.count(b"\n") + 1 for each in findings)


@given(st.binary())
def test_arbitrary_bytes_are_no_calendar(data: bytes) -> None:
    """Bytes that never were a calendar are reported as such."""
    assert Code.NO_CALENDAR in {each.code for each in lint_calendar(data)}


typos = st.tuples(
    st.integers(0, len(GOOD)),
    st.integers(0, 1),
    st.sampled_from([b"", b"7", b"x", b"X", b" ", b"<", b"%", rb"\n", "ä".encode()]),
)


@given(typos)
def test_what_passes_can_be_read(typo: tuple[int, int, bytes]) -> None:
    """Where the lint finds nothing in a file with a typing error, a parser reads it all."""
    data = corrupt([typo])
    if not lint_calendar(data):
        assert len(read_with_icalendar(data)) == data.count(b"BEGIN:VEVENT")
