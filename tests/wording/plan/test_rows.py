"""The rows of a plan: which changes are told, and nothing released too early."""

from __future__ import annotations

from microcare.wording.plan.phases import Phase
from microcare.wording.plan.rows import RowWriter
from microcare.wording.plan.words import PlanWords
from microcare.wording.verbs import Tone
from tests.samples import entry, plan, visit
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
    (found,) = (part for part in outline(plan(state + vague)).sections if part.phase is Phase.DAY)
    details = [row.details for day in found.days for row in day.rows if row.tone is not Tone.VISIT]
    assert details == [("until your skin has healed",), ("for a few days (no date stated)",)]


def test_duty_that_goes_on_is_not_over() -> None:
    """Where the next rule of the same kind takes it up nothing is over, and nothing is after it."""
    made = plan(
        entry("use: sunscreen\non: day 1", "a") + entry("use: sunscreen\non: days 2 to 7", "b"),
        header="day-1: next day\n",
    )
    assert rows(made, "Sat 12 Dec") == ["Use: sunscreen."]
    assert "Fri 18 Dec" not in labels(made)


OPIOID = """
factors:
  opioid: {ask: "Opioid?", yes: you take an opioid, no: you take none}
"""
ACETAMINOPHEN = """
- {id: ban, avoid: acetaminophen, until: 3 days after, if: opioid, say: No acetaminophen.}
- {id: take, take: acetaminophen, from: end, until: 4 days after, daily: morning, say: Take it.}
"""


def test_what_a_ban_forbids_is_told_as_lost_and_again_when_it_governs() -> None:
    """With an opioid: not yet, then from the ban's end on, with the doses of these days alone."""
    made = plan(ACETAMINOPHEN, header=OPIOID, answers={"opioid": True})
    assert rows(made, "Thu 10 Dec") == [
        "2:30 pm : Microneedling",
        "2:30 pm : No acetaminophen.",
        "2:30 pm not yet: Take it.",
    ]
    (lost,) = [row for row in day_outline(made, "Thu 10 Dec").rows if row.verb == "not yet"]
    assert (lost.details, lost.tone) == (("acetaminophen: through Sun 13 Dec",), Tone.STOP)
    assert rows(made, "Mon 14 Dec") == [
        "fine again: acetaminophen",
        "Take it.",
        "take: Acetaminophen at 8:00 am (suggested time)",
    ]
    assert rows(made, "Tue 15 Dec") == ["over: acetaminophen"]


def test_what_an_unasked_ban_forbids_stays_with_a_but() -> None:
    """The doses are told, and beside them under which condition they are not to be taken."""
    made = plan(ACETAMINOPHEN, header=OPIOID)
    found = day_outline(made, "Thu 10 Dec").rows[2]
    assert (found.verb, found.text) == ("", "Take it.")
    assert "but not acetaminophen (through Sun 13 Dec if you take an opioid)" in found.details
    assert "take: Acetaminophen at 8:00 am, each day through Mon 14 Dec (suggested time)" in rows(
        made, "Fri 11 Dec"
    )


def test_what_never_governs_is_not_to_be_followed() -> None:
    """A moment inside a ban, and a permission that is over before the ban."""
    made = plan(
        """
        - {id: ban, avoid: ibuprofen, until: 3 days after, say: No ibuprofen.}
        - {id: moment, take: ibuprofen, at: 4 hours after, say: Take one.}
        - {id: may, may: ibuprofen, on: 2 days after, say: It is fine.}
        """
    )
    assert rows(made, "Thu 10 Dec")[2:] == ["6:30 pm do not follow: Take one."]
    assert rows(made, "Sat 12 Dec") == ["do not follow: It is fine."]
    assert rows(made, "Mon 14 Dec") == ["fine again: ibuprofen"]


def test_a_later_ban_is_told_where_its_loser_begins() -> None:
    """Clear liquids the day before end two hours before, at which they are forbidden."""
    made = plan(
        """
        - {id: may, may: clear-liquids, from: the day before, say: Only clear liquids.}
        - {id: ban, avoid: drinks, from: 2 hours before, say: Nothing.}
        """
    )
    (row,) = day_outline(made, "Wed 9 Dec").rows
    assert row.details[0] == "until your treatment"
    assert row.details[-1] == (
        "but not clear liquids: from Thu 10 Dec, 12:30 pm until your treatment"
    )


def test_a_later_ban_on_whole_days_begins_with_its_date() -> None:
    """No clock time stands where the sheet names days."""
    made = plan(
        """
        - {id: ban, avoid: ibuprofen, on: 3 days after, say: Not then.}
        - {id: take, take: ibuprofen, from: next day, until: 5 days after, say: Take it.}
        """
    )
    (row,) = day_outline(made, "Fri 11 Dec").rows
    assert row.details[-1] == "but not ibuprofen: from Sun 13 Dec through Sun 13 Dec"


