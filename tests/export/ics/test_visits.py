"""Calendars of several treatments: what isn't booked stays quiet, and each keeps its identities."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pytest

from microcare.core.plan.joint_plan import plan_treatments
from microcare.core.plan.plan import Plan
from microcare.core.plan.series import find_series, list_sessions
from microcare.core.plan.treatments import Treatment
from microcare.core.sheet.desk import OpeningHours
from microcare.core.sheet.protocol import Clinic
from microcare.export.ics.builder import build_events
from microcare.export.ics.earlier import read_calendar
from microcare.export.ics.events import CalendarOptions
from microcare.export.ics.writer import write_events
from tests.calendar.findings import Code
from tests.calendar.lint import lint_calendar
from tests.calendar.readers import Entry, read_with_icalendar
from tests.export.ics.exported import CHECK_NOW, to_bytes
from tests.export.ics.titling import clinic
from tests.samples import at, visit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from microcare.core.time.appointment import Appointment

FIRST, LATER = "2026-11-21 10:00", "2026-11-22 10:00"
OPTIONS = CalendarOptions(booking="4711")
SOON = "2026-12-10 14:30"


def join(*given: tuple[str, str], now: str = FIRST) -> Plan:
    """Return the plan of some built-in protocols at their times."""
    treated = [Treatment(clinic(name), visit(when)) for name, when in given]
    return plan_treatments(treated, now=at(now), answers={})


def repeat(
    count: int, booked: Mapping[int, Appointment] | None = None, *, now: str = FIRST
) -> Plan:
    """Return the plan of so many sessions of clinic-b, of which some are booked."""
    sheet, known = clinic("clinic-b"), booked or {}
    series = find_series(sheet)
    assert series is not None
    visits = list_sessions(visit(SOON), count, series.spacing, known, OpeningHours())
    treated = [
        Treatment(sheet, each, booked=number in {1, *known})
        for number, each in enumerate(visits, 1)
    ]
    return plan_treatments(treated, now=at(now), answers={})


class Replaced(NamedTuple):
    """The events of a file and of the one in its place, by their UIDs, without “Check now”."""

    old: Mapping[str, Entry]
    new: Mapping[str, Entry]

    @property
    def cancelled(self) -> list[Entry]:
        """What the new file takes away, as the old one has it."""
        return [self.old[uid] for uid, each in self.new.items() if each.status == "CANCELLED"]

    @property
    def moved(self) -> dict[date, date]:
        """The old and the new date of what is on another one."""
        return {
            _day(self.old[uid]): _day(each)
            for uid, each in self.new.items()
            if uid in self.old and self.old[uid].start != each.start
        }


def replace_file(old: Plan, new: Plan) -> Replaced:
    """Return what becomes of a plan's file that another plan's replaces."""
    before = to_bytes(old, OPTIONS)
    earlier = read_calendar(before)
    events = build_events(new, Clinic(), OPTIONS, earlier)
    after = write_events(events, stamp=new.now, revision=earlier.sequence + 1)
    # Each visit that is booked may block its time, and nothing else.
    found = [each for each in lint_calendar(after) if each.code is not Code.BLOCKS_TIME]
    assert [str(each) for each in found] == []
    busy = [each.start for each in read_with_icalendar(after) if each.transp == "OPAQUE"]
    assert busy == sorted({each.visit.start for each in new.treatments if each.booked})
    return Replaced(_by_uid(before), _by_uid(after))


def _by_uid(data: bytes) -> dict[str, Entry]:
    entries = read_with_icalendar(data)
    found = {each.uid: each for each in entries if each.summary != CHECK_NOW}
    assert len({each.uid for each in entries}) == len(entries)
    return found


def _day(entry: Entry) -> date:
    if isinstance(entry.start, datetime):
        return visit(SOON).local_date(entry.start.astimezone(UTC))
    return entry.start


@cache
def entries_of(count: int) -> Sequence[Entry]:
    """Return the events of a series."""
    return tuple(read_with_icalendar(to_bytes(repeat(count), OPTIONS)))


# Sessions that are not booked


def test_session_that_is_not_booked_blocks_no_time_and_rings_for_its_booking_alone() -> None:
    """Its visit a week before, nothing else; all of it says that it hangs on a booking."""
    tentative = [each for each in entries_of(3) if each.status == "TENTATIVE"]
    visits = [each for each in tentative if not each.all_day and "Microneedling" in each.summary]
    assert len(visits) == 2
    for each in tentative:
        assert each.transp == "TRANSPARENT"
        lead = "Not booked yet: " if each in visits else "If booked: "
        assert each.summary.startswith(lead)
        assert (each.alarm_trigger is not None) is (each in visits)
    assert all(
        each.alarm_trigger is not None and each.alarm_trigger < timedelta(-6) for each in visits
    )


def test_only_booked_sessions_are_certain() -> None:
    """Between the two what the first asks for is; after the second's day nothing is."""
    for each in entries_of(2):
        if _day(each) > date(2027, 1, 7):
            assert each.status == "TENTATIVE"
        if date(2026, 12, 10) < _day(each) < date(2026, 12, 22):
            assert each.status != "TENTATIVE"


