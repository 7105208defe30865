"""Titles are enough by themselves, short, and silent about what is private."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcare.core.plan.plan import Plan, build_plan
from microcare.core.sheet.protocol import Clinic
from microcare.export.ics.builder import build_events
from microcare.export.ics.day_titles import LONGEST_TITLE, shorten
from microcare.export.ics.events import CalendarOptions
from tests.export.ics.titling import EACH, all_answers, clinic, titles
from tests.samples import LONG_AGO, at, entry, plan, visit


def titles_of(instructions: str, start: str = "2026-12-10 14:30", header: str = "") -> list[str]:
    """Return the titles of the digests of a few instructions, by date."""
    return digest_titles(plan(instructions, visit(start), header=header))


def digest_titles(found: Plan) -> list[str]:
    """Return the titles of the digests alone, by date."""
    events = build_events(found, Clinic(), CalendarOptions())
    shown = [event.summary for event in events if not event.opaque]
    return [title for title in shown if not title.startswith("Check now")]


@EACH
def test_discreet_titles_are_neutral(name: str) -> None:
    """No treatment and no topic: only how far the day is from one that is not named."""
    neutral = re.compile(r"Appointment|Personal reminder( \((the day|\d+ days? (before|after))\))?")
    options = CalendarOptions(spans=True, discreet=True)
    for answers in all_answers(name):
        assert [
            each for each in titles(name, options, answers) if not neutral.fullmatch(each)
        ] == []


@EACH
def test_every_title_says_what_it_is_about(name: str) -> None:
    """No day of the built-in protocols sends its reader to the description for everything."""
    for answers in all_answers(name):
        found = build_plan(clinic(name), visit(), now=at(LONG_AGO), answers=answers)
        assert [each for each in digest_titles(found) if each.endswith(": see the details")] == []


@EACH
def test_every_title_is_short(name: str) -> None:
    """A title with all its topics has its bound."""
    for answers in all_answers(name):
        assert max(map(len, titles(name, answers=answers))) <= LONGEST_TITLE


def test_a_ban_is_told_with_its_end() -> None:
    """A title that stands alone says what to avoid and through which day."""
    first, last = titles_of(entry("avoid: sun\nuntil: 10 days after"))
    assert first == "Treatment day: avoid sun from 2:30 pm through Sun 20 Dec"
    assert last == "11 days after: fine again: sun"


def test_a_ban_before_the_treatment_ends_with_it() -> None:
    """Its end is the treatment, and the last fine day has a title of its own."""
    assert titles_of(entry("wait-since: laser\nat-least: 5 days before"))[:2] == [
        "5 days before: last day for laser",
        "4 days before: avoid laser until your treatment",
    ]


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ("use: sunscreen\nfrom: 4 to 6 weeks before\nuntil: start", "use sunscreen"),
        ("arrange: follow-up\non: 3 days before", "arrange follow-up visit"),
        ("tell: medical-history\non: 3 days before", "tell us: med. history changes"),
        ("call-if: questions\non: 3 days after", "call us about questions or concerns"),
        ("do: washing\non: 3 days after", "do: washing treated skin"),
        ("repeat: follow-up\nat: 4 weeks after", "due: follow-up visit"),
        ("expect: redness\non: 3 days after", "expect redness"),
        ("may: makeup\nfrom: 3 days after", "allowed: makeup"),
        ("take: antiviral\non: 3 days before", "take prescribed course"),
    ],
)
def test_each_verb_has_its_words(fields: str, title: str) -> None:
    """A day on which only this begins still says what it is about."""
    assert any(each.endswith(f": {title}") for each in titles_of(entry(fields)))


def test_the_latest_start_is_told() -> None:
    """A range's second date says that it is the last one."""
    found = titles_of(entry("use: preconditioning\nfrom: 4 to 6 weeks before"))
    assert "28 days before: at the latest from now use preconditioning care" in found


def test_a_shorter_reading_is_told() -> None:
    """Where “3 to 4 days” may be over, the title says that it may."""
    found = titles_of(entry("expect: bruising\nuntil: 3 to 4 days after"))
    assert "4 days after: may be over: bruising" in found


def test_a_wish_goes_on_with_its_date() -> None:
    """After the days that are a must, the title says through when it is a wish."""
    found = titles_of(entry("avoid: sun\nuntil: 3 days after, if possible 10"))
    assert "4 days after: if possible still (through Sun 20 Dec) avoid sun" in found


def test_a_condition_is_only_perhaps() -> None:
    """A lock screen says neither the question nor the answer."""
    found = titles_of(entry("avoid: sauna\nif: cold-sores\non: 3 days before"))
    assert found[0] == "3 days before: perhaps avoid sauna through Mon 7 Dec"


def test_a_ban_that_another_rule_prolongs_is_not_lifted() -> None:
    """The shorter of two bans ends without a “fine again”."""
    found = titles_of(
        entry("avoid: sauna\nuntil: 2 days after", "short")
        + entry("avoid: sauna\nuntil: 5 days after", "long")
    )
    assert found[1:] == ["3 days after: still avoid sauna", "6 days after: fine again: sauna"]


