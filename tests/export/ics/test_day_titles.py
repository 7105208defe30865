"""Titles are enough by themselves, short, and silent about what is private."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcare.core.plan.plan import Plan, build_plan
from microcare.core.sheet.protocol import Clinic
from microcare.export.ics.builder import build_events
from microcare.export.ics.event_titles import LONGEST_TITLE, cut_title
from microcare.export.ics.events import CalendarOptions
from tests.export.ics.titling import EACH, all_answers, clinic, titles
from tests.samples import LONG_AGO, at, entry, plan, visit


def titles_of(instructions: str, start: str = "2026-12-10 14:30", header: str = "") -> list[str]:
    """Return the titles of the digests of a few instructions, by date."""
    return digest_titles(plan(instructions, visit(start), header=header))


def digest_titles(found: Plan) -> list[str]:
    """Return the titles of the digests alone, by date."""
    events = build_events(found, Clinic(), CalendarOptions())
    shown = [event.summary for event in events if not event.content.opaque]
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
    """No day of the built-in protocols sends its reader to the description for everything.

    The first thirty characters are enough.
    """
    for answers in all_answers(name):
        found = build_plan(clinic(name), visit(), now=at(LONG_AGO), answers=answers)
        assert [each for each in digest_titles(found) if not each[:30].partition(" + ")[0]] == []


@EACH
def test_every_title_is_short(name: str) -> None:
    """A title with all its topics has its bound."""
    for answers in all_answers(name):
        assert max(map(len, titles(name, answers=answers))) <= LONGEST_TITLE


def test_a_ban_is_told_with_its_end() -> None:
    """Where there is room, a title says from when to avoid what, and through which day."""
    first, last = titles_of(entry("avoid: sun\nuntil: 10 days after"))
    assert first == "Stop sun from Thu 2:30 pm through Sun 20 Dec"
    assert last == "Fine again Mon: sun"


def test_a_ban_before_the_treatment_ends_with_it() -> None:
    """Its end is the treatment, and the last fine day has a title of its own."""
    assert titles_of(entry("wait-since: laser\nat-least: 5 days before"))[:2] == [
        "Sat last day for laser",
        "Stop laser until your treatment",
    ]


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ("use: sunscreen\nfrom: 4 to 6 weeks before\nuntil: start", "Use sunscreen from Thu until"),
        ("arrange: follow-up\non: 3 days before", "Arrange follow-up visit"),
        ("tell: medical-history\non: 3 days before", "Tell us: med. history changes"),
        ("call-if: questions\non: 3 days after", "Perhaps call us about questions or concerns"),
        ("do: washing\non: 3 days after", "Do: washing treated skin Sun"),
        ("repeat: follow-up\nat: 4 weeks after", "Due: follow-up visit"),
        ("expect: redness\non: 3 days after", "Expect redness"),
        ("may: makeup\nfrom: 3 days after", "Allowed from Mon: makeup"),
        ("take: water\non: 3 days before", "Take water Mon"),
    ],
)
def test_each_verb_has_its_words(fields: str, title: str) -> None:
    """A day on which only this begins still says what it is about."""
    assert any(each.startswith(title) for each in titles_of(entry(fields)))


def test_the_latest_start_is_told() -> None:
    """A range's second date says that it is the last one."""
    found = titles_of(entry("use: preconditioning\nfrom: 4 to 6 weeks before"))
    assert "By now use preconditioning care" in found


def test_the_end_of_an_expectation_is_no_news() -> None:
    """Nobody has to do anything when a bruise is gone."""
    assert titles_of(entry("expect: bruising\nuntil: 3 to 4 days after")) == ["Expect bruising"]


def test_a_wish_goes_on_after_the_must() -> None:
    """After the days that are a must, the title doesn't say that the thing is fine."""
    found = titles_of(entry("avoid: sun\nuntil: 3 days after, if possible 10"))
    assert found[1:] == ["Perhaps fine Mon: sun", "Fine again Mon: sun"]