def test_day_of_a_booked_follow_up_and_a_session_that_is_not_has_two_entries() -> None:
    """What is certain rings by itself; the session's own day says that it isn't booked."""
    on = [each for each in entries_of(2) if each.start == date(2027, 1, 7)]
    certain = [each for each in on if each.status != "TENTATIVE"]
    assert [each.summary for each in certain] == ["Due: follow-up visit Thu"]
    (other,) = [each for each in on if each.status == "TENTATIVE"]
    assert other.summary.startswith("If booked: No shaving")
    assert "follow-up" not in other.description
    assert "shave" not in certain[0].description


def test_every_rule_of_every_session_is_in_the_calendar() -> None:
    """By its sentence, in an entry of its dates."""
    plan = repeat(3)
    told = " ".join(each.description for each in entries_of(3))
    flat = " ".join(told.split())
    for each in plan.applicable:
        if not each.instruction.verb.traits.screens:
            text = " ".join(each.instruction.text.split())
            assert flat.count(text.rstrip(".")) >= 1, text
    for number in (1, 2, 3):
        start = plan.treatments[number - 1].visit.start
        assert any(each.start == start for each in entries_of(3))


# Files in place of others


def test_single_plan_that_gets_sessions_loses_nothing() -> None:
    """Each event stays on its date, under its UID."""
    found = replace_file(join(("clinic-b", SOON)), repeat(3, now=LATER))
    assert found.cancelled == []
    assert found.moved == {}


def test_session_that_moves_takes_its_own_days_along() -> None:
    """The other sessions keep their UIDs and dates, and nothing of them is cancelled."""
    booked = {3: visit("2027-02-11 14:30")}
    found = replace_file(repeat(3), repeat(3, booked, now=LATER))
    assert found.cancelled == []
    assert {(new - old).days for old, new in found.moved.items()} == {7}
    # Its preparation begins on Christmas Eve; the next day that is its own is eight days before it.
    own = {date(2026, 12, 24)}
    assert {day for day in found.moved if day < date(2027, 1, 27)} == own


def test_second_protocol_that_falls_away_is_cancelled_and_the_first_stays() -> None:
    """A merged digest has the first protocol's identity."""
    both = join(("clinic-a", SOON), ("clinic-b", SOON))
    found = replace_file(both, join(("clinic-a", SOON), now=LATER))
    alone = _by_uid(to_bytes(join(("clinic-a", SOON)), OPTIONS))
    kept = {uid for uid, each in found.new.items() if each.status != "CANCELLED"}
    assert kept == alone.keys()
    assert {_day(each) for each in found.cancelled} >= {date(2026, 12, 2), date(2026, 12, 14)}
    assert found.moved == {}


def test_second_protocol_that_is_added_changes_no_identity() -> None:
    """Nothing of the first is cancelled, and its events stay on their dates."""
    both = join(("clinic-a", SOON), ("clinic-b", SOON), now=LATER)
    found = replace_file(join(("clinic-a", SOON)), both)
    assert found.cancelled == []
    assert found.moved == {}


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Apia"])
def test_one_visit_has_one_event(zone: str) -> None:
    """Two treatments that start together are one appointment, as long as the longer of them."""
    first, second = (visit(SOON, zone, minutes) for minutes in (30, 45))
    plan = plan_treatments(
        [Treatment(clinic("clinic-a"), first), Treatment(clinic("clinic-b"), second)],
        now=at(FIRST),
        answers={},
    )
    found = [each for each in read_with_icalendar(to_bytes(plan)) if each.transp == "OPAQUE"]
    assert [(each.start, each.end) for each in found] == [(first.start, second.end)]
    assert found[0].summary == "Microneedling (clinic-a) + Microneedling (clinic-b)"
