"""One file after another on one phone: what is left there is what the last plan says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microcare.core.plan.plan import Plan, build_plan
from microcare.core.sheet.protocol import Clinic, Protocol
from microcare.core.time.appointment import make_timed_appointment, make_whole_day_appointment
from microcare.export.ics.builder import build_events
from microcare.export.ics.digests import later_key
from microcare.export.ics.earlier import MAX_SEQUENCE, read_calendar
from microcare.export.ics.events import CalendarEvent, CalendarOptions, Content
from microcare.export.ics.identities import booking_seed, make_uid
from microcare.export.ics.replacements import (
    TOMBSTONE,
    count_differences,
    list_gone,
    next_sequence,
)
from microcare.export.ics.writer import write_events
from microcare.language.messages import Language, speak, speaks_english
from microcare.load.library.protocols import read_protocol
from tests import strategies
from tests.calendar.lint import lint_calendar
from tests.calendar.readers import (
    Entry,
    list_entries,
    list_with_calcurse,
    list_with_khal,
    read_with_ical_js,
    read_with_icalendar,
)
from tests.commands.running import ROOT
from tests.example_sheets import NAMES, sheet
from tests.pseudo import PSEUDO
from tests.samples import at, entry, plan, visit

if TYPE_CHECKING:
    from pathlib import Path

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
BOOKED = CalendarOptions(booking="4711")
LAST_ON_EARTH = timedelta(hours=12)
CALM = settings(max_examples=max(settings().max_examples // 2, 10))
FEW = settings(max_examples=settings().max_examples // 4)
PROTOCOLS = (
    *(read_protocol(ROOT / "protocols" / f"{name}.yaml") for name in ("clinic-a", "clinic-b")),
    *map(sheet, NAMES),
)
ZONES = ("America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu")
# Plain days, both clock changes of a zone, and days from which months count to none that exist.
DATES = (
    *("2026-12-10", "2027-01-20", "2027-03-14", "2027-03-15", "2027-03-28", "2027-03-31"),
    *("2027-04-04", "2027-08-31", "2027-10-03", "2027-10-31", "2026-11-02", "2028-02-29"),
)

PAIN = entry("take: ibuprofen\nif: not numbing-cream\non: next day\ndaily: twice", "ibuprofen")
PAIN += entry(
    "take: acetaminophen\nif: numbing-cream\non: next day\ndaily: [09:00, 21:00]", "other"
)


@dataclass(frozen=True)
class Export:
    """A plan's file, its events, and those that it has if it replaces nothing."""

    plan: Plan
    data: bytes
    events: tuple[CalendarEvent, ...]
    fresh: tuple[CalendarEvent, ...]
    floating: bool
    """Whether some of its times, or of those that it takes away, may have no zone."""

    def __repr__(self) -> str:
        """Return what tells a failure: the whole plan would be a million characters."""
        answers = dict(self.plan.answers)
        return f"{self.plan.protocol.id} {self.plan.visit} {self.plan.now} {answers}"

    @property
    def tombstones(self) -> list[CalendarEvent]:
        """What it takes away."""
        return [each for each in self.events if each.content.cancelled]


def export(found: Plan, earlier: Export | None = None, options: CalendarOptions = BOOKED) -> Export:
    """Return the file of a plan that replaces an earlier one; the lint finds nothing in it."""
    old = None if earlier is None else read_calendar(earlier.data)
    events = build_events(found, Clinic(), options, old)
    data = write_events(events, stamp=found.now, revision=next_sequence(found.now, old))
    floating = options.floating or (earlier is not None and earlier.floating)
    found_bad = map(str, lint_calendar(data, floating=floating))
    # The lint knows the categories of no language that nobody speaks.
    known = [each for each in found_bad if speaks_english() or "CATEGORIES" not in each]
    assert known == []
    return Export(found, data, events, build_events(found, Clinic(), options), floating)