def test_a_condition_is_only_perhaps() -> None:
    """A lock screen says neither the question nor the answer."""
    found = titles_of(entry("avoid: sauna\nif: cold-sores\non: 3 days before"))
    assert found[0] == "Perhaps no sauna on Mon"


def test_what_is_sure_stands_before_what_depends_on_an_answer() -> None:
    """However the sheet orders them: nobody reads a must behind a perhaps."""
    found = titles_of(
        entry("avoid: sauna\nif: cold-sores\non: 3 days before", "asked")
        + entry("use: lotions\non: 3 days before", "duty")
        + entry("avoid: swimming\non: 3 days before", "sure")
    )
    assert found[0] == "No swimming on Mon; perhaps no sauna on Mon; use lotions Mon"


def test_a_ban_that_another_rule_prolongs_is_not_lifted() -> None:
    """The day on which the shorter of two bans ends has no event: nothing changes on it."""
    found = titles_of(
        entry("avoid: sauna\nuntil: 2 days after", "short")
        + entry("avoid: sauna\nuntil: 5 days after", "long")
    )
    assert found[1:] == ["Fine again Wed: sauna"]


def test_the_weightiest_stands_first() -> None:
    """A fast before other bans, these before what is taken, done and allowed."""
    found = titles_of(
        entry("expect: redness\non: 3 days before", "expectation")
        + entry("may: walking\nfrom: 3 days before", "permission")
        + entry("use: lotions\non: 3 days before", "care")
        + entry("take: water\non: 3 days before", "dose")
        + entry("avoid: sauna\non: 3 days before", "ban")
        + entry("avoid: food\non: 3 days before", "fast")
    )
    assert found[0] == "No food on Mon; no sauna on Mon; take water Mon + 2 more"


def test_what_does_not_fit_is_counted() -> None:
    """More changes than a title holds are counted, within the bound."""
    header = "topics:\n" + "".join(
        f"  thing-{number}: {{label: the quite long name of thing {number}}}\n"
        for number in range(9)
    )
    rule = entry(f"avoid: [{', '.join(f'thing-{number}' for number in range(9))}]\n"
                 "on: treatment day")  # fmt: skip
    title = titles_of(rule, header=header)[0]
    assert title == "No the quite long name of thing 0 on Thu + 8 more"


def test_one_endless_name_is_cut() -> None:
    """A label of a thousand characters ends in an ellipsis; what else there is is counted."""
    header = f"topics:\n  endless: {{label: {'long ' * 200}}}\n"
    titled = titles_of(entry("avoid: [endless, sun]\non: treatment day"), header=header)
    assert {len(each) for each in titled} == {LONGEST_TITLE}
    assert all("…" in each and each.endswith(" + 1 more") for each in titled)


def test_no_time_of_a_title_is_cut() -> None:
    """A name makes room for the time behind it: "from Thu 2:3…" would be another one."""
    header = f"topics:\n  endless: {{label: {'long ' * 200}}}\n"
    times = ("from: 2 hours after\nuntil: 6 hours after", "until: 2 hours before")
    for time in times:
        titled = titles_of(entry(f"avoid: [endless, sun]\n{time}"), header=header)
        assert {len(each) for each in titled} == {LONGEST_TITLE}
        assert [each for each in titled if not re.search(r"… .*[ap]m|: .*…", each)] == []


