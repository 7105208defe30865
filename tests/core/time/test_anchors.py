"""Times that count from other instructions, each date worked out by hand.

The appointment is on Thu 10 Dec 2026 at 14:30 in New York unless a test says otherwise.
"""

from __future__ import annotations

import pytest

from microcare.core.plan.planned import Kind
from microcare.core.sheet.points import Side, find_side
from microcare.core.time.appointment import Appointment
from microcare.wording.rules import rule_text
from tests.samples import Window, by_id, plan, protocol, shown, visit

START = "2026-12-10 14:30 -0500"


def counted(anchor: str, fields: str, appointment: Appointment | None = None) -> Window:
    """Return when an instruction holds that counts from another one, whose id is `x`."""
    around = appointment or visit()
    text = f"- {{id: x, {anchor}}}\n- {{id: it, {fields}}}"
    found = by_id(plan(text, around, header="day-1: next day"))
    return shown(found["it"], around)


@pytest.mark.parametrize(
    ("anchor", "point", "start"),
    [
        # A window from D−5 to the treatment: before it counts from D−5, after it from 14:30.
        ("use: sunscreen, from: 5 days before", "2 days before x", "12-03 00:00"),
        ("use: sunscreen, from: 5 days before", "2 days after x", "12-12 00:00"),
        ("use: sunscreen, from: 5 days before", "the day before x", "12-04 00:00"),
        ("use: sunscreen, from: 5 days before", "2 hours before x", "12-04 22:00"),
        ("use: sunscreen, from: 5 days before", "2 days after the start of x", "12-07 00:00"),
        # Whole days, D+1 and D+2, hold through 12 Dec and end with it.
        ("use: sunscreen, on: days 1 to 2", "the day after x", "12-13 00:00"),
        ("use: sunscreen, on: days 1 to 2", "end of x", "12-13 00:00"),
        ("use: sunscreen, on: days 1 to 2", "start of x", "12-11 00:00"),
        ("use: sunscreen, on: days 1 to 2", "2 hours after x", "12-13 02:00"),
        # A moment starts and ends at once.
        ("take: antiviral, at: 21:00 the day before", "2 hours after x", "12-09 23:00"),
        ("take: antiviral, at: 21:00 the day before", "the day after x", "12-10 00:00"),
        ("take: antiviral, at: 21:00 the day before", "09:00 the day of x", "12-09 09:00"),
        ("take: antiviral, at: 2 days before", "21:00 the day before x", "12-07 21:00"),
        ("take: antiviral, at: 2 days before", "the day after x", "12-09 00:00"),
    ],
)
def test_counted_from_another_instruction(anchor: str, point: str, start: str) -> None:
    """Before it from its start, after it from its end, in days from its first and last date."""
    assert counted(anchor, f"do: washing, at: {point}").start == f"2026-{start} -0500"


def test_counted_from_a_chain() -> None:
    """Numbing cream 45 minutes before, wash 15 minutes before that, arrive 10 before that."""
    text = """
    - {id: arrival, arrive: early-arrival, at: 10 minutes before wash}
    - {id: wash, do: washing, at: 15 minutes before cream}
    - {id: cream, use: sunscreen, at: 45 minutes before}
    """
    found = {name: shown(each, visit()).start for name, each in by_id(plan(text)).items()}
    assert found == {
        "cream": "2026-12-10 13:45 -0500",
        "wash": "2026-12-10 13:30 -0500",
        "arrival": "2026-12-10 13:20 -0500",
    }


def test_a_range_moves_what_counts_from_it() -> None:
    """Two days after a dose 5 to 7 days before: D−5, at the latest D−3."""
    found = counted("take: antiviral, at: 5 to 7 days before", "do: washing, at: 2 days after x")
    assert found == Window("2026-12-05 00:00 -0500", None, "2026-12-07 00:00 -0500")


def test_whole_days_of_a_range_end_each_on_its_own_date() -> None:
    """After a dose 1 to 2 days before: the day after is D−1 or D, not D twice."""
    found = counted("take: antiviral, at: 1 to 2 days before", "do: washing, at: the day after x")
    assert found == Window("2026-12-09 00:00 -0500", None, "2026-12-10 00:00 -0500")


