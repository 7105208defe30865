"""What is answered to whoever asks whether something is allowed: a test a case.

The appointment is Thu 10 Dec 2026, 14:30 in New York, without a known length where none is given.
"""

from __future__ import annotations

from microcare.core.plan.spells import Cause
from tests.core.plan.asking import Answered, Asked

YES, ASK = Answered("yes"), Answered("ask")


def test_rule_that_forbids_under_every_open_answer() -> None:
    """Those with keloids for two days, the others for one: until the first of them is free."""
    asked = Asked("""
        - {id: a, avoid: sauna, if: keloids, until: 48 hours after}
        - {id: b, avoid: sauna, if: not keloids, until: 24 hours after}
        """)
    assert asked("sauna", "12-11 12:00") == ("no", "12-11 14:30", "ask")
    assert asked.reply("sauna", "12-12 12:00").own.asks == ("keloids",)
    assert asked("sauna", "12-12 14:30") == YES


def test_rule_that_forbids_under_some_open_answers_only() -> None:
    """It is to be asked, with the question that settles it."""
    rules = "- {id: a, avoid: sauna, if: pregnancy, until: 48 hours after}"
    asked = Asked(rules)
    assert asked("sauna", "12-11 12:00") == ASK
    assert asked.reply("sauna", "12-11 12:00").own.asks == ("pregnancy",)
    assert Asked(rules, pregnancy=True)("sauna", "12-11 12:00") == ("no", "12-12 14:30", "yes")


def test_only_the_questions_that_decide_are_named() -> None:
    """Who has keloids may what all others may as well: nobody needs to be asked."""
    asked = Asked("""
        - {id: a, avoid: sauna, if: pregnancy, until: 48 hours after}
        - {id: b, avoid: sauna, until: 24 hours after}
        - {id: c, may: sauna, if: keloids, from: day 2}
        """)
    assert asked.reply("sauna", "12-12 12:00").own.asks == ("pregnancy",)


def test_no_end_stated() -> None:
    """No while the dated aftercare lasts, then to be asked; never yes."""
    asked = Asked("""
        - {id: a, avoid: ibuprofen, from: end}
        - {id: b, avoid: sauna, until: 3 days after}
        """)
    assert asked("ibuprofen", "12-12 12:00") == ("no", "12-14 00:00", "ask")
    assert asked("ibuprofen", "12-14 00:00") == ASK
    assert asked("ibuprofen", "2028-01-01 00:00") == ASK
    assert asked.reply("ibuprofen", "12-14 00:00").own.cause is Cause.UNSTATED


def test_only_a_state_ends_it() -> None:
    """As if no end were stated: nobody is released by the clock alone."""
    asked = Asked("""
        - {id: a, avoid: makeup, until-state: your skin has healed}
        - {id: b, avoid: sauna, until: 3 days after}
        """)
    assert asked("makeup", "12-12 12:00") == ("no", "12-14 00:00", "ask")
    assert asked.reply("makeup", "12-20 12:00").own.cause is Cause.STATE


def test_dated_aftercare() -> None:
    """Musts with a stated end count, also unasked ones; no wish, permission or expectation."""
    asked = Asked("""
        - {id: a, avoid: ibuprofen, from: end}
        - {id: b, avoid: sun, until: "2 days after, if possible 10"}
        - {id: c, use: sunscreen, on: days 2 to 4}
        - {id: d, take: antiviral, if: cold-sores, until: 6 days after}
        - {id: e, use: moisturizer, until: 20 days after, strength: should}
        - {id: f, may: makeup, on: days 7 to 30}
        - {id: g, expect: redness, until: 40 days after}
        - {id: h, repeat: follow-up, at: 4 weeks after}
        - {id: i, use: cleanser, from: end}
        """)
    assert asked("ibuprofen", "12-12 12:00") == ("no", "12-17 00:00", "ask")
    settled = Asked(
        """
        - {id: a, avoid: ibuprofen, from: end}
        - {id: c, use: sunscreen, on: days 2 to 4}
        - {id: d, take: antiviral, if: cold-sores, until: 6 days after}
        """,
        cold_sores=False,
    )
    assert settled("ibuprofen", "12-12 12:00") == ("no", "12-15 00:00", "ask")


