"""A rule in the words of a table's cell: nothing lost, nothing doubled."""

from __future__ import annotations

import pytest

from microcare.core.compare.protocols import compare_protocols
from microcare.wording.compare.sayings import read_told
from tests.samples import entry, protocol

CELLS = [
    ("avoid: sauna\nfrom: 48 hours before", "48 hours before"),
    ("avoid: sauna\nfrom: 21:00 the day before", "21:00 the day before until the treatment"),
    ("avoid: sauna\nfrom: the day before", "the day before until the treatment"),
    ("take: water\nfrom: not before 5 am on treatment day\nuntil: by 3 hours before", ", by 3 h"),
    ("take: water\nuntil: no later than 2 hours before", "no later than 2 hours before"),
    ("take: water\nuntil: 2 days after\nstrength: may", "until 2 days after, optional"),
    ("may: sauna\nfrom: 2 days after\nuntil: 5 days after", "2 days after until 5 days after"),
    ("avoid: sauna\nfrom: 2 hours after", "from 2 hours after on, no end stated"),
    ("take: water\nfrom: 18:00 the day before\nevery: 1 hour\ncount: 3", "3 times in all"),
    ("wait-since: laser\nat-least: 4 weeks before and after", "last one at least 4 weeks before"),
    (
        "take: water\nfrom: next day\nsteps: [{for: 1 week, daily: 2, dose: 1 g}, {daily: 1}]",
        "1 g twice a day for 1 week, then once a day",
    ),
    ("avoid: sauna\nuntil: 2 days after\narea: face\nask-first: your doctor", "face, first ask"),
]


@pytest.mark.parametrize(("fields", "words"), CELLS)
def test_cell(fields: str, words: str) -> None:
    """The time, what else is counted, and the persons, each once."""
    sheet = protocol(entry(fields))
    row = compare_protocols(sheet, sheet).compared[0]
    said = read_told(row.left, row, sheet).words
    assert said is not None
    assert words in said
    assert "until by" not in said
    assert "until until" not in said
    assert "from from" not in said


@pytest.mark.parametrize(
    ("fields", "words", "added"),
    [
        ("tell: cold-sore-breakout", "yes", None),
        (
            "tell: cold-sore-breakout\nask-first: your doctor",
            "yes, first ask your doctor",
            "first ask your doctor",
        ),
        (
            "tell: cold-sore-breakout\nuntil: 2 days after",
            "until 2 days after",
            "until 2 days after",
        ),
        ("avoid: sauna", "no time stated", "no time stated"),
    ],
)
def test_what_is_added_to_a_rule_that_needs_no_time(
    fields: str, words: str, added: str | None
) -> None:
    """A cell is never empty; a sentence that says it already leaves the “yes” out."""
    sheet = protocol(entry(fields))
    (row,) = compare_protocols(sheet, sheet).compared
    assert read_told(row.left, row, sheet).words == words
    assert read_told(row.left, row, sheet).added == added


def test_a_wider_rule_keeps_its_yes() -> None:
    """“Said of medicines” alone would say nothing."""
    wide = protocol(entry("tell: anti-inflammatories"))
    narrow = protocol(entry("tell: ibuprofen"))
    rows = {row.topic: row for row in compare_protocols(wide, narrow).compared}
    row = rows["ibuprofen"]
    label = wide.topics["anti-inflammatories"].label
    assert read_told(row.left, row, wide).words == f"yes (said of {label})"
    assert read_told(row.left, row, wide).added == f"yes (said of {label})"


@pytest.mark.parametrize(
    ("first", "second", "added"),
    [
        ("", "ask-first: your doctor", "yes; yes, first ask your doctor"),
        ("ask-first: your doctor", "", "first ask your doctor; yes"),
    ],
)
def test_of_several_rules_each_is_told(first: str, second: str, added: str) -> None:
    """What the sentence says already is left out of the first alone."""
    rules = entry(f"tell: cold-sore-breakout\n{first}", "a") + entry(
        f"tell: cold-sore-breakout\n{second}", "b"
    )
    sheet = protocol(rules)
    (row,) = compare_protocols(sheet, sheet).compared
    assert read_told(row.left, row, sheet).added == added


def test_numbered_days_say_which_days_they_are() -> None:
    """Day 7 of one sheet may be the day before that of another: no cell says “day 7” alone."""
    fields = entry("expect: smooth-skin\non: day 7 on")
    ours, theirs = (protocol(fields, f"day-1: {day}") for day in ("treatment day", "next day"))
    row = compare_protocols(ours, theirs).compared[0]
    assert read_told(row.left, row, ours).words == "day 7 on (from 6 days after)"
    assert read_told(row.right, row, theirs).words == "day 7 on (from 7 days after)"