def test_days_from_an_end_in_the_middle_of_a_day() -> None:
    """The last date on which it holds is that of its end; an end at midnight is the day before."""
    ends_at_noon = "use: sunscreen, from: end, until: 12:00 2 days after"
    ends_at_midnight = "use: sunscreen, from: end, until: 00:00 2 days after"
    fields = "do: washing, at: the day after x"
    assert counted(ends_at_noon, fields).start == "2026-12-13 00:00 -0500"
    assert counted(ends_at_midnight, fields).start == "2026-12-12 00:00 -0500"


def test_a_window_across_the_treatment() -> None:
    """From a day before a dose until two days after its course, on either side."""
    course = "take: antiviral, from: 2 days before, until: 2 days after"
    found = counted(course, "avoid: alcohol, from: 1 day before x, until: 2 days after x")
    assert found == Window("2026-12-07 00:00 -0500", "2026-12-15 00:00 -0500")


def test_after_an_instruction_may_be_before_the_treatment() -> None:
    """A window from a day after a dose 5 days before closes with the treatment."""
    found = counted("take: antiviral, at: 5 days before", "avoid: alcohol, from: 1 day after x")
    assert found == Window("2026-12-06 00:00 -0500", START)


def test_for_days_from_the_end_of_whole_days() -> None:
    """D+1 and D+2, and then three whole days: D+3 to D+5."""
    found = counted("use: sunscreen, on: days 1 to 2", "do: washing, from: end of x, for: 3 days")
    assert found == Window("2026-12-13 00:00 -0500", "2026-12-16 00:00 -0500")


def test_a_permission_counts_from_the_later_reading() -> None:
    """Allowed when two hours have passed since the later dose."""
    found = counted(
        "take: antiviral, at: 2 to 4 hours after", "may: alcohol, from: 2 hours after x"
    )
    assert found == Window("2026-12-10 20:30 -0500", None)


def test_counted_from_a_minimum_interval() -> None:
    """Filler on neither side within 2 weeks: it ends with 23 Dec, and the day after is the 24th."""
    interval = "wait-since: dermal-filler, at-least: 2 weeks before and after"
    found = counted(interval, "do: washing, at: the day after x")
    assert found.start == "2026-12-24 00:00 -0500"


def test_a_minimum_interval_around_another_instruction() -> None:
    """It is bounded by that instruction, not by the treatment."""
    dose = "take: antiviral, at: 10 days before"
    after = counted(dose, "wait-since: dermal-filler, at-least: 5 days after x")
    assert after == Window("2026-12-01 00:00 -0500", "2026-12-05 00:00 -0500")
    before = counted(dose, "wait-since: dermal-filler, at-least: 5 days before x")
    assert before == Window(
        "2026-11-26 00:00 -0500", "2026-11-30 00:00 -0500", last_ok="2026-11-25"
    )


# What has no date


@pytest.mark.parametrize(
    "anchor",
    [
        "use: sunscreen",
        "use: sunscreen, from: end",
        "avoid: sun, from: end, until-state: healed",
        "avoid: sun, until-words: a few days",
        "avoid: sun, until: 3 days after, until-state: healed",
    ],
)
@pytest.mark.parametrize("times", ["from: 2 days after x", "until: 2 days after x"])
def test_after_what_has_no_end_is_undated(anchor: str, times: str) -> None:
    """Its words are kept, and no bound is implied by a time that nobody knows."""
    text = f"- {{id: x, {anchor}}}\n- {{id: it, do: washing, {times}}}"
    made = plan(text)
    found = by_id(made)["it"]
    assert shown(found, visit()) == Window(None, None)
    assert found.kind is Kind.UNDATED
    assert "2 days after sun" in (rule_text(found.instruction, made.protocol) or "")