def merge(*files: bytes) -> dict[str, Entry]:
    """Return what a phone holds after it has taken these files: the higher SEQUENCE of a UID."""
    held: dict[str, Entry] = {}
    for data in files:
        for each in read_with_icalendar(data, floating=True):
            if each.uid not in held or each.sequence > held[each.uid].sequence:
                held[each.uid] = each
    return held


def is_ahead(each: Entry, now: datetime) -> bool:
    """Return whether an event may still be ahead of somebody on Earth."""
    end = each.end or each.start
    if isinstance(end, datetime):
        return (end if end.tzinfo else end.replace(tzinfo=UTC) + LAST_ON_EARTH) >= now
    last = end if each.end is not None else end + DAY
    return datetime(last.year, last.month, last.day, tzinfo=UTC) + LAST_ON_EARTH > now


def check_phone(phone: dict[str, Entry], last: Export) -> None:
    """Check that a phone holds ahead of it what the last plan says, and nothing else.

    Of what is gone nothing rings, nothing blocks time, and the title says so.
    """
    live = {each.uid: each for each in last.events if not each.content.cancelled}
    assert [tell(each) for each in live.values() if not is_check(each)] == [
        tell(each) for each in last.fresh if not is_check(each)
    ]
    shown = {uid: each for uid, each in phone.items() if each.status != "CANCELLED"}
    assert live.keys() <= shown.keys()
    for uid, each in shown.items():
        if uid in live:
            assert tell(each) == tell(live[uid])
        else:
            assert not is_ahead(each, last.plan.now), each
    for each in phone.values():
        if each.status == "CANCELLED":
            assert (each.summary, each.transp, each.alarm_trigger) == (
                TOMBSTONE, "TRANSPARENT", None,
            )  # fmt: skip


def is_check(event: CalendarEvent) -> bool:
    """Return whether an event is today's, which a file that replaces another always has."""
    return event.summary.startswith("Check now")


def tell(event: CalendarEvent | Entry) -> tuple[object, ...]:
    """Return what an event is and when it is and rings."""
    rings = event.alarm_trigger if isinstance(event, Entry) else event.alarm
    return event.uid, event.start, event.end, event.summary, abs(rings or timedelta())


@st.composite
def bookings(draw: st.DrawFn, protocol: Protocol, zone: str, earliest: datetime) -> Plan:
    """Draw an appointment, answers and a moment, not before `earliest`, at which it is planned."""
    place, day = ZoneInfo(zone), date.fromisoformat(draw(st.sampled_from(DATES)))
    hour = draw(st.sampled_from((None, 0, 2, 9, 14, 23)))
    if hour is None:
        around = make_whole_day_appointment(day, place, "flag")
    else:
        wall = datetime(day.year, day.month, day.day, hour, 30, tzinfo=place)
        around = make_timed_appointment(wall.astimezone(UTC).astimezone(place), place, "flag")
    answers = {
        name: draw(st.booleans())
        for name, factor in protocol.factors.items()
        if factor.before is None and draw(st.booleans())
    }
    now = draw(st.sampled_from((-400 * DAY, -9 * DAY, -1 * DAY, 2 * HOUR, 3 * DAY, 40 * DAY)))
    return build_plan(protocol, around, now=max(around.start + now, earliest), answers=answers)


@st.composite
def chains(draw: st.DrawFn, protocols: st.SearchStrategy[Protocol]) -> list[Export]:
    """Draw two or three files of one booking, each of which replaces the one before."""
    protocol, zone = draw(protocols), draw(st.sampled_from(ZONES))
    now, files = datetime(2025, 1, 1, tzinfo=UTC), list[Export]()
    for _ in range(draw(st.integers(2, 3))):
        found = draw(bookings(protocol, zone, now))
        doses, spans, every, floating = (draw(st.booleans()) for _ in range(4))
        content = CalendarOptions(
            "4711", doses=doses, spans=spans, every_dose=every, floating=floating
        )
        files.append(export(found, files[-1] if files else None, content))
        now = found.now + HOUR
    return files