def test_the_last_day_is_told_of_what_is_still_fine() -> None:
    """Running is exercise, which is banned long before its own rule."""
    made = plan(
        """
        - {id: exercise, avoid: exercise, from: 3 weeks before}
        - {id: running, avoid: running, from: 10 days before}
        """
    )
    assert rows(made, "Wed 18 Nov") == ["last day: exercise"]
    assert "Sun 29 Nov" not in labels(made)


def test_a_state_is_awaited_after_a_longer_time() -> None:
    """Six weeks later it is still not fine while the skin has not healed."""
    made = plan(
        """
        - {id: state, avoid: makeup, until-state: your skin has healed}
        - {id: long, avoid: makeup, until: 6 weeks after}
        """
    )
    assert rows(made, "Fri 22 Jan 2027") == ["maybe: makeup: only once your skin has healed"]


def test_the_shorter_end_of_a_range_frees_nothing_that_a_group_holds() -> None:
    """Retinoids until 5 to 7 days, all products until 2 weeks: neither day says "maybe"."""
    made = plan(
        """
        - {id: retinoids, avoid: retinoids, until: 5 to 7 days after}
        - {id: products, avoid: skin-products, until: 2 weeks after}
        """
    )
    for day in ("Wed 16 Dec", "Fri 18 Dec"):
        assert rows(made, day) == ["still not: retinoids (through Thu 24 Dec)"]
    assert rows(made, "Fri 25 Dec") == ["fine again: skin products"]


def test_at_least_ends_with_the_shortest_time() -> None:
    """Nobody is released of a ban, nor told that a duty is over."""
    made = plan(
        """
        - {id: sun, avoid: sun, until: at least 10 days after}
        - {id: length, avoid: sauna, from: end, for: at least 10 days}
        - {id: redness, expect: redness, until: at least 10 days after}
        - {id: use, use: sunscreen, from: end, until: at least 10 days after}
        """
    )
    assert rows(made, "Mon 21 Dec") == [
        "maybe: sun exposure: the shortest time is over, and no end is stated: ask",
        "maybe: sauna: the shortest time is over, and no end is stated: ask",
        "maybe over: redness",
    ]
    (each, *_) = made.instructions
    assert each.dated.until_at_least == each.dated.until


def test_a_part_is_perhaps_fine_where_its_group_has_passed_its_shortest_time() -> None:
    """The longer rule on sunbathing ends in what is left of the rule on all sun."""
    made = plan(
        """
        - {id: sun, avoid: sun, until: at least 10 days after}
        - {id: sunbathing, avoid: sunbathing, until: 3 weeks after}
        """
    )
    assert rows(made, "Mon 21 Dec") == [
        (
            "maybe: sun exposure: the shortest time is over, and no end is stated: ask;"
            " but not sunbathing (through Thu 31 Dec)"
        )
    ]
    assert rows(made, "Fri 1 Jan 2027") == [
        "maybe: sunbathing (the shortest time is over, and no end is stated: ask)"
    ]


def test_what_was_stopped_before_says_ask() -> None:
    """The sheet frees products, and speaks of retinoids only before the treatment."""
    made = plan(
        """
        - {id: stop, avoid: retinoids, from: 48 hours before}
        - {id: products, may-resume: skin-products, from: 2 days after}
        """
    )
    assert rows(made, "Sun 13 Dec") == [
        (
            "fine again: skin products, except retinoids"
            " (avoided before the treatment, nothing stated for afterwards: ask)"
        )
    ]


def test_numbered_days_without_a_first_day_are_stages() -> None:
    """What is banned on days 1 to 2 is not yet done on a date that may be day 2 or day 3."""
    made = plan(
        """
        - {id: ban, avoid: makeup, on: days 1 to 2, say: No makeup.}
        - {id: do, use: makeup, on: days 3 to 5, say: Makeup.}
        """,
        header="day-1: unstated\n",
    )
    assert rows(made, "Sat 12 Dec") == ["not yet: Makeup."]
    assert rows(made, "Sun 13 Dec") == ["fine again: makeup", "Makeup."]
    assert made.conflicts == ()


def test_an_expectation_is_over_on_a_date_that_the_sheet_gives() -> None:
    """Not on one that depends on which day its day 1 is."""
    for header, told in (("day-1: unstated\n", []), ("day-1: next day\n", ["over: bruising"])):
        made = plan(entry("expect: bruising\non: days 2 to 7"), header=header)
        assert [row for day in labels(made)[1:] for row in rows(made, day)][1:] == told