def test_before_what_has_no_start_is_undated() -> None:
    """Not even until the treatment: it may lie on either side of it."""
    found = counted("avoid: sun, until: 2 days before", "avoid: alcohol, from: 3 days before x")
    assert found == Window(None, None)


def test_a_bound_with_a_date_stays() -> None:
    """Only the bound that counts from nothing is unstated."""
    found = counted("use: sunscreen", "avoid: alcohol, from: 3 days before, until: 2 days after x")
    assert found == Window("2026-12-07 00:00 -0500", None)


def test_what_counts_from_what_does_not_apply_keeps_its_date() -> None:
    """An answer decides whether an instruction applies, not when it is."""
    text = """
    - {id: x, take: antiviral, if: cold-sores, at: 2 days before}
    - {id: it, do: washing, at: the day after x}
    """
    told = by_id(plan(text, answers={"cold-sores": False}))
    assert told["x"].applies.value == "no"
    assert shown(told["it"], visit()).start == "2026-12-09 00:00 -0500"


# Whole-day appointments


def test_hours_from_an_hour_that_is_not_known_have_no_time() -> None:
    """A window from 2 hours before a whole day has no hour that others could count from."""
    whole_day = visit("2026-12-10")
    hazy = "use: sunscreen, from: 2 hours before"
    assert counted(hazy, "do: washing, at: 30 minutes before x", whole_day).start is None
    timed = counted(hazy, "do: washing, at: 30 minutes before x")
    assert timed.start == "2026-12-10 12:00 -0500"


def test_hours_from_a_clock_time_have_one() -> None:
    """21:00 the day before is known, whatever the hour of the appointment."""
    dose = "take: antiviral, at: 21:00 the day before"
    found = counted(dose, "do: washing, at: 2 hours after x", visit("2026-12-10"))
    assert found.start == "2026-12-09 23:00 -0500"


def test_hours_from_a_whole_day_have_no_time() -> None:
    """2 hours after a day is no time that a sheet states."""
    found = counted("take: antiviral, at: 2 days before", "do: washing, at: 2 hours after x")
    assert found == Window(None, None)


# Sides


@pytest.mark.parametrize(
    ("anchor", "point", "side"),
    [
        ("at: 5 days before", "2 days after x", Side.BEFORE),
        ("at: 5 days before", "5 days after x", Side.DAY_OF),
        ("at: 5 days before", "9 days after x", Side.AFTER),
        ("at: 5 days after", "2 days before x", Side.AFTER),
        ("from: 2 days before", "end of x", Side.BEFORE),
        ("at: 21:00 the day before", "21:00 the day after x", Side.DAY_OF),
        ("at: end", "within 1 day after x", Side.AFTER),
        ("from: end", "2 days after x", Side.ANY),
    ],
)
def test_the_side_of_a_point_near_another_instruction(anchor: str, point: str, side: Side) -> None:
    """Told by its date, and ANY where it has none."""
    text = f"- {{id: x, take: antiviral, {anchor}}}\n- {{id: it, do: washing, at: {point}}}"
    window = protocol(text).instructions[1].window
    assert window.at is not None
    assert find_side(window.at) is side


def test_a_side_does_not_hang_on_the_order() -> None:
    """An until before the treatment has no beginning implied, so nothing counts from it."""
    text = """
    - {id: z, do: washing, at: start of y}
    - {id: y, avoid: sun, until: 2 days after x}
    - {id: x, take: antiviral, at: 10 days before}
    """
    found = by_id(plan(text))
    assert shown(found["y"], visit()) == Window(None, "2026-12-03 00:00 -0500")
    assert shown(found["z"], visit()) == Window(None, None)


def test_hours_after_a_length_from_a_treatment_without_a_time() -> None:
    """48 hours are over at an hour that nobody knows, and so are 2 hours more; 2 days are not."""
    hours, days = (
        counted(
            f"avoid: sauna, from: end, for: {length}",
            "do: washing, at: 2 hours after x",
            visit("2026-12-10"),
        ).start
        for length in ("48 hours", "2 days")
    )
    assert (hours, days) == (None, "2026-12-13 02:00 -0500")
