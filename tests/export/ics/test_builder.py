"""The events of a plan: nothing of it is missing, nothing of it is on a wrong date."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcare.core.plan.plan import Plan, build_plan
from microcare.core.plan.planned import End, Standing
from microcare.core.plan.transitions import Change, Transition
from microcare.core.sheet.conditions import Answer, list_condition_factors
from microcare.core.sheet.protocol import Clinic, Protocol
from microcare.core.sheet.verbs import Verb
from microcare.export.ics.builder import build_events, event_dates
from microcare.export.ics.events import CalendarOptions
from microcare.wording.safe import visible
from tests import strategies
from tests.calendar.readers import (
    Entry,
    list_entries,
    list_with_calcurse,
    list_with_khal,
    read_with_ical_js,
    read_with_icalendar,
)
from tests.export.ics.exported import (
    BEFORE,
    BEHIND,
    BETWEEN,
    CHECK_NOW,
    dated,
    digests,
    export,
    find_visit,
    to_bytes,
)
from tests.export.ics.titling import BARS, EACH, clinic
from tests.mutants import LONG
from tests.oracle import Visit
from tests.samples import LONG_AGO, at, entry, plan, protocol, visit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)

# In each zone a plain date, and appointments around which its clock changes.
PLACES: dict[str, tuple[str, ...]] = {
    "America/New_York": ("2026-12-10 14:30", "2026-03-09 14:30", "2026-11-02 00:30"),
    "Europe/Berlin": ("2026-12-10 14:30", "2026-03-30 02:30", "2026-10-26 02:30"),
    "Australia/Lord_Howe": ("2026-12-10 14:30", "2026-04-06 01:45", "2026-10-05 02:15"),
    "Pacific/Apia": ("2026-12-10 14:30", "2011-12-29 09:00", "2011-12-31 14:30"),
    "Asia/Kathmandu": ("2026-12-10 14:30", "1986-01-01 00:15", "1986-01-02 10:00"),
    "America/Sao_Paulo": ("2026-12-10 14:30", "2018-11-04 01:00", "2018-11-06 00:00"),
    "America/Havana": ("2026-12-10 14:30", "2026-03-08 01:00", "2026-11-01 00:30"),
    "UTC": ("2026-12-10 14:30", "2024-02-29 23:59", "2026-08-31 00:00"),
}
OPTIONS = (
    CalendarOptions(),
    CalendarOptions(alarm=None, spans=True),
    CalendarOptions(alarm=time(0), discreet=True),
    CalendarOptions(alarm=time(23, 59), booking="4711", spans=True, discreet=True),
)
STARTS = [(zone, start) for zone, starts in PLACES.items() for start in starts]
EVERYWHERE = pytest.mark.parametrize(("zone", "start"), STARTS)


@cache
def read_back(name: str, zone: str, start: str, booked: timedelta) -> tuple[Plan, list[Entry]]:
    """Return a built-in protocol's plan somewhere, and what is in its file."""
    found = dated(name, start, zone, booked=booked)
    return found, export(found)


def check_now(entries: Iterable[Entry]) -> str:
    """Return what the one event of what already holds says, empty without it."""
    found = [each for each in entries if each.summary == CHECK_NOW]
    assert len(found) <= 1
    return found[0].description if found else ""


def titled(entries: Iterable[Entry], title: str) -> Entry:
    """Return the one event of this title."""
    (found,) = (each for each in entries if each.summary == title)
    return found


def trigger(
    start: str, ring: time | None, zone: str = "America/New_York"
) -> tuple[timedelta | None, timedelta | None]:
    """Return the alarms of the appointment and of its day's digest."""
    appointment = visit(start, zone)
    found = plan(entry("avoid: sauna\nuntil: 2 days after"), appointment, now="2001-01-01 00:00")
    entries = export(found, CalendarOptions(alarm=ring))
    return find_visit(entries).alarm_trigger, digests(entries)[appointment.day].alarm_trigger


@EACH
@pytest.mark.parametrize("zone", PLACES)
def test_the_lint_finds_nothing(name: str, zone: str) -> None:
    """Every zone, clock change, whole day, duration, way of writing and moment of booking."""
    for turn, start in enumerate(PLACES[zone], list(PLACES).index(zone)):
        for place, options in enumerate(OPTIONS):
            # A plain run tries one of the ways of writing at a time.
            if not LONG and place != turn % len(OPTIONS):
                continue
            whole_day = start[: len("2026-12-10")]
            to_bytes(dated(name, start, zone, (None, 45)[place % 2]), options)
            to_bytes(dated(name, whole_day, zone, booked=(BETWEEN, BEHIND)[place % 2]), options)


