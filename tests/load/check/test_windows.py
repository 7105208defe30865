"""Windows that a reader would doubt: of another side than their section, for a state, too long."""

from __future__ import annotations

import pytest

from microcare.load.check.checked_files import check_text
from microcare.load.library.folders import find_built_in_folder
from tests.load.check.doubted import doubts
from tests.samples import HEADER

_AFTER = "avoid: sauna, until: 48 hours after, say: No sauna."
_BEFORE = "avoid: sauna, from: 48 hours before, say: No sauna."


def sided(rule: str, say: str, source: str, *neighbours: str) -> bool:
    """Return whether an instruction is on a strange side for a section with these neighbours."""
    name = source.rpartition(",")[0] or source
    more = (f'{each}, source: "{name}, item {n}"' for n, each in enumerate(neighbours, 2))
    return "other-side" in doubts(f'{rule}, source: "{source}"', say, *more)


@pytest.mark.parametrize(
    "source",
    [
        "Aftercare, item 1",
        "Post-treatment instructions, bullet 1",
        "After your treatment, no. 1",
        "After the visit, first bullet",
        "Recovery, § 1",
        "p. 2, After, 1",
        "Day 1, sentence 1",
    ],
)
def test_wrong_word_in_a_section_about_afterwards(source: str) -> None:
    """One neighbour is enough where the section's name says it too."""
    assert sided("avoid: makeup, until: 48 hours before", "No makeup.", source, _AFTER)
    assert sided("avoid: sun, from: 1 day before, until: 2 days after", "No.", source, _AFTER)


def test_section_is_found_by_its_words_too() -> None:
    """Each rule may stand under a word of its own, and the section without any number."""
    heat = f"{_AFTER}, source: 'After: heat'"
    assert "other-side" in doubts(
        "avoid: sun, until: 2 days before, source: 'After: sun'", "No.", heat
    )
    same = f"{_AFTER}, source: Afterwards"
    assert "other-side" in doubts(
        "avoid: sun, until: 2 days before, source: Afterwards", "No.", same
    )


def test_section_whose_name_says_nothing() -> None:
    """Three neighbours make it one of their side; a mixed one is none."""
    rule = ("avoid: makeup, until: 48 hours before", "No makeup.", "Leaflet, item 1")
    assert sided(*rule, _AFTER, _AFTER, _AFTER)
    assert not sided(*rule, _AFTER, _AFTER)
    assert not sided(*rule, _AFTER, _AFTER, _AFTER, _BEFORE)


def test_sentence_that_names_its_side_is_believed() -> None:
    """It says the same as the rule, so no word slipped."""
    rule, source = (
        "avoid: alcohol, from: 24 hours before, until: 24 hours after",
        "Aftercare, item 1",
    )
    assert sided(rule, "No alcohol.", source, _AFTER)
    assert not sided(rule, "No alcohol 24 hours before and after your visit.", source, _AFTER)
    assert not sided(rule, "No alcohol from the day before your treatment on.", source, _AFTER)
    assert sided(rule, "Wait 24 hours before you drink alcohol.", source, _AFTER)


def test_number_alone_is_no_section() -> None:
    """A sheet without headings has everything in one list."""
    more = [f"{_AFTER}, source: item {number}" for number in range(2, 7)]
    assert "other-side" not in doubts(
        "avoid: makeup, until: 48 hours before, source: item 1", "No makeup.", *more
    )


def test_wrong_word_in_a_section_about_before() -> None:
    """What comes after is announced there at times, so two neighbours must agree."""
    rule = ("avoid: makeup, from: 48 hours after", "No makeup.", "Before, item 1")
    assert sided(*rule, _BEFORE, _BEFORE)
    assert not sided(*rule, _BEFORE)