def test_too_many_topics_keep_the_end() -> None:
    """Where the topics don't fit, they are counted, and the end still stands."""
    header = "topics:\n" + "".join(
        f"  thing-{number}: {{label: the quite long name of thing {number}}}\n"
        for number in range(9)
    )
    rule = entry(f"avoid: [{', '.join(f'thing-{number}' for number in range(9))}]\n"
                 "on: treatment day")  # fmt: skip
    title = titles_of(rule, header=header)[0]
    assert title.startswith("Treatment day: avoid the quite long name of thing 0, ")
    assert title.endswith(", 6 more through Thu 10 Dec")
    assert len(title) <= LONGEST_TITLE


def test_what_does_not_fit_is_counted() -> None:
    """More changes than a title holds are counted, within the bound."""
    verbs = ("avoid", "use", "do", "may", "expect", "tell", "arrange")
    rules = "".join(entry(f"{verb}: recommended-{verb}\non: treatment day", verb) for verb in verbs)
    label = "a thing with rather many words for"
    header = "topics:\n" + "".join(
        f"  recommended-{verb}: {{label: {label} {verb}}}\n" for verb in verbs
    )
    title = titles_of(rules, header=header)[0]
    assert title.endswith("more, see the details")
    assert len(title) <= LONGEST_TITLE


def test_one_endless_name_is_cut() -> None:
    """A label of a thousand characters ends in an ellipsis."""
    header = f"topics:\n  endless: {{label: {'long ' * 200}}}\n"
    titled = titles_of(entry("avoid: endless\non: treatment day"), header=header)
    assert {len(each) for each in titled} == {LONGEST_TITLE}
    assert all(each.endswith("…") for each in titled)


@given(st.text(max_size=400))
def test_shortening_keeps_the_beginning(title: str) -> None:
    """A title that fits is untouched, and another is cut at its bound."""
    short = shorten(title)
    assert len(short) == min(len(title), LONGEST_TITLE)
    assert short == title or (short.endswith("…") and title.startswith(short[:-1]))


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ("arrange: escort\nat: 3 pm the day before",
         "arrange adult to take you home at 3:00 pm"),
        ("do: washing\nat: by noon the day before", "do: washing treated skin by 12:00 pm"),
        ("do: washing\nat: the evening before",
         "do: washing treated skin from 6:00 pm to 10:00 pm"),
        ("take: water\nfrom: 8 am on treatment day\nuntil: by 1 hour before",
         "take water from 8:00 am by 1:30 pm"),
        ("may: clear-liquids\nfrom: midnight before\nuntil: no later than 2 hours before",
         "allowed: clear liquids from 12:00 am at the latest until 12:30 pm"),
        ("avoid: alcohol\nfrom: 9 pm the day before\nuntil: 24 hours after",
         "avoid alcohol from 9:00 pm until Fri 11 Dec, 2:30 pm"),
        ("avoid: water\nfrom: 2 hours before\nuntil: 1 hour after",
         "avoid water from 12:30 pm until 3:30 pm; fine again: water from 3:30 pm"),
        ("repeat: follow-up\nat: 7 to 10 days after",
         "due: follow-up visit (at the latest Sun 20 Dec)"),
        ("avoid: alcohol\nfrom: 2 days after\nuntil: 2 to 3 days after",
         "avoid alcohol at least through Sat 12 Dec, better through Sun 13 Dec"),
    ],
)  # fmt: skip
def test_clock_times_are_told(fields: str, title: str) -> None:
    """A deadline is “by” its time, a permission has its end, the day's own date is left out."""
    assert titles_of(entry(fields))[0].partition(": ")[2] == title


def test_the_end_of_a_must_has_its_hour() -> None:
    """Until that hour nothing is “better”: the title doesn't let anyone begin with the day."""
    found = titles_of(entry("avoid: alcohol\nuntil: 24 to 48 hours after"))
    assert "1 day after: better still (until Sat 12 Dec, 2:30 pm) avoid alcohol from 2:30 pm" in (
        found
    )


def test_whole_years_are_told_as_years() -> None:
    """Nobody knows what 1096 days are."""
    found = titles_of(entry("repeat: follow-up\nat: 3 years after"))
    assert found[-1] == "3 years after: due: follow-up visit"


@pytest.mark.parametrize(
    "permission", ["may: swimming\nfrom: 2 days after", "may: swimming\nat: 3 days after"]
)
def test_nothing_is_allowed_that_a_ban_forbids(permission: str) -> None:
    """The title of a permission's day says what governs, and that of the ban's end frees it."""
    found = titles_of(
        entry(permission, "permission") + entry("avoid: swimming\nuntil: 2 weeks after", "ban")
    )
    assert found == [
        "Treatment day: avoid swimming from 2:30 pm through Thu 24 Dec",
        "3 days after: still avoid swimming",
        "15 days after: fine again: swimming",
    ]