ASKED = {
    *(Change.BEGINS, Change.HAPPENS, Change.LAST_FINE_DAY, Change.BEGINS_AT_LATEST),
    *(Change.GOVERNS, Change.DOSES),
}
"""What changes something for the patient by itself; of an end it depends on what else holds."""


@EACH
@EVERYWHERE
@pytest.mark.parametrize("booked", [BEFORE, BETWEEN, BEHIND], ids=["before", "between", "behind"])
def test_digests_are_the_days_of_the_plan(
    name: str, zone: str, start: str, booked: timedelta
) -> None:
    """A digest stands on each date from today on that changes something for the patient."""
    found, entries = read_back(name, zone, start, booked)
    today = found.visit.local_date(found.now)
    ahead = [day for day in found.days if day.date >= today]
    expected = {
        day.date
        for day in ahead
        if any(
            each.change in ASKED or (each.planned.restricts and _frees(each))
            for each in day.transitions
        )
    }
    assert expected <= digests(entries).keys() <= {day.date for day in ahead}


def _frees(transition: Transition) -> bool:
    """Tell whether a ban's end leaves a topic to no other ban; after "at least" nobody knows."""
    over = transition.change is Change.ENDS and transition.planned.end is not End.AT_LEAST
    return over and any(not release.held_by for release in transition.releases)


@EACH
@EVERYWHERE
@pytest.mark.parametrize("booked", [BEFORE, BETWEEN, BEHIND], ids=["before", "between", "behind"])
def test_every_sentence_is_on_its_date(name: str, zone: str, start: str, booked: timedelta) -> None:
    """What lies ahead is told on the day it begins, all the rest in the check of today."""
    found, entries = read_back(name, zone, start, booked)
    days, now = digests(entries), check_now(entries)
    for each in found.instructions:
        text = each.instruction.text
        if each.instruction.verb is Verb.SCREEN or each.standing is not Standing.UPCOMING:
            assert text in now
            over = each.standing is Standing.OVER
            assert over or text in find_visit(entries).description
        else:
            assert each.dated.start is not None
            assert text in days[found.visit.local_date(each.dated.start)].description


@EACH
@EVERYWHERE
def test_every_end_is_on_its_date(name: str, zone: str, start: str) -> None:
    """The day on which a ban frees something names it, at the time of its end."""
    found, entries = read_back(name, zone, start, BEFORE)
    days = digests(entries)
    for day in found.days:
        for transition in day.transitions:
            if transition.planned.restricts and _frees(transition):
                assert transition.instant == transition.planned.dated.until
                said = days[day.date].description
                asked = {
                    topic
                    for each in day.transitions
                    if each.instant == transition.instant and not each.planned.restricts
                    for topic in each.topics
                }
                for release in transition.releases:
                    label = found.protocol.topics[release.topic].short
                    assert release.held_by or release.topic in asked or label in said


@EACH
def test_a_whole_day_plan_loses_nothing(name: str) -> None:
    """Without a time of day every sentence is still in some description."""
    entries = export(dated(name, "2026-12-10"))
    everything = "\n".join(each.description for each in entries)
    assert [each.id for each in clinic(name).instructions if each.text not in everything] == []


@EACH
def test_a_past_appointment_loses_nothing(name: str) -> None:
    """A plan that is made afterwards still holds the visit and every sentence."""
    found = dated(name, booked=BEHIND)
    entries = export(found)
    assert find_visit(entries).start == found.visit.start
    now = check_now(entries)
    assert "Over by now:" in now
    assert [each.id for each in clinic(name).instructions if each.text not in now] == []


@EACH
def test_staffs_notes_are_nowhere(name: str) -> None:
    """What the clinic noted for its staff does not reach the patient."""
    data = b" ".join(to_bytes(dated(name), options) for options in OPTIONS)
    said = data.replace(b"\r\n ", b"").replace(b"\\", b"").decode()
    notes = [each.note for each in clinic(name).instructions if each.note]
    notes += clinic(name).notes
    assert notes
    assert [note for note in notes if note in said] == []


@EACH
@pytest.mark.parametrize("answer", [True, False])
def test_what_is_settled_as_no_is_nowhere(name: str, answer: bool) -> None:
    """An answer leaves out what it rules out, and takes the question from the rest."""
    factors = {
        factor
        for each in clinic(name).instructions
        if each.condition is not None and not (answer and each.verb is Verb.SCREEN)
        for factor in list_condition_factors(each.condition)
    }
    found = dated(name, answers=dict.fromkeys(factors, answer))
    everything = "\n".join(each.description for each in export(found, CalendarOptions(spans=True)))
    gone = [each for each in found.instructions if each.applies is Answer.NO]
    assert gone or answer
    assert [each.instruction.id for each in gone if each.instruction.text in everything] == []
    kept = [each for each in found.instructions if each.applies is not Answer.NO]
    assert [each.instruction.id for each in kept if each.instruction.text not in everything] == []


