"""Every kind of problem a file can have: its code and its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from microcare.core.sheet.problems import Code, Severity
from microcare.load.library.protocols import read_protocol
from microcare.load.source.refusals import ProtocolError, find_nearest, suggest
from microcare.load.variants.parsing import parse_protocol
from tests.samples import HEADER, found_in, problems

if TYPE_CHECKING:
    from pathlib import Path

NESTED = "[" * 100
BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    for before, name in zip("abcdef", "bcdefg", strict=True)
)

# A code, a file that has this one problem, and where.
CASES = [
    (Code.TOO_LARGE, "#" * 1_000_001, "1:1"),
    (Code.TOO_DEEP, f"notes: {NESTED}", "1:71"),
    (Code.YAML, "instructions: {", "1:16"),
    (Code.ALIAS, BOMB, "4:4"),
    (Code.ALIAS, "notes: &all [*all]", "1:14"),
    (Code.TAG, "instructions:\n  - {id: a, avoid: !!str sauna}", "2:20"),
    (Code.DUPLICATE_KEY, "instructions:\n  - {id: a, avoid: sauna, id: b}", "2:27"),
    (
        Code.DUPLICATE_ID,
        "instructions:\n  - {id: a, avoid: sauna}\n  - {id: a, avoid: sun}",
        "3:10",
    ),
    (Code.MISSING_KEY, "instructions:\n  - {avoid: sauna}", "2:5"),
    (Code.UNKNOWN_KEY, "instructions:\n  - {id: a, avoid: sauna, colour: red}", "2:27"),
    (Code.WRONG_SHAPE, "instructions:\n  - {id: a, avoid: {sauna: yes}}", "2:20"),
    (Code.EMPTY, "instructions:\n  - {id: a, avoid: sauna, say: }", "2:32"),
    (Code.EMPTY, "instructions: []", "1:15"),
    (Code.BAD_VALUE, "instructions:\n  - {id: A b, avoid: sauna}", "2:10"),
    (Code.BAD_TIME, "instructions:\n  - {id: a, avoid: sauna, from: soon}", "2:33"),
    (
        Code.IMPOSSIBLE_TIME,
        "instructions:\n  - {id: a, avoid: sauna, from: 1 day before, until: 2 days before}",
        "2:54",
    ),
    (
        Code.BAN_AT_MOMENT,
        "instructions:\n  - {id: a, avoid: sauna, at: 2 days after}",
        "2:31",
    ),
    (Code.UNKNOWN_VERB, "instructions:\n  - {id: a, say: Rest.}", "2:5"),
    (Code.UNKNOWN_VERB, "instructions:\n  - {id: a, avoyd: sauna}", "2:13"),
    (Code.SEVERAL_VERBS, "instructions:\n  - {id: a, avoid: sauna, use: sunscreen}", "2:32"),
    (Code.MISPLACED_KEY, "instructions:\n  - {id: a, avoid: sauna, once: healed}", "2:33"),
    (Code.UNKNOWN_TOPIC, "instructions:\n  - {id: a, avoid: unicorns}", "2:20"),
    (Code.UNKNOWN_FACTOR, "instructions:\n  - {id: a, avoid: sauna, if: unicorn}", "2:31"),
    (
        Code.UNKNOWN_ANCHOR,
        "instructions:\n  - {id: a, avoid: sauna, from: 3 days before the party}",
        "2:33",
    ),
    (
        Code.CYCLE,
        "topics: {spas: {part-of: [spas]}}\ninstructions:\n  - {id: a, avoid: spas}",
        "1:10",
    ),
    (
        Code.TOO_MANY_DOSES,
        "instructions:\n  - {id: a, use: sunscreen, until: 2 months after, every: hour}",
        "2:59",
    ),
]


@pytest.mark.parametrize(
    ("code", "text", "place"), CASES, ids=[f"{case[0].value}-{case[2]}" for case in CASES]
)
def test_one_problem(code: Code, text: str, place: str) -> None:
    """A file with one mistake has one problem, where the mistake is."""
    whole = code in {Code.TOO_LARGE, Code.TOO_DEEP, Code.YAML} or text == BOMB
    found = problems(text) if whole else found_in(f"{text}\n")
    assert found == [f"{place} {code.value}"]


def test_every_code_has_its_case() -> None:
    """No error is left that no file can have.

    Two are of files that can't be read at all, two of variants: tests/load/variants. One no file
    should have: tests/load/check/test_contradictions.py.
    """
    errors = {code for code in Code if code.severity is Severity.ERROR}
    unread = {Code.UNREADABLE, Code.NOT_TEXT}
    variants = {Code.UNUSABLE_BASE, Code.UNKNOWN_INSTRUCTION}
    assert {case[0] for case in CASES} == errors - unread - variants - {Code.UNTOLD}


@pytest.mark.parametrize("name", ["missing.yaml", "."])
def test_unreadable(name: str, tmp_path: Path) -> None:
    """A file that isn't there, and a folder."""
    with pytest.raises(ProtocolError) as error:
        read_protocol(tmp_path / name)
    (found,) = error.value.problems
    assert (found.line, found.column, found.code) == (1, 1, Code.UNREADABLE)


