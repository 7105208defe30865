"""A rule's time in the words of its sheet."""

from __future__ import annotations

import pytest

from microcare.wording.rules import rule_text
from tests.samples import entry, protocol


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ("avoid: ibuprofen", None),
        ("avoid: waxing\nfrom: 5–7 days before", "5–7 days before"),
        ("avoid: sun\nuntil: 3 days after, if possible 10", "until 3 days after, if possible 10"),
        (
            "avoid: heat\nfrom: 2 days before\nuntil: 48 hours after",
            "2 days before until 48 hours after",
        ),
        ("avoid: shaving\non: treatment day", "treatment day"),
        ("arrive: early-arrival\nat: 20 to 30 minutes before", "20 to 30 minutes before"),
        ("wait-since: laser\nat-least: 2 weeks before", "2 weeks before"),
        ("may-resume: makeup\nfrom: 72 hours after", "72 hours after"),
        ("may-resume: makeup\nonce: it has healed", "once it has healed"),
        ("avoid: makeup\nuntil-state: it has healed", "until it has healed"),
        (
            "avoid: makeup\nuntil: 48 hours after\nuntil-state: it has healed",
            "until 48 hours after or until it has healed",
        ),
        (
            "avoid: makeup\nuntil: 48 hours after\nuntil-state: it has healed\nwhichever: later",
            "until 48 hours after and until it has healed",
        ),
        ("expect: redness\nuntil-words: a few days", "for a few days"),
        ("avoid: sauna\nfrom: the day before\nfor: 5 days", "from the day before for 5 days"),
        ("avoid: sauna\nfrom: 1 hour after\nfor: 5 days", "from 1 hour after for 5 days"),
        ("may-resume: makeup\nfrom: next day", "from next day"),
        (
            "may-resume: makeup\nfrom: 3 days after\nonce: it has healed\nwhichever: earlier",
            "3 days after or, if sooner, once it has healed",
        ),
    ],
)
def test_the_rule_is_the_files_own_words(fields: str, rule: str | None) -> None:
    """So that a plan can quote what it was worked out from."""
    sheet = protocol(entry(fields))
    assert rule_text(sheet.instructions[0], sheet) == rule


@pytest.mark.parametrize(
    ("fields", "rule", "short"),
    [
        ("do: washing\nuntil: by 3 hours before", "until by 3 hours before", "by 3 hours before"),
        (
            "do: washing\nfrom: the day before\nuntil: no later than 2 hours before",
            "the day before until no later than 2 hours before",
            "the day before, no later than 2 hours before",
        ),
        ("do: washing\nuntil: 3 hours before", "until 3 hours before", "until 3 hours before"),
        ("do: washing\nuntil: by the day before", "until by the day before", "by the day before"),
        (
            "wait-since: laser\nat-least: at least 2 weeks before",
            "at least 2 weeks before",
            "2 weeks before",
        ),
    ],
)
def test_short_rule_doubles_nothing(fields: str, rule: str, short: str) -> None:
    """“By” says by itself that it is an end, a minimum interval that it is the least."""
    sheet = protocol(entry(fields))
    (found,) = sheet.instructions
    assert (rule_text(found, sheet), rule_text(found, sheet, short=True)) == (rule, short)


@pytest.mark.parametrize(
    ("times", "rule"),
    [
        ("until: 2 days after pain-relief", "until 2 days after ibuprofen and acetaminophen"),
        ("from: End of the Pain relief", "from End of ibuprofen and acetaminophen"),
        ("at: 21:00 the day before my-cream", "21:00 the day before numbing cream (face)"),
        ("at: by 9 pm the day before your my-cream", "by 9 pm the day before numbing cream (face)"),
        ("from: 3 days after my-cream, if possible 10", "3 days after numbing cream (face), if"),
        ("on: first 3 days after my-cream", "first 3 days after numbing cream (face)"),
        ("from: 4 hours after e1", "4 hours after the red light"),
        ("until: 4 hours after surgery", "until 4 hours after surgery"),
    ],
)
def test_what_a_time_counts_from_is_named_by_its_label(times: str, rule: str) -> None:
    """An id is the file's own; a patient reads what the other instruction is about."""
    others = entry("take: [ibuprofen, acetaminophen]\nfor: 2 days", "pain-relief")
    others += entry("use: numbing-cream\nat: 30 minutes before\narea: face", "my-cream")
    sheet = protocol(others + entry(f"do: washing\n{times}"), "anchors: {e1: the red light}")
    assert (rule_text(sheet.by_id["it"], sheet) or "").startswith(rule)
