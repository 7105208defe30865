"""Rules in the few words of a narrow cell: what the side says by itself is left out, no fact."""

from __future__ import annotations

import pytest

from microcare.core.compare.protocols import compare_protocols
from microcare.wording.compare.cells import item_words, topic_rules
from microcare.wording.compare.folding import Item
from microcare.wording.compare.short_rules import shorten
from tests.core.compare.comparing import compare
from tests.samples import entry, protocol

CELLS = [
    ("avoid: sauna\nfrom: 48 hours before", "48 h"),
    ("avoid: sauna\nfrom: 5 to 7 days before", "5–7 d"),
    ("avoid: sauna\nfrom: 1 month before", "1 month"),
    ("wait-since: laser\nat-least: 2 weeks before", "2 weeks"),
    ("avoid: sauna\nat: start", "at start"),
    ("avoid: sauna\non: treatment day", "all day"),
    ("avoid: sauna\non: treatment day\narea: treated area", "all day*"),
    ("avoid: sauna\nfrom: 21:00 the day before", "from 21:00 the day before to the treatment"),
    ("avoid: sauna\nuntil: 3 days after, if possible 10", "3 d, if possible 10"),
    ("avoid: sauna\nuntil: at least 10 days after", "at least 10 d"),
    ("avoid: sauna\nuntil: the morning after", "until the morning after"),
    ("avoid: sauna\nfrom: end", "no end"),
    ("avoid: sauna\nfrom: day 1", "from day 1, no end"),
    ("may-resume: sauna\nonce: your skin has healed", "until skin has healed"),
    ("avoid: sauna\nuntil: 2 days after\nuntil-state: your skin has healed", "2 d or until skin"),
    ("may-resume: sauna\nfrom: 72 hours after", "72 h"),
    ("may-resume: sauna\nfrom: day 1", "until day 1"),
    ("avoid: skin-products\nexcept: sunscreen\nuntil: 1 day after", "1 d*"),
    ("avoid: sauna\nuntil: 2 days after\nask-first: your doctor", "2 d, first ask your doctor"),
    ("use: sunscreen\non: days 2 to 7\namounts: {spf-min: 30}", "days 2–7, SPF 30+"),
    ("use: sunscreen\nfrom: end\nevery: 2 hours\nstrength: should", "no end, advised, every 2 h"),
    ("use: sunscreen\nfrom: 2 days before\nuntil: 2 days after", "2 d before to 2 d after"),
    ("take: antiviral\nuntil: no later than 1 hour before", "no later than 1 h before"),
    ("may: makeup\non: day 7 on", "day 7 on"),
    ("arrive: clean-skin\nat: start", "yes"),
    ("expect: redness\nuntil: 3 days after", "3 d"),
    ("expect: redness\nuntil-words: up to a few days", "up to a few days"),
    ("screen: pregnancy", "yes"),
]


@pytest.mark.parametrize(("fields", "words"), CELLS)
def test_cell(fields: str, words: str) -> None:
    """A time in short, then what else is counted."""
    sheet = protocol(entry(fields), "day-1: next day")
    found = compare_protocols(sheet, sheet)
    row = found.compared[0]
    for side in (0, 1):
        cell = ", ".join(topic_rules((row,), side, found))
        assert cell.startswith(words)
        assert item_words(Item((row,)), side, found) == cell


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (("day 1", "days 2 to 7", "day 7 on"), "day 1 on"),
        (("day 1", "days 2 to 7"), "days 1–7"),
        (("day 1", "days 3 to 7"), "day 1, days 3–7"),
        (("days 2 to 7", "1 day after"), "days 2–7, until 1 d after"),
    ],
)
def test_numbered_days_that_follow_one_another_are_one(days: tuple[str, ...], words: str) -> None:
    """A gap stays a gap."""
    rules = "\n".join(f"use: moisturizer, on: {each}" for each in days if each != "1 day after")
    if "1 day after" in days:
        rules += "\nuse: moisturizer, until: 1 day after"
    found = compare(rules, rules, "day-1: next day")
    assert topic_rules(found.compared, 0, found) == (words,)


def test_duty_is_told_without_what_it_includes() -> None:
    """Of everyone and longer; what is asked of some beside it is pointed at."""
    rules = """
        use: sunscreen, from: end, every: 2 hours, amounts: {spf-min: 30}
        use: sunscreen, from: day 1, amounts: {spf-min: 30}
        use: sunscreen, from: end, amounts: {spf-min: 50}, if: outdoors
    """
    found = compare(rules, "use: sunscreen, from: end", "day-1: next day")
    assert topic_rules(found.compared, 0, found) == (
        "no end, SPF 30+, every 2 h",
        "more if you are outdoors",
    )


def test_bans_of_a_group_stay_where_they_may_last_longer() -> None:
    """A state of the body may, a shorter time may not."""
    rules = """
        avoid: retinoids, until: 3 days after
        avoid: skin-care-routine, until-state: your skin has healed
        avoid: skin-products, until: 1 day after
    """
    found = compare(rules, rules)
    row = next(each for each in found.compared if each.topic == "retinoids")
    assert topic_rules((row,), 0, found) == ("3 d and until skin has healed",)


def test_no_word_is_changed_that_is_not_known() -> None:
    """What a sheet says in its own way stays."""
    assert shorten("the day before your skin closes, 20 to 30 minutes") == (
        "the day before skin closes, 20–30 min"
    )