@FEW
@given(chains(st.sampled_from(PROTOCOLS)))
def test_nothing_outdated_stays(files: list[Export]) -> None:
    """New dates, answers and hours, over clock changes and the ends of months: each real sheet."""
    check_phone(merge(*(each.data for each in files)), files[-1])


@CALM
@given(chains(strategies.protocols()))
def test_nothing_outdated_stays_of_any_sheet(files: list[Export]) -> None:
    """The same of sheets that nobody has written."""
    check_phone(merge(*(each.data for each in files)), files[-1])


def test_a_forbidden_dose_does_not_stand_beside_the_new_one() -> None:
    """Other answers, another medicine: of the first no dose that would still ring is left."""
    first = export(plan(PAIN, answers={"numbing-cream": False}))
    then = export(plan(PAIN, answers={"numbing-cream": True}, now="2026-12-01 09:00"), first)
    doses = {each.uid for each in first.events if each.content.of_doses}
    assert len(doses) == 2
    assert {each.uid for each in then.tombstones} == doses
    check_phone(merge(first.data, then.data), then)


def test_a_dose_takes_the_place_of_another_at_its_time() -> None:
    """Other answers, another medicine at the same times: the same events tell it."""
    rules = PAIN.replace("[09:00, 21:00]", "twice")
    first = export(plan(rules, answers={"numbing-cream": False}))
    then = export(plan(rules, answers={"numbing-cream": True}), first)
    assert then.tombstones == []
    told = [each.description for each in then.events if each.content.of_doses]
    assert all("Acetaminophen" in text and "buprofen" not in text for text in told)
    check_phone(merge(first.data, then.data), then)


def test_what_goes_on_in_a_second_entry_is_not_cancelled_beside_it() -> None:
    """A day that no calendar shows in one entry: each file of the booking has both of them."""
    long = "No sun. " * 70
    rules = "".join(
        entry(f"avoid: sun\nuntil: {days} days after\nsay: {long}", f"s{days}")
        for days in range(3, 19)
    )
    files = [export(plan(rules))]
    for now in ("2026-12-01 09:00", "2026-12-02 09:00"):
        files.append(export(plan(rules, now=now), files[-1]))
        assert not files[-1].tombstones
        check_phone(merge(*(each.data for each in files)), files[-1])
    assert sum(each.summary.startswith("Continued") for each in files[-1].events) == 1


def test_a_tombstone_is_handed_on() -> None:
    """A phone that a file never reached is told by the next one, until the event is past."""
    answers = {"numbing-cream": True}
    first = export(plan(PAIN, answers={"numbing-cream": False}))
    second = export(plan(PAIN, answers=answers, now="2026-12-01 09:00"), first)
    third = export(plan(PAIN, answers=answers, now="2026-12-02 09:00"), second)
    assert {each.uid for each in second.tombstones} <= {each.uid for each in third.tombstones}
    check_phone(merge(first.data, third.data), third)
    late = export(plan(PAIN, answers=answers, now="2026-12-20 09:00"), third)
    assert late.tombstones == []


def test_a_tombstone_says_what_it_was() -> None:
    """It keeps the UID and the time, and tells whoever sees it what to do."""
    first = export(plan(PAIN, answers={"numbing-cream": False}))
    then = export(plan(PAIN, answers={"numbing-cream": True}), first)
    (old, *_) = (each for each in first.events if each.content.of_doses)
    (found,) = (each for each in then.tombstones if each.uid == old.uid)
    assert (found.start, found.end, found.alarm, found.content.opaque) == (
        old.start,
        old.end,
        None,
        False,
    )
    assert found.description == (
        "This entry is of the file of Thu 1 Jan 2026 and no longer applies: delete it.\n"
        f"It was: {old.summary}"
    )


