"""A plan in texts: which rows, which words, nothing released too early."""

from __future__ import annotations

from microcare.core.plan.plan import Plan
from microcare.core.sheet.protocol import Clinic
from microcare.wording.plan.outline import Outline, Phase, outline_plan
from tests.samples import entry, plan


def outline(made: Plan) -> Outline:
    """Return a plan's outline, with a clinic that is not known."""
    return outline_plan(made, Clinic())


def rows(made: Plan, day: str) -> list[str]:
    """Return a day's rows as "time verb: text", the day given as in "Sat 12 Dec"."""
    (found,) = (
        each
        for _, days in outline(made).phases
        for each in days
        if " ".join(each.label.split()) == day
    )
    return [f"{row.time} {row.verb}: {row.text}".strip(" :") for row in found.rows]


def still(made: Plan, day: str) -> str | None:
    """Return what still holds on a day beside its changes."""
    (found,) = (
        each
        for _, days in outline(made).phases
        for each in days
        if " ".join(each.label.split()) == day
    )
    return found.still


def test_phases_follow_each_other() -> None:
    """Before, the treatment day, after; a phase without a day is not there."""
    both = entry("avoid: waxing\nfrom: 2 days before", "a") + entry(
        "avoid: heat\nuntil: 1 day after", "b"
    )
    assert [phase for phase, _ in outline(plan(both)).phases] == list(Phase)
    nothing = outline(plan(entry("call-if: questions")))
    assert [phase for phase, _ in nothing.phases] == [Phase.TREATMENT_DAY]


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
    assert rows(made, "Sun 6 Dec")[0].startswith("wait: ")


def test_end_at_the_treatment_frees_nothing() -> None:
    """On the treatment day a before-rule closes without a word of release."""
    made = plan(entry("avoid: waxing\nfrom: 2 days before"))
    assert rows(made, "Thu 10 Dec") == ["2:30 pm : Microneedling"]


def test_release_with_the_treatment_is_told_after_it() -> None:
    """A treatment of unknown length ends at its start; nothing is free before it."""
    made = plan(entry("avoid: solid-food\nfrom: the day before\nuntil: end"))
    assert rows(made, "Thu 10 Dec") == [
        "2:30 pm : Microneedling",
        "2:30 pm fine again: solid food",
    ]


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
    details = [row.details for day in found for row in day.rows if row.verb]
    assert details == [("until your skin has healed",), ("for a few days (no date stated)",)]


def test_duty_that_goes_on_is_not_over() -> None:
    """Where the next rule of the same kind takes it up, it goes on."""
    made = plan(
        entry("use: sunscreen\non: day 1", "a") + entry("use: sunscreen\non: days 2 to 7", "b"),
        header="day-1: next day\n",
    )
    assert "goes on: sunscreen" in rows(made, "Sat 12 Dec")
    assert rows(made, "Fri 18 Dec") == ["over: sunscreen"]


def test_still_in_force_is_told_once_a_topic() -> None:
    """Two rules on one topic are one word, and what is sure hides what depends."""
    made = plan(
        entry("avoid: sauna\nuntil: 5 days after", "a")
        + entry("avoid: sauna\nuntil: 6 days after", "b")
        + entry("avoid: sauna\nuntil: 7 days after\nif: peel", "c")
        + entry("avoid: waxing\nuntil: 2 days after", "d")
    )
    assert still(made, "Sun 13 Dec") == "avoid sauna"


def test_still_in_force_says_what_it_depends_on() -> None:
    """What was not asked keeps its “if”."""
    made = plan(
        entry("avoid: sauna\nuntil: 7 days after\nif: peel", "a")
        + entry("avoid: waxing\nuntil: 2 days after", "b")
    )
    assert still(made, "Sun 13 Dec") == (
        "if a peel was recommended with the treatment, avoid sauna"
    )


def test_question_says_what_follows_from_its_answer() -> None:
    """Yes, no, and conditions of several factors each have their lead."""
    made = plan(
        entry("avoid: sauna\nuntil: 1 day after\nif: peel\nsay: One.", "a")
        + entry("avoid: waxing\nuntil: 1 day after\nif: not peel\nsay: Two.", "b")
        + entry("take: antiviral\nif: {all: [peel, cold-sores]}\nsay: Three.", "c")
    )
    peel, cold_sores = outline(made).questions
    both = "if a peel was recommended with the treatment and you are prone to cold sores: Three."
    assert peel.consequences == (
        "if so: One. (from Thu 10 Dec, 2:30 pm)",
        "if not: Two. (from Thu 10 Dec, 2:30 pm)",
        both,
    )
    assert cold_sores.consequences == (both,)
    assert not peel.blocks


def test_question_about_symptoms_is_not_for_the_desk() -> None:
    """Nobody can say before the treatment whether the skin will burn."""
    made = plan(entry("use: cool-compress\nfrom: end\nif: burning"))
    assert outline(made).questions == ()


def test_window_begun_before_booking_is_a_question() -> None:
    """A ban asks “none since?”, a duty “done since?”."""
    made = plan(
        entry("avoid: isotretinoin\nfrom: 6 months before", "a")
        + entry("use: moisturizer\nfrom: 4 weeks before", "b"),
        now="2026-12-01 09:00",
    )
    assert [question.text for question in outline(made).questions] == [
        "No isotretinoin since Wed 10 Jun? (6 months before)",
        "moisturizer: done since Thu 12 Nov? (4 weeks before)",
    ]


def test_gap_counts_the_days_between() -> None:
    """Days without a change are counted, none on the day before."""
    made = plan(
        entry("avoid: waxing\nfrom: 5 days before", "a")
        + entry("avoid: shaving\nfrom: 4 days before", "b")
    )
    days = [day for _, found in outline(made).phases for day in found]
    assert [day.quiet_days for day in days] == [0, 0, 3]


def test_undated_rule_is_told_apart() -> None:
    """What has no date, and what has no end, stands below the days."""
    made = plan(
        entry("call-if: questions\nsay: Call us.", "a")
        + entry("avoid: ibuprofen\nfrom: end\nsay: No ibuprofen.", "b")
    )
    assert [(row.text, row.details) for row in outline(made).undated] == [
        ("Call us.", ()),
        ("No ibuprofen.", ("from Thu 10 Dec, 2:30 pm, no end stated; ask the clinic",)),
    ]


def test_left_out_has_its_reason() -> None:
    """The answer that settled it is the reason, in words."""
    made = plan(
        entry("take: antiviral\nif: cold-sores\nsay: Take it."), answers={"cold-sores": False}
    )
    assert outline(made).left_out == (("Take it.", "you are not prone to cold sores"),)


def test_notes_name_their_instruction() -> None:
    """A remark on the whole protocol bears its id, one on an instruction that one's."""
    made = plan(
        entry("avoid: sauna\nuntil: 1 day after\nnote: Careful.", "a"), header="notes: [Old.]\n"
    )
    assert outline(made).notes == (("sample", "Old."), ("a", "Careful."))