@given(st.text(max_size=400))
def test_shortening_keeps_the_beginning(title: str) -> None:
    """A title that fits is untouched, and another is cut at its bound."""
    short = cut_title(title)
    assert len(short) == min(len(title), LONGEST_TITLE)
    assert short == title or (short.endswith("…") and title.startswith(short[:-1]))


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ("arrange: prescriptions\nat: 3 pm the day before",
         "Arrange your prescriptions"),
        ("do: washing\nat: by noon the day before",
         "Do: washing treated skin by Wed 12:00 pm"),
        ("do: washing\nat: the evening before",
         "Do: washing treated skin Wed 6:00 pm to 10:00 pm"),
        ("take: water\nfrom: 8 am on treatment day\nuntil: by 1 hour before",
         "Take water from Thu 8:00 am by 1:30 pm"),
        ("may: clear-liquids\nfrom: midnight before\nuntil: no later than 2 hours before",
         "Allowed until Thu 12:30 pm: clear liquids"),
        ("avoid: alcohol\nfrom: 9 pm the day before\nuntil: 24 hours after",
         "Stop alcohol from Wed 9:00 pm until Fri 11 Dec, 2:30 pm"),
        ("avoid: water\nfrom: 2 hours before\nuntil: 1 hour after",
         "No water from Thu 12:30 pm; fine again Thu 3:30 pm: water"),
        ("repeat: follow-up\nat: 7 to 10 days after",
         "Due: follow-up visit Thu by Sun 20 Dec"),
        ("avoid: alcohol\nfrom: 2 days after\nuntil: 2 to 3 days after",
         "Stop alcohol"),
    ],
)  # fmt: skip
def test_clock_times_are_told(fields: str, title: str) -> None:
    """A deadline is “by” its time, a permission has its end; the day is told by its weekday."""
    assert titles_of(entry(fields))[0].startswith(title)


def test_the_end_of_a_must_has_its_hour() -> None:
    """Nothing is fine at the beginning of a day that is so from an hour of it on."""
    found = titles_of(entry("avoid: alcohol\nuntil: 24 to 48 hours after"))
    assert found[1:] == ["Perhaps fine Fri 2:30 pm: alcohol", "Fine again Sat 2:30 pm: alcohol"]


@pytest.mark.parametrize(
    "permission", ["may: swimming\nfrom: 2 days after", "may: swimming\nat: 3 days after"]
)
def test_nothing_is_allowed_that_a_ban_forbids(permission: str) -> None:
    """A permission's day has no event while a ban governs, and that of the ban's end frees it."""
    found = titles_of(
        entry(permission, "permission") + entry("avoid: swimming\nuntil: 2 weeks after", "ban")
    )
    assert found[0] == "Stop swimming from Thu 2:30 pm through Thu 24 Dec"
    assert found[-1] in ("Allowed from Fri: swimming", "Fine again Fri: swimming")
    assert found[1:-1] in ([], ["Still not: swimming"])


def test_what_a_ban_of_the_same_day_forbids_is_told_once() -> None:
    """The day on which both begin says what to avoid, and nothing of the other."""
    found = titles_of(
        entry("use: sunscreen\nfrom: end\nuntil: 9 days after", "duty")
        + entry("avoid: sunscreen\nfrom: end\nuntil: 3 days after", "ban")
    )
    assert found == [
        "Stop sunscreen from Thu 2:30 pm through Sun 13 Dec",
        "Use sunscreen from Mon through Sat 19 Dec",
    ]


def test_whom_to_ask_before_is_told_where_a_ban_begins() -> None:
    """Nobody stops at once what a doctor is to be asked about."""
    found = titles_of(entry("avoid: swimming\nuntil: 2 weeks after\nask-first: your doctor"))
    assert found[:2] == [
        "Ask first about swimming",
        "Ask first, then stop swimming from Thu 2:30 pm",
    ]


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
    assert found[1:] == ["Perhaps fine Fri: makeup"]


def test_a_shortest_time_is_no_release() -> None:
    """After “at least 10 days” nobody is told that the sun is fine again."""
    found = titles_of(entry("avoid: sun\nuntil: at least 10 days after"))
    assert found[1:] == ["Perhaps fine Mon: sun"]


def test_a_part_that_is_still_banned_is_not_freed_with_the_rest() -> None:
    """Products from the next day, but no retinol for longer: free in part only."""
    found = titles_of(
        entry("avoid: skin-products\nuntil: next day", "all")
        + entry("avoid: retinol\nuntil: 72 hours after", "part")
    )
    assert "Partly fine again Sat: skin products" in found
    assert not any(each.startswith("Fine again Sat: skin products") for each in found)