def test_the_visit_and_the_check_say_what_fell_away() -> None:
    """For a calendar that refuses a UID which it knows: what to delete, in words, on top."""
    first = export(plan(PAIN, answers={"numbing-cream": False}))
    then = export(plan(PAIN, answers={"numbing-cream": True}), first)
    said = (
        "This replaces the file of Thu 1 Jan 2026; delete what is left of it.\n"
        "If the appointment is not on its new date then, import this file again.\n"
        "These entries of it are gone; what still applies is in this file:\n"
        "- Take ibuprofen (2 times from Fri 11 Dec 2026, 8:00 am on)"
    )
    told = [each for each in then.events if said in each.description]
    assert [each.summary for each in told] == [
        "Check now: what already applies",
        "Microneedling appointment",
    ]


def test_a_calendar_that_takes_no_uid_twice_is_told() -> None:
    """What to delete stands in an event that no earlier file has."""
    rule = PAIN + entry("avoid: sauna\nfrom: 2 years before", "begun")
    files = [export(plan(rule, answers={"numbing-cream": False}))]
    for moment in ("2026-02-01 09:00", "2026-03-01 09:00"):
        files.append(export(plan(rule, answers={"numbing-cream": True}, now=moment), files[-1]))
    checks = [[each.uid for each in made.events if is_check(each)] for made in files]
    assert [len(uids) for uids in checks] == [1, 1, 1]
    assert len({uid for uids in checks for uid in uids}) == 3


def test_many_titles_are_told_in_short() -> None:
    """Equal titles once, with how many times; of more than twenty how many more there are."""
    many = entry("take: antiviral\nif: cold-sores\nfrom: next day\nfor: 9 days\ndaily: once", "x")
    many += "".join(
        entry(f"do: rest-{day}\nif: cold-sores\non: {day} days after", f"rest{day}")
        for day in range(20, 45)
    )
    header = "topics:\n" + "".join(
        f"  rest-{day}: {{label: rest {day}}}\n" for day in range(20, 45)
    )
    first = export(plan(many, header=header))
    then = export(plan(many, answers={"cold-sores": False}, header=header), first)
    (check,) = (each for each in then.events if each.summary.startswith("Check now"))
    lines = check.description.splitlines()
    course = "- Perhaps take prescribed course (9 times from Fri 11 Dec 2026, 8:00 am on)"
    assert course in lines
    listed = [line for line in lines if line.startswith("- ")]
    assert len(listed) <= 22
    assert "- and 7 more" in listed


def test_what_the_options_leave_out_still_applies() -> None:
    """Without reminders of doses nobody is told that the medicine no longer applies."""
    answers = {"numbing-cream": False}
    first = export(plan(PAIN, answers=answers))
    then = export(plan(PAIN, answers=answers), first, CalendarOptions("4711", doses=False))
    assert len(then.tombstones) == 2
    for each in then.tombstones:
        assert each.description.startswith(
            "This entry of the file of Thu 1 Jan 2026 is no longer needed: the days' entries tell"
        )
    assert not any("are gone" in each.description for each in then.events)
    check_phone(merge(first.data, then.data), then)


def test_what_is_listed_now_still_applies() -> None:
    """Nor is anybody told so of what rang by itself and is in a list now."""
    rule = entry("use: moisturizer\nfrom: next day\nfor: 4 days\ndaily: 3", "cream")
    first = export(plan(rule), None, CalendarOptions("4711", every_dose=True))
    then = export(plan(rule), first)
    assert len(then.tombstones) == 8
    assert all("is no longer needed" in each.description for each in then.tombstones)
    check_phone(merge(first.data, then.data), then)


@pytest.mark.parametrize("languages", [(None, PSEUDO), (PSEUDO, None)])
@pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda each: each.id)
def test_another_language_moves_nothing(
    protocol: Protocol, languages: tuple[Language | None, Language | None]
) -> None:
    """A calendar in one language replaces one in another, event by event.

    Only the second entry of a treatment day may be gone or new, since a language needs more room.
    """
    found = build_plan(protocol, visit(), now=at("2026-12-09 12:00"))
    files: list[Export] = []
    for language in languages:
        with speak(language or "en"):
            files.append(export(found, files[0] if files else None))
    first, then = files
    seed = booking_seed(protocol, visit(), BOOKED.booking)
    second, check = make_uid(seed, later_key("digest day 0")), make_uid(seed, "check now")
    fresh = [{each.uid for each in made.fresh} for made in files]
    assert fresh[0] ^ fresh[1] <= {second}
    assert {each.uid for each in then.tombstones} <= {second, check}
    assert count_differences(read_calendar(first.data), then.events).moved == 0


