"""Titles of single events: of bars and of moments, with nothing private in them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from microcare.core.sheet.protocol import Clinic
from microcare.export.ics.builder import build_events
from microcare.export.ics.event_titles import cut_title, list_governing, moment_title, span_title
from microcare.export.ics.title_names import TitleNames
from microcare.wording.plan.words import PlanWords
from tests.export.ics.titling import BARS, EACH, all_answers, clinic, private_names, titles
from tests.samples import entry, plan

if TYPE_CHECKING:
    from collections.abc import Iterable


def named_in(words: Iterable[str], shown: Iterable[str]) -> set[str]:
    """Return which of these words stand in a title, whatever their case."""
    text = "\n".join(shown).casefold()
    return {
        word
        for word in words
        # Most words are nowhere in it, which needs no pattern to be found out.
        if word.casefold() in text
        if re.search(rf"\b{re.escape(word.casefold())}\b", text) is not None
    }


@EACH
def test_no_title_names_what_is_private(name: str) -> None:
    """Neither a private topic nor a brand stands in a title, whatever was answered."""
    brands = {"Botox", "Dysport", "Xeomin", "Accutane", "Valtrex", "Tylenol", "Motrin", "Advil"}
    private = private_names(clinic(name)) | brands
    assert {"isotretinoin", "antiviral medicine", "antiviral", "blood thinners"} <= private
    for answers in all_answers(name):
        assert named_in(private, titles(name, answers=answers)) == set()


@EACH
def test_what_anybody_may_read_is_named(name: str) -> None:
    """A title that hides a cream tells nobody what to leave off."""
    topics = clinic(name).topics.values()
    public = {each.short for each in topics if not each.private}
    told = named_in(public, titles(name))
    assert told >= {"retinoids", "sunscreen", "sun"}


@EACH
def test_no_title_names_a_patient_factor(name: str) -> None:
    """What a patient has or is told nobody; what depends on it is “perhaps” so."""
    factors = clinic(name).factors.values()
    words = {text for factor in factors for text in (factor.yes, factor.no, factor.ask)}
    words |= {"prone", "cold sores", "cold sore", "numbing cream", "pregnant", "peel was", "if you"}
    for answers in all_answers(name):
        assert named_in(words, titles(name, answers=answers)) == set()


def test_a_bar_names_its_exceptions() -> None:
    """The title of a bar forbids no more than its rule."""
    rule = entry("avoid: skin-products\nexcept: [moisturizer]\non: treatment day")
    events = build_events(plan(rule), Clinic(), BARS)
    assert "avoid: skin products (except moisturizer)" in {event.summary for event in events}


def test_a_bar_tells_nothing_private() -> None:
    """It sends to its description, beside what anybody may read."""
    rule = entry("avoid: [warfarin, retinol]\non: treatment day")
    events = build_events(plan(rule), Clinic(), BARS)
    title = "avoid: retinoids, one of your medicines: see inside"
    assert title in {event.summary for event in events}


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        (
            "from: 8 am the day before\nuntil: 11 am the day before",
            "avoid: sauna (8:00 am to 11:00 am)",
        ),
        ("from: 8 am the day before\nuntil: 11 am on treatment day", "avoid: sauna"),
        ("on: treatment day", "avoid: sauna"),
    ],
)
def test_a_bar_within_a_day_has_its_hours(fields: str, title: str) -> None:
    """A bar of several days shows them itself, and a whole day has none."""
    made = plan(entry(f"avoid: sauna\n{fields}"))
    (each,) = made.instructions
    (time,) = list_governing(each)
    names = TitleNames(made.protocol)
    assert span_title(each, time, made, PlanWords(made), names) == title


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ("do: washing\nat: by 9 am the day before", "Do: washing treated skin by Wed 9:00 am"),
        ("do: washing\nat: not before 9 am the day before", "Do: washing treated skin"),
        ("do: washing\nat: 2 hours after", "Do: washing treated skin"),
        ("do: washing\nat: the day before", "Do: washing treated skin"),
        ("call-if: questions", "Perhaps call us about questions or concerns"),
    ],
)
def test_a_deadline_alone_tells_its_time(fields: str, title: str) -> None:
    """A calendar shows when an event is; not that this is the last moment for it."""
    made = plan(entry(fields))
    names, words = TitleNames(made.protocol), PlanWords(made)
    assert moment_title(made.instructions[0], made, words, names, perhaps=False) == title


def bars(instructions: str) -> list[tuple[str, str, str]]:
    """Return the bars of a few instructions: title, first and last date."""
    events = build_events(plan(instructions), Clinic(), BARS)
    plain = {each.uid for each in build_events(plan(instructions), Clinic())}
    return [
        (each.summary, each.start.isoformat(), (each.end - timedelta(days=1)).isoformat())
        for each in events
        if each.uid not in plain and each.end is not None
    ]


def test_a_bar_begins_when_its_rule_governs() -> None:
    """For the days on which a ban forbids it there is none."""
    assert bars(
        entry("use: sunscreen\nfrom: 1 day after\nuntil: 9 days after", "duty")
        + entry("avoid: sunscreen\nuntil: 4 days after", "ban")
    ) == [
        ("avoid: sunscreen", "2026-12-10", "2026-12-14"),
        ("use: sunscreen", "2026-12-15", "2026-12-19"),
    ]


def test_a_bar_ends_when_a_ban_begins() -> None:
    """What is interrupted has a bar before and one after."""
    assert bars(
        entry("use: sunscreen\nfrom: 5 days before\nuntil: 9 days after", "duty")
        + entry("avoid: sunscreen\nfrom: 2 days before\nuntil: 4 days after", "ban")
    ) == [
        ("use: sunscreen", "2026-12-05", "2026-12-07"),
        ("avoid: sunscreen", "2026-12-08", "2026-12-14"),
        ("use: sunscreen", "2026-12-15", "2026-12-19"),
    ]


def test_a_bar_names_what_no_ban_forbids() -> None:
    """Of two things one is banned for a time, and the bar then names the other."""
    assert bars(
        entry("use: [sunscreen, moisturizer]\nfrom: next day\nuntil: 9 days after", "duty")
        + entry("avoid: sunscreen\nuntil: 4 days after", "ban")
    ) == [
        ("avoid: sunscreen", "2026-12-10", "2026-12-14"),
        ("use: moisturizer", "2026-12-11", "2026-12-14"),
        ("use: sunscreen, moisturizer", "2026-12-15", "2026-12-19"),
    ]


def test_what_is_banned_throughout_has_no_bar() -> None:
    """A permission within a longer ban is no time to do it."""
    assert bars(
        entry("may: swimming\nfrom: 2 days after\nuntil: 6 days after", "permission")
        + entry("avoid: swimming\nuntil: 2 weeks after", "ban")
    ) == [("avoid: swimming", "2026-12-10", "2026-12-24")]


@pytest.mark.parametrize("time", ["2:30 pm", "2:30 p.m.", "14:30"])
def test_no_clock_time_is_torn(time: str) -> None:
    """Half of a time is another time."""
    title = f"Stop it from Thu {time} + 20 more"
    begins = title.index(time)
    for longest in range(begins, len(title)):
        cut = cut_title(title, longest)
        assert len(cut) <= longest
        assert time in cut or not re.search(r"\d", cut[begins - 1 :])
