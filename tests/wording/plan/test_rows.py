"""The rows of a plan: which changes are told, and nothing released too early."""

from __future__ import annotations

from microcare.wording.plan.outline import Phase
from microcare.wording.verbs import Tone
from tests.samples import entry, plan
from tests.wording.plan.outlining import day_outline, labels, outline, rows


def test_end_of_a_restriction_is_a_release() -> None:
    """What nothing else covers is fine again, at the time at which it is."""
    made = plan(entry("avoid: sauna\nuntil: 48 hours after"))
    assert rows(made, "Sat 12 Dec") == ["2:30 pm fine again: sauna"]


def test_restrictions_that_end_together_are_one_row() -> None:
    """The desk reads one line, not three."""
    made = plan(
        entry("avoid: sauna\nuntil: 48 hours after", "a")
        + entry("avoid: [waxing, shaving]\nuntil: 48 hours after", "b")
    )
    assert rows(made, "Sat 12 Dec") == ["2:30 pm fine again: sauna, waxing, shaving"]


def test_release_waits_for_every_rule() -> None:
    """While another rule covers it the end of one frees nothing, asked or not."""
    made = plan(
        entry("avoid: sauna\nuntil: 1 day after", "a")
        + entry("avoid: sauna\nuntil: 3 days after\nif: peel", "b")
    )
    assert rows(made, "Sat 12 Dec") == [
        "still not: sauna (through Sun 13 Dec if a peel was recommended with the treatment)"
    ]
    answered = plan(
        entry("avoid: sauna\nuntil: 1 day after", "a")
        + entry("avoid: sauna\nuntil: 3 days after\nif: peel", "b"),
        answers={"peel": False},
    )
    assert rows(answered, "Sat 12 Dec") == ["fine again: sauna"]


def test_what_still_forbids_asks_apart_from_its_condition() -> None:
    """Whom to ask first is no part of the “if”."""
    made = plan(
        entry("avoid: anti-inflammatories\nuntil: 1 day after", "a")
        + entry("avoid: aspirin\nuntil: 3 days after\nif: peel\nask-first: your doctor", "b")
    )
    (row,) = rows(made, "Sat 12 Dec")
    assert row.endswith("if a peel was recommended with the treatment, first ask your doctor)")


def test_release_of_a_group_names_what_is_not_free() -> None:
    """“Fine again, except …” for the member that another rule still covers."""
    made = plan(
        entry("avoid: skin-products\nuntil: 1 day after", "a")
        + entry("avoid: retinoids\nuntil: 72 hours after", "b")
    )
    assert rows(made, "Sat 12 Dec") == [
        "fine again: skin products, except retinoids (until Sun 13 Dec, 2:30 pm)"
    ]


def test_mixed_release_says_both() -> None:
    """One topic is free, the other is not yet."""
    made = plan(
        entry("avoid: [sauna, waxing]\nuntil: 1 day after", "a")
        + entry("avoid: waxing\nuntil: 3 days after", "b")
    )
    assert rows(made, "Sat 12 Dec") == ["fine again: sauna; still not waxing (through Sun 13 Dec)"]


def test_time_and_state_are_no_release() -> None:
    """The clock alone frees nobody: the state is named instead."""
    made = plan(entry("avoid: makeup\nuntil: 48 hours after\nuntil-state: your skin has healed"))
    assert rows(made, "Sat 12 Dec") == ["2:30 pm maybe: makeup: only once your skin has healed"]


def test_shorter_reading_of_a_range_is_no_release() -> None:
    """“3 days, if possible 10”: on the fourth day it is still better avoided."""
    made = plan(entry("avoid: sauna\nuntil: 3 days after, if possible 10"))
    assert rows(made, "Mon 14 Dec") == [
        "maybe: sauna: the shortest time is over; if possible avoid it through Sun 20 Dec"
    ]
    assert rows(made, "Mon 21 Dec") == ["fine again: sauna"]


def test_minimum_interval_shows_its_last_fine_day() -> None:
    """“Wait 5 days after” lets the fifth day before be the last."""
    made = plan(entry("wait-since: dermal-filler\nat-least: 5 days before"))
    assert rows(made, "Sat 5 Dec") == ["last day: dermal fillers"]
    assert rows(made, "Sun 6 Dec") == ["Wait since: dermal fillers."]


def test_wish_for_a_task_is_no_maximum() -> None:
    """“3 days, if possible 7”: after the third day more is still the wish."""
    made = plan(entry("do: soft-food\nuntil: 3 days after, if possible 7"))
    assert rows(made, "Mon 14 Dec") == ["maybe over: soft food; if possible through Thu 17 Dec"]


def test_rules_on_two_parts_of_the_body_are_told_apart() -> None:
    """Two courses of one thing name their places, and one is over while the other goes on."""
    made = plan(
        entry("use: cool-compress\nfrom: end\nfor: 1 hour\nevery: 30 minutes\narea: lips", "a")
        + entry("use: cool-compress\nfrom: end\nfor: 2 hours\nevery: 1 hour\narea: chin", "b")
    )
    assert rows(made, "Thu 10 Dec")[3:] == [
        "use: Cool compress at 2:30 pm, 3:00 pm (lips)",
        "use: Cool compress at 2:30 pm, 3:30 pm (chin)",
        "3:30 pm over: cool compress (lips)",
        "4:30 pm over: cool compress (chin)",
    ]


def test_end_without_a_date_is_told_once() -> None:
    """The sheet's own words for an end need no second telling as its rule."""
    state = entry("avoid: picking\nuntil-state: your skin has healed", "a")
    vague = entry("expect: redness\nuntil-words: a few days", "b")
    found = dict(outline(plan(state + vague)).phases)[Phase.TREATMENT_DAY]
    details = [row.details for day in found for row in day.rows if row.tone is not Tone.VISIT]
    assert details == [("until your skin has healed",), ("for a few days (no date stated)",)]


def test_duty_that_goes_on_is_not_over() -> None:
    """Where the next rule of the same kind takes it up nothing is over, and nothing is after it."""
    made = plan(
        entry("use: sunscreen\non: day 1", "a") + entry("use: sunscreen\non: days 2 to 7", "b"),
        header="day-1: next day\n",
    )
    assert rows(made, "Sat 12 Dec") == ["Use: sunscreen."]
    assert "Fri 18 Dec" not in labels(made)


def test_permission_says_what_it_does_not_free() -> None:
    """Another rule that still covers it stands in the details of the row."""
    made = plan(
        entry("may: skin-products\nfrom: 48 hours after", "a")
        + entry("avoid: retinoids\nuntil: 4 days after", "b")
    )
    (row,) = day_outline(made, "Sat 12 Dec").rows
    assert (row.time, row.verb, row.tone) == ("2:30 pm", "", Tone.FREE)
    assert "but not retinoids (through Mon 14 Dec)" in row.details
