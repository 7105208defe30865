"""Verdicts in sentences: who is stricter, and why a reader can believe it."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from microcare.core.compare.comparison import Verdict
from microcare.core.compare.protocols import compare_protocols
from microcare.wording.compare.outline import outline_comparison
from microcare.wording.compare.verdicts import ProtocolNames, VerdictWriter, verdict_words
from tests.core.compare.comparing import compare
from tests.example_sheets import NAMES, sheet
from tests.samples import entry, protocol

if TYPE_CHECKING:
    from microcare.core.sheet.protocol import Protocol

BAN = "avoid: aspirin, from: 3 days before"


def named(ident: str, fields: str) -> Protocol:
    """Return a protocol with this id and one instruction, its keys on a line."""
    return replace(protocol(f"- {{id: it, {fields}}}"), id=ident)


def sentences(left: str, right: str, header: str = "") -> list[str]:
    """Return the sentence on each row of two protocols, each given as its instructions."""
    found = compare(left, right, header)
    return [VerdictWriter(found).sentence(row) for row in found.compared]


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        (
            "avoid: sun, until: 2 weeks after",
            "avoid: sun, until: 14 days after",
            "Both mean the same: “until 2 weeks after” and “until 14 days after”.",
        ),
        (
            "avoid: sun, from: 72 hours before",
            "avoid: sun, from: 3 days before",
            (
                "right is stricter: 3 days before against 72 hours before. Hours count from the "
                "appointment's own time, whole days begin and end at midnight: that decides "
                "between lengths of one size."
            ),
        ),
        (
            "avoid: sun, from: 1 month before",
            "avoid: sun, from: 30 days before",
            (
                "They differ in when it begins: left says “1 month before”, right “30 days "
                "before”. 1 month is 28 to 31 days, so which is longer depends on the month."
            ),
        ),
        (
            "avoid: sun, from: end",
            "avoid: sun, until: 3 days after",
            (
                "They differ in when it ends: left says “from the treatment on, no end "
                "stated”, right “until 3 days after”. left states no end, so which lasts longer "
                "can't be said."
            ),
        ),
        (
            "may-resume: sun, from: 72 hours after",
            "avoid: sun, until: 48 hours after",
            "left is stricter: may resume 72 hours after against until 48 hours after.",
        ),
        (
            "wait-since: sun, at-least: 5 days before",
            "avoid: sun, from: 5 days before",
            (
                "right is stricter: 5 days before against last one at least 5 days before. A "
                "waiting time lets the counted day itself be fine; a ban that counts days begins "
                "with it."
            ),
        ),
        ("screen: pregnancy", "screen: pregnancy", "Both say it."),
        (
            "take: antiviral, strength: should",
            "take: antiviral",
            (
                "They differ in how binding it is: left says “no time stated, advised”, right "
                "“no time stated”. How binding it is: left recommends it and right demands it."
            ),
        ),
    ],
)
def test_sentence_gives_the_reason(left: str, right: str, said: str) -> None:
    """A verdict can be believed without opening the files."""
    found = compare_protocols(named("left", left), named("right", right))
    (row,) = found.compared
    assert VerdictWriter(found).sentence(row) == said


def test_sentences_say_how_often_and_how_much() -> None:
    """Each side in full, and in what they differ."""
    left = protocol(
        entry("take: ibuprofen\nfrom: next day\nsteps: [{for: 1 week, daily: 4, dose: 1 drop}]")
    )
    right = protocol(
        entry("take: ibuprofen\nfrom: next day\ndaily: 3\namounts: {daily-max: 1200 mg}")
    )
    found = compare_protocols(left, right)
    (sentence,) = (VerdictWriter(found).sentence(row) for row in found.compared)
    for words in ("1 drop 4 times a day for 1 week", "at most 1200 mg a day", "3 times a day"):
        assert words in sentence
    assert "the most in a day" in sentence
    assert "how often" in sentence
    assert "states no date for the end but that of the course" in sentence


def test_persons_are_in_the_verdict() -> None:
    """Each side names them, and the sentence says what follows."""
    asked = compare(f"{BAN}, ask-first: your doctor", BAN)
    assert VerdictWriter(asked).sentence(asked.compared[0]) == (
        "They differ in whom to ask first: sample (A) says “3 days before, first ask your doctor”, "
        "sample (B) “3 days before”. Where another person is asked first, the rule alone "
        "doesn't decide."
    )
    lifted = compare(BAN, f"{BAN}, unless-told-by: your surgeon")
    assert (
        VerdictWriter(lifted)
        .sentence(lifted.compared[0])
        .endswith(
            "3 days before against 3 days before, unless your surgeon tells you otherwise. "
            "A rule that nobody may lift is stricter than one that a person may lift."
        )
    )


@pytest.mark.parametrize(("left", "right"), [*combinations(NAMES, 2)])
def test_unlike_treatments_can_be_compared(left: str, right: str) -> None:
    """What has nothing in common is told, every row in a whole sentence."""
    found = compare_protocols(sheet(left), sheet(right))
    writer = VerdictWriter(found)
    for row in found.compared:
        sentence = writer.sentence(row)
        assert sentence.endswith((".", "”"))
        assert "None" not in sentence
    assert outline_comparison(found).sections


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (Verdict.SAME, "= same"),
        (Verdict.LEFT_STRICTER, "< ours"),
        (Verdict.RIGHT_STRICTER, "> theirs"),
        (Verdict.ONLY_LEFT, "<· only ours"),
        (Verdict.ONLY_RIGHT, "·> only theirs"),
        (Verdict.DIFFERS, "≠ differs"),
    ],
)
def test_verdict_in_a_column(verdict: Verdict, words: str) -> None:
    """A sign and words; who is stricter is named."""
    assert verdict_words(verdict, ProtocolNames("ours", "theirs")) == words


@pytest.mark.parametrize(
    ("left", "right", "remark"),
    [
        (
            "avoid: makeup, until-words: a few days",
            "avoid: makeup, until: 3 days after",
            "sample (A) gives no date for the end, only “a few days”.",
        ),
        (
            "avoid: makeup, until: 2 days after",
            "avoid: makeup, until-state: healed",
            "sample (B) names a state of the body as an end, which no date can be compared with.",
        ),
        (
            "avoid: makeup, until: 2 days after, until-state: healed",
            "avoid: makeup, until: 2 days after",
            "sample (A) doesn't say which counts, the time or the state; read as the later.",
        ),
        (
            "expect: redness, until: 2 days after, until-state: healed",
            "expect: redness, until: 2 days after",
            "sample (A) doesn't say which counts, the time or the state; read as the earlier.",
        ),
        (
            "avoid: makeup, from: end, until: day 3",
            "avoid: makeup, until: 5 days after",
            "sample (A) doesn't say which date its Day 1 is; both are covered.",
        ),
    ],
)
def test_what_can_not_be_compared_is_told(left: str, right: str, remark: str) -> None:
    """Whose words leave it open, and how they were read."""
    (sentence,) = sentences(left, right, "day-1: unstated")
    assert sentence.endswith(remark)


def test_bans_of_two_places_have_a_reason() -> None:
    """Where no remark on time or persons explains why none is stricter, this one does."""
    face, neck = (f"avoid: makeup, until: 1 day after, area: {area}" for area in ("face", "neck"))
    (sentence,) = sentences(face, neck)
    assert sentence.startswith("They differ in the area: ")
    assert sentence.endswith(" Neither forbids all that the other does.")


def test_same_on_one_side_of_the_treatment_says_on_which() -> None:
    """Two windows across the treatment may agree before it and not after it."""
    before, after = sentences(
        "avoid: sauna, from: 48 hours before, until: 2 days after",
        "avoid: sauna, from: 2880 minutes before, until: 1 day after",
    )
    assert before.startswith("Before the treatment both mean the same: “48 hours before until 2 ")
    assert after.startswith("sample (A) is stricter: ")


def test_condition_in_other_words_is_told_of_each() -> None:
    """Whether it is the same is the reader's to judge."""
    (sentence,) = sentences(
        "avoid: sauna, if: {any: [pregnancy, warts]}",
        "avoid: sauna, if: {any: [warts, pregnancy]}",
    )
    assert sentence.endswith(
        "The condition is worded differently: sample (A) “if you are pregnant or you have warts” "
        "and sample (B) “if you have warts or you are pregnant”."
    )
