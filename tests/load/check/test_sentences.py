"""A sentence beside its rule: what differs is told, what only reads otherwise is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from microcare.load.check.checked_files import check_text
from tests.load.check.doubted import doubts
from tests.samples import HEADER

_LINES = Path(__file__).with_name("sentences.txt").read_text(encoding="utf-8").splitlines()[1:]
_CASES = [[part.strip() for part in line.split("|")] for line in _LINES]


@pytest.mark.parametrize(("code", "rule", "say"), _CASES, ids=lambda each: each[:48])
def test_sentence_is_doubted_only_where_it_differs(code: str, rule: str, say: str) -> None:
    """Numbers in words, ranges, other units and a half are the same; another figure is not."""
    assert doubts(rule, say) == ([] if code == "quiet" else [code])


def test_doubt_stands_at_the_sentence_and_shows_both() -> None:
    """With what to do."""
    text = (
        f"{HEADER}instructions:\n  - {{id: a, avoid: sauna, until: 48 hours after, say: 3 days.}}\n"
    )
    (found,) = check_text(text, "sample.yaml")
    assert (found.line, found.column) == (7, 55)
    assert found.message == "The sentence says “3 days”, the rule “until 48 hours after”."
    assert found.hint is not None
    assert "correct one of the two" in found.hint


def test_other_languages_are_left_alone() -> None:
    """Their words for time aren't known here."""
    text = f"{HEADER}language: fr\ninstructions:\n  - {{id: a, avoid: sauna, until: 2 hours after, "
    assert check_text(f"{text}say: Pas de sauna 48 h.}}\n", "sample.yaml") == ()
    english = text.replace("language: fr\n", "")
    assert len(check_text(f"{english}say: No sauna for 48 h.}}\n", "sample.yaml")) == 1


def test_sentence_of_another_instructions_time_may_name_it() -> None:
    """What the rule counts from has lengths of its own."""
    gauze = "use: gauze, from: end, for: 2 hours, say: Bite on it for 2 hours."
    rule = "avoid: food, until: 30 minutes after i1"
    assert doubts(rule, "Bite on gauze for 2 hours. Eat nothing for 2.5 hours.", gauze) == []
    assert doubts(rule, "Eat nothing until 4 hours after the gauze is out.", gauze) == [
        "other-time"
    ]


def test_own_sentence_of_a_variant_is_judged_alone() -> None:
    """What it inherits is the base's business."""
    from tests.load.variants.samples import BASE, warnings

    wrong = BASE.replace("say: No sun.", "say: No sun for 9 weeks.")
    assert warnings("remove: [lenses]", wrong) == []
