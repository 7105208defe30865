"""Identities that survive a reschedule, and that tell nobody anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcare.core.plan.plan import build_plan
from microcare.core.sheet.conditions import Is
from microcare.core.sheet.protocol import Clinic, Protocol, Translation
from microcare.export.ics.builder import build_events
from microcare.export.ics.events import CalendarEvent, CalendarOptions
from microcare.export.ics.identities import booking_seed, digest_keys, make_uid
from microcare.language.messages import speak
from microcare.load.library.protocols import read_protocol
from microcare.load.protocol.translating import translate_protocol
from tests import strategies
from tests.commands.running import ROOT
from tests.example_sheets import EXPECTED, NAMES, read_sheet, sheet, sheet_name
from tests.oracle import Visit, timed_visit
from tests.samples import at, entry, plan, visit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

EACH = pytest.mark.parametrize("name", ["clinic-a", "clinic-b"])
FIRST = "2026-12-10 14:30"
EARLY = "2001-01-01 00:00"


@cache
def clinic(name: str) -> Protocol:
    """Return a built-in protocol."""
    return read_protocol(ROOT / "protocols" / f"{name}.yaml")


def events(
    name: str,
    start: str = FIRST,
    booking: str | None = "4711",
    *,
    now: str = EARLY,
    answers: Mapping[str, bool] | None = None,
) -> dict[str, CalendarEvent]:
    """Return the events of a booking by their UIDs, bars included."""
    found = build_plan(clinic(name), visit(start), now=at(now), answers=answers)
    built = build_events(found, Clinic(), CalendarOptions(booking, spans=True))
    by_uid = {event.uid: event for event in built}
    assert len(by_uid) == len(built)
    return by_uid


@EACH
@pytest.mark.parametrize("booking", [None, "4711", "Zoë Müller 🌞", " ", "\udcff"])
def test_each_uid_is_a_bare_uuid(name: str, booking: str | None) -> None:
    """Version 5, in small letters, once in a file, whatever the reference is."""
    for uid in events(name, booking=booking):
        assert UUID(uid).version == 5
        assert str(UUID(uid)) == uid


@EACH
@pytest.mark.parametrize("booking", [None, "4711"])
def test_a_second_export_has_the_same_uids(name: str, booking: str | None) -> None:
    """The same booking gives the same identities, on whatever day the file is made."""
    first = events(name, booking=booking)
    again = events(name, booking=booking, now="2026-11-21 10:00")
    assert again.keys() <= first.keys()
    assert len(again) > len(first) / 2


@EACH
@pytest.mark.parametrize(
    "start",
    [
        "2026-12-11 14:30",
        "2026-12-10 09:00",
        "2027-01-05 14:30",
        "2027-03-15 14:30",  # across the clock change of 14 March
        "2026-11-02 14:30",
        "2027-03-31 14:30",  # months count back to dates that don't exist
        "2028-02-29 14:30",
        "2027-08-31 14:30",
        "2027-05-10 14:30",
    ],
)
def test_a_new_date_moves_every_event(name: str, start: str) -> None:
    """With its reference a booking keeps all its identities, and every event changes its day."""
    first, moved = events(name), events(name, start)
    assert moved.keys() == first.keys()
    days = visit(start).day - visit(FIRST).day
    for uid, event in moved.items():
        if first[uid].summary.startswith("Check now"):
            continue
        shift = event.start - first[uid].start
        assert abs(shift - days) <= timedelta(days=3)
        if days:
            assert shift != timedelta(0)


def test_six_months_before_is_one_event_on_any_day_number() -> None:
    """The 183rd or the 184th day before: the same rule, the same event."""
    rule = entry("avoid: isotretinoin\nfrom: 6 months before")
    numbers, uids = set(), set()
    for start in ("2026-12-10 14:30", "2027-01-10 14:30", "2027-08-31 14:30"):
        found = plan(rule, visit(start), now=EARLY)
        built = build_events(found, Clinic(), CalendarOptions("4711"))
        (begins,) = (event for event in built if event.summary.startswith("Stop "))
        uids.add(begins.uid)
        numbers.add(begins.description.partition(" ")[0])
    assert len(uids) == 1
    assert {"183", "184"} <= numbers


@EACH
def test_without_a_reference_another_date_is_another_booking(name: str) -> None:
    """Nothing ties the two, so no event of the second file replaces one of the first."""
    first, moved = events(name, booking=None), events(name, "2026-12-11 14:30", booking=None)
    assert first.keys().isdisjoint(moved)


def test_two_protocols_without_a_reference_are_two_bookings() -> None:
    """Two treatments at one time don't replace each other's events."""
    first, second = (events(name, booking=None) for name in ("clinic-a", "clinic-b"))
    assert first.keys().isdisjoint(second)


@EACH
def test_two_bookings_share_nothing(name: str) -> None:
    """Another reference gives other identities throughout."""
    assert events(name, booking="4711").keys().isdisjoint(events(name, booking="4712"))


def test_two_protocols_under_one_reference_share_nothing() -> None:
    """One booking number for two treatments: the second's visit doesn't replace the first's."""
    first, second = (events(name, booking="4711") for name in ("clinic-a", "clinic-b"))
    assert first.keys().isdisjoint(second)


@EACH
def test_a_new_version_is_the_same_booking(name: str) -> None:
    """Neither the version, the revision, the language nor the clinic is in an identity."""
    first = events(name)
    newer = replace(
        clinic(name), version="99", revised=None, language="fr", clinic=Clinic(name="Other")
    )
    found = build_plan(newer, visit(FIRST), now=at(EARLY))
    built = build_events(found, Clinic(name="Mine"), CalendarOptions("4711", spans=True))
    assert {each.uid for each in built} == first.keys()