def test_all_problems_come_in_one_go() -> None:
    """One reading finds all that is wrong, in the file's order."""
    assert problems(
        """\
microcare: 2
id: Clinic A
title: Microneedling
version:
revised: 10 Dec 2026
time-zone: Mars/Olympus
duration: 45
day-1: tomorrow
colour: red
clinic: {name: [a], fax: 1}
notes: []
factors:
  glasses: {yes: you wear glasses, wears: x}
topics:
  spas: {label: spas, part-of: unicorns}
instructions:
  - id: one
    avoid: [sauna, unicorns]
    from: soon
    until: 3 parsecs after
    if: {all: [peel, dragons]}
    strength: rather
    amounts: {spf-min: high, weight: 1}
    every: now and then
    count: some
  - id: one
    wait-since: laser
  - use: sunscreen
"""
    ) == [
        "1:1 missing-key",  # procedure
        "1:12 bad-value",
        "2:5 bad-value",
        "4:9 empty-value",
        "5:10 bad-value",
        "6:12 bad-value",
        "7:11 bad-value",
        "8:8 bad-value",
        "9:1 unknown-key",
        "10:16 wrong-shape",
        "10:21 unknown-key",
        "11:8 empty-value",
        "13:12 missing-key",  # no
        "13:12 missing-key",  # ask
        "13:36 unknown-key",
        "15:32 unknown-topic",
        "18:20 unknown-topic",
        "19:11 bad-time",
        "20:12 bad-time",
        "21:22 unknown-factor",
        "22:15 bad-value",
        "23:24 bad-value",
        "23:30 unknown-key",
        "24:12 bad-time",
        "25:12 bad-value",
        "26:5 missing-key",  # at-least
        "26:9 duplicate-id",
        "28:5 missing-key",  # id
    ]


