"""A plan in brief: every rule has its line, and every line its time, condition and hedge."""

from __future__ import annotations

import re
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from microcare.core.plan.plan import Plan, build_plan
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.protocol import Protocol
from microcare.language.messages import speak
from microcare.load.protocol.translating import translate_protocol
from microcare.wording.plan.brief import Brief, brief_plan
from microcare.wording.plan.phases import Phase
from tests import strategies
from tests.oracle import Visit
from tests.samples import entry, plan, visit

FEW = settings(max_examples=settings().max_examples // 2)
DAY = timedelta(days=1)


def lines(found: Plan, ident: str = "it") -> list[tuple[str, str, str]]:
    """Return the time, verb and text of the lines that tell an instruction."""
    return [
        (each.time, each.verb, each.text) for each in brief_plan(found).lines if ident in each.ids
    ]


def days(brief: Brief) -> dict[str, list[str]]:
    """Return the lines of each day as they are read."""
    return {
        day.label: [" ".join(filter(None, [each.time, each.verb, each.text])) for each in day.lines]
        for part in brief.sections
        for day in part.days
    }


@FEW
@given(
    st.one_of(strategies.protocols(), strategies.sheets()),
    strategies.visits(first_year=1985),
    strategies.answers,
    st.integers(-60, 60),
)
def test_every_rule_has_a_line_with_all_its_topics(
    drawn: Protocol, appointment: Visit, answers: dict[str, bool], booked: int
) -> None:
    """Of rules of every kind, in every zone, before and after the treatment."""
    around = strategies.appointment(appointment)
    found = build_plan(drawn, around, now=around.start + booked * DAY, answers=answers)
    told: dict[str, str] = {}
    for line in brief_plan(found).lines:
        for name in line.ids:
            told[name] = f"{told.get(name, '')} {line.text}"
    for each in found.applicable:
        screens = each.instruction.verb.traits.screens
        if screens and (found.is_past or each.applies is Answer.YES):
            # It is a question that came before, or the reason not to treat.
            continue
        text = told[each.instruction.id]
        for topic in each.instruction.topics:
            names = {topic, drawn.factors[topic].short} if screens else {drawn.topics[topic].short}
            assert any(name in text for name in names), each.instruction


MONTHS = {
    "en": "jan feb mar apr may jun jul aug sep oct nov dec",
    "es": "ene feb mar abr may jun jul ago sep oct nov dic",
}


def read_dates(text: str, language: str) -> list[tuple[int, int]]:
    """Return the dates in a text by their month and day, in their order."""
    months = MONTHS[language].split()
    found = re.findall(rf"\b(\d\d?) (?:de )?({'|'.join(months)})", text, re.IGNORECASE)
    return [(months.index(month.lower()) + 1, int(day)) for day, month in found]


def tell_dates(found: Plan, language: str) -> list[object]:
    """Return the dates of a plan in brief: of each day, and in each line of rules."""
    brief = brief_plan(found)
    days = [read_dates(day.label, language) for part in brief.sections for day in part.days]
    lines = [
        (sorted(each.ids), read_dates(f"{each.time} {each.text}", language)) for each in brief.lines
    ]
    return [days, lines]


@FEW
@given(
    st.one_of(strategies.protocols(), strategies.sheets()),
    strategies.visits(first_year=1985),
    strategies.answers,
    st.integers(-60, 60),
)
def test_spanish_has_the_same_dates(
    drawn: Protocol, appointment: Visit, answers: dict[str, bool], booked: int
) -> None:
    """Read back from what is printed, each is the date that stands there in English."""
    around = strategies.appointment(appointment)
    now = around.start + booked * DAY
    english = tell_dates(build_plan(drawn, around, now=now, answers=answers), "en")
    with speak("es"):
        spanish = build_plan(translate_protocol(drawn, "es"), around, now=now, answers=answers)
        assert tell_dates(spanish, "es") == english


def test_what_begins_and_ends_has_a_line_each() -> None:
    """With the date, and the time where it is not a whole day."""
    found = days(brief_plan(plan(entry("avoid: [heat, sauna]\nuntil: 48 hours after"))))
    assert found["Thu 10 Dec"][-1] == "2:30 pm stop heat, sauna"
    assert found["Sat 12 Dec"] == ["2:30 pm fine heat, sauna"]


def test_a_last_day_tells_the_beginning_too() -> None:
    """With the latest of a range, and whom to ask; the next day needs no line."""
    fields = "avoid: blood-thinners\nfrom: 5 to 7 days before\nask-first: your doctor"
    found = days(brief_plan(plan(entry(fields))))
    assert found["Wed  2 Dec"] == [
        "last day blood thinners (at the latest Fri 4 Dec, first ask your doctor)"
    ]
    assert "Thu  3 Dec" not in found


def test_a_last_day_in_hours_leaves_the_hour_its_line() -> None:
    """The last day that is wholly fine is not the last hour."""
    found = days(brief_plan(plan(entry("wait-since: dermal-filler\nat-least: 48 hours before"))))
    assert found["Mon  7 Dec"] == ["last day dermal fillers"]
    assert found["Tue  8 Dec"] == ["2:30 pm stop dermal fillers"]


def test_rules_that_go_on_as_one_are_one_line() -> None:
    """Where they are alike in all but their times and leave no gap."""
    text = """
- {id: a, use: sunscreen, on: day 1, amounts: {spf-min: 30}}
- {id: b, use: sunscreen, on: days 2 to 7, amounts: {spf-min: 30}}
- {id: c, use: sunscreen, from: day 7, amounts: {spf-min: 30}}
- {id: d, use: sunscreen, on: days 2 to 3, amounts: {spf-min: 50}}
- {id: e, use: moisturizer, on: day 1}
- {id: f, use: moisturizer, on: days 3 to 4}
"""
    found = brief_plan(plan(text, header="day-1: next day"))
    told = [(each.ids, each.text) for each in found.lines if each.verb == "use"]
    assert told == [
        (("a", "b", "c", "e"), "sunscreen (SPF 30+, ongoing); moisturizer"),
        (("d",), "sunscreen (SPF 50+, through Sun 13 Dec)"),
        (("f",), "moisturizer (through Mon 14 Dec)"),
    ]


def test_what_hangs_on_an_answer_has_a_line_of_its_own() -> None:
    """Its condition comes first, so that nobody reads it as said to all."""
    text = """
- {id: a, avoid: sauna, until: 2 days after}
- {id: b, avoid: swimming, until: 2 days after, if: pregnancy}
"""
    found = days(brief_plan(plan(text)))
    assert found["Thu 10 Dec"][1:] == [
        "2:30 pm stop sauna",
        "2:30 pm stop if pregnant: swimming",
    ]
    assert found["Sun 13 Dec"] == ["fine sauna", "fine if pregnant: swimming"]


def test_nothing_is_fine_of_which_an_answer_may_forbid_a_part() -> None:
    """It is told as "maybe", with the answer on which it hangs."""
    text = """
- {id: a, avoid: alcohol, until: 2 days after}
- {id: b, avoid: alcohol, until: 5 days after, if: antibiotics-prescribed}
"""
    found = days(brief_plan(plan(text)))
    assert found["Sun 13 Dec"] == [
        "maybe alcohol (not through Tue 15 Dec if prescribed antibiotics)"
    ]


def test_parts_that_are_not_free_are_named() -> None:
    """When they are, their own line says."""
    text = """
- {id: a, avoid: skin-products, until: 1 day after}
- {id: b, avoid: retinoids, until: 3 days after}
"""
    found = days(brief_plan(plan(text)))
    assert found["Sat 12 Dec"] == ["fine skin products (not yet retinoids)"]
    assert found["Mon 14 Dec"] == ["fine retinoids"]


def test_what_is_permitted_needs_no_word_that_it_is_fine() -> None:
    """Nor does what is to be used from then on."""
    text = """
- {id: a, avoid: washing, until: 4 hours after}
- {id: b, do: washing, from: 4 hours after}
"""
    assert days(brief_plan(plan(text)))["Thu 10 Dec"][-1] == (
        "6:30 pm due washing treated skin (ongoing)"
    )


def test_what_a_ban_forbids_is_not_told_as_a_thing_to_do() -> None:
    """It is told when it may be followed, and until when not."""
    text = """
- {id: a, avoid: acetaminophen, until: 2 days after}
- {id: b, may: acetaminophen, from: end, until: 5 days after}
"""
    found = brief_plan(plan(text))
    assert lines(plan(text), "b") == [("", "allowed", "acetaminophen (through Mon 14 Dec)")]
    assert found.conflicts == "acetaminophen"


def test_hedges_stay() -> None:
    """At least, if possible, a state of the body and an end in words."""
    cases = {
        "until: at least 10 days after": ("maybe", "shortest time over: ask"),
        "until: 3 days after, if possible 10": (
            "maybe",
            "if possible avoid it through Sun 20 Dec",
        ),
        "until: 2 days after\nuntil-state: your skin has healed": (
            "maybe",
            "once your skin has healed",
        ),
    }
    for times, (verb, hedge) in cases.items():
        told = lines(plan(entry(f"avoid: sun\n{times}")))
        assert (told[1][1], told[1][2]) == (verb, f"sun ({hedge})"), times
    words = lines(plan(entry("avoid: sun\nfrom: end\nuntil-words: a few days")))
    assert words[0][2] == "sun (for a few days (no date stated))"


def test_what_nobody_ends_is_listed_to_be_asked_for() -> None:
    """So is what was stopped before and never spoken of again."""
    found = brief_plan(
        plan(
            entry("avoid: retinoids\nfrom: 3 days before", "a")
            + entry("avoid: ibuprofen\nfrom: end", "b")
        )
    )
    assert [(each.verb, each.text) for each in found.undated] == [
        ("ask", "ibuprofen (no end stated); retinoids (after the treatment)"),
    ]


def test_expectations_stand_by_themselves() -> None:
    """With the dates between which something may be noticed, in their order."""
    text = """
- {id: a, expect: flaking, on: days 2 to 7}
- {id: b, expect: redness, until: 3 to 4 days after}
"""
    found = brief_plan(plan(text, header="day-1: next day"))
    assert [(each.time, each.text) for each in found.expected] == [
        ("10 Dec through 13 Dec or 14 Dec", "redness"),
        ("12 Dec through 17 Dec", "flaking"),
    ]


def test_a_new_year_is_named_once() -> None:
    """Dates stand below each other without it."""
    found = brief_plan(plan(entry("repeat: follow-up\nat: 4 weeks after")))
    told = [(day.year, day.label) for part in found.sections for day in part.days]
    assert told == [("", "Thu 10 Dec"), ("2027", "Thu  7 Jan")]


def test_times_of_doses_stand_apart() -> None:
    """Each medicine by itself, behind the rule."""
    text = """
- {id: a, take: antibiotics, from: end, until: 1 day after, daily: ["08:00", "20:00"]}
"""
    told = days(brief_plan(plan(text, visit("2026-12-10 07:00"))))
    assert told["Thu 10 Dec"][1] == (
        "7:00 am take antibiotics (every day at 8:00 am and at 8:00 pm, through Fri 11 Dec)"
    )
    assert told["Thu 10 Dec"][2].startswith("times Antibiotics at 8:00 am, 8:00 pm")


def test_parts_leave_nothing_out() -> None:
    """Each line of the days stands in one, what has no date in each."""
    text = """
- {id: a, avoid: [heat, sauna], from: 2 days before, until: 48 hours after}
- {id: b, arrive: early-arrival, at: 20 minutes before}
- {id: c, screen: pregnancy}
- {id: d, expect: redness, until: 2 days after}
- {id: e, call-if: questions}
"""
    found = plan(text)
    parts = [brief_plan(found, part) for part in Phase]
    told = [set(each.lines) - set(each.going_on) for each in parts]
    assert set.union(*told) == set(brief_plan(found).lines)
    assert {line.text for line in set.intersection(*told)} == {"questions or concerns"}
    assert [[line.text for line in each.going_on] for each in parts] == [
        [],
        ["heat, sauna"],
        ["heat, sauna"],
    ]


def test_what_is_unclear_has_its_mark_and_footnote() -> None:
    """Numbered down the page; a condition bears the mark of all that hangs on it."""
    text = """
- {id: a, avoid: [sauna, swimming], until: 1 day after, unclear: How hot?}
- {id: b, avoid: makeup, until: 1 day after, if: peel, unclear: Which peel?}
"""
    found = brief_plan(plan(text))
    assert days(found)["Thu 10 Dec"][1:] == [
        "2:30 pm stop sauna¹, swimming¹",
        "2:30 pm stop if peel advised²: makeup",
    ]
    assert found.footnotes == (("¹", "How hot?"), ("²", "Which peel?"))
    assert brief_plan(plan(text), encoding="ascii").footnotes[0] == ("[1]", "How hot?")


def test_what_is_forbidden_already_is_no_news_for_some() -> None:
    """It is named all the same, so that nobody takes the later date for its first."""
    text = """
- {id: a, avoid: retinoids, from: 3 days before}
- {id: b, avoid: [retinoids, sauna], from: 24 hours before, if: {not: peel}}
"""
    assert days(brief_plan(plan(text)))["Wed  9 Dec"] == [
        "2:30 pm stop unless peel advised: sauna (already: retinoids)"
    ]


def begins(text: str, day: str = "Thu 10 Dec") -> list[str]:
    """Return the lines of a day, without the treatment itself."""
    told = days(brief_plan(plan(text)))[day]
    return [each for each in told if not each.endswith("Microneedling")]


def test_a_narrower_ban_hides_no_wider_one() -> None:
    """An area, a wish, or who may lift it, makes less of a ban; its end does not."""
    wide = "- {id: a, avoid: makeup, until: 2 days after}\n"
    for narrow, facts in {
        "area: treated area, until: 3 days after": "treated area",
        "strength: should, until: 3 days after": "advised",
        "until: 3 days after, unless-told-by: your surgeon": (
            "unless your surgeon tells you otherwise"
        ),
    }.items():
        text = f"{wide}- {{id: b, avoid: makeup, {narrow}}}\n"
        assert begins(text) == [f"2:30 pm stop makeup; makeup ({facts})"]


def test_a_state_that_ends_a_ban_is_told_though_another_lasts_longer() -> None:
    """Of two states both are awaited, of two shortest times the longer."""
    states = """
- {id: a, avoid: makeup, until: 48 hours after, until-state: it has healed}
- {id: b, avoid: makeup, until: 72 hours after, until-state: it is calm}
"""
    assert begins(states, "Sun 13 Dec") == [
        "2:30 pm maybe makeup (once it is calm, once it has healed)"
    ]
    least = """
- {id: a, avoid: sun, until: at least 7 days after}
- {id: b, avoid: sun, until: at least 10 days after}
"""
    assert begins(least, "Mon 21 Dec") == ["maybe sun (shortest time over: ask)"]
    asked = """
- {id: a, avoid: sun, until: at least 3 days after}
- {id: b, avoid: sun, if: peel, until: 10 days after}
"""
    assert begins(asked, "Mon 14 Dec") == [
        "maybe sun (shortest time over: ask; not through Sun 20 Dec if peel advised)"
    ]


def test_what_a_ban_leaves_out_stays_with_its_group() -> None:
    """Also where another ban forbids the rest already."""
    text = """
- {id: a, avoid: [skin-products, retinoids], except: [sunscreen], from: 3 weeks before}
- {id: b, avoid: retinoids, from: 4 weeks before}
"""
    assert begins(text, "Wed 18 Nov") == ["last day skin products (except sunscreen)"]


def test_a_permission_is_left_out_only_where_a_duty_lasts_as_long() -> None:
    """And where the same thing is taken or used, not arranged."""
    text = """
- {id: a, may: ibuprofen, from: 1 day after}
- {id: b, take: ibuprofen, from: 1 day after, until: 2 days after}
- {id: c, may: acetaminophen, from: 1 day after}
- {id: d, arrange: acetaminophen, at: 1 day after}
"""
    assert lines(plan(text), "a") == [("", "allowed", "ibuprofen, acetaminophen")]
    assert lines(plan(text), "d") == [("", "arrange", "acetaminophen")]


def test_a_run_ends_with_a_date_or_is_none() -> None:
    """A state, or a gap under one reading of Day 1, parts its members."""
    text = """
- {id: a, use: moisturizer, from: end, until-state: it has healed}
- {id: b, use: moisturizer, from: 3 days after}
"""
    assert "use moisturizer (ongoing)" in begins(text, "Sun 13 Dec")
    numbered = """
- {id: a, use: moisturizer, on: days 1 to 3}
- {id: b, use: moisturizer, on: days 5 to 7}
"""
    found = plan(numbered, header="day-1: unstated")
    assert lines(found, "a") != lines(found, "b")


def test_a_conditional_ban_is_known_only_from_one_as_wide() -> None:
    """Not from a wish, or one for a part of the body."""
    text = """
- {id: a, avoid: makeup, strength: should, area: treated area, from: 3 days before}
- {id: b, avoid: [makeup, sauna], if: peel, from: 24 hours before}
"""
    assert begins(text, "Wed  9 Dec") == ["2:30 pm stop if peel advised: makeup, sauna"]