@pytest.mark.parametrize("file", EXPECTED, ids=sheet_name)
@pytest.mark.parametrize("change", ["whole day", "asked"])
def test_a_day_stays_the_same_event(file: Path, change: str) -> None:
    """Where only the day is known, or an answer is, each day has its own event still."""
    first, other = (
        dict(zip((day.date for day in days), digest_keys(days), strict=True))
        for days in (
            [day for day in sheet.plan.days if day.transitions]
            for sheet in (
                read_sheet(file),
                read_sheet(file, whole_day="whole" in change, answered="asked" not in change),
            )
        )
    )
    both = first.keys() & other.keys()
    assert [day for day in both if first[day] != other[day]] == []


def test_a_day_that_passes_four_doses_keeps_its_event() -> None:
    """Whether a day's doses are one event or four, the first of them has one identity."""
    four, five = (
        build_events(
            plan(entry(f"use: mouth-rinse\non: next day\ndaily: {count} times")),
            Clinic(),
            CalendarOptions("4711"),
        )
        for count in ("4", "5")
    )
    singles = [each.uid for each in four if each.content.of_doses]
    (listed,) = (each.uid for each in five if each.content.of_doses)
    assert len(singles) == 4
    assert singles[0] == listed


def test_a_uid_contains_no_reference() -> None:
    """An identity can't be read, and differs where one letter does."""
    uid = make_uid("booking jane-doe", "visit")
    assert "jane" not in uid
    assert uid != make_uid("booking jane-dof", "visit")
    assert uid != make_uid("booking jane-doe", "check now")


@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
def test_a_uid_is_that_of_the_standard(seed: str, key: str) -> None:
    """It is what Python's own `uuid5` makes of the same name."""
    namespace = UUID("6f1d2c5e-0d0a-5b6e-9a3f-2f7c1b0e4d58")
    assert make_uid(seed, key) == str(uuid5(namespace, f"{seed}\n{key}"))


def test_an_answer_keeps_the_day_of_the_sure_rules() -> None:
    """Two days before both cold sores and skin products count: one answer later, the same event."""
    day = visit().day - timedelta(days=2)
    uids = {
        uid
        for answers in ({}, {"cold-sores": True}, {"cold-sores": False})
        for uid, event in events("clinic-a", answers=answers).items()
        if event.start == day and "from Tue" in event.summary
    }
    assert len(uids) == 1


@EACH
def test_an_answer_adds_no_event(name: str) -> None:
    """After an answer the next file holds events of the first, and none besides."""
    first = events(name).keys()
    conditions = (each.condition for each in clinic(name).instructions)
    for factor in {each.factor for each in conditions if isinstance(each, Is)}:
        for answer in (True, False):
            assert events(name, answers={factor: answer}).keys() <= first


@given(strategies.protocols(), strategies.visits(first_year=1985), st.booleans())
def test_any_plans_identities_differ(drawn: Protocol, appointment: Visit, spans: bool) -> None:
    """Whatever rules meet on whatever days, no identity comes twice."""
    around = strategies.appointment(appointment)
    found = build_plan(drawn, around, now=around.start - timedelta(days=500))
    built = build_events(found, Clinic(), CalendarOptions("4711", spans=spans))
    assert len({event.uid for event in built}) == len(built)


def test_a_rule_that_comes_twice_has_two_keys() -> None:
    """Where two days owe their place to one rule, each still gets a key of its own."""
    days = build_plan(clinic("clinic-b"), visit(), now=at(EARLY)).days
    keys = digest_keys((*days, *days))
    assert len(set(keys)) == 2 * len(days)
    assert keys[: len(days)] == digest_keys(days)


# The language


def identities(protocol: Protocol, around: Visit, language: str) -> dict[str, object]:
    """Return the times of a calendar's events by their UIDs, in a language."""
    with speak(language):
        found = translate_protocol(protocol, language)
        visit = strategies.appointment(around)
        told = build_plan(found, visit, now=visit.start - timedelta(400))
        events = build_events(told, Clinic(), CalendarOptions("4711", spans=True))
    # Where a day's text goes on in a second event depends on how long it is.
    seed = booking_seed(found, visit, "4711")
    keys = [f"digest day {day}" for day in range(-90, 91)]
    goes_on = {make_uid(seed, f"{key} part {part}") for key in keys for part in (2, 3, 4)}
    goes_on |= {make_uid(seed, "digest day 0 after"), make_uid(seed, "digest day 0 after part 2")}
    return {
        each.uid: (each.start, each.end, each.alarm, each.content.of_doses, each.content.tentative)
        for each in events
        if each.uid not in goes_on
    }


@given(
    st.one_of(strategies.protocols(), strategies.sheets()),
    strategies.visits(),
    st.dictionaries(
        st.sampled_from([each.label for each in strategies.TOPICS.values()]),
        st.sampled_from(["a", "lo mismo", "algo muy largo " * 6]),
    ),
)
def test_no_identity_depends_on_the_language(
    protocol: Protocol, around: Visit, labels: dict[str, str]
) -> None:
    """A family that changes the language of its calendar has each event once, at the same time.

    Whatever the words: some are marked, some long, some the same for two topics.
    """
    translated = replace(protocol, translations={"es": Translation(labels)})
    assert identities(translated, around, "es") == identities(protocol, around, "en")


@pytest.mark.parametrize("name", ["clinic-a", "clinic-b", *NAMES])
def test_identities_of_real_sheets_in_spanish(name: str) -> None:
    """With courses of many doses, and the built-in names."""
    protocol = sheet(name) if name in NAMES else clinic(name)
    around = timed_visit(1_797_000_000, 0, visit(FIRST).zone)
    assert identities(protocol, around, "es") == identities(protocol, around, "en")
