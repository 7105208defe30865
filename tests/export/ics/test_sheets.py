"""The calendars of the complete example sheets, held against plans worked out by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import cycle, groupby, product
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from microcare.core.plan.dose_days import list_dose_days
from microcare.core.plan.planned import Standing
from microcare.core.plan.transitions import Change
from microcare.core.sheet.instruction import Strength
from microcare.core.sheet.protocol import Clinic
from microcare.core.sheet.verbs import Verb
from microcare.export.ics.builder import build_events
from microcare.export.ics.event_titles import LONGEST_TITLE
from microcare.export.ics.events import CalendarEvent, CalendarOptions
from microcare.export.ics.writer import write_events
from tests.calendar.lint import LARGEST, lint_calendar
from tests.calendar.readers import Entry, read_with_icalendar
from tests.example_sheets import EXPECTED, Sheet, read_sheet, sheet_name, spell_out
from tests.export.ics.titling import private_names
from tests.export.ics.told_doses import count_told, list_starts, tell

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

EACH = pytest.mark.parametrize("file", EXPECTED, ids=sheet_name)
DAY = timedelta(days=1)
CLINIC = Clinic(name="Our Clinic", phone="555 0100", address="12 Main St")
PLAIN = CalendarOptions(booking="4711")
OPTIONS = (
    PLAIN,
    CalendarOptions(spans=True),
    CalendarOptions(discreet=True, spans=True),
    CalendarOptions(doses=False, alarm=None),
)
MOVES = (1, -3, 120, 190)
"""Days by which a booking moves: over both clock changes of every sheet's zone."""


def built(sheet: Sheet, options: CalendarOptions = PLAIN) -> tuple[CalendarEvent, ...]:
    """Return the events of a sheet's plan."""
    return _built(sheet, options)


def read_back(sheet: Sheet, options: CalendarOptions = PLAIN) -> list[Entry]:
    """Return what an unrelated reader finds in a sheet's file, which has no finding."""
    return _read_back(sheet, options)


@cache
def _built(sheet: Sheet, options: CalendarOptions) -> tuple[CalendarEvent, ...]:
    return build_events(sheet.plan, CLINIC, options)


@cache
def _read_back(sheet: Sheet, options: CalendarOptions) -> list[Entry]:
    found = read_with_icalendar(written(sheet, options))
    assert len(found) == len(built(sheet, options))
    return found


@cache
def written(sheet: Sheet, options: CalendarOptions) -> bytes:
    """Return a sheet's file, which has every event and no finding."""
    events = built(sheet, options)
    data = write_events(events, stamp=sheet.plan.now, revision=0)
    assert [str(each) for each in lint_calendar(data)] == []
    assert len(data) < LARGEST / 2
    assert data.count(b"\r\nBEGIN:VEVENT\r\n") == len(events)
    return data


def moments(sheet: Sheet) -> Iterable[str]:
    """Yield bookings long before, in the days around and on the day itself, and after all."""
    start = sheet.plan.visit.local(sheet.plan.visit.start).replace(tzinfo=None)
    for distance in (timedelta(-400), timedelta(-2), timedelta(hours=-15), 3 * DAY, 4000 * DAY):
        yield (start + distance).isoformat()


def dose_counts(sheet: Sheet) -> list[list[int]]:
    """Return how many doses each course has on each of its days."""
    visit = sheet.plan.visit
    return [
        [len(day.doses) for day in list_dose_days(each.doses, visit)] for each in sheet.applying
    ]


def instant(wall: str, sheet: Sheet) -> datetime:
    """Return the UTC instant of a time in a plan worked out by hand."""
    zone = ZoneInfo(sheet.expected["appointment"]["zone"])
    return datetime.fromisoformat(wall).replace(tzinfo=zone).astimezone(UTC)


def clock(wall: str) -> str:
    """Return a time as descriptions tell it: “8:00 am”."""
    told = datetime.fromisoformat(wall)
    return f"{told.hour % 12 or 12}:{told.minute:02} {'am' if told.hour < 12 else 'pm'}"


@EACH
def test_the_lint_finds_nothing(file: Path) -> None:
    """Whenever it is booked, however it is written, with a time or without."""
    options = cycle(OPTIONS)
    for now in moments(read_sheet(file)):
        for whole_day in (False, True):
            assert written(read_sheet(file, now=now, whole_day=whole_day), next(options))