def test_what_was_not_asked_stands_under_its_condition() -> None:
    """A rule for some patients says for whom."""
    said = digests(export(dated("clinic-a")))[date(2026, 12, 8)].description
    assert "If you are prone to cold sores: Take the medicine against cold sores" in said


def test_check_now_tells_what_had_begun() -> None:
    """Before the treatment, today's event says since when something already holds."""
    entries = export(dated("clinic-a", booked=timedelta(-19)))
    today = titled(entries, CHECK_NOW)
    assert (today.start, today.end) == (date(2026, 11, 21), date(2026, 11, 22))
    assert today.alarm_trigger is None
    assert "Already in force:\n- Stop isotretinoin" in today.description
    assert "Since Wed 10 Jun." in today.description


def test_without_anything_to_check_there_is_no_check() -> None:
    """A plan that lies wholly ahead has no event today."""
    entries = export(plan(entry("avoid: sauna\nuntil: 2 days after")))
    assert [each.start for each in entries if each.all_day] == [
        date(2026, 12, 10),
        date(2026, 12, 13),
    ]
    assert len(entries) == 3


def test_the_visit_is_an_instant_in_utc() -> None:
    """Without a duration it shows half an hour, and says so; the patient's time is blocked."""
    found = find_visit(export(dated("clinic-a")))
    assert (found.start, found.end) == tuple(
        datetime(2026, 12, 10, hour, minute, tzinfo=UTC) for hour, minute in ((19, 30), (20, 0))
    )
    assert "How long it takes is not known; this entry shows half an hour." in found.description
    assert found.summary == "Microneedling appointment"
    assert found.description.startswith("Thursday 10 December 2026, 2:30 pm, America/New_York")


def test_a_known_duration_ends_the_visit() -> None:
    """The visit ends when the clinic says, an hour of the clock later or not."""
    found = find_visit(export(dated("clinic-a", "2026-11-01 00:30", minutes=120)))
    assert "this entry shows" not in found.description
    assert found.end is not None
    assert found.end - found.start == 2 * HOUR


def test_a_whole_day_visit_lasts_its_day() -> None:
    """Where only the date is known, the visit is that date and says no time."""
    found = find_visit(export(dated("clinic-a", "2026-12-10")))
    assert (found.start, found.end) == (date(2026, 12, 10), date(2026, 12, 11))
    assert found.description.startswith("Thursday 10 December 2026, America/New_York\n")


def test_arriving_early_is_an_event_with_its_range() -> None:
    """“20 to 30 minutes before” is an event of ten minutes that blocks nothing."""
    found = titled(export(dated("clinic-a")), "Perhaps arrive early for your appointment")
    assert found.start == datetime(2026, 12, 10, 19, 0, tzinfo=UTC)
    assert found.end == datetime(2026, 12, 10, 19, 10, tzinfo=UTC)
    assert found.transp == "TRANSPARENT"
    assert "If a numbing cream will be applied" in found.description


def test_a_whole_day_has_no_time_to_arrive() -> None:
    """Minutes before an unknown time keep their words and get no event of their own."""
    entries = export(dated("clinic-a", "2026-12-10", answers={"cold-sores": False}))
    assert all(each.all_day for each in entries)
    assert "Arrive 20 to 30 minutes before" in check_now(entries)


@pytest.mark.parametrize(
    ("ring", "of_visit", "of_day"),
    [
        (time(18), "20:30", "6:00"),
        (time(0), "38:30", "24:00"),
        (time(23, 59), "14:31", "0:01"),
        (time(7, 15), "31:15", "16:45"),
    ],
)
def test_an_alarm_rings_the_evening_before(ring: time, of_visit: str, of_day: str) -> None:
    """At that time of the clinic's clock, or that long before the day's midnight."""
    assert trigger("2026-12-10 14:30", ring) == (-_length(of_visit), -_length(of_day))