@pytest.mark.parametrize(
    "text",
    [
        "instructions:\n  - {id: a, avoid: %s}\n",
        "instructions:\n  - {id: a, avoid: sauna, from: %s}\n",
        "instructions:\n  - {id: a, avoid: sauna, every: %s}\n",
        "instructions:\n  - {id: a, avoid: sauna, count: %s}\n",
        "instructions:\n  - {id: a, avoid: sauna, if: %s}\n",
        "instructions:\n  - {id: a, avoid: sauna, strength: %s}\n",
        "instructions:\n  - {id: a, avoid: sauna, from: 3 days before %s}\n",
        "instructions:\n  - {id: %s é, avoid: sauna}\n",
        "instructions:\n  - {id: a, avoid: &%s *b}\n",
        "instructions:\n  - {id: a, avoid: *%s}\n",
        "instructions:\n  - {id: a, avoid: !!%s sauna}\n",
        "time-zone: %s\n",
        "revised: %s\n",
        "duration: %s\n",
        "factors:\n  %s:\n",
        "topics:\n  %s: {part-of: %s}\n",
        "? %s\n: 1\n? %s\n: 2\n",
    ],
)
def test_a_problem_is_a_short_sentence(text: str) -> None:
    """100 KB in one value are quoted in a few words, not in full."""
    long = "x" * 100_000
    with pytest.raises(ProtocolError) as error:
        parse_protocol(text.replace("%s", long) + HEADER, "sample.yaml")
    assert [each.code for each in error.value.problems if len(each.message) > 300] == []
    assert [each.code for each in error.value.problems if len(each.hint or "") > 900] == []


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("instructions:\n  - {id: a, avoyd: sauna}\n", "did you mean “avoid”?"),
        ("instructions:\n  - {id: a, avoid: retinoid gels}\n", "did you mean “retinoids”?"),
        ("instructions:\n  - {id: a, avoid: sauna, frm: start}\n", "did you mean “from”?"),
        ("instructions:\n  - {id: a, avoid: sauna, if: cold-sore}\n", "did you mean “cold-sores”?"),
        ("instructions:\n  - {id: a, avoid: sauna, form: start}\n", "did you mean “from”?"),
        ("instructions:\n  - {id: a, avoid: sauna, no: start}\n", "did you mean “on”?"),
        ("instructions:\n  - {id: a, avoid: sauna, if: pregnant}\n", "did you mean “pregnancy”?"),
        (
            "instructions:\n  - {id: a, use: ice}\n",
            "did you mean “ice-pops”, “ice-cream” or “cool-compress”?",
        ),
        ("instructions:\n  - {id: a, avoid: face cream}\n", "did you mean “creams”?"),
        ("instructions:\n  - {id: a, avoid: retinoid cremes}\n", "did you mean “retinoid-creams”?"),
        ("instructions:\n  - {id: a, do: ice packs on it}\n", "did you mean “cool-compress”?"),
        ("instructions:\n  - {id: a, avoid: sauna, strength: mus}\n", "did you mean “must”?"),
        ("time-zone: America/New_Yrok\n", "did you mean “America/New_York”?"),
        ("day-1: nextday\n", "did you mean “next day”?"),
    ],
)
def test_the_nearest_name_is_suggested(text: str, hint: str) -> None:
    """For keys, topics, factors, choices and zones alike."""
    with pytest.raises(ProtocolError) as error:
        parse_protocol(text + HEADER, "sample.yaml")
    assert hint in {each.hint for each in error.value.problems}


@pytest.mark.parametrize(
    "named", ["cold sores", "cold-sores", "Cold Sore", "pregnant", "left-handed"]
)
def test_factor_in_place_of_a_topic_is_told(named: str) -> None:
    """What is asked is no topic, the file's own factors included."""
    text = "factors: {left-handed: {yes: you are so, no: you do not, ask: Do you?}}\n"
    more = f"instructions:\n  - {{id: a, tell: {named}}}\n"
    with pytest.raises(ProtocolError) as error:
        parse_protocol(HEADER + text + more, "sample.yaml")
    (found,) = error.value.problems
    assert f"“{named}” is a factor" in found.message
    assert found.hint is not None
    assert "“if” or “screen”" in found.hint


def test_topic_in_place_of_a_factor_is_told() -> None:
    """By its id, however it is named."""
    text = f"{HEADER}instructions:\n  - {{id: a, screen: steam room}}\n"
    with pytest.raises(ProtocolError, match="“steam room” is a topic, “sauna”, and no factor"):
        parse_protocol(text, "sample.yaml")


def test_nothing_near_is_not_suggested() -> None:
    """A guess that is far off helps nobody."""
    assert suggest(find_nearest("unicorn", ["sauna", "sun"])) is None
    assert suggest(find_nearest("SAUNAS", ["sauna", "sun"])) == "did you mean “sauna”?"


def test_the_error_holds_every_message() -> None:
    """For whoever only prints it."""
    with pytest.raises(ProtocolError, match=r"has no “title”.*has no “instructions”"):
        parse_protocol("microcare: 1\nid: a\nprocedure: p\nversion: 1\n", "sample.yaml")