def test_a_second_entry_that_has_room_in_the_first_is_no_longer_needed() -> None:
    """What a longer language told in two entries of a day still applies."""
    found = build_plan(sheet("injectables"), visit(), now=at("2026-12-01 09:00"))
    with speak(PSEUDO):
        first = export(found)
    then = export(found, first)
    seed = booking_seed(found.protocol, visit(), BOOKED.booking)
    key = make_uid(seed, later_key("digest day 0"))
    (old,) = (each for each in first.events if each.uid == key)
    (second,) = (each for each in then.tombstones if each.uid == key)
    assert second.description.startswith(
        "This entry of the file of Tue 1 Dec 2026 is no longer needed: the days' entries tell it."
    )
    assert not any(f"- {old.summary} (" in each.description for each in then.events)


def test_what_is_past_is_left_alone() -> None:
    """What nobody can miss any more has no tombstone."""
    first = export(plan(PAIN, answers={"numbing-cream": False}))
    answers = {"numbing-cream": True}
    then = export(plan(PAIN, answers=answers, now="2026-12-11 12:00"), first)
    assert [each.start for each in then.tombstones] == [at("2026-12-11 22:00")]


def test_another_protocol_takes_all_of_the_first_away() -> None:
    """The same reference and another treatment: nothing is moved, all of the first is gone."""
    one, two = (build_plan(each, visit(), now=at("2026-01-01 00:00")) for each in PROTOCOLS[:2])
    first = export(one)
    then = export(two, first)
    assert {each.uid for each in then.tombstones} == {each.uid for each in first.events}
    check_phone(merge(first.data, then.data), then)


def test_the_differences_are_counted() -> None:
    """What was moved, what stays at its time, what is new, what is gone."""
    first = export(plan(PAIN, answers={"numbing-cream": False}))
    found = plan(PAIN, visit("2026-12-10 16:00"), answers={"numbing-cream": True})
    then = export(found, first)
    counted = count_differences(read_calendar(first.data), then.events)
    assert counted.moved == 1  # the visit
    assert counted.cancelled == 2
    assert counted.added == 2 + 1  # the doses, and what to check now
    assert counted.moved + counted.unmoved + 2 == len(first.events)
    assert counted.moved + counted.unmoved + counted.added == len(then.fresh) + 1


def test_the_sequence_grows_by_the_clock_and_past_the_old_one() -> None:
    """The minutes since 2020, or one more than the old file's, whichever is greater."""
    now = datetime(2020, 1, 2, tzinfo=UTC)
    assert next_sequence(now) == 24 * 60
    assert next_sequence(datetime(2019, 1, 1, tzinfo=UTC)) == 0
    assert next_sequence(datetime(9999, 1, 1, tzinfo=UTC)) == MAX_SEQUENCE
    event = CalendarEvent(
        "00000000-0000-5000-8000-000000000000", Content("Title", "Words"), now, now + HOUR
    )
    for old, expected in ((5, 1440), (1439, 1440), (1440, 1441), (9999, 10_000)):
        earlier = read_calendar(write_events([event], stamp=now, revision=old))
        assert next_sequence(now, earlier) == expected
    earlier = read_calendar(write_events([event], stamp=now, revision=MAX_SEQUENCE))
    with pytest.raises(ValueError, match="has the highest SEQUENCE"):
        next_sequence(now, earlier)


def _moved() -> bytes:
    """Return a file with tombstones of every kind: at times, of days, and of bars."""
    first = build_plan(PROTOCOLS[0], visit(), now=at("2026-01-01 00:00"))
    spans = CalendarOptions("4711", spans=True)
    later = build_plan(
        PROTOCOLS[0], visit("2027-02-01 09:00"), now=at("2026-11-01 00:00"),
        answers={"cold-sores": False, "numbing-cream": False},
    )  # fmt: skip
    made = export(later, export(first, None, spans))
    assert len(made.tombstones) > 10
    return made.data