def test_rule_that_is_over_and_may_not_have_been_for_them() -> None:
    """Those who were never spoken of are not told yes because of the others."""
    asked = Asked("- {id: a, avoid: sauna, if: pregnancy, until: 48 hours after}")
    assert asked("sauna", "12-13 12:00") == ASK
    assert asked.reply("sauna", "12-13 12:00").own.asks == ("pregnancy",)


def test_range_that_begins_a_ban() -> None:
    """No from its earlier end."""
    asked = Asked("- {id: a, avoid: waxing, from: 5 to 7 days before}")
    assert asked("waxing", "12-02 23:59") == ("yes", "12-03 00:00", "no")
    assert asked("waxing", "12-03 00:00") == ("no", "12-10 14:30", "ask")


def test_time_and_state_the_later() -> None:
    """No until the time, and then nobody but the clinic can say."""
    asked = Asked(
        "- {id: a, avoid: makeup, until: 48 hours after, until-state: your skin is intact}"
    )
    assert asked("makeup", "12-11 20:30") == ("no", "12-12 14:30", "ask")
    assert asked("makeup", "12-12 14:30") == ASK
    assert asked.reply("makeup", "12-12 14:30").own.cause is Cause.STATE


def test_time_and_state_in_two_rules() -> None:
    """As one rule with both, whatever else lasts."""
    asked = Asked("""
        - {id: a, may-resume: makeup, from: 48 hours after}
        - {id: b, may-resume: makeup, once: your skin is not irritated}
        - {id: c, avoid: sauna, until: 9 days after}
        """)
    assert asked("makeup", "12-11 20:30") == ("no", "12-12 14:30", "ask")
    assert asked("makeup", "12-12 14:30") == ASK


def test_before_ban_that_closes_at_the_start() -> None:
    """The treatment releases nobody."""
    asked = Asked("- {id: a, avoid: retinoids, from: 3 days before}")
    assert asked("retinoids", "12-09 12:00") == ("no", "12-10 14:30", "ask")
    assert asked.reply("retinoids", "12-10 14:30").own.cause is Cause.CLOSED


def test_before_ban_and_after_ban_with_the_treatment_between() -> None:
    """One stretch without a gap, however long the treatment takes."""
    rules = """
        - {id: a, avoid: sauna, from: 3 days before}
        - {id: b, avoid: sauna, until: 24 hours after}
        """
    asked = Asked(rules, minutes=60)
    for moment in ("12-08 12:00", "12-10 14:30", "12-10 15:00", "12-10 15:30"):
        assert asked("sauna", moment) == ("no", "12-11 15:30", "yes")
    assert [each.instruction.id for each in asked.reply("sauna", "12-08 12:00").rules] == ["b", "a"]


def test_after_ban_that_begins_with_the_next_day_leaves_no_gap() -> None:
    """Nobody is released for the evening of the treatment day."""
    asked = Asked("""
        - {id: a, avoid: exfoliants, from: 3 days before}
        - {id: b, avoid: exfoliants, from: day 1, until: 3 days after}
        """)
    assert asked("exfoliants", "12-10 18:00") == ("no", "12-14 00:00", "yes")


def test_between_the_ends_of_a_range() -> None:
    """No until the far end."""
    asked = Asked("- {id: a, avoid: sauna, until: 24 to 48 hours after}")
    assert asked("sauna", "12-10 20:00") == ("no", "12-12 14:30", "yes")
    assert asked("sauna", "12-11 20:00") == ("no", "12-12 14:30", "yes")
    assert asked.reply("sauna", "12-11 20:00").own.cause is Cause.RANGE


def test_between_the_must_and_the_wish() -> None:
    """Yes; that better it were not is said in words."""
    asked = Asked("- {id: a, avoid: sun, until: '3 days after, if possible 10'}")
    assert asked("sun", "12-12 12:00") == ("no", "12-14 00:00", "yes")
    assert asked("sun", "12-14 00:00") == YES
    assert asked.reply("sun", "12-14 00:00").own.cause is Cause.WISH


def test_strength_should() -> None:
    """What should be left off is a no with its end."""
    asked = Asked("- {id: a, avoid: sauna, until: 48 hours after, strength: should}")
    assert asked("sauna", "12-11 12:00") == ("no", "12-12 14:30", "yes")