def test_a_sentence_is_said_once() -> None:
    """No verb of ours stands before what the instruction says itself."""
    for fields, said in (
        ("avoid: sauna\nuntil: 1 day after\nsay: Do not use the sauna.", "Do not use the sauna."),
        ("wait-since: laser\nat-least: 2 days after\nsay: Wait 2 days.", "Wait 2 days."),
        ("may-resume: washing\nfrom: 4 hours after\nsay: You may wash.", "You may wash."),
    ):
        assert rows(plan(entry(fields)), "Thu 10 Dec")[1] == f"2:30 pm : {said}"


def test_what_a_patient_comes_without_is_a_task_of_arriving() -> None:
    """Told before the treatment, never released, and no "avoid" before it."""
    made = plan(
        """
        - {id: clean, avoid: makeup, at: start, say: Come with clean skin.}
        - {id: may, may: makeup, on: treatment day, say: Makeup is fine.}
        """
    )
    assert rows(made, "Thu 10 Dec") == [
        "not yet: Makeup is fine.",
        "2:30 pm : Come with clean skin.",
        "2:30 pm : Microneedling",
        "2:30 pm : Makeup is fine.",
    ]
    (lost, *_) = day_outline(made, "Thu 10 Dec").rows
    assert lost.details == ("makeup: until your treatment",)


def test_permission_says_what_it_does_not_free() -> None:
    """Another rule that still covers it stands in the details of the row."""
    made = plan(
        entry("may: skin-products\nfrom: 48 hours after", "a")
        + entry("avoid: retinoids\nuntil: 4 days after", "b")
    )
    (row,) = day_outline(made, "Sat 12 Dec").rows
    assert (row.time, row.verb, row.tone) == ("2:30 pm", "", Tone.FREE)
    assert "but not retinoids (through Mon 14 Dec)" in row.details


def test_a_duty_says_for_whom_it_is_still_forbidden() -> None:
    """On the day on which a ban for others ends, whose row says nothing of that."""
    made = plan(
        entry("avoid: swimming\nuntil: 2 days after\nif: diabetes", "a")
        + entry("avoid: swimming\nuntil: 1 day after\nif: not diabetes", "b")
        + entry("do: swimming\nfrom: 1 day after\nuntil: 5 days after", "c")
    )
    (row,) = [each for each in day_outline(made, "Sat 12 Dec").rows if not each.verb]
    assert row.details[-1] == "but not swimming (through Sat 12 Dec if you have diabetes)"


def test_release_at_an_unknown_hour_says_the_latest() -> None:
    """A whole-day appointment: 12 hours after the end of its day it is noon."""
    made = plan(entry("avoid: warfarin\nuntil: 12 hours after"), visit("2026-12-10"))
    assert rows(made, "Fri 11 Dec") == [
        "fine again: warfarin (from 12:00 pm, perhaps earlier: ask for the time)"
    ]


def test_row_that_stands_by_itself_says_what_is_forbidden() -> None:
    """A dose reminder stands beside no other row: what is settled, what is asked."""
    made = plan(
        entry("take: [ibuprofen, acetaminophen]\nat: 10:30 the next day", "it")
        + entry("avoid: ibuprofen\nuntil: 3 days after", "a")
        + entry("avoid: acetaminophen\nuntil: 3 days after\nif: opioids", "b")
    )
    writer = RowWriter(made, PlanWords(made))
    row = writer.told_row(made.instructions[0])
    assert row.details[-1] == (
        "but not ibuprofen (through Sun 13 Dec); "
        "acetaminophen (through Sun 13 Dec if you take opioid pain medicines)"
    )
    assert writer.may_be_forbidden(made.instructions[0])


def test_what_is_settled_makes_nothing_doubtful() -> None:
    """A topic that a ban forbids whatever is answered is not perhaps to be taken."""
    made = plan(
        entry("take: [ibuprofen, antihistamines]\nat: 10:30 the next day", "it")
        + entry("avoid: ibuprofen\nuntil: 3 days after", "a")
    )
    assert not RowWriter(made, PlanWords(made)).may_be_forbidden(made.instructions[0])


def test_a_duty_says_when_a_ban_may_begin_within_it() -> None:
    """The ban's own row comes days later, and who takes medicine by alarms reads only this one."""
    made = plan(
        """
        - {id: take, take: acetaminophen, from: next day, for: 5 days, say: Take it.}
        - {id: ban, avoid: acetaminophen, from: 3 days after, if: peel}
        """
    )
    found = next(row for row in day_outline(made, "Fri 11 Dec").rows if row.text == "Take it.")
    assert any(each.startswith("but not acetaminophen: from Sun 13 Dec") for each in found.details)