def test_what_a_ban_of_the_same_day_forbids_is_told_once() -> None:
    """The day on which both begin says what to avoid, and nothing of the other."""
    found = titles_of(
        entry("use: sunscreen\nfrom: end\nuntil: 9 days after", "duty")
        + entry("avoid: sunscreen\nfrom: end\nuntil: 3 days after", "ban")
    )
    assert found == [
        "Treatment day: avoid sunscreen from 2:30 pm through Sun 13 Dec",
        "4 days after: fine again: sunscreen; use sunscreen",
    ]


def test_whom_to_ask_before_is_told_where_a_ban_goes_on() -> None:
    """A permission that a doctor's ban overrules leads to the doctor."""
    found = titles_of(
        entry("may: swimming\nfrom: 2 days after", "permission")
        + entry("avoid: swimming\nuntil: 2 weeks after\nask-first: your doctor", "ban")
    )
    assert "3 days after: still, ask first, then avoid swimming" in found


def test_a_state_frees_nothing_that_is_banned_by_date() -> None:
    """Healed skin on day 2 doesn't end six weeks without makeup, nor they the wait for it."""
    found = titles_of(
        entry(
            "avoid: makeup\nuntil: 2 days after\nuntil-state: your skin has healed\n"
            "whichever: later",
            "state",
        )
        + entry("avoid: makeup\nuntil: 6 weeks after", "date")
    )
    assert found[1:] == [
        "3 days after: still avoid makeup",
        "43 days after: fine again once your skin has healed: makeup",
    ]


def test_a_shortest_time_is_no_release() -> None:
    """After “at least 10 days” nobody is told that the sun is fine again."""
    found = titles_of(entry("avoid: sun\nuntil: at least 10 days after"))
    assert found[1:] == ["11 days after: the shortest time is over: sun"]


def test_a_part_that_is_still_banned_is_not_freed_with_the_rest() -> None:
    """Products from the next day, but no retinol for longer: free in part only."""
    found = titles_of(
        entry("avoid: skin-products\nuntil: next day", "all")
        + entry("avoid: retinol\nuntil: 72 hours after", "part")
    )
    assert "2 days after: in part fine again: skin products" in found
    assert not any(": fine again: skin products" in each for each in found)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("avoid: mineral-makeup\nuntil: 24 hours after", "avoid: makeup\nuntil: 2 weeks after"),
        ("avoid: retinol\nuntil: 5 to 7 days after", "avoid: skin-products\nuntil: 2 weeks after"),
    ],
)
def test_what_a_wider_ban_covers_is_not_free(short: str, long: str) -> None:
    """Until the last rule on it has ended, no title frees it or says that it may be over."""
    _, *between, last = titles_of(entry(short, "short") + entry(long, "long"))
    assert last.startswith("15 days after: fine again: ")
    assert [each for each in between if ": still avoid " not in each] == []
    assert between


def test_the_end_of_a_duty_is_no_news() -> None:
    """Nobody is told to stop washing; the last dose is told."""
    assert len(titles_of(entry("use: sunscreen\nfrom: next day\nuntil: 9 days after"))) == 1
    course = titles_of(entry("take: water\nfrom: next day\nfor: 3 days\ndaily: once"))
    assert course[-1] == "4 days after: over: water"


def test_what_may_be_resumed_is_avoided_until_then() -> None:
    """“Avoid … not before” would say the opposite."""
    found = titles_of(entry("may-resume: washing\nfrom: 4 hours after"))
    assert found[0].startswith(
        "Treatment day: avoid washing treated skin from 2:30 pm until 6:30 pm"
    )


def test_a_wish_goes_on_for_all_of_its_topic() -> None:
    """Where a part is banned for longer, the rest is still better avoided."""
    found = titles_of(
        entry("avoid: sun\nuntil: 3 days after, if possible 10", "wish")
        + entry("avoid: sunbathing\nuntil: 6 weeks after", "part")
    )
    assert "4 days after: if possible still (through Sun 20 Dec) avoid sun" in found


def test_release_at_an_unknown_hour_is_not_told_for_the_whole_day() -> None:
    """A whole-day appointment: what is free by noon at the latest may not be so at breakfast."""
    found = titles_of("- {id: it, avoid: food, until: 12 hours after}", "2026-12-10")
    assert found[-1] == "1 day after: fine again: food from 12:00 pm"


def test_what_a_ban_may_forbid_is_perhaps_to_be_done() -> None:
    """A duty that all have, and a ban whose factor nobody asked for."""
    found = titles_of(
        """
        - {id: it, use: lotions, from: 1 day after, until: 5 days after}
        - {id: ban, avoid: lotions, until: 3 days after, if: diabetes}
        """
    )
    assert found[1] == "1 day after: perhaps use lotions"


def test_medicines_of_two_bans_are_some() -> None:
    """“One of your medicines” would leave a reader content with the first."""
    bans = entry("avoid: warfarin\nfrom: 3 days before\nuntil: start", "one")
    interval = entry("wait-since: semaglutide\nat-least: 4 days before", "two")
    both = bans + entry("avoid: insulin\nfrom: 3 days before\nuntil: start", "three") + interval
    said = "3 days before: avoid {} of your medicines: see inside until your treatment"
    assert said.format("one") in titles_of(bans)
    assert said.format("some") in titles_of(both)