def test_at_least_has_passed() -> None:
    """The shortest time is over, and no more."""
    asked = Asked("- {id: a, avoid: sunbathing, until: at least 10 days after}")
    assert asked("sunbathing", "12-12 12:00") == ("no", "12-21 00:00", "ask")
    assert asked("sunbathing", "12-21 00:00") == ASK
    assert asked.reply("sunbathing", "12-21 00:00").own.cause is Cause.AT_LEAST


def test_other_side_of_a_minimum_interval() -> None:
    """No laser within 4 weeks after: D+28 is the first fine date."""
    asked = Asked("- {id: a, wait-since: laser, at-least: 4 weeks after}")
    assert asked("laser", "2027-01-06 23:59") == ("no", "01-07 00:00", "yes")
    assert asked("laser", "2027-01-07 00:00") == YES


def test_before_a_ban_of_the_same_side_begins() -> None:
    """Yes until it does."""
    asked = Asked("- {id: a, avoid: sauna, from: 2 days after, until: 5 days after}")
    assert asked("sauna", "12-11 12:00") == ("yes", "12-12 00:00", "no")


def test_side_on_which_the_sheet_never_speaks_of_it() -> None:
    """Silence is no yes."""
    asked = Asked("- {id: a, avoid: sauna, until: 48 hours after}")
    assert asked("sauna", "12-09 12:00") == ASK
    assert asked.reply("sauna", "12-09 12:00").own.cause is Cause.SILENT


def test_topic_unknown_to_the_sheet() -> None:
    """Nor is a word that it doesn't have."""
    asked = Asked("- {id: a, avoid: sauna, until: 48 hours after}")
    assert asked.reply("flying", "12-11 12:00").own.cause is Cause.SILENT


def test_only_rule_settled_as_not_applying() -> None:
    """It says nothing to those for whom it isn't."""
    asked = Asked("- {id: a, avoid: sauna, if: pregnancy, until: 48 hours after}", pregnancy=False)
    assert asked.reply("sauna", "12-11 12:00").own.cause is Cause.SILENT


def test_permission_that_is_over_or_has_not_begun() -> None:
    """Where nothing forbids, it is to be asked."""
    asked = Asked("- {id: a, may: makeup, on: days 2 to 7}")
    assert asked("makeup", "12-11 12:00") == ASK
    assert asked("makeup", "12-12 12:00") == ("yes", "12-18 00:00", "ask")
    assert asked("makeup", "12-18 00:00") == ASK


def test_course_that_is_over_or_has_not_begun() -> None:
    """As a permission."""
    asked = Asked("- {id: a, take: antiviral, from: 2 days before, until: 2 days after}")
    assert asked("antiviral", "12-07 12:00") == ASK
    assert asked("antiviral", "12-10 12:00") == ("yes", "12-13 00:00", "ask")
    assert asked("antiviral", "12-13 00:00") == ASK


def test_permission_under_a_symptom() -> None:
    """As if it were there: symptoms are no booking questions."""
    asked = Asked("- {id: a, may: acetaminophen, if: discomfort, from: end}")
    assert asked("acetaminophen", "12-11 12:00") == YES


def test_ban_under_a_symptom() -> None:
    """Yes, but not with it."""
    asked = Asked("- {id: a, avoid: makeup, if: swelling, until: 3 days after}")
    assert asked("makeup", "12-11 12:00") == YES
    (only,) = asked.reply("makeup", "12-11 12:00").own.unless
    assert only.instruction.id == "a"
    with_it = Asked("- {id: a, avoid: makeup, if: swelling, until: 3 days after}", swelling=True)
    assert with_it("makeup", "12-11 12:00") == ("no", "12-14 00:00", "yes")


def test_group_of_which_a_member_is_forbidden() -> None:
    """No, with its parts, until the first of them changes."""
    asked = Asked("""
        - {id: a, avoid: skin-products, until: 24 hours after}
        - {id: b, avoid: retinoids, until: 72 hours after}
        - {id: c, avoid: makeup, until: 48 hours after}
        """)
    assert asked("skin-products", "12-11 12:00") == ("no", "12-11 14:30", "no")
    assert asked("skin-products", "12-11 16:00") == ("no", "12-12 14:30", "no")
    assert asked("skin-products", "12-12 16:00") == ("no", "12-13 14:30", "yes")
    parts = asked.reply("skin-products", "12-11 16:00").parts
    assert {each.topic: each.holding.ruling.value for each in parts} == {
        "retinoids": "no",
        "makeup": "no",
    }
    ends = {
        each.topic: asked.plan.visit.local(each.turn.instant).day for each in parts if each.turn
    }
    assert ends == {"retinoids": 13, "makeup": 12}


