"""What the events tell: sentences of what changes, little of what goes on, nothing cut off."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from microcare.core.sheet.protocol import Clinic
from microcare.export.ics.builder import build_events
from microcare.export.ics.descriptions import LONGEST, LONGEST_DAY, LONGEST_TREATMENT_DAY
from microcare.export.ics.events import CalendarOptions
from microcare.wording.plan.footnotes import list_unclear
from tests.calendar.readers import Entry, read_with_icalendar
from tests.export.ics.exported import dated, digests, export, find_visit, to_bytes
from tests.export.ics.titling import EACH, all_answers
from tests.samples import entry, plan, visit

if TYPE_CHECKING:
    from microcare.core.plan.plan import Plan

MARK = re.compile("[¹²³⁴⁵⁶⁷⁸⁹]")


def test_what_has_no_end_is_in_every_later_digest() -> None:
    """“No ibuprofen” without an end stands on each day after the treatment, with whom to ask."""
    found = dated("clinic-a")
    days = digests(export(found))
    later = [each for day, each in days.items() if day > found.visit.day]
    assert len(later) == 6
    for each in later:
        assert re.search("^Avoid .*ibuprofen", each.description, re.MULTILINE)
        assert "With any question: ask the clinic." in each.description


def test_a_far_day_tells_nothing_of_what_goes_on() -> None:
    """A follow-up in ten years is no day to be reminded of “no sun”; one in ten days is."""
    far, near = (
        digests(
            export(
                plan(
                    entry("avoid: sun", "ban")
                    + entry(f"repeat: follow-up\nat: {when} after", "visit")
                )
            )
        )
        for when in ("10 years", "10 days")
    )
    assert "sun" not in far[date(2036, 12, 10)].description
    assert "Avoid sun." in near[date(2026, 12, 20)].description


def test_a_thing_goes_on_once() -> None:
    """Of two bans on it that both go on the later end is told, and each condition."""
    found = plan(
        entry("avoid: sauna\nuntil: 5 days after", "short")
        + entry("avoid: sauna\nuntil: 9 days after", "long")
        + entry("avoid: swimming\nuntil: 2 days after", "other")
    )
    said = digests(export(found))[date(2026, 12, 13)].description
    assert said.count("sauna") == 1
    assert "Avoid sauna (through Sat 19 Dec)." in said


def test_what_goes_on_has_its_hedge() -> None:
    """A digest that repeats a rule repeats its open end, and what a duty counts."""
    found = plan(
        entry("avoid: makeup\nuntil-state: your skin is intact", "state")
        + entry("avoid: sun\nuntil: 3 days after, if possible 10", "wish")
        + entry("use: sunscreen\nfrom: end\nevery: 2 hours\namounts: {spf-min: 30}", "duty")
        + entry("avoid: sauna\nuntil: 5 days after", "last")
    )
    said = digests(export(found))[date(2026, 12, 16)].description
    assert "makeup (until your skin is intact)" in said
    assert "if possible through Sun 20 Dec" in said
    assert "SPF 30" in said
    assert "every 2 hours" in said


def test_what_is_forbidden_is_not_told_as_going_on() -> None:
    """While a ban holds, no digest repeats under “Still” the duty that it overrules."""
    found = plan(
        entry("use: sunscreen\nfrom: 1 day after\nuntil: 9 days after", "duty")
        + entry("avoid: sunscreen\nuntil: 4 days after", "ban")
        + entry("avoid: sauna\nuntil: 2 days after", "other")
    )
    said = digests(export(found))[date(2026, 12, 13)].description
    assert "Avoid sunscreen" in said
    assert "Use sunscreen" not in said


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("2026-12-10 14:30", "Times after treatment are counted from its start"),
        ("2026-12-10", "No time of day is known"),
    ],
)
def test_what_is_uncertain_of_the_appointment_is_told(start: str, said: str) -> None:
    """In the visit and on its day: how long it lasts, or at what hour it is."""
    entries = export(dated("clinic-a", start))
    assert said in find_visit(entries).description
    assert said in digests(entries)[date(2026, 12, 10)].description


def test_what_has_no_date_is_told_on_the_day_of_the_treatment() -> None:
    """Half an insulin dose 2 hours before has no date on a whole day: it is in no later event."""
    found = plan(
        entry("take: insulin\nat: 2 hours before\nsay: Take half.", "a")
        + entry("avoid: sauna\nuntil: next day\nsay: No sauna.", "c"),
        visit("2026-12-10"),
    )
    told = {each.start: each.description for each in build_events(found, Clinic())}
    assert "Take half." in told[date(2026, 12, 10)]
    assert "Take half." not in told[date(2026, 12, 12)]


@EACH
def test_descriptions_are_short(name: str) -> None:
    """About 1,200 characters on a day, 4,000 on that of the treatment, whatever was answered."""
    for answers in all_answers(name):
        found = dated(name, answers=answers)
        for each in export(found):
            longest = LONGEST_TREATMENT_DAY if _is_of_treatment(each, found) else LONGEST_DAY
            assert len(each.description) <= longest + 100


def _is_of_treatment(each: Entry, found: Plan) -> bool:
    start = each.start
    day = found.visit.local_date(start) if isinstance(start, datetime) else start
    return day == found.visit.day


def test_no_calendar_cuts_a_description_off() -> None:
    """What is longer than a calendar shows goes on in another event, to the last character."""
    sentence = " ".join(f"word-{number}" for number in range(4000))
    entries = export(plan(entry(f"avoid: sun\nuntil: 9 days after\nsay: {sentence}")))
    assert max(len(each.description) for each in entries) <= LONGEST
    parts = [each for each in entries if each.start == date(2026, 12, 10)]
    assert len(parts) > 2
    said = {word.strip(".") for each in parts for word in each.description.split()}
    assert said >= {f"word-{number}" for number in range(4000)}


def test_whom_to_ask_is_the_clinic() -> None:
    """The clinic's name and telephone stand where something is open, its address at the visit."""
    asked = Clinic(name="Haut & Co", phone="555 0100", address="12 Main St, Suite 4")
    entries = read_with_icalendar(to_bytes(dated("clinic-a"), asked=asked))
    assert all(
        each.description.endswith("With any question: ask Haut & Co, 555 0100.") for each in entries
    )
    assert find_visit(entries).location == "Haut & Co, 555 0100, 12 Main St, Suite 4"
    assert {each.location for each in entries if each.transp != "OPAQUE"} == {""}


@EACH
def test_each_event_explains_its_marks(name: str) -> None:
    """A patient reads one event: its marks count from 1, and each has its footnote there."""
    for each in export(dated(name), CalendarOptions(spans=True)):
        marked = {mark for line in each.description.split("\n- ") for mark in MARK.findall(line)}
        notes = [line for line in each.description.splitlines() if MARK.match(line)]
        assert [line[0] for line in notes] == list("¹²³⁴⁵⁶⁷⁸⁹"[: len(notes)])
        assert marked == {line[0] for line in notes}, each.summary


@EACH
def test_what_is_unclear_is_marked_wherever_it_is_told(name: str) -> None:
    """No sentence of an unclear rule stands in the file without its mark."""
    found = dated(name)
    everything = "\n".join(each.description for each in export(found, CalendarOptions(spans=True)))
    for each in found.instructions:
        told = everything.split(each.instruction.text)[1:]
        assert told
        marked = [MARK.match(after) is not None for after in told]
        assert set(marked) == {bool(list_unclear(found, each.instruction))}, each.instruction.id