def test_a_ban_with_exceptions_does_not_forbid_them() -> None:
    """“Stop skin products” would forbid the sunscreen that the sheet leaves out."""
    found = titles_of(entry("avoid: skin-products\nexcept: sunscreen\non: 3 days before"))
    assert found[0].startswith("No most skin products on Mon")


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("avoid: mineral-makeup\nuntil: 24 hours after", "avoid: makeup\nuntil: 2 weeks after"),
        ("avoid: retinol\nuntil: 5 to 7 days after", "avoid: skin-products\nuntil: 2 weeks after"),
    ],
)
def test_what_a_wider_ban_covers_is_not_free(short: str, long: str) -> None:
    """Until the last rule on it has ended, no title frees it or says that it may be over."""
    _, *later = titles_of(entry(short, "short") + entry(long, "long"))
    assert [each.partition(":")[0] for each in later] == ["Fine again Fri"]


def test_the_end_of_a_duty_is_no_news() -> None:
    """Nobody is told to stop washing, nor that there are no more doses on a day of its own."""
    assert len(titles_of(entry("use: sunscreen\nfrom: next day\nuntil: 9 days after"))) == 1
    course = titles_of(entry("take: water\nfrom: next day\nfor: 3 days\ndaily: once"))
    assert not any(each.startswith("Over") for each in course)


def test_what_may_be_resumed_is_avoided_until_then() -> None:
    """“Stop … not before” would say the opposite."""
    found = titles_of(entry("may-resume: washing\nfrom: 4 hours after"))
    assert found == ["Stop washing treated skin from Thu 2:30 pm"]


def test_a_wish_goes_on_for_all_of_its_topic() -> None:
    """Where a part is banned for longer, the rest is still better avoided."""
    found = titles_of(
        entry("avoid: sun\nuntil: 3 days after, if possible 10", "wish")
        + entry("avoid: sunbathing\nuntil: 6 weeks after", "part")
    )
    assert "Perhaps fine Mon: sun" in found


def test_release_at_an_unknown_hour_is_not_told_for_the_whole_day() -> None:
    """A whole-day appointment: what is free by noon at the latest may not be so at breakfast."""
    found = titles_of("- {id: it, avoid: sun, until: 12 hours after}", "2026-12-10")
    assert found[-1] == "Fine again Fri 12:00 pm: sun"


def test_an_hour_that_must_be_asked_for_is_only_perhaps() -> None:
    """Where too long hurts as well, the later of two readings is no release to wait for."""
    found = titles_of("- {id: it, avoid: food, until: 12 hours after}", "2026-12-10")
    assert found[-1].startswith("Perhaps fine Fri")


def test_what_a_ban_may_forbid_is_perhaps_to_be_done() -> None:
    """A duty that all have, and a ban whose factor nobody asked for."""
    found = titles_of(
        """
        - {id: it, use: lotions, from: 1 day after, until: 5 days after}
        - {id: ban, avoid: lotions, until: 3 days after, if: diabetes}
        """
    )
    assert found[1].startswith("Perhaps use lotions from Fri")


def test_medicines_of_two_bans_are_some() -> None:
    """“One of your medicines” would leave a reader content with the first."""
    bans = entry("avoid: warfarin\nfrom: 3 days before\nuntil: start", "one")
    interval = entry("wait-since: semaglutide\nat-least: 4 days before", "two")
    both = bans + entry("avoid: insulin\nfrom: 3 days before\nuntil: start", "three") + interval
    said = "Stop {} of your medicines"
    assert any(each.startswith(said.format("one")) for each in titles_of(bans))
    assert any(each.startswith(said.format("some")) for each in titles_of(both))


def test_a_private_dose_has_a_harmless_word() -> None:
    """A lock screen doesn't tell of an antiviral."""
    assert titles_of(entry("take: antiviral\non: 3 days before"))[0] == (
        "Take prescribed course Mon"
    )