def test_group_of_which_a_member_is_to_be_asked_for() -> None:
    """The strictest of its parts governs: no script may take the rest for all."""
    asked = Asked("""
        - {id: a, avoid: retinoids, from: 3 days before}
        - {id: b, may: skin-products, from: day 2}
        """)
    assert asked("skin-products", "12-13 12:00") == ASK
    (part,) = asked.reply("skin-products", "12-13 12:00").parts
    assert (part.topic, part.holding.cause) == ("retinoids", Cause.CLOSED)


def test_permission_for_a_group_frees_no_closed_member() -> None:
    """Retinol was stopped before, and “other products” after it are no word on retinol."""
    asked = Asked("""
        - {id: a, avoid: retinoids, from: 48 hours before}
        - {id: b, may: skin-products, on: days 2 to 7}
        """)
    assert asked("retinoids", "12-13 12:00") == ASK
    assert asked("lip-balm", "12-13 12:00") == ("yes", "12-18 00:00", "ask")


def test_exception_inside_a_ban() -> None:
    """Yes while that ban holds."""
    asked = Asked("- {id: a, avoid: skin-products, except: [moisturizer], until: 24 hours after}")
    assert asked("moisturizer", "12-10 20:00") == ("yes", "12-11 14:30", "ask")
    assert asked("moisturizer", "12-11 14:30") == ASK
    (part,) = asked.reply("skin-products", "12-10 20:00").parts
    assert (part.topic, part.holding.ruling.value) == ("moisturizer", "yes")


def test_what_ends_with_a_treatment_whose_end_is_unknown() -> None:
    """No through D, until nobody knows when; yes from D+1."""
    asked = Asked("- {id: a, avoid: drinks, from: 2 hours before, until: end}")
    assert asked("drinks", "12-10 16:00") == Answered("no")
    assert asked("drinks", "12-10 13:00") == Answered("no")
    assert asked("drinks", "12-11 00:00") == YES
    timed = Asked("- {id: a, avoid: drinks, from: 2 hours before, until: end}", minutes=30)
    assert timed("drinks", "12-10 13:00") == ("no", "12-10 15:00", "yes")


def test_come_without() -> None:
    """No from 00:00 of D until the start."""
    asked = Asked("""
        - {id: a, avoid: sunscreen, at: start}
        - {id: b, use: sunscreen, from: end}
        """)
    assert asked("sunscreen", "12-09 23:59") == ("yes", "12-10 00:00", "no")
    assert asked("sunscreen", "12-10 00:00") == ("no", "12-10 14:30", "yes")
    assert asked("sunscreen", "12-10 14:30") == YES


def test_ask_first_and_unless_told_by() -> None:
    """Answered as the rule; whom to ask is in words."""
    asked = Asked("""
        - {id: a, avoid: warfarin, from: 5 days before, ask-first: your doctor}
        - {id: b, avoid: aspirin, until: 2 days after, unless-told-by: your surgeon}
        """)
    assert asked("warfarin", "12-08 12:00") == ("no", "12-10 14:30", "ask")
    assert asked("aspirin", "12-11 12:00") == ("no", "12-13 00:00", "yes")


def test_do_not_treat() -> None:
    """Nothing is answered but that."""
    asked = Asked(
        """
        - {id: a, screen: pregnancy}
        - {id: b, avoid: sauna, until: 2 days after}
        """,
        pregnancy=True,
    )
    assert asked("sauna", "12-20 12:00") == ASK
    assert asked.reply("sauna", "12-20").own.cause is Cause.BLOCKED


def test_whole_day_booking() -> None:
    """Bans are careful on both sides: the treatment may begin at 00:00 and end at 24:00."""
    asked = Asked(
        """
        - {id: a, avoid: sauna, from: 48 hours before, until: 48 hours after}
        - {id: b, avoid: retinoids, from: 2 days before}
        - {id: c, avoid: makeup, until: 24 hours after}
        """,
        start="2026-12-10",
    )
    assert asked("sauna", "12-08 00:00") == ("no", "12-13 00:00", "yes")
    assert asked("retinoids", "12-10 23:59") == ("no", "12-11 00:00", "ask")
    assert asked("makeup", "12-10 00:00") == ("no", "12-12 00:00", "yes")