def _float() -> bytes:
    """Return a file with floating doses, and tombstones of others."""
    content = CalendarOptions("4711", floating=True)
    first = export(plan(PAIN, answers={"numbing-cream": False}), None, content)
    made = export(plan(PAIN, answers={"numbing-cream": True}), first, content)
    floats = [each for each in made.events if not getattr(each.start, "tzinfo", UTC)]
    assert [each.content.cancelled for each in floats] == [False, False, True, True]
    return made.data


def test_the_readers_agree_on_floating_tombstones(tmp_path: Path) -> None:
    """A time without a zone is taken away as it was written."""
    data = _float()
    entries = read_with_icalendar(data, floating=True)
    assert sorted(list_with_calcurse(data, tmp_path), key=str) == sorted(
        list_entries(entries), key=str
    )
    assert read_with_ical_js(data, floating=True) == entries


def test_khal_takes_floating_tombstones(tmp_path: Path) -> None:
    """A calendar of Debian shows them at its own clock."""
    data = _float()
    expected = list_entries(read_with_icalendar(data, floating=True))
    assert sorted(list_with_khal(data, tmp_path), key=str) == sorted(expected, key=str)


def test_floating_moves_the_same_events() -> None:
    """An option of the file changes when an event is, not which it is."""
    found = plan(PAIN, answers={"numbing-cream": False})
    first = export(found)
    then = export(found, first, CalendarOptions("4711", floating=True))
    counted = count_differences(read_calendar(first.data), then.events)
    assert (counted.moved, counted.cancelled) == (2, 0)
    back = export(found, then)
    assert count_differences(read_calendar(then.data), back.events).moved == 2
    check_phone(merge(first.data, then.data, back.data), back)


def test_a_floating_dose_that_fell_away_is_told_at_its_hour() -> None:
    """At the wall clock's, whatever the zone of the machine."""
    content = CalendarOptions("4711", floating=True)
    first = export(plan(PAIN, answers={"numbing-cream": False}), None, content)
    then = export(plan(PAIN, answers={"numbing-cream": True}), first, content)
    (check,) = (each for each in then.events if is_check(each))
    assert "- Take ibuprofen (2 times from Fri 11 Dec 2026, 8:00 am on)" in check.description


def test_every_tombstone_is_read_as_cancelled() -> None:
    """By two parsers that share no code, with the rest of the file."""
    data = _moved()
    entries = read_with_icalendar(data)
    assert sum(each.status == "CANCELLED" for each in entries) > 10
    assert read_with_ical_js(data) == entries


def test_khal_takes_a_file_with_tombstones(tmp_path: Path) -> None:
    """A calendar of Debian shows them by their titles, among the others."""
    data = _moved()
    expected = [
        replace(each, end=each.start + HOUR) if each.end is None else each
        for each in list_entries(read_with_icalendar(data))
    ]
    assert sorted(list_with_khal(data, tmp_path), key=str) == sorted(expected, key=str)


def test_calcurse_takes_a_file_with_tombstones(tmp_path: Path) -> None:
    """The strict reader skips none of them."""
    data = _moved()
    listed = list_with_calcurse(data, tmp_path)
    assert sorted(listed, key=str) == sorted(list_entries(read_with_icalendar(data)), key=str)


def test_a_whole_booking_can_be_taken_away() -> None:
    """All that is not past, with the tombstones of before."""
    first = export(plan(PAIN, answers={"numbing-cream": False}))
    then = export(plan(PAIN, answers={"numbing-cream": True}), first)
    gone = list_gone(read_calendar(then.data), then.plan.now)
    assert {each.uid for each in gone} == {each.uid for each in then.events}
    assert list_gone(read_calendar(then.data), datetime(2030, 1, 1, tzinfo=UTC)) == ()