@pytest.mark.parametrize(
    ("start", "zone", "before"),
    [
        ("2026-03-08 14:30", "America/New_York", "19:30"),
        ("2026-11-01 14:30", "America/New_York", "21:30"),
        ("2026-10-04 14:30", "Australia/Lord_Howe", "20:00"),
        ("2026-04-05 14:30", "Australia/Lord_Howe", "21:00"),
        ("2018-11-04 01:00", "America/Sao_Paulo", "6:00"),
        ("2026-11-01 01:30", "America/Havana", "8:30"),
        # There was no evening of 30 December 2011: it rings on the 29th.
        ("2011-12-31 14:30", "Pacific/Apia", "20:30"),
    ],
)
def test_an_alarm_keeps_its_evening_across_a_clock_change(
    start: str, zone: str, before: str
) -> None:
    """The evening is the clinic's, so the time until the visit is longer or shorter."""
    assert trigger(start, time(18), zone) == (-_length(before), -6 * HOUR)


@EACH
def test_without_alarms_nothing_rings(name: str) -> None:
    """`--alarm none` leaves no alarm in the file."""
    entries = export(dated(name), CalendarOptions(alarm=None, spans=True))
    assert {each.alarm_trigger for each in entries} == {None}


def test_spans_are_bars_over_their_windows() -> None:
    """With `--spans` a window whose ends are known is a bar of whole days besides the digests."""
    found = dated("clinic-a")
    bars = set(map(_shown, export(found, CalendarOptions(spans=True)))) - set(
        map(_shown, export(found))
    )
    assert (
        date(2026, 12, 10),
        date(2026, 12, 21),
        "avoid: prolonged sun, sunbathing",
    ) in bars
    assert (date(2026, 12, 10), date(2026, 12, 11), "avoid: shaving") in bars
    assert (date(2026, 12, 8), date(2026, 12, 13), "Personal reminder") in bars
    known = [
        each
        for each in found.instructions
        if each.dated.until is not None and each.instruction.verb is not Verb.SCREEN
    ]
    assert len(bars) <= len(known)


def test_a_bar_tells_what_only_the_appointment_s_time_decides() -> None:
    """It tells nobody anything about the patient."""
    rule = entry("avoid: sauna\non: treatment day\nif: appointment from 10:30")
    events = build_events(plan(rule), Clinic(), BARS)
    assert "avoid: sauna" in {event.summary for event in events}


@EACH
@pytest.mark.parametrize("start", ["2026-12-10 14:30", "2026-12-10"])
def test_discreet_titles_say_nothing(name: str, start: str) -> None:
    """A discreet title names no treatment and no topic, whatever the kind of event."""
    entries = export(dated(name, start), CalendarOptions(spans=True, discreet=True))
    for each in entries:
        shown = each.summary.partition(" (")[0]
        assert shown in {"Personal reminder", "Appointment"}
    assert find_visit(entries).summary == "Appointment"


@EACH
def test_discreet_titles_cost_no_facts(name: str) -> None:
    """Descriptions, dates and identities are the same as in the plain file."""
    plain, discreet = (
        {
            each.uid: replace(each, summary="")
            for each in export(dated(name), CalendarOptions(discreet=hidden))
        }
        for hidden in (False, True)
    )
    assert plain == discreet


def test_first_and_last_day_are_those_of_the_file() -> None:
    """The dates that are told to the user are those on which events begin, at the clinic."""
    found = dated("clinic-a", "2026-12-10 23:30", booked=timedelta(-19))
    events = build_events(found, Clinic(), CalendarOptions())
    assert event_dates(events, found) == (date(2026, 11, 21), date(2026, 12, 21))
    only = [event for event in events if event.content.opaque]
    assert event_dates(only, found) == (date(2026, 12, 10), date(2026, 12, 10))