@EACH
def test_every_dose_is_at_its_time(file: Path) -> None:
    """Each once, at the time that was worked out by hand, and none that is made up."""
    sheet = read_sheet(file)
    optional = {
        each.instruction.id
        for each in sheet.plan.instructions
        if each.instruction.strength is Strength.MAY
    }
    expected = [
        instant(wall, sheet)
        for name, table in sheet.expected["instructions"].items()
        if table.get("applies") != "no" and name not in optional
        for run in table.get("doses", ())
        for wall, _, _ in spell_out(run)
    ]
    visit = sheet.plan.visit
    assert count_told(built(sheet), visit) == tell(expected, visit)
    every = built(sheet, replace(PLAIN, every_dose=True))
    assert set(list_starts(every)) == set(expected)


@EACH
def test_every_date_has_its_digest(file: Path) -> None:
    """A date on which a ban ends where no other holds on has an all-day event.

    What begins for the patient is told on its date, there or in an event at its time.
    """
    sheet = read_sheet(file)
    days = {each.start for each in read_back(sheet) if each.all_day}
    freed = {
        day.date
        for day in sheet.plan.days
        for each in day.transitions
        if each.change is Change.ENDS
        and each.planned.restricts
        and any(not release.held_by for release in each.releases)
    }
    assert freed <= days
    said: dict[date, str] = {}
    for event in built(sheet):
        start = event.start
        on = sheet.plan.visit.local_date(start) if isinstance(start, datetime) else start
        said[on] = f"{said.get(on, '')}\n{event.description}"
    for day, changes in sheet.expected["days"].items():
        for name in changes.get("begins", ()):
            told = said.get(date.fromisoformat(day), "")
            assert sheet.plan.protocol.by_id[name].text in told, (day, name)


@EACH
def test_every_moment_at_a_clock_time_is_an_event(file: Path) -> None:
    """What is to be done at a time is at that instant; a part of a day lasts until its end."""
    sheet = read_sheet(file)
    entries = {(each.start, each.end) for each in read_back(sheet)}
    asked = {Verb.TAKE, Verb.USE, Verb.DO, Verb.TELL, Verb.ARRANGE, Verb.ARRIVE, Verb.CALL_IF}
    verbs = {
        each.instruction.id: each.instruction.verb
        for each in sheet.plan.instructions
        if each.instruction.strength is not Strength.MAY
    }
    visit = (sheet.plan.visit.start, sheet.plan.visit.end)
    for name, table in sheet.expected["instructions"].items():
        timed = "at" in table and not table["at"].endswith(" 00:00")
        if not timed or table.get("applies") == "no" or verbs.get(name) not in asked:
            continue
        start = instant(table["at"], sheet)
        moment = start + timedelta(minutes=10)
        latest = instant(table["latest"], sheet) if "latest" in table else moment
        assert (start, latest) in entries or start in visit, name


@EACH
def test_every_instruction_is_told(file: Path) -> None:
    """What applies or is asked stands in a description, whenever the file is made."""
    options = cycle(OPTIONS)
    for now, answered in product(moments(read_sheet(file)), (True, False)):
        sheet = read_sheet(file, now=now, answered=answered)
        said = "\n".join(each.description for each in built(sheet, next(options)))
        kept = {each.instruction.text for each in sheet.applying}
        for each in sheet.plan.instructions:
            # A contraindication that is answered yes has no calendar, and no other screening
            # is asked again.
            if each.instruction.verb is Verb.SCREEN and each.applies.value != "ask":
                continue
            text = each.instruction.text
            assert (text in said) is (text in kept), each.instruction.id


@EACH
def test_what_is_over_or_in_force_is_in_the_check(file: Path) -> None:
    """A file that is made in between tells what had begun before."""
    for now in moments(read_sheet(file)):
        sheet = read_sheet(file, now=now)
        checks = [each for each in read_back(sheet) if each.summary.startswith("Check now")]
        said = "\n".join(each.description for each in checks)
        for each in sheet.applying:
            if each.standing is not Standing.UPCOMING and each.instruction.verb is not Verb.SCREEN:
                assert each.instruction.text in said


@EACH
def test_no_title_names_what_is_private_or_a_factor(file: Path) -> None:
    """Neither on the lock screen nor in the place, with bars and without answers."""
    for answered in (True, False):
        sheet = read_sheet(file, answered=answered)
        protocol = sheet.plan.protocol
        private = private_names(protocol)
        for factor in protocol.factors.values():
            private |= {factor.yes, factor.no, factor.ask}
        # The treatment's own name may be a medicine's, and stands in the visit's title.
        entries = read_back(sheet, CalendarOptions(spans=True))
        shown = [each.summary for each in entries if each.transp != "OPAQUE"]
        text = "\n".join((*shown, *(each.location for each in entries))).casefold()
        found = {
            word
            for word in private
            if word and word.casefold() in text
            if re.search(rf"(?<!\w){re.escape(word.casefold())}(?!\w)", text)
        }
        assert found == set()


