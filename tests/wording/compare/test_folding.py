"""Which rows are one line: by what they are about, never by a list of topics."""

from __future__ import annotations

import pytest

from tests.wording.compare.test_brief import told

HEAT = "topics: {heat: {members: [sauna, hot-showers]}}"
FOLDED = [
    (
        "topics under one rule",
        "avoid: [waxing, shaving, plucking], from: 2 days before",
        "avoid: [waxing, shaving, plucking], from: 3 days before",
        [(">", "before: waxing, shaving, plucking", "2 d", "3 d")],
    ),
    (
        "a rule under a condition, and without",
        "avoid: retinoids, from: 2 days before",
        "avoid: retinoids, from: 3 days before\navoid: retinoids, from: 5 days before, if: peel",
        [(">", "before: retinoids", "2 d", "3 d; if peel advised: 5 d")],
    ),
    (
        "a rule under a condition, and under its opposite",
        """avoid: retinoids, from: 2 days before, if: not peel
        avoid: retinoids, from: 2 days before, if: peel""",
        """avoid: retinoids, from: 3 days before, if: not peel
        avoid: retinoids, from: 5 days before, if: peel""",
        [(">", "before: retinoids", "2 d", "3 d; if peel advised: 5 d")],
    ),
    (
        "a broad rule, and a narrow one of the other",
        "avoid: heat, until: 2 days after",
        "avoid: sauna, until: 1 day after",
        [("<", "after: heat, sauna", "2 d", "sauna 1 d")],
    ),
    (
        "not to be done at first, then to be done",
        "avoid: washing, until: 4 hours after\ndo: washing, from: 4 hours after",
        "call-if: questions",
        [
            ("<", "after: washing treated skin", "4 h; do from 4 h on", "–"),
            (">", "call if questions or concerns", "–", "yes"),
        ],
    ),
    (
        "a group and its member, one clinic saying the same of both",
        "avoid: makeup, until: 3 days after",
        "avoid: makeup, until: 1 day after\navoid: mineral-makeup, until: 2 days after",
        [("<", "after: makeup, mineral makeup", "3 d", "1 d; mineral 2 d")],
    ),
    (
        "what is expected",
        "expect: [redness, swelling], until: 2 days after",
        "expect: [redness, dryness], until: 3 days after",
        [("≠", "after: expect", "redness, swelling 2 d", "redness, dryness 3 d")],
    ),
]


@pytest.mark.parametrize(
    ("left", "right", "lines"), [each[1:] for each in FOLDED], ids=[each[0] for each in FOLDED]
)
def test_one_line(left: str, right: str, lines: list[tuple[str, ...]]) -> None:
    """Each topic is named, each cell says what goes for which."""
    assert told(left, right, HEAT) == lines


def test_several_narrow_rules_keep_their_own_lines() -> None:
    """A broad rule of one clinic would else hide what it says of each part beside the other's."""
    left = "avoid: heat, until: 2 days after"
    right = "avoid: sauna, until: 1 day after\navoid: hot-showers, until: 5 days after"
    assert told(left, right, HEAT) == [
        ("<", "after: heat", "2 d", "–"),
        (">", "after: hot showers", "2 d", "5 d"),
        ("<", "after: sauna", "2 d", "1 d"),
    ]


def test_rows_that_point_both_ways_claim_nothing() -> None:
    """Of one topic one is stricter with a peel, the other without."""
    left = """
        avoid: retinoids, from: 9 days before, if: peel
        avoid: retinoids, from: 2 days before, if: not peel
    """
    right = """
        avoid: retinoids, from: 5 days before, if: peel
        avoid: retinoids, from: 4 days before, if: not peel
    """
    peel = "if peel advised"
    assert told(left, right) == [
        ("≠", "before: retinoids", f"2 d; {peel}: 9 d", f"4 d; {peel}: 5 d")
    ]


def test_what_only_one_says_is_a_list() -> None:
    """By clinic, until the treatment's day is over and from the treatment on."""
    left = """
        avoid: [sauna, hot-showers, waxing, sun, laser], until: 9 days after
        avoid: ipl, from: 3 days before
        avoid: aspirin, from: 2 days before
        tell: medicines-taken, on: treatment day
        avoid: shaving, until: 1 day after
        use: moisturizer, until: 2 days after
    """
    labels = [line[1] for line in told(left, "screen: pregnancy\nscreen: warts")]
    assert labels == [
        "only: do not treat if pregnant; you have warts",
        "after: sun, hot showers, sauna, laser, waxing",
        "before: IPL",
        "before: aspirin",
        "after: shaving",
        "only: on the day: tell all your medicines",
        "only: after: use moisturizer until 2 d after",
    ]