@pytest.mark.parametrize(
    ("rule", "say"),
    [
        (
            "avoid: driving, until: 24 hours after",
            "Do not drive for 24 hours after your treatment.",
        ),
        ("avoid: driving, until: 24 hours after", "Do not drive for 24 hours afterwards."),
        ("arrange: escort, at: end", "An adult takes you home."),
        ("arrange: escort, until: 24 hours after", "Let somebody stay with you for 24 hours."),
        ("expect: swelling, until: 3 days after", "You may swell for 3 days."),
        ("avoid: makeup, from: 2 days before, until: 2 days after", "No makeup."),
        ("avoid: makeup, on: treatment day", "No makeup on the day."),
    ],
)
def test_what_belongs_to_a_section_about_before(rule: str, say: str) -> None:
    """It reaches beyond the treatment, announces what comes, or says itself that it does."""
    assert not sided(rule, say, "Before your treatment, item 1", _BEFORE, _BEFORE)


@pytest.mark.parametrize(
    ("clinic", "old", "new"),
    [
        (
            "clinic-a",
            "until: 48 hours after\n    say:\n      en: Stay away from heat",
            "until: 48 hours before",
        ),
        (
            "clinic-b",
            "until: 24 hours after\n    say:\n      en: Avoid strenuous",
            "until: 24 hours before",
        ),
        (
            "clinic-a",
            "from: 72 hours before\n    say:\n      en: Do not wax",
            "from: 72 hours after",
        ),
    ],
)
def test_one_wrong_word_in_a_clinics_file(clinic: str, old: str, new: str) -> None:
    """It is told at its time, and nothing else is."""
    text = (find_built_in_folder() / f"{clinic}.yaml").read_text(encoding="utf-8")
    head, _, tail = old.partition("\n")
    assert old in text
    usual = check_text(text, "clinic.yaml")
    wrong = check_text(text.replace(old, f"{new}\n{tail}"), "clinic.yaml")
    (found,) = [each for each in wrong if each not in usual and each.code.value != "conflict"]
    line = text[: text.index(old)].count("\n") + 1
    assert (found.line, found.column) == (line, 5 + len(head.partition(" ")[0]) + 1)
    assert found.code.value == "other-side"


_STATES = [
    ("on: treatment day", "Come without makeup.", True),
    ("on: treatment day", "Arrive with a clean face, free of makeup.", True),
    ("on: the morning of treatment", "Come without makeup.", True),
    ("on: treatment day", "Please wear no makeup to your appointment.", True),
    ("from: the day before, until: treatment day", "Come to us with no makeup on.", True),
    ("on: treatment day", "Do not come with makeup on.", True),
    ("on: treatment day", "Leave makeup off.", False),
    ("at: start", "Come without makeup.", False),
    ("on: treatment day", "Come without makeup; leave it off for the rest of the day.", False),
    ("until: 24 hours after", "Come without makeup.", False),
]


@pytest.mark.parametrize(("time", "say", "told"), _STATES)
def test_state_at_arrival_is_no_ban_for_a_day(time: str, say: str, told: bool) -> None:
    """A plan would say “fine again” on the next day, though the sheet only says how to come."""
    assert ("state-for-a-day" in doubts(f"avoid: makeup, {time}", say)) is told


_LENGTHS = [
    ("from: evening of treatment day, for: 7 days", True),
    ("from: the morning after, for: 1 week", True),
    ("from: bedtime on day 2, for: 3 to 5 days", True),
    (
        "from: evening of treatment day, steps: [{for: 1 week, daily: 2}, {for: 2 days, daily: 1}]",
        True,
    ),
    ("from: evening of treatment day, daily: 2, count: 14", False),
    ("from: evening of treatment day, for: 12 hours", False),
    ("from: evening of treatment day, for: 7 days, note: The evening comes before them.", False),
    ("from: next day, for: 7 days", False),
    ("from: end, for: 7 days", False),
]


@pytest.mark.parametrize(("times", "told"), _LENGTHS)
def test_days_from_a_part_of_a_day_are_one_date_more(times: str, told: bool) -> None:
    """Unless the doses are counted, or a note says how it is meant."""
    assert ("one-date-more" in doubts(f"take: antiviral, {times}", "Take it.")) is told


def test_dates_are_counted() -> None:
    """A week from an evening on has parts of eight."""
    rule = "take: antiviral, from: evening of treatment day, for: 1 week, say: Take it."
    (found,) = check_text(f"{HEADER}instructions:\n  - {{id: a, {rule}}}\n", "sample.yaml")
    assert found.message == "From “evening of treatment day” on, 7 days reach over 8 dates."