@EACH
def test_discreet_titles_name_no_topic(file: Path) -> None:
    """Only how far a day is from one that is not named."""
    neutral = re.compile(
        r"Appointment|Personal reminder( \((the day|\d+ (day|year)s? (before|after))\))?"
    )
    options = CalendarOptions(discreet=True, spans=True)
    for whole_day in (False, True):
        entries = read_back(read_sheet(file, whole_day=whole_day, answered=False), options)
        assert [each.summary for each in entries if not neutral.fullmatch(each.summary)] == []


@EACH
def test_every_title_has_its_bound(file: Path) -> None:
    """Each is short, and says more than that it is a reminder."""
    for answered in (True, False):
        for each in read_back(read_sheet(file, answered=answered)):
            assert len(each.summary) <= LONGEST_TITLE
            assert not each.summary.startswith("Personal reminder")


@EACH
def test_every_alarm_rings_before_its_event(file: Path) -> None:
    """Five minutes before a dose, ten before a task, two hours before a stop, or in the evening.

    Whom to find or to ask rings days before, another visit a week.
    None rings for a dose right after the treatment: the patient is still being treated then.
    """
    sheet = read_sheet(file)
    visit = sheet.plan.visit
    shortly = {timedelta(minutes=10), timedelta(hours=2)}
    for each in built(sheet):
        if each.alarm is None:
            assert not each.content.opaque
            if isinstance(each.start, datetime) and each.content.of_doses:
                assert visit.end <= each.start < visit.end + timedelta(minutes=5)
            continue
        assert not each.summary.startswith("Check now")
        assert each.alarm > timedelta(0)
        if isinstance(each.start, datetime) and each.content.of_doses:
            assert each.alarm == timedelta(minutes=5)
        elif not isinstance(each.start, datetime) or each.alarm not in shortly:
            begins = each.start if isinstance(each.start, datetime) else visit.day_start(each.start)
            rings = visit.local(begins - each.alarm)
            days = (visit.local_date(begins) - rings.date()).days
            words = ("adult to take you home", "sk first about")
            asked = any(part in each.summary for part in words)
            assert rings.strftime("%H:%M") == "18:00"
            assert days in ({1, 3} if asked else {1, 7} if "ue: " in each.summary else {1})


@EACH
def test_a_new_date_moves_every_event(file: Path) -> None:
    """The same identities, each once, across clock changes: no event of the first file is left."""
    here = read_sheet(file)
    first = {each.uid: each for each in built(here)}
    for days in MOVES:
        there = read_sheet(file, moved=days)
        moved = {each.uid: each for each in built(there)}
        assert len(moved) == len(built(there))
        changed = [first.get(uid) or moved[uid] for uid in first.keys() ^ moved.keys()]
        # Where hours elapse over a clock change, a day may have a dose more or less.
        assert all(each.content.of_doses for each in changed), days
        assert not changed or dose_counts(here) != dose_counts(there)


@EACH
def test_a_later_export_has_no_other_identities(file: Path) -> None:
    """What still lies ahead keeps its identity, on whatever day the file is made."""
    plan = read_sheet(file, now="2001-01-01 09:00")
    first = {each.uid for each in built(plan)}
    for now in moments(plan):
        for each in built(read_sheet(file, now=now)):
            assert each.uid in first or each.summary.startswith("Check now")


@EACH
def test_without_doses_the_days_tell_them(file: Path) -> None:
    """`--no-doses` leaves out these reminders; the times are still told in a digest.

    Many regular ones are told by their first, their last and what lies between.
    """
    sheet = read_sheet(file)
    left = built(sheet, CalendarOptions(booking="4711", doses=False))
    plain = tuple(each for each in built(sheet) if not each.content.of_doses)
    assert {each.uid for each in plain} <= {each.uid for each in left}
    said = "\n".join(each.description for each in left)
    for table in sheet.expected["instructions"].values():
        runs = table.get("doses", ()) if table.get("applies") != "no" else ()
        walls = sorted(wall for run in runs for wall, _, _ in spell_out(run))
        for _, of_day in groupby(walls, key=lambda wall: wall[:10]):
            times = list(of_day)
            told = times if len(times) < 5 else [times[0], times[-1]]
            assert [wall for wall in told if clock(wall) not in said] == []