HOSTILE = {
    "emoji": "Keep cool 🧊👩‍⚕️🇩🇪 and calm 🌞",
    "separators": r"a, b; c\ d\n e\\, f:g",
    "umlauts": "Wärme, Kälte und „Öl“ meiden – 38 °C",
    "quotes": "\"double\" 'single' `back`",
    "lines": "one\ntwo\r\nthree\rfour",
    "controls": "bell \x07 escape \x1b[31m null \x00 delete \x7f next \x85 line \u2028",
    "right-to-left": "safe \u202e esrever \u2066 isolated \u200f mark",
    "injection": "x\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nTRIGGER:PT1H",
    "blank lines": "one\n\n\n\n\n\n\ntwo",
    "long": "Sonne und Hitze, “täglich”; " * 80,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_any_text_arrives_as_it_was_meant(kind: str) -> None:
    """What a clinic may write breaks no line, and is read back to the last character."""
    _check_texts(HOSTILE[kind])


_WILD = st.one_of(
    st.characters(exclude_categories=["Cs"]),
    st.sampled_from("\\;,:\"'\n\r\t nN\x00\x1b\x85\u2028\u202e\u200b\ufeffäöüß€🌞"),
)


@given(st.text(_WILD, min_size=1, max_size=400), st.integers(1, 20))
def test_any_text_at_all_arrives_as_it_was_meant(text: str, times: int) -> None:
    """The lint finds nothing and an unrelated reader gives back what the program meant."""
    _check_texts(text * times)


@given(
    strategies.protocols(),
    strategies.visits(first_year=1985),
    strategies.answers,
    st.integers(-60, 60),
    st.times().map(lambda each: each.replace(second=0, microsecond=0)),
)
def test_any_plan_loses_nothing(
    drawn: Protocol, appointment: Visit, answers: dict[str, bool], booked: int, ring: time
) -> None:
    """Rules of every kind in every zone: a clean file, and each rule that holds in it by name."""
    around = strategies.appointment(appointment)
    named = replace(
        drawn,
        instructions=tuple(
            replace(each, text=f"Sentence {each.id}.") for each in drawn.instructions
        ),
    )
    found = build_plan(named, around, now=around.start + booked * DAY, answers=answers)
    entries = export(found, CalendarOptions(alarm=ring, spans=True))
    plain = "\n".join(each.description for each in export(found))
    for each in found.instructions:
        assert (each.instruction.text in plain) is (each.applies is not Answer.NO)
    assert all(each.alarm_trigger is None or each.alarm_trigger < timedelta(0) for each in entries)


@EACH
@pytest.mark.parametrize("start", ["2026-12-10 14:30", "2026-11-01 14:30"])
def test_ical_js_agrees(name: str, start: str) -> None:
    """Thunderbird's parser finds all that icalendar finds."""
    data = to_bytes(dated(name, start), CalendarOptions(spans=True))
    assert sorted(read_with_ical_js(data), key=_by_uid) == sorted(
        read_with_icalendar(data), key=_by_uid
    )


@EACH
@pytest.mark.parametrize("booked", [BEFORE, BEHIND], ids=["before", "behind"])
def test_khal_agrees(name: str, booked: timedelta, tmp_path: Path) -> None:
    """A calendar of Debian shows each event on its days; an instant lasts an hour there."""
    data = to_bytes(dated(name, booked=booked))
    expected = [
        replace(each, end=each.start + HOUR) if each.end is None else each
        for each in list_entries(read_with_icalendar(data))
    ]
    assert list_with_khal(data, tmp_path) == expected


@EACH
@pytest.mark.parametrize("booked", [BEFORE, BEHIND], ids=["before", "behind"])
def test_calcurse_agrees(name: str, booked: timedelta, tmp_path: Path) -> None:
    """A strict reader that shares no code with the others shows the same."""
    data = to_bytes(dated(name, booked=booked))
    assert list_with_calcurse(data, tmp_path) == list_entries(read_with_icalendar(data))


def _length(text: str) -> timedelta:
    hours, minutes = map(int, text.split(":"))
    return timedelta(hours=hours, minutes=minutes)


def _shown(each: Entry) -> tuple[date, date | None, str]:
    return each.start, each.end, each.summary


def _by_uid(each: Entry) -> str:
    return each.uid


def _check_texts(text: str) -> None:
    """Put a text everywhere that a protocol's text goes, and read it back."""
    sample = protocol(entry("avoid: sauna\nfrom: 2 days before\nuntil: 2 days after"))
    (rule,) = sample.instructions
    topics = {**sample.topics, "sauna": replace(sample.topics["sauna"], label=text)}
    written = replace(
        sample, title=f"Care {text}", topics=topics, instructions=(replace(rule, text=text),)
    )
    found = build_plan(written, visit(), now=at(LONG_AGO))
    asked = Clinic(name=f"At {text}", phone=text, address=text)
    events = build_events(found, asked, CalendarOptions(spans=True))
    data = to_bytes(found, CalendarOptions(spans=True), asked=asked)
    read = {each.uid: each for each in read_with_icalendar(data)}
    assert read.keys() == {event.uid for event in events}
    for event in events:
        assert read[event.uid].summary == _meant(event.summary)
        assert read[event.uid].description == _meant(event.description)
        assert read[event.uid].location == _meant(event.content.location or "")
    assert _meant(text) in "\n".join(each.description for each in read.values())


def _meant(text: str) -> str:
    return visible(text.replace("\r\n", "\n").replace("\r", "\n"))


def test_bar_of_a_fast_until_the_end_names_no_hour() -> None:
    """Nobody knows when the treatment is over."""
    found = plan(entry("avoid: food\nfrom: 6 hours before\nuntil: end"))
    titles = [each.summary for each in build_events(found, Clinic(), CalendarOptions(spans=True))]
    assert "avoid: food" in titles