def test_at_least_is_lifted_by_a_permission() -> None:
    """Whoever says “at least 2 days” and then “from day 5 on you may” has said when."""
    asked = Asked("""
        - {id: a, avoid: makeup, until: at least 2 days after}
        - {id: b, may: makeup, from: day 5}
        """)
    assert asked("makeup", "12-14 12:00") == ASK
    assert asked("makeup", "12-15 00:00") == YES


def test_state_that_may_come_sooner() -> None:
    """Under the earlier of time and state it is yes once the time has come."""
    asked = Asked("""
        - id: a
          avoid: makeup
          until: 48 hours after
          until-state: your skin is intact
          whichever: earlier
        """)
    assert asked("makeup", "12-11 12:00") == ("no", "12-12 14:30", "yes")


def test_many_questions_stay_careful() -> None:
    """Beyond what can be tried answer by answer, no ban is overlooked."""
    names = ("pregnancy", "keloids", "melasma", "eczema", "psoriasis", "rosacea", "vitiligo")
    more = ("breastfeeding", "moles", "cold-sores")
    rules = "\n".join(
        f"- {{id: i{number}, avoid: sauna, if: {name}, until: 48 hours after}}"
        for number, name in enumerate((*names, *more))
    )
    asked = Asked(rules)
    assert asked("sauna", "12-11 12:00") == ASK
    assert len(asked.reply("sauna", "12-11 12:00").own.asks) == 10
    sure = Asked(f"{rules}\n- {{id: x, avoid: sauna, until: 24 hours after}}")
    assert sure("sauna", "12-11 12:00") == ("no", "12-11 14:30", "ask")
    assert sure("sauna", "12-12 14:30") == YES


def test_whole_date_is_yes_only_if_all_of_it_is() -> None:
    """Its halves are told where it changes."""
    asked = Asked("""
        - {id: a, avoid: sauna, until: 48 hours after}
        - {id: b, avoid: waxing, from: 48 hours before}
        """)
    assert asked("sauna", "12-11") == ("no", "12-12 14:30", "yes")
    assert asked("sauna", "12-12") == ("no", "12-12 14:30", "yes")
    assert asked("sauna", "12-13") == YES
    halves = asked.reply("waxing", "12-08").changes
    told = [
        (asked.plan.visit.local(instant).strftime("%H:%M"), ruling.value)
        for instant, ruling in halves
    ]
    assert told == [("00:00", "yes"), ("14:30", "no")]


def test_member_that_is_forbidden_for_longer_than_its_group() -> None:
    """It is a part of its own: nobody takes the group's end for its own."""
    asked = Asked("""
        - {id: a, avoid: skin-care-routine, until: 24 hours after}
        - {id: b, avoid: retinoids, until: 72 hours after}
        - {id: c, may: skin-products, from: end}
        """)
    parts = asked.reply("skin-products", "12-10 20:00").parts
    days = {
        each.topic: asked.plan.visit.local(each.turn.instant).day for each in parts if each.turn
    }
    assert days == {"skin-care-routine": 11, "retinoids": 13}
    assert asked("skin-products", "12-10 20:00") == ("no", "12-11 14:30", "no")
    assert asked("skin-care-routine", "12-10 20:00") == ("no", "12-11 14:30", "no")


def test_member_that_another_group_s_ban_covers() -> None:
    """Hot yoga is exercise and heat, and no rule names it."""
    asked = Asked("""
        - {id: a, avoid: heat, until: 48 hours after}
        - {id: b, may: exercise, from: end}
        """)
    assert asked("exercise", "12-11 12:00") == ("no", "12-12 14:30", "yes")
    (part,) = asked.reply("exercise", "12-11 12:00").parts
    assert part.topic == "hot-yoga"


def test_vague_end_outlasts_the_treatment() -> None:
    """“Until the treatment is over, and for a few days”: nobody is released by the next date."""
    asked = Asked("- {id: a, avoid: sauna, from: start, until: end, until-words: a few days}")
    assert asked("sauna", "12-11 12:00") == ASK
    assert asked.reply("sauna", "12-11 12:00").own.cause is Cause.WORDS
